"""What a catalogue states, in one neutral form between every source and the graph."""

from collections.abc import Mapping
from typing import Final, NamedTuple

#: kinds of relation: what the record that states it is to the target
RELATIONS: Final = (
    "replaces",
    "replacedBy",
    "amends",
    "amendedBy",
    "adoptionOf",
    "alignedWith",
    "partOf",
    "references",
    "relatedTo",
)

#: our stages, to which each reader maps the words of its catalogue
STAGES: Final = (
    "work-item",
    "draft",
    "in-publication",
    "published",
    "under-review",
    "superseded",
    "withdrawn",
    "unclear",
)


class Relation(NamedTuple):
    """A relation of one document to another, as a catalogue states it."""

    kind: str  #: one of RELATIONS
    target: str  #: designation as the catalogue writes it, its publisher's prefix completed


class Record(NamedTuple):
    """What one catalogue states of one edition, or of an undated work item."""

    designation: str  #: as the catalogue writes it
    catalogue: str  #: name of the catalogue, as in `iso`
    publishers: tuple[str, ...]  #: short names: ISO, IEC, ITU-T ...
    titles: Mapping[str, str]  #: by language tag; "" where none is given
    issued: str  #: YYYY, YYYY-MM or YYYY-MM-DD; "" unknown
    stage: str  #: one of STAGES
    native_status: str  #: as the catalogue writes it
    kind: str  #: document type as the catalogue writes it, "" unknown
    committees: tuple[str, ...]
    ics: tuple[str, ...]
    relations: tuple[Relation, ...]
    aliases: tuple[str, ...]  #: other designations of the same document
    keywords: tuple[str, ...]
    page: str  #: address, "" none
    source: str  #: file inside the catalogue
    line: int  #: 0 where a file is one record
    is_variant: bool  #: redline, consolidated, all parts ...: no standard of its own
    withdrawn: str = ""  #: since when it is not in force, as precise as stated; "" if not stated


class Broken(NamedTuple):
    """A record that could not be read: where it stands, and what is wrong with it."""

    file: str
    line: int  #: 0 where the whole file is meant
    reason: str


class Committee(NamedTuple):
    """What a catalogue states of a committee."""

    reference: str  #: ISO/TC 207/SC 7
    titles: Mapping[str, str]  #: by language tag
    status: str  #: as the catalogue writes it
    parent: str  #: reference, "" none
    secretariat: str
    created: str  #: YYYY-MM-DD, "" unknown
    source: str
    line: int


class Field(NamedTuple):
    """A field of a classification, such as ICS: a concept of SKOS."""

    notation: str  #: 13.020.40
    broader: str  #: notation, "" at the top
    titles: Mapping[str, str]  #: by language tag
    notes: Mapping[str, str]  #: what belongs to the field, by language tag
    source: str
    line: int


#: what records refer to
Concept = Committee | Field
