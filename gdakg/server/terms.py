"""The page of the ontology's terms, at the address before the # of their IRIs."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.namespaces import GDA, PREFIXES, shorten
from gdakg.pages.links import Texts
from gdakg.pages.sheet import said
from gdakg.server.forms import GRAPHS
from gdakg.server.served import asking, links
from gdakg.turtle import language_tag

_LABEL: Final = PREFIXES["rdfs"] + "label"
_MEANINGS: Final = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("skos", "definition"), ("rdfs", "comment"), ("sh", "message"))
)
_TYPE: Final = PREFIXES["rdf"] + "type"


class Term(NamedTuple):
    """A class or property of ours, or a shape."""

    local: str  #: its name behind the #
    written: str  #: with prefix
    labels: Texts
    meaning: Texts
    kind: str  #: what it is, as the ontology writes it


def terms_page(triples: Iterable[og.Triple], path: str, language: str) -> str:
    """Return the page at `path` of the terms that `triples` describe, by their names."""
    name = path.rpartition("/")[2]
    return asking(
        "served_terms.html.j2",
        title=said("Terms of the ontology"),
        description=said("Every class and property with its meaning."),
        language=language,
        links=links(path),
        terms=list(_terms(triples)),
        forms=[(f"{name}{form.suffix}", form.name) for form in GRAPHS],
    )


def _terms(triples: Iterable[og.Triple]) -> Iterator[Term]:
    told: dict[str, dict[str, list[og.NamedNode | og.BlankNode | og.Literal | og.Triple]]] = {}
    for subject, predicate, value in triples:
        if isinstance(subject, og.NamedNode) and "#" in subject.value[: len(GDA) + 7]:
            told.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)
    for iri, values in sorted(told.items(), key=lambda item: item[0].casefold()):
        if not iri.startswith(GDA.removesuffix("#")):
            continue
        kinds = sorted(v.value for v in values.get(_TYPE, []) if isinstance(v, og.NamedNode))
        meaning = next((_texts(values[prop]) for prop in _MEANINGS if prop in values), {"": ""})
        labels = _texts(values.get(_LABEL, [])) or {"": iri.rpartition("#")[2]}
        kind = ", ".join(map(shorten, kinds))
        yield Term(iri.rpartition("#")[2], shorten(iri), labels, meaning, kind)


def _texts(values: Iterable[object]) -> dict[str, str]:
    """Return a text by language."""
    return {
        language_tag(value.language or ""): value.value
        for value in values
        if isinstance(value, og.Literal)
    }
