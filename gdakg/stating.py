"""What catalogues state, as lines of N-Triples."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from gdakg.classifying import home
from gdakg.identity import Place, committee, ics, organization, place, source
from gdakg.namespaces import BASE, GDA, PREFIXES
from gdakg.ntriples import dated, literal
from gdakg.records import Record

_A: Final = f"<{PREFIXES['rdf']}type>"
_EDITION: Final = f"<{GDA}Edition>"
_STANDARD: Final = f"<{GDA}Standard>"
_IDENTIFIER: Final = f"<{PREFIXES['dcterms']}identifier>"
_VERSION_OF: Final = f"<{PREFIXES['dcterms']}isVersionOf>"
_TITLE: Final = f"<{PREFIXES['dcterms']}title>"
_ISSUED: Final = f"<{PREFIXES['dcterms']}issued>"
_DATE: Final = f"<{PREFIXES['dcterms']}date>"
#: the ontology has no word of its own for the end of an edition's life
_ENDED: Final = f"<{PREFIXES['schema']}endDate>"
_PUBLISHER: Final = f"<{PREFIXES['dcterms']}publisher>"
_SUBJECT: Final = f"<{PREFIXES['dcterms']}subject>"
_LABEL: Final = f"<{PREFIXES['skos']}prefLabel>"
_OTHER_LABEL: Final = f"<{PREFIXES['skos']}altLabel>"
_PAGE: Final = f"<{PREFIXES['foaf']}page>"
_KEYWORD: Final = f"<{PREFIXES['dcat']}keyword>"
_DERIVED: Final = f"<{PREFIXES['prov']}wasDerivedFrom>"
_STAGE: Final = f"<{GDA}stage>"
_STATUS: Final = f"<{GDA}nativeStatus>"
_COMMITTEE: Final = f"<{GDA}committee>"
_AMENDS: Final = f"<{GDA}amends>"
_SUPPLEMENTS: Final = f"<{GDA}supplements>"
_ALIGNED: Final = f"<{GDA}technicallyAlignedWith>"

REPLACES: Final = f"<{PREFIXES['dcterms']}replaces>"
CURRENT: Final = f"<{GDA}currentEdition>"

#: kind of relation -> predicate, whether it joins standards (else editions), whether it points
#: from the target to the record
_RELATIONS: Final = {
    "replaces": (REPLACES, False, False),
    "replacedBy": (REPLACES, False, True),
    "amends": (_AMENDS, False, False),
    "amendedBy": (_AMENDS, False, True),
    "adoptionOf": (f"<{GDA}adoptionOf>", True, False),
    "alignedWith": (_ALIGNED, True, False),
    "partOf": (f"<{PREFIXES['dcterms']}isPartOf>", True, False),
    "references": (f"<{PREFIXES['dcterms']}references>", False, False),
    "relatedTo": (f"<{PREFIXES['dcterms']}relation>", True, False),
}

#: how the IRI of an amendment, a corrigendum or an addendum ends
_AMENDMENT: Final = re.compile(r"/[a-z-]*\b(?:amd|cor|add|err)-?[^/]*$")
_ADDRESS: Final = re.compile(r'https?://[^\x00-\x20<>"{}|\\^`\ud800-\udfff]+')


def edition_lines(record: Record, at: Place, others: Iterable[Record]) -> Iterator[str]:
    """Yield what `record`, and `others` of the same catalogue, state of the edition."""
    edition = f"<{at.edition}>"
    yield f"{edition} {_A} {_EDITION} ."
    yield f"{edition} {_IDENTIFIER} {literal(record.designation)} ."
    yield f"{edition} {_VERSION_OF} <{at.standard}> ."
    if issued := dated(record.issued):
        yield f"{edition} {_ISSUED} {issued} ."
    if ended := dated(record.withdrawn):
        yield f"{edition} {_ENDED} {ended} ."
    for tag, title in record.titles.items():
        if title:
            yield f"{edition} {_TITLE} {literal(title, tag)} ."
    if _ADDRESS.fullmatch(record.page):
        yield f"{edition} {_PAGE} <{record.page}> ."
    yield f"{edition} {_STAGE} <{BASE}stage/{record.stage}> ."
    if record.native_status:
        yield f"{edition} {_STATUS} {literal(record.native_status)} ."
    for other in others:
        if other.designation != record.designation:
            yield f"{edition} {_OTHER_LABEL} {literal(other.designation)} ."
    yield from _derived(edition, (record, *others))


def standard_lines(record: Record, at: Place, *, has_editions: bool) -> Iterator[str]:
    """Yield what `record` states of the standard itself, of which it may be the only word."""
    standard = f"<{at.standard}>"
    yield f"{standard} {_A} {_STANDARD} ."
    yield f"{standard} {_IDENTIFIER} {literal(at.code)} ."
    yield f"{standard} {_STAGE} <{BASE}stage/{record.stage}> ."
    if record.native_status:
        yield f"{standard} {_STATUS} {literal(record.native_status)} ."
    for publisher in record.publishers:
        yield f"{standard} {_PUBLISHER} <{organization(publisher)}> ."
    for tag, title in record.titles.items():
        if title:
            yield f"{standard} {_LABEL} {literal(title, tag)} ."
    for name in record.committees:
        yield f"{standard} {_COMMITTEE} <{committee(home(record), name)}> ."
    for code in record.ics:
        yield f"{standard} {_SUBJECT} <{ics(code)}> ."
    for keyword in record.keywords:
        yield f"{standard} {_KEYWORD} {literal(keyword)} ."
    if not has_editions:
        if drafted := dated(record.issued):
            yield f"{standard} {_DATE} {drafted} ."
        if _ADDRESS.fullmatch(record.page):
            yield f"{standard} {_PAGE} <{record.page}> ."


def planned_lines(records: Iterable[Record], at: Place) -> Iterator[str]:
    """Yield the sources of a standard of which `records` know work under way and no edition."""
    yield from _derived(f"<{at.standard}>", records)


def work_item_lines(record: Record, at: Place) -> Iterator[str]:
    """Yield work under way, as `record` states it, on a standard that has editions."""
    item = f"<{at.edition.replace(f'{BASE}ed/', f'{BASE}work-item/', 1)}>"
    yield f"{item} {_A} <{GDA}WorkItem> ."
    yield f"{item} {_IDENTIFIER} {literal(record.designation)} ."
    yield f"{item} <{GDA}intendsToUpdate> <{at.standard}> ."
    yield f"{item} {_STAGE} <{BASE}stage/{record.stage}> ."
    if record.native_status:
        yield f"{item} {_STATUS} {literal(record.native_status)} ."
    for tag, title in record.titles.items():
        if title:
            yield f"{item} {_LABEL} {literal(title, tag)} ."
    yield from _derived(item, (record,))


def relation_lines(record: Record, at: Place) -> Iterator[str]:
    """Yield what `record` states of other documents; that one is related to itself is left out.

    Of an amendment or another supplement, the designation says what it belongs to.
    """
    if at.base:
        predicate = _AMENDS if _AMENDMENT.search(at.edition) else _SUPPLEMENTS
        yield f"<{at.edition}> {predicate} <{at.base}> ."
    for relation in record.relations:
        predicate, joins_standards, is_inverse = _RELATIONS[relation.kind]
        there = place(relation.target)
        ends = (at.standard, there.standard) if joins_standards else (at.edition, there.edition)
        if ends[0] != ends[1]:
            start, end = reversed(ends) if is_inverse else ends
            yield f"<{start}> {predicate} <{end}> ."
    for alias in record.aliases:
        there = place(alias)
        if there.is_read and _publisher(there) != _publisher(at):
            yield f"<{at.standard}> {_ALIGNED} <{there.standard}> ."
        elif there.edition != at.edition:
            yield f"<{at.edition}> {_OTHER_LABEL} {literal(alias)} ."
            if there.standard != at.standard and not there.is_dated:
                yield f"<{at.standard}> {_OTHER_LABEL} {literal(alias)} ."


def _publisher(at: Place) -> str:
    """Return the segment of the publisher in the IRI of a standard."""
    return at.standard.removeprefix(f"{BASE}std/").split("/", 1)[0]


def _derived(subject: str, records: Iterable[Record]) -> Iterator[str]:
    """Yield which records state something of `subject`."""
    for record in records:
        origin = f"<{source(record.catalogue, record.source, record.line)}>"
        where = f"{record.source}:{record.line}" if record.line else record.source
        yield f"{subject} {_DERIVED} {origin} ."
        yield f"{origin} {_IDENTIFIER} {literal(f'{record.catalogue}: {where}')} ."
