"""Lists that tests give to `gdakg match`, and what it makes of them."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl

from running import run

HEADINGS = [
    *("code", "title", "body", "edition asked for", "current edition", "current since", "status"),
    *("replaced by", "aligned with", "pillars (our judgement)", "areas (our judgement)"),
    *("gaps (our inference)", "note"),
]
#: the columns that `gdakg match` adds
OURS = [f"gdakg: {heading}" for heading in HEADINGS]


def matched(tmp_path: Path, content: bytes | str, *arguments: str) -> list[list[str]]:
    """Return the rows that `gdakg match` writes for a list with `content`."""
    source, target = tmp_path / "list.csv", tmp_path / "out.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("match", source, "-o", target, *arguments)
    assert done.exit_code == 0, done.output
    return rows_of(target)


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of a csv file that we wrote."""
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
    """Return the cell of a row in our column of that heading."""
    return rows[row][rows[0].index(f"gdakg: {heading}")]


def workbook(path: Path, rows: list[list[Any]]) -> None:
    """Write a workbook with a sheet "mine" of `rows` and a sheet "other"."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "mine"
    for row in rows:
        sheet.append(row)
    book.create_sheet("other").append(["L.1480"])
    book.save(path)


def values(path: Path) -> list[list[Any]]:
    """Return what the cells of the first sheet hold."""
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    return [[each.value for each in row] for row in book.active.iter_rows()]
