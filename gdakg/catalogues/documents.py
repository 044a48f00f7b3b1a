"""The YAML files of a Relaton catalogue, wherever they lie: folder, zip, git repository or one."""

import os
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from gdakg.errors import CatalogueError

#: a file longer than this holds no record
LARGEST: Final = 8 * 1024 * 1024
SUFFIXES: Final = (".yaml", ".yml")
#: git asks nobody for what it lacks, and writes nothing
_CALM: Final = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}

#: the content of a file, or why there is none
Content = bytes | str


def is_document(name: str) -> bool:
    """Tell whether a file is one record: not an index, not hidden, not a setting.

    >>> [is_document(name) for name in ("data/iso-9001.yaml", "index-v1.yaml", ".ci/a.yml")]
    [True, False, False]
    """
    path = PurePosixPath(name)
    if path.suffix.lower() not in SUFFIXES or any(part[:1] in ("_", ".") for part in path.parts):
        return False
    return not path.name.startswith("index")


def is_repository(path: Path) -> bool:
    """Tell whether `path` is a git repository without its files beside it."""
    return (path / "HEAD").is_file() and (path / "objects").is_dir()


def documents(path: Path) -> tuple[int, Iterator[tuple[str, Content]]]:
    """Return how many documents `path` holds, and each with its name, sorted by name.

    Raises CatalogueError where `path` holds none or is no such thing.
    """
    if path.is_file() and path.suffix.lower() in SUFFIXES:
        return 1, iter([(path.name, _content(path))])
    if path.is_file():
        return _zipped(path)
    return _in_git(path) if is_repository(path) else _in_folder(path)


def _some(names: list[str], path: Path) -> list[str]:
    """Return those of `names` that are documents; of a repository those in its `data`."""
    found = sorted(filter(is_document, names))
    data = [name for name in found if "data" in PurePosixPath(name).parts[:2]]
    if not found:
        raise CatalogueError(f"no record in {path}: no .yaml or .yml file but indexes")
    return data or found


def _in_folder(path: Path) -> tuple[int, Iterator[tuple[str, Content]]]:
    found = []
    for folder, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [(Path(folder) / name).relative_to(path).as_posix() for name in files]
    names = _some(found, path)
    return len(names), ((name, _content(path / name)) for name in names)


def _content(path: Path) -> Content:
    try:
        if not path.is_file():  # a pipe or device would give bytes without end
            return "no ordinary file"
        if path.stat().st_size > LARGEST:
            return _too_large(path.stat().st_size)
        return path.read_bytes()
    except OSError as fault:
        return f"the file cannot be read: {fault.strerror}"


def _too_large(size: int) -> str:
    return f"the file has {size:,} bytes; a record has at most {LARGEST:,}"


def _zipped(path: Path) -> tuple[int, Iterator[tuple[str, Content]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = _some(archive.namelist(), path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        if isinstance(fault, CatalogueError):
            raise
        raise CatalogueError(f"{path} is no zip file: {fault}") from None
    return len(names), _unzipped(path, names)


def _unzipped(path: Path, names: list[str]) -> Iterator[tuple[str, Content]]:
    with zipfile.ZipFile(path) as archive:
        for name in names:
            yield name, _member(archive, name)


def _member(archive: zipfile.ZipFile, name: str) -> Content:
    try:
        with archive.open(name) as file:
            # What the archive says of the size may be a lie.
            content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as fault:
        return f"the archive is damaged: {fault}"
    return content if len(content) <= LARGEST else _too_large(archive.getinfo(name).file_size)


def _git(path: Path, *arguments: str) -> list[str]:
    return ["git", "-c", "core.fsmonitor=false", "-C", str(path), *arguments]


def _in_git(path: Path) -> tuple[int, Iterator[tuple[str, Content]]]:
    command = _git(path, "ls-tree", "-r", "-z", "--format=%(objectname) %(path)", "HEAD")
    try:
        listing = subprocess.run(
            command, capture_output=True, check=True, env=os.environ | _CALM
        ).stdout.decode("utf-8", "replace")
    except FileNotFoundError:
        raise CatalogueError(f"{path} is a git repository, and no git is installed") from None
    except subprocess.CalledProcessError as fault:
        told = fault.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise CatalogueError(f"git cannot read {path}: {' '.join(told)}") from None
    blobs = {}
    for entry in filter(None, listing.split("\0")):
        blob, _, name = entry.partition(" ")
        blobs[name] = blob
    names = _some(list(blobs), path)
    return len(names), _blobs(path, [(name, blobs[name]) for name in names])


def _blobs(path: Path, files: list[tuple[str, str]]) -> Iterator[tuple[str, Content]]:
    with subprocess.Popen(
        _git(path, "cat-file", "--batch"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | _CALM,
    ) as process:
        asked, told = process.stdin, process.stdout
        assert asked is not None and told is not None
        for name, blob in files:
            asked.write(f"{blob}\n".encode())
            asked.flush()
            head = told.readline().split()
            if len(head) != 3 or head[1] != b"blob":
                yield name, "git lacks the content of the file"
                continue
            content = told.read(int(head[2]))
            told.read(1)
            yield name, content if len(content) <= LARGEST else _too_large(len(content))
        asked.close()
