"""Designations in the notation of IEEE: "IEEE Std 1680.2-2024", "IEEE P802.3/D-3.0-2024-05"."""

import re
from functools import cache
from typing import Final

from gdakg.identifiers.designation import Designation
from gdakg.identifiers.parts import Supplement

_HEAD: Final = r"""
    (?:(?P<status>Unapproved|Approved|Active)\ +)?
    (?:(?P<stage>FDIS|DIS|CDV|CD[0-9]?)(?![A-Z])\ ?)?
    (?:(?P<std>Std)\.?\ ?)?
    (?:No\.?\ ?)?
    (?P<project>P(?=[0-9CNS]))?
    (?P<number>(?:[A-Z]{1,3}\ ?(?=[0-9]))?[0-9]+[A-Za-z]*)
    (?P<part>(?:[.-](?!(?:18|19|20)[0-9]{2}(?:[/\ -]|$))[A-Za-z0-9]+)*)
    (?P<tail>.*)
"""
_NEXT: Final = r"""
    /(?P<draft>[DE]-?[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*(?:/R-?[A-Za-z]+)?)(?=[/\ -]|$)
  | /\ ?(?P<kind>Cor|Amd|INT|Conformance)\ ?(?P<nth>[0-9]+)
  | [-:.](?P<date>(?:18|19|20)[0-9]{2}(?:-(?:[0-9]{2}(?:-[0-9]{2})?|[A-Z][a-z]{2,3}))?)(?![0-9])
  | \ (?P<variant>Redline)
"""
_KIND_OF: Final = {"COR": "Cor", "AMD": "Amd", "INT": "INT", "CONFORMANCE": "Conformance"}
_JOINT: Final = frozenset(("ISO", "IEC"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.VERBOSE | re.IGNORECASE)


def read(publishers: tuple[str, ...], rest: str) -> Designation | None:
    """Return what `publishers` call `rest`, None if it is not of this form."""
    match = _compiled(_HEAD).fullmatch(rest)
    if match is None:
        return None
    status, stage, std, project, number, part, tail = match.groups()
    kind = f"{status.capitalize()} Std" if status else "Std" if std and not project else ""
    is_joint = publishers[0] in _JOINT
    if not kind and not project and publishers == ("IEEE",) and "/D" not in tail:
        kind = "Std"
    stage = f"{stage.upper()} P" if stage and project else stage.upper() if stage else ""
    stage = stage or ("P" if project else "")
    if is_joint and kind:
        return None
    if not number[0].isdigit():
        if is_joint:
            return None
        number = number.upper().replace(" ", "")
    part = part[1:] if part else ""
    if is_joint:  # as ISO and IEC write them
        number, part = number.upper(), part.upper()
    found = Designation(publishers, number, part, kind, stage)
    return _followed(found, tail, is_joint=is_joint) if tail else found


def _numbered(draft: str) -> str:
    """Return "3.0" of "D-3.0" or "D3.0", and "E2" of "E-2", a draft of IEC."""
    bare = draft[1:].removeprefix("-")
    return bare if draft[0] in {"D", "d"} else f"E{bare}"


def _followed(found: Designation, tail: str, *, is_joint: bool) -> Designation | None:
    """Return `found` with the draft, date, supplements and variant in `tail`."""
    edition = date = variant = ""
    supplements: list[Supplement] = []
    scan = _compiled(_NEXT)
    place = 0
    while place < len(tail):
        match = scan.match(tail, place)
        if match is None:
            return None
        if match["draft"]:
            if "-" in edition or supplements:
                return None
            draft = f"D-{_numbered(match['draft'])}"
            edition = f"{edition}/{draft}" if edition else draft
        elif match["kind"]:
            supplements.append(Supplement(_KIND_OF[match["kind"].upper()], match["nth"]))
        elif match["variant"]:
            if variant:
                return None
            variant = "Redline"
        elif supplements and not supplements[-1].date:
            supplements[-1] = supplements[-1]._replace(date=match["date"])
        elif supplements or date or (edition and "D-" not in edition):
            return None
        elif edition:
            date = match["date"]
        else:
            edition = match["date"]
        place = match.end()
    stage = "P" if is_joint and "D-" in edition and not found.stage else found.stage
    return found._replace(
        stage=stage, edition=edition, date=date, supplements=tuple(supplements), variant=variant
    )
