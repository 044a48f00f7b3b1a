"""A catalogue as a table: columns, rows that are not whole."""

from pathlib import Path

import pytest

from cataloged import codes, faults, record, written
from gdakg.catalogues import reader_for
from gdakg.catalogues.table import Table
from gdakg.errors import CatalogueError
from gdakg.records import Record, Relation


def test_columns_are_understood_by_their_headings_or_by_a_map(tmp_path: Path) -> None:
    rows = [
        "Norm;Titre;Title_en;Body;Date;Status;ICS;Link;Replaced by;Remarks",
        'ISO 9901:2018;Cuillers;"Spoons;\nlarge";ISO;2018-02;90.93;97.040 | 97;x;ISO 9901:2020;-',
        ";;;;;;;;;",
        "ISO 9902:2018;Fourchettes;;;;withdrawn;;;;",
    ]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    columns = {"designation": "Norm", "title@fr": "Titre"}
    first, second = reader_for(path, columns=columns)
    assert first == record(
        "ISO 9901:2018",
        catalogue="mine",
        publishers=("ISO",),
        titles={"fr": "Cuillers", "en": "Spoons; large"},
        issued="2018-02",
        stage="published",
        native_status="90.93",
        ics=("97.040", "97"),
        relations=(Relation("replacedBy", "ISO 9901:2020"),),
        source="mine.csv",
        line=3,
    )
    assert isinstance(second, Record)
    assert (second.designation, second.stage, second.line) == ("ISO 9902:2018", "withdrawn", 5)


def test_rows_that_are_not_whole_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    text = b'code,title\nISO 1:2000\n,Forks\nISO 2:2000,\xff\n"ISO 3:2000"x,a\nISO 4:2000,Ladles\n'
    path.write_bytes(text + b'"ISO 5:2000')
    reader = reader_for(path)
    assert codes(path) == ["ISO 4:2000"]
    assert [line for line, _ in faults(path)] == [2, 3, 4, 5, 7]
    assert [reason for _, reason in faults(path)][:3] == [
        "1 cells under 2 headings",
        "no designation",
        "not UTF-8",
    ]
    assert len(list(reader)) == reader.read == 6


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({}, "known to hold designations; .* --column designation=HEADING, of Norm, Titre"),
        ({"designation": "Code"}, "no column 'Code'; it has Norm, Titre"),
        ({"colour": "Norm"}, "cannot be 'colour'; it can be designation"),
    ],
)
def test_a_map_of_columns_that_does_not_fit_is_told(
    tmp_path: Path, columns: dict[str, str], message: str
) -> None:
    path = written(tmp_path / "mine.csv", "Norm,Titre\nISO 1:2000,Cuillers\n")
    with pytest.raises(CatalogueError, match=message):
        list(Table(path, "mine", columns))
