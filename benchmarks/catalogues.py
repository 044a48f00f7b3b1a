"""Import all catalogues into one store, beside the engine's own bulk load; write results.md.

Each load runs in a process of its own; CPU seconds count all its threads.  Skipped, with a line,
where the catalogues are not there.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as og
from extracts import are_there, extracts, name_of
from sections import write_section
from timing import milliseconds

import gdakg
from gdakg import stores
from gdakg.catalogues import reader_for
from gdakg.importing import Source, import_catalogues

RUNS: Final = 15

#: looked up by code, and stepped from; each is in the catalogues
CODES: Final = ("ISO 14001:2015", "iec62368-1", "RFC9110", "ITU-T L.1470", "ETSI ES 203 199")
HOPS: Final = """SELECT DISTINCT ?there {
  { ?standard ?p ?near } UNION { ?near ?q ?standard FILTER(?q != dcterms:publisher) }
  { ?near dcterms:isVersionOf|dcterms:replaces|gda:amends|dcterms:identifier|gda:stage ?there }
  UNION { ?there dcterms:replaces|gda:amends|gda:technicallyAlignedWith ?near } }"""

#: what is measured, what is wanted
WANTED: Final = {
    "CPU of the import, times the bulk load": 4.0,
    "the same without the index for searching": 4.0,
    "peak memory of the import, MB": 2048.0,
    "opening, CPU ms": 50.0,
    "look-up by code, CPU ms": 5.0,
    "neighbourhood of 2 steps, CPU ms": 20.0,
}


def imported(store: str) -> tuple[int, float]:
    """Import all catalogues in one go; return the number of records, CPU seconds of the index."""
    began: dict[str, float] = {}
    sources = []
    for path in extracts():
        name = name_of(path)
        reader = reader_for(path, name)
        made = f"{reader.format} {reader.version}"
        sources.append(Source(name, reader, str(path), made))

    def told(_: str, doing: str, *__: float) -> None:
        began.setdefault(doing, time.process_time())

    outcomes = import_catalogues(store, sources, told)
    indexed = began["computing"] - began["indexing"]
    return sum(outcome.account.read for outcome in outcomes), indexed


def loaded(source: str, store: str) -> tuple[int, float]:
    """Load N-Triples with the engine's bulk load, and nothing else."""
    og.Store(store).bulk_load(path=source, format=og.RdfFormat.N_TRIPLES)
    return 0, 0.0


def apart(what: str, *given: str) -> dict[str, float]:
    """Return what a process took to do `what`: CPU seconds, peak memory, its count."""
    command = [sys.executable, __file__, what, *given]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def neighbourhood(kg: gdakg.KnowledgeGraph, code: str) -> None:
    """Ask for what lies two steps from a standard."""
    rows = kg.query(HOPS, standard=og.NamedNode(kg.find(code, "standard")))
    assert isinstance(rows, gdakg.Solutions)
    assert len(rows), code


def measured(folder: Path) -> tuple[dict[str, float], str]:
    """Return the figures by what was measured, and a line on what was loaded."""
    store = str(folder / "all.store")
    ours = apart("import", store)
    triples = stores.manifest(store)["triples"]
    plain = str(folder / "all.nt")
    with Path(plain).open("wb") as stream:
        og.serialize(
            (quad.triple for quad in stores.engine_store(store)),
            output=stream,
            format=og.RdfFormat.N_TRIPLES,
        )
    raw = apart("load", plain, str(folder / "raw.store"))
    kg = gdakg.open_store(store)
    found = dict(
        zip(
            WANTED,
            (
                ours["cpu"] / raw["cpu"],
                (ours["cpu"] - ours["index"]) / raw["cpu"],
                ours["peak"],
                milliseconds(partial(gdakg.open_store, store), RUNS),
                max(milliseconds(partial(kg.find, code), RUNS) for code in CODES),
                max(milliseconds(partial(neighbourhood, kg, code), RUNS) for code in CODES),
            ),
            strict=True,
        )
    )
    size = sum(file.stat().st_size for file in Path(store).rglob("*") if file.is_file())
    return found, (
        f"{ours['count']:,.0f} records became {triples:,} statements and {size / 1e6:,.0f} MB in "
        f"{ours['cpu']:.0f} CPU s, {ours['index']:.0f} of them for the index; the engine alone "
        f"loads the same triples from N-Triples in {raw['cpu']:.0f} CPU s."
    )


def section(found: dict[str, float], line: str) -> list[str]:
    """Return the part of results.md about catalogues."""
    rows = [f"| {what} | {value:,.1f} | {WANTED[what]:,.0f} |" for what, value in found.items()]
    return [
        "## Catalogues in a store",
        "",
        "By `benchmarks/catalogues.py`, with the extracts of twelve catalogues, which are not",
        "part of the project. " + line,
        f"Look-ups and neighbourhoods: medians of {RUNS} runs, of the slowest of "
        f"{len(CODES)} codes.",
        "",
        "| | measured | at most wanted |",
        "| --- | ---: | ---: |",
        *rows,
    ]


def main() -> None:
    """Write the table of catalogues into benchmarks/results.md and print it."""
    if not are_there():
        return
    folder = Path(tempfile.mkdtemp(prefix="gdakg-catalogues-"))
    try:
        write_section("catalogues", section(*measured(folder)))
    finally:
        shutil.rmtree(folder)


def one(what: str, *given: str) -> None:
    """Do one thing and print what it took, for `apart`."""
    count, indexed = imported(*given) if what == "import" else loaded(*given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": time.process_time(), "peak": peak, "count": count, "index": indexed}))


if __name__ == "__main__":
    one(*sys.argv[1:]) if len(sys.argv) > 1 else main()
