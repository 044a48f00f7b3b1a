"""What `gdakg match` cannot read or write: one line, and no file half written."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gdakg.errors import SheetError
from gdakg.spreadsheets import read, written
from listed import left, run


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


def test_an_error_in_the_block_is_the_callers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n")
    with pytest.raises(KeyError), read(tmp_path / "a.csv"):
        raise KeyError
    with (
        pytest.raises(SheetError, match="the list itself"),
        written(tmp_path / "a.csv", tmp_path / "a.csv"),
    ):
        pass
