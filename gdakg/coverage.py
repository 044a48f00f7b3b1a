"""Where the graph has standards and where it has none: pillars or areas by bodies.

A standard counts once in each row and each column that it belongs to, and once in every total;
what belongs to no row or no column has one of its own, `NONE`, so that totals agree.  Gaps
concern rows; a body has a part in a gap where one of its standards is a candidate for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import product
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import solutions
from gdakg.engine import Engine
from gdakg.errors import ParameterError
from gdakg.extent import Extent
from gdakg.knowledge import KnowledgeGraph
from gdakg.naming import Name, names

#: the key of the row or column of what belongs to none
NONE: Final = ""

#: what the rows can be -> their class, what tells their order, what leads to them
ROWS: Final = {
    "pillar": ("gda:Pillar", "skos:notation", "supportsPillar", "concernsPillar"),
    "area": ("gda:CooperationArea", "gda:seedOrder", "inArea", "concernsArea"),
}

_STANDARDS: Final = """SELECT DISTINCT ?thing ?property ?value WHERE {
  ?thing a gda:Standard ; ?property ?value .
  VALUES ?property { rdf:type dcterms:publisher gda:supportsPillar gda:inArea gda:stage foaf:page }
}"""
_EDITIONS: Final = """SELECT DISTINCT ?thing ?property ?value WHERE {
  ?thing a gda:Standard ; gda:currentEdition ?edition . ?edition ?property ?value .
  VALUES ?property { dcterms:issued foaf:page }
}"""
_GAPS: Final = """SELECT DISTINCT ?thing ?property ?value WHERE {
  VALUES ?class { gda:AssertedGap gda:ComputedGap gda:Gap }
  ?thing a ?class ; ?property ?value .
  VALUES ?property {
    rdf:type gda:concernsPillar gda:concernsArea gda:gapStatus gda:candidateStandard }
}"""
_ORDER: Final = "SELECT ?thing ?order WHERE { ?thing a %s OPTIONAL { ?thing %s ?order } }"

#: property -> its values
Facts = Mapping[str, list[str]]


class Record(NamedTuple):
    """A standard, as far as coverage asks."""

    iri: str
    name: Name
    bodies: tuple[str, ...]
    pillars: tuple[str, ...]
    areas: tuple[str, ...]
    stage: str  #: its IRI, "" if there is none
    year: str  #: of the current edition, "" if it has none or no date
    page: str  #: of the current edition, else of the standard, at the publisher; or ""


class Gap(NamedTuple):
    """A gap that somebody named or that was computed."""

    iri: str
    name: Name
    candidates: tuple[str, ...]  #: the standards that may fill it, in our inference
    bodies: tuple[str, ...]  #: which publish one of them
    pillars: tuple[str, ...]
    areas: tuple[str, ...]
    status: str  #: its IRI, "" if there is none


class Landscape(NamedTuple):
    """What is counted: standards and gaps by their codes, rows and columns in their order."""

    records: tuple[Record, ...]
    gaps: tuple[Gap, ...]
    rows: Mapping[str, tuple[str, ...]]  #: "pillar" and "area" -> IRIs
    bodies: tuple[str, ...]  #: who publishes most comes first
    names: Mapping[str, Name]  #: of rows, bodies, stages, statuses
    searched: Extent


class Cell(NamedTuple):
    """What was found in one place of the matrix."""

    standards: tuple[str, ...]  #: IRIs
    newest: str  #: year of the newest current edition, "" if there is none
    gaps: tuple[str, ...]  #: IRIs; in the cell of a body, those for which it has a candidate

    def share(self, whole: "Cell") -> float | None:
        """Return which part of the standards of `whole` stand here; None where it has none."""
        return len(self.standards) / len(whole.standards) if whole.standards else None


class Row(NamedTuple):
    """A pillar or an area: its cells by body, and what belongs to it at all."""

    iri: str
    cells: Mapping[str, Cell]
    total: Cell
    unanswered: tuple[str, ...]  #: its gaps for which no standard is a candidate


class Coverage(NamedTuple):
    """The matrix; `rows` end with that of `NONE`, in `total` every standard counts once."""

    by: str
    bodies: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    names: Mapping[str, Name]
    searched: Extent


class Flow(NamedTuple):
    """How many standards two things have in common."""

    start: str
    end: str
    standards: int
    weight: Fraction  #: a standard in several places split evenly among them


def coverage(kg: KnowledgeGraph, rows: str = "pillar") -> Coverage:
    """Return how many standards each body has for each pillar, or in each area.

    `rows` is "pillar" or "area".  An empty cell says that none of the records `searched` is
    there, not that no standard exists.  Raises ParameterError for other rows.
    """
    return matrix(landscape(kg), rows)


def matrix(counted: Landscape, rows: str) -> Coverage:
    """Return the matrix of what was read, as `coverage` does.  Raises ParameterError."""
    if rows not in ROWS:
        raise ParameterError(f"no rows {rows!r}; there are: {', '.join(ROWS)}")
    return Coverage(
        rows,
        counted.bodies,
        tuple(_row(counted, rows, iri) for iri in (*counted.rows[rows], NONE)),
        _row(counted, rows, None),
        counted.names,
        counted.searched,
    )


def flows(counted: Landscape) -> tuple[list[Flow], list[Flow]]:
    """Return the flows from pillars to areas, and from areas to bodies; ends may be `NONE`.

    Weights of what comes into an area and goes out of it are equal, and add up to the number
    of standards; each standard counts as one in the number of every flow that it is part of.
    """
    firsts: Counter[tuple[str, str]] = Counter()
    seconds: Counter[tuple[str, str]] = Counter()
    weights: dict[tuple[int, str, str], Fraction] = {}
    for record in counted.records:
        pillars, areas, bodies = (
            each or (NONE,) for each in (record.pillars, record.areas, record.bodies)
        )
        firsts.update(product(pillars, areas))
        seconds.update(product(areas, bodies))
        part = Fraction(1, len(areas))
        for level, (starts, ends) in enumerate(((pillars, areas), (areas, bodies))):
            share = part / len(pillars if level == 0 else bodies)
            for start, end in product(starts, ends):
                key = (level, start, end)
                weights[key] = weights.get(key, Fraction(0)) + share
    return (
        [Flow(*ends, firsts[ends], weights[0, *ends]) for ends in sorted(firsts)],
        [Flow(*ends, seconds[ends], weights[1, *ends]) for ends in sorted(seconds)],
    )


def _row(counted: Landscape, rows: str, iri: str | None) -> Row:
    """Return the row of the pillar or area `iri`; of all of them for None."""
    records = [each for each in counted.records if _stands(getattr(each, f"{rows}s"), iri)]
    gaps = [each for each in counted.gaps if _stands(getattr(each, f"{rows}s"), iri)]
    cells = {
        body: _cell(
            [each for each in records if _stands(each.bodies, body)],
            [each for each in gaps if body in each.bodies],
        )
        for body in counted.bodies
    }
    unanswered = tuple(gap.iri for gap in gaps if not gap.candidates)
    return Row(iri or NONE, cells, _cell(records, gaps), unanswered)


def _stands(places: tuple[str, ...], place: str | None) -> bool:
    """Return whether what belongs to `places` stands in one of them, in `NONE` without any."""
    return place is None or (place in places if place else not places)


def _cell(records: list[Record], gaps: list[Gap]) -> Cell:
    newest = max((record.year for record in records), default="")
    return Cell(tuple(each.iri for each in records), newest, tuple(each.iri for each in gaps))


def landscape(kg: KnowledgeGraph) -> Landscape:
    """Return standards and gaps of the graph with all that coverage counts them by."""
    engine = kg.engine
    standards, editions, gaps = (_facts(engine, text) for text in (_STANDARDS, _EDITIONS, _GAPS))
    rows = {by: _ordered(engine, by, standards, gaps) for by in ROWS}
    concepts = {
        value
        for facts in (*standards.values(), *gaps.values())
        for prop in ("stage", "gapStatus", "publisher")
        for value in facts.get(prop, ())
    }
    called = names(engine, {*standards, *gaps, *concepts, *rows["pillar"], *rows["area"]})
    records = sorted(
        (_record(iri, facts, editions.get(iri, {}), called) for iri, facts in standards.items()),
        key=lambda each: (natural(each.name.code), each.iri),
    )
    found = [_gap(iri, facts, standards, called) for iri, facts in gaps.items()]
    searched = kg.extent("coverage")
    assert searched is not None, "the question `coverage` tells what it searches"
    return Landscape(
        tuple(records),
        tuple(sorted(found, key=lambda each: (natural(each.name.code), each.iri))),
        rows,
        _columns(records, called),
        called,
        searched,
    )


def natural(text: str) -> list[tuple[int, str]]:
    """Return a key that sorts numbers in `text` by their size.

    >>> sorted(["L.1470", "L.130"], key=natural)
    ['L.130', 'L.1470']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return [(int(part), "") if part[0] in "0123456789" else (0, part) for part in parts]


