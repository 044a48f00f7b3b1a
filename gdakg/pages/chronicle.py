"""The timeline: a drawing to zoom in, and the same happenings as a table."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from gdakg.chronology import COP28, KINDS, SEARCHED, Happening, happenings, undated
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE
from gdakg.naming import Name, names
from gdakg.pages.fill import text_in
from gdakg.pages.links import Link, Texts
from gdakg.pages.sheet import said, sheet
from gdakg.pages.wording import LANGUAGES
from gdakg.questions import question

#: the first year of the axis; what is older stands in one column before it
FIRST: Final = 1995
#: the happenings of the other kinds stand in a lane each; gaps share one
_LANES: Final = (
    ("event", ("event",), "Events"),
    ("document", ("document",), "Documents"),
    ("gap", ("gap", "status"), "Gaps"),
)
_CALLED: Final = {
    "event": "Event",
    "document": "Document",
    "gap": "Gap named",
    "status": "Gap taken up or closed",
    "edition": "Edition published",
}
#: publishers with fewer editions share the last lane
_OWN_LANE: Final = 5
#: so many lanes of editions have a colour of their own, the last one that of all others
_COLOURS: Final = 8
#: so many things without a date are named
_NAMED: Final = 12

#: what an IRI of a thing leads to in the site, None if nowhere
Href = Callable[[str], str | None]


class Lane(NamedTuple):
    """A strip of the drawing."""

    look: str  #: class in the style sheet
    labels: Texts


class Row(NamedTuple):
    """A happening as the table tells it."""

    number: int
    happening: Happening
    has: str  #: what the filters look for
    dates: tuple[str, str]  #: in English and in Chinese
    kind: Texts
    bodies: list[Texts]
    pillars: str
    href: str  #: where it can be read, "" for nowhere


class Choice(NamedTuple):
    """One value of a filter."""

    value: str
    labels: Texts


def page(
    kg: KnowledgeGraph,
    *,
    language: str = "en",
    links: Iterable[Link] = (),
    href: Href | None = None,
) -> str:
    """Return the timeline of `kg` as HTML.

    `href` gives for the IRI of a thing the page of the site that tells of it.
    """
    found = happenings(kg)
    things = {iri for one in found for iri in (*one.pillars, *one.bodies)}
    called = {iri: Name("", {"": iri}) for iri in things} | names(kg.engine, things)
    lanes, lane_of = _lanes(found, called)
    tokens = _tokens(things)
    rows = [_row(n, one, called, tokens, href) for n, one in enumerate(found)]
    extent = kg.extent(question("timeline")._replace(searched=SEARCHED))
    return sheet(
        "timeline.html.j2",
        title=said("Timeline of green digital standards"),
        description=said(
            "Editions, events, documents and gaps since {year}, to zoom and filter.", year=FIRST
        ),
        language=language,
        links=links,
        scripts=("timeline.js",),
        styles=("timeline.css",),
        rows=rows[::-1],
        lanes=lanes,
        island=_island(found, lanes, lane_of, extent.as_of if extent else ""),
        kinds=_kinds(found),
        pillars=_choices(found, called, tokens, lambda one: one.pillars),
        bodies=_choices(found, called, tokens, lambda one: one.bodies),
        years=_years(found),
        older=sum(_year(one) < FIRST for one in found),
        first=FIRST,
        extent={tag: extent.told(tag, is_empty=not found) for tag in LANGUAGES} if extent else {},
        undated=_undated(kg),
    )


def _lanes(
    found: list[Happening], called: Mapping[str, Name]
) -> tuple[list[Lane], Callable[[Happening], int]]:
    """Return the lanes, and what tells the number of the lane of a happening.

    Editions stand by their publishers; jointly published ones have lanes of their own.
    """
    lanes = [Lane(look, said(text)) for look, _, text in _LANES]
    number = {kind: n for n, (_, kinds, _) in enumerate(_LANES) for kind in kinds}
    counts = Counter(one.bodies for one in found if one.kind == "edition")
    own = sorted(
        (bodies for bodies, count in counts.items() if count >= _OWN_LANE and bodies),
        key=lambda bodies: (-counts[bodies], bodies),
    )[: _COLOURS - 1]
    of_bodies = {bodies: len(lanes) + n for n, bodies in enumerate(own)}
    for n, bodies in enumerate(own):
        lanes.append(Lane(f"edition c{n}", _together(bodies, called)))
    if len(own) < len(counts):
        lanes.append(Lane(f"edition c{_COLOURS - 1}", said("Other publishers")))
    return lanes, lambda one: number.get(one.kind, of_bodies.get(one.bodies, len(lanes) - 1))


def _together(bodies: tuple[str, ...], called: Mapping[str, Name]) -> dict[str, str]:
    """Return the names of joint publishers as one: "ISO/IEC"."""
    return {
        tag: "/".join(sorted((_short(called[iri], tag) for iri in bodies), reverse=True))
        for tag in LANGUAGES
    }


def _short(name: Name, language: str) -> str:
    return name.code or text_in(name.labels, language)


def _tokens(iris: Iterable[str]) -> dict[str, str]:
    """Return for each IRI what stands for it in the address: its end, if no other has that one.

    >>> _tokens(["https://a.org/iec", "https://b.org/iso", "https://c.org/iso"])
    {'https://a.org/iec': 'iec', 'https://b.org/iso': 'https://b.org/iso', \
'https://c.org/iso': 'https://c.org/iso'}
    """
    ends = {iri: iri.rstrip("/").rpartition("/")[2] for iri in iris}
    counts = Counter(ends.values())
    return {iri: end if counts[end] == 1 and end else iri for iri, end in ends.items()}


def _row(
    number: int,
    one: Happening,
    called: Mapping[str, Name],
    tokens: Mapping[str, str],
    href: Href | None,
) -> Row:
    has = [f"kind={one.kind}", f"year={_year_token(one)}"]
    has += [f"pillar={tokens[iri]}" for iri in one.pillars] or ["pillar=none"]
    has += [f"body={tokens[iri]}" for iri in one.bodies] or ["body=none"]
    in_site = (
        next(filter(None, map(href, filter(None, (one.standard, one.thing)))), "") if href else ""
    )
    page = one.page if one.page.startswith(("https://", "http://")) else ""
    return Row(
        number,
        one,
        " ".join(has),
        (_date(one, "en"), _date(one, "zh")),
        said(_CALLED[one.kind]),
        [{tag: _short(called[iri], tag) for tag in LANGUAGES} for iri in one.bodies],
        ", ".join(
            sorted(called[iri].code or text_in(called[iri].labels, "en") for iri in one.pillars)
        ),
        in_site or page,
    )


def _date(one: Happening, language: str) -> str:
    """Return when it was, as recorded: "2018-08" or 2018年8月, with its end if it has one."""
    begins, ends = _told(one.date, language), _told(one.ends, language)
    if not ends or one.ends == one.date:
        return begins
    day, _, hour = ends.rpartition(" ")
    if day and begins.startswith(f"{day} "):
        return f"{begins}–{hour}"
    return f"{begins} – {ends}" if language == "en" else f"{begins}至{ends}"


def _told(date: str, language: str) -> str:
    """Return a recorded date for a reader of English or Chinese.

    >>> _told("2018-08", "zh"), _told("2018", "en"), _told("2023-12-02T09:00:00", "zh")
    ('2018年8月', '2018', '2023年12月2日 09:00')
    """
    day, _, hour = date.partition("T")
    if language != "en" and day:
        numbers = [str(int(part)) for part in day.split("-")]
        day = "".join(map("".join, zip(numbers, "年月日", strict=False)))
    return f"{day} {hour[:5]}" if hour else day


def _year(one: Happening) -> int:
    return int(one.date[:4])


def _year_token(one: Happening) -> str:
    return str(_year(one)) if _year(one) >= FIRST else "older"


def _kinds(found: list[Happening]) -> list[Choice]:
    counts = Counter(one.kind for one in found)
    return [_counted(kind, said(_CALLED[kind]), counts[kind]) for kind in KINDS]


def _years(found: list[Happening]) -> list[Choice]:
    counts = Counter(map(_year_token, found))
    older = [_counted("older", said("before {year}", year=FIRST), counts.pop("older", 0))]
    years = sorted(counts, reverse=True)
    return [_counted(year, {"": year}, counts[year]) for year in years] + older


def _choices(
    found: list[Happening],
    called: Mapping[str, Name],
    tokens: Mapping[str, str],
    of: Callable[[Happening], tuple[str, ...]],
) -> list[Choice]:
    """Return the pillars or bodies of the happenings with their counts, and "none recorded"."""
    counts = Counter(iri for one in found for iri in of(one))
    order = sorted(counts, key=lambda iri: (_short(called[iri], "en").casefold(), iri))
    none = _counted("none", said("none recorded"), sum(not of(one) for one in found))
    return [_counted(tokens[iri], _titled(called[iri]), counts[iri]) for iri in order] + [none]


def _titled(name: Name) -> Texts:
    """Return the name for a menu: that of a pillar with its number, of a body its short one."""
    if name.code.isdecimal():
        return {tag: f"{name.code} · {text_in(name.labels, tag)}" for tag in LANGUAGES}
    return {tag: _short(name, tag) for tag in LANGUAGES}


def _counted(value: str, labels: Texts, count: int) -> Choice:
    return Choice(value, {tag: f"{text_in(labels, tag)} ({count:,})" for tag in LANGUAGES})


def _undated(kg: KnowledgeGraph) -> tuple[int, dict[str, str]]:
    """Return how many things have no date, and the names of the first of them."""
    left = undated(kg)
    first = [*left.values()][:_NAMED]
    joints = {"en": "; "}
    return len(left), {
        tag: joints.get(tag, "；").join(text_in(name.labels, tag) or name.code for name in first)
        + ("; …" if len(left) > len(first) else "")
        for tag in LANGUAGES
    }


def _island(
    found: list[Happening], lanes: list[Lane], lane_of: Callable[[Happening], int], as_of: str
) -> dict[str, Any]:
    """Return what the script draws from; words of single happenings stand in the table."""
    last = max([FIRST, int(as_of[:4] or 0), *map(_year, found)])
    return {
        "first": FIRST,
        "last": last,
        "cop28": COP28,
        "lanes": [{"look": lane.look, "labels": _in_all(lane.labels)} for lane in lanes],
        "items": [[one.date, one.kind, lane_of(one), _key(one)] for one in found],
        "words": {
            "older": said("before {year}", year=FIRST),
            "undivided": said("no month"),
            "close": said("Close"),
            "locate": said("Show in the drawing"),
        },
    }


def _in_all(labels: Texts) -> dict[str, str]:
    return {tag: text_in(labels, tag) for tag in LANGUAGES}


def _key(one: Happening) -> str:
    """Return what stands for a happening in the address."""
    kind = "status:" if one.kind == "status" else ""
    return f"{kind}{one.thing.removeprefix(BASE)}"
