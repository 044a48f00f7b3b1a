"""A networkx graph as a pyvis network, with positions, looks and texts.

Nodes and edges go into pyvis' lists in bulk: its `add_edge` looks at every edge there is.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from gdakg.errors import PageError
from gdakg.pages.kinds import KINDS, known, size
from gdakg.pages.page import RENDERERS, use_page
from gdakg.pages.wording import LANGUAGES

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    from gdakg.pages.links import Link

#: above this a browser needs many seconds, and nothing in the picture can be told apart
MOST_NODES: Final = 10_000
#: above this vis-network is slow, and the page draws with its own code
MOST_FOR_VIS: Final = 3_000

#: languages in which a label may stand for a missing one, best first
_FALLBACKS: Final = {
    "en": ("en", "fr", "zh-Hans", "zh-Hant"),
    "zh-Hans": ("zh-Hans", "zh-Hant", "en", "fr"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en", "fr"),
}


def to_pyvis(
    drawn: "nx.MultiDiGraph",
    positions: Mapping[str, tuple[float, float]],
    *,
    heading: Mapping[str, str],
    language: str,
    centre: str | None = None,
    renderer: str | None = None,
    links: Iterable["Link"] = (),
) -> "Network":
    """Return the pyvis network of `drawn`, whose `generate_html()` gives our page.

    `positions` are in pixels at zoom 1, where a node is 10 to 50 wide.  `heading` has a
    text for each language.  The page opens with the node `centre` selected.  The
    `renderer` is "vis" or "canvas"; without one, canvas above 3,000 nodes.  Raises `PageError`
    where there is nothing to draw or far too much, and for a `language` or `renderer` that the
    page does not have.
    """
    from gdakg.pages.notebook import NetworkPage

    check(len(drawn), language, renderer)
    chosen = renderer or ("vis" if len(drawn) <= MOST_FOR_VIS else "canvas")
    network = NetworkPage(directed=True, cdn_resources="in_line", height="100%")
    for iri in sorted(drawn):
        node = _node(iri, drawn.nodes[iri], positions[iri], drawn.degree(iri), language)
        network.nodes.append(node)
        network.node_ids.append(iri)
        network.node_map[iri] = node
    network.edges = _edges(drawn, language)
    use_page(
        network, heading=heading, language=language, centre=centre, renderer=chosen, links=links
    )
    return network


def text_in(labels: Mapping[str, str], language: str) -> str:
    """Return the label in `language`, another language's marked as such, or nothing.

    >>> text_in({"en": "E-waste", "zh-Hans": "电子废物"}, "zh-Hans")
    '电子废物'
    >>> text_in({"en": "E-waste"}, "zh-Hant")
    '[en] E-waste'
    """
    tags = (*_FALLBACKS[language], *sorted(labels))
    tag = next((tag for tag in tags if labels.get(tag)), None)
    if tag is None:
        return ""
    return labels[tag] if tag in (language, "") else f"[{tag}] {labels[tag]}"


def check(count: int, language: str, renderer: str | None = None) -> None:
    """Raise PageError where no page can be drawn of `count` nodes as asked."""
    if language not in LANGUAGES:
        raise PageError(f"no page in {language!r}; there are: {', '.join(LANGUAGES)}")
    if renderer is not None and renderer not in RENDERERS:
        raise PageError(f"no renderer {renderer!r}; there are: {', '.join(RENDERERS)}")
    if count == 0:
        raise PageError("nothing to draw: the network has no nodes")
    if count > MOST_NODES:
        raise PageError(
            f"{count:,} nodes are more than a network page can show ({MOST_NODES:,}): draw a part, "
            "--around THING --depth N (in Python around=..., depth=...), or the counts of all, "
            "`gdakg view coverage`"
        )


def _node(
    iri: str,
    known_of: Mapping[str, Any],
    position: tuple[float, float],
    degree: int,
    language: str,
) -> dict[str, Any]:
    kind = known(known_of.get("kind", ""))
    x, y = position
    return {
        "id": iri,
        "label": caption(known_of, language) or iri,
        "kind": kind,
        "shape": KINDS[kind].shape,
        "color": KINDS[kind].fill,
        "size": size(kind, degree),
        # Adding 0.0 makes a minus zero a zero, which JSON would keep apart.
        "x": round(float(x), 1) + 0.0,
        "y": round(float(y), 1) + 0.0,
        "code": known_of.get("code"),
        "labels": known_of.get("labels") or {},
        "status": known_of.get("status"),
        "facts": known_of.get("facts") or [],
    }


def caption(known_of: Mapping[str, Any], language: str) -> str:
    """Return what a node with these attributes is called in short: its code, else its label.

    >>> caption({"code": "L.1470", "labels": {"en": "Trajectories"}}, "en")
    'L.1470'
    >>> caption({"code": "2", "labels": {"en": "Reducing emissions"}}, "zh-Hans")
    '2 · [en] Reducing emissions'
    """
    code: str = known_of.get("code") or ""
    label = text_in(known_of.get("labels") or {}, language)
    # A mere number, such as a pillar's, does not name a thing by itself.
    if code and label and code.isdecimal():
        return f"{code} · {label}"
    return code or label


def _edges(drawn: "nx.MultiDiGraph", language: str) -> list[dict[str, Any]]:
    edges = [
        {
            "from": source,
            "to": target,
            "arrows": "to",
            "title": text_in(known_of.get("labels") or {}, language),
            "predicate": known_of.get("predicate", ""),
            "labels": known_of.get("labels") or {},
            "judged": bool(known_of.get("judged")),
        }
        for source, target, known_of in drawn.edges(data=True)
    ]
    return sorted(edges, key=lambda edge: (edge["from"], edge["to"], edge["predicate"]))
