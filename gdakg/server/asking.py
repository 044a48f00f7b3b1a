"""What a worker does with a SPARQL query."""

import itertools
import re
from typing import IO, Any, Final, cast

import pyoxigraph as og

from gdakg.engine import Embedded, not_sparql, refuse_others
from gdakg.errors import QueryError
from gdakg.guard import check, sources
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE, PREFIXES
from gdakg.server.jobs import Limits, Reply, problem
from gdakg.server.measuring import Bounded, Overflow, rows_in

#: media types of answers, best first -> how the engine calls them
TABLES: Final = {
    "application/sparql-results+json": og.QueryResultsFormat.JSON,
    "application/json": og.QueryResultsFormat.JSON,
    "application/sparql-results+xml": og.QueryResultsFormat.XML,
    "application/xml": og.QueryResultsFormat.XML,
    "text/csv": og.QueryResultsFormat.CSV,
    "text/tab-separated-values": og.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": og.RdfFormat.TURTLE,
    "application/n-triples": og.RdfFormat.N_TRIPLES,
    "application/ld+json": og.RdfFormat.JSON_LD,
    "application/rdf+xml": og.RdfFormat.RDF_XML,
}
#: what the engine writes and XML does not have: control characters, and tags without a name, for
#: properties such as <http://example.org/1>
_NO_XML: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|<[\w.-]+:[ />]", re.ASCII
)


def query(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the answer to the query `asked["query"]` as `asked["media"]`.

    `asked["default"]` and `asked["named"]` are the graphs that the protocol names, if any; they
    stand before those of FROM.  Raises QueryError.
    """
    text = asked["query"]
    check(text)
    named = _dataset(kg, asked)
    if named is None:
        chosen = sources(text)
        refuse_others(store_of(kg), chosen or [], "FROM")
        # With the union as default graph the engine would not heed FROM.
        named = {"use_default_graph_as_union": chosen is None}
    try:
        found = store_of(kg).query(text, base_iri=BASE, prefixes=PREFIXES, **named)
        return _written(found, asked["media"], limits)
    except SyntaxError as error:
        raise not_sparql(text, str(error)) from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error
    except Overflow:
        return too_large(f"{limits.bytes / 1024**2:,.0f} MiB")


def too_large(limit: str) -> Reply:
    """Return the reply for an answer that is larger than `limit`, in words."""
    return problem(
        422,
        f"the answer is larger than the limit of {limit}, and a part would look whole: "
        "ask for it in parts by ORDER BY, LIMIT and OFFSET, or take all by gdakg export",
    )


def store_of(kg: KnowledgeGraph) -> og.Store:
    """Return the engine's store, which a worker has in its own process."""
    if not isinstance(kg.engine, Embedded):
        raise TypeError(f"a worker holds its graph itself, not {kg.engine!r}")
    return kg.engine.store


def _dataset(kg: KnowledgeGraph, asked: dict[str, Any]) -> dict[str, Any] | None:
    """Return the dataset that the protocol names, in the engine's words; None if it does not."""
    default, named = asked.get("default", []), asked.get("named", [])
    if not (default or named):
        return None
    refuse_others(store_of(kg), default, "default-graph-uri")
    refuse_others(store_of(kg), named, "named-graph-uri")
    return {
        "default_graph": [og.NamedNode(iri) for iri in default],
        "named_graphs": [og.NamedNode(iri) for iri in named],
    }


def _written(found: Any, media: str, limits: Limits) -> Reply:
    """Return what the engine `found` in the media type `media`, if the limits allow."""
    output = Bounded(limits.bytes)
    if isinstance(found, og.QueryTriples):
        triples = list(itertools.islice(found, limits.rows + 1))
        if len(triples) > limits.rows:
            return too_large(f"{limits.rows:,} triples")
        graph_form = GRAPHS[media]
        prefixes = _used(triples, graph_form)
        og.serialize(
            triples, output=cast("IO[bytes]", output), format=graph_form, prefixes=prefixes
        )
        return _reply(output, media)
    form = TABLES[media]
    found.serialize(output=output, format=form)
    if isinstance(found, og.QuerySolutions) and rows_in(output, form, limits.rows) > limits.rows:
        return too_large(f"{limits.rows:,} rows")
    return _reply(output, media)


def _used(triples: list[og.Triple], form: og.RdfFormat) -> dict[str, str] | None:
    """Return the prefixes that shorten `triples`, None for a format without prefixes."""
    if form not in {og.RdfFormat.TURTLE, og.RdfFormat.RDF_XML}:
        return None
    terms = {term.value for triple in triples for term in triple if isinstance(term, og.NamedNode)}
    used = {prefix: iri for prefix, iri in PREFIXES.items()
            if any(term.startswith(iri) for term in terms)}  # fmt: skip
    return used or None


def _reply(output: Bounded, media: str) -> Reply:
    body = output.content()
    if media.endswith("xml"):
        if _NO_XML.search(body):
            return problem(406, "the answer cannot be written as XML: ask for it in another form")
        body = body.replace(b"\r", b"&#xD;")  # whoever reads XML takes \r for \n
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Reply(200, media + charset, body, {})
