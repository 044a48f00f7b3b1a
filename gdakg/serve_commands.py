"""The command that serves the graph over HTTP."""

import atexit
import contextlib
import logging
import sys
import time
from logging.handlers import QueueHandler, QueueListener
from queue import Full, Queue
from typing import Any, Final

import click

from gdakg.commands import Spoken
from gdakg.server.jobs import Limits, Opening
from gdakg.server.settings import Settings

_MIB = 1024**2
#: so many lines of the log may wait to be written, and so long, in seconds, at the end
_LINES: Final = 10_000
_LAST: Final = 1.0


@click.command("serve", cls=Spoken)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8642,
    show_default=True,
    help="0: any free one.",
)
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="Add an RDF file to the bundled graph; may be given again.",
)
@click.option("--store", metavar="PATH", help="Serve a store of imported catalogues instead.")
@click.option("--site", metavar="DIR", help="Serve the pages in this folder, made by gdakg site.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="At most N queries at once; [cores]."
)
@click.option(
    "--queue",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most N wait; [32 a worker].",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="Time limit of a query.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=16),
    default=2048,
    show_default=True,
    help="Memory limit of a query, in MiB.",
)
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    help="The most rows, or triples, of an answer.",
)
@click.option(
    "--bytes",
    "size",
    type=click.IntRange(min=1),
    default=64,
    show_default=True,
    help="The largest answer, in MiB.",
)
@click.option(
    "--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin ask; * for all."
)
@click.option("--quiet", is_flag=True, help="Write no line for each request.")
def serve_command(
    host: str, port: int, data: tuple[str, ...], store: str | None, **given: Any
) -> None:
    """Serve the graph: SPARQL at /sparql, pages of things, search, for reading only.

    Every query runs in a process that is killed at its limits.  Ends on Ctrl-C or SIGTERM, when
    the queries that run are done.

    \b
    gdakg serve
    gdakg serve --store my.store --port 8080 --seconds 30
    curl -d "query=SELECT ?s { ?s a gda:Gap }" -H "Accept: text/csv" http://127.0.0.1:8642/sparql
    """
    if store is not None and data:
        raise click.UsageError("--data adds to the bundled graph; --store asks another one")
    if sys.platform == "win32":
        raise click.ClickException("gdakg serve needs Linux or macOS: it kills processes by limits")
    try:
        from gdakg.server.listening import serve
    except ImportError as error:
        raise click.ClickException(
            f"{error.name or error} is not installed: pip install 'gdakg[server]'"
        ) from error
    settings = _settings(data, store, **given)
    if settings.is_logged:
        _log()
    if host not in {"127.0.0.1", "::1", "localhost"}:
        click.echo(f"{host}: everybody who reaches this address can ask; no password is asked for",
                   err=True)  # fmt: skip
    serve(settings, host, port, lambda address: click.echo(f"serving at {address}", err=True))


def _settings(
    data: tuple[str, ...],
    store: str | None,
    *,
    site: str | None,
    workers: int | None,
    queue: int | None,
    seconds: float,
    memory: int,
    rows: int,
    size: int,
    cors: tuple[str, ...],
    quiet: bool,
) -> Settings:
    """Return the settings that the options choose."""
    usual = Settings()
    return Settings(
        opening=Opening(data, store),
        limits=Limits(seconds, memory * _MIB, rows, size * _MIB),
        workers=workers or usual.workers,
        queue=queue or 0,
        cors=cors,
        site=site,
        is_logged=not quiet,
    )


class _Dropping(QueueHandler):
    """Hands lines to the thread that writes them; drops them while nobody takes them there."""

    def enqueue(self, record: logging.LogRecord) -> None:
        """Take the line if there is room, without waiting."""
        with contextlib.suppress(Full):
            self.queue.put_nowait(record)


def _log() -> None:
    """Let a thread write the lines of the server to standard error, so that it waits for nobody."""
    written = logging.StreamHandler(sys.stderr)
    written.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    lines: Queue[logging.LogRecord] = Queue(_LINES)
    QueueListener(lines, written).start()
    atexit.register(_await_written, lines)
    ours = logging.getLogger("gdakg.server")
    ours.addHandler(_Dropping(lines))
    ours.setLevel(logging.INFO)
    ours.propagate = False


def _await_written(lines: "Queue[logging.LogRecord]") -> None:
    """Give the last lines a moment to be written."""
    until = time.monotonic() + _LAST
    while not lines.empty() and time.monotonic() < until:
        time.sleep(0.01)
