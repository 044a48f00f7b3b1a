"""What the relations of a catalogue mean, each in the words of our records.

The catalogues use Relaton's names for them, each with habits of its own; see the functions.
Nothing is stated that the catalogue does not: a draft that is to replace an edition is related
to it, and replaces nothing yet.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from gdakg.catalogues import cleaning
from gdakg.records import Relation

_ITU_PREFIX: Final = ("ITU-T ", "ITU-R ", "ITU ")
_ITU_DATE: Final = r" \((?:(\d{2})/)?(\d{4})\)$"
_ITU_BASE: Final = r"(.*?) \((\d{4})\) .*"
_ISO_YEAR: Final = r":(\d{4})(?:-\d{2})*$"

#: names that mean the same in every catalogue
PLAIN: Final[Mapping[str, str]] = {
    "obsoletes": "replaces",
    "obsoletedBy": "replacedBy",
    "replaces": "replaces",
    "replacedBy": "replacedBy",
    "amends": "amends",
    "amendedBy": "amendedBy",
    "adoptedFrom": "adoptionOf",
    "partOf": "partOf",
    "also": "partOf",  # an RFC in a BCP or STD
    "includes": "relatedTo",
    "hasPart": "relatedTo",
    "hasEdition": "relatedTo",
    "editionOf": "relatedTo",
    "references": "references",
    "related": "relatedTo",
}
_SUPERSESSION: Final = frozenset({"obsoletes", "obsoletedBy", "replaces", "replacedBy"})
_RFC: Final[Mapping[str, str]] = {"updates": "amends", "updatedBy": "amendedBy"}
_IEEE: Final[Mapping[str, str]] = {
    "revises": "replaces",
    "amends": "amends",
    "corrects": "amends",
}


class Link(NamedTuple):
    """A relation as the catalogue states it."""

    kind: str  #: obsoletes, updates, hasEdition ...
    target: str
    description: str = ""
    date: str = ""  #: of the target, where its designation does not tell


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def relations(
    body: str,
    designation: str,
    links: Iterable[Link],
    remarks: Counter[str],
    *,
    is_planned: bool = False,
) -> tuple[Relation, ...]:
    """Return the relations of `designation`; what is none is counted in `remarks`.

    What `is_planned` replaces nothing yet.
    """
    if body in _SERIES:
        return tuple(dict.fromkeys(_SERIES[body](designation, links, remarks)))
    found = []
    meaning = _MEANING.get(body, _plain)
    for link in links:
        target = cleaning.text(link.target)
        if not target or target == designation:
            remarks["relation to itself left out"] += 1
            continue
        kind = meaning(designation, link._replace(target=target))
        if not kind:
            remarks[f"{body} {link.kind} left out: the other end says it too"] += 1
        elif kind == "replaces" and is_planned:
            found.append(Relation("relatedTo", target))
        else:
            found.append(Relation(kind, target))
    return tuple(dict.fromkeys(found))


def twins(others: Iterable[str]) -> tuple[Relation, ...]:
    """Return the relations of a common text to what other bodies call it."""
    return tuple(Relation("alignedWith", text) for text in map(cleaning.text, others) if text)


def with_publisher(designation: str) -> str:
    """Return a designation of ITU with its prefix, which relations leave out.

    >>> with_publisher("L.1410 (12/2014)"), with_publisher("ITU-R 213-1/9")
    ('ITU-T L.1410 (12/2014)', 'ITU-R 213-1/9')
    """
    return designation if designation.startswith(_ITU_PREFIX) else f"ITU-T {designation}"


def _plain(designation: str, link: Link) -> str:
    return PLAIN.get(link.kind, "relatedTo")


def _ietf(designation: str, link: Link) -> str:
    return _RFC.get(link.kind) or _plain(designation, link)


def _ieee(designation: str, link: Link) -> str:
    if link.kind == "updates":
        return _IEEE.get(link.description, "relatedTo")
    return _plain(designation, link)


def _w3c(designation: str, link: Link) -> str:
    """Return what `link` means, where `updatedBy` names the next version of the document."""
    if link.kind == "hasEdition":
        return ""
    return "replacedBy" if link.kind == "updatedBy" else _plain(designation, link)


def _cie(designation: str, link: Link) -> str:
    """Return what `link` means, where `updates` names what came before and after."""
    own, other = cleaning.year(designation), cleaning.year(link.target)
    if link.kind != "updates" or not own or not other or own == other:
        return _plain(designation, link)
    return "replacedBy" if own < other else "replaces"


def _iso(designation: str, link: Link) -> str:
    """Return what `link` means, where `updates` names what amends, replaces or is amended.

    Years tell which.  A draft has no year: that it `obsoletes` an edition in force, or the
    reverse, is a plan.
    """
    target = link.target
    if link.kind == "updates":
        if target.startswith(f"{designation}/"):
            return "amendedBy"
        if designation.startswith(f"{target}/"):
            return "amends"
        return "replacedBy" if "" < _iso_year(designation) <= _iso_year(target) else "relatedTo"
    if link.kind in _SUPERSESSION and _iso_year(designation) and not _iso_year(target):
        return "relatedTo"
    return _plain(designation, link)


def _iso_year(designation: str) -> str:
    dated = _compiled(_ISO_YEAR).search(designation)
    return dated[1] if dated else ""


_MEANING: Final[Mapping[str, Callable[[str, Link], str]]] = {
    "ISO": _iso,
    "IEC": _iso,
    "IETF": _ietf,
    "IEEE": _ieee,
    "W3C": _w3c,
    "CIE": _cie,
}


def _ecma(designation: str, links: Iterable[Link], remarks: Counter[str]) -> Iterator[Relation]:
    """Yield the editions before and after this one: `updates` names all in no order."""
    own, _, own_year = designation.partition(":")
    versions = []
    for link in links:
        target = cleaning.text(link.target)
        year = cleaning.date(link.date)[:4]
        if link.kind != "updates" or target != own:
            yield Relation(PLAIN.get(link.kind, "relatedTo"), target)
        elif year and own_year:
            versions.append((year, f"{target}:{year}"))
        else:
            remarks["ECMA updates left out: no date tells which edition"] += 1
    yield from _neighbours(own_year, versions, remarks)


def _itu(designation: str, links: Iterable[Link], remarks: Counter[str]) -> Iterator[Relation]:
    """Yield the editions before and after, the amendments, or what is amended.

    `hasEdition` lists all editions, amendments and errata in no order; `complementOf` nearly
    every supplement of the series, which says nothing of this document.
    """
    versions = []
    own, own_date = _itu_parts(designation)
    amended = _compiled(_ITU_BASE).fullmatch(own)
    for link in links:
        if link.kind == "complementOf":
            remarks["ITU complementOf left out: it lists the supplements of the series"] += 1
            continue
        target = with_publisher(cleaning.text(link.target))
        number, date = _itu_parts(target)
        base = _compiled(_ITU_BASE).fullmatch(number)
        if link.kind != "hasEdition":
            yield Relation(PLAIN.get(link.kind, "relatedTo"), target)
        elif number == own and date and own_date:
            versions.append((date, target))
        elif base and (base[1], base[2]) == (own, own_date[:4]):
            yield Relation("amendedBy", target)
        elif amended and (amended[1], amended[2]) == (number, date[:4]):
            yield Relation("amends", target)
        else:
            remarks["ITU hasEdition left out: of another document or year"] += 1
    yield from _neighbours(own_date, versions, remarks)


_SERIES: Final[Mapping[str, Callable[[str, Iterable[Link], Counter[str]], Iterator[Relation]]]] = {
    "ECMA": _ecma,
    "ITU": _itu,
}


def _itu_parts(designation: str) -> tuple[str, str]:
    """Return the undated designation and its date as YYYY-MM, which sorts."""
    dated = _compiled(_ITU_DATE).search(designation)
    if dated is None:
        return designation, ""
    return designation[: dated.start()], f"{dated[2]}-{dated[1] or '00'}"


def _neighbours(
    own: str, versions: list[tuple[str, str]], remarks: Counter[str]
) -> Iterator[Relation]:
    """Yield the last of `versions` before the date `own`, and the first after it."""
    earlier = [version for version in versions if version[0] < own]
    later = [version for version in versions if version[0] > own]
    if earlier:
        yield Relation("replaces", max(earlier)[1])
    if later:
        yield Relation("replacedBy", min(later)[1])
    if far := len(versions) - bool(earlier) - bool(later):
        remarks["edition left out of relations: not the one before or after"] += far
