"""A designation as its publisher writes it."""

from collections.abc import Callable
from typing import Final

from gdakg.identifiers.parts import INTERNATIONAL, Parts, Supplement, issuers

#: ITU abbreviates with a full stop
_ITU_STOPPED: Final = frozenset(("Amd", "Cor", "Technical Cor", "Add", "Err", "App", "Suppl"))


def printed(parts: Parts) -> str:
    """Return the designation in the publisher's own form."""
    first = parts.publishers[0]
    if parts.stage == "P" or parts.stage.endswith(" P"):  # a project of IEEE, alone or joint
        return _ieee(parts)
    return _FORMS.get(first, _ieee if "IEEE" in parts.publishers[:1] else _international)(parts)


def _international(parts: Parts) -> str:
    """Return "ISO/IEC TR 20226:2025/Amd 1:2026" or the like."""
    stage, _, round_ = parts.stage.partition(".")
    kind = parts.kind
    text = kind if kind == "IWA" else issuers(parts)
    if stage in {"pr", "Fpr"}:
        text, stage = text.replace("EN", f"{stage}EN", 1), ""
    words = [] if kind == "IWA" else [kind]
    if stage in {"D", "FD"}:
        words = [f"{stage}{kind}"]
    elif stage:
        words = [stage, *words]
    before = " ".join(filter(None, words))
    if before:
        has_slash = parts.publishers in _SLASHED and before != "Guide"
        text = f"{before} {text}" if kind == "IWA" else f"{text}{'/' if has_slash else ' '}{before}"
    text = f"{text} {parts.number}" if parts.number else text
    if parts.part:
        text = f"{text}-{parts.part}"
    if round_:
        text = f"{text}.{round_}"
    if parts.edition:
        text = f"{text}:{parts.edition}"
    return _with_supplements(text, parts)


#: who writes "ISO/TS" and not "ISO TS"
_SLASHED: Final = (("ISO",), ("CEN",), ("CLC",), ("CEN", "CLC"))


def _with_supplements(text: str, parts: Parts) -> str:
    """Return `text` with what follows the year of an international standard."""
    if parts.supplements:
        write = _amended_by_iso if parts.publishers[0] == "ISO" else _amended_by_iec
        if parts.publishers[0] not in INTERNATIONAL or parts.adopters:
            write = _amended_by_cen
        merged = [write(s) for s in parts.supplements if s.is_merged]
        added = [write(s) for s in parts.supplements if not s.is_merged]
        variant = [f" {parts.variant}"] if parts.variant else []
        text = "".join((text, *merged, *variant, *added))
    elif parts.variant:
        text = f"{text} {parts.variant}"
    if parts.language:
        text = f"{text}({parts.language})"
    return f"{text} ({parts.aliases[0]})" if parts.aliases else text


def _amended_by_iso(supplement: Supplement) -> str:
    kind, number, date, stage, is_merged = supplement
    stage, _, round_ = stage.partition(".")
    if stage in {"D", "FD", "PD"}:
        kind = stage + ("AM" if kind == "Amd" else kind.upper())
        stage = ""
    words = " ".join(filter(None, (stage, kind, number)))
    return _dated(f"{'+' if is_merged else '/'}{words}", round_, date)


def _amended_by_iec(supplement: Supplement) -> str:
    kind, number, date, stage, is_merged = supplement
    if stage:
        return _amended_by_iso(supplement)
    return _dated(f"{'+' if is_merged else '/'}{kind.upper()}{number}", "", date)


def _amended_by_cen(supplement: Supplement) -> str:
    kind, number, date, stage, is_merged = supplement
    if stage or kind not in {"Amd", "Cor"}:
        return _amended_by_iso(supplement)
    mark = "A" if kind == "Amd" else "AC"
    return _dated(f"{'+' if is_merged else '/'}{mark}{number}", "", date)


def _dated(text: str, round_: str, date: str) -> str:
    return f"{text}{'.' if round_ else ''}{round_}{':' if date else ''}{date}"


def _ieee(parts: Parts) -> str:
    """Return "IEEE Std 1680.2-2024", "IEEE P802.3/D-3.0-2024-05" or the like."""
    kind = f" {parts.kind}" if parts.kind else ""
    stage, _, is_project = parts.stage.rpartition("P") if "P" in parts.stage else ("", "", "-")
    before = f" {stage.strip()}" if stage.strip() else ""
    number = parts.number if is_project == "-" else f"P{parts.number}"
    joint = parts.publishers[0] in {"ISO", "IEC"}
    part = f"{'-' if joint else '.'}{parts.part}" if parts.part else ""
    edition = parts.edition
    text = f"{issuers(parts)}{before}{kind} {number}{part}"
    text += f"{'/' if edition.startswith('D-') else '-'}{edition}" if edition else ""
    text += "".join(
        f"/{s.kind}{s.number}" + (f"-{s.date}" if s.date else "") for s in parts.supplements
    )
    text += f"-{parts.date}" if parts.date else ""
    return f"{text} {parts.variant}" if parts.variant else text


