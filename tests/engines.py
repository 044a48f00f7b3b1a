"""Two engines over the same data: ours, and rdflib's own as a second path to every answer."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pyoxigraph as og
import rdflib

import gdakg
from gdakg.answers import Answer, Triples, answer
from gdakg.binding import bound
from gdakg.engine import Bindings, Embedded
from gdakg.namespaces import BASE, GRAPH, PREFIXES
from gdakg.paths import turtle_files

#: a row as it is compared: texts that keep value, datatype and language; None for unbound
Row = tuple[str | None, ...]

#: datatypes compared by value
NUMBERS = {PREFIXES["xsd"] + "integer", PREFIXES["xsd"] + "decimal"}


class RdflibEngine:
    """rdflib's parser, store in memory and query engine; nothing of pyoxigraph answers here.

    Queries see the union of the graphs by default.  The guard is left out: what may be asked
    is not what this engine is to check.
    """

    def __init__(self, dataset: rdflib.Dataset) -> None:
        """Take a filled `dataset`."""
        self.dataset = dataset

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`."""
        asked = bound(text, bindings)
        with _quiet():
            result = self.dataset.query(asked, initNs=PREFIXES, base=BASE)
            is_graph = result.type in {"CONSTRUCT", "DESCRIBE"}
            written = result.serialize(format="nt" if is_graph else "json")
        assert written is not None
        if is_graph:
            return Triples([q.triple for q in og.parse(written, format=og.RdfFormat.N_TRIPLES)])
        return answer(lambda: og.parse_query_results(written, format=og.QueryResultsFormat.JSON))


def embedded(trig: str) -> gdakg.KnowledgeGraph:
    """Return a graph over our own engine that holds the data in `trig` and nothing else."""
    store = og.Store()
    store.load(trig.encode(), format=og.RdfFormat.TRIG)
    return gdakg.KnowledgeGraph(Embedded(store))


def reference(trig: str) -> gdakg.KnowledgeGraph:
    """Return a graph over rdflib's engine that holds the data in `trig` and nothing else."""
    dataset = rdflib.Dataset(default_union=True)
    with _quiet():
        dataset.parse(data=trig, format="trig")
    return gdakg.KnowledgeGraph(RdflibEngine(dataset))


def reference_bundled() -> gdakg.KnowledgeGraph:
    """Return the bundled graph over rdflib's engine; takes about a second of CPU time."""
    dataset = rdflib.Dataset(default_union=True)
    for path in turtle_files():
        name = "ontology" if path.stem == "gdakg" else path.stem
        named = dataset.graph(rdflib.URIRef(GRAPH + name))
        named.parse(path, format="turtle", publicID=BASE)
    return gdakg.KnowledgeGraph(RdflibEngine(dataset))


@contextmanager
def _quiet() -> Iterator[None]:
    """Let rdflib 7.6 call what it has itself deprecated, though warnings are errors here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def rows(given: Iterable[Iterable[Any]]) -> list[Row]:
    """Return the rows of terms in their order, in a form in which two engines agree.

    Language tags differ in case only, and numbers in how they are written.
    """
    return [tuple(map(_comparable, solution)) for solution in given]


def _comparable(term: Any) -> str | None:
    """Return `term` in N-Triples, its language tag in lower case, a number without idle zeros."""
    if not isinstance(term, og.Literal):
        return None if term is None else str(term)
    if term.language:
        return str(og.Literal(term.value, language=term.language.lower()))
    if term.datatype.value in NUMBERS:
        plain = f"{Decimal(term.value).normalize():f}"
        return str(og.Literal(plain, datatype=term.datatype))
    return str(term)
