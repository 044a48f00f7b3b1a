"""The whole graph in a file that other programs read, with its checksum and description.

Statements are sorted by way of files, not in memory, so that a store of millions can be
exported; only blank nodes, which need names that stay the same, and the table and the network of
standards are made in memory.
"""

import contextlib
import errno
import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import solutions
from gdakg.engine import Embedded, Engine
from gdakg.errors import ParameterError
from gdakg.sorting import ordered
from gdakg.tallying import Tally, parted
from gdakg.turtle import canonical
from gdakg.writing import draft

if TYPE_CHECKING:
    from gdakg.knowledge import KnowledgeGraph


class Format(NamedTuple):
    """A format of files: what the web calls it."""

    media: str  #: the media type
    feature: str = ""  #: of RDF, its name at the W3C
    part: str = ""  #: what it holds of the graph, if not all statements


_NETWORK: Final = "The network of pillars, areas, bodies, committees, standards and gaps"

FORMATS: Final[dict[str, Format]] = {
    "nt": Format("application/n-triples", "N-Triples"),
    "nq": Format("application/n-quads", "N-Quads"),
    "ttl": Format("text/turtle", "Turtle"),
    "trig": Format("application/trig", "TriG"),
    "jsonld": Format("application/ld+json", "JSON-LD"),
    "csv": Format("text/csv", part="The standards as a table"),
    "graphml": Format("application/graphml+xml", part=_NETWORK),
    "gexf": Format("application/gexf+xml", part=_NETWORK),
    "parquet": Format("application/vnd.apache.parquet"),
}
#: formats without named graphs, in which a statement of two graphs stands once
_FLAT: Final = frozenset({"nt", "ttl"})
#: formats in which the statements of a graph stand together
_GROUPED: Final = frozenset({"trig", "jsonld"})

_QUADS: Final = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"

#: lines of Turtle that are in memory at a time, give or take a subject
_CHUNK: Final = 5_000

Progress = Callable[[int, int], None]


def format_of(path: str | os.PathLike[str], given: str | None = None) -> str:
    """Return the format of a file: the one `given`, else that of its suffix (before `.gz`).

    Raises ParameterError for an unknown one, and for Parquet with `.gz`, which no program reads.

    >>> format_of("out/gdakg.nq.gz")
    'nq'
    """
    suffixes = [suffix.lower().removeprefix(".") for suffix in Path(path).suffixes]
    is_packed = suffixes[-1:] == ["gz"]
    named = given or next(reversed(suffixes[:-1] if is_packed else suffixes), "")
    if named not in FORMATS:
        raise ParameterError(
            f"{path}: no format is called {named!r}; there are {' '.join(FORMATS)}"
        )
    if is_packed and named == "parquet":
        raise ParameterError(f"{path}: Parquet is compressed inside; leave out .gz")
    return named


def export(
    kg: "KnowledgeGraph",
    path: str | os.PathLike[str],
    form: str | None = None,
    progress: Progress = lambda done, of: None,
) -> int:
    """Write `kg` to the file at `path` and return how many statements there are to write.

    Beside it, `path` with `.sha256` for `sha256sum -c`, and with `.void.ttl` its description.
    The same graph gives the same bytes.  The file is whole or not written; a file with a checksum
    that fits is whole, and so is its description.  `form` is a key of `FORMATS`, that of the
    suffix if not given; a last suffix `.gz` compresses.  csv is a table of the standards, graphml
    and gexf are the network of standards, bodies, areas and gaps, all others hold every statement.

    Raises ParameterError for an unknown format, MissingExtraError for Parquet without pyarrow,
    OSError if the file cannot be written.
    """
    from gdakg import void

    target = Path(path)
    named = format_of(target, form)
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "No such folder", str(target.parent))
    beside = [target.with_name(target.name + suffix) for suffix in (".sha256", ".void.ttl")]
    with contextlib.ExitStack() as stack:
        summed, about, made = (stack.enter_context(draft(p)) for p in (*beside, target))
        folder = Path(stack.enter_context(_scratch(target)))
        job = _Export(kg, folder, progress)
        triples = job.write(named, made, is_packed=target.suffix.lower() == ".gz")
        size = made.stat().st_size
        text = void.described(kg.engine, target.name, FORMATS[named], size, triples, job.tally)
        about.write_text(text, encoding="utf-8", newline="\n")
        with made.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        summed.write_text(f"{digest}  {target.name}\n", encoding="utf-8", newline="\n")
    return triples


