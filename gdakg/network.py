"""The graph, or the neighbourhood of one thing, as a networkx graph."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as og

from gdakg.answers import Term, python_value, solutions
from gdakg.engine import Engine
from gdakg.knowledge import KnowledgeGraph
from gdakg.naming import Name, disputed, names
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

_UNNAMED: Final = Name("", {})

#: what the page tells of a thing besides its names and links; of a standard, of its edition
_FACTS: Final = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  { ?thing ?property ?value
    VALUES ?property { gda:nativeStatus gda:namedBy gda:namedIn gda:statusNote gda:basisNote
      gda:wordingStatus gda:founded dcterms:identifier schema:startDate schema:location
      foaf:homepage foaf:page } }
  UNION { ?thing gda:currentEdition ?value BIND(gda:currentEdition AS ?property) }
  UNION { ?thing gda:currentEdition/dcterms:issued ?value BIND(dcterms:issued AS ?property) }
  UNION { ?thing gda:currentEdition/foaf:page ?value BIND(foaf:page AS ?property) }
}"""


def network(
    kg: KnowledgeGraph, *, around: str | None = None, depth: int = 2
) -> "networkx.MultiDiGraph":
    """Return pillars, areas, bodies, committees, standards and gaps with all their links.

    With `around`, the things within `depth` steps of that thing instead, of every kind; hubs
    with more than 60 links are reached but not walked through.  Nodes are IRIs with `kind`,
    `labels` (by language), `code` and `facts` (property labels; value, by language if it has
    one); edges carry `predicate`, `labels` and `judged` (on our word alone) and have the
    predicate as their key.  Nodes and edges are sorted.

    Raises UnknownThingError for an unknown `around`, ValueError for a negative `depth`.
    """
    import networkx

    if depth < 0:
        raise ValueError(f"depth is {depth}: 0 or more steps are needed")
    kinds = _kinds(kg.engine)
    links = [link for link in _links(kg.engine, _LINKS) if link[0] in kinds and link[2] in kinds]
    if around is None:
        kept = {thing for thing, kind in kinds.items() if kind in OVERVIEW}
    else:
        kept = _neighbourhood(links, kg.find(around), depth)
    drawn = networkx.MultiDiGraph()
    _add_things(drawn, kg.engine, {thing: kinds.get(thing, "other") for thing in sorted(kept)})
    _add_links(drawn, kg.engine, [link for link in links if {link[0], link[2]} <= kept])
    return drawn


def _add_things(drawn: "networkx.MultiDiGraph", engine: Engine, kinds: Mapping[str, str]) -> None:
    """Add a node for each thing of `kinds`, with what the page tells of it."""
    contested = {(str(row[0]), f"<{row[1]}>") for row in solutions(engine.evaluate(_CONTESTED, {}))}
    facts = _facts(engine, kinds)
    told = {part for said in facts.values() for fact in said for part in fact}
    called = names(engine, {*kinds, *(t.value for t in told if isinstance(t, og.NamedNode))})
    for thing, kind in kinds.items():
        name = called.get(thing, _UNNAMED)
        drawn.add_node(
            thing,
            kind=kind,
            labels=name.labels,
            code=name.code if name.code and kind in CODED else None,
            facts=[
                _fact(prop, value, called, is_contested=(thing, str(prop)) in contested)
                for prop, value in facts.get(thing, [])
            ],
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


def _fact(
    prop: Term, value: Term, called: Mapping[str, Name], *, is_contested: bool
) -> tuple[dict[str, str], str | dict[str, str]]:
    """Return the labels of a property, and its value: text, or text by language.

    A contested value says so.
    """
    labels = called.get(str(python_value(prop)), _UNNAMED).labels
    if isinstance(value, og.Literal) and value.language:
        return labels, {language_tag(value.language): value.value}
    text = str(python_value(value))
    if is_contested:
        return labels, {tag: f"{text} ≠ {disputed(tag)}" for tag in ("en", "zh-Hans", "zh-Hant")}
    return labels, called[text].code if text in called else text


def _kinds(engine: Engine) -> dict[str, str]:
    """Return the kind of each thing that can be drawn."""
    found = solutions(engine.evaluate(_KINDS, {}))
    return {str(row.thing): str(row.kind) for row in found}


def _links(engine: Engine, query: str) -> list[tuple[str, str, str]]:
    """Return the statements between things that `query` finds, sorted."""
    found = solutions(engine.evaluate(query, {}))
    return sorted({(str(row[0]), str(row[1]), str(row[2])) for row in found})


def _facts(engine: Engine, kept: Iterable[str]) -> dict[str, list[tuple[Term, Term]]]:
    """Return the facts to tell of each thing: property and value."""
    wanted = set(kept)
    facts: dict[str, list[tuple[Term, Term]]] = {}
    for thing, prop, value in sorted(solutions(engine.evaluate(_FACTS, {})).terms, key=str):
        iri = str(python_value(thing))
        if iri in wanted and prop is not None and value is not None:
            facts.setdefault(iri, []).append((prop, value))
    return facts


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
