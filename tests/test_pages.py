"""The network page: what its file holds, and what it does in a browser."""

import hashlib
import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import networkx as nx
import pytest
from chromium import PROGRAM, Browser, Page

import gdakg.pages
from gdakg.errors import PageError
from gdakg.pages.fill import MOST_NODES, to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import ASSETS, write
from gdakg.pages.wording import HEADING, LANGUAGES, WORDS

ROOT = Path(__file__).parent.parent
BASE = "https://example.org/id/"
CARBON = f"{BASE}area/carbon"
IN_AREA = {
    "predicate": "https://example.org/def#inArea",
    "labels": {"en": "in area", "zh-Hans": "所属领域", "zh-Hant": "所屬領域"},
}

EVIL = [
    "</script><script>window.__xss=1</script>",
    "<img src=x onerror=window.__xss=1>",
    "javascript:window.__xss=1",
    "\"'><svg onload=window.__xss=1> href={{7*7}}",
    "<!--<script>window.__xss=1",
    "line\u2028and\u2029paragraph",
    "\u202egnp.exe\u2066\u200f",
    "nul\x00bell\x07escape\x1b[31m",
    "lone \ud800 surrogate",
    "標" * 33_000,
]


def landscape() -> nx.MultiDiGraph:
    """Return a small network with a node of every kind and labels that miss languages."""
    graph = nx.MultiDiGraph()
    carbon = {"en": "Carbon footprint", "zh-Hans": "碳足迹", "zh-Hant": "碳足跡"}
    graph.add_node(CARBON, kind="area", labels=carbon)
    for number, kind in enumerate(sorted(KINDS)):
        iri = f"{BASE}{kind}/{number}"
        labels = {"en": f"The {kind}", "fr": f"Le {kind}"} if number % 2 else {}
        graph.add_node(iri, kind=kind, labels=labels, code=f"EX {number}.1" if number % 3 else None)
        graph.add_edge(iri, CARBON, **IN_AREA)
    address = {"en": "Web page", "zh-Hans": "网页", "zh-Hant": "網頁"}
    graph.nodes[f"{BASE}standard/10"]["facts"] = [
        (address, "https://example.org/page"),
        ({"en": "Stage"}, "published"),
    ]
    graph.add_node(f"{BASE}ship", kind="spaceship")
    graph.add_edge(f"{BASE}standard/10", f"{BASE}body/1", predicate="p", labels={"en": "by"})
    return graph


def many(nodes: int) -> nx.MultiDiGraph:
    """Return a network of `nodes` nodes with twice as many edges and labels of a usual length."""
    graph = nx.MultiDiGraph()
    stage = {"en": "Stage", "zh-Hans": "阶段", "zh-Hant": "階段"}
    for number in range(nodes):
        labels = {
            "en": f"Method for assessing the impact of networks, part {number}",
            "zh-Hans": f"网络环境影响评估方法 第{number}部分",
            "zh-Hant": f"網路環境衝擊評估方法 第{number}部",
        }
        facts = [(stage, "published")]
        code = f"EX L.{number}"
        graph.add_node(
            f"{BASE}std/{number}", kind="standard", labels=labels, code=code, facts=facts
        )
    for number in range(2 * nodes):
        ends = (number % nodes, number * 7919 // 3 % nodes)
        graph.add_edge(*(f"{BASE}std/{end}" for end in ends), **IN_AREA)
    return graph


def spiral(graph: nx.MultiDiGraph) -> dict[str, tuple[float, float]]:
    """Return places about 70 apart."""
    angle = math.pi * (3 - math.sqrt(5))
    return {
        iri: (40 * math.sqrt(i) * math.cos(i * angle), 40 * math.sqrt(i) * math.sin(i * angle))
        for i, iri in enumerate(graph)
    }


def page_of(graph: nx.MultiDiGraph, path: Path, language: str = "en") -> Path:
    write(to_pyvis(graph, spiral(graph), heading=HEADING, language=language), path)
    return path


def island(path: Path) -> Any:
    """Return the data in the page at `path`."""
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8")
    )
    assert found
    return json.loads(found[1])


