"""A store: a folder that holds the bundled graph and imported catalogues, to be asked from disk.

    catalogue.store/
        manifest.json   what, when, counts, format; names the generation that is valid
        lock            held by who writes
        g-.../          a generation: graph/ (of the engine), and what else belongs to it

A generation never changes.  Who writes builds a new one in a folder `new-...`, renames it into
place and then puts the new manifest over the old in one step; whatever ends a writer before that
step leaves the old generation valid, and what it leaves lying is swept away by the next one.
"""

import contextlib
import errno
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as og

from gdakg.errors import StoreError

#: what a manifest says of itself, and the version of this layout
WHAT: Final = "gdakg store"
FORMAT: Final = 1

MANIFEST: Final = "manifest.json"
_LOCK: Final = "lock"
_NEW: Final = "new-"
_GENERATION: Final = "g-"
_TRIES: Final = 10
#: how the engine and the index say that the disk is full
_SHORT: Final = ("No space left", "disk is full")

Manifest = dict[str, Any]


class Draft:
    """A generation under way: its folder, and the valid one that it will follow."""

    def __init__(self, folder: Path, old: Manifest | None, old_folder: Path | None) -> None:
        """Take the new folder, and manifest and folder of the valid generation if there is one."""
        self.folder = folder
        self.old = old
        self.old_folder = old_folder
        self.manifest: Manifest = {}

    @property
    def graph(self) -> Path:
        """The folder of the engine in the new generation."""
        return self.folder / "graph"


def manifest(path: str | os.PathLike[str]) -> Manifest:
    """Return the manifest of the store at `path`.  Raises StoreError for what is no store."""
    folder = Path(path)
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StoreError(_missing(folder)) from None
    except NotADirectoryError:
        raise StoreError(f"{folder}: a file; a store of gdakg is a folder") from None
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: {getattr(error, 'strerror', None) or error}") from error
    try:
        found = json.loads(text)
    except ValueError as error:
        raise StoreError(f"{folder / MANIFEST}: not JSON: {error}") from error
    if not isinstance(found, dict) or found.get("what") != WHAT:
        raise StoreError(f"{folder}: no store of gdakg; its manifest is another program's")
    if found.get("format") != FORMAT:
        raise StoreError(
            f"{folder}: a store of format {found.get('format')}, and this gdakg reads format "
            f"{FORMAT}; import its catalogues anew"
        )
    return found


def generation(path: str | os.PathLike[str]) -> Path:
    """Return the folder of the valid generation of the store at `path`.  Raises StoreError."""
    name = manifest(path).get("generation")
    if not isinstance(name, str) or not name.startswith(_GENERATION) or Path(name).name != name:
        raise StoreError(f"{path}: the manifest names no generation; import its catalogues anew")
    return Path(path) / name


def engine_store(path: str | os.PathLike[str]) -> og.Store:
    """Return the engine's store at `path`, for reading only.  Raises StoreError."""
    folder = generation(path)
    try:
        return og.Store.read_only(str(folder / "graph"))
    except (OSError, RuntimeError) as error:
        if generation(path) != folder:  # somebody has just put the next one in place
            return engine_store(path)
        raise StoreError(f"{path}: damaged ({error}); import its catalogues anew") from error


@contextlib.contextmanager
def next_generation(path: str | os.PathLike[str]) -> Iterator[Draft]:
    """Give a draft of the next generation, and put it in place at the end of the block.

    Makes the store if there is none.  If the block raises, the store is as before.  Raises
    StoreError for a folder that is no store, while somebody else writes, and if the disk is full.
    """
    folder = Path(path)
    _claim(folder)
    with _locked(folder):
        old = manifest(folder) if (folder / MANIFEST).exists() else None
        _sweep(folder, old)
        fresh = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
        draft = Draft(fresh, old, generation(folder) if old else None)
        try:
            yield draft
            _put_in_place(folder, draft)
        except BaseException as error:
            _removed(fresh)
            if _is_full(error):
                state = "the store is as before" if old else "nothing is imported"
                raise StoreError(f"{folder}: the disk is full; {state}") from error
            raise
        _sweep(folder, draft.manifest)


def _missing(folder: Path) -> str:
    """Return why there is no manifest in `folder`, for a reader."""
    if not folder.exists():
        return f"{folder}: there is no store; gdakg catalogue import makes one"
    if _is_ours(folder):
        return f"{folder}: the first import into this store has not ended"
    return f"{folder}: no store of gdakg (no {MANIFEST} in it)"


def _is_ours(folder: Path) -> bool:
    """Return whether `folder` holds nothing, or only what a first import leaves if it is ended."""
    return all(
        entry.name == _LOCK or entry.name.startswith((_NEW, _GENERATION))
        for entry in folder.iterdir()
    )


def _claim(folder: Path) -> None:
    """Make `folder` if it is not there.  Raises StoreError if it is somebody else's."""
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise StoreError(f"{folder}: a file; a store of gdakg is a folder") from None
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error
    if (folder / MANIFEST).exists():
        manifest(folder)
    elif not _is_ours(folder):
        raise StoreError(f"{folder}: refused: it holds other files and is no store of gdakg")


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep others from writing into the store.  Raises StoreError while somebody does."""
    import fcntl  # where there is none, a store can be read

    try:
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = os.read(descriptor, 20).decode("ascii", "replace").strip()
            raise StoreError(
                f"{folder}: process {who or 'unknown'} is writing into this store; try again "
                "when it has ended"
            ) from None
        with contextlib.suppress(OSError):  # a full disk is found soon enough
            os.truncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _put_in_place(folder: Path, draft: Draft) -> None:
    """Make the draft the valid generation."""
    name = _GENERATION + draft.folder.name.removeprefix(_NEW)
    draft.manifest |= {"what": WHAT, "format": FORMAT, "generation": name}
    text = json.dumps(draft.manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    written = draft.folder / MANIFEST  # marks the generation, too
    with written.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside = folder / f"{_NEW}{MANIFEST}"
    shutil.copyfile(written, beside)
    draft.folder.rename(folder / name)
    beside.replace(folder / MANIFEST)


def _sweep(folder: Path, valid: Manifest | None) -> None:
    """Remove what ended writers left, and generations that are not valid."""
    kept = valid["generation"] if valid else None
    for entry in folder.iterdir():
        if entry.name.startswith((_NEW, _GENERATION)) and entry.name != kept:
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


def _removed(folder: Path) -> None:
    """Remove `folder`, into which the engine may write for a moment after it has failed."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)  # what stays, the next writer sweeps away


def _is_full(error: BaseException) -> bool:
    """Return whether `error` says that the disk is full; the engine says it in words only."""
    return isinstance(error, OSError | RuntimeError) and (
        getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}
        or any(words in str(error) for words in _SHORT)
    )
