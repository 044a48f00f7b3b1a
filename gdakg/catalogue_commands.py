"""The commands about imported catalogues."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from gdakg.commands import Commands, emit, width
from gdakg.errors import StoreError

if TYPE_CHECKING:
    from gdakg.importing import Outcome

STORE: Final = click.option(
    "--store", required=True, metavar="PATH", help="The folder of the store."
)

#: columns of the list: heading, key in the manifest
_COLUMNS: Final = (
    ("catalogue", ""),
    ("snapshot", "snapshot"),
    ("records", "read"),
    ("stated", "imported"),
    ("merged", "merged"),
    ("variants", "variants"),
    ("broken", "broken"),
    ("triples", "triples"),
)


@click.group("catalogue", cls=Commands)
def catalogue_group() -> None:
    """Import catalogues of standards into a store, and tell what it holds."""


@catalogue_group.command("import")
@click.argument("name")
@click.argument("path", metavar="PATH")
@STORE
@click.option("--snapshot", default="", metavar="DATE", help="The date of which the catalogue is.")
@click.option("--licence", default="", metavar="TEXT", help="Its licence: an address or words.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADING",
    help="Of a csv: which heading stands for designation, title@fr, issued ...; repeatable.",
)
def import_command(
    name: str, path: str, store: str, snapshot: str, licence: str, columns: tuple[str, ...]
) -> None:
    """Import the catalogue at PATH under NAME; one of this name is replaced.

    PATH is a file or folder in a format that is known: our JSON Lines, Relaton YAML, ISO Open
    Data with its committees and ICS, the RFC index, csv.  Nothing is fetched.  What fails, or is
    ended with Ctrl-C, leaves the store as it was.

    \b
    gdakg catalogue import iso relaton-data-iso/ --store my.store --snapshot 2025-06-02
    gdakg catalogue import ics ICS.csv --store my.store
    gdakg query editions -p standard="ISO 14001" --store my.store
    """
    from gdakg.catalogues import source_for
    from gdakg.importing import Source, check, import_catalogues

    reader = source_for(path, name, columns=_mapped(columns))
    made = f"{reader.format} {reader.version}"
    source = Source(name, reader, path, made, snapshot, licence)
    try:
        check([source])
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        with _progress() as told:
            (outcome,) = import_catalogues(store, [source], told)
    except KeyboardInterrupt:
        raise StoreError(f"{store}: ended by Ctrl-C; the store is as it was") from None
    click.echo(_told(outcome), err=True)


def _mapped(columns: tuple[str, ...]) -> dict[str, str]:
    """Return the headings by field, as `--column` takes them."""
    found = {}
    for each in columns:
        field, equals, heading = each.partition("=")
        if not equals or not field or not heading:
            raise click.UsageError(f"--column takes FIELD=HEADING, not {each!r}")
        found[field] = heading
    return found


@catalogue_group.command("list")
@STORE
def list_command(store: str) -> None:
    """List the catalogues in the store."""
    from gdakg import stores

    catalogues = stores.manifest(store)["catalogues"]
    cells = [[heading for heading, _ in _COLUMNS]]
    for name, facts in sorted(catalogues.items()):
        values = [facts[key] for _, key in _COLUMNS[1:]]
        cells.append([name, *(f"{v:,}" if isinstance(v, int) else v or "unknown" for v in values)])
    emit("\n".join(_aligned(cells)) if catalogues else "no catalogues are imported")


@catalogue_group.command("status")
@click.argument("name", required=False)
@STORE
def status_command(name: str | None, store: str) -> None:
    """Tell what the store holds, or all that is known of the catalogue NAME."""
    from gdakg import stores

    found = stores.manifest(store)
    if name is None:
        shown: dict[str, Any] = {
            "store": store,
            "made": f"{found['made']} by gdakg {found['gdakg']}, format {found['format']}",
            "triples": found["triples"],
            "of the bundled graph": found["bundled_triples"],
            "computed": found["computed_triples"],
            "catalogues": ", ".join(sorted(found["catalogues"])) or "none",
        }
    elif name in found["catalogues"]:
        shown = {"catalogue": name, **dict(_facts(found["catalogues"][name]))}
        shown["report"] = stores.generation(store) / "reports" / f"{name}.csv"
    else:
        there = ", ".join(sorted(found["catalogues"])) or "none"
        raise StoreError(f"{store}: no catalogue {name!r}; there are: {there}")
    left = max(map(len, shown))
    emit("\n".join(f"{key:<{left}}  {_shown(value)}" for key, value in shown.items()))


def _facts(told: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield what the manifest tells of a catalogue, in words."""
    yield "source", told["source"]
    yield "sha256", told["checksum"]
    yield "reader", told["reader"]
    yield "snapshot", told["snapshot"] or "unknown"
    yield "licence", told["licence"] or "unknown"
    yield "imported", told["imported_at"]
    yield "records read", told["read"]
    yield "stated", told["imported"]
    yield "merged", told["merged"]
    yield "variants left out", told["variants"]
    yield "broken", told["broken"]
    yield "codes not taken apart", told["unread"]
    yield "triples", told["triples"]
    yield from sorted(told["remarks"].items())


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _aligned(cells: list[list[str]]) -> Iterator[str]:
    """Yield the lines of a table: the first two columns to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            cell.ljust(wide) if place < 2 else cell.rjust(wide)
            for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(padded).rstrip()


def _told(outcome: "Outcome") -> str:
    """Return what became of the records, for a reader."""
    account = outcome.account
    told = [
        f"{outcome.name}: {account.read:,} records read = {account.imported:,} stated + "
        f"{account.merged:,} merged + {account.variants:,} variants left out + "
        f"{account.broken:,} broken",
        f"{outcome.triples:,} triples",
    ]
    if account.unread:
        codes = "code" if account.unread == 1 else "codes"
        told.append(f"{account.unread:,} {codes} could not be taken apart")
    if account.broken or account.variants or account.merged or account.unread:
        told.append(f"each is listed in {outcome.report}")
    return "\n".join(told)


@contextmanager
def _progress() -> Iterator[Callable[[str, str, float, int], None]]:
    """Give what shows how far an import is: share, records a second, time left.

    On a terminal only, on stderr.
    """
    began = time.monotonic()
    last = [0.0]
    is_shown = sys.stderr is not None and sys.stderr.isatty()

    def told(name: str, doing: str, share: float, records: int) -> None:
        now = time.monotonic()
        if not is_shown or now - last[0] < 0.1:
            return
        last[0] = now
        line = _line(name, doing, share, records, now - began)
        click.echo(f"\r\x1b[K{line[: width() - 1]}", err=True, nl=False)

    try:
        yield told
    finally:
        if is_shown:
            click.echo("\r\x1b[K", err=True, nl=False)


#: how much of an import is done before each of its parts, by what the whole catalogues took
_PARTS: Final = {"reading": (0.0, 0.35), "loading": (0.35, 0.4), "indexing": (0.75, 0.2)}


def _line(name: str, doing: str, share: float, records: int, seconds: float) -> str:
    """Return the line that shows how far an import is.

    >>> _line("iso", "reading", 0.5, 30000, 4.0)
    'iso  [#####                         ]   18%  reading  30,000 records  7,500/s  00:18 left'
    """
    before, part = _PARTS.get(doing, (0.95, 0.05))
    done = before + part * share
    bar = ("#" * round(done * 30)).ljust(30)
    left = int(seconds / done - seconds) if done > 0.01 else 0
    told = [name, f"[{bar}]", f"{done:4.0%}", doing]
    if doing == "reading":
        told += [f"{records:,} records", f"{records / max(seconds, 0.001):,.0f}/s"]
    told.append(f"{left // 60:02}:{left % 60:02} left")
    return "  ".join(filter(None, told))
