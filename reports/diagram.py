"""The class diagram: boxes for classes, lines for what leads from one to another.

A relation to a class that only classifies, or back to the same class, is a line of text in
the box: drawn as lines, there would be too many to follow.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Final

from reports import routing
from reports.routing import Area, Link, Rectangle
from reports.vocabulary import CONCEPT, Term, Texts, curie

#: pixels to a step of the lattice
STEP: Final = 16
COLUMN_GAP: Final = 10
BOX_GAP: Final = 4
MARGIN: Final = 4
ROW: Final = 15
ROUNDING: Final = 6

#: the columns, each from above; a class that is not here goes below the shortest column
COLUMNS: Final[Sequence[Sequence[str]]] = (
    (
        *("gda:Pillar", "gda:AssertedGap", "gda:CooperationArea"),
        *("gda:TaskStep", "gda:Relation", "void:Dataset"),
    ),
    (
        *("gda:ComputedGap", "gda:Gap", "gda:Standard", "gda:Edition", "gda:Adoption"),
        "gda:WorkItem",
    ),
    (
        *("org:Organization", "org:FormalOrganization", "org:OrganizationalUnit"),
        *("org:OrganizationalCollaboration", "skos:Concept"),
    ),
    (
        *("schema:Event", "schema:Project", "gda:Pledge", "bibo:Document", "gda:Source"),
        *("gda:Claim", "gda:Contradiction", "gda:Objective"),
    ),
)

#: a class that classifies has a box of its own from so many relations on
BUSY: Final = 3


@dataclass(slots=True)
class Row:
    """One line of text in a box: a relation, or a class that classifies."""

    term: Term
    stated: bool
    returns: bool = False  #: whether it leads back to the same class

    @property
    def labels(self) -> Texts:
        """What stands in the line, by language."""
        sign = " ↻" if self.returns else ""
        return {language: label + sign for language, label in self.term.labels.items()}


@dataclass(slots=True)
class Box:
    """One class as the diagram shows it."""

    term: Term
    above: list[str] = field(default_factory=list)  #: classes above it that are not drawn
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One relation between two boxes; without a term, from a class to the one above it."""

    source: str
    target: str
    term: Term | None
    stated: bool = True

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return f"{self.source} {self.term.iri if self.term else ''} {self.target}"


