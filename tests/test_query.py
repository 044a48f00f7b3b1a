"""Questions and their answers, as a Python caller meets them."""

import csv
import datetime
import io
import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from conftest import ASKED
from gdakg import questions
from gdakg.answers import python_value
from gdakg.questions import LANGUAGES


def asked(name: str, **more: object) -> dict[str, object]:
    """Return the parameters that the question `name` needs, and `more`."""
    needed = [p.name for p in questions.question(name).parameters if not p.is_optional]
    return {parameter: ASKED[name][parameter] for parameter in needed} | more


#: questions to which our facts hold no answer yet
UNANSWERED = {"adoptions", "changes", "sdg_contributions"}


@pytest.mark.parametrize("name", questions.names())
def test_every_question_has_an_answer_and_a_documented_header(
    kg: gdakg.KnowledgeGraph, name: str
) -> None:
    question = questions.question(name)
    rows = kg.query(name, **asked(name))
    assert (len(rows) == 0) == (name in UNANSWERED)
    assert rows.variables == tuple(question.columns), "document each column in its order"
    assert len({tuple(terms) for terms in rows.terms}) == len(rows), "a row comes twice"
    assert set(question.title) == set(question.about) == set(LANGUAGES)


LABELLED = [
    name
    for name in questions.names()
    if any(parameter.name == "lang" for parameter in questions.question(name).parameters)
]


@pytest.mark.parametrize("name", LABELLED)
def test_labels_come_in_the_language_asked_for_or_marked(
    kg: gdakg.KnowledgeGraph, name: str
) -> None:
    english = kg.query(name, **asked(name))
    chinese = kg.query(name, **asked(name, lang="zh-Hant"))
    assert not [cell for row in english for cell in row if str(cell).startswith("[en]")]
    assert name in UNANSWERED or any(
        str(cell).startswith("[en]") or any("一" <= c <= "鿿" for c in str(cell))
        for row in chinese
        for cell in row
    )


def test_there_are_at_least_twelve_questions() -> None:
    assert len(questions.names()) >= 12


@pytest.mark.parametrize("pillar", range(1, 8))
def test_pillars_one_to_seven_can_be_asked_for(kg: gdakg.KnowledgeGraph, pillar: int) -> None:
    rows = kg.query("standards_by_pillar", pillar=pillar)
    counted = {row.pillar: row.standards for row in kg.query("pillars")}
    assert len(rows) == counted[str(pillar)]


OPTIONAL = [
    (name, parameter.name)
    for name in questions.names()
    for parameter in questions.question(name).parameters
    if parameter.is_optional and parameter.name != "lang"
]


@pytest.mark.parametrize(("name", "parameter"), OPTIONAL)
def test_an_optional_parameter_narrows_the_answer(
    kg: gdakg.KnowledgeGraph, name: str, parameter: str
) -> None:
    option = OPTIONS.get((name, parameter)) or OPTIONS[parameter]
    every = {tuple(terms) for terms in kg.query(name, **asked(name)).terms}
    some = {tuple(terms) for terms in kg.query(name, **asked(name, **{parameter: option})).terms}
    if name == "ics_fields":  # fewer in each field
        assert sum(int(str(row.standards)) for row in kg.query(name, pillar=3)) < sum(
            int(str(row.standards)) for row in kg.query(name)
        )
    elif name not in UNANSWERED:
        assert some < every
        assert some


#: something that narrows each optional parameter
OPTIONS: dict[str | tuple[str, str], object] = {
    "pillar": 3,
    "area": "smart cities",
    "publisher": "IEC",
    "standard": "L.1470",
    "in": "zh-Hant",
    "later": "0.1.0",
    "number": "13",
    ("gaps_addressed", "only"): "closed",
    ("untranslated", "only"): "missing",
}


