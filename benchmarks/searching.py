"""Measure the search over all catalogues, and write it into results.md.

The records of ../shared/catalogues, a row each, are indexed as an import does it; beside it their
codes and titles lie in a store of the engine, which is asked for the same words with
FILTER(CONTAINS).  Figures are medians of CPU time; without the catalogues nothing is measured.
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyoxigraph as og
from extracts import are_there, extracts
from sections import write_section
from timing import milliseconds, seconds

from gdakg.indexing import Entry, build_index
from gdakg.searching import Index, open_index

RUNS: Final = 7

SEARCHES: Final = (
    "data centre energy",
    "energy",
    "systems",
    "information technology",
    "environmental management systems",
    "efficacité énergétique",
    "ISO 14067",
    "l1470",
    "ISO",
    "recycl",
    "enviromental",
)
NAMESPACES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
TITLE: Final = og.NamedNode(f"{NAMESPACES['skos']}prefLabel")
CODE: Final = og.NamedNode(f"{NAMESPACES['dcterms']}identifier")
CONTAINS: Final = "SELECT DISTINCT ?s {{ ?s skos:prefLabel|dcterms:identifier ?t FILTER({}) }}"


def records() -> Iterator[dict[str, Any]]:
    """Yield the records of all catalogues."""
    for path in extracts():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def row(number: int, record: dict[str, Any]) -> Entry:
    """Return the row of a record."""
    titles = {
        tag: text for tag, text in (record.get("title") or {}).items() if isinstance(text, str)
    }
    others = [each["id"] for each in record.get("docids") or () if each["id"] != record["id"]]
    year = (record.get("published") or "")[:4]
    return Entry(
        f"https://example.org/{number}",
        "standard",
        record["id"],
        titles,
        tuple(others),
        tuple(filter(None, record.get("keywords") or ())),
        "/".join(record.get("publisher") or [record["body"]]),
        record.get("status") or "",
        int(year) if year.isdecimal() else 0,
    )


def timed_alone() -> float:
    """Return CPU milliseconds for the first index of the bundled graph, in a new process."""
    program = (
        "import gc, time, gdakg; gc.disable(); kg = gdakg.load(); began = time.process_time(); "
        "kg.index; print(time.process_time() - began)"
    )
    runs = [subprocess.check_output([sys.executable, "-c", program]) for _ in range(RUNS)]
    return 1000 * statistics.median(map(float, runs))


def filtered(store: og.Store, text: str) -> int:
    """Return how many things FILTER(CONTAINS) finds that have all words of `text`."""
    words = " && ".join(f'CONTAINS(LCASE(STR(?t)), "{word}")' for word in text.lower().split())
    found = store.query(CONTAINS.format(words), prefixes=NAMESPACES)
    return len(list(found))  # type: ignore[arg-type]


def compared(index: Index, store: og.Store) -> list[str]:
    """Return a row of the table for each search."""
    rows = []
    for text in SEARCHES:
        hits = index.search(text)
        ours = milliseconds(partial(index.search, text), RUNS)
        began = time.process_time()
        theirs = filtered(store, text)
        taken = 1000 * (time.process_time() - began)
        cells = (text, str(len(hits)), f"{ours:.1f}", str(theirs), f"{taken:,.0f}")
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def section() -> list[str]:
    """Return the part of results.md about searching."""
    bundled = timed_alone()
    rows = [row(number, record) for number, record in enumerate(records())]
    store = og.Store()
    store.bulk_extend(
        og.Quad(og.NamedNode(each.iri), predicate, og.Literal(text))
        for each in rows
        for predicate, text in ((CODE, each.code), *((TITLE, t) for t in each.labels.values()))
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.sqlite"
        built = seconds(lambda: build_index(rows, path))
        size = path.stat().st_size
        opened = milliseconds(lambda: open_index(path), RUNS)
        table = compared(open_index(path), store)
    return [
        "## Search",
        "",
        f"By `benchmarks/searching.py`: {len(rows):,} rows, one for each record of all",
        f"catalogues, in an index of {size / 1e6:,.0f} MB, built in {built:.1f} CPU s and",
        f"opened in {opened:.1f} ms; the index of the bundled graph takes {bundled / 1000:.2f} CPU",
        "s. The first 20 hits each, in CPU milliseconds: `kg.search`, and the engine's",
        "FILTER(CONTAINS) over codes and titles in memory, which finds parts of words too, but no",
        "other form of one, and ranks nothing.",
        "",
        "Wanted: 30 ms at most; 0.3 CPU s for the index of the bundled graph.",
        "",
        "| search | hits | ms | FILTER: found | ms |",
        "| --- | ---: | ---: | ---: | ---: |",
        *table,
    ]


def main() -> None:
    """Write the table of searches into benchmarks/results.md and print it."""
    if are_there():
        write_section("search", section())


if __name__ == "__main__":
    main()
