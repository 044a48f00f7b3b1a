"""Texts as the search compares them: one width, one case, one script, no accents.

A text becomes words: Latin ones in one spelling of English, Chinese ones as pairs of characters.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

#: Han, with kana and Hangul, which have no spaces between words either
_HAN: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)

#: letters that Unicode does not take apart, and the hyphen that is none of ASCII
_LETTERS: Final = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "\u2010": "-"}

#: how British and American spellings meet; the result need not be a word.  Of others that end so,
#: such as "exercise", both spellings fold alike too
_SPELLINGS: Final = (
    r"^(?:analyses|aluminium)$|^sulph"
    r"|(?<=[a-z]{2}[a-uw-z])is(?=(?:e[drs]?|ers|ing|ations?|ational)$)"
    r"|(?<=[a-z]{3})ys(?=(?:e[drs]?|ers|ing)$)"
    r"|(?<=[a-z]{2}[tb])re(?=s?$)"
    r"|(?<=[a-z]{3})our(?=s?$|ed$|ing$|al$)"
    r"|(?<=[a-z]{3}[ae])ll(?=(?:ed|ing|ers?)$)"
)
_SHORTEST_SPELLED: Final = 5
_AMERICAN: Final = {
    "analyses": "analysis",
    "aluminium": "aluminum",
    "sulph": "sulf",
    "is": "iz",
    "ys": "yz",
    "re": "er",
    "our": "or",
    "ll": "l",
}


def fold(text: str) -> str:
    """Return `text` without what does not matter: width, case, accents, traditional or simplified.

    >>> fold("Ｅ-Énergie 資料"), fold("œuvre CO₂")
    ('e-energie 资料', 'oeuvre co2')
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if re.search("[\u00c0-\u1fff]", folded):  # the letters that may have accents
        apart = unicodedata.normalize("NFKD", folded).casefold()
        folded = unicodedata.normalize("NFKC", re.sub("[\u0300-\u036f]", "", apart))
    return folded.translate(_simplified())


@functools.cache
def _simplified() -> dict[int, str]:
    """Return what stands for a character: the simplified one, plain letters for æ and the like."""
    text = Path(__file__).with_name("script_pairs.txt").read_text(encoding="utf-8")
    packed = "".join(line for line in text.splitlines() if not line.startswith("#"))
    pairs = zip(packed[::2], packed[1::2], strict=True)
    return str.maketrans(_LETTERS | dict(pairs))


@functools.cache
def _runs() -> re.Pattern[str]:
    """Return the pattern of a run of Han, or of a word, or of several with hyphens between."""
    letter = rf"[^\W_{_HAN}]"
    return re.compile(rf"([{_HAN}]+)|({letter}+(?:-{letter}+)*)")


@functools.lru_cache(maxsize=200_000)
def one_spelling(word: str) -> str:
    """Return `word`, folded, in the one spelling that stands for the British and the American.

    >>> one_spelling("centre") == one_spelling("center"), one_spelling("organisation")
    (True, 'organization')
    """
    if len(word) < _SHORTEST_SPELLED or not word.isascii():
        return word
    return re.sub(_SPELLINGS, lambda match: _AMERICAN[match[0]], word)


def groups(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of `text`; those of one tuple stand together, as in "e-waste" and 废弃物.

    >>> list(groups("E-waste, 廢棄物 of 2018"))
    [('e', 'waste'), ('废弃', '弃物'), ('of',), ('2018',)]
    """
    for han, latin in _runs().findall(fold(text)):
        yield tuple(pairs(han)) if han else tuple(map(one_spelling, latin.split("-")))


def pairs(run: str) -> list[str]:
    """Return each two neighbours in a run of Chinese characters, or the only one.

    >>> pairs("电子废"), pairs("电")
    (['电子', '子废'], ['电'])
    """
    return [run[n : n + 2] for n in range(max(1, len(run) - 1))]


@functools.lru_cache(maxsize=10_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words under which `text` is found, in the spelling they have.

    Words with hyphens are there joined too, and the last character of a Chinese run alone, so
    that any one character is the beginning of a word.

    >>> words("E-waste 電子"), words("Wi‑Fi")
    (('e', 'waste', '电子', '子', 'ewaste'), ('wi', 'fi', 'wifi'))
    """
    folded = fold(text)
    if folded.isascii():
        found = re.findall("[a-z0-9]+", folded)
    else:
        found = []
        for han, latin in _runs().findall(folded):
            found += [*pairs(han), *han[1:][-1:]] if han else latin.split("-")
    if "-" in folded.replace(" - ", " "):  # a dash between words joins nothing
        joined = re.findall(r"[^\W_]+(?:-[^\W_]+)+", folded)
        found += [each.replace("-", "") for each in joined]
    return tuple(found)


def indexed(text: str) -> str:
    """Return `words` in one spelling, with a space between.

    >>> indexed("Data-centre energy")
    'data center energy datacenter'
    """
    return " ".join(map(one_spelling, words(text)))


def is_han(word: str) -> bool:
    """Return whether `word` is of Chinese characters, or others without spaces between words.

    >>> is_han("电子"), is_han("énergie")
    (True, False)
    """
    return re.match(f"[{_HAN}]", word) is not None