def test_gaps_of_a_pillar_are_those_of_the_judgements(kg: gdakg.KnowledgeGraph) -> None:
    """Counted by hand in the collection of facts."""
    assert [row.gap for row in kg.query("gaps", pillar=3)] == [
        "GAP-AI-CARBON",
        "GAP-BATT",
        "GAP-COP31-D2",
        "GAP-EWREG",
        "GAP-TC111",
        "GAP-X-DPP",
    ]
    assert [row.gap for row in kg.query("gaps", pillar=5, area="Smart cities")] == [
        "GAP-CNCITY",
        "GAP-SMARTW",
        "GAP-SSC-ICT",
        "GAP-SSC-SEC",
    ]
    assert [row.place for row in kg.query("events", pillar=6)] == ["Dubai"]


@pytest.mark.parametrize("name", sorted(UNANSWERED))
def test_no_answer_is_told_with_what_was_searched(kg: gdakg.KnowledgeGraph, name: str) -> None:
    extent = kg.extent(name)
    assert extent is not None
    number = {"changes": "1 record (release of a dataset)"}.get(name, "662 records (standard)")
    assert extent.told(is_empty=True) == f"nothing recorded in {number}, as of 2026-11-22"


@pytest.mark.parametrize("name", questions.names())
def test_every_question_tells_what_it_searches(kg: gdakg.KnowledgeGraph, name: str) -> None:
    extent = kg.extent(name)
    assert extent is not None
    assert extent.records > 0
    assert extent.as_of == "2026-11-22"
    for language in LANGUAGES:
        assert f"{extent.records:,}" in extent.told(language)
    assert kg.extent("SELECT * { ?s ?p ?o }") is None


def test_every_competency_question_is_answered() -> None:
    numbers = {questions.question(name).competency for name in questions.names()}
    assert numbers - {None} == set(range(1, 26))


def test_an_unknown_question_lists_the_near_ones(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.UnknownQuestionError, match=r"near: .*standards_by_pillar"):
        kg.query("standard_by_pillar", pillar=1)
    with pytest.raises(gdakg.UnknownQuestionError, match="there are: adoptions, aligned_standards"):
        kg.query("xyzzy")


def test_wrong_parameters_are_told(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.ParameterError, match=r"needs pillar \(pillar\): the pillar, 1 to 7"):
        kg.query("standards_by_pillar")
    with pytest.raises(gdakg.ParameterError, match="no parameter 'piller'; it takes: pillar"):
        kg.query("standards_by_pillar", piller=4)
    with pytest.raises(gdakg.ParameterError, match="the graph knows no pillar '8'"):
        kg.query("standards_by_pillar", pillar=8)
    with pytest.raises(gdakg.ParameterError, match="there are en, zh-Hans, zh-Hant"):
        kg.query("pillars", lang="klingon")


@pytest.mark.parametrize(
    "area", ["e-waste", "E-Waste", "电子垃圾", "電子垃圾", "電子廢棄物", "area/e-waste"]
)
def test_things_are_found_by_any_name(kg: gdakg.KnowledgeGraph, area: str) -> None:
    assert kg.find(area, "area") == "https://w3id.org/gdakg/id/area/e-waste"


def test_a_parameter_is_data_whatever_it_holds(kg: gdakg.KnowledgeGraph) -> None:
    text = "SELECT ?s { ?s skos:prefLabel ?label FILTER(STR(?label) = ?wanted) }"
    assert len(kg.query(text, wanted='x" || 1=1 || "')) == 0
    assert len(kg.query(text, wanted="x') } UNION { ?s ?p ?o } #")) == 0
    assert [row.s for row in kg.query(text, wanted="Accessibility")] == [
        "https://w3id.org/gdakg/id/area/accessibility"
    ]


