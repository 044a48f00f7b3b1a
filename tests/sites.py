"""Small graphs of which tests make sites, and what they are written in."""

from typing import Final

import pyoxigraph as og

import gdakg
from gdakg.engine import Embedded
from gdakg.namespaces import GDA, PREFIXES
from landscapes import EVIL

TYPE: Final = PREFIXES["rdf"] + "type"
LABEL: Final = PREFIXES["skos"] + "prefLabel"
PILLAR: Final = "http://example.org/p"


def graph_of(*statements: tuple[str, str, str | og.Literal]) -> gdakg.KnowledgeGraph:
    """Return a graph of these statements; IRIs as text."""
    store = og.Store()
    graph = og.NamedNode("http://example.org/graph")
    for subject, prop, value in statements:
        node = og.NamedNode(value) if isinstance(value, str) else value
        store.add(og.Quad(og.NamedNode(subject), og.NamedNode(prop), node, graph))
    return gdakg.KnowledgeGraph(Embedded(store, allow_service=False))


def hostile() -> gdakg.KnowledgeGraph:
    """Return a graph of few things, with evil in every text."""
    statements: list[tuple[str, str, str | og.Literal]] = [(PILLAR, TYPE, f"{GDA}Pillar")]
    for number, evil in enumerate(EVIL):
        text = evil.replace("\ud800", "?")
        statements += [
            (f"http://example.org/{number}", prop, value)
            for prop, value in (
                (TYPE, f"{GDA}Standard"),
                (LABEL, og.Literal(text, language="en")),
                (PREFIXES["dcterms"] + "identifier", og.Literal(text)),
                (PREFIXES["foaf"] + "page", "javascript:window.__xss=1"),
                (f"{GDA}supportsPillar", PILLAR),
            )
        ]
    return graph_of(*statements)
