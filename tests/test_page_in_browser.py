"""What a network page does in a browser."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from chromium import Browser, Page
from gdakg.pages.fill import to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import write
from gdakg.pages.wording import HEADING, LANGUAGES, WORDS
from landscapes import (
    BASE,
    CARBON,
    EVIL,
    IN_AREA,
    evil_landscape,
    island,
    judged_landscape,
    landscape,
    page_of,
    spiral,
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(landscape(), tmp_path_factory.mktemp("pages") / "page.html")


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page around the carbon footprint, with judgements and facts with languages."""
    path = tmp_path_factory.mktemp("pages") / "around.html"
    return page_of(judged_landscape(), path, centre=CARBON)


#: notes what is written on the canvas, and where
LISTEN = """
window.written = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  written.push([text, x, y, this.measureText(text).width / 2]);
  write.call(this, text, x, y);
};
gdakg.network.redraw();
"""


def written(page: Page) -> list[tuple[str, float, float, float]]:
    """Return the lines on the canvas in their order: text, middle and half of the width."""
    page.evaluate(LISTEN)
    page.wait_for("written.length > 0")
    return [tuple(each) for each in page.evaluate("written")]


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


def test_every_node_is_drawn_and_in_the_table(page: Page) -> None:
    graph = landscape()
    nodes = drawn(page)
    assert nodes.keys() == set(graph)
    assert nodes[CARBON]["label"] == "Carbon footprint"
    page.click("#table")
    rows = page.evaluate("document.querySelectorAll('#table-rows tr').length")
    assert rows == len(graph)
    table = page.text("#table-rows")
    for attributes in graph.nodes.values():
        assert (attributes.get("code") or "") in table
        assert attributes.get("labels", {}).get("en", "") in table
    assert re.search(rf"Carbon footprint\s+Cooperation area\s+0 \+ {graph.degree(CARBON)}\b", table)


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
    assert page.evaluate("document.title") == page.text("h1") == HEADING[language]
    assert drawn(page)[CARBON]["label"] == landscape().nodes[CARBON]["labels"][language]
    assert drawn(page)[f"{BASE}document/3"]["label"] == "[en] The document"
    assert KINDS["standard"].names[language] in page.text("#legend")
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
    assert page.text(f"#{active}").startswith("Carbon footprint")
    page.press("Enter")
    assert page.evaluate("gdakg.network.getSelectedNodes()") == [CARBON]
    assert page.text("#details h2") == "Carbon footprint"
    assert "碳足迹" in page.text("#details")
    assert page.evaluate("document.getElementById('matches').hidden")


def test_a_code_is_found_however_it_is_spaced(page: Page) -> None:
    page.type("#search", "ex10.1")
    page.press("Enter")
    assert page.text("#details h2") == "EX 10.1"


def test_search_without_a_match_says_so(page: Page) -> None:
    page.type("#search", "zzz")
    assert page.text("#search-status") == "Nothing found"
    page.press("Escape")
    assert page.text("#search-status") == ""
    page.type("#search", "zzz")
    page.evaluate("document.activeElement.blur()")
    assert page.text("#search-status") == ""


def test_back_leads_to_what_was_selected_before(page: Page) -> None:
    for query, heading in (("ex10.1", "EX 10.1"), ("carbon footprint", "Carbon footprint")):
        page.type("#search", query)
        page.press("Enter")
        assert page.text("#details h2") == heading
    page.evaluate("history.back()")
    page.wait_for("document.querySelector('#details h2').innerText === 'EX 10.1'")
    page.evaluate("history.forward()")
    page.wait_for("document.querySelector('#details h2').innerText === 'Carbon footprint'")


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
    details = page.text("#details")
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
    assert other.text("#details h2") == "碳足跡"
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
    labels = [node["labels"]["en"] for node in island(tmp_path / "evil.html")["nodes"]]
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
    page.close_quiet()


def test_a_page_around_a_thing_opens_with_it(browser: Browser, around: Path) -> None:
    page = browser.open(around)
    selected = "gdakg.network.getSelectedNodes()"
    assert page.evaluate(selected) == [CARBON]
    assert page.text("#details h2") == "Carbon footprint"
    assert written(page)[0][0] == "Carbon footprint"
    assert page.evaluate("location.hash") == ""
    page.press("Escape")
    assert page.evaluate(selected) == []
    page.evaluate("location.reload()")
    page.wait_for("window.gdakg?.ready && !window.written")
    assert page.evaluate(selected) == []
    page.go(urlencode({"node": f"{BASE}gap/6"}))
    assert page.evaluate(selected) == [f"{BASE}gap/6"]
    page.close_quiet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_judgement_is_told_from_fact(browser: Browser, around: Path, language: str) -> None:
    page = browser.open(around, fragment=urlencode({"lang": language}))
    summaries = page.evaluate("[...details.querySelectorAll('summary')].map(e => e.innerText)")
    relations = [" ".join(summary.split()) for summary in summaries]
    name = landscape().edges[f"{BASE}gap/6", CARBON, 0]["labels"][language]
    counts = (1, landscape().degree(CARBON) - 1)
    direction, mark = WORDS[language]["incoming"], WORDS[language]["judged"]
    assert sorted(relations) == sorted(
        [f"← {direction} {name} {counts[0]}", f"← {direction} {name} {mark} {counts[1]}"]
    )
    assert page.text("#judged") == WORDS[language]["judgedHint"]
    page.close()


