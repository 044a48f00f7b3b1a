"""A store on disk: whole whatever happens, refused where it is not ours, one writer at a time."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as og
import pytest

import gdakg
import running
from cataloged import record
from gdakg import importing, stores
from gdakg.engine import Embedded
from gdakg.errors import StoreError
from gdakg.importing import Source, import_catalogues

HERE = Path(__file__).parent

#: points at which an import is killed, and whether the new generation is valid then
POINTS = {
    "reading": False,
    "loading": False,
    "loading on": False,
    "computing": False,
    "indexing": False,
    "before the index": False,
    "marked": False,
    "renamed": False,
    "in place": True,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one catalogue, not to be changed."""
    path = tmp_path_factory.mktemp("made") / "s"
    import_catalogues(path, [Source("old", [record("ISO 99901:2015", issued="2015")])])
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a copy of the store."""
    shutil.copytree(made, tmp_path / "s")
    return tmp_path / "s"


def killed(path: Path, point: str) -> None:
    command = [sys.executable, str(HERE / "killed_import.py"), str(path), point]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def is_whole(path: Path) -> bool:
    """Return whether the store answers, and holds what its manifest says."""
    kg = gdakg.open_store(path)
    assert kg.standard("ISO 99901").code == "ISO 99901"
    assert kg.standard("L.1470").code == "ITU-T L.1470"
    assert kg.search("ISO 99901")
    return bool(len(kg) == stores.manifest(path)["triples"])


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_import_leaves_a_whole_store(store: Path, point: str) -> None:
    before = stores.manifest(store)
    killed(store, point)
    assert is_whole(store)
    if POINTS[point]:
        assert sorted(stores.manifest(store)["catalogues"]) == ["new", "old"]
    else:
        assert stores.manifest(store) == before
    import_catalogues(store, [Source("next", [record("ISO 99902:2015")])])
    assert is_whole(store)
    assert sorted(entry.name for entry in store.iterdir()) == sorted(
        [stores.manifest(store)["generation"], "lock", "manifest.json"]
    )


@pytest.mark.parametrize("point", ["loading", "renamed"])
def test_a_killed_first_import_can_be_begun_again(tmp_path: Path, point: str) -> None:
    path = tmp_path / "s"
    killed(path, point)
    with pytest.raises(StoreError, match="the first import into this store has not ended"):
        gdakg.open_store(path)
    import_catalogues(path, [Source("old", [record("ISO 99901:2015")])])
    assert is_whole(path)


def test_ctrl_c_leaves_the_store_as_it_was(store: Path) -> None:
    before = stores.manifest(store), sorted(store.iterdir())

    def interrupted(_: str, doing: str, *__: object) -> None:
        if doing == "loading":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_catalogues(store, [Source("new", [record("ISO 99903:2020")])], interrupted)
    assert (stores.manifest(store), sorted(store.iterdir())) == before
    assert is_whole(store)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        RuntimeError("IO: No space left on device"),
        OSError("x: database or disk is full"),
    ],
)
def test_a_full_disk_is_told_and_leaves_the_store_as_it_was(
    store: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    before = stores.manifest(store), sorted(store.iterdir())

    def full(*_: Any) -> None:
        raise error

    monkeypatch.setattr(importing, "build_index", full)
    with pytest.raises(StoreError, match="the disk is full; the store is as before"):
        import_catalogues(store, [Source("new", [record("ISO 99903:2020")])])
    assert (stores.manifest(store), sorted(store.iterdir())) == before
    assert is_whole(store)


def test_a_reader_keeps_what_it_opened_while_the_store_is_renewed(store: Path) -> None:
    kg = gdakg.open_store(store)
    import_catalogues(store, [Source("old", [record("ISO 99904:2020")])])
    assert kg.standard("ISO 99901").code == "ISO 99901"
    assert gdakg.open_store(store).standard("ISO 99904").code == "ISO 99904"


def test_a_second_writer_is_told_who_writes(store: Path) -> None:
    with (
        stores.next_generation(store) as draft,
        pytest.raises(StoreError, match=f"process {os.getpid()} is writing into this store"),
    ):
        draft.manifest |= stores.manifest(store)
        import_catalogues(store, [Source("new", [])])


def test_a_foreign_folder_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="refused: it holds other files and is no store of gdakg"):
        import_catalogues(tmp_path, [Source("new", [])])
    with pytest.raises(StoreError, match=r"no store of gdakg \(no manifest.json in it\)"):
        gdakg.open_store(tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_an_engine_store_of_another_program_is_refused(tmp_path: Path) -> None:
    og.Store(str(tmp_path)).flush()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError, match="refused: it holds other files"):
        import_catalogues(tmp_path, [Source("new", [])])
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"what": "npm"}', "its manifest is another program's"),
        ("[]", "its manifest is another program's"),
        ("{", "not JSON"),
        ('{"what": "gdakg store", "format": 99}', "a store of format 99"),
        ('{"what": "gdakg store", "format": 1}', "names no generation"),
        ('{"what": "gdakg store", "format": 1, "generation": "g-/../.."}', "names no generation"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(StoreError, match=message):
        gdakg.open_store(tmp_path)


def test_a_damaged_store_is_told(store: Path) -> None:
    graph = stores.generation(store) / "graph"
    (graph / "CURRENT").write_text("MANIFEST-999999\n")
    with pytest.raises(StoreError, match="damaged"):
        gdakg.open_store(store)


def test_a_store_cannot_be_written_by_a_query(store: Path) -> None:
    kg = gdakg.open_store(store)
    assert isinstance(kg.engine, Embedded)
    with pytest.raises(RuntimeError, match="only possible on read-write"):
        kg.engine.store.add(og.Quad(og.NamedNode("x:a"), og.NamedNode("x:b"), og.NamedNode("x:c")))


def extract(path: Path, *codes: str) -> Path:
    """Write a catalogue in our extract's format."""
    lines = [
        {"id": code, "body": "ISO", "title": {"en": f"Title of {code}"}, "published": code[-4:]}
        for code in codes
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{torn\n")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    done = running.run(*arguments)
    return done.exit_code, done.stdout, done.stderr


def test_the_commands_import_list_and_tell(tmp_path: Path) -> None:
    file = extract(tmp_path / "mine.jsonl", "ISO 99901:2015", "ISO 99902:2016")
    store = str(tmp_path / "s")
    code, out, told = run(
        *("catalogue", "import", "mine", str(file), "--store", store),
        *("--snapshot", "2025-06-02", "--licence", "CC0"),
    )
    assert (code, out) == (0, "")
    assert told.splitlines()[0] == (
        "mine: 3 records read = 2 stated + 0 merged + 0 variants left out + 1 broken"
    )
    assert "each is listed in" in told
    _, listed, _ = run("catalogue", "list", "--store", store)
    assert listed.splitlines()[1].split()[:7] == ["mine", "2025-06-02", "3", "2", "0", "0", "1"]
    _, status, _ = run("catalogue", "status", "--store", store)
    assert "catalogues" in status
    assert "mine" in status
    _, status, _ = run("catalogue", "status", "mine", "--store", store)
    facts = dict(line.split("  ", 1) for line in status.splitlines())
    told_facts = {key: value.strip() for key, value in facts.items()}
    assert told_facts["licence"] == "CC0"
    assert told_facts["broken"] == "1"
    assert "mine.jsonl,3," in Path(told_facts["report"]).read_text()
    _, shown, _ = run("show", "ISO 99902", "--store", store)
    assert "Title of ISO 99902:2016" in shown
    _, shown, _ = run("query", "editions", "-p", "thing=ISO 99902", "--store", store)
    assert "2016" in shown


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("show", "L.1470", "--store", "S", "--endpoint", "http://x"),
            2,
            "--endpoint asks another",
        ),
        (("show", "L.1470", "--store", "S", "--data", "x.ttl"), 2, "--store asks another one"),
        (("show", "L.1470", "--store", "none"), 1, "there is no store"),
        (("catalogue", "list", "--store", "none"), 1, "there is no store"),
        (("catalogue", "status", "x", "--store", "S"), 1, "no catalogue 'x'; there are: old"),
        (("catalogue", "import", "x", "none.jsonl", "--store", "S"), 1, "none.jsonl"),
        (("catalogue", "import", "X Y", "F", "--store", "S"), 2, "no name for a catalogue"),
        (
            ("catalogue", "import", "x", "F", "--store", "S", "--snapshot", "June"),
            2,
            "no date: 'June'",
        ),
    ],
)
def test_a_wrong_command_is_told(
    made: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    file = extract(tmp_path / "f.jsonl", "ISO 1:2000")
    places = {"S": str(made), "F": str(file)}
    exit_code, _, told = run(*(places.get(argument, argument) for argument in arguments))
    assert exit_code == code
    assert message in told
