"""Queries made to bring a server down: what their senders see, and that the next query works."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from serving import Got, Running, running, until

SECONDS = 1
#: joins of all with all: no machine ends the first; the second wants memory for every row
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    limits = ("--seconds", str(SECONDS), "--memory", "128", "--rows", "1000", "--bytes", "1")
    with running("--workers", "2", "--queue", "4", *limits) as started:
        yield started


@pytest.fixture(autouse=True)
def _next_query_works(server: Running) -> Iterator[None]:
    """See after each test that two workers are there and that the server answers."""
    yield
    is_whole = until(lambda: server.ask("/health").json()["idle"] == 2, 20)
    assert is_whole, server.ask("/health").text
    assert works(server)


def works(server: Running) -> bool:
    got = server.query("SELECT ?p { ?p a gda:Pillar }")
    return got.status == 200 and len(got.json()["results"]["bindings"]) == 7


def reason(got: Got, status: int) -> str:
    assert got.status == status, got
    detail = got.json()["detail"]
    assert isinstance(detail, str)
    return detail


def test_a_query_that_runs_for_ever_is_killed(server: Running) -> None:
    before = set(server.children())
    began = time.monotonic()
    assert reason(server.post(FOR_EVER), 500) == "the query took longer than the limit of 1 seconds"
    assert SECONDS <= time.monotonic() - began < SECONDS + 3
    assert until(lambda: len(set(server.children()) & before) == 1)


def test_others_are_answered_while_it_runs(server: Running) -> None:
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.post, FOR_EVER)
        time.sleep(0.3)
        began = time.monotonic()
        assert works(server)
        assert time.monotonic() - began < 0.5
        assert slow.result().status == 500


def test_a_query_that_eats_memory_is_ended() -> None:
    limits = ("--seconds", "60", "--memory", "96")
    with running("--workers", "1", *limits) as server:
        got = server.post(GREEDY)
        assert reason(got, 500) == (
            "the query needed more memory than the limit of 96 MiB, or the engine failed on it"
        )
        assert works(server)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ASK " + "{" * 50_000, "nested more than 100 deep"),
        ("ASK { FILTER" + "(" * 30_000 + "1" + ")" * 30_000 + " }", "nested more than 100 deep"),
        ("ASK { FILTER(" + "!" * 60_000 + "1) }", "no query"),
        ("ASK { ?s " + "/".join(["<p>"] * 8_000) + " ?o }", "more than 1,000"),
        ("SELECT * { " + "?s ?p ?o . " * 5_000 + "}", "more than 1,000"),
    ],
    ids=["braces", "brackets", "not", "path", "patterns"],
)
def test_deep_nesting_does_not_reach_the_engine(server: Running, text: str, said: str) -> None:
    before = server.children()
    got = server.post(text)
    assert got.status == 400, got
    if said != "no query":
        assert said in got.json()["detail"]
    assert server.children() == before


def test_a_megabyte_of_query_is_refused(server: Running) -> None:
    got = server.post("ASK { } # " + "x" * 1_000_000)
    assert "65,536 bytes" in reason(got, 413)


def test_a_worker_killed_in_a_query_costs_that_query(server: Running) -> None:
    before = server.children()
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.post, FOR_EVER)
        os.kill(busiest(before), signal.SIGKILL)
        assert reason(slow.result(), 500) == (
            "the process that ran the query died; only this query is lost"
        )


def busiest(pids: list[int]) -> int:
    """Return the process that has run most since a moment ago."""

    def ticks(pid: int) -> int:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return int(told[11]) + int(told[12])

    before = {pid: ticks(pid) for pid in pids}
    time.sleep(0.2)
    return max(pids, key=lambda pid: ticks(pid) - before[pid])


def test_idle_workers_killed_cost_at_most_a_query_each(server: Running) -> None:
    for pid in server.children():
        os.kill(pid, signal.SIGKILL)
    statuses = [server.query("ASK {}").status for _ in range(4)]
    assert statuses.count(500) <= 2
    assert set(statuses) <= {200, 500, 503}


def test_beyond_the_queue_clients_are_sent_away(server: Running) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(64) as pool:
        answers = list(pool.map(lambda _: server.post(FOR_EVER, timeout=60), range(64)))
    statuses = [got.status for got in answers]
    # Two run and four wait; places that are freed may be taken by latecomers.
    assert set(statuses) == {500, 503}
    assert statuses.count(500) >= 6
    assert statuses.count(503) >= 40
    away = next(got for got in answers if got.status == 503)
    assert away.headers["retry-after"] == "2"
    assert reason(away, 503) == "2 jobs run and 4 wait, no more are taken"
    assert time.monotonic() - began < 30


def test_who_waits_too_long_is_sent_away() -> None:
    with running("--workers", "1", "--queue", "16", "--seconds", "1") as server:
        with ThreadPoolExecutor(10) as pool:
            answers = list(pool.map(lambda _: server.post(FOR_EVER, timeout=60), range(10)))
        away = [got for got in answers if got.status == 503]
        assert {got.status for got in answers} == {500, 503}
        assert 5 <= len(away) <= 7, "one a second runs, for three seconds"
        assert {reason(got, 503) for got in away} == {"no worker was free for 3 seconds"}
        assert {got.headers["retry-after"] for got in away} == {"5"}
        assert works(server)


def test_a_client_that_goes_away_frees_its_place(server: Running) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    request = f"{head}Content-Length: {len(FOR_EVER)}\r\n\r\n{FOR_EVER}".encode()
    before = set(server.children())
    connections = [server.connect() for _ in range(6)]
    for connection in connections:
        connection.sendall(request)
    assert until(lambda: server.ask("/health").json()["waiting"] == 4, 0.8)
    for connection in connections:
        connection.close()
    began = time.monotonic()
    assert until(lambda: server.ask("/health").json()["waiting"] == 0, 2)
    assert until(lambda: not before & set(server.children()), 2)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "accept",
    ["application/json", "application/xml", "text/csv", "text/tab-separated-values"],
)
def test_a_table_with_too_many_rows_is_refused_whole(server: Running, accept: str) -> None:
    wanted = f"{accept}, application/problem+json;q=0.1"
    rows = "SELECT ?s ?o {{ ?s ?p ?o }} LIMIT {}"
    assert server.query(rows.format(1000), accept=wanted).status == 200
    got = server.query(rows.format(1001), accept=wanted)
    assert "limit of 1,000 rows" in reason(got, 422)
    assert "LIMIT and OFFSET" in reason(got, 422)
    # What looks like the end of a row within a value is none.
    tricky = r"""SELECT ?x ?y { VALUES ?x { ROWS } BIND('\r\n\"},{ <result>\n' AS ?y) }"""
    for count, status in ((1000, 200), (1001, 422)):
        values = " ".join(map(str, range(count)))
        assert server.post(tricky.replace("ROWS", values), accept=wanted).status == status


def test_a_graph_with_too_many_triples_is_refused_whole(server: Running) -> None:
    triples = "CONSTRUCT {{ ?s ?p ?o }} {{ SELECT DISTINCT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {} }}"
    assert server.query(triples.format(1000)).status == 200
    assert "limit of 1,000 triples" in reason(server.query(triples.format(1001)), 422)


def test_too_large_an_answer_is_refused_whole(server: Running) -> None:
    long = "x" * 2_000
    text = f"SELECT ?x {{ VALUES ?x {{ '{long}' }} ?s ?p ?o }} LIMIT "
    assert server.query(text + "500").status == 200
    assert "limit of 1 MiB" in reason(server.query(text + "600"), 422)


def test_the_server_stays_small(server: Running) -> None:
    def size() -> int:
        status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmRSS:")[2].split()[0])

    works(server)
    before = size()
    with ThreadPoolExecutor(8) as pool:
        for number in range(2_000):
            pool.submit(server.query, f"SELECT ?s {{ ?s a gda:Pillar }} # {number}")
    assert size() - before < 30_000
