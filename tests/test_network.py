"""The graph as a networkx graph, its picture, and the page of the real data."""

import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest
from pyvis.network import Network

import gdakg
from chromium import Browser
from gdakg.layout import positions
from gdakg.network import HUB, OVERVIEW
from landscapes import facets, island, landscape, page_of

ID = "https://w3id.org/gdakg/id/"
GDA = "https://w3id.org/gdakg/def#"


@pytest.fixture(scope="module")
def overview(kg: gdakg.KnowledgeGraph) -> nx.MultiDiGraph:
    return gdakg.network(kg)


def test_the_overview_holds_what_the_graph_counts(
    kg: gdakg.KnowledgeGraph, overview: nx.MultiDiGraph
) -> None:
    kinds = Counter(kind for _, kind in overview.nodes(data="kind"))
    assert set(kinds) == OVERVIEW
    for kind, cls in (("pillar", "Pillar"), ("standard", "Standard"), ("gap", "AssertedGap")):
        rows = kg.query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a gda:{cls} }}")
        assert kinds[kind] == rows[0].n
    pairs = kg.query("SELECT DISTINCT ?s ?p { ?s gda:supportsPillar ?p }")
    drawn = [edge for edge in overview.edges(keys=True) if edge[2] == f"{GDA}supportsPillar"]
    assert len(drawn) == len(pairs)


def test_nodes_and_edges_carry_what_a_page_needs(overview: nx.MultiDiGraph) -> None:
    node = overview.nodes[f"{ID}std/itu-t/l.1470"]
    assert node["code"] == "ITU-T L.1470"
    assert node["labels"]["en"].startswith("Greenhouse gas emissions trajectories")
    facts = {labels["en"]: value for labels, value in node["facts"]}
    assert facts["current edition"] == "ITU-T L.1470 (01/2020)"
    assert facts["issued"].startswith("2020-01")
    area = overview.nodes[f"{ID}area/e-waste"]["labels"]
    assert (area["en"], area["zh-Hans"], area["zh-Hant"]) == ("E-waste", "电子废弃物", "電子廢棄物")
    edge = overview.edges[f"{ID}std/itu-t/l.1470", f"{ID}pillar/2", f"{GDA}supportsPillar"]
    assert edge["labels"]["en"] == "supports pillar"


def test_a_neighbourhood_is_what_is_within_reach(kg: gdakg.KnowledgeGraph) -> None:
    near = gdakg.network(kg, around="L.1470", depth=1)
    expected = {
        "std/itu-t/l.1470",
        "ed/itu-t/l.1470/2020-01",
        "org/itu-t",
        "committee/itu-t/sg5",
        "pillar/2",
        "area/climate-change",
        "std/itu-t/l.1450",
        "std/itu-t/l.1471",
        "std/itu-t/l-suppl.-37",
        "std/itu-t/l-suppl.-38",
    }
    assert {node.removeprefix(ID) for node in near} == expected
    assert list(gdakg.network(kg, around="L.1470", depth=0)) == [f"{ID}std/itu-t/l.1470"]


def test_hubs_are_reached_but_not_walked_through(kg: gdakg.KnowledgeGraph) -> None:
    near = gdakg.network(kg, around="L.1470", depth=2)
    assert f"{ID}org/itu-t" in near
    assert f"{ID}std/itu-t/l.1010" not in near  # of ITU-T and study group 5 as well
    assert len(gdakg.network(kg, around="ITU-T", depth=1)) > 2 * HUB  # the centre may be a hub


def test_wrong_neighbourhoods_are_told(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.UnknownThingError):
        gdakg.network(kg, around="L.9999999")
    with pytest.raises(ValueError, match="depth is -1"):
        gdakg.network(kg, around="L.1470", depth=-1)


def test_mine_is_drawn_with_the_rest(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "<http://example.org/mine> a <https://w3id.org/gdakg/def#Standard> ;"
        f" <https://w3id.org/gdakg/def#supportsPillar> <{ID}pillar/7> .",
        encoding="utf-8",
    )
    drawn = gdakg.network(gdakg.load(mine))
    assert f"{ID}pillar/7" in drawn["http://example.org/mine"]