# ---------------------------------------------------------------- the file


def test_texts_fall_back_to_a_language_that_they_name() -> None:
    graph = landscape()
    graph.nodes[CARBON]["code"] = "4"
    made = to_pyvis(graph, spiral(graph), heading=HEADING, language="zh-Hant")
    assert made.node_map[CARBON]["label"] == "4 · 碳足跡"
    assert made.node_map[f"{BASE}document/3"]["label"] == "[en] The document"
    assert made.node_map[f"{BASE}standard/10"]["label"] == "EX 10.1"
    assert made.node_map[f"{BASE}ship"]["label"] == f"{BASE}ship"
    assert made.node_map[f"{BASE}ship"]["kind"] == "other"


def test_every_edge_is_kept_between_the_same_two_nodes() -> None:
    graph = landscape()
    graph.add_edge(f"{BASE}body/1", CARBON, predicate="q", labels={"en": "leads"})
    made = to_pyvis(graph, spiral(graph), heading=HEADING, language="en")
    between = [e for e in made.edges if e["from"] == f"{BASE}body/1" and e["to"] == CARBON]
    assert [edge["title"] for edge in between] == ["in area", "leads"]


def test_ten_thousand_nodes_are_filled_in() -> None:
    graph = many(10_000)
    made = to_pyvis(graph, spiral(graph), heading=HEADING, language="en")
    assert (len(made.nodes), len(made.edges)) == (10_000, 20_000)


@pytest.mark.parametrize("count", [0, MOST_NODES + 1])
def test_what_cannot_be_drawn_is_refused(count: int) -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(map(str, range(count)))
    with pytest.raises(PageError, match="nodes"):
        to_pyvis(graph, {}, heading=HEADING, language="en")


@pytest.mark.parametrize("heading", [None, "Ours"])
def test_network_draws_what_is_around_a_thing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, heading: str | None
) -> None:
    asked: list[Any] = []

    def to_networkx(*arguments: Any, **options: Any) -> nx.MultiDiGraph:
        asked.append((arguments, options))
        return landscape()

    monkeypatch.setitem(sys.modules, "gdakg.network", SimpleNamespace(network=to_networkx))
    monkeypatch.setitem(sys.modules, "gdakg.layout", SimpleNamespace(positions=spiral))
    path = tmp_path / "page.html"
    made = gdakg.pages.network(
        "kg", path, around="L.1", depth=3, language="zh-Hans", heading=heading
    )
    assert asked == [(("kg",), {"around": "L.1", "depth": 3})]
    assert made.num_nodes() == len(landscape())
    assert island(path)["heading"]["zh-Hans"] == (heading or HEADING["zh-Hans"])


def test_importing_pages_loads_nothing_heavy() -> None:
    heavy = "{'networkx', 'pyvis', 'jinja2', 'IPython'}"
    code = f"import sys, gdakg.pages; print({heavy} & {{*sys.modules}})"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, check=True
    )
    assert run.stdout == b"set()\n"


def test_an_unknown_language_is_refused_with_a_list_of_the_known() -> None:
    graph = landscape()
    with pytest.raises(PageError, match="zh-Hant"):
        to_pyvis(graph, spiral(graph), heading=HEADING, language="de")


def test_what_is_added_with_pyvis_own_methods_is_in_the_page(tmp_path: Path) -> None:
    graph = landscape()
    made = to_pyvis(graph, spiral(graph), heading=HEADING, language="en")
    made.add_node(7, label="Seven")
    made.add_edge(7, CARBON, title="counts")
    write(made, tmp_path / "page.html")
    data = island(tmp_path / "page.html")
    assert data["nodes"][-1]["code"] == "Seven"
    assert {"": "counts"} in data["relations"]


def test_a_page_of_a_thousand_nodes_is_small(tmp_path: Path) -> None:
    assert page_of(many(1000), tmp_path / "page.html").stat().st_size <= 750_000


