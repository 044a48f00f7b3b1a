"""The rdflib face of a store, for those who know rdflib; only they load it."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as og
import rdflib
from oxrdflib import OxigraphStore
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result

from gdakg.answers import Answer, Triples
from gdakg.guard import check

#: what answers the text of a query, its variables bound
Evaluate = Callable[[str, Mapping[str, og.NamedNode | og.Literal]], Answer]


class GuardedStore(OxigraphStore):
    """An rdflib store whose queries pass our guard first."""

    allow_service = False

    def query(self, query: Any, *arguments: Any, **options: Any) -> Any:
        """Return the result of `query`.  Raises QueryError for what the guard refuses."""
        if isinstance(query, str):
            check(query, allow_service=self.allow_service)
        return super().query(query, *arguments, **options)


class RemoteStore(SPARQLStore):
    """An rdflib store, for reading only, that asks an endpoint as `KnowledgeGraph.query` does.

    rdflib's own way has no timeout, follows redirects with the credentials in hand, and takes a
    refusal for an answer; it is told no address.
    """

    def __init__(self, evaluate: Evaluate) -> None:
        """Take what answers queries."""
        super().__init__()
        self._evaluate = evaluate

    def _query(self, query: str, default_graph: Any = None, named_graph: Any = None) -> Result:
        """Return the result of `query`, which all of rdflib's reading comes to."""
        if not (default_graph is None or isinstance(default_graph, rdflib.BNode)):
            raise TypeError(
                f"a remote graph is asked as a whole: write GRAPH <{default_graph}> {{ ... }}"
            )
        return _result(self._evaluate(query, {}))


def _result(given: Answer) -> Result:
    """Return the answer `given` as rdflib has it."""
    if isinstance(given, bool):
        result = Result("ASK")
        result.askAnswer = given
    elif isinstance(given, Triples):
        result = Result("CONSTRUCT")
        result.graph = given.to_rdflib()
    else:
        result = Result.parse(io.BytesIO(given.to_json().encode()), format="json")
    return result


def dataset(store: og.Store, *, allow_service: bool) -> rdflib.Dataset:
    """Return an rdflib Dataset over `store`, its default graph the union of all."""
    guarded = GuardedStore(store=store)
    guarded.allow_service = allow_service
    return rdflib.Dataset(store=guarded, default_union=True)


def remote(evaluate: Evaluate) -> rdflib.Graph:
    """Return an rdflib Graph whose queries `evaluate` answers."""
    return rdflib.Graph(RemoteStore(evaluate))
