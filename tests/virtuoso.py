"""A Virtuoso for tests: on loopback, with little memory, in a folder that goes with it.

It is Debian's package virtuoso-opensource-7-bin, installed, or unpacked into the folder that the
environment variable GDAKG_VIRTUOSO names.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as og

#: where Debian's packages have been unpacked, if they are not installed
UNPACKED = os.environ.get("GDAKG_VIRTUOSO")

MISSING = (
    "Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin, or unpack it (dpkg -x) "
    "and name the folder in GDAKG_VIRTUOSO"
)

#: longest wait for a start, a stop or a load, in seconds
PATIENCE = 60.0

#: rows of an answer by Debian's own settings, and by those of docs/scale.md
FEW, MANY = 10_000, 1_000_000

#: where Virtuoso puts statements that name no graph; it has no default graph
NO_GRAPH = "urn:gdakg:none"

#: graphs that each Virtuoso has of its own
OWN_GRAPHS = {
    "http://localuriqaserver/sparql",
    "http://www.openlinksw.com/schemas/virtrdf#",
    "http://www.w3.org/ns/ldp#",
}

# A buffer is 8 kB.  Times are in seconds.
SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
MaxQueryMem = 256M
ThreadsPerQuery = 1
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


def program(name: str) -> str | None:
    """Return where the program `name` of Virtuoso lies, None if it is not here."""
    installed = shutil.which(name) or shutil.which(name, path="/usr/bin")
    unpacked = shutil.which(name, path=str(Path(UNPACKED) / "usr" / "bin")) if UNPACKED else None
    return installed or unpacked


def environment() -> dict[str, str]:
    """Return the environment in which Virtuoso finds libraries that lie unpacked beside it."""
    if UNPACKED is None:
        return dict(os.environ)
    libraries = sorted({str(path.parent) for path in Path(UNPACKED).rglob("*.so*")})
    return os.environ | {"LD_LIBRARY_PATH": ":".join(libraries)}


class Virtuoso:
    """A running Virtuoso: where it answers, and what is loaded into it."""

    def __init__(self, folder: Path, sql: int, http: int, password: str) -> None:
        self.url = f"http://127.0.0.1:{http}/sparql"
        self.folder = folder
        self._sql = sql
        self._password = "dba"
        self.run(f"USER_SET_PASSWORD('dba', '{password}')")
        self._password = password

    def run(self, *statements: str) -> str:
        """Return what Virtuoso tells when it has run these SQL `statements`."""
        asked = [program("isql-vt"), str(self._sql), "dba", self._password, "ERRORS=STDOUT"]
        done = subprocess.run(
            [str(part) for part in asked] + ["VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"],
            input="".join(f"{statement};\n" for statement in statements),
            env=environment(), capture_output=True, text=True, check=True, timeout=PATIENCE,
        )  # fmt: skip
        assert "*** Error" not in done.stdout, done.stdout
        return done.stdout

    def load(self, name: str) -> None:
        """Load the N-Quads in the file `name` of its folder.

        By the commands of docs/scale.md.
        """
        self.run(
            f"ld_dir('.', '{name}', '{NO_GRAPH}')",
            "rdf_loader_run()",
            "checkpoint",
        )
        wrong = "SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL"
        told = self.run(wrong)
        assert name not in told, told

    @contextmanager
    def holding(self, quads: Iterable[og.Quad]) -> Iterator[None]:
        """Hold these `quads` and nothing else for a while."""
        held = list(quads)
        og.serialize(held, str(self.folder / "held.nq"), og.RdfFormat.N_QUADS)
        self.run(f"DB.DBA.TTLP(file_to_string_output('held.nq'), '', '{NO_GRAPH}', 512)")
        try:
            yield
        finally:
            named = {quad.graph_name for quad in held} - {og.DefaultGraph()}
            graphs = sorted({NO_GRAPH, *(str(name)[1:-1] for name in named)})
            self.run(*(f"SPARQL CLEAR GRAPH <{graph}>" for graph in graphs))


@contextmanager
def serving_virtuoso(folder: Path, rows: int) -> Iterator[Virtuoso]:
    """Yield an empty Virtuoso that keeps its files in `folder` and answers so many `rows`."""
    sql, http = _free_ports()
    settings = SETTINGS.format(sql=sql, http=http, rows=rows)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    started = [program("virtuoso-t"), "+foreground", "+configfile", "virtuoso.ini"]
    process = subprocess.Popen(
        [str(part) for part in started],
        cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(http, process, folder)
        yield Virtuoso(folder, sql, http, secrets.token_hex(8))
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_ports() -> list[int]:
    """Return two ports of this machine that nobody listens at."""
    with socket.socket() as one, socket.socket() as other:
        for taken in (one, other):
            taken.bind(("127.0.0.1", 0))
        return [taken.getsockname()[1] for taken in (one, other)]


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    """Return as soon as `process` listens at `port`."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    log = folder / "virtuoso.log"
    told = log.read_text(errors="replace")[-2000:] if log.exists() else "no log"
    raise AssertionError(f"Virtuoso does not listen at port {port}: {told}")
