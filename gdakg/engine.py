"""The engine: files in, a store, queries answered.  Only here do we load RDF.

The bundled graph is some 25,000 triples and loads in about 50 ms of CPU time.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import pyoxigraph as og

from gdakg.answers import Answer, answer
from gdakg.binding import bound
from gdakg.errors import LoadError, QueryError
from gdakg.guard import check, pointed
from gdakg.namespaces import BASE, GRAPH, PREFIXES
from gdakg.paths import folder, turtle_files

Bindings = Mapping[str, og.NamedNode | og.Literal]

_FORMATS: Final = {
    ".ttl": og.RdfFormat.TURTLE,
    ".nt": og.RdfFormat.N_TRIPLES,
    ".nq": og.RdfFormat.N_QUADS,
    ".trig": og.RdfFormat.TRIG,
    ".rdf": og.RdfFormat.RDF_XML,
    ".owl": og.RdfFormat.RDF_XML,
    ".jsonld": og.RdfFormat.JSON_LD,
}
_DOCTYPE: Final = r"(?si)\A\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*)*<!DOCTYPE"


class Engine(Protocol):
    """What answers SPARQL: a store in memory or an endpoint elsewhere."""

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`."""


class Embedded:
    """A pyoxigraph store in this process; queries see the union of its graphs by default."""

    def __init__(self, store: og.Store, *, allow_service: bool = False) -> None:
        """Take a filled `store`."""
        self.store = store
        self.allow_service = allow_service

    def __repr__(self) -> str:
        return f"Embedded({len(self.store):,} triples)"

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`.

        Raises QueryError, with line and caret, for what is not SPARQL or is refused.
        """
        check(text, allow_service=self.allow_service)
        asked = bound(text, bindings)

        def run() -> Any:
            return self.store.query(
                asked, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True
            )

        try:
            return answer(run)
        except SyntaxError as error:
            raise not_sparql(asked, str(error)) from error
        except (OSError, RuntimeError) as error:  # SERVICE that fails
            raise QueryError(f"the query failed: {error}") from error


def not_sparql(text: str, message: str) -> QueryError:
    """Return the error for the query `text` that the parser refused with `message`."""
    match = re.match(r"error at (\d+):(\d+): (.*)", message, re.DOTALL)
    if match is None:
        return QueryError(f"not SPARQL: {message}")
    line, column = int(match[1]), int(match[2])
    reason = " ".join(match[3].split())
    if "Prefix not found" in reason:
        reason = "a prefix that is not declared"
    elif len(reason) > 120:
        reason = reason[:120].rsplit(",", 1)[0] + ", ..."
    return QueryError(
        f"not SPARQL at line {line}, column {column}: {reason}\n{pointed(text, line, column)}"
    )


def load_bundled() -> og.Store:
    """Return a new store with the bundled ontology and data, a named graph a file."""
    store = og.Store()
    if not turtle_files():
        raise LoadError(f"no Turtle files in {folder('data')}: the installation is not whole")
    for path in turtle_files():
        name = "ontology" if path.parent.name == "ontology" else path.stem
        _load(store, path, path.read_bytes(), og.RdfFormat.TURTLE, BASE, GRAPH + name)
    return store


def add_files(store: og.Store, paths: Iterable[str | os.PathLike[str]]) -> None:
    """Load RDF files of the user into `store`, each in a named graph of its `file:` IRI.

    TriG and N-Quads keep their own named graphs.  Nothing is loaded from a file that has a
    fault.  Raises LoadError, as `file:line: reason` where a line is known.
    """
    for given in paths:
        path = Path(given)
        form = _format(path, str(given))
        text = _read(path, form)
        iri = path.resolve().as_uri()
        _load(store, path, text.encode(), form, iri, iri)


def _format(path: Path, given: str) -> og.RdfFormat:
    """Return the format of `path` by its suffix."""
    if re.match(r"[a-z][a-z0-9+.-]+:/", given, re.I):
        raise LoadError(f"{given}: an address, and gdakg loads files only: download it first")
    if path.is_dir():
        raise LoadError(f"{path}: a directory; name the files in it")
    if path.suffix.lower() not in _FORMATS:
        raise LoadError(
            f"{path}: no RDF format has the suffix {path.suffix!r}; there are {' '.join(_FORMATS)}"
        )
    return _FORMATS[path.suffix.lower()]


def _read(path: Path, form: og.RdfFormat) -> str:
    """Return the text of `path` without a byte order mark."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path}: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LoadError(f"{path}:{line}: not UTF-8 (byte {content[error.start]:#04x})") from error
    if not text.strip():
        raise LoadError(f"{path}: the file is empty")
    if form == og.RdfFormat.RDF_XML and ("\0" in text or re.match(_DOCTYPE, text)):
        raise LoadError(f"{path}:1: RDF/XML with a DOCTYPE is refused (it may expand without end)")
    return text


def _load(
    store: og.Store, path: Path, content: bytes, form: og.RdfFormat, base: str, graph: str
) -> None:
    """Load `content` in one transaction; what has no graph of its own goes into `graph`."""
    target = None if form.supports_datasets else og.NamedNode(graph)
    try:
        store.load(content, format=form, base_iri=base, to_graph=target)
    except SyntaxError as error:
        reason = re.sub(r"^Parser error at .*?: |\s*\(line \d+\)$", "", error.msg)
        line = f":{error.lineno}" if error.lineno else ""
        raise LoadError(f"{path}{line}: {reason}") from error
