"""The class diagram: what is drawn keeps apart, and leads from box to box."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import gdakg
from chromium import Browser, Page
from reading import ONTOLOGY
from reports import ontology
from reports.routing import Link, Point, Rectangle, routes

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@pytest.fixture(scope="module")
def svg(kg: gdakg.KnowledgeGraph) -> str:
    return ontology.figure(kg)


@pytest.fixture(scope="module")
def page(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("ontology") / "index.html"
    written.write_text(ontology.page(kg), encoding="utf-8")
    return written


Sides = tuple[float, float, float, float]  # left, top, right, bottom


def rectangles(svg: str, kind: str) -> list[Sides]:
    sides = " ".join(f'{side}="([^"]+)"' for side in ("x", "y", "width", "height"))
    pattern = rf'<g class="{kind}">\s*(?:<a [^>]+>\s*<g>)?<rect {sides}'
    found = [tuple(map(float, match)) for match in re.findall(pattern, svg)]
    return [(x, y, x + width, y + height) for x, y, width, height in found]


def overlapping(some: list[Sides], others: list[Sides]) -> list[tuple[Sides, Sides]]:
    return [
        (one, other)
        for one in some
        for other in others
        if one is not other
        and one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    ]


def corners(svg: str) -> list[list[tuple[float, float]]]:
    """Return the points of each line, its rounded corners cut."""
    drawn = re.findall(r'<g class="arrow[^>]+>\s*<path class="line" d="M([^"]+)"', svg)
    return [
        [(float(x), float(y)) for x, y in re.findall(r"([\d.-]+) ([\d.-]+)", line)]
        for line in drawn
    ]


def through(line: list[tuple[float, float]], box: Sides) -> bool:
    """Say whether a part of `line` runs inside `box`."""
    steps = itertools.pairwise(line)
    sides = [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in steps]
    return any(
        left < box[2] and right > box[0] and top < box[3] and bottom > box[1]
        for left, top, right, bottom in sides
    )


def touches(point: tuple[float, float], box: Sides) -> bool:
    x, y = point
    return (x in (box[0], box[2]) and box[1] < y < box[3]) or (
        y in (box[1], box[3]) and box[0] < x < box[2]
    )


def test_boxes_and_labels_of_the_diagram_keep_apart(svg: str) -> None:
    assert ElementTree.fromstring(svg).tag.endswith("}svg")
    boxes, labels, lines = rectangles(svg, "box"), rectangles(svg, "tag"), corners(svg)
    assert 15 <= len(boxes) <= 30, "with more boxes nobody sees through it"
    assert len(lines) >= len(labels) >= 20
    assert overlapping(boxes, boxes) == []
    assert overlapping(labels, boxes) == []
    assert overlapping(labels, labels) == []
    for line in lines:
        assert not any(through(line, box) for box in boxes), line
        assert any(touches(line[0], box) for box in boxes), line
        assert any(touches(line[-1], box) for box in boxes), line
    x, y, width, height = map(float, re.findall(r'viewBox="([^"]+)"', svg)[0].split())
    for left, top, right, bottom in boxes + labels:
        assert x <= left < right <= x + width
        assert y <= top < bottom <= y + height


def test_the_check_of_the_diagram_sees_overlaps() -> None:
    box, near, far = (0.0, 0.0, 10.0, 10.0), (9.0, 9.0, 20.0, 20.0), (10.0, 0.0, 20.0, 9.0)
    assert overlapping([box], [near]) == [(box, near)]
    assert overlapping([box], [box, far]) == []
    assert through([(-5.0, 5.0), (15.0, 5.0)], box)
    assert not through([(-5.0, 5.0), (0.0, 5.0)], box)
    assert touches((10.0, 5.0), box)
    assert not touches((11.0, 5.0), box)


def test_every_class_of_ours_is_in_the_diagram(svg: str) -> None:
    classes = re.findall(r"(?m)^gda:(\w+) a owl:Class", ONTOLOGY.read_text(encoding="utf-8"))
    assert len(classes) > 20
    for name in classes:
        assert f'href="index.html#{name}"' in svg, name


def test_a_line_goes_around_a_box() -> None:
    """Two boxes side by side, and a third between them: over or under it, with four bends."""
    boxes = {
        "a": Rectangle(2, 10, 6, 14),
        "b": Rectangle(10, 8, 14, 16),
        "c": Rectangle(18, 10, 22, 14),
    }
    straight = routes(boxes, [Link("ab", "a", "b", "ab")], (30, 30))["ab"]
    assert straight == [Point(6, 12), Point(10, 12)]
    around = routes(boxes, [Link("ac", "a", "c", "ac")], (30, 30))["ac"]
    assert around[0].x in (2, 6) or around[0].y in (10, 14)
    inside = set(boxes["b"].points())
    for start, end in itertools.pairwise(around):
        assert start.x == end.x or start.y == end.y
        steps = range(max(abs(end.x - start.x), abs(end.y - start.y)) + 1)
        length = max(steps)
        passed = {
            (
                start.x + (end.x - start.x) * step // length,
                start.y + (end.y - start.y) * step // length,
            )
            for step in steps
        }
        assert not passed & inside
    both = [Link("ab", "a", "b", "ab"), Link("ba", "b", "a", "ba")]
    there, back = routes(boxes, both, (30, 30)).values()
    assert there[0].y != back[0].y, "two lines between the same boxes lie on each other"


# in a browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_the_diagram_stay_in_their_boxes(
    browser: Browser, page: Path, language: str
) -> None:
    tab = browser.open(page)
    tab.click(f".languages [lang={language}]")
    beyond = tab.evaluate(
        "[...document.querySelectorAll('.diagram .box, .diagram .tag g')].flatMap(group => {"
        " const box = group.querySelector('rect').getBBox();"
        " return [...group.querySelectorAll('text')].filter(t => t.checkVisibility())"
        " .filter(t => { const b = t.getBBox(); return b.x < box.x || b.x + b.width >"
        " box.x + box.width || b.y + b.height > box.y + box.height + 2; })"
        " .map(t => t.textContent); })"
    )
    assert beyond == []
    tab.close()


def test_the_diagram_alone_is_quiet(browser: Browser, svg: str, tmp_path: Path) -> None:
    (tmp_path / "classes.svg").write_text(svg, encoding="utf-8")
    tab = Page(
        browser, (tmp_path / "classes.svg").as_uri(), size=(1280, 800), dark=False, calm=True
    )
    tab.send("Page.navigate", url=tab.url)
    tab.wait_for("document.querySelectorAll('.box').length > 10")
    assert tab.requests == tab.messages == []
    tab.close()
