"""Designations of IETF, W3C, OASIS, Ecma, CIE, and of China, Japan and Korea."""

import re
from functools import cache
from typing import Final

from gdakg.identifiers.designation import Designation
from gdakg.identifiers.parts import Supplement

_SERIES: Final = r"(?P<series>RFC|BCP|STD|FYI|IEN)[-\ ]?0*(?P<number>[0-9]+)"
_DRAFT: Final = r"(?P<number>draft-[a-z0-9]+(?:[-.+_][a-z0-9]+)*?)(?:-(?P<version>[0-9]{2}))?"
_W3C: Final = r"""
    (?:(?P<stage>WD|DNOTE|NOTE|CRD|CR|REC|PR|PER|DRY|SPSD|DISC|OBSL|STMT|RY|LCWD|FPWD|TR)[-\ ])?
    (?P<name>[A-Za-z0-9][A-Za-z0-9._+/-]*?)
    (?:-(?P<date>(?:19|20)[0-9]{6}))?
"""
_OASIS: Final = r"""
    (?P<name>[A-Za-z0-9][A-Za-z0-9._+-]*?)
    (?:[-\ ](?P<version>(?:[vV][0-9]+(?:\.[0-9]+)*|[0-9]+(?:\.[0-9]+)+)(?:-[A-Za-z0-9._-]+)?))?
"""
_ECMA: Final = r"""
    [-\ ]?(?:(?P<kind>TR|MEM)/)?\ ?(?P<number>[0-9]+)(?:-(?P<part>[0-9]+))?
    (?::(?P<year>[0-9]{4}))?
"""
_CIE: Final = r"""
    (?:(?P<stage>DIS|DS|CD|FDIS)\ )?(?:(?P<kind>S|TN|TR|ID)\ )?
    (?P<number>[A-Za-z]{0,2}[0-9]+(?:[./][0-9]+(?:\.[0-9]+)?)?)
    (?:-(?P<part>SP[0-9]+|[A-Z]{1,3}[0-9]+|[0-9]{1,3}))?
    (?:/(?P<language>[A-Z])(?=[:-]|[0-9]{4}))?
    (?:[:/-]?(?P<year>(?:19|20)[0-9]{2}))?
"""
_CIE_PAPER: Final = r"(?P<number>[A-Z]{2}[0-9]+\ (?:Pages\ )?[0-9]+-[0-9]+)"
_CHINA: Final = r"""
    (?:/(?P<kind>[TZ]))?\ ?(?P<number>[0-9]+)(?:\.(?P<part>[0-9]+(?:\.[0-9]+)*))?
    (?:[-:\ ](?P<year>[0-9]{4}))?
    (?:/XG(?P<change>[0-9]+)(?:-(?P<changed>[0-9]{4}))?)?
    (?:\ ?[(/]\ ?(?P<alias>(?:ISO|IEC)[A-Z0-9/\ :.-]*?)(?:,\ ?(?:IDT|MOD|NEQ))?\)?)?
"""
_EAST_ASIA: Final = r"""
    \ ?(?:(?P<kind>TS|TR)\ )?(?P<letter>[A-Z])\ ?(?P<number>[0-9]{4,})
    (?:-(?P<part>[0-9]+(?:-[0-9]+)*))?
    (?:\ ?:\ ?(?P<year>[0-9]{4}))?
    (?P<supplements>(?:/AMENDMENT\ [0-9]+:[0-9]{4})*)
    (?:\ ?\((?P<alias>(?:ISO|IEC)[A-Z0-9/\ :.-]*)\))?
"""


@cache
def _compiled(pattern: str, *, has_case: bool = False) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.VERBOSE | (0 if has_case else re.IGNORECASE))


def read_ietf(rest: str) -> Designation | None:
    """Return the RFC, the number of a sub-series, or the Internet-Draft called `rest`."""
    match = _compiled(_SERIES).fullmatch(rest)
    if match is not None:
        return Designation(("IETF",), match["number"], "", match["series"].upper())
    match = _compiled(_DRAFT).fullmatch(rest)
    if match is None:
        return None
    return Designation(("IETF",), match["number"].lower(), "", "draft", "", match["version"] or "")


def read_w3c(rest: str) -> Designation | None:
    """Return the W3C report called `rest`: short name, or stage, short name and date."""
    match = _compiled(_W3C, has_case=True).fullmatch(rest)
    if match is None:
        return None
    return Designation(("W3C",), match["name"], "", "", match["stage"] or "", match["date"] or "")


def read_oasis(rest: str) -> Designation | None:
    """Return the OASIS specification called `rest`: name, and version with stage and part."""
    match = _compiled(_OASIS, has_case=True).fullmatch(rest)
    if match is None:
        return None
    return Designation(("OASIS",), match["name"], edition=match["version"] or "")


def read_ecma(rest: str) -> Designation | None:
    """Return the standard, report or memento of Ecma called `rest`."""
    match = _compiled(_ECMA).fullmatch(rest)
    if match is None:
        return None
    kind, number, part, year = match.groups()
    return Designation(("ECMA",), number, part or "", (kind or "").upper(), "", year or "")


def read_cie(rest: str) -> Designation | None:
    """Return the CIE publication called `rest`, or the paper of its proceedings."""
    match = _compiled(_CIE_PAPER, has_case=True).fullmatch(rest)
    if match is not None:
        return Designation(("CIE",), match["number"])
    match = _compiled(_CIE, has_case=True).fullmatch(rest)
    if match is None:
        return None
    stage, kind, number, part, language, year = match.groups()
    if part and len(part) == 4 and part.isdigit() and not year:
        part, year = "", part
    return Designation(
        ("CIE",), number, part or "", kind or "", stage or "", year or "", language=language or ""
    )


def read_gb(rest: str) -> Designation | None:
    """Return the Chinese national standard called `rest`, without its "GB"."""
    match = _compiled(_CHINA).fullmatch(rest)
    if match is None:
        return None
    kind, number, part, year, change, changed, alias = match.groups()
    supplements = (Supplement("Amd", change, changed or ""),) if change else ()
    return Designation(
        ("GB",),
        number,
        part or "",
        (kind or "").upper(),
        "",
        year or "",
        supplements=supplements,
        aliases=(alias.strip(),) if alias else (),
    )


def read_east_asia(publisher: str, rest: str) -> Designation | None:
    """Return the JIS or KS standard called `rest`: a letter and a number."""
    match = _compiled(_EAST_ASIA).fullmatch(rest)
    if match is None:
        return None
    supplements = tuple(
        Supplement("Amd", *each.split(" ")[-1].split(":"))
        for each in match["supplements"].upper().split("/")[1:]
    )
    return Designation(
        (publisher,),
        f"{match['letter'].upper()} {match['number']}",
        match["part"] or "",
        (match["kind"] or "").upper(),
        "",
        match["year"] or "",
        supplements=supplements,
        aliases=(match["alias"].strip(),) if match["alias"] else (),
    )
