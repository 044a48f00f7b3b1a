"""Pages for a browser: one HTML file each, which loads nothing and runs nothing foreign."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gdakg.pages.wording import HEADING, LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    import networkx
    from pyvis.network import Network

    from gdakg.answers import Answer
    from gdakg.knowledge import KnowledgeGraph
    from gdakg.pages.links import Link

__all__ = ["coverage", "gaps", "network", "site", "timeline"]


def coverage(
    kg: "KnowledgeGraph",
    path: str | os.PathLike[str] | None = None,
    *,
    language: str = "en",
    links: "Iterable[Link]" = (),
    href: Callable[[str], str | None] | None = None,
    network: str | None = None,
) -> str:
    """Write the coverage page of `kg` to `path` and return it, as HTML.

    Without `path` nothing is written.  `language` is the one the page opens in.  In a site,
    `links` lead to its other pages, `href` gives the page of a thing, or None, and `network` is
    the address of the network page.  Raises `PageError` where it cannot be made or written.
    """
    from gdakg.pages.matrix import page

    return _kept(page(kg, language=language, links=links, href=href, network=network), path)


def timeline(
    kg: "KnowledgeGraph",
    path: str | os.PathLike[str] | None = None,
    *,
    language: str = "en",
    links: "Iterable[Link]" = (),
    href: Callable[[str], str | None] | None = None,
) -> str:
    """Write the timeline of `kg` to `path` and return it, as HTML.

    Without `path` nothing is written.  `language` is the one the page opens in.  In a site,
    `links` lead to its other pages, and `href` gives the page of a thing, or None.  Raises
    `PageError` where it cannot be made or written.
    """
    from gdakg.pages.chronicle import page

    return _kept(page(kg, language=language, links=links, href=href), path)


def gaps(
    kg: "KnowledgeGraph",
    path: str | os.PathLike[str] | None = None,
    *,
    language: str = "en",
    links: "Iterable[Link]" = (),
    href: Callable[[str], str | None] | None = None,
    network: str | None = None,
) -> str:
    """Write the page of the gaps of `kg` to `path` and return it, as HTML.

    Without `path` nothing is written.  `language` is the one the page opens in.  In a site,
    `links` lead to its other pages, `href` gives the page of a thing, or None, and `network` is
    the address of the network page.  `FILE.html#card=GAP-EF` leads to one gap.  Raises
    `PageError` where it cannot be made or written.
    """
    from gdakg.pages.cards import page

    return _kept(page(kg, language=language, links=links, href=href, network=network), path)


def _kept(page: str, path: str | os.PathLike[str] | None) -> str:
    """Return `page`, written to `path` if there is one."""
    from gdakg.pages.templates import write_page

    if path is not None:
        write_page(page, path)
    return page


def network(
    kg: "KnowledgeGraph",
    path: str | os.PathLike[str] | None = None,
    *,
    around: str | None = None,
    depth: int = 2,
    things: "Iterable[str] | Answer | None" = None,
    language: str = "en",
    heading: str | Mapping[str, str] | None = None,
    renderer: str | None = None,
    links: "Iterable[Link]" = (),
) -> "Network":
    """Write the network page of `kg` to `path` and return the pyvis network inside it.

    Without `path` nothing is written; a notebook shows the page for the network.  `around` and
    `depth`, or `things`, draw a part, as in `gdakg.network`; a page around a thing opens with its
    details and names it in its title.  `language` is the one the page opens in: en, zh-Hans or
    zh-Hant; `heading` a text, or one by language.  The `renderer` is "vis" or, by default above
    3,000 nodes, "canvas".  In a site, `links` lead to its other pages.  Raises `PageError` where
    the page cannot be drawn or written.
    """
    from gdakg.layout import positions
    from gdakg.network import network as to_networkx
    from gdakg.pages.fill import check, text_in, to_pyvis
    from gdakg.pages.page import write

    drawn = to_networkx(kg, around=around, depth=depth, things=things)
    check(len(drawn), language, renderer)  # before the long work of laying it out
    centre = None if around is None else kg.find(around)
    if heading is None:
        heading = _headings(drawn, centre)
    else:
        told = {"": heading} if isinstance(heading, str) else heading
        heading = {tag: text_in(told, tag) for tag in LANGUAGES}
    places = positions(drawn)
    made = to_pyvis(
        drawn,
        places,
        heading=heading,
        language=language,
        centre=centre,
        renderer=renderer,
        links=links,
    )
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


def site(
    kg: "KnowledgeGraph",
    folder: str | os.PathLike[str],
    *,
    language: str = "en",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> "list[Path]":
    """Write all pages of `kg` into `folder` and return the files, relative to it, sorted.

    A page for each standard, gap, area, pillar, body, committee, task, event, document and
    project, the network, coverage, timeline and gaps, all standards as a table, a start page
    with search, and the data to download.  Pages open in `language`.  An empty or new folder is
    needed, or a site, which is then renewed; `progress` is told after each file how many are
    done, and of how many.  Raises `PageError`.
    """
    from functools import partial

    from gdakg.namespaces import BASE
    from gdakg.pages.entry_sheet import others
    from gdakg.pages.site_folder import write

    def network_page(
        kg: "KnowledgeGraph", *, href: Callable[[str], str | None], **given: Any
    ) -> str:
        net = network(kg, **given)
        net.templateEnv.globals["site"] = {"base": BASE, "others": others(net.node_ids, href)}
        made: str = net.generate_html()
        return made

    makers: dict[str, Callable[..., str]] = {
        "network.html": network_page,
        "coverage.html": partial(coverage, network="network.html"),
        "timeline.html": timeline,
        "gaps.html": partial(gaps, network="network.html"),
    }
    return write(kg, folder, language=language, progress=progress, makers=makers)
