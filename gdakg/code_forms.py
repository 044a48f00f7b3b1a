"""What the graph knows of a code, as text in three languages and as JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from gdakg.codes import Known, Near
from gdakg.identifiers import Designation, Supplement, parse
from gdakg.tables import printable, wrapped

#: English, simplified, traditional
_WORDS: Final = {
    "publisher": ("publisher", "发布机构", "發布機構"),
    "adopted by": ("adopted by", "采用者", "採用者"),
    "type": ("type", "类型", "類型"),
    "draft": ("draft", "草案阶段", "草案階段"),
    "number": ("number", "编号", "編號"),
    "part": ("part", "部分", "部分"),
    "also": ("also", "另编号", "另編號"),
    "edition": ("edition", "版次", "版次"),
    "date": ("date", "日期", "日期"),
    "supplement": ("supplement", "补充文件", "補充文件"),
    "variant": ("variant", "变体", "變體"),
    "language": ("language", "语言", "語言"),
    "graph": ("in the graph", "图谱中", "圖譜中"),
    "title": ("title", "标题", "標題"),
    "stage": ("stage", "阶段", "階段"),
    "current": ("current", "现行版", "現行版"),
    "IRI": ("IRI", "IRI", "IRI"),
    "URN": ("URN", "URN", "URN"),
    "near": ("near", "相近", "相近"),
    "error": ("not read", "未能识读", "未能識讀"),
    "unknown": ("nothing under this code", "没有此编号的记载", "沒有此編號的記載"),
    "by form": (
        "{} (by the form of the code, which names none)",
        "{}（编号未写明机构，由其形式推定）",
        "{}（編號未寫明機構，由其形式推定）",
    ),
    "by name": ("found by its name", "按名称找到", "依名稱找到"),
    "asked": ("asked for", "所查", "所查"),
    "searched": (
        "{:,} standards searched; one that is not among them may well exist",
        "检索了{:,}项标准；未列入者未必不存在",
        "檢索了{:,}項標準；未列入者未必不存在",
    ),
    "without": ("{} without {}", "{}（缺{}）", "{}（缺{}）"),
}
#: reason -> words; {asked} is the part that was asked for, {found} what there is
_REASONS: Final = {
    "edition": (
        "this edition is not known; known: {found}",
        "未见此版次；已知：{found}",
        "未見此版次；已知：{found}",
    ),
    "part": (
        "no part {asked}; parts {found} exist",
        "没有第{asked}部分；有第{found}部分",
        "沒有第{asked}部分；有第{found}部分",
    ),
    "one part": (
        "no part {asked}; part {found} exists",
        "没有第{asked}部分；有第{found}部分",
        "沒有第{asked}部分；有第{found}部分",
    ),
    "one division": (
        "only in parts; part {found} exists",
        "仅有分部分；有第{found}部分",
        "僅有分部分；有第{found}部分",
    ),
    "undivided": ("no parts; there is {found}", "不分部分；有{found}", "不分部分；有{found}"),
    "divided": (
        "only in parts; parts {found} exist",
        "仅有分部分；有第{found}部分",
        "僅有分部分；有第{found}部分",
    ),
    "publisher": (
        "the number is of another publisher: {found}",
        "该编号属其他机构：{found}",
        "該編號屬其他機構：{found}",
    ),
    "type": (
        "the number is of another type or stage: {found}",
        "该编号属其他类型或阶段：{found}",
        "該編號屬其他類型或階段：{found}",
    ),
    "adopted": ("it adopts {found}", "它采用{found}", "它採用{found}"),
    "spelling": ("similar codes: {found}", "近似编号：{found}", "近似編號：{found}"),
}
_COLUMNS: Final = {"en": 0, "zh-Hans": 1, "zh-Hant": 2}


def _said(word: str, language: str) -> str:
    return _WORDS[word][_COLUMNS[language]]


def told(known: Known, language: str, width: int) -> str:
    """Return what is known of a code as lines at most `width` cells wide.

    Its heading is the code in the publisher's form, or as it was asked for if it is none.
    """
    from wcwidth import wcswidth

    designation = known.designation
    heading = str(designation) if designation is not None else printable(known.asked)
    rows = [(_said(label, language), printable(text)) for label, text in _rows(known, language)]
    widest = max((wcswidth(label) for label, _ in rows), default=0)
    lines = wrapped(heading, width)
    for label, text in rows:
        first = f"  {label}{' ' * (widest - wcswidth(label))}  "
        lines += wrapped(text, width, first, " " * (widest + 4))
    return "\n".join(lines)


def _rows(known: Known, language: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of each line below the heading."""
    if known.designation is None:
        yield "error", known.error
    else:
        if known.asked != str(known.designation):
            yield "asked", known.asked
        yield from _parts(known.designation, language, known.names_publisher)
    if known.iri:
        code = known.code if known.designation else f"{known.code} ({_said('by name', language)})"
        yield "graph", known.edition or code
        yield "title", known.title
        yield "stage", known.stage
        if known.current:
            yield "current", ", ".join(known.current)
    elif known.designation is not None:
        yield "graph", _said("unknown", language)
    for near in known.near:
        yield "near", reason(known, near, language)