def test_any_iri_and_any_text_can_be_drawn(overview: nx.MultiDiGraph, tmp_path: Path) -> None:
    lines = [
        f"<http://example.org/{'x' * 180}{number}> a <{GDA}Standard> ." for number in range(450)
    ]
    lines += [f"<urn:x:1> a <{GDA}AssertedGap> ; <{GDA}statusNote> 'see http://a b' ."]
    (tmp_path / "mine.ttl").write_text("\n".join(lines), encoding="utf-8")
    drawn = gdakg.network(gdakg.load(tmp_path / "mine.ttl"))
    assert drawn.nodes["urn:x:1"]["facts"][0][1] == "see http://a b"
    assert len(drawn) == len(overview) + 451


def test_our_judgement_is_marked(overview: nx.MultiDiGraph) -> None:
    l1470 = f"{ID}std/itu-t/l.1470"
    judged = {
        key: data["judged"] for _, _, key, data in overview.out_edges(l1470, keys=True, data=True)
    }
    assert judged[f"{GDA}supportsPillar"] is judged[f"{GDA}inArea"] is True
    assert judged["http://purl.org/dc/terms/publisher"] is False
    aligned = f"{ID}std/etsi/es-203-199", f"{ID}std/itu-t/l.1410", f"{GDA}technicallyAlignedWith"
    assert overview.edges[aligned]["judged"] is True  # by the likeness of titles


def test_stage_and_sources_are_told(overview: nx.MultiDiGraph) -> None:
    l1470 = overview.nodes[f"{ID}std/itu-t/l.1470"]
    assert l1470["status"][0] == f"{ID}stage/published"
    facts = {labels["zh-Hant"]: value for labels, value in l1470["facts"]}
    assert facts["階段"] == {"en": "published", "zh-Hans": "已发布", "zh-Hant": "已發布"}
    assert facts["來源"].startswith("https://github.com/relaton/relaton-data-itu/")
    gap = overview.nodes[f"{ID}gap/ai-carbon"]
    assert gap["status"][0] == f"{ID}gap-status/open"
    [(titles, address)] = [value for labels, value in gap["facts"] if labels["en"] == "source"]
    assert titles["en"].startswith("S-MWM ")
    assert address.startswith("https://")
    assert gap["facts"][-1][0]["en"] == "source"


def test_facets_are_what_the_graph_says(kg: gdakg.KnowledgeGraph, tmp_path: Path) -> None:
    gdakg.pages.network(kg, tmp_path / "network.html")
    found = facets(island(tmp_path / "network.html"))
    assert set(found) == {"body", "pillar", "status"}
    pairs = kg.query("SELECT DISTINCT ?s ?o { ?s a gda:Standard ; dcterms:publisher ?o }")
    assert found["body"] == {(row.s, row.o) for row in pairs}
    pairs = kg.query(
        "SELECT DISTINCT ?s ?o { ?s gda:supportsPillar|gda:concernsPillar ?o ; a ?kind"
        " VALUES ?kind { gda:Standard gda:AssertedGap } }"
    )
    assert found["pillar"] == {(row.s, row.o) for row in pairs}
    pairs = kg.query(
        "SELECT ?s ?o { { ?s a gda:Standard ; gda:stage ?o } UNION { ?s gda:gapStatus ?o } }"
    )
    assert found["status"] == {(row.s, row.o) for row in pairs}


def test_foreign_data_has_no_facets(tmp_path: Path) -> None:
    page = page_of(landscape(), tmp_path / "page.html")
    assert island(page)["facets"] == []