PILLAR = og.NamedNode("https://w3id.org/gdakg/id/pillar/4")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT ?s { ?s gda:supportsPillar ?p }", 30),
        ("SELECT * { ?s gda:supportsPillar $p }", 30),
        ("SELECT ?s ?p { ?s gda:supportsPillar ?p } ORDER BY ?p ?s", 30),
        ("SELECT ?s { { ?s gda:supportsPillar ?q FILTER(?q = ?p) } }", 30),
        ("SELECT ?s { ?s a gda:Pillar MINUS { ?s a gda:Pillar FILTER(?s = ?p) } }", 6),
        ("SELECT ?s { { SELECT DISTINCT ?s { ?s gda:supportsPillar ?p } } }", 30),
        ("CONSTRUCT WHERE { ?s gda:supportsPillar ?p }", 30),
        ("CONSTRUCT { ?s a ?p } WHERE { ?s gda:supportsPillar ?p }", 30),
        ("SELECT ?s { ?s gda:supportsPillar ?p FILTER('?p' != '}') } # ?p {", 30),
    ],
)
def test_a_binding_reaches_every_part_of_a_query(
    kg: gdakg.KnowledgeGraph, text: str, rows: int
) -> None:
    assert len(kg.query(text, p=PILLAR)) == rows


def test_a_bound_variable_keeps_its_value_in_the_answer(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("SELECT ?s ?p { ?s gda:supportsPillar ?p }", p=PILLAR)
    assert {row.p for row in rows} == {PILLAR.value}
    assert 'skos:notation "4"' in kg.query("DESCRIBE ?p", p=PILLAR).to_turtle()


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s { BIND(1 AS ?p) }",
        "SELECT (?x AS ?p) { ?x ?y ?z }",
        "SELECT * { VALUES ?p { 1 } }",
        "SELECT * { { SELECT ?p { ?s gda:supportsPillar ?p } } }",
    ],
)
def test_a_bound_variable_cannot_get_another_value(kg: gdakg.KnowledgeGraph, text: str) -> None:
    with pytest.raises(gdakg.QueryError, match=r"\?p is bound and cannot get a value"):
        kg.query(text, p=PILLAR)


def test_names_of_variables_are_data_too(kg: gdakg.KnowledgeGraph) -> None:
    name = "x) { (1) } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } VALUES (?y"
    with pytest.raises(gdakg.ParameterError, match="is no name of a variable"):
        kg.query("SELECT * { }", **{name: "1"})


def test_the_four_forms(kg: gdakg.KnowledgeGraph) -> None:
    l1470 = "https://w3id.org/gdakg/id/std/itu-t/l.1470"
    selected = kg.query(f"SELECT ?code {{ <{l1470}> dcterms:identifier ?code }}")
    assert [row.code for row in selected] == ["ITU-T L.1470"]
    assert kg.query("ASK { <std/itu-t/l.1470> a gda:Standard }") is True
    built = kg.query("CONSTRUCT { ?s a gda:Standard } WHERE { ?s dcterms:identifier 'RFC 8428' }")
    assert built.to_turtle().endswith(
        "<ed/ietf/rfc-8428> a gda:Standard .\n\n<std/ietf/rfc-8428> a gda:Standard .\n"
    )
    described = kg.query("DESCRIBE <std/itu-t/l.1470>")
    assert 'dcterms:identifier "ITU-T L.1470"' in described.to_turtle()
    assert len(described.to_rdflib()) == len(described)


def test_rows_are_named_tuples_that_can_be_read_again(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("standards_by_pillar", pillar=4, publisher="ITU-T")
    assert rows.to_csv().splitlines()[1].startswith("ITU-T L Suppl. 20,Green public ICT")
    assert rows[0].edition == "ITU-T L Suppl. 20 (10/2015)"
    assert rows[0].issued == datetime.date(2015, 10, 23)
    assert [row.standard for row in rows] == [row.standard for row in rows]
    assert len(rows) == 2


def test_text_forms_agree_with_each_other(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("standards_by_area", area="cybersecurity", lang="zh-Hans")
    by_csv = [row["standard"] for row in csv.DictReader(io.StringIO(rows.to_csv()))]
    by_json = [b["standard"]["value"] for b in json.loads(rows.to_json())["results"]["bindings"]]
    by_tsv = [line.split("\t")[0].strip('"') for line in rows.to_tsv().splitlines()[1:]]
    assert by_csv == by_json == by_tsv == [row.standard for row in rows]
    assert list(rows.to_pandas()["standard"]) == by_csv


def test_a_table_is_no_graph_and_a_graph_no_table(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.AnswerError, match="ask with SELECT"):
        gdakg.answers.solutions(kg.query("ASK {}"))


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("2016-04", "gYearMonth", "2016-04"),
        ("2016-04-01", "date", datetime.date(2016, 4, 1)),
        ("2026-13-45", "date", "2026-13-45"),
        ("2023-12-02T09:00:00", "dateTime", datetime.datetime(2023, 12, 2, 9)),
        ("12", "integer", 12),
        ("1.50", "decimal", Decimal("1.50")),
        ("true", "boolean", True),
        ("TRUE", "boolean", "TRUE"),
        ("1_000", "integer", "1_000"),
        ("20230101", "date", "20230101"),
        ("-7", "long", -7),
        ("x", "string", "x"),
    ],
)
def test_python_values(lexical: str, datatype: str, value: object) -> None:
    iri = og.NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")
    assert python_value(og.Literal(lexical, datatype=iri)) == value


