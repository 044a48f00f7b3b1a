"""What the tests share: the bundled graph, once, and a real SPARQL server beside it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from asked import ASKED as ASKED
from chromium import PROGRAM, Browser, Page
from gdakg.loading import load_bundled
from proxies import Fault, Proxy


@pytest.fixture(scope="session")
def kg() -> gdakg.KnowledgeGraph:
    """Return the bundled graph."""
    return gdakg.load()


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what commands put into the user's cache out of it."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a running Chromium."""
    if PROGRAM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("chromium is not installed")
    with Browser() as started:
        yield started


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Yield a new tab with the file that the module calls `path`; it must be quiet to the end."""
    opened = browser.open(path)
    yield opened
    opened.close_quiet()


@pytest.fixture(scope="session")
def site(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site of the bundled graph, which no test changes."""
    folder = tmp_path_factory.mktemp("site") / "out"
    gdakg.pages.site(kg, folder)
    return folder


@pytest.fixture(scope="session")
def coverage_html(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the coverage of the bundled graph."""
    path = tmp_path_factory.mktemp("coverage") / "coverage.html"
    gdakg.pages.coverage(kg, path)
    return path


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of an oxigraph server on loopback that serves the bundled graph."""
    folder = tmp_path_factory.mktemp("server")
    load_bundled().dump(folder / "all.nq", format=og.RdfFormat.N_QUADS)
    with serving(folder / "all.nq") as url:
        yield url


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


@contextmanager
def serving(file: Path) -> Iterator[str]:
    """Yield the address of an oxigraph server on loopback that serves what is in `file`.

    Its store lies beside `file`.  By the commands of docs/scale.md.
    """
    server = shutil.which("oxigraph") or shutil.which("oxigraph", path=Path(sys.executable).parent)
    if server is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("the oxigraph server is not installed (it is in gdakg[dev])")
    place = str(file.with_name("store"))
    load = [server, "load", "--location", place, "--file", str(file)]
    subprocess.run(load, check=True, capture_output=True, timeout=60)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serve = [server, "serve-read-only", "--location", place, "--bind", address]
    process = subprocess.Popen(
        [*serve, "--union-default-graph"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(address)
        yield f"http://{address}/query"
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait_for(address: str) -> None:
    """Return as soon as something listens at `address`, within 20 seconds."""
    host, port = address.split(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nothing listens at {address}")
