"""Statements with what each rests on, as text: sources are numbered and listed at the end."""

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as og

from gdakg.namespaces import shorten
from gdakg.naming import Name, disputed
from gdakg.provenance import Reason, Source
from gdakg.tables import cell, printable, wrapped

#: interface words: the claim we prefer, heading of the sources, no source, confidence
_WORDS: Final = {
    "en": ("preferred", "Sources", "no source recorded", "confidence"),
    "zh-Hans": ("采信", "来源", "未记录来源", "可信度"),
    "zh-Hant": ("採信", "來源", "未記錄來源", "可信度"),
}
#: what a source may lack: its date, its address
_LACKING: Final = {
    "en": ("no date recorded", "no address recorded"),
    "zh-Hans": ("未记录日期", "未记录网址"),
    "zh-Hant": ("未記錄日期", "未記錄網址"),
}


def mentioned(reasons: Iterable[Reason]) -> set[str]:
    """Return the IRIs of all that a reader of the `reasons` is to be told of by name."""
    values = {r.value.value for r in reasons if isinstance(r.value, og.NamedNode)}
    return values | {
        iri
        for r in reasons
        for iri in (r.property, r.graph, r.kind, r.confidence, r.contradiction)
        if iri
    }


def accounted(
    reasons: Iterable[Reason], called: Mapping[str, Name], width: int, language: str = "en"
) -> str:
    """Return each statement and below it its kind, named graph, sources and confidence.

    Lines are at most `width` cells wide; `called` has the names of all that is `mentioned`.
    """
    sources: dict[str, Source] = {}
    numbers: dict[str, int] = {}
    lines: list[str] = []
    for reason in reasons:
        sources |= {source.iri: source for source in reason.sources}
        numbers = {iri: number for number, iri in enumerate(sources, start=1)}
        lines += wrapped(_statement(reason, called, language), width, "", "    ")
        lines += wrapped(_grounds(reason, called, numbers, language), width, "    ", "    ")
    if numbers:
        lines += ["", _WORDS[language][1]]
    for iri, number in numbers.items():
        lines += wrapped(f"[{number}] {_cited(sources[iri], language)}", width, "", "    ")
    return "\n".join(lines)


def _statement(reason: Reason, called: Mapping[str, Name], language: str) -> str:
    """Return property and value of a statement, with the mark of a contested one."""
    contested, preferred = disputed(language), _WORDS[language][0]
    arrow = "← " if reason.is_incoming else ""
    label = _name(reason.contradiction or reason.property, called, language)
    text = f"{arrow}{label}: {_value(reason, called, language)}"
    if reason.as_of is not None:
        text += f" ({cell(reason.as_of, language)})"
    if reason.is_contested:
        text += f" ≠ {contested}"
    if reason.reading:
        text += f"; {preferred}: {cell(reason.reading, language)}"
    return printable(text)


def _grounds(
    reason: Reason, called: Mapping[str, Name], numbers: Mapping[str, int], language: str
) -> str:
    """Return on whose word a statement stands."""
    *_, none, confidence = _WORDS[language]
    cited = "".join(f"[{numbers[source.iri]}]" for source in reason.sources) or none
    words = [_name(iri, called, language) for iri in (reason.kind, reason.graph) if iri]
    words += [cited, cell(reason.basis, language)]
    if reason.confidence:
        words.append(f"{confidence}: {_name(reason.confidence, called, language)}")
    return printable("; ".join(filter(None, words)))


def _cited(source: Source, language: str) -> str:
    """Return identifier, title, date and address of a source; what is not recorded is told."""
    no_date, no_address = _LACKING[language]
    name = source.name.full(language) or shorten(source.iri)
    comma = ", " if language == "en" else "，"
    return printable(comma.join([name, source.date or no_date, source.url or no_address]))


def _name(iri: str, called: Mapping[str, Name], language: str) -> str:
    """Return what a thing is called."""
    return (called[iri].full(language) if iri in called else "") or shorten(iri)


def _value(reason: Reason, called: Mapping[str, Name], language: str) -> str:
    """Return the object of a statement for a reader."""
    if isinstance(reason.value, og.NamedNode):
        return _name(reason.value.value, called, language)
    return cell(reason.value, language)
