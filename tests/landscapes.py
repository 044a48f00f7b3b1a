"""Networks that the tests of pages draw: small, large, hostile."""

import json
import math
import re
from pathlib import Path
from typing import Any

import networkx as nx

from gdakg.pages.fill import to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import write
from gdakg.pages.wording import HEADING

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


def judged_landscape() -> nx.MultiDiGraph:
    """Return the small network, in which areas are judged but one and facts have languages."""
    graph = landscape()
    for source, _, attributes in graph.edges(data=True):
        if attributes["predicate"] == IN_AREA["predicate"]:
            attributes["judged"] = source != f"{BASE}gap/6"
    graph.nodes[CARBON]["facts"] = [
        ({"en": "Basis"}, {"en": "named explicitly"}),
        ({"en": "Wording"}, {"en": "ours", "zh-Hans": "我们的", "zh-Hant": "我們的"}),
        ({"en": "Founded"}, "1865"),
    ]
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


def page_of(
    graph: nx.MultiDiGraph, path: Path, language: str = "en", centre: str | None = None
) -> Path:
    places = spiral(graph)
    write(to_pyvis(graph, places, heading=HEADING, language=language, centre=centre), path)
    return path


def island(path: Path) -> Any:
    """Return the data in the page at `path`."""
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', path.read_text("utf-8")
    )
    assert found
    data = json.loads(found[1])
    names = ("id", "kind", "x", "y", "size", "code", "labels", "facts")
    data["nodes"] = [dict(zip(names, row, strict=True)) for row in data["nodes"]]
    return data


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
