"""All that a page can do is reached and done by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from chromium import Browser, Page
from gdakg.engine import Embedded
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE

PAGES = ("index", "standards", "network", "coverage", "timeline", "gaps", "std/itu-t/l.1470")

#: what stands in the small site, besides the ontology and all schemes
KEPT = (
    *("pillar/2", "pillar/3", "area/e-waste", "area/climate-change", "org/itu-t", "org/iso"),
    *("std/itu-t/l.1470", "ed/itu-t/l.1470/2020-01", "std/iso/14067", "ed/iso/14067/2018"),
    *("gap/ef", "committee/itu-t/sg5", "event/ev-05", "doc/doc-01"),
)

#: marks what the focus comes to, and tells what it should come to
MARK = "addEventListener('focusin', ({target}) => { target.dataset.reached = 'yes'; })"
LEFT = """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
  .filter((each) => each.tabIndex >= 0 || /^(A|BUTTON|INPUT|SELECT|SUMMARY)$/.test(each.tagName))
  .filter((each) => !each.disabled && each.checkVisibility())
  .filter((each) => each.type !== 'radio' || each.checked)
  .filter((each) => !each.dataset.reached).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def site(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of few things, so that a walk through all of it ends."""
    store = og.Store()
    subjects = {BASE + name for name in KEPT}
    for quad in kg.engine.store:  # type: ignore[attr-defined]
        subject = quad.subject.value if isinstance(quad.subject, og.NamedNode) else ""
        is_thing = subject.startswith(BASE) and "/scheme/" not in subject
        is_concept = is_thing and subject.removeprefix(BASE).split("/")[0] in {
            *("stage", "gap-status", "gap-basis", "statement-kind", "confidence", "doctype", "tier")
        }
        if not is_thing or is_concept or subject in subjects:
            store.add(quad)
    folder = tmp_path_factory.mktemp("keyboard") / "out"
    gdakg.pages.site(KnowledgeGraph(Embedded(store, allow_service=False)), folder)
    return folder


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    opened = browser.open(site / f"{request.param}.html")
    opened.send("Page.bringToFront")
    yield opened
    assert opened.messages == []
    opened.close()


def test_tab_comes_to_everything(page: Page) -> None:
    page.evaluate(MARK)
    count = len(page.evaluate(LEFT))
    assert count > 5
    for _ in range(count + 3):
        page.press("Tab")
    assert page.evaluate(LEFT) == []


def test_the_first_stop_leads_to_the_content(page: Page) -> None:
    page.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.press("Enter")
    target = page.evaluate("document.querySelector('.skip').hash.slice(1)")
    page.wait_for(f"document.activeElement.id === {target!r}")


def test_language_and_theme_are_chosen(page: Page) -> None:
    page.evaluate("document.querySelector('#languages [lang=zh-Hant]').focus()")
    page.press("Enter")
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"
    page.evaluate("document.getElementById('theme').focus()")
    page.press("ArrowDown")
    page.press("ArrowDown")
    page.wait_for("document.documentElement.dataset.theme === 'dark'")


def test_a_focus_can_be_seen(page: Page) -> None:
    unseen = set()
    for _ in range(12):
        page.press("Tab")
        unseen |= set(
            page.evaluate(
                "(e => { const s = getComputedStyle(e); return s.outlineStyle === 'none' &&"
                " s.boxShadow === 'none' && e !== document.body ? [e.outerHTML.slice(0, 80)] : [];"
                "})(document.activeElement)"
            )
        )
    assert not unseen


def test_what_the_keyboard_misses_is_noticed(browser: Browser, site: Path) -> None:
    page = browser.open(site / "gaps.html")
    page.send("Page.bringToFront")
    page.evaluate(MARK)
    page.evaluate("document.querySelector('#languages button').tabIndex = -1")
    for _ in range(len(page.evaluate(LEFT)) + 3):
        page.press("Tab")
    assert len(page.evaluate(LEFT)) == 1
    page.close()