def _scratch(target: Path) -> "tempfile.TemporaryDirectory[str]":
    """Return a folder beside `target`, where there is room if there is room for the file."""
    return tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.")


class _Export:
    """One export under way: the statements, counted and sorted in a folder."""

    def __init__(self, kg: "KnowledgeGraph", folder: Path, progress: Progress) -> None:
        self.kg = kg
        self.folder = folder
        self.progress = progress
        self.tally = Tally()
        self.lines = 0

    def write(self, form: str, path: Path, *, is_packed: bool) -> int:
        """Write the file at `path` and return how many statements of the graph it holds."""
        plain = self.folder / "plain" if is_packed else path
        lines = self._told(self._lines(form))
        if form == "parquet":
            from gdakg import parquet

            parquet.write(lines, plain)
        else:
            with plain.open("xb") as out:
                if FORMATS[form].feature:
                    _WRITERS[form](lines, out, self.folder)
                else:
                    for _ in lines:  # counts
                        pass
                    out.write(self._derived(form))
        if is_packed:
            _pack(plain, path)
        return self.lines

    def _derived(self, form: str) -> bytes:
        """Return the table of the standards, or the network."""
        if form == "csv":
            from gdakg.entries import entries
            from gdakg.standards_table import table

            return table(entries(self.kg.engine)).encode()
        from gdakg import network_files, void

        if form == "graphml":
            return network_files.graphml(self.kg)
        return network_files.gexf(self.kg, void.date(self.kg.engine))

    def _lines(self, form: str) -> Iterator[bytes]:
        """Yield the statements in the order of `form`, counted.

        In N-Triples for a flat format, else in N-Quads.
        """
        source = self.folder / "all.nq"
        if _dumped(self.kg.engine, source):
            _name_blanks(source)
        with source.open("rb") as file:
            if form in _FLAT:
                yield from ordered((triple for triple, _, _ in self._counted(file)), self.folder)
            elif form in _GROUPED:
                keyed = (b"%s %s" % (g or b"-", t) for t, g, _ in self._counted(file))
                for line in ordered(keyed, self.folder):
                    graph, _, triple = line.partition(b" ")
                    yield triple if graph == b"-" else b"%s%s .\n" % (triple[:-2], graph)
            else:
                yield from ordered((line for _, _, line in self._counted(file)), self.folder)

    def _counted(self, lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes, bytes]]:
        """Yield triple, graph and whole line of each statement, having counted it."""
        for line in lines:
            triple, graph = parted(line)
            self.tally.add(triple, graph)
            yield triple, graph, line

    def _told(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield `lines`, telling how far we are; all are counted when the first comes."""
        for line in lines:
            self.lines += 1
            if self.lines % 1_000 == 1:
                self.progress(self.lines, self.tally.statements)
            yield line
        self.progress(self.lines, self.lines)


def _dumped(engine: Engine, path: Path) -> bool:
    """Write all statements to `path` as N-Quads; return whether there may be blank nodes."""
    if isinstance(engine, Embedded):
        engine.store.dump(str(path), format=og.RdfFormat.N_QUADS)
    else:
        terms = solutions(engine.evaluate(_QUADS, {})).terms
        quads = (og.Quad(*term) for term in terms)  # type: ignore[arg-type]
        og.serialize(quads, output=str(path), format=og.RdfFormat.N_QUADS)
    with path.open("rb") as file:
        return any(line.startswith(b"_:") or b" _:" in line for line in file)


def _name_blanks(path: Path) -> None:
    """Give the blank nodes in the N-Quads at `path` names that only the graph decides."""
    dataset = og.Dataset(og.parse(path=str(path), format=og.RdfFormat.N_QUADS))
    dataset.canonicalize(og.CanonicalizationAlgorithm.RDFC_1_0)
    og.serialize(dataset, output=str(path), format=og.RdfFormat.N_QUADS)


def _pack(plain: Path, path: Path) -> None:
    """Compress `plain` to `path`, without a name or a time in it."""
    with (
        plain.open("rb") as source,
        path.open("xb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
    ):
        shutil.copyfileobj(source, packed, 1 << 20)


def _write_lines(lines: Iterable[bytes], out: IO[bytes], _: Path) -> None:
    """Write N-Triples or N-Quads."""
    out.writelines(lines)


def _write_turtle(lines: Iterable[bytes], out: IO[bytes], folder: Path) -> None:
    """Write canonical Turtle, as `gdakg format` does: header and body meet at the end."""
    header: set[str] = set()
    body = folder / "body"
    with body.open("wb") as file:
        for number, text in enumerate(_turtle(lines, header)):
            file.write((b"\n" if number else b"") + text.encode())
    _put_together(header, body, out)


def _write_trig(lines: Iterable[bytes], out: IO[bytes], folder: Path) -> None:
    """Write TriG: the canonical Turtle of each graph, in its braces."""
    header: set[str] = set()
    body = folder / "body"
    with body.open("wb") as file:
        split = (parted(line) for line in lines)
        for number, (graph, members) in enumerate(groupby(split, key=lambda pair: pair[1])):
            file.write(b"\n" if number else b"")
            file.write(graph + b" {\n" if graph else b"")
            for chunk, text in enumerate(_turtle((triple for triple, _ in members), header)):
                file.write((b"\n" if chunk else b"") + text.encode())
            file.write(b"}\n" if graph else b"")
    _put_together(header, body, out)


def _put_together(header: set[str], body: Path, out: IO[bytes]) -> None:
    out.write("".join(f"{line}\n" for line in [*sorted(header), ""]).encode())
    with body.open("rb") as file:
        shutil.copyfileobj(file, out, 1 << 20)


def _turtle(lines: Iterable[bytes], header: set[str]) -> Iterator[str]:
    """Yield the canonical Turtle of sorted `lines` in pieces, the lines of its header put aside."""
    chunk: list[bytes] = []
    for _, members in groupby(lines, key=lambda line: line.partition(b" ")[0]):
        chunk.extend(members)
        if len(chunk) >= _CHUNK:
            yield _piece(chunk, header)
            chunk.clear()
    if chunk:
        yield _piece(chunk, header)


def _piece(chunk: list[bytes], header: set[str]) -> str:
    """Return the body of the canonical Turtle of `chunk`."""
    parsed = og.parse(b"".join(chunk), format=og.RdfFormat.N_TRIPLES)
    text = canonical((quad.triple for quad in parsed), allow_blank=True)
    head, _, body = text.partition("\n\n")
    header.update(head.splitlines())
    return body


def _write_json_ld(lines: Iterable[bytes], out: IO[bytes], folder: Path) -> None:
    """Write JSON-LD, expanded."""
    grouped = folder / "grouped.nq"
    with grouped.open("wb") as file:
        file.writelines(lines)
    quads = og.parse(path=str(grouped), format=og.RdfFormat.N_QUADS)
    og.serialize(quads, output=out, format=og.RdfFormat.JSON_LD)


_WRITERS: Final[dict[str, Callable[[Iterable[bytes], IO[bytes], Path], None]]] = {
    "nt": _write_lines,
    "nq": _write_lines,
    "ttl": _write_turtle,
    "trig": _write_trig,
    "jsonld": _write_json_ld,
}
