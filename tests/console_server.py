"""A small server for tests of the console: the real answers, and faults when asked for them."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs

import pyoxigraph as og

import gdakg
from gdakg.engine import Embedded, not_sparql
from gdakg.errors import GdakgError
from gdakg.namespaces import BASE, PREFIXES
from gdakg.pages.console import console, policy

TABLES: Final = {
    "application/sparql-results+json": og.QueryResultsFormat.JSON,
    "text/csv": og.QueryResultsFormat.CSV,
    "text/tab-separated-values": og.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "application/n-triples": og.RdfFormat.N_TRIPLES,
    "text/turtle": og.RdfFormat.TURTLE,
}


class Stub(ThreadingHTTPServer):
    """A server on loopback; `asked` tells the queries, `replies` stands for what they get."""

    daemon_threads = True

    def __init__(self, kg: gdakg.KnowledgeGraph) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        assert isinstance(kg.engine, Embedded)
        self.kg = kg
        self.store = kg.engine.store
        self.page = console().encode()
        self.asked: list[str] = []
        #: part of a query -> status, headers and body of what it gets
        self.replies: dict[str, tuple[int, dict[str, str], bytes]] = {}
        #: set to let those queries go on that say "# wait"
        self.gate = threading.Event()
        #: set when a client has gone while its query waited
        self.gone = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """What the server does with one request."""

    server: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path.split("?")[0] != "/console":
            return self.reply(404, {"Content-Type": "text/plain"}, b"")
        sent = f"{policy()}; frame-ancestors 'none'"
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": sent}
        return self.reply(200, headers, self.server.page)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query = parse_qs(body)["query"][0] if self.path == "/view" else body
        self.server.asked.append(query)
        if "# wait" in query and not self.server.gate.wait(30):
            raise AssertionError("nobody opened the gate")
        for part, reply in self.server.replies.items():
            if part in query:
                return self.reply(*reply)
        try:
            found = self.drawn(body) if self.path == "/view" else self.answered(query)
        except GdakgError as error:
            return self.refuse(400, str(error))
        return self.reply(200, {"Content-Type": found[0]}, found[1])

    def answered(self, query: str) -> tuple[str, bytes]:
        try:
            found = self.server.store.query(
                query, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True
            )
        except SyntaxError as error:
            raise not_sparql(query, str(error)) from error
        accept = self.headers["Accept"].split(", ")
        kinds: dict[str, Any] = GRAPHS if isinstance(found, og.QueryTriples) else TABLES
        media = next(each for each in (a.split(";")[0] for a in accept) if each in kinds)
        body: bytes = found.serialize(format=kinds[media]) or b""
        return media, body

    def drawn(self, body: str) -> tuple[str, bytes]:
        form = parse_qs(body)
        answer = self.server.kg.query(form["query"][0])
        net = gdakg.pages.network(self.server.kg, things=answer, language=form["lang"][0])
        return "text/html; charset=utf-8", net.generate_html().encode()

    def refuse(self, status: int, detail: str) -> None:
        told = json.dumps({"title": "Bad request", "status": status, "detail": detail})
        self.reply(status, {"Content-Type": "application/problem+json"}, told.encode())

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.server.gone.set()


@contextmanager
def stubbed(kg: gdakg.KnowledgeGraph) -> Iterator[Stub]:
    """Yield a running server."""
    with Stub(kg) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.gate.set()
            server.shutdown()
            thread.join(5)
