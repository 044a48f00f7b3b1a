"""`gdakg match`: a list of text in, a list out, nothing lost."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gdakg
from gdakg.lists import match_file
from gdakg.spreadsheets import escaped, read
from listed import OURS, cell, matched, rows_of, run


def test_the_main_job(tmp_path: Path) -> None:
    source, target = tmp_path / "mine.csv", tmp_path / "out.csv"
    source.write_text(
        "Nr,Standard,Remark\r\n"
        "1,itu-t l1410 (12/2014),keep\r\n"
        "2,iso14067：2018,\r\n"
        "3,ISO/IEC 17788,\r\n"
        "4,IOS 14067,\r\n"
        "5,9001,\r\n"
        "6,,\r\n",
        encoding="utf-8",
    )
    done = run("match", source, "-o", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "codes are read from the column 'Standard'",
        "662 records searched (standard), as of 2026-11-22",
        "6 rows: 3 matched, 1 current, 1 superseded, 1 withdrawn, 2 not known "
        "(1 with near matches), 1 without a code",
        f"{target}: written",
    ]
    rows = rows_of(target)
    assert rows[0] == ["Nr", "Standard", "Remark", *OURS]
    assert [row[:3] for row in rows] == list(csv.reader(source.read_text("utf-8").splitlines()))
    assert rows[1][3:] == [
        "ITU-T L.1410",
        "Methodology for environmental life cycle assessments of information and communication "
        "technology goods, networks and services",
        *("ITU-T", "ITU-T L.1410 (12/2014)", "ITU-T L.1410 (11/2024)", "2024-11-06"),
        *("superseded", "ITU-T L.1410 (11/2024)", "ETSI ES 203 199", "2", "Climate change"),
        *("GAP-EF", "older edition: current is ITU-T L.1410 (11/2024)"),
    ]
    assert cell(rows, 3, "status") == "withdrawn"
    assert cell(rows, 4, "note").endswith("near: ISO 14067")
    assert cell(rows, 5, "note") == "which publisher?"
    assert rows[6] == ["6", "", "", *[""] * len(OURS)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_dialects(tmp_path: Path, delimiter: str, encoding: str) -> None:
    source, target = tmp_path / "list.csv", tmp_path / "out.csv"
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["標準編號", "說明, 備註; 等"], ["L.1470", "一\n二"], ["ISO 14067", "a,b;c"]])
    source.write_bytes(text.getvalue().encode(encoding))
    assert run("match", source, "-o", target).exit_code == 0
    rows = rows_of(target, delimiter)
    assert rows[0] == ["標準編號", "說明, 備註; 等", *OURS]
    assert [row[:3] for row in rows[1:]] == [
        ["L.1470", "一\n二", "ITU-T L.1470"],
        ["ISO 14067", "a,b;c", "ISO 14067"],
    ]


@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
def test_other_encodings_are_named(tmp_path: Path, encoding: str) -> None:
    source, target = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_bytes("code,名\nL.1470,中文\n".encode(encoding))
    done = run("match", source, "-o", target)
    assert done.exit_code == 1
    assert f"{source}:1: not UTF-8" in done.stderr
    assert "--encoding" in done.stderr
    assert not target.exists()
    assert run("match", source, "-o", target, "--encoding", encoding).exit_code == 0
    assert rows_of(target)[1][:3] == ["L.1470", "中文", "ITU-T L.1470"]


def test_headings_and_titles_in_the_language_asked_for(tmp_path: Path) -> None:
    rows = matched(tmp_path, "编号\nISO 14067\n", "--lang", "zh-Hans")
    assert rows[0][1:5] == ["gdakg: 编号", "gdakg: 标题（译）", "gdakg: 机构", "gdakg: 所询版次"]
    assert rows[1][2] == "温室气体——产品碳足迹——量化要求和指南"
    done = run("match", tmp_path / "list.csv", "-o", tmp_path / "o.csv", "--lang", "zh-Hant")
    assert "共1列：相符1列，現行1" in done.stderr


def test_what_a_spreadsheet_might_run_is_text(tmp_path: Path) -> None:
    dangerous = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "\n=1", "＠A"]
    text = io.StringIO()
    csv.writer(text).writerows([["code", "=x"], *(["L.1470", value] for value in dangerous)])
    rows = matched(tmp_path, text.getvalue())
    assert rows[0][1] == "'=x"
    assert [row[1] for row in rows[1:]] == [f"'{value}" for value in dangerous]


@pytest.mark.parametrize("value", ["-5", "+3.5", "-1,000", "1-1", "a=b", "'=1", "-12%", "-1e5", ""])
def test_what_is_harmless_stays(value: str) -> None:
    assert escaped(value) == value


@pytest.mark.parametrize(
    "value", ["-5+A1", "--5", "-", "+a", "-1e5x", "\ufeff=1", "\u200b=1", "－A1"]
)
def test_what_is_not_harmless_does_not(value: str) -> None:
    assert escaped(value) == f"'{value}"


def test_ragged_rows_empty_rows_and_doubled_headings_survive(tmp_path: Path) -> None:
    rows = matched(tmp_path, "code,a,a\n\nL.1470\nL.1480,1,2\n,,\n\n")
    assert rows[0] == ["code", "a", "a", *OURS]
    assert rows[1] == []
    assert rows[2][:4] == ["L.1470", "", "", "ITU-T L.1470"]
    assert rows[3][:4] == ["L.1480", "1", "2", "ITU-T L.1480"]
    assert rows[4:] == [["", "", ""], []]


def test_cells_beyond_the_columns_come_last(tmp_path: Path) -> None:
    body = "L.1470,a\n" * 1_200
    source, target = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_text(f"code,x\n{body}L.1480,b,c,=d\n", encoding="utf-8")
    done = run("match", source, "-o", target)
    assert "1 rows have more cells than there are columns" in done.stderr
    last = rows_of(target)[-1]
    assert last[:3] == ["L.1480", "b", "ITU-T L.1480"]
    assert last[2 + len(OURS) :] == ["c", "'=d"]


def test_wide_rows_and_huge_cells_survive(tmp_path: Path) -> None:
    huge = "x" * 1_000_000
    wide = ",".join(f"c{n}" for n in range(999))
    cells = ",".join(str(n) for n in range(998))
    rows = matched(tmp_path, f"code,{wide}\nL.1470,{cells},{huge}\n")
    assert rows[0] == ["code", *wide.split(","), *OURS]
    assert rows[1][:1001] == ["L.1470", *cells.split(","), huge, "ITU-T L.1470"]


def test_the_column_is_found_by_what_it_holds(tmp_path: Path) -> None:
    text = "title,n,ref\nA4 paper,9001,ISO 14067\nISO 1 thing,14067,L.1470\nx,1,RFC 9030\n"
    assert matched(tmp_path, text)[1][3] == "ISO 14067"
    assert matched(tmp_path, text, "--column", "n")[1][-1] == "which publisher?"
    assert matched(tmp_path, text, "--column", " REF ")[1][3] == "ISO 14067"
    assert matched(tmp_path, text, "--column", "3")[1][3] == "ISO 14067"


def test_a_list_without_headings_loses_no_row(tmp_path: Path) -> None:
    rows = matched(tmp_path, "L.1470,a\nISO 14067,b\n")
    assert rows[0] == ["", "", *OURS]
    assert [row[:3] for row in rows[1:]] == [
        ["L.1470", "a", "ITU-T L.1470"],
        ["ISO 14067", "b", "ISO 14067"],
    ]
    done = run("match", tmp_path / "list.csv", "-o", tmp_path / "o.csv")
    assert "the first row holds a code" in done.stderr


def test_a_title_above_the_headings_stays_there(tmp_path: Path) -> None:
    rows = matched(tmp_path, "\nStandards we use\n,\ncode,n\nL.1470,1\nL.1480\n")
    assert rows[:3] == [[], ["Standards we use"], ["", ""]]
    assert rows[3] == ["code", "n", *OURS]
    assert [row[:3] for row in rows[4:]] == [
        ["L.1470", "1", "ITU-T L.1470"],
        ["L.1480", "", "ITU-T L.1480"],
    ]


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["L.1470", "=1", "ISO 14067:2018", "9001", '"', "\r\n", ",", ";", "\t", "\0", "ISO\u3000/"]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.sampled_from([".csv", ".xlsx"]))
def test_any_list_keeps_its_cells(
    kg: gdakg.KnowledgeGraph, rows: list[list[str]], suffix: str
) -> None:
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.csv", Path(folder) / f"b{suffix}"
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["code", "b", "c", "d", "e"], ["L.1470"], *rows])
        match_file(kg, source, target, column="code")
        with read(target) as table:
            found = [list(row[:5]) for row in table.rows][2:]
    assert len(found) == len(rows) or suffix == ".xlsx"  # which has no blank rows at its end
    for given_row, found_row in zip(rows, found, strict=False):
        wanted = [cell if suffix == ".xlsx" else escaped(cell) for cell in given_row]
        kept = [cell or "" for cell in found_row]
        assert kept + [""] * (5 - len(kept)) == wanted + [""] * (5 - len(wanted))


def test_progress_is_told_of_long_lists(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("code\n" + "L.1470\n" * 20_500)
    done = run("match", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert done.stderr.startswith("20,000 rows\n")
