"""What the SHACL shapes in `ontology/shapes.ttl` find in a graph, told in three languages.

Each message of a shape tells how to mend; what is wrong is worded here, from the constraint
that failed and the values it failed on.
"""

import functools
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyoxigraph as og

from gdakg.errors import GdakgError
from gdakg.namespaces import shorten
from gdakg.paths import folder
from gdakg.questions import in_language
from gdakg.turtle import language_tag

if TYPE_CHECKING:
    import rdflib

SHACL: Final = "http://www.w3.org/ns/shacl#"
SHAPES: Final = "https://w3id.org/gdakg/def/shapes#"

#: a value longer than this is cut
_LONGEST: Final = 60

#: constraints on all values together, and what is wrong then; of any other, a value is wrong
_COUNTING: Final = {
    "MinCount": "few",
    "QualifiedMinCount": "english",
    "MaxCount": "many",
    "UniqueLang": "twice",
}
_SAID: Final = {
    "none": {"en": "no {path}", "zh-Hans": "没有{path}", "zh-Hant": "沒有{path}"},
    "few": {
        "en": "only one {path}: {values}",
        "zh-Hans": "只有一个{path}：{values}",
        "zh-Hant": "只有一個{path}：{values}",
    },
    "many": {
        "en": "{count} {path}: {values}",
        "zh-Hans": "{count}个{path}：{values}",
        "zh-Hant": "{count}個{path}：{values}",
    },
    "english": {
        "en": "no {path} in English",
        "zh-Hans": "没有英文{path}",
        "zh-Hant": "沒有英文{path}",
    },
    "twice": {
        "en": "two {path} in one language: {values}",
        "zh-Hans": "一种语言有两个{path}：{values}",
        "zh-Hant": "一種語言有兩個{path}：{values}",
    },
    "wrong": {
        "en": "{path} is wrong: {values}",
        "zh-Hans": "{path}有误：{values}",
        "zh-Hant": "{path}有誤：{values}",
    },
}


class MissingExtraError(GdakgError, ImportError):
    """A package of an optional extra is not installed; the message says how to get it."""


class Finding(NamedTuple):
    """One fault that a shape found."""

    thing: str  #: as the engine writes terms: <iri> or _:label
    shape: str  #: IRI of the shape
    constraints: frozenset[str]  #: which failed: MinCount, Class ...
    is_violation: bool  #: by sh:severity
    what: str  #: what is wrong
    mend: str  #: how to mend it


def count() -> int:
    """Return the number of shapes, of those that have a constraint and a severity of their own.

    Raises MissingExtraError without pyshacl.
    """
    _pyshacl()
    from rdflib import SH

    return len(set(_shapes().subjects(SH.severity, None)))


def findings(triples: Iterable[og.Triple], language: str) -> list[Finding]:
    """Return what the shapes find in `triples`, in no order.

    Statements about statements (RDF 1.2) are not looked into.  Raises MissingExtraError
    without pyshacl.
    """
    pyshacl = _pyshacl()
    with _quiet():
        data = _graph(triples)
        report = pyshacl.validate(
            data, shacl_graph=_shapes(), advanced=False, inplace=True, inference="none"
        )[1]
        return list(_findings(data, report, language))


def named(iri: str) -> str:
    """Return `iri` as a reader would write it, in angle brackets unless it has a prefix."""
    short = shorten(iri)
    return f"<{iri}>" if short == iri else short


def _pyshacl() -> Any:
    """Return the module pyshacl.  Raises MissingExtraError."""
    try:
        import pyshacl
    except ImportError as error:
        raise MissingExtraError(
            "validation needs pyshacl, which is not installed: pip install 'gdakg[validate]'"
        ) from error
    return pyshacl


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep rdflib from logging, with a traceback each, the ill-typed literals we report."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@functools.cache
def _shapes() -> "rdflib.Graph":
    """Return the shapes."""
    import rdflib

    return rdflib.Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")


