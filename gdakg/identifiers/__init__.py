"""From what a publisher prints on the cover to our IRI, and back to what people type.

A designation is the publisher's own code: "ISO 14067:2018", "ITU-T L.1470 (01/2020)",
"ETSI ES 203 199 V1.4.1 (2025-01)", "RFC 9030".  Without its year or version it names the
standard, with it an edition.

>>> from gdakg.identifiers import parse
>>> standard = parse("iso/iec 30134-2:2016/AMD1:2018")
>>> str(standard), str(standard.undated), standard.urn
('ISO/IEC 30134-2:2016/Amd 1:2018', 'ISO/IEC 30134-2', 'urn:iso:std:iso-iec:30134:-2:amd:1')
"""

from typing import TYPE_CHECKING, Any

from gdakg.identifiers.spelling import key, mint, short_key

if TYPE_CHECKING:
    from gdakg.identifiers.designation import Designation
    from gdakg.identifiers.parsing import names_publisher, parse
    from gdakg.identifiers.parts import Supplement

__all__ = [
    "Designation",
    "Supplement",
    "edition_iri",
    "key",
    "mint",
    "names_publisher",
    "parse",
    "short_key",
    "standard_iri",
    "undated",
]


def undated(designation: str) -> str:
    """Return `designation` without its year, date or version.

    >>> undated("ITU-T L.1470 (01/2020)"), undated("IEEE Std 1680.2-2012"), undated("RFC 9030")
    ('ITU-T L.1470', 'IEEE Std 1680.2', 'RFC 9030')
    """
    from gdakg.identifiers.parsing import parse

    return str(parse(designation).undated)


def standard_iri(designation: str) -> str:
    """Return the IRI of the standard that `designation`, dated or not, names.

    >>> standard_iri("ISO/IEC 30134-2:2016")
    'https://w3id.org/gdakg/id/std/iso-iec/30134-2'
    """
    from gdakg.identifiers.parsing import parse

    return parse(designation).standard_iri


def edition_iri(designation: str) -> str:
    """Return the IRI of the edition that `designation` names.

    What has no year in its designation, such as an RFC, has one edition, whose IRI
    ends with the number.

    >>> edition_iri("ITU-T L.1470 (01/2020)")
    'https://w3id.org/gdakg/id/ed/itu-t/l.1470/2020-01'
    """
    from gdakg.identifiers.parsing import parse

    return parse(designation).edition_iri


def __getattr__(name: str) -> Any:
    """Return what reads designations, loaded when asked for: a query does without."""
    if name in {"names_publisher", "parse"}:
        from gdakg.identifiers import parsing

        return getattr(parsing, name)
    if name == "Designation":
        from gdakg.identifiers import designation

        return designation.Designation
    if name == "Supplement":
        from gdakg.identifiers import parts

        return parts.Supplement
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
