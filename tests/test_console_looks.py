"""The query console as it is seen: by everybody, on a phone, in the dark, on paper."""

from itertools import pairwise
from typing import Any

import pytest

from test_accessibility import AXE, RUN, TAGS
from test_console_in_browser import ROWS, Opener, local, opener, run, server, write

__all__ = ["local", "opener", "server"]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: run `npm ci` in web/")
@pytest.mark.parametrize(
    ("fragment", "options"),
    [("", {}), ("lang=zh-Hant", {"dark": True}), ("lang=zh-Hans", {"size": (390, 844)})],
    ids=["light", "dark", "phone"],
)
def test_nothing_is_in_the_way(opener: Opener, fragment: str, options: dict[str, Any]) -> None:
    page = opener(f"{fragment}&question=standards_by_pillar", is_examined=True, **options)
    page.wait_for("document.querySelectorAll('#parameters [name=pillar] option').length === 7")
    run(page)
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    for view in ("table", "raw"):
        page.click(f"#views [value={view}]")
        assert page.evaluate(RUN % list(TAGS)) == []
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main input, main select, main summary')]"
        ".filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24)"
        ".map((e) => e.outerHTML.slice(0, 80))"
    )
    assert small == []
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((e) => +e.tagName[1])")
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= options.get("size", (1280,))[0]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: run `npm ci` in web/")
def test_a_wrong_query_can_be_read_in_both_themes(opener: Opener) -> None:
    for dark in (False, True):
        page = opener(dark=dark, is_examined=True)
        write(page, 'SELECT ?s WHERE {\n "x"@en gda:stage <y> ; ! # note\n}')
        run(page)
        page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
        assert page.evaluate(RUN % list(TAGS)) == []


def test_paper_shows_the_query_and_its_answer(opener: Opener) -> None:
    page = opener()
    run(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.send("Emulation.setEmulatedMedia", media="print")
    seen = page.evaluate("document.body.innerText")
    assert "?standard a gda:Standard" in seen
    assert len(page.evaluate(ROWS)) == 20
    for selector in ("#run", "#questions", "#editor", "#views"):
        assert not page.evaluate(f"document.querySelector('{selector}').checkVisibility()")
