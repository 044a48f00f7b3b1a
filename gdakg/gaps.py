"""The gaps of a graph, all or some, each with all that the graph says about it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, python_value, solutions
from gdakg.engine import Engine
from gdakg.evidence import GRAPHS, iri_of
from gdakg.extent import Extent, extent
from gdakg.gap import Candidate, Committee, Gap, Link, Standing, Texts
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE, GDA, PREFIXES
from gdakg.naming import Name, names
from gdakg.provenance import Source
from gdakg.questions import question
from gdakg.turtle import language_tag

#: the statements about every gap, and the named graphs they stand in
_GAPS: Final = """
SELECT ?thing ?property ?value ?graph WHERE {
  VALUES ?class { gda:Gap gda:AssertedGap gda:ComputedGap }
  ?thing a ?class ; ?property ?value .
  OPTIONAL { GRAPH ?graph { ?thing ?property ?value } }
}"""

#: the statements about what gaps point at
_STANDARDS: Final = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  ?gap gda:candidateStandard ?thing . ?thing ?property ?value
  VALUES ?property { dcterms:publisher dcterms:date foaf:page gda:committee gda:currentEdition
    gda:existedAtCOP28 gda:firstKnownDate gda:stage }
}"""
_EDITIONS: Final = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  ?gap gda:candidateStandard/gda:currentEdition ?thing . ?thing ?property ?value
  VALUES ?property { dcterms:identifier dcterms:issued foaf:page }
}"""
_SOURCES: Final = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  VALUES ?class { gda:Gap gda:AssertedGap gda:ComputedGap }
  ?gap a ?class ; prov:wasDerivedFrom ?thing . ?thing ?property ?value
  VALUES ?property { dcterms:issued foaf:page }
}"""
_COMMITTEES: Final = """
SELECT DISTINCT ?area ?committee ?graph WHERE {
  ?gap gda:concernsArea ?area . ?committee gda:worksInArea ?area
  OPTIONAL { GRAPH ?graph { ?committee gda:worksInArea ?area } }
}"""

#: what sources claim of the status of a gap, each for its date
_CLAIMS: Final = """
SELECT ?thing ?value ?date WHERE {
  ?claim a gda:Claim ; gda:subject ?thing ; gda:property gda:gapStatus ; gda:value ?value .
  OPTIONAL { ?claim gda:asOf ?date }
}"""
_CONTESTED: Final = """
SELECT DISTINCT ?thing ?property WHERE {
  ?contradiction a gda:Contradiction ; gda:subject ?thing ; gda:property ?property }"""

_STATED: Final = f"{BASE}statement-kind/stated"
_COMPUTED: Final = f"{GDA}ComputedGap"

#: of these a gap has one value; with two, sources disagree
_SINGLE: Final = ("basis", "confidence", "namedIn")

Values = dict[str, list[Term]]  #: by local name of the property


class Gaps(NamedTuple):
    """Gaps, what things in them are called, and what was searched for them."""

    gaps: tuple[Gap, ...]
    names: dict[str, Name]
    searched: Extent  #: the gaps that were looked through
    standards: Extent  #: the standards among which candidates are

    def called(self, iri: str, language: str) -> str:
        """Return the label of a thing, else its code or IRI."""
        name = self.names.get(iri, Name("", {}))
        return name.label(language) or name.code or iri

    def code(self, iri: str) -> str:
        """Return the code of a thing, else its English label or IRI."""
        name = self.names.get(iri, Name("", {}))
        return name.code or name.label("en") or iri


def gaps(
    kg: KnowledgeGraph,
    *,
    pillar: str | int | None = None,
    area: str | None = None,
    status: str | None = None,
) -> Gaps:
    """Return the gaps of `kg`, of all or of one pillar, area, status, sorted by code.

    Each is told by its name in any language or its code.  Raises UnknownThingError, naming the
    near ones.
    """
    wanted = [
        (kind, kg.find(str(text), kind))
        for kind, text in (("pillar", pillar), ("area", area), ("gap_status", status))
        if text is not None
    ]
    found = [gap for gap in _Reading(kg.engine).gaps() if all(_has(gap, *one) for one in wanted)]
    classes = (f"{GDA}AssertedGap", _COMPUTED)
    searched = extent(kg.engine, question("gaps")._replace(searched=classes))
    standards = extent(kg.engine, question("gap_candidates"))
    assert searched is not None and standards is not None  # both questions tell their classes
    called = names(kg.engine, _mentioned(found))
    named = [gap._replace(name=called.get(gap.iri, Name("", {}))) for gap in found]
    named.sort(key=lambda gap: (gap.name.code, gap.iri))
    return Gaps(tuple(_sorted(gap, called) for gap in named), called, searched, standards)


def _has(gap: Gap, kind: str, iri: str) -> bool:
    if kind == "gap_status":
        return gap.status == iri
    return any(link.iri == iri for link in (gap.pillars if kind == "pillar" else gap.areas))


