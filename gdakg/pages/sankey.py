"""A Sankey diagram: where its bars and ribbons lie, and its labels so that none collide.

Columns of bars, ribbons between neighbouring columns as thick as what flows in them.  A bar that
is thinner than its label gets the room that the label needs.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from gdakg.coverage import NONE, Flow
from gdakg.tables import printable, wrapped

WIDTH: Final = 1000
#: left edge of the bars of each column
_LEFT: Final = (226, 560, 906)
_THICKNESS: Final = 14
#: how high all bars of a column are together
_HEIGHT: Final = 430
_LINE: Final = 15
_BETWEEN: Final = 6
#: how many cells a line of a label has in each column, and how many lines
_CELLS: Final = (29, 32, 11)
_LINES: Final = 5
_ROUNDS: Final = 12

Labels = Mapping[str, str]  #: by language
#: a thing in a column, which a thing of another column may share its key with
Place = tuple[int, str]


class Bar(NamedTuple):
    """One thing: its bar and its label."""

    key: str
    name: str  #: of the bar among all bars
    labels: Labels
    x: int
    y: float
    height: float
    lines: Mapping[str, list[tuple[float, str]]]  #: language -> height of a line, and its text
    text_x: int
    is_before: bool  #: whether the label stands to the left of the bar


class Ribbon(NamedTuple):
    """What flows between two bars."""

    start: str  #: name of its bar
    end: str
    path: str  #: as SVG writes it
    flow: Flow
    level: int


class Picture(NamedTuple):
    """The whole diagram, in the units of SVG."""

    width: int
    height: int
    bars: list[Bar]
    ribbons: list[Ribbon]


def picture(
    columns: Sequence[Sequence[str]],
    flows: Sequence[Sequence[Flow]],
    labels: Sequence[Mapping[str, Labels]],
) -> Picture:
    """Return the diagram of the `flows` between the `columns`, each with the `labels` of its keys.

    What nothing flows through is left out.  Things are ordered so that few ribbons cross, the
    one of `NONE` always last.
    """
    used = [{f.start for f in flows[0]}, {f.end for f in flows[0]}, {f.end for f in flows[1]}]
    kept = [
        [key for key in dict.fromkeys((*column, NONE)) if key in use]
        for column, use in zip(columns, used, strict=True)
    ]
    ordered = untangled(kept, flows)
    weights = _weights(ordered, flows)
    whole = sum(weights[0, key] for key in ordered[0]) or 1.0
    scale = _HEIGHT / whole
    texts = {
        (level, key): _broken(labels[level][key], _CELLS[level])
        for level, column in enumerate(ordered)
        for key in column
    }
    tops, height = _stacked(ordered, {p: w * scale for p, w in weights.items()}, texts)
    bars = [
        _bar((level, key), number, labels[level][key], tops, weights[level, key] * scale, texts)
        for level, column in enumerate(ordered)
        for number, key in enumerate(column)
    ]
    return Picture(WIDTH, round(height), bars, _ribbons(ordered, flows, tops, scale))


def crossings(columns: Sequence[Sequence[str]], flows: Sequence[Sequence[Flow]]) -> float:
    """Return how much crosses: the product of the weights of each two ribbons that do."""
    crossed = 0.0
    for level, between in enumerate(flows):
        starts, ends = _ranks(columns[level]), _ranks(columns[level + 1])
        placed = sorted((starts[f.start], ends[f.end], float(f.weight)) for f in between)
        for number, (start, end, weight) in enumerate(placed):
            crossed += sum(weight * w for s, e, w in placed[number + 1 :] if s > start and e < end)
    return crossed


def untangled(columns: Sequence[Sequence[str]], flows: Sequence[Sequence[Flow]]) -> list[list[str]]:
    """Return the columns in an order in which less crosses, `NONE` at the end of each.

    Sugiyama's way: each column is sorted by the middle of what it is tied to, again and again;
    the best is kept.
    """
    ordered = [list(column) for column in columns]
    best, least = [list(column) for column in ordered], crossings(ordered, flows)
    ties: dict[Place, list[tuple[Place, float]]] = {}
    for level, between in enumerate(flows):
        for flow in between:
            start, end, weight = (level, flow.start), (level + 1, flow.end), float(flow.weight)
            ties.setdefault(start, []).append((end, weight))
            ties.setdefault(end, []).append((start, weight))
    for turn in range(_ROUNDS):
        for level in (1, 0, 2) if turn % 2 else (2, 1, 0):
            _sort(ordered, level, ties)
            crossed = crossings(ordered, flows)
            if crossed < least:
                best, least = [list(column) for column in ordered], crossed
    return best


def _sort(
    ordered: list[list[str]], level: int, ties: Mapping[Place, list[tuple[Place, float]]]
) -> None:
    """Sort one column by the weighted middle of what its things are tied to."""
    places = {
        (number, key): (rank + 0.5) / len(column)
        for number, column in enumerate(ordered)
        for key, rank in _ranks(column).items()
    }

    def middle(key: str) -> float:
        tied = ties.get((level, key), [])
        return sum(places[at] * w for at, w in tied) / (sum(w for _, w in tied) or 1.0)

    ordered[level].sort(key=lambda key: (key == NONE, middle(key), key))


def _ranks(column: Sequence[str]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(column)}


def _weights(
    ordered: Sequence[Sequence[str]], flows: Sequence[Sequence[Flow]]
) -> dict[Place, float]:
    """Return how much flows through each thing: in the first column out of it, else into it."""
    weights = {(level, key): 0.0 for level, column in enumerate(ordered) for key in column}
    for flow in flows[0]:
        weights[0, flow.start] += float(flow.weight)
    for level, between in enumerate(flows):
        for flow in between:
            weights[level + 1, flow.end] += float(flow.weight)
    return weights


def _broken(labels: Labels, cells: int) -> dict[str, list[str]]:
    """Return each label in lines of so many cells; one too long ends in dots."""
    broken = {}
    for language, label in labels.items():
        lines = wrapped(printable(label), cells) or [""]
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: cells // 2]}…"]
        broken[language] = lines
    return broken


def _stacked(
    ordered: Sequence[Sequence[str]],
    heights: Mapping[Place, float],
    texts: Mapping[Place, Mapping[str, list[str]]],
) -> tuple[dict[Place, float], float]:
    """Return the top of each bar and the height of the whole; columns are spread over it."""
    rooms = {
        place: max(height, _LINE * max(map(len, texts[place].values())))
        for place, height in heights.items()
    }
    needed = [
        sum(rooms[level, key] + _BETWEEN for key in column) for level, column in enumerate(ordered)
    ]
    whole = max(needed)
    tops = {}
    for level, column in enumerate(ordered):
        spare = (whole - needed[level]) / len(column)
        y = spare / 2
        for key in column:
            room = rooms[level, key]
            tops[level, key] = y + (room - heights[level, key] + _BETWEEN) / 2
            y += room + _BETWEEN + spare
    return tops, whole


def _bar(
    place: Place,
    number: int,
    labels: Labels,
    tops: Mapping[Place, float],
    height: float,
    texts: Mapping[Place, Mapping[str, list[str]]],
) -> Bar:
    level, key = place
    middle = tops[place] + height / 2
    lines = {
        language: [
            (round(middle + (n - (len(texts_of) - 1) / 2) * _LINE, 1), text)
            for n, text in enumerate(texts_of)
        ]
        for language, texts_of in texts[place].items()
    }
    is_before = level == 0
    text_x = _LEFT[level] - 8 if is_before else _LEFT[level] + _THICKNESS + 8
    return Bar(
        key,
        f"{level}-{number}",
        labels,
        _LEFT[level],
        round(tops[place], 1),
        round(max(height, 1.0), 1),
        lines,
        text_x,
        is_before,
    )


def _ribbons(
    ordered: Sequence[Sequence[str]],
    flows: Sequence[Sequence[Flow]],
    tops: Mapping[Place, float],
    scale: float,
) -> list[Ribbon]:
    """Return the ribbons; at a bar they lie one below the other, as their other ends do."""
    ribbons = []
    for level, between in enumerate(flows):
        starts, ends = _ranks(ordered[level]), _ranks(ordered[level + 1])
        out = {key: tops[level, key] for key in starts}
        into = {key: tops[level + 1, key] for key in ends}
        arriving: dict[tuple[str, str], float] = {}
        for flow in sorted(between, key=lambda f: (ends[f.end], starts[f.start])):
            arriving[flow.start, flow.end] = into[flow.end]
            into[flow.end] += float(flow.weight) * scale
        for flow in sorted(between, key=lambda f: (starts[f.start], ends[f.end])):
            height = float(flow.weight) * scale
            path = _path(level, out[flow.start], arriving[flow.start, flow.end], height)
            out[flow.start] += height
            names = f"{level}-{starts[flow.start]}", f"{level + 1}-{ends[flow.end]}"
            ribbons.append(Ribbon(*names, path, flow, level))
    return ribbons


def _path(level: int, start: float, end: float, height: float) -> str:
    """Return the outline of a ribbon from the right of one column to the left of the next."""
    x0, x1 = _LEFT[level] + _THICKNESS, _LEFT[level + 1]
    middle = (x0 + x1) // 2
    a, b, c, d = (round(y, 1) for y in (start, end, end + height, start + height))
    return f"M{x0} {a}C{middle} {a} {middle} {b} {x1} {b}V{c}C{middle} {c} {middle} {d} {x0} {d}Z"
