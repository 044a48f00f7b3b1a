"""Codes in any spelling, reduced to what tells one from another, and the IRIs of ours."""

import re
import unicodedata
from typing import Final

from gdakg.namespaces import BASE

# Patterns are plain strings: those that a query does not need are never compiled.

#: what may stand in a segment of our IRIs
_SEGMENT: Final = r"[a-z0-9._~-]+"

#: what carries no meaning in a code: spaces, punctuation, and these words
_NOISE: Final = r"\b(?:rec(?:ommendation)?|std)\b\.?|[^a-z0-9]+"
_PREFIX: Final = r"^(?:isoiecieee|isoiec|isoastm|iso|iec|itut|itu|ieee|etsi|rfc)(?=.)"


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
