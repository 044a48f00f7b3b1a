"""What a thing is called: its code and its label, in the language a reader asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import solutions
from gdakg.engine import Engine
from gdakg.turtle import language_tag

#: so many bytes of IRIs go into one query, which may have 64 kB
_BATCH: Final = 40_000

_NAMES: Final = """
SELECT ?thing ?property ?name WHERE {
  VALUES ?thing { %s }
  { VALUES ?property { skos:notation dcterms:identifier skos:prefLabel rdfs:label dcterms:title }
    ?thing ?property ?name }
  UNION { ?thing dcterms:isVersionOf/skos:prefLabel ?name BIND(dcterms:isVersionOf AS ?property) }
  UNION { ?thing gda:task/skos:prefLabel ?name BIND(dcterms:isVersionOf AS ?property) }
} ORDER BY ?thing ?name
"""
_CODES: Final = ("notation", "identifier")
#: an edition without a name in a language goes by that of its standard, a step by that of its task
_LABELS: Final = ("prefLabel", "label", "title", "isVersionOf")


def yes_or_no(value: bool, language: str) -> str:
    """Return how a reader of `language` says it.

    >>> yes_or_no(True, "zh-Hant"), yes_or_no(False, "en")
    ('是', 'no')
    """
    return ("是" if value else "否") if language.startswith("zh") else "yes" if value else "no"


def disputed(language: str) -> str:
    """Return how a reader of `language` says that sources disagree.

    >>> disputed("en")
    'claims differ'
    """
    return {"zh-Hans": "说法不一", "zh-Hant": "說法不一"}.get(language, "claims differ")


class Name(NamedTuple):
    """Code and labels of one thing."""

    code: str  #: short name or designation, "" if it has none
    labels: dict[str, str]  #: by language tag, "" for none

    def label(self, language: str) -> str:
        """Return the label in `language`, else the English one behind "[en] ", else any."""
        if language in self.labels:
            return self.labels[language]
        for other in ("en", "", *sorted(self.labels)):
            if other in self.labels:
                return f"[{other}] {self.labels[other]}" if other else self.labels[other]
        return ""

    def full(self, language: str) -> str:
        """Return code and label: "ITU-T L.1470 - Greenhouse gas emissions ..."."""
        label = self.label(language)
        repeats = label in {self.code, f"[en] {self.code}"}
        return " - ".join(filter(None, (self.code, "" if repeats else label)))


def names(engine: Engine, iris: Iterable[str]) -> dict[str, Name]:
    """Return the names of the things `iris`; what has none is left out."""
    found: dict[str, dict[str, list[og.Literal]]] = {}
    for block in blocks(sorted({str(og.NamedNode(iri)) for iri in iris if iri})):
        for thing, prop, name in solutions(engine.evaluate(_NAMES % block, {})).terms:
            if isinstance(thing, og.NamedNode) and isinstance(name, og.Literal):
                local = str(prop).rstrip(">").replace("/", "#").rsplit("#", 1)[-1]
                found.setdefault(thing.value, {}).setdefault(local, []).append(name)
    return {iri: _name(values) for iri, values in found.items()}


def blocks(terms: Iterable[str]) -> Iterator[str]:
    """Yield the `terms` as lists, each small enough for a query."""
    block: list[str] = []
    size = 0
    for term in terms:
        needed = len(term.encode()) + 1
        if block and size + needed > _BATCH:
            yield " ".join(block)
            block, size = [], 0
        block.append(term)
        size += needed
    if block:
        yield " ".join(block)


def _name(values: Mapping[str, list[og.Literal]]) -> Name:
    """Return the name made of the `values` of naming properties."""
    code = next((values[p][0].value for p in _CODES if p in values), "")
    labels: dict[str, str] = {}
    for prop in _LABELS:
        for literal in values.get(prop, []):
            labels.setdefault(language_tag(literal.language or ""), literal.value)
    return Name(code, labels)
