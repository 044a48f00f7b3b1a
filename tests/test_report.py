"""The committed reports are those of the graph as it is."""

import re
from pathlib import Path

import pytest

import gdakg
from gdakg import questions
from gdakg.loading import turtle_files
from gdakg.namespaces import GDA, GRAPH
from reports import bridges, completeness

CURE = "run `make report` and commit what it writes"


def test_the_betweenness_is_that_of_the_network(kg: gdakg.KnowledgeGraph) -> None:
    assert bridges.FILE.read_text(encoding="utf-8") == bridges.turtle(kg), CURE


def test_the_completeness_is_that_of_the_graph(kg: gdakg.KnowledgeGraph) -> None:
    assert completeness.FILE.read_text(encoding="utf-8") == completeness.markdown(kg), CURE


@pytest.fixture(scope="module")
def report() -> str:
    return completeness.FILE.read_text(encoding="utf-8")


def test_numbers_of_the_report_are_those_of_a_second_path(report: str) -> None:
    """Counted in the text of the data files."""
    data = Path(completeness.FILE.parents[1], "data")
    blocks = (data / "standards.ttl").read_text("utf-8").split("\n\n")
    standards = "".join(block for block in blocks if " a gda:Standard ;" in block)
    stages = re.findall(r"gda:stage <stage/([\w-]+)>", standards)
    assert f"| published | {stages.count('published')} |" in report
    assert f"| draft | {stages.count('draft')} |" in report
    gaps = re.findall(r"a gda:AssertedGap", (data / "gaps.ttl").read_text("utf-8"))
    inferred = re.findall(r"a gda:AssertedGap", (data / "gaps-inferred.ttl").read_text("utf-8"))
    assert f"### gda:AssertedGap: {len(gaps) + len(inferred)}" in report


def test_questions_use_nine_terms_of_ten(kg: gdakg.KnowledgeGraph) -> None:
    terms = [row.t for row in kg.query("SELECT ?t { ?t rdfs:isDefinedBy ?o ; rdfs:label ?l }")]
    ours = {term for term in terms if term.startswith(GDA)}
    used = completeness.exercised(ours)
    assert len(used) >= 0.9 * len(ours), sorted(ours - used)


def test_every_competency_question_is_in_the_report(report: str) -> None:
    for number in range(1, 26):
        assert re.search(rf"^\| {number} \| `", report, re.MULTILINE)
    for name in questions.names():
        if questions.question(name).competency:
            assert f"`{name}`" in report


def test_the_release_is_made_of_all_graphs(kg: gdakg.KnowledgeGraph) -> None:
    parts = {row.g for row in kg.query("SELECT ?g { <release/0.1.0> dcterms:hasPart ?g }")}
    names = {"ontology" if path.stem == "gdakg" else path.stem for path in turtle_files()}
    assert parts == {GRAPH + name for name in names}, "list the graphs in data/release.ttl"
