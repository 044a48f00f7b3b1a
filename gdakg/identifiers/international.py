"""Designations of the form "ISO/IEC TR 20226:2025/Amd 1:2026", and adoptions of them."""

import re
from functools import cache
from typing import Final

from gdakg.identifiers.designation import Designation
from gdakg.identifiers.parts import Supplement

_STAGES: Final = "PWI|NP|AWI|WD|CDV|CD[0-9]?|DIS|FDIS|PRF"
_KINDS: Final = "TS|TR|PAS|Guide|ISP|R|TTA|DATA|IWA|SRD|WT|CA|ACEE|SPEC|CWA|HB"
#: as the publishers write what people type in any case
_KIND_OF: Final = {kind.upper(): kind for kind in _KINDS.split("|")} | {"": ""}

_HEAD: Final = rf"""
    (?:(?P<stage>{_STAGES})(?![A-Z])\ ?)?
    (?:(?P<drafted>F?D)?(?P<kind>{_KINDS})(?![A-Z])\ ?)?
    (?P<number>[0-9]+[A-Z]{{0,2}}(?![A-Z]))
    (?P<part>(?:-/?[A-Z0-9]+)*(?:/[0-9]+(?=[: ]|$))?)
    (?:\.(?P<round>[0-9]{{1,2}}))?
    (?:\ ?:\ ?(?P<year>[0-9]{{4}}(?:-[0-9]{{2}}){{0,2}}))?
    (?P<tail>.*)
"""
_DIRECTIVES: Final = (
    r"(?P<kind>(?:JTC 1 )?DIR)(?: (?P<number>[A-Z0-9][A-Z0-9 +]*?))?"
    r"(?::(?P<year>[0-9]{4}(?:-[0-9]{2})?))?"
)
_PAPERS: Final = (
    r"(?P<kind>White Paper|Trend Report|Technology Report|Technology and Market Outlook Paper) "
    r"(?P<number>[A-Za-z][A-Za-z0-9 .&:-]*?):(?P<year>[0-9]{4})"
)
#: what may follow the year, one after another
_NEXT: Final = r"""
    (?P<mark>[/+])\ ?
    (?:(?P<stage>NP|AWI|WD|CD|PRF)(?![A-Z])\ ?)?
    (?P<drafted>FD|PD|D)?
    (?P<kind>Amd\.?|Amendment|AM|Add|AC|A(?=[0-9])|Cor\.?|Corrigendum|Ext|Suppl|ISH|FRAG)\ ?
    (?P<number>[0-9]*)(?:\.(?P<round>[0-9]+))?
    (?:\ ?:\ ?(?P<date>[0-9]{4}(?:-[0-9]{2})?))?
  | \ (?P<variant>CSV|RLV|CMV|SER|DB|PRV|EXV(?:-(?:CMV|RLV))?|Redline)(?![A-Z])
  | \ ?\((?P<language>[A-Z](?:/[A-Z])*)\)
  | \ ?\((?P<alias>(?:ISO|IEC)[A-Z0-9/ :.-]*)\)
  | \ \(all\ parts\)()
"""
_KIND_OF_SUPPLEMENT: Final = {
    "AMD": "Amd",
    "AMENDMENT": "Amd",
    "AM": "Amd",
    "A": "Amd",
    "AC": "Cor",
    "COR": "Cor",
    "CORRIGENDUM": "Cor",
    "ADD": "Add",
    "EXT": "Ext",
    "SUPPL": "Suppl",
    "ISH": "ISH",
    "FRAG": "FRAG",
}


@cache
def _compiled(pattern: str, *, has_case: bool = False) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.VERBOSE | (0 if has_case else re.IGNORECASE))


@cache
def _plain(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def read(
    publishers: tuple[str, ...], rest: str, adopters: tuple[str, ...] = (), stage: str = ""
) -> Designation | None:
    """Return what `publishers` call `rest`, None if it is not of this form."""
    match = _compiled(_HEAD).fullmatch(rest)
    if match is None:
        return _text_instead_of_number(publishers, rest) if not adopters else None
    given, drafted, kind, number, part, round_, year, tail = match.groups()
    if given or drafted:
        stage = (given or drafted).upper()
        if round_:
            stage = f"{stage}.{round_}"
    elif round_:
        return None  # IEEE's way to write a part
    part = part[1:].upper() if part else ""
    if part and not year and part[-4:-2] in {"19", "20"} and _is_year(part):
        part, year = part[:-5], part[-4:]
    found = Designation(
        publishers,
        number.upper(),
        part,
        _KIND_OF[kind.upper()] if kind else "",
        stage,
        year or "",
        "",
        (),
        "",
        "",
        (),
        adopters,
    )
    return _followed(found, tail) if tail else found


def _is_year(part: str) -> bool:
    return part[-4:].isdigit() and part[-5:-4] in {"", "-"}


def _text_instead_of_number(publishers: tuple[str, ...], rest: str) -> Designation | None:
    """Return one of the directives of ISO and IEC, or a white paper of IEC."""
    if "DIR" in rest[:9]:
        match = _plain(_DIRECTIVES).fullmatch(rest)
    elif publishers == ("IEC",):
        match = _plain(_PAPERS).fullmatch(rest)
    else:
        return None
    if match is None:
        return None
    number = match["number"] or ""
    if match["kind"] == "DIR" and not number:
        return None
    return Designation(publishers, number, kind=match["kind"], edition=match["year"] or "")


def _followed(found: Designation, tail: str) -> Designation | None:
    """Return `found` with the supplements, variant and language in `tail`."""
    supplements: list[Supplement] = []
    more: dict[str, object] = {}
    place = 0
    scan = _compiled(_NEXT)
    while place < len(tail):
        match = scan.match(tail, place)
        if match is None:
            return None
        if match["mark"]:
            supplements.append(_supplement(match))
        elif match["variant"] and "variant" not in more:
            given = match["variant"].upper()
            more["variant"] = "Redline" if given == "REDLINE" else given
        elif match["language"] and "language" not in more:
            more["language"] = match["language"].upper()
        elif match["alias"] and "aliases" not in more:
            more["aliases"] = (match["alias"],)
        elif match["variant"] or match["language"] or match["alias"]:
            return None
        else:
            more["variant"] = "(all parts)"
        place = match.end()
    return found._replace(supplements=tuple(supplements), **more)  # type: ignore[arg-type]


def _supplement(match: re.Match[str]) -> Supplement:
    stage = (match["stage"] or match["drafted"] or "").upper()
    if match["round"]:
        stage = f"{stage}.{match['round']}"
    kind = _KIND_OF_SUPPLEMENT[match["kind"].upper().rstrip(".")]
    number = match["number"].lstrip("0") or match["number"][:1]
    return Supplement(kind, number, match["date"] or "", stage, match["mark"] == "+")
