"""Finding a thing by any of its names."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, solutions
from gdakg.engine import Engine
from gdakg.errors import DesignationError, UnknownThingError
from gdakg.identifiers import key, short_key
from gdakg.namespaces import BASE, GRAPH, PREFIXES

#: kind of thing -> the segments of its IRIs, in the order in which a name is looked up
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "standard": ("std", "ed"),
    "body": ("org",),
    "pillar": ("pillar",),
    "area": ("area",),
    "gap": ("gap",),
    "committee": ("committee",),
    "stage": ("stage",),
    "task": ("task",),
    "gap_status": ("gap-status",),
    "release": ("release",),
}

_NAMES: Final = """
SELECT ?thing ?kind ?name WHERE {
  ?thing ?property ?name .
  VALUES (?property ?kind) {
    (dcterms:identifier "code") (skos:notation "code")
    (skos:prefLabel "label") (skos:altLabel "label") (skos:hiddenLabel "label")
    (rdfs:label "label")
  }
}
"""

#: whether catalogues were imported; how their graphs begin
_CATALOGUE: Final = f"{GRAPH}catalogue/"
_HAS_CATALOGUES: Final = f"ASK {{ GRAPH <{GRAPH}catalogue-computed> {{ ?s ?p ?o }} }}"
_GRAPHS: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?graph gda:statementKind ?kind } }"
_NAMES_IN: Final = _NAMES.replace(
    "?thing ?property ?name .", "GRAPH ?graph { ?thing ?property ?name }"
)

_OF_CATALOGUES: Final = _NAMES.replace(
    "?thing ?property ?name .",
    """VALUES ?class { org:Organization org:OrganizationalUnit org:OrganizationalCollaboration
    gda:IcsField }
  ?thing a ?class ; ?property ?name .""",
)

_MENTIONED: Final = "ASK { { ?thing ?p ?o } UNION { ?s ?q ?thing } }"
_CALLED: Final = "SELECT ?thing { ?thing dcterms:identifier|skos:notation ?name }"
_VERSIONS: Final = """
SELECT DISTINCT ?version { ?release a dcat:Dataset ; schema:version ?version } ORDER BY ?version
"""


def fold(text: str) -> str:
    """Return `text` for comparing names: NFKC, case folded, without spaces.

    >>> fold("Ｅ-Waste ") == fold("e-waste")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def find(engine: Engine, text: str, kind: str | None = None) -> str:
    """Return the IRI of the thing called `text`: IRI, prefixed name, code in any spelling, name.

    `kind` narrows the search to a key of `KINDS`; an edition then stands for its standard.
    Raises UnknownThingError if nothing, or more than one thing, is meant, and names the near
    ones; ValueError for an unknown `kind`.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"no kind {kind!r}; there are {', '.join(KINDS)}")
    if "://" in text:
        return _known(engine, text)
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and (term := _urn(engine, PREFIXES[prefix] + local)):
        return term
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s:]", text) and (urn := _urn(engine, text)):
        return urn
    if kind and (at_once := _minted(engine, text, KINDS[kind])):
        return at_once
    if kind in {None, "standard"} and (written := _written(engine, text)):
        return _standard_of(engine, written) if kind else written
    if kind in {None, "standard"} and (coded := _coded(engine, text, kind)):
        return coded
    names = _names(engine, KINDS[kind] if kind else None)
    for tier in _tiers(names, text):
        found = sorted(set(tier), key=_rank)
        if kind == "standard":
            found = sorted({_standard_of(engine, iri) for iri in found})
        elif len(found) > 1 and _rank(found[0])[0] < _rank(found[1])[0]:
            found = found[:1]
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownThingError(f"{text[:80]!r} may be {_listed(names, found)}: say which")
    shown = f"{kind or 'thing'} {text[:80]!r}"
    hint = _loaded(engine) if kind == "release" else _near(names, text[:80])
    raise UnknownThingError(f"the graph knows no {shown}{hint}")


def _minted(engine: Engine, text: str, segments: tuple[str, ...]) -> str | None:
    """Return the thing whose IRI ends in `text`, or whose code it is, if there is one.

    Spares the look through all names, which takes most of the time of a short query.
    """
    slug = "-".join(text.lower().split())
    if re.fullmatch(r"[a-z0-9.~-]+", slug):
        for segment in segments:
            node = og.NamedNode(f"{BASE}{segment}/{slug}")
            if engine.evaluate("ASK { ?thing a ?class }", {"thing": node}):
                return node.value
    named = solutions(engine.evaluate(_CALLED, {"name": og.Literal(text)}))
    found = {row.thing for row in named if row.thing.startswith(f"{BASE}{segments[0]}/")}
    return found.pop() if len(found) == 1 else None


def _coded(engine: Engine, text: str, kind: str | None) -> str | None:
    """Return the standard or edition whose code `text` is, in any notation, if there is one.

    Found by its IRI, so that a store of any size is not looked through.
    """
    if not any(character.isdigit() for character in text):
        return None
    from gdakg.identifiers import parse  # late, to spare a query its 8 ms

    try:
        designation = parse(text)
    except DesignationError:
        return None
    for one in (designation, *designation.others):
        iri = one.iri if kind is None else one.standard_iri
        if engine.evaluate("ASK { ?thing a ?class }", {"thing": og.NamedNode(iri)}):
            return iri
    return None


def _written(engine: Engine, text: str) -> str | None:
    """Return the one standard or edition whose code is just `text`, if there is one.

    Standards stand before all else that a name may fit, so nothing need be looked through.
    """
    bases = (f"{BASE}std/", f"{BASE}ed/")
    named = solutions(engine.evaluate(_CALLED, {"name": og.Literal(text)}))
    found = {row.thing for row in named if row.thing.startswith(bases)}
    return found.pop() if len(found) == 1 else None


class _Name(NamedTuple):
    """One name of one thing."""

    thing: str
    is_code: bool
    text: str


def _names(engine: Engine, segments: tuple[str, ...] | None) -> list[_Name]:
    """Return all names of things, only of those with IRIs of `segments` if given."""
    bases = tuple(f"{BASE}{segment}/" for segment in segments) if segments else ("",)
    return [
        _Name(thing.value, kind.value == "code", name.value)
        for thing, kind, name in _named(engine)
        if isinstance(thing, og.NamedNode) and isinstance(name, og.Literal)
        if isinstance(kind, og.Literal) and thing.value.startswith(bases)
    ]


def _named(engine: Engine) -> Iterable[tuple[Term | None, ...]]:
    """Return all names; where catalogues were imported, of their things those of bodies and fields.

    Their standards are too many to look through; a code of theirs is found without.
    """
    if not engine.evaluate(_HAS_CATALOGUES, {}):
        return solutions(engine.evaluate(_NAMES, {})).terms
    graphs = [str(row.graph) for row in solutions(engine.evaluate(_GRAPHS, {}))]
    found = [
        row
        for graph in graphs
        if not graph.startswith(_CATALOGUE)
        for row in solutions(engine.evaluate(_NAMES_IN, {"graph": og.NamedNode(graph)})).terms
    ]
    return found + solutions(engine.evaluate(_OF_CATALOGUES, {})).terms


def _tiers(names: list[_Name], text: str) -> Iterable[list[str]]:
    """Yield the things called `text`, from the strictest comparison to the loosest."""
    relative = BASE + text.strip("<>")
    yield [name.thing for name in names if name.thing == relative]
    folded = fold(text)
    yield [name.thing for name in names if fold(name.text) == folded]
    wanted, short = key(text), short_key(text)
    if wanted:
        yield [name.thing for name in names if name.is_code and key(name.text) == wanted]
        yield [name.thing for name in names if name.is_code and short_key(name.text) == wanted]
        if short != wanted:
            yield [name.thing for name in names if name.is_code and short_key(name.text) == short]
        yield [name.thing for name in names if name.is_code and short in _numbers(name.text)]


def _numbers(code: str) -> list[str]:
    """Return the keys of the two numbers that a Recommendation has: "ITU-T Y.4900/L.1600"."""
    if not (code.startswith("ITU-T ") and "/" in code):
        return []
    return [short_key(number) for number in code.partition(" (")[0].split("/")]


def _rank(iri: str) -> tuple[int, str]:
    """Return where a thing stands when a name fits several: standards first."""
    segments = [segment for kind in KINDS.values() for segment in kind]
    segment = iri.removeprefix(BASE).split("/")[0]
    return (segments.index(segment) if segment in segments else len(segments)), iri


def _known(engine: Engine, iri: str) -> str:
    """Return `iri` if the graph says anything about it."""
    try:
        node = og.NamedNode(iri)
    except ValueError as error:
        raise UnknownThingError(f"not an IRI: {iri!r}") from error
    if not engine.evaluate(_MENTIONED, {"thing": node}):
        raise UnknownThingError(f"the graph says nothing about <{iri}>")
    return iri


def _urn(engine: Engine, text: str) -> str | None:
    """Return `text` if it is an IRI that the graph mentions; it may well be a code or name."""
    try:
        node = og.NamedNode(text)
    except ValueError:
        return None
    return text if engine.evaluate(_MENTIONED, {"thing": node}) else None


def _standard_of(engine: Engine, iri: str) -> str:
    """Return the standard of which `iri` is an edition, or `iri` itself."""
    if not iri.startswith(f"{BASE}ed/"):
        return iri
    text = "SELECT ?standard WHERE { ?edition dcterms:isVersionOf ?standard }"
    rows = solutions(engine.evaluate(text, {"edition": og.NamedNode(iri)}))
    return str(rows[0].standard) if len(rows) else iri


def _listed(names: list[_Name], things: Iterable[str]) -> str:
    """Return the things as a reader would call them, by code where they have one."""
    called: dict[str, str] = {}
    for name in sorted(names, key=lambda name: not name.is_code):
        called.setdefault(name.thing, name.text)
    return " or ".join(called[thing] for thing in things)


def _loaded(engine: Engine) -> str:
    """Return "; loaded: ..." with the versions of the releases, and how one more is loaded."""
    versions = [str(row.version) for row in solutions(engine.evaluate(_VERSIONS, {}))]
    return f"; loaded: {', '.join(versions) or 'none'} (--earlier PATH loads one more)"


def _near(names: list[_Name], text: str) -> str:
    """Return "; near: ..." with up to five names like `text`, or ""."""
    import difflib

    by_key = {fold(name.text): name.text for name in names if len(name.text) < 80}
    by_key |= {short_key(name.text): name.text for name in names if name.is_code}
    close = difflib.get_close_matches(fold(text), by_key, n=5, cutoff=0.6)
    close += difflib.get_close_matches(short_key(text), by_key, n=5, cutoff=0.7)
    near = list(dict.fromkeys(by_key[match] for match in close))[:5]
    return f"; near: {', '.join(near)}" if near else ""
