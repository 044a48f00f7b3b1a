"""How standards stand: their editions and what became of them, for many standards at once."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg import identifiers
from gdakg.answers import Term, solutions
from gdakg.engine import Engine
from gdakg.errors import DesignationError
from gdakg.namespaces import BASE, GRAPH
from gdakg.naming import Name, blocks, names
from gdakg.turtle import language_tag

#: of more standards than this, only the curated ones are read whole, others when asked for
MANY: Final = 2_000

#: stages in which nothing is in force
ENDED: Final = ("withdrawn", "superseded")

_HOW_MANY: Final = f"SELECT ?standard {{ ?standard a gda:Standard }} LIMIT {MANY + 1}"
_ALL: Final = "SELECT DISTINCT ?standard { ?standard a gda:Standard }"
_CURATED: Final = (
    f"SELECT DISTINCT ?standard {{ GRAPH <{GRAPH}standards> {{ ?standard a gda:Standard }} }}"
)
# A filter and no second VALUES: the engine then looks each standard up, and reads no index whole.
_ABOUT: Final = """
SELECT ?standard ?property ?value WHERE {
  VALUES ?standard { %s }
  ?standard ?property ?value
  FILTER(?property IN (
    dcterms:identifier, skos:prefLabel, dcterms:publisher, gda:stage, gda:currentEdition,
    gda:supportsPillar, gda:inArea, gda:technicallyAlignedWith, gda:adoptionOf))
}
"""
_MEANT_BY: Final = """
SELECT ?standard ?property ?value WHERE {
  VALUES ?standard { %s }
  ?value ?property ?standard
  FILTER(?property IN (gda:technicallyAlignedWith, gda:adoptionOf, gda:candidateStandard))
}
"""
_EDITIONS: Final = """
SELECT ?standard ?edition ?property ?value WHERE {
  VALUES ?standard { %s }
  ?edition dcterms:isVersionOf ?standard .
  ?edition ?property ?value
  FILTER(?property IN (dcterms:identifier, dcterms:issued, schema:endDate, gda:stage))
}
"""
_SUCCESSORS: Final = """
SELECT ?standard ?edition (dcterms:replaces AS ?property) ?value WHERE {
  VALUES ?standard { %s }
  ?edition dcterms:isVersionOf ?standard .
  ?value dcterms:replaces ?edition
}
"""

Values = dict[str, list[og.Literal | og.NamedNode]]


class Edition(NamedTuple):
    """One edition of a standard."""

    iri: str
    codes: tuple[str, ...]  #: its designations; catalogues differ in how they write them
    issued: str  #: as precise as the source, "" if unknown
    stages: tuple[str, ...]  #: as in "withdrawn"; more than one where catalogues differ
    successors: tuple[str, ...]  #: IRIs of the editions that replace it
    ended: str = ""  #: since when it is not in force, as precise as the source, "" if not told

    @property
    def code(self) -> str:
        """Its designation."""
        return self.codes[0]


class Standing(NamedTuple):
    """What is known of one standard, names in the language asked for."""

    iri: str
    code: str  #: without a year
    title: str
    body: str
    stage: str  #: as in "under-review"; of its newest edition where that has one of its own
    editions: tuple[Edition, ...]  #: oldest first
    current: Edition | None  #: the newest that was ever current, though it may be withdrawn
    aligned: tuple[str, ...]  #: codes of aligned and adopted texts of other bodies
    pillars: tuple[str, ...]
    areas: tuple[str, ...]
    gaps: tuple[str, ...]


def is_large(engine: Engine) -> bool:
    """Return whether the graph holds too many standards to read them all beforehand."""
    return len(solutions(engine.evaluate(_HOW_MANY, {}))) > MANY


def standards(engine: Engine, *, is_curated: bool) -> list[str]:
    """Return the IRIs of the standards of the graph, or of those curated by us alone."""
    found = solutions(engine.evaluate(_CURATED if is_curated else _ALL, {}))
    return sorted(row.standard for row in found)


def standings(engine: Engine, iris: Iterable[str], language: str = "en") -> dict[str, Standing]:
    """Return how the standards `iris` stand, by IRI; what is no standard here is left out."""
    asked = [str(og.NamedNode(iri)) for iri in dict.fromkeys(iris)]
    about: dict[str, Values] = {}
    editions: dict[str, dict[str, Values]] = {}
    for block in blocks(asked):
        for query, mark in ((_ABOUT, ""), (_MEANT_BY, "^")):
            for thing, prop, value in _rows(engine, query % block):
                _add(about.setdefault(_iri(thing), {}), mark, prop, value)
        for query in (_EDITIONS, _SUCCESSORS):
            for thing, edition, prop, value in _rows(engine, query % block):
                here = editions.setdefault(_iri(thing), {}).setdefault(_iri(edition), {})
                _add(here, "", prop, value)
    known = {iri: values for iri, values in about.items() if "identifier" in values}
    called = names(engine, {iri for values in known.values() for iri in _named(values)})
    return {
        iri: _standing(iri, values, editions.get(iri, {}), called, language)
        for iri, values in known.items()
    }


def stage_labels(engine: Engine, language: str) -> dict[str, str]:
    """Return the labels of the stages by their names, as in "under-review"."""
    found = solutions(engine.evaluate("SELECT ?stage { ?stage a gda:Stage }", {}))
    called = names(engine, (row.stage for row in found))
    return {iri.removeprefix(f"{BASE}stage/"): name.label(language) for iri, name in called.items()}


def codes_of(engine: Engine, editions: Iterable[str]) -> dict[str, str]:
    """Return the designations of `editions` by IRI; of one that is only mentioned, that it implies.

    What has none is left out.
    """
    wanted = {iri: iri.replace(f"{BASE}ed/", f"{BASE}std/", 1) for iri in editions}
    called = names(engine, {*wanted, *wanted.values()})
    found = {}
    for iri, standard in wanted.items():
        told = called.get(iri) or called.get(standard)
        if code := told.code if told else _implied(iri):
            found[iri] = code
    return found


def _implied(iri: str) -> str:
    """Return the designation of which `iri` is made, "" if that is not certain.

    >>> _implied(f"{BASE}ed/iso-iec/22123-3/2023"), _implied(f"{BASE}ed/unread/x")
    ('ISO/IEC 22123-3:2023', '')
    """
    who, _, rest = iri.removeprefix(f"{BASE}ed/").partition("/")
    number, _, year = rest.partition("/")
    try:
        read = identifiers.parse(f"{who.replace('-', '/')} {number}{':' if year else ''}{year}")
    except DesignationError:
        return ""
    return str(read) if iri == read.edition_iri else ""


def _rows(engine: Engine, query: str) -> list[tuple[Term | None, ...]]:
    """Return the rows of a query of ours, each once, in an order of their own."""
    return sorted(set(solutions(engine.evaluate(query, {})).terms), key=str)


def _iri(term: object) -> str:
    return term.value if isinstance(term, og.NamedNode) else str(term)


def _add(values: Values, mark: str, prop: object, value: object) -> None:
    """Add `value` under the last part of the name of its property."""
    if isinstance(value, og.Literal | og.NamedNode):
        local = _iri(prop).replace("/", "#").rsplit("#", 1)[-1]
        values.setdefault(mark + local, []).append(value)


#: properties whose values are shown by code, and those shown by label
_BY_CODE: Final = (
    *("technicallyAlignedWith", "adoptionOf", "^technicallyAlignedWith", "^adoptionOf"),
    *("publisher", "supportsPillar", "^candidateStandard"),
)
_BY_LABEL: Final = ("inArea",)


def _named(values: Values) -> list[str]:
    """Return the IRIs among `values` that are shown by name."""
    return [v.value for prop in (*_BY_CODE, *_BY_LABEL) for v in values.get(prop, [])]


def _standing(
    iri: str,
    values: Values,
    told: dict[str, Values],
    called: dict[str, Name],
    language: str,
) -> Standing:
    """Return how the standard `iri` stands, of the `values` and editions told of it."""
    editions = tuple(sorted(map(_edition, told, told.values()), key=lambda e: (e.issued, e.iri)))
    currents = {value.value for value in values.get("currentEdition", [])}
    current = max(
        (e for e in editions if e.iri in currents), key=lambda e: (e.issued, e.iri), default=None
    )
    stages = [_stage(value) for value in values.get("stage", [])]
    own = current.stages if current else ()
    titles = {language_tag(label.language or ""): label.value for label in _labels(values)}
    return Standing(
        iri,
        values["identifier"][0].value,
        Name("", titles).label(language),
        "/".join(sorted(_codes(values, ("publisher",), called), reverse=True)),
        next((s for s in own if s in ENDED), own[0] if own else stages[0] if stages else ""),
        editions,
        current,
        tuple(_codes(values, _BY_CODE[:4], called)),
        tuple(_codes(values, ("supportsPillar",), called)),
        tuple(sorted(called[v.value].label(language) for v in values.get("inArea", []))),
        tuple(_codes(values, ("^candidateStandard",), called)),
    )


def _labels(values: Values) -> list[og.Literal]:
    return [value for value in values.get("prefLabel", []) if isinstance(value, og.Literal)]


def _codes(values: Values, props: Iterable[str], called: dict[str, Name]) -> list[str]:
    """Return the codes of what `props` lead to, each once."""
    found = {v.value for prop in props for v in values.get(prop, [])}
    return sorted(called[iri].code or called[iri].label("en") for iri in found if iri in called)


def _edition(iri: str, values: Values) -> Edition:
    """Return the edition `iri` of what is told of it; of several dates the most precise."""

    def date(prop: str) -> str:
        return max((value.value for value in values.get(prop, [])), key=len, default="")

    return Edition(
        iri,
        tuple(value.value for value in values.get("identifier", [])) or (iri,),
        date("issued"),
        tuple(sorted({_stage(value) for value in values.get("stage", [])})),
        tuple(value.value for value in values.get("replaces", [])),
        date("endDate"),
    )


def _stage(value: og.Literal | og.NamedNode) -> str:
    return value.value.removeprefix(f"{BASE}stage/")
