"""From what a publisher prints on the cover to our IRI, and back to what people type.

A designation is the publisher's own code: "ISO 14067:2018", "ITU-T L.1470 (01/2020)",
"ETSI ES 203 199 V1.4.1 (2025-01)", "RFC 9030".  Without its year or version it names the
standard, with it an edition.
"""

import re
import unicodedata
from typing import Final

from gdakg.namespaces import BASE

# Patterns are plain strings: those that a query does not need are never compiled.

#: what may stand in a segment of our IRIs
_SEGMENT: Final = r"[a-z0-9._~-]+"

#: publishers as they begin a designation, longest first, and their segment in our IRIs
_PUBLISHERS: Final = {
    "ISO/IEC/IEEE": "iso-iec-ieee",
    "ISO/ASTM": "iso-astm",
    "ISO/IEC": "iso-iec",
    "ITU-T": "itu-t",
    "ITU-R": "itu-r",
    "ETSI": "etsi",
    "IEEE": "ieee",
    "ISO": "iso",
    "IEC": "iec",
}

#: series whose name stands for the publisher and stays part of the number
_SERIES: Final = {"RFC": "ietf", "draft": "ietf", "IWA": "iso"}

#: how a designation ends when it names an edition, by publisher
_ISO_EDITION: Final = r":(?P<edition>\d{4})$"
_ITU_EDITION: Final = r" \((?P<month>\d{2})/(?P<year>\d{4})\)$"
_ETSI_EDITION: Final = r" (?P<edition>V\d+\.\d+\.\d+) \((?P<date>\d{4}-\d{2})\)$"
_IEEE_EDITION: Final = r"(?<=\d|[a-z])-(?P<edition>\d{4})$"
_EDITIONS: Final = {
    "itu-t": _ITU_EDITION,
    "itu-r": _ITU_EDITION,
    "etsi": _ETSI_EDITION,
    "ieee": _IEEE_EDITION,
}


def mint(kind: str, *names: str) -> str:
    """Return the IRI of the thing of `kind` called `names`, each name one segment.

    Lower case; a space becomes a hyphen and a slash a tilde.  Raises ValueError for a name
    with a character that our IRIs do not hold.

    >>> mint("committee", "ITU-T", "SG5")
    'https://w3id.org/gdakg/id/committee/itu-t/sg5'
    """
    segments = [name.lower().replace(" ", "-").replace("/", "~") for name in names]
    for name, segment in zip(names, segments, strict=True):
        if not re.fullmatch(_SEGMENT, segment):
            raise ValueError(f"no IRI for {name!r}: only letters, digits and . _ ~ - are held")
    return BASE + "/".join([kind, *segments])


def _publisher(designation: str) -> tuple[str, str]:
    """Return the segment of the publisher and the rest of `designation`."""
    for prefix, segment in _PUBLISHERS.items():
        rest = designation.removeprefix(prefix)
        if rest != designation and rest[:1] in {" ", "/"}:
            return segment, rest[1:].removeprefix("Std ")
    for series, segment in _SERIES.items():
        if re.match(rf"{series}\b", designation):
            return segment, designation
    known = ", ".join([*_PUBLISHERS, *_SERIES])
    raise ValueError(f"no publisher begins {designation!r}; there are: {known}")


def undated(designation: str) -> str:
    """Return `designation` without its year, date or version.

    >>> undated("ITU-T L.1470 (01/2020)"), undated("IEEE Std 1680.2-2012"), undated("RFC 9030")
    ('ITU-T L.1470', 'IEEE Std 1680.2', 'RFC 9030')
    """
    publisher, _ = _publisher(designation)
    return re.sub(_EDITIONS.get(publisher, _ISO_EDITION), "", designation)


def standard_iri(designation: str) -> str:
    """Return the IRI of the standard that `designation`, dated or not, names.

    >>> standard_iri("ISO/IEC 30134-2:2016")
    'https://w3id.org/gdakg/id/std/iso-iec/30134-2'
    """
    publisher, number = _publisher(undated(designation))
    return mint("std", publisher, number)


def edition_iri(designation: str) -> str:
    """Return the IRI of the edition that `designation` names.

    What has no year in its designation, such as an RFC, has one edition, whose IRI
    ends with the number.

    >>> edition_iri("ITU-T L.1470 (01/2020)")
    'https://w3id.org/gdakg/id/ed/itu-t/l.1470/2020-01'
    """
    publisher, number = _publisher(undated(designation))
    match = re.search(_EDITIONS.get(publisher, _ISO_EDITION), designation)
    if match is None:
        return mint("ed", publisher, number)
    parts = match.groupdict()
    return mint(
        "ed", publisher, number, parts.get("edition") or f"{parts['year']}-{parts['month']}"
    )


#: what carries no meaning in a code: spaces, punctuation, and these words
_NOISE: Final = r"\b(?:rec(?:ommendation)?|std)\b\.?|[^a-z0-9]+"
_PREFIX: Final = r"^(?:isoiecieee|isoiec|isoastm|iso|iec|itut|itu|ieee|etsi|rfc)(?=.)"


def key(text: str) -> str:
    """Return `text` reduced to what tells one code from another, for comparing spellings.

    Full-width characters are folded (NFKC), case, spaces and punctuation dropped.

    >>> key("ITU-T Rec. L.1470") == key("itu-t l1470"), key("ISO14067：2018")
    (True, 'iso140672018')
    """
    return re.sub(_NOISE, "", unicodedata.normalize("NFKC", text).lower())


def short_key(text: str) -> str:
    """Return `key(text)` without the publisher, so that "L.1470" finds "ITU-T L.1470".

    >>> short_key("ITU-T L.1470"), short_key("ISO/IEC 30134-2"), short_key("RFC 9030")
    ('l1470', '301342', '9030')
    """
    return re.sub(_PREFIX, "", key(text))
