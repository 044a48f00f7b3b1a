"""One designation as a value: printed, ordered, compared, with its IRI and URN."""

import re
from functools import cache
from typing import Any, Final, Self

from gdakg.identifiers.parts import Parts, issuers
from gdakg.identifiers.printing import printed
from gdakg.identifiers.spelling import mint

#: what RFC 5141 knows as originator and as type
_URN_ORIGINATORS: Final = ("ISO", "ISO/IEC", "ISO/CIE", "ISO/ASTM", "ISO/IEEE", "IEC")
_URN_TYPES: Final = ("", "DATA", "Guide", "ISP", "IWA", "PAS", "R", "TR", "TS", "TTA")
_URN_SUPPLEMENTS: Final = ("Amd", "Cor", "Add")
#: what RFC 2648 knows of what we read
_URN_SERIES: Final = ("RFC", "BCP", "STD", "FYI")


class Designation(Parts):
    """The name of a standard or of an edition, taken apart; immutable, hashable, in an order.

    `parse` reads one.  The order is by publisher, then by number with 9 before 10, then part,
    year and supplements.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return the designation in the publisher's own form: "ITU-T L.1470 (01/2020)"."""
        return printed(self)

    @property
    def is_dated(self) -> bool:
        """Whether it names an edition: it has a year, month, version or revision."""
        return bool(self.edition or any(supplement.date for supplement in self.supplements))

    @property
    def undated(self) -> Self:
        """The standard it is an edition, amendment, variant or translation of."""
        stage = "" if self.publishers == ("W3C",) else self.stage
        return self._replace(
            stage=stage,
            edition="",
            date="",
            supplements=(),
            variant="",
            language="",
            aliases=self._numbers(),
        )

    @property
    def adopted(self) -> "Designation | None":
        """The undated standard that this adopts nationally or regionally, None if it adopts none.

        Undated, since the year is that of the adoption.
        """
        return self.undated._replace(adopters=()) if self.adopters else None

    @property
    def others(self) -> "tuple[Designation, ...]":
        """The same document under its other numbers: ITU-T L.1600 of ITU-T Y.4900/L.1600."""
        if self.publishers != ("ITU-T",):
            return ()
        found = []
        for alias in self.aliases:
            number, dot, rest = alias.partition(".")
            digits, _, part = rest.partition(".")
            found.append(self._replace(number=f"{number}{dot}{digits}", part=part, aliases=()))
        return tuple(found)

    @property
    def iri(self) -> str:
        """Our IRI: of an edition if it has a year or supplements, else of the standard.

        A language is no part of it.
        """
        is_edition = self.is_dated or self.supplements or self.variant
        return self.edition_iri if is_edition else self.standard_iri

    @property
    def standard_iri(self) -> str:
        """Our IRI of the undated standard."""
        return mint("std", *self._named())

    @property
    def edition_iri(self) -> str:
        """Our IRI of the edition; what has no year has one edition, that of its number."""
        later = [
            f"{s.stage}{'-' if s.stage else ''}{s.kind}-{s.number}-{s.date}".strip("-")
            for s in self.supplements
        ]
        stage = self.stage if self.publishers == ("W3C",) else ""
        names = ("-".join(filter(None, (stage, self._version()))), *later, self.variant)
        return mint("ed", *self._named(), *(_segment(name) for name in names if name))

    def _named(self) -> tuple[str, str]:
        """Return publisher and number as they stand in our IRIs."""
        text = str(self.undated)
        before = issuers(self)
        body = text.removeprefix(before).lstrip(" /-").removeprefix("Std ")
        return _segment(before.replace("/", "-")), _segment(body)

    def _version(self) -> str:
        """Return the edition as it tells one from another: a draft of IEEE by its date too."""
        if self.publishers == ("3GPP",):
            return self.edition.rpartition("/")[2] or self.edition
        return f"{self.edition}-{self.date}" if self.date and "D-" in self.edition else self.edition

    def _numbers(self) -> tuple[str, ...]:
        return self.aliases if self.publishers[0] == "ITU-T" else ()

    @property
    def urn(self) -> str | None:
        """The URN by RFC 5141 (ISO, IEC) or RFC 2648 (IETF), None where neither gives one.

        That of an ISO standard names it without its edition, since RFC 5141 counts editions
        where a designation has the year; supplements are named by kind and number.
        """
        if self.publishers == ("IETF",):
            if self.kind == "draft":
                return f"urn:ietf:id:{printed(self).removeprefix('draft-')}"
            return f"urn:ietf:{self.kind.lower()}:{self.number}" if self._is_in_series() else None
        originator = "/".join(self.publishers)
        is_covered = originator in _URN_ORIGINATORS and self.kind in _URN_TYPES
        is_plain = not (self.stage or self.variant or self.adopters) and self.number.isdigit()
        if not (is_covered and is_plain) or not re.fullmatch(r"[A-Za-z0-9-]*", self.part):
            return None
        parts = [originator.replace("/", "-"), self.kind, self.number]
        parts += [f"-{self.part}"] if self.part else []
        for kind, number, _, stage, is_merged in self.supplements:
            if kind not in _URN_SUPPLEMENTS or stage or is_merged or not number.isdigit():
                return None
            parts += [kind, number]
        return "urn:iso:std:" + ":".join(filter(None, parts)).lower()

    def _is_in_series(self) -> bool:
        return self.kind in _URN_SERIES

    @property
    def key(self) -> str:
        """What is the same in all catalogues that name this document, whatever the notation.

        Publishers sorted, stage and type, number and part, year, supplements.
        """
        return self._key(self._version())

    @property
    def baseless_key(self) -> str:
        """The key of an amendment without the year of what it amends, which IEEE does not write.

        Two corrigenda to two editions may share it, so it shows candidates only.
        """
        is_amendment = any(s.date and not s.is_merged for s in self.supplements[:1])
        return self._key("" if is_amendment else self._version())

    def _key(self, edition: str) -> str:
        kind = "" if self.kind in {"Std", "Unapproved Std", "Approved Std"} else self.kind
        number = f"{self.number}-{self.part}" if self.part else self.number
        who = "/".join(sorted((*self.adopters, *self.publishers)))
        words = [who, self.stage, kind, number, edition]
        for name, nth, date, stage, is_merged in self.supplements:
            words.append(f"{'+' if is_merged else '/'}{stage}{_SAME.get(name, name)}{nth}:{date}")
        words.append(self.variant)
        return "|".join(words).casefold()

    def _rank(self) -> tuple[Any, ...]:
        """Return what designations are ordered by: digits as numbers, all else as text."""
        return (
            self.publishers,
            _natural(self.number),
            _natural(self.part),
            self.kind,
            self.adopters,
            _natural(self.edition),
            tuple((s.kind, _natural(s.number), s.date) for s in self.supplements),
            tuple(self),
        )

    def __lt__(self, other: Any) -> bool:
        return self._rank() < other._rank() if isinstance(other, Designation) else NotImplemented

    def __le__(self, other: Any) -> bool:
        return self._rank() <= other._rank() if isinstance(other, Designation) else NotImplemented

    def __gt__(self, other: Any) -> bool:
        return self._rank() > other._rank() if isinstance(other, Designation) else NotImplemented

    def __ge__(self, other: Any) -> bool:
        return self._rank() >= other._rank() if isinstance(other, Designation) else NotImplemented


#: kinds of supplements that are one and the same thing
_SAME: Final = {"Technical Cor": "Cor"}


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return `text` for ordering, its digits as numbers."""
    chunks = _digits().findall(text)
    return tuple((1, int(c), c) if c.isdigit() else (0, 0, c) for c in chunks)


@cache
def _digits() -> re.Pattern[str]:
    return re.compile(r"[0-9]+|[^0-9]+")


def _segment(name: str) -> str:
    """Return `name` with what our IRIs do not hold written as "~" and its code."""
    plain = name.replace(" ", "-").replace("/", "~").lower()
    if plain.isascii() and plain.replace("-", "").replace("~", "").replace(".", "").isalnum():
        return plain
    held = "abcdefghijklmnopqrstuvwxyz0123456789._~-"
    return "".join(c if c in held else f"~{ord(c):x}" for c in plain)
