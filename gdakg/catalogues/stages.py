"""The words with which each catalogue tells a status, and our stage for each.

Each map names where the meaning of its words stands.  What stands in no map, and every status of a
catalogue that gives none, is `unclear`: nothing is inferred from it.  So is a word that says that a
document is no longer in force, but not whether it was withdrawn or superseded; see `is_over`.
"""

from collections.abc import Mapping
from typing import Final

UNCLEAR: Final = "unclear"

#: ISO's international harmonized stage codes (iso.org, stage codes; ISO Guide 69), with the
#: exceptions to what the first two digits say
HARMONIZED: Final[Mapping[str, str]] = {
    "00": "work-item",  # preliminary: proposal received, under review
    "10": "work-item",  # proposal: registered, in ballot, approved
    "20": "draft",  # preparatory: working draft
    "20.00": "work-item",  # new project registered in the work programme
    "30": "draft",  # committee draft
    "40": "draft",  # enquiry: DIS
    "50": "draft",  # approval: FDIS
    "50.99": "in-publication",  # approved for publication
    "60": "in-publication",  # 60.00, under publication
    "60.60": "published",
    "90": "under-review",  # 90.20, 90.60, 90.92 to be revised, 90.99 withdrawal proposed
    "90.93": "published",  # confirmed
    "95": "under-review",  # in force while its withdrawal is voted on
    "95.92": "published",  # decision not to withdraw
    "95.99": "withdrawn",
}
#: substage of the stages before publication: rejected, deleted or cancelled by its publisher,
#: which none of our stages comes nearer to
_ABANDONED: Final = "98"

#: IEC webstore: a publication is revised by a new edition, replaced by another publication
IEC: Final[Mapping[str, str]] = {
    "published": "published",
    "revised": "superseded",
    "replaced": "superseded",
    "withdrawn": "withdrawn",
}

#: itu.int: status of a Recommendation; `Withdrawal` is how Relaton writes it
ITU: Final[Mapping[str, str]] = {
    "published": "published",
    "in force": "published",
    "superseded": "superseded",
    "withdrawal": "withdrawn",
    "withdrawn": "withdrawn",
}

#: IEEE Xplore: `standard_status`, and with a comma the stage where that one tells more.  Inactive
#: is what was superseded, withdrawn or given up as a draft: only the stage may tell which
IEEE: Final[Mapping[str, str]] = {
    "active": "published",
    "active, draft": "draft",
    "active, superseded": "superseded",
    "superseded": "superseded",
    "inactive, withdrawn": "withdrawn",
    "draft": "draft",
    "approved": "published",
    "withdrawn": "withdrawn",
}

#: RFC Editor (RFC 2026, 7841): whatever its maturity, an RFC is published.  Historic is what was
#: superseded or became obsolete for any other reason (RFC 2026, 4.2.4), which does not tell which;
#: an RFC that another one obsoletes is superseded whatever its status
IETF: Final[Mapping[str, str]] = {
    "internet standard": "published",
    "draft standard": "published",
    "proposed standard": "published",
    "best current practice": "published",
    "informational": "published",
    "experimental": "published",
    "unknown": "published",  # early RFCs, which were never given one
}

#: W3C Process Document, technical reports: what a Recommendation, Note, Statement or Registry is,
#: and the steps that lead there.  It does not say what `Retired` is
W3C: Final[Mapping[str, str]] = {
    "recommendation": "published",
    "note": "published",
    "statement": "published",
    "registry": "published",
    "first public working draft": "draft",
    "working draft": "draft",
    "last call working draft": "draft",
    "candidate recommendation": "draft",
    "candidate recommendation draft": "draft",
    "candidate recommendation snapshot": "draft",
    "proposed recommendation": "draft",
    "proposed edited recommendation": "draft",
    "draft note": "draft",
    "draft registry": "draft",
}

#: of every other catalogue, such as 3GPP, and of a csv: our own words and plain English for them
OTHER: Final[Mapping[str, str]] = {
    "work item": "work-item",
    "work-item": "work-item",
    "draft": "draft",
    "in publication": "in-publication",
    "in-publication": "in-publication",
    "published": "published",
    "active": "published",
    "current": "published",
    "in force": "published",
    "under review": "under-review",
    "under-review": "under-review",
    "superseded": "superseded",
    "replaced": "superseded",
    "withdrawn": "withdrawn",
    "unclear": UNCLEAR,
}

BY_BODY: Final[Mapping[str, Mapping[str, str]]] = {
    "IEC": IEC,
    "ITU": ITU,
    "IEEE": IEEE,
    "IETF": IETF,
    "W3C": W3C,
}


#: the document is no longer in force, and the catalogue does not say why
_OVER: Final = frozenset({"inactive", "historic", "retired"})


def is_over(native: str) -> bool:
    """Return whether a status says that a document is not in force, though not what became of it.

    >>> is_over("Inactive, draft"), is_over("HISTORIC"), is_over("Withdrawn")
    (True, True, False)
    """
    return native.partition(",")[0].lower() in _OVER


def harmonized(code: str) -> str:
    """Return our stage for a harmonized stage code; `unclear` for what is none.

    >>> harmonized("60.60"), harmonized("30.98"), harmonized("90.92"), harmonized("61")
    ('published', 'withdrawn', 'under-review', 'unclear')
    """
    stage, _, substage = code.partition(".")
    if substage == _ABANDONED and stage < "60":
        return "withdrawn" if stage in HARMONIZED else UNCLEAR
    return HARMONIZED.get(code) or HARMONIZED.get(stage, UNCLEAR)


def stage_of(body: str, native: str) -> str:
    """Return our stage for the status `native` of the catalogue of `body`.

    >>> stage_of("IEC", "REVISED"), stage_of("ISO", "95.99"), stage_of("IEEE", "Inactive, draft")
    ('superseded', 'withdrawn', 'unclear')
    """
    if native[:2].isdecimal():
        return harmonized(native)
    words = BY_BODY.get(body, OTHER)
    known = native.lower()
    return words.get(known) or words.get(known.partition(",")[0], UNCLEAR)
