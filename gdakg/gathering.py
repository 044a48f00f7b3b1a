"""The records of one catalogue, gathered by standard, with an account of every one of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

from gdakg.catalogues.stages import is_over
from gdakg.classifying import concept_lines, named_lines, named_rows, node_of
from gdakg.identity import Place, place
from gdakg.records import Broken, Committee, Concept, Field, Record
from gdakg.stating import (
    edition_lines,
    planned_lines,
    relation_lines,
    standard_lines,
    work_item_lines,
)

#: work under way: what is undated at these stages is no edition yet
UNDER_WAY: Final = frozenset({"work-item", "draft", "in-publication"})

_REPLACEMENTS: Final = frozenset({"replaces", "replacedBy"})

#: which of several editions speaks for the standard, the better the later
_SPEAKS: Final = ("superseded", "withdrawn", "unclear", "under-review", "published")


class Noted(NamedTuple):
    """A record that is not stated as one of its own, and why."""

    what: str  #: broken, variant, merged, unread
    file: str
    line: int
    reason: str


class Account(NamedTuple):
    """What became of the records of a catalogue: read = imported + merged + reported."""

    read: int
    imported: int  #: stated as an edition, a planned standard or a work item of its own
    merged: int  #: stated with another record of the same document
    variants: int  #: left out, since they are no standards of their own
    broken: int  #: could not be read
    unread: int  #: of those imported, how many have a designation that we cannot take apart

    @property
    def is_whole(self) -> bool:
        """Whether no record is lost."""
        return self.read == self.imported + self.merged + self.variants + self.broken


class Document(NamedTuple):
    """All records of one catalogue on one document, the richest first."""

    at: Place
    records: list[Record]


class Gathered(NamedTuple):
    """The documents of a catalogue by standard, its concepts, and what is to be reported."""

    standards: dict[str, list[Document]]
    concepts: dict[str, list[Concept]]  #: by IRI; more than one where one is listed twice
    account: Account
    noted: list[Noted]

    @property
    def records(self) -> Iterator[Record]:
        """The records of all documents."""
        documents = chain.from_iterable(self.standards.values())
        return chain.from_iterable(document.records for document in documents)


def gather(
    items: Iterable[Record | Concept | Broken], progress: Callable[[int], object] = lambda _: None
) -> Gathered:
    """Return the records in `items` by standard; `progress` is told how many were read.

    Two records of one document are merged: the richer one is stated, the other named as a source.
    So are two of one committee or field, of which the first is stated.
    """
    documents: dict[str, Document] = {}
    concepts: dict[str, list[Concept]] = {}
    noted: list[Noted] = []
    read = 0
    for item in items:
        read += 1
        if not read % 500:
            progress(read)
        if isinstance(item, Broken):
            noted.append(Noted("broken", item.file, item.line, item.reason))
        elif isinstance(item, Committee | Field):
            concepts.setdefault(node_of(item), []).append(item)
        elif item.is_variant:
            noted.append(_noted("variant", item, "no standard of its own"))
        else:
            at = place(item.designation)
            known = documents.setdefault(at.edition, Document(at, []))
            known.records.append(item)
    progress(read)
    standards: dict[str, list[Document]] = {}
    for document in documents.values():
        noted += _settled(document)
        standards.setdefault(document.at.standard, []).append(document)
    for first, *others in concepts.values():
        reason = f"the same as line {first.line}"
        noted += [Noted("merged", other.source, other.line, reason) for other in others]
    account = _account(read, len(documents) + len(concepts), noted)
    return Gathered(standards, concepts, account, noted)


def _settled(document: Document) -> Iterator[Noted]:
    """Put the richest record first, and yield what is to be reported of the document."""
    if len(document.records) > 1:
        document.records.sort(key=_richness, reverse=True)
        kept = document.records[0]
        for other in document.records[1:]:
            where = f"{kept.source}:{kept.line}" if kept.line else kept.source
            yield _noted("merged", other, f"the same document as {where}")
    if not document.at.is_read:
        yield _noted("unread", document.records[0], "the designation cannot be taken apart")


def _account(read: int, imported: int, noted: Iterable[Noted]) -> Account:
    counts = dict.fromkeys(("merged", "variant", "broken", "unread"), 0)
    for note in noted:
        counts[note.what] += 1
    return Account(
        read, imported, counts["merged"], counts["variant"], counts["broken"], counts["unread"]
    )


def _noted(what: str, record: Record, reason: str) -> Noted:
    return Noted(what, record.source, record.line, f"{record.designation}: {reason}")


def _richness(record: Record) -> tuple[int, int, str]:
    """Return how much `record` tells; the file name decides between equals."""
    told = sum(1 for value in record if value)
    return told, len(record.ics) + len(record.committees) + len(record.relations), record.source


def is_edition(document: Document) -> bool:
    """Return whether the document is an edition; else it is work under way."""
    return document.at.is_dated or document.records[0].stage not in UNDER_WAY


def _weight(document: Document) -> tuple[bool, int, str, str]:
    """Return how well a document speaks for its standard."""
    record = document.records[0]
    rank = _SPEAKS.index(record.stage) if record.stage in _SPEAKS else -1
    return (not document.at.is_supplement, rank, record.issued, record.designation)


def lines(gathered: Gathered, catalogue: str, known: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield what the catalogue states, each line once.

    Of things that are `known`, the bundled graph speaks: the catalogue then adds the editions and
    relations of a standard, not its title, stage and committee.
    """
    seen: set[str] = set()
    for line in dict.fromkeys(concept_lines(gathered.concepts, catalogue, known)):
        yield line
    for standard, documents in gathered.standards.items():
        for line in dict.fromkeys(_standard(standard, documents, known)):
            yield line
        for document in documents:
            for record in document.records:
                named = (n for n in named_lines(record) if n[1 : n.index(">")] not in known)
                for line in (*relation_lines(record, document.at), *named):
                    if line not in seen:
                        seen.add(line)
                        yield line


