"""Where nodes of the whole graph are drawn: without overlaps, by what they are, and to stay."""

import itertools
import math
import statistics
import time

import networkx as nx
import pytest

import gdakg
from gdakg.layout import positions
from gdakg.pages.fill import to_pyvis
from gdakg.pages.kinds import size
from gdakg.pages.wording import HEADING
from landscapes import many

ID = "https://w3id.org/gdakg/id/"
GDA = "https://w3id.org/gdakg/def#"
PUBLISHER = "http://purl.org/dc/terms/publisher"

Places = dict[str, tuple[float, float]]


@pytest.fixture(scope="module")
def overview(kg: gdakg.KnowledgeGraph) -> nx.MultiDiGraph:
    return gdakg.network(kg)


@pytest.fixture(scope="module")
def placed(overview: nx.MultiDiGraph) -> Places:
    return positions(overview)


def of_kind(graph: nx.MultiDiGraph, kind: str) -> list[str]:
    return [node for node, each in graph.nodes(data="kind") if each == kind]


def moves(graph: nx.MultiDiGraph, placed: Places) -> list[float]:
    """Return how far from `placed` the nodes of `graph` are, least first."""
    now = positions(graph)
    return sorted(math.dist(now[node], placed[node]) for node in now if node in placed)


def groups(graph: nx.MultiDiGraph) -> list[list[str]]:
    """Return the standards by the first pillar they support and by who publishes them."""
    found: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for node in sorted(of_kind(graph, "standard")):
        ends: dict[str, list[str]] = {}
        for _, end, predicate in sorted(graph.out_edges(node, keys=True)):
            ends.setdefault(predicate, []).append(end)
        key = tuple(ends.get(f"{GDA}supportsPillar", [])[:1]), tuple(ends.get(PUBLISHER, []))
        found.setdefault(key, []).append(node)
    return list(found.values())


def test_no_node_covers_another(overview: nx.MultiDiGraph, placed: Places) -> None:
    radii = {node: size(kind, overview.degree(node)) for node, kind in overview.nodes(data="kind")}
    covered = [
        (one, other)
        for one, other in itertools.combinations(placed, 2)
        if math.dist(placed[one], placed[other]) < radii[one] + radii[other]
    ]
    assert covered == []


def test_one_standard_less_moves_hardly_any_other(
    overview: nx.MultiDiGraph, placed: Places
) -> None:
    """One of each group goes: from large discs, from small ones, and the last of its kind."""
    for group in groups(overview):
        less = overview.copy()
        less.remove_node(group[len(group) // 2])
        far = moves(less, placed)
        assert statistics.median(far) == 0, group[len(group) // 2]
        assert far[len(far) * 95 // 100] <= 30, group[len(group) // 2]


@pytest.mark.parametrize("pillar", [1, 2, 3, 4, 5, 6, 7])
@pytest.mark.parametrize("body", ["itu-t", "etsi", "3gpp"])
def test_one_standard_more_moves_hardly_any_other(
    overview: nx.MultiDiGraph, placed: Places, pillar: int, body: str
) -> None:
    more = overview.copy()
    new = f"{ID}std/new/1"
    more.add_node(new, kind="standard")
    for end, predicate in (
        (f"{ID}pillar/{pillar}", f"{GDA}supportsPillar"),
        (f"{ID}org/{body}", PUBLISHER),
    ):
        more.add_edge(new, end, key=predicate, predicate=predicate)
    far = moves(more, placed)
    assert statistics.median(far) == 0
    assert far[len(far) * 95 // 100] <= 30


def test_pillars_follow_each_other_clockwise_around_the_bodies(placed: Places) -> None:
    angles = [math.atan2(*reversed(placed[f"{ID}pillar/{number}"])) for number in range(1, 8)]
    turned = [(angle + math.pi / 2 + 0.3) % (2 * math.pi) for angle in angles]
    assert turned == sorted(turned)
    middle = [math.hypot(*placed[f"{ID}org/{body}"]) for body in ("itu-t", "iso", "iec", "etsi")]
    pillars = [math.hypot(*placed[f"{ID}pillar/{number}"]) for number in range(1, 8)]
    assert max(middle) < min(pillars)


def test_standards_are_nearest_to_the_pillar_that_they_support(
    overview: nx.MultiDiGraph, placed: Places
) -> None:
    pillars = of_kind(overview, "pillar")
    right = wrong = 0
    for node in of_kind(overview, "standard"):
        served = {end for end in overview[node] if end in pillars}
        if served:
            nearest = min(pillars, key=lambda p: math.dist(placed[p], placed[node]))
            right, wrong = right + (nearest in served), wrong + (nearest not in served)
    assert right > 20 * wrong


def test_committees_are_nearest_to_their_body(overview: nx.MultiDiGraph, placed: Places) -> None:
    bodies = of_kind(overview, "body")
    for name, body in (("iec/tc111", "iec"), ("iso/tc207/sc7", "iso"), ("itu-t/sg5", "itu-t")):
        at = placed[f"{ID}committee/{name}"]
        nearest = min(bodies, key=lambda b: math.dist(placed[b], at))
        assert nearest == f"{ID}org/{body}"


def test_areas_and_gaps_lie_by_the_pillar_that_they_serve(placed: Places) -> None:
    pillars = [f"{ID}pillar/{number}" for number in range(1, 8)]
    for thing, pillar in (
        ("area/e-waste", 3),
        ("area/energy-efficiency", 2),
        ("area/disaster-relief", 6),
        ("gap/ewreg", 3),
        ("gap/mews", 6),
    ):
        nearest = min(pillars, key=lambda p: math.dist(placed[p], placed[f"{ID}{thing}"]))
        assert nearest == f"{ID}pillar/{pillar}", thing


def test_order_of_nodes_and_edges_does_not_matter(
    overview: nx.MultiDiGraph, placed: Places
) -> None:
    turned = nx.MultiDiGraph(**overview.graph)
    turned.add_nodes_from(reversed(list(overview.nodes(data=True))))
    turned.add_edges_from(reversed(list(overview.edges(keys=True, data=True))))
    assert positions(turned) == placed


def test_a_neighbourhood_keeps_its_springs(kg: gdakg.KnowledgeGraph) -> None:
    near = gdakg.network(kg, around="L.1470", depth=1)
    assert not near.graph["is_whole"]
    assert len(positions(near)) == 10


def test_what_does_not_hang_together_stays_together() -> None:
    """Loose nodes and small parts used to fly apart, and many of them needed scipy."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(f"loose {number}" for number in range(600))
    graph.add_edges_from((f"{number}", f"{number} b") for number in range(30))
    placed = positions(graph)
    assert len(placed) == 660
    assert max(math.hypot(*place) for place in placed.values()) < 3000


def test_ten_thousand_nodes_are_laid_out_and_filled_in_soon() -> None:
    graph = many(10_000)
    positions(many(10))  # the first call imports
    start = time.process_time()
    to_pyvis(graph, positions(graph), heading=HEADING, language="en").generate_html()
    assert time.process_time() - start < 5  # 2.7 s alone on the machine