def test_a_question_of_mine_is_read_with_its_header(
    kg: gdakg.KnowledgeGraph, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.rq"
    mine.write_text(
        "# title: Mine\n# param standard (standard): a code\nSELECT ?o { ?standard gda:stage ?o }",
        encoding="utf-8",
    )
    rows = kg.query(questions.read(mine), standard="l.1470")
    assert [row.o for row in rows] == ["https://w3id.org/gdakg/id/stage/published"]


def test_the_rdflib_face_sees_the_same_graph(kg: gdakg.KnowledgeGraph) -> None:
    text = "SELECT ?s WHERE { ?s a <https://w3id.org/gdakg/def#Pillar> } ORDER BY ?s"
    assert [str(row.s) for row in kg.graph.query(text)] == [row.s for row in kg.query(text)]


def test_the_rdflib_face_has_the_guard_too(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.QueryError, match="SERVICE is refused"):
        kg.graph.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_what_is_no_query_is_a_type_error(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(TypeError, match="SPARQL text or a Question is needed"):
        kg.query(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no kind 'nokind'; there are standard"):
        kg.find("x", "nokind")
    with pytest.raises(gdakg.ParameterError, match=r"\?s: "):
        kg.query("SELECT ?s { ?s ?p ?o }", s="\ud800")


def test_no_language_is_english_and_a_term_is_a_parameter(kg: gdakg.KnowledgeGraph) -> None:
    english = kg.query("pillars", lang=None)
    assert english.terms == kg.query("pillars").terms
    assert len(kg.query("standards_by_pillar", pillar=PILLAR)) == 30


def test_a_question_with_an_unknown_type_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# param x (number): a number\nASK { ?x ?p ?o }")
    with pytest.raises(gdakg.ParameterError, match=r"mine.rq: x \(number\): .* - no such type"):
        questions.read(tmp_path / "mine.rq")


def test_an_answer_may_be_read_in_another_thread(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("pillars")
    with ThreadPoolExecutor(2) as pool:
        texts = set(pool.map(lambda _: rows.to_csv(), range(8)))
    assert texts == {rows.to_csv()}


def test_every_column_has_its_own_heading_in_chinese() -> None:
    for name in questions.names():
        columns = list(questions.question(name).columns)
        assert questions.headings(columns, "en") == columns
        for language in ("zh-Hans", "zh-Hant"):
            named = questions.headings(columns, language)
            assert len(set(named)) == len(columns)
            assert not set(named) & set(columns), (
                f"add the columns of {name} to queries/wording.csv"
            )


def test_from_chooses_the_graph_and_one_that_is_not_there_is_refused(
    kg: gdakg.KnowledgeGraph,
) -> None:
    def pillars(graph: str) -> int:
        text = f"SELECT (COUNT(*) AS ?n) FROM graph:{graph} {{ ?s a gda:Pillar }}"
        return int(kg.query(text)[0].n)

    assert pillars("pillars") == 7, "six, and the one that sources of 2025 name besides"
    assert pillars("standards") == 0
    with pytest.raises(
        gdakg.QueryError, match=r"no graph <.*/graph/nowhere>.* there are .*pillars"
    ):
        pillars("nowhere")
