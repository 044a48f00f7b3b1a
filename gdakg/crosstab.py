"""A coverage as text: a table for a terminal, CSV, JSON, Markdown."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gdakg.coverage import NONE, Cell, Coverage, Row
from gdakg.namespaces import shorten
from gdakg.naming import Name
from gdakg.tables import printable, wrapped

#: what the cells can tell
CELLS: Final = ("counts", "share", "newest")
FORMATS: Final = ("table", "csv", "json", "md")

#: the heading of a body is at most so many cells wide, a name at least, if there is room
_HEADING: Final = 10
_NAME: Final = 20

_WORDS: Final = {
    "en": {
        "name": "name",
        "pillar": "pillar",
        "area": "cooperation area",
        "all": "all",
        "gaps": "gaps",
        "none": "none assigned",
        "counts": "standards; one of several bodies or rows counts in each, and once under all",
        "share": "which part of the standards of the row each body publishes, alone or jointly",
        "newest": "year of the newest current edition; ? is found, but no date of it",
        "judged": "which {rows} a standard or a gap belongs to is our judgement; "
        "gaps of any status count; – is none found",
        "hidden": "no room for: {bodies}; --format csv has them",
    },
    "zh-Hans": {
        "name": "名称",
        "pillar": "支柱",
        "area": "合作领域",
        "all": "全部",
        "gaps": "缺口",
        "none": "未归类",
        "counts": "标准数；属于多个机构或多行的标准在各处均计入，在“全部”中只计一次",
        "share": "本行标准中由各机构单独或联合发布的比例",
        "newest": "现行版次中最新的年份；? 表示有标准但无日期",
        "judged": "标准和缺口归入哪个{rows}是我们的判断；缺口不论状态均计入；– 表示未找到",
        "hidden": "宽度不足，未列出：{bodies}；--format csv 可列出全部",
    },
    "zh-Hant": {
        "name": "名稱",
        "pillar": "支柱",
        "area": "合作領域",
        "all": "全部",
        "gaps": "缺口",
        "none": "未歸類",
        "counts": "標準數；屬於多個機構或多列的標準在各處均計入，在「全部」中只計一次",
        "share": "本列標準中由各機構單獨或聯合發布的比例",
        "newest": "現行版次中最新的年份；? 表示有標準但無日期",
        "judged": "標準與缺口歸入哪個{rows}是我們的判斷；缺口不論狀態均計入；– 表示未找到",
        "hidden": "寬度不足，未列出：{bodies}；--format csv 可列出全部",
    },
}


def told_coverage(
    found: Coverage,
    cells: str = "counts",
    form: str = "table",
    language: str = "en",
    width: int = 80,
) -> str:
    """Return `found` in the form asked for: table, csv, json, md."""
    if form == "json":
        return as_json(found, language)
    if form == "csv":
        return as_csv(found, cells, language)
    if form == "md":
        return as_markdown(found, cells, language)
    return as_table(found, cells, language, width)


def percent(share: float) -> str:
    """Return a share as a reader sees it; what is not nothing does not look like it.

    >>> percent(0.286), percent(0.002), percent(0.998)
    ('29%', '<1%', '>99%')
    """
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def called(names: Mapping[str, Name], iri: str, language: str) -> str:
    """Return code and label of a row or a body: "2 Reducing ..."; its IRI if it has neither."""
    name = names.get(iri)
    if iri == NONE:
        return _WORDS[language]["none"]
    if name is None or not (name.code or name.labels):
        return shorten(iri)
    return name.full(language).replace(" - ", " ", 1)


def short(names: Mapping[str, Name], iri: str, language: str) -> str:
    """Return the code of a body, else what it is called."""
    name = names.get(iri)
    return name.code if name and name.code else called(names, iri, language)


def as_table(found: Coverage, cells: str, language: str, width: int) -> str:
    """Return the matrix for a terminal, at most `width` cells wide, and what it counts."""
    from wcwidth import wcswidth

    words = _WORDS[language]
    headings = [printable(short(found.names, body, language)) for body in found.bodies]
    rows = [
        [_shown(cell, row.total, cells) for cell in row.cells.values()]
        for row in (*found.rows, found.total)
    ]
    ends = [
        [
            _shown(row.total, row.total, "newest" if cells == "newest" else "counts"),
            str(len(row.total.gaps) or "–"),
        ]
        for row in (*found.rows, found.total)
    ]
    tails = [words["all"], words["gaps"]]
    kept = _fitting(headings, width - _NAME - sum(wcswidth(tail) + 2 for tail in tails))
    labels = [called(found.names, row.iri, language) for row in found.rows] + [words["all"]]
    lines = _laid_out(
        [words[found.by], *headings[:kept], *tails],
        [[label, *row[:kept], *end] for label, row, end in zip(labels, rows, ends, strict=True)],
        width,
    )
    remarks = [
        found.searched.told(language),
        words[cells],
        words["judged"].format(rows=words[found.by]),
    ]
    if kept < len(headings):
        remarks.append(words["hidden"].format(bodies=", ".join(headings[kept:])))
    return "\n".join([*lines, *(line for text in remarks for line in wrapped(text, width))])


def _shown(cell: Cell, whole: Cell, cells: str) -> str:
    """Return what stands in a cell of the terminal."""
    if not cell.standards:
        return "–"
    if cells == "share":
        return percent(cell.share(whole) or 0)
    return cell.newest or "?" if cells == "newest" else f"{len(cell.standards):,}"


def _fitting(headings: list[str], room: int) -> int:
    """Return how many columns under these `headings` fit into `room` cells."""
    for number in range(len(headings), 0, -1):
        if sum(_room(heading) + 2 for heading in headings[:number]) <= room:
            return number
    return min(1, len(headings))


def _room(heading: str) -> int:
    """Return how wide the column under `heading` is: a year, or a heading of usual length."""
    from wcwidth import wcswidth

    return max(4, *(wcswidth(line) for line in wrapped(heading, _HEADING)))


def _laid_out(headings: list[str], rows: list[list[str]], width: int) -> list[str]:
    """Return the lines of a table: names to the left, wrapped, and numbers to the right."""
    from wcwidth import wcswidth

    rooms = [_room(heading) for heading in headings[1:]]
    room = max(_NAME // 2, width - sum(rooms) - 2 * len(rooms))
    names = [wrapped(printable(row[0]), room) for row in (headings, *rows)]
    room = max(wcswidth(line) for lines in names for line in lines)
    tops = [wrapped(heading, _HEADING) for heading in headings[1:]]
    height = max(map(len, [names[0], *tops]))
    head = [[""] * (height - len(lines)) + lines for lines in (names[0], *tops)]
    lines = [_line(parts, room, rooms) for parts in zip(*head, strict=True)]
    rule = "─" * (room + sum(rooms) + 2 * len(rooms))
    body = []
    for name, row in zip(names[1:], rows, strict=True):
        body += [_line((name[0], *row[1:]), room, rooms), *name[1:]]
    # The line of the totals is the last row, however many lines its name takes.
    last = len(names[-1])
    return [*lines, rule, *body[:-last], rule, *body[-last:], ""]


def _line(parts: Sequence[str], room: int, rooms: list[int]) -> str:
    from wcwidth import wcswidth

    name, *numbers = parts
    padded = [" " * (2 + w - wcswidth(n)) + n for n, w in zip(numbers, rooms, strict=True)]
    return (name + " " * (room - wcswidth(name)) + "".join(padded)).rstrip()


def _plain_rows(found: Coverage, cells: str, language: str) -> list[list[str]]:
    """Return headings and rows for machines and for Markdown."""
    headings = [short(found.names, body, language) for body in found.bodies]
    rows = [[found.by, "name", *headings, "all", "gaps"]]
    for row in (*found.rows, found.total):
        name = found.names.get(row.iri, Name("", {}))
        label = _WORDS[language]["all" if row is found.total else "none"]
        if row.iri:
            label = name.label(language) or shorten(row.iri)
        rows.append(
            [
                name.code,
                label,
                *(_value(cell, row.total, cells) for cell in row.cells.values()),
                _value(row.total, row.total, "newest" if cells == "newest" else "counts"),
                str(len(row.total.gaps)),
            ]
        )
    return rows


def _value(cell: Cell, whole: Cell, cells: str) -> str:
    """Return what stands in a cell for machines; nothing where there is no value."""
    if cells == "share":
        share = cell.share(whole)
        return "" if share is None else f"{share:.4f}"
    return cell.newest if cells == "newest" else str(len(cell.standards))


def as_csv(found: Coverage, cells: str = "counts", language: str = "en") -> str:
    """Return the matrix as CSV: a row for each row, shares as numbers from 0 to 1."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(_plain_rows(found, cells, language))
    return text.getvalue()


