"""`gdakg match` with workbooks: cells keep their values, formulas are text."""

import datetime
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from gdakg.spreadsheets import read
from listed import OURS, left, rows_of, run, values, workbook


def test_a_workbook_keeps_its_columns_and_values(tmp_path: Path) -> None:
    day = datetime.datetime(2024, 1, 31)
    rows = [
        ["編號", "日期", "價格", "算", "是", "文"],
        ["L.1410 (12/2014)", day, 1.5, "=C2*2", True, "一\n二"],
        [14067, None, -5, '=HYPERLINK("http://x.example")', False, "_x000D_\ta"],
        [None, None, None, None, None, "end"],
    ]
    workbook(tmp_path / "a.xlsx", rows)
    done = run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.xlsx")
    assert done.exit_code == 0, done.output
    assert "not read: the sheets other" in done.stderr
    found = values(tmp_path / "b.xlsx")
    assert found[0] == [*rows[0], *OURS]
    assert found[1][:7] == [*rows[1], "ITU-T L.1410"]
    assert found[2][:5] == rows[2][:5]
    assert found[2][-1] == "which publisher?; near: ISO 14067"
    assert found[3][5] == "end"


def test_a_formula_in_a_workbook_is_text_afterwards(tmp_path: Path) -> None:
    formula = "=1+1"
    workbook(tmp_path / "a.xlsx", [["code", "f", "=g"], ["L.1470", formula, "@x"]])
    assert run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.xlsx").exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert sheet is not None
    for place, value in (("B2", formula), ("C1", "=g"), ("C2", "@x")):
        assert (sheet[place].value, sheet[place].data_type) == (value, "s")
        assert sheet[place].quotePrefix
    assert not sheet["A2"].quotePrefix
    assert run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.csv").exit_code == 0
    assert rows_of(tmp_path / "b.csv")[1][1:3] == ["'=1+1", "'@x"]


def test_a_sheet_may_be_named(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["code"], ["L.1470"]])
    done = run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.csv", "--sheet", "other")
    assert done.exit_code == 0
    assert rows_of(tmp_path / "b.csv")[1][1] == "ITU-T L.1480"
    done = run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.csv", "--sheet", "x")
    assert "no sheet 'x'; there are mine, other" in done.stderr


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["code"], ["L.1470"]])
    assert run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.xlsx").exit_code == 0
    time.sleep(2.1)  # times in a zip count by two seconds
    assert run("match", tmp_path / "a.xlsx", "-o", tmp_path / "c.xlsx").exit_code == 0
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_what_an_xlsx_file_cannot_hold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"code,x\nL.1470,{'x' * 32_768}\n")
    done = run("match", tmp_path / "a.csv", "-o", tmp_path / "b.xlsx")
    assert done.exit_code == 1
    assert "a cell of 32,768 characters in row 2; an .xlsx file holds 32,767" in done.stderr
    assert left(tmp_path) == ["a.csv"]


def test_control_characters_survive_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"code,x\nL.1470,a\x00b\x0bc_x0041_\n")
    assert run("match", tmp_path / "a.csv", "-o", tmp_path / "b.xlsx").exit_code == 0
    with read(tmp_path / "b.xlsx") as table:
        assert list(table.rows)[1][1] == "a\x00b\x0bc_x0041_"


def test_without_openpyxl_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path / "a.xlsx", [["code"], ["L.1470"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.csv")
    assert (done.exit_code, "gdakg[xlsx]" in done.stderr) == (1, True)
