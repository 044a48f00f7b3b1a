"""The graph, or the neighbourhood of one thing, as a networkx graph."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as og

from gdakg.answers import Answer, Solutions, Term, Triples, python_value, solutions
from gdakg.engine import Engine
from gdakg.errors import AnswerError
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import GDA, PREFIXES
from gdakg.naming import Name, blocks, disputed, names
from gdakg.turtle import language_tag

if TYPE_CHECKING:
    import networkx

#: what is known by its code; other things are called by their labels
CODED: Final = frozenset({"pillar", "body", "committee", "standard", "edition"})

#: what is drawn of the whole graph
OVERVIEW: Final = frozenset({"pillar", "area", "body", "committee", "standard", "gap"})

#: a thing with more links than this is drawn but not walked through: nearly everything is two
#: steps from everything else by way of ITU-T
HUB: Final = 60

_KINDS: Final = """
SELECT ?thing ?kind WHERE {
  ?thing a ?class .
  VALUES (?class ?kind) {
    (gda:Pillar "pillar") (gda:CooperationArea "area") (gda:Standard "standard")
    (gda:Edition "edition") (gda:AssertedGap "gap") (gda:ComputedGap "gap") (gda:Gap "gap")
    (org:FormalOrganization "body") (org:Organization "body")
    (org:OrganizationalCollaboration "body") (org:OrganizationalUnit "committee")
    (schema:Event "event") (bibo:Document "document") (schema:Project "project")
  }
}"""

_LINKS: Final = "SELECT ?from ?property ?to WHERE { ?from ?property ?to FILTER(isIRI(?to)) }"

#: links by the kind of statements among which they stand
_OF_KINDS: Final = """
SELECT ?from ?property ?to WHERE {
  VALUES ?kind { %s }
  ?graph gda:statementKind ?kind .
  GRAPH ?graph { ?from ?property ?to }
  FILTER(isIRI(?to))
}"""
_JUDGED: Final = _OF_KINDS % "<statement-kind/judged> <statement-kind/inferred>"
_STATED: Final = _OF_KINDS % "<statement-kind/stated>"

#: properties on whose values sources disagree
_CONTESTED: Final = """SELECT ?thing ?property WHERE {
  ?contradiction a gda:Contradiction ; gda:subject ?thing ; gda:property ?property }"""

_LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant")
_CALLED: Final = """SELECT DISTINCT ?thing WHERE {
  VALUES ?name { %s } ?thing dcterms:identifier|skos:notation|skos:prefLabel ?name }"""

_UNNAMED: Final = Name("", {})

#: how far a thing has come, by a list that is not the publisher's own
_STATUS: Final = frozenset({f"{GDA}stage", f"{GDA}gapStatus"})

#: what the page tells of a thing besides its names and links; of a standard, of its edition
_FACTS: Final = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  { ?thing ?property ?value
    VALUES ?property { gda:stage gda:gapStatus gda:nativeStatus gda:namedBy gda:namedIn
      gda:statusNote gda:basisNote gda:wordingStatus gda:founded dcterms:identifier
      schema:startDate schema:location foaf:homepage foaf:page prov:wasDerivedFrom } }
  UNION { ?thing gda:currentEdition ?value BIND(gda:currentEdition AS ?property) }
  UNION { ?thing gda:currentEdition/dcterms:issued ?value BIND(dcterms:issued AS ?property) }
  UNION { ?thing gda:currentEdition/foaf:page ?value BIND(foaf:page AS ?property) }
}"""

#: where a source can be read
_PAGES: Final = "SELECT ?source ?page WHERE { ?source a gda:Source ; foaf:page ?page }"
_SOURCE: Final = PREFIXES["prov"] + "wasDerivedFrom"

#: a fact's value: text, text by language, or that with the address of a link
Value = str | dict[str, str] | tuple[dict[str, str], str]


