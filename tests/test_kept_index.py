"""The index of the bundled graph in the user's cache: quick, and never somebody else's word."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as og
import pytest

import gdakg
from gdakg import bundled_index
from gdakg.indexing import Entry
from gdakg.paths import turtle_files
from gdakg.searching import index_of


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an empty cache that this test alone sees."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "gdakg"


def found(text: str = "L1470") -> list[str]:
    return [hit.code for hit in gdakg.load().search(text)]


def kept(folder: Path) -> Path:
    """Return the one file in the cache."""
    [path] = folder.iterdir()
    return path


def forged(folder: Path, *, name: str) -> None:
    """Put an index of one invented standard in the place of the one kept, checksum and all."""
    path = kept(folder)
    head = path.read_bytes()[: len(bundled_index._MAGIC)]
    key = path.read_bytes()[bundled_index._HEAD :][:32]
    rest = key + index_of([Entry("x:1", "standard", name, {"en": "forged"})]).content()
    path.write_bytes(head + hashlib.sha256(rest).digest() + rest)


def test_an_index_is_made_once_and_answers_the_same(cache: Path) -> None:
    first = [hit.code for hit in gdakg.load().search("data centre energy")]
    made = kept(cache).stat()
    with patch.object(bundled_index, "index_of", side_effect=AssertionError("made anew")):
        again = gdakg.load()
        assert [hit.code for hit in again.search("data centre energy")] == first
        assert again.index.near("ISO 14607") == ["ISO 14067"]
    assert kept(cache).stat().st_mtime_ns == made.st_mtime_ns
    assert len(first) == 20


def test_only_the_user_can_read_or_write_the_folder(cache: Path) -> None:
    found()
    assert cache.stat().st_mode & 0o777 == 0o700


def test_what_is_kept_is_what_is_read(cache: Path) -> None:
    """The check of the checks below: with all in order, a file of the right form is believed."""
    found()
    forged(cache, name="EX 99999")
    assert found("EX 99999") == ["EX 99999"]


@pytest.mark.parametrize(
    "damaged",
    [
        lambda content: b"",
        lambda content: content[:200],
        lambda content: content[:-1],
        lambda content: content[:5_000] + bytes([content[5_000] ^ 1]) + content[5_001:],
        lambda content: b"SQLite format 3\0" + content,
    ],
    ids=["empty", "cut off", "one byte short", "one bit changed", "another form"],
)
def test_a_damaged_file_is_made_anew(cache: Path, damaged: object) -> None:
    found()
    whole = kept(cache).read_bytes()
    kept(cache).write_bytes(damaged(whole))  # type: ignore[operator]
    assert found()[0] == "ITU-T L.1470"
    assert kept(cache).read_bytes() == whole


def test_a_whole_checksum_over_no_database_is_made_anew(cache: Path) -> None:
    found()
    path = kept(cache)
    rest = path.read_bytes()[bundled_index._HEAD :][:32] + b"no database" * 1_000
    path.write_bytes(bundled_index._MAGIC + hashlib.sha256(rest).digest() + rest)
    assert found()[0] == "ITU-T L.1470"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_others_could_have_written_is_not_believed(cache: Path, what: str) -> None:
    found()
    forged(cache, name="EX 99999")
    (kept(cache) if what == "file" else cache).chmod(0o777)
    assert found("EX 99999") == []
    assert found()[0] == "ITU-T L.1470"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_a_file_of_somebody_else_is_not_believed(cache: Path) -> None:
    found()
    forged(cache, name="EX 99999")
    with patch.object(os, "getuid", return_value=os.getuid() + 1):
        assert found("EX 99999") == []


def test_a_link_to_elsewhere_is_not_followed(cache: Path, tmp_path: Path) -> None:
    found()
    forged(cache, name="EX 99999")
    elsewhere = kept(cache).rename(tmp_path / "elsewhere")
    found()
    (path,) = cache.iterdir()
    path.unlink()
    path.symlink_to(elsewhere)
    assert found("EX 99999") == []


def test_a_change_of_the_graph_is_another_index(
    cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found()
    before = kept(cache).name
    extra = tmp_path / "extra.ttl"
    extra.write_text("# one more file of the graph\n")
    files = turtle_files()
    monkeypatch.setattr(bundled_index, "turtle_files", lambda: [*files, extra])
    found()
    assert len({before, *(path.name for path in cache.iterdir())}) == 2


def test_files_of_the_user_and_what_is_added_are_found(cache: Path, tmp_path: Path) -> None:
    found()
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "<https://w3id.org/gdakg/id/std/ex/1> a <https://w3id.org/gdakg/def#Standard> ;"
        ' <http://purl.org/dc/terms/identifier> "EX 1" .'
    )
    assert [hit.code for hit in gdakg.load(mine).search("EX 1")] == ["EX 1"]
    kg = gdakg.load()
    store = kg.engine.store  # type: ignore[attr-defined]
    store.load(path=str(mine), format=og.RdfFormat.TURTLE)
    assert [hit.code for hit in kg.search("EX 1")] == ["EX 1"]
    assert [hit.code for hit in gdakg.load().search("EX 1")] == []
    kept(cache)


@pytest.mark.parametrize("blocked", ["a file is there", "read only", "not absolute"])
def test_a_cache_that_cannot_be_written_is_done_without(
    cache: Path, monkeypatch: pytest.MonkeyPatch, blocked: str
) -> None:
    if blocked == "a file is there":
        cache.parent.write_text("")
    elif blocked == "read only":
        monkeypatch.setattr(bundled_index, "replace", lambda *_: (_ for _ in ()).throw(OSError()))
    else:
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        monkeypatch.setenv("HOME", str(cache.parent / "home"))
    assert found()[0] == "ITU-T L.1470"
    assert not cache.is_dir() or not list(cache.iterdir())
    assert not Path("relative").exists()


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert bundled_index.cache_folder() is None


def test_two_at_once_do_not_disturb_each_other(cache: Path) -> None:
    program = "import gdakg; print(gdakg.load().search('L1470')[0].code)"
    started = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [each.communicate(timeout=60)[0] for each in started] == ["ITU-T L.1470\n"] * 3
    kept(cache)  # one file, and no draft beside it


def test_old_ones_go(cache: Path) -> None:
    found()
    for number in range(6):
        old = cache / f"search-{number:016}.index"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    (cache / "notes.txt").write_text("not ours")
    next(path for path in cache.glob("search-*") if path.stat().st_size).unlink()
    found()
    names = sorted(path.name for path in cache.iterdir())
    assert len(names) == 5
    assert "notes.txt" in names
    assert f"search-{5:016}.index" in names
    assert f"search-{0:016}.index" not in names


def test_all_that_makes_an_index_is_part_of_its_name() -> None:
    package = Path(bundled_index.__file__).parent
    for name in bundled_index._MAKERS:
        assert list(package.glob(name)), name