def test_the_file_names_no_foreign_source(tmp_path: Path) -> None:
    text = page_of(landscape(), tmp_path / "page.html").read_text("utf-8")
    assert text.startswith("<!doctype html>\n")
    assert '<html lang="en">' in text
    assert "\r" not in text
    markup = re.sub(r"(<(script|style)\b[^>]*>).*?(</\2>)", r"\1\3", text, flags=re.DOTALL)
    assert not re.findall(r"<(?:script|link|img|iframe|object)[^>]*(?:src|href)", markup)
    assert "http:" not in markup
    assert "https:" not in markup
    assert "unsafe" not in markup


def test_the_three_languages_have_the_same_words() -> None:
    assert set(WORDS) == set(LANGUAGES) == set(HEADING)
    for words in WORDS.values():
        assert words.keys() == WORDS["en"].keys()
        for key, text in words.items():
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", WORDS["en"][key])
    for kind in KINDS.values():
        assert kind.names.keys() == LANGUAGES.keys()


def test_no_two_kinds_look_alike() -> None:
    looks = {(kind.shape, kind.fill, kind.hollow) for kind in KINDS.values()}
    assert len(looks) == len(KINDS)


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, test_pages as t; t.page_of(t.landscape(), pathlib.Path(sys.argv[1]))"
    )
    pages = []
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", code, str(path)], env=environment, check=True)
        pages.append(path.read_bytes())
    assert pages[0] == pages[1]


def test_the_order_of_nodes_and_edges_does_not_matter(tmp_path: Path) -> None:
    graph = landscape()
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(data=True))))
    places = spiral(graph)
    texts = [
        to_pyvis(each, places, heading=HEADING, language="en").generate_html()
        for each in (graph, turned)
    ]
    assert texts[0] == texts[1]


def test_a_page_is_readable_by_others_as_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    path = page_of(landscape(), tmp_path / "page.html")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_failing_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = page_of(landscape(), tmp_path / "page.html")
    old = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(PageError, match=r"page\.html: No space left on device"):
        page_of(many(3), path)
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["missing/page.html", "."])
def test_where_no_file_can_be_one_line_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(PageError) as caught:
        page_of(landscape(), tmp_path / name)
    assert "\n" not in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_notices_name_the_bundle_that_is_there() -> None:
    digest = hashlib.sha256((ASSETS / "vis-network.min.js").read_bytes()).hexdigest()
    assert digest in (ASSETS / "THIRD_PARTY.md").read_text("utf-8")
    assert "vis.js may be distributed under either license" in (
        ASSETS / "vis-network.min.js"
    ).read_text("utf-8")


def test_the_lock_file_holds_no_addresses() -> None:
    assert '"resolved"' not in (ROOT / "web" / "package-lock.json").read_text("utf-8")


@pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "web" / "node_modules" / "esbuild").is_dir(),
    reason="a fresh build needs node and `npm ci` in web/",
)
def test_the_committed_bundles_are_a_fresh_build(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=ROOT / "web", check=True)
    for fresh in tmp_path.iterdir():
        assert fresh.read_bytes() == (ASSETS / fresh.name).read_bytes(), fresh.name


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if PROGRAM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("chromium is not installed")
    with Browser() as started:
        yield started


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


def evil_landscape() -> nx.MultiDiGraph:
    """Return a network with every evil text in every place where a text can stand."""
    graph = nx.MultiDiGraph()
    tags = ("en", "fr", "zh-Hans", "zh-Hant")
    for number, evil in enumerate(EVIL):
        labels = dict.fromkeys(tags, evil)
        iri = f"{evil[:2000]}#{number}"
        facts = [(labels, evil), (labels, f"https://example.org/{evil}")]
        graph.add_node(iri, kind=evil if number % 2 else "gap", labels=labels, facts=facts)
        if number % 3 == 0:
            graph.nodes[iri]["code"] = evil
        graph.add_edge(iri, next(iter(graph)), predicate=evil, labels=labels)
    graph.nodes[iri]["labels"]["__proto__"] = EVIL[0]
    return graph


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
