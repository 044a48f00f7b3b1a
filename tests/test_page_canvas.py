"""What a network page of many nodes does, which our own canvas draws in a browser."""

import io
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import networkx as nx
import pytest

from chromium import Browser, Page
from gdakg.pages.fill import to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import write
from gdakg.pages.wording import HEADING
from landscapes import BASE, EVIL, evil_landscape, many, page_of, spiral

NODES: Final = 4000
#: a gap in the middle of the picture, and a standard beside it
GAP: Final = f"{BASE}std/0"
STANDARD: Final = f"{BASE}std/5"
#: so near nodes are some 25 pixels wide and 200 apart
NEAR: Final = {"x": 0, "y": 0, "scale": 3}

#: promises of the next sharp picture, and of the next of any kind
DRAWN: Final = "new Promise(resolve => gdakg.drawing.whenDrawn(() => resolve(true)))"
FRAME: Final = "new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))"

Point = tuple[float, float]


def landscape() -> nx.MultiDiGraph:
    graph = many(NODES)
    graph.nodes[GAP]["kind"] = "gap"
    return graph


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(landscape(), tmp_path_factory.mktemp("pages") / "page.html")


@pytest.fixture(scope="module")
def opened(browser: Browser, path: Path) -> Iterator[Page]:
    """Open the page in a tab that all tests share; it must be quiet to the end of the last."""
    page = browser.open(path)
    yield page
    page.close_quiet()


@pytest.fixture
def page(opened: Page) -> Page:
    """Return the page with nothing selected or hidden, near the gap in the middle."""
    opened.send("Page.bringToFront")  # a tab behind another one is not painted
    hidden = "document.querySelectorAll('#legend [aria-pressed=false]')"
    opened.evaluate(f"location.hash = '', {hidden}.forEach(button => button.click())")
    opened.evaluate("document.activeElement.blur()")
    look(opened, **NEAR)
    return opened


def look(page: Page, **view: float) -> None:
    page.evaluate(f"gdakg.drawing.setView({json.dumps(view)}), {DRAWN}")


