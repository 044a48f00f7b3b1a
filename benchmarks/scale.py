"""Load and ask three sizes of graph with the engine alone, from disk; write results.md.

The bundled graph, all catalogues where they are, and ten million invented statements (see
`generating`).  Each step runs in a process of its own with a limit of CPU seconds, the whole
within twelve minutes by the clock; what did not fit is told as that.
"""

import contextlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyoxigraph as og
from catalogues import HOPS, imported
from extracts import are_there
from generating import SEED, write
from sections import write_section
from timing import milliseconds, seconds

import gdakg
from gdakg import stores
from gdakg.binding import bound
from gdakg.exporting import export
from gdakg.namespaces import BASE, PREFIXES

INVENTED: Final = 10_000_000
#: seconds by the clock
WHOLE: Final = 700.0
#: CPU seconds, of making a graph, of loading one, of one question
MAKING, LOADING, ASKING = 300, 300, 40
RUNS: Final = 5
#: how a process ends that took longer than its limit
TOO_LONG: Final = 124

#: what is asked, about a code where it names one
QUESTIONS: Final = {
    "look-up by code": "SELECT ?thing { ?thing dcterms:identifier ?code }",
    "neighbourhood of 2 steps": HOPS,
    "pillar × body": """SELECT ?pillar ?body (COUNT(DISTINCT ?any) AS ?standards) {
        ?any gda:supportsPillar ?pillar ; dcterms:publisher ?body } GROUP BY ?pillar ?body""",
    "titles with a word": """SELECT (COUNT(*) AS ?titles) {
        ?thing skos:prefLabel ?title FILTER(CONTAINS(LCASE(?title), "energy")) }""",
}


class Size(NamedTuple):
    """A graph to be measured."""

    name: str
    make: str  #: the step of ours that writes it as N-Quads
    code: str  #: of a standard that is in it


SIZES: Final = (
    Size("bundled", "bundled", "ITU-T L.1480"),
    Size("all catalogues", "catalogues", "ISO 14001"),
    Size("invented", "invented", "EX1 100"),
)


def make_bundled(path: str) -> None:
    """Write the bundled graph."""
    export(gdakg.load(), Path(path))


def make_catalogues(path: str) -> None:
    """Write the bundled graph with all catalogues imported."""
    with tempfile.TemporaryDirectory(dir=Path(path).parent) as folder:
        store = str(Path(folder) / "all.store")
        imported(store)
        with Path(path).open("wb") as file:
            og.serialize(stores.engine_store(store), output=file, format=og.RdfFormat.N_QUADS)


def make_invented(path: str) -> None:
    """Write the invented graph."""
    write(Path(path), INVENTED)


def load(source: str, store: str) -> None:
    """Load N-Quads with the engine's bulk load."""
    og.Store(store).bulk_load(path=source, format=og.RdfFormat.N_QUADS)


def ask(store: str, text: str, code: str) -> dict[str, Any]:
    """Return CPU milliseconds of opening and of a question, and its rows."""
    opening = milliseconds(partial(og.Store.read_only, store), RUNS)
    opened = og.Store.read_only(store)
    standard = next(opened.quads_for_pattern(None, _IDENTIFIER, og.Literal(code), None)).subject
    assert isinstance(standard, og.NamedNode)
    asked = bound(text, {"code": og.Literal(code), "standard": standard})
    rows: list[Any] = []

    def run() -> None:
        rows[:] = opened.query(
            asked, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True
        )

    taken = 1000 * seconds(run)
    if taken < 1000:
        taken = milliseconds(run, RUNS)
    return {"opening": opening, "taken": taken, "rows": len(rows)}


_IDENTIFIER: Final = og.NamedNode(PREFIXES["dcterms"] + "identifier")
_STEPS: Final[dict[str, Callable[..., dict[str, Any] | None]]] = {
    "bundled": make_bundled,
    "catalogues": make_catalogues,
    "invented": make_invented,
    "load": load,
    "ask": ask,
}


class OutOfTimeError(Exception):
    """The time for everything is over."""


