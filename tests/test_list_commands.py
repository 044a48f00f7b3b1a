"""`gdakg match` and `gdakg watch`: spreadsheets in, spreadsheets out, nothing lost."""

import csv
import datetime
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import gdakg
from gdakg.cli import main
from gdakg.errors import SheetError
from gdakg.lists import match_file
from gdakg.spreadsheets import escaped, read, written

HEADINGS = [
    *("code", "title", "body", "edition asked for", "current edition", "current since", "status"),
    *("replaced by", "aligned with", "pillars (our judgement)", "areas (our judgement)"),
    *("gaps (our inference)", "note"),
]
KG = gdakg.load()
OURS = [f"gdakg: {heading}" for heading in HEADINGS]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def matched(tmp_path: Path, content: bytes | str, *arguments: str) -> list[list[str]]:
    """Return the rows that `gdakg match` writes for a list with `content`."""
    source, target = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("match", source, "-o", target, *arguments)
    assert done.exit_code == 0, done.output
    return rows_of(target)


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel reads UTF-8 by its mark alone"
    text = content.decode("utf-8-sig")
    before = csv.field_size_limit(2**30)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    finally:
        csv.field_size_limit(before)


def left(folder: Path) -> list[str]:
    """Return what lies in `folder`."""
    return sorted(path.name for path in folder.iterdir())


def cell(rows: list[list[str]], row: int, heading: str) -> str:
    return rows[row][rows[0].index(f"gdakg: {heading}")]


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
def test_any_list_keeps_its_cells(rows: list[list[str]], suffix: str) -> None:
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "a.csv", Path(folder) / f"b{suffix}"
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["code", "b", "c", "d", "e"], ["L.1470"], *rows])
        match_file(KG, source, target, column="code")
        with read(target) as table:
            found = [list(row[:5]) for row in table.rows][2:]
    assert len(found) == len(rows) or suffix == ".xlsx"  # which has no blank rows at its end
    for given_row, found_row in zip(rows, found, strict=False):
        wanted = [cell if suffix == ".xlsx" else escaped(cell) for cell in given_row]
        kept = [cell or "" for cell in found_row]
        assert kept + [""] * (5 - len(kept)) == wanted + [""] * (5 - len(wanted))


