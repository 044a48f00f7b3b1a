"""What a query must satisfy before the engine sees it.

The engine has no limits of its own: a query nested some thousand deep, or a chain of some
thousand operators, overflows its stack and kills the process, and SERVICE sends requests to
whatever host the query names (measured with pyoxigraph 0.5.13).
"""

import functools
import re
import unicodedata
from typing import Final, Literal
from urllib.parse import urljoin

from gdakg.errors import QueryError
from gdakg.namespaces import BASE, PREFIXES

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

MAX_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 100
#: brackets, operators and separators; the engine survives some 1,500 in the worst case tried
MAX_PARTS: Final = 1_000

_FORMS: Final[dict[str, Form]] = {
    "SELECT": "SELECT",
    "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT",
    "DESCRIBE": "DESCRIBE",
}
_UPDATES: Final = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH", "USING"]
)
_TERMS: Final = frozenset({"iri", "string", "variable", "name", "number", "word"})
_CHAINED: Final = frozenset(["UNION", "OPTIONAL", "MINUS", "BIND", "SELECT", "LATERAL"])

#: of longer texts no line is shown in an error
_SHOWN: Final = 2_000

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
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<operator>\|\||&&|[|/^*+!=<>-])
    | (?P<other>\\.|.)  # \" begins no string: each of many would be read to the end of the text
    """,
    re.VERBOSE | re.DOTALL,
)


#: a prologue without comments, and the form of the query; spares the tokens of most queries;
#: it never tries a second way through the prologue, of which spaces alone would have 2^n
_PLAIN: Final = re.compile(
    r"""(?:\s|(?:PREFIX\s+[\w-]*:|BASE)\s*<[^<>"{}|^`\\\x00-\x20]*>)*+
    (SELECT|ASK|CONSTRUCT|DESCRIBE)\b""",
    re.VERBOSE | re.IGNORECASE,
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
    for brackets more than 100 deep, for more than 1,000 brackets, operators and separators,
    for characters that are no text, and for no query at all.
    """
    if lone := re.search("[\ud800-\udfff]", text):
        raise QueryError(f"the query holds half a character, {lone[0]!r}")
    size = len(text.encode())
    if size > MAX_BYTES:
        raise QueryError(f"the query has {size:,} bytes; at most {MAX_BYTES:,} are taken")
    # A part takes a character at least, a level an opening bracket.
    if len(text) > MAX_PARTS or sum(map(text.count, "{([")) > MAX_DEPTH:
        _check_size(tokens(text))
    plain = _PLAIN.match(text)
    form = _FORMS[plain[1].upper()] if plain else _form(tokens(text))
    if not allow_service and "service" in text.lower():
        _refuse_service(text, tokens(text))
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
                f"{_at(token)}"
            )
    raise QueryError("no query in the text: there is no SELECT, ASK, CONSTRUCT or DESCRIBE")


def _check_size(found: list[re.Match[str]]) -> None:
    """Raise QueryError where nesting or the number of parts exceeds the limits."""
    brackets: list[str] = []  # those that are open; "V" for the data of VALUES and all in it
    parts = 0
    values_begin = False
    before = None
    for token in found:
        kind, text = token.lastgroup, token.group()
        if kind == "open":
            is_data = brackets[-1:] == ["V"] or (values_begin and text == "{")
            brackets.append("V" if is_data else text)
            values_begin = values_begin and text != "{"
        elif kind == "close" and brackets:
            brackets.pop()
        values_begin = values_begin or text.upper() == "VALUES"
        if len(brackets) > MAX_DEPTH:
            raise QueryError(f"the query is nested more than {MAX_DEPTH} deep{_at(token)}")
        parts += _weight(token, before, brackets[-1] if brackets else "")
        before = kind
        if parts > MAX_PARTS:
            raise QueryError(
                f"the query has more than {MAX_PARTS:,} brackets, operators and separators;"
                f" a long list may go into VALUES{_at(token)}"
            )


def _weight(token: re.Match[str], before: str | None, within: str) -> int:
    """Return for how many parts of a query `token` stands.

    `before` is the kind of the token before it, `within` the bracket around it.
    """
    kind, text = token.lastgroup, token.group()
    # "1<((2))>0" looks like an IRI to a lexer that does not know the grammar.
    hidden = sum(map(text.count, "{([")) if kind in {"iri", "string"} else 0
    if within == "V":
        return hidden
    is_item = within == "(" and kind in _TERMS and before in _TERMS
    is_part = kind in {"open", "operator"} or text in {".", ";", ","} or text.upper() in _CHAINED
    return hidden + (is_part or is_item)


def _refuse_service(text: str, found: list[re.Match[str]]) -> None:
    """Raise QueryError if the query `text` calls SERVICE, or if that cannot be ruled out.

    Only called where the letters occur.  The engine does not let us see its parse, so two
    readings that err in different ways must both find no call: our tokens, which know no
    grammar, and rdflib's parser, which ends a comment at a line feed only and expands escapes
    before it reads; both differences are taken away first.
    """
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    pairs = zip(found, [*found[1:], None], strict=True)
    calls = re.search(r"\\[uU]", text) is not None or any(_may_call(*pair) for pair in pairs)
    if not calls:
        prologue = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
        try:
            calls = "ServiceGraphPattern" in repr(parseQuery(prologue + text.replace("\r", "\n")))
        except (ParseBaseException, RecursionError):
            calls = True
    if calls:
        at = re.search("service", text, re.IGNORECASE)
        raise QueryError(
            "SERVICE is refused: it sends requests to the host the query names;"
            f" --allow-service lets it through{_at(at)}"
        )


def _may_call(token: re.Match[str], following: re.Match[str] | None) -> bool:
    """Return whether `token` may hold the word SERVICE, to which the engine lets others stick."""
    held = "service" in token.group().split(":")[0].lower()
    opens = following is not None and following.group() == "{"
    return held and (token.lastgroup == "word" or (token.lastgroup == "name" and opens))


def sources(text: str) -> list[str] | None:
    """Return the graphs that FROM and FROM NAMED of the query `text` name, None without either.

    Read off the algebra of rdflib's parser, which is only loaded where the letters occur; of what
    that parser does not know, off our tokens: FROM is a word of dataset clauses and of nothing
    else.  Raises QueryError where it cannot be read.

    >>> sources("SELECT * FROM <a> FROM NAMED gda:b { ?s ?p 'FROM <c>' }")
    ['https://w3id.org/gdakg/id/a', 'https://w3id.org/gdakg/def#b']
    """
    if "from" not in text.lower() and "\\" not in text:
        return None
    found = tokens(text)
    # The engine lets a prefix stick to the word: FROMgda:b.  What follows its colon is a name.
    held = (t.group().split(":")[0] for t in found if t.lastgroup in {"word", "name"})
    if "\\u" not in text.lower() and not any("from" in word.lower() for word in held):
        return None
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.algebra import translatePrologue
    from rdflib.plugins.sparql.parser import parseQuery

    prologue = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items())
    try:
        declared, body = parseQuery(prologue + text.replace("\r", "\n"))
        names = translatePrologue(declared, BASE)
        clauses = body.datasetClause or []
        named = [c.named if c.default is None else c.default for c in clauses]
        return [str(names.absolutize(graph)) for graph in named] or None
    except (ParseBaseException, RecursionError):
        return _plain_sources(found)
    except Exception as error:
        if type(error) is not Exception:  # what rdflib raises for a prefix that is not declared
            raise
        return _plain_sources(found)


