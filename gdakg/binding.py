"""Binding parameters of a query, in one way for every engine.

SPARQL 1.1 has no parameters, and the engine's own substitution takes projected variables
only.  So each mention of a bound variable becomes its RDF term, written by the engine's own
serializer; a variable that the query also projects keeps its name in the answer by a VALUES
block.  What is put in is one token, never text of the caller.
"""

import functools
import re
from collections.abc import Iterator, Mapping

import pyoxigraph as og

from gdakg.errors import ParameterError, QueryError
from gdakg.guard import tokens

#: words after which a variable is introduced, not used
_INTRODUCING = frozenset({"AS", "VALUES"})


def bound(text: str, bindings: Mapping[str, og.NamedNode | og.Literal]) -> str:
    """Return the query `text` with its variables bound to RDF terms, on the same lines.

    Raises ParameterError for what is no name of a variable, and QueryError where the query
    gives a bound variable a value of its own (AS, VALUES, the SELECT of a subquery).

    >>> import pyoxigraph as og
    >>> bound("ASK { ?s ?p ?o }", {"o": og.Literal('x" } #')})
    'ASK { ?s ?p "x\\\\" } #" }'
    >>> bound("SELECT ?o { ?s ?p ?o }", {"o": og.Literal(1)})[:38]
    'SELECT ?o { VALUES (?o) { ("1"^^<http:'
    """
    pieces: list[str] = []
    end = 0
    for start, stop, names in _places(text, frozenset(bindings)):
        terms = " ".join(str(bindings[name]) for name in names)
        variables = " ".join(f"?{name}" for name in names)
        written = terms if start < stop else f" VALUES ({variables}) {{ ({terms}) }}"
        pieces += [text[end:start], written]
        end = stop
    return "".join([*pieces, text[end:]])


@functools.lru_cache(maxsize=256)
def _places(text: str, bound_names: frozenset[str]) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Return the places of `text` to replace, in order, with the variables whose terms go there.

    An empty place takes a VALUES block.
    """
    for name in bound_names:
        if not re.fullmatch(r"[^\W\d]\w*", name):
            raise ParameterError(f"{name!r} is no name of a variable")
    return tuple(_changes(text, bound_names)) if bound_names else ()


def _changes(text: str, bound_names: frozenset[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the places of `text` to replace, as `_places` returns them."""
    depth = 0
    projecting: list[int] = []  # the depths whose SELECT clause we are in
    outside: dict[str, None] = {}  # bound variables named outside the WHERE clause
    describing = previous = ""
    for token in tokens(text):
        word = token.group().upper()
        if word == "DESCRIBE" and depth == 0:
            describing = word
        elif word == "SELECT":
            projecting.append(depth)
        elif word in {"{", "WHERE"} and projecting and projecting[-1] == depth:
            projecting.pop()
        if word == "{" and depth == 0 and outside:
            yield token.end(), token.end(), tuple(outside)
            outside = {}
        name = token.group()[1:]
        if token.lastgroup == "variable" and name in bound_names:
            if previous in _INTRODUCING or (projecting and depth):
                raise QueryError(f"?{name} is bound and cannot get a value from the query as well")
            if depth or describing:
                yield token.start(), token.end(), (name,)
            else:
                outside[name] = None
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        previous = previous if word == "(" and previous in _INTRODUCING else word
