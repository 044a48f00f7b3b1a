"""What the engine is asked of one thing, for all who tell on whose word something stands."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as og

from gdakg.answers import Term

#: the statements of the thing and about it; without "GRAPH ?graph" those of the default graph
OUTGOING: Final = (
    "SELECT ?graph ?property ?other WHERE { GRAPH ?graph { ?thing ?property ?other } }"
)
INCOMING: Final = (
    "SELECT ?graph ?property ?other WHERE { GRAPH ?graph { ?other ?property ?thing } }"
)

#: claims, recorded relations and contradictions that involve the thing: the n-ary nodes that
#: carry their own sources
RECORDS: Final = """SELECT ?graph ?record ?property ?value WHERE {
  { ?record gda:subject ?thing } UNION { ?record gda:object ?thing }
  GRAPH ?graph { ?record a ?class } ?record ?property ?value }"""

#: the kind of statements of each named graph, and its sources
GRAPHS: Final = """SELECT ?graph ?kind ?source WHERE {
  ?graph gda:statementKind ?kind . OPTIONAL { ?graph prov:wasDerivedFrom ?source } }"""

#: named graph of each record, and its values by IRI of the property
Records = dict[str, tuple[str, dict[str, list[Term]]]]


def unnamed(query: str) -> str:
    """Return `query` for a thing that stands in the default graph alone."""
    return query.replace("GRAPH ?graph", "")


def records(rows: Iterable[tuple[Term | None, ...]]) -> Records:
    """Return the records in the `rows` that `RECORDS` gives, each value once."""
    found: Records = {}
    for graph, record, prop, value in rows:
        _, values = found.setdefault(key_of(record), (iri_of(graph), {}))
        if value is not None and value not in values.setdefault(iri_of(prop), []):
            values[iri_of(prop)].append(value)
    return found


def iri_of(term: Term | None) -> str:
    """Return the text of an IRI, "" for any other term."""
    return term.value if isinstance(term, og.NamedNode) else ""


def key_of(term: Term | None) -> str:
    """Return what tells a term from others: the text of an IRI, else its Turtle."""
    return iri_of(term) or str(term)
