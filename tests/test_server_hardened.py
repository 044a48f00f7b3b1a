"""What a hostile reader of the server's code found, and would find again were it undone."""

import resource
import signal
import socket
import subprocess
import sys
import time
import xml.dom.minidom
from collections.abc import Iterator
from contextlib import ExitStack
from os import kill
from pathlib import Path
from urllib.parse import urlencode

import pytest

from gdakg.errors import QueryError
from gdakg.guard import sources
from serving import Running, running, running_with, until

ONTOLOGY = "https://w3id.org/gdakg/graph/ontology"
#: answers of 4,020,003 bytes as csv, another for each word
LARGE = 'SELECT ?b { VALUES ?b { "%s" } ?s ?p ?o } LIMIT 2000'
LIMITS = "Limits(seconds=20, bytes=5 * 1024**2)"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    # Room for 16 answers of 5 MiB and for the 64 MiB of answers that are kept.
    with running_with(f"workers=1, queue=200, limits={LIMITS}, send_seconds=60") as started:
        yield started


def memory(server: Running) -> int:
    """Return how many MiB the process that speaks HTTP holds."""
    line = next(
        line
        for line in Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    return int(line.split()[1]) // 1024


def form(query: str) -> str:
    return urlencode({"query": query})


def post(server: Running, body: str, *more: str, accept: str = "text/csv") -> bytes:
    lines = (
        "POST /sparql HTTP/1.1",
        "Host: here",
        f"Accept: {accept}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *more,
    )
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def answers(connection: socket.socket) -> bytes:
    """Return all that comes until the server closes."""
    parts = []
    while part := connection.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


# What is read in the process that speaks HTTP takes no time


@pytest.mark.parametrize(
    "text", ['" " * 60 + "x"', r"""'\\"' * 32_000""", r""""\\'" * 32_000""", r"""'\\"a' * 20_000"""]
)
def test_no_text_keeps_the_guard_busy(text: str) -> None:
    program = (
        "import time; from gdakg import guard; began = time.process_time()\n"
        f"try: guard.check({text})\n"
        "except guard.QueryError: pass\n"
        "print(time.process_time() - began < 2)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert ended.stdout == "True\n"


# FROM is heeded whatever else the query holds


@pytest.mark.parametrize("more", ["FILTER(!isTRIPLE(?o))", "FILTER(!hasLANGDIR(?o))", "LATERAL {}"])
@pytest.mark.parametrize("graph", ["graph:ontology", f"<{ONTOLOGY}>", "<../graph/ontology>"])
def test_from_is_heeded_beyond_sparql_1_1(server: Running, graph: str, more: str) -> None:
    counted = "SELECT (COUNT(*) AS ?n)"
    got = server.query(f"{counted} FROM {graph} {{ ?s ?p ?o {more} }}", "text/csv")
    known = server.query(f"{counted} {{ GRAPH <{ONTOLOGY}> {{ ?s ?p ?o }} }}", "text/csv")
    assert (got.status, got.body) == (200, known.body)


@pytest.mark.parametrize("more", ["", "FILTER(!isTRIPLE(?o))"])
@pytest.mark.parametrize(
    ("graph", "reason"),
    [
        ("o:x", "the dataset has no graph <http://outside.example/x>"),
        ("<http://outside.example/x>", "the dataset has no graph <http://outside.example/x>"),
        ("none:x", "no prefix 'none' is declared"),
        ("NAMEDo:x", "a space is needed"),
    ],
)
def test_a_graph_outside_is_refused_beyond_sparql_1_1(
    server: Running, graph: str, reason: str, more: str
) -> None:
    space = "" if graph.startswith("NAMED") else " "
    query = f"PREFIX o: <http://outside.example/> ASK FROM{space}{graph} {{ ?s ?p ?o {more} }}"
    got = server.query(query)
    assert got.status == 400
    assert reason in got.json()["detail"]


def test_a_graph_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        sources("ASK FROM <http://x/\\u0061> { FILTER(isTRIPLE(?o)) }")


# Memory


def test_large_answers_leave_nothing_behind(server: Running) -> None:
    # Slower than a look-up, so that the server looks whether its client is still there, and
    # larger than what it keeps.
    slow = (
        "SELECT ?b { { SELECT (COUNT(*) AS ?n) { ?x ?y ?z . ?x ?v ?w . FILTER(?z != ?w) } }"
        ' VALUES ?b { "%s" } ?s ?p ?o } LIMIT 2000'
    )
    held = []
    for word in "abcdefghijkl":
        began = time.monotonic()
        got = server.post(slow % (word * 2_300), "text/csv", timeout=60)
        assert (got.status, len(got.body)) == (200, 2_000 * 2_302 + 3)
        assert time.monotonic() - began > 0.15
        held.append(memory(server))
    # 11 of them are 48 MiB.
    assert max(held) < held[0] + 22


def test_answers_that_nobody_takes_are_bounded(server: Running) -> None:
    # Together 60 would be 229 MiB: there is room for 144.
    with ExitStack() as opened:
        held = [opened.enter_context(server.connect(60)) for _ in range(60)]
        for number, connection in enumerate(held):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(post(server, form(LARGE % (f"{number:04}" * 502))))
        heads = [connection.recv(1_000, socket.MSG_PEEK) for connection in held]
        statuses = [head[9:12] for head in heads]
        assert {*statuses} == {b"200", b"503"}
        assert statuses.count(b"200") <= 37
        assert b"retry-after: 5" in heads[statuses.index(b"503")]
        assert memory(server) < 400
        assert server.query("ASK {}").status == 200
    assert until(lambda: server.post(LARGE % ("now" * 669), "text/csv").status == 200, 20)


def test_lists_that_come_slowly_are_bounded(server: Running) -> None:
    part = b"a,b\n" * (2 * 1024**2)
    head = b"POST /match HTTP/1.1\r\nHost: here\r\nContent-Type: text/csv\r\n"
    refused = 0
    with ExitStack() as opened:
        for _ in range(24):
            connection = opened.enter_context(server.connect(20))
            try:
                connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(part) + part[:-1])
                connection.setblocking(False)
                refused += connection.recv(20).startswith(b"HTTP/1.1 503 ")
            except BlockingIOError:
                pass  # it waits for the end of the list
            except ConnectionError:
                refused += 1
        assert memory(server) < 400
        assert refused
        assert server.query("ASK {}").status == 200
    got = server.ask("/match", "POST", b"L.1470\n", content_type="text/csv")
    assert got.status == 200


# Workers


@pytest.mark.skipif(sys.platform != "linux", reason="sets the limit of another process: Linux")
def test_a_worker_comes_back_when_there_are_files_again() -> None:
    with running("--workers", "1") as server:
        pid = server.process.pid
        usual = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        most = len(list(Path(f"/proc/{pid}/fd").iterdir())) - 1
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, usual[1]))
        kill(server.children()[0], signal.SIGKILL)
        assert until(lambda: "a worker cannot start: Too many open files" in server.log)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, usual)
        assert until(lambda: len(server.children()) == 1)
        assert until(lambda: server.ask("/health").json()["idle"] == 1, 20)
        assert server.query("ASK {}").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits of another process: Linux")
