"""One gap, as callers meet it: who named it and where, how far it is closed, what may close it."""

from typing import Final, NamedTuple

from gdakg.namespaces import BASE
from gdakg.naming import Name
from gdakg.provenance import Source

#: concepts in an order that means something: from open to closed, from strong to weak
STATUSES: Final = ("open", "work-item", "partly-addressed", "closed")
BASES: Final = (
    *("named", "title", "implied", "announced", "count-only"),
    *("concern", "policy", "inferred"),
)
CONFIDENCES: Final = ("high", "medium", "low", "none")

Texts = dict[str, str]  #: by language tag, "" for none; several texts joined by "; "


class Link(NamedTuple):
    """What a gap is linked to, and on whose word."""

    iri: str
    kind: str  #: IRI of the kind of statement, "stated" before others; "" if not described


class Standing(NamedTuple):
    """How far a gap had been closed at a date."""

    status: str  #: IRI, "" where a source says it in words alone
    as_of: str  #: as precise as recorded, "" if no date is
    notes: Texts  #: the words of the source


class Candidate(NamedTuple):
    """A standard that may close a gap."""

    iri: str
    kind: str  #: on whose word, as in `Link`
    bodies: tuple[str, ...]  #: IRIs of its publishers
    committees: tuple[str, ...]  #: IRIs of those responsible for it
    stage: str  #: IRI
    edition: str  #: the code of the current one, "" for drafts and work items
    issued: str  #: its date, of a draft the date of the draft
    since: str  #: date of the earliest edition known
    is_new: bool | None  #: whether none is known from before COP28; None for drafts
    page: str  #: address at the publisher
    contested: frozenset[str]  #: what sources disagree on: "issued", "stage"


class Committee(NamedTuple):
    """Who sits on a gap: through candidates that it is responsible for, or through areas."""

    iri: str
    candidates: tuple[str, ...]  #: IRIs
    areas: tuple[Link, ...]


class Gap(NamedTuple):
    """One gap, and all that is known of it."""

    iri: str
    name: Name
    is_computed: bool  #: whether a query found it, and nobody wrote it down
    kind: str  #: IRI of the kind of statement by which it is a gap
    about: Texts
    named_by: Texts
    named_in: str  #: the first year or date, "" if none is recorded
    basis: str  #: IRI
    basis_notes: Texts
    confidence: str  #: IRI of the strength of the evidence
    confidence_notes: Texts
    standings: tuple[Standing, ...]  #: oldest first
    sources: tuple[Source, ...]
    pillars: tuple[Link, ...]
    areas: tuple[Link, ...]
    candidates: tuple[Candidate, ...]
    committees: tuple[Committee, ...]
    contested: frozenset[str]  #: local names of properties on which sources disagree

    @property
    def status(self) -> str:
        """The IRI of the newest status, "" if none is recorded."""
        return next((s.status for s in reversed(self.standings) if s.status), "")

    @property
    def bodies(self) -> list[str]:
        """The IRIs of the bodies that publish candidates, sorted."""
        return sorted({body for candidate in self.candidates for body in candidate.bodies})


def slug(iri: str) -> str:
    """Return what tells a thing of ours from others of its kind; other IRIs whole.

    >>> slug("https://w3id.org/gdakg/id/gap-status/open"), slug("urn:x:1")
    ('open', 'urn:x:1')
    """
    return iri.removeprefix(BASE).partition("/")[2] if iri.startswith(BASE) else iri


def rank(iri: str, order: tuple[str, ...]) -> tuple[int, str]:
    """Return the place of a concept in one of our orders; unknown ones come last."""
    name = slug(iri)
    return (order.index(name) if name in order else len(order)), iri


def differs(texts: Texts, label: Name) -> bool:
    """Return whether a source's words say more than the label of our concept for them.

    >>> differs({"en": "open"}, Name("", {"en": "open"})), differs({}, Name("", {}))
    (False, False)
    """
    return any(text != label.labels.get(tag) for tag, text in texts.items())
