"""A network in which every control of the page has something to do, and how tests steer it."""

from typing import Any
from urllib.parse import parse_qs, urlencode

import networkx as nx

from chromium import Page
from gdakg.namespaces import GDA, PREFIXES
from landscapes import BASE

PUBLISHER = PREFIXES["dcterms"] + "publisher"
SUPPORTS, CONCERNS = GDA + "supportsPillar", GDA + "concernsPillar"

#: node -> kind, code, English name, status
THINGS = {
    "itu": ("body", "ITU", "Telecommunication Union", None),
    "iso": ("body", "ISO", "Standardization", None),
    "p1": ("pillar", "1", "Monitoring", None),
    "p2": ("pillar", "2", "Emissions", None),
    "area": ("area", None, "Energy", None),
    "waste": ("area", None, "E-waste", None),
    "sg5": ("committee", "SG5", "Environment", None),
    "l1": ("standard", "L.1", "First", "published"),
    "l2": ("standard", "L.2", "Second", "draft"),
    "iso3": ("standard", "ISO 3", "Third", "published"),
    "gap": ("gap", None, "Missing", "open"),
    "alone": ("document", None, "Alone", None),
}
LINKS = [
    ("l1", PUBLISHER, "publisher", "itu"),
    ("l2", PUBLISHER, "publisher", "itu"),
    ("iso3", PUBLISHER, "publisher", "iso"),
    ("l1", SUPPORTS, "supports", "p1"),
    ("l2", SUPPORTS, "supports", "p2"),
    ("iso3", SUPPORTS, "supports", "p1"),
    ("gap", CONCERNS, "concerns", "p2"),
    ("l1", GDA + "inArea", "in area", "area"),
    ("iso3", GDA + "inArea", "in area", "waste"),
    ("iso3", GDA + "references", "references", "l2"),
    ("sg5", PREFIXES["org"] + "unitOf", "unit of", "itu"),
]


def network() -> nx.MultiDiGraph:
    """Return a network in which every filter has something to say."""
    graph = nx.MultiDiGraph()
    for name, (kind, code, label, status) in THINGS.items():
        known: dict[str, Any] = {"kind": kind, "code": code, "labels": {"en": label}}
        if status:
            known["status"] = (f"{BASE}status/{status}", {"en": status})
            known["facts"] = [({"en": "Stage"}, {"en": status})]
        graph.add_node(BASE + name, **known)
    for start, predicate, label, end in LINKS:
        judged = predicate == SUPPORTS
        labels = {"en": label, "zh-Hans": f"{label}（简）", "zh-Hant": f"{label}（繁）"}
        graph.add_edge(BASE + start, BASE + end, predicate=predicate, labels=labels, judged=judged)
    graph.nodes[f"{BASE}waste"]["labels"] = {"zh-Hans": "电子废弃物标准", "en": "E-waste"}
    graph.nodes[f"{BASE}area"]["labels"] = {"zh-Hant": "節能網路評估標準", "en": "Energy"}
    graph.nodes[f"{BASE}l1"]["facts"] += [
        ({"en": "Web page"}, "https://example.org/one"),
        ({"en": "Stage"}, {"en": "in force", "zh-Hans": "现行"}),
        ({"en": "Web page"}, "https://example.org/two"),
    ]
    return graph


def address(*pairs: tuple[str, str]) -> str:
    return urlencode(pairs)


def short(iris: list[str]) -> set[str]:
    return {iri.removeprefix(BASE) for iri in iris}


def shown(page: Page) -> set[str]:
    """Return the nodes that are drawn."""
    found = "gdakg.network.body.data.nodes.get().filter(n => !n.hidden).map(n => n.id)"
    return short(page.evaluate(found))


def bright(page: Page) -> set[str]:
    """Return the nodes that are not dimmed."""
    found = "gdakg.network.body.data.nodes.get().filter(n => n.opacity === 1).map(n => n.id)"
    return short(page.evaluate(found))


def selected(page: Page) -> set[str]:
    return short(page.evaluate("gdakg.network.getSelectedNodes()"))


def text(page: Page, selector: str) -> str:
    """Return the text that shows of an element, spaces folded."""
    return " ".join(page.text(selector).split())


def fragment(page: Page) -> dict[str, list[str]]:
    return parse_qs(page.evaluate("location.hash").removeprefix("#"), keep_blank_values=True)


def box(value: str) -> str:
    return f'#facets input[value="{BASE}{value}"]'


def press(page: Page, key: str, code: int) -> None:
    """Press a key that `Page.press` does not know."""
    for kind in ("rawKeyDown", "keyUp"):
        page.send(
            "Input.dispatchKeyEvent",
            type=kind,
            key=key,
            code="Space" if key == " " else key,
            windowsVirtualKeyCode=code,
        )