def _plain_sources(found: list[re.Match[str]]) -> list[str] | None:
    """Return the IRIs that follow FROM among the tokens `found`.

    Raises QueryError where they cannot be told: without them all graphs would be asked.
    """
    base, prefixes, graphs = BASE, dict(PREFIXES), []
    for n, token in enumerate(found):
        after = [*found[n + 1 : n + 3], token, token]
        is_named = after[0].group().upper() == "NAMED"
        if token.lastgroup not in {"word", "name"}:
            continue
        word = token.group().upper()
        if word == "BASE" and after[0].lastgroup == "iri":
            base = urljoin(base, after[0].group()[1:-1])
        elif word == "PREFIX" and after[1].lastgroup == "iri":
            prefixes[after[0].group().removesuffix(":")] = urljoin(base, after[1].group()[1:-1])
        elif word == "FROM":
            graphs.append(_graph(after[1 if is_named else 0], base, prefixes))
        elif "FROM" in word.split(":")[0]:  # to which the engine lets others stick
            raise QueryError(f"a space is needed before and behind FROM{_at(token)}")
    return graphs or None


def _graph(token: re.Match[str], base: str, prefixes: dict[str, str]) -> str:
    """Return the IRI of the graph that `token` names.  Raises QueryError."""
    if token.lastgroup == "iri":
        return urljoin(base, token.group()[1:-1])
    prefix, colon, local = token.group().partition(":")
    if not colon or prefix not in prefixes:
        told = f"no prefix {prefix!r} is declared" if colon else "its IRI cannot be read"
        raise QueryError(f"the graph behind FROM: {told}{_at(token)}")
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def _at(place: re.Match[str] | None) -> str:
    """Return where a token stands, for the end of a message, with the line and a caret below it."""
    if place is None:
        return ""
    before = place.string[: place.start()]
    line = before.count("\n") + 1
    column = place.start() - before.rfind("\n")
    shown = pointed(place.string, line, column) if len(place.string) < _SHOWN else ""
    return f" (line {line}, column {column})" + (f"\n{shown}" if shown else "")


def pointed(text: str, line: int, column: int) -> str:
    """Return line `line` of `text` with a caret under `column`, both counted from 1."""
    lines = text.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    before = shown[: column - 1]
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in before)
    return f"  {shown}\n  {' ' * width}^"
