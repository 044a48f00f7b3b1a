"""What records refer to, as lines of N-Triples: bodies, committees, fields of a classification.

Of a thing that the bundled graph names, a catalogue adds other names, not the label or its place.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gdakg.identity import above, committee, ics, organization, source
from gdakg.namespaces import BASE, GDA, PREFIXES
from gdakg.ntriples import dated, literal
from gdakg.records import Committee, Concept, Record

_A: Final = f"<{PREFIXES['rdf']}type>"
_ORGANIZATION: Final = f"<{PREFIXES['org']}Organization>"
_UNIT: Final = f"<{PREFIXES['org']}OrganizationalUnit>"
_TOGETHER: Final = f"<{PREFIXES['org']}OrganizationalCollaboration>"
_UNIT_OF: Final = f"<{PREFIXES['org']}unitOf>"
_MEMBER: Final = f"<{PREFIXES['org']}hasMember>"
_FIELD: Final = f"<{GDA}IcsField>"
_CONCEPT: Final = f"<{PREFIXES['skos']}Concept>"
_SCHEME: Final = f"<{PREFIXES['skos']}ConceptScheme>"
_IN_SCHEME: Final = f"<{PREFIXES['skos']}inScheme>"
_TOP: Final = f"<{PREFIXES['skos']}topConceptOf>"
_BROADER: Final = f"<{PREFIXES['skos']}broader>"
_NOTATION: Final = f"<{PREFIXES['skos']}notation>"
_LABEL: Final = f"<{PREFIXES['skos']}prefLabel>"
_OTHER_LABEL: Final = f"<{PREFIXES['skos']}altLabel>"
_NOTE: Final = f"<{PREFIXES['skos']}note>"
_IDENTIFIER: Final = f"<{PREFIXES['dcterms']}identifier>"
_DERIVED: Final = f"<{PREFIXES['prov']}wasDerivedFrom>"

#: ISO Open Data lists the committees of ISO, and those that it has with others
_LISTING_BODY: Final = "ISO"

#: names of a scheme of committees, whose catalogue is told
_COMMITTEES: Final = {"en": "Committees of {}", "zh-Hans": "{}的委员会", "zh-Hant": "{}的委員會"}
_ICS: Final = {
    "en": "International Classification for Standards",
    "zh-Hans": "国际标准分类法",
    "zh-Hant": "國際標準分類法",
}


def node_of(concept: Concept) -> str:
    """Return the IRI of a committee or field."""
    if isinstance(concept, Committee):
        return committee(_LISTING_BODY, concept.reference)
    return ics(concept.notation)


def _code(concept: Concept) -> str:
    return concept.reference if isinstance(concept, Committee) else concept.notation


def concept_lines(
    concepts: Mapping[str, list[Concept]], catalogue: str, known: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Yield what the catalogue lists as `concepts`, by IRI; `known` are names in the bundle."""
    for scheme, titles in _schemes(concepts.values(), catalogue).items():
        if scheme not in known:
            yield f"<{scheme}> {_A} {_SCHEME} ."
            for tag, title in titles.items():
                yield f"<{scheme}> {_LABEL} {literal(title, tag)} ."
    for iri, (first, *others) in concepts.items():
        node = f"<{iri}>"
        if iri in known:
            for tag, title in first.titles.items():
                if title not in known[iri]:
                    yield f"{node} {_OTHER_LABEL} {literal(title, tag)} ."
        else:
            told = _described(node, first, _scheme_of(first, catalogue))
            yield from (line for line in told if line[1 : line.index(">")] not in known)
        for one in (first, *others):
            origin = f"<{source(catalogue, one.source, one.line)}>"
            yield f"{node} {_DERIVED} {origin} ."
            yield f"{origin} {_IDENTIFIER} {literal(f'{catalogue}: {one.source}:{one.line}')} ."


def _schemes(concepts: Iterable[list[Concept]], catalogue: str) -> dict[str, dict[str, str]]:
    """Return the schemes of `concepts`, and what each is called."""
    found = {}
    for first, *_ in concepts:
        called = _COMMITTEES if isinstance(first, Committee) else _ICS
        titles = {tag: title.format(catalogue) for tag, title in called.items()}
        found[_scheme_of(first, catalogue)] = titles
    return found


def _scheme_of(concept: Concept, catalogue: str) -> str:
    """Return the IRI of the scheme to which `concept` belongs."""
    return f"{BASE}scheme/" + (catalogue if isinstance(concept, Committee) else "ics")


