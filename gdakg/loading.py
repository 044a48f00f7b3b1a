"""RDF files into a store: the bundled graph, and files of the user.

The bundled graph is some 25,000 triples and loads in about 50 ms of CPU time.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as og

from gdakg.errors import LoadError
from gdakg.namespaces import BASE, GRAPH
from gdakg.paths import folder, graph_name, turtle_files

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

#: how deep a file may nest; the parser overflows its stack at some 10,000 triple terms, and
#: takes time that grows with the square of the depth of XML
_DEEPEST: Final = 1_000
_TERMS: Final = ("<<", ">>")
_ELEMENTS: Final = (r"<[^/!?][^<>]*(?<!/)>", r"</")


def load_bundled() -> og.Store:
    """Return a new store with the bundled ontology and data, a named graph a file."""
    store = og.Store()
    if not turtle_files():
        raise LoadError(f"no Turtle files in {folder('data')}: the installation is not whole")
    for path in turtle_files():
        graph = GRAPH + graph_name(path)
        _load(store, path, path.read_bytes(), og.RdfFormat.TURTLE, BASE, graph)
    return store


def add_files(store: og.Store, paths: Iterable[str | os.PathLike[str]]) -> None:
    """Load RDF files of the user into `store`, each in a named graph of its `file:` IRI.

    TriG, N-Quads and JSON-LD keep their own named graphs, which may not be ours.  Nothing is
    loaded from a file that has a fault.  Raises LoadError, as `file:line: reason` where a line
    is known.
    """
    for given in paths:
        path = Path(given)
        form = format_of(path, str(given))
        text = read(path, form)
        graph = path.resolve().as_uri()
        if form.supports_datasets:
            store.extend(_quads(path, text, form, graph))
        else:
            _load(store, path, text.encode(), form, graph, graph)


def format_of(path: Path, given: str) -> og.RdfFormat:
    """Return the format of `path` by its suffix.  Raises LoadError for what is no RDF file."""
    if re.match(r"[a-z][a-z0-9+.-]+:/", given, re.I):
        raise LoadError(f"{given}: an address, and gdakg loads files only: download it first")
    try:
        is_other = path.exists() and not path.is_file()
        is_folder = path.is_dir()
    except OSError as error:  # too long a name
        raise LoadError(f"{given[:60]!r}...: {error.strerror}") from error
    if is_folder:
        raise LoadError(f"{path}: a directory; name the files in it")
    if path.suffix.lower() not in _FORMATS:
        raise LoadError(
            f"{path}: no RDF format has the suffix {path.suffix!r}; there are {' '.join(_FORMATS)}"
        )
    if is_other:
        raise LoadError(f"{path}: not a regular file")
    return _FORMATS[path.suffix.lower()]


def read(path: Path, form: og.RdfFormat) -> str:
    """Return the text of `path` without a byte order mark.  Raises LoadError."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # a zero in the name is a ValueError
        raise LoadError(f"{path}: {getattr(error, 'strerror', error)}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LoadError(f"{path}:{line}: not UTF-8 (byte {content[error.start]:#04x})") from error
    if not text.strip():
        raise LoadError(f"{path}: the file is empty")
    if form == og.RdfFormat.RDF_XML and ("\0" in text or re.match(_DOCTYPE, text)):
        raise LoadError(f"{path}:1: RDF/XML with a DOCTYPE is refused (it may expand without end)")
    if line := _too_deep(text, *(_ELEMENTS if form == og.RdfFormat.RDF_XML else _TERMS)):
        raise LoadError(f"{path}:{line}: nested more than {_DEEPEST:,} deep")
    return text


def _too_deep(text: str, opening: str, closing: str) -> int:
    """Return the line at which `text` nests deeper than allowed, 0 if it does not."""
    depth = 0
    for match in re.finditer(f"(?P<opening>{opening})|{closing}", text):
        depth += 1 if match["opening"] else -1
        if depth > _DEEPEST:
            return text.count("\n", 0, match.start()) + 1
    return 0


def _load(
    store: og.Store, path: Path, content: bytes, form: og.RdfFormat, base: str, graph: str
) -> None:
    """Load the triples in `content` into `graph`, in one transaction."""
    try:
        store.load(content, format=form, base_iri=base, to_graph=og.NamedNode(graph))
    except SyntaxError as error:
        raise _fault(path, error) from error


def parsed(path: Path, text: str, form: og.RdfFormat, base: str) -> list[og.Quad]:
    """Return the quads in the `text` of `path`.  Raises LoadError, as `file:line: reason`."""
    try:
        return list(og.parse(text, format=form, base_iri=base))
    except SyntaxError as error:
        raise _fault(path, error) from error


def _quads(path: Path, text: str, form: og.RdfFormat, graph: str) -> list[og.Quad]:
    """Return the quads in `text`; those of the default graph go into `graph`."""
    quads = parsed(path, text, form, graph)
    if ours := [q for q in quads if str(q.graph_name).startswith(f"<{GRAPH}")]:
        raise LoadError(f"{path}: states into {ours[0].graph_name}, a graph of gdakg; rename it")
    home = og.NamedNode(graph)
    return [
        og.Quad(q.subject, q.predicate, q.object, home)
        if isinstance(q.graph_name, og.DefaultGraph)
        else q
        for q in quads
    ]


def _fault(path: Path, error: SyntaxError) -> LoadError:
    """Return the error for the file `path` that the parser refused, as `file:line: reason`."""
    reason = re.sub(r"^Parser error at .*?: |\s*\(line \d+\)$", "", error.msg)
    if "LoadDocumentCallback" in reason:
        reason = "a remote JSON-LD context is refused; write the context into the file"
    line = f":{error.lineno}" if error.lineno else ""
    return LoadError(f"{path}{line}: {' '.join(reason.split())}")
