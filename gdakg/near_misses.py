"""Codes that somebody may have meant by one that the graph does not know.

They are told, never taken: what is one slip of the finger away is often another standard.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from gdakg import identifiers

if TYPE_CHECKING:
    from gdakg.identifiers.designation import Designation

#: so many are told at most
_MOST: Final = 3
#: in a shorter code, one slip makes any of too many
_SHORTEST: Final = 4
#: digit and letter that look alike
_ALIKE: Final = ("0o", "1i", "1l", "2z", "5s", "8b")
_BARE: Final = r"([0-9]+(?:[-.][0-9]+)*?)(?:\.0)?(?:\s*[:-]\s*(?:19|20)[0-9]{2})?"


def bare_number(text: str) -> str:
    """Return the number in a text that is a number without a publisher, else "".

    >>> bare_number("9001:2015"), bare_number("9001.0"), bare_number("ISO 9001")
    ('9001', '9001', '')
    """
    match = re.fullmatch(_BARE, unicodedata.normalize("NFKC", text).strip())
    return re.sub(r"-(?:19|20)[0-9]{2}$", "", match[1]) if match else ""


class NearMisses:
    """The codes of a graph, to be found by what is nearly the same."""

    def __init__(self) -> None:
        """Know no code yet."""
        self._by_number: dict[tuple[str, str], list[str]] = {}
        self._parts: dict[str, list[str]] = {}
        self._slips: dict[str, list[tuple[str, str]]] = {}

    def add(self, code: str, read: "Designation | None") -> None:
        """Take the code of a standard, and how it is read."""
        if read is not None:
            for each in (read, *read.others):
                number, part = each.number.casefold(), each.part.casefold()
                self._by_number.setdefault((number, part), []).append(code)
                self._parts.setdefault(number, []).append(code)
        key = identifiers.key(code)
        for shortened in _shortened(key):
            self._slips.setdefault(shortened, []).append((key, code))

    def near(self, text: str, read: "Designation | None") -> tuple[str, ...]:
        """Return up to three codes that `text` may mean, the likeliest first."""
        found = dict.fromkeys(self._near(text, read))
        return tuple(found)[:_MOST]

    def _near(self, text: str, read: "Designation | None") -> Iterator[str]:
        if read is not None:
            number, part = read.number.casefold(), read.part.casefold()
        else:
            number, _, part = bare_number(text).partition("-")
        if number:
            yield from self._by_number.get((number, part), ())
            yield from self._parts.get(number, ())
        key = identifiers.key(str(read.undated) if read is not None else text)
        if not number.isdigit() or read is not None:
            yield from self._slipped(key)

    def _slipped(self, key: str) -> Iterator[str]:
        """Yield the codes of which `key` is one slip away."""
        if len(key) < _SHORTEST:
            return
        near = {
            (by, code)
            for shortened in _shortened(key)
            for other, code in self._slips.get(shortened, ())
            if (by := slip(key, other))
        }
        yield from (code for _, code in sorted(near))


def _shortened(key: str) -> list[str]:
    """Return `key` and what is left of it without one character, each once."""
    return list(dict.fromkeys([key, *(key[:n] + key[n + 1 :] for n in range(len(key)))]))


def slip(one: str, other: str) -> int:
    """Return by which slip one may type `one` for `other`, the likelier the lower; 0 for none.

    1 for two neighbours exchanged, 2 for one letter for another, or for the digit that looks like
    it, 3 for a character too many or too few.  One digit for another makes another standard.

    >>> [slip(typed, "14067") for typed in ("14076", "l4067", "1467", "14057")]
    [1, 2, 3, 0]
    """
    if len(one) != len(other):
        long, short = (one, other) if len(one) > len(other) else (other, one)
        return 3 if short in _shortened(long) else 0
    places = [n for n, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(places) == 1:
        at = places[0]
        pair = "".join(sorted(one[at] + other[at]))
        return 2 if pair.isalpha() or pair in _ALIKE else 0
    if len(places) != 2 or places[1] != places[0] + 1:
        return 0
    first, second = places
    return int(one[first] == other[second] and one[second] == other[first])
