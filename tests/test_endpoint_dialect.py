"""What Virtuoso 7 says in its own way is read as SPARQL 1.1 has it, with no Virtuoso at hand.

The bodies are those of Virtuoso 7.2.5, shortened.
"""

import json
from collections.abc import Callable, Mapping

import pyoxigraph as og
import pytest

import gdakg
from gdakg.answers import Solutions, Triples
from gdakg.endpoint import Endpoint
from gdakg.paging import page
from proxies import JSON, TRIPLES, Proxy, answering

XSD = "http://www.w3.org/2001/XMLSchema#"


def table(*rows: Mapping[str, object], column: str = "x") -> bytes:
    head = {"link": [], "vars": [column]}
    results = {"distinct": False, "ordered": True, "bindings": list(rows)}
    return json.dumps({"head": head, "results": results}).encode()


def number(value: str, kind: str) -> dict[str, object]:
    return {"type": "typed-literal", "datatype": XSD + kind, "value": value}


YES = table({"__ASK_RETVAL": number("1", "integer")}, column="__ASK_RETVAL")
NO = table(column="__ASK_RETVAL")


@pytest.mark.parametrize(("body", "truth"), [(YES, True), (NO, False)])
def test_a_table_for_yes_or_no(through: Callable[..., Proxy], body: bytes, truth: bool) -> None:
    kg = gdakg.connect(through(answering(body)).url)
    assert kg.query("ASK { ?s a gda:Pillar }") is truth


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("ASK { ?s a gda:Pillar }", table({"x": number("1", "integer")})),
        ("ASK { ?s a gda:Pillar }", table()),
        ("SELECT ?x { ?x a gda:Pillar }", b'{"head":{},"boolean":true}'),
    ],
)
def test_an_answer_of_another_form_is_an_error(
    through: Callable[..., Proxy], text: str, body: bytes
) -> None:
    kg = gdakg.connect(through(answering(body)).url)
    with pytest.raises(gdakg.EndpointError, match="did not answer with SPARQL results but"):
        kg.query(text)


def test_booleans_are_canonical(through: Callable[..., Proxy]) -> None:
    spelt = [number("1", "boolean"), number("0", "boolean"), number("true", "boolean")]
    body = table(*({"x": cell} for cell in [*spelt, number("1", "integer")]))
    answer = gdakg.connect(through(answering(body)).url).query("SELECT ?x { ?x a gda:Pillar }")
    assert isinstance(answer, Solutions)
    assert [row.x for row in answer] == [True, False, True, 1]
    assert [term.value for (term,) in answer.terms if isinstance(term, og.Literal)] == [
        *("true", "false", "true", "1")
    ]
    line = f'<a:s> <a:p> "1"^^<{XSD}boolean> .\n'.encode()
    made = gdakg.connect(through(answering(line, "application/n-triples")).url).query(TRIPLES)
    assert isinstance(made, Triples)
    assert [str(triple.object) for triple in made] == [f'"true"^^<{XSD}boolean>']


def test_pages_with_other_rows_than_at_once_are_an_error(through: Callable[..., Proxy]) -> None:
    cut = answering(table({"x": number("7", "integer")}), JSON, "200 OK", "X-SPARQL-MaxRows: 1")
    proxy = through(cut, answering(table({"x": number("8", "integer")})), answering(table()))
    with pytest.raises(gdakg.EndpointError, match="gives other rows in pages than at once"):
        gdakg.connect(proxy.url).query("SELECT ?x { ?x a gda:Pillar }")
    assert len(proxy.asked) == 3


def test_blank_nodes_may_have_other_names_in_pages(through: Callable[..., Proxy]) -> None:
    names = [{"x": {"type": "bnode", "value": name}} for name in ("b1", "b2")]
    cut = answering(table(names[0]), JSON, "200 OK", "X-SPARQL-MaxRows: 1")
    proxy = through(cut, answering(table(names[1])), answering(table()))
    answer = Endpoint(proxy.url).evaluate("SELECT ?x { ?x a gda:Pillar }", {})
    assert isinstance(answer, Solutions)
    assert len(answer) == 1


def test_pages_of_queries_that_have_none() -> None:
    for text in (
        "SELECT ?s FROM <http://a/g> { ?s ?p ?o }",
        "SELECT ?s { ?s ?p ?o } LIMIT 3",
        "SELECT ?s { ?s ?p ?o } OFFSET 3",
    ):
        assert page(text, ["s"], 10, 0) is None


def test_a_page_is_of_the_same_query(kg: gdakg.KnowledgeGraph) -> None:
    """Also where it ends with a comment, or VALUES with one, and names its own prefixes."""
    for text in (
        "PREFIX o: <http://www.w3.org/ns/org#>\n# SELECT\nSELECT ?s { ?s a o:Organization } # }",
        "SELECT ?s ?c { ?s a ?c } ORDER BY DESC(?s) VALUES ?c { gda:Pillar gda:Gap } # end",
        "SELECT * { ?s a gda:Pillar { SELECT ?s { ?s ?p ?o } LIMIT 100000 } }",
    ):
        whole = kg.query(text)
        assert isinstance(whole, Solutions)
        rows = []
        for start in range(0, 10_000, 3):
            asked = page(text, whole.variables, 3, start)
            assert asked is not None
            part = kg.query(asked)
            assert isinstance(part, Solutions)
            rows += part.terms
            if len(part) < 3:
                break
        assert sorted(map(str, rows)) == sorted(map(str, whole.terms))
        assert len(rows) >= 7
