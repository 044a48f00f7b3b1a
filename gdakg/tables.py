"""Answers as tables for people: in a terminal, in Markdown.

Widths are counted in terminal cells, in which a Chinese character takes two.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import product, zip_longest
from typing import TYPE_CHECKING, Final

import pyoxigraph as og

from gdakg.answers import Solutions, Term, python_value
from gdakg.namespaces import shorten
from gdakg.naming import yes_or_no
from gdakg.questions import headings
from gdakg.turtle import language_tag

if TYPE_CHECKING:
    from gdakg.description import Description, Group, Statement

#: the count of rows
_ROWS: Final = {"en": "{:,} rows", "zh-Hans": "{:,} 行", "zh-Hant": "{:,} 列"}

#: longer words, and Chinese, may break in a narrow column
_LONGEST_WORD = 14
#: cells that a column of Chinese gets while there is room
_SOME_CHINESE = 10
#: what may not begin a line, what may not end one, and what stays with a closing mark
_CLOSING: Final = "，。、；：？！）」』》”"
_OPENING: Final = "（「『《“"
_TAIL: Final = rf"[{_OPENING}]*(?:[A-Za-z0-9.&/-]+|.)[{_CLOSING}]*$"

#: a text with a line longer than this wants a column at least so wide
_LONG: Final = 40
_NARROW: Final = 24
#: by how much a text below its row stands in
_BELOW = "  "

#: by how much later lines of a paragraph stand in
_HANG = "    "


def cell(term: Term | None, language: str) -> str:
    """Return what a reader of `language` sees of `term`: IRIs shortened, "" for unbound.

    A text in another language has its tag before it: "[en] by title".
    """
    value = python_value(term)
    tag = language_tag(term.language or "") if isinstance(term, og.Literal) else ""
    if tag and tag != language and not re.match(r"\[[a-z]{2}[\w-]*\] ", str(value)):
        return f"[{tag}] {value}"
    if isinstance(value, bool):
        return yes_or_no(value, language)
    return shorten(value) if isinstance(value, str) else "" if value is None else str(value)


def plain(answer: Solutions, width: int, language: str = "en", *, is_named: bool = True) -> str:
    """Return `answer` as a table, and a line that counts the rows.

    At most `width` cells wide, as far as the headings allow.
    """
    rows = [[printable(cell(term, language)) for term in terms] for terms in answer.terms]
    named = headings(answer.variables, language) if is_named else list(answer.variables)
    if len(set(named)) < len(named):  # a variable of yours may be a heading of ours
        named = list(answer.variables)
    counted = _ROWS[language].format(len(rows))
    count = counted.replace("1 rows", "1 row") if len(rows) == 1 else counted
    return f"{grid(named, rows, width)}\n{count}" if answer.variables else count


def grid(named: Sequence[str], rows: list[list[str]], width: int, *, is_ruled: bool = False) -> str:
    """Return printable `rows` under their headings, wrapped, at most `width` cells wide.

    Line breaks in a cell stay; with a rule between the rows if `is_ruled`.  Long texts for which
    no column is wide enough stand below their row, across the table, and so do their headings.
    """
    split = [[cell.split("\n") for cell in row] for row in rows]
    widths = _widths(named, split, width)
    below = [n for n, room in enumerate(widths) if room < _NARROW and _is_long(split, n)]
    beside = [n for n in range(len(named)) if n not in below]
    if not beside:
        below, beside = [], list(range(len(named)))
    if below:
        widths = _widths(*_taken(beside, named, split), width)
    least = width if below else 0  # long texts get all the room there is
    return _drawn(named, split, (beside, below), widths, least, is_ruled=is_ruled)


def _is_long(rows: list[list[list[str]]], column: int) -> bool:
    """Return whether a cell of `column` is long."""
    from wcwidth import wcswidth

    return any(wcswidth(line) > _LONG for row in rows for line in row[column])


def _taken(
    columns: Sequence[int], named: Sequence[str], rows: list[list[list[str]]]
) -> tuple[list[str], list[list[list[str]]]]:
    """Return headings and rows of the `columns` alone."""
    return [named[n] for n in columns], [[row[n] for n in columns] for row in rows]


def _drawn(
    named: Sequence[str],
    rows: list[list[list[str]]],
    columns: tuple[list[int], list[int]],
    widths: list[int],
    least: int,
    *,
    is_ruled: bool,
) -> str:
    """Return the table of the first `columns`, the texts of the second below their rows.

    The last column grows until the table is `least` cells wide.
    """
    beside, below = columns
    headings, cells = _taken(beside, named, rows)
    folded = [
        [
            [line for text in texts for line in wrapped(text, room)]
            for texts, room in zip(row, widths, strict=True)
        ]
        for row in cells
    ]
    top, heading, rule, *body, bottom = _ruled(headings, folded, least)
    across = len(rule) - 4
    drawn = [top, heading, *_across([[named[n]] for n in below], across), rule]
    for number, row in enumerate(folded):
        height = max(1, *map(len, row))
        drawn += [rule] if is_ruled and number else []
        drawn += [*body[:height], *_across([rows[number][n] for n in below], across)]
        body = body[height:]
    return "\n".join([*drawn, bottom])


def _ruled(headings: list[str], rows: list[list[list[str]]], least: int) -> list[str]:
    """Return the lines of a table of `rows` of folded cells, at least so many cells wide."""
    from prettytable import PrettyTable, TableStyle
    from wcwidth import wcswidth

    table = PrettyTable(headings, align="l")
    table.set_style(TableStyle.SINGLE_BORDER)
    for row in rows:
        table.add_row(["\n".join(lines) for lines in row])
    lacking = least - len(str(table).partition("\n")[0])
    if lacking > 0:
        last = [headings[-1], *(line for row in rows for line in row[-1])]
        table.min_width[headings[-1]] = lacking + max(map(wcswidth, last))
    return str(table).splitlines()


def _across(texts: Iterable[list[str]], width: int) -> list[str]:
    """Return the lines of a table that hold nothing but these `texts`, set in."""
    from wcwidth import wcswidth

    lines = [
        line
        for lines in texts
        for text in lines
        if text
        for line in wrapped(text, width, _BELOW, _BELOW)
    ]
    return [f"│ {line}{' ' * (width - wcswidth(line))} │" for line in lines]


def _widths(headings: Sequence[str], rows: list[list[list[str]]], width: int) -> list[int]:
    """Return a width for each column, so that all fit into `width`: the widest give way.

    None gets narrower than its heading, nor, as far as there is room, than its words.
    """
    from wcwidth import wcswidth

    lines = [list(line) for row in rows for line in zip_longest(*row, fillvalue="")]
    columns = [[heading, *(line[n] for line in lines)] for n, heading in enumerate(headings)]
    widths = [max(map(wcswidth, column)) for column in columns]
    words = [max(map(_longest, column)) for column in columns]
    codes = [max(map(_longest_code, column)) for column in columns]
    room = width - 3 * len(widths) - 1
    least = [wcswidth(heading) for heading in headings]
    for code, word in product((_LONGEST_WORD, 0), range(_LONGEST_WORD, 0, -1)):
        needs = zip(least, words, codes, strict=True)
        wanted = [max(low, min(w, word), min(c, code)) for low, w, c in needs]
        if sum(wanted) <= room:
            least = wanted
            break
    while sum(widths) > room and widths != least:
        widest = max(range(len(widths)), key=lambda n: (widths[n] > least[n], widths[n]))
        widths[widest] -= 1
    return widths


def _longest(text: str) -> int:
    """Return how many cells `text` needs in a line: its longest Latin word, some of Chinese."""
    from wcwidth import wcswidth

    latin = max(map(len, re.findall(r"[!-~]+", text)), default=0)
    return latin if text.isascii() else max(latin, min(_SOME_CHINESE, wcswidth(text)))


def _longest_code(text: str) -> int:
    """Return how many cells the longest code or number in `text` needs."""
    return max(map(len, re.findall(r"(?<![!-~])[A-Z0-9][A-Z0-9./:()-]+(?![!-~])", text)), default=0)


def markdown(answer: Solutions, language: str = "en", *, is_named: bool = True) -> str:
    """Return `answer` as a Markdown table that holds no markup of the data's own.

    Headings are in `language` if the answer `is_named`, that is, of a named question.
    """
    named = headings(answer.variables, language) if is_named else list(answer.variables)
    lines = ["| " + " | ".join(named) + " |", "|" + " --- |" * len(named)]
    for terms in answer.terms:
        cells = (printable(cell(term, language)) for term in terms)
        lines.append(
            "| " + " | ".join(re.sub(r"([\\|<>*_`\[\]])", r"\\\1", c) for c in cells) + " |"
        )
    return "\n".join(lines)


def described(description: "Description", width: int) -> str:
    """Return `description` as text at most `width` cells wide, a paragraph a group."""
    lines = [*wrapped(printable(description.name), width, "", _HANG), shorten(description.iri)]
    for group in description.groups:
        lines += ["", *wrapped(_heading(group), width, "", _HANG)]
        for statement in group.statements:
            lines += wrapped(_said(statement), width, "  ", "  " + _HANG)
    return "\n".join(lines)


def _heading(group: "Group") -> str:
    """Return what a group holds, on whose word."""
    words = [printable(group.kind), *map(printable, group.sources)]
    return f"{printable(group.title)} ({'; '.join(filter(None, words))})"


def _said(statement: "Statement") -> str:
    """Return a statement on one line; an arrow marks that the other end states it of the thing."""
    label = f"← {statement.label}" if statement.is_incoming else statement.label
    remark = f" ({statement.remark})" if statement.remark else ""
    return printable(f"{label}: {statement.value}{remark}")


def wrapped(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Return `text` in lines at most `width` cells wide, which begin with `first` and `later`.

    Chinese may break anywhere but before a mark that closes and after one that opens (W3C
    clreq, 3.1.3).

    >>> wrapped("甲乙丙（PUE）丁。", 9)
    ['甲乙丙', '（PUE）', '丁。']
    """
    lines: list[str] = []
    rest, indent = text, first
    while True:
        # the first line and what follows it do not depend on what is far behind
        line, following = _first_line(rest[: 3 * width + len(indent)], width, indent, later)
        tail = _drawn_down(rest, line, following) if following else None
        if tail and line[: tail.start()].strip():
            line = line[: tail.start()].rstrip()
        lines.append(indent + line)
        rest, indent = rest.lstrip().removeprefix(line).lstrip(), later
        if not following or not rest:
            return lines


def _first_line(text: str, width: int, first: str, later: str) -> tuple[str, str]:
    """Return the first line of `text`, without its indent, and the second, "" if there is none."""
    from wcwidth import wrap

    lines = wrap(text, width, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    following = lines[1].removeprefix(later) if len(lines) > 1 else ""
    return (lines[0].removeprefix(first) if lines else ""), following


def _drawn_down(text: str, line: str, following: str) -> re.Match[str] | None:
    """Return the end of `line` that must stand in the `following` one, if any."""
    if following[:1] and following[0] in _CLOSING:
        return re.search(_TAIL, line)
    head = re.match(r"[A-Za-z0-9-]+", following)
    word = re.search(rf"[{_OPENING}]*([A-Za-z0-9-]+)$", line)
    if head and word and text.lstrip().startswith(line + head[0]):
        return word
    return re.search(f"[{_OPENING}]+$", line)


def printable(text: str) -> str:
    """Return `text` on one line and without characters that would steer a terminal.

    >>> printable("a\\x1b[31m b\\n c")
    'a[31m b c'
    """
    return "".join(c for c in " ".join(text.split()) if c.isprintable())
