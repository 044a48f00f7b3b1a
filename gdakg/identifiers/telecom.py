"""Designations of ITU, ETSI and 3GPP."""

import re
from functools import cache
from typing import Final

from gdakg.identifiers.designation import Designation
from gdakg.identifiers.parts import Supplement

#: letters of series that one sector of ITU has and the other has not
ONLY_ITU_T: Final = frozenset("ABDEGHIJKLNOQTUXYZ")
ONLY_ITU_R: Final = frozenset(("BO", "BR", "BS", "BT", "RA", "RS", "SA", "SF", "SM", "SNG", "TF"))

_RECOMMENDATION: Final = r"""
    (?:Rec(?:ommendation|\.)?\ ?)?
    (?:(?P<series>[A-Z](?:-?[0-9]+-[0-9]+|-[0-9]+(?:\ series)?|\.[0-9]+\ series)?)
       [ .-]?\ ?Sup(?:pl(?:ement)?)?\.?\ ?(?P<nth>[0-9]+(?:\.[0-9]+)?)
     | (?P<range>[A-Z]\.[0-9]+-[A-Z]\.[0-9]+)
     | (?P<letter>[A-Z])[.\ ]?(?P<digits>[0-9]+(?:[a-z](?![a-z]))?)
       (?:\.(?P<part>[0-9]+[a-z]*(?:[.-][0-9]+[a-z]?)*))?
       (?P<suffix>\ ?(?:bis|ter|quater|quarter)\b|\ [A-FR]\b)?
       (?P<others>(?:\ ?/\ ?(?:ITU-T\ )?[A-Z]\.?[0-9]+(?:[.-][0-9]+)*
                     (?:\ (?:bis|ter|quater|quarter|R)\b)?)*)
     | (?P<named>[A-Z]\.[A-Za-z][A-Za-z0-9_-]*(?:\ [A-Z]{2})?|[A-Z]{2,}-[A-Z0-9]+)
    )
    (?P<tail>.*)
"""
_NEXT_OF_ITU: Final = r"""
    \ ?\((?:(?P<month>[0-9]{2})/)?(?P<year>[0-9]{4})\)
  | \ \(?(?P<version>V[0-9]+|v\.[0-9]+)\)?
  | [/\ ](?P<kind>(?:Technical\ )?Cor|Amd|Add|Err|App|Annex|Suppl|Software|Attachment)
    (?![A-Za-z])\.?
    (?:\ ?(?P<number>[A-Z]{0,4}[0-9]*(?:\.[0-9]+)*\+?))?
"""
_KIND_OF_ITU: Final = {
    name.upper(): name
    for name in ("Technical Cor", "Cor", "Amd", "Add", "Err", "App", "Annex", "Suppl", "Software")
} | {"ATTACHMENT": "attachment"}
_RADIO: Final = r"""
    (?:(?:Rec(?:ommendation|\.)?\ ?)?
       (?P<number>[A-Z]{1,3}\.?[0-9]+)(?:-(?P<version>[0-9]+))?
       (?:\ \((?P<month>[0-9]{2})/(?P<year>[0-9]{4})\))?
     | (?:Question\ )?(?P<question>[0-9]+(?:-[0-9]+)?/[0-9]+):?
     | (?P<other>(?=[^0-9]*[0-9])[A-Z0-9][A-Z0-9./-]*)
    )
"""
_ETSI: Final = r"""
    (?P<kind>EN|ES|EG|ETS|I-ETS|ETR|TCRTR|TBR|GTS(?:\ GSM)?|NET|GS|GR|TS|TR|SR|CTR)\ ?
    (?P<number>[0-9]{3}\ ?[0-9]{3}|[0-9]{2}\.[0-9]{2}|[0-9]{3}
             |[A-Z][A-Za-z0-9]*(?:-[A-Z0-9]+)?\ [0-9]{3})
    (?:-(?P<part>[0-9A-Z]+(?:-[0-9A-Z]+)*))?
    (?P<supplements>(?:/[AC][0-9]+)*)
    (?:,?\ (?:V\ ?(?P<version>[0-9]+\.[0-9]+\.[0-9]+)|ed\.\ ?(?P<edition>[0-9]+)))?
    (?:\ \((?P<date>[0-9]{4}-[0-9]{2})\))?
"""
_3GPP: Final = r"""
    (?P<kind>TS|TR)\ ?(?P<number>[0-9]{2}\.[0-9]{2,3}[A-Za-z]*)
    (?:-(?P<part>[0-9]+(?:-[0-9]+)*))?
    (?:[:\ ](?P<release>R(?:EL|elease)?[- ]?[0-9]+|Ph[0-9](?:-[A-Z]+)?|UMTS))?
    (?:[/\ ]V?(?P<version>[0-9]+\.[0-9]+\.[0-9]+))?
"""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.VERBOSE | re.IGNORECASE)


