"""What a network page does in a browser."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from chromium import Browser, Page
from gdakg.pages.fill import to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import write
from gdakg.pages.wording import HEADING, LANGUAGES, WORDS
from landscapes import BASE, CARBON, EVIL, evil_landscape, landscape, page_of, spiral


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(landscape(), tmp_path_factory.mktemp("pages") / "page.html")


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Open the page in a new tab; it must be quiet to the end of the test."""
    opened = browser.open(path)
    yield opened
    assert opened.requests == []
    assert opened.messages == []
    opened.close()


def test_requests_and_messages_are_noticed(browser: Browser, tmp_path: Path) -> None:
    loud = tmp_path / "loud.html"
    loud.write_text(
        "<!doctype html><img src='http://example.invalid/x.png'>"
        "<script>window.gdakg = {ready: true}; console.log('heard'); throw Error('seen')</script>"
    )
    page = browser.open(loud)
    assert page.requests == ["http://example.invalid/x.png"]
    assert "heard" in str(page.messages)
    assert "seen" in str(page.messages)
    page.close()


def drawn(page: Page) -> dict[str, dict[str, Any]]:
    """Return what vis-network has of each node."""
    nodes = page.evaluate("gdakg.network.body.data.nodes.get()")
    return {node["id"]: node for node in nodes}


def text(page: Page, selector: str) -> str:
    found: str = page.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")
    return found


def test_every_node_is_drawn_and_in_the_table(page: Page) -> None:
    graph = landscape()
    nodes = drawn(page)
    assert nodes.keys() == set(graph)
    assert nodes[CARBON]["label"] == "Carbon footprint"
    page.click("#table")
    rows = page.evaluate("document.querySelectorAll('#table-rows tr').length")
    assert rows == len(graph)
    table = text(page, "#table-rows")
    for attributes in graph.nodes.values():
        assert (attributes.get("code") or "") in table
        assert attributes.get("labels", {}).get("en", "") in table
    assert re.search(rf"Carbon footprint\s+Cooperation area\s+{graph.degree(CARBON)}\b", table)


def test_something_is_painted(page: Page) -> None:
    colours = page.evaluate(
        "(() => { const c = document.querySelector('canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "return new Set(new Uint32Array(d.buffer)).size; })()"
    )
    assert colours > 50


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_language_switches(page: Page, language: str) -> None:
    page.click(f"#languages [lang={language}]")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.title") == text(page, "h1") == HEADING[language]
    assert drawn(page)[CARBON]["label"] == landscape().nodes[CARBON]["labels"][language]
    assert drawn(page)[f"{BASE}document/3"]["label"] == "[en] The document"
    assert KINDS["standard"].names[language] in text(page, "#legend")
    placeholder = page.evaluate("document.getElementById('search').placeholder")
    assert placeholder == WORDS[language]["searchHint"]
    assert f"lang={language}" in page.evaluate("location.hash")


@pytest.mark.parametrize("query", ["碳足", "碳足跡", "CARBON foot", "area/carbon"])
def test_search_finds_and_enter_selects(page: Page, query: str) -> None:
    page.type("#search", query)
    assert page.evaluate("document.getElementById('search').ariaExpanded") == "true"
    page.press("ArrowDown")
    active = page.evaluate(
        "document.getElementById('search').getAttribute('aria-activedescendant')"
    )
    assert text(page, f"#{active}").startswith("Carbon footprint")
    page.press("Enter")
    assert page.evaluate("gdakg.network.getSelectedNodes()") == [CARBON]
    assert text(page, "#details h2") == "Carbon footprint"
    assert "碳足迹" in text(page, "#details")
    assert page.evaluate("document.getElementById('matches').hidden")


def test_a_code_is_found_however_it_is_spaced(page: Page) -> None:
    page.type("#search", "ex10.1")
    page.press("Enter")
    assert text(page, "#details h2") == "EX 10.1"


def test_search_without_a_match_says_so(page: Page) -> None:
    page.type("#search", "zzz")
    assert text(page, "#search-status") == "Nothing found"


