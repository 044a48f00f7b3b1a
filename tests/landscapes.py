"""Networks that the tests of pages draw: small, large, hostile."""

import itertools
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
    data["nodes"] = [node for group in data["groups"] for node in _nodes(data, group)]
    return data


def _nodes(data: Any, group: Any) -> list[dict[str, Any]]:
    """Return the nodes of a group: id, code and labels."""
    ids, codes = texts(group["ids"]), texts(group["codes"])
    labels = {tag: texts(column) for tag, column in zip(data["tags"], group["labels"], strict=True)}
    return [
        {"id": ids[at], "code": codes.get(at), "labels": {t: labels[t].get(at) for t in labels}}
        for at in range(len(group["x"]))
    ]


def facets(data: Any) -> dict[str, set[tuple[str, str]]]:
    """Return for each facet in an island the nodes with the values that they have."""
    iris = [node["id"] for node in data["nodes"]]
    found: dict[str, set[tuple[str, str]]] = {}
    for facet in data["facets"]:
        pairs = found.setdefault(facet["key"], set())
        for relation in facet.get("relations", []):
            ends = data["edges"][relation]
            starts = itertools.accumulate(ends[::2])
            pairs |= {(iris[a], iris[b]) for a, b in zip(starts, ends[1::2], strict=True)}
        if "values" in facet:
            ranks = [
                rank
                for group in data["groups"]
                for rank in group.get("status", [-1] * len(group["x"]))
            ]
            values = [iri for iri, _ in facet["values"]]
            pairs |= {(iris[at], values[rank]) for at, rank in enumerate(ranks) if rank >= 0}
    return found


def texts(column: list[str | int]) -> dict[int, str]:
    """Return the texts of a column by their places."""
    found: dict[int, str] = {}
    at, shared, above = 0, 0, ""
    for each in column:
        if isinstance(each, str):
            found[at] = above = above[:shared] + each
            at, shared = at + 1, 0
        elif each < 0:
            at -= each
        else:
            shared = each
    return found


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
