"""The same answers from Virtuoso, another maker's engine, as from ours.

Terms are compared by value: numbers without idle zeros and language tags in lower case (see
`engines.rows`); booleans the endpoint has made canonical.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyoxigraph as og
import pytest

import gdakg
from conftest import ASKED
from engines import rows
from gdakg import questions
from gdakg.answers import Triples, solutions
from gdakg.exporting import export
from gdakg.namespaces import GRAPH
from test_golden import CASES, data, expected, in_order, parameters
from virtuoso import FEW, MANY, MISSING, NO_GRAPH, OWN_GRAPHS, Virtuoso, program, serving_virtuoso

pytestmark = pytest.mark.skipif(None in (program("virtuoso-t"), program("isql-vt")), reason=MISSING)

#: what is known to differ, and why; the test says exactly how
KNOWN = {"graphs": "Virtuoso has named graphs of its own, which it does not hide"}

#: values for optional parameters, by their kind
TYPICAL: dict[str, object] = {
    **{"area": "e-waste", "body": "ISO", "committee": "ISO/TC 207", "gap_status": "open"},
    **{"goal": "13", "pillar": 4, "standard": "ITU-T L.1480"},
}


def cases() -> list[Any]:
    """Return each question with the parameters it is asked with in tests, and with others."""
    found: list[Any] = []
    for name in questions.names():
        given = ASKED.get(name, {})
        found.append(pytest.param(name, given, id=name))
        for parameter in questions.question(name).parameters:
            if parameter.name == "lang":
                found.append(pytest.param(name, given | {"lang": "zh-Hant"}, id=f"{name}-zh-Hant"))
            elif parameter.is_optional and parameter.kind in TYPICAL:
                more = given | {parameter.name: TYPICAL[parameter.kind]}
                found.append(pytest.param(name, more, id=f"{name}-{parameter.name}"))
    return found


@pytest.fixture(scope="module")
def remote(
    kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[gdakg.KnowledgeGraph]:
    """Yield the bundled graph in a Virtuoso."""
    folder = tmp_path_factory.mktemp("virtuoso")
    export(kg, folder / "gdakg.nq.gz")
    with serving_virtuoso(folder, MANY) as server:
        server.load("gdakg.nq.gz")
        yield gdakg.connect(server.url)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Yield a Virtuoso without data that cuts answers as Debian's does."""
    with serving_virtuoso(tmp_path_factory.mktemp("empty"), FEW) as server:
        yield server


def without_own(name: str, answer: gdakg.Solutions) -> list[Any]:
    """Return the rows of `answer`, those about graphs of Virtuoso's own left out."""
    own = {f"<{graph}>" for graph in (*OWN_GRAPHS, NO_GRAPH)} if name in KNOWN else set()
    return [row for row in rows(answer.terms) if row[0] not in own]


@pytest.mark.parametrize(("name", "given"), cases())
def test_every_question_has_the_same_answer_there(
    kg: gdakg.KnowledgeGraph, remote: gdakg.KnowledgeGraph, name: str, given: dict[str, object]
) -> None:
    here, there = solutions(kg.query(name, **given)), solutions(remote.query(name, **given))
    assert there.variables == here.variables
    assert Counter(without_own(name, there)) == Counter(rows(here.terms))
    if name in KNOWN:
        assert {row[0] for row in there} - {row[0] for row in here} == OWN_GRAPHS
    else:
        assert in_order(name, there) == in_order(name, here)


@pytest.mark.parametrize("name", CASES)
def test_golden_answers_there(empty: Virtuoso, name: str) -> None:
    variables, wanted = expected(name)
    with empty.holding(og.parse(data(name), format=og.RdfFormat.TRIG)):
        answer = solutions(gdakg.connect(empty.url).query(name, **parameters(name)))
        assert answer.variables == variables
        assert without_own(name, answer) == wanted


def test_what_is_known_to_differ_is_of_a_question() -> None:
    assert KNOWN.keys() <= set(questions.names())


def test_the_other_forms_work_there(kg: gdakg.KnowledgeGraph, remote: gdakg.KnowledgeGraph) -> None:
    """Virtuoso 7 answers ASK with a table, and spells booleans 1 and 0; both are mended."""
    assert remote.query("ASK { <pillar/7> a gda:Pillar }") is True
    assert remote.query("ASK { <pillar/8> a gda:Pillar }") is False
    assert remote.graph.query("ASK { <pillar/7> a gda:Pillar }").askAnswer is True
    truths = "CONSTRUCT { ?s gda:existedAtCOP28 ?truth } WHERE { ?s gda:existedAtCOP28 ?truth }"
    here, there = kg.query(truths), remote.query(truths)
    assert isinstance(here, Triples)
    assert isinstance(there, Triples)
    assert there.to_turtle() == here.to_turtle()
    assert len(there) > 100
    with pytest.raises(gdakg.QueryError, match="refused the query: Virtuoso 37000 Error SP030"):
        remote.query("SELECT * {")


def test_every_statement_comes_back(kg: gdakg.KnowledgeGraph, remote: gdakg.KnowledgeGraph) -> None:
    text = f"""SELECT ?graph ?thing ?property ?value {{
      GRAPH ?graph {{ ?thing ?property ?value }} FILTER(STRSTARTS(STR(?graph), "{GRAPH}")) }}"""
    here, there = solutions(kg.query(text)).terms, solutions(remote.query(text)).terms
    assert set(there) == set(here)
    assert len(there) == len(here) == len(kg)


def test_the_python_face_works_there(
    kg: gdakg.KnowledgeGraph, remote: gdakg.KnowledgeGraph
) -> None:
    assert remote.standard("l1470").title() == kg.standard("l1470").title()
    assert remote.standard("L.1480").editions == kg.standard("L.1480").editions
    here, there = (gdakg.network(one, around="L.1480", depth=1) for one in (kg, remote))
    assert set(there.edges) == set(here.edges)
    assert len(there) > 5


def test_an_answer_that_it_cuts_is_put_together(kg: gdakg.KnowledgeGraph, empty: Virtuoso) -> None:
    text = f"""SELECT ?graph ?thing {{
      GRAPH ?graph {{ ?thing ?property ?value }} FILTER(STRSTARTS(STR(?graph), "{GRAPH}")) }}"""
    here = solutions(kg.query(text))
    export(kg, empty.folder / "all.nq")
    with empty.holding(og.parse(path=str(empty.folder / "all.nq"))):
        there = solutions(gdakg.connect(empty.url, timeout=60).query(text))
    assert len(here) > 3 * FEW
    assert Counter(rows(there.terms)) == Counter(rows(here.terms))
