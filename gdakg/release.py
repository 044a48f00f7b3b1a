"""Another release of the data, loaded beside the bundled one.

All releases state into graphs of the same names.  So those of the other release are moved from
`https://w3id.org/gdakg/graph/NAME` to `https://w3id.org/gdakg/graph/VERSION/NAME`, and what it
says about its graphs goes with them.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyoxigraph as og

from gdakg.errors import LoadError
from gdakg.loading import format_of, parsed, read
from gdakg.namespaces import BASE, GRAPH, PREFIXES
from gdakg.paths import graph_name, turtle_files

_TYPE: Final = og.NamedNode(PREFIXES["rdf"] + "type")
_DATASET: Final = og.NamedNode(PREFIXES["dcat"] + "Dataset")
_VERSION: Final = og.NamedNode(PREFIXES["schema"] + "version")
_PART: Final = og.NamedNode(PREFIXES["dcterms"] + "hasPart")

_NEEDED: Final = (
    "a release is a folder with ontology/ and data/ in it, or a file with named graphs (.nq, .trig)"
)


def add_release(store: og.Store, given: str | os.PathLike[str]) -> None:
    """Load another release than the bundled one into `store`, its graphs under versioned names.

    `given` is a checkout, an unpacked source archive or wheel, or a file with all named graphs
    of the release; graphs that are not ours are left out.  Nothing is loaded of a release that
    has a fault.  Raises LoadError, as `file:line: reason` where a line is known.
    """
    path = Path(given)
    quads = _of_folder(path) if _is_folder(path) else _of_file(path, str(given))
    version = _version(path, quads)
    if f"{BASE}release/{version}" in _versions(store):
        raise LoadError(f"{path}: release {version}, which is the bundled one; name another one")
    store.extend([_moved(quad, version) for quad in quads])


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # too long a name
        return False


def _of_folder(path: Path) -> list[og.Quad]:
    """Return the quads of the release in the folder `path`."""
    for root in (path, path / "gdakg"):  # a wheel has them inside the package
        if (root / "ontology").is_dir() and (root / "data").is_dir():
            return [quad for file in turtle_files(root) for quad in _of_turtle(file)]
    raise LoadError(f"{path}: {_NEEDED}")


def _of_turtle(file: Path) -> list[og.Quad]:
    """Return the quads of one Turtle file, in the graph that it is."""
    form = og.RdfFormat.TURTLE
    graph = og.NamedNode(GRAPH + graph_name(file))
    triples = parsed(file, read(file, form), form, BASE)
    return [og.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in triples]


def _of_file(path: Path, given: str) -> list[og.Quad]:
    """Return the quads in the file `path` that stand in graphs of ours."""
    if path.suffix.lower() not in {".nq", ".trig"} and "://" not in given:
        raise LoadError(f"{path}: neither a folder nor a file of named graphs; {_NEEDED}")
    form = format_of(path, given)
    quads = parsed(path, read(path, form), form, BASE)
    return [quad for quad in quads if _is_ours(quad.graph_name)]


def _is_ours(term: object) -> bool:
    """Return whether `term` is the name of a graph of ours."""
    return isinstance(term, og.NamedNode) and term.value.startswith(GRAPH)


def _versions(quads: Iterable[og.Quad]) -> dict[str, str]:
    """Return the versions of the releases that `quads` describe, by the IRI of each."""
    found = [quad for quad in quads if quad.predicate in (_TYPE, _VERSION)]
    releases = {quad.subject for quad in found if quad.object == _DATASET}
    return {
        quad.subject.value: quad.object.value
        for quad in found
        if quad.predicate == _VERSION and quad.subject in releases
        if isinstance(quad.subject, og.NamedNode) and isinstance(quad.object, og.Literal)
    }


def _version(path: Path, quads: list[og.Quad]) -> str:
    """Return the version of the one release that `quads` are, all of it."""
    releases = _versions(quads)
    if not releases:
        raise LoadError(
            f"{path}: no release is described in it, as data/release.ttl does with dcat:Dataset,"
            " schema:version and dcterms:hasPart; name the whole of one"
        )
    if len(releases) > 1:
        listed = ", ".join(sorted(releases.values()))
        raise LoadError(f"{path}: holds the releases {listed}; put each in a place of its own")
    ((release, version),) = releases.items()
    if not re.fullmatch(r"[0-9a-z.~-]+", version) or release != f"{BASE}release/{version}":
        raise LoadError(
            f"{path}: the release <{release}> has the version {version!r};"
            " the IRI must end in the version, in lower case"
        )
    there = {quad.graph_name for quad in quads}
    whole = og.NamedNode(release)
    parts = {q.object for q in quads if q.subject == whole and q.predicate == _PART}
    if missing := sorted(str(part) for part in parts - there):
        listed = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        raise LoadError(
            f"{path}: {len(missing)} of the {len(parts)} graphs of release {version} are not there:"
            f" {listed}; name the whole release"
        )
    return version


def _moved(quad: og.Quad, version: str) -> og.Quad:
    """Return `quad` with each graph of ours under its versioned name."""
    subject, value, graph = quad.subject, quad.object, quad.graph_name
    return og.Quad(
        _versioned(subject, version) if isinstance(subject, og.NamedNode) else subject,
        quad.predicate,
        _versioned(value, version) if isinstance(value, og.NamedNode) else value,
        _versioned(graph, version) if isinstance(graph, og.NamedNode) else graph,
    )


def _versioned(name: og.NamedNode, version: str) -> og.NamedNode:
    """Return the name that a graph of ours has in release `version`; other names stay."""
    if not name.value.startswith(GRAPH):
        return name
    return og.NamedNode(f"{GRAPH}{version}/{name.value.removeprefix(GRAPH)}")
