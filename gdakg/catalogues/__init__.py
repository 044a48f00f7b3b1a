"""Readers of catalogues of standards: each takes one format, and gives records of ours."""

import csv
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from gdakg.catalogues.documents import SUFFIXES
from gdakg.catalogues.iso_open_data import Committees, Deliverables, Ics
from gdakg.catalogues.jsonlines import JsonLines
from gdakg.catalogues.reader import DAMAGED, Reader, Scheme, unpacked
from gdakg.catalogues.relaton import Relaton
from gdakg.catalogues.rfc_editor import RfcIndexText, RfcIndexXml
from gdakg.catalogues.table import Table
from gdakg.errors import CatalogueError
from gdakg.records import Committee, Field

#: every format of records
FORMATS: Final[Mapping[str, type[Reader]]] = {
    reader.format: reader
    for reader in (JsonLines, Relaton, Deliverables, RfcIndexXml, RfcIndexText, Table)
}
#: every format of what catalogues refer to
SCHEMES: Final[Mapping[str, type[Scheme[Committee]] | type[Scheme[Field]]]] = {
    Committees.format: Committees,
    Ics.format: Ics,
}
_READ: Final = (
    "a folder, zip file or git repository of Relaton YAML, JSON Lines of ours or of ISO Open Data, "
    "rfc-index.xml or .txt, or a csv with a column of designations"
)
#: how much of a file is looked at to tell its format
_HEAD: Final = 1 << 16


def reader_for(
    path: str | Path, name: str | None = None, *, columns: Mapping[str, str] | None = None
) -> Reader:
    """Return the reader of the catalogue at `path`, which is called `name` or as its file is.

    `columns` says of a csv which heading stands for which field, as `Table` tells.  Raises
    CatalogueError for what is no catalogue.
    """
    path = Path(path)
    found = format_of(path)
    called = name or name_of(path)
    if found in SCHEMES:
        raise CatalogueError(
            f"{path} lists no standards: its format is {found}, for gdakg.catalogues.scheme_for"
        )
    if found == Table.format:
        return Table(path, called, columns)
    if columns:
        raise CatalogueError(f"{path} is no csv, and only a csv takes a map of its columns")
    return FORMATS[found](path, called)


def scheme_for(path: str | Path, name: str | None = None) -> Scheme[Committee] | Scheme[Field]:
    """Return the reader of the committees or classification fields at `path`."""
    path = Path(path)
    found = format_of(path)
    if found not in SCHEMES:
        raise CatalogueError(f"{path} holds neither committees nor fields; it is {found}")
    return SCHEMES[found](path, name or name_of(path))


def source_for(
    path: str | Path, name: str, *, columns: Mapping[str, str] | None = None
) -> Reader | Scheme[Committee] | Scheme[Field]:
    """Return the reader of whatever the catalogue at `path` lists: records, or what they refer to.

    Raises CatalogueError for what is no catalogue; see `reader_for`.
    """
    if format_of(Path(path)) in SCHEMES and not columns:
        return scheme_for(path, name)
    return reader_for(path, name, columns=columns)


def name_of(path: Path) -> str:
    """Return what a catalogue is called if nobody says: after its file or folder.

    >>> name_of(Path("iso.jsonl.gz")), name_of(Path("relaton-data-itu/"))
    ('iso', 'itu')
    """
    stem = path.resolve().name.removesuffix(".git").partition(".")[0].lower()
    plain = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")
    return plain.removeprefix("relaton-data-") or "catalogue"


def format_of(path: Path) -> str:
    """Return in which format `path` is; raises CatalogueError where it is in none."""
    if path.is_dir():
        return Relaton.format
    if not path.is_file():
        raise CatalogueError(f"there is no {path}")
    suffix = path.with_suffix("").suffix if path.suffix.lower() == ".gz" else path.suffix
    suffix = suffix.lower()
    if suffix in (".zip", *SUFFIXES) and path.suffix.lower() != ".gz":
        return Relaton.format
    head = _head(path)
    looked = _LOOKS.get(suffix)
    found = looked(head) if looked else ""
    if not found:
        raise CatalogueError(f"{path} is no catalogue that is read; that is {_READ}")
    return found


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return unpacked(file, path).read(_HEAD).decode("utf-8-sig", "replace")
    except DAMAGED as fault:
        raise CatalogueError(f"{path} cannot be read: {fault}") from None


def _json(head: str) -> str:
    """Return the format of JSON Lines, as the first line that is JSON tells."""
    for line in head.splitlines():
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            return _json_entry(entry)
    # The first line may be longer than what is looked at, or broken as others need not be.
    return _json_entry(dict.fromkeys(re.findall(r'"(\w+)":', head[:4_000])))


def _json_entry(entry: Mapping[str, object]) -> str:
    if "deliverableType" in entry or "currentStage" in entry:
        return Deliverables.format
    if "childrenId" in entry or "secretariat" in entry:
        return Committees.format
    return JsonLines.format if "id" in entry else ""


def _xml(head: str) -> str:
    return RfcIndexXml.format if "<rfc-index" in head else ""


def _text(head: str) -> str:
    return RfcIndexText.format if "RFC INDEX" in head or "Format: " in head else ""


def _csv(head: str) -> str:
    try:
        headings = next(csv.reader(head.splitlines()[:1]), [])
    except csv.Error:
        headings = []
    if {"identifier", "parent", "titleEn"} <= set(headings):
        return Ics.format
    # The csv of the committees of ISO, whose JSON Lines are read.
    return "" if "pMembers.id" in headings else Table.format


_LOOKS: Final = {
    ".jsonl": _json,
    ".ndjson": _json,
    ".json": _json,
    ".xml": _xml,
    ".txt": _text,
    ".csv": _csv,
    ".tsv": _csv,
}