def _standard(
    standard: str, documents: list[Document], known: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Yield what the catalogue states of one standard and its editions, without relations."""
    editions = [document for document in documents if is_edition(document)]
    planned = [document for document in documents if not is_edition(document)]
    for document in editions:
        yield from edition_lines(document.records[0], document.at, document.records[1:])
    if standard not in known:
        best = max(editions or planned, key=_weight)
        record = best.records[0]
        yield from standard_lines(record, best.at, has_editions=bool(editions))
        if not editions:
            yield from planned_lines(best.records, best.at)
            planned.remove(best)
    for document in planned:
        for record in document.records:
            yield from work_item_lines(record, document.at)


def rows(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Yield what is kept of each standard beside the graph, for deriving and searching."""
    for standard, documents in gathered.standards.items():
        best = max(documents, key=lambda d: (is_edition(d), *_weight(d)))
        record = best.records[0]
        yield {
            "standard": standard,
            "code": best.at.code,
            "titles": dict(record.titles),
            "names": _names(documents),
            "keywords": record.keywords,
            "publishers": record.publishers,
            "stage": record.stage,
            "issued": record.issued,
            "editions": [
                [
                    d.at.edition,
                    d.records[0].issued,
                    d.records[0].stage,
                    d.records[0].designation,
                    d.at.is_supplement,
                ]
                for d in documents
                if is_edition(d)
            ],
            "over": [d.at.edition for d in documents if is_over(d.records[0].native_status)],
            "replaces": any(
                relation.kind in _REPLACEMENTS
                for d in documents
                for r in d.records
                for relation in r.relations
            ),
        }


def _names(documents: Iterable[Document]) -> list[str]:
    """Return by which other designations the documents go, each of them once."""
    named = (alias for d in documents for record in d.records for alias in record.aliases)
    return list(dict.fromkeys(named))


def names(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Yield what is kept of bodies, committees and fields beside the graph, for searching."""
    return named_rows(gathered.records, gathered.concepts)
