"""`gdakg validate`: every rule catches the fault it is for, and nothing that is sound."""

import csv
import io
import json
import logging
import re
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as og
import pytest
from wcwidth import wcswidth

import gdakg
import running
from engines import embedded, reference
from gdakg import shapes, validation
from gdakg.namespaces import BASE
from gdakg.questions import LANGUAGES
from reading import ROOT
from test_shapes import CASES

EX = "http://example.org/"
FAULTS = ROOT / "tests" / "faults"
QUERIES = sorted((ROOT / "queries" / "verify").glob("*.rq"))
CHECKS = {check.question.name: check for check in validation.checks()}

each_query = pytest.mark.parametrize("name", CHECKS)

# the bundled graph


@pytest.fixture(scope="module")
def problems(kg: gdakg.KnowledgeGraph) -> list[validation.Problem]:
    started = time.process_time()
    found = validation.validate(kg)
    assert time.process_time() - started < 15
    return found


def test_the_bundled_graph_is_sound(problems: list[validation.Problem]) -> None:
    assert not problems, validation.table(problems[:20], 100)


@each_query
def test_a_query_is_quick(kg: gdakg.KnowledgeGraph, name: str) -> None:
    started = time.process_time()
    kg.query(CHECKS[name].question.text)
    assert time.process_time() - started < 0.3, "a rule that is slow on 25,000 triples"


def test_the_shapes_are_no_part_of_the_graph(kg: gdakg.KnowledgeGraph) -> None:
    assert not kg.query(f'ASK {{ ?s ?p ?o FILTER(STRSTARTS(STR(?p), "{shapes.SHACL}")) }}')


# queries/verify


def test_there_are_at_least_eighteen_queries_and_each_has_a_fault() -> None:
    assert len(QUERIES) >= 18
    assert {path.stem for path in QUERIES} == {path.stem for path in FAULTS.glob("*.trig")}


@each_query
def test_a_query_says_what_is_wrong_and_how_to_mend(kg: gdakg.KnowledgeGraph, name: str) -> None:
    check = CHECKS[name]
    assert set(check.question.title) == set(check.mend) == set(LANGUAGES)
    assert re.search(r"^# severity: (violation|warning)$", check.question.text, re.MULTILINE)
    answer = kg.query(check.question.text)
    assert isinstance(answer, gdakg.answers.Solutions)
    assert answer.variables == ("thing", "what")


@each_query
def test_the_shape_that_finds_the_same_has_the_constraint(name: str) -> None:
    known = {(str(shape), constraint) for shape, constraint in CASES}
    assert CHECKS[name].same_as <= known


def faulty(name: str) -> str:
    return (FAULTS / f"{name}.trig").read_text(encoding="utf-8")


def mended(name: str) -> str:
    """Return the fault file with what its `# mend:` comments say, each in place of its line."""
    return re.sub(r"(?m)^.*# mend: ?(.*)$", r"\1", faulty(name))


@pytest.mark.parametrize("engine", [embedded, reference])
@each_query
def test_a_query_finds_its_fault_and_not_what_is_mended(name: str, engine: Any) -> None:
    text = CHECKS[name].question.text
    marked = re.match(r"# finds: (.+)\n", faulty(name))
    assert marked
    assert {term.removeprefix(EX) for term in found(engine(faulty(name)), text)} == {
        curie.removeprefix("ex:") for curie in marked[1].split()
    }
    assert found(engine(mended(name)), text) == set()


def found(kg: gdakg.KnowledgeGraph, text: str) -> set[str]:
    """Return the IRIs of what the query finds; each has a detail."""
    answer = kg.query(text)
    assert isinstance(answer, gdakg.answers.Solutions)
    assert all(isinstance(what, og.Literal) for _, what in answer.terms)
    return {str(thing)[1:-1] for thing, _ in answer.terms}


def test_the_details_say_which(kg: gdakg.KnowledgeGraph) -> None:
    """Worked out by hand from the fault files; IRIs are shortened later."""
    details = {
        "edition_dated_after_its_graph": {"2025-07 > 2025-06-02", "2026 > 2025-06-02"},
        "label_with_stray_spaces": {
            "<http://www.w3.org/2004/02/skos/core#prefLabel> ␣E-waste",
            "<http://www.w3.org/2004/02/skos/core#altLabel> E-waste␣",
            "<http://purl.org/dc/terms/title> Environmental labels --␣Part 2: Principles",
        },
        "language_tag_wrong": {"标准@cn", "標準@zh-tw", "标准@zh", "标准@zh-cn", "標準@tw"},
        "graph_not_described": {
            "<http://rdfs.org/ns/void#Dataset> <http://purl.org/dc/terms/title>"
            " <http://purl.org/dc/terms/issued> <https://w3id.org/gdakg/def#statementKind>",
            "<http://purl.org/dc/terms/issued>",
        },
        "subject_outside_domain": {
            "<https://w3id.org/gdakg/def#inArea> (<https://w3id.org/gdakg/def#Standard>)"
        },
    }
    for name, wanted in details.items():
        for engine in (embedded, reference):
            rows: Any = engine(faulty(name)).query(CHECKS[name].question.text)
            assert {row.what.strip() for row in rows} == wanted


