"""What a server says of itself and of its graph: SPARQL Service Description, VoID and DCAT."""

from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as og

from gdakg.answers import solutions
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE, PREFIXES
from gdakg.server.asking import GRAPHS, store_of
from gdakg.server.jobs import Limits, Reply

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TYPE: Final = og.NamedNode(f"{PREFIXES['rdf']}type")

_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
                   "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip
_COUNTED: Final = (
    "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
)
_USED: Final = """SELECT (COUNT(DISTINCT ?p) AS ?properties) (COUNT(DISTINCT ?class) AS ?classes)
WHERE { { ?s ?p ?o } UNION { [] a ?class } }"""
_TOLD: Final = ("dcterms:title", "dcterms:license", "dcterms:issued", "dcterms:source")


def service(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the description of the endpoint by https://www.w3.org/TR/sparql11-service-description/."""
    endpoint = f"{asked['address']}sparql"
    return _written(_service(kg, endpoint), asked["media"])


def void(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the description of the graph in VoID and DCAT."""
    return _written(_void(kg, asked["address"]), asked["media"])


def _service(kg: KnowledgeGraph, endpoint: str) -> Iterator[og.Triple]:
    itself = og.NamedNode(endpoint)
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#union"
    yield og.Triple(itself, _TYPE, _sd("Service"))
    yield og.Triple(itself, _sd("endpoint"), itself)
    yield og.Triple(itself, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield og.Triple(itself, _sd("feature"), _sd("UnionDefaultGraph"))
    for form in _RESULTS:
        yield og.Triple(itself, _sd("resultFormat"), og.NamedNode(_FORMATS + form))
    yield og.Triple(itself, _sd("defaultDataset"), og.NamedNode(dataset))
    yield og.Triple(og.NamedNode(dataset), _TYPE, _sd("Dataset"))
    yield og.Triple(og.NamedNode(dataset), _sd("defaultGraph"), og.NamedNode(default))
    yield og.Triple(og.NamedNode(default), _TYPE, _sd("Graph"))
    counts = _counts(kg)
    if counts:
        yield og.Triple(
            og.NamedNode(default), _term("void:triples"), og.Literal(sum(counts.values()))
        )
    for number, name in enumerate(_graphs(kg), 1):
        named, graph = (
            og.NamedNode(f"{endpoint}#named-{number}"),
            og.NamedNode(f"{endpoint}#graph-{number}"),
        )
        yield og.Triple(og.NamedNode(dataset), _sd("namedGraph"), named)
        yield og.Triple(named, _TYPE, _sd("NamedGraph"))
        yield og.Triple(named, _sd("name"), name)
        yield og.Triple(named, _sd("graph"), graph)
        yield og.Triple(graph, _TYPE, _sd("Graph"))
        if name.value in counts:
            yield og.Triple(graph, _term("void:triples"), og.Literal(counts[name.value]))


def _void(kg: KnowledgeGraph, address: str) -> Iterator[og.Triple]:
    itself, all_of_it = og.NamedNode(f"{address}void"), og.NamedNode(f"{address}void#graph")
    endpoint = og.NamedNode(f"{address}sparql")
    yield og.Triple(itself, _TYPE, _term("void:DatasetDescription"))
    yield og.Triple(itself, _term("foaf:primaryTopic"), all_of_it)
    for kind in ("void:Dataset", "dcat:Dataset"):
        yield og.Triple(all_of_it, _TYPE, _term(kind))
    yield og.Triple(all_of_it, _term("void:sparqlEndpoint"), endpoint)
    yield og.Triple(all_of_it, _term("void:uriSpace"), og.Literal(BASE))
    yield og.Triple(endpoint, _TYPE, _term("dcat:DataService"))
    yield og.Triple(endpoint, _term("dcat:endpointURL"), endpoint)
    yield og.Triple(endpoint, _term("dcat:endpointDescription"), endpoint)
    yield og.Triple(endpoint, _term("dcat:servesDataset"), all_of_it)
    counts = _counts(kg)
    if counts:
        yield og.Triple(all_of_it, _term("void:triples"), og.Literal(sum(counts.values())))
        used = solutions(kg.engine.evaluate(_USED, {}))[0]
        yield og.Triple(all_of_it, _term("void:properties"), og.Literal(used.properties))
        yield og.Triple(all_of_it, _term("void:classes"), og.Literal(used.classes))
    told = {_term(name) for name in _TOLD}
    for name in _graphs(kg):
        yield og.Triple(all_of_it, _term("void:subset"), name)
        yield og.Triple(name, _TYPE, _term("void:Dataset"))
        if name.value in counts:
            yield og.Triple(name, _term("void:triples"), og.Literal(counts[name.value]))
        # Asked of the store: of a large one the engine would look through all of it.
        for quad in store_of(kg).quads_for_pattern(name, None, None, None):
            if quad.predicate in told:
                yield quad.triple


def _graphs(kg: KnowledgeGraph) -> list[og.NamedNode]:
    """Return the names of the named graphs, sorted."""
    found = [name for name in store_of(kg).named_graphs() if isinstance(name, og.NamedNode)]
    return sorted(found, key=str)


def _counts(kg: KnowledgeGraph) -> dict[str, int]:
    """Return the number of statements of each graph; none of a store, which takes too long."""
    if kg.folder is not None:
        return {}
    return {row.graph: row.n for row in solutions(kg.engine.evaluate(_COUNTED, {}))}


def _sd(name: str) -> og.NamedNode:
    return og.NamedNode(_SD + name)


def _term(name: str) -> og.NamedNode:
    """Return the IRI of `name`, written with a prefix of ours."""
    prefix, _, local = name.partition(":")
    return og.NamedNode(PREFIXES[prefix] + local)


def _written(triples: Iterator[og.Triple], media: str) -> Reply:
    form = GRAPHS[media]
    prefixes = {"sd": _SD, "formats": _FORMATS} | {
        prefix: PREFIXES[prefix] for prefix in ("dcat", "dcterms", "foaf", "void", "xsd")
    }
    has_prefixes = form in {og.RdfFormat.TURTLE, og.RdfFormat.RDF_XML}
    written = og.serialize(triples, format=form, prefixes=prefixes if has_prefixes else None)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Reply(200, media + charset, written or b"", {})
