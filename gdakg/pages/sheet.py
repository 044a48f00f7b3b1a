"""Pages of text, tables and drawings, in all languages at once: coverage, timeline, gaps, site.

Each text stands in the page in every language, one of which the style sheet shows; so a page
reads without a script in the language that it was written for.
"""

import csv
import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from gdakg.errors import PageError
from gdakg.pages.fill import text_in
from gdakg.pages.links import Link, Texts
from gdakg.pages.templates import ASSETS, embedded, environment, stylesheet
from gdakg.pages.wording import LANGUAGES

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@functools.cache
def words() -> dict[str, Texts]:
    """Return the words of the interface in all languages, by the English ones."""
    with (ASSETS / "words.csv").open(encoding="utf-8", newline="") as table:
        return {row["en"]: row for row in csv.DictReader(table)}


def said(text: str, **values: object) -> dict[str, str]:
    """Return words of the interface in all languages, their {names} filled from `values`.

    Raises PageError for words that `words.csv` does not have.
    """
    if text not in words():
        raise PageError(f"no such words in {ASSETS / 'words.csv'}: {text!r}")
    return {language: words()[text][language].format(**values) for language in LANGUAGES}


def say(text: str, **values: object) -> "Markup":
    """Return words of the interface as HTML, in all languages."""
    return shown(said(text, **values))


def shown(labels: Texts) -> "Markup":
    """Return a text as HTML in all languages, one from another language marked "[en] ".

    >>> str(shown({"": "IEC"})), str(shown({"en": "A & B"}))[:52]
    ('IEC', '<span data-in="en" lang="en">A &amp; B</span><span d')
    """
    from markupsafe import Markup, escape

    told = {language: text_in(labels, language) for language in LANGUAGES}
    if len(set(told.values())) == 1:
        return escape(told["en"])
    readers: dict[tuple[str, str], list[str]] = {}
    for language, text in told.items():
        marked = (tag for tag in labels if text.startswith(f"[{tag}] "))
        readers.setdefault((text, next(marked, language)), []).append(language)
    span = Markup('<span data-in="{}" lang="{}">{}</span>')
    return Markup("").join(
        span.format(" ".join(languages), tag, text) for (text, tag), languages in readers.items()
    )


def labels_of(labels: Texts) -> str:
    """Return a text in all languages as JSON, for an attribute that a script fills."""
    import json

    told = {language: text_in(labels, language) for language in LANGUAGES}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def sheet(
    template: str,
    *,
    title: Texts,
    description: Texts,
    language: str = "en",
    links: Iterable[Link] = (),
    scripts: Iterable[str] = (),
    styles: Iterable[str] = (),
    **content: Any,
) -> str:
    """Return the page that `template` makes of `content`, as HTML.

    It opens in `language` (en, zh-Hans, zh-Hant), has `links` to other pages above it, and
    besides the script and style of every sheet those of its own, by their file names.  Raises
    PageError for a language that pages do not speak.
    """
    if language not in LANGUAGES:
        raise PageError(f"no page in {language!r}; there are: {', '.join(LANGUAGES)}")
    told: dict[str, Any] = {
        "title": title,
        "titles": {tag: text_in(title, tag) for tag in LANGUAGES},
        "description": text_in(description, language),
        "language": language,
        "links": list(links),
        **embedded(stylesheet("sheet.css", *styles), ("sheet.js", *scripts)),
    }
    return _environment().get_template(template).render(told | content)


@functools.cache
def _environment() -> "Environment":
    return environment(languages=LANGUAGES, say=say, said=said, shown=shown, labels_of=labels_of)
