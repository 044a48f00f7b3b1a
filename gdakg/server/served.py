"""Pages of the site as a server gives them: each leads to `/id/...`, whatever is above it."""

import copy
import functools
import html
import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

import gdakg
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE, GRAPH
from gdakg.naming import Name, names
from gdakg.pages import downloads
from gdakg.pages.entry_sheet import Site, full, way_up
from gdakg.pages.links import Link
from gdakg.pages.sheet import said, sheet
from gdakg.pages.site_folder import PAGES, _Builder
from gdakg.pages.templates import embedded, stylesheet
from gdakg.server.forms import HTML
from gdakg.server.jobs import Reply
from gdakg.server.surroundings import curated

if TYPE_CHECKING:
    from pyvis.network import Network

#: all that is ours, and so has its page here
HOME: Final = BASE.removesuffix("id/")

#: characters of an IRI that stand for themselves in the address of its page
PLAIN: Final = "/:@!$&'()*+,;=~%"

#: pages of the server besides those of the site: address, what they are called
_MORE: Final = (
    ("search.html", "Search"),
    ("questions.html", "Questions"),
    ("console", "Query console"),
)

#: styles of pages with forms
_STYLES: Final = ("site.css", "served.css")

_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
#: said of all that is sent here, besides what the desk says of everything
SAFE: Final = {"Referrer-Policy": "no-referrer"}
#: for what has no policy of its own
_NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'"


def place(iri: str, suffix: str = ".html") -> str:
    """Return where the document of a thing lies, seen from the top of the server.

    A thing that is not ours goes by its whole IRI.

    >>> place("https://w3id.org/gdakg/id/std/itu-t/l.1470")
    'id/std/itu-t/l.1470.html'
    >>> place("https://w3id.org/gdakg/def#stage"), place("http://example.org/a?b", ".ttl")
    ('def.html#stage', 'thing.ttl?iri=http%3A%2F%2Fexample.org%2Fa%3Fb')
    """
    if not iri.startswith(HOME):
        return f"thing{suffix}?{urlencode({'iri': iri})}"
    path, hash_sign, fragment = iri.removeprefix(HOME).partition("#")
    return quote(path, safe=PLAIN) + suffix + hash_sign + quote(fragment, safe=PLAIN)


class Served(Site):
    """What the pages of the server know of each other: all of ours, and all that has a page."""

    __slots__ = ()

    def href(self, iri: str) -> str:
        """Return the way to the page of `iri`, its address elsewhere, or ""."""
        if iri in self.pages:
            return super().href(iri)
        if iri in self.entries.by_iri or iri.startswith((BASE, GRAPH, f"{HOME}def#")):
            return self.prefix + place(iri)
        return super().href(iri)


def links(path: str) -> list[Link]:
    """Return the navigation of the page at `path`."""
    up = way_up(path)
    start = Link(up or "./", said("Start page"), path == "")
    ways = (*(page[:2] for page in PAGES), *_MORE)
    return [start, *(Link(up + file, said(text), file == path) for file, text in ways)]


class Pages(_Builder):
    """The pages that stand above all others, as those of the site."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        super().__init__(curated(kg), "en", {})

    def site(self, path: str) -> Served:
        """Return what the page at `path` knows of the others."""
        return Served(self.entries, self.addresses, way_up(path))

    def links(self, path: str) -> list[Link]:
        """Return the navigation of the page at `path`."""
        return links("" if path == "index.html" else path)

    def things(self) -> dict[str, Any]:
        """Return what the search of the start page looks through."""
        told = super().things()
        for iri, thing in zip(self.entries.by_iri, told["things"], strict=True):
            thing[0] = place(iri)
        return told

    def makers_of(self, language: str) -> dict[str, Callable[[], str]]:
        """Return what makes each page that opens in `language`, and each file to take along."""
        own = copy.copy(self)
        own.language = language
        standing: dict[str, Callable[..., str]] = {
            "network.html": network_page,
            "coverage.html": partial(gdakg.pages.coverage, network="network.html"),
            "timeline.html": gdakg.pages.timeline,
            "gaps.html": partial(gdakg.pages.gaps, network="network.html"),
        }
        return {
            "index.html": own.index,
            "standards.html": own.standards,
            **{path: partial(own.page, path, make) for path, make in standing.items()},
            **downloads.files(self.kg, self.entries),
        }


@functools.lru_cache(maxsize=2)
def pages(kg: KnowledgeGraph) -> Pages:
    """Return what makes the pages of `kg`; it looks through the graph once."""
    return Pages(kg)


def network_page(kg: KnowledgeGraph, *, href: Callable[[str], str | None], **given: Any) -> str:
    """Return the network page of `kg`, with ways to the pages of its nodes."""
    return network_html(gdakg.pages.network(kg, **given), href)


def network_html(net: "Network", href: Callable[[str], str | None]) -> str:
    """Return the page of a network, whose nodes lead where `href` says."""
    ways = {iri: href(iri) or "" for iri in net.node_ids}
    others = {iri: way for iri, way in ways.items() if way != f"{iri.removeprefix(HOME)}.html"}
    net.templateEnv.globals["site"] = {"base": HOME, "others": others}
    made: str = net.generate_html()
    return made


def asking(template: str, **content: Any) -> str:
    """Return a page, as `sheet` does, whose forms may be sent to where it comes from."""
    policy = embedded(stylesheet("sheet.css", *_STYLES), ["sheet.js"])["policy"]
    allowed = policy.replace("form-action 'none'", "form-action 'self'")
    return sheet(template, styles=_STYLES, policy=allowed, **content)


def reply(
    page: str, status: int = 200, more: Mapping[str, str] | None = None, ancestors: str = "'none'"
) -> Reply:
    """Return what a browser gets: `page` with its policy as a header too, and headers `more`."""
    body = page.encode("utf-8", "replace")
    said = headers(page, ancestors) | dict(more or {})
    return Reply(status, f"{HTML}; charset=utf-8", body, said)


def json_reply(told: object, status: int = 200) -> Reply:
    """Return what a program gets: `told` as JSON."""
    body = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return Reply(status, "application/json", body, dict(SAFE))


def headers(page: str, ancestors: str = "'none'") -> dict[str, str]:
    """Return what is said of `page` besides itself: its own policy, and what a header alone can.

    `ancestors` are the pages that may frame it.
    """
    own = _POLICY.search(page)
    policy = html.unescape(own[1]) if own else _NOTHING
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors {ancestors}",
    } | SAFE


def name_of(kg: KnowledgeGraph, iri: str) -> Name:
    """Return what the thing `iri` is called."""
    return names(kg.engine, [iri]).get(iri, Name("", {}))


def texts(name: Name, iri: str) -> Mapping[str, str]:
    """Return code and label of a thing in each language, its IRI if it has none."""
    return full(name) if name.code or name.labels else {"": iri}
