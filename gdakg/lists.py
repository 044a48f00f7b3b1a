"""A list of standards in a spreadsheet: the same list, and beside each code how it stands."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from gdakg.errors import SheetError
from gdakg.knowledge import KnowledgeGraph
from gdakg.match_wording import HEADINGS
from gdakg.matching import Match, Matcher
from gdakg.spreadsheets import Row, plain, read, written

#: so many rows tell which column holds the codes, and how wide the list is
_SAMPLE: Final = 1_000
#: so many rows are matched at once
_AT_ONCE: Final = 500
#: the fields of a match that become columns, in the order of their headings
_ADDED: Final = slice(Match._fields.index("code"), Match._fields.index("note") + 1)
#: marks our columns among those of the list
_MARK: Final = "gdakg: "


class Outcome(NamedTuple):
    """What became of a list."""

    column: str  #: heading of the column that holds the codes, or its number
    counts: Counter[str]  #: rows by state
    near: int  #: unknown ones with near matches
    has_headings: bool  #: else the first row was taken for a row of the list
    longer: int  #: rows with cells beyond the headings, which stand after our columns
    other_sheets: tuple[str, ...]  #: sheets of the file that were left out


class _Layout(NamedTuple):
    """Where things stand in the rows of a list."""

    column: int  #: of the codes
    width: int  #: of the list, without our columns
    headings: Row  #: empty if there are none


def match_file(
    kg: KnowledgeGraph,
    source: Path,
    target: Path,
    *,
    column: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    language: str = "en",
    progress: Callable[[int], object] = lambda _: None,
) -> Outcome:
    """Write the list `source` to `target` with columns that tell how each standard stands.

    The columns, their order and their values stay; ours come after them.  `column` is a heading
    or a number from 1; if not given, the column with most codes.  Raises SheetError.
    """
    with read(source, encoding=encoding, sheet=sheet) as table:
        matcher = Matcher(kg, language)
        sample = list(islice(table.rows, _SAMPLE))
        above = _above(sample)
        sample = sample[len(above) :]
        layout = _layout(source, sample, matcher, column)
        body = chain(sample[1:] if layout.headings else sample, table.rows)
        counts: Counter[str] = Counter()
        near = longer = 0
        with written(target, source, table.delimiter) as writer:
            for row in above:
                writer.row(row)
            writer.row(_joined(layout, layout.headings, _headings(language)))
            for row, found in _matched(matcher, body, layout.column):
                writer.row(_joined(layout, row, found[_ADDED] if found else ()))
                if found is not None:
                    counts[found.state] += 1
                    near += bool(found.near)
                longer += len(row) > layout.width
                if not writer.count % _SAMPLE:
                    progress(writer.count)
    return Outcome(
        plain(layout.headings[layout.column])
        if layout.column < len(layout.headings)
        else str(layout.column + 1),
        *(counts, near, bool(layout.headings), longer, table.other_sheets),
    )


def _headings(language: str) -> list[str]:
    """Return the headings of our columns."""
    return [_MARK + heading for heading in HEADINGS[language]]


def _matched(
    matcher: Matcher, rows: Iterator[Row], column: int
) -> Iterator[tuple[Row, Match | None]]:
    """Yield each of `rows` with what its code means; with None if the row is empty."""
    while block := list(islice(rows, _AT_ONCE)):
        codes = [plain(row[column]).strip() if column < len(row) else "" for row in block]
        for row, found in zip(block, matcher.matches(codes), strict=True):
            yield row, found if found.asked or any(plain(cell).strip() for cell in row) else None


def _joined(layout: _Layout, row: Row, ours: Sequence[str]) -> list[Any]:
    """Return a row with our cells after those of the list; what is longer comes after them."""
    padding = [""] * (layout.width - len(row))
    if not row and not ours:
        return []
    return [*row[: layout.width], *padding, *ours, *row[layout.width :]]


def _above(sample: Sequence[Row]) -> Sequence[Row]:
    """Return the rows above the headings: blank ones, and a title in a cell of its own."""
    filled = [sum(1 for cell in row if plain(cell).strip()) for row in sample]
    enough = min(2, max(filled, default=0))
    first = next((n for n, count in enumerate(filled) if count >= enough), 0)
    return sample[: first if enough else 0]


def _layout(source: Path, sample: Sequence[Row], matcher: Matcher, column: str | None) -> _Layout:
    """Return where the codes stand.  Raises SheetError if no column holds any."""
    width = max(map(len, sample), default=0)
    if not width or not any(plain(cell).strip() for row in sample for cell in row):
        raise SheetError(f"{source}: the list is empty")
    first = sample[0]
    at = _named(source, first, column, width) if column else _found(sample, matcher, width)
    if at is None:
        raise SheetError(
            f"{source}: no column holds codes that we read; name it, as in --column NAME; "
            f"there are {_listed(first)}"
        )
    heading = plain(first[at]) if at < len(first) else ""
    is_code = matcher.weight(heading) > 0 and not (column and not column.isdigit())
    return _Layout(at, width, [] if is_code else first or [""])


def _named(source: Path, headings: Row, column: str, width: int) -> int:
    """Return which column is called `column`.  Raises SheetError."""
    wanted = " ".join(column.split()).casefold()
    found = [n for n, h in enumerate(headings) if " ".join(plain(h).split()).casefold() == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(n + 1) for n in found)
        raise SheetError(
            f"{source}: columns {numbers} are called {column!r}; name one by its number"
        )
    if re.fullmatch(r"[0-9]{1,5}", column) and 1 <= int(column) <= width:
        return int(column) - 1
    raise SheetError(f"{source}: no column {column!r}; there are {_listed(headings)}")


def _found(sample: Sequence[Row], matcher: Matcher, width: int) -> int | None:
    """Return the column whose cells look most like codes; None if none does."""
    weights = [0] * width
    for row in sample[1:] or sample:
        for n, cell in enumerate(row):
            if cell is not None and cell != "":
                weights[n] += matcher.weight(plain(cell))
    return max(range(width), key=weights.__getitem__) if any(weights) else None


def _listed(headings: Row) -> str:
    """Return the headings for a reader, the first twenty."""
    shown = [plain(heading)[:40] or f"(column {n})" for n, heading in enumerate(headings, 1)][:20]
    return ", ".join([*shown, "..."] if len(headings) > len(shown) else shown) or "no headings"
