"""What the timeline does in a browser."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import gdakg
from chromium import Browser, Page
from gdakg.chronology import Happening, happenings
from gdakg.namespaces import PREFIXES
from gdakg.pages.templates import ASSETS
from landscapes import EVIL
from running import run

HOSTILE = [text for text in EVIL if "\ud800" not in text and "\x00" not in text]


@pytest.fixture(scope="module")
def path(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("timeline") / "timeline.html"
    gdakg.pages.timeline(kg, made)
    return made


def drawn(page: Page) -> int:
    """Return how many signs stand in the part of the drawing that is seen."""
    count: int = page.evaluate(
        "[...document.querySelectorAll('#drawing path.sign')].filter((each) => {"
        "const sign = each.getBoundingClientRect(), all ="
        "document.getElementById('drawing').getBoundingClientRect();"
        "return sign.width && sign.right > all.left && sign.left < all.right }).length"
    )
    return count


def shown_rows(page: Page) -> int:
    count: int = page.evaluate(
        "document.querySelectorAll('#happenings tbody tr:not([hidden])').length"
    )
    return count


def key(page: Page, name: str) -> None:
    """Press and release a key, by the name that JavaScript gives it."""
    for kind in ("keyDown", "keyUp"):
        page.send("Input.dispatchKeyEvent", type=kind, key=name)


def mouse(page: Page, kind: str, x: float, y: float, **more: Any) -> None:
    page.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)


def press_at(page: Page, x: float, y: float) -> None:
    mouse(page, "mouseMoved", x, y)
    mouse(page, "mousePressed", x, y, button="left", clickCount=1)
    mouse(page, "mouseReleased", x, y, button="left", clickCount=1)


def address(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries(new URLSearchParams(location.hash.slice(1)))"
    )
    return found


def test_each_happening_is_drawn_and_in_the_table(page: Page, kg: gdakg.KnowledgeGraph) -> None:
    found = happenings(kg)
    assert drawn(page) == shown_rows(page) == len(found) > 700
    assert page.text(".tally") == f"{len(found)} / {len(found)} shown"
    assert page.text("#range") == "1995–2026"
    table = page.text("#happenings")
    assert all(one.name.code in table for one in found)
    dates = page.evaluate("[...document.querySelectorAll('#happenings time')].map(t => t.dateTime)")
    assert dates == [one.date[:16] for one in reversed(found)]


FILTERS: dict[tuple[str, str], Callable[[Happening], bool]] = {
    ("kind", "gap"): lambda one: one.kind == "gap",
    ("pillar", "3"): lambda one: any(iri.endswith("/pillar/3") for iri in one.pillars),
    ("body", "iec"): lambda one: any(iri.endswith("/org/iec") for iri in one.bodies),
    ("year", "2023"): lambda one: one.date.startswith("2023"),
}


def test_filters_hold_for_drawing_table_and_address(page: Page, kg: gdakg.KnowledgeGraph) -> None:
    found = happenings(kg)
    for (name, value), is_wanted in FILTERS.items():
        count = sum(map(is_wanted, found))
        page.choose(name, value)
        assert drawn(page) == shown_rows(page) == count > 10, name
        assert address(page) == {name: value}
        if name != "year":
            page.click("#controls button[type=reset]")
            page.wait_for("document.querySelectorAll('#happenings tr[hidden]').length === 0")
            assert address(page) == {}
    assert page.text("#range") == "2023"
    months = page.evaluate("document.querySelector('#picture-svg').textContent")
    assert "no month" in months and "Jan" in months and "Dec" in months
    page.type("[name=find]", "no such thing anywhere")
    assert page.text("#nothing") == "None of them matches."


def test_it_is_walked_by_keyboard(page: Page) -> None:
    page.evaluate("document.getElementById('drawing').focus()")
    key(page, "ArrowDown")
    first = page.evaluate("document.querySelector('#happenings tbody tr:last-child').innerText")
    assert page.text("#tip").splitlines()[0] in first
    assert page.text("#spoken").startswith("2002-12, Edition published, RFC 3433, ")
    key(page, "ArrowDown")
    key(page, "ArrowUp")
    key(page, "Enter")
    assert "2002-12" in page.text("#details")
    key(page, "+")
    key(page, "ArrowRight")
    page.wait_for("location.hash.includes('from=')")
    seen = address(page)
    assert seen["item"].startswith("ed/")
    assert float(seen["to"]) - float(seen["from"]) == pytest.approx(32 / 1.6, abs=0.02)
    key(page, "Home")
    page.wait_for("!location.hash.includes('from=')")
    key(page, "Escape")
    assert page.evaluate("document.getElementById('details').hidden")
    assert address(page) == {}


def test_it_is_moved_by_mouse_and_wheel(page: Page) -> None:
    page.evaluate("document.getElementById('stage').scrollIntoView()")
    box = page.evaluate(
        "(({ x, y, width }) => ({ x, y, width }))"
        "(document.getElementById('drawing').getBoundingClientRect())"
    )
    x, y = box["x"] + box["width"] / 2, box["y"] + 5
    scrolled = page.evaluate("scrollY")
    mouse(page, "mouseWheel", x, y + 100, deltaX=0, deltaY=60)
    page.wait_for(f"scrollY > {scrolled}")  # not clicked yet: the page moves on
    assert page.text("#range") == "1995–2026"
    page.evaluate("document.getElementById('stage').scrollIntoView()")
    press_at(page, x, y)
    mouse(page, "mouseWheel", x, y, deltaX=0, deltaY=-300)
    page.wait_for("document.getElementById('range').textContent !== '1995–2026'")
    page.wait_for("location.hash.includes('from=')")
    before = address(page)
    mouse(page, "mousePressed", x, y, button="left", clickCount=1)
    mouse(page, "mouseMoved", x + 50, y, button="left", buttons=1)
    mouse(page, "mouseMoved", x + 100, y, button="left", buttons=1)
    mouse(page, "mouseReleased", x + 100, y, button="left", clickCount=1)
    length = float(before["to"]) - float(before["from"])
    expected = float(before["from"]) - 100 / box["width"] * length
    seen = "Number(new URLSearchParams(location.hash.slice(1)).get('from'))"
    page.wait_for(f"Math.abs({seen} - {expected}) < 0.1")
    assert page.evaluate("document.getElementById('details').hidden")


def test_a_click_tells_all_about_a_thing(page: Page) -> None:
    page.choose("find", "GAP-BATT")
    page.evaluate("document.getElementById('stage').scrollIntoView()")
    place = page.evaluate(
        "(() => { const box = [...document.querySelectorAll('#drawing path.sign.status')]"
        ".map((each) => each.getBoundingClientRect()).find(({ width }) => width);"
        "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    mouse(page, "mouseMoved", *place)
    assert "Carbon footprint of Li-ion batteries" in page.text("#tip")
    press_at(page, *place)
    details = page.text("#details")
    for told in ("GAP-BATT", "2026", "Gap taken up or closed", "closed: ITU-T L.1415 (07/2026)"):
        assert told in details
    assert address(page)["item"] == "status:gap/batt"
    page.click("#details .close")
    assert page.evaluate("document.getElementById('details').hidden")
    page.click("#happenings tr:not([hidden]) .locate")
    assert not page.evaluate("document.getElementById('details').hidden")
    assert page.evaluate("document.activeElement.id") == "drawing"


def test_the_address_restores_all_of_it(page: Page) -> None:
    page.go("from=2024.50&to=2025.25&item=event%2Fev-20&lang=zh-Hant&kind=event")
    assert page.text("h1") == "綠色數位標準時間軸"
    assert "2024年11月11日至2024年11月22日" in page.text("#details")
    assert "[en] Baku" in page.text("#details")
    assert "11月" in page.evaluate("document.querySelector('#picture-svg').textContent")
    assert page.evaluate("document.querySelector('[name=kind]').value") == "event"
    shown = Counter(
        page.evaluate("[...document.querySelectorAll('.ring')].map(r => r.classList[1])")
    )
    assert shown == {"is-chosen": 1}
    page.click("#languages [lang=en]")
    assert "2024-11-11 – 2024-11-22" in page.text("#details")


def test_no_day_is_made_up(page: Page) -> None:
    def date_of(code: str) -> str:
        found: str = page.evaluate(
            "[...document.querySelectorAll('#happenings tbody tr')].find((row) =>"
            f"row.cells[2].textContent === {json.dumps(code)}).cells[0].innerText.trim()"
        )
        return found

    assert [date_of(code) for code in ("EV-35", "EV-02", "EV-20")] == [
        "2023", "2023-06", "2024-11-11 – 2024-11-22",
    ]  # fmt: skip
    assert date_of("EV-06") == "2023-12-02 09:00–10:00"
    assert "≠ claims differ" in date_of("DOC-10")
    page.click("#languages [lang=zh-Hans]")
    assert [date_of(code) for code in ("EV-35", "EV-02", "EV-06")] == [
        "2023年", "2023年6月", "2023年12月2日 09:00–10:00",
    ]  # fmt: skip


def test_it_fits_a_phone(browser: Browser, path: Path) -> None:
    page = browser.open(path, size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.text("#range") == "2015–2026"
    small = page.evaluate(
        "[...document.querySelectorAll('#picture button, .locate, #controls button')]"
        ".map((each) => each.getBoundingClientRect())"
        ".filter(({ width, height }) => width < 24 || height < 24).length"
    )
    assert small == 0
    page.close()


def test_hostile_data_and_what_is_older(browser: Browser, tmp_path: Path) -> None:
    things = "".join(
        f"<https://example.org/{n}> a schema:Event ; skos:prefLabel {json.dumps(evil)}@en ;"
        f'dcterms:identifier {json.dumps(evil)} ; schema:startDate "{1900 + n}"^^xsd:gYear ;'
        f"schema:location {json.dumps(evil)}@en ; foaf:page <javascript:alert({n})> .\n"
        for n, evil in enumerate(HOSTILE)
    )
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    (tmp_path / "evil.ttl").write_text(prefixes + things, encoding="utf-8")
    kg = gdakg.load(tmp_path / "evil.ttl")
    html = gdakg.pages.timeline(kg, tmp_path / "evil.html", href=lambda iri: None)
    assert html == (tmp_path / "evil.html").read_text(encoding="utf-8")
    page = browser.open(tmp_path / "evil.html", fragment="year=older")
    assert shown_rows(page) == len(HOSTILE)
    assert drawn(page) == len(HOSTILE)
    assert "before 1995" in page.evaluate("document.querySelector('#picture-svg').textContent")
    assert f"{len(HOSTILE)} before 1995 stand in one column" in page.text("footer")
    for row in range(len(HOSTILE)):
        page.evaluate(f"document.querySelectorAll('tr:not([hidden]) .locate')[{row}].click()")
        assert not page.evaluate("document.getElementById('details').hidden")
    assert page.evaluate("window.__xss") is None
    assert page.evaluate("document.querySelectorAll('[href^=javascript]').length") == 0
    page.close_quiet()


def test_the_same_graph_gives_the_same_page(kg: gdakg.KnowledgeGraph, path: Path) -> None:
    assert gdakg.pages.timeline(kg) == path.read_text(encoding="utf-8")


def test_the_command_writes_it(path: Path, tmp_path: Path) -> None:
    done = run("view", "timeline", "-o", str(tmp_path / "t.html"))
    assert (done.exit_code, done.stderr) == (0, f"{tmp_path / 't.html'}: written\n")
    assert (tmp_path / "t.html").read_bytes() == path.read_bytes()
    done = run("view", "timeline", "-o", str(tmp_path / "no" / "t.html"))
    assert done.exit_code == 1
    assert str(tmp_path / "no" / "t.html") in done.stderr


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_signs_stand_out_in_light_and_dark() -> None:
    said = r"--([a-z0-9]+): var\(--light, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\);"
    grounds, signs = (
        re.findall(said, (ASSETS / name).read_text("utf-8"))
        for name in ("base.css", "timeline.css")
    )
    for theme in (0, 1):
        ground = {name: each[theme] for name, *each in grounds}
        colours = {name: each[theme] for name, *each in signs}
        assert len(colours) == 11
        for behind in (ground["paper"], ground["panel"]):
            for colour in colours.values():
                dark, light = sorted(map(luminance, (behind, colour)))
                assert (light + 0.05) / (dark + 0.05) >= 3, (behind, colour)


def test_what_is_older_has_a_name_of_its_own_on_the_axis(browser: Browser, tmp_path: Path) -> None:
    events = "".join(
        f'<https://example.org/{year}> a schema:Event ; dcterms:identifier "E{year}" ;'
        f' schema:startDate "{year}"^^xsd:gYear .\n'
        for year in (1973, 1996, 2026)
    )
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    (tmp_path / "old.ttl").write_text(prefixes + events, encoding="utf-8")
    gdakg.pages.timeline(gdakg.load(tmp_path / "old.ttl"), tmp_path / "old.html")
    for size in ((1280, 800), (1500, 800), (390, 844)):
        page = browser.open(tmp_path / "old.html", fragment="from=1994&to=2027", size=size)
        assert page.text("#range") == "before 1995 – 2026"
        names = page.evaluate(
            "[...document.querySelectorAll('#picture-svg text')]"
            ".filter((each) => each.getAttribute('y') === '26')"
            ".map((each) => each.getBoundingClientRect()).map(({ left, right }) => [left, right])"
        )
        assert len(names) > 3
        assert all(right < left for (_, right), (left, _) in pairwise(sorted(names)))
        page.close()
    page = browser.open(tmp_path / "old.html")
    page.choose("year", "older")
    assert page.text("#range") == "before 1995"
    assert drawn(page) == 1
    page.close()


@pytest.mark.parametrize("view", ["from=-1e999&to=1e999", "from=NaN&to=2020", "from=0&to=1e999"])
def test_a_view_without_end_is_none(browser: Browser, path: Path, view: str) -> None:
    page = browser.open(path, fragment=view)
    assert page.text("#range") == "1995–2026"
    assert page.messages == []
    page.close()


def test_dates_are_saved_as_they_are_recorded(page: Page) -> None:
    page.click("#languages [lang=zh-Hant]")
    page.evaluate(
        "window.made = []; const make = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { made.push(blob); return make(blob); }; 0"
    )
    page.click("#save summary")
    page.wait_for("document.querySelector('#save button')")
    page.evaluate(
        "[...document.querySelectorAll('#save button')]"
        ".find((each) => each.innerText.startsWith('CSV')).click()"
    )
    page.wait_for("made.length === 1")
    rows = list(csv.reader(page.evaluate("made[0].text()").removeprefix("\ufeff").splitlines()))
    assert len(rows) == shown_rows(page) + 1
    dates = {code: date for date, _, code, *_ in rows[1:]}
    assert dates["EV-02"] == "2023-06"
    assert dates["EV-20"] == "2024-11-11 – 2024-11-22"
    assert dates["DOC-10"].endswith(" ≠")
