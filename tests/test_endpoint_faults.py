"""A bad line to a good server: the right answer or one clear error, never a wrong answer.

Between us and the oxigraph server stands a proxy of ours that breaks what it passes on.
"""

import base64
import contextlib
import email.utils
import json
import re
import socket
import struct
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode

import pyoxigraph as og
import pytest
from click.testing import CliRunner

import gdakg
from gdakg import posting
from gdakg.cli import main

ASKED = "SELECT ?code { ?s a gda:Pillar ; skos:notation ?code } ORDER BY ?code"
TRIPLES = "CONSTRUCT { ?s a gda:Pillar } WHERE { ?s a gda:Pillar }"
JSON = "application/sparql-results+json"

#: takes the connection, what was asked, and the body with which the server answered
Fault = Callable[[socket.socket, bytes, bytes], None]


class Proxy:
    """Passes requests on to a server; the first of them meet a fault each, the last for ever."""

    def __init__(self, upstream: str, faults: list[Fault], *, for_ever: bool) -> None:
        self.upstream = upstream
        self.faults = faults
        self.for_ever = for_ever
        self.asked: list[bytes] = []
        self.is_closing = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/sparql"
        self.threads = [threading.Thread(target=self._accept)]
        self.threads[0].start()

    def _accept(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            if self.is_closing:
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self.threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            request = received(connection)
            number = len(self.asked)
            self.asked.append(request)
            last = len(self.faults) - 1
            if number <= last or (self.for_ever and self.faults):
                self.faults[min(number, last)](connection, request, self._answer(request))
            else:
                connection.sendall(whole(self._answer(request)))

    def _answer(self, request: bytes) -> bytes:
        """Return the body that the server answers with."""
        head, _, form = request.partition(b"\r\n\r\n")
        accept = re.search(rb"(?im)^accept: (.*?)\r?$", head)
        assert accept is not None
        asked = urllib.request.Request(
            self.upstream, data=form, headers={"Accept": accept[1].decode()}
        )
        with urllib.request.urlopen(asked, timeout=10) as response:
            body = response.read()
        assert isinstance(body, bytes)
        return body

    def close(self) -> None:
        self.is_closing = True
        socket.create_connection(self.listener.getsockname()).close()
        for thread in self.threads:
            thread.join(timeout=10)
        self.listener.close()


def received(connection: socket.socket) -> bytes:
    """Return one whole request."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def whole(body: bytes, kind: str = JSON, status: str = "200 OK", *headers: str) -> bytes:
    """Return an answer as it stands on the wire."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "Connection: close", "", ""]).encode() + body


def answering(body: bytes, kind: str = JSON, status: str = "200 OK", *headers: str) -> Fault:
    return lambda connection, *_: connection.sendall(whole(body, kind, status, *headers))


def reset(connection: socket.socket, _: bytes, body: bytes) -> None:
    """Send half of the answer, then reset the connection."""
    connection.sendall(whole(body)[: -len(body) // 2])
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def broken_off(connection: socket.socket, _: bytes, body: bytes) -> None:
    """Send half of the answer, then close."""
    connection.sendall(whole(body)[: -len(body) // 2])


def cut(connection: socket.socket, _: bytes, body: bytes) -> None:
    """Send half of the answer as if it were all, as a server does that gives up on a query."""
    connection.sendall(whole(body[: len(body) // 2]))


def dripping_head(connection: socket.socket, _: bytes, body: bytes) -> None:
    for byte in whole(body):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def dripping_body(connection: socket.socket, _: bytes, body: bytes) -> None:
    head = whole(body)[: -len(body)]
    connection.sendall(head)
    for byte in body:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def endless(connection: socket.socket, *_: bytes) -> None:
    connection.sendall(
        f"HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    )
    while True:
        connection.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def unframed(connection: socket.socket, _: bytes, body: bytes) -> None:
    """Send the first line of a graph and close, without having said how much there is."""
    line = body.splitlines(keepends=True)[0]
    connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: application/n-triples\r\n\r\n" + line)


BUSY = answering(b"busy", "text/plain", "503 Service Unavailable")


@pytest.fixture
def through(endpoint: str) -> Iterator[Callable[..., Proxy]]:
    """Yield what starts a proxy before the server with these faults."""
    started = []

    def start(*faults: Fault, for_ever: bool = False) -> Proxy:
        started.append(Proxy(endpoint, list(faults), for_ever=for_ever))
        return started[-1]

    yield start
    for proxy in started:
        proxy.close()


def codes(kg: gdakg.KnowledgeGraph) -> list[str]:
    return [row.code for row in kg.query(ASKED)]


PILLARS = ["1", "2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize(
    "faults",
    [
        [],
        [BUSY],
        [BUSY, BUSY, BUSY],
        [answering(b"", "text/plain", "429 Too Many Requests", "Retry-After: 0")],
        [answering(b"", "text/plain", "502 Bad Gateway")],
        [answering(b"", "text/plain", "504 Gateway Timeout")],
        [reset],
        [broken_off, reset],
        [lambda connection, *_: connection.close()],
    ],
)
def test_what_passes_is_tried_again(
    kg: gdakg.KnowledgeGraph, through: Callable[..., Proxy], faults: list[Fault]
) -> None:
    proxy = through(*faults)
    assert codes(gdakg.connect(proxy.url)) == codes(kg) == PILLARS
    assert len(proxy.asked) == len(faults) + 1


@pytest.mark.parametrize(
    ("fault", "message", "times"),
    [
        (BUSY, "HTTP 503: busy", 4),
        (reset, "did not answer", 4),
        (broken_off, "the connection broke off", 4),
        (cut, 'did not answer with SPARQL results but: {"head"', 1),
        (answering(b"<html>Log in</html>", "text/html"), "but: <html>Log in</html>", 1),
        (answering(b'{"head":{},"boolean":true}', "text/html"), 'but: {"head"', 1),
        (answering(b"{}"), "did not answer with SPARQL results but: {}", 1),
        (answering(b"", "text/plain", "500 Oops"), "HTTP 500: nothing", 1),
        (answering(b"who?", "text/plain", "401 Unauthorized"), "HTTP 401: who", 1),
        (answering(b"", "", "302 Found", "Location: /x"), "more than 5 redirects", 6),
        (answering(b"", "", "302 Found", "Location: file:///etc/hosts"), "another host", 1),
        (answering(b"", "", "303 See Other", "Location: /x"), "HTTP 303", 1),
        (answering(b"x", JSON, "200 OK", "Content-Encoding: gzip"), "the coding gzip", 1),
        (answering(b"{}", JSON, "206 Partial Content"), "a part of the answer only", 1),
        (answering(b"{}", JSON, "200 OK", "X-SQL-State: S1TAT"), "a part of the answer only", 1),
        (answering(b"", "", "503 Busy", "Retry-After: 3600"), "would be in 3,600 s", 1),
    ],
)
def test_what_does_not_pass_is_one_clear_error(
    through: Callable[..., Proxy], fault: Fault, message: str, times: int
) -> None:
    proxy = through(fault, for_ever=True)
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match=re.escape(message)) as caught:
        codes(gdakg.connect(proxy.url))
    assert len(proxy.asked) == times
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert time.monotonic() - began < 10


def test_the_error_shows_the_first_300_characters(through: Callable[..., Proxy]) -> None:
    proxy = through(answering(b"<p>" + b"x" * 1000, "text/html"))
    with pytest.raises(gdakg.EndpointError) as caught:
        codes(gdakg.connect(proxy.url))
    assert str(caught.value).endswith("but: <p>" + "x" * 297)


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match="Connection refused"):
        codes(gdakg.connect(f"http://127.0.0.1:{port}/sparql"))
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("fault", [dripping_head, dripping_body])
def test_the_time_limit_holds_for_the_whole_answer(
    through: Callable[..., Proxy], fault: Fault
) -> None:
    proxy = through(fault, for_ever=True)
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match=r"in whole within 0\.5 s"):
        codes(gdakg.connect(proxy.url, timeout=0.5))
    assert time.monotonic() - began < 2
    assert len(proxy.asked) == 1


def test_the_server_says_how_long_to_wait(through: Callable[..., Proxy]) -> None:
    soon = email.utils.formatdate(time.time() + 2, usegmt=True)
    proxy = through(answering(b"", "", "503 Busy", f"Retry-After: {soon}"))
    began = time.monotonic()
    assert codes(gdakg.connect(proxy.url)) == PILLARS
    assert 0.8 < time.monotonic() - began < 5


def test_a_huge_body_is_an_error(
    through: Callable[..., Proxy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "MOST", 1_000_000)
    proxy = through(endless, for_ever=True)
    with pytest.raises(gdakg.EndpointError, match="more than 1,000,000 bytes"):
        codes(gdakg.connect(proxy.url))
    assert len(proxy.asked) == 1


def test_a_graph_without_an_end_is_an_error(through: Callable[..., Proxy]) -> None:
    kg = gdakg.connect(through(unframed).url)
    with pytest.raises(gdakg.EndpointError, match="did not say where its answer ends"):
        kg.query(TRIPLES)


def test_a_graph_may_come_as_turtle(through: Callable[..., Proxy]) -> None:
    turtle = b"@prefix a: <http://a/> . a:s a a:T ."
    answer = gdakg.connect(through(answering(turtle, "text/turtle; charset=utf-8")).url)
    assert len(answer.query(TRIPLES)) == 1


def test_a_redirect_on_the_same_host_is_followed_with_the_query(
    through: Callable[..., Proxy],
) -> None:
    for status in ("301 Moved", "302 Found", "307 Temporary", "308 Permanent"):
        proxy = through(answering(b"", "text/html", status, "Location: /elsewhere"))
        assert codes(gdakg.connect(proxy.url)) == PILLARS
        assert proxy.asked[1].startswith(b"POST /elsewhere ")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_redirect_to_another_host_is_followed(
    through: Callable[..., Proxy], status: str, host: str
) -> None:
    other = through()
    target = other.url.replace("127.0.0.1", host)
    proxy = through(answering(b"", "text/html", status, f"Location: {target}"), for_ever=True)
    with pytest.raises(gdakg.EndpointError, match="redirects to another host") as caught:
        codes(gdakg.connect(proxy.url, credentials=("ann", "secret")))
    assert target in str(caught.value)
    assert other.asked == []
    assert len(proxy.asked) == 1


def test_credentials_go_where_nobody_listens(through: Callable[..., Proxy]) -> None:
    proxy = through()
    expected = b"Authorization: Basic " + base64.b64encode(b"ann:se:cret")
    kg = gdakg.connect(proxy.url.replace("http://", "http://ann:se%3Acret@"))
    assert codes(kg) == PILLARS
    assert expected in proxy.asked[0]
    assert "cret" not in repr(kg)
    codes(gdakg.connect(proxy.url))
    assert b"Authorization" not in proxy.asked[1]
    for url in ("http://example.org/sparql", "http://ann:secret@example.org/sparql"):
        with pytest.raises(gdakg.EndpointError, match="over https, or to this machine") as caught:
            gdakg.connect(url, credentials=("ann", "secret"))
        assert "secret" not in str(caught.value)
    assert "https://example.org/" in repr(gdakg.connect("https://ann:secret@example.org/"))


def test_servers_are_told_who_asks(through: Callable[..., Proxy]) -> None:
    proxy = through()
    codes(gdakg.connect(proxy.url))
    assert re.search(rb"User-Agent: gdakg/\d+\.\d+\.\d+ SPARQLWrapper/", proxy.asked[0])


def limited(size: int) -> Fault:
    """Return what answers like a server that cuts answers at `size` rows and says so."""

    def serve(connection: socket.socket, request: bytes, body: bytes) -> None:
        told = json.loads(body)
        rows = told["results"]["bindings"]
        headers = [f"X-SPARQL-MaxRows: {size}"] if len(rows) > size else []
        told["results"]["bindings"] = rows[:size]
        connection.sendall(whole(json.dumps(told).encode(), JSON, "200 OK", *headers))

    return serve


@pytest.mark.parametrize("size", [4, 10, 11])
def test_what_a_server_cuts_is_asked_for_in_pages(
    kg: gdakg.KnowledgeGraph, through: Callable[..., Proxy], size: int
) -> None:
    proxy = through(limited(size), for_ever=True)
    remote = gdakg.connect(proxy.url)
    text = """SELECT DISTINCT ?kind ?label {
      ?area a gda:CooperationArea ; skos:prefLabel ?label . OPTIONAL { ?area gda:none ?kind }
    } ORDER BY DESC(lang(?label)) ?label VALUES ?unused { 1 }"""
    assert remote.query(text).terms == kg.query(text).terms
    assert len(kg.query(text)) > 3 * size
    assert len(proxy.asked) > 4
    unordered = "SELECT * { ?s a gda:CooperationArea }"
    assert sorted(remote.query(unordered).terms, key=str) == sorted(
        kg.query(unordered).terms, key=str
    )


def test_pages_may_be_alike(kg: gdakg.KnowledgeGraph, through: Callable[..., Proxy]) -> None:
    remote = gdakg.connect(through(limited(3), for_ever=True).url)
    text = "SELECT ?kind { ?s a ?kind . FILTER(?kind = gda:Pillar) }"
    assert remote.query(text).terms == kg.query(text).terms
    assert len(kg.query(text)) == 7


def test_what_cannot_be_paged_is_an_error(through: Callable[..., Proxy]) -> None:
    remote = gdakg.connect(through(limited(4), for_ever=True).url)
    with pytest.raises(gdakg.EndpointError, match="cuts its answers at 4 rows"):
        remote.query("SELECT * { ?s a gda:CooperationArea } LIMIT 20")
    assert len(remote.query("SELECT * { ?s a gda:CooperationArea } LIMIT 3")) == 3


def test_a_server_that_gives_the_same_page_again_is_told(through: Callable[..., Proxy]) -> None:
    told = {"type": "literal", "value": "1"}
    table = {"head": {"vars": ["s"]}, "results": {"bindings": [{}, {"s": told}]}}
    proxy = through(
        answering(json.dumps(table).encode(), JSON, "200 OK", "X-SPARQL-MaxRows: 2"), for_ever=True
    )
    with pytest.raises(gdakg.EndpointError, match="does not heed LIMIT and OFFSET"):
        gdakg.connect(proxy.url).query("SELECT ?s { ?s a gda:None }")


def test_a_cut_graph_is_an_error(through: Callable[..., Proxy]) -> None:
    line = f"{og.NamedNode('a:s')} {og.NamedNode('a:p')} {og.NamedNode('a:o')} .\n".encode()
    fault = answering(line, "application/n-triples", "200 OK", "X-SPARQL-MaxRows: 1")
    with pytest.raises(gdakg.EndpointError, match="a part of the answer only"):
        gdakg.connect(through(fault).url).query(TRIPLES)


def test_the_command_line_takes_a_time_limit(through: Callable[..., Proxy]) -> None:
    proxy = through(dripping_body, for_ever=True)
    asked = ["query", ASKED, "--endpoint", proxy.url, "--timeout", "0.5"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 1
    assert "did not answer in whole within 0.5 s" in done.stderr
    assert CliRunner().invoke(main, ["query", ASKED, "--timeout", "5"]).exit_code == 2
    assert CliRunner().invoke(main, [*asked[:-1], "0"]).exit_code == 2


def test_the_proxy_passes_on_what_it_should(endpoint: str, through: Callable[..., Proxy]) -> None:
    proxy = through()
    asked = urllib.request.Request(
        proxy.url, data=urlencode({"query": "ASK {}"}).encode(), headers={"Accept": JSON}
    )
    with urllib.request.urlopen(asked, timeout=10) as response:
        assert json.load(response)["boolean"] is True
    assert parse_qs(proxy.asked[0].partition(b"\r\n\r\n")[2]) == {b"query": [b"ASK {}"]}
