"""The search index of the bundled graph, made once and kept in the user's cache.

What is kept is found by what it was made of: the files of the graph, our code that makes an index
of them, and the SQLite that stores it.  A file is believed only if it is the user's own, lies where
nobody else can put one, and has the checksum that stands in it; anything else is made anew.
"""

import contextlib
import hashlib
import os
import re
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from gdakg.indexing import FORMAT, Row
from gdakg.paths import turtle_files
from gdakg.searching import Index, index_of
from gdakg.writing import replace

#: how a file begins; behind it stand the checksum of what follows, the key, and the database
_MAGIC: Final = b"gdakg search index 1\n"
_HEAD: Final = len(_MAGIC) + hashlib.sha256().digest_size
#: neither what a link leads to is read, nor a pipe that waits
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
#: so many are kept, for several installations beside each other
_KEPT: Final = 4
#: what of our code decides what an index of the same graph holds
_MAKERS: Final = (
    "findable.py",
    "folding.py",
    "indexing.py",
    "script_pairs.txt",
    "identifiers/*.py",
)


def bundled_index(rows: Iterable[Row]) -> Index:
    """Return the index of the bundled graph: the one kept, else that of `rows`, which is kept.

    Where nothing can be kept, because the folder cannot be written or is somebody else's, it is
    made each time.
    """
    folder = cache_folder()
    if folder is None or not hasattr(sqlite3.Connection, "deserialize"):
        return index_of(rows)
    key = _key()
    path = folder / f"search-{key.hex()[:16]}.index"
    if kept := _read(path, key):
        return kept
    made = index_of(rows)
    with contextlib.suppress(OSError):
        _keep(path, key, made.content())
    return made


def cache_folder() -> Path | None:
    """Return where the user's system keeps what can be made anew; None if it does not tell.

    XDG_CACHE_HOME decides wherever it is set.
    """
    chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if chosen.is_absolute():
        return chosen / "gdakg"
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", ""))
        return local / "gdakg" / "Cache" if local.is_absolute() else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return home / caches / "gdakg" if home.is_absolute() else None


def _key() -> bytes:
    """Return what tells the index of this graph by this code from every other."""
    package = Path(__file__).parent
    makers = [file for name in _MAKERS for file in sorted(package.glob(name))]
    digest = hashlib.sha256(f"{FORMAT} {sqlite3.sqlite_version} {sys.byteorder}".encode())
    for path in (*turtle_files(), *makers):
        digest.update(f"\0{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _read(path: Path, key: bytes) -> Index | None:
    """Return the index kept in `path`, None if there is none that can be believed."""
    try:
        if not _is_ours(path.parent.lstat(), stat.S_ISDIR):
            return None
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            if not _is_ours(os.fstat(file.fileno()), stat.S_ISREG):
                return None
            head, rest = file.read(_HEAD), file.read()
    except OSError:
        return None
    if head != _MAGIC + hashlib.sha256(rest).digest() or not rest.startswith(key):
        return None
    database = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        database.deserialize(rest.removeprefix(key))
        return Index(database)
    except (sqlite3.Error, LookupError):
        return None


def _is_ours(found: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Return whether a file or folder is the user's, and written by nobody else."""
    if not is_kind(found.st_mode):
        return False
    if not hasattr(os, "getuid"):  # where there are no such owners, the folder is the user's own
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _keep(path: Path, key: bytes, database: bytes) -> None:
    """Put an index in its place, whole or not at all, and remove the oldest beside it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _is_ours(path.parent.lstat(), stat.S_ISDIR):
        return
    rest = key + database
    replace(path, _MAGIC + hashlib.sha256(rest).digest() + rest)
    others = [
        each
        for each in path.parent.iterdir()
        if re.fullmatch(r"search-[0-9a-f]{16}\.index", each.name)
    ]
    for old in sorted(others, key=lambda each: each.stat().st_mtime, reverse=True)[_KEPT:]:
        old.unlink(missing_ok=True)