def _facts(engine: Engine, query: str) -> dict[str, dict[str, list[str]]]:
    """Return what `query` tells of each thing: the values of a property, sorted."""
    facts: dict[str, dict[str, list[str]]] = {}
    for thing, prop, value in solutions(engine.evaluate(query, {})).terms:
        if not isinstance(thing, og.NamedNode) or not isinstance(prop, og.NamedNode):
            continue
        local = prop.value.replace("#", "/").rpartition("/")[2]
        values = facts.setdefault(thing.value, {}).setdefault(local, [])
        # A publisher that is a text, a date that is a thing: neither can be counted by.
        if isinstance(value, og.Literal if local == "issued" else og.NamedNode):
            values.append(value.value)
    return {iri: {p: sorted(v) for p, v in said.items()} for iri, said in sorted(facts.items())}


def _ordered(engine: Engine, by: str, *found: Mapping[str, Facts]) -> tuple[str, ...]:
    """Return the rows that exist and those that are used, in their order, the rest behind."""
    order = {
        str(thing.value): "" if place is None else place.value
        for thing, place in solutions(engine.evaluate(_ORDER % ROWS[by][:2], {})).terms
        if isinstance(thing, og.NamedNode) and (place is None or isinstance(place, og.Literal))
    }
    properties = {
        "pillar": ("supportsPillar", "concernsPillar"),
        "area": ("inArea", "concernsArea"),
    }
    for facts in (facts for each in found for facts in each.values()):
        for prop in properties[by]:
            order |= {iri: order.get(iri, "") for iri in facts.get(prop, ())}
    return tuple(sorted(order, key=lambda iri: (not order[iri], natural(order[iri]), iri)))


