"""Literals of N-Triples."""

import re
from typing import Final

from gdakg.namespaces import PREFIXES

_DATES: Final = (
    (re.compile(r"\d{4}"), "gYear"),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])"), "gYearMonth"),
    (re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"), "date"),
)
_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def literal(text: str, tag: str = "") -> str:
    """Return `text` as a literal of N-Triples, in the language `tag` if that is one.

    >>> literal('a "b"', "en")
    '"a \\\\"b\\\\""@en'
    """
    if _ESCAPED.search(text):
        text = _ESCAPED.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}", text)
    return f'"{text}"@{tag}' if _TAG.fullmatch(tag) and tag != "und" else f'"{text}"'


def dated(text: str) -> str:
    """Return a date as a literal exactly as precise as it is; "" for what is no date.

    >>> dated("2018-08")
    '"2018-08"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> dated("2018-13")
    ''
    """
    for pattern, kind in _DATES:
        if pattern.fullmatch(text):
            return f'"{text}"^^<{PREFIXES["xsd"]}{kind}>'
    return ""
