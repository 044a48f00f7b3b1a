"""The words with which each catalogue tells a status, and our stage for each.

What stands in no map, and every status of a catalogue that gives none, is `unclear`: nothing is
inferred from it.
"""

from collections.abc import Mapping
from typing import Final

UNCLEAR: Final = "unclear"

#: ISO's international harmonized stage codes, with the exceptions to what the first two digits say
HARMONIZED: Final[Mapping[str, str]] = {
    "00": "work-item",
    "10": "work-item",
    "20": "draft",
    "20.00": "work-item",  # new project registered in the work programme
    "30": "draft",
    "40": "draft",
    "50": "draft",
    "50.99": "in-publication",  # approved for publication
    "60": "in-publication",
    "60.60": "published",
    "90": "under-review",
    "90.93": "published",  # confirmed
    "95": "under-review",  # in force while its withdrawal is voted on
    "95.92": "published",  # decision not to withdraw
    "95.99": "withdrawn",
}
#: substage of the stages before publication: the project was given up
_ABANDONED: Final = "98"

IEC: Final[Mapping[str, str]] = {
    "published": "published",
    "revised": "superseded",
    "replaced": "superseded",
    "withdrawn": "withdrawn",
}

ITU: Final[Mapping[str, str]] = {
    "published": "published",
    "in force": "published",
    "prepublished": "in-publication",
    "superseded": "superseded",
    "withdrawal": "withdrawn",
    "withdrawn": "withdrawn",
}

#: `standard_status`, and with a comma the stage where that one tells more
IEEE: Final[Mapping[str, str]] = {
    "active": "published",
    "active, draft": "draft",
    "active, superseded": "superseded",
    "superseded": "superseded",
    "inactive": "withdrawn",
    "draft": "draft",
    "approved": "published",
    "withdrawn": "withdrawn",
}

#: RFC Editor; an RFC that another one obsoletes is superseded whatever its status
IETF: Final[Mapping[str, str]] = {
    "internet standard": "published",
    "draft standard": "published",
    "proposed standard": "published",
    "best current practice": "published",
    "informational": "published",
    "experimental": "published",
    "unknown": "published",  # early RFCs, which were never given one
    "historic": "withdrawn",
}

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
    "retired": "withdrawn",
}

#: of every other catalogue, such as 3GPP
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
    ('superseded', 'withdrawn', 'withdrawn')
    """
    if native[:2].isdecimal():
        return harmonized(native)
    words = BY_BODY.get(body, OTHER)
    known = native.lower()
    return words.get(known) or words.get(known.partition(",")[0], UNCLEAR)
