"""On whose word a statement stands: its named graph, sources, confidence, and who disagrees."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, python_value, solutions
from gdakg.engine import Engine
from gdakg.errors import UnknownThingError
from gdakg.evidence import (
    GRAPHS,
    INCOMING,
    OUTGOING,
    RECORDS,
    Records,
    iri_of,
    key_of,
    records,
    unnamed,
)
from gdakg.namespaces import BASE, GDA, PREFIXES, shorten
from gdakg.naming import Name, blocks, names
from gdakg.things import find, fold

#: sources and confidence that a thing, or what points at it, has in a named graph
_OWN: Final = """SELECT DISTINCT ?graph ?owner ?source ?confidence WHERE {
  VALUES ?owner { %s }
  GRAPH ?graph {
    { ?owner prov:wasDerivedFrom ?source } UNION { ?owner gda:confidence ?confidence } } }"""

_PREFERRED: Final = """SELECT ?claim ?reading WHERE {
  ?contradiction gda:claim ?claim ; gda:suggestedReading ?reading .
  { ?claim gda:subject ?thing } UNION { ?contradiction gda:subject ?thing }
  FILTER EXISTS { ?contradiction gda:preferredClaim ?claim } }"""

_DISPUTED: Final = """SELECT DISTINCT ?claim ?contradiction WHERE {
  ?contradiction gda:claim ?claim . ?claim gda:subject ?thing }"""

#: page, date, and the catalogue to which a file belongs
_SOURCES: Final = """SELECT ?source ?url ?date ?whole WHERE {
  VALUES ?source { %s }
  OPTIONAL { ?source foaf:page ?url }
  OPTIONAL { ?whole dcterms:hasPart ?source ; a gda:Source }
  OPTIONAL { ?source dcterms:issued ?own }
  OPTIONAL { ?whole dcterms:issued ?its }
  BIND(COALESCE(?own, ?its) AS ?date) }"""

_PROPERTIES: Final = """SELECT ?property ?name WHERE {
  { ?property a ?class ; rdfs:label ?name
    FILTER(?class IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty)) }
  UNION { ?property a gda:ClaimedProperty ; skos:prefLabel ?name } }"""

_SOURCE: Final = PREFIXES["prov"] + "wasDerivedFrom"


class Source(NamedTuple):
    """What a statement was taken from."""

    iri: str  #: or, of a source that is no IRI, its Turtle
    name: Name  #: identifier and title, of a catalogue's file those of the catalogue
    url: str  #: "" if none is recorded
    date: str  #: as precise as recorded, of a file that of its catalogue, "" if none is


class Reason(NamedTuple):
    """One statement, and why this graph makes it."""

    property: str  #: IRI; of a claim without a property, that of `gda:value`
    value: Term  #: the object; of an incoming statement, its subject
    graph: str  #: IRI of the named graph
    kind: str  #: IRI of the kind of statements there, "" if the graph is not described
    sources: tuple[Source, ...]  #: the statement's own, else the thing's, else the graph's
    confidence: str  #: IRI of the degree, "" if none is recorded
    basis: Term | None = None  #: on what it rests, in words
    as_of: Term | None = None  #: the date for which it holds, or words on it
    is_incoming: bool = False  #: whether the thing is the object
    is_contested: bool = False  #: whether sources disagree
    reading: Term | None = None  #: of the claim that we prefer: the reason; None of all others
    contradiction: str = ""  #: IRI of the contradiction in which a claim stands, "" if in none


def why(engine: Engine, thing: str, prop: str | None = None, value: object = None) -> list[Reason]:
    """Return each statement about the thing `thing` (an IRI) with what it rests on, sorted.

    `prop` keeps the statements of one property, `value` those with this object: a term, an
    IRI, a name, or the text of a literal.  Claims of sources stand among the statements, as
    values of what they claim.  Raises UnknownThingError for a name of no property.
    """
    evidence = _Evidence(engine, thing)
    reasons = [*evidence.plain(), *evidence.claims()]
    if prop is not None:
        wanted = find_property(engine, prop)
        reasons = [reason for reason in reasons if reason.property == wanted]
    if isinstance(value, og.NamedNode | og.BlankNode | og.Literal | bool):
        reasons = [r for r in reasons if value in (r.value, python_value(r.value))]
    elif value is not None:
        meant = _meant(engine, str(value))
        reasons = [r for r in reasons if str(python_value(r.value)) in meant]
    return sorted(
        reasons, key=lambda r: (r.is_incoming, r.property, r.contradiction, str(r.value), r.graph)
    )


def find_property(engine: Engine, text: str) -> str:
    """Return the IRI of the property called `text`: IRI, `gda:stage`, `stage`, or a label.

    An IRI and a prefixed name may be of any vocabulary.  Raises UnknownThingError for another
    name that the ontology does not have, naming the near ones.
    """
    prefix, colon, local = text.strip("<>").partition(":")
    if local.startswith("//"):
        return text.strip("<>")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    known: dict[str, set[str]] = {}
    for prop, label in solutions(engine.evaluate(_PROPERTIES, {})).terms:
        iri = str(python_value(prop))
        local = shorten(iri).rpartition(":")[2]
        for name in (iri, shorten(iri), local, str(python_value(label))):
            known.setdefault(fold(name), set()).add(iri)
    found = known.get(fold(text.strip("<>")), set())
    ours = {iri for iri in found if iri.startswith(GDA)} or found
    if len(ours) == 1:
        return ours.pop()
    if ours:
        raise UnknownThingError(
            f"{text!r} may be {' or '.join(map(shorten, sorted(ours)))}: say which"
        )
    import difflib

    near = difflib.get_close_matches(fold(text), known, n=5, cutoff=0.6)
    listed = sorted({shorten(iri) for name in near for iri in known[name]})
    hint = f"; near: {', '.join(listed)}" if listed else ""
    raise UnknownThingError(f"the ontology has no property {text[:80]!r}{hint}")


def _meant(engine: Engine, text: str) -> set[str]:
    """Return how the value that `text` names may be written: itself, or as an IRI."""
    try:
        return {text, find(engine, text)}
    except UnknownThingError:
        return {text}


class _Evidence:
    """All that bears on the statements about one thing, asked once."""

    def __init__(self, engine: Engine, thing: str) -> None:
        self.engine = engine
        self.about = {"thing": og.NamedNode(thing)}
        #: whether the thing stands in named graphs, as ours do, or in the default graph alone
        self.is_named = True
        self.is_named = bool(self._asked(OUTGOING) or self._asked(INCOMING))
        self.records = self._records()
        self.contested = {
            key_of(prop)
            for _, values in self.records.values()
            if "claim" in values and _first(values, "subject") == thing
            for prop in values.get("property", [])
        }
        self.rows = [
            (iri_of(graph), iri_of(prop), other, is_incoming)
            for query, is_incoming in ((OUTGOING, False), (INCOMING, True))
            for graph, prop, other in self._asked(query)
            if other is not None and iri_of(prop) != _SOURCE and key_of(other) not in self.records
        ]
        self.own = self._own({thing} | {iri_of(row[2]) for row in self.rows if row[3]})
        self.kinds: dict[str, str] = {}
        self.general: dict[str, list[str]] = {}
        for graph, kind, source in solutions(engine.evaluate(GRAPHS, {})).terms:
            self.kinds[iri_of(graph)] = iri_of(kind)
            if source is not None:
                self.general.setdefault(iri_of(graph), []).append(key_of(source))
        self.sources = self._sources()
        self.thing = thing

    def plain(self) -> Iterable[Reason]:
        """Yield the statements that stand as triples, with what a record of them adds."""
        recorded = {
            (
                _first(values, "property"),
                _first(values, "subject"),
                _first(values, "object"),
            ): values
            for _, values in self.records.values()
            if "object" in values
        }
        for graph, prop, value, is_incoming in self.rows:
            ends = (iri_of(value), self.thing) if is_incoming else (self.thing, iri_of(value))
            record = recorded.get((prop, *ends)) or recorded.get((prop, *ends[::-1])) or {}
            own = self.own.get((graph, ends[0]), {})
            reason = self._reason(prop, value, graph, record or own, is_incoming=is_incoming)
            contested = prop in self.contested and not is_incoming
            yield reason._replace(is_contested=contested)

    def claims(self) -> Iterable[Reason]:
        """Yield what sources claim of the thing, contested ones marked."""
        stated = [
            (graph, record, values)
            for record, (graph, values) in self.records.items()
            if "value" in values and _first(values, "subject") == self.thing
        ]
        by_property: dict[str, set[str]] = {}
        for _, _, values in stated:
            text = str(python_value(values["value"][0]))
            by_property.setdefault(_first(values, "property"), set()).add(text)
        disputes = {key_of(row[0]): iri_of(row[1]) for row in self._asked(_DISPUTED)}
        readings = {key_of(row[0]): row[1] for row in self._asked(_PREFERRED)}
        for graph, record, values in stated:
            prop = _first(values, "property")
            reason = self._reason(prop or GDA + "value", values["value"][0], graph, values)
            yield reason._replace(
                is_contested=record in disputes or (prop != "" and len(by_property[prop]) > 1),
                reading=readings.get(record),
                contradiction=disputes.get(record, ""),
            )

    def _reason(
        self,
        prop: str,
        value: Term,
        graph: str,
        said: Mapping[str, list[Term]],
        *,
        is_incoming: bool = False,
    ) -> Reason:
        """Return the statement with the sources that `said` of it has, else its graph's."""
        keys = sorted(map(key_of, said.get("wasDerivedFrom", [])))
        keys = keys or sorted(self.general.get(graph, []))
        return Reason(
            prop,
            value,
            graph,
            self.kinds.get(graph, ""),
            tuple(self.sources[key] for key in keys),
            _first(said, "confidence"),
            _one(said, "basisNote"),
            _one(said, "asOf") or _one(said, "asOfNote"),
            is_incoming,
        )

    def _asked(self, query: str) -> list[tuple[Term | None, ...]]:
        text = query if self.is_named else unnamed(query)
        return solutions(self.engine.evaluate(text, self.about)).terms

    def _records(self) -> Records:
        """Return claims and recorded relations: graph, and values by local name of property."""
        return {
            record: (graph, {_local(prop): listed for prop, listed in values.items()})
            for record, (graph, values) in records(self._asked(RECORDS)).items()
        }

    def _own(self, things: set[str]) -> dict[tuple[str, str], dict[str, list[Term]]]:
        """Return sources and confidence that each of the `things` has in each graph."""
        found: dict[tuple[str, str], dict[str, list[Term]]] = {}
        for block in blocks(f"<{iri}>" for iri in sorted(things) if iri):
            for graph, thing, source, confidence in self._asked(_OWN % block):
                values = found.setdefault((iri_of(graph), iri_of(thing)), {})
                for name, term in (("wasDerivedFrom", source), ("confidence", confidence)):
                    if term is not None:
                        values.setdefault(name, []).append(term)
        return found

    def _sources(self) -> dict[str, Source]:
        """Return the sources of all that was found, by IRI."""
        said = [*self.own.values(), *(values for _, values in self.records.values())]
        keys = {key_of(term) for values in said for term in values.get("wasDerivedFrom", [])}
        keys |= {key for listed in self.general.values() for key in listed}
        iris = {key for key in keys if not key.startswith(("_:", '"'))}
        details: dict[str, tuple[str, str, str]] = {}
        for block in blocks(f"<{iri}>" for iri in sorted(iris)):
            for source, url, date, whole in solutions(
                self.engine.evaluate(_SOURCES % block, {})
            ).terms:
                details[iri_of(source)] = (
                    iri_of(url),
                    str(python_value(date) or ""),
                    iri_of(whole),
                )
        called = names(self.engine, iris | {whole for *_, whole in details.values()})
        found = {
            iri: Source(
                iri,
                called.get(iri) or called.get(whole) or Name("", {}),
                url or ("" if iri.startswith(BASE) else iri),
                date,
            )
            for iri, (url, date, whole) in details.items()
        }
        return found | {key: Source(key, Name("", {"": key}), "", "") for key in keys - iris}


def _local(prop: str) -> str:
    """Return the last part of an IRI."""
    return prop.replace("#", "/").rpartition("/")[2]


def _first(values: Mapping[str, list[Term]], name: str) -> str:
    """Return the first IRI of a property, "" if there is none."""
    return next((iri_of(term) for term in values.get(name, [])), "")


def _one(values: Mapping[str, list[Term]], name: str) -> Term | None:
    """Return the first value of a property in the order of its text."""
    return min(values.get(name, []), key=str, default=None)
