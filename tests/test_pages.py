"""What the file of a network page holds."""

import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import networkx as nx
import pytest

import gdakg.pages
from chromium import Browser
from gdakg.errors import PageError
from gdakg.pages import payload
from gdakg.pages.fill import MOST_NODES, to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import write
from gdakg.pages.templates import ASSETS
from gdakg.pages.wording import HEADING, LANGUAGES, WORDS
from landscapes import (
    BASE,
    CARBON,
    ROOT,
    island,
    judged_landscape,
    landscape,
    many,
    page_of,
    spiral,
    texts,
)


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
    kg: Any = SimpleNamespace(find={"L.1": CARBON}.get)
    made = gdakg.pages.network(kg, path, around="L.1", depth=3, language="zh-Hans", heading=heading)
    assert asked == [((kg,), {"around": "L.1", "depth": 3, "things": None})]
    assert made.num_nodes() == len(landscape())
    named = f"{HEADING['zh-Hans']} · 碳足迹"
    assert island(path)["heading"]["zh-Hans"] == (heading or named)
    assert island(path)["centre"] == CARBON
    assert f"<title>{heading or named}</title>" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ({"code": "ITU-T L.1470", "labels": {"en": "Trajectories"}}, "ITU-T L.1470"),
        ({"code": "2", "labels": {"en": "Reducing"}}, "2 · [en] Reducing"),
        ({"labels": {"en": "Workshop"}}, "[en] Workshop"),
        ({}, CARBON),
    ],
)
def test_the_heading_names_the_centre(
    monkeypatch: pytest.MonkeyPatch, thing: dict[str, Any], name: str
) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node(CARBON, kind="standard", **thing)
    network = SimpleNamespace(network=lambda *_, **__: graph)
    monkeypatch.setitem(sys.modules, "gdakg.network", network)
    monkeypatch.setitem(sys.modules, "gdakg.layout", SimpleNamespace(positions=spiral))
    kg: Any = SimpleNamespace(find=lambda _: CARBON)
    made = gdakg.pages.network(kg, around="it", language="zh-Hant")
    assert made.heading == f"{HEADING['zh-Hant']} · {name}"


def test_the_overview_has_no_centre(tmp_path: Path) -> None:
    assert island(page_of(landscape(), tmp_path / "page.html"))["centre"] is None


def test_judged_relations_stand_apart_from_stated_ones(tmp_path: Path) -> None:
    graph = judged_landscape()
    data = island(page_of(graph, tmp_path / "page.html"))
    links = {
        (data["nodes"][at]["id"].removeprefix(BASE), relation in data["judged"])
        for relation, ends in enumerate(data["edges"])
        for at in itertools.accumulate(ends[::2])
    }
    stated = {"gap/6", "standard/10"}
    wanted = {(start.removeprefix(BASE), True) for start, _ in graph.edges()} - {("gap/6", True)}
    assert links == wanted | {(start, False) for start in stated}
    assert sum(map(len, data["edges"])) == 2 * len(graph.edges) == 2 * data["counts"]["edges"]
    assert island(page_of(landscape(), tmp_path / "stated.html"))["judged"] == []


def test_the_legend_tells_of_judgement_only_where_there_is_some(tmp_path: Path) -> None:
    note = WORDS["en"]["judgedHint"]
    assert f">{note}<" in page_of(judged_landscape(), tmp_path / "1.html").read_text("utf-8")
    assert f">{note}<" not in page_of(landscape(), tmp_path / "2.html").read_text("utf-8")


def test_a_value_that_many_facts_have_is_written_once(tmp_path: Path) -> None:
    text = page_of(many(50), tmp_path / "page.html").read_text("utf-8")
    assert text.count('"published"') == 1


def test_texts_are_what_they_were_without_their_shared_beginnings() -> None:
    listed = [
        "ETSI EN 1",
        "ETSI EN 12",
        None,
        "",
        "ETSI EN 12",
        "E",
        "標準化組織甲",
        "標準化組織乙",
    ]
    column = payload.texts(listed)
    assert texts(column) == {at: text for at, text in enumerate(listed) if text}
    assert column == [
        *("ETSI EN 1", 9, "2", -2, 10, "", "E", "標準化組織甲", 5, "乙"),
    ]


def test_a_shared_beginning_is_counted_as_the_browser_counts(
    browser: Browser, tmp_path: Path
) -> None:
    graph = nx.MultiDiGraph()
    for number, name in enumerate(("𝔸𝔹ℂ𝔻 one", "𝔸𝔹ℂ𝔻 two", "\U00020000\U00020001三")):
        graph.add_node(f"{BASE}{number}", kind="gap", labels={"en": name})
    page = browser.open(page_of(graph, tmp_path / "page.html"))
    page.click("#table")
    table = page.evaluate("document.querySelector('#table-rows').textContent")
    assert all(name in table for name in ("𝔸𝔹ℂ𝔻 one", "𝔸𝔹ℂ𝔻 two", "\U00020000\U00020001三"))
    page.close()


@pytest.mark.parametrize(
    ("nodes", "renderer", "chosen"),
    [(3000, None, "vis"), (3001, None, "canvas"), (9, "canvas", "canvas"), (3001, "vis", "vis")],
)
def test_the_renderer_goes_by_the_size(nodes: int, renderer: str | None, chosen: str) -> None:
    graph = many(nodes)
    made = to_pyvis(graph, spiral(graph), heading=HEADING, language="en", renderer=renderer)
    page = made.generate_html()
    assert f'"renderer":"{chosen}"' in page
    bundle = (ASSETS / "vis-network.min.js").read_text("utf-8")
    assert (bundle in page) == (chosen == "vis")


def test_an_unknown_renderer_is_refused() -> None:
    graph = landscape()
    with pytest.raises(PageError, match=r"no renderer 'svg'; there are: vis, canvas"):
        to_pyvis(graph, spiral(graph), heading=HEADING, language="en", renderer="svg")


def test_too_large_a_network_is_refused_with_advice() -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(map(str, range(MOST_NODES + 1)))
    with pytest.raises(PageError, match=r"10,001 nodes.*--around THING.*gdakg view coverage"):
        to_pyvis(graph, {}, heading=HEADING, language="en")


def test_a_source_is_a_link_in_the_details(browser: Browser, tmp_path: Path) -> None:
    graph = landscape()
    address = "https://example.org/source"
    told = ({"en": "source"}, ({"en": "S-1 A title"}, address))
    graph.nodes[CARBON]["facts"] = [told, told, ({"en": "source"}, ({"en": "S-2 Unread"}, ""))]
    page = browser.open(page_of(graph, tmp_path / "page.html", centre=CARBON))
    links = "[...document.querySelectorAll('#details dd')].map((dd) => [dd.textContent,"
    links += " dd.querySelector('a')?.href ?? null])"
    found = page.evaluate(links)
    assert ["S-1 A title", address] in found
    assert ["S-2 Unread", None] in found
    page.close()


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
