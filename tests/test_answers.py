"""Every named question on the bundled graph, against an answer that plain Python works out.

The second path reads the published files as triples and answers without SPARQL
(`second_path*.py`); what a column holds it takes from the header of the question.
"""

from collections import Counter
from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet

import gdakg
from conftest import ASKED
from gdakg import questions
from gdakg.answers import solutions
from second_path import Answers, Cell, Row, arranged, cell, node, world
from second_path_bodies import BODIES
from second_path_gaps import GAPS
from second_path_graph import GRAPH, shares
from second_path_links import LINKS
from second_path_standards import STANDARDS

SECOND: Answers = {**STANDARDS, **LINKS, **BODIES, **GAPS, **GRAPH}

#: the things that parameters of ASKED and FURTHER name
THINGS: dict[object, str] = {
    4: "pillar/4",
    **{name: f"org/{name.lower()}" for name in ("ETSI", "IEC", "ISO", "ITU-T")},
    **{name: f"area/{name}" for name in ("circular-economy", "e-waste", "smart-cities")},
    **{code: f"std/itu-t/{code.lower()}" for code in ("L.1023", "L.1470", "L.1480")},
    **{code: f"std/ietf/rfc-{code[4:]}" for code in ("RFC 7326", "RFC 8428")},
    "GAP-EF": "gap/ef",
    "ISO/TC 207": "committee/iso/tc207",
    "data-centre-energy": "task/data-centre-energy",
}

#: what is asked besides ASKED
FURTHER: list[tuple[str, dict[str, object]]] = [
    ("connections", {"from": "IEC", "to": "ISO"}),
    ("gap_sources", {"pillar": 4, "area": "smart-cities"}),
    ("identify", {"code": "l 1470"}),
    ("identify", {"code": "14040"}),
    ("standards_by_area", {"area": "e-waste", "publisher": "ITU-T"}),
    ("standards_by_keyword", {"word": "再生"}),
    ("standards_by_keyword", {"word": "FOOTPRINT"}),
    ("standards_by_pillar", {"pillar": 4, "publisher": "IEC"}),
    ("untranslated", {}),
    ("untranslated", {"only": "ours", "in": "zh-Hans"}),
]

BODY = "org:Organization org:FormalOrganization org:OrganizationalCollaboration"
#: questions of one thing, asked of all things of these classes
EVERY = [
    ("area_coverage", "publisher", BODY),
    ("claims", "body", BODY),
    ("committees_by_area", "area", "gda:CooperationArea"),
    ("committees_of_standard", "thing", "gda:Standard"),
    ("coverage", "publisher", BODY),
    ("editions", "thing", "gda:Standard"),
    ("events", "pillar", "gda:Pillar"),
    ("gap_candidates", "gap", "gda:AssertedGap"),
    ("gap_sources", "area", "gda:CooperationArea"),
    ("gaps", "area", "gda:CooperationArea"),
    ("gaps", "pillar", "gda:Pillar"),
    ("gaps_addressed", "only", "gda:GapStatus"),
    ("ics_fields", "pillar", "gda:Pillar"),
    ("pillar_profile", "pillar", "gda:Pillar"),
    ("references", "standard", "gda:Standard"),
    ("required_standards", "from", "gda:Standard"),
    ("standard_relations", "standard", "gda:Standard"),
    ("standards_by_area", "area", "gda:CooperationArea"),
    ("standards_by_body", "publisher", BODY),
    ("standards_by_committee", "committee", "org:OrganizationalUnit"),
    ("standards_by_pillar", "pillar", "gda:Pillar"),
    ("standards_for_task", "task", "gda:Task"),
    ("statements", "thing", "gda:AssertedGap gda:CooperationArea"),
    ("timeline", "pillar", "gda:Pillar"),
]


def cases(*given: tuple[object, ...]) -> list[ParameterSet]:
    """Return the cases, each a question and what belongs to it."""
    return [pytest.param(*case, id="-".join(map(str, case[:2]))) for case in given]