def read_itu_t(rest: str) -> Designation | None:
    """Return the Recommendation or other text of ITU-T called `rest`, None if none is."""
    match = _compiled(_RECOMMENDATION).fullmatch(rest)
    if match is None:
        return None
    series, nth, range_, letter, digits, part, suffix, others, named, tail = match.groups()
    kind = ""
    aliases: tuple[str, ...] = ()
    if letter:
        number = f"{letter.upper()}.{digits.lower()}"
        part = part.lower() if part else ""
        if suffix:
            word = suffix.strip()
            word = word.upper() if len(word) == 1 else word.lower()
            number, part = (number, f"{part} {word}") if part else (f"{number} {word}", "")
        if others:
            aliases = tuple(map(_stopped, _numbers(others)))
    elif series:
        number, part, kind = series[:1].upper() + series[1:].lower(), nth, "Suppl."
    elif range_:
        number, part = range_.upper(), ""
    else:
        number, part = named[0].upper() + named[1:], ""
    found = Designation(("ITU-T",), number, part, kind, "", "", "", (), "", "", aliases)
    return _followed(found, tail) if tail else found


def _numbers(others: str) -> list[str]:
    """Return "l1600", "y4900" of "/l1600 / ITU-T y4900"."""
    return [other.split("ITU-T ")[-1].strip() for other in others.upper().split("/")[1:] if other]


def _stopped(number: str) -> str:
    """Return "l1600" as "L.1600"."""
    rest = number[1:].lstrip(".")
    return f"{number[0].upper()}.{rest if rest[-2:] == ' R' else rest.lower()}"


def _followed(found: Designation, tail: str) -> Designation | None:
    """Return `found` with the date, version and supplements in `tail`."""
    edition = version = ""
    supplements: list[Supplement] = []
    scan = _compiled(_NEXT_OF_ITU)
    place = 0
    while place < len(tail):
        match = scan.match(tail, place)
        if match is None:
            return None
        if year := match["year"]:
            date = f"{year}-{match['month']}" if match["month"] else year
            if supplements and not supplements[-1].date:
                supplements[-1] = supplements[-1]._replace(date=date)
            elif supplements or edition:
                return None
            else:
                edition = date
        elif match["version"]:
            if version or edition or supplements:
                return None
            version = match["version"]
            version = version.lower() if "." in version else version.upper()
        else:
            kind = _KIND_OF_ITU[match["kind"].upper()]
            supplements.append(Supplement(kind, (match["number"] or "").upper()))
        place = match.end()
    return found._replace(edition=edition, variant=version, supplements=tuple(supplements))


def read_itu_r(rest: str) -> Designation | None:
    """Return the Recommendation, Question or other text of ITU-R called `rest`."""
    match = _compiled(_RADIO).fullmatch(rest)
    if match is None:
        return None
    if match["question"]:
        return Designation(("ITU-R",), match["question"], kind="Question")
    if match["other"]:
        return Designation(("ITU-R",), match["other"].upper())
    number = match["number"].upper()
    if "." not in number:
        series = number.rstrip("0123456789")
        number = f"{series}.{number[len(series) :]}"
    date = f"{match['year']}-{match['month']}" if match["year"] else ""
    return Designation(("ITU-R",), number, edition=match["version"] or "", date=date)


def read_etsi(rest: str) -> Designation | None:
    """Return the ETSI deliverable called `rest`, None if it is not of this form."""
    match = _compiled(_ETSI).fullmatch(rest)
    if match is None:
        return None
    kind, number, part, following, version, nth, date = match.groups()
    if len(number) == 6 and number.isdigit():
        number = f"{number[:3]} {number[3:]}"
    elif number[0].isalpha() and number == number.lower():
        number = number.upper()
    marks = {"A": "Amd", "C": "Cor"}
    supplements = tuple(
        Supplement(marks[mark[0].upper()], mark[1:]) for mark in following[1:].split("/") if mark
    )
    edition = f"V{version}" if version else f"ed.{nth}" if nth else ""
    return Designation(
        ("ETSI",), number, (part or "").upper(), kind.upper(), "", edition, date or "", supplements
    )


def read_3gpp(rest: str) -> Designation | None:
    """Return the 3GPP specification or report called `rest`, None if it is not of this form."""
    match = _compiled(_3GPP).fullmatch(rest)
    if match is None:
        return None
    kind, number, part, release, version = match.groups()
    if release and release[0] in {"R", "r"}:
        release = f"REL-{release[len(release.rstrip('0123456789')) :]}"
    edition = "/".join(filter(None, (release, version)))
    return Designation(("3GPP",), number, part or "", kind.upper(), "", edition)
