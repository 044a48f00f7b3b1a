"""What a designation is made of."""

from typing import Final, NamedTuple

#: publishers whose designations have the form "ISO 14067:2018", alone or together
INTERNATIONAL: Final = frozenset(
    ("ISO", "IEC", "CISPR", "ASTM", "CIE", "HL7", "SAE", "OECD", "UNDP", "ASME", "IEEE")
)


class Supplement(NamedTuple):
    """An amendment, a corrigendum or the like to what stands before it."""

    kind: str  #: Amd, Cor, Add, Ext, Suppl, ISH, FRAG, Annex, App ...
    number: str = ""  #: "" where there is but one
    date: str = ""  #: year, or year and month, "" if undated
    stage: str = ""  #: as of a standard: CD, D (of DAM), FD; with ".2" for a second round
    is_merged: bool = False  #: whether the text holds it already: "+AMD1:2019"


class Parts(NamedTuple):
    """The parts of a designation, each in the publisher's own spelling; "" for none."""

    publishers: tuple[str, ...]  #: in the order of the cover: ("ISO", "IEC")
    number: str  #: "14067", "L.1470", "NFV-IFA 001", "css-color"
    part: str = ""  #: with its sub-parts: "2-101"
    kind: str = ""  #: type of document: TS, TR, PAS, Guide, Std, RFC, Suppl. ...
    stage: str = ""  #: of what is not published: AWI, CD, DIS, FDIS, P, WD; "DIS.2" a second one
    edition: str = ""  #: year, month, version or revision: "2018", "2020-01", "V1.4.1"
    date: str = ""  #: date given beside a version: "2025-01"
    supplements: tuple[Supplement, ...] = ()
    variant: str = ""  #: what is no standard of its own: RLV, CSV, Redline
    language: str = ""  #: "E"
    aliases: tuple[str, ...] = ()  #: other numbers of the same document: ("L.1600",)
    adopters: tuple[str, ...] = ()  #: whose adoption this is: ("BS", "EN")


def issuers(parts: Parts) -> str:
    """Return those in whose name it is issued: "BS EN ISO", "ISO/IEC"."""
    return " ".join((*parts.adopters, "/".join(parts.publishers)))
