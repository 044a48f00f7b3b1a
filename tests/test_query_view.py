"""The result of a query as a page, from data that mean ill."""

from pathlib import Path

import pyoxigraph as og
import pytest

from chromium import Browser
from landscapes import EVIL
from running import run

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """Return a file of things whose labels, addresses and properties are attacks."""
    lines = []
    for number, text in enumerate(EVIL):
        label = og.Literal(text.replace("\ud800", "?"), language="en")
        thing = f"<http://example.org/{number}>"
        lines += [
            f"{thing} <{LABEL}> {label} .",
            f"{thing} <http://xmlns.com/foaf/0.1/page> <javascript:window.__xss=1> .",
            f"{thing} <http://example.org/p{number}> <http://example.org/{number // 2}> .",
            f"<http://example.org/p{number}> <{LABEL}> {label} .",
        ]
    path = tmp_path / "evil.nt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("head", ["CONSTRUCT { ?s ?p ?o }", "SELECT ?s"])
def test_nothing_of_a_query_result_runs(
    browser: Browser, tmp_path: Path, evil: Path, head: str
) -> None:
    page_path = tmp_path / "page.html"
    query = head + " WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), 'http://example.org/')) }"
    done = run("query", query, "--data", str(evil), "--view", str(page_path))
    assert done.exit_code == 0, done.output
    page = browser.open(page_path)
    assert page.evaluate("gdakg.network.body.data.nodes.length") >= len(EVIL)
    for node in page.evaluate("gdakg.network.body.data.nodes.getIds()"):
        page.evaluate(f"location.hash = new URLSearchParams({{node: {node!r}}})")
        page.wait_for(f"gdakg.network.getSelectedNodes()[0] === {node!r}")
    page.click("#table")
    assert page.evaluate("window.__xss === undefined")
    unsafe = "[...document.links].filter((a) => a.protocol === 'javascript:').length"
    assert page.evaluate(unsafe) == 0
    assert page.evaluate("document.querySelectorAll('img, iframe, [onerror]').length") == 0
    page.close_quiet()
