"""From what is written or typed to a designation."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Final

from gdakg.errors import DesignationError
from gdakg.identifiers import engineering, international, named, telecom
from gdakg.identifiers.designation import Designation

#: no designation is longer
LONGEST: Final = 200

#: marks and dashes that people and word processors write
_FOLDED: Final = {ord(mark): None for mark in "™®©\u00ad\u200b\u200e\ufeff"} | dict.fromkeys(
    map(ord, "‐‑‒–—―−－"), "-"
)

#: who begins a designation; what stands behind decides how the rest is read
_HEAD: Final = r"""
    (?P<adopters>(?:(?:BS|PD|DIN|TCVN|CNS|EN|prEN|FprEN|(?:JIS|KS)\ ?[A-Z])\ (?=[A-Z]))*)
    (?:
      (?P<joint>(?:ISO|IEC|CISPR)(?:/(?:ISO|IEC|IEEE|ASTM|CIE|HL7|SAE|OECD|UNDP|ASME))*
               |IEEE/(?:ISO/IEC|IEC))(?![a-z]{3})[\ /_-]?\ ?
    | (?P<iwa>(?:CD\ )?IWA)\ ?
    | (?P<recommendation>(?:Rec(?:ommendation|\.)?\ )?ITU-?(?P<sector>[TR])\ ?)
    | (?P<itu>(?:Rec(?:ommendation|\.)?\ )?ITU(?![A-Z-])\ ?)
    | (?P<etsi>ETSI\ ?)
    | (?P<third>3GPP\ ?)
    | (?P<ieee>(?:IEEE|ANSI|AIEE|IRE|ASA|NACE)(?:/[A-Z0-9]+)*(?![A-Z])\ *)
    | (?P<ietf>(?:IETF\ |10\.17487/)?(?=(?:RFC|BCP|STD|FYI|IEN)[\ -]?[0-9]|draft-))
    | (?P<name>W3C|OASIS|CIE)[ ]
    | (?P<ecma>ECMA)(?=[-\ 0-9])
    | (?P<china>GB)(?=[/\ 0-9])
    | (?P<letters>JIS|KS)\ ?(?=[A-Z])
    | (?P<europe>(?:pr|Fpr)?EN|BS|PD|DIN|CNS|TCVN|CEN/CLC|CEN|CLC)(?=[\ /0-9])[\ /]?\ ?
    )
"""
#: without its publisher: deliverables of ETSI alone, and series of ITU
_ETSI_ALONE: Final = r"""
    (?:E[SG]|G[SR]|I-ETS|ETS|ETR)\ [A-Z0-9]
  | EN\ ?[0-9]{3}\ [0-9]{3}
  | T[SR]\ [0-9]{3}\ [0-9]{3}
"""
_3GPP_ALONE: Final = r"T[SR]\ [0-9]{2}\.[0-9]{3}"
_ITU_ALONE: Final = r"(?P<series>[A-Z]{1,3})(?:\.?(?=[0-9])|[. ]?(?=Sup))"
_BY_NAME: Final[dict[str, Callable[[str], Designation | None]]] = {
    "W3C": named.read_w3c,
    "OASIS": named.read_oasis,
}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.VERBOSE | re.IGNORECASE)


def folded(text: str) -> str:
    """Return `text` as it is read: NFKC, no trade marks, one kind of dash, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    return " ".join(text.split())


def parse(text: str) -> Designation:
    """Return the designation that `text` is, in a publisher's notation or as people type it.

    A Recommendation of ITU may go without its publisher where the letters of its series are
    those of one sector alone, a deliverable of ETSI or 3GPP where its form is: see
    `names_publisher`.  Raises DesignationError, a ValueError, that tells where reading stopped.

    >>> parse("iso14067：2018").number, str(parse("ISO/IEC 30134-2:2016/AMD1:2018"))
    ('14067', 'ISO/IEC 30134-2:2016/Amd 1:2018')
    """
    read = folded(text)
    found = _parsed(read) if len(read) <= LONGEST else None
    if found is None:
        raise _stopped(text, read)
    return found


def names_publisher(text: str) -> bool:
    """Return whether `text`, which `parse` reads, names its publisher.

    >>> names_publisher("L.1470"), names_publisher("ITU-T L.1470")
    (False, True)
    """
    match = _compiled(_HEAD).match(folded(text))
    if match is None:
        return False
    is_etsi = match["europe"] and _compiled(_ETSI_ALONE).match(folded(text))
    return not (match["itu"] or is_etsi)


def _parsed(text: str) -> Designation | None:
    """Return what the folded `text` names, None if nothing."""
    match = _compiled(_HEAD).match(text)
    if match is None:
        return _without_publisher(text)
    rest = text[match.end() :]
    group = match.lastgroup or ""
    if match["adopters"]:
        return _adopted(match["adopters"], match, rest)
    if group == "joint":
        return _joint(match["joint"].upper(), rest)
    read = _READERS.get(group)
    return read(match, rest) if read else None


def _joint(joint: str, rest: str) -> Designation | None:
    """Return what several publishers call `rest`, in the notation of ISO or of IEEE."""
    publishers = _split(joint)
    if publishers[0] == "IEEE":
        publishers = (*publishers[1:], "IEEE")
    found = international.read(publishers, rest)
    if found is None and publishers != ("ISO",):
        return engineering.read(publishers, rest)
    return found


@cache
def _split(joint: str) -> tuple[str, ...]:
    return tuple(joint.split("/"))


def _itu(match: re.Match[str], rest: str) -> Designation | None:
    is_radio = match["sector"] in {"R", "r"}
    rest = rest[1:] if rest[:1] == "-" else rest
    return telecom.read_itu_r(rest) if is_radio else telecom.read_itu_t(rest)


