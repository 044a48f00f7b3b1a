"""A csv of one's own as a catalogue, from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import gdakg
from gdakg.cli import main

LIST = "序号,标准编号,名称\n1,ISO 99901:2020,勺子修理\n2,,\n"


def imported(folder: Path, content: bytes, *options: str) -> Result:
    (folder / "mine.csv").write_bytes(content)
    command = ["catalogue", "import", "mine", str(folder / "mine.csv")]
    return CliRunner().invoke(main, [*command, "--store", str(folder / "s"), *options])


def test_headings_in_any_language_can_be_named(tmp_path: Path) -> None:
    named = ["--column", "designation=标准编号", "--column", "title@zh-Hans=名称"]
    done = imported(tmp_path, LIST.encode(), *named)
    assert done.exit_code == 0, done.stderr
    assert done.stderr.startswith("mine: 2 records read = 1 stated + 0 merged")
    [found] = gdakg.open_store(tmp_path / "s").search("勺子")
    assert (found.code, found.title("zh-Hans")) == ("ISO 99901", "勺子修理")


def test_one_code_is_told_as_one(tmp_path: Path) -> None:
    done = imported(tmp_path, b"code\nno code at all\n")
    assert "\n1 code could not be taken apart\n" in done.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (LIST.encode(), "as in --column designation=HEADING, of 序号, 标准编号, 名称"),
        (LIST.encode("gb18030"), "a csv is read as UTF-8"),
        (b"", "is empty"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_in_one_line(
    tmp_path: Path, content: bytes, told: str
) -> None:
    done = imported(tmp_path, content)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert told in done.stderr


@pytest.mark.parametrize("column", ["designation", "=code", "designation="])
def test_a_column_without_its_heading_is_a_usage_error(tmp_path: Path, column: str) -> None:
    done = imported(tmp_path, LIST.encode(), "--column", column)
    assert done.exit_code == 2
    assert "FIELD=HEADING" in done.stderr