def _graph(triples: Iterable[og.Triple]) -> "rdflib.Graph":
    """Return the triples as an rdflib Graph, literals as they were written."""
    import rdflib

    graph = rdflib.Graph()
    for triple in triples:
        if not isinstance(triple.subject, og.Triple) and not isinstance(triple.object, og.Triple):
            graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


@functools.lru_cache(maxsize=10_000)
def _term(term: og.NamedNode | og.BlankNode | og.Literal) -> Any:
    """Return the rdflib term for `term`."""
    import rdflib

    if isinstance(term, og.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, og.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # else rdflib writes "01" as "1"
    datatype = rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def _findings(data: "rdflib.Graph", report: "rdflib.Graph", language: str) -> Iterator[Finding]:
    """Yield what the `report` of pyshacl on `data` says, a finding a fault."""
    from rdflib import RDF, SH

    results: dict[tuple[Any, Any], set[tuple[str, Any]]] = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        thing, shape = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        component = str(report.value(result, SH.sourceConstraintComponent))
        constraint = component.removeprefix(SHACL).removesuffix("ConstraintComponent")
        results[thing, shape].add((constraint, report.value(result, SH.value)))
    for (thing, shape), found in results.items():
        is_violation = _shapes().value(shape, SH.severity) == SH.Violation
        messages: Iterable[Any] = _shapes().objects(shape, SH.message)
        mend = in_language({str(text.language): str(text) for text in messages}, language)
        for constraints, what in _faults(data, thing, shape, found, language):
            yield Finding(_written(thing), str(shape), constraints, is_violation, what, mend)


def _faults(
    data: "rdflib.Graph", thing: Any, shape: Any, found: set[tuple[str, Any]], language: str
) -> Iterator[tuple[frozenset[str], str]]:
    """Yield the constraints and the words of each fault in what a shape `found` in a thing."""
    from rdflib import SH

    path = _shapes().value(shape, SH.path)
    if path is None:  # a choice of properties, none of which is there
        choice = _shapes().items(_shapes().value(shape, SH["or"]))
        wanted = " / ".join(named(str(_shapes().value(one, SH.path))) for one in choice)
        yield frozenset({"Or"}), _said("none", wanted, [], language)
        return
    values: list[Any] = sorted(data.objects(thing, path), key=_written)
    for constraint in sorted({one for one, _ in found if one in _COUNTING}):
        kind = _COUNTING[constraint] if values else "none"
        tags = [getattr(value, "language", None) for value in values]
        shown = [v for v, tag in zip(values, tags, strict=True) if tags.count(tag) > 1]
        listed = shown if kind == "twice" else values
        yield frozenset({constraint}), _said(kind, named(str(path)), listed, language)
    wrong = defaultdict(set)
    for constraint, value in found:
        if constraint not in _COUNTING:
            wrong[value].add(constraint)
    for value in sorted(wrong, key=_written):
        yield frozenset(wrong[value]), _said("wrong", named(str(path)), [value], language)


def _said(kind: str, path: str, values: list[Any], language: str) -> str:
    """Return a fault in words."""
    text = _SAID[kind].get(language) or _SAID[kind]["en"]
    return text.format(path=path, count=len(values), values=", ".join(map(_shown, values)))


def _written(term: Any) -> str:
    """Return an rdflib `term` as the engine writes it."""
    import rdflib

    if isinstance(term, rdflib.BNode):
        return f"_:{term}"
    return f"<{term}>" if isinstance(term, rdflib.URIRef) else str(term.n3())


def _shown(term: Any) -> str:
    """Return an rdflib `term` for a reader: an IRI shortened, a text in quotes with its tag."""
    import rdflib

    if not isinstance(term, rdflib.Literal):
        return "[]" if isinstance(term, rdflib.BNode) else named(str(term))
    text = str(term) if len(term) <= _LONGEST else f"{term[:_LONGEST]}..."
    if term.language:
        return f'"{text}"@{language_tag(term.language)}'
    kind = "" if term.datatype is None else shorten(str(term.datatype))
    return f'"{text}"' if kind in {"", "xsd:string"} else f'"{text}" ({kind})'
