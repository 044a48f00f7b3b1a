"""The site in a browser: the start page, the standards, phones, and what is hostile."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from chromium import Browser, Page
from gdakg.entries import entries
from gdakg.namespaces import BASE, GDA
from gdakg.pages.entry_sheet import address
from gdakg.pages.wording import LANGUAGES
from sites import LABEL, TYPE, graph_of, hostile


def test_nothing_foreign_runs(browser: Browser, tmp_path: Path) -> None:
    small = hostile()
    gdakg.pages.site(small, tmp_path / "out")
    things = entries(small.engine).by_iri
    names = ["index.html", "standards.html", "network.html", *(address(iri) for iri in things)]
    for name in names:
        page = browser.open(tmp_path / "out" / name, fragment="find=script")
        assert page.evaluate("window.__xss === undefined"), name
        bad = "[...document.querySelectorAll('a')].filter(a => a.protocol === 'javascript:').length"
        assert page.evaluate(bad) == 0, name
        page.close_quiet()


@pytest.fixture
def start(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.open(site / "index.html")
    yield page
    assert [url for url in page.requests if not url.startswith("file:")] == []  # other pages of it
    assert page.messages == []
    page.close()


@pytest.mark.parametrize("query", ["l1470", "温室气体排放轨迹", "溫室氣體排放軌跡", "ITU-T L.1470"])
def test_the_start_page_finds(start: Page, query: str) -> None:
    start.type("#find", query)
    first = "document.querySelector('#found a')"
    start.wait_for(first)
    assert start.evaluate(f"{first}.getAttribute('href')") == "std/itu-t/l.1470.html"
    start.press("Enter")
    start.wait_for("location.pathname.endsWith('/std/itu-t/l.1470.html') && window.gdakg?.ready")


def test_the_language_goes_along(start: Page) -> None:
    start.click("#languages [lang=zh-Hant]")
    assert "支柱" in start.evaluate("document.body.innerText")
    start.click("a.card[href^=standards]")
    start.wait_for("location.pathname.endsWith('standards.html') && window.gdakg?.ready")
    assert start.evaluate("document.documentElement.lang") == "zh-Hant"


def test_the_standards_are_filtered(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", fragment="body=org/etsi&pillar=pillar/6")
    rows = "[...document.querySelectorAll('tbody tr:not([hidden]) th')].map(e => e.innerText)"
    assert page.evaluate(rows) == ["ETSI TS 102 182", "ETSI TS 102 900"]
    assert page.evaluate("document.querySelector('[data-count] .n').innerText") == "2"
    page.close()


def test_the_network_leads_to_the_pages_of_all_things(browser: Browser, tmp_path: Path) -> None:
    graph = graph_of(
        ("http://example.org/a", TYPE, f"{GDA}Standard"),
        ("http://example.org/a", f"{GDA}supportsPillar", f"{BASE}pillar/1"),
        (f"{BASE}pillar/1", TYPE, f"{GDA}Pillar"),
    )
    gdakg.pages.site(graph, tmp_path / "out")
    page = browser.open(tmp_path / "out/network.html")
    for iri in ("http://example.org/a", f"{BASE}pillar/1"):
        page.evaluate(f"location.hash = new URLSearchParams({{node: {iri!r}}})")
        page.wait_for(f"document.querySelector('#details .iri')?.innerText === {iri!r}")
        links = page.evaluate("[...document.querySelectorAll('#details a')].map(a => a.pathname)")
        assert any((tmp_path / "out" / address(iri)).as_uri().endswith(link) for link in links)
    page.close()


def test_a_code_leads_before_titles_that_mention_it(start: Page) -> None:
    others = start.evaluate("""(() => {
        const { things } = JSON.parse(document.getElementById('things').textContent);
        const codes = new Map(things.map(([href, , code]) => [href, code]));
        const bare = (text) => text.toLowerCase().replace(/[^\\p{L}\\p{N}]+/gu, '');
        const box = document.getElementById('find');
        const others = [];
        for (const [, kind, code] of things) {
            const short = code.replace(/^\\S+ /, '');
            if (kind !== 'standard' || short === code || !/\\d/.test(short)) continue;
            box.value = short;
            document.dispatchEvent(new Event('languagechange')); // shows what the box finds
            const first = codes.get(document.querySelector('#found a').getAttribute('href'));
            if (!bare(first).endsWith(bare(short))) others.push([short, first]);
        }
        return others;
    })()""")
    assert others == []
    start.type("#find", "L.1470")
    first = "document.querySelector('#found a').getAttribute('href')"
    assert start.evaluate(first) == "std/itu-t/l.1470.html"


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_menu_of_files_stays_on_the_screen(browser: Browser, site: Path, width: int) -> None:
    for name in ("standards.html", "coverage.html", "std/iso/14067.html", "network.html"):
        page = browser.open(site / name, size=(width, 800))
        for language in LANGUAGES:
            page.click(f"#languages [lang={language}]")
            assert page.evaluate("document.documentElement.lang") == language
            if page.evaluate("document.getElementById('save').hidden"):
                continue
            page.click("#save summary")
            page.wait_for("document.querySelector('#save button')?.checkVisibility()")
            box = "document.querySelector('#save > div').getBoundingClientRect()"
            left, right = page.evaluate(f"[{box}.left, {box}.right]")
            assert 0 <= left < right <= width, (name, language)
            page.click("#save summary")
        page.close()


def test_the_standards_fit_a_phone_and_the_form_a_line(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
    page = browser.open(site / "standards.html")
    assert page.evaluate("document.getElementById('controls').clientHeight") < 80
    page.click("#save summary")
    page.wait_for("document.querySelector('#save button')")
    texts = "[...document.querySelectorAll('#save button')].map((each) => each.innerText)"
    assert page.evaluate(texts) == ["CSV · Standards"]
    page.close()


SORTED = """(() => {
    const language = document.documentElement.lang;
    const order = new Intl.Collator(language, { numeric: true });
    const titles = [...document.querySelectorAll('tbody .title')].map((cell) => {
        const told = cell.querySelector(`[data-in~="${language}"]`);
        return (told ?? cell).textContent.trim();
    });
    const isNext = (each, at) => !at || order.compare(titles[at - 1], each) <= 0;
    return titles.length > 600 && titles.every(isNext);
})()"""


def test_rows_sort_in_the_language_that_is_shown(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", fragment="lang=zh-Hant&body=org/etsi")
    page.click("thead th:nth-child(2) button")
    assert page.evaluate(SORTED), "hidden rows too"
    for language in ("en", "zh-Hans"):
        page.click(f"#languages [lang={language}]")
        assert page.evaluate(SORTED), language
    assert page.evaluate("document.querySelector('[aria-sort]').cellIndex") == 1
    page.close()


@pytest.mark.parametrize("name", ["index", "coverage", "gaps", "standards", "timeline"])
def test_large_letters_need_no_scrolling_aside(browser: Browser, site: Path, name: str) -> None:
    page = browser.open(site / f"{name}.html", size=(390, 844))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_codes_and_both_scripts_find_the_same(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html")
    rows = "[...document.querySelectorAll('tbody tr:not([hidden]) th')].map(e => e.innerText)"

    def found(query: str) -> list[str]:
        page.type("[name=find]", query)
        codes: list[str] = page.evaluate(rows)
        return codes

    assert "ETSI TS 102 182" in found("TS102182")
    assert "ITU-T L.1470" in found("l1470")
    assert "ISO 14040" in found("ＩＳＯ14040")
    assert len(found("软件")) > 0
    assert found("软件") == found("軟件")
    page.close()
    assert 'id="pairs"' not in (site / "std/iso/14067.html").read_text(encoding="utf-8")


def test_a_filter_that_leaves_nothing_says_so(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", fragment="find=zzzz")
    assert page.evaluate("document.querySelector('.nothing').checkVisibility()")
    page.type("[name=find]", "14067")
    assert not page.evaluate("document.querySelector('.nothing').checkVisibility()")
    page.close()


def test_the_start_page_follows_its_address(start: Page) -> None:
    start.evaluate("location.hash = 'find=14067'")
    start.wait_for("document.querySelector('#found a')")
    assert start.evaluate("document.getElementById('find').value") == "14067"


@pytest.mark.parametrize("kind", ["pointerdown", "auxclick", "contextmenu", "keydown"])
def test_however_a_link_is_followed_the_language_goes_along(start: Page, kind: str) -> None:
    start.click("#languages [lang=zh-Hans]")
    link = "document.querySelector('nav a[href^=gaps]')"
    start.evaluate(f"{link}.dispatchEvent(new Event('{kind}', {{ bubbles: true }}))")
    assert start.evaluate(f"{link}.getAttribute('href')") == "gaps.html#lang=zh-Hans"


def test_a_page_of_a_thing_fits_a_phone(browser: Browser, site: Path, tmp_path: Path) -> None:
    page = browser.open(site / "std/iso/14067.html", fragment="lang=zh-Hant", size=(390, 844))
    assert page.evaluate("document.querySelector('.labels .mark').clientWidth") < 150
    page.close()
    word = og.Literal("Donaudampfschifffahrt" * 9, language="en")
    kg = graph_of((f"{BASE}std/x/1", TYPE, f"{GDA}Standard"), (f"{BASE}std/x/1", LABEL, word))
    gdakg.pages.site(kg, tmp_path / "out")
    page = browser.open(tmp_path / "out/std/x/1.html", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
