"""What follows from the dates of editions: which is current, and which replaced which.

No catalogue states it for all standards, so it is computed and stands in a graph of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final, NamedTuple

from gdakg.gathering import UNDER_WAY
from gdakg.stating import CURRENT, REPLACES

#: among the stages of an edition that is not in force, where the catalogue does not say why
_OVER: Final = "over"
#: stages in which an edition is not current, whatever another catalogue says
_PAST: Final = frozenset({"superseded", "withdrawn", _OVER})

#: publishers whose versions are kept side by side, one for each release
_PARALLEL: Final = frozenset({"3GPP"})


class _Known(NamedTuple):
    """What the catalogues tell of the editions of a standard."""

    editions: dict[str, tuple[str, set[str]]]  #: date and stages by IRI
    publishers: set[str]


class Derivation:
    """Takes up what catalogues tell of each standard, and gives what follows from it."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._stating: set[str] = set()  # standards in a catalogue that states replacements

    def passing(self, told: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Yield what one catalogue tells of each standard, and take it up."""
        is_stating, here = False, []
        for row in told:
            is_stating = is_stating or row["replaces"]
            here.append(row["standard"])
            _add(self._known, row)
            yield row
        if is_stating:
            self._stating.update(here)

    def lines(
        self, bundled: Mapping[str, Mapping[str, str]], bundled_current: frozenset[str]
    ) -> Iterator[str]:
        """Yield what follows.

        `bundled` are the editions of the bundled graph with their dates, by standard, which
        count as published; what is in `bundled_current`, the bundled graph says already.
        """
        for standard, found in self._known.items():
            for edition, issued in bundled.get(standard, {}).items():
                found.editions.setdefault(edition, (issued, set()))
            ordered = _ordered(found)
            if (line := _current(standard, ordered, found)) and line not in bundled_current:
                yield line
            if standard not in self._stating and not found.publishers & _PARALLEL:
                yield from _replaced(ordered)


def _add(known: dict[str, _Known], row: Mapping[str, Any]) -> None:
    """Add the editions in `row` to what is known of the standard."""
    found = known.setdefault(row["standard"], _Known({}, set()))
    found.publishers.update(row["publishers"])
    for edition, issued, stage, _, is_supplement in row["editions"]:
        if is_supplement:
            continue
        before, stages = found.editions.get(edition, ("", set()))
        over = {_OVER} if edition in row.get("over", ()) else set()
        found.editions[edition] = (max(before, issued, key=len), {*stages, stage, *over})


def _ordered(found: _Known) -> list[tuple[str, str]]:
    """Return date and IRI of each edition that was published, the oldest first.

    An edition without a date is left out if others have one.
    """
    published = [
        (issued, edition)
        for edition, (issued, stages) in found.editions.items()
        if not stages & UNDER_WAY
    ]
    dated = [each for each in published if each[0]]
    return sorted(dated or published)


def _current(standard: str, ordered: list[tuple[str, str]], found: _Known) -> str:
    """Return the line that names the current edition; "" if none is, or dates do not tell."""
    valid = [each for each in ordered if not found.editions[each[1]][1] & _PAST]
    if not valid or (len(valid) > 1 and not valid[-1][0]):
        return ""
    return f"<{standard}> {CURRENT} <{valid[-1][1]}> ."


def _replaced(ordered: list[tuple[str, str]]) -> Iterator[str]:
    """Yield that each edition replaces the one before it, where their dates tell the order."""
    for (before, older), (after, newer) in pairwise(ordered):
        if before and before[: len(after)] < after[: len(before)]:
            yield f"<{newer}> {REPLACES} <{older}> ."