def test_no_query_but_that_on_dangling_iris_asks_whether_an_iri_is_ours() -> None:
    """Somebody else's things have IRIs of their own; values of our schemes are terms."""
    terms = BASE + "(stage|gap-status|statement-kind)/"
    for path in QUERIES:
        body = "\n".join(re.findall(r"(?m)^[^#].*$", path.read_text(encoding="utf-8")))
        ours = re.sub(terms, "", body).count(BASE)
        assert ours == (path.stem == "iri_never_described"), path.stem


# the command, end to end

MINE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/> .
@prefix gda: <https://w3id.org/gdakg/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix id: <https://w3id.org/gdakg/id/> .

<> a void:Dataset ; dcterms:title "Mine"@en ; dcterms:issued "2026-11-22"^^xsd:date ;
    gda:statementKind <https://w3id.org/gdakg/id/statement-kind/stated> .

ex:two a gda:Standard ; skos:prefLabel "Two current editions"@en ; dcterms:identifier "EX 2" ;
    dcterms:publisher ex:body ; gda:stage <https://w3id.org/gdakg/id/stage/published> ;
    prov:wasDerivedFrom <https://example.org/catalogue> ; gda:currentEdition ex:e1 , ex:e2 .
ex:e1 a gda:Edition ; dcterms:isVersionOf ex:two ; dcterms:identifier "EX 2:2020" ;
    dcterms:issued "2020"^^xsd:gYear ; prov:wasDerivedFrom <https://example.org/catalogue> ;
    dcterms:replaces ex:e2 .
ex:e2 a gda:Edition ; dcterms:isVersionOf ex:two ; dcterms:identifier "EX 2:2020-02" ;
    dcterms:issued "2020-02"^^xsd:gYearMonth ; dcterms:replaces ex:e1 ;
    prov:wasDerivedFrom <https://example.org/catalogue> .
ex:body a org:FormalOrganization ; skos:prefLabel "Example Body"@en , "示例机构"@cn ;
    skos:altLabel "範例機構"@zh-TW .
ex:tc a org:OrganizationalUnit ; skos:prefLabel "Example TC"@en ; org:unitOf ex:body .
ex:of-tc a gda:Standard ; skos:prefLabel "Published by a committee"@en ; dcterms:identifier "EX 3" ;
    dcterms:publisher ex:tc ; gda:stage <https://w3id.org/gdakg/id/stage/published> ;
    prov:wasDerivedFrom <https://example.org/catalogue> ;
    owl:sameAs <https://w3id.org/gdakg/id/std/itu-t/l.1470> .
ex:gap a gda:AssertedGap ; skos:prefLabel "Nobody said so"@en ; dcterms:identifier "GAP-EX" ;
    gda:basis <https://w3id.org/gdakg/id/gap-basis/named> ; gda:namedIn "2023"^^xsd:gYear ;
    gda:gapStatus <https://w3id.org/gdakg/id/gap-status/open> ; gda:namedBy "me"@en ;
    gda:asOf "2026-13"^^xsd:gYearMonth .
[] a gda:Claim ; gda:subject ex:body ; gda:value "12 members" ; gda:asOf "2024"^^xsd:gYear ;
    prov:wasDerivedFrom <https://example.org/catalogue> .
