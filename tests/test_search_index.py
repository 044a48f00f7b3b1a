"""The search index as a file."""

import sqlite3
from pathlib import Path

import pytest

from gdakg.errors import LoadError
from gdakg.indexing import build_index
from gdakg.searching import open_index
from indexed import ROWS, codes


def test_an_index_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "what? #1.sqlite"
    plain = [row[:9] for row in ROWS]  # a tuple of the first nine parts will do
    assert build_index(iter(plain), path) == len(ROWS)
    found = open_index(path)
    assert found.entries == len(ROWS)
    assert codes(found, "noise fans") == ["1", "2", "4", "3"]
    with pytest.raises(FileExistsError):
        build_index(plain, path)
    with pytest.raises(sqlite3.OperationalError):  # open for reading alone
        found._database.execute("DELETE FROM entry")


def test_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        build_index(ROWS, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no index"):
        open_index(tmp_path / "none")
    (tmp_path / "text").write_text("no database, but a text that is long enough" * 99)
    with pytest.raises(LoadError, match="not an index"):
        open_index(tmp_path / "text")
    build_index(ROWS, tmp_path / "old")
    with sqlite3.connect(tmp_path / "old") as database:
        database.execute("UPDATE about SET value = 0 WHERE name = 'format'")
    with pytest.raises(LoadError, match="format 0"):
        open_index(tmp_path / "old")
