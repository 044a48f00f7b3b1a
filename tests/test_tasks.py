"""Each task leads, step by step, to standards of this graph, and says why in each language."""

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from typing import Final

import pyoxigraph as og
import pytest

from gdakg.namespaces import BASE, GRAPH, PREFIXES
from reading import ROOT, Row, text
from test_languages import faults

TASKS: Final = ROOT / "data" / "tasks.ttl"
STANDARDS: Final = ROOT / "data" / "standards.ttl"

#: tasks for which one body alone writes standards, and why
ONE_BODY: Final = {
    "environmental-management": "no body but ISO writes standards of environmental management"
    " systems in this graph; the note of the first step says so",
}
#: standards that are used though not known to be published, and why
UNPUBLISHED: Final = {
    "ietf/draft-ietf-green-use-cases": "the new IETF work has no RFC yet; the note says so",
    "itu-t/x.1303-bis": "the catalogue gives no status; no other standard here has the format",
    "iso-iec/tr-20226": "no other overview for AI; the catalogue of June 2025 had it in print",
}
IN_FORCE: Final = {"published", "under-review"}


@cache
def store() -> og.Store:
    """Return a store with the tasks and the standards, and nothing else."""
    filled = og.Store()
    for path in (TASKS, STANDARDS):
        filled.load(path=str(path), format=og.RdfFormat.TURTLE)
    return filled


def rows(query: str) -> list[Row]:
    """Return the solutions of the SELECT `query` in order, IRIs relative to ours."""
    answer = store().query(query, base_iri=BASE, prefixes=PREFIXES)
    assert isinstance(answer, og.QuerySolutions)
    return sorted(tuple(text(term).removeprefix(BASE) for term in row) for row in answer)


@cache
def tasks() -> list[str]:
    """Return the names of the tasks."""
    return [task.removeprefix("task/") for (task,) in rows("SELECT ?t { ?t a gda:Task }")]