"""

SHAPE = shapes.SHAPES
#: rule, thing, end of the detail; worked out by hand
WANTED = {
    (
        "standard_with_two_current_editions",
        "two",
        "<http://example.org/e1> <http://example.org/e2>",
    ),
    ("edition_replaces_itself", "e1", "<http://example.org/e2>"),
    ("edition_replaces_itself", "e2", "<http://example.org/e1>"),
    ("edition_replaced_yet_current", "e1", "<http://example.org/e2>"),
    ("edition_replaced_yet_current", "e2", "<http://example.org/e1>"),
    ("language_tag_wrong", "body", "示例机构@cn"),
    ("language_tag_wrong", "body", "範例機構@zh-tw"),
    ("publisher_is_a_committee", "of-tc", "<http://example.org/tc>"),
    ("same_as_between_standards", "of-tc", "<std/itu-t/l.1470>"),
    ("gap_without_source", "gap", "GAP-EX"),
    (SHAPE + "gap-as-of", "gap", 'gda:asOf is wrong: "2026-13" (xsd:gYearMonth)'),
    ("claim_about_no_property", "[]", "12 members"),
}


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mine") / "my list.ttl"
    path.write_text(MINE, encoding="utf-8")
    return path


run = partial(running.run, "validate")


def test_faults_in_a_file_of_mine_are_told(
    mine: Path, problems: list[validation.Problem], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        done = run("--data", str(mine), "--format", "json")
    assert (done.exit_code, done.stderr) == (1, "")
    assert not caplog.records, "an ill-typed literal is a problem, not a message of the log"
    answer = json.loads(done.stdout)
    told = [p for p in answer["problems"] if mine.resolve().as_uri() in p["graphs"]]
    assert len(told) == len(answer["problems"]) - len(problems)
    assert {(p["rule"], p["thing"].removeprefix(EX)) for p in told} == {w[:2] for w in WANTED}
    for rule, thing, end in WANTED:
        assert [p for p in told if p["rule"] == rule and p["what"].endswith(end)], (rule, thing)
    assert {p["rule"] for p in told if p["severity"] == "warning"} == {SHAPE + "gap-as-of"}
    assert answer["violations"] == len(WANTED) - 1
    assert answer["queries"] == len(QUERIES)
    assert answer["shapes"] == len({shape for shape, _ in CASES})


def test_the_table_names_file_fault_and_cure_in_eighty_columns(mine: Path) -> None:
    done = run("--data", str(mine), "--lang", "zh-Hant")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert max(map(wcswidth, lines)) <= 80
    words = [cell.strip() for line in lines[1:4] for cell in line.split("│")[1:-1]]
    assert words == ["嚴重程度", "事物", "問題", "如何修正"]
    said = "".join(cell.strip() for line in lines if "│" in line for cell in line.split("│")[1:-1])
    assert "http://example.org/of-tcmy list.ttl" in said
    assert "發布機構寫成了委員會：<http://example.org/tc>" in said
    assert "委員會寫入gda:committee" in said.replace(" ", "")
    assert re.fullmatch(
        r"11項違規，[\d,]+項警告：以\d+個形狀與\d+個查詢檢查了[\d,]+個三元組", lines[-1]
    )


def test_warnings_alone_are_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        f"<{EX}a> <http://purl.org/dc/terms/relation> <{EX}b> .", encoding="utf-8"
    )  # in a graph that is not described
    done = run("--data", str(path), "--format", "csv")
    assert done.exit_code == 0
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert list(row) == ["severity", "thing", "what", "mend", "rule", "graphs"]
    assert (row["severity"], row["rule"]) == ("warning", "graph_not_described")
    assert re.match(r"0 violations, 1 warning: \d+ shapes and \d+ queries over", done.stderr)


def test_each_nameless_thing_counts(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix gda: <https://w3id.org/gdakg/def#> . [] a gda:Edition . [] a gda:Edition .",
        encoding="utf-8",
    )
    done = run("--data", str(path), "--format", "csv")
    assert done.exit_code == 1
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    faults = [row["what"] for row in rows if row["severity"] == "violation"]
    assert len(faults) == 2 * len(set(faults)) > 0


def test_nothing_to_mend_is_told() -> None:
    done = run()
    assert done.exit_code == 0
    assert re.fullmatch(
        r"0 violations, 0 warnings: \d+ shapes and \d+ queries over [\d,]+ triples",
        done.stdout.strip(),
    )


def test_without_pyshacl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    done = run()
    assert done.exit_code == 1
    assert "pip install 'gdakg[validate]'" in done.stderr
    assert done.stdout == ""


def test_a_file_that_does_not_load_is_told_first(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a> <b>", encoding="utf-8")
    done = run("--data", str(path))
    assert done.exit_code == 1
    assert "broken.ttl:1: " in done.stderr


def test_the_summary_counts() -> None:
    problem = validation.Problem("violation", EX, "what", "mend", "rule")
    assert validation.summary([problem], 1_000).startswith("1 violation, 0 warnings: ")
    assert validation.summary([problem], 1_000).endswith(" over 1,000 triples")
