"""Where the things that a catalogue names stand among our IRIs.

Two catalogues that name the same edition give it the same IRI, and so do a catalogue and the
bundled graph: that is all there is to their being one thing.
"""

import functools
import re
from typing import Final, NamedTuple

from gdakg.identifiers import Designation, parse
from gdakg.namespaces import BASE

_PLAIN: Final = re.compile(r"[a-z0-9.~-]*")
_SPECIAL: Final = re.compile(r"[^a-z0-9.~-]")
_EXACT: Final = re.compile(r"[a-z0-9.-]*")
_INEXACT: Final = re.compile(r"[^a-z0-9.-]")
_SUPPLEMENT: Final = re.compile(
    r"(?i)/\s*(?:amd|cor|add|err)|\b(?:amd|amendment|cor|corrigendum)\b"
)
#: bodies of which two have committees together
_JOINT: Final = ("ISO/IEC", "IEC/ISO")
#: a committee that has parts, as it stands in an IRI
_PART: Final = r"(?:tc|sc|pc|jtc|syc)\d+\w*"
_UNIT: Final = re.compile(r"(?i)(tc|sc|pc|jtc|sg|wg|syc|q)[ ./-]?(\d+\w*)")


class Place(NamedTuple):
    """Where a designation stands."""

    code: str  #: the designation without year, date or version
    standard: str  #: IRI of the standard
    edition: str  #: IRI of the edition; what has no year has one edition
    is_dated: bool  #: whether the designation itself tells one edition from others
    is_supplement: bool  #: an amendment, a corrigendum or the like
    is_read: bool  #: whether we could read it; else its letters make the IRI
    base: str = ""  #: IRI of the edition that a supplement belongs to


@functools.lru_cache(maxsize=100_000)
def place(designation: str) -> Place:
    """Return where `designation` stands; one that we cannot read stands for itself.

    >>> place("ISO 14067:2018").standard, place("ISO 14067:2018").is_dated
    ('https://w3id.org/gdakg/id/std/iso/14067', True)
    >>> place("CIE x++").edition
    'https://w3id.org/gdakg/id/ed/unread/cie__x_2b__2b_'
    """
    try:
        read = parse(designation)
        standard, edition = read.standard_iri, read.edition_iri
    except ValueError:
        name = f"unread/{exact(designation)}"
        standard, edition = f"{BASE}std/{name}", f"{BASE}ed/{name}"
        is_supplement = _SUPPLEMENT.search(designation) is not None
        return Place(designation, standard, edition, False, is_supplement, False)
    code = str(read.undated) if read.is_dated else designation
    is_supplement = _is_supplement(read)
    base = read._replace(supplements=read.supplements[:-1]).edition_iri if is_supplement else ""
    return Place(code, standard, edition, read.is_dated, is_supplement, True, base)


def _is_supplement(read: Designation) -> bool:
    """Return whether it is an amendment or the like, not a text with amendments merged into it."""
    return any(not supplement.is_merged for supplement in read.supplements)


def segment(text: str) -> str:
    """Return `text` as one segment of an IRI, as everywhere in our IRIs: space as hyphen.

    >>> segment("Power Supply"), segment("SC 7/WG 1")
    ('power-supply', 'sc-7~wg-1')
    """
    lowered = text.lower().replace(" ", "-").replace("/", "~")
    if _PLAIN.fullmatch(lowered):
        return lowered
    return _SPECIAL.sub(lambda match: f"_{ord(match[0]):x}_", lowered)


def exact(text: str) -> str:
    """Return `text` as one segment of an IRI, different texts as different ones but for case.

    >>> exact("iso-14067:2018.yaml"), exact("a b"), exact("a-b"), exact("a/b")
    ('iso-14067_3a_2018.yaml', 'a__b', 'a-b', 'a_2f_b')
    """
    lowered = text.lower()
    if _EXACT.fullmatch(lowered):
        return lowered
    return _INEXACT.sub(lambda match: "__" if match[0] == " " else f"_{ord(match[0]):x}_", lowered)


@functools.lru_cache(maxsize=10_000)
def organization(short_name: str) -> str:
    """Return the IRI of the body called `short_name`.

    >>> organization("ITU-T")
    'https://w3id.org/gdakg/id/org/itu-t'
    """
    return f"{BASE}org/{segment(short_name)}"


@functools.lru_cache(maxsize=10_000)
def committee(publisher: str, name: str) -> str:
    """Return the IRI of the committee that a catalogue of `publisher` calls `name`.

    >>> committee("ISO", "ISO/TC 207/SC 7").removeprefix(BASE)
    'committee/iso/tc207/sc7'
    >>> committee("IEC", "TC 32/SC 32C").removeprefix(BASE)
    'committee/iec/tc32/sc32c'
    >>> committee("ISO", "ISO/IEC JTC 1/SC 39").removeprefix(BASE)
    'committee/iso-iec/jtc1/sc39'
    """
    body, rest = _body_of(publisher, name)
    parts = [_UNIT.sub(r"\1\2", part.strip(), count=1) for part in rest.split("/")]
    shown = [segment(part) for part in parts if part.strip()]
    return BASE + "/".join(["committee", segment(body).replace("~", "-"), *shown])


def above(publisher: str, name: str) -> tuple[str, ...]:
    """Return the name of the committee of which `name` is a part, else of its body or bodies.

    >>> above("ISO", "ISO/TC 207/SC 7"), above("IEC", "ISO/TC 207"), above("ISO", "IEC/ISO JTC 3")
    (('ISO/TC 207',), ('ISO',), ('IEC', 'ISO'))
    """
    whole, _, _ = name.rpartition("/")
    if re.fullmatch(_PART, committee(publisher, whole).rpartition("/")[2]):
        return (whole,)
    return tuple(_body_of(publisher, name)[0].split("/"))


def _body_of(publisher: str, name: str) -> tuple[str, str]:
    """Return the body whose committee `name` is, and the name without it."""
    for prefix in (*_JOINT, "ISO", "IEC", publisher):
        if name.startswith((f"{prefix}/", f"{prefix} ")):
            return prefix, name[len(prefix) + 1 :]
    return ("ISO/IEC" if name.startswith("JTC 1") else publisher), name


@functools.lru_cache(maxsize=10_000)
def ics(code: str) -> str:
    """Return the IRI of the field `code` of the International Classification for Standards.

    >>> ics("13.020.40")
    'https://w3id.org/gdakg/id/ics/13.020.40'
    """
    return f"{BASE}ics/{segment(code)}"


def source(catalogue: str, file: str, line: int) -> str:
    """Return the IRI of the record of `catalogue` that stands in `file`, at `line` if not 0.

    >>> source("iso", "iso-14067-2018.yaml", 0).removeprefix(BASE)
    'record/iso/iso-14067-2018.yaml'
    """
    return f"{BASE}record/{segment(catalogue)}/{exact(f'{file}:{line}' if line else file)}"
