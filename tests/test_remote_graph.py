"""The rdflib face of a remote graph: rdflib's names, our way to the server."""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import rdflib
from rdflib import RDF, URIRef

import gdakg
from gdakg.answers import Triples
from gdakg.namespaces import BASE, GDA
from proxies import BUSY, PILLARS, Proxy, answering, cut, dripping_body, limited

PILLAR = URIRef(f"{GDA}Pillar")
NOTATION = URIRef("http://www.w3.org/2004/02/skos/core#notation")
SEVENTH = URIRef(f"{BASE}pillar/7")
CODES = "SELECT ?code { ?s a gda:Pillar ; skos:notation ?code } ORDER BY ?code"


def first(rows: Iterable[Any]) -> list[str]:
    """Return the first column of `rows`."""
    return [str(row[0]) for row in rows]


@pytest.fixture(scope="module")
def graph(endpoint: str) -> rdflib.Graph:
    face: rdflib.Graph = gdakg.connect(endpoint).graph
    return face


def test_all_forms_of_queries_have_rdflib_answers(graph: rdflib.Graph) -> None:
    rows = graph.query(CODES)
    assert first(rows) == PILLARS
    assert [str(variable) for variable in rows.vars or ()] == ["code"]
    assert graph.query("ASK { <pillar/7> a gda:Pillar }").askAnswer is True
    assert graph.query("ASK { <pillar/8> a gda:Pillar }").askAnswer is False
    made = graph.query("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c . FILTER(?c = gda:Pillar) }").graph
    assert made is not None
    assert set(made.subjects(RDF.type, PILLAR)) == set(graph.subjects(RDF.type, PILLAR))
    assert len(made) == 7


def test_the_graph_is_read_as_any_of_rdflib(graph: rdflib.Graph, kg: gdakg.KnowledgeGraph) -> None:
    ours = kg.query("CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <pillar/7> } ?s ?p ?o }")
    assert isinstance(ours, Triples)
    assert set(graph.triples((SEVENTH, None, None))) == set(ours.to_rdflib())
    assert (SEVENTH, RDF.type, PILLAR) in graph
    assert (SEVENTH, RDF.type, RDF.Property) not in graph
    assert str(graph.value(SEVENTH, NOTATION)) == "7"
    assert len(graph) == len(kg)


def test_values_are_bound_as_rdflib_does(graph: rdflib.Graph) -> None:
    text = "SELECT ?code ?s { ?s skos:notation ?code }"
    rows = graph.query(text, initBindings={"s": SEVENTH})
    assert first(rows) == ["7"]


def test_it_is_for_reading_only(graph: rdflib.Graph) -> None:
    for act in (
        lambda: graph.add((SEVENTH, RDF.type, PILLAR)),
        lambda: graph.remove((SEVENTH, None, None)),
        lambda: graph.update("DROP ALL"),
    ):
        with pytest.raises(TypeError, match="read only"):
            act()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("DROP ALL", "update"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * {" + "{" * 200 + "}" * 200 + "}", "deep"),
    ],
)
def test_the_guard_stands_before_it(through: Callable[..., Proxy], text: str, message: str) -> None:
    proxy = through()
    with pytest.raises(gdakg.QueryError, match=message):
        gdakg.connect(proxy.url).graph.query(text)
    assert proxy.asked == []


def test_one_named_graph_is_not_taken_for_all(graph: rdflib.Graph) -> None:
    one = rdflib.Graph(graph.store, identifier=URIRef("https://w3id.org/gdakg/graph/pillars"))
    with pytest.raises(TypeError, match=re.escape("write GRAPH <https://w3id.org/gdakg/graph/")):
        one.query("ASK { ?s ?p ?o }")
    with pytest.raises(TypeError, match="asked as a whole"):
        list(one.triples((None, RDF.type, PILLAR)))


def test_what_passes_is_tried_again_and_what_is_cut_is_paged(
    through: Callable[..., Proxy],
) -> None:
    proxy = through(BUSY)
    assert first(gdakg.connect(proxy.url).graph.query(CODES)) == PILLARS
    assert len(proxy.asked) == 2
    short = gdakg.connect(through(limited(4), for_ever=True).url).graph
    assert first(short.query(CODES)) == PILLARS


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (answering(b"<html>Log in</html>", "text/html"), "but: <html>Log in</html>"),
        (answering(b"", "text/plain", "404 Not Found"), "HTTP 404"),
        (answering(b"", "", "302 Found", "Location: http://127.0.0.2/"), "another host"),
        (cut, "did not answer with SPARQL results"),
        (dripping_body, r"in whole within 0\.5 s"),
    ],
)
def test_faults_are_clear_errors(
    through: Callable[..., Proxy], fault: Callable[..., None], message: str
) -> None:
    face = gdakg.connect(through(fault, for_ever=True).url, timeout=0.5).graph
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match=message):
        face.query(CODES)
    with pytest.raises(gdakg.EndpointError, match=message):
        next(face.triples((None, RDF.type, PILLAR)))
    assert time.monotonic() - began < 4


def test_credentials_are_ours_to_send(through: Callable[..., Proxy]) -> None:
    proxy = through()
    assert gdakg.connect(proxy.url, credentials=("ann", "secret")).graph.query("ASK {}").askAnswer
    assert b"Authorization: Basic " in proxy.asked[0]
    assert b"User-Agent: gdakg/" in proxy.asked[0]