@cache
def steps() -> dict[str, list[tuple[int, str, str]]]:
    """Return task -> number, mark (as 2 or 2a) and standard of each of its steps."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for step, task, number, standard in rows(
        "SELECT * { ?a a gda:TaskStep ; gda:task ?b ; gda:step ?c ; gda:usesStandard ?d }"
    ):
        name = task.removeprefix("task/")
        mark = step.removeprefix(f"task-step/{name}/")
        found[name].append((int(number.removesuffix("^^integer")), mark, standard[4:]))
    return {name: sorted(of_task) for name, of_task in found.items()}


@cache
def bodies() -> dict[str, frozenset[str]]:
    """Return standard -> its publishers."""
    found: dict[str, set[str]] = defaultdict(set)
    for standard, body in rows("SELECT * { ?a a gda:Standard ; dcterms:publisher ?b }"):
        found[standard.removeprefix("std/")].add(body)
    return {standard: frozenset(publishers) for standard, publishers in found.items()}


def texts(prop: str) -> dict[str, list[tuple[str, str]]]:
    """Return thing -> (language, text) of `prop`, tasks and steps without it included."""
    query = (
        "SELECT ?s ?o { VALUES ?kind { gda:Task gda:TaskStep } ?s a ?kind"
        f" OPTIONAL {{ ?s skos:{prop} ?o }} }}"
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for thing, literal in rows(query):
        value, _, language = literal.rpartition("@")
        found[thing].append((language, value))
    return found


def test_there_are_some_twenty_tasks() -> None:
    assert 16 <= len(tasks()) <= 20
    assert set(steps()) == set(tasks()), "a task without steps, or steps of no task"
    wrong = {name: len(found) for name, found in steps().items() if not 3 <= len(found) <= 12}
    assert not wrong, f"give each task 3 to 12 standards: {wrong}"


def test_tasks_are_concepts_of_one_scheme_named_as_in_their_iri() -> None:
    placed = rows(
        "SELECT ?n { ?t a gda:Task ; skos:notation ?n ;"
        " skos:inScheme <scheme/task> ; skos:topConceptOf <scheme/task>"
        " FILTER(STR(?t) = CONCAT(STR(<task/>), ?n)) }"
    )
    assert [notation for (notation,) in placed] == tasks()


def test_every_step_is_whole() -> None:
    every = rows("SELECT ?s { ?s a gda:TaskStep }")
    assert sum(map(len, steps().values())) == len(every) == len(set(every))


def test_every_step_uses_a_standard_of_this_graph() -> None:
    unknown = {
        f"{name}/{mark}: {standard}"
        for name, found in steps().items()
        for _, mark, standard in found
        if standard not in bodies()
    }
    assert not unknown, f"data/standards.ttl has no such standard: {sorted(unknown)}"


def test_no_task_uses_a_standard_twice() -> None:
    for name, found in steps().items():
        counts = Counter(standard for *_, standard in found)
        twice = [standard for standard, count in counts.items() if count > 1]
        assert not twice, f"{name}: keep one step each for {twice}"


def test_standards_support_the_tasks_whose_steps_use_them_and_no_others() -> None:
    direct = rows("SELECT ?s ?t { ?s gda:supportsTask ?t }")
    used = {(f"std/{s}", f"task/{name}") for name, found in steps().items() for *_, s in found}
    assert set(direct) == used, f"differ: {sorted(set(direct) ^ used)}"


@pytest.mark.parametrize("name", tasks())
def test_steps_are_counted_from_one_and_alternatives_are_lettered(name: str) -> None:
    counts = Counter(number for number, *_ in steps()[name])
    assert sorted(counts) == list(range(1, len(counts) + 1)), f"{name}: {sorted(counts)}"
    marks = [
        f"{number}{letter}"
        for number, count in sorted(counts.items())
        for letter in ("abc"[:count] if count > 1 else [""])
    ]
    assert [mark for _, mark, _ in steps()[name]] == marks


@pytest.mark.parametrize("name", tasks())
def test_alternatives_are_of_different_bodies(name: str) -> None:
    for one, other in combinations(steps()[name], 2):
        if one[0] == other[0]:
            assert bodies()[one[2]] != bodies()[other[2]], f"{name}: {one} and {other}"


def test_tasks_draw_on_two_bodies_or_it_is_known_why_not() -> None:
    few = {
        name
        for name, found in steps().items()
        if len(frozenset().union(*(bodies()[standard] for *_, standard in found))) < 2
    }
    assert few == set(ONE_BODY), "say why in ONE_BODY and in a note, or add a standard"


def test_standards_are_in_force_or_it_is_known_why_not() -> None:
    found = rows("SELECT ?s ?stage { ?s a gda:Standard ; gda:stage ?stage }")
    stages = {row[0]: row[1] for row in found}
    used = {standard for of_task in steps().values() for *_, standard in of_task}
    wrong = {
        standard: stage
        for standard in used - set(UNPUBLISHED)
        if (stage := stages[f"std/{standard}"].removeprefix("stage/")) not in IN_FORCE
    }
    assert not wrong, f"leave out, or say why in UNPUBLISHED: {wrong}"
    assert set(UNPUBLISHED) <= used, "UNPUBLISHED names standards of no step"


@pytest.mark.parametrize("prop", ["prefLabel", "definition", "note"])
def test_texts_are_in_three_languages_and_differ(prop: str) -> None:
    start = "task-step/" if prop == "note" else "task/"
    found = {thing: written for thing, written in texts(prop).items() if thing.startswith(start)}
    assert len(found) >= len(tasks())
    for thing, written in found.items():
        languages = sorted(language for language, _ in written)
        assert languages == ["en", "zh-hans", "zh-hant"], f"{thing}: skos:{prop} in {languages}"
        for language, value in written:
            chinese = bool(re.search("[一-鿿]", value))
            assert chinese == (language != "en"), f"{thing}: {value!r} is not {language}"


@pytest.mark.parametrize("prop", ["definition", "note"])
def test_texts_are_one_sentence(prop: str) -> None:
    for thing, written in texts(prop).items():
        for language, value in written:
            stop = "." if language == "en" else "。"
            ends = re.findall(r"[.。](?=\s|$)" if language == "en" else "。", value)
            assert not value or (value.endswith(stop) and len(ends) == 1), f"{thing}: {value!r}"
            assert len(value) <= 180, f"{thing}: {len(value)} characters are too many"


def test_notes_of_one_task_tell_its_standards_apart() -> None:
    for name in tasks():
        notes = Counter(
            (language, value)
            for thing, written in texts("note").items()
            if thing.startswith(f"task-step/{name}/")
            for language, value in written
        )
        same = [value for (_, value), count in notes.items() if count > 1]
        assert not same, f"{name}: two steps say {same}"


def test_notes_and_other_labels_are_in_the_words_of_their_readers() -> None:
    wrong = [
        f"{thing}: {value!r}: {found}"
        for prop in ("note", "altLabel")
        for thing, written in texts(prop).items()
        for language, value in written
        if (found := faults(language, value))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_graph_is_judged() -> None:
    kinds = rows(f"SELECT ?k {{ <{GRAPH}tasks> gda:statementKind ?k }}")
    assert kinds == [("statement-kind/judged",)]


def test_a_task_read_from_first_to_last_step() -> None:
    """As chosen by hand: the frame first, then the sector, then the two kinds of company."""
    assert steps()["net-zero-target"] == [
        (1, "1", "iso/iwa-42"),
        (2, "2", "itu-t/l.1470"),
        (3, "3", "itu-t/l-suppl.-37"),
        (4, "4", "itu-t/l-suppl.-38"),
        (5, "5", "itu-t/l.1471"),
    ]


def test_three_bodies_measure_the_energy_of_a_data_centre() -> None:
    second = [standard for number, _, standard in steps()["data-centre-energy"] if number == 2]
    assert second == ["iso-iec/30134-2", "etsi/en-305-200-3-1", "itu-t/l.1302"]
