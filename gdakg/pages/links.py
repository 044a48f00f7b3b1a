"""Texts in several languages, and ways from page to page."""

from collections.abc import Mapping
from typing import NamedTuple

Texts = Mapping[str, str]  #: a text by language tag


class Link(NamedTuple):
    """A way to another page of the site."""

    href: str
    texts: Texts
    is_here: bool = False