def _itu_t(parts: Parts) -> str:
    """Return "ITU-T Y.4900/L.1600 (06/2016)", "ITU-T L Suppl. 64 (06/2026)" or the like."""
    text = f"ITU-T {parts.number}"
    if parts.kind:
        text = f"{text} {parts.kind} {parts.part}"
    elif parts.part:
        text = f"{text}.{parts.part}"
    text = "/".join((text, *parts.aliases))
    if parts.variant:
        text = f"{text} ({parts.variant})"
    if parts.edition:
        text = f"{text} {_itu_date(parts.edition)}"
    for kind, number, date, _, _ in parts.supplements:
        stop = "." if kind in _ITU_STOPPED else ""
        text = f"{text} {kind}{stop}{' ' if number else ''}{number}"
        text = f"{text} {_itu_date(date)}" if date else text
    return text


def _itu_date(date: str) -> str:
    """Return "2020-01" as "(01/2020)"."""
    year, _, month = date.partition("-")
    return f"({month}/{year})" if month else f"({year})"


def _itu_r(parts: Parts) -> str:
    words = ["ITU-R", parts.kind, f"{parts.number}{'-' if parts.edition else ''}{parts.edition}"]
    return " ".join(filter(None, (*words, _itu_date(parts.date) if parts.date else "")))


def _etsi(parts: Parts) -> str:
    text = f"ETSI {parts.kind} {parts.number}"
    text = f"{text}-{parts.part}" if parts.part else text
    marks = {"Amd": "A", "Cor": "C"}
    text += "".join(f"/{marks[s.kind]}{s.number}" for s in parts.supplements)
    text = f"{text} {parts.edition}" if parts.edition else text
    return f"{text} ({parts.date})" if parts.date else text


def _third_generation(parts: Parts) -> str:
    text = f"3GPP {parts.kind} {parts.number}"
    text = f"{text}-{parts.part}" if parts.part else text
    if not parts.edition:
        return text
    return f"{text} V{parts.edition}" if parts.edition[0].isdigit() else f"{text}:{parts.edition}"


def _ietf(parts: Parts) -> str:
    if parts.kind != "draft":
        return f"{parts.kind} {parts.number}"
    return f"{parts.number}-{parts.edition}" if parts.edition else parts.number


def _hyphenated(parts: Parts) -> str:
    """Return "W3C REC-turtle-20140225", "OASIS CAP-v1.2", "ECMA-418-1" or the like."""
    first = parts.publishers[0]
    if first == "ECMA":
        text = f"ECMA {parts.kind}/{parts.number}" if parts.kind else f"ECMA-{parts.number}"
        text = f"{text}-{parts.part}" if parts.part else text
        return f"{text}:{parts.edition}" if parts.edition else text
    name = "-".join(filter(None, (parts.stage, parts.number, parts.edition, parts.part)))
    return f"{first} {name}"


def _cie(parts: Parts) -> str:
    if len(parts.publishers) > 1:
        return _international(parts)
    words = ["CIE", parts.stage, parts.kind, parts.number]
    text = " ".join(filter(None, words))
    text = f"{text}-{parts.part}" if parts.part else text
    text = f"{text}/{parts.language}" if parts.language else text
    return f"{text}:{parts.edition}" if parts.edition else text


def _chinese(parts: Parts) -> str:
    text = f"GB/{parts.kind} {parts.number}" if parts.kind else f"GB {parts.number}"
    text = f"{text}.{parts.part}" if parts.part else text
    text = f"{text}-{parts.edition}" if parts.edition else text
    text += "".join(f"/XG{s.number}" + (f"-{s.date}" if s.date else "") for s in parts.supplements)
    return f"{text} ({parts.aliases[0]})" if parts.aliases else text


_FORMS: Final[dict[str, Callable[[Parts], str]]] = {
    "ITU-T": _itu_t,
    "ITU-R": _itu_r,
    "ETSI": _etsi,
    "3GPP": _third_generation,
    "IETF": _ietf,
    "W3C": _hyphenated,
    "OASIS": _hyphenated,
    "ECMA": _hyphenated,
    "CIE": _cie,
    "GB": _chinese,
    **dict.fromkeys(("IEEE", "ANSI", "AIEE", "IRE", "ASA", "NACE"), _ieee),
}
