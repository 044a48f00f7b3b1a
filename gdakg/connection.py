"""How two things hang together: the shortest way between them, link by link."""

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from gdakg.errors import UnknownThingError
from gdakg.knowledge import KnowledgeGraph
from gdakg.naming import Name
from gdakg.network import HUB, network

if TYPE_CHECKING:
    import networkx

#: the longest way that is looked for
LONGEST: Final = 6


class Link(NamedTuple):
    """One link on the way, read from where one stands."""

    start: Name
    labels: dict[str, str]  #: of the property, by language
    end: Name
    is_forward: bool  #: whether `start` is the subject of the statement
    is_judged: bool  #: whether it is our word alone


def connection(kg: KnowledgeGraph, one: str, other: str) -> list[Link]:
    """Return the links of a shortest way from `one` to `other`, names or IRIs; [] if they are one.

    The way goes through no thing with more than 60 links, by which nearly everything is
    connected, and has at most 6 links; of several properties between two things a stated one is
    told.  Raises UnknownThingError for an unknown thing and where there is no such way.
    """
    import networkx

    start, end = kg.find(one), kg.find(other)
    drawn = network(kg, around=start, depth=LONGEST)
    plain = networkx.Graph(drawn)
    if end not in plain or not networkx.has_path(plain, start, end):
        raise UnknownThingError(
            f"no way of at most {LONGEST} links from {one!r} to {other!r}, "
            f"but through things with more than {HUB} links"
        )
    way = networkx.shortest_path(plain, start, end)
    return [_link(drawn, *ends) for ends in pairwise(way)]


def _link(drawn: "networkx.MultiDiGraph", start: str, end: str) -> Link:
    """Return the link between two neighbours, a stated one before a judged one."""
    found = [
        (bool(data["judged"]), data["predicate"], is_forward, data["labels"])
        for subject, object_, is_forward in ((start, end, True), (end, start, False))
        for data in (drawn.get_edge_data(subject, object_) or {}).values()
    ]
    is_judged, _, is_forward, labels = min(found, key=lambda one: one[:3])
    return Link(_name(drawn, start), labels, _name(drawn, end), is_forward, is_judged)


def _name(drawn: "networkx.MultiDiGraph", thing: str) -> Name:
    node = drawn.nodes[thing]
    return Name(node["code"] or "", node["labels"] or {"": thing})
