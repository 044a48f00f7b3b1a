"""All that the graph says about one thing, grouped by whose word it is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, python_value, solutions
from gdakg.engine import Engine
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
from gdakg.namespaces import GDA, PREFIXES, shorten
from gdakg.naming import Name, disputed, names, yes_or_no
from gdakg.turtle import language_tag

#: the sources of what points at the thing
_SOURCES = """SELECT DISTINCT ?graph ?other ?source WHERE {
  GRAPH ?graph { ?other ?property ?thing ; prov:wasDerivedFrom ?source } } ORDER BY ?source"""

_TYPE = PREFIXES["rdf"] + "type"
_SOURCE = PREFIXES["prov"] + "wasDerivedFrom"
_HIDDEN = PREFIXES["skos"] + "hiddenLabel"

#: kinds of statements, the most reliable first
_ORDER = ("stated", "inferred", "judged", "computed")


class Statement(NamedTuple):
    """One statement about the thing, ready to be read."""

    label: str  #: the property
    value: str  #: the other end, or the literal
    is_incoming: bool = False  #: whether the thing is the object
    remark: str = ""  #: date, basis, confidence and source that are the statement's own
    other: str = ""  #: IRI of the other end, "" for a literal


class Group(NamedTuple):
    """Statements that rest on the same word: those of one named graph."""

    title: str  #: what the named graph holds
    kind: str  #: stated by a source, judged by us, inferred, computed
    sources: tuple[str, ...]  #: where they come from: the thing's own sources, else the graph's
    statements: tuple[Statement, ...]
    cited: tuple[str, ...] = ()  #: the IRIs of the sources


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


class _Said(NamedTuple):
    """What the graph says about a thing, as the engine gives it."""

    rows: list[_Row]
    records: Records
    theirs: dict[tuple[str, str], list[str]]  #: sources of what points at the thing, by graph
    kinds: dict[str, str]  #: kind of statements of each named graph
    sources: dict[str, list[str]]  #: sources of each named graph

    def mentioned(self) -> set[str]:
        """Return the IRIs of all that a reader is to be told of by name."""
        lists = [*self.sources.values(), *self.theirs.values()]
        values = [v for _, record in self.records.values() for v in record.values()]
        return {
            _SOURCE,
            *self.kinds.values(),
            *(part for row in self.rows for part in (row.graph, row.property, iri_of(row.other))),
            *(iri_of(value) for listed in values for value in listed),
            *(graph for graph, _ in self.records.values()),
            *(source for listed in lists for source in listed),
        }


def describe(engine: Engine, iri: str, language: str = "en") -> Description:
    """Return all that the graph behind `engine` says about the thing `iri`."""
    return describe_in(engine, iri, (language,))[language]


def describe_in(engine: Engine, iri: str, languages: Iterable[str]) -> dict[str, Description]:
    """Return the description of the thing `iri` in each of the `languages`, asked for once."""
    said = _said(engine, iri)
    called = names(engine, said.mentioned() | {iri})
    return {language: _read(iri, said, _Reader(called, language)) for language in languages}


def _read(iri: str, said: _Said, reader: "_Reader") -> Description:
    """Return what is `said` of a thing as a reader of one language sees it."""
    own = _own_sources(said.rows)
    home = {row.graph for row in said.rows if row.property == _TYPE and not row.is_incoming}
    found = sorted(
        _statements(iri, said, reader).items(),
        key=lambda item: (item[0] not in home, *_place(said.kinds, item[0])),
    )
    groups = []
    for graph, statements in found:
        cited = tuple(own.get(graph) or said.sources.get(graph, []))
        title = reader.called(graph) if graph else ""
        kind = reader.called(said.kinds[graph]) if graph in said.kinds else ""
        sources = tuple(map(reader.called, cited))
        groups.append(Group(title, kind, sources, tuple(statements), cited))
    return Description(iri, reader.called(iri), tuple(groups))


def _said(engine: Engine, iri: str) -> _Said:
    """Ask the engine for all that it knows of `iri`."""
    about = {"thing": og.NamedNode(iri)}
    rows = _rows(engine, about, named=True) or _rows(engine, about, named=False)
    theirs: dict[tuple[str, str], list[str]] = {}
    for found in solutions(engine.evaluate(_SOURCES, about)).terms:
        theirs.setdefault((iri_of(found[0]), iri_of(found[1])), []).append(iri_of(found[2]))
    return _Said(
        rows, records(solutions(engine.evaluate(RECORDS, about)).terms), theirs, *_graphs(engine)
    )


def _rows(engine: Engine, about: Mapping[str, og.NamedNode], *, named: bool) -> list[_Row]:
    """Return the plain statements in named graphs, or those of the default graph."""
    return [
        _Row(iri_of(found[0]), iri_of(found[1]), found[2], is_incoming)
        for query, is_incoming in ((OUTGOING, False), (INCOMING, True))
        for found in solutions(engine.evaluate(query if named else unnamed(query), about)).terms
    ]


def _statements(iri: str, said: _Said, reader: "_Reader") -> dict[str, list[Statement]]:
    """Return the statements of each named graph, records before the plain ones."""
    by_graph: dict[str, list[Statement]] = {}
    contested = _contested(said.records)
    disputes = {
        iri_of(prop)
        for _, values in said.records.values()
        if GDA + "claim" in values and og.NamedNode(iri) in values.get(GDA + "subject", [])
        for prop in values.get(GDA + "property", [])
    }
    for record, (graph, values) in sorted(said.records.items()):
        mark = f"≠ {disputed(reader.language)}" if record in contested else ""
        by_graph.setdefault(graph, []).extend(reader.record(iri, values, mark))
    hidden = {*said.records, iri}
    covered = {  # plain triples that stand beside a recorded relation
        (iri_of(prop), iri_of(end))
        for _, values in said.records.values()
        for prop in values.get(GDA + "property", [])
        for end in (*values.get(GDA + "subject", []), *values.get(GDA + "object", []))
    }
    shown = [
        row
        for row in said.rows
        if key_of(row.other) not in hidden
        and (row.property, iri_of(row.other)) not in covered
        and (row.property != _SOURCE or row.is_incoming)  # stands above the group
        and row.property != _HIDDEN  # for searching, not for reading
    ]
    for row in sorted(shown, key=lambda r: (r.is_incoming, r.property, reader.term(r.other))):
        sources = said.theirs.get((row.graph, iri_of(row.other)), []) if row.is_incoming else []
        is_disputed = row.property in disputes and not row.is_incoming
        by_graph.setdefault(row.graph, []).append(reader.statement(row, sources, is_disputed))
    return by_graph


def _contested(records: Records) -> set[str]:
    """Return the claims that stand in a contradiction, or beside one with another value."""
    found = {
        iri_of(claim) for _, values in records.values() for claim in values.get(GDA + "claim", [])
    }
    claimed: dict[tuple[str, str], dict[str, str]] = {}
    for record, (_, values) in records.items():
        for prop in values.get(GDA + "property", []):
            for value in values.get(GDA + "value", []):
                ends = (iri_of(next(iter(values.get(GDA + "subject", [])), None)), iri_of(prop))
                claimed.setdefault(ends, {})[record] = str(python_value(value))
    return found | {r for by in claimed.values() if len(set(by.values())) > 1 for r in by}


def _graphs(engine: Engine) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the kind of statements of each named graph, and its sources."""
    kinds: dict[str, str] = {}
    sources: dict[str, list[str]] = {}
    for graph, kind, source in solutions(engine.evaluate(GRAPHS, {})).terms:
        kinds[iri_of(graph)] = iri_of(kind)
        if source is not None:
            sources.setdefault(iri_of(graph), []).append(iri_of(source))
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
            own.setdefault(row.graph, []).append(iri_of(row.other))
    return {graph: sorted(found) for graph, found in own.items()}


