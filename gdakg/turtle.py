"""The one canonical form of our Turtle files, so that a diff shows only meaning.

Triples sorted by subject, predicate (`a` first) and object; our prefixes; things of ours
relative to `@base`; a blank line between subjects; no blank nodes.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, RdfFormat, Triple, parse, serialize

from gdakg.errors import LoadError
from gdakg.namespaces import BASE, PREFIXES
from gdakg.writing import replace

_TYPE: Final = f"<{PREFIXES['rdf']}type>"

#: a literal with its language tag, an IRI, or the comma between objects, as the engine writes
_TOKEN: Final = (
    r'(?P<text>"(?:[^"\\]|\\.)*")(?:@(?P<tag>[a-zA-Z0-9-]+))?|<(?P<iri>[^>]*)>|(?P<comma> , )'
)


def language_tag(tag: str) -> str:
    """Return `tag` in the letter case of BCP 47 (RFC 5646, 2.1.1), which the engine drops.

    >>> language_tag("zh-hant-tw")
    'zh-Hant-TW'
    """
    first, *rest = tag.lower().split("-")
    cases = {2: str.upper, 4: str.title}
    return "-".join([first, *(cases.get(len(part), str.lower)(part) for part in rest)])


def _written(token: re.Match[str]) -> str:
    """Return `token` as our files have it: an object a line, our things relative."""
    if token["comma"]:
        return " ,\n        "
    if token["iri"] is not None:
        return f"<{token['iri'].removeprefix(BASE)}>"
    return f"{token['text']}@{language_tag(token['tag'])}" if token["tag"] else token["text"]


def _order(triple: Triple) -> tuple[str, str, str]:
    """Return where `triple` stands among the others of a file."""
    predicate = str(triple.predicate)
    return str(triple.subject), "" if predicate == _TYPE else predicate, str(triple.object)


def canonical(triples: Iterable[Triple], *, allow_blank: bool = False) -> str:
    """Return `triples` as canonical Turtle.

    Raises ValueError for a blank node unless `allow_blank`: our files have none.
    """
    ordered = sorted(set(triples), key=_order)
    if not allow_blank and (
        blank := [t for t in ordered if BlankNode in {type(t.subject), type(t.object)}]
    ):
        raise ValueError(f"a blank node in {blank[0]}: give it an IRI")
    texts = {str(term) for triple in ordered for term in (triple.subject, triple.object)}
    texts |= {str(triple.predicate) for triple in ordered} - {_TYPE}  # written as `a`
    used = {
        prefix: namespace
        for prefix, namespace in sorted(PREFIXES.items())
        if any(f"<{namespace}" in text for text in texts)
    }
    header = [f"@base <{BASE}> .", *(f"@prefix {p}: <{n}> ." for p, n in used.items())]
    body = (serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    # The engine writes its header in no fixed order.  Only "\n" ends a line of Turtle: titles
    # may hold U+2028 and its like.
    lines = [
        re.sub(_TOKEN, _written, line) for line in body.split("\n")[:-1] if line[:7] != "@prefix"
    ]
    return "\n".join([*header, "", *_spaced(lines)]) + "\n"


def _spaced(lines: Iterable[str]) -> Iterable[str]:
    """Yield `lines` with an empty line before each subject but the first."""
    for number, line in enumerate(lines):
        if number and not line.startswith("\t"):
            yield ""
        yield line.replace("\t", "    ", 1)


def reformat(path: Path) -> bool:
    """Bring the Turtle file `path` into canonical form; return whether it changed."""
    if not path.is_file():
        raise LoadError(f"{path}: no such file")
    try:
        before = path.read_bytes().decode()
        triples = [quad.triple for quad in parse(before, format=RdfFormat.TURTLE, base_iri=BASE)]
        text = canonical(triples)
    except SyntaxError as error:
        raise LoadError(f"{path}:{error.lineno or '?'}: {error.msg}") from error
    except ValueError as error:
        raise LoadError(f"{path}: {error}") from error
    changed = before != text
    if changed:
        replace(path, text.encode())
    return changed
