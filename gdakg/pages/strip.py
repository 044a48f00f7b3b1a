"""The years of a gap as a small drawing: named, closed how far, candidates dated when."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from gdakg.chronology import COP28
from gdakg.gap import Gap, Texts
from gdakg.pages.fill import text_in
from gdakg.pages.sheet import said
from gdakg.pages.wording import LANGUAGES

#: where the years stand in the drawing, in its own units
LEFT: Final = 88.0
RIGHT: Final = 336.0

#: a mark is at least so wide
_LEAST: Final = 6.0


class Axis(NamedTuple):
    """The years of all drawings of a page, so that one can be held against another."""

    first: int
    after: int  #: the year after the last


class Mark(NamedTuple):
    """A mark in a lane, as wide as its date is vague."""

    x: float
    width: float
    status: str = ""


def axis_of(gaps: Iterable[Gap]) -> Axis:
    """Return the years in which gaps were named, and for which their status is known."""
    dates = [date for gap in gaps for date in (gap.named_in, *(s.as_of for s in gap.standings))]
    years = [int(date[:4]) for date in dates if re.match(r"\d{4}", date)]
    return Axis(min(years), max(years) + 1) if years else Axis(0, 1)


def mark(axis: Axis, date: str) -> Mark | None:
    """Return where `date` stands; a year is as wide as a year, a day as wide as can be seen.

    >>> mark(Axis(2015, 2027), "2015")
    Mark(x=88.0, width=20.7, status='')
    >>> mark(Axis(2015, 2027), "2014-11-30") is None
    True
    """
    parts = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", date)
    if parts is None:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups())
    start = (year or 0) + ((month or 1) - 1) / 12 + ((day or 1) - 1) / 365.25
    length = 1.0 if month is None else 1 / 12 if day is None else 1 / 365.25
    if not axis.first <= start < axis.after:
        return None
    scale = (RIGHT - LEFT) / (axis.after - axis.first)
    width = max(length * scale, _LEAST)
    middle = LEFT + (start - axis.first + length / 2) * scale
    left = min(max(middle - width / 2, LEFT), RIGHT - width)
    return Mark(round(left, 1), round(width, 1))


def strip(
    gap: Gap, axis: Axis, picture: Callable[[str], str], called: Callable[[str], Texts]
) -> dict[str, Any]:
    """Return what is drawn of a gap, and what the drawing says, by language.

    `picture` gives the picture of a status, `called` its names.
    """
    marks = [mark(axis, standing.as_of) for standing in gap.standings]
    dates = sorted(candidate.issued for candidate in gap.candidates if candidate.issued)
    ticks = [found for date in dates if (found := mark(axis, date))]
    return {
        "label": _label(gap, dates, called),
        "named": mark(axis, gap.named_in),
        "standings": [
            found._replace(status=picture(standing.status))
            for found, standing in zip(marks, gap.standings, strict=True)
            if found
        ],
        "ticks": ticks,
        "earlier": sum(date[:4] < str(axis.first) for date in dates),
        "cop28": mark(axis, COP28[0]),
    }


def _label(gap: Gap, dates: list[str], called: Callable[[str], Texts]) -> Texts:
    """Return in words what the drawing shows."""
    told: list[Texts] = []
    if gap.named_in:
        told.append(said("named in {date}", date=gap.named_in))
    for standing in gap.standings:
        if standing.as_of:
            texts = said("as of {date}", date=standing.as_of)
            labels = called(standing.status)
            told.append({tag: f"{text_in(labels, tag)} ({texts[tag]})" for tag in LANGUAGES})
    if dates:
        first, last = dates[0], dates[-1]
        told.append(said("candidates dated {first} to {last}", first=first, last=last))
    return {tag: "; ".join(text_in(texts, tag) for texts in told) for tag in LANGUAGES}
