"""What axe-core finds on the pages: WCAG 2.2 A and AA, in each language, light and dark."""

from pathlib import Path
from typing import Any, Final

import pytest

import gdakg
from chromium import Browser
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


@pytest.fixture(scope="module")
def site(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    gdakg.pages.site(kg, folder / "out")
    return folder / "out"


def violations(browser: Browser, path: Path, **options: Any) -> list[str]:
    """Return what axe-core finds wrong in the page at `path`."""
    page = browser.open(path, **options)
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found: list[str] = page.evaluate(RUN % list(TAGS))
    page.close()
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_in_the_way(
    browser: Browser, site: Path, name: str, language: str, dark: bool
) -> None:
    file, fragment = PAGES[name]
    found = violations(browser, site / file, fragment=f"{fragment}&lang={language}", dark=dark)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_nor_on_a_phone(browser: Browser, site: Path, name: str) -> None:
    file, fragment = PAGES[name]
    found = violations(browser, site / file, fragment=fragment, size=(390, 844))
    assert not found, "\n".join(found)


def test_axe_finds_what_is_wrong(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html><title>x</title><body><img><p style='color:#ccc'>pale</p>"
        "<button></button><script>window.gdakg={ready:true}</script>"
    )
    found = " ".join(violations(browser, tmp_path / "bad.html"))
    for rule in ("html-has-lang", "color-contrast", "button-name", "image-alt"):
        assert f"{rule}: " in found
