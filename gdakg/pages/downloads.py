"""The data of a site in files to take along."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pyoxigraph as og

from gdakg.entries import Entries
from gdakg.standards_table import table
from gdakg.turtle import canonical

if TYPE_CHECKING:
    from gdakg.knowledge import KnowledgeGraph

#: file -> what it holds, in words of the interface
ABOUT: Final = {
    "data/gdakg.ttl": "All statements as Turtle, without their named graphs",
    "data/gdakg.nq": "All statements with their named graphs, as N-Quads",
    "data/gdakg.jsonld": "All statements with their named graphs, as JSON-LD",
    "data/standards.csv": "The standards as a table, titles in three languages",
}

_QUADS: Final = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


def files(kg: "KnowledgeGraph", entries: Entries) -> dict[str, Callable[[], str]]:
    """Return what writes each file."""
    from gdakg.answers import solutions

    quads: list[og.Quad] = []

    def all_quads() -> list[og.Quad]:
        if not quads:
            terms = solutions(kg.engine.evaluate(_QUADS, {})).terms
            quads.extend(sorted((og.Quad(*term) for term in terms), key=str))  # type: ignore[arg-type]
        return quads

    return {
        "data/gdakg.ttl": lambda: canonical(
            {quad.triple for quad in all_quads()}, allow_blank=True
        ),
        "data/gdakg.nq": lambda: "".join(f"{quad} .\n" for quad in all_quads()),
        "data/gdakg.jsonld": lambda: _json_ld(all_quads()),
        "data/standards.csv": lambda: table(entries),
    }


def _json_ld(quads: list[og.Quad]) -> str:
    """Return the quads as JSON-LD, expanded."""
    written = og.serialize(quads, format=og.RdfFormat.JSON_LD)
    return written.decode() if written else ""
