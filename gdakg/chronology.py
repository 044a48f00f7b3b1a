"""What happened when: editions, events, documents, gaps named and gaps on the way to be closed."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import solutions
from gdakg.engine import Engine
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import GDA, PREFIXES
from gdakg.naming import Name, names
from gdakg.turtle import language_tag

#: the days of COP28 by the calendar of the UNFCCC; the graph holds only its sessions
COP28: Final = ("2023-11-30", "2023-12-12")

#: the kinds of happenings, in the order in which those of one date are told
KINDS: Final = ("event", "document", "gap", "status", "edition")

#: the classes of what can have a date here
SEARCHED: Final = (
    f"{GDA}Edition",
    f"{PREFIXES['schema']}Event",
    f"{PREFIXES['bibo']}Document",
    f"{GDA}AssertedGap",
)

_DATES: Final = """
SELECT DISTINCT ?kind ?thing ?property ?date WHERE {
  VALUES (?kind ?class ?property) {
    ("edition" gda:Edition dcterms:issued) ("event" schema:Event schema:startDate)
    ("document" bibo:Document dcterms:issued) ("gap" gda:AssertedGap gda:namedIn)
    ("status" gda:AssertedGap gda:asOf)
  }
  ?thing a ?class
  OPTIONAL { ?thing ?property ?date FILTER(isLiteral(?date)) }
  FILTER(isIRI(?thing))
  FILTER NOT EXISTS { ?thing a gda:Source }
  FILTER(?kind != "status" || EXISTS { ?thing gda:gapStatus ?any })
  FILTER(?kind != "status" || NOT EXISTS { ?thing gda:gapStatus <gap-status/open> })
}"""

#: pillars, bodies and standards of things; a body that only the name of an event tells counts
_RELATED: Final = {
    "pillar": """SELECT DISTINCT ?thing ?value WHERE {
      { ?thing gda:concernsPillar ?value } UNION
      { ?thing dcterms:isVersionOf/gda:supportsPillar ?value } FILTER(isIRI(?value)) }""",
    "body": """SELECT DISTINCT ?thing ?value WHERE {
      { ?thing dcterms:isVersionOf/dcterms:publisher ?value } UNION
      { ?thing a bibo:Document ; dcterms:creator ?value } UNION
      { ?thing a schema:Event ; schema:mentions ?value . ?value a ?class
        VALUES ?class { org:Organization org:FormalOrganization org:OrganizationalUnit
          org:OrganizationalCollaboration } } FILTER(isIRI(?value)) }""",
    "standard": """SELECT DISTINCT ?thing ?value WHERE {
      ?thing dcterms:isVersionOf ?value FILTER(isIRI(?value)) }""",
    "page": "SELECT DISTINCT ?thing ?value WHERE { ?thing foaf:page ?value }",
    "ends": "SELECT DISTINCT ?thing ?value WHERE { ?thing schema:endDate ?value }",
    "contested": """SELECT DISTINCT ?thing ?value WHERE {
      ?contradiction a gda:Contradiction ; gda:subject ?thing ; gda:property ?value }""",
}

#: what is told of a happening besides its name, by its kind, in this order
_TOLD: Final = {
    "event": (f"{PREFIXES['schema']}location", f"{GDA}dateNote"),
    "document": (f"{PREFIXES['dcterms']}type", f"{GDA}dateNote"),
    "gap": (f"{GDA}namedBy", f"{GDA}basis"),
    "status": (f"{GDA}gapStatus", f"{GDA}statusNote"),
    "edition": (),
}
_FACTS: Final = "SELECT DISTINCT ?thing ?property ?value WHERE {{ VALUES ?property {{ {} }} {} }}"

_RECORDED: Final = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d[\d:.]*)?)?)?(?=(Z|[+-]\d\d:\d\d)?$)"
)

Labels = dict[str, str]  #: a text by language tag, "" for none


class Happening(NamedTuple):
    """One dated happening; pillars and bodies are IRIs, sorted."""

    date: str  #: as precise as recorded: "2018", "2018-08", "2018-08-01", "2018-08-01T09:00:00"
    ends: str  #: of an event, "" if none is recorded
    kind: str  #: one of `KINDS`; "status": the gap is no longer open as of the date
    thing: str  #: IRI of the edition, event, document or gap
    name: Name
    standard: str  #: IRI of the standard of an edition, else ""
    pillars: tuple[str, ...]  #: that it serves or concerns, mostly in our judgement
    bodies: tuple[str, ...]  #: publishers, creators; of an event, those that its name tells
    page: str  #: its address at the publisher, "" for none
    facts: tuple[tuple[Labels, Labels], ...]  #: labels of a property and of what it says
    is_contested: bool  #: whether sources disagree on the date


def happenings(kg: KnowledgeGraph) -> list[Happening]:
    """Return the dated editions, events, documents and gaps of `kg`, oldest first.

    A gap happens twice: when it was named, and, unless it is open, at the date as of which its
    status holds; the status may be older.  What has two dates comes with both, but of "2018" and
    "2018-08" with the more precise alone.  `undated` tells what is left out.
    """
    dated = [found for found in _dates(kg.engine) if found[3]]
    related = {key: _related(kg.engine, query) for key, query in _RELATED.items()}
    facts = _facts(kg.engine)
    called = names(kg.engine, {thing for _, thing, _, _ in dated})
    told = [
        Happening(
            date=date,
            ends=next((end for end in map(recorded, related["ends"].get(thing, ())) if end), "")
            if kind == "event"
            else "",
            kind=kind,
            thing=thing,
            name=called.get(thing, Name("", {"": thing})),
            standard=next(iter(related["standard"].get(thing, ())), ""),
            pillars=related["pillar"].get(thing, ()),
            bodies=related["body"].get(thing, ()),
            page=next(iter(related["page"].get(thing, ())), ""),
            facts=tuple(facts[thing, prop] for prop in _TOLD[kind] if (thing, prop) in facts),
            is_contested=prop in related["contested"].get(thing, ()),
        )
        for kind, thing, prop, date in dated
    ]
    return sorted(told, key=lambda one: (one.date, KINDS.index(one.kind), one.name.code, one.thing))


def undated(kg: KnowledgeGraph) -> dict[str, Name]:
    """Return what `happenings` leaves out for want of a date that can be read: IRIs and names."""
    found = _dates(kg.engine)
    dated = {(kind, thing) for kind, thing, _, date in found if date}
    left = {thing for kind, thing, _, _ in found if (kind, thing) not in dated}
    called = names(kg.engine, left)
    return {thing: called.get(thing, Name("", {"": thing})) for thing in sorted(left)}


def recorded(text: str) -> str:
    """Return the date in `text` as it is recorded, without a time zone; "" if it is none.

    >>> recorded("2018-08"), recorded("2018Z"), recorded("2018-13"), recorded("soon")
    ('2018-08', '2018', '', '')
    """
    match = _RECORDED.match(text)
    return match[0] if match else ""


def _dates(engine: Engine) -> list[tuple[str, str, str, str]]:
    """Return kind, IRI, property and date of what has or should have one, sorted; "" for none."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for kind, thing, prop, date in solutions(engine.evaluate(_DATES, {})).terms:
        if isinstance(thing, og.NamedNode) and isinstance(prop, og.NamedNode):
            text = recorded(date.value) if isinstance(date, og.Literal) else ""
            found.setdefault((_text(kind), thing.value, prop.value), set()).add(text)
    return sorted(
        (*key, date)
        for key, dates in found.items()
        for date in dates
        if not any(other != date and other.startswith(date) for other in dates)
    )


