"""Lines between boxes: right-angled, around the boxes, with few bends and crossings.

Everything lies on a lattice; one step of it is wide enough for a line of text, so that two
lines side by side can both be named.  The same boxes and links give the same lines.
"""

import heapq
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

#: what a bend, a crossing and a place off the middle of a side cost, in steps; and another
#: line within `ROOM` steps on an upper or lower side, where a label would cover it
BEND: Final = 5.0
CROSSING: Final = 9.0
OFF_CENTRE: Final = 0.3
CROWD: Final = 6.0
ROOM: Final = 3

#: how often all lines are drawn anew around the others
ROUNDS: Final = 2


class Point(NamedTuple):
    """A point of the lattice, or a direction on it."""

    x: int
    y: int

    def plus(self, other: "Point") -> "Point":
        """Return the point one `other` further."""
        return Point(self.x + other.x, self.y + other.y)


RIGHT, DOWN, LEFT, UP = Point(1, 0), Point(0, 1), Point(-1, 0), Point(0, -1)
DIRECTIONS: Final = (RIGHT, DOWN, LEFT, UP)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A box on the lattice; its border counts as inside."""

    left: int
    top: int
    right: int
    bottom: int

    def points(self) -> Iterator[Point]:
        """Yield every point inside."""
        for x in range(self.left, self.right + 1):
            for y in range(self.top, self.bottom + 1):
                yield Point(x, y)

    def ports(self) -> Iterator[tuple[Point, Point, float]]:
        """Yield where a line may leave: point, direction, and how far off the middle it is."""
        middle_x, middle_y = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        for y in range(self.top + 1, self.bottom):
            yield Point(self.left, y), LEFT, abs(y - middle_y)
            yield Point(self.right, y), RIGHT, abs(y - middle_y)
        for x in range(self.left + 1, self.right):
            yield Point(x, self.top), UP, abs(x - middle_x)
            yield Point(x, self.bottom), DOWN, abs(x - middle_x)

    def with_rim(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom, a little further out."""
        return self.left - 0.2, self.top - 0.2, self.right + 0.2, self.bottom + 0.2

    def distance(self, point: Point) -> int:
        """Return how many steps `point` is away."""
        over = max(self.left - point.x, 0, point.x - self.right)
        return over + max(self.top - point.y, 0, point.y - self.bottom)


@dataclass(frozen=True, slots=True)
class Link:
    """A line wanted from one box to another; lines of one `bundle` may run together."""

    name: str
    source: str
    target: str
    bundle: str


Path = list[Point]


class _Taken:
    """Which points the lines drawn so far run through, and in which direction."""

    def __init__(
        self, drawn: Iterable[tuple[Link, Path]], bundle: str, inside: Collection[Point]
    ) -> None:
        self.inside = inside
        self.across: set[Point] = set()
        self.down: set[Point] = set()
        for link, path in drawn:
            if link.bundle != bundle:
                for point, after in itertools.pairwise(path):
                    (self.across if point.y == after.y else self.down).update((point, after))

    def cost(self, point: Point, come: Point, go: Point) -> float | None:
        """Return what it costs to pass `point`, None where another line is in the way."""
        if come != go:
            free = point not in self.across and point not in self.down
            return BEND if free else None
        along, athwart = (self.across, self.down) if go.y == 0 else (self.down, self.across)
        if point in along:
            return None
        return CROSSING if point in athwart else 0.0

    def port(self, point: Point, go: Point, off: float) -> float:
        """Return what it costs to leave or reach a box at `point`."""
        if go.y == 0:
            return off * OFF_CENTRE
        near = (Point(point.x + by, point.y) for by in range(-ROOM, ROOM + 1))
        return off * OFF_CENTRE + CROWD * sum(p in self and p in self.inside for p in near)

    def __contains__(self, point: Point) -> bool:
        return point in self.across or point in self.down


def routes(
    boxes: Mapping[str, Rectangle], links: Sequence[Link], size: tuple[int, int]
) -> dict[str, Path]:
    """Return the corners of the line of each link, by name; short ones are drawn first."""
    inside = {point for box in boxes.values() for point in box.points()}
    order = sorted(links, key=lambda link: (_span(boxes, link), link.name))
    drawn: dict[str, tuple[Link, Path]] = {}
    for _ in range(1 + ROUNDS):
        for link in order:
            drawn.pop(link.name, None)
            taken = _Taken(drawn.values(), link.bundle, inside)
            path = _route(boxes[link.source], boxes[link.target], taken, size)
            drawn[link.name] = link, path
    return {name: _corners(path) for name, (_, path) in sorted(drawn.items())}


