"""What of a graph can be found by searching: its things, with all that each is called."""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Term, solutions
from gdakg.engine import Engine
from gdakg.indexing import Entry
from gdakg.namespaces import BASE
from gdakg.turtle import language_tag

#: segment of our IRIs -> kind of thing
KINDS: Final = {
    "std": "standard",
    "ed": "edition",
    "org": "body",
    "committee": "committee",
    "area": "area",
    "pillar": "pillar",
    "gap": "gap",
    "task": "task",
    "event": "event",
    "doc": "document",
    "project": "project",
    "video": "video",
    "ics": "field",
}

_CALLED: Final = """
SELECT ?thing ?part ?text WHERE {
  ?thing ?property ?text .
  VALUES (?property ?part) {
    (skos:notation "notation") (dcterms:identifier "code")
    (skos:prefLabel "label") (rdfs:label "label") (dcterms:title "title")
    (skos:altLabel "name") (skos:hiddenLabel "name") (dcterms:alternative "name")
    (gda:topicKeyword "keyword") (schema:keywords "keyword") (dcat:keyword "keyword")
    (dcterms:issued "date") (dcterms:date "date") (schema:startDate "date") (gda:namedIn "date")
  }
}
"""
_LINKED: Final = """
SELECT ?thing ?part ?other WHERE {
  ?thing ?property ?other .
  VALUES (?property ?part) {
    (dcterms:publisher "body") (org:unitOf "body")
    (dcterms:isVersionOf "standard") (gda:currentEdition "edition")
    (gda:supportsPillar "pillar") (gda:concernsPillar "pillar") (gda:stage "stage")
  }
}
"""

_tag: Final = functools.cache(language_tag)

#: what one thing is called, and to what it is linked, by the names above
_Texts = dict[str, list[og.Literal]]
_Links = dict[str, list[str]]


class _Known(NamedTuple):
    """All that is known of one thing."""

    texts: _Texts
    links: _Links

    def codes(self) -> list[str]:
        """Return the codes, the one to show first."""
        several = (self.texts.get(part, []) for part in ("notation", "code"))
        return [code for part in several for code in sorted(text.value for text in part)]

    def labels(self) -> dict[str, str]:
        """Return the labels by language; a title where there is no label."""
        found: dict[str, str] = {}
        for part in ("label", "title"):
            for text in sorted(self.texts.get(part, []), key=lambda each: each.value):
                found.setdefault(_tag(text.language or ""), text.value)
        return found


def entries(engine: Engine) -> Iterator[Entry]:
    """Yield what can be found in the graph of `engine`, by IRI.

    A standard has the year of its current edition; an edition has the body of its standard, the
    titles in languages in which it has none, and if it is the current one, the stage.  Titles
    that only an edition has are other names of its standard.
    """
    known = _known(engine)
    for iri in sorted(known):
        kind = KINDS.get(iri.removeprefix(BASE).split("/")[0]) if iri.startswith(BASE) else None
        if kind is not None and (known[iri].codes() or known[iri].labels()):
            yield _entry(iri, kind, known)


def _known(engine: Engine) -> dict[str, _Known]:
    """Return what is known of each thing."""
    found: dict[str, _Known] = defaultdict(lambda: _Known(defaultdict(list), defaultdict(list)))
    for thing, part, text in solutions(engine.evaluate(_CALLED, {})).terms:
        if isinstance(thing, og.NamedNode) and isinstance(text, og.Literal):
            found[thing.value].texts[_text(part)].append(text)
    for thing, part, other in solutions(engine.evaluate(_LINKED, {})).terms:
        if isinstance(thing, og.NamedNode) and isinstance(other, og.NamedNode):
            found[thing.value].links[_text(part)].append(other.value)
            if _text(part) == "standard":
                found[other.value].links["editions"].append(thing.value)
    return dict(found)


def _text(term: Term | None) -> str:
    """Return the text of a literal."""
    return term.value if isinstance(term, og.Literal) else ""


def _entry(iri: str, kind: str, known: Mapping[str, _Known]) -> Entry:
    """Return the entry of the thing `iri`."""
    texts, links = known[iri]
    standard = known.get(next(iter(links.get("standard", [])), ""), _NOTHING)
    edition = known.get(next(iter(links.get("edition", [])), ""), _NOTHING)
    codes = known[iri].codes()
    code = codes[0] if codes else ""
    labels = standard.labels() | known[iri].labels()
    names = {*codes, *(text.value for part in ("label", "title", "name") for text in texts[part])}
    for each in links["editions"]:
        names |= {text.value for text in known[each].texts["title"]}
    dates = [text.value for text in edition.texts.get("date", []) or texts["date"]]
    is_current = iri in standard.links.get("edition", [])
    stages = links["stage"] or (standard.links.get("stage", []) if is_current else [])
    return Entry(
        iri=iri,
        kind=kind,
        code=code,
        labels=labels,
        names=tuple(sorted(names - {code, *labels.values()})),
        keywords=tuple(sorted({text.value for text in texts["keyword"]})),
        body=_body(code, links["body"] or standard.links.get("body", []), known),
        stage=min(map(_last, stages), default=""),
        year=max((int(date[:4]) for date in dates if re.match(r"\d{4}", date)), default=0),
        pillars=tuple(sorted({*map(_last, links["pillar"])})),
    )


#: a thing of which nothing is known
_NOTHING: Final = _Known({}, {})


def _last(iri: str) -> str:
    """Return the last segment of `iri`."""
    return iri.rsplit("/", 1)[-1]


def _body(code: str, publishers: Iterable[str], known: Mapping[str, _Known]) -> str:
    """Return the publishers as they stand in the `code`, joined by slashes."""
    named = {next(iter(known[iri].codes()), "") for iri in publishers if iri in known} - {""}
    return "/".join(sorted(named, key=lambda body: (code.find(body) % 1_000, body)))
