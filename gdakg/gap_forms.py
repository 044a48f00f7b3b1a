"""Gaps as text: a paragraph each in a terminal, Markdown, CSV, JSON."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from gdakg.gap import Candidate, Gap, Link, Texts, differs, slug
from gdakg.gaps import Gaps
from gdakg.namespaces import GDA, PREFIXES
from gdakg.naming import Name, disputed
from gdakg.tables import printable, wrapped

#: the count of gaps
_COUNT: Final = {"en": "{:,} gaps", "zh-Hans": "{:,}项缺口", "zh-Hant": "{:,}項缺口"}

#: what is told of Chinese titles and names
_UNOFFICIAL: Final = {
    "zh-Hans": "标准与缺口的中文名称为gdakg的非官方译文",
    "zh-Hant": "標準與缺口的中文名稱為gdakg的非官方譯文",
}
#: what stands between sentences, parts of one, items of a list, and around a remark
_MARKS: Final = {
    "en": ("; ", ", ", ", ", " ({})"),
    "zh-Hans": ("；", "，", "、", "（{}）"),
    "zh-Hant": ("；", "，", "、", "（{}）"),
}
#: what is told of a gap beyond its name, before the rest
_NOTE: Final = {"en": "note", "zh-Hans": "说明", "zh-Hant": "說明"}

_COLUMNS: Final = (
    *("gap", "name", "status", "asOf", "statusNote", "namedBy", "year", "basis", "confidence"),
    *("pillars", "areas", "candidates", "bodies", "committees", "sources", "contested"),
)

Facts = list[tuple[str, list[str]]]  #: heading and lines
#: what tells of an IRI: itself, code and name; None of none
Thing = Callable[[str], dict[str, str | None] | None]


def written(found: Gaps, form: str, width: int, language: str = "en") -> str:
    """Return the gaps in a form: table, md, csv or json."""
    if form == "table":
        return as_table(found, width, language)
    write = {"md": as_markdown, "csv": as_csv, "json": as_json}[form]
    return write(found, language)


def as_table(found: Gaps, width: int, language: str = "en") -> str:
    """Return a paragraph for each gap, at most `width` cells wide, and what was searched."""
    lines: list[str] = []
    for gap in found.gaps:
        lines += wrapped(printable(_Teller(found, language).title(gap)), width, "", "    ")
        for heading, texts in _Teller(found, language).facts(gap):
            first, *rest = map(printable, texts)
            lines += wrapped(f"{heading}: {first}", width, "  ", "      ")
            lines += [line for text in rest for line in wrapped(text, width, "    ", "      ")]
        lines.append("")
    for text in remarks(found, language):
        lines += wrapped(text, width)
    return "\n".join(lines)


def as_markdown(found: Gaps, language: str = "en") -> str:
    """Return a heading and a list for each gap, without markup of the data's own."""
    lines: list[str] = []
    for gap in found.gaps:
        lines += [f"## {_plain(_Teller(found, language).title(gap))}", ""]
        for heading, texts in _Teller(found, language).facts(gap):
            first, *rest = map(_plain, texts)
            lines.append(f"- {_plain(heading)}: {first}".rstrip())
            lines += [f"  - {text}" for text in rest]
        lines.append("")
    return "\n".join([*lines, *remarks(found, language)])


