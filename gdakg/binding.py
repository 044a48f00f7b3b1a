"""Binding parameters of a query, in one way for every engine.

SPARQL 1.1 has no parameters, and the engine's own substitution takes projected variables
only.  So the RDF terms go into a VALUES block at the head of the WHERE clause: data, written
by the engine's own serializer, never text of the caller.
"""

import functools
from collections.abc import Mapping

import pyoxigraph as og

from gdakg.errors import QueryError
from gdakg.guard import tokens


def bound(text: str, bindings: Mapping[str, og.NamedNode | og.Literal]) -> str:
    """Return the query `text` with its variables bound to RDF terms.

    Raises QueryError for a query without a WHERE clause to hold them.

    >>> import pyoxigraph as og
    >>> bound("ASK { ?s ?p ?o }", {"o": og.Literal('x" } #')})
    'ASK { VALUES (?o) { ("x\\\\" } #") } ?s ?p ?o }'
    """
    if not bindings:
        return text
    variables = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(map(str, bindings.values()))
    at = _where(text)
    return f"{text[:at]} VALUES ({variables}) {{ ({terms}) }}{text[at:]}"


@functools.lru_cache(maxsize=256)
def _where(text: str) -> int:
    """Return the position behind the brace that opens the WHERE clause of `text`."""
    depth = 0
    constructs = False
    groups: list[int] = []
    for token in tokens(text):
        word = token.group().upper()
        if depth == 0 and word == "CONSTRUCT":
            constructs = True
        if depth == 0 and word == "WHERE":
            constructs, groups = False, []
        if depth == 0 and word == "{":
            groups.append(token.end())
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if groups[1 if constructs else 0 :]:
            return groups[-1]
    raise QueryError("no WHERE clause to bind parameters in")
