"""All that the graph says about one thing, grouped by whose word it is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, python_value, solutions
from gdakg.engine import Engine
from gdakg.namespaces import GDA, PREFIXES, shorten
from gdakg.naming import Name, names
from gdakg.turtle import language_tag

_OUTGOING = "SELECT ?graph ?property ?other WHERE { GRAPH ?graph { ?thing ?property ?other } }"
_INCOMING = "SELECT ?graph ?property ?other WHERE { GRAPH ?graph { ?other ?property ?thing } }"

#: claims, recorded relations and contradictions that involve the thing, whole
_RECORDS = """SELECT ?graph ?record ?property ?value WHERE {
  { ?record gda:subject ?thing } UNION { ?record gda:object ?thing }
  GRAPH ?graph { ?record ?property ?value } }"""

_GRAPHS = """SELECT ?graph ?kind ?source WHERE {
  ?graph gda:statementKind ?kind . OPTIONAL { ?graph prov:wasDerivedFrom ?source } }"""

#: the sources of what points at the thing
_SOURCES = """SELECT DISTINCT ?graph ?other ?source WHERE {
  GRAPH ?graph { ?other ?property ?thing ; prov:wasDerivedFrom ?source } } ORDER BY ?source"""

_TYPE = PREFIXES["rdf"] + "type"
_SOURCE = PREFIXES["prov"] + "wasDerivedFrom"

#: kinds of statements, the most reliable first
_ORDER = ("stated", "inferred", "judged", "computed")


class Statement(NamedTuple):
    """One statement about the thing, ready to be read."""

    label: str  #: the property
    value: str  #: the other end, or the literal
    is_incoming: bool = False  #: whether the thing is the object
    remark: str = ""  #: date, basis, confidence and source that are the statement's own


class Group(NamedTuple):
    """Statements that rest on the same word: those of one named graph."""

    title: str  #: what the named graph holds
    kind: str  #: stated by a source, judged by us, inferred, computed
    sources: tuple[str, ...]  #: where they come from: the thing's own sources, else the graph's
    statements: tuple[Statement, ...]


class Description(NamedTuple):
    """What the graph says about one thing."""

    iri: str
    name: str  #: code and label
    groups: tuple[Group, ...]


class _Row(NamedTuple):
    """A statement as the engine gives it."""

    graph: str
    property: str
    other: Term | None
    is_incoming: bool


def describe(engine: Engine, iri: str, language: str = "en") -> Description:
    """Return all that the graph behind `engine` says about the thing `iri`."""
    about = {"thing": og.NamedNode(iri)}
    rows = [
        _Row(_iri(graph), _iri(prop), other, is_incoming)
        for text, is_incoming in ((_OUTGOING, False), (_INCOMING, True))
        for graph, prop, other in solutions(engine.evaluate(text, about)).terms
    ]
    records = _records(engine, about)
    theirs: dict[tuple[str, str], list[str]] = {}
    for found in solutions(engine.evaluate(_SOURCES, about)).terms:
        theirs.setdefault((_iri(found[0]), _iri(found[1])), []).append(_iri(found[2]))
    kinds, graph_sources = _graphs(engine)
    mentioned = {iri, *kinds.values(), *(source for s in graph_sources.values() for source in s)}
    mentioned |= {part for row in rows for part in (row.graph, row.property, _iri(row.other))}
    mentioned |= {_iri(v) for _, r in records.values() for values in r.values() for v in values}
    mentioned |= {graph for graph, _ in records.values()}
    mentioned |= {source for sources in theirs.values() for source in sources}
    reader = _Reader(names(engine, mentioned), language)

    said: dict[str, list[Statement]] = {}
    covered: set[tuple[str, str]] = set()
    for record, (graph, values) in sorted(records.items()):
        said.setdefault(graph, []).extend(reader.record(iri, record, values, covered))
    hidden = {*records, iri}
    for row in sorted(
        rows, key=lambda row: (row.is_incoming, row.property, reader.term(row.other))
    ):
        if _iri(row.other) not in hidden and (row.property, _iri(row.other)) not in covered:
            sources = theirs.get((row.graph, _iri(row.other)), []) if row.is_incoming else []
            said.setdefault(row.graph, []).append(reader.statement(row, sources))
    own = _own_sources(rows)
    home = {row.graph for row in rows if row.property == _TYPE and not row.is_incoming}
    groups = [
        Group(
            reader.called(graph),
            reader.called(kinds[graph]) if graph in kinds else "",
            tuple(reader.source(s) for s in own.get(graph) or graph_sources.get(graph, [])),
            tuple(statements),
        )
        for graph, statements in sorted(
            said.items(), key=lambda item: (item[0] not in home, *_place(kinds, item[0]))
        )
    ]
    return Description(iri, reader.called(iri), tuple(groups))


def _iri(term: Term | None) -> str:
    """Return the text of an IRI, "" for any other term."""
    return term.value if isinstance(term, og.NamedNode) else ""


Records = dict[str, tuple[str, dict[str, list[Term]]]]


def _records(engine: Engine, about: Mapping[str, og.NamedNode]) -> Records:
    """Return the claims, relations and contradictions about the thing: graph and values."""
    found: Records = {}
    for graph, record, prop, value in solutions(engine.evaluate(_RECORDS, about)).terms:
        _, values = found.setdefault(_iri(record), (_iri(graph), {}))
        if value is not None and value not in values.setdefault(_iri(prop), []):
            values[_iri(prop)].append(value)
    return found


def _graphs(engine: Engine) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the kind of statements of each named graph, and its sources."""
    kinds: dict[str, str] = {}
    sources: dict[str, list[str]] = {}
    for graph, kind, source in solutions(engine.evaluate(_GRAPHS, {})).terms:
        kinds[_iri(graph)] = _iri(kind)
        if source is not None:
            sources.setdefault(_iri(graph), []).append(_iri(source))
    return kinds, {graph: sorted(found) for graph, found in sources.items()}


