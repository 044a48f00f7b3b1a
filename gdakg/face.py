"""The rdflib face of a store, for those who know rdflib; only they load it."""

from typing import Any

import pyoxigraph as og
import rdflib
from oxrdflib import OxigraphStore
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from gdakg.guard import check


class GuardedStore(OxigraphStore):
    """An rdflib store whose queries pass our guard first."""

    allow_service = False

    def query(self, query: Any, *arguments: Any, **options: Any) -> Any:
        """Return the result of `query`.  Raises QueryError for what the guard refuses."""
        if isinstance(query, str):
            check(query, allow_service=self.allow_service)
        return super().query(query, *arguments, **options)


def dataset(store: og.Store, *, allow_service: bool) -> rdflib.Dataset:
    """Return an rdflib Dataset over `store`, its default graph the union of all."""
    guarded = GuardedStore(store=store)
    guarded.allow_service = allow_service
    return rdflib.Dataset(store=guarded, default_union=True)


def remote(url: str) -> rdflib.Graph:
    """Return an rdflib Graph that asks the endpoint at `url`."""
    return rdflib.Graph(SPARQLStore(url, method="POST"))
