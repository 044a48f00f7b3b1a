"""Where each node of a network is drawn; the same network gives the same places."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from gdakg.districts import districts

if TYPE_CHECKING:
    import networkx

Position = tuple[float, float]

#: up to so many nodes one spring layout is fast enough
_SMALL: Final = 250
#: from so many nodes on districts have more standards than a reader tells apart
_LARGE: Final = 3_000
#: discs that springs place quickly
_MOST: Final = 60
_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))
_SEED: Final = 28  # COP28; any number gives a fixed picture
_UNIT: Final = 60.0  # distance between neighbours, in pixels at scale 1
_MANY: Final = 40  # with so many links a node is drawn large, with a label


def positions(drawn: "networkx.MultiDiGraph") -> dict[str, Position]:
    """Return x and y of each node, in pixels around (0, 0), y downwards.

    The whole graph is laid out by its pillars, areas and bodies, if it is not too large (see
    `districts`); another small network by springs if it hangs together.  In others each community
    (Louvain) is a disc, its best connected nodes in the middle, and springs place the discs.
    """
    import networkx

    if drawn.graph.get("is_whole") and _SMALL < len(drawn) <= _LARGE and _has_pillars(drawn):
        return districts(drawn)
    plain = networkx.Graph()
    plain.add_nodes_from(sorted(drawn))
    plain.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in drawn.edges() if a != b}))
    if len(plain) <= _SMALL and (not plain or networkx.is_connected(plain)):
        scale = _UNIT * math.sqrt(len(plain)) * 1.2
        placed = networkx.spring_layout(plain, seed=_SEED, scale=scale, iterations=200)
        return {node: (float(x), float(y)) for node, (x, y) in placed.items()}
    return _discs(plain)


def _has_pillars(drawn: "networkx.MultiDiGraph") -> bool:
    return any(kind == "pillar" for _, kind in drawn.nodes(data="kind"))


def _discs(plain: "networkx.Graph") -> dict[str, Position]:
    """Return positions with a disc for each community."""
    import networkx

    found = networkx.community.louvain_communities(plain, seed=_SEED)
    linked = sorted((sorted(each) for each in found if len(each) > 1), key=lambda c: (-len(c), c))
    # What is linked with little or nothing shares the last disc.
    rest = {*plain}.difference(*linked[:_MOST])
    communities = [*linked[:_MOST], *([sorted(rest)] if rest else [])]
    home = {node: number for number, members in enumerate(communities) for node in members}
    between = networkx.Graph()
    between.add_nodes_from(range(len(communities)))
    for a, b in plain.edges():
        if home[a] != home[b]:
            weight = between.get_edge_data(home[a], home[b], {"weight": 0})["weight"]
            between.add_edge(home[a], home[b], weight=weight + 1)
    room = {node: 1.0 + 6.0 * (links > _MANY) for node, links in plain.degree()}
    radii = [
        _UNIT * 0.5 * math.sqrt(sum(room[node] for node in members)) + _UNIT / 2
        for members in communities
    ]
    places = networkx.spring_layout(between, seed=_SEED, scale=sum(radii) / 2, weight=None)
    centres = _apart([(float(x), float(y)) for x, y in (places[n] for n in sorted(places))], radii)
    placed: dict[str, Position] = {}
    for members, centre in zip(communities, centres, strict=True):
        ordered = sorted(members, key=lambda n: (-plain.degree(n), n))
        placed |= _disc({node: room[node] for node in ordered}, centre)
    return placed


def _disc(room: Mapping[str, float], centre: Position) -> dict[str, Position]:
    """Return the nodes as the seeds of a sunflower, the first in the middle, each with `room`."""
    placed: dict[str, Position] = {}
    area = 0.0
    for number, (node, needed) in enumerate(room.items()):
        radius = _UNIT * 0.5 * math.sqrt(area + needed / 2) if number else 0.0
        angle = number * _GOLDEN_ANGLE
        placed[node] = (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
        area += needed
    return placed


def _apart(centres: list[Position], radii: list[float]) -> list[Position]:
    """Return the `centres` pushed apart until the discs hardly overlap, drawn towards (0, 0)."""
    moved = [list(centre) for centre in centres]
    for _ in range(300):
        for i in range(len(moved)):
            moved[i][0] *= 0.99
            moved[i][1] *= 0.99
            for j in range(i):
                dx, dy = moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]
                distance = math.hypot(dx, dy) or 1e-6
                overlap = radii[i] + radii[j] + _UNIT - distance
                if overlap > 0:
                    share = overlap / 2 / distance
                    moved[i][0] += dx * share
                    moved[i][1] += dy * share
                    moved[j][0] -= dx * share
                    moved[j][1] -= dy * share
    return [(x, y) for x, y in moved]
