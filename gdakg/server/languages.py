"""The language that a reader is spoken to in."""

import functools
from typing import Final

from gdakg.questions import LANGUAGES

#: regions and scripts of Chinese -> our tag
_CHINESE: Final = {
    "hant": "zh-Hant",
    "tw": "zh-Hant",
    "hk": "zh-Hant",
    "mo": "zh-Hant",
    "hans": "zh-Hans",
    "cn": "zh-Hans",
    "sg": "zh-Hans",
    "my": "zh-Hans",
}
#: longer headers are cut here
_LONGEST: Final = 1_000


def spoken(tag: str) -> str | None:
    """Return which of our languages the language tag means, None if none.

    >>> [spoken(tag) for tag in ("zh-TW", "zh-Hant-HK", "zh-HK", "zh", "ZH-cn", "en-GB", "fr")]
    ['zh-Hant', 'zh-Hant', 'zh-Hant', 'zh-Hans', 'zh-Hans', 'en', None]
    """
    language, *parts = tag.strip().lower().replace("_", "-").split("-")
    if language == "en":
        return "en"
    if language != "zh":
        return None
    return next((_CHINESE[part] for part in parts if part in _CHINESE), "zh-Hans")


@functools.lru_cache(maxsize=512)
def preferred(accept_language: str | None) -> str:
    """Return which of our languages an Accept-Language header wants most, else English.

    >>> preferred("fr, zh-TW;q=0.8, en;q=0.5"), preferred("de"), preferred("en;q=0, *")
    ('zh-Hant', 'en', 'zh-Hans')
    """
    wanted: dict[str, float] = {}
    others = 0.0
    for item in (accept_language or "")[:_LONGEST].split(","):
        tag, *parameters = item.split(";")
        quality = _quality(parameters)
        if tag.strip() == "*":
            others = quality
        elif (language := spoken(tag)) is not None:
            wanted[language] = max(quality, wanted.get(language, 0.0))
    best = max(LANGUAGES, key=lambda language: wanted.get(language, others))
    return best if wanted.get(best, others) > 0 else "en"


def _quality(parameters: list[str]) -> float:
    """Return the weight among the parameters: 1 if there is none, 0 for what is no weight."""
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return quality if 0 <= quality <= 1 else 0.0
    return 1.0