def _sorted(gap: Gap, called: Mapping[str, Name]) -> Gap:
    """Return `gap` with pillars, areas, candidates and committees in the order of their names."""

    def by_name(thing: Link | Candidate | Committee) -> tuple[str, str]:
        name = called.get(thing.iri, Name("", {}))
        return name.code or name.label("en"), thing.iri

    return gap._replace(
        pillars=tuple(sorted(gap.pillars, key=by_name)),
        areas=tuple(sorted(gap.areas, key=by_name)),
        candidates=tuple(sorted(gap.candidates, key=by_name)),
        committees=tuple(sorted(gap.committees, key=lambda c: (not c.candidates, by_name(c)))),
        sources=tuple(
            source._replace(name=called.get(source.iri, source.name)) for source in gap.sources
        ),
    )


def _mentioned(found: Iterable[Gap]) -> set[str]:
    """Return the IRIs of all that a reader of the gaps is to be told of by name."""
    properties = ("namedBy", "basis", "confidence", "gapStatus", "candidateStandard", "committee")
    links = ("concernsPillar", "concernsArea", "worksInArea")
    more = {f"{GDA}{name}" for name in (*properties, *links)}
    more.add(PREFIXES["prov"] + "wasDerivedFrom")
    for gap in found:
        said = [*gap.pillars, *gap.areas, *(link for c in gap.committees for link in c.areas)]
        more |= {gap.iri, gap.kind, gap.basis, gap.confidence, *gap.bodies}
        more |= {iri for link in said for iri in link}
        more |= {iri for c in gap.candidates for iri in (c.iri, c.kind, c.stage)}
        more |= {committee.iri for committee in gap.committees}
        more |= {standing.status for standing in gap.standings}
        more |= {source.iri for source in gap.sources}
    return {iri for iri in more if "://" in iri or iri.startswith("urn:")}


