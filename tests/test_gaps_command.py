"""`gdakg gaps`: paragraphs, csv and json."""

import csv
import io
import json
from functools import partial

import pytest
from wcwidth import wcswidth

import gdakg
import running
from gdakg.gaps import gaps
from gdakg.pages.wording import LANGUAGES

run = partial(running.run, "gaps")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80])
def test_paragraphs_fit(lang: str, width: int) -> None:
    done = run("--lang", lang, width=width)
    assert done.exit_code == 0, done.output
    assert max(map(wcswidth, done.stdout.splitlines())) <= width


def test_a_paragraph_tells_all() -> None:
    told = run("--pillar", "2", "--area", "data-management").stdout
    start = told.index("GAP-EF - Emission-factor database for ICT products and services\n")
    paragraph = told[start:].split("\n\n")[0]
    for line in (
        "  status of the gap: work item under way (2026); work item (2024)",
        "  named by: GDA GHG pillar call to action, 2023",
        "  concerns cooperation area (judged by us): Climate change, Data management",
        "  candidate standard (judged by us):",
        "  committee: ITU-T Q9/5, ITU-T SG5",
        "    S-Q9PLAN - Q9/5 Work Plan, 2024",
        "    https://itu.int/en/ITU-T/studygroups/2022-2024/05/Pages/Work-plan-Q9.aspx",
    ):
        assert line in paragraph.splitlines()
    assert told.splitlines()[-1].startswith("33 records searched (asserted gap, computed gap)")


def test_chinese_says_that_the_names_are_ours() -> None:
    told = run("--status", "closed", "--lang", "zh-Hant").stdout.splitlines()
    assert told[0] == "GAP-BATT - ICT用鋰離子電池的碳足跡"
    assert told[1].strip() == "缺口狀態: 已填補（2026）；[en] closed: ITU-T L.1415 (07/2026)"
    assert told[-1] == "標準與缺口的中文名稱為gdakg的非官方譯文"


def test_csv_and_json_hold_the_same_gaps(kg: gdakg.KnowledgeGraph) -> None:
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout)))
    read = json.loads(run("--format", "json").stdout)
    codes = [gap.name.code for gap in gaps(kg).gaps]
    assert [row["gap"] for row in rows] == codes == [gap["code"] for gap in read["gaps"]]
    ef = next(row for row in rows if row["gap"] == "GAP-EF")
    assert ef["candidates"] == "ITU-T L.1410; ITU-T L.database EF"
    assert (ef["status"], ef["asOf"], ef["year"]) == ("work item under way", "2026", "2023")
    (told,) = (gap for gap in read["gaps"] if gap["code"] == "GAP-EF")
    first = told["candidates"][0]
    assert (first["edition"], first["issued"]) == ("ITU-T L.1410 (11/2024)", "2024-11-06")
    assert first["statementKind"]["name"] == "judged by us"
    assert read["searched"]["gaps"] == {"records": 33, "asOf": "2026-11-22"}


def test_nothing_found_is_told_in_every_form() -> None:
    nothing = "nothing recorded in 33 records"
    asked = ("--pillar", "7", "--status", "closed")
    for form in ("table", "md", "csv", "json"):
        done = run(*asked, "--format", form)
        assert done.exit_code == 0
        assert nothing in done.output
    assert nothing not in run(*asked, "--format", "csv").stdout


def test_an_unknown_status_is_one_line() -> None:
    done = run("--status", "clsed")
    assert done.exit_code == 1
    assert done.stderr == "Error: the graph knows no gap_status 'clsed'; near: closed\n"
