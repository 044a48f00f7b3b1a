"""The W3C's SPARQL 1.1 tests through the server: nothing valid is lost, nothing is changed.

The suite is not part of this project; it lies where GDAKG_W3C says, or beside the checkout.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as og
import pytest

from gdakg import guard
from gdakg.namespaces import BASE, PREFIXES
from serving import Running, running

_BESIDE = Path(__file__).parents[2] / "shared" / "w3c"
SUITE = Path(os.environ.get("GDAKG_W3C", _BESIDE)) / "sparql11"

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason=f"the W3C's tests are not at {SUITE} (GDAKG_W3C names their folder)"
)

_TESTS = """PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
SELECT ?test ?query (GROUP_CONCAT(DISTINCT COALESCE(STR(?data), "")) AS ?default)
       (GROUP_CONCAT(DISTINCT COALESCE(STR(?graph), "")) AS ?named) WHERE {
  VALUES ?kind { mf:QueryEvaluationTest mf:CSVResultFormatTest }
  ?test a ?kind ; mf:action ?action . ?action qt:query ?query
  OPTIONAL { ?action qt:data ?data }
  OPTIONAL { ?action qt:graphData/qt:graph? ?graph FILTER(isIRI(?graph)) }
} GROUP BY ?test ?query ORDER BY ?test"""
_SYNTAX = """PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
SELECT ?test ?query { ?test a mf:PositiveSyntaxTest11 ; mf:action ?query } ORDER BY ?test"""


class Case(NamedTuple):
    """A test of the suite: its query, and the graphs that it asks."""

    name: str
    query: Path
    default: list[str]
    named: list[str]

    @property
    def text(self) -> str:
        return self.query.read_text(encoding="utf-8")

    @property
    def is_service(self) -> bool:
        """Whether the query calls SERVICE; said by the folder, not by our guard."""
        return self.query.parent.name in {"service", "syntax-fed"}


def manifests() -> og.Store:
    store = og.Store()
    for path in sorted(SUITE.glob("*/manifest.ttl")):
        store.load(path=path, format=og.RdfFormat.TURTLE, base_iri=path.as_uri())
    return store


def path_of(iri: str) -> Path:
    return Path(iri.removeprefix("file://"))


def evaluations() -> list[Case]:
    """Return the evaluation tests whose data our engine can read, sorted."""
    return [
        Case(row["test"].value.rpartition("/")[2] or row["test"].value,
             path_of(row["query"].value), row["default"].value.split(), row["named"].value.split())
        for row in manifests().query(_TESTS)
    ]  # fmt: skip


def syntax() -> list[Path]:
    return [path_of(row["query"].value) for row in manifests().query(_SYNTAX)]


CASES = [case for case in evaluations() if not case.is_service] if SUITE.is_dir() else []
QUERIES = syntax() if SUITE.is_dir() else []


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with all graphs that the tests ask, each under the IRI of its file."""
    store = og.Store()
    for iri in sorted({iri for case in CASES for iri in (*case.default, *case.named)}):
        path = path_of(iri)
        form = {".ttl": og.RdfFormat.TURTLE, ".rdf": og.RdfFormat.RDF_XML,
                ".nt": og.RdfFormat.N_TRIPLES}[path.suffix]  # fmt: skip
        store.load(path=path, format=form, base_iri=iri, to_graph=og.NamedNode(iri))
    file = tmp_path_factory.mktemp("w3c") / "all.nq"
    store.dump(file, format=og.RdfFormat.N_QUADS)
    return file


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Running]:
    with running("--data", str(data)) as started:
        yield started


@pytest.fixture(scope="module")
def store(data: Path) -> og.Store:
    found = og.Store()
    found.load(path=data, format=og.RdfFormat.N_QUADS)
    return found


def test_the_suite_is_whole() -> None:
    assert len(CASES) > 200
    assert len(QUERIES) > 60


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_guard_takes_what_is_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.parent.name == "syntax-fed":
        with pytest.raises(ValueError, match="SERVICE is refused"):
            guard.check(text)
    else:
        assert guard.check(text) in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.query.parent.name}/{case.name}")
def test_the_answer_is_that_of_the_engine(case: Case, server: Running, store: og.Store) -> None:
    there = {name.value for name in store.named_graphs()}
    default = [iri for iri in case.default if iri in there]  # a graph without triples is none
    named = [iri for iri in case.named if iri in there]
    if not (default or named):  # an empty default graph is what the test asks
        named = sorted(there)[:1]
    got = server.query(case.text, **{"default-graph-uri": default, "named-graph-uri": named})
    expected = store.query(
        case.text,
        base_iri=BASE,
        prefixes=PREFIXES,
        default_graph=list(map(og.NamedNode, default)),
        named_graphs=list(map(og.NamedNode, named)),
    )
    assert got.status == 200, got
    if isinstance(expected, og.QueryTriples):
        found = og.parse(got.body, format=og.RdfFormat.TURTLE)
        assert Counter(map(spoken, (q.triple for q in found))) == Counter(map(spoken, expected))
    else:
        results = og.parse_query_results(got.body, format=og.QueryResultsFormat.JSON)
        if isinstance(expected, og.QueryBoolean):
            assert bool(results) == bool(expected)
        else:
            assert Counter(map(spoken, results)) == Counter(map(spoken, expected))  # type: ignore[arg-type]


def spoken(row: og.QuerySolution | og.Triple) -> str:
    """Return a row with all blank nodes alike, and what differs each time left out."""
    text = " ".join(str(term) for term in row)
    text = re.sub(r"_:\w+", "_:", text)
    uuid = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    return re.sub(rf"{uuid}|\d{{4}}-\d\d-\d\dT[\d:.]+Z?", "...", text)