@pytest.mark.parametrize(
    ("name", "content", "arguments", "message"),
    [
        ("a.csv", b"", [], "the list is empty"),
        ("a.csv", b" , \n,\n", [], "the list is empty"),
        ("a.csv", b"name,n\nfoo,1\n", [], "no column holds codes that we read; name it"),
        ("a.csv", b"code\nL.1470\n", ["--column", "x"], "no column 'x'; there are code"),
        ("a.csv", b"a,a\nL.1,L.2\n", ["--column", "a"], "columns 1, 2 are called 'a'"),
        ("a.csv", b'code\n"L.1470\nL.1480\n', [], "a.csv:2: a quotation mark is not closed"),
        ("a.csv", b"code\nL.1470\n\xa4\xa4\n", [], "a.csv:3: not UTF-8 (byte 0xa4)"),
        ("a.csv", b"c\0o\0d\0e\0\n\0", [], "--encoding utf-16-le"),
        ("a.csv", b"code\n", ["--encoding", "klingon"], "no encoding 'klingon'"),
        ("a.csv", b"code\n\x80\n", ["--encoding", "big5"], "not big5"),
        ("a.csv", b"code\nL.1470\n", ["--sheet", "x"], "a csv file has no sheets"),
        ("a.ods", b"", [], "save it as .xlsx or .csv"),
        ("a.xls", b"", [], "save it as .xlsx or .csv"),
        ("a.pdf", b"", [], "a list ends in .csv, .tsv, .txt, .xlsx"),
        ("a.xlsx", b"code\nL.1470\n", [], "no readable .xlsx file"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, [], "no readable .xlsx file"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, name: str, content: bytes, arguments: list[str], message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("match", tmp_path / name, "-o", tmp_path / "out.csv", *arguments)
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert message in done.stderr
    assert left(tmp_path) == [name]


def test_missing_files_and_folders_are_one_line(tmp_path: Path) -> None:
    done = run("match", tmp_path / "no.csv", "-o", tmp_path / "o.csv")
    assert (done.exit_code, "there is no such file" in done.stderr) == (1, True)
    (tmp_path / "a.csv").write_text("code\nL.1470\n")
    done = run("match", tmp_path / "a.csv", "-o", tmp_path / "none" / "o.csv")
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)


def test_the_list_itself_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("code\nL.1470\n")
    (tmp_path / "b.csv").symlink_to(source)
    for target in ("a.csv", "b.csv"):
        done = run("match", source, "-o", tmp_path / target)
        assert done.exit_code == 1
        assert "the list itself" in done.stderr
    assert source.read_text() == "code\nL.1470\n"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_output_is_written_whole_or_not_at_all(tmp_path: Path, suffix: str) -> None:
    source, target = tmp_path / "a.csv", tmp_path / f"out{suffix}"
    source.write_bytes(b"code\n" + b"L.1470\n" * 3_000 + b'"L.1480\n')
    target.write_bytes(b"old")
    done = run("match", source, "-o", target)
    assert done.exit_code == 1
    assert "a.csv:3002: a quotation mark" in done.stderr
    assert target.read_bytes() == b"old"
    assert left(tmp_path) == ["a.csv", target.name]


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    with source.open("w") as file:
        file.write("code\n")
        file.writelines(f"ISO {n}\n" for n in range(400_000))
    command = [sys.executable, "-m", "gdakg", "match", str(source), "-o", str(tmp_path / "o.csv")]
    process = subprocess.Popen(
        command,
        stderr=subprocess.DEVNULL,
        # A shell lets what it starts in the background ignore SIGINT, and that is inherited.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 60
    while len(left(tmp_path)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) != 0
    assert left(tmp_path) == ["a.csv"]


def test_progress_is_told_of_long_lists(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("code\n" + "L.1470\n" * 20_500)
    done = run("match", tmp_path / "a.csv", "-o", tmp_path / "o.csv")
    assert done.stderr.startswith("20,000 rows\n")


def workbook(path: Path, rows: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "mine"
    for row in rows:
        sheet.append(row)
    book.create_sheet("other").append(["L.1480"])
    book.save(path)


def values(path: Path) -> list[list[Any]]:
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    return [[each.value for each in row] for row in book.active.iter_rows()]


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
    for name in ("b.xlsx", "c.xlsx"):
        assert run("match", tmp_path / "a.xlsx", "-o", tmp_path / name).exit_code == 0
        time.sleep(2.1)  # times in a zip count by two seconds
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


def test_an_error_in_the_block_is_the_callers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n")
    with pytest.raises(KeyError), read(tmp_path / "a.csv"):
        raise KeyError
    with (
        pytest.raises(SheetError, match="the list itself"),
        written(tmp_path / "a.csv", tmp_path / "a.csv"),
    ):
        pass


def test_without_openpyxl_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path / "a.xlsx", [["code"], ["L.1470"]])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run("match", tmp_path / "a.xlsx", "-o", tmp_path / "b.csv")
    assert (done.exit_code, "gdakg[xlsx]" in done.stderr) == (1, True)


def test_watch_in_words_csv_and_json() -> None:
    words = run("watch")
    assert words.stdout.splitlines()[-1] == (
        "662 curated standards, since 2023-12: 35 revised, 4 replaced, 6 withdrawn"
    )
    assert max(map(len, words.stdout.splitlines())) <= 80
    listed = run("watch", "--since", "2026-03", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    told = {row["standard"]: row for row in rows}
    assert told["ITU-T L.1331"]["after"] == "ITU-T L.1331 (07/2026)"
    assert told["ITU-T L.1331"]["change"] == "revised"
    assert "ITU-T L.1410" not in told
    assert "since 2026-03" in listed.stderr
    answer = json.loads(run("watch", "--format", "json").stdout)
    assert (answer["since"], answer["searched"], len(answer["changes"])) == ("2023-12", 662, 45)


def test_watch_in_chinese() -> None:
    assert run("watch", "--lang", "zh-Hans").stdout.splitlines()[-1] == (
        "收录标准662项，自2023-12起：修订35，被代替4，废止6"
    )


def test_watch_refuses_what_is_no_date() -> None:
    done = run("watch", "--since", "yesterday")
    assert (done.exit_code, "2024-06-30" in done.stderr) == (1, True)
