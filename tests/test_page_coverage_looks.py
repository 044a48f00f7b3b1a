"""How the page of the coverage looks: contrast, languages, phones, paper."""

import itertools
import re
from pathlib import Path

import pytest

from chromium import Browser, Page
from coverage_page import matrix


@pytest.fixture
def path(coverage_html: Path) -> Path:
    return coverage_html


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "未归类 标题（译） 已发布"), ("zh-Hant", "未歸類 標題（譯） 已發布")],
)
def test_languages_leave_nothing_behind(page: Page, language: str, words: str) -> None:
    page.click(f"#languages [lang={language}]")
    text = page.evaluate("document.querySelector('#content').innerText")
    assert all(word in text for word in words.split())
    for english in ("Rows", "none assigned", "Newest", "Shown", "Weight", "Clear", "[en]"):
        assert english not in text
    titles = page.evaluate("[...document.querySelectorAll('#flows title')].map(t => t.textContent)")
    assert all(titles)
    assert any("權重" in each or "权重" in each for each in titles)
    options = page.evaluate(
        "[...document.querySelectorAll('[name=area] option')].map(o => o.label)"
    )
    assert len(options) == 31
    assert not any(re.search(r"[a-z]{4}", option) for option in options)


CONTRAST = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (c) => c.slice(0, 3).map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const found = rgb(getComputedStyle(at).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() &&
    !e.closest("svg") && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .slice(0, 900).map((e) => {
      const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort();
      return [(b + 0.05) / (a + 0.05), e.outerHTML.slice(0, 120)];
    });
})()"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_stand_out(browser: Browser, path: Path, theme: str) -> None:
    page = browser.open(path, fragment=f"theme={theme}")
    contrasts = page.evaluate(CONTRAST)
    assert len(contrasts) > 200
    assert min(contrasts)[0] >= 4.5, min(contrasts)
    shades = page.evaluate(
        "new Set([...document.querySelectorAll('.matrix td')].map("
        "(e) => getComputedStyle(e).backgroundColor)).size"
    )
    assert shades == 6
    page.close_quiet()


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_labels_of_the_diagram_do_not_collide(browser: Browser, path: Path, language: str) -> None:
    page = browser.open(path, fragment=f"lang={language}", size=(1000, 800))
    boxes = page.evaluate(
        "[...document.querySelectorAll('#flows text')].filter((t) => t.checkVisibility())"
        ".map((t) => t.getBBox()).map(({x, y, width, height}) => [x, y, x + width, y + height])"
    )
    assert len(boxes) == 7 + 30 + 7  # pillar 7 has nothing; each with none assigned, but bodies
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= 1000
        for other in boxes[number + 1 :]:
            apart = other[0] >= right or other[2] <= left or other[1] >= bottom - 2
            assert apart or other[3] <= top + 2
    assert page.evaluate("document.querySelector('#flows').getBoundingClientRect().width") >= 900
    page.close_quiet()


def test_diagram_and_tables_tell_the_same(page: Page) -> None:
    titles = page.evaluate(
        "[...document.querySelectorAll('.ribbon title')].map(t => t.textContent)"
    )
    rows = page.evaluate(
        "[...document.querySelectorAll('#flow-tables tbody tr')].map("
        "(r) => [...r.cells].map((c) => c.innerText.trim()))"
    )
    assert len(titles) == len(rows) == 193
    told = {f"{start} → {end}: {n} standards, weight {w}" for start, end, n, w in rows}
    assert told == set(titles)
    energy = "2 Reducing ICT sector GHG emissions → Energy efficiency: 194 standards, weight 163.7"
    assert energy in told
    assert page.evaluate("document.querySelector('#flows').getAttribute('role')") == "img"
    named = (
        "document.getElementById(document.querySelector('#flows').getAttribute('aria-describedby'))"
    )
    assert page.evaluate(f"{named}.id") == "flow-tables"


def test_a_phone_scrolls_the_tables_alone(browser: Browser, path: Path) -> None:
    page = browser.open(path, fragment="rows=area", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = page.evaluate(
        "[...document.querySelectorAll('.wide')].filter((e) => e.checkVisibility())"
        ".map((e) => [e.tabIndex, e.role, e.scrollWidth > e.clientWidth])"
    )
    assert [0, "region", True] in wide
    assert all(each[:2] == [0, "region"] for each in wide)
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main a, main input, main select')]"
        ".filter((e) => e.checkVisibility() && !e.closest('.list')).map((e) => e.closest('label')"
        " ?? e).map((e) => [e.getBoundingClientRect(), e.outerHTML])"
        ".filter(([box]) => box.height < 24 || box.width < 24).map(([, html]) => html)"
    )
    assert small == []
    page.close_quiet()


def test_headings_and_names_are_in_order(page: Page) -> None:
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((e) => +e.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    unscoped = "document.querySelectorAll('th:not([scope])').length"
    assert page.evaluate(unscoped) == 0
    twice = page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);"
        "return ids.filter((id, at) => ids.indexOf(id) !== at); })()"
    )
    assert twice == []


def test_paper_keeps_headings_and_shades(page: Page) -> None:
    page.send("Emulation.setEmulatedMedia", media="print")
    assert matrix(page)[0][:2] == ["Pillar", "ITU-T"]
    assert page.evaluate("document.querySelector('.filters').checkVisibility()") is False
    assert page.evaluate("document.querySelector('#clear').checkVisibility()") is False


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_headings_of_rows_stay_readable_on_a_phone(
    browser: Browser, path: Path, language: str
) -> None:
    page = browser.open(path, fragment=f"lang={language}", size=(390, 844))
    heading = "document.querySelector('.matrix tbody th').getBoundingClientRect()"
    assert page.evaluate(f"{heading}.width") > 100
    page.close_quiet()
