"""The same questions to an endpoint: a real server, and one that misbehaves."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import gdakg
from conftest import ASKED
from gdakg import questions

Handler = Callable[[http.server.BaseHTTPRequestHandler], None]


@pytest.fixture(scope="session")
def remote(endpoint: str) -> gdakg.KnowledgeGraph:
    return gdakg.connect(endpoint)


@pytest.mark.parametrize("name", questions.names())
def test_every_question_has_the_same_answer_there(
    kg: gdakg.KnowledgeGraph, remote: gdakg.KnowledgeGraph, name: str
) -> None:
    given = ASKED.get(name, {})
    there, here = remote.query(name, **given), kg.query(name, **given)
    assert there.variables == here.variables
    assert there.terms == here.terms


def test_the_other_forms_and_methods_work_there(
    kg: gdakg.KnowledgeGraph, remote: gdakg.KnowledgeGraph
) -> None:
    assert remote.query("ASK { <pillar/7> a gda:Pillar }") is True
    construct = "CONSTRUCT { ?s a gda:Pillar } WHERE { ?s a gda:Pillar }"
    assert remote.query(construct).to_turtle() == kg.query(construct).to_turtle()
    assert remote.standard("l1470").title() == kg.standard("l1470").title()
    assert remote.describe("ISO", "zh-Hans") == kg.describe("ISO", "zh-Hans")
    assert gdakg.network(remote, around="L.1480", depth=1).edges == (
        gdakg.network(kg, around="L.1480", depth=1).edges
    )
    pillars = remote.graph.query("SELECT * { ?s a <https://w3id.org/gdakg/def#Pillar> }")
    assert len(pillars) == 7


def test_a_query_that_the_server_refuses_is_told(remote: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.QueryError, match="refused the query: error at "):
        remote.query("SELECT * {")


def test_the_guard_stands_before_the_server_too(remote: gdakg.KnowledgeGraph) -> None:
    for text in ("DROP ALL", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"):
        with pytest.raises(gdakg.QueryError):
            remote.query(text)


@contextmanager
def server(handle: Handler) -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server on loopback that answers by `handle`, and what it was asked."""
    asked: list[str] = []

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.headers["Accept"])
            self.rfile.read(int(self.headers["Content-Length"]))
            handle(self)

        def log_message(self, *_: object) -> None:
            pass

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    listening.daemon_threads = False  # so that closing waits for a handler that still runs
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_port}/sparql", asked
    finally:
        listening.shutdown()
        listening.server_close()


def reply(status: int, kind: str, body: bytes) -> Handler:
    def handle(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return handle


JSON = "application/sparql-results+json"
CUT = b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "1'


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (200, "text/html", b"<html><body>Please log in</body></html>", "but: <html><body>Please"),
        (200, JSON, CUT, "did not answer with SPARQL results"),
        (200, JSON, b"", "did not answer with SPARQL results"),
        (404, "text/plain", b"nothing here", "http"),
        (500, "text/plain", b"boom", "http"),
        (503, "text/plain", b"busy", "http"),
    ],
)
def test_what_is_no_answer_is_an_error(status: int, kind: str, body: bytes, message: str) -> None:
    with server(reply(status, kind, body)) as (url, asked):
        with pytest.raises((gdakg.EndpointError, gdakg.QueryError), match=message) as caught:
            gdakg.connect(url).query("SELECT ?s { ?s ?p ?o }")
        assert "\n" not in str(caught.value)
        assert asked == [JSON] * (4 if status == 503 else 1)


def test_a_slow_server_is_given_up() -> None:
    with server(lambda _: time.sleep(2)) as (url, _):
        began = time.monotonic()
        with pytest.raises(gdakg.EndpointError, match="did not answer"):
            gdakg.connect(url, timeout=1).query("ASK {}")
        assert time.monotonic() - began < 1.9


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://127.0.0.1/", "127.0.0.1", "http://"])
def test_only_web_addresses_are_endpoints(url: str) -> None:
    with pytest.raises(gdakg.EndpointError, match="an http or https address is needed"):
        gdakg.connect(url)
