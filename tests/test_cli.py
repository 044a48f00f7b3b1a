"""The command line as a user types it: text out, text on stderr, exit codes."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from wcwidth import wcswidth

from conftest import ASKED
from gdakg import questions
from landscapes import island
from running import run


def process(*arguments: str, **options: object) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "gdakg", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, **options)  # type: ignore[call-overload,no-any-return]


def test_the_main_job() -> None:
    done = run("query", "standards_by_pillar", "-p", "pillar=4", width=160)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[1].split() == ["│", "standard", "│", "title", "│", "body", "│", "edition", "│",
                                "issued", "│", "status", "│"]  # fmt: skip
    assert "IWA 48:2024" in done.stdout
    assert lines[-2:] == ["30 rows", "662 records searched (standard), as of 2026-11-22"]


@pytest.mark.parametrize("name", questions.names())
@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_every_table_fits_eighty_columns(name: str, lang: str) -> None:
    asked = ASKED.get(name, {})
    given = [word for key, value in asked.items() for word in ("-p", f"{key}={value}")]
    done = run("query", name, *given, "--lang", lang)
    assert done.exit_code == 0, done.output
    assert max(map(wcswidth, done.stdout.splitlines())) <= 80


def test_formats() -> None:
    asked = ("query", "standards_by_pillar", "-p", "pillar=6", "-p", "publisher=ETSI", "--format")
    codes = ["ETSI TS 102 182", "ETSI TS 102 900"]
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv").stdout)))
    assert [row["standard"] for row in rows] == codes
    found = json.loads(run(*asked, "json").stdout)["results"]["bindings"]
    assert [row["standard"]["value"] for row in found] == codes
    assert run(*asked, "tsv").stdout.splitlines()[1].startswith('"ETSI TS 102 182"\t')
    markdown = run(*asked, "md").stdout.splitlines()
    assert markdown[0] == "| standard | title | body | edition | issued | status |"
    assert markdown[2].startswith("| ETSI TS 102 182 | ")
    construct = "CONSTRUCT { ?s a gda:Pillar } WHERE { ?s a gda:Pillar }"
    assert "<pillar/7> a gda:Pillar ." in run("query", construct).stdout
    assert run("query", "ASK { <pillar/7> a gda:Pillar }").stdout == "true\n"
    assert json.loads(run("query", "ASK {}", "--format", "json").stdout)["boolean"] is True


def test_files_are_written_in_utf8_whatever_the_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = process("query", "areas", "--lang", "zh-Hans", "--format", "csv", env=environment)
    assert "无障碍" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("query", "standard_by_pilar"), 1, "no question 'standard_by_pilar'; near: "),
        (("query", "standards_by_pillar"), 1, "standards_by_pillar needs pillar (pillar): the"),
        (("query", "standards_by_pillar", "-p", "pillar=x"), 1, "the graph knows no pillar 'x'"),
        (("query", "standards_by_pillar", "-p", "pillar"), 2, "-p takes NAME=VALUE, not 'pillar'"),
        (("query", "SELECT * {"), 1, "not SPARQL at line 1, column 11"),
        (("query", "DROP ALL"), 1, "DROP is an update"),
        (("query", "none.rq"), 1, "none.rq: No such file or directory"),
        (("query", "ASK {}", "--format", "csv"), 1, "has no form 'csv'"),
        (("query", "gaps", "--format", "ttl"), 1, "has no form 'ttl'"),
        (("query", "DESCRIBE <pillar/1>", "--format", "csv"), 1, "has no form 'csv'"),
        (("query", "ASK {}", "--data", "http://127.0.0.1/x.ttl"), 1, "download it first"),
        (("query", "ASK {}", "--endpoint", "ftp://x"), 1, "an http or https address is needed"),
        (("query", "ASK {}", "--endpoint", "http://127.0.0.1:1/"), 1, "did not answer"),
        (("query", "ASK {}", "--endpoint", "http://x", "--data", "x"), 2, "--data adds to"),
        (("query", "ASK {}", "--endpoint", ""), 1, "an http or https address is needed"),
        (("query", "ASK {}", "--endpoint", "http://[::1"), 1, "an http or https address is needed"),
        (("query", "gaps", "-p", "pillar=1", "-p", "pillar=2"), 2, "-p pillar is given twice"),
        (("query", "gaps", "-p", "pillar=" + "9" * 5_000), 1, "the graph knows no pillar '999"),
        (("query", "ASK { '\ud800' }"), 1, "half a character"),
        (("query", ""), 1, "no query in the text"),
        (("show", ""), 1, "the graph knows no thing ''"),
        (("format", "nosuch.ttl"), 1, "nosuch.ttl: no such file"),
        (("query", "gaps", "--lang", "xx"), 2, "'xx' is not one of"),
        (("show", "L.1479999"), 1, "the graph knows no thing 'L.1479999'"),
        (("queries", "nonsense"), 1, "no question 'nonsense'; "),
        (("view", "network", "-o", "/no/such/folder/x.html"), 1, "/no/such/folder"),
        (("view", "network", "-o", "x.html", "--around", "?"), 1, "the graph knows no thing '?'"),
    ],
)
def test_failures_say_what_and_why(arguments: tuple[str, ...], code: int, message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == code
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_queries_lists_every_question_in_three_languages() -> None:
    for lang in questions.LANGUAGES:
        listed = run("queries", "--lang", lang).stdout
        assert [line.split()[0] for line in listed.splitlines()] == questions.names()
        assert "[en]" not in listed
    told = run("queries", "gap_candidates").stdout
    assert "  gap (gap): the gap, as in GAP-EF" in told
    assert "  standard: the publisher's code, without a year" in told


def test_show_tells_all_and_on_whose_word() -> None:
    shown = run("show", "L.1470").stdout
    assert max(map(wcswidth, (line for line in shown.splitlines() if "http" not in line))) <= 80
    assert "current edition: ITU-T L.1470 (01/2020)" in shown
    assert "Our judgements (judged by us)" in shown
    assert "listed in the Call to Action: unknown" in shown
    assert "(abstract of L.1470; high; source:" in " ".join(shown.split())
    assert "relaton-data-itu/blob/main/data/itu-t-l-1470-01-2020.yaml" in shown
    chinese = run("show", "循環經濟", "--lang", "zh-Hant").stdout
    assert chinese.startswith("循環經濟\n")
    assert "由我們判斷" in chinese


def test_show_puts_claims_side_by_side() -> None:
    shown = " ".join(run("show", "ISO").stdout.split())
    assert "members: 169 (≠ claims differ; 2023-12-02; medium; source: S-SEED)" in shown
    assert "members: 168 (39 correspondents, 4 subscribers) (≠ claims differ; 2022-11;" in shown
    assert "president: Sung Hwan Cho (2024-11; high; source: S-SPAV)" in shown


def test_a_page_is_written(tmp_path: Path) -> None:
    page = tmp_path / "neighbours.html"
    done = run("view", "network", "--around", "L.1470", "--depth", "1", "-o", str(page))
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "nodes" in done.stderr
    codes = {node["code"] for node in island(page)["nodes"]}
    assert "ITU-T L.1450" in codes
    assert "ITU-T L.1480" not in codes


def test_a_question_is_answered_with_a_page(tmp_path: Path) -> None:
    page = tmp_path / "answer.html"
    done = run("query", "standards_by_pillar", "-p", "pillar=6", "-p", "publisher=ETSI",
               "--view", str(page), "--lang", "zh-Hant")  # fmt: skip
    assert (done.exit_code, done.stdout) == (0, "")
    assert "answer.html: 5 nodes" in done.stderr
    codes = {node["code"] for node in island(page)["nodes"]}
    assert {"ETSI TS 102 182", "ETSI TS 102 900", "ETSI"} <= codes
    assert island(page)["heading"] == questions.question("standards_by_pillar").title
    assert '"language":"zh-Hant"' in page.read_text("utf-8")
    refused = run("query", "ASK {}", "--view", str(tmp_path / "no.html"))
    assert refused.exit_code == 1
    assert "names nothing to draw" in refused.stderr
    assert not (tmp_path / "no.html").exists()
    assert run("query", "gaps", "--view", "x.html", "--format", "csv").exit_code == 2


def test_a_page_may_draw_with_its_own_code(tmp_path: Path) -> None:
    page = tmp_path / "canvas.html"
    done = run("view", "network", "--renderer", "canvas", "-o", str(page))
    assert done.exit_code == 0
    assert island(page)["renderer"] == "canvas"
    assert page.stat().st_size < 450_000


def test_mine_is_asked_together_with_the_bundled_graph(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text("<http://example.org/x> <https://w3id.org/gdakg/def#supportsPillar> "
                    "<https://w3id.org/gdakg/id/pillar/7> .", encoding="utf-8")  # fmt: skip
    text = "ASK { ?s gda:supportsPillar ?p . ?p skos:notation '7' }"
    assert run("query", text).stdout == "false\n"
    assert run("query", text, "--data", str(mine)).stdout == "true\n"


def test_help_has_a_line_for_every_command() -> None:
    for command in ("query", "queries", "show", "view", "format"):
        assert f"\n  {command} " in run("--help").stdout
        assert run(command, "--help").exit_code == 0
    assert run("--version").stdout.startswith("gdakg 0.")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_ctrl_c_ends_a_running_query() -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    running = subprocess.Popen(
        [sys.executable, "-m", "gdakg", "query", text],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        time.sleep(3)
        assert running.poll() is None, "the query ended before it could be interrupted"
        running.send_signal(signal.SIGINT)
        began = time.monotonic()
        running.wait(timeout=10)
        assert time.monotonic() - began < 1
        assert b"Traceback" not in running.stderr.read()  # type: ignore[union-attr]
    finally:
        running.kill()
        running.communicate()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "gdakg", "query", "gaps", "--format", "csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[0] == "Error: cannot write: No space left on device"
    assert "Traceback" not in done.stderr.decode()


def test_a_closed_output_is_one_line() -> None:
    command = f"{sys.executable} -m gdakg query gaps >&-"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == b"Error: cannot write: standard output is closed\n"


def test_a_graph_with_blank_nodes_has_the_same_bytes_each_time() -> None:
    text = (
        "CONSTRUCT { _:b dcterms:relation ?o . ?o dcterms:relation _:b } WHERE { <pillar/4> a ?o }"
    )
    first, second = (process("query", text).stdout.decode() for _ in range(2))
    assert first == second
    assert first.startswith("@base <https://w3id.org/gdakg/id/> .\n@prefix dcterms: <http://purl")
    assert "gda:Pillar dcterms:relation _:" in first


def test_headings_and_counts_are_in_the_language_asked_for() -> None:
    lines = run("query", "areas", "--lang", "zh-Hant").stdout.splitlines()
    headings = [word for word in lines[1].split() if word != "│"]
    assert headings == ["序號", "名稱", "見於文章", "見於資訊圖", "標準數"]
    assert lines[11].split()[3:8:2] == ["雲端運算", "是", "否"]
    assert lines[-2:] == ["29 列", "檢索了29筆紀錄（合作領域），截至2026-11-22"]
    csv_lines = run("query", "areas", "--lang", "zh-Hant", "--format", "csv").stdout.splitlines()
    assert csv_lines[0] == "number,name,inText,inInfographic,standards"


def test_texts_in_another_language_are_marked() -> None:
    chinese = " ".join(run("query", "gaps", "--lang", "zh-Hant", width=300).stdout.split())
    assert "[en] GDA green-standards action plan" in chinese
    shown = run("show", "GAP-EF", "--lang", "zh-Hans").stdout
    assert "[en] GDA GHG pillar call to action" in shown


def test_chinese_titles_are_told_to_be_ours_in_every_form() -> None:
    asked = ("query", "standards_by_pillar", "-p", "pillar=1", "--lang", "zh-Hant")
    assert "標題（譯）" in run(*asked).stdout
    assert "標題（譯）" in run(*asked, "--format", "md").stdout
    for form in ("csv", "tsv", "json"):
        assert "標題的中文為gdakg的非官方譯文" in run(*asked, "--format", form).stderr
    assert run(*asked[:-1], "en", "--format", "csv").stderr == ""


def test_errors_are_marked_as_english() -> None:
    assert run("show", "nosuch", "--lang", "zh-Hant").stderr.startswith("Error: [en] the graph")
    assert run("show", "nosuch").stderr.startswith("Error: the graph")
    page = ("view", "network", "-o", "/no/such/page.html", "--lang", "zh-Hans")
    assert run(*page).stderr.startswith("Error: [en] /no/such/page.html: ")


def test_what_data_hold_does_not_steer_a_terminal_or_a_page(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text("<http://x/a> <http://x/p> '\\u001B[31mred\\u202E<b>|'.", encoding="utf-8")
    text = "SELECT ?o { <http://x/a> <http://x/p> ?o }"
    table = run("query", text, "--data", str(mine)).stdout
    assert "[31mred<b>|" in table
    assert "\x1b" not in table
    markdown = run("query", text, "--data", str(mine), "--format", "md").stdout
    assert markdown.splitlines()[2] == r"| \[31mred\<b\>\| |"


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m gdakg query sources --format csv | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, timeout=60, check=False)
    assert done.stdout.startswith(b"source,name,")
    assert done.stderr == b""


def test_format_brings_turtle_into_canonical_form(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("<http://b> a <http://c> . <http://a> <http://p> 'x'@ZH-hant, <http://q> .")
    done = run("format", str(file))
    assert done.stderr == f"{file}: rewritten\n"
    assert file.read_text(encoding="utf-8") == (
        "@base <https://w3id.org/gdakg/id/> .\n\n"
        '<http://a> <http://p> "x"@zh-Hant ,\n        <http://q> .\n\n<http://b> a <http://c> .\n'
    )
    assert run("format", str(file)).stderr == ""


def test_format_leaves_alone_what_it_cannot_read(tmp_path: Path) -> None:
    for content, message in (
        (b"<a> \xff", "utf-8"),
        (b"<a> oops .", ":1: "),
        (b"[] a <b> .", "blank"),
    ):
        (tmp_path / "a.ttl").write_bytes(content)
        done = run("format", str(tmp_path / "a.ttl"))
        assert done.exit_code == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr
        assert (tmp_path / "a.ttl").read_bytes() == content
        assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_long_texts_stand_below_their_row_in_a_narrow_terminal(lang: str) -> None:
    asked = ("query", "standards_by_pillar", "-p", "pillar=4", "--lang", lang)
    lines = run(*asked).stdout.splitlines()
    assert {wcswidth(line) for line in lines if line[:1] in set("┌│├└")} == {80}
    title = {"en": "title", "zh-Hans": "标题（译）", "zh-Hant": "標題（譯）"}[lang]
    assert lines[2].strip("│ ") == title
    at = next(number for number, line in enumerate(lines) if line.startswith("│ ISO 14021 "))
    below = lines[at + 1]
    assert below.startswith("│   ")
    assert below.count("│") == 2
    whole = run(*asked, width=400).stdout
    assert below.strip("│ ") in whole
    assert title in whole.splitlines()[1].split()
