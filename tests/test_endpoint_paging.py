"""A server that cuts its answers: asked for in pages, or an error; never a part for the whole."""

import json
from collections.abc import Callable

import pyoxigraph as og
import pytest

import gdakg
from proxies import JSON, TRIPLES, Proxy, answering, limited


@pytest.mark.parametrize("size", [4, 10, 11])
def test_what_a_server_cuts_is_asked_for_in_pages(
    kg: gdakg.KnowledgeGraph, through: Callable[..., Proxy], size: int
) -> None:
    proxy = through(limited(size), for_ever=True)
    remote = gdakg.connect(proxy.url)
    text = """SELECT DISTINCT ?kind ?label {
      ?area a gda:CooperationArea ; skos:prefLabel ?label . OPTIONAL { ?area gda:none ?kind }
    } ORDER BY DESC(lang(?label)) ?label VALUES ?unused { 1 }"""
    assert remote.query(text).terms == kg.query(text).terms
    assert len(kg.query(text)) > 3 * size
    assert len(proxy.asked) > 4
    unordered = "SELECT * { ?s a gda:CooperationArea }"
    assert sorted(remote.query(unordered).terms, key=str) == sorted(
        kg.query(unordered).terms, key=str
    )


def test_pages_may_be_alike(kg: gdakg.KnowledgeGraph, through: Callable[..., Proxy]) -> None:
    remote = gdakg.connect(through(limited(3), for_ever=True).url)
    text = "SELECT ?kind { ?s a ?kind . FILTER(?kind = gda:Pillar) }"
    assert remote.query(text).terms == kg.query(text).terms
    assert len(kg.query(text)) == 7


def test_what_cannot_be_paged_is_an_error(through: Callable[..., Proxy]) -> None:
    remote = gdakg.connect(through(limited(4), for_ever=True).url)
    with pytest.raises(gdakg.EndpointError, match="cuts its answers at 4 rows"):
        remote.query("SELECT * { ?s a gda:CooperationArea } LIMIT 20")
    assert len(remote.query("SELECT * { ?s a gda:CooperationArea } LIMIT 3")) == 3


def test_a_server_that_gives_the_same_page_again_is_told(through: Callable[..., Proxy]) -> None:
    told = {"type": "literal", "value": "1"}
    table = {"head": {"vars": ["s"]}, "results": {"bindings": [{}, {"s": told}]}}
    proxy = through(
        answering(json.dumps(table).encode(), JSON, "200 OK", "X-SPARQL-MaxRows: 2"), for_ever=True
    )
    with pytest.raises(gdakg.EndpointError, match="does not heed LIMIT and OFFSET"):
        gdakg.connect(proxy.url).query("SELECT ?s { ?s a gda:None }")


def test_a_cut_graph_is_an_error(through: Callable[..., Proxy]) -> None:
    line = f"{og.NamedNode('a:s')} {og.NamedNode('a:p')} {og.NamedNode('a:o')} .\n".encode()
    fault = answering(line, "application/n-triples", "200 OK", "X-SPARQL-MaxRows: 1")
    with pytest.raises(gdakg.EndpointError, match="a part of the answer only"):
        gdakg.connect(through(fault).url).query(TRIPLES)
