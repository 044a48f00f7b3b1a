"""What a search found as text: a table for a terminal, CSV, JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gdakg.naming import Name
from gdakg.questions import headings
from gdakg.searching import Hit
from gdakg.tables import grid, printable

FORMATS: Final = ("table", "csv", "json")

_COLUMNS: Final = ("code", "title", "kind", "body", "year", "stage")

_KINDS: Final = {
    "standard": ("标准", "標準"),
    "edition": ("版次", "版次"),
    "body": ("机构", "機構"),
    "committee": ("委员会", "委員會"),
    "area": ("合作领域", "合作領域"),
    "pillar": ("支柱", "支柱"),
    "gap": ("缺口", "缺口"),
    "task": ("任务", "任務"),
    "event": ("活动", "活動"),
    "document": ("文件", "文件"),
    "project": ("项目", "專案"),
    "video": ("视频", "影片"),
    "field": ("ICS类目", "ICS類目"),
}
_CHINESE: Final = {"zh-Hans": 0, "zh-Hant": 1}

_WORDS: Final = {
    "en": {
        "kind": "kind",
        "found": "{:,} found",
        "more": "the first {:,}; --limit shows more",
        "nothing": "nothing found in {:,} records",
        "near": "; near: {}",
        "between": ", ",
        "ours": "",
    },
    "zh-Hans": {
        "kind": "类型",
        "found": "找到{:,}项",
        "more": "前{:,}项；--limit可列出更多",
        "nothing": "{:,}条记录中未找到",
        "near": "；相近的有：{}",
        "between": "、",
        "ours": "标题的中文为gdakg的非官方译文",
    },
    "zh-Hant": {
        "kind": "類型",
        "found": "找到{:,}項",
        "more": "前{:,}項；--limit可列出更多",
        "nothing": "{:,}筆紀錄中未找到",
        "near": "；相近的有：{}",
        "between": "、",
        "ours": "標題的中文為gdakg的非官方譯文",
    },
}


def written(
    hits: Sequence[Hit], form: str, language: str, width: int, stages: Mapping[str, Name]
) -> str:
    """Return `hits` in a form; `stages` are the names of the stages, for the table.

    Kinds and stages are told as the options take them in csv and json, in words in a table.
    """
    if form == "json":
        return json.dumps([_object(hit, language) for hit in hits], ensure_ascii=False, indent=1)
    if form == "csv":
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([*_COLUMNS, "iri"])
        writer.writerows([*_row(hit, language), hit.iri] for hit in hits)
        return file.getvalue()
    return _table(hits, language, width, stages)


def told(found: int, language: str, *, is_all: bool) -> str:
    """Return how many were found, and, if that is not all, how to see more.

    >>> told(1827, "en", is_all=True)
    '1,827 found'
    """
    return _WORDS[language]["found" if is_all else "more"].format(found)


def not_told(entries: int, near: Sequence[str], language: str) -> str:
    """Return that nothing was found in so many `entries`, and what is `near`.

    >>> not_told(12, ["ISO 14067"], "en")
    'nothing found in 12 records; near: ISO 14067'
    """
    words = _WORDS[language]
    nothing = words["nothing"].format(entries)
    listed = words["between"].join(map(printable, near))
    return nothing + (words["near"].format(listed) if near else "")


def unofficial(language: str) -> str:
    """Return the remark about titles for forms without our headings, "" where it needs none."""
    return _WORDS[language]["ours"]


def _table(hits: Sequence[Hit], language: str, width: int, stages: Mapping[str, Name]) -> str:
    """Return `hits` as a table at most `width` cells wide, "" for none."""
    if not hits:
        return ""
    named = headings(_COLUMNS, language)
    named[_COLUMNS.index("kind")] = _WORDS[language]["kind"]
    rows = []
    for hit in hits:
        code, title, kind, body, year, stage = _row(hit, language)
        if language in _CHINESE and kind in _KINDS:
            kind = _KINDS[kind][_CHINESE[language]]
        stage = stages[stage].label(language) if stage in stages else stage
        rows.append([printable(cell) for cell in (code, title, kind, body, year, stage)])
    return grid(named, rows, width)


def _row(hit: Hit, language: str) -> list[str]:
    """Return the cells of a hit."""
    year = str(hit.year) if hit.year else ""
    return [hit.code, hit.title(language), hit.kind, hit.body, year, hit.stage]


def _object(hit: Hit, language: str) -> dict[str, Any]:
    """Return a hit as JSON holds it."""
    known = hit._asdict() | {"title": hit.title(language), "titles": dict(hit.labels)}
    known["year"] = hit.year or None
    return {name: known[name] for name in ("iri", *_COLUMNS, "titles")}
