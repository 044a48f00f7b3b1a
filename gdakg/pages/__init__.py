"""Pages for a browser: one HTML file each, which loads nothing and runs nothing foreign."""

import os
from typing import TYPE_CHECKING

from gdakg.pages.wording import HEADING, LANGUAGES

if TYPE_CHECKING:
    import networkx
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
    `gdakg.network`; that page opens with the details of the thing and names it in its title.
    `language` is the one the page opens in: en, zh-Hans or zh-Hant.  Raises
    `PageError` where the page cannot be drawn or written.
    """
    from gdakg.layout import positions
    from gdakg.network import network as to_networkx
    from gdakg.pages.fill import to_pyvis
    from gdakg.pages.page import write

    drawn = to_networkx(kg, around=around, depth=depth)
    centre = None if around is None else kg.find(around)
    headings = _headings(drawn, centre) if heading is None else dict.fromkeys(LANGUAGES, heading)
    places = positions(drawn)
    made = to_pyvis(drawn, places, heading=headings, language=language, centre=centre)
    if path is not None:
        write(made, path)
    return made


def _headings(drawn: "networkx.MultiDiGraph", centre: str | None) -> dict[str, str]:
    """Return our heading in each language, with the name of the node `centre` behind it."""
    from gdakg.pages.fill import caption

    if centre is None:
        return HEADING
    attributes = drawn.nodes[centre]
    return {
        language: f"{heading} · {caption(attributes, language) or centre}"
        for language, heading in HEADING.items()
    }
