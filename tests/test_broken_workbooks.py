"""Workbooks that are damaged, each in one way: refused in one line, whatever openpyxl raises."""

import io
import random
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gdakg.errors import SheetError
from gdakg.spreadsheets import plain, read, written

openpyxl = pytest.importorskip("openpyxl")

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"


def parts() -> Parts:
    """Return the files within a whole workbook."""
    book = openpyxl.Workbook()
    book.active.append(["code", "number"])
    for number in range(20):
        book.active.append([f"ISO {number}", number + 0.5])
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(path: Path, content: Parts) -> Path:
    """Write an .xlsx file of `content`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in content.items():
            file.writestr(name, text)
    return path


def cells(path: Path) -> list[list[str]]:
    with read(path) as table:
        return [[plain(cell) for cell in row] for row in table.rows]


def changed(name: str, pattern: str, text: str) -> Callable[[Parts], Parts]:
    """Return what replaces the first `pattern` in the file `name` of a workbook by `text`."""

    def change(content: Parts) -> Parts:
        found, count = re.subn(pattern, text, content[name].decode(), count=1)
        assert count == 1, pattern
        return content | {name: found.encode()}

    return change


def test_a_whole_one_is_read(tmp_path: Path) -> None:
    found = cells(packed(tmp_path / "list.xlsx", parts()))
    assert (len(found), found[2]) == (21, ["ISO 1", "1.5"])


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content | {SHEET: content[SHEET][:-40]},
        lambda content: content | {"xl/workbook.xml": b"no xml"},
        lambda content: {n: c for n, c in content.items() if n != "[Content_Types].xml"},
        lambda content: {n: c for n, c in content.items() if n != SHEET},
        lambda content: content | {"[Content_Types].xml": b"<Types/>"},
        lambda content: {},
        changed(SHEET, 'r="A2"', 'r="2A"'),
        changed(SHEET, r"<v>0\.5</v>", "<v>half</v>"),
        changed(SHEET, '<row r="3"', '<row r="three"'),
        changed(SHEET, '<row r="3"', '<row r="99999999999"'),
        changed(SHEET, '<c r="B2"', '<c s="77" r="B2"'),
        changed(SHEET, '<c r="B2"', '<c r="ZZZZZZ2"'),
        changed("docProps/core.xml", r"(<dcterms:created[^>]*>)[^<]*", r"\1yesterday"),
    ],
    ids=[
        *("cut-off XML", "no XML", "no list of parts", "no sheet", "no workbook", "nothing"),
        *("no place", "no number", "no row", "a row beyond all", "no style", "no column"),
        "no date",
    ],
)
def test_a_damaged_part_is_told_in_one_line(
    tmp_path: Path, damage: Callable[[Parts], Parts]
) -> None:
    path = packed(tmp_path / "list.xlsx", damage(parts()))
    with pytest.raises(SheetError) as caught:
        cells(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"code,title\n",
        lambda content: content[: len(content) // 2],
        lambda content: content[:60] + bytes(200) + content[260:],
        # the mark of an encrypted file, in the list at the end of the archive
        lambda content: re.sub(
            rb"(?s)(PK\x01\x02....)..", lambda found: found[1] + b"\1\0", content
        ),
    ],
    ids=["empty", "a csv", "cut off", "overwritten", "encrypted"],
)
def test_a_damaged_archive_is_told_in_one_line(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = packed(tmp_path / "list.xlsx", parts())
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(SheetError, match=r"no readable \.xlsx file") as caught:
        cells(path)
    assert "\n" not in str(caught.value)


def test_whatever_is_changed_nothing_else_is_raised() -> None:
    """300 workbooks with a few bytes of a part changed, always the same."""
    chosen = random.Random(20261122)
    whole = parts()
    refused = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        for _ in range(300):
            name = chosen.choice([SHEET, SHEET, *whole])
            text = bytearray(whole[name])
            for _ in range(chosen.randint(1, 4)):
                text[chosen.randrange(len(text))] = chosen.randrange(32, 127)
            packed(path, whole | {name: bytes(text)})
            try:
                with read(path) as table:
                    for _, row in zip(range(100), table.rows, strict=False):
                        assert all(isinstance(plain(cell), str) for cell in row)
            except SheetError:
                refused += 1
    assert 30 < refused < 300


def test_nothing_is_left_beside_what_was_not_written(tmp_path: Path) -> None:
    source = packed(tmp_path / "list.xlsx", parts())
    for name in ("out.xlsx", "out.csv"):
        target = tmp_path / name
        target.write_bytes(b"as before")
        with pytest.raises(KeyboardInterrupt), written(target, source) as writer:
            writer.row(["a"])
            raise KeyboardInterrupt
        assert target.read_bytes() == b"as before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.xlsx", "out.csv", "out.xlsx"]
