"""Measure how many rows of a list are matched in a CPU second, and write it into results.md.

The lists are made here: half of the codes are those of the bundled graph in a messy spelling, half
are of standards that it does not know, no two alike.
"""

import csv
import os
import random
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Final

from sections import write_section

import gdakg
from gdakg.lists import match_file

ROWS: Final = 100_000


def listed(kg: gdakg.KnowledgeGraph, path: Path) -> None:
    """Write a list of codes, in an order that chance gives once and for all."""
    asked = kg.query("SELECT ?code { ?edition a gda:Edition ; dcterms:identifier ?code }")
    known = [row.code for row in asked]
    chance = random.Random(2026)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["no", "standard", "remark"])
        for number in range(ROWS):
            code = chance.choice(known) if number % 2 else f"ISO {20_000 + number}:2019"
            messy = chance.choice((code, code.lower(), code.replace(":", "："), f" {code} "))
            writer.writerow([number, messy, "a remark of some words, and a comma"])


def measured(kg: gdakg.KnowledgeGraph, source: Path, target: Path) -> str:
    """Return a row of the table."""
    start = time.process_time()
    found = match_file(kg, source, target)
    seconds = time.process_time() - start
    share = sum(count for state, count in found.counts.items() if state != "unknown") / ROWS
    names = f"{source.suffix} to {target.suffix}"
    return f"| {names} | {seconds:.1f} | {ROWS / seconds:,.0f} | {share:.0%} |"


def peak(kg: gdakg.KnowledgeGraph, source: Path, target: Path) -> float:
    """Return the megabytes of Python objects at the peak of a match."""
    tracemalloc.start()
    try:
        match_file(kg, source, target)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def section() -> list[str]:
    """Return the part of results.md about matching lists."""
    kg = gdakg.load()
    with tempfile.TemporaryDirectory() as folder:
        source, given = Path(folder) / "list.csv", Path(folder) / "list.xlsx"
        listed(kg, source)
        rows = [measured(kg, source, Path(folder) / "out.csv"), measured(kg, source, given)]
        rows.append(measured(kg, given, Path(folder) / "out2.csv"))
        most = peak(kg, source, Path(folder) / "out3.csv")
    return [
        "## Matching a list",
        "",
        f"By `benchmarks/matching.py`: {ROWS:,} rows, half of them different codes that the graph",
        f"does not know; CPU seconds on {os.cpu_count()} cores, the graph being loaded. The csv",
        f"takes {most:,.0f} MB of Python objects at the peak.",
        "",
        "Wanted: 10,000 rows of csv in a CPU second.",
        "",
        "| list | CPU s | rows per CPU s | known |",
        "| --- | ---: | ---: | ---: |",
        *rows,
    ]


def main() -> None:
    """Write the table of lists into benchmarks/results.md and print it."""
    write_section("matching", section())


if __name__ == "__main__":
    main()
