"""Pages for a browser: one HTML file each, which loads nothing and runs nothing foreign."""

import os
from typing import TYPE_CHECKING

from gdakg.pages.wording import HEADING, LANGUAGES

if TYPE_CHECKING:
    from pyvis.network import Network

    from gdakg.knowledge import KnowledgeGraph

__all__ = ["network"]


def network(
    kg: "KnowledgeGraph",
    path: str | os.PathLike[str] | None = None,
    *,
    around: str | None = None,
    depth: int = 2,
    language: str = "en",
    heading: str | None = None,
) -> "Network":
    """Write the network page of `kg` to `path` and return the pyvis network inside it.

    Without `path` nothing is written.  `around` and `depth` draw a part, as in
    `gdakg.network`.  `language` is the one the page opens in: en, zh-Hans or zh-Hant.
    Raises `PageError` where the page cannot be drawn or written.
    """
    from gdakg.layout import positions
    from gdakg.network import network as to_networkx
    from gdakg.pages.fill import to_pyvis
    from gdakg.pages.page import write

    drawn = to_networkx(kg, around=around, depth=depth)
    headings = HEADING if heading is None else dict.fromkeys(LANGUAGES, heading)
    made = to_pyvis(drawn, positions(drawn), heading=headings, language=language)
    if path is not None:
        write(made, path)
    return made
