"""What the page of the coverage is made of: the site, hostile data, none at all; its bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import gdakg
from chromium import Browser
from coverage_page import count
from engines import embedded
from gdakg.errors import PageError
from gdakg.pages.links import Link
from gdakg.pages.sheet import said
from landscapes import EVIL
from running import run
from test_coverage import EX, TINY


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
    page = browser.open(file, fragment="lang=en&pillar=1&body=itu-t")
    assert page.evaluate("document.querySelector('nav [aria-current]').innerText") == "Coverage"
    own = page.evaluate("[...document.querySelectorAll('[href=\"std/l-1507.html\"]')].length")
    assert own == 1
    base = "https%3A%2F%2Fw3id.org%2Fgdakg%2Fid%2F"
    away = "document.querySelector('#away').getAttribute('href')"
    assert page.evaluate(away) == f"network.html#pillar={base}pillar%2F1&body={base}org%2Fitu-t"
    assert f'href="network.html#node={base}std%2Fiso%2F14067"' in made.replace("/std/", "%2Fstd/")
    page.close_quiet()


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
    page = browser.open(file)
    assert page.evaluate("window.__xss") is None
    assert "</script><script>" in page.evaluate("document.querySelector('#flow-tables').innerText")
    page.choose("body", f"{EX}none")
    assert count(page, "standards") == 1
    page.close_quiet()


def test_an_empty_graph_says_so(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "empty.html"
    gdakg.pages.coverage(embedded(""), file)
    page = browser.open(file)
    assert "none found in 0 records" in page.evaluate("document.body.innerText")
    page.close_quiet()


def test_too_many_standards_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gdakg.pages.matrix.MOST_STANDARDS", 3)
    with pytest.raises(PageError, match="4 standards are too many"):
        gdakg.pages.coverage(embedded(TINY))


def test_the_bytes_are_the_same_whatever_the_seed(coverage_html: Path) -> None:
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
    assert coverage_html.stat().st_size < 1_000_000


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        f"@prefix gda: <https://w3id.org/gdakg/def#> . <{EX}s> a gda:Standard .", encoding="utf-8"
    )
    file = tmp_path / "coverage.html"
    arguments = ["view", "coverage", "-o", str(file), "--lang", "zh-Hant", "--data", str(mine)]
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    page = file.read_text("utf-8")
    assert '<html lang="zh-Hant">' in page
    assert "663" in page
    nowhere = run("view", "coverage", "-o", str(tmp_path / "no" / "c.html"))
    assert nowhere.exit_code == 1
    assert "no/c.html" in nowhere.stderr