def as_markdown(found: Coverage, cells: str = "counts", language: str = "en") -> str:
    """Return the matrix as a Markdown table that holds no markup of the data's own."""
    head, *rows = _plain_rows(found, cells, language)
    words = _WORDS[language]
    head = [words.get(heading, heading) for heading in head]
    lines = [[*head[:1], words["name"], *head[2:]], ["---", "---", *["---:"] * (len(head) - 2)]]
    lines += [
        [re.sub(r"([\\|<>*_`\[\]])", r"\\\1", printable(cell)) for cell in row] for row in rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(found: Coverage, language: str = "en") -> str:
    """Return all that the matrix holds as JSON: every cell with its standards and gaps."""
    told = {
        "rows": found.by,
        "records": found.searched.records,
        "asOf": found.searched.as_of,
        "bodies": [_named(found.names, body, language) for body in found.bodies],
        "matrix": [_json_row(found, row, language) for row in found.rows],
        "all": _json_row(found, found.total, language),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _named(names: Mapping[str, Name], iri: str, language: str) -> dict[str, Any]:
    name = names.get(iri, Name("", {}))
    return {"iri": iri or None, "code": name.code or None, "label": name.label(language) or None}


def _json_row(found: Coverage, row: Row, language: str) -> dict[str, Any]:
    return {
        **_named(found.names, row.iri, language),
        "cells": [_json_cell(cell, row.total) for cell in row.cells.values()],
        "all": _json_cell(row.total, row.total),
        "gapsWithoutCandidate": list(row.unanswered),
    }


def _json_cell(cell: Cell, whole: Cell) -> dict[str, Any]:
    share = cell.share(whole)
    return {
        "count": len(cell.standards),
        "share": None if share is None else round(share, 4),
        "newest": cell.newest or None,
        "standards": list(cell.standards),
        "gaps": list(cell.gaps),
    }
