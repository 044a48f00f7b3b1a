"""What the page of the coverage shows, and does in a browser."""

from pathlib import Path

import pytest

import gdakg
from chromium import Browser, Page
from coverage_page import count, matrix
from engines import embedded
from gdakg.coverage import coverage
from test_coverage import TINY


@pytest.fixture
def path(coverage_html: Path) -> Path:
    return coverage_html


@pytest.mark.parametrize("rows", ["pillar", "area"])
def test_the_matrix_says_what_the_graph_holds(
    page: Page, kg: gdakg.KnowledgeGraph, rows: str
) -> None:
    page.choose("rows", rows)
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
    page.choose("cells", "newest")
    wanted = [
        [cell.newest or ("?" if cell.standards else "–") for cell in row.cells.values()]
        for row in (*found.rows, found.total)
    ]
    assert [[text.split("\n")[0] for text in line[1:-2]] for line in matrix(page)[1:]] == wanted
    page.choose("cells", "gaps")
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
    page = browser.open(file, fragment="cells=gaps")
    assert page.evaluate(WRONG) == []
    assert [line[1:] for line in matrix(page)[-2:]] == [
        ["–", "–", "–", "–", "1"],
        ["1", "1", "–", "1", "3"],
    ]
    page.close_quiet()


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
    page.choose("cells", "gaps")
    page.click('[data-when="rows=pillar cells=gaps"] a[href="#pillar=4&body=none"]')
    assert count(page, "gaps") == 3
    assert page.evaluate("document.activeElement.id") == "gaps-heading"
    page.choose("pillar", "7")
    text = page.evaluate("document.querySelector('#content').innerText")
    assert "none found in 662 records as of 2026-11-22" in text
    assert "none found in 33 records as of 2026-11-22" in text
    assert count(page, "gaps") == 0


def test_empty_and_not_applicable_differ(page: Page) -> None:
    page.choose("cells", "share")
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
    page = browser.open(path, fragment="rows=area&cells=newest&body=iso&area=e-health&lang=zh-Hans")
    assert page.evaluate("document.title").startswith("覆盖情况")
    assert matrix(page)[0][0] == "合作领域"
    assert count(page, "standards") == 1
    page.go("rows=planet&cells=%00&body=nobody&pillar=&lang=xx&theme=pink")
    assert len(matrix(page)) == 1 + 7 + 2
    assert count(page, "standards") == 662
    page.close_quiet()


def test_skipping_to_the_content_keeps_the_address(browser: Browser, path: Path) -> None:
    page = browser.open(path, fragment="rows=area&lang=zh-Hant")
    page.click(".skip")
    assert page.evaluate("document.activeElement.id") == "content"
    assert page.evaluate("location.hash") == "#rows=area&lang=zh-Hant"
    assert matrix(page)[0][0] == "合作領域"
    page.close_quiet()


def test_a_change_of_the_address_is_followed(page: Page) -> None:
    page.evaluate("location.hash = 'rows=area&body=astm'")
    page.wait_for("document.querySelector('.chosen').textContent.includes('ASTM')")
    assert count(page, "standards") == 1
    assert matrix(page)[0][0] == "Cooperation area"


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
