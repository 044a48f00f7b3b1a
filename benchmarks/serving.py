"""Put load on `gdakg serve`, next to two other servers of the same graph; write results.md.

`python serving.py 60` is the length of the load in seconds (5 to try).  The clients are a process
of their own (`askers`) and check every answer.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyoxigraph as og
from askers import MATRIX, WHOLE, Spec, of_lines, of_rows
from endpoints import RIVAL, Server, ours, oxigraph, rdflib_endpoint
from sections import write_section

import gdakg
from gdakg.exporting import export
from gdakg.namespaces import GDA, PREFIXES

HERE: Final = Path(__file__).parent

#: how many connections ask what, all at once
MIX: Final = {
    "look-ups, kept": 30, "look-ups, fresh": 16, "matrices, kept": 5, "matrices, fresh": 4,
    "whole graph": 1, "bad queries": 4, "killers": 2, "leavers": 2,
}  # fmt: skip
#: limits of the server under load; fewer may wait than ask, so that some are turned away
WORKERS: Final = 2
LIMITS: Final = ("--workers", str(WORKERS), "--queue", "16", "--seconds", "2", "--memory", "512")
#: what is asked of all servers
COMPARED: Final = ("look-ups, kept", "look-ups, fresh", "matrices, kept", "matrices, fresh")
CONNECTIONS: Final = (8, 64)
RUNS: Final = 5
#: rdflib-endpoint is asked once: it takes long, and the ratio is large
RIVAL_RUNS: Final = 1
#: how long all codes are looked up before anything is measured, in seconds
WARMING: Final = 2.0


def known(quads: Path) -> dict[str, str]:
    """Return digests of the right answers, by code of a standard or by query.

    No query engine takes part: they are read off the statements in the file `quads`.
    """
    read = {quad.triple for quad in og.parse(path=quads, format=og.RdfFormat.N_QUADS)}
    ends: dict[str, dict[og.NamedNode, set[og.NamedNode | og.Literal]]] = {}
    for subject, predicate, value in read:
        ends.setdefault(predicate.value, {}).setdefault(subject, set()).add(value)
    standard = og.NamedNode(GDA + "Standard")
    things: dict[str, set[str]] = {}
    for thing, codes in ends[PREFIXES["dcterms"] + "identifier"].items():
        for code in codes:
            things.setdefault(code.value, set()).add(thing.value)
    kinds = ends[PREFIXES["rdf"] + "type"]
    asked = {code.value for thing, codes in ends[PREFIXES["dcterms"] + "identifier"].items()
             if standard in kinds[thing] for code in codes}  # fmt: skip
    found = {code: of_rows([{"thing": _uri(one)} for one in things[code]]) for code in asked}
    cells = Counter(
        (pillar.value, body.value)
        for thing, pillars in ends[GDA + "supportsPillar"].items()
        for pillar in pillars
        for body in ends[PREFIXES["dcterms"] + "publisher"].get(thing, ())
    )
    found[MATRIX] = of_rows(
        [{"pillar": _uri(pillar), "body": _uri(body), "standards": _number(count)}
         for (pillar, body), count in cells.items()]
    )  # fmt: skip
    found[WHOLE] = of_lines(f"{triple} ." for triple in read)
    return found


def _uri(iri: str) -> dict[str, str]:
    return {"type": "uri", "value": iri}


def _number(count: int) -> dict[str, str]:
    return {"type": "literal", "value": str(count), "datatype": PREFIXES["xsd"] + "integer"}


def ask(
    server: Server, answers: dict[str, str], seconds: float, roles: dict[str, int]
) -> dict[str, Any]:
    """Return what clients in a process of their own tell, and the CPU seconds of the server."""
    spec = Spec("127.0.0.1", server.port, server.path, seconds, roles, answers)
    before = server.cpu()
    done = subprocess.run(
        [sys.executable, str(HERE / "askers.py")],
        input=json.dumps(spec._asdict()),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=seconds + 300,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    told["cpu"] = server.cpu() - before
    return told


class Loaded(NamedTuple):
    """What came of the load."""

    told: dict[str, Any]
    memory: list[
        list[float]
    ]  #: MB of the web process and of the workers, at one time after another
    faults: list[str]


def loaded(answers: dict[str, str], seconds: float) -> Loaded:
    """Return what came of all clients at once, and what was not as it should be."""
    memory: list[list[float]] = []
    seen: set[int] = set()
    is_over = threading.Event()

    def watch(server: Server) -> None:
        while not is_over.wait(0.25):
            seen.update(server.pids())
            memory.append(server.memory())

    with ours(*LIMITS) as server:
        ask(server, answers, WARMING, {"look-ups, kept": 8})
        watching = threading.Thread(target=watch, args=(server,))
        watching.start()
        try:
            told = ask(server, answers, seconds, MIX)
        finally:
            is_over.set()
            watching.join()
        faults = [f"{count} times {what}" for what, count in told["wrong"].items()]
        faults += _ailing(server)
        seen.update(server.pids())
    if server.process.returncode != 0:
        faults.append(f"the server ended with {server.process.returncode}")
    faults += [f"process {pid} is left over" for pid in seen if Path(f"/proc/{pid}").exists()]
    return Loaded(told, memory, faults)


def _ailing(server: Server) -> list[str]:
    """Return what is wrong with a server at rest; it has some seconds to come to rest."""
    health: dict[str, Any] = {}
    for _ in range(100):
        connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/health")
        health = json.loads(connection.getresponse().read())
        connection.close()
        if health["idle"] == WORKERS and len(server.pids()) == WORKERS + 1:
            return []
        time.sleep(0.2)
    return [f"at rest it has {len(server.pids()) - 1} workers, and says {health}"]


def of_load(found: Loaded, seconds: float) -> Iterator[str]:
    """Yield the lines about the load."""
    told = found.told
    times = told["times"]
    count = sum(map(len, times.values()))
    statuses = ", ".join(f"{n:,} × {status}" for status, n in sorted(told["statuses"].items()))
    yield from (
        f"### {sum(MIX.values())} connections for {seconds:g} seconds",
        "",
        f"`gdakg serve {' '.join(LIMITS)}`.",
        "Every answer was compared with what is read off the statements without a query engine.",
        "Kept: the same look-ups come again and the server has kept the answers; fresh: each text",
        "is new. Killers are joins without end, sorting of more than fits, 2,000 brackets, and",
        "200,000 rows; leavers close while they wait, or after a part of an answer.",
        "",
        f"**{count:,} right answers**, {count / seconds:,.0f} a second, "
        f"{count / told['cpu']:,.0f} a CPU second of all server processes ({statuses}); "
        f"{told['busy']:,} times 503 with Retry-After, {told['gone']:,} clients left. "
        "No wrong answer, none cut, no worker left over, exit code 0.",
        "",
        "| asked | connections | answers | p50, ms | p95, ms | p99, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    )
    for role, taken in times.items():
        cells = " | ".join(f"{1000 * part:,.1f}" for part in _parts(taken))
        yield f"| {role} | {MIX[role]} | {len(taken):,} | {cells} |"
    yield from ("", *_memory(found.memory))


def _parts(taken: list[float]) -> list[float]:
    """Return the percentiles 50, 95 and 99."""
    ordered = sorted(taken)
    return [ordered[min(len(ordered) - 1, len(ordered) * part // 100)] for part in (50, 95, 99)]


def _memory(memory: list[list[float]]) -> Iterator[str]:
    web = [sample[0] for sample in memory]
    workers = [max(sample[1:], default=0.0) for sample in memory]
    tenth = max(1, len(memory) // 10)
    middle = len(memory) // 2
    yield "| memory, MB | first tenth | middle | last tenth | most |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, held in (("web process", web), ("largest worker", workers)):
        at = (held[:tenth], held[middle : middle + tenth], held[-tenth:])
        cells = " | ".join(f"{statistics.median(part):,.0f}" for part in at)
        yield f"| {name} | {cells} | {max(held):,.0f} |"


def compared(
    servers: dict[str, Server], answers: dict[str, str], seconds: float, runs: int
) -> Iterator[str]:
    """Yield the rows of the table of all servers: answers per CPU second, medians."""
    first = next(iter(servers))
    for server in servers.values():
        ask(server, answers, WARMING, {"look-ups, kept": 8})
    for role in COMPARED:
        for connections in CONNECTIONS:
            found: dict[str, list[float]] = {name: [] for name in servers}
            for run in range(runs):
                for name, server in servers.items():
                    if name == RIVAL and run >= RIVAL_RUNS:
                        continue
                    told = ask(server, answers, seconds, {role: connections})
                    if told["wrong"] or told["busy"]:
                        raise SystemExit(f"{name}: {told['wrong']}, {told['busy']} times 503")
                    count = sum(map(len, told["times"].values()))
                    found[name].append(count / told["cpu"])
            rates = {name: statistics.median(each) for name, each in found.items()}
            cells = [f"{rates[first]:,.0f}"]
            cells += [f"{rate:,.0f} | {rates[first] / rate:,.2f}"
                      for name, rate in rates.items() if name != first]  # fmt: skip
            yield f"| {role} | {connections} | {' | '.join(cells)} |"


def side_by_side(folder: Path, quads: Path, answers: dict[str, str], runs: int) -> Iterator[str]:
    """Yield the lines about our server next to others of the same graph."""
    rival = rdflib_endpoint(quads, folder)
    with ExitStack() as stack:
        servers = {
            "gdakg serve": stack.enter_context(ours("--queue", "128")),
            "oxigraph serve-read-only": stack.enter_context(oxigraph(quads, folder)),
        }
        if rival is not None:
            servers[RIVAL] = stack.enter_context(rival)
        others = [name for name in servers if name != "gdakg serve"]
        yield from (
            "### Next to other servers",
            "",
            "Answers per CPU second of all processes of a server, medians of "
            f"{runs} runs in turns ({RIVAL_RUNS} of rdflib-endpoint), each answer compared as",
            f"above, the {len(answers) - 2} look-ups having been asked once; all write their usual",
            "logs, to nowhere, and of ours 128 may wait. Wanted of look-ups: half of what",
            "oxigraph's server gives, and 10 times rdflib-endpoint. A fresh text goes to a worker",
            "process, which can be killed, and back: that is what its ratio pays for.",
            "",
            f"| asked | connections | gdakg serve | {' | ratio | '.join(others)} | ratio |",
            f"| --- |{' ---: |' * (2 + 2 * len(others))}",
        )
        yield from compared(servers, answers, 1.5 if runs > 1 else 0.5, runs)
    if rival is None:
        yield from ("", f"{RIVAL} could not be installed and was not measured.")


def main(seconds: float = 60.0) -> None:
    """Write the section about serving into benchmarks/results.md and print it."""
    runs = RUNS if seconds >= 30 else 1
    with tempfile.TemporaryDirectory(prefix="gdakg-serving-") as made:
        folder = Path(made)
        quads = folder / "graph.nq"
        export(gdakg.load(), quads)
        answers = known(quads)
        found = loaded(answers, seconds)
        lines = ["## Serving", "", f"By `benchmarks/serving.py`, on {os.cpu_count()} cores.", ""]
        lines += [*of_load(found, seconds), "", *side_by_side(folder, quads, answers, runs)]
    if found.faults or runs == 1:
        print("\n".join(lines))
        sys.exit("\n".join(found.faults) or None)
    write_section("serving", lines)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:2]))
