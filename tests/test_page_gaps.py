"""The page of the gaps in a browser: filters, order, links to a card, print, what is hostile."""

import base64
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
from gdakg.gap import Gap, slug
from gdakg.gaps import gaps
from landscapes import EVIL
from running import run
from steering import text


@pytest.fixture(scope="module")
def all_gaps(kg: gdakg.KnowledgeGraph) -> list[Gap]:
    return list(gaps(kg).gaps)


@pytest.fixture(scope="module")
def path(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "gaps.html"
    gdakg.pages.gaps(kg, path, network="network.html")
    return path


def shown(page: Page) -> list[str]:
    """Return the codes of the cards that can be seen, in their order."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.card')].filter((e) => e.checkVisibility())"
        ".map((e) => e.dataset.card)"
    )
    return found


def test_every_gap_has_its_card_with_all_that_is_known(page: Page, all_gaps: list[Gap]) -> None:
    assert shown(page) == [gap.name.code for gap in all_gaps]
    cards = page.evaluate("[...document.querySelectorAll('.card')].map((e) => e.innerText)")
    for gap, card in zip(all_gaps, cards, strict=True):
        told = " ".join(card.split())
        assert gap.name.labels["en"] in told
        assert gap.named_by["en"] in told
        assert f"as of {gap.standings[-1].as_of}" in told
        for candidate in gap.candidates:
            assert (candidate.edition or candidate.issued or "") in told
        for source in gap.sources:
            assert source.date in told
        assert ("judged by us" in told) is True
        assert ("inferred by us" in told) or not gap.areas


def test_the_table_above_counts_the_gaps(page: Page, all_gaps: list[Gap]) -> None:
    rows = page.evaluate(
        "[...document.querySelectorAll('.overview tbody tr, .overview tfoot tr')]"
        ".map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    counts = Counter(slug(gap.status) for gap in all_gaps)
    total = [str(counts[name]) for name in ("open", "work-item", "partly-addressed", "closed")]
    assert rows[-1][:6] == ["Total", *total, str(len(all_gaps))]
    named = [gap for gap in all_gaps if slug(gap.basis) == "named"]
    assert rows[0][0] == "named explicitly"
    assert rows[0][5] == str(len(named))
    assert rows[0][1] == str(sum(slug(gap.status) == "open" for gap in named))
    assert sum(int(row[5]) for row in rows[:-1]) == len(all_gaps)


@pytest.mark.parametrize(
    ("name", "value"),
    [("pillar", "3"), ("area", "e-waste"), ("status", "closed"), ("basis", "implied"),
     ("body", "ietf")],
)  # fmt: skip
def test_a_filter_shows_what_has_it(
    browser: Browser, path: Path, page: Page, all_gaps: list[Gap], name: str, value: str
) -> None:
    ways: dict[str, Callable[[Gap], list[str]]] = {
        "pillar": lambda gap: [link.iri for link in gap.pillars],
        "area": lambda gap: [link.iri for link in gap.areas],
        "status": lambda gap: [gap.status],
        "basis": lambda gap: [gap.basis],
        "body": lambda gap: gap.bodies,
    }
    wanted = [g.name.code for g in all_gaps if value in map(slug, ways[name](g))]
    assert 0 < len(wanted) < len(all_gaps)
    page.choose(name, value)
    assert shown(page) == wanted
    assert text(page, ".count") == f"{len(wanted)} of {len(all_gaps)} gaps"
    fragment = page.evaluate("location.hash").removeprefix("#")
    again = browser.open(path, fragment=fragment)
    assert shown(again) == wanted
    again.close()


def test_search_looks_through_all_languages(page: Page) -> None:
    page.type("[name=find]", "排放係數")
    assert shown(page) == ["GAP-EF"]
    page.type("[name=find]", "排放因子 l.1410")
    assert shown(page) == ["GAP-EF"]


def test_nothing_found_says_what_was_searched(page: Page) -> None:
    assert not page.evaluate("document.querySelector('.empty').checkVisibility()")
    page.type("[name=find]", "no gap says this")
    assert shown(page) == []
    told = text(page, ".empty")
    assert told.startswith("No gap fits the choice. That is no proof that there is none.")
    assert "33 records searched" in told
    page.click("#controls [type=reset]")
    page.wait_for("!document.querySelector('.empty').checkVisibility()")
    assert len(shown(page)) == 33


def test_the_order_can_be_chosen(page: Page, all_gaps: list[Gap]) -> None:
    by_code = {gap.name.code: gap for gap in all_gaps}
    page.choose("order", "since")
    years = [by_code[code].named_in for code in shown(page)]
    assert years == sorted(years)
    page.choose("order", "-candidates")
    counts = [len(by_code[code].candidates) for code in shown(page)]
    assert counts == sorted(counts, reverse=True)
    page.choose("order", "strength")
    strengths = [slug(by_code[code].confidence) for code in shown(page)]
    assert strengths == sorted(strengths, key=["high", "medium", "low"].index)
    assert "order=strength" in page.evaluate("location.hash")
    page.choose("order", "")
    assert shown(page) == [gap.name.code for gap in all_gaps]


def test_the_address_leads_to_a_card(browser: Browser, path: Path) -> None:
    page = browser.open(path, fragment="card=GAP-EF&lang=zh-Hant&status=closed")
    page.wait_for("document.activeElement.dataset.card === 'GAP-EF'")
    place = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert -1 <= place < 60
    assert page.evaluate("document.activeElement.checkVisibility()")
    assert text(page, "[data-card=GAP-EF] h3") == "ICT產品與服務的排放係數資料庫"
    page.click("[data-card=GAP-NETIF] .code")
    assert page.evaluate("document.activeElement.dataset.card") == "GAP-NETIF"
    assert page.evaluate("location.hash") == "#card=GAP-NETIF&lang=zh-Hant"
    page.choose("pillar", "3")
    assert "card" not in page.evaluate("location.hash")
    page.close_quiet()


def test_a_number_of_the_table_shows_its_gaps(page: Page, all_gaps: list[Gap]) -> None:
    page.click("[data-choose='basis=named status=open']")
    wanted = [g.name.code for g in all_gaps if (slug(g.basis), slug(g.status)) == ("named", "open")]
    assert shown(page) == wanted
    number = page.evaluate(
        "document.querySelector(\"[data-choose='basis=named status=open']\").innerText"
    )
    assert number == str(len(wanted))
    assert page.evaluate("document.activeElement.id") == "cards"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_whole_page_speaks_the_language(page: Page, language: str) -> None:
    page.click(f"#languages [lang={language}]")
    assert "缺口" in page.evaluate("document.title")
    told = page.evaluate("document.querySelector('main').innerText")
    for english in ("Named by", "judged by us", "named explicitly", "as of", "records searched"):
        assert english not in told
    drawn = page.evaluate("document.querySelector('.years').getAttribute('aria-label')")
    assert re.search("指出.*截至.*候", drawn)
    options = page.evaluate(
        "[...document.querySelectorAll('[name=status] option')].map(o => o.label)"
    )
    assert options[0] == "全部"
    assert not re.search("[A-Za-z]", "".join(options))


def test_the_drawing_of_the_years(page: Page) -> None:
    label = page.evaluate("document.querySelector('[data-card=GAP-EF] .years').ariaLabel")
    assert label == (
        "named in 2023; work item under way (as of 2026); candidates dated 2024-11-06 to 2024-11-06"
    )
    named, status, tick = page.evaluate(
        "['named', 'standing', 'tick'].map((name) =>"
        " document.querySelector(`[data-card=GAP-EF] .years .${name}`).getBBox())"
        ".map((box) => [box.x, box.width])"
    )
    year = (336 - 88) / 12  # the years from 2015 to 2026
    assert named == pytest.approx([88 + 8 * year, year], abs=0.1)
    assert status == pytest.approx([88 + 11 * year, year], abs=0.1)
    assert tick[0] + tick[1] / 2 == pytest.approx(88 + (9 + 310.5 / 365.25) * year, abs=0.2)


#: what a screen reader or a keyboard would miss
UNNAMED = """[...document.querySelectorAll('a, button, input, select, svg[role=img]')].filter((e) =>
  e.checkVisibility() && !(e.innerText || e.ariaLabel || e.labels?.[0]?.innerText)).length"""
SMALL = """[...document.querySelectorAll('button, input, select, .code, .onward')].filter((e) =>
  e.checkVisibility() && e.getBoundingClientRect().height < 24).length"""
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map((e) => Number(e.tagName[1]))"


def test_headings_names_and_targets(page: Page) -> None:
    levels = page.evaluate(HEADINGS)
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert page.evaluate(UNNAMED) == 0
    assert page.evaluate(SMALL) == 0
    heads = page.evaluate("[...document.querySelectorAll('th')].every((e) => e.scope)")
    assert heads is True
    named = page.evaluate(
        "[...document.querySelectorAll('.card')].every((e) =>"
        " document.getElementById(e.getAttribute('aria-labelledby')).innerText)"
    )
    assert named is True


CONTRAST = """(() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const ground = (e) => {
    for (let up = e; up; up = up.parentElement) {
      const colour = parts(getComputedStyle(up).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
  };
  const card = document.querySelector('.card');
  const asked = [...document.querySelectorAll('.overview *, #controls *, .count'),
    ...card.querySelectorAll('*')];
  return Math.min(...asked.filter((e) => e.checkVisibility() && e.innerText?.trim()).map((e) => {
    const [one, other] = [parts(getComputedStyle(e).color), ground(e)].map(light);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }));
})()"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_stand_out(browser: Browser, path: Path, theme: str) -> None:
    page = browser.open(path, fragment=f"theme={theme}")
    assert page.evaluate(CONTRAST) >= 4.5
    page.close()


def test_it_fits_a_telephone(browser: Browser, path: Path) -> None:
    page = browser.open(path, size=(390, 844))
    assert page.evaluate("[document.documentElement.scrollWidth, innerWidth]") == [390, 390]
    page.close()


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_print_holds_two_cards_a_page(browser: Browser, path: Path, language: str) -> None:
    page = browser.open(path, fragment=f"lang={language}")
    printed = page.send("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
    pages = re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed))
    assert len(pages) == 1 + (33 + 1) // 2  # the table; the cards, two by two
    page.close()


# --- what is not ours


def hostile(folder: Path) -> gdakg.KnowledgeGraph:
    """Return the graph with a gap in which every text is hostile."""

    def literal(value: str) -> str:
        plain = value.replace("\x00", "").encode("utf-8", "replace").decode()
        return json.dumps(plain, ensure_ascii=True).replace("\\u2028", "\u2028")

    texts = [literal(each) for each in EVIL]
    notes = " , ".join(texts)
    data = folder / "evil.ttl"
    data.write_text(
        "@prefix gda: <https://w3id.org/gdakg/def#> . @prefix prov: <http://www.w3.org/ns/prov#> ."
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
        "@prefix dcterms: <http://purl.org/dc/terms/> ."
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> ."
        f"<urn:x:gap> a gda:AssertedGap ; dcterms:identifier {texts[0]} ;"
        f" skos:prefLabel {texts[1]}@en ; skos:note {notes} ; gda:namedBy {notes} ;"
        f" gda:namedIn {texts[3]} ; gda:statusNote {texts[4]} ; gda:gapStatus <urn:x:status> ;"
        f" gda:asOf {texts[2]} ; gda:basis <urn:x:basis> ; gda:concernsPillar <urn:x:pillar> ;"
        f" gda:concernsArea <urn:x:area> ; gda:candidateStandard <urn:x:std> ;"
        " prov:wasDerivedFrom <javascript:window.__xss=1> , <urn:x:source> ."
        f"<urn:x:std> a gda:Standard ; skos:prefLabel {texts[0]} ; dcterms:identifier {texts[3]} ;"
        f" dcterms:publisher <urn:x:body> ; foaf:page <javascript:window.__xss=1> ."
        f"<urn:x:body> skos:notation {texts[1]} . <urn:x:area> skos:prefLabel {texts[4]} ."
        f"<urn:x:source> foaf:page <javascript:window.__xss=1> ; skos:prefLabel {texts[0]} .",
        encoding="utf-8",
    )
    return gdakg.load(data)


def test_nothing_hostile_fires(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "evil.html"
    gdakg.pages.gaps(hostile(tmp_path), path)
    page = browser.open(path)
    assert len(shown(page)) == 34
    page.click("#languages [lang=zh-Hant]")
    page.choose("order", "since")
    assert page.evaluate("typeof window.__xss") == "undefined"
    links = page.evaluate("[...document.links].map((a) => a.protocol)")
    assert {*links} <= {"https:", "http:", "file:"}
    assert page.evaluate("document.querySelectorAll('.card img, .card script').length") == 0
    page.close_quiet()


def test_a_graph_without_gaps_says_so(browser: Browser, tmp_path: Path) -> None:
    import pyoxigraph as og

    from gdakg.engine import Embedded

    empty = gdakg.KnowledgeGraph(Embedded(og.Store()))
    gdakg.pages.gaps(empty, tmp_path / "empty.html")
    page = browser.open(tmp_path / "empty.html")
    assert "nothing recorded in 0 records" in text(page, "main")
    assert page.messages == []
    page.close()


def test_the_page_of_a_site(kg: gdakg.KnowledgeGraph) -> None:
    from gdakg.pages.links import Link

    def href(iri: str) -> str | None:
        return f"std/{slug(iri).replace('/', '-')}.html" if "/std/" in iri else None

    links = [Link("index.html", {"en": "Start"}), Link("gaps.html", {"en": "Gaps"}, is_here=True)]
    made = gdakg.pages.gaps(kg, links=links, href=href, network="network.html", language="zh-Hant")
    assert '<html lang="zh-Hant">' in made
    assert '<a href="std/itu-t-l.1410.html">ITU-T L.1410 (11/2024)</a>' in made
    node = "https%3A%2F%2Fw3id.org%2Fgdakg%2Fid%2Fgap%2Fef"
    assert f'href="network.html#node={node}"' in made
    assert '<a href="gaps.html" aria-current="page">' in made
    assert " style=" not in made
    assert made == gdakg.pages.gaps(
        kg, links=links, href=href, network="network.html", language="zh-Hant"
    )


def test_the_command_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "g.html"
    done: Any = run("view", "gaps", "-o", str(path), "--lang", "zh-Hans")
    assert done.exit_code == 0, done.output
    assert '<html lang="zh-Hans">' in path.read_text("utf-8")


def test_a_number_shows_what_it_counts_and_back_leads_back(page: Page) -> None:
    page.choose("find", "zzzz")
    page.choose("area", page.evaluate("document.querySelector('[name=area]').options[1].value"))
    before = page.evaluate("location.hash")
    button = ".overview tbody [data-choose]"
    page.click(button)
    assert len(shown(page)) == int(text(page, button)) > 0
    page.evaluate("history.back()")
    page.wait_for(f"location.hash === {json.dumps(before)}")
    page.wait_for("!document.querySelector('.card:not([hidden])')")
    assert page.evaluate("document.querySelector('[name=find]').value") == "zzzz"


def test_the_table_above_fits_on_paper(browser: Browser, path: Path) -> None:
    page = browser.open(path, size=(703, 1000))  # 210 mm without margins of 12 mm
    page.send("Emulation.setEmulatedMedia", media="print")
    for language in ("en", "zh-Hans", "zh-Hant"):
        page.click(f"#languages [lang={language}]")
        box = "document.querySelector('.overview table').getBoundingClientRect()"
        assert page.evaluate(f"{box}.right") <= 703, language
    page.close()
