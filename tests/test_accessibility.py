"""What axe-core finds on the pages: WCAG 2.2 A and AA, in each language, light and dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from chromium import Browser, Page
from gdakg.pages.wording import LANGUAGES

AXE: Final = Path(__file__).parents[1] / "web/node_modules/axe-core/axe.min.js"

#: success criteria of levels A and AA, and what axe-core counts as good practice
TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

#: a page of the site, and what stands behind # in its address
PAGES: Final = {
    "start": ("index.html", "find=L.1470"),
    "standards": ("standards.html", ""),
    "network": ("network.html", "node=https://w3id.org/gdakg/id/std/itu-t/l.1470"),
    "coverage": ("coverage.html", ""),
    "timeline": ("timeline.html", ""),
    "gaps": ("gaps.html", ""),
    "standard": ("std/iso/14067.html", ""),
    "area": ("area/circular-economy.html", ""),
}

pytestmark = pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not there: run `npm ci` in web/"
)

RUN: Final = """axe.run(document, {runOnly: {type: "tag", values: %s}, resultTypes: ["violations"]})
  .then(({violations}) => violations.map(({id, help, nodes}) =>
    `${id}: ${help}: ` + nodes.slice(0, 3).map(({html, failureSummary}) =>
      html.slice(0, 160) + " - " + failureSummary.slice(0, 200)).join(" | ")))"""


def opened(browser: Browser, path: Path, **options: Any) -> Page:
    """Return the page at `path` with axe-core in it."""
    page = browser.open(path, **options)
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    return page


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong in the page as it is."""
    found: list[str] = page.evaluate(RUN % list(TAGS))
    return found


@pytest.fixture(scope="module", params=PAGES)
def shared(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Page]:
    """Yield a page that is opened once for all its languages and colours."""
    file, fragment = PAGES[request.param]
    page = opened(browser, site / file, fragment=fragment)
    yield page
    page.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_in_the_way(shared: Page, language: str, dark: bool) -> None:
    shared.click(f"#languages [lang={language}]")
    shared.emulate(dark=dark)
    assert shared.evaluate("document.documentElement.lang") == language
    assert shared.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is dark
    found = violations(shared)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_nor_on_a_phone(browser: Browser, site: Path, name: str) -> None:
    file, fragment = PAGES[name]
    page = opened(browser, site / file, fragment=fragment, size=(390, 844))
    found = violations(page)
    page.close()
    assert not found, "\n".join(found)


def test_axe_finds_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html><title>x</title><body><img><p style='color:#ccc'>pale</p>"
        "<button></button><script>window.gdakg={ready:true}</script>"
    )
    page = opened(browser, tmp_path / "bad.html")
    found = " ".join(violations(page))
    page.close()
    for rule in ("html-has-lang", "color-contrast", "button-name", "image-alt"):
        assert f"{rule}: " in found