class _Reading:
    """All that the graph says about gaps and what they point at, asked once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kinds = {iri_of(graph): iri_of(kind) for graph, kind, _ in self._rows(GRAPHS)}
        self.standards = self._facts(_STANDARDS)
        self.editions = self._facts(_EDITIONS)
        self.sources = self._facts(_SOURCES)
        self.contested = {(iri_of(thing), _local(prop)) for thing, prop in self._rows(_CONTESTED)}
        self.claimed: dict[str, list[Standing]] = {}
        for thing, value, date in self._rows(_CLAIMS):
            standing = Standing(
                iri_of(value), _text(date), _texts([] if iri_of(value) else [value])
            )
            self.claimed.setdefault(iri_of(thing), []).append(standing)
        self.sitting: dict[str, dict[str, set[str]]] = {}
        for area, committee, graph in self._rows(_COMMITTEES):
            by_committee = self.sitting.setdefault(iri_of(area), {})
            by_committee.setdefault(iri_of(committee), set()).add(iri_of(graph))

    def gaps(self) -> Iterator[Gap]:
        """Yield every gap that has an IRI."""
        said: dict[str, dict[tuple[str, Term], set[str]]] = {}
        for thing, prop, value, graph in self._rows(_GAPS):
            if iri_of(thing) and value is not None:
                statements = said.setdefault(iri_of(thing), {})
                statements.setdefault((_local(prop), value), set()).add(iri_of(graph))
        for iri in sorted(said):
            yield self._gap(iri, said[iri])

    def _gap(self, iri: str, said: Mapping[tuple[str, Term], set[str]]) -> Gap:
        values: Values = {}
        links: dict[str, list[Link]] = {}
        for (prop, value), graphs in sorted(said.items(), key=lambda one: str(one[0])):
            values.setdefault(prop, []).append(value)
            links.setdefault(prop, []).append(Link(iri_of(value), self._kind(graphs)))
        candidates = [self._candidate(link) for link in links.get("candidateStandard", [])]
        standings = self._standings(iri, said)
        contested = {prop for thing, prop in self.contested if thing == iri}
        contested |= {prop for prop in _SINGLE if len(values.get(prop, [])) > 1}
        if any(
            one.as_of == next_.as_of and one.status != next_.status
            for one, next_ in pairwise(standings)
        ):
            contested.add("gapStatus")
        return Gap(
            iri=iri,
            name=Name("", {}),
            is_computed=any(link.iri == _COMPUTED for link in links["type"]),
            kind=_best(link.kind for link in links["type"]),
            about=_texts(values.get("definition", []) + values.get("note", [])),
            named_by=_texts(values.get("namedBy", [])),
            named_in=min(map(_text, values.get("namedIn", [])), default=""),
            basis=_first(values, "basis"),
            basis_notes=_texts(values.get("basisNote", [])),
            confidence=_first(values, "confidence"),
            confidence_notes=_texts(values.get("confidenceNote", [])),
            standings=tuple(standings),
            sources=tuple(self._source(term) for term in values.get("wasDerivedFrom", [])),
            pillars=tuple(links.get("concernsPillar", [])),
            areas=tuple(links.get("concernsArea", [])),
            candidates=tuple(candidates),
            committees=self._committees(candidates, links.get("concernsArea", [])),
            contested=frozenset(contested),
        )

    def _standings(self, iri: str, said: Mapping[tuple[str, Term], set[str]]) -> list[Standing]:
        """Return the status that each named graph and each claim gives, oldest first."""
        by_graph: dict[str, Values] = {}
        for (prop, value), graphs in sorted(said.items(), key=lambda one: str(one[0])):
            for graph in graphs:
                by_graph.setdefault(graph, {}).setdefault(prop, []).append(value)
        found = [
            Standing(
                iri_of(status),
                max(map(_text, values.get("asOf", [])), default=""),
                _texts(values.get("statusNote", [])),
            )
            for _, values in sorted(by_graph.items())
            for status in values.get("gapStatus", [])
        ]
        unique = {
            (s.as_of, s.status, str(s.notes)): s for s in (*self.claimed.get(iri, []), *found)
        }
        return [unique[key] for key in sorted(unique)]

    def _candidate(self, link: Link) -> Candidate:
        values = self.standards.get(link.iri, {})
        edition = self._edition(values)
        existed = [python_value(value) for value in values.get("existedAtCOP28", [])]
        disputed = {
            prop
            for thing in (link.iri, *map(iri_of, values.get("currentEdition", [])))
            for prop in ("issued", "stage")
            if (thing, prop) in self.contested
        }
        dated = edition.get("issued", []) or values.get("date", [])
        return Candidate(
            iri=link.iri,
            kind=link.kind,
            bodies=tuple(sorted(map(iri_of, values.get("publisher", [])))),
            committees=tuple(sorted(map(iri_of, values.get("committee", [])))),
            stage=_first(values, "stage"),
            edition=min(map(_text, edition.get("identifier", [])), default=""),
            issued=max(map(_text, dated), default=""),
            since=min(map(_text, values.get("firstKnownDate", [])), default=""),
            is_new=not existed[0] if existed and edition else None,
            page=_first(edition, "page") or _first(values, "page"),
            contested=frozenset(disputed),
        )

    def _edition(self, values: Values) -> Values:
        """Return what is said of the current edition; of several, of the newest."""
        known = [self.editions.get(iri_of(one), {}) for one in values.get("currentEdition", [])]
        return max(
            known, key=lambda e: max(map(_text, e.get("issued", [])), default=""), default={}
        )

    def _committees(
        self, candidates: Iterable[Candidate], areas: Iterable[Link]
    ) -> tuple[Committee, ...]:
        through: dict[str, tuple[set[str], set[Link]]] = {}
        for candidate in candidates:
            for committee in candidate.committees:
                through.setdefault(committee, (set(), set()))[0].add(candidate.iri)
        for area in areas:
            for committee, graphs in self.sitting.get(area.iri, {}).items():
                link = Link(area.iri, self._kind(graphs))
                through.setdefault(committee, (set(), set()))[1].add(link)
        return tuple(
            Committee(iri, tuple(sorted(standards)), tuple(sorted(links)))
            for iri, (standards, links) in sorted(through.items())
        )

    def _source(self, term: Term) -> Source:
        iri = iri_of(term)
        values = self.sources.get(iri, {})
        page = _first(values, "page") or ("" if iri.startswith(BASE) else iri)
        date = min(map(_text, values.get("issued", [])), default="")
        return Source(iri or _text(term), Name("", {"": _text(term)}), page, date)

    def _kind(self, graphs: Iterable[str]) -> str:
        """Return the kind of statements in `graphs`: stated if it is so in one of them."""
        return _best(self.kinds.get(graph, "") for graph in graphs)

    def _facts(self, query: str) -> dict[str, Values]:
        found: dict[str, Values] = {}
        for thing, prop, value in self._rows(query):
            if value is not None:
                found.setdefault(iri_of(thing), {}).setdefault(_local(prop), []).append(value)
        return found

    def _rows(self, query: str) -> list[tuple[Term | None, ...]]:
        return solutions(self.engine.evaluate(query, {})).terms


def _best(kinds: Iterable[str]) -> str:
    """Return stated if it is among the kinds of statements, else any of them that is one."""
    known = set(filter(None, kinds))
    return _STATED if _STATED in known else min(known, default="")


def _local(prop: Term | None) -> str:
    """Return the last part of an IRI."""
    return iri_of(prop).replace("#", "/").rpartition("/")[2]


def _first(values: Values, name: str) -> str:
    """Return the first IRI of a property, "" if there is none."""
    return min(filter(None, map(iri_of, values.get(name, []))), default="")


def _text(term: Term | None) -> str:
    """Return the text of a term, a date as it is written."""
    return term.value if isinstance(term, og.Literal | og.NamedNode) else ""


def _texts(terms: Iterable[Term | None]) -> Texts:
    """Return texts by their language."""
    found: dict[str, list[str]] = {}
    for term in terms:
        if isinstance(term, og.Literal):
            found.setdefault(language_tag(term.language or ""), []).append(term.value)
    return {tag: "; ".join(sorted(set(texts))) for tag, texts in sorted(found.items())}