def test_the_legend_hides_and_shows(page: Page) -> None:
    page.click("#legend [data-kind=area]")
    hidden = {iri for iri, node in drawn(page).items() if node["hidden"]}
    assert hidden == {iri for iri in landscape() if "/area/" in iri}
    pressed = "document.querySelector('#legend [data-kind=area]').ariaPressed"
    assert page.evaluate(pressed) == "false"
    page.click("#legend [data-kind=area]")
    assert not any(node["hidden"] for node in drawn(page).values())
    assert page.evaluate(pressed) == "true"


def test_the_graph_is_walked_by_buttons(page: Page) -> None:
    page.go(urlencode({"node": f"{BASE}standard/10"}))
    details = text(page, "#details")
    assert "published" in details
    link = page.evaluate("(a => [a.href, a.rel])(document.querySelector('#details a'))")
    assert link == ["https://example.org/page", "noopener noreferrer"]
    page.click("#details button.walk")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert page.evaluate("gdakg.network.getSelectedNodes()") != [f"{BASE}standard/10"]
    page.press("Escape")
    assert page.evaluate("gdakg.network.getSelectedNodes()") == []


def test_the_address_restores_the_page(page: Page, browser: Browser, path: Path) -> None:
    page.go(urlencode({"node": CARBON}))
    page.click("#languages [lang=zh-Hant]")
    page.click("#legend [data-kind=gap]")
    fragment = page.evaluate("location.hash").removeprefix("#")
    other = browser.open(path, fragment=fragment)
    assert other.evaluate("gdakg.network.getSelectedNodes()") == [CARBON]
    assert text(other, "#details h2") == "碳足跡"
    assert [iri for iri, node in drawn(other).items() if node["hidden"]] == [f"{BASE}gap/6"]
    assert (
        other.evaluate("document.querySelector('#legend [data-kind=gap]').ariaPressed") == "false"
    )
    assert other.messages == []
    other.close()


@pytest.mark.parametrize("fragment", ["node=x&lang=__proto__&hide=constructor,%", "%%%", "lang"])
def test_a_broken_address_is_harmless(page: Page, fragment: str) -> None:
    page.go(fragment)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert len(drawn(page)) == len(landscape())


@pytest.mark.parametrize("dark", [False, True])
def test_phone_and_dark_pages_fit_the_screen(browser: Browser, path: Path, dark: bool) -> None:
    page = browser.open(path, size=(390, 844), dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") is not dark
    assert page.messages == []
    page.close()


@pytest.mark.parametrize("evil", [EVIL[0], EVIL[3], EVIL[6]], ids=range(3))
def test_nothing_foreign_runs(browser: Browser, tmp_path: Path, evil: str) -> None:
    graph = evil_landscape()
    heading = dict.fromkeys(LANGUAGES, evil)
    made = to_pyvis(graph, spiral(graph), heading=heading, language="en")
    write(made, tmp_path / "evil.html")
    page = browser.open(tmp_path / "evil.html")
    labels = page.evaluate("JSON.parse(data.textContent).nodes.map(node => node.labels.en)")
    assert sorted(labels) == sorted(text.replace("\ud800", "?") for text in EVIL)
    for language in LANGUAGES:
        page.click(f"#languages [lang={language}]")
        for node in page.evaluate("gdakg.network.body.data.nodes.getIds()"):
            page.evaluate(f"location.hash = new URLSearchParams({{node: {json.dumps(node)}}})")
            page.wait_for(f"gdakg.network.getSelectedNodes()[0] === {json.dumps(node)}")
    page.type("#search", "script")
    page.click("#table")
    assert page.evaluate("document.querySelectorAll('#table-rows tr').length") == len(EVIL)
    assert page.evaluate("window.__xss === undefined")
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, [onerror], [onload]').length") == 0
    )
    unsafe = "[...document.links].filter(a => !/^https:|#details$/.test(a.href)).length"
    assert page.evaluate(unsafe) == 0
    assert page.requests == []
    assert page.messages == []
    page.close()
