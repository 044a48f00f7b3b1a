"""The published files read a second time, into plain sets of triples: a path of its own.

No SPARQL, and no code of gdakg: pyoxigraph parses each file, Python does the rest.  An IRI is a
string as the files write it (`gda:stage`, `std/iso/14067`), a literal a `Text`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as og

ROOT = Path(__file__).parents[1]
BASE = "https://w3id.org/gdakg/id/"


class Text(NamedTuple):
    """A literal: what it says, its language in lower case, and the end of its datatype's name."""

    value: str
    language: str
    datatype: str


Node = str | Text
Triple = tuple[str, str, Node]
#: what stands in one cell of an answer; an IRI is text in angle brackets
Cell = str | int | bool | Decimal | None
#: a row by its columns; a key that is no column only tells the order
Row = dict[str, Cell]
Answer = Callable[..., Iterable[Row]]
#: question -> what answers it, and the columns that tell the order ("-" before: descending)
Answers = dict[str, tuple[Answer, str]]


def node(term: Any, prefixes: dict[str, str]) -> Node:
    """Return the `term` of the parser as ours."""
    if isinstance(term, og.Literal):
        return Text(term.value, (term.language or "").lower(), _end(term.datatype.value))
    assert isinstance(term, og.NamedNode), f"{term}: no blank nodes are expected"
    return short(term.value, prefixes)


def short(iri: str, prefixes: dict[str, str]) -> str:
    """Return `iri` as the files write it."""
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    return next(
        (prefix + ":" + iri.removeprefix(n) for n, prefix in prefixes.items() if iri.startswith(n)),
        iri,
    )


def _end(iri: str) -> str:
    return iri.rpartition("#")[2]


def cell(given: Node | None) -> Cell:
    """Return what a user sees of `given`, numbers as numbers and truth as truth."""
    if not isinstance(given, Text):
        return None if given is None else f"<{given}>"
    if given.datatype == "integer":
        return int(given.value)
    if given.datatype == "decimal":
        return Decimal(given.value)
    return given.value == "true" if given.datatype == "boolean" else given.value


def matches(tag: str, wanted: str) -> bool:
    """Return whether the language `tag` is the `wanted` one or a variety of it."""
    return tag == wanted.lower() or tag.startswith(wanted.lower() + "-")


