"""Named questions over a store: what is said of the curated list stays, catalogues are taken in."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

import gdakg
from cataloged import record
from conftest import ASKED
from engines import rows
from gdakg import questions
from gdakg.answers import solutions
from gdakg.importing import Source, import_catalogues
from gdakg.records import Record, Relation

#: invented: no such documents are published under these numbers, nor these editions of curated ones
BOTH: Final = ("ISO", "IEC")
LABELLED: Final = {"publishers": BOTH, "committees": ("ISO/TC 207/SC 7",), "ics": ("13.020.40",)}


def in_iso(designation: str, **told: object) -> Record:
    return record(designation, catalogue="iso", **told)


def in_iec(designation: str, **told: object) -> Record:
    return record(designation, catalogue="iec", **told)


ISO: Final = [
    # curated: its edition told less exactly, an older one, and a supplement that has no date
    in_iso("ISO 14001:2015", issued="2015", titles={"en": "Another title"}, native_status="90.93"),
    in_iso("ISO 14001:2004", issued="2004-11", stage="withdrawn"),
    in_iso("ISO 14001:2015/Amd 9", stage="draft"),
    in_iso("ISO 14001:2015/Amd 8:2024", titles={"en": "Of no date"}),
    # of both bodies, and not curated; told otherwise by IEC
    in_iso(
        "ISO/IEC 99911:2021",
        issued="2021-06",
        native_status="60.60",
        titles={"en": "Reuse of heat - Part one"},
        **LABELLED,
    ),
    in_iso("ISO/IEC 99911:2016", issued="2016-02", stage="withdrawn", **LABELLED),
    in_iso("ISO 99912", stage="draft", native_status="30.20", titles={"en": "A draft"}),
    in_iso(
        "ISO 99913:2020",
        issued="2020-05",
        titles={"en": "Compost"},
        relations=(Relation("replaces", "ISO 99913:2010"),),
    ),
    in_iso("ISO 99913:2010", issued="2010-05", stage="withdrawn"),
]
IEC: Final = [
    in_iec(
        "ISO/IEC 99911:2021",
        issued="2021-06-30",
        stage="under-review",
        native_status="PUBLISHED",
        titles={"en": "Reuse of heat — Part one"},
        **LABELLED,
    ),
    # newer than the edition that the curated list has
    in_iec("ISO/IEC 30134-2:2099", issued="2099-01-16", publishers=BOTH),
]

IEEE: Final = [
    record(
        "IEEE 99915-2022",
        catalogue="ieee",
        publishers=("IEEE",),
        issued="2022-03-01",
        titles={"": "Meters of no language"},
    )
]

#: what takes in what catalogues tell, and is looked at below or tells numbers of things alone
TAKING_IN: Final = {
    "bodies",
    "concepts",
    "coverage",
    "area_coverage",
    "gaps_addressed",
    "graphs",
    "ics_fields",
    "replaced_editions",
    "revised_since_cop28",
    "sources",
    "standards_by_body",
    "standards_by_committee",
    "standards_by_keyword",
    "standards_by_pillar",
    "new_since_cop28",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of three catalogues beside the bundled graph."""
    store = tmp_path_factory.mktemp("questions") / "s"
    import_catalogues(store, [Source("iso", ISO), Source("iec", IEC), Source("ieee", IEEE)])
    return store


@pytest.fixture(scope="module")
def store(path: Path) -> gdakg.KnowledgeGraph:
    return gdakg.open_store(path)


def answered(graph: gdakg.KnowledgeGraph, name: str, **given: object) -> list[tuple[str, ...]]:
    """Return the rows of an answer as text, "" for empty cells."""
    found = solutions(graph.query(name, **given))
    return [tuple("" if cell is None else str(cell) for cell in row) for row in found]


@pytest.mark.parametrize(
    "name", [name for name in questions.names() if questions.question(name).is_curated]
)
def test_what_is_searched_of_the_curated_list_is_not_more_in_a_store(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph, name: str
) -> None:
    bundled, held = kg.extent(name), store.extent(name)
    assert bundled is not None and held is not None
    assert held.records == bundled.records == 662
    assert held.as_of == bundled.as_of


def test_what_is_searched_of_catalogues_too_is_counted(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph
) -> None:
    bundled, held = kg.extent("identify"), store.extent("identify")
    assert bundled is not None and held is not None
    assert held.records > bundled.records


@pytest.mark.parametrize("name", sorted(set(questions.names()) - TAKING_IN))
def test_catalogues_change_nothing_in_an_answer_about_the_curated_list(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph, name: str
) -> None:
    for given in ({}, {"lang": "zh-Hant"}):
        asked = ASKED.get(name, {}) | (given if _has_language(name) else {})
        bundled = rows(solutions(kg.query(name, **asked)).terms)
        assert Counter(rows(solutions(store.query(name, **asked)).terms)) == Counter(bundled)


def _has_language(name: str) -> bool:
    return any(one.name == "lang" for one in questions.question(name).parameters)


@pytest.mark.parametrize(
    "name", ["standards_by_pillar", "standards_by_area", "standards_by_body", "new_since_cop28"]
)
def test_a_standard_has_one_row_whatever_catalogues_state(
    store: gdakg.KnowledgeGraph, name: str
) -> None:
    given: dict[str, dict[str, object]] = {
        "standards_by_pillar": {"pillar": 2},
        "standards_by_area": {"area": "energy-efficiency"},
        "standards_by_body": {"publisher": "ISO"},
    }
    standards = [row[0] for row in answered(store, name, **given.get(name, {}))]
    assert len(standards) == len(set(standards)) > 20


