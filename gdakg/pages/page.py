"""Our page in the place of pyvis' template.

pyvis' own template asks two servers for scripts and runs whatever stands in a label; its
writer empties the old file before it fails.  Both are left unused.
"""

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from gdakg.pages.payload import payload
from gdakg.pages.templates import embedded, environment, stylesheet, write_page
from gdakg.pages.wording import LANGUAGES, WORDS

if TYPE_CHECKING:
    from pyvis.network import Network

    from gdakg.pages.links import Link

TEMPLATE: Final = "network.html.j2"

#: what draws the picture in the browser -> the scripts of the page
RENDERERS: Final = {
    "vis": ("vis-network.min.js", "page.js"),
    "canvas": ("page.js",),
}

#: vis-network as views of a thousand nodes need it; the page draws the labels itself
OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"scaling": {"label": {"drawThreshold": 100_000}}},
    "edges": {
        "smooth": False,
        "width": 0.8,
        "selectionWidth": 0.5,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
    "interaction": {
        "dragNodes": False,
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
        "selectable": True,
        "tooltipDelay": 150,
    },
}


def use_page(
    network: "Network",
    *,
    heading: Mapping[str, str],
    language: str,
    centre: str | None,
    renderer: str,
    links: Iterable["Link"] = (),
) -> None:
    """Make `network.generate_html()` give our page, in `language` and at `centre` at first.

    `links` lead to the other pages of a site.
    """
    network.heading = heading.get(language) or next(iter(heading.values()), "")
    network.options = OPTIONS
    network.templateEnv = environment(
        languages=LANGUAGES,
        words=WORDS,
        vis_options=OPTIONS,
        payload=payload,
        language=language,
        centre=centre,
        headings=dict(heading),
        renderer=renderer,
        links=list(links),
        site=None,
        **embedded(stylesheet("page.css"), RENDERERS[renderer]),
    )
    network.path = TEMPLATE


def write(network: "Network", path: str | os.PathLike[str]) -> None:
    """Write the page of `network` to `path`, as `write_page` does."""
    write_page(network.generate_html(), path)