def as_csv(found: Gaps, language: str = "en") -> str:
    """Return a row for each gap under a heading, CR LF at line ends; lists between "; "."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for gap in found.gaps:
        writer.writerow(_row(found, gap, language))
    return file.getvalue()


def as_json(found: Gaps, language: str = "en") -> str:
    """Return a JSON object: what was searched, and the gaps with all that is known of each."""
    searched = {
        name: {"records": extent.records, "asOf": extent.as_of or None}
        for name, extent in (("gaps", found.searched), ("standards", found.standards))
    }
    told = {"searched": searched, "gaps": [_object(found, gap, language) for gap in found.gaps]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def remarks(found: Gaps, language: str = "en") -> list[str]:
    """Return the count, what was searched, and that Chinese names are ours, a line each."""
    count = _COUNT[language].format(len(found.gaps))
    told = [
        count.replace("1 gaps", "1 gap") if len(found.gaps) == 1 else count,
        found.searched.told(language, is_empty=not found.gaps),
        _UNOFFICIAL.get(language, "") if found.gaps else "",
    ]
    return [line for line in told if line]


class _Teller:
    """Tells gaps in one language."""

    def __init__(self, found: Gaps, language: str) -> None:
        self.found = found
        self.language = language
        self.semicolon, self.comma, self.pause, self.brackets = _MARKS[language]

    def facts(self, gap: Gap) -> Facts:
        """Return what is recorded of a gap."""
        facts: Facts = [
            (_NOTE[self.language], [self.text(gap.about)]),
            (self.heading(gap, "gapStatus"), self.standings(gap)),
            (self.heading(gap, "namedBy"), [self.joined(self.text(gap.named_by), gap.named_in)]),
            (self.heading(gap, "basis"), [self.worded(gap.basis, gap.basis_notes)]),
            (self.heading(gap, "confidence"), [self.worded(gap.confidence, gap.confidence_notes)]),
            (
                self.heading(gap, "concernsPillar", self.kinds(gap.pillars)),
                [self.named(gap.pillars)],
            ),
            (self.heading(gap, "concernsArea", self.kinds(gap.areas)), [self.named(gap.areas)]),
            self.candidates(gap),
            *self.committees(gap),
            (self.heading(gap, "wasDerivedFrom"), ["", *self.sources(gap)]),
        ]
        return [(title, texts) for title, texts in facts if any(texts)]

    def title(self, gap: Gap) -> str:
        """Return code and label of a gap, and that no source states it where none does."""
        told = "" if slug(gap.kind) == "stated" else self.called(gap.kind)
        return gap.name.full(self.language) + (self.brackets.format(told) if told else "")

    def heading(self, gap: Gap, name: str, *remarks: str) -> str:
        """Return the label of a property, with remarks, the last that sources disagree."""
        iri = PREFIXES["prov"] + name if name == "wasDerivedFrom" else GDA + name
        contested = disputed(self.language) if name in gap.contested else ""
        told = self.semicolon.join(filter(None, (*remarks, contested and f"≠ {contested}")))
        label = self.found.called(iri, self.language) if iri in self.found.names else name
        return printable(label) + (self.brackets.format(told) if told else "")

    def candidates(self, gap: Gap) -> tuple[str, list[str]]:
        """Return the candidates, a line each; where there are none, how many were searched."""
        heading = self.heading(gap, "candidateStandard", self.kinds(gap.candidates))
        if not gap.candidates:
            return heading, [self.found.standards.told(self.language, is_empty=True)]
        return heading, ["", *map(self.candidate, gap.candidates)]

    def candidate(self, candidate: Candidate) -> str:
        """Return code of the edition, title, date and stage of a candidate."""
        name = self.found.names.get(candidate.iri, Name("", {}))
        contested = f" ≠ {disputed(self.language)}" if candidate.contested else ""
        state = self.joined(candidate.issued, self.called(candidate.stage)) + contested
        title = name._replace(code=candidate.edition or name.code).full(self.language)
        return title + (self.brackets.format(state) if state else "")

    def committees(self, gap: Gap) -> Facts:
        """Return the committees of the candidates, then those of the areas by whose word."""
        direct = [c.iri for c in gap.committees if c.candidates]
        found: Facts = [(self.heading(gap, "committee"), [self.codes(direct)])]
        through: dict[str, list[str]] = {}
        for committee in gap.committees:
            if not committee.candidates:
                through.setdefault(self.kinds(committee.areas), []).append(committee.iri)
        label = self.called(f"{GDA}worksInArea")
        for kind, iris in sorted(through.items()):
            found.append((self.heading(gap, "committee", label, kind), [self.codes(iris)]))
        return found

    def standings(self, gap: Gap) -> list[str]:
        """Return the status at each date, the newest first."""
        told = []
        for standing in reversed(gap.standings):
            label = self.found.names.get(standing.status, Name("", {}))
            notes = self.text(standing.notes) if differs(standing.notes, label) else ""
            first, *rest = filter(None, (self.called(standing.status), notes))
            dated = self.brackets.format(standing.as_of) if standing.as_of else ""
            told.append(self.semicolon.join((first + dated, *rest)))
        return told

    def sources(self, gap: Gap) -> list[str]:
        """Return code, title and date of each source, then its address."""
        told = (
            (self.joined(source.name.full(self.language), source.date), source.url)
            for source in gap.sources
        )
        return [line for lines in told for line in dict.fromkeys(lines) if line]

    def worded(self, iri: str, notes: Texts) -> str:
        """Return the label of a concept, and the source's words where they say more."""
        label = self.called(iri)
        told = self.text(notes)
        if told.startswith(label):
            return told
        is_more = differs(notes, self.found.names.get(iri, Name("", {})))
        return self.semicolon.join(filter(None, (label, told if is_more else "")))

    def named(self, links: Iterable[Link]) -> str:
        """Return what is linked to, by code and label."""
        known = self.found.names
        return self.pause.join(known.get(e.iri, Name("", {})).full(self.language) for e in links)

    def kinds(self, links: Iterable[Link | Candidate]) -> str:
        """Return on whose word the links stand."""
        return self.pause.join(self.called(iri) for iri in sorted({e.kind for e in links} - {""}))

    def codes(self, iris: Iterable[str]) -> str:
        return self.pause.join(map(self.found.code, iris))

    def joined(self, *parts: str) -> str:
        return self.comma.join(filter(None, parts))

    def called(self, iri: str) -> str:
        return self.found.called(iri, self.language) if iri else ""

    def text(self, texts: Texts) -> str:
        return Name("", texts).label(self.language)