def apart(end: float, limit: int, what: str, *given: str) -> dict[str, Any] | None:
    """Return what a process of its own took to do `what`, None if more than `limit` CPU seconds."""
    command = [sys.executable, __file__, str(limit), what, *given]
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, text=True, timeout=max(0.1, end - time.monotonic())
        )
    except subprocess.TimeoutExpired as error:
        raise OutOfTimeError from error
    if done.returncode == TOO_LONG:
        return None
    done.check_returncode()
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured(size: Size, folder: Path, end: float) -> Iterator[tuple[str, str]]:
    """Yield the figures of one graph, by what was measured; less if the time is over."""
    source, store = folder / f"{size.make}.nq", folder / f"{size.make}.store"
    with contextlib.suppress(OutOfTimeError):
        if apart(end, MAKING, size.make, str(source)) is None:
            return
        loaded = apart(end, LOADING, "load", str(source), str(store))
        source.unlink()
        if loaded is None:
            yield "bulk load, CPU s", f"> {LOADING}"
            return
        count = len(og.Store.read_only(str(store)))
        disk = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
        yield "statements", f"{count:,}"
        yield "bulk load, CPU s", f"{loaded['cpu']:,.1f}"
        yield "statements loaded in a CPU second", f"{count / loaded['cpu']:,.0f}"
        yield "most memory of the load, MB", f"{loaded['peak']:,.0f}"
        yield "store on disk, MB", f"{disk / 1e6:,.0f}"
        yield "bytes on disk of a statement", f"{disk / count:,.0f}"
        yield from _asked(size, str(store), end)


def _asked(size: Size, store: str, end: float) -> Iterator[tuple[str, str]]:
    """Yield the figures of the questions to one graph."""
    openings, peaks = [], []
    for name, text in QUESTIONS.items():
        answer = apart(end, ASKING, "ask", store, text, size.code)
        if answer is None:
            yield f"{name}, CPU ms", f"> {ASKING * 1000:,}"
            continue
        openings.append(answer["opening"])
        peaks.append(answer["peak"])
        yield f"{name}, CPU ms", f"{answer['taken']:,.2f}"
    yield "opening, CPU ms", f"{statistics.median(openings):,.1f}"
    yield "most memory of a question, MB", f"{max(peaks):,.0f}"


def section(found: dict[str, dict[str, str]]) -> list[str]:
    """Return the part of results.md about sizes."""
    rows = dict.fromkeys(row for figures in found.values() for row in figures)
    return [
        "## Sizes of graph",
        "",
        "By `benchmarks/scale.py`, with the engine alone, from disk: the bundled graph, all",
        "catalogues, which are not part of the project, and invented statements in our terms",
        f"(seed {SEED}). Each step in a process of its own; a question that took more than",
        f"{ASKING} CPU s was ended. Those that took less than one: medians of {RUNS} runs.",
        "",
        f"| | {' | '.join(found)} |",
        f"| --- |{' ---: |' * len(found)}",
        *(
            f"| {row} | {' | '.join(figures.get(row, '–') for figures in found.values())} |"
            for row in rows
        ),
    ]


def main() -> None:
    """Write the table of sizes into benchmarks/results.md and print it."""
    end = time.monotonic() + WHOLE
    folder = Path(tempfile.mkdtemp(prefix="gdakg-scale-"))
    try:
        sizes = [size for size in SIZES if size.make != "catalogues" or are_there()]
        found = {size.name: dict(measured(size, folder, end)) for size in sizes}
    finally:
        shutil.rmtree(folder)
    write_section("scale", section(found))


def one(limit: str, what: str, *given: str) -> None:
    """Do one step and print what it took, for `apart`; end after `limit` CPU seconds."""

    def watch() -> None:
        # Not by RLIMIT_CPU: under it Linux counts CPU time in ticks of some milliseconds.
        while time.process_time() < int(limit):
            time.sleep(0.5)
        os._exit(TOO_LONG)

    threading.Thread(target=watch, daemon=True).start()
    told = _STEPS[what](*given) or {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": time.process_time(), "peak": peak} | told))


if __name__ == "__main__":
    one(*sys.argv[1:]) if len(sys.argv) > 1 else main()