def _parts(
    designation: Designation, language: str, is_publisher_named: bool
) -> Iterator[tuple[str, str]]:
    """Yield label and text of each part of the `designation`, its IRI and URN."""
    publisher = "/".join(designation.publishers)
    form = _said("by form", language)
    yield "publisher", publisher if is_publisher_named else form.format(publisher)
    rows = {
        "adopted by": " ".join(designation.adopters),
        "type": designation.kind,
        "draft": designation.stage,
        "number": designation.number,
        "part": designation.part,
        "also": ", ".join(designation.aliases),
        "edition": designation.edition,
        "date": designation.date,
        "supplement": ", ".join(map(_supplement, designation.supplements)),
        "variant": designation.variant,
        "language": designation.language,
    }
    yield from ((label, text) for label, text in rows.items() if text)
    yield "IRI", designation.iri
    if designation.urn:
        yield "URN", designation.urn


def _supplement(supplement: Supplement) -> str:
    kind, number, date, stage, _ = supplement
    return " ".join(filter(None, (stage, kind, number, date)))


def reason(known: Known, near: Near, language: str = "en") -> str:
    """Return why `near` comes near the code: "no part 7; parts 1-9 without 7 exist"."""
    asked = known.designation.part if known.designation is not None else ""
    found = ", ".join(near.codes) or "-"
    words = near.reason
    if words in {"part", "divided"}:
        found = span((parse(code).part for code in near.codes), language)
        if len(near.codes) == 1:
            words = {"part": "one part", "divided": "one division"}[words]
    return _REASONS[words][_COLUMNS[language]].format(asked=asked, found=found)


def remark(searched: int, language: str) -> str:
    """Return what was searched: a code that the graph does not know may well exist.

    >>> remark(662, "en")
    '662 standards searched; one that is not among them may well exist'
    """
    return _said("searched", language).format(searched)


def span(parts: Iterable[str], language: str = "en") -> str:
    """Return the numbers of parts, short.

    >>> span(["1", "2", "4", "5"]), span(["1", "2-1", "9"]), span(["1", "2", "3"])
    ('1-5 without 3', '1, 9, 2-1', '1-3')
    """
    given = sorted(set(parts))
    numbers = sorted(int(part) for part in given if part.isdigit())
    others = [part for part in given if not part.isdigit()]
    told: list[str] = []
    if numbers:
        lowest, highest = numbers[0], numbers[-1]
        missing = sorted(set(range(lowest, min(highest, lowest + 9999))) - set(numbers))
        if len(numbers) < 3 or len(missing) >= len(numbers):
            told = [str(number) for number in numbers]
        else:
            told = [f"{lowest}-{highest}"]
            if missing:
                gone = ", ".join(map(str, missing))
                told = [_said("without", language).format(told[0], gone)]
    told += others
    return ", ".join(told[:20]) + (" ..." if len(told) > 20 else "")


def as_json(found: Iterable[Known], language: str) -> str:
    """Return what is known of codes as a JSON array, an object for each."""
    return json.dumps([_object(known, language) for known in found], ensure_ascii=False, indent=2)


def _object(known: Known, language: str) -> dict[str, object]:
    """Return the parts of a code, its IRI and URN, what the graph knows, and near misses."""
    one = known.designation
    read: dict[str, object] = {"asked": known.asked}
    if one is None:
        read["error"] = known.error
    else:
        parts = {name: value for name, value in one._asdict().items() if value}
        if one.supplements:
            parts["supplements"] = [
                {name: value for name, value in each._asdict().items() if value}
                for each in one.supplements
            ]
        read |= {
            "code": str(one),
            "publisher_named": known.names_publisher,
            "parts": parts,
            "iri": one.iri,
            "urn": one.urn,
        }
    graph: dict[str, object] | None = None
    if known.iri:
        graph = {
            "iri": known.iri,
            "code": known.code,
            "title": known.title,
            "stage": known.stage,
            "edition": known.edition or None,
            "current": list(known.current),
            "editions": list(known.editions),
        }
    near = [
        {"reason": near.reason, "codes": list(near.codes), "told": reason(known, near, language)}
        for near in known.near
    ]
    return read | {"graph": graph, "near": near}
