"""What a query must satisfy before the engine sees it.

The engine has no limits of its own: a query nested some thousand deep, or a chain of some
thousand operators, overflows its stack and kills the process, and SERVICE sends requests to
whatever host the query names (measured with pyoxigraph 0.5.13).
"""

import functools
import re
import unicodedata
from typing import Final, Literal

from gdakg.errors import QueryError

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 100
#: the engine survives some 1,600 of them in the worst case tried
MAX_OPERATORS: Final = 1_000

_FORMS: Final[dict[str, Form]] = {
    "SELECT": "SELECT",
    "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT",
    "DESCRIBE": "DESCRIBE",
}
_UPDATES: Final = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"]
)
_CHAINED: Final = frozenset(["UNION", "OPTIONAL", "MINUS", "BIND", "SELECT", "LATERAL"])

#: the terminals of SPARQL 1.1 (19.8) as far as we need to tell them apart
_TOKEN: Final = re.compile(
    r"""
      (?P<skip>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''
                |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<tag>@\w+(?:-\w+)*)
    | (?P<name>[\w.-]{0,60}:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<operator>\|\||&&|[|/^*+!=<>-])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(text: str) -> list[re.Match[str]]:
    """Return the tokens of the query `text` in order, without spaces and comments.

    >>> [token.lastgroup for token in tokens("ASK { ?s <p> 'x' } # end")]
    ['word', 'open', 'variable', 'iri', 'string', 'close']
    """
    return [token for token in _TOKEN.finditer(text) if token.lastgroup != "skip"]


@functools.lru_cache(maxsize=256)
def check(text: str, *, allow_service: bool = False) -> Form:
    """Return the form of the query `text` if it may be run.

    Raises QueryError for an update, for SERVICE unless `allow_service`, for more than 64 kB,
    for brackets more than 100 deep, for more than 1,000 operators, and for no query at all.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise QueryError(f"the query has {size:,} bytes; at most {MAX_BYTES:,} are taken")
    found = tokens(text)
    _check_size(found)
    form = _form(found)
    if not allow_service and "service" in text.lower():
        _refuse_service(text)
    return form


def _form(found: list[re.Match[str]]) -> Form:
    """Return the query form: the first word that is no part of the prologue."""
    for token in found:
        word = token.group().upper()
        if token.lastgroup == "word" and word in _FORMS:
            return _FORMS[word]
        if token.lastgroup == "word" and word in _UPDATES:
            raise QueryError(
                f"{word} is an update; gdakg only reads: SELECT, ASK, CONSTRUCT, DESCRIBE"
            )
    raise QueryError("no query in the text: there is no SELECT, ASK, CONSTRUCT or DESCRIBE")


def _check_size(found: list[re.Match[str]]) -> None:
    """Raise QueryError where nesting or the number of operators exceeds the limits."""
    depth = operators = 0
    for token in found:
        kind = token.lastgroup
        depth += (kind == "open") - (kind == "close")
        if depth > MAX_DEPTH:
            raise QueryError(f"the query is nested more than {MAX_DEPTH} deep")
        operators += kind in {"open", "operator"} or token.group().upper() in _CHAINED
        if operators > MAX_OPERATORS:
            raise QueryError(f"the query has more than {MAX_OPERATORS:,} brackets and operators")


def _refuse_service(text: str) -> None:
    """Raise QueryError if the query `text` calls SERVICE, or if that cannot be ruled out.

    Only called where the letters occur; then rdflib's parser tells a call from a word in a
    string or an IRI, since the engine does not let us see its parse.
    """
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    from gdakg.namespaces import PREFIXES

    prologue = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
    try:
        calls = "ServiceGraphPattern" in repr(parseQuery(prologue + text))
    except (ParseBaseException, RecursionError):
        calls = True
    if calls:
        raise QueryError(
            "SERVICE is refused: it sends requests to the host the query names;"
            " --allow-service lets it through"
        )


def pointed(text: str, line: int, column: int) -> str:
    """Return line `line` of `text` with a caret under `column`, both counted from 1."""
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    before = shown[: column - 1]
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in before)
    return f"  {shown}\n  {' ' * width}^"