def _place(kinds: Mapping[str, str], graph: str) -> tuple[int, str]:
    """Return where the statements of `graph` stand among the others."""
    kind = kinds.get(graph, "").rsplit("/", 1)[-1]
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER)), graph


def _own_sources(rows: Iterable[_Row]) -> dict[str, list[str]]:
    """Return the sources that the thing names for itself in each graph."""
    own: dict[str, list[str]] = {}
    for row in rows:
        if row.property == _SOURCE and not row.is_incoming:
            own.setdefault(row.graph, []).append(_iri(row.other))
    return {graph: sorted(found) for graph, found in own.items()}


class _Reader(NamedTuple):
    """Terms as a reader of one language sees them."""

    names: Mapping[str, Name]
    language: str

    def called(self, iri: str) -> str:
        """Return what the thing `iri` is called."""
        name = self.names.get(iri)
        return (name.full(self.language) if name else "") or shorten(iri)

    def source(self, iri: str) -> str:
        """Return a source: its identifier and title, or its address."""
        return self.called(iri) if iri in self.names else iri

    def term(self, term: Term | None) -> str:
        """Return a thing by its name, a literal with its language unless it is the reader's."""
        if isinstance(term, og.NamedNode):
            return self.called(term.value)
        tag = language_tag(term.language or "") if isinstance(term, og.Literal) else ""
        value = python_value(term)
        text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
        return f"{text} [{tag}]" if tag and tag != self.language else text

    def cited(self, sources: Iterable[str]) -> str:
        """Return "source: ..." with the identifiers or addresses of `sources`, or ""."""
        codes = [self.names[s].code if s in self.names else s for s in sources]
        return f"source: {', '.join(codes)}" if codes else ""

    def statement(self, row: _Row, sources: Iterable[str]) -> Statement:
        """Return a plain statement; `sources` are those of the other end, if it states this."""
        label, remark = self.called(row.property), self.cited(sources)
        return Statement(label, self.term(row.other), row.is_incoming, remark)

    def record(
        self,
        iri: str,
        record: str,
        values: Mapping[str, list[Term]],
        covered: set[tuple[str, str]],
    ) -> Iterable[Statement]:
        """Yield a claim or relation as statements; add the plain triples they stand for."""

        def got(name: str) -> list[Term]:
            return values.get(GDA + name, [])

        properties = got("property")
        label = self.called(_iri(properties[0])) if properties else self.called(record)
        remark = "; ".join(
            self.term(value)
            for name in ("asOf", "asOfNote", "basisNote", "confidence")
            for value in got(name)
        )
        cited = self.cited(map(_iri, values.get(_SOURCE, [])))
        remark = "; ".join(filter(None, (remark, cited)))
        subjects = [s for s in got("subject") if _iri(s) != iri]
        for end in subjects or got("object") or got("value") or got("suggestedReading"):
            is_incoming = bool(subjects)
            covered |= {(_iri(prop), _iri(end)) for prop in properties if _iri(end)}
            yield Statement(label, self.term(end), is_incoming, remark)
