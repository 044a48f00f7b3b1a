"""What one entry of a Relaton catalogue says, before it is a record of ours.

Relaton's YAML in both schema families and our JSON Lines extract of it say the same things;
each reader fills an `Item`, and `record` decides once for all of them what it means.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, NamedTuple

from gdakg.catalogues import cleaning, linking, stages
from gdakg.catalogues.linking import Link
from gdakg.records import Record

#: publishers as they begin a designation
PUBLISHERS: Final = frozenset(
    {"3GPP", "ANSI", "ASTM", "CIE", "CISPR", "ECMA", "ETSI", "IEC", "IEEE", "IETF"}
    | {"ISO", "ITU-R", "ITU-T", "OASIS", "W3C"}
)
#: what a catalogue calls its publisher, where that is not the short name
_SHORT: Final = {"Ecma International": "ECMA", "RFC Editor": "IETF"}

#: bodies whose drafts tell what they are to replace
_PLANNING: Final = frozenset({"IEC", "IEEE", "ISO"})
_PLANS: Final = frozenset({"work-item", "draft"})

#: IEC sells a standard with changes marked, consolidated, with comments ... under these names
_IEC_VARIANT: Final = r" (?:CSV|RLV|SER|EXV|PRV|CMV)(?:[ -]|$)"
_LANGUAGE: Final = r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"
_SPANISH: Final = r"versi[oó]n oficial en espa[nñ]ol\s*-\s*"
_DUAL: Final = r"(ITU-T )([A-Z]\.[\w.]+)/([A-Z]\.[\w.]+)(.*)"
_STUDY_GROUP: Final = r"ITU-T Study Group (\d+)"


class Item(NamedTuple):
    """One entry of a catalogue, in its own words."""

    designation: str
    body: str  #: whose designation it is: ISO, IEC, ITU ...
    file: str
    line: int = 0
    kind: str = ""
    titles: tuple[tuple[str, str], ...] = ()  #: language and title
    dates: Mapping[str, str] = {}  #: by type: published, issued ...
    status: tuple[str, ...] = ()  #: words, the one that tells most first
    publishers: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    ics: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    others: tuple[str, ...] = ()  #: designations by other bodies, as of a common text
    keywords: tuple[str, ...] = ()
    page: str = ""


def record(item: Item, catalogue: str, remarks: Counter[str]) -> Record:
    """Return what `item` states, in our words; what was left out is counted in `remarks`."""
    designation = _designation(item)
    native = ", ".join(item.status)
    stage = stages.stage_of(item.body, native)
    if native and stage == stages.UNCLEAR and not stages.is_over(native):
        remarks[f"status not known: {native}"] += 1
    if item.body == "IETF" and any(link.kind == "obsoletedBy" for link in item.links):
        stage = "superseded"
    is_planned = item.body in _PLANNING and (stage in _PLANS or "draft" in item.status)
    relations = linking.relations(
        item.body, designation, item.links, remarks, is_planned=is_planned
    )
    return Record(
        designation=designation,
        catalogue=catalogue,
        publishers=publishers(designation, item.publishers or (item.body,)),
        titles=_titles(item.titles),
        issued=_issued(item),
        stage=stage,
        native_status=native,
        kind=cleaning.text(item.kind),
        committees=_unique(_committee(item.body, name) for name in item.committees),
        ics=_unique(map(cleaning.text, item.ics)),
        relations=relations + linking.twins(item.others),
        aliases=_unique([*_duals(designation), *map(cleaning.text, item.others)]),
        keywords=_unique(map(cleaning.text, item.keywords)),
        page=cleaning.address(item.page),
        source=item.file,
        line=item.line,
        is_variant=is_variant(item),
        withdrawn=cleaning.date(item.dates.get("obsoleted")),
    )


def publishers(designation: str, stated: Iterable[str] = ()) -> tuple[str, ...]:
    """Return who publishes `designation`: as it begins, or as `stated` where it does not say.

    >>> publishers("ISO/IEC TR 30132-1:2016"), publishers("RFC 9030", ["RFC Editor"])
    (('ISO', 'IEC'), ('IETF',))
    """
    found: list[str] = []
    for name in designation.partition(" ")[0].split("/"):
        if name not in PUBLISHERS:
            break
        found.append(name)
    return tuple(found) or _unique(_SHORT.get(name, name) for name in map(cleaning.text, stated))


def is_variant(item: Item) -> bool:
    """Tell whether `item` is another form of a standard and none of its own."""
    if item.kind == "redline" or item.designation.endswith(" Redline"):
        return True
    if "(all parts)" in item.designation:
        return True
    return item.body == "IEC" and bool(_compiled(_IEC_VARIANT).search(item.designation))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE if pattern == _SPANISH else 0)


def _designation(item: Item) -> str:
    found = cleaning.text(item.designation)
    if item.body == "ITU":
        # Questions of ITU-R end with a colon in the catalogue.
        return linking.with_publisher(found.removesuffix(":"))
    if item.body == "ECMA" and (year := _issued(item)[:4]):
        # The catalogue gives all editions of a standard the same designation.
        return f"{found}:{year}"
    return found


def _titles(stated: Iterable[tuple[str, str]]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for language, title in stated:
        found = cleaning.text(title)
        if language == "es":
            found = _compiled(_SPANISH).sub("", found, count=1)
        if found:
            titles.setdefault(_language(language), found)
    return titles


def _language(stated: str) -> str:
    """Return `stated` if it is a language tag that says which language, else ""."""
    return stated if stated != "und" and _compiled(_LANGUAGE).fullmatch(stated) else ""


def _issued(item: Item) -> str:
    """Return the date of publication; IEEE calls by this name the day of its upload."""
    if item.body != "IEEE":
        stated = item.dates.get("published") or item.dates.get("issued")
        return cleaning.date(stated)
    approved = cleaning.date(item.dates.get("issued"))
    printed = cleaning.year(item.designation)
    return approved if not printed or approved[:4] == printed else printed


def _committee(body: str, name: str) -> str:
    found = cleaning.text(name)
    if body == "IEC" and found.startswith(("TC ", "SC ", "PC ", "SyC ")):
        return f"IEC {found}"
    if body == "ITU":
        return _compiled(_STUDY_GROUP).sub(r"ITU-T SG\1", found)
    return found


def _duals(designation: str) -> list[str]:
    """Return both designations of a Recommendation that has two numbers."""
    dual = _compiled(_DUAL).fullmatch(designation)
    if dual is None:
        return []
    publisher, first, second, rest = dual.groups()
    return [f"{publisher}{first}{rest}", f"{publisher}{second}{rest}"]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))
