"""Where the records of a catalogue lie: folders, zip files, git, lines; whole and damaged."""

import gzip
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cataloged import codes, faults, written
from gdakg.catalogues import format_of, reader_for
from gdakg.catalogues.documents import LARGEST
from gdakg.errors import CatalogueError
from gdakg.records import Broken, Record

SPOON = "docid: [{id: 'ISO 9901:2018', type: ISO}]\n"


FORK = "docid: [{id: 'ISO 9902:2018', type: ISO}]\n"


# where Relaton YAML lies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a checkout with an index and settings, which are no records."""
    root = tmp_path / "relaton-data-cutlery"
    written(root / "data" / "a.yaml", SPOON)
    written(root / "data" / "b.yml", FORK)
    written(root / "index-v1.yaml", "- id: ISO 9901:2018")
    written(root / ".github" / "workflows" / "test.yml", "on: push")
    return root


def test_a_folder_holds_a_record_a_file_but_indexes_and_settings(folder: Path) -> None:
    reader = reader_for(folder)
    assert (reader.name, reader.format) == ("cutlery", "relaton")
    assert codes(folder) == ["ISO 9901:2018", "ISO 9902:2018"]
    assert codes(folder / "data") == codes(folder)
    assert codes(folder / "data" / "a.yaml") == ["ISO 9901:2018"]


def test_a_zip_file_is_read_as_the_folder_in_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cutlery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*.y*ml")):
            archive.write(file, f"cutlery-main/{file.relative_to(folder)}")
    assert [found._replace(source="") for found in reader_for(path, "cutlery")] == [
        found._replace(source="") for found in reader_for(folder) if isinstance(found, Record)
    ]


def test_a_damaged_member_of_a_zip_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cutlery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/a.yaml", SPOON)
        archive.writestr("data/b.yaml", FORK)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"9901", b"9999", 1))
    (broken, record) = reader_for(path)
    assert isinstance(broken, Broken) and broken.file == "data/a.yaml"
    assert "damaged: Bad CRC-32" in broken.reason
    assert isinstance(record, Record)


def test_a_repository_of_git_is_read_without_a_checkout(folder: Path, tmp_path: Path) -> None:
    calm = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    bare = tmp_path / "relaton-data-cutlery.git"
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
        ["clone", "-q", "--bare", ".", str(bare)],
    ):
        subprocess.run(["git", *command], cwd=folder, env=calm, check=True)
    assert list(reader_for(bare)) == list(reader_for(folder))


def test_what_is_no_ordinary_file_is_told(folder: Path) -> None:
    os.mkfifo(folder / "data" / "c.yaml")
    assert faults(folder) == [(0, "no ordinary file")]


def test_a_file_too_large_for_a_record_is_told(folder: Path) -> None:
    (folder / "data" / "a.yaml").write_bytes(b"#" * (LARGEST + 1))
    assert faults(folder) == [(0, "the file has 8,388,609 bytes; a record has at most 8,388,608")]


def test_a_member_of_a_zip_file_is_never_unpacked_without_end(tmp_path: Path) -> None:
    path = tmp_path / "cutlery.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.yaml", SPOON + "#" * LARGEST)
    assert path.stat().st_size < 20_000
    ((_, reason),) = faults(path)
    assert reason.endswith("a record has at most 8,388,608")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[" * 100_000, 1, "nested too deep"),
        ("- " * 100_000, 1, "nested too deep"),
        ("a: &a [1, *a]\nb: *c\n", 2, "nothing is called &c"),
        ("a: 1\n? [b]\n: 2\n", 2, "the key of a mapping is no text"),
        ("- ISO 9901:2018", 0, "not a record: its top is no mapping"),
        ("", 0, "not a record: its top is no mapping"),
        ("title: Spoons", 0, "no designation: neither `docid` nor `docidentifier` gives one"),
        ("docid: [{id: '', type: ISO}]", 0, "no designation: neither `docid`"),
    ],
)
def test_what_is_no_record_is_told(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = written(tmp_path / "a.yaml", text)
    ((found_line, found),) = faults(path)
    assert found_line == line and found.startswith(reason)


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"docid:\n- id: \xff\n")
    assert faults(path) == [(2, "not UTF-8")]


# JSON Lines


def test_each_line_is_a_record_or_told_as_broken(tmp_path: Path) -> None:
    path = tmp_path / "tried.jsonl"
    record = '{"id": "ISO 9901:2018", "docids": []}'
    rest = ['{"id": ', "[1]", '{"title": {}}', "", "[" * 100_000, '"\xff"']
    path.write_text("\n".join([record, *rest, record]), encoding="latin-1")
    reader = reader_for(path)
    found = list(reader)
    assert codes(path) == ["ISO 9901:2018"] * 2
    assert [line for line, _ in faults(path)] == [2, 3, 4, 6, 7]
    assert [reason.partition(":")[0] for _, reason in faults(path)] == [
        *("not JSON", "not a record", "no designation", "not a record", "not UTF-8")
    ]
    assert (reader.read, len(found), reader.share) == (7, 7, 1.0), "the blank line is none"


def test_a_file_cut_off_in_the_middle_is_told_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "tried.jsonl.gz"
    lines = "".join(f'{{"id": "ISO {n * 7919}:2018"}}\n' for n in range(5_000))
    whole = gzip.compress(lines.encode())
    path.write_bytes(whole[: len(whole) // 2])
    reader = reader_for(path)
    *records, last = reader
    assert len(records) > 100 and all(isinstance(found, Record) for found in records)
    assert isinstance(last, Broken) and last.line == len(records) + 1
    assert "damaged" in last.reason
    assert reader.read == len(records) + 1


def test_no_reader_can_open_a_connection() -> None:
    program = "import gdakg.catalogues, sys; print('socket' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


# what is no catalogue


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF", "no catalogue that is read; that is a folder, zip file"),
        ("a.json", b'{"XX": 1}', "no catalogue that is read"),
        ("a.xml", b"<feed/>", "no catalogue that is read"),
        ("a.zip", b"PK", "no zip file"),
        ("a.jsonl.gz", b"{}", "cannot be read: Not a gzipped file"),
        ("empty/readme.md", b"", "no record in .*empty: no .yaml"),
    ],
)
def test_what_is_no_catalogue_is_told(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=message):
        list(reader_for(path if path.parent == tmp_path else path.parent))
    with pytest.raises(CatalogueError, match="there is no"):
        format_of(tmp_path / "nothing")