def _described(node: str, concept: Concept, scheme: str) -> Iterator[str]:
    """Yield what a catalogue says of a committee or field that is not in the bundle."""
    code = _code(concept)
    yield f"{node} {_NOTATION} {literal(code)} ."
    for tag, title in ({"en": code} | dict(concept.titles)).items():
        yield f"{node} {_LABEL} {literal(title, tag)} ."
    yield f"{node} {_IN_SCHEME} <{scheme}> ."
    if isinstance(concept, Committee):
        yield f"{node} {_A} {_CONCEPT} ."
        yield from _belonging(_LISTING_BODY, code)
        parent = committee(_LISTING_BODY, concept.parent) if concept.parent else ""
        if concept.status:
            yield f"{node} <{GDA}nativeStatus> {literal(concept.status)} ."
        if created := dated(concept.created):
            yield f"{node} <{GDA}founded> {created} ."
    else:
        yield f"{node} {_A} {_FIELD} ."
        parent = ics(concept.broader) if concept.broader else ""
        for tag, note in concept.notes.items():
            yield f"{node} {_NOTE} {literal(note, tag)} ."
    yield f"{node} {_BROADER} <{parent}> ." if parent else f"{node} {_TOP} <{scheme}> ."


def named_lines(record: Record) -> Iterator[str]:
    """Yield the names of the bodies, committees and fields that `record` mentions."""
    for publisher in record.publishers:
        yield from _organization(publisher)
    for name in record.committees:
        yield from _committee(home(record), name)
    for code in record.ics:
        yield from _field(code)


def home(record: Record) -> str:
    """Return the body under which the committees of `record` stand.

    Of a joint standard, a catalogue that is called as one of its bodies names that body's.
    """
    called = record.catalogue.upper()
    return record.publishers[0] if record.publishers and called not in record.publishers else called


def named_rows(
    records: Iterable[Record], concepts: Mapping[str, list[Concept]]
) -> Iterator[dict[str, Any]]:
    """Yield each thing that `records` mention, and each of `concepts`, with its names."""
    seen = set(concepts)
    for record in records:
        body = home(record)
        things = [("body", organization(name), name) for name in record.publishers]
        things += [("committee", committee(body, name), name) for name in record.committees]
        for kind, iri, name in things:
            if iri not in seen:
                seen.add(iri)
                yield _row(iri, kind, name, {}, body)
    for iri, (first, *_) in concepts.items():
        kind = "committee" if isinstance(first, Committee) else "field"
        yield _row(iri, kind, _code(first), first.titles, _LISTING_BODY)


def _row(
    iri: str, kind: str, code: str, titles: Mapping[str, str], publisher: str
) -> dict[str, Any]:
    """Return what is told of a thing; where it has no title, its code stands for one."""
    body = "/".join(above(publisher, code)) if kind == "committee" else ""
    titles = dict(titles) or {"": code}
    return {"thing": iri, "kind": kind, "code": code, "titles": titles, "body": body}


@functools.lru_cache(maxsize=1_000)
def _organization(name: str) -> tuple[str, ...]:
    node = f"<{organization(name)}>"
    return (
        f"{node} {_A} {_ORGANIZATION} .",
        f"{node} {_NOTATION} {literal(name)} .",
        f"{node} {_LABEL} {literal(name, 'en')} .",
    )


@functools.lru_cache(maxsize=10_000)
def _committee(publisher: str, name: str) -> tuple[str, ...]:
    node = f"<{committee(publisher, name)}>"
    return (f"{node} {_NOTATION} {literal(name)} .", *_belonging(publisher, name))


@functools.lru_cache(maxsize=10_000)
def _belonging(publisher: str, name: str) -> tuple[str, ...]:
    """Return what kind of committee it is, and whose: a body's, several bodies', another's part."""
    node = f"<{committee(publisher, name)}>"
    upper = above(publisher, name)
    if len(upper) > 1:
        members = (line for body in upper for line in _organization(body))
        joined = (f"{node} {_MEMBER} <{organization(body)}> ." for body in upper)
        return (f"{node} {_A} {_TOGETHER} .", *joined, *members)
    if upper == (name.rpartition("/")[0],):
        whole = committee(publisher, upper[0])
        return (
            f"{node} {_A} {_UNIT} .",
            f"{node} {_UNIT_OF} <{whole}> .",
            *_committee(publisher, upper[0]),
        )
    body = f"{node} {_UNIT_OF} <{organization(upper[0])}> ."
    return (f"{node} {_A} {_UNIT} .", body, *_organization(upper[0]))


@functools.lru_cache(maxsize=10_000)
def _field(code: str) -> tuple[str, ...]:
    node = f"<{ics(code)}>"
    return (f"{node} {_A} {_FIELD} .", f"{node} {_NOTATION} {literal(code)} .")
