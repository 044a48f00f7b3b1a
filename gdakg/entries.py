"""Everything that has a page of its own, and what belongs to what: asked for in bulk."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, python_value, solutions
from gdakg.engine import Engine
from gdakg.naming import Name, names
from gdakg.turtle import language_tag

#: kind of thing -> its classes, in the order in which they are listed
CLASSES: Final[dict[str, str]] = {
    "pillar": "gda:Pillar",
    "area": "gda:CooperationArea",
    "task": "gda:Task",
    "gap": "gda:AssertedGap gda:ComputedGap gda:Gap",
    "standard": "gda:Standard",
    "body": "org:FormalOrganization org:OrganizationalCollaboration org:Organization",
    "committee": "org:OrganizationalUnit",
    "event": "schema:Event",
    "document": "bibo:Document",
    "project": "schema:Project",
}

_STANDARDS: Final = """SELECT DISTINCT ?standard ?edition ?code ?issued ?stage ?page WHERE {
  ?standard a gda:Standard .
  OPTIONAL { ?standard gda:stage ?stage }
  OPTIONAL { ?standard gda:currentEdition ?edition . ?edition dcterms:identifier ?code
    OPTIONAL { ?edition dcterms:issued ?issued } OPTIONAL { ?edition foaf:page ?page } } }"""

_EDITIONS: Final = """SELECT DISTINCT ?edition ?standard ?code ?issued ?page ?current WHERE {
  ?edition dcterms:isVersionOf ?standard .
  OPTIONAL { ?edition dcterms:identifier ?code }
  OPTIONAL { ?edition dcterms:issued ?issued } OPTIONAL { ?edition foaf:page ?page }
  BIND(EXISTS { ?standard gda:currentEdition ?edition } AS ?current) }"""

#: names by the kind of statements among which they stand
_WORDED: Final = """SELECT DISTINCT ?thing ?name ?kind WHERE {
  GRAPH ?graph { ?thing skos:prefLabel ?name } ?graph gda:statementKind ?kind }"""

#: a group, a property, and what belongs to it; of a task in the order of its steps
_MEMBERS: Final = """SELECT DISTINCT ?group ?property ?member WHERE {
  { ?member a gda:Standard ; ?property ?group
    VALUES ?property { gda:supportsPillar gda:inArea dcterms:publisher gda:committee
      gda:supportsTask } }
  UNION { ?group gda:candidateStandard ?member BIND(gda:candidateStandard AS ?property) }
  UNION { ?member ?property ?group VALUES ?property { gda:concernsPillar gda:concernsArea }
    VALUES ?class { gda:AssertedGap gda:ComputedGap gda:Gap } ?member a ?class }
  UNION { ?member gda:candidateStandard ?group BIND(gda:concernsStandard AS ?property) }
}"""

#: the gaps that concern a thing, against its standards
_GAPS: Final = ("concernsPillar", "concernsArea", "concernsStandard")

_FACTS: Final = """SELECT DISTINCT ?thing ?property ?value WHERE {
  VALUES ?property { %s } ?thing ?property ?value }"""

#: what is told first of a thing, in this order
_TOLD: Final = (
    *("dcterms:publisher", "gda:currentEdition", "gda:stage", "dcterms:type", "gda:bodyType"),
    *("gda:gapStatus", "gda:basis", "gda:namedBy", "gda:namedIn", "schema:startDate"),
    *("schema:endDate", "schema:location", "dcterms:creator", "gda:actor", "dcterms:issued"),
    *("gda:supportsPillar", "gda:concernsPillar", "gda:inArea", "gda:concernsArea"),
    *("gda:committee", "org:unitOf", "org:memberOf", "gda:worksInArea", "gda:supportsTask"),
    *("dcterms:subject", "gda:usualAccess", "gda:founded", "foaf:homepage", "foaf:page"),
    *("skos:definition", "dcterms:description"),
)


class Entry(NamedTuple):
    """One thing with a page of its own."""

    iri: str
    kind: str  #: a key of `CLASSES`
    name: Name


class Row(NamedTuple):
    """What a list tells of a standard besides its name."""

    edition: str  #: designation of the current edition, "" if it has none
    issued: str  #: its date, as precise as recorded
    stage: str  #: IRI
    page: str  #: address at the publisher, "" if none is recorded


class Issue(NamedTuple):
    """An edition of a standard, as its page tells of it."""

    standard: str  #: IRI
    code: str  #: designation
    issued: str  #: date as precise as recorded, "" if none is
    page: str  #: address at the publisher, "" if none is recorded
    is_current: bool


class Entries(NamedTuple):
    """All things with pages, and what a page or list needs to know of them."""

    by_iri: dict[str, Entry]
    rows: dict[str, Row]  #: of standards
    editions: dict[str, Issue]  #: by their IRIs, the newest first
    standards: dict[str, list[str]]  #: of a pillar, area, body, committee, task or gap
    gaps: dict[str, list[str]]  #: that concern a pillar, area or standard
    ours: set[tuple[str, str]]  #: thing and language of each name that is our wording
    facts: dict[str, list[tuple[str, list[Term]]]]  #: property and its values, most telling first
    names: dict[str, Name]  #: of all that the facts and rows mention


def entries(engine: Engine) -> Entries:
    """Return all things of the graph that have pages: by kind, then by code or name."""
    kinds: dict[str, str] = {}
    for kind, classes in CLASSES.items():
        text = f"SELECT DISTINCT ?thing WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class }}"
        found = solutions(engine.evaluate(text, {})).terms
        kinds |= {t.value: kind for (t,) in found if isinstance(t, og.NamedNode)}
    rows = _rows(engine)
    facts = _facts(engine)
    told = {value.value for said in facts.values() for _, values in said for value in _iris(values)}
    properties = {prop for said in facts.values() for prop, _ in said}
    called = names(engine, {*kinds, *told, *properties, *(row.stage for row in rows.values())})
    order = list(CLASSES)
    by_iri = {
        iri: Entry(iri, kind, called.get(iri, Name("", {})))
        for iri, kind in sorted(
            kinds.items(),
            key=lambda item: (order.index(item[1]), _key(called.get(item[0]), item[0])),
        )
    }
    standards, gaps = _members(engine, by_iri)
    return Entries(by_iri, rows, _editions(engine), standards, gaps, _ours(engine), facts, called)


def _key(name: Name | None, iri: str) -> list[tuple[int, int, str]]:
    """Return where a name stands in a list: numbers in it by their size."""
    import re

    text = (name.code or name.label("en")) if name else iri
    parts = re.findall(r"\d+|\D+", text)
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts]


def _iris(values: Iterable[Term]) -> list[og.NamedNode]:
    return [value for value in values if isinstance(value, og.NamedNode)]


def _text(term: Term | None) -> str:
    return "" if term is None else str(python_value(term))


def _rows(engine: Engine) -> dict[str, Row]:
    """Return what lists tell of each standard; of two pages the first."""
    rows: dict[str, Row] = {}
    for standard, _, code, issued, stage, page in sorted(
        solutions(engine.evaluate(_STANDARDS, {})).terms, key=str
    ):
        lexical = issued.value if isinstance(issued, og.Literal) else ""
        rows.setdefault(_text(standard), Row(_text(code), lexical, _text(stage), _text(page)))
    return rows


def _editions(engine: Engine) -> dict[str, Issue]:
    """Return all editions, the newest first; of two pages the first."""
    found: dict[str, Issue] = {}
    for edition, standard, code, issued, page, current in sorted(
        solutions(engine.evaluate(_EDITIONS, {})).terms, key=str
    ):
        lexical = issued.value if isinstance(issued, og.Literal) else ""
        is_current = bool(python_value(current))
        issue = Issue(_text(standard), _text(code), lexical, _text(page), is_current)
        found.setdefault(_text(edition), issue)
    return dict(sorted(found.items(), key=lambda item: (item[1].issued, item[0]), reverse=True))


def _ours(engine: Engine) -> set[tuple[str, str]]:
    """Return thing and language of each name that no source states."""
    kinds: dict[tuple[str, str], set[str]] = {}
    for thing, name, kind in solutions(engine.evaluate(_WORDED, {})).terms:
        if isinstance(name, og.Literal) and name.language:
            tag = language_tag(name.language)
            kinds.setdefault((_text(thing), tag), set()).add(_local(_text(kind)))
    return {named for named, found in kinds.items() if found <= {"judged", "inferred"}}


def _facts(engine: Engine) -> dict[str, list[tuple[str, list[Term]]]]:
    """Return the telling facts of each thing, values sorted."""
    found: dict[str, dict[str, list[Term]]] = {}
    for thing, prop, value in solutions(engine.evaluate(_FACTS % " ".join(_TOLD), {})).terms:
        if value is not None:
            found.setdefault(_text(thing), {}).setdefault(_text(prop), []).append(value)
    ranks = {name.partition(":")[2]: rank for rank, name in enumerate(_TOLD)}
    return {
        thing: [
            (prop, sorted(values, key=str))
            for prop, values in sorted(said.items(), key=lambda item: ranks[_local(item[0])])
        ]
        for thing, said in found.items()
    }


def _local(iri: str) -> str:
    """Return the last part of an IRI.

    >>> _local("https://w3id.org/gdakg/def#stage")
    'stage'
    """
    return iri.replace("#", "/").rpartition("/")[2]


def _members(
    engine: Engine, by_iri: dict[str, Entry]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the standards and the gaps that belong to each thing, in the order of lists."""
    place = {iri: number for number, iri in enumerate(by_iri)}
    standards: dict[str, set[str]] = {}
    gaps: dict[str, set[str]] = {}
    for group, prop, member in solutions(engine.evaluate(_MEMBERS, {})).terms:
        lists = gaps if _local(_text(prop)) in _GAPS else standards
        if _text(member) in place:
            lists.setdefault(_text(group), set()).add(_text(member))
    return tuple(  # type: ignore[return-value]
        {group: sorted(members, key=place.__getitem__) for group, members in lists.items()}
        for lists in (standards, gaps)
    )
