"""The query console on a running server: how it is given out, and that it works there."""

import gzip
import json
from collections.abc import Iterator

import pytest

import gdakg
from chromium import Browser, Page
from gdakg.answers import Solutions
from serving import Running, server
from test_console_in_browser import ROWS, TEXT, local, network_of, run, write

__all__ = ["local", "server"]


def test_the_page_is_given_out_with_its_policy(server: Running) -> None:
    got = server.ask("/console", accept="text/html")
    assert got.status == 200
    assert got.media == "text/html"
    assert got.text.startswith("<!doctype html>")
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "no-referrer"
    packed = server.ask("/console", accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == got.body
    assert packed.headers["etag"] != got.headers["etag"]
    assert server.ask("/console", if_none_match=got.headers["etag"]).status == 304
    assert server.ask("/console", "HEAD").body == b""
    assert server.ask("/console", "POST", b"").status == 405


@pytest.mark.parametrize(
    ("path", "accepted", "language"),
    [("", "zh-TW,zh;q=0.9,en;q=0.5", "zh-Hant"), ("", "zh-CN", "zh-Hans"), ("", "de", "en"),
     ("?lang=zh-Hans", "en", "zh-Hans"), ("?lang=%3Cscript%3E", "en", "en")],
)  # fmt: skip
def test_it_opens_in_the_language_of_the_reader(
    server: Running, path: str, accepted: str, language: str
) -> None:
    got = server.ask(f"/console{path}", accept_language=accepted)
    assert got.text.startswith(f'<!doctype html>\n<html lang="{language}">')


@pytest.fixture
def page(local: Browser, server: Running) -> Iterator[Page]:
    """Open the console; nobody else is asked, and all is quiet."""
    opened = Page(local, f"{server.url}/console", size=(1280, 800), dark=False, calm=True)
    opened.go()
    opened.send("Page.bringToFront")
    yield opened
    own = tuple(f"{server.url}/{name}" for name in ("sparql", "view"))
    assert [url for url in opened.requests if url not in own] == []
    assert [told for told in opened.messages if '"source": "network"' not in told] == []
    opened.close()


def test_a_question_is_answered_and_drawn(page: Page, kg: gdakg.KnowledgeGraph) -> None:
    page.click("[data-question=gaps]")
    expected = kg.query("gaps")
    assert isinstance(expected, Solutions)
    assert run(page).startswith(f"{len(expected)} rows")
    assert [row[0] for row in page.evaluate(ROWS)] == [row[0] for row in expected]
    page.click("#views [value=network]")
    page.wait_for("document.querySelector('iframe').checkVisibility()")
    frame = network_of(page)
    assert "nodes" in frame.evaluate("document.getElementById('count').innerText")
    frame.click(".skip")
    assert frame.evaluate("[location.href, document.activeElement.id]") == [
        "about:srcdoc",
        "details",
    ]
    assert frame.evaluate("document.querySelector('base').target") == "_blank"
    assert frame.messages == []
    page.click("#views [value=raw]")
    page.wait_for("document.querySelector('#raw pre').textContent")
    raw = json.loads(page.evaluate("document.querySelector('#raw pre').textContent"))
    assert len(raw["results"]["bindings"]) == len(expected)


def test_what_the_server_refuses_is_said_and_marked(page: Page) -> None:
    write(page, "SELECT ?s WHERE {\n  ?s a gda:Standard .\n  FILTR(?x = 1)\n}")
    assert run(page) == "The query was not answered"
    fault = page.evaluate("document.getElementById('fault').innerText")
    assert fault.startswith("not SPARQL at line 3, column 11: ")
    assert fault.endswith("Go to line 3, column 11")
    write(page, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    run(page)
    assert "SERVICE is refused" in page.evaluate("document.getElementById('fault').innerText")
    write(page, "DESCRIBE <https://w3id.org/gdakg/id/pillar/4>")
    run(page)
    assert page.evaluate(TEXT).startswith("DESCRIBE")
    assert ["pillar/4", "rdf:type", "gda:Pillar"] in page.evaluate(ROWS)
    link = page.evaluate("document.querySelector('#table td a').href")
    assert link.endswith("/id/pillar/4")


def test_a_thing_in_an_answer_leads_to_its_page(page: Page, server: Running) -> None:
    write(page, "SELECT ?thing WHERE { VALUES ?thing { <std/itu-t/l.1470> gda:stage } }")
    run(page)
    links = page.evaluate("[...document.querySelectorAll('#table a')].map((a) => a.pathname)")
    assert links == ["/id/std/itu-t/l.1470", "/def"]
    for link in links:
        assert server.ask(link, accept="text/html").status in {200, 303}
