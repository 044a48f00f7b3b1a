"""What the coverage page shows, and does in a browser."""

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import gdakg
from chromium import Browser, Page
from engines import embedded
from gdakg.cli import main
from gdakg.coverage import coverage
from gdakg.errors import PageError
from gdakg.pages.links import Link
from gdakg.pages.sheet import said
from landscapes import EVIL
from test_coverage import EX, TINY


@pytest.fixture(scope="module")
def path(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("coverage") / "coverage.html"
    gdakg.pages.coverage(kg, written)
    return written


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    """Open the page in a new tab; it must be quiet to the end of the test."""
    with_page = opened(browser, path)
    yield with_page
    quiet(with_page)


def opened(browser: Browser, path: Path, fragment: str = "", **how: Any) -> Page:
    page = browser.open(path, fragment=fragment, **how)
    page.wait_for("gdakg.coverage")
    return page


def quiet(page: Page) -> None:
    assert page.requests == []
    assert page.messages == []
    page.close()


#: the rows of the matrix that is shown, as texts
SHOWN = """[...[...document.querySelectorAll(".matrix")].find((t) => t.checkVisibility()).rows]
  .map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"""


def matrix(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.evaluate(SHOWN)
    return rows


def count(page: Page, body: str) -> int:
    """Return how many rows of a list are shown."""
    found: int = page.evaluate(
        f"[...document.querySelectorAll('#{body} tr')].filter((r) => r.checkVisibility()).length"
    )
    return found


def choose(page: Page, name: str, value: str) -> None:
    """Choose a value of a menu or of radios, as a user does."""
    page.evaluate(
        f"""(() => {{
          const each = document.querySelector('select[name={name}]');
          if (each) each.value = {json.dumps(value)};
          const radio = document.querySelector('input[name={name}][value="{value}"]');
          if (radio) radio.checked = true;
          (each ?? radio).dispatchEvent(new Event("input", {{ bubbles: true }}));
        }})()"""
    )


@pytest.mark.parametrize("rows", ["pillar", "area"])
def test_the_matrix_says_what_the_graph_holds(
    page: Page, kg: gdakg.KnowledgeGraph, rows: str
) -> None:
    choose(page, "rows", rows)
    found = coverage(kg, rows)
    head, *lines = matrix(page)
    assert head[1:] == [*(found.names[body].code for body in found.bodies), "All", "Gaps"]
    wanted = [
        [str(len(cell.standards) or "–") for cell in (*row.cells.values(), row.total)]
        + [str(len(row.total.gaps) or "–")]
        for row in (*found.rows, found.total)
    ]
    assert [line[1:] for line in lines] == wanted
    assert lines[-2][0] == "none assigned"
    choose(page, "cells", "newest")
    wanted = [
        [cell.newest or ("?" if cell.standards else "–") for cell in row.cells.values()]
        for row in (*found.rows, found.total)
    ]
    assert [[text.split("\n")[0] for text in line[1:-2]] for line in matrix(page)[1:]] == wanted
    choose(page, "cells", "gaps")
    assert [line[-1] for line in matrix(page)[1:]] == [
        str(len(row.total.gaps) or "–") for row in (*found.rows, found.total)
    ]
    assert matrix(page)[-1][-2] == str(len(found.total.unanswered))


WRONG = """[...document.querySelectorAll("a[data-list]")].filter((link) => {
          const wanted = [...new URLSearchParams(link.hash.slice(1))].map((pair) => pair.join("="));
          const rows = [...document.querySelectorAll(`#${link.dataset.list} tr`)].filter((row) =>
            wanted.every((each) => row.dataset.has.split(" ").includes(each)));
          const text = link.textContent.replaceAll(",", "");
          const says = /^[0-9]+$/.test(text) && !link.closest("[data-when*=newest]");
          return says ? Number(text) !== rows.length : rows.length === 0;
        }).map((link) => link.outerHTML)"""


def test_every_number_is_the_length_of_its_list(page: Page) -> None:
    assert page.evaluate(WRONG) == []
    assert page.evaluate("document.querySelectorAll('a[data-list]').length") > 500


def test_candidates_of_nobody_are_no_lack_of_candidates(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "orphans.html"
    gdakg.pages.coverage(embedded(TINY.replace("dcterms:publisher ex:B ;", "")), file)
    page = opened(browser, file, "cells=gaps")
    assert page.evaluate(WRONG) == []
    assert [line[1:] for line in matrix(page)[-2:]] == [
        ["–", "–", "–", "–", "1"],
        ["1", "1", "–", "1", "3"],
    ]
    quiet(page)


def test_a_number_opens_its_list_and_back(page: Page) -> None:
    page.click('a[href="#pillar=6&body=etsi"]')
    assert count(page, "standards") == 2
    codes = page.evaluate(
        "[...document.querySelectorAll('#standards tr')].filter((r) => r.checkVisibility())"
        ".map((r) => r.cells[0].innerText)"
    )
    assert codes == ["ETSI TS 102 182", "ETSI TS 102 900"]
    assert page.evaluate("document.activeElement.id") == "standards-heading"
    heading = page.evaluate("document.activeElement.innerText")
    assert "Early Warnings for All" in heading
    assert "ETSI" in heading
    assert page.evaluate("location.hash") == "#pillar=6&body=etsi"
    page.click("#back")
    assert page.evaluate("document.activeElement.hash") == "#pillar=6&body=etsi"
    page.click("#clear")
    assert count(page, "standards") == 662
    assert page.evaluate("location.hash") == ""


def test_gaps_open_theirs_and_nothing_is_told_as_such(page: Page) -> None:
    choose(page, "cells", "gaps")
    page.click('[data-when="rows=pillar cells=gaps"] a[href="#pillar=4&body=none"]')
    assert count(page, "gaps") == 3
    assert page.evaluate("document.activeElement.id") == "gaps-heading"
    choose(page, "pillar", "7")
    text = page.evaluate("document.querySelector('#content').innerText")
    assert "none found in 662 records as of 2026-11-22" in text
    assert "none found in 33 records as of 2026-11-22" in text
    assert count(page, "gaps") == 0


def test_empty_and_not_applicable_differ(page: Page) -> None:
    choose(page, "cells", "share")
    rows = {line[0].split(" ")[0]: line for line in matrix(page)}
    assert rows["7"][1] == "n/a"
    assert rows["1"][5] == "–"
    labels = page.evaluate(
        "[...document.querySelectorAll('.matrix [role=img]')].map((e) =>"
        "document.getElementById(e.getAttribute('aria-labelledby')).textContent)"
    )
    assert labels
    assert all("none found in" in each for each in labels)
    assert any("662" in each for each in labels)


def test_the_address_holds_all_and_stands_nonsense(browser: Browser, path: Path) -> None:
    page = opened(browser, path, "rows=area&cells=newest&body=iso&area=e-health&lang=zh-Hans")
    assert page.evaluate("document.title").startswith("覆盖情况")
    assert matrix(page)[0][0] == "合作领域"
    assert count(page, "standards") == 1
    page.go("rows=planet&cells=%00&body=nobody&pillar=&lang=xx&theme=pink")
    page.wait_for("gdakg.coverage")
    assert len(matrix(page)) == 1 + 7 + 2
    assert count(page, "standards") == 662
    quiet(page)


def test_skipping_to_the_content_keeps_the_address(browser: Browser, path: Path) -> None:
    page = opened(browser, path, "rows=area&lang=zh-Hant")
    page.click(".skip")
    assert page.evaluate("document.activeElement.id") == "content"
    assert page.evaluate("location.hash") == "#rows=area&lang=zh-Hant"
    assert matrix(page)[0][0] == "合作領域"
    quiet(page)


def test_a_change_of_the_address_is_followed(page: Page) -> None:
    page.evaluate("location.hash = 'rows=area&body=astm'")
    page.wait_for("document.querySelector('.chosen').textContent.includes('ASTM')")
    assert count(page, "standards") == 1
    assert matrix(page)[0][0] == "Cooperation area"


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


def test_columns_and_rows_sort(page: Page) -> None:
    def click(selector: str) -> None:
        page.evaluate(f"document.querySelector('.matrix {selector} button').click()")

    click("thead th:nth-child(4)")
    column = [line[3] for line in matrix(page)[1:8]]
    assert column == ["45", "41", "23", "2", "1", "1", "–"]
    assert page.evaluate("document.querySelector('.matrix th:nth-child(4)').ariaSort") == (
        "descending"
    )
    click("thead th:nth-child(4)")
    assert [line[3] for line in matrix(page)[1:8]] == ["–", "1", "1", "2", "23", "41", "45"]
    assert [line[0] for line in matrix(page)[8:]] == ["none assigned", "All"]
    click("tfoot tr:first-child th")  # none assigned: 16 30 32 0 0 11 1
    rows = matrix(page)
    assert rows[0][1:] == ["IEC", "ISO", "ITU-T", "IEEE", "ASTM", "IETF", "ETSI", "All", "Gaps"]
    assert rows[8][1:6] == ["32", "30", "16", "11", "1"]
    assert rows[9][1:] == ["142", "194", "247", "48", "1", "53", "49", "662", "33"]
    click("tfoot tr:first-child th")
    assert matrix(page)[8][5:8] == ["16", "30", "32"]


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
    page = opened(browser, path, f"theme={theme}")
    contrasts = page.evaluate(CONTRAST)
    assert len(contrasts) > 200
    assert min(contrasts)[0] >= 4.5, min(contrasts)
    shades = page.evaluate(
        "new Set([...document.querySelectorAll('.matrix td')].map("
        "(e) => getComputedStyle(e).backgroundColor)).size"
    )
    assert shades == 6
    quiet(page)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_labels_of_the_diagram_do_not_collide(browser: Browser, path: Path, language: str) -> None:
    page = opened(browser, path, f"lang={language}", size=(1000, 800))
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
    quiet(page)


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
    page = opened(browser, path, "rows=area", size=(390, 844))
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
    quiet(page)


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


def test_what_the_site_gives_is_used(
    kg: gdakg.KnowledgeGraph, browser: Browser, tmp_path: Path
) -> None:
    def href(iri: str) -> str | None:
        return "std/l-1507.html" if iri.endswith("/l.1507") else None

    links = [Link("index.html", said("Start page")), Link("coverage.html", said("Coverage"), True)]
    file = tmp_path / "coverage.html"
    made = gdakg.pages.coverage(
        kg, file, language="zh-Hant", links=links, href=href, network="network.html"
    )
    assert file.read_text("utf-8") == made
    page = opened(browser, file, "lang=en&pillar=1&body=itu-t")
    assert page.evaluate("document.querySelector('nav [aria-current]').innerText") == "Coverage"
    own = page.evaluate("[...document.querySelectorAll('[href=\"std/l-1507.html\"]')].length")
    assert own == 1
    base = "https%3A%2F%2Fw3id.org%2Fgdakg%2Fid%2F"
    away = "document.querySelector('#away').getAttribute('href')"
    assert page.evaluate(away) == f"network.html#pillar={base}pillar%2F1&body={base}org%2Fitu-t"
    assert f'href="network.html#node={base}std%2Fiso%2F14067"' in made.replace("/std/", "%2Fstd/")
    quiet(page)


def test_hostile_data_stays_text(browser: Browser, tmp_path: Path) -> None:
    evil = [each.replace("\ud800", "") for each in EVIL if len(each) < 1000]
    literals = ", ".join(
        f"{json.dumps(text, ensure_ascii=True)}@en-x-a{at}" for at, text in enumerate(evil)
    )
    name = json.dumps(evil[0])
    more = f"""
    <{EX}bad> a gda:Standard ; dcterms:identifier {json.dumps(evil[1])} ;
      skos:prefLabel {literals} ;
      dcterms:publisher <{EX}none> ; gda:supportsPillar <{EX}z/1> , <{EX}y/1> ;
      foaf:page <javascript:alert(1)> ; gda:stage <{EX}stage> .
    <{EX}none> skos:notation {name} ; skos:prefLabel {name}@en .
    <{EX}z/1> skos:prefLabel {json.dumps(evil[3])}@en . <{EX}stage> skos:prefLabel {name}@en .
    <{EX}g9> a gda:Gap ; dcterms:identifier {name} ; skos:prefLabel {name}@en .
    }}"""
    data = "@prefix foaf: <http://xmlns.com/foaf/0.1/> ." + TINY.rstrip().removesuffix("}") + more
    file = tmp_path / "evil.html"
    made = gdakg.pages.coverage(embedded(data), file)
    assert "javascript:alert" not in made
    page = opened(browser, file)
    assert page.evaluate("window.__xss") is None
    assert "</script><script>" in page.evaluate("document.querySelector('#flow-tables').innerText")
    choose(page, "body", f"{EX}none")
    assert count(page, "standards") == 1
    quiet(page)


def test_an_empty_graph_says_so(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    gdakg.pages.coverage(embedded(""), file)
    page = opened(browser, file)
    assert "none found in 0 records" in page.evaluate("document.body.innerText")
    quiet(page)


def test_too_many_standards_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdakg.pages.matrix.MOST_STANDARDS", 3)
    with pytest.raises(PageError, match="4 standards are too many"):
        gdakg.pages.coverage(embedded(TINY))


def test_the_bytes_are_the_same_whatever_the_seed(path: Path) -> None:
    program = (
        "import gdakg, hashlib; page = gdakg.pages.coverage(gdakg.load());"
        "page = gdakg.pages.coverage(gdakg.load());"  # the name stays that of the function
        "print(hashlib.sha256(page.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True, text=True, check=True, timeout=120,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "77")
    }  # fmt: skip
    assert len(digests) == 1
    assert path.stat().st_size < 1_000_000


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        f"@prefix gda: <https://w3id.org/gdakg/def#> . <{EX}s> a gda:Standard .", encoding="utf-8"
    )
    file = tmp_path / "coverage.html"
    arguments = ["view", "coverage", "-o", str(file), "--lang", "zh-Hant", "--data", str(mine)]
    done = CliRunner().invoke(main, arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    page = file.read_text("utf-8")
    assert '<html lang="zh-Hant">' in page
    assert "663" in page
    nowhere = CliRunner().invoke(main, ["view", "coverage", "-o", str(tmp_path / "no" / "c.html")])
    assert nowhere.exit_code == 1
    assert "no/c.html" in nowhere.stderr


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_headings_of_rows_stay_readable_on_a_phone(
    browser: Browser, path: Path, language: str
) -> None:
    page = opened(browser, path, f"lang={language}", size=(390, 844))
    heading = "document.querySelector('.matrix tbody th').getBoundingClientRect()"
    assert page.evaluate(f"{heading}.width") > 100
    quiet(page)


def test_back_leads_from_a_list_to_the_matrix(page: Page) -> None:
    page.evaluate("document.querySelector('.matrix tbody a[data-list]').click()")
    assert "pillar=" in page.evaluate("location.hash")
    assert page.evaluate("history.length") > 1
    page.evaluate("history.back()")
    page.wait_for("location.hash === ''")
    assert count(page, "standards") == page.evaluate(
        "document.querySelectorAll('#standards tr').length"
    )


def test_lists_are_saved_without_their_ways_to_the_network(page: Page) -> None:
    page.click("#save summary")
    page.wait_for("document.querySelector('#save button')")
    names = page.evaluate("[...document.querySelectorAll('#save button')].map((e) => e.innerText)")
    assert names[1] == "SVG · From pillars through areas to bodies"
    assert names[-2:] == ["CSV · Standards", "CSV · Gaps"]
    page.evaluate(
        "window.made = []; const make = URL.createObjectURL;"
        "URL.createObjectURL = (blob) => { made.push(blob); return make(blob); }; 0"
    )
    page.evaluate("document.querySelector('#save button:nth-last-child(2)').click()")
    page.wait_for("made.length === 1")
    heading = page.evaluate("made[0].text()").removeprefix("\ufeff").splitlines()[0]
    assert heading == "Standard,Title,Body,Edition,Stage"
