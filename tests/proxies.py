"""A proxy before a SPARQL server that breaks what it passes on, and the ways of breaking it."""

import contextlib
import json
import re
import socket
import struct
import threading
import time
import urllib.request
from collections.abc import Callable

import gdakg

ASKED = "SELECT ?code { ?s a gda:Pillar ; skos:notation ?code } ORDER BY ?code"
PILLARS = ["1", "2", "3", "4", "5", "6", "7"]
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
    """Return the fault of answering something else."""
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
    """Send the whole answer byte by byte."""
    for byte in whole(body):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def dripping_body(connection: socket.socket, _: bytes, body: bytes) -> None:
    """Send the head at once and the body byte by byte."""
    head = whole(body)[: -len(body)]
    connection.sendall(head)
    for byte in body:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def endless(connection: socket.socket, *_: bytes) -> None:
    """Send an answer without end."""
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


def limited(size: int) -> Fault:
    """Return what answers like a server that cuts answers at `size` rows and says so."""

    def serve(connection: socket.socket, request: bytes, body: bytes) -> None:
        told = json.loads(body)
        rows = told["results"]["bindings"]
        headers = [f"X-SPARQL-MaxRows: {size}"] if len(rows) > size else []
        told["results"]["bindings"] = rows[:size]
        connection.sendall(whole(json.dumps(told).encode(), JSON, "200 OK", *headers))

    return serve


def codes(kg: gdakg.KnowledgeGraph) -> list[str]:
    """Return the codes of the pillars, asked of `kg`."""
    rows = kg.query(ASKED)
    assert isinstance(rows, gdakg.Solutions)
    return [row.code for row in rows]