def wanted(name: str, asked: dict[str, str], lang: str) -> list[Row]:
    """Return the rows of the second path, in order, each once."""
    answer, order = SECOND[name]
    rows = {tuple(row.items()): row for row in answer(world(), lang=lang, **asked)}
    return arranged(rows.values(), order)


def kept(row: Iterable[Cell]) -> tuple[object, ...]:
    """Return the cells of a row so that truth is no number."""
    return tuple(str(one) if isinstance(one, bool) else one for one in row)


def check(kg: gdakg.KnowledgeGraph, name: str, asked: dict[str, object], lang: str) -> None:
    """Ask both paths, by the names of things and by the things themselves."""
    language = {"lang": lang} if lang != "en" else {}
    answer = solutions(kg.query(name, **asked, **language))
    things = {key: THINGS.get(value, str(value)) for key, value in asked.items()}
    compare(answer, wanted(name, things, lang), SECOND[name][1], f"{name} {asked}")


def compare(answer: gdakg.Solutions, rows: list[Row], order: str, what: str) -> None:
    """Compare all cells of all rows, and the columns that tell the order."""
    prefixes = world().prefixes
    found = [kept(cell(node(t, prefixes) if t else None) for t in row) for row in answer.terms]
    expected = [kept(row[column] for column in answer.variables) for row in rows]
    surplus, missing = Counter(found) - Counter(expected), Counter(expected) - Counter(found)
    assert not surplus and not missing, (
        f"{what}: {surplus.total()} rows that the files do not tell, as {[*surplus][:3]}; "
        f"{missing.total()} are missing, as {[*missing][:3]}"
    )
    keys = order.replace("-", "").split()
    places = {row: kept(one[key] for key in keys) for row, one in zip(expected, rows, strict=True)}
    assert [places[row] for row in found] == [places[row] for row in expected], what


@pytest.mark.parametrize("name", cases(*((name,) for name in questions.names())))
def test_answer_is_that_of_the_second_path(kg: gdakg.KnowledgeGraph, name: str) -> None:
    assert name in SECOND, f"write a second path to {name} in tests/second_path_*.py"
    check(kg, name, ASKED.get(name, {}), "en")


LABELLED = [
    name
    for name in questions.names()
    if any(parameter.name == "lang" for parameter in questions.question(name).parameters)
]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("name", cases(*((name,) for name in LABELLED)))
def test_answer_in_chinese_is_that_of_the_second_path(
    kg: gdakg.KnowledgeGraph, name: str, lang: str
) -> None:
    check(kg, name, ASKED.get(name, {}), lang)


@pytest.mark.parametrize(("name", "asked"), cases(*FURTHER))
def test_answer_to_other_parameters_is_that_of_the_second_path(
    kg: gdakg.KnowledgeGraph, name: str, asked: dict[str, object]
) -> None:
    check(kg, name, asked, "zh-Hant")


@pytest.mark.parametrize(("name", "parameter", "kinds"), cases(*EVERY))
def test_answer_of_every_thing_is_that_of_the_second_path(
    kg: gdakg.KnowledgeGraph, name: str, parameter: str, kinds: str
) -> None:
    things = world().all(*kinds.split())
    assert things
    for thing in things:
        answer = solutions(kg.query(name, **{parameter: world().full(thing)}))
        rows = wanted(name, {parameter: thing}, "en")
        compare(answer, rows, SECOND[name][1], f"{name} {thing}")


@pytest.mark.parametrize(("prop", "judged"), [("betweenness", True), ("betweennessStated", False)])
def test_betweenness_is_that_of_brandes(prop: str, judged: bool) -> None:
    """The question shows forty of them; a value that is 0 is left out."""
    for standard in world().all("gda:Standard"):
        given = world().one(standard, f"gda:{prop}")
        assert (given or 0) == shares(judged=judged)[standard], standard


def test_no_second_path_leads_to_a_question_that_is_gone() -> None:
    assert set(SECOND) == set(questions.names())
