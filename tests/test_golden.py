"""Golden answers: for each named question a folder of data and the answer worked out by hand.

`golden/NAME/` holds `data.trig` (invented, small enough to check by eye), `expected.tsv` (in
SPARQL 1.1 TSV, rows in the order that the question promises) and, where the question takes
parameters, `parameters.json`.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from conftest import ASKED
from engines import Row, embedded, reference, reference_bundled, rows
from gdakg import questions
from gdakg.answers import solutions

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())

#: questions whose answer tells in which graph a statement stands
OF_GRAPHS = {"area_names", "changes", "committees_by_area", "graphs", "statements"}


def data(name: str) -> str:
    """Return the data of the golden case `name`."""
    return (GOLDEN / name / "data.trig").read_text(encoding="utf-8")


def parameters(name: str) -> dict[str, object]:
    """Return the parameters of the golden case `name`."""
    path = GOLDEN / name / "parameters.json"
    read: dict[str, object] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return read


def expected(name: str) -> tuple[tuple[str, ...], list[Row]]:
    """Return the variables and the rows that the golden case `name` expects."""
    body = (GOLDEN / name / "expected.tsv").read_bytes()
    results = og.parse_query_results(body, format=og.QueryResultsFormat.TSV)
    assert isinstance(results, og.QuerySolutions)
    return tuple(variable.value for variable in results.variables), rows(results)


@pytest.mark.parametrize("engine", [embedded, reference])
@pytest.mark.parametrize("name", questions.names())
def test_golden_answer(name: str, engine: Callable[[str], gdakg.KnowledgeGraph]) -> None:
    assert name in CASES, f"work out an answer of {name} by hand, into tests/golden/{name}/"
    answer = solutions(engine(data(name)).query(name, **parameters(name)))
    variables, wanted = expected(name)
    assert answer.variables == variables
    assert rows(answer.terms) == wanted


@pytest.mark.parametrize("name", CASES)
def test_every_golden_answer_is_of_a_question(name: str) -> None:
    assert name in questions.names(), f"tests/golden/{name}: queries/ has no such question"


@pytest.mark.parametrize("name", sorted(set(CASES) - OF_GRAPHS))
def test_what_stands_in_two_graphs_comes_once(name: str) -> None:
    """The union of graphs is a set, though our engine gives a triple for each graph."""
    quads = list(og.parse(data(name), format=og.RdfFormat.TRIG))
    copy = og.NamedNode("http://example.org/copy")
    quads += [og.Quad(quad.subject, quad.predicate, quad.object, copy) for quad in quads]
    doubled = og.serialize(quads, format=og.RdfFormat.TRIG) or b""
    answer = solutions(embedded(doubled.decode()).query(name, **parameters(name)))
    assert rows(answer.terms) == expected(name)[1]


@pytest.fixture(scope="module")
def second() -> gdakg.KnowledgeGraph:
    """Return the bundled graph over rdflib's engine."""
    return reference_bundled()


def test_no_parameters_are_kept_for_a_question_that_is_gone() -> None:
    assert set(ASKED) <= set(questions.names())


@pytest.mark.parametrize("name", questions.names())
def test_both_engines_give_the_same_answer_of_the_bundled_graph(
    kg: gdakg.KnowledgeGraph, second: gdakg.KnowledgeGraph, name: str
) -> None:
    ours = solutions(kg.query(name, **ASKED.get(name, {})))
    theirs = solutions(second.query(name, **ASKED.get(name, {})))
    assert ours.variables == theirs.variables
    assert Counter(rows(ours.terms)) == Counter(rows(theirs.terms))
    assert in_order(name, ours) == in_order(name, theirs)


def in_order(name: str, answer: gdakg.Solutions) -> list[Row]:
    """Return, row by row, what the question `name` orders by; rows that tie are then equal."""
    clause = questions.question(name).text.rpartition("ORDER BY")[2]
    keys = [
        answer.variables.index(v) for v in re.findall(r"\?(\w+)", clause) if v in answer.variables
    ]
    return [tuple(row[key] for key in keys) for row in rows(answer.terms)]