def _plain(text: str) -> str:
    """Return `text` on one line and without Markdown's marks."""
    return re.sub(r"([\\|<>*_`\[\]#])", r"\\\1", printable(text))


def _row(found: Gaps, gap: Gap, language: str) -> list[str]:
    """Return the cells of a gap under `_COLUMNS`."""
    teller = _Teller(found, language)

    def listed(parts: Iterable[str]) -> str:
        return "; ".join(parts)

    newest = gap.standings[-1] if gap.standings else None
    return [
        gap.name.code or gap.iri,
        gap.name.label(language),
        teller.called(gap.status),
        newest.as_of if newest else "",
        teller.text(newest.notes) if newest else "",
        teller.text(gap.named_by),
        gap.named_in,
        teller.called(gap.basis),
        teller.called(gap.confidence),
        listed(found.code(link.iri) for link in gap.pillars),
        listed(teller.called(link.iri) for link in gap.areas),
        listed(found.code(candidate.iri) for candidate in gap.candidates),
        listed(map(found.code, gap.bodies)),
        listed(found.code(committee.iri) for committee in gap.committees),
        listed(source.url or source.name.code or source.iri for source in gap.sources),
        listed(sorted(gap.contested)),
    ]


def _object(found: Gaps, gap: Gap, language: str) -> dict[str, Any]:
    """Return a gap as what JSON can say; what is not recorded is null or empty."""
    teller = _Teller(found, language)

    def thing(iri: str) -> dict[str, str | None] | None:
        name = found.names.get(iri, Name("", {}))
        told = {"iri": iri, "code": name.code or None, "name": name.label(language) or None}
        return told if iri else None

    return {
        "iri": gap.iri,
        "code": gap.name.code or None,
        "name": gap.name.label(language) or None,
        "computed": gap.is_computed,
        "statementKind": thing(gap.kind),
        "about": teller.text(gap.about) or None,
        "namedBy": teller.text(gap.named_by) or None,
        "namedIn": gap.named_in or None,
        "basis": thing(gap.basis),
        "basisNote": teller.text(gap.basis_notes) or None,
        "confidence": thing(gap.confidence),
        "confidenceNote": teller.text(gap.confidence_notes) or None,
        "status": [
            {
                "status": thing(standing.status),
                "asOf": standing.as_of or None,
                "note": teller.text(standing.notes) or None,
            }
            for standing in gap.standings
        ],
        "contested": sorted(gap.contested),
        **_links(gap, thing),
        "candidates": [_candidate(candidate, thing) for candidate in gap.candidates],
    }


def _links(gap: Gap, thing: Thing) -> dict[str, Any]:
    """Return what a gap is linked to, but its candidates, as what JSON can say."""

    def linked(link: Link) -> dict[str, Any]:
        return {**(thing(link.iri) or {}), "statementKind": thing(link.kind)}

    return {
        "pillars": [*map(linked, gap.pillars)],
        "areas": [*map(linked, gap.areas)],
        "committees": [
            {
                **(thing(committee.iri) or {}),
                "throughCandidates": list(committee.candidates),
                "throughAreas": [*map(linked, committee.areas)],
            }
            for committee in gap.committees
        ],
        "sources": [
            {**(thing(source.iri) or {}), "date": source.date or None, "page": source.url or None}
            for source in gap.sources
        ],
    }


def _candidate(candidate: Candidate, thing: Thing) -> dict[str, Any]:
    """Return a candidate as what JSON can say."""
    return {
        **(thing(candidate.iri) or {}),
        "statementKind": thing(candidate.kind),
        "bodies": [*map(thing, candidate.bodies)],
        "edition": candidate.edition or None,
        "issued": candidate.issued or None,
        "since": candidate.since or None,
        "newSinceCOP28": candidate.is_new,
        "stage": thing(candidate.stage),
        "page": candidate.page or None,
        "contested": sorted(candidate.contested),
    }
