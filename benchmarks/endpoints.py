"""The servers of `serving`, each on a free port of loopback, and what they take."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
#: how long a server may take to start, in seconds
STARTING: Final = 60
RIVAL: Final = "rdflib-endpoint==0.6.3"


class Server:
    """A server that runs: where it is asked, and its processes."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
        self.process = process
        self.port = port
        self.path = path

    def pids(self) -> list[int]:
        """Return its own process and those that it has started."""
        own = self.process.pid
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii")
            return [own, *map(int, told.split())]
        return [own]

    def cpu(self) -> float:
        """Return the CPU seconds of all its processes, those that have ended too."""
        own, *children = self.pids()
        ticks = sum(_times(own)) + sum(sum(_times(child)[:2]) for child in children)
        return ticks / TICKS

    def memory(self) -> list[float]:
        """Return what each of its processes holds in memory, in MB, its own first."""
        return [_resident(pid) for pid in self.pids()]


def _times(pid: int) -> list[int]:
    """Return clock ticks of a process: user, system, and both of its children that have ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return [0, 0, 0, 0]
    return [int(ticks) for ticks in told.rpartition(")")[2].split()[11:15]]


def _resident(pid: int) -> float:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0.0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[Server]:
    """Yield a server once it listens, and stop it."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, port)
        yield Server(process, port, path)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until somebody listens.  Raises OSError if nobody does."""
    end = time.monotonic() + STARTING
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise OSError(f"{process.args!r} does not listen")


def ours(*options: str) -> "contextlib.AbstractContextManager[Server]":
    """Return our server of the bundled graph."""
    port = free_port()
    command = [sys.executable, "-m", "gdakg", "serve", "--port", str(port), *options]
    return running(command, port, "/sparql")


def oxigraph(quads: Path, folder: Path) -> "contextlib.AbstractContextManager[Server]":
    """Return oxigraph's own server of the graph in `quads`."""
    program = shutil.which(
        "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
    )
    if program is None:
        raise OSError("the oxigraph server is not installed")
    store = str(folder / "oxigraph.store")
    subprocess.run(
        [program, "load", "--location", store, "--file", str(quads)],
        check=True,
        capture_output=True,
    )
    port = free_port()
    command = [program, "serve-read-only", "--location", store, "--bind", f"127.0.0.1:{port}",
               "--union-default-graph"]  # fmt: skip
    return running(command, port, "/query")


def rdflib_endpoint(
    triples: Path, folder: Path
) -> "contextlib.AbstractContextManager[Server] | None":
    """Return rdflib-endpoint's server of `triples`, None where it cannot be installed.

    It goes into an environment of its own in `folder`, unless GDAKG_RDFLIB_ENDPOINT names one.
    """
    given = os.environ.get("GDAKG_RDFLIB_ENDPOINT")
    program = Path(given) if given else folder / "rival" / "bin" / "rdflib-endpoint"
    if not program.exists():
        steps = (
            [sys.executable, "-m", "venv", str(folder / "rival")],
            [str(program.with_name("python")), "-m", "pip", "install", "--quiet",
             "--disable-pip-version-check", RIVAL, "uvicorn"],
        )  # fmt: skip
        if any(subprocess.run(step, capture_output=True).returncode for step in steps):
            return None
    port = free_port()
    command = [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(triples)]
    return running(command, port, "/")