def network(
    kg: KnowledgeGraph,
    *,
    around: str | None = None,
    depth: int = 2,
    things: Iterable[str] | Answer | None = None,
) -> "networkx.MultiDiGraph":
    """Return pillars, areas, bodies, committees, standards and gaps with all their links.

    With `around`, the things within `depth` steps of that thing instead, of every kind; hubs
    with more than 60 links are reached but not walked through.  With `things`, those and the
    links between them: names, codes, IRIs, or an answer of `kg.query` - the things in its rows,
    or the links in its triples.

    Nodes are IRIs with `kind`, `labels` (by language), `code`, `status` (IRI and labels of a
    stage, or nothing) and `facts` (property labels; value, by language if it has one, with an
    address if it is a source); edges carry `predicate`, `labels` and `judged` (on our word
    alone) and have the predicate as their key.  Nodes and edges are sorted.

    Raises UnknownThingError for an unknown `around` or thing, ValueError for a negative `depth`,
    AnswerError for an answer without things.
    """
    import networkx

    if depth < 0:
        raise ValueError(f"depth is {depth}: 0 or more steps are needed")
    if around is not None and things is not None:
        raise ValueError("around and things exclude each other")
    kinds = _kinds(kg.engine)
    links = _links(kg.engine, _LINKS)
    if things is not None:
        kept, links = _chosen(kg, things, kinds, links)
    else:
        links = [link for link in links if link[0] in kinds and link[2] in kinds]
        overview = {thing for thing, kind in kinds.items() if kind in OVERVIEW}
        kept = overview if around is None else _neighbourhood(links, kg.find(around), depth)
    drawn = networkx.MultiDiGraph(is_whole=around is None and things is None)
    _add_things(drawn, kg.engine, {thing: kinds.get(thing, "other") for thing in sorted(kept)})
    _add_links(drawn, kg.engine, [link for link in links if {link[0], link[2]} <= kept])
    return drawn


def _add_things(drawn: "networkx.MultiDiGraph", engine: Engine, kinds: Mapping[str, str]) -> None:
    """Add a node for each thing of `kinds`, with what the page tells of it."""
    facts = _facts(engine, kinds)
    told = {part for said in facts.values() for fact in said for part in fact}
    called = names(engine, {*kinds, *(t.value for t in told if isinstance(t, og.NamedNode))})
    valued = _Facts(engine, called)
    for thing, kind in kinds.items():
        name = called.get(thing, _UNNAMED)
        drawn.add_node(
            thing,
            kind=kind,
            labels=name.labels,
            code=name.code if name.code and kind in CODED else None,
            status=_status(facts.get(thing, []), called),
            facts=[valued.fact(thing, prop, value) for prop, value in facts.get(thing, [])],
        )


def _add_links(
    drawn: "networkx.MultiDiGraph", engine: Engine, links: list[tuple[str, str, str]]
) -> None:
    """Add an edge for each of the `links`, and whether it stands on our word alone."""
    judged = set(_links(engine, _JUDGED)) - set(_links(engine, _STATED))
    called = names(engine, {prop for _, prop, _ in links})
    for link in links:
        start, prop, end = link
        labels = called.get(prop, _UNNAMED).labels
        drawn.add_edge(start, end, key=prop, predicate=prop, labels=labels, judged=link in judged)


class _Facts:
    """Facts in words: what properties and values are called, which are contested or sources."""

    def __init__(self, engine: Engine, called: Mapping[str, Name]) -> None:
        self.called = called
        self.pages = dict(_pairs(engine, _PAGES))
        self.contested = set(_pairs(engine, _CONTESTED))

    def fact(self, thing: str, prop: Term, value: Term) -> tuple[dict[str, str], Value]:
        """Return the labels of a property, and its value.  A contested value says so."""
        iri = str(python_value(prop))
        labels = self.called.get(iri, _UNNAMED).labels
        if isinstance(value, og.Literal) and value.language:
            return labels, {language_tag(value.language): value.value}
        text = str(python_value(value))
        name = self.called.get(text, _UNNAMED)
        if iri == _SOURCE and name.labels:
            titles = {tag: f"{name.code} {title}".strip() for tag, title in name.labels.items()}
            return labels, (titles, self.pages.get(text, ""))
        if (thing, iri) in self.contested:
            shown = {tag: name.code or name.label(tag) or text for tag in _LANGUAGES}
            return labels, {tag: f"{said} ≠ {disputed(tag)}" for tag, said in shown.items()}
        return labels, name.code or name.labels or text


