"""The page of the gaps: a card each, with filters, an order, and a table of all above them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from gdakg.gap import (
    BASES,
    CONFIDENCES,
    STATUSES,
    Candidate,
    Gap,
    Link,
    Standing,
    Texts,
    differs,
    rank,
    slug,
)
from gdakg.gaps import Gaps, gaps
from gdakg.knowledge import KnowledgeGraph
from gdakg.naming import Name
from gdakg.pages import sheet
from gdakg.pages.fill import text_in
from gdakg.pages.links import Link as Way
from gdakg.pages.strip import Axis, axis_of, strip
from gdakg.pages.wording import LANGUAGES

#: IRI of a thing -> its page in the site, None if it has none
Pages = Callable[[str], str | None]

_TITLE: Final = "Gaps between green digital standards"
_ABOUT: Final = "Who named each gap, how far it is closed, what may close it; works offline."


class Choice(NamedTuple):
    """A value of a filter."""

    value: str
    texts: Texts
    number: int  #: of gaps


class Cell(NamedTuple):
    """A count in the table above the cards, and the filters that show what it counts."""

    number: int
    choose: str


def page(
    kg: KnowledgeGraph,
    *,
    language: str,
    links: Iterable[Way] = (),
    href: Pages | None = None,
    network: str | None = None,
) -> str:
    """Return the page of all gaps of `kg`, as HTML."""
    found = gaps(kg)
    cards = _Cards(found, href, network)
    return sheet.sheet(
        "gaps.html.j2",
        title=sheet.said(_TITLE),
        description=sheet.said(_ABOUT),
        language=language,
        links=links,
        styles=("gaps.css",),
        found=found,
        cards=cards,
        filters=_filters(found),
        summary=_summary(found),
        searched=_told(found, is_empty=not found.gaps),
        unmatched={tag: found.standards.told(tag, is_empty=True) for tag in LANGUAGES},
        counted=_counted,
    )


def _told(found: Gaps, *, is_empty: bool) -> Texts:
    """Return how many gaps were searched, as of which date, as a sentence."""
    return {
        tag: found.searched.told(tag, is_empty=is_empty) + ("." if tag == "en" else "。")
        for tag in LANGUAGES
    }


def _counted(choice: Choice) -> Texts:
    """Return what a filter calls a value, and how many gaps have it."""
    return {tag: f"{text_in(choice.texts, tag)} ({choice.number})" for tag in LANGUAGES}


def texts_of(name: Name, iri: str = "") -> Texts:
    """Return what a thing is called, by language: its label, else its code, else its IRI.

    >>> texts_of(Name("IEC", {})), texts_of(Name("2", {"en": "Emissions"}))
    ({'': 'IEC'}, {'en': 'Emissions'})
    """
    return name.labels or {"": name.code or iri}


def safe(address: str | None) -> str:
    """Return an address that a link may lead to, "" for any other.

    >>> safe("https://itu.int/"), safe("javascript:alert(1)")
    ('https://itu.int/', '')
    """
    return address if address and address.lower().startswith(("https://", "http://")) else ""


class _Cards:
    """What the template asks of each card."""

    def __init__(self, found: Gaps, href: Pages | None, network: str | None) -> None:
        self.found = found
        self.href = href or (lambda iri: None)
        self.network = network
        self.axis: Axis = axis_of(found.gaps)

    def name(self, iri: str) -> Name:
        """Return code and labels of a thing."""
        return self.found.names.get(iri, Name("", {}))

    def texts(self, iri: str) -> Texts:
        """Return what a thing is called."""
        return texts_of(self.name(iri), iri)

    def named(self, iri: str) -> Texts:
        """Return number and label of a pillar, the label of an area, code and name of others."""
        name = self.name(iri)
        if not name.code or not name.labels or name.code in name.labels.values():
            return texts_of(name, iri)
        return {tag: f"{name.code} · {label}" for tag, label in name.labels.items()}

    def code(self, iri: str) -> str:
        """Return the code of a thing, else its label or IRI."""
        return self.found.code(iri)

    def title(self, candidate: Candidate) -> Texts:
        """Return the title of a standard, nothing if it only has a code."""
        name = self.name(candidate.iri)
        return {} if name.code in name.labels.values() else name.labels

    def page(self, iri: str) -> str:
        """Return the page of a thing in the site, "" if it has none."""
        return self.href(iri) or ""

    def address(self, candidate: Candidate) -> str:
        """Return where a standard can be read about: in the site, else at its publisher."""
        return self.page(candidate.iri) or safe(candidate.page)

    def safe(self, address: str) -> str:
        """Return an address that a link may lead to."""
        return safe(address)

    def network_of(self, iri: str) -> str:
        """Return the address of a thing on the network page, "" without such a page."""
        return f"{self.network}#node={quote(iri, safe='')}" if self.network else ""

    def has(self, gap: Gap) -> str:
        """Return the filters that show the gap."""
        values = [
            *(("pillar", link.iri) for link in gap.pillars),
            *(("area", link.iri) for link in gap.areas),
            ("status", gap.status),
            ("basis", gap.basis),
            *(("body", body) for body in gap.bodies),
        ]
        return " ".join(f"{name}={slug(iri)}" for name, iri in values if iri)

    def strength(self, gap: Gap) -> int:
        """Return the place of a gap by the strength of its evidence, 0 the strongest."""
        confidence, _ = rank(gap.confidence, CONFIDENCES)
        basis, _ = rank(gap.basis, BASES)
        return confidence * (len(BASES) + 1) + basis

    def status(self, iri: str) -> str:
        """Return which picture a status has: its name, "other" for one that is not ours."""
        return slug(iri) if slug(iri) in STATUSES else "other"

    def notes(self, standing: Standing) -> Texts:
        """Return the words of a source on the status where they say more than the status."""
        return self.more(standing.status, standing.notes)

    def more(self, iri: str, notes: Texts) -> Texts:
        """Return the words of a source where they say more than the concept `iri`."""
        return notes if differs(notes, self.name(iri)) else {}

    def kind_of(self, gap: Gap) -> list[Texts]:
        """Return on whose word a gap is one, where no source states it."""
        return [] if not gap.kind or slug(gap.kind) == "stated" else [self.texts(gap.kind)]

    def kinds(self, links: Iterable[Link | Candidate]) -> list[Texts]:
        """Return on whose word the links stand, where no source states them."""
        kinds = sorted({link.kind for link in links if link.kind and slug(link.kind) != "stated"})
        return [self.texts(iri) for iri in kinds]

    def through_areas(self, gap: Gap) -> list[tuple[list[Texts], list[str]]]:
        """Return the committees that sit on the areas alone, by on whose word they do."""
        groups: dict[str, list[str]] = {}
        kinds: dict[str, list[Texts]] = {}
        for committee in gap.committees:
            if not committee.candidates:
                key = " ".join(sorted({link.kind for link in committee.areas}))
                groups.setdefault(key, []).append(committee.iri)
                kinds[key] = self.kinds(committee.areas)
        return [(kinds[key], groups[key]) for key in sorted(groups)]

    def strip(self, gap: Gap) -> Mapping[str, Any]:
        """Return the drawing of the years of a gap."""
        return strip(gap, self.axis, self.status, self.texts)


def _filters(found: Gaps) -> dict[str, list[Choice]]:
    """Return the values of each filter, with how many gaps have them."""

    def choices(
        iris: Iterable[str], order: tuple[str, ...] = (), *, is_coded: bool = False
    ) -> list[Choice]:
        counts = Counter(filter(None, iris))
        known = {iri: found.names.get(iri, Name("", {})) for iri in counts}

        def place(iri: str) -> tuple[int, str, str]:
            name = known[iri]
            first = rank(iri, order)[0] if order else 0
            return first, name.code or name.label("en"), iri

        return [
            Choice(slug(iri), _choice(known[iri], iri, is_coded), counts[iri])
            for iri in sorted(counts, key=place)
        ]

    return {
        "pillar": choices(link.iri for gap in found.gaps for link in gap.pillars),
        "area": choices(link.iri for gap in found.gaps for link in gap.areas),
        "status": choices((gap.status for gap in found.gaps), STATUSES),
        "basis": choices((gap.basis for gap in found.gaps), BASES),
        "body": choices((body for gap in found.gaps for body in gap.bodies), is_coded=True),
    }


def _choice(name: Name, iri: str, is_coded: bool) -> Texts:
    """Return what a filter calls a value: a body by its code, a pillar by number and label."""
    if is_coded and name.code:
        return {"": name.code}
    labels = texts_of(name, iri)
    is_numbered = name.code.isdecimal() and name.labels
    return {tag: f"{name.code} · {text}" for tag, text in labels.items()} if is_numbered else labels


def _summary(found: Gaps) -> dict[str, Any]:
    """Return the table of the gaps by basis and status."""
    counts = Counter((gap.basis, gap.status) for gap in found.gaps)
    bases = sorted({basis for basis, _ in counts}, key=lambda iri: rank(iri, BASES))
    statuses = sorted({status for _, status in counts}, key=lambda iri: rank(iri, STATUSES))

    def cell(basis: str | None, status: str | None) -> Cell:
        count = sum(
            count
            for (one, other), count in counts.items()
            if basis in (None, one) and status in (None, other)
        )
        chosen = {"basis": basis, "status": status}
        if "" in chosen.values():  # no filter shows what has no basis or no status
            return Cell(count, "")
        return Cell(count, " ".join(f"{name}={slug(iri or '')}" for name, iri in chosen.items()))

    rows = [(basis, [cell(basis, status) for status in [*statuses, None]]) for basis in bases]
    rows.sort(key=lambda row: (-row[1][-1].number, rank(row[0], BASES)))
    return {
        "statuses": statuses,
        "rows": rows,
        "totals": [cell(None, status) for status in [*statuses, None]],
        "most": max((row[-1].number for _, row in rows), default=0),
        "without": sum(not gap.candidates for gap in found.gaps),
    }