def test_an_answer_is_drawn_with_the_links_between_its_things(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("SELECT ?a ?code { VALUES (?a ?code) { (<std/itu-t/l.1470> 'ITU-T L.1450') } }")
    drawn = gdakg.network(kg, things=rows)
    assert set(drawn) == {f"{ID}std/itu-t/l.1470", f"{ID}std/itu-t/l.1450"}
    assert [key for *_, key in drawn.edges(keys=True)] == [f"{GDA}derivedUsing"]
    assert set(gdakg.network(kg, things=["L.1470", "電子廢棄物"])) == {
        f"{ID}std/itu-t/l.1470",
        f"{ID}area/e-waste",
    }


def test_a_named_question_draws_the_things_it_tells_of(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("standards_by_pillar", pillar=6, publisher="ETSI")
    kinds = Counter(kind for _, kind in gdakg.network(kg, things=rows).nodes(data="kind"))
    assert kinds == {"standard": 2, "edition": 2, "body": 1}


def test_triples_are_drawn_as_they_are(kg: gdakg.KnowledgeGraph) -> None:
    triples = kg.query(
        "CONSTRUCT { <pillar/3> <http://example.org/p> <area/e-waste> ; skos:note 'x' } WHERE {}"
    )
    drawn = gdakg.network(kg, things=triples)
    assert list(drawn.edges(keys=True)) == [
        (f"{ID}pillar/3", f"{ID}area/e-waste", "http://example.org/p")
    ]
    assert drawn.nodes[f"{ID}pillar/3"]["code"] == "3"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK {}", "yes or no"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "names no thing"),
        ("SELECT ?x { VALUES ?x { <http://example.org/unheard-of> 'nothing' UNDEF } }", "no thing"),
        ("CONSTRUCT WHERE { <pillar/3> skos:notation ?n }", "names no thing"),
    ],
)
def test_an_answer_without_things_is_refused(
    kg: gdakg.KnowledgeGraph, query: str, message: str
) -> None:
    with pytest.raises(gdakg.AnswerError, match=message):
        gdakg.network(kg, things=kg.query(query))


def test_a_notebook_shows_the_page(
    kg: gdakg.KnowledgeGraph, browser: Browser, tmp_path: Path
) -> None:
    net = gdakg.pages.network(kg, around="L.1470", depth=1, heading='A "quoted" & <b>')
    assert isinstance(net, Network)
    shown = net._repr_html_()
    assert 'title="A &quot;quoted&quot; &amp; <b>"' in shown
    assert "allow-same-origin" not in shown
    host = tmp_path / "notebook.html"
    ready = "<!doctype html><meta charset=utf-8><script>window.gdakg = {ready: true}</script>"
    # In its sandbox nobody can look into the frame; so a second one without.
    host.write_text(ready + shown + shown.replace("sandbox=", "data-was="), encoding="utf-8")
    page = browser.open(host)
    page.wait_for("frames[1].gdakg?.ready")
    assert page.evaluate("frames[1].document.querySelector('h1').textContent") == (
        'A "quoted" & <b>'
    )
    page.evaluate("frames[1].document.querySelector('#table').click()")
    assert page.evaluate("frames[1].document.querySelectorAll('#table-rows tr').length") == 10
    page.close_quiet()


def test_every_node_has_its_own_finite_place(overview: nx.MultiDiGraph) -> None:
    placed = positions(overview)
    assert set(placed) == set(overview)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in placed.values())
    assert len({(round(x), round(y)) for x, y in placed.values()}) > 0.98 * len(placed)


@pytest.mark.parametrize("nodes", [0, 1, 2, 5])
def test_tiny_networks_are_laid_out_too(nodes: int) -> None:
    placed = positions(nx.path_graph(nodes, create_using=nx.MultiDiGraph))
    assert len(placed) == nodes


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    pages = []
    for seed in ("1", "2"):
        page = tmp_path / f"{seed}.html"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "gdakg", "view", "network", "-o", str(page)]
        subprocess.run(command, check=True, env=environment, capture_output=True, timeout=120)
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]
    assert len(pages[0]) < 750_000


def test_the_real_page_opens_quietly_with_every_label(
    kg: gdakg.KnowledgeGraph, overview: nx.MultiDiGraph, browser: Browser, tmp_path: Path
) -> None:
    net = gdakg.pages.network(kg, tmp_path / "network.html")
    assert isinstance(net, Network)
    page = browser.open(tmp_path / "network.html")
    page.click("#table")
    table = page.evaluate("document.querySelector('#table-rows').textContent")
    for _, node in overview.nodes(data=True):
        assert (node["code"] or node["labels"]["en"]) in table
    page.close_quiet()