class _Reader(NamedTuple):
    """Terms as a reader of one language sees them."""

    names: Mapping[str, Name]
    language: str

    def called(self, iri: str) -> str:
        """Return what the thing `iri` is called."""
        name = self.names.get(iri)
        return (name.full(self.language) if name else "") or shorten(iri)

    def term(self, term: Term | None) -> str:
        """Return a thing by its name; a literal marks its language unless it is the reader's."""
        if isinstance(term, og.NamedNode):
            return self.called(term.value)
        tag = language_tag(term.language or "") if isinstance(term, og.Literal) else ""
        value = python_value(term)
        text = yes_or_no(value, self.language) if isinstance(value, bool) else str(value)
        return f"[{tag}] {text}" if tag and tag != self.language else text

    def cited(self, sources: Iterable[str]) -> str:
        """Return the word for a source, and identifiers or addresses of `sources`, or ""."""
        codes = [self.names[s].code or s if s in self.names else s for s in sources]
        return f"{self.called(_SOURCE)}: {', '.join(codes)}" if codes else ""

    def statement(self, row: _Row, sources: Iterable[str], is_disputed: bool) -> Statement:
        """Return a plain statement; `sources` are those of the other end, if it states this."""
        mark = f"≠ {disputed(self.language)}" if is_disputed else ""
        label = self.called(row.property)
        remark = "; ".join(filter(None, (mark, self.cited(sources))))
        return Statement(label, self.term(row.other), row.is_incoming, remark, iri_of(row.other))

    def record(
        self, iri: str, values: Mapping[str, list[Term]], mark: str = ""
    ) -> Iterator[Statement]:
        """Yield a claim, relation or contradiction about the thing `iri` as statements.

        `mark` stands before what the record says of itself.
        """

        def got(name: str) -> list[Term]:
            return values.get(GDA + name, [])

        properties = [] if got("claim") else got("property")
        label = self.called(iri_of(next(iter(properties or values[_TYPE]))))
        remark = "; ".join(
            self.term(value)
            for name in ("asOf", "asOfNote", "basisNote", "confidence")
            for value in got(name)
        )
        cited = self.cited(map(iri_of, values.get(_SOURCE, [])))
        remark = "; ".join(filter(None, (mark, remark, cited)))
        subjects = [s for s in got("subject") if iri_of(s) != iri]
        for end in subjects or got("object") or got("value") or got("suggestedReading"):
            yield Statement(label, self.term(end), bool(subjects), remark, iri_of(end))
