"""Betweenness of the standards, as the named graph `bridges`.

`python -m reports.bridges` writes `data/bridges.ttl`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as og

import gdakg
from gdakg.bridging import betweenness
from gdakg.namespaces import BASE, GDA, GRAPH, PREFIXES
from gdakg.turtle import canonical
from gdakg.writing import replace

FILE: Final = Path(__file__).parents[1] / "data" / "bridges.ttl"

_DESCRIPTION: Final = (
    "Share of shortest paths through each standard in the network of pillars, areas, bodies, "
    "committees, standards and gaps, with all links and with stated links alone; computed with "
    "networkx, rounded to six places. Standards whose share rounds to 0 are left out."
)
_HEADER: Final = f"""
PREFIX gda: <{GDA}> PREFIX graph: <{GRAPH}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
PREFIX void: <{PREFIXES["void"]}> PREFIX xsd: <{PREFIXES["xsd"]}> BASE <{BASE}>
graph:bridges a void:Dataset ;
    dcterms:title "Betweenness of the standards"@en , "标准的中介中心性"@zh-Hans ,
        "標準的中介中心性"@zh-Hant ;
    dcterms:description "{_DESCRIPTION}"@en ;
    dcterms:issued "2026-11-22"^^xsd:date ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    gda:statementKind <statement-kind/computed> .
"""


def turtle(kg: gdakg.KnowledgeGraph) -> str:
    """Return `data/bridges.ttl` for the graph `kg`; what is there of it already does not count."""
    header = [quad.triple for quad in og.parse(_HEADER, format=og.RdfFormat.TURTLE)]
    return canonical([*header, *_values(kg)])


def _values(kg: gdakg.KnowledgeGraph) -> Iterator[og.Triple]:
    """Yield the values that are not 0."""
    for name, judged in (("betweenness", True), ("betweennessStated", False)):
        for iri, share in betweenness(kg, judged=judged).items():
            if iri.startswith(f"{BASE}std/") and f"{share:.6f}" != f"{0:.6f}":
                value = og.Literal(
                    f"{share:.6f}", datatype=og.NamedNode(PREFIXES["xsd"] + "decimal")
                )
                yield og.Triple(og.NamedNode(iri), og.NamedNode(GDA + name), value)


def main() -> None:
    """Write `data/bridges.ttl`."""
    replace(FILE, turtle(gdakg.load()).encode())


if __name__ == "__main__":
    main()
