"""Clients that are slow, half gone or too many, each on a raw socket."""

import socket
import time
from collections.abc import Iterator

import pytest

from serving import Running, running_with, until

#: all limits of patience are a second here; what ends later than this has not been ended by them
LATE = 6.0
LARGE = "SELECT * { VALUES ?x { 1 2 3 4 5 } ?s ?p ?o }"
HEAD = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module", params=["httptools", "h11"])
def server(request: pytest.FixtureRequest) -> Iterator[Running]:
    patience = "head_seconds=1, body_seconds=1, idle_seconds=1, send_seconds=1, connections=8"
    limits = "limits=Limits(rows=10**7)"
    with running_with(f"{patience}, {limits}", parser=request.param) as started:
        yield started


@pytest.fixture(autouse=True)
def _next_query_works(server: Running) -> Iterator[None]:
    """See after each test that the server answers."""
    yield
    assert until(lambda: server.query("ASK {}").status == 200)


def ended(connection: socket.socket, began: float) -> bytes:
    """Return what is still said on `connection`, having seen that it ends in time."""
    connection.settimeout(LATE)
    said = b""
    try:
        while part := connection.recv(1 << 16):
            said += part
    except ConnectionResetError:
        pass
    took = time.monotonic() - began
    assert 0.5 < took < LATE, f"ended after {took:.1f} s"
    return said


def test_a_connection_that_says_nothing_is_closed(server: Running) -> None:
    with server.connect() as connection:
        assert ended(connection, time.monotonic()) == b""


def test_half_a_head_is_not_waited_for(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n")
        assert ended(connection, time.monotonic()) == b""


def test_a_head_that_drips_is_not_waited_for(server: Running) -> None:
    with server.connect() as connection:
        began = time.monotonic()
        connection.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError):
            while time.monotonic() - began < LATE:
                connection.sendall(b"X: y\r\n")
                time.sleep(0.1)
        assert time.monotonic() - began < LATE


def test_a_second_head_that_drips_is_not_waited_for(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        began = time.monotonic()
        connection.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError):
            while time.monotonic() - began < LATE:
                connection.sendall(b"X: y\r\n")
                time.sleep(0.1)
        assert time.monotonic() - began < LATE


def test_half_a_body_is_not_waited_for(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 100\r\n\r\nASK {")
        said = ended(connection, time.monotonic())
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"did not come within 1 seconds" in said


def test_a_body_that_drips_is_not_waited_for(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        began = time.monotonic()
        said = b""
        connection.settimeout(0.1)
        while time.monotonic() - began < LATE and not said:
            try:
                connection.sendall(b"x")
                said = connection.recv(100)
            except TimeoutError:
                continue
            except OSError:
                break
        assert said.startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - began < LATE


def test_a_connection_at_rest_is_closed(server: Running) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        assert ended(connection, time.monotonic()) in {b"", b'{"head":{},"boolean":true}'}


def test_a_large_answer_that_nobody_reads_is_given_up(server: Running) -> None:
    with server.connect() as connection:
        request = HEAD + b"Accept: text/csv\r\nContent-Length: %d\r\n\r\n" % len(LARGE)
        connection.sendall(request + LARGE.encode())
        assert until(lambda: "POST /sparql 200" in server.lines[-1], LATE + 10), server.log
        # What it had in its buffers can still be read; the answer is not whole, and says so.
        said = b""
        try:
            while part := connection.recv(1 << 16):
                said += part
        except ConnectionResetError:
            pass
    head, _, body = said.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    assert length > 10_000_000
    assert len(body) < length


def test_a_slow_reader_who_reads_gets_all(server: Running) -> None:
    with server.connect() as connection:
        request = HEAD + b"Accept: text/csv\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        connection.sendall(request % len(LARGE) + LARGE.encode())
        said = bytearray()
        while part := connection.recv(1 << 17):
            said += part
            time.sleep(0.01)
    head, _, body = bytes(said).partition(b"\r\n\r\n")
    assert len(body) == int(head.lower().partition(b"content-length:")[2].split()[0])


def test_connections_too_many_are_sent_away(server: Running) -> None:
    held = [server.connect() for _ in range(8)]
    try:
        with server.connect() as connection:
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: a\r\n\r\n")
            said = connection.recv(4096)
        assert said.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 2" in said.lower()
    finally:
        for connection in held:
            connection.close()


def test_half_open_connections_cost_nobody_a_place(server: Running) -> None:
    for _ in range(12):
        connection = server.connect()
        connection.sendall(b"GET /sparql HTTP/1.1\r\n")
        connection.shutdown(socket.SHUT_WR)
        connection.close()
    assert until(lambda: server.query("ASK {}").status == 200, 3)


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\r\n\r\n\r\n\r\nnonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Length: 3\r\n\r\n0\r\n\r\n",
    ],
    ids=["tls", "nonsense", "two lengths", "length and chunks"],
)
def test_what_is_no_http_is_refused(server: Running, said: bytes) -> None:
    with server.connect() as connection:
        connection.sendall(said)
        got = connection.recv(4096)
        assert got == b"" or got.split()[1][:1] == b"4", got
