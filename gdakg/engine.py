"""The engine: a store in memory that answers SPARQL, and what any engine must do."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, Protocol

import pyoxigraph as og

from gdakg.answers import Answer, answer
from gdakg.binding import bound
from gdakg.errors import QueryError
from gdakg.guard import check, pointed, sources
from gdakg.namespaces import BASE, PREFIXES

Bindings = Mapping[str, og.NamedNode | og.Literal]

#: how many graphs an error lists
_LISTED: Final = 50


class Engine(Protocol):
    """What answers SPARQL: a store in memory or an endpoint elsewhere."""

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`."""


class Embedded:
    """A pyoxigraph store in this process; without FROM queries see the union of its graphs."""

    def __init__(self, store: og.Store, *, allow_service: bool = False) -> None:
        """Take a filled `store`."""
        self.store = store
        self.allow_service = allow_service

    def __repr__(self) -> str:
        return f"Embedded({len(self.store):,} triples)"

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`.

        Raises QueryError, with line and caret, for what is not SPARQL or is refused, and for
        FROM of a graph that the store does not have.
        """
        check(text, allow_service=self.allow_service)
        chosen = sources(text)
        refuse_others(self.store, chosen or [], "FROM")
        asked = bound(text, bindings)
        is_union = chosen is None  # with the union as default graph the engine heeds no FROM

        def run() -> Any:
            return self.store.query(
                asked, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=is_union
            )

        try:
            return answer(run)
        except SyntaxError as error:
            raise not_sparql(asked, str(error)) from error
        except (OSError, RuntimeError) as error:  # SERVICE that fails
            raise QueryError(f"the query failed: {error}") from error


def refuse_others(store: og.Store, wanted: Collection[str], word: str) -> None:
    """Raise QueryError for the first graph `wanted` by `word` that `store` does not have."""
    if not wanted:
        return
    there = sorted(name.value for name in store.named_graphs() if isinstance(name, og.NamedNode))
    for iri in wanted:
        if iri not in there:
            listed = " ".join(f"<{name}>" for name in there[:_LISTED])
            more = f" and {len(there) - _LISTED:,} more" if len(there) > _LISTED else ""
            raise QueryError(
                f"{word}: the dataset has no graph <{iri}>, and none is fetched; "
                f"there are {listed}{more}"
            )


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