def _span(boxes: Mapping[str, Rectangle], link: Link) -> int:
    target = boxes[link.target]
    return boxes[link.source].distance(
        Point((target.left + target.right) // 2, (target.top + target.bottom) // 2)
    )


def _route(
    source: Rectangle,
    target: Rectangle,
    taken: _Taken,
    size: tuple[int, int],
) -> Path:
    """Return the cheapest way from `source` to `target` (A*), or a straight line if none is."""
    goals = {(p, Point(-d.x, -d.y)): taken.port(p, d, off) for p, d, off in target.ports()}
    heap: list[tuple[float, float, Point, Point]] = []
    best: dict[tuple[Point, Point], float] = {}
    came: dict[tuple[Point, Point], tuple[Point, Point]] = {}
    for port, go, off in source.ports():
        if port not in taken:
            best[port, go] = taken.port(port, go, off)
            heapq.heappush(heap, (best[port, go] + target.distance(port), best[port, go], port, go))
    while heap:
        _, cost, point, come = heapq.heappop(heap)
        if (point, come) in goals:
            return _traced(came, (point, come))
        if cost > best[point, come]:
            continue
        for go in DIRECTIONS if (point, come) in came else (come,):
            passing = taken.cost(point, come, go)
            following = point.plus(go)
            if (go.x, go.y) == (-come.x, -come.y) or passing is None:
                continue
            extra = goals.get((following, go))
            if extra is not None and following in taken:
                continue
            if extra is None and not _open(following, taken.inside, size):
                continue
            total = cost + 1 + passing + (extra or 0.0)
            if total < best.get((following, go), float("inf")):
                best[following, go] = total
                came[following, go] = point, come
                ahead = total + target.distance(following)
                heapq.heappush(heap, (ahead, total, following, go))
    return [Point(source.right, source.top), Point(target.left, target.top)]


def _open(point: Point, inside: Collection[Point], size: tuple[int, int]) -> bool:
    return 0 < point.x < size[0] and 0 < point.y < size[1] and point not in inside


def _traced(
    came: Mapping[tuple[Point, Point], tuple[Point, Point]], end: tuple[Point, Point]
) -> Path:
    path = [end[0]]
    while end in came:
        end = came[end]
        path.append(end[0])
    return path[::-1]


def _corners(path: Path) -> Path:
    """Return `path` without the points at which it goes straight on."""
    return [
        point
        for number, point in enumerate(path)
        if number in (0, len(path) - 1) or _turns(*path[number - 1 : number + 2])
    ]


def _turns(before: Point, point: Point, after: Point) -> bool:
    return (point.x - before.x, point.y - before.y) != (after.x - point.x, after.y - point.y)


class Area(NamedTuple):
    """A label: its middle and its size, in steps."""

    x: float
    y: float
    width: float
    height: float

    def sides(self) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom."""
        across, down = self.width / 2, self.height / 2
        return self.x - across, self.y - down, self.x + across, self.y + down

    def within(self, size: tuple[int, int]) -> bool:
        """Return whether it lies inside a drawing of `size`."""
        left, top, right, bottom = self.sides()
        return left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]

    def overlaps(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Return whether any of it lies within these bounds."""
        x, y, end, foot = self.sides()
        return x < right and end > left and y < bottom and foot > top


#: what it costs to cover a box or label, or a point of another line; to stand on an upright
#: line; and each step beyond the end of its own line
_COVERS, _CROSSES, _UPRIGHT, _BEYOND = 1000.0, 60.0, 3.0, 4.0


def labels(
    boxes: Collection[Rectangle],
    paths: Mapping[str, Path],
    sizes: Mapping[str, tuple[float, float]],
    size: tuple[int, int],
) -> dict[str, Area]:
    """Return where the label of each line in `sizes` goes: on it, clear of all else if it can."""
    placed: dict[str, Area] = {}
    points = {name: set(_points(path)) for name, path in paths.items()}
    for name in sorted(sizes, key=lambda name: (len(points[name]), name)):
        others = set().union(*(points[other] for other in points if other != name))
        candidates = _candidates(paths[name], *sizes[name])
        ranked = [
            (cost + _cover(area, boxes, placed.values(), others), area)
            for cost, area in candidates
            if area.within(size)
        ]
        placed[name] = min(ranked)[1]
    return placed


def _points(path: Path) -> Iterator[Point]:
    """Yield every lattice point on `path`."""
    for start, end in itertools.pairwise(path):
        step = Point(_sign(end.x - start.x), _sign(end.y - start.y))
        point = start
        while point != end:
            yield point
            point = point.plus(step)
    yield path[-1]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _candidates(path: Path, width: float, height: float) -> Iterator[tuple[float, Area]]:
    """Yield places on `path`, half a step apart, with what is to be said against each."""
    for start, end in itertools.pairwise(path):
        length = abs(end.x - start.x) + abs(end.y - start.y)
        upright = start.x == end.x
        over = max(0.0, (height if upright else width) + 0.5 - length)
        for number in range(2 * length + 1):
            share = number / (2 * length)
            x, y = start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share
            off = abs(share - 0.5) * length * 0.3
            yield over * _BEYOND + upright * _UPRIGHT + off, Area(x, y, width, height)


def _cover(
    area: Area, boxes: Iterable[Rectangle], placed: Iterable[Area], others: Iterable[Point]
) -> float:
    """Return the cost of what a label at `area` would cover."""
    hidden = sum(area.overlaps(*box.with_rim()) for box in boxes)
    hidden += sum(area.overlaps(*other.sides()) for other in placed)
    crossed = sum(area.overlaps(p.x - 0.1, p.y - 0.1, p.x + 0.1, p.y + 0.1) for p in others)
    return hidden * _COVERS + crossed * _CROSSES
