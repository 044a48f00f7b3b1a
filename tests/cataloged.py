"""Catalogues made for tests: invented documents, the files of them, what is read from those."""

import json
from pathlib import Path
from textwrap import dedent
from typing import Any, Final

from gdakg.catalogues import reader_for
from gdakg.catalogues.reader import Reader
from gdakg.records import Broken, Record

EMPTY: Final = Record(
    designation="",
    catalogue="iso",
    publishers=("ISO",),
    titles={},
    issued="",
    stage="published",
    native_status="",
    kind="",
    committees=(),
    ics=(),
    relations=(),
    aliases=(),
    keywords=(),
    page="",
    source="",
    line=0,
    is_variant=False,
)


def record(designation: str, **told: Any) -> Record:
    """Return a record of `designation`; what is not told is empty, its file named after it."""
    source = designation.lower().replace(" ", "-").replace("/", "-") + ".yaml"
    return EMPTY._replace(**{"designation": designation, "source": source, **told})


def written(path: Path, text: str) -> Path:
    """Write `text` to `path`, and return that."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    """Return the designations that are read from a catalogue."""
    return [found.designation for found in reader_for(path) if isinstance(found, Record)]


def faults(path: Path) -> list[tuple[int, str]]:
    """Return line and reason of each thing that is told as broken."""
    return [(found.line, found.reason) for found in reader_for(path) if isinstance(found, Broken)]


def documents(folder: Path, **texts: str) -> Reader:
    """Return the reader of a folder of Relaton YAML; each name is a file without its ending."""
    (folder / "data").mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / "data" / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    return reader_for(folder, "tried")


def one(folder: Path, text: str) -> Record:
    """Return the record of the document `text`."""
    (found,) = documents(folder, one=text)
    assert isinstance(found, Record), found
    return found


def lines(folder: Path, *entries: object) -> Reader:
    """Return the reader of JSON Lines."""
    path = folder / "tried.jsonl"
    path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), encoding="utf-8")
    return reader_for(path)


def extracted(folder: Path, designation: str, body: str, **facts: object) -> Record:
    """Return the record of one line of our extract."""
    docids = [{"id": designation, "type": body, "primary": True}]
    (found,) = lines(folder, {"id": designation, "body": body, "docids": docids} | facts)
    assert isinstance(found, Record), found
    return found


def related(folder: Path, designation: str, body: str, *links: str, **facts: object) -> set[str]:
    """Return relations as "kind target", of links given as "type target" or "type/why target"."""
    told = []
    for link in links:
        kind, _, target = link.partition(" ")
        name, _, why = kind.partition("/")
        told.append({"type": name, "target": target, "description": why})
    record = extracted(folder, designation, body, relations=told, **facts)
    return {f"{relation.kind} {relation.target}" for relation in record.relations}
