"""The invented graph that engines are measured with: the same bytes, and marked as invented."""

import hashlib
import importlib
from pathlib import Path
from types import ModuleType

import pyoxigraph as og
import pytest

import gdakg
from gdakg.answers import solutions
from gdakg.namespaces import BASE, PREFIXES

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
COUNT = 20_000


@pytest.fixture
def generating(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("generating")


@pytest.fixture
def quads(generating: ModuleType) -> list[og.Quad]:
    lines = "".join(generating.quads(count=COUNT))
    return list(og.parse(lines, format=og.RdfFormat.N_QUADS))


def test_a_seed_and_a_size_make_the_same_bytes(generating: ModuleType, tmp_path: Path) -> None:
    for name in ("one.nq", "two.nq"):
        generating.write(tmp_path / name, COUNT)
    content = (tmp_path / "one.nq").read_bytes()
    assert content == (tmp_path / "two.nq").read_bytes()
    # as on every machine and Python before
    assert (
        hashlib.sha256(content).hexdigest()
        == "2f05b17557c0e59e106274b578b88b2554512293560ac2e0dc8b4dcd567bdec6"
    )
    generating.write(tmp_path / "less.nq", COUNT // 2)
    assert content.startswith((tmp_path / "less.nq").read_bytes())
    generating.write(tmp_path / "other.nq", COUNT, seed=1)
    other = (tmp_path / "other.nq").read_bytes()
    assert content.splitlines()[-1] != other.splitlines()[-1]
    assert content.count(b"\n") == other.count(b"\n") == COUNT


def test_no_statement_comes_twice(quads: list[og.Quad]) -> None:
    assert len(set(quads)) == len(quads) == COUNT


def test_nobody_takes_it_for_facts(generating: ModuleType, quads: list[og.Quad]) -> None:
    assert all(str(quad.subject).startswith(f"<{generating.PLACE}") for quad in quads)
    (graph,) = {quad.graph_name for quad in quads}
    said = [str(quad.object) for quad in quads if quad.subject == graph]
    assert '"Invented to measure engines; nothing in it is true."@en' in said


def test_it_is_in_our_own_terms(kg: gdakg.KnowledgeGraph, quads: list[og.Quad]) -> None:
    """The terms are declared, the stages are ours, and the shapes of our questions fit it."""
    gda = PREFIXES["gda"]
    used = {str(term) for quad in quads for term in (quad.predicate, quad.object)}
    ours = sorted(term for term in used if term.startswith((f"<{gda}", f"<{BASE}")))
    assert [term for term in ours if not kg.query(f"ASK {{ {term} a ?kind }}")] == []
    assert len(ours) > 10


def test_our_questions_have_answers_of_it(generating: ModuleType, tmp_path: Path) -> None:
    generating.write(tmp_path / "synthetic.nq", COUNT)
    kg = gdakg.load(tmp_path / "synthetic.nq")
    rows = [row for row in solutions(kg.query("coverage")) if row.body == "EX0"]
    assert {row.name for row in rows} > {f"Invented thing {number}" for number in range(1, 8)}
    assert sum(row.standards for row in rows) > 20
    replaced = kg.query(
        "SELECT ?s { ?s dcterms:replaces ?t . FILTER(STRSTARTS(STR(?s), ?place)) }",
        place=generating.PLACE,
    )
    assert len(solutions(replaced)) > 100
