"""Measure gdakg side by side with its rivals in one run, and write it into results.md.

All figures are CPU seconds, medians of alternating runs, since machines are noisy; the ratios
are what to read.
"""

import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as og
from sections import write_section

import gdakg
from gdakg import questions
from gdakg.binding import bound
from gdakg.engine import Embedded
from gdakg.namespaces import BASE, PREFIXES

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from asked import ASKED as EVERY  # noqa: E402
from engines import reference_bundled  # noqa: E402

RUNS = 11
ASKED: dict[str, dict[str, object]] = {
    "standards_by_pillar": {"pillar": 4},
    "standards_by_area": {"area": "e-waste"},
    "standards_by_body": {"publisher": "ITU-T"},
    "standards_by_committee": {"committee": "ISO/TC 207"},
    "coverage": {},
    "gaps": {},
    "new_since_cop28": {},
    "pillars": {},
    "contested_figures": {},
    "sources": {},
}


def child(*command: str) -> float:
    """Return the CPU seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=HERE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def cold() -> list[str]:
    """Return the table of cold starts: one question, asked of a new process."""
    command = str(Path(sys.executable).parent / "gdakg")
    rivals = {
        "`gdakg query` (csv)": (command, "query", "standards_by_pillar", "-p", "pillar=4",
                                "--format", "csv"),
        "`gdakg query` (table)": (command, "query", "standards_by_pillar", "-p", "pillar=4"),
        "rdflib script (csv)": (sys.executable, str(HERE / "plain_rdflib.py")),
        "`python -c pass`": (sys.executable, "-c", "pass"),
    }  # fmt: skip
    taken: dict[str, list[float]] = {name: [] for name in rivals}
    for _ in range(RUNS):
        for name, arguments in rivals.items():
            taken[name].append(child(*arguments))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    ours = medians["`gdakg query` (csv)"]
    rows = [f"| {name} | {m:.3f} | {m / ours:.2f} |" for name, m in medians.items()]
    return [
        "## Cold: a new process answers `standards_by_pillar`",
        "",
        "Wanted: at most 0.25 CPU s, and a tenth of what a plain rdflib script needs that parses",
        "the same files and asks the same question.",
        "",
        "| process | CPU s, median | ratio to ours |",
        "| --- | ---: | ---: |",
        *rows,
    ]


def paired(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Return the median CPU seconds of each of two calls, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    repeats = 5
    for _ in range(5 * RUNS):
        for call, taken in zip((ours, theirs), times, strict=True):
            began = time.process_time()
            for _ in range(repeats):
                call()
            taken.append((time.process_time() - began) / repeats)
    return statistics.median(times[0]), statistics.median(times[1])


def warm() -> list[str]:
    """Return the table of our query path against the engine alone, to CSV text."""
    kg = gdakg.load()
    assert isinstance(kg.engine, Embedded)
    store = kg.engine.store
    lines = [
        "## Warm: named questions against raw pyoxigraph",
        "",
        "The same SPARQL with the same bindings, to CSV; ours finds the question, checks it and",
        "resolves the parameters. Wanted: at most 10 % over.",
        "",
        "| question | rows | ours, ms | pyoxigraph, ms | ratio |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    ratios = []
    for name, given in ASKED.items():
        asked = questions.question(name)
        language = {"lang": "en"} if any(p.name == "lang" for p in asked.parameters) else {}
        text = bound(asked.text, questions.bind(asked, kg.engine, given | language))

        def raw(text: str = text) -> object:
            answer = store.query(
                text, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True
            )
            return answer.serialize(format=og.QueryResultsFormat.CSV)

        def ours(name: str = name, given: dict[str, object] = given) -> object:
            return kg.query(name, **given).to_csv()

        mine, engine = paired(ours, raw)
        ratios.append(mine / engine)
        rows = len(kg.query(name, **given))
        lines.append(
            f"| `{name}` | {rows} | {1e3 * mine:.2f} | {1e3 * engine:.2f} | {ratios[-1]:.3f} |"
        )
    mean = statistics.geometric_mean(ratios)
    return [*lines, f"| geometric mean | | | | {mean:.3f} |"]


def both() -> list[str]:
    """Return the table of all named questions on the embedded engine and on rdflib's own."""
    kg, reference = gdakg.load(), reference_bundled()
    lines = [
        "## All named questions on two engines",
        "",
        "Our engine (pyoxigraph, median of 5) and rdflib's own query engine over its own store",
        "(once), the same SPARQL and parameters; a test asks that the answers are equal.",
        "",
        "| question | rows | pyoxigraph, ms | rdflib, ms | ratio |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    ratios = []
    for name in questions.names():
        given = EVERY.get(name, {})
        rows = len(kg.query(name, **given))
        ours = statistics.median(timed(kg, name, given) for _ in range(5))
        theirs = timed(reference, name, given)
        ratios.append(theirs / ours)
        cells = f"{rows:,} | {1e3 * ours:.1f} | {1e3 * theirs:,.0f} | {theirs / ours:,.0f}"
        lines.append(f"| `{name}` | {cells} |")
    mean = statistics.geometric_mean(ratios)
    return [*lines, f"| geometric mean | | | | {mean:.0f} |"]


def timed(kg: gdakg.KnowledgeGraph, name: str, given: dict[str, object]) -> float:
    """Return the CPU seconds of one answer, read to its end."""
    began = time.process_time()
    len(kg.query(name, **given))
    return time.process_time() - began


def main() -> None:
    """Write the tables of answers into benchmarks/results.md and print them."""
    machine = (
        f"Python {platform.python_version()}, pyoxigraph {og.__version__}, {platform.machine()}"
    )
    began = f"By `benchmarks/run.py`, on {machine}; {RUNS} runs in turns."
    write_section("answers", [began, "", *cold(), "", *warm(), "", *both()])


if __name__ == "__main__":
    main()