def _related(engine: Engine, query: str) -> dict[str, tuple[str, ...]]:
    """Return what `query` finds of each thing, sorted."""
    found: dict[str, set[str]] = {}
    for thing, value in solutions(engine.evaluate(query, {})).terms:
        found.setdefault(_text(thing), set()).add(_text(value))
    return {thing: tuple(sorted(values)) for thing, values in found.items()}


def _facts(engine: Engine) -> dict[tuple[str, str], tuple[Labels, Labels]]:
    """Return labels of property and values by thing and property; several values in one line."""
    wanted = sorted({prop for props in _TOLD.values() for prop in props})
    query = _FACTS.format(" ".join(str(og.NamedNode(prop)) for prop in wanted), _OF_DATED)
    rows = solutions(engine.evaluate(query, {})).terms
    concepts = {value.value for _, _, value in rows if isinstance(value, og.NamedNode)}
    called = names(engine, {*wanted, *concepts})
    values: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for thing, prop, value in sorted(rows, key=str):
        said: Mapping[str, str] = {"": _text(value)}
        if isinstance(value, og.Literal) and value.language:
            said = {language_tag(value.language): value.value}
        elif isinstance(value, og.NamedNode) and value.value in called:
            said = called[value.value].labels
        values.setdefault((_text(thing), _text(prop)), []).append(said)
    return {
        key: (called[key[1]].labels if key[1] in called else {}, _joined(said))
        for key, said in values.items()
    }


_OF_DATED: Final = """?thing ?property ?value ; a ?class
  VALUES ?class { schema:Event bibo:Document gda:AssertedGap }"""


def _joined(values: Iterable[Mapping[str, str]]) -> Labels:
    """Return the texts of each language in one."""
    texts: dict[str, list[str]] = {}
    for value in values:
        for tag, text in value.items():
            texts.setdefault(tag, []).append(text)
    return {tag: "; ".join(found) for tag, found in texts.items()}


def _text(term: object) -> str:
    """Return the text of an IRI or literal."""
    return term.value if isinstance(term, og.NamedNode | og.Literal) else str(term)