class World:
    """All files: the triples of each by its name, and of all of them from both ends."""

    def __init__(self, graphs: dict[str, set[Triple]], prefixes: dict[str, str]) -> None:
        self.graphs = graphs
        self.prefixes = prefixes
        self.after: dict[str, dict[str, set[Node]]] = defaultdict(lambda: defaultdict(set))
        self.before: dict[Node, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for triples in graphs.values():
            for thing, prop, value in triples:
                self.after[thing][prop].add(value)
                self.before[value][prop].add(thing)
        self.kinds = {graph: self.iris(graph, "gda:statementKind")[0] for graph in graphs}

    def all(self, *kinds: str) -> list[str]:
        """Return the things of any of the classes `kinds`, sorted."""
        return sorted({thing for kind in kinds for thing in self.subjects("rdf:type", kind)})

    def subjects(self, prop: str, value: Node) -> set[str]:
        """Return what has `value` as its `prop`."""
        return self.before[value].get(prop, set()) if value in self.before else set()

    def objects(self, thing: Node, *path: str) -> set[Node]:
        """Return what is reached from `thing` by the properties of `path`, one after the other."""
        reached = {thing}
        for prop in path:
            reached = {
                value
                for one in reached
                if isinstance(one, str) and one in self.after
                for value in self.after[one].get(prop, ())
            }
        return reached

    def iris(self, thing: str, *path: str) -> list[str]:
        """Return the things that are reached from `thing` by `path`, sorted."""
        return sorted(one for one in self.objects(thing, *path) if isinstance(one, str))

    def each(self, thing: str, *path: str) -> list[str | None]:
        """Return the things at the end of `path`, or None alone where there is none."""
        return [*self.iris(thing, *path)] or [None]

    def cells(self, thing: str, *path: str) -> list[Cell]:
        """Return what stands at the end of `path`, sorted, each once."""
        return sorted({cell(one) for one in self.objects(thing, *path)}, key=rank)

    def one(self, thing: str | None, *path: str) -> Cell:
        """Return the one value at the end of `path`, None if there is none."""
        found = self.cells(thing, *path) if thing else []
        assert len(found) < 2, f"{thing} {path}: {found}"
        return found[0] if found else None

    def has(self, thing: str, prop: str, value: Node) -> bool:
        """Return whether that statement stands in any file."""
        return thing in self.subjects(prop, value)

    def closure(self, thing: str, *props: str, back: bool = False) -> set[str]:
        """Return `thing` and all that is reached from it by steps of `props`, or against them."""
        reached: set[str] = set()
        ahead = {thing}
        while ahead:
            reached |= ahead
            steps = [
                self.subjects(prop, one) if back else self.iris(one, prop)
                for one in ahead
                for prop in props
            ]
            ahead = {found for step in steps for found in step} - reached
        return reached

    def label(self, thing: str | None, lang: str, prop: str = "skos:prefLabel") -> Cell:
        """Return the label in the language `lang`, else the English one marked so."""
        named = self.objects(thing, prop) if thing else set()
        texts = [text for text in named if isinstance(text, Text)]
        wanted = {text.value for text in texts if matches(text.language, lang)}
        english = {text.value for text in texts if matches(text.language, "en")}
        assert len(wanted) < 2 and len(english) < 2, f"{thing} has two labels"
        if wanted:
            return wanted.pop()
        return f"[en] {english.pop()}" if english else None

    def dated(self, thing: str, prop: str) -> Cell:
        """Return a date, marked where a contradiction is about this property of the thing."""
        date = self.one(thing, prop)
        about = self.subjects("gda:subject", thing) & self.subjects("gda:property", prop)
        return f"{date} ≠" if date and about & {*self.all("gda:Contradiction")} else date

    def marked(self, thing: str, prop: str, lang: str) -> list[str]:
        """Return the texts of a property; one in another language has its tag before it."""
        texts = [text for text in self.objects(thing, prop) if isinstance(text, Text)]
        return [
            text.value
            if not text.language or matches(text.language, lang)
            else f"[{text.language.lower()}] {text.value}"
            for text in texts
        ]

    def code(self, thing: str) -> Cell:
        """Return the short name or code of a thing, None if it has none."""
        return self.one(thing, "skos:notation") or self.one(thing, "dcterms:identifier")

    def name(self, thing: str, lang: str) -> Cell:
        """Return what a thing is called: its code, else its label, else its IRI."""
        return self.code(thing) or self.label(thing, lang) or self.full(thing)

    def full(self, thing: str) -> str:
        """Return the IRI of a thing in full."""
        for iri, prefix in self.prefixes.items():
            if thing.startswith(prefix + ":"):
                return iri + thing.removeprefix(prefix + ":")
        return thing if "://" in thing else BASE + thing

    def records(self, one: str, prop: str, other: str) -> list[str]:
        """Return the records of that statement."""
        found = self.subjects("gda:subject", one) & self.subjects("gda:property", prop)
        return sorted(found & self.subjects("gda:object", other))

    def properties(self) -> set[str]:
        """Return every property that a statement uses."""
        return {prop for said in self.after.values() for prop in said}

    def said(self, thing: str, prop: str, kind: str) -> set[Node]:
        """Return what graphs of that kind of statement say: stated, judged, inferred, computed."""
        speaking = [self.graphs[g] for g, k in self.kinds.items() if k == f"statement-kind/{kind}"]
        said = self.objects(thing, prop)
        return {one for one in said if any((thing, prop, one) in spoken for spoken in speaking)}

    def ties(self, prop: str) -> list[tuple[str, str]]:
        """Return the two ends of every link by `prop`, sorted."""
        return [(one, to) for one in sorted(self.after) for to in self.iris(one, prop)]


@cache
def world() -> World:
    """Return the ontology and the data, each file by the name of its graph."""
    terms = [ROOT / "ontology" / "gdakg.ttl", ROOT / "ontology" / "alignments.ttl"]
    parsed = {}
    prefixes: dict[str, str] = {}
    for path in [*terms, *sorted((ROOT / "data").glob("*.ttl"))]:
        parser = og.parse(path=path, format=og.RdfFormat.TURTLE)
        parsed["ontology" if path.stem == "gdakg" else path.stem] = list(parser)
        prefixes |= {iri: prefix for prefix, iri in parser.prefixes.items()}
    graphs = {
        f"graph:{name}": {
            (
                short(str(quad.subject.value), prefixes),
                short(quad.predicate.value, prefixes),
                node(quad.object, prefixes),
            )
            for quad in quads
        }
        for name, quads in parsed.items()
    }
    return World(graphs, prefixes)


def row(columns: str, *cells: Cell) -> Row:
    """Return a row of `cells` under the names in `columns`."""
    return dict(zip(columns.split(), cells, strict=True))


def joined(parts: Iterable[object], separator: str = ", ") -> str | None:
    """Return the parts, sorted, in one text; None without parts."""
    return separator.join(sorted({str(part) for part in parts})) or None


def arranged(rows: Iterable[Row], order: str) -> list[Row]:
    """Return `rows` sorted by the columns in `order`; empty cells, then numbers, then texts."""
    found = list(rows)
    for column in reversed(order.split()):
        key = column.removeprefix("-")
        found.sort(key=lambda one: rank(one[key]), reverse=key != column)
    return found


def rank(one: Cell) -> tuple[int, Decimal | int | str]:
    """Return what tells the place of a cell among others."""
    return (0, 0) if one is None else (2, one) if isinstance(one, str) else (1, one)