def test_every_connection_may_have_its_file() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (200, {hard}))\n"
        "from gdakg.server.listening import serve; from gdakg.server.settings import Settings\n"
        "serve(Settings(workers=1), '127.0.0.1', 0, lambda address: print(address, flush=True))"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")
        allowed = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)[0]
        process.terminate()
        process.wait(timeout=20)
    assert allowed == (2_256 if hard == resource.RLIM_INFINITY else min(2_256, hard))
    assert soft <= hard


# HTTP


@pytest.mark.parametrize("name", ["Upgrade", "upgrade", "UPGRADE"])
def test_a_wish_for_http_2_does_not_cost_the_body(server: Running, name: str) -> None:
    wish = ("Connection: Upgrade, HTTP2-Settings", f"{name}: h2c", "HTTP2-Settings: AAMA")
    next_one = b"GET /health HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    with server.connect() as connection:
        connection.sendall(post(server, form("ASK {}"), *wish, accept="*/*") + next_one)
        got = answers(connection)
    assert got.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert b'"boolean":true}' in got


def test_a_body_behind_a_wish_for_http_2_is_no_request(server: Running) -> None:
    hidden = "GET /health HTTP/1.1\r\nHost: here\r\n\r\n"
    sent = post(server, hidden, "Connection: Upgrade", "Upgrade: h2c")
    with server.connect() as connection:
        connection.sendall(sent[:40])
        time.sleep(0.2)
        connection.sendall(sent[40 : -len(hidden)])
        time.sleep(0.2)
        connection.sendall(hidden.encode())
        got = answers(connection)
    assert got.count(b"HTTP/1.1 ") == 1
    assert b'"workers"' not in got


# XML


@pytest.mark.parametrize("text", ["\\u0001", "\\u0000", "\\uFFFE", "\\uFFFF"])
def test_what_xml_cannot_hold_is_not_written_as_xml(server: Running, text: str) -> None:
    query = f'SELECT ("{text}" AS ?x) {{}}'
    got = server.query(query, "application/sparql-results+xml, application/json;q=0.1")
    assert got.status == 406
    assert server.query(query, "application/sparql-results+json").status == 200


@pytest.mark.parametrize("iri", ["http://x/1", "http://x/", "urn:1", "http://x/a(b)"])
def test_a_property_that_has_no_tag_is_not_written_as_xml(server: Running, iri: str) -> None:
    query = f'CONSTRUCT {{ <x:s> <{iri}> "y" }} {{}}'
    assert server.query(query, "application/rdf+xml").status == 406
    assert server.query(query, "application/n-triples").text == f'<x:s> <{iri}> "y" .\n'


def test_a_carriage_return_survives_xml(server: Running) -> None:
    query = 'SELECT ("a\\r\\nb" AS ?x) {}'
    got = server.query(query, "application/sparql-results+xml")
    literal = xml.dom.minidom.parseString(got.body).getElementsByTagName("literal")[0]
    assert literal.firstChild is not None
    assert literal.firstChild.nodeValue == "a\r\nb"
