"""What the graph knows of a code, in any spelling, and what comes near it."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import solutions
from gdakg.engine import Engine
from gdakg.errors import DesignationError, UnknownThingError
from gdakg.identifiers import Designation, names_publisher, parse
from gdakg.knowledge import KnowledgeGraph
from gdakg.naming import names
from gdakg.near_misses import slip

_IS_STANDARD: Final = "ASK { ?standard a gda:Standard }"
_CODE: Final = "SELECT ?code { ?standard dcterms:identifier ?code } ORDER BY ?code LIMIT 1"
_STAGE: Final = "SELECT DISTINCT ?stage { ?standard gda:stage ?stage } ORDER BY ?stage"
_EDITIONS: Final = """
SELECT DISTINCT ?code ?is_current {
  ?edition dcterms:isVersionOf ?standard ; dcterms:identifier ?code .
  BIND(EXISTS { ?standard gda:currentEdition ?edition } AS ?is_current)
}"""
_CONTAINING: Final = """
SELECT DISTINCT ?code {
  ?standard a gda:Standard ; dcterms:identifier ?code
  FILTER(CONTAINS(?code, ?one) || CONTAINS(?code, ?other))
} ORDER BY ?code LIMIT 5000"""
#: so many near codes are told
_MOST: Final = 6


class Near(NamedTuple):
    """Codes that the graph knows instead of the one asked for, and why they come near."""

    reason: str  #: edition, part, undivided, divided, publisher, type, adopted, spelling
    codes: tuple[str, ...]


class Known(NamedTuple):
    """A code taken apart, and what the graph knows of it; "" and () for what it does not."""

    asked: str  #: as it was given
    designation: Designation | None  #: None if it could not be read
    error: str  #: where reading stopped
    names_publisher: bool  #: False if the publisher follows from the form of the code alone
    iri: str = ""  #: of the standard in the graph
    code: str = ""  #: the standard's own
    title: str = ""
    stage: str = ""
    edition: str = ""  #: the edition asked for, if the graph knows it
    current: tuple[str, ...] = ()  #: the newest editions that catalogues list
    editions: tuple[str, ...] = ()  #: all of them, oldest first
    near: tuple[Near, ...] = ()


def searched(kg: KnowledgeGraph) -> int:
    """Return how many standards the graph knows."""
    text = "SELECT (COUNT(DISTINCT ?standard) AS ?standards) { ?standard a gda:Standard }"
    return int(solutions(kg.engine.evaluate(text, {}))[0].standards)


def identify(kg: KnowledgeGraph, text: str, language: str = "en") -> Known:
    """Return what the code `text` says and what the graph knows of it, or what comes near.

    A text that is no code is looked up as a name.  Titles and stages are in `language`.
    """
    try:
        designation = parse(text)
    except DesignationError as error:
        return _by_name(kg, text, str(error), language)
    known = Known(text, designation, "", names_publisher(text))
    for one in (designation, *designation.others):
        iri = one.standard_iri
        if kg.engine.evaluate(_IS_STANDARD, {"standard": og.NamedNode(iri)}):
            return _told(kg.engine, known, iri, one, language)
    candidates = _candidates(kg.engine, designation.number)
    for one in candidates:
        if designation.undated in one.others:
            return _told(kg.engine, known, one.standard_iri, designation, language)
    return known._replace(near=tuple(_near(kg.engine, designation, candidates)))


def _by_name(kg: KnowledgeGraph, text: str, error: str, language: str) -> Known:
    """Return the standard that is called `text`, though that is no code."""
    known = Known(text, None, error, names_publisher=False)
    try:
        iri = kg.find(text, "standard")
    except UnknownThingError as unknown:
        _, near, codes = str(unknown).partition("; near: ")
        found = tuple(codes.split(", ")) if near else ()
        return known._replace(near=(Near("spelling", found),) if found else ())
    return _told(kg.engine, known, iri, None, language)


def _told(
    engine: Engine, known: Known, iri: str, designation: Designation | None, language: str
) -> Known:
    """Return `known` with what the graph says of the standard `iri`."""
    standard = {"standard": og.NamedNode(iri)}
    code = str(solutions(engine.evaluate(_CODE, standard))[0].code)
    stages = [str(row.stage) for row in solutions(engine.evaluate(_STAGE, standard))]
    called = names(engine, [iri, *stages])
    rows = list(solutions(engine.evaluate(_EDITIONS, standard)))
    editions = tuple(_in_order(str(row.code) for row in rows))
    is_current = {str(row.code): bool(row.is_current) for row in rows}
    is_asked = designation is not None and designation.iri != designation.standard_iri
    edition = ""
    near: tuple[Near, ...] = ()
    if designation is not None and is_asked:
        edition = next((one for one in editions if _is_same(designation, one)), "")
        if not edition:
            near = (Near("edition", editions),)
    return known._replace(
        iri=iri,
        code=code,
        title=called[iri].label(language) if iri in called else "",
        stage=", ".join(called[stage].label(language) for stage in stages if stage in called),
        edition=edition,
        current=tuple(one for one in editions if is_current[one]),
        editions=editions,
        near=near,
    )


def _is_same(designation: Designation, code: str) -> bool:
    """Return whether `code` names the edition that `designation` names."""
    found = _parsed(code)
    if found is None:
        return False
    others = {one.key for one in found.others} | {found.key}
    return bool(others & {one.key for one in (designation, *designation.others)})


def _parsed(code: str) -> Designation | None:
    try:
        return parse(code)
    except DesignationError:
        return None


def _in_order(codes: Iterable[str]) -> Iterator[str]:
    """Yield `codes`, oldest edition first; what cannot be read comes last."""
    read = {code: _parsed(code) for code in sorted(set(codes))}
    found = [(one, code) for code, one in read.items() if one is not None]
    yield from (code for _, code in sorted(found))
    yield from (code for code, one in read.items() if one is None)


def _candidates(engine: Engine, one: str, other: str | None = None) -> list[Designation]:
    """Return the standards whose codes hold `one` or the `other`."""
    bindings = {"one": og.Literal(one), "other": og.Literal(one if other is None else other)}
    rows = solutions(engine.evaluate(_CONTAINING, bindings))
    found = (_parsed(str(row.code)) for row in rows)
    return sorted(one for one in found if one is not None)


def _near(
    engine: Engine, designation: Designation, candidates: list[Designation]
) -> Iterator[Near]:
    """Yield what comes near `designation`, which the graph does not know, best reason first."""
    adopted = designation.adopted
    if adopted is not None and adopted in candidates:
        yield Near("adopted", (str(adopted),))
        return
    same = [one for one in candidates if one.number == designation.number]
    own = [one for one in same if one[:1] == designation[:1] and one[3:5] == designation[3:5]]
    parts = [one for one in own if one.part]
    if designation.part and parts:
        yield Near("part", tuple(map(str, parts)))
    elif designation.part and own:
        yield Near("undivided", tuple(map(str, own)))
    elif parts:
        yield Near("divided", tuple(map(str, parts)))
    alike = [one for one in same if one.part == designation.part and one not in own]
    if others := [str(one) for one in alike if one.publishers != designation.publishers]:
        yield Near("publisher", tuple(others[:_MOST]))
    if others := [str(one) for one in alike if one.publishers == designation.publishers]:
        yield Near("type", tuple(others[:_MOST]))
    if not same and (close := _spelled_alike(engine, designation)):
        yield Near("spelling", close)


def _spelled_alike(engine: Engine, designation: Designation) -> tuple[str, ...]:
    """Return codes of the same publisher whose number is one slip away from the one asked for."""
    number = designation.number
    half = len(number) // 2
    if half < 2:
        return ()
    found = [
        (slip(number.casefold(), one.number.casefold()), one)
        for one in _candidates(engine, number[:half], number[half:])
        if set(one.publishers) & set(designation.publishers) and one.part == designation.part
    ]
    return tuple(str(one) for by, one in sorted(found) if by)[:_MOST]
