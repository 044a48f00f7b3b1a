"""What a store keeps of each catalogue beside the graph: what it calls things, and a report."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from gdakg.gathering import Gathered, names, rows

#: of standards, for deriving and searching; of bodies, committees and fields, for searching
STANDARDS: Final = "standards"
NAMES: Final = "names"
REPORTS: Final = "reports"
FOLDERS: Final = (STANDARDS, NAMES, REPORTS)


def keep(folder: Path, name: str, gathered: Gathered) -> Path:
    """Write what is kept of the catalogue `name` into `folder`; return the path of its report."""
    _packed(_path(folder, STANDARDS, name), rows(gathered))
    _packed(_path(folder, NAMES, name), names(gathered))
    report = folder / REPORTS / f"{name}.csv"
    with report.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("what", "file", "line", "reason"))
        writer.writerows(gathered.noted)
    return report


def kept(folder: Path, name: str, what: str = STANDARDS) -> Iterator[dict[str, Any]]:
    """Yield what the generation in `folder` keeps of the catalogue `name`, nothing if it does not.

    Stores that were made before names were kept have none of them.
    """
    path = _path(folder, what, name)
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _path(folder: Path, what: str, name: str) -> Path:
    return folder / what / f"{name}.jsonl.gz"


def _packed(path: Path, told: Iterable[Mapping[str, Any]]) -> None:
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8", errors="replace") as stream:
        for row in told:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
