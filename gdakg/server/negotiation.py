"""Which media type and coding a client wants, by RFC 9110, 12.5."""

import functools
from collections.abc import Sequence
from typing import Final, NamedTuple

#: longer headers are cut here: nobody honest comes near
_LONGEST: Final = 4_000
#: what all our answers fulfil, whether their media type tells or not
_OURS: Final = frozenset({"charset=utf-8", "charset=utf8", 'charset="utf-8"'})


class Range(NamedTuple):
    """A media range of an Accept header, with how much it is wanted."""

    kind: str
    subtype: str
    parameters: frozenset[str]
    quality: float

    def specificity(self, media: str) -> int:
        """Return how exactly the range names the media type `media`, 0 if it does not.

        >>> Range("text", "*", frozenset(), 1.0).specificity("text/turtle")
        2
        """
        whole, *given = (part.strip().lower() for part in media.split(";"))
        kind, _, subtype = whole.partition("/")
        if self.parameters - set(given):
            return 0
        if (self.kind, self.subtype) == ("*", "*"):
            return 1
        if self.kind != kind or self.subtype not in {subtype, "*"}:
            return 0
        return 2 if self.subtype == "*" else 3 + len(self.parameters)


@functools.lru_cache(maxsize=512)
def ranges(accept: str) -> tuple[Range, ...]:
    """Return the media ranges in an Accept header; what is none is left out.

    >>> [(r.kind, r.quality) for r in ranges("text/csv;q=0.5, nonsense, */*;q=0")]
    [('text', 0.5), ('*', 0.0)]
    """
    found = []
    for item in accept[:_LONGEST].split(","):
        whole, *given = (part.strip().lower() for part in item.split(";"))
        kind, slash, subtype = whole.partition("/")
        if not (kind and slash and subtype) or (kind == "*" and subtype != "*"):
            continue
        parameters = [p for p in given if p and not p.startswith("q=") and p not in _OURS]
        found.append(Range(kind, subtype, frozenset(parameters), _quality(given)))
    return tuple(found)


@functools.lru_cache(maxsize=512)
def chosen(accept: str | None, offers: Sequence[str]) -> str | None:
    """Return which of `offers`, best first, the Accept header wants most; None if none.

    Of each offer the range counts that names it most exactly; no header wants anything.

    >>> chosen("text/*;q=0.5, text/turtle;q=0.1, */*;q=0.2", ("text/turtle", "text/csv"))
    'text/csv'
    >>> chosen("text/csv; charset=utf-8", ("text/turtle", "text/csv"))
    'text/csv'
    >>> chosen("image/png", ("text/turtle",)) is None, chosen(None, ("text/turtle",))
    (True, 'text/turtle')
    """
    wanted = ranges(accept) if accept else ()
    if not wanted and not (accept or "").strip():
        return offers[0]
    best, quality = None, 0.0
    for offer in offers:
        exact = max(((r.specificity(offer), r.quality) for r in wanted), default=(0, 0.0))
        if exact[0] and exact[1] > quality:
            best, quality = offer, exact[1]
    return best


@functools.lru_cache(maxsize=512)
def is_gzip_wanted(accept_encoding: str | None) -> bool:
    """Return whether the Accept-Encoding header lets an answer be compressed by gzip.

    >>> [is_gzip_wanted(h) for h in ("gzip, br", "gzip;q=0", "*", "*, gzip;q=0", None)]
    [True, False, True, False, False]
    """
    told = {}
    for item in (accept_encoding or "")[:_LONGEST].split(","):
        coding, *given = (part.strip().lower() for part in item.split(";"))
        told[coding] = _quality(given)
    return told.get("gzip", told.get("x-gzip", told.get("*", 0.0))) > 0


def _quality(parameters: Sequence[str]) -> float:
    """Return the weight among the `parameters`: 1 if there is none, 0 for what is no number."""
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = float(parameter[2:])
            except ValueError:
                return 0.0
            return quality if 0 <= quality <= 1 else 0.0
    return 1.0
