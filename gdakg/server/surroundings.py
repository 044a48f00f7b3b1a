"""The part of a graph that one page is made of: small, however large the graph."""

import contextlib
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Answer, Solutions, Term
from gdakg.engine import Embedded
from gdakg.entries import Entries, entries
from gdakg.errors import DesignationError
from gdakg.identifiers import parse
from gdakg.importing import COMPUTED
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import GRAPH
from gdakg.standing import is_large

if TYPE_CHECKING:
    from gdakg.engine import Engine

#: more statements than this that end at a thing by one property are told by their number
MOST: Final = 1_000

#: how the names of graphs begin that are not curated
_CATALOGUES: Final = (f"{GRAPH}catalogue/", COMPUTED)
_ONTOLOGY: Final = og.NamedNode(f"{GRAPH}ontology")


class Surroundings(NamedTuple):
    """What a page of one thing is made of."""

    engine: "Engine"
    entries: Entries
    left_out: dict[str, int]  #: statements of catalogues that end at the thing, by property


def surroundings(kg: KnowledgeGraph, iri: str) -> Surroundings | None:
    """Return what the page of the thing `iri` in a large graph is made of, None in others."""
    if not _is_large(kg):
        return None
    near, left_out = _near(_store(kg), og.NamedNode(iri))
    engine = Embedded(near)
    return Surroundings(engine, entries(engine), left_out)


@functools.lru_cache(maxsize=2)
def curated(kg: KnowledgeGraph) -> KnowledgeGraph:
    """Return `kg`, or of a large graph what is curated: pages of all catalogues end nowhere."""
    if not _is_large(kg):
        return kg
    part = og.Store()
    for graph in _store(kg).named_graphs():
        if _is_curated(graph):
            part.bulk_extend(_store(kg).quads_for_pattern(None, None, None, graph))
    return KnowledgeGraph(Embedded(part))


def drawable(kg: KnowledgeGraph, answer: Answer) -> KnowledgeGraph:
    """Return `kg`, or of a large graph what is curated and what `answer` names.

    To draw a network its whole graph is read.
    """
    if not _is_large(kg) or isinstance(answer, bool):
        return kg
    found = answer.terms if isinstance(answer, Solutions) else answer.triples
    named = {iri for row in found for term in row for iri in _iris(term)}
    store = _store(kg)
    part = og.Store()
    part.bulk_extend(_store(curated(kg)))
    ring = [q for iri in named for q in store.quads_for_pattern(og.NamedNode(iri), None, None)]
    around = set(_nodes(ring))
    part.bulk_extend(ring)
    part.bulk_extend([q for one in around for q in store.quads_for_pattern(one, None, None)])
    return KnowledgeGraph(Embedded(part))


def statements(kg: KnowledgeGraph, iri: str) -> tuple[list[og.Triple], dict[str, int]]:
    """Return what is stated of the thing `iri`, from it and to it, sorted, and what is left out.

    Left out are statements of catalogues to it where there are more than `MOST` by one property.
    """
    store = _store(kg)
    found, left_out = _touching(store, og.NamedNode(iri))
    triples = {quad.triple for quad in found}
    unread = [t.object for t in triples if isinstance(t.object, og.BlankNode)]
    while unread:  # what has no name is told along with what mentions it
        node = unread.pop()
        more = {quad.triple for quad in store.quads_for_pattern(node, None, None)} - triples
        triples |= more
        unread += [t.object for t in more if isinstance(t.object, og.BlankNode)]
    return sorted(triples, key=str), left_out


def is_mentioned(kg: KnowledgeGraph, iri: str) -> bool:
    """Return whether the graph says anything of `iri`, which may be no IRI at all."""
    try:
        node = og.NamedNode(iri)
    except ValueError:
        return False
    places = ((node, None, None), (None, None, node), (None, node, None))
    store = _store(kg)
    return any(next(iter(store.quads_for_pattern(*place)), None) for place in places)


@functools.lru_cache(maxsize=2)
def _is_large(kg: KnowledgeGraph) -> bool:
    return is_large(kg.engine)


def _store(kg: KnowledgeGraph) -> og.Store:
    """Return the store of `kg`.  Raises TypeError for a remote graph, which is not served."""
    if not isinstance(kg.engine, Embedded):
        raise TypeError(f"a graph in this process is needed, not {kg.engine!r}")
    return kg.engine.store


def _is_curated(graph: "og.NamedNode | og.BlankNode | og.DefaultGraph") -> bool:
    return isinstance(graph, og.NamedNode) and (
        graph.value.startswith(GRAPH) and not graph.value.startswith(_CATALOGUES)
    )


def _iris(term: Term | None) -> Iterator[str]:
    """Yield the IRIs that a term of an answer may mean: its own, or those of a code."""
    if isinstance(term, og.NamedNode):
        yield term.value
    elif isinstance(term, og.Literal) and any(c.isdigit() for c in term.value):
        with contextlib.suppress(DesignationError):
            read = parse(term.value)
            yield from {read.iri, read.standard_iri}


def _touching(store: og.Store, node: og.NamedNode) -> tuple[list[og.Quad], dict[str, int]]:
    """Return the statements from and to `node`, and how many to it are left out, by property."""
    incoming = list(store.quads_for_pattern(None, None, node))
    counts = Counter(quad.predicate.value for quad in incoming)
    kept = [
        quad
        for quad in incoming
        if counts[quad.predicate.value] <= MOST or _is_curated(quad.graph_name)
    ]
    left_out = counts - Counter(quad.predicate.value for quad in kept)
    return [*store.quads_for_pattern(node, None, None), *kept], dict(left_out)


def _near(store: og.Store, node: og.NamedNode) -> tuple[og.Store, dict[str, int]]:
    """Return what lies within two steps of `node`, with the words that it is told in."""
    touching, left_out = _touching(store, node)
    part = og.Store()
    part.bulk_extend(touching)
    part.bulk_extend(store.quads_for_pattern(None, None, None, _ONTOLOGY))
    seen = {node}
    ring: Iterable[og.Quad] = touching
    for _ in range(2):
        found = set(_nodes(ring)) - seen
        seen |= found
        ring = [quad for one in found for quad in store.quads_for_pattern(one, None, None)]
        part.bulk_extend(ring)
    graphs = {graph for graph in part.named_graphs() if isinstance(graph, og.NamedNode)} - seen
    part.bulk_extend(
        [quad for graph in graphs for quad in store.quads_for_pattern(graph, None, None)]
    )
    return part, left_out


def _nodes(quads: Iterable[og.Quad]) -> Iterator[og.NamedNode]:
    """Yield what the `quads` name: subjects, objects, and the graphs they stand in."""
    for quad in quads:
        for term in (quad.subject, quad.object, quad.graph_name):
            if isinstance(term, og.NamedNode):
                yield term
