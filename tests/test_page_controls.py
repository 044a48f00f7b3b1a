"""What the controls of a network page do: filters, steps, path, theme, address."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from chromium import Browser, Page
from gdakg.pages.wording import WORDS
from landscapes import BASE, page_of
from steering import THINGS, address, box, bright, fragment, network, selected, short, shown, text


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(network(), tmp_path_factory.mktemp("pages") / "page.html")


FILTERS = [
    ([("body", "iso")], {"iso", "iso3", "p1", "waste"}),
    ([("body", "iso"), ("status", "status/draft")], {"iso"}),
    ([("pillar", "p2")], {"p2", "l2", "gap", "itu"}),
    ([("pillar", "p1"), ("pillar", "p2")], set(THINGS) - {"sg5", "alone"}),
    ([("status", "status/published"), ("body", "itu")], {"itu", "l1", "sg5", "p1", "area"}),
]


@pytest.mark.parametrize(("chosen", "left"), FILTERS)
def test_filters_leave_what_has_the_value_and_what_it_is_related_to(
    page: Page, browser: Browser, path: Path, chosen: list[tuple[str, str]], left: set[str]
) -> None:
    assert shown(page) == set(THINGS)
    for _, value in chosen:
        page.click(box(value))
    assert shown(page) == left
    assert text(page, "#shown") == f"{len(left)} of {len(THINGS)} nodes shown"
    again = browser.open(path, fragment=page.evaluate("location.hash").removeprefix("#"))
    assert shown(again) == left
    ticked = again.evaluate("[...document.querySelectorAll('#facets :checked')].map(e => e.value)")
    assert short(ticked) == {value for _, value in chosen}
    assert again.evaluate("filters.open")
    again.close()
    page.click("#everything")
    assert shown(page) == set(THINGS)
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("document.querySelector('#facets :checked')") is None


def test_filters_tell_how_many_have_a_value_in_each_language(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#filters, [data-facet]').forEach(d => d.open = 1)")
    assert text(page, "[data-facet=body]") == "Organization all ISO · Standardization 1 " + (
        "ITU · Telecommunication Union 2"
    )
    page.click("#languages [lang=zh-Hant]")
    page.click(box("p2"))
    assert text(page, "[data-facet=pillar] summary") == "支柱 1 / 2"
    assert text(page, "#filters .hint") == WORDS["zh-Hant"]["filtersHint"]


def test_what_a_filter_hides_is_found_again(page: Page) -> None:
    page.click(box("iso"))
    page.type("#search", "L.2")
    page.press("Enter")
    assert "l2" in shown(page)
    assert selected(page) == {"l2"}


STEPS = {
    1: {"sg5", "itu"},
    2: {"sg5", "itu", "l1", "l2"},
    3: {"sg5", "itu", "l1", "l2", "p1", "area", "p2", "iso3"},
    4: set(THINGS) - {"alone"},
}


def test_steps_from_the_selected_node(page: Page) -> None:
    page.go(address(("node", f"{BASE}sg5")))
    for depth, near in STEPS.items():
        page.click(f"[data-depth='{depth}']")
        assert bright(page) == near
        assert shown(page) == set(THINGS)
        page.click("#only")
        assert shown(page) == near
        assert page.evaluate("[...depths.children].map(e => e.ariaPressed)") == [
            str(depth == each).lower() for each in STEPS
        ]
        page.go(page.evaluate("location.hash").removeprefix("#"))
        assert shown(page) == near
        assert page.evaluate("only.checked")
        assert text(page, "#depths [aria-pressed=true]") == str(depth)
        page.click("#only")


def test_steps_do_not_lead_through_what_is_hidden(page: Page) -> None:
    page.go(address(("node", f"{BASE}sg5"), ("depth", "4"), ("hide", "standard")))
    assert bright(page) & shown(page) == {"sg5", "itu"}


def test_a_path_is_found_by_search_and_told_step_by_step(
    page: Page, browser: Browser, path: Path
) -> None:
    page.go(address(("node", f"{BASE}sg5")))
    page.click("#path")
    assert "SG5" in text(page, "#path-hint")
    page.type("#search", "e-waste")
    page.press("Enter")
    told = "SG5 · Environment → to unit of ITU · Telecommunication Union ← from publisher L.2 · "
    told += "Second ← from references ISO 3 · Third → to in area E-waste"
    assert text(page, ".path ol") == told
    assert bright(page) == {"sg5", "itu", "l2", "iso3", "waste"}
    strong = page.evaluate(
        "gdakg.network.body.data.edges.get().filter(e => e.width > 2).map(e => [e.from, e.to])"
    )
    edges = {tuple(iri.removeprefix(BASE) for iri in edge) for edge in strong}
    assert edges == {("sg5", "itu"), ("l2", "itu"), ("iso3", "l2"), ("iso3", "waste")}
    again = browser.open(path, fragment=page.evaluate("location.hash").removeprefix("#"))
    assert text(again, ".path ol") == told
    again.close()
    page.click(".path li:nth-child(3) button")  # walking along it keeps it
    assert selected(page) == {"l2"}
    assert text(page, ".path [aria-current]") == "L.2 · Second"
    page.press("Escape")
    assert page.evaluate("document.querySelector('.path')") is None
    assert selected(page) == {"l2"}
    page.press("Escape")
    assert selected(page) == set()


def test_where_no_path_leads_the_page_says_so(page: Page) -> None:
    page.go(address(("path", f"{BASE}sg5"), ("path", f"{BASE}alone"), ("node", f"{BASE}alone")))
    assert "no path leads from SG5 to Alone" in text(page, ".path")
    page.go(address(("path", f"{BASE}sg5"), ("path", f"{BASE}waste"), ("hide", "standard")))
    assert "no path leads from SG5 to E-waste" in text(page, ".path")
    page.click("#legend [data-kind=standard]")
    page.click("#legend [data-kind=area]")
    assert "no path leads from SG5 to E-waste" in text(page, ".path")
    page.click("#legend [data-kind=area]")
    assert "Steps from SG5 to E-waste: 4" in text(page, ".path")
    page.click("#path-end")
    assert page.evaluate("location.hash") == ""


PAPER = (
    "(() => { const c = document.querySelector('#canvas canvas');"
    "return [...c.getContext('2d').getImageData(2, 2, 1, 1).data].slice(0, 3); })()"
)
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("dark", [False, True])
def test_themes(browser: Browser, path: Path, dark: bool) -> None:
    page = browser.open(path, dark=dark)
    colours = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 27)"}
    assert page.evaluate(BACKGROUND) == colours["dark" if dark else "light"]
    ink = "gdakg.network.body.data.edges.get()[0].color.color"
    edges = {"light": "#b3bbc5", "dark": "#55616e"}
    for theme in ("dark", "light"):
        page.evaluate(f"theme.value = '{theme}', theme.dispatchEvent(new Event('change'))")
        assert page.evaluate(BACKGROUND) == colours[theme]
        page.wait_for(f"{ink} === '{edges[theme]}'")
        assert fragment(page)["theme"] == [theme]
        page.go(page.evaluate("location.hash").removeprefix("#"))
        assert page.evaluate(BACKGROUND) == colours[theme]
        assert page.evaluate("theme.value") == theme
    page.evaluate("theme.value = 'system', theme.dispatchEvent(new Event('change'))")
    assert page.evaluate(BACKGROUND) == colours["dark" if dark else "light"]
    assert page.evaluate("location.hash") == ""
    assert page.messages == []
    page.close()


def test_the_view_is_kept_once_it_was_moved(page: Page, browser: Browser, path: Path) -> None:
    page.click("#zoom-in")
    page.click("#zoom-in")
    page.wait_for("location.hash.includes('view=')")
    scale = page.evaluate("gdakg.network.getScale()")
    x, y, kept = map(float, fragment(page)["view"][0].split(","))
    assert kept == pytest.approx(scale, rel=0.01)
    again = browser.open(path, fragment=f"view={x + 50},{y - 20},{kept}", size=(900, 700))
    assert again.evaluate("gdakg.network.getScale()") == pytest.approx(scale, rel=0.01)
    middle = again.evaluate("gdakg.network.getViewPosition()")
    assert (middle["x"], middle["y"]) == pytest.approx((x + 50, y - 20), abs=1)
    again.close()
    page.click("#fit")
    page.wait_for("location.hash === ''")
    assert page.evaluate("gdakg.network.getScale()") < scale


def test_an_address_given_while_a_view_is_kept_is_not_lost(page: Page) -> None:
    page.evaluate("window.later = [], window.setTimeout = each => later.push(each)")
    page.click("#zoom-in")
    page.wait_for("later.length > 0")
    node = json.dumps(urlencode({"node": f"{BASE}l2"}))
    page.evaluate(f"location.hash = {node}, later.forEach(each => each())")
    page.wait_for("gdakg.network.getSelectedNodes().length")
    assert selected(page) == {"l2"}


BROKEN = [
    "view=1,2&depth=9&only=yes&path=x&path=y&theme=pink&body=z&status=__proto__",
    "view=a,b,c&depth=1e9&path=&pillar=&theme=constructor",
    "view=1e99,0,1&depth=-1&only=&body=%F0%28%8C",
    f"view=0,0,1e9&path={BASE}l1&path={BASE}l1&view=",
    "view=,,&depth=__proto__",
]


def test_broken_values_are_harmless(page: Page) -> None:
    for broken in BROKEN:
        page.go(broken)
        assert shown(page) == bright(page) == set(THINGS), broken
        assert page.evaluate("document.documentElement.dataset.theme") == "system"
        assert 0.01 < page.evaluate("gdakg.network.getScale()") <= 1.5
        page.click(box("iso"))
        assert shown(page) == FILTERS[0][1]


def test_the_page_works_within_a_frame_without_an_address(
    browser: Browser, path: Path, tmp_path: Path
) -> None:
    inner = path.read_text("utf-8").replace("&", "&amp;").replace('"', "&quot;")
    outer = tmp_path / "outer.html"
    outer.write_text(
        f'<!doctype html><iframe width=900 height=600 srcdoc="{inner}"></iframe>'
        "<script>window.gdakg = {ready: true}</script>",
        encoding="utf-8",
    )
    page = browser.open(outer)
    page.wait_for("frames[0].gdakg && frames[0].gdakg.ready")
    inside = "frames[0].document.querySelector"
    page.evaluate(f"{inside}({json.dumps(box('iso'))}).click()")
    page.evaluate(f"{inside}('#zoom-in').click()")
    assert page.evaluate(f"{inside}('#shown').innerText").startswith("4 of 12")
    # Longer than the view is waited for.
    page.evaluate("new Promise(done => setTimeout(done, 600))")
    page.close_quiet()