def test_of_a_curated_standard_title_and_status_are_ours_and_the_edition_the_newest(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph
) -> None:
    ours, theirs = (
        next(row for row in answered(graph, "standards_by_pillar", pillar=2) if row[0] == wanted)
        for graph in (kg, store)
        for wanted in ["ISO/IEC 30134-2"]
    )
    assert ours[3:5] == ("ISO/IEC 30134-2:2016", "2016-04")
    assert theirs[3:5] == ("ISO/IEC 30134-2:2099", "2099-01-16")
    assert (ours[:3], ours[5]) == (theirs[:3], theirs[5])


def test_editions_give_stated_dates_alone_and_no_drafts(store: gdakg.KnowledgeGraph) -> None:
    assert [row[3:6] for row in answered(store, "editions", thing="ISO 14001")] == [
        ("ISO 14001:2015", "2015-09", "True"),  # as the curated list has it, not as "2015"
        ("ISO 14001:2004", "2004-11", "False"),
        ("ISO 14001:2015/Amd 8:2024", "", "False"),  # its code has a year, nobody tells a date
    ]


def test_of_two_editions_said_to_be_current_the_newer_is(store: gdakg.KnowledgeGraph) -> None:
    assert [row[3:] for row in answered(store, "editions", thing="ISO/IEC 30134-2")] == [
        ("ISO/IEC 30134-2:2099", "2099-01-16", "True", ""),
        ("ISO/IEC 30134-2:2016", "2016-04", "False", "ISO/IEC 30134-2:2099"),
    ]


def test_where_catalogues_differ_the_first_by_name_is_heard(store: gdakg.KnowledgeGraph) -> None:
    told = ("Reuse of heat — Part one", "ISO/IEC", "ISO/IEC 99911:2021", "2021-06-30")
    row = ("ISO/IEC 99911", *told, "under review")
    assert row in answered(store, "standards_by_body", publisher="IEC")
    assert ("ISO/TC 207/SC 7", *row) in answered(
        store, "standards_by_committee", committee="https://w3id.org/gdakg/id/committee/iso/tc207"
    )
    assert (row[0], row[1], "", "", "", row[5]) in answered(
        store, "standards_by_keyword", word="reuse of HEAT"
    )
    (found,) = answered(store, "identify", code="iso/iec 99911：2021")
    assert found[:4] == ("ISO/IEC 99911:2021", "edition", told[0], "ISO/IEC")
    assert {row[1:3] for row in answered(store, "editions", thing="ISO/IEC 99911")} == {
        ("under review", "PUBLISHED")
    }


def test_a_title_of_no_language_is_shown_and_not_called_english(
    store: gdakg.KnowledgeGraph,
) -> None:
    told = ("IEEE Std 99915", "Meters of no language")
    for lang in ("en", "zh-Hant"):
        found = answered(store, "standards_by_body", publisher="IEEE", lang=lang)
        assert told in {row[:2] for row in found}
        found = answered(store, "standards_by_keyword", word="meters of", lang=lang)
        assert told in {row[:2] for row in found}
        (found,) = answered(store, "identify", code="IEEE Std 99915", lang=lang)
        assert found[2] == told[1]


def test_successions_are_those_of_curated_standards(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph
) -> None:
    more = set(answered(store, "replaced_editions")) - set(answered(kg, "replaced_editions"))
    assert more == {("ISO/IEC 30134-2:2016", "ISO/IEC 30134-2:2099", "2099-01-16")}
    assert "ISO/IEC 30134-2" in {row[0] for row in answered(store, "revised_since_cop28")}


def test_drafts_of_catalogues_are_not_in_the_pipeline_but_found_by_their_body(
    store: gdakg.KnowledgeGraph,
) -> None:
    assert "ISO 99912" not in {row[0] for row in answered(store, "pipeline")}
    found = {row[0]: row for row in answered(store, "standards_by_body", publisher="ISO")}
    assert found["ISO 99912"][1:] == ("A draft", "ISO", "", "", "draft")


@pytest.mark.parametrize("name", ["coverage", "area_coverage"])
def test_what_nobody_judged_is_not_counted_as_searched(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph, name: str
) -> None:
    def counted(graph: gdakg.KnowledgeGraph) -> list[tuple[str, ...]]:
        return [(*row[:5], row[6]) for row in answered(graph, name)]

    assert counted(store) == counted(kg)


def test_numbers_of_the_whole_store_take_catalogues_in(
    kg: gdakg.KnowledgeGraph, store: gdakg.KnowledgeGraph
) -> None:
    def number(graph: gdakg.KnowledgeGraph, name: str, key: str, column: int) -> int:
        (found,) = {row[column] for row in answered(graph, name) if row[0] == key}
        return int(found)

    assert number(store, "bodies", "ISO", 6) == number(kg, "bodies", "ISO", 6) + 3
    assert number(store, "bodies", "IEC", 6) == number(kg, "bodies", "IEC", 6) + 1
    assert number(store, "ics_fields", "13.020", 2) == number(kg, "ics_fields", "13.020", 2) + 1
    graphs = {row[0] for row in answered(store, "graphs")}
    assert {row[0] for row in answered(kg, "graphs")} < graphs
    assert "https://w3id.org/gdakg/graph/catalogue/iec" in graphs
    assert {"catalogue iso", "catalogue iec"} <= {row[0] for row in answered(store, "sources")}