def _status(
    facts: list[tuple[Term, Term]], called: Mapping[str, Name]
) -> tuple[str, dict[str, str]] | None:
    """Return IRI and labels of the stage of a standard, of the status of a gap."""
    for prop, value in facts:
        if isinstance(value, og.NamedNode) and str(python_value(prop)) in _STATUS:
            return value.value, called.get(value.value, _UNNAMED).labels or {"": value.value}
    return None


def _kinds(engine: Engine) -> dict[str, str]:
    """Return the kind of each thing that can be drawn."""
    found = solutions(engine.evaluate(_KINDS, {}))
    return {str(row.thing): str(row.kind) for row in found}


def _links(engine: Engine, query: str) -> list[tuple[str, str, str]]:
    """Return the statements between things that `query` finds, sorted."""
    found = solutions(engine.evaluate(query, {}))
    return sorted({(str(row[0]), str(row[1]), str(row[2])) for row in found})


def _pairs(engine: Engine, query: str) -> list[tuple[str, str]]:
    """Return the rows of two that `query` finds, sorted."""
    return sorted((str(row[0]), str(row[1])) for row in solutions(engine.evaluate(query, {})))


def _facts(engine: Engine, kept: Iterable[str]) -> dict[str, list[tuple[Term, Term]]]:
    """Return the facts to tell of each thing: property and value."""
    wanted = set(kept)
    facts: dict[str, list[tuple[Term, Term]]] = {}
    found = solutions(engine.evaluate(_FACTS, {})).terms
    # Sources come last.
    for thing, prop, value in sorted(found, key=lambda row: (_SOURCE in str(row[1]), str(row))):
        iri = str(python_value(thing))
        if iri in wanted and prop is not None and value is not None:
            facts.setdefault(iri, []).append((prop, value))
    return facts


def _chosen(
    kg: KnowledgeGraph,
    things: Iterable[str] | Answer,
    kinds: Mapping[str, str],
    links: list[tuple[str, str, str]],
) -> tuple[set[str], list[tuple[str, str, str]]]:
    """Return the IRIs of `things`, and the links that may be drawn between them."""
    if isinstance(things, bool):
        raise AnswerError("an answer of yes or no names nothing to draw: ask with SELECT")
    if isinstance(things, Triples):
        told = {
            (triple.subject.value, triple.predicate.value, triple.object.value)
            for triple in things
            if isinstance(triple.subject, og.NamedNode) and isinstance(triple.object, og.NamedNode)
        }
        links = sorted(told)
        kept = {end for start, _, other in links for end in (start, other)}
    elif isinstance(things, Solutions):
        kept = _named(kg.engine, things, kinds, links)
    else:
        kept = {kg.find(thing) for thing in ([things] if isinstance(things, str) else things)}
    if not kept:
        raise AnswerError("nothing to draw: the answer names no thing of the graph")
    return kept, links


def _named(
    engine: Engine,
    rows: Solutions,
    kinds: Mapping[str, str],
    links: list[tuple[str, str, str]],
) -> set[str]:
    """Return the things of the graph that `rows` hold, by IRI, code or name."""
    terms = {term for row in rows.terms for term in row}
    iris = {term.value for term in terms if isinstance(term, og.NamedNode)}
    kept = iris & {*kinds, *(start for start, _, _ in links)}
    texts = sorted(str(term) for term in terms if isinstance(term, og.Literal))
    for block in blocks(texts):
        found = solutions(engine.evaluate(_CALLED % block, {}))
        kept |= {str(row.thing) for row in found} & kinds.keys()
    return kept


def _neighbourhood(links: list[tuple[str, str, str]], centre: str, depth: int) -> set[str]:
    """Return the things within `depth` steps of `centre`, links taken in both directions."""
    beside: dict[str, set[str]] = {}
    for start, _, end in links:
        beside.setdefault(start, set()).add(end)
        beside.setdefault(end, set()).add(start)
    reached = frontier = {centre}
    for _ in range(depth):
        walked = {t for t in frontier if t == centre or len(beside.get(t, ())) <= HUB}
        frontier = {other for thing in walked for other in beside.get(thing, ())} - reached
        reached = reached | frontier
    return reached