class Diagram:
    """The boxes and arrows of some terms, laid out; `templates/drawing.svg` draws them."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.iri: term for term in terms}
        self.boxes, self.arrows = self._content()
        size, self.places = _lay_out(self.boxes)
        links = [
            Link(a.name, a.source, a.target, a.name if a.term else f"above {a.target}")
            for a in self.arrows
        ]
        self.paths = routing.routes(self.places, links, size)
        sizes = {
            a.name: (max(map(_label_width, a.term.labels.values())), 0.95)
            for a in self.arrows
            if a.term
        }
        self.labels = routing.labels(self.places.values(), self.paths, sizes, size)
        self.view = self._view()

    def _view(self) -> tuple[int, int, int, int]:
        """Return left, top, width and height of what is drawn, with a rim, in pixels."""
        sides: list[tuple[float, ...]] = [
            (box.left, box.top, box.right, box.bottom) for box in self.places.values()
        ]
        sides += [area.sides() for area in self.labels.values()]
        sides += [(x, y, x, y) for path in self.paths.values() for x, y in path]
        left, top, right, bottom = zip(*sides, strict=True)
        x, y = (floor(min(edge) - 1) * STEP for edge in (left, top))
        return x, y, ceil(max(right) + 1) * STEP - x, ceil(max(bottom) + 1) * STEP - y

    def tag(self, arrow: Arrow, language: str) -> tuple[float, float, float, float]:
        """Return left, top, width and height of the label of `arrow` in `language`."""
        area = self.labels[arrow.name]
        wide = _label_width(arrow.term.labels[language]) if arrow.term else 0.0
        return self.bounds(area._replace(width=wide))

    def line(self, arrow: Arrow) -> str:
        """Return the SVG path of `arrow`, its corners rounded."""
        points = [(point.x * STEP, point.y * STEP) for point in self.paths[arrow.name]]
        drawn = [f"M{points[0][0]} {points[0][1]}"]
        for before, (x, y), after in zip(points, points[1:], points[2:], strict=False):
            near, far = _towards((x, y), before), _towards((x, y), after)
            drawn.append(f"L{near[0]} {near[1]}Q{x} {y} {far[0]} {far[1]}")
        return "".join([*drawn, f"L{points[-1][0]} {points[-1][1]}"])

    def bounds(self, thing: Rectangle | Area) -> tuple[float, float, float, float]:
        """Return left, top, width and height of `thing` in pixels."""
        if isinstance(thing, Rectangle):
            sides = thing.left, thing.top, thing.right - thing.left, thing.bottom - thing.top
            return tuple(side * STEP for side in sides)  # type: ignore[return-value]
        left, top = thing.x - thing.width / 2, thing.y - thing.height / 2
        return left * STEP, top * STEP, thing.width * STEP, thing.height * STEP

    def _content(self) -> tuple[dict[str, Box], list[Arrow]]:
        """Decide what is a box, what an arrow, and what a line of text in a box."""
        relations = [found for term in self.terms.values() if (found := self._ends(term))]
        lists = self._lists(relations)
        ours = [arrow for arrow in relations if arrow.term and arrow.term.ours]
        drawn = {iri for iri, term in self.terms.items() if term.is_class and term.ours}
        drawn |= {end for arrow in ours for end in (arrow.source, arrow.target)}
        drawn |= {i for i, t in self.terms.items() if drawn & set(t.links.get("above", []))}
        drawn -= {iri for iri in drawn if curie(iri).startswith(("skos:", "owl:"))} | lists
        boxes = {iri: Box(self.terms[iri]) for iri in sorted(drawn)}
        if lists and CONCEPT in self.terms:
            rows = [Row(self.terms[iri], stated=True) for iri in sorted(lists)]
            boxes[CONCEPT] = Box(self.terms[CONCEPT], rows=rows)
        arrows = []
        for arrow in relations:
            if arrow.source not in boxes or arrow.term is None:
                continue
            if arrow.target in lists or arrow.source == arrow.target:
                back = arrow.source == arrow.target
                boxes[arrow.source].rows.append(Row(arrow.term, arrow.stated, back))
            elif arrow.target in boxes:
                arrows.append(arrow)
        for iri, box in boxes.items():
            for above in box.term.links.get("above", []):
                if above in boxes and above != CONCEPT:
                    arrows.append(Arrow(iri, above, None))
                else:
                    box.above.append(curie(above))
        return boxes, arrows

    def _ends(self, term: Term) -> Arrow | None:
        """Return what `term` leads from and to: as stated, else most often in the data."""
        if term.kind != "object":
            return None
        stated = [term.links.get(side, [None])[0] for side in ("domain", "range")]
        classes = {iri for iri, other in self.terms.items() if other.is_class}
        used = next((pair for pair in term.pairs if set(pair) <= classes), (None, None))
        source, target = stated[0] or used[0], stated[1] or used[1]
        if source is None or target is None:
            return None
        return Arrow(source, target, term, None not in stated)

    def _lists(self, relations: Iterable[Arrow]) -> set[str]:
        """Return the classes that only classify: kinds of concept with few relations."""
        concepts = {i for i, t in self.terms.items() if CONCEPT in t.links.get("above", [])}
        seen = [
            end
            for arrow in relations
            if arrow.source != arrow.target and not {arrow.source, arrow.target} <= concepts
            if not any(curie(e).startswith("skos:") for e in (arrow.source, arrow.target))
            for end in (arrow.source, arrow.target)
        ]
        return {iri for iri in concepts if seen.count(iri) < BUSY}


def _towards(corner: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """Return the point on the way from `corner` to `other` where its rounding begins."""
    sides = (o - c for o, c in zip(other, corner, strict=True))
    x, y = (max(-ROUNDING, min(ROUNDING, side)) for side in sides)
    return corner[0] + x, corner[1] + y


def width(text: str, size: float) -> float:
    """Return about how wide `text` is in pixels, rather more than less.

    >>> width("標準", 10) == 20 and width("stage", 10) < 30
    True
    """
    return sum(_share(character) for character in text) * size


def _share(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in "ijltfrI.,:;'|()[] ":
        return 0.36
    return 0.86 if character in "mwMW@%" else 0.7 if character.isupper() else 0.6


def _widest(texts: Texts, size: float) -> float:
    return max((width(text, size) for text in texts.values()), default=0.0)


def _label_width(label: str) -> float:
    """Return how many steps wide the label of a line is."""
    return (width(label, 11) + 6) / STEP


def _box_size(box: Box) -> tuple[float, float]:
    """Return the size that `box` needs, in pixels."""
    heads = [_widest(box.term.labels, 16), width(box.term.code, 11)]
    heads += [width(above, 11) + 14 for above in box.above]
    rows = [_widest(row.labels, 11) + 14 for row in box.rows]
    height = 42 + ROW * len(box.above) + (ROW * len(box.rows) + 8 if box.rows else 0)
    return max(heads + rows) + 24, height


def _lay_out(boxes: Mapping[str, Box]) -> tuple[tuple[int, int], dict[str, Rectangle]]:
    """Return the size of the drawing and the place of each box, in steps."""
    sizes = {iri: tuple(-(-side // STEP) for side in _box_size(box)) for iri, box in boxes.items()}
    columns = _columns(boxes, {iri: int(height) for iri, (_, height) in sizes.items()})
    tall = [sum(int(sizes[i][1]) + BOX_GAP for i in column) - BOX_GAP for column in columns]
    x, places = MARGIN, {}
    for column, height in zip(columns, tall, strict=True):
        wide = int(max((sizes[iri][0] for iri in column), default=0))
        spare = (max(tall) - height) // (len(column) + 1) if column else 0
        y = MARGIN + spare
        for iri in column:
            places[iri] = Rectangle(x, y, x + wide, y + int(sizes[iri][1]))
            y += int(sizes[iri][1]) + BOX_GAP + spare
        x += wide + COLUMN_GAP
    return (x - COLUMN_GAP + MARGIN, max(tall) + 2 * MARGIN), places


def _columns(boxes: Mapping[str, Box], heights: Mapping[str, int]) -> list[list[str]]:
    """Return the boxes by column, those that no column names below the shortest."""
    codes = {box.term.code: iri for iri, box in boxes.items()}
    columns = [[codes.pop(code) for code in column if code in codes] for column in COLUMNS]
    for _, iri in sorted(codes.items()):
        min(columns, key=lambda column: sum(heights[i] + BOX_GAP for i in column)).append(iri)
    return columns
