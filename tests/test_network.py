"""The graph as a networkx graph, its picture, and the page of the real data."""

import math
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

import gdakg
from chromium import Browser
from gdakg.layout import positions
from gdakg.network import HUB, OVERVIEW

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


def test_any_iri_and_any_text_can_be_drawn(tmp_path: Path) -> None:
    lines = [
        f"<http://example.org/{'x' * 180}{number}> a <{GDA}Standard> ." for number in range(450)
    ]
    lines += [f"<urn:x:1> a <{GDA}AssertedGap> ; <{GDA}statusNote> 'see http://a b' ."]
    (tmp_path / "mine.ttl").write_text("\n".join(lines), encoding="utf-8")
    drawn = gdakg.network(gdakg.load(tmp_path / "mine.ttl"))
    assert drawn.nodes["urn:x:1"]["facts"][0][1] == "see http://a b"
    assert len(drawn) == len(gdakg.network(gdakg.load())) + 451


def test_our_judgement_is_marked(overview: nx.MultiDiGraph) -> None:
    l1470 = f"{ID}std/itu-t/l.1470"
    judged = {
        key: data["judged"] for _, _, key, data in overview.out_edges(l1470, keys=True, data=True)
    }
    assert judged[f"{GDA}supportsPillar"] is judged[f"{GDA}inArea"] is True
    assert judged["http://purl.org/dc/terms/publisher"] is False
    aligned = f"{ID}std/etsi/es-203-199", f"{ID}std/itu-t/l.1410", f"{GDA}technicallyAlignedWith"
    assert overview.edges[aligned]["judged"] is True  # by the likeness of titles


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
    assert type(net).__module__ == "pyvis.network"
    page = browser.open(tmp_path / "network.html")
    page.click("#table")
    table = page.evaluate("document.querySelector('#table-rows').textContent")
    for _, node in overview.nodes(data=True):
        assert (node["code"] or node["labels"]["en"]) in table
    assert page.requests == []
    assert page.messages == []
    page.close()