def _columns(records: Iterable[Record], called: Mapping[str, Name]) -> tuple[str, ...]:
    """Return the bodies, who publishes most first; `NONE` behind them, where one is needed."""
    numbers = Counter(body for record in records for body in record.bodies)
    code = {body: called[body].code if body in called else body for body in numbers}
    bodies = sorted(numbers, key=lambda body: (-numbers[body], natural(code[body]), body))
    return (*bodies, NONE) if any(not record.bodies for record in records) else tuple(bodies)


def _record(iri: str, facts: Facts, edition: Facts, called: Mapping[str, Name]) -> Record:
    pages = [*edition.get("page", ()), *facts.get("page", ())]
    years = [text[:4] for text in edition.get("issued", ()) if re.match(r"[0-9]{4}(?![0-9])", text)]
    return Record(
        iri,
        called.get(iri, Name("", {})),
        tuple(facts.get("publisher", ())),
        tuple(facts.get("supportsPillar", ())),
        tuple(facts.get("inArea", ())),
        next(iter(facts.get("stage", ())), ""),
        max(years, default=""),
        next(iter(pages), ""),
    )


def _gap(iri: str, facts: Facts, standards: Mapping[str, Facts], called: Mapping[str, Name]) -> Gap:
    candidates = facts.get("candidateStandard", ())
    bodies = {body for each in candidates for body in standards.get(each, {}).get("publisher", ())}
    return Gap(
        iri,
        called.get(iri, Name("", {})),
        tuple(candidates),
        tuple(sorted(bodies)),
        tuple(facts.get("concernsPillar", ())),
        tuple(facts.get("concernsArea", ())),
        next(iter(facts.get("gapStatus", ())), ""),
    )
