"""Measure the readers of catalogues on real ones, and write it into results.md.

The catalogues are not part of the project: without them this says so and ends.  Relaton's own
files are read too, as many as there are, and compared with the extract of them: two paths that
must give the same record.
"""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from extracts import CATALOGUES, are_there, extracts, name_of
from sections import write_section

from gdakg.catalogues import reader_for
from gdakg.records import Broken, Record

RUNS: Final = 3


class Measured(NamedTuple):
    """What reading a source took."""

    name: str
    records: int
    broken: int
    seconds: float  #: of CPU


def measured(path: Path, name: str) -> Measured:
    """Read `path` several times; check that no record is lost."""
    taken = []
    for _ in range(RUNS):
        reader = reader_for(path, name)
        broken = records = 0
        began = time.process_time()
        for found in reader:
            if isinstance(found, Broken):
                broken += 1
            else:
                records += 1
        taken.append(time.process_time() - began)
        assert reader.read == records + broken, f"{path} lost a record"
    return Measured(name, records, broken, statistics.median(taken))


def compared(extract: Path, folder: Path) -> tuple[int, int]:
    """Return how many files of `folder` are in the extract too, and how many tell the same.

    The extract keeps 15 keywords at most, and of relations neither dates nor editions.
    """
    files = {found.source.rpartition("/")[2]: found for found in _records(folder)}
    by_code: dict[str, list[Record]] = {}
    for found in files.values():
        by_code.setdefault(found.designation, []).append(found)
    matched: set[str] = set()
    same: set[str] = set()
    for found in _records(extract):
        for other in by_code.get(found.designation, ()):
            matched.add(other.source)
            if _told(found) == _told(other):
                same.add(other.source)
    return len(matched), len(same)


def _records(path: Path) -> Iterator[Record]:
    for found in reader_for(path, "compared"):
        if isinstance(found, Record):
            yield found


def _told(record: Record) -> Record:
    relations = () if record.publishers == ("ECMA",) else tuple(sorted(record.relations))
    keywords = record.keywords[:15]
    return record._replace(source="", line=0, relations=relations, keywords=keywords)


def section() -> list[str]:
    """Return the part of results.md about readers."""
    found = [measured(path, name_of(path)) for path in extracts()]
    index = measured(CATALOGUES / "original" / "rfc-index.txt.gz", "rfc-index.txt")
    return [
        "## Reading catalogues",
        "",
        f"By `benchmarks/readers.py`: medians of {RUNS} runs, CPU of one process, from the packed",
        "file to records. In the RFC index, *broken* are the numbers that were never issued.",
        "",
        "| extract (JSON Lines) | records | broken | records a second |",
        "| --- | ---: | ---: | ---: |",
        *(_row(each) for each in (*found, index)),
        _row(_total(found)),
        "",
        "Relaton's own YAML files, as many as are at hand, and how many of those that are in the",
        "extract give the same record by both paths. Not the same are the older of two files of",
        "one document, which tell less, and what the extract leaves out.",
        "",
        "| Relaton YAML | records | broken | records a second | in the extract | same |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(_compared_row(each.name) for each in found if _samples(each.name).is_dir()),
    ]


def _samples(name: str) -> Path:
    return CATALOGUES / "samples" / name


def _total(each: list[Measured]) -> Measured:
    records, broken, seconds = (sum(column) for column in list(zip(*each, strict=True))[1:])
    return Measured("all extracts", records, broken, seconds)


def _row(one: Measured) -> str:
    return f"| {one.name} | {one.records:,} | {one.broken} | {one.records / one.seconds:,.0f} |"


def _compared_row(name: str) -> str:
    row = _row(measured(_samples(name), name))
    matched, same = compared(CATALOGUES / f"{name}.jsonl.gz", _samples(name))
    return f"{row} {matched} | {same} |"


def main() -> None:
    """Write the tables of readers into benchmarks/results.md and print them."""
    if are_there():
        write_section("readers", section())


if __name__ == "__main__":
    main()
