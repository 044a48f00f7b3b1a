"""Headers and headings of the named questions are said in each language, in words that fit."""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import pytest
from wcwidth import wcswidth

from gdakg import questions
from gdakg.things import KINDS
from reading import ROOT
from test_languages import faults

QUERIES: Final = sorted((ROOT / "queries").glob("*.rq"))
TABLE: Final = ROOT / "queries" / "wording.csv"
CHINESE: Final = ("zh-Hans", "zh-Hant")

#: what the command line says around headers and answers
INTERFACE: Final = {"parameters", "columns", "optional", "SPARQL", "rows"}
#: kinds of parameters that a header may name
KINDS_OF_PARAMETERS: Final = {*KINDS, *questions.READERS, questions.ANYTHING}

#: cells that a heading may take in a table of 80
WIDEST: Final = 12
#: wider headings, and why
WIDE: Final[dict[str, str]] = {}


class Header(NamedTuple):
    """What the headers of all questions say that has to be said in Chinese."""

    variables: frozenset[str]
    texts: frozenset[str]
    titles: frozenset[str]  #: texts of columns with the title of a standard


@cache
def header() -> Header:
    """Return what stands in the headers, read line by line without the package."""
    lines = [line for path in QUERIES for line in path.read_text(encoding="utf-8").splitlines()]
    columns = [m for line in lines if (m := re.match(r"# column (\w+): (.+)", line))]
    parameters = [m for line in lines if (m := re.match(r"# param \w+ \([\w, ]+\): (.+)", line))]
    return Header(
        frozenset(column[1] for column in columns),
        frozenset(column[2] for column in columns) | {given[1] for given in parameters},
        frozenset(column[2] for column in columns if column[1] == "title"),
    )


@cache
def table() -> list[dict[str, str]]:
    """Return the rows of the table in the order of the file."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said() -> dict[str, dict[str, str]]:
    return {row["en"]: row for row in table()}


def unfilled(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Return where a row says nothing in a language, or has spaces around what it says."""
    return [
        f"{row['en']}: {language}"
        for row in rows
        for language in ("en", *CHINESE)
        if not (row.get(language) or "").strip() or row[language] != row[language].strip()
    ]


def unsorted(words: Iterable[str]) -> list[str]:
    """Return each word that does not stand after the one before it, case ignored."""
    keys = [(word.casefold(), word) for word in words]
    return [after[1] for before, after in pairwise(keys) if before >= after]


def too_wide(headings: Iterable[str]) -> list[str]:
    return [heading for heading in headings if wcswidth(heading) > WIDEST]


def test_every_word_of_a_header_is_in_the_table() -> None:
    headers = header()
    assert len(headers.variables) > 90
    assert len(headers.texts) > 150
    needed = headers.variables | headers.texts | KINDS_OF_PARAMETERS | INTERFACE
    missing = sorted(needed - said().keys())
    assert not missing, f"{len(missing)} to add to queries/wording.csv: {missing[:12]}"


def test_nothing_in_the_table_is_superfluous() -> None:
    headers = header()
    needed = headers.variables | headers.texts | KINDS_OF_PARAMETERS | INTERFACE
    superfluous = sorted(said().keys() - needed)
    assert not superfluous, f"no header says so, delete from wording.csv: {superfluous[:12]}"


def test_the_table_is_filled_sorted_and_without_doubles() -> None:
    raw = TABLE.read_bytes()
    assert raw.startswith(b"en,zh-Hans,zh-Hant\n")
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert not unfilled(table())
    assert not unsorted(row["en"] for row in table())


@pytest.mark.parametrize("language", CHINESE)
def test_words_are_those_of_their_readers(language: str) -> None:
    wrong = [
        f"{row['en']}: {row[language]}: {', '.join(found)}"
        for row in table()
        if (found := faults(language.lower(), row[language]))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", CHINESE)
def test_texts_are_in_chinese(language: str) -> None:
    english = [text for text in header().texts if not re.search("[一-鿿]", said()[text][language])]
    assert not english


@pytest.mark.parametrize("language", CHINESE)
def test_headings_leave_room_for_the_cells(language: str) -> None:
    wide = {name for name in header().variables if too_wide([said()[name][language]])}
    assert wide <= WIDE.keys(), f"more than {WIDEST} cells: {sorted(wide - WIDE.keys())}"


def test_headings_listed_as_wide_are_wide() -> None:
    listed = {name for name in WIDE if not too_wide(said()[name][tag] for tag in CHINESE)}
    assert not listed, f"strike out of WIDE: {sorted(listed)}"


def test_chinese_titles_are_marked_as_our_translation() -> None:
    assert said()["title"]["zh-Hans"] == "标题（译）"
    assert said()["title"]["zh-Hant"] == "標題（譯）"
    assert header().titles
    for text in header().titles:
        assert "非官方翻译" in said()[text]["zh-Hans"], text
        assert "非官方翻譯" in said()[text]["zh-Hant"], text


def test_one_question_is_asked_and_answered_in_the_words_of_the_table() -> None:
    asked = questions.question("standards_by_pillar")
    about = {parameter.name: parameter.about for parameter in asked.parameters}
    assert questions.said(about["pillar"], "zh-Hant") == "支柱，1至7"
    assert questions.said(about["publisher"], "zh-Hans") == "仅限该机构的标准"
    headings = questions.headings(asked.columns, "zh-Hant")
    assert headings == ["標準", "標題（譯）", "機構", "版次", "發布日期", "狀態"]


# the checks themselves


def test_wrong_tables_are_found() -> None:
    full = {"en": "gap", "zh-Hans": "缺口", "zh-Hant": "缺口"}
    assert not unfilled([full])
    assert unfilled([full | {"zh-Hant": ""}]) == ["gap: zh-Hant"]
    assert unfilled([full | {"zh-Hans": " 缺口"}]) == ["gap: zh-Hans"]
    assert not unsorted(["area", "IRI", "its IRI"])
    assert unsorted(["IRI", "area", "area"]) == ["area", "area"]
    assert not too_wide(["來源所述狀態"])
    assert too_wide(["來源所述的狀態", "provenance_of_it"])