def test_judged_links_are_lighter(browser: Browser, around: Path) -> None:
    page = browser.open(around)
    look = (
        "Object.values(gdakg.network.body.edges).map(e => { const v = e.getFormattingValues();"
        "return [e.fromId, e.toId, v.opacity ?? 1, v.color, Boolean(v.dashes)]; })"
    )
    looks = {(start, end): rest for start, end, *rest in page.evaluate(look)}
    stated = looks[f"{BASE}gap/6", CARBON]
    judged = looks[f"{BASE}area/0", CARBON]
    assert stated[0] == 1
    assert 0.2 < judged[0] < 0.7
    assert stated[1:] == judged[1:]
    page.close()


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("en", ["named explicitly", "ours", "1865"]),
        ("zh-Hans", ["[en] named explicitly", "我们的", "1865"]),
        ("zh-Hant", ["[en] named explicitly", "我們的", "1865"]),
    ],
)
def test_facts_are_in_their_language(
    browser: Browser, around: Path, language: str, facts: list[str]
) -> None:
    page = browser.open(around, fragment=urlencode({"lang": language}))
    shown = page.evaluate("[...document.querySelectorAll('#details dd')].map(e => e.innerText)")
    assert shown == facts
    tags = page.evaluate("[...document.querySelectorAll('#details dd')].map(e => e.lang)")
    assert tags == ["en", language, ""]
    page.close()


def test_a_label_that_repeats_the_code_is_shown_once(browser: Browser, tmp_path: Path) -> None:
    graph = landscape()
    graph.add_node(f"{BASE}h", kind="body", code="Huawei", labels={"en": "Huawei"})
    graph.add_node(f"{BASE}t", kind="committee", code="TC 1", labels={"en": "TC 1 Networks"})
    graph.add_node(f"{BASE}u", kind="committee", code="TC 1", labels={"en": "TC 12 Cables"})
    page = browser.open(page_of(graph, tmp_path / "page.html"))
    page.click("#languages [lang=zh-Hans]")
    page.click("#table")
    names = page.evaluate(
        "[...document.querySelectorAll('#table-rows .walk')].map(e => e.innerText)"
    )
    assert {"Huawei", "[en] TC 1 Networks", "TC 1 · [en] TC 12 Cables"} <= set(names)
    page.close()


def test_pillars_have_their_labels_first_then_bodies_and_areas(
    browser: Browser, tmp_path: Path
) -> None:
    graph = landscape()
    for number in range(30):
        graph.add_edge(f"{BASE}committee/2", f"{BASE}ship", key=number, **IN_AREA)
    for number in range(7):
        labels = {"en": f"Pillar with a name that is long {number}"}
        graph.add_node(f"{BASE}pillar/{number}", kind="pillar", code=str(number), labels=labels)
    # All pillars in one place: there is no room for their names.
    places = dict.fromkeys(sorted(graph), (0.0, 0.0)) | {f"{BASE}ship": (900.0, 900.0)}
    made = to_pyvis(graph, places, heading=HEADING, language="en")
    write(made, tmp_path / "page.html")
    page = browser.open(tmp_path / "page.html")
    lines = [line for line, *_ in written(page)]
    numbers = [line[0] for line in lines if re.match(r"\d ·", line)]
    assert sorted(numbers) == list("0123456"), "none is a mere number"
    page.close()


@pytest.mark.parametrize("calm", [False, True])
def test_a_phone_scrolls_to_the_details(browser: Browser, path: Path, calm: bool) -> None:
    page = browser.open(path, size=(390, 844), calm=calm)
    assert page.evaluate("scrollY") == 0
    page.type("#search", "EX 10.1")
    page.press("Enter")
    at_top = "Math.abs(details.getBoundingClientRect().top) < 40"
    at_end = "Math.abs(scrollY + innerHeight - document.documentElement.scrollHeight) < 2"
    if calm:
        assert page.evaluate(f"{at_top} || {at_end}")
    page.wait_for(f"{at_top} || {at_end}")
    assert page.evaluate("scrollY") > 300
    assert page.evaluate("document.querySelector('#details h2').getBoundingClientRect().top") < 700
    page.close()


def test_zoom_buttons_cover_no_label(browser: Browser, tmp_path: Path) -> None:
    graph = landscape()
    graph.add_node(f"{BASE}long", kind="gap", labels={"en": "A label that would reach the buttons"})
    page = browser.open(page_of(graph, tmp_path / "page.html"), size=(390, 844))
    # Put every node in turn where the buttons are.
    box = page.evaluate(
        "(b => [b.offsetLeft, b.offsetTop, b.offsetWidth, b.offsetHeight])"
        "(document.querySelector('.zoom'))"
    )
    left, top, width, height = box
    page.evaluate(LISTEN)
    offset = {"x": left - 215, "y": top - 200}
    for iri in graph:
        position = f"gdakg.network.getPosition({json.dumps(iri)})"
        move = f"{{scale: 1, position: {position}, offset: {json.dumps(offset)}}}"
        page.evaluate(f"written.length = 0, gdakg.network.moveTo({move})")
        page.wait_for("written.length > 0")
        for line, x, y, half in page.evaluate("written"):
            beside = x + half <= left or x - half >= left + width
            assert beside or y + 6 <= top or y - 6 >= top + height, line
    page.close()