def view(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.evaluate("gdakg.drawing.view()")
    return found


def place(page: Page, iri: str) -> Point:
    """Return where the node is in the window, by the rule of what a view is."""
    seen, (x, y) = view(page), spiral(landscape())[iri]
    left, top, width, height = frame(page)
    scale = seen["scale"]
    middle = left + width / 2, top + height / 2
    return middle[0] + (x - seen["x"]) * scale, middle[1] + (y - seen["y"]) * scale


def frame(page: Page) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the picture in the window."""
    box = "document.querySelector('#canvas').getBoundingClientRect()"
    left, top, width, height = page.evaluate(f"(b => [b.left, b.top, b.width, b.height])({box})")
    return left, top, width, height


def mouse(page: Page, kind: str, at: Point, **more: Any) -> None:
    page.send("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], **more)


def click(page: Page, at: Point) -> None:
    mouse(page, "mousePressed", at, button="left", buttons=1, clickCount=1)
    mouse(page, "mouseReleased", at, button="left", clickCount=1)


def press(page: Page, key: str) -> None:
    for kind in ("keyDown", "keyUp"):
        page.send("Input.dispatchKeyEvent", type=kind, key=key)


def colour(page: Page, at: Point, when: str = DRAWN) -> str:
    """Return the colour of the canvas there, as #RRGGBB, `when` a promise is kept."""
    left, top, *_ = frame(page)
    x, y = math.floor(at[0] - left), math.floor(at[1] - top)
    # Chromium complains where the canvas itself is read often.
    copy = f"copy.drawImage(document.querySelector('#canvas canvas'), {-x}, {-y})"
    red, green, blue = page.evaluate(
        f"{when}.then(() => {{ const copy = new OffscreenCanvas(1, 1).getContext('2d');"
        f"{copy}; return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3); }})"
    )
    return f"#{red:02X}{green:02X}{blue:02X}"


def text(page: Page, selector: str) -> str:
    found: str = page.evaluate(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")
    return found


def selected(page: Page) -> str:
    found: str = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('node') ?? ''")
    return found


def test_a_page_of_many_nodes_does_without_vis(page: Page) -> None:
    assert page.evaluate("typeof vis") == "undefined"
    role = "(f => [f.getAttribute('role'), f.ariaLabel, f.tabIndex])(gdakg.drawing.frame)"
    assert page.evaluate(role)[::2] == ["img", 0]
    assert "4000" in page.evaluate(role)[1]


def test_nodes_are_painted_in_the_colours_of_their_kinds(page: Page) -> None:
    assert colour(page, place(page, GAP)) == KINDS["gap"].fill
    assert colour(page, place(page, STANDARD)) == KINDS["standard"].fill


def test_a_click_selects_and_one_beside_all_nodes_takes_it_back(page: Page) -> None:
    click(page, place(page, STANDARD))
    assert text(page, "#details h2") == "EX L.5"
    assert selected(page) == STANDARD
    assert colour(page, place(page, STANDARD)) == KINDS["standard"].fill
    left, top, *_ = frame(page)
    look(page, x=20_000, y=0, scale=1)
    click(page, (left + 200, top + 200))
    assert text(page, "#details h2") == ""


def test_the_wheel_zooms_around_the_pointer(page: Page) -> None:
    before = place(page, STANDARD)
    mouse(page, "mouseWheel", before, deltaX=0, deltaY=-240)
    page.wait_for(f"gdakg.drawing.view().scale > {NEAR['scale']} * 1.2")
    assert place(page, STANDARD) == pytest.approx(before, abs=0.5)
    mouse(page, "mouseWheel", before, deltaX=0, deltaY=240)
    page.wait_for(f"gdakg.drawing.view().scale < {NEAR['scale']} * 1.01")
    assert place(page, STANDARD) == pytest.approx(before, abs=0.5)


@pytest.mark.parametrize(
    ("key", "moved"),
    [
        ("ArrowLeft", (-1, 0, 0)),
        ("ArrowRight", (1, 0, 0)),
        ("ArrowUp", (0, -1, 0)),
        ("ArrowDown", (0, 1, 0)),
        ("+", (0, 0, 1)),
        ("-", (0, 0, -1)),
    ],
)
def test_keys_move_and_zoom_where_the_picture_has_the_keyboard(
    page: Page, key: str, moved: tuple[int, int, int]
) -> None:
    press(page, key)
    assert view(page) == NEAR
    page.evaluate("gdakg.drawing.frame.focus()")
    press(page, key)
    after = view(page)
    assert tuple((after[name] > NEAR[name]) - (after[name] < NEAR[name]) for name in NEAR) == moved


def test_a_drag_moves_the_picture_which_is_sharp_again_at_rest(page: Page) -> None:
    look(page, x=0, y=0, scale=0.6)
    start = place(page, GAP)
    mouse(page, "mousePressed", start, button="left", buttons=1, clickCount=1)
    for step in range(1, 6):
        at = (start[0] + 20 * step, start[1] + 10 * step)
        mouse(page, "mouseMoved", at, button="left", buttons=1)
        assert colour(page, at, FRAME) == KINDS["gap"].fill
    mouse(page, "mouseReleased", at, button="left", clickCount=1)
    assert place(page, GAP) == pytest.approx(at)
    assert selected(page) == ""
    time.sleep(0.5)
    picture = "document.querySelector('#canvas canvas').toDataURL()"
    rested = page.evaluate(picture)
    assert page.evaluate(f"{DRAWN}.then(() => {picture})") == rested


def test_a_pinch_zooms(browser: Browser, path: Path) -> None:
    page = browser.open(path, size=(390, 844))
    left, top, width, height = frame(page)
    x, y = left + width / 2, top + height / 2
    before = view(page)["scale"]

    def touch(kind: str, *apart: float) -> None:
        points = [{"x": x + side * each, "y": y} for each in apart for side in (-1, 1)]
        page.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)

    touch("touchStart", 30)
    for apart in (40, 50, 60):
        touch("touchMove", apart)
    touch("touchEnd")
    assert view(page)["scale"] == pytest.approx(2 * before, rel=0.2)
    assert selected(page) == ""
    page.close_quiet()


def test_the_pointer_over_a_node_shows_its_name(page: Page) -> None:
    shown = "document.querySelector('.vis-tooltip').style.visibility === 'visible'"
    mouse(page, "mouseMoved", place(page, STANDARD))
    page.wait_for(shown)
    assert text(page, ".vis-tooltip").startswith("EX L.5 · Method for assessing")
    mouse(page, "mouseMoved", (place(page, STANDARD)[0], place(page, STANDARD)[1] + 60))
    page.wait_for(f"!({shown})")


def test_search_selects_and_brings_into_view(page: Page) -> None:
    page.type("#search", "第3999部")
    page.press("Enter")
    assert text(page, "#details h2") == "EX L.3999"
    left, top, width, height = frame(page)
    x, y = place(page, f"{BASE}std/3999")
    assert left < x < left + width
    assert top < y < top + height


def test_the_address_restores_the_page(browser: Browser, path: Path, page: Page) -> None:
    click(page, place(page, STANDARD))
    page.evaluate("gdakg.drawing.frame.focus()")
    press(page, "ArrowDown")
    time.sleep(0.6)  # the address follows when the picture has come to rest
    fragment = page.evaluate("location.hash").removeprefix("#")
    other = browser.open(path, fragment=fragment)
    assert text(other, "#details h2") == "EX L.5"
    assert view(other) == pytest.approx(view(page), abs=1)
    assert view(other)["y"] > 0
    other.close()


def test_a_hidden_kind_vanishes(page: Page) -> None:
    gap = place(page, GAP)
    page.click("#legend [data-kind=gap]")
    assert colour(page, gap) != KINDS["gap"].fill
    click(page, gap)
    assert selected(page) == ""
    page.click("#legend [data-kind=gap]")
    assert colour(page, gap) == KINDS["gap"].fill


def test_what_is_saved_has_all_nodes(page: Page) -> None:
    page.evaluate(
        "window.saved = null, URL.createObjectURL = (blob) => {"
        "blob.text().then((text) => (window.saved = text)); return '#'; }"
    )
    page.click("#save button[value=gexf]")
    page.wait_for("window.saved")
    graph = nx.read_gexf(io.BytesIO(page.evaluate("saved").encode()))
    assert len(graph) == NODES


@pytest.mark.parametrize("dark", [False, True])
def test_nothing_foreign_runs(browser: Browser, tmp_path: Path, dark: bool) -> None:
    graph = evil_landscape()
    heading = dict.fromkeys(HEADING, EVIL[0])
    made = to_pyvis(graph, spiral(graph), heading=heading, language="en", renderer="canvas")
    write(made, tmp_path / "evil.html")
    page = browser.open(tmp_path / "evil.html", dark=dark)
    left, top, width, height = frame(page)
    for iri in range(len(graph)):
        at = (left + width * (iri % 5) / 5, top + height * (iri // 5) / 2)
        mouse(page, "mouseMoved", at)
        click(page, at)
    paper = "getComputedStyle(document.body).backgroundColor"
    assert (page.evaluate(paper) == "rgb(255, 255, 255)") is not dark
    assert (colour(page, (left + 3, top + 3)) == "#FFFFFF") is not dark
    assert page.evaluate("window.__xss === undefined")
    page.close_quiet()


def test_the_picture_follows_the_size_of_the_window(browser: Browser, path: Path) -> None:
    page = browser.open(path, fragment=urlencode({"node": GAP}))
    before = view(page)
    page.send(
        "Emulation.setDeviceMetricsOverride",
        width=900,
        height=600,
        deviceScaleFactor=2,
        mobile=False,
    )
    size = "(c => [c.width, c.height])(document.querySelector('#canvas canvas'))"
    wanted = "(f => [2 * f.clientWidth, 2 * f.clientHeight])(gdakg.drawing.frame)"
    page.wait_for(f"String({size}) === String({wanted})")
    assert 1000 < page.evaluate(size)[0] < 1300
    assert view(page) == before
    page.close()