def _europe(match: re.Match[str], rest: str) -> Designation | None:
    """Return the standard of a European or national body called `rest`."""
    first = match["europe"]
    if first.upper() == "EN" and _compiled(_ETSI_ALONE).match(f"EN {rest}"):
        return telecom.read_etsi(f"EN {rest}")
    publishers, stage = _drafted(first)
    return international.read(publishers, rest, stage=stage)


def _drafted(first: str) -> tuple[tuple[str, ...], str]:
    """Return publishers and stage of "prEN", "FprEN" or of a name that tells no stage."""
    stage = {"PREN": "pr", "FPREN": "Fpr"}.get(first.upper(), "")
    return ("EN",) if stage else _split(first.upper()), stage


def _letters(match: re.Match[str], rest: str) -> Designation | None:
    return named.read_east_asia(match["letters"].upper(), rest)


def _named(match: re.Match[str], rest: str) -> Designation | None:
    name = match["name"].upper()
    if name != "CIE":
        return _BY_NAME[name](rest)
    second = rest.split(" ")[0]
    if second in {"ISO", "IEC", "ISO/CIE"}:
        first = second.split("/")[0]
        return international.read((first, "CIE"), rest[len(second) + 1 :])
    return named.read_cie(rest)


_READERS: Final[dict[str, Callable[[re.Match[str], str], Designation | None]]] = {
    "iwa": lambda match, rest: international.read(
        ("ISO",), f"{'CD ' if match['iwa'][:2] in {'CD', 'cd'} else ''}IWA {rest}"
    ),
    "sector": _itu,
    "recommendation": _itu,
    "itu": lambda _, rest: _of_itu(rest),
    "etsi": lambda _, rest: telecom.read_etsi(rest),
    "third": lambda _, rest: telecom.read_3gpp(rest),
    "ieee": lambda match, rest: engineering.read(_split(match["ieee"].strip().upper()), rest),
    "ietf": lambda _, rest: named.read_ietf(rest),
    "name": _named,
    "ecma": lambda _, rest: named.read_ecma(rest),
    "china": lambda _, rest: named.read_gb(rest),
    "letters": _letters,
    "europe": _europe,
}


def _adopted(before: str, match: re.Match[str], rest: str) -> Designation | None:
    """Return the adoption, `before` its adopters, of what `match` begins and `rest` ends."""
    words = before.upper().split()
    stage = "Fpr" if "FPREN" in words else "pr" if "PREN" in words else ""
    adopters = tuple(_grouped([w.removeprefix("F").removeprefix("PR") for w in words]))
    if match["joint"]:
        publishers = _split(match["joint"].upper())
        return international.read(publishers, rest, adopters, stage)
    if match["europe"]:
        publishers, stage = _drafted(match["europe"])
        return international.read(publishers, rest, adopters, stage)
    return None


def _grouped(words: list[str]) -> list[str]:
    """Return the adopters in `words`, the letter of a Japanese or Korean one with it."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in {"JIS", "KS"} and len(word) == 1:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def _without_publisher(text: str) -> Designation | None:
    """Return what `text` can only be, None where its publisher is not certain."""
    if _compiled(_ETSI_ALONE).match(text):
        return telecom.read_etsi(text)
    if _compiled(_3GPP_ALONE).match(text):
        return telecom.read_3gpp(text)
    return _of_itu(text)


def _of_itu(text: str) -> Designation | None:
    """Return the Recommendation `text` of ITU if its series is of one sector alone."""
    match = _compiled(_ITU_ALONE).match(text)
    if match is None:
        return None
    series = match["series"].upper()
    if series in telecom.ONLY_ITU_T:
        return telecom.read_itu_t(text)
    return telecom.read_itu_r(text) if series in telecom.ONLY_ITU_R else None


def _stopped(text: str, read: str) -> DesignationError:
    """Return the error that tells where the reading of `read` stopped."""
    shown = repr(text if len(text) <= 80 else f"{text[:79]}…")
    if not read:
        return DesignationError(text, 0, "no designation in an empty text")
    if len(read) > LONGEST:
        reason = f"{shown} is no designation: longer than {LONGEST} characters"
        return DesignationError(text, LONGEST, reason)
    for length in range(len(read) - 1, 0, -1):
        if read[length - 1].isalnum() and read[length].isalnum():
            continue  # in the middle of a word or number
        if (found := _parsed(read[:length].rstrip())) is not None:
            reason = f"{shown}: read as {found}, stopped before {read[length:].strip()!r}"
            return DesignationError(text, length, reason)
    head = _compiled(_HEAD).match(read)
    if head is not None and (length := head.end()):
        rest = f"stopped before {read[length:]!r}" if read[length:] else "which ends there"
        reason = f"{shown}: no number follows {read[:length].strip(' /')}, {rest}"
        return DesignationError(text, length, reason)
    match = _compiled(_ITU_ALONE).match(read)
    if match is not None and match["series"].upper() in {"F", "M", "P", "R", "S", "V"}:
        reason = f"{shown} may be of ITU-T or of ITU-R: say which"
        return DesignationError(text, 0, reason)
    reason = f"no publisher begins {shown}; there are: {', '.join(PUBLISHERS)}"
    return DesignationError(text, 0, reason)


#: who may begin a designation
PUBLISHERS: Final = (
    *("ISO", "IEC", "ISO/IEC", "ISO/IEC/IEEE", "CISPR", "IWA", "ITU-T", "ITU-R", "ETSI", "IEEE"),
    *("ANSI", "RFC", "BCP", "STD", "draft-", "W3C", "3GPP", "OASIS", "ECMA", "CIE", "GB", "CNS"),
    *("JIS", "KS", "TCVN", "EN", "BS", "DIN"),
)
