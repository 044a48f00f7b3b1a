"""A running server of ours for the tests: `gdakg serve` in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest


class Got(NamedTuple):
    """An answer: status, headers by name in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


class Running:
    """A server that runs: its address, its process, what it has written to standard error."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self._announced().rstrip("/")
        self.host, _, port = self.url.removeprefix("http://").partition(":")
        self.port = int(port)

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))

    def _announced(self) -> str:
        for _ in range(600):
            for line in self.lines:
                if line.startswith("serving at "):
                    return line.removeprefix("serving at ")
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.process.kill()
        pytest.fail(f"the server did not start: {self.lines}")

    @property
    def log(self) -> str:
        return "\n".join(self.lines)

    def ask(
        self,
        path: str = "/sparql",
        method: str = "GET",
        body: bytes | None = None,
        timeout: float = 30,
        **headers: str,
    ) -> Got:
        """Return the answer to one request; `content_type=` is the header Content-Type."""
        connection = HTTPConnection(self.host, self.port, timeout=timeout)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            got = connection.getresponse()
            told = {name.lower(): value for name, value in got.getheaders()}
            return Got(got.status, told, got.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "*/*", **parameters: Any) -> Got:
        """Return the answer to a query by GET."""
        asked = urlencode({"query": text, **parameters}, doseq=True)
        return self.ask(f"/sparql?{asked}", accept=accept)

    def post(self, text: str, accept: str = "*/*", **options: Any) -> Got:
        """Return the answer to a query by POST."""
        headers = {"content_type": "application/sparql-query", "accept": accept} | options
        return self.ask("/sparql", "POST", text.encode(), **headers)

    def connect(self, timeout: float = 20) -> socket.socket:
        """Return a connection on which nothing has been said."""
        return socket.create_connection((self.host, self.port), timeout=timeout)

    def children(self) -> list[int]:
        """Return the process ids of the workers."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in task.read_text().split()]

    def stop(self) -> int:
        """Ask it to end by SIGTERM, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)


@contextmanager
def running(*options: str, **environment: str) -> Iterator[Running]:
    """Yield a server on a free port of loopback, started as a user starts it."""
    command = [sys.executable, "-m", "gdakg", "serve", "--port", "0", *options]
    with _process(command, environment) as started:
        yield started


@contextmanager
def running_with(settings: str, parser: str = "httptools") -> Iterator[Running]:
    """Yield a server with settings that `gdakg serve` has no options for, as in "head_seconds=1".

    With `parser` h11 it finds no httptools.
    """
    absent = "" if parser == "httptools" else "import sys; sys.modules['httptools'] = None; "
    program = (
        f"{absent}import sys, logging; logging.basicConfig(level='INFO', format='%(message)s'); "
        "from gdakg.server.listening import serve; "
        "from gdakg.server.settings import Settings, Limits; "
        f"serve(Settings({settings}), '127.0.0.1', 0, "
        "lambda address: print('serving at', address, file=sys.stderr, flush=True))"
    )
    with _process([sys.executable, "-c", program], {}) as started:
        yield started


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """Yield a server of the bundled graph that the tests of a module share."""
    with running() as started:
        yield started


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[Running]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    try:
        yield Running(process)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(timeout=10)
        assert process.stderr is not None
        process.stderr.close()


def until(is_so: Any, seconds: float = 10) -> bool:
    """Return whether `is_so()` becomes true within `seconds`."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if is_so():
            return True
        time.sleep(0.05)
    return bool(is_so())
