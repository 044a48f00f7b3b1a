"""Things by their IRIs over HTTP: pages for people, RDF for programs, a way for both."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

import pyoxigraph as og
import pytest

import gdakg
from gdakg.pages.site_folder import _Builder
from gdakg.server import linked, surroundings
from gdakg.server.jobs import Limits
from gdakg.server.served import place
from serving import Got, Running, running

BASE = "https://w3id.org/gdakg/id/"
L1470 = "/id/std/itu-t/l.1470"
FORMS = {
    ".html": "text/html",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}
READERS = {
    ".ttl": og.RdfFormat.TURTLE,
    ".jsonld": og.RdfFormat.JSON_LD,
    ".nt": og.RdfFormat.N_TRIPLES,
    ".rdf": og.RdfFormat.RDF_XML,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running("--workers", "1", "--quiet") as started:
        yield started


def triples(body: bytes, suffix: str) -> set[og.Triple]:
    return {quad.triple for quad in og.parse(body, READERS[suffix])}


def asked(path: str, **more: str) -> dict[str, str]:
    return {"path": path, "media": "text/html", "language": "en", "lang": ""} | more


@pytest.mark.parametrize(("suffix", "media"), FORMS.items())
def test_a_thing_leads_to_the_document_that_the_client_wants(
    server: Running, suffix: str, media: str
) -> None:
    got = server.ask(L1470, accept=media)
    assert got.status == 303, "a standard is no document"
    there = urljoin(f"{server.url}{L1470}", got.headers["location"])
    assert there == f"{server.url}{L1470}{suffix}"
    assert "Accept" in got.headers["vary"]
    assert 'l.1470.html>; rel="describedby"' in got.headers["link"]
    document = server.ask(f"{L1470}{suffix}", accept="image/png")
    assert (document.status, document.media) == (200, media), "a suffix says more than Accept"
    assert f'<{BASE}std/itu-t/l.1470>; rel="describes"' in document.headers["link"]
    others = re.findall(r'<([^>]+)>; rel="alternate"', document.headers["link"])
    found = {urljoin(f"{server.url}{L1470}{suffix}", other) for other in others}
    assert found == {f"{server.url}{L1470}{s}" for s in FORMS if s != suffix}


def test_a_browser_gets_a_page_and_a_stranger_is_told_what_there_is(server: Running) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert server.ask(L1470, accept=browser).headers["location"].endswith("l.1470.html")
    weighed = "text/html;q=0.3, text/turtle;q=0.9"
    assert server.ask(L1470, accept=weighed).headers["location"].endswith("l.1470.ttl")
    refused = server.ask(L1470, accept="image/png")
    assert refused.status == 406
    assert "text/turtle" in refused.text
    assert server.ask(L1470, "POST", b"x").status == 405
    assert server.ask(L1470, "OPTIONS").headers["allow"] == "GET, HEAD, OPTIONS"
    head = server.ask(f"{L1470}.ttl", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == len(server.ask(f"{L1470}.ttl").body)


def test_all_formats_tell_what_the_graph_says(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    thing = og.NamedNode(f"{BASE}std/itu-t/l.1470")
    store = kg.engine.store  # type: ignore[attr-defined]
    said = {quad.triple for quad in store if thing in {quad.subject, quad.object}}
    assert len(said) > 20
    for suffix in READERS:
        assert triples(server.ask(f"{L1470}{suffix}").body, suffix) == said, suffix


def test_a_document_has_an_etag(server: Running) -> None:
    first = server.ask(f"{L1470}.ttl")
    again = server.ask(f"{L1470}.ttl", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert server.ask(f"{L1470}.nt").headers["etag"] != first.headers["etag"]


def words(page: str) -> str:
    """Return what stands in the content of a page, without marks."""
    content = page[page.index("<main") : page.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", content)).split())


@pytest.fixture(scope="module")
def builder(kg: gdakg.KnowledgeGraph) -> _Builder:
    return _Builder(kg, "en", {})


@pytest.mark.parametrize(
    "local", ["std/itu-t/l.1470", "gap/ef", "pillar/4", "area/e-waste", "org/etsi", "std/iso/14067"]
)
@pytest.mark.parametrize("is_large", [False, True])
def test_a_page_says_what_the_page_of_the_site_says(
    builder: _Builder, local: str, is_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large graph a page is made of what lies near the thing, and says no less."""
    monkeypatch.setattr(surroundings, "_is_large", lambda kg: is_large)
    got = linked.thing(builder.kg, asked(f"id/{local}.html"), Limits())
    said = words(got.body.decode()).partition(" Other forms ")[0]
    site = words(builder.entry(builder.entries.by_iri[BASE + local]))
    assert sorted(said.split()) == sorted(site.split())  # ties stand in the order of the engine


def test_links_of_pages_lead_somewhere(server: Running) -> None:
    starts = (
        "",
        "/standards.html",
        L1470 + ".html",
        "/id/org/etsi.html",
        "/id/ed/iso/14067/2018.html",
        "/def.html",
    )
    found: dict[str, str] = {}
    for start in starts:
        page = server.ask(start or "/").text
        for link in re.findall(r'<a [^>]*?href="([^"]*)"', page):
            target = urljoin(f"{server.url}{start}", html.unescape(link)).partition("#")[0]
            if target.startswith(server.url):
                found.setdefault(target.removeprefix(server.url), start)
    assert len(found) > 900
    standards = sorted(path for path in found if path.startswith("/id/std/"))
    tried = [*sorted(set(found) - set(standards))[::6], *standards[::80]]
    lost = {path: found[path] for path in tried if server.ask(path or "/").status != 200}
    assert not lost


def test_editions_stages_and_named_graphs_have_pages_too(server: Running) -> None:
    edition = server.ask("/id/ed/iso/14067/2018.html").text
    assert "ISO 14067:2018" in edition
    assert '<a href="../../../../id/std/iso/14067.html">' in edition
    assert "under review" in server.ask("/id/stage/under-review.html").text
    graph = server.ask("/graph/areas.ttl", accept="*/*")
    assert b'"SPCG cooperation areas"@en' in graph.body


def test_a_thing_by_its_whole_iri(server: Running) -> None:
    ours = server.ask("/thing?" + urlencode({"iri": f"{BASE}pillar/4"}), accept="text/turtle")
    assert (ours.status, ours.headers["location"]) == (303, "./id/pillar/4.ttl")
    iri = "http://purl.org/dc/terms/Standard"
    other = server.ask("/thing?" + urlencode({"iri": iri}), accept="text/html")
    assert other.headers["location"] == "./" + place(iri)
    page = server.ask("/" + place(iri))
    assert page.status == 200
    assert f"<code>{iri}</code>" in page.text
    assert server.ask("/thing?iri=http://example.org/x").status == 404
    assert server.ask("/thing").status == 400


# What is not known


def problem(got: Got, status: int) -> str:
    """Return the sentence of a problem, having seen that it is one."""
    assert (got.status, got.media) == (status, "application/problem+json"), got.text[:300]
    told = got.json()
    assert told["status"] == status
    return str(told["detail"])


def test_what_is_not_known_is_told_with_what_is_near(server: Running) -> None:
    got = server.ask("/id/std/itu-t/l.147x", accept="text/turtle, application/json;q=0.1")
    assert problem(got, 404).startswith(f"the graph says nothing about <{BASE}std/itu-t/l.147x>")
    assert f"{BASE}std/itu-t/l.1470" in {one["iri"] for one in got.json()["near"]}
    page = server.ask("/id/std/itu-t/l.147x", accept="text/html")
    assert (page.status, page.media) == (404, "text/html")
    assert '<a href="../../../id/std/itu-t/l.1470.html">' in page.text
    plain = server.ask("/id/std/itu-t/l.147x", accept="text/turtle, text/plain;q=0.1")
    assert (plain.status, plain.media) == (404, "text/plain")
    assert "ITU-T L.1470" in plain.text


@pytest.mark.parametrize(
    "path",
    [
        "/id/", "/id/..", "/id/../../etc/passwd", "/id/%2e%2e/%2e%2e/etc/passwd", "/id/%00",
        "/id/x%0d%0aSet-Cookie:%20a=b", "/id/%ff%fe", "/id/%E2%80%AE", "/id//", "/id/.html",
        "/id/" + "a" * 5_000, "/id/<script>alert(1)</script>".replace("<", "%3C"),
        "/graph/", "/id/%F0%9F%8C%B1", "/id/std/itu-t/l.1470/", "/id/std/itu-t/L.1470",
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["text/html", "application/json, text/turtle"])
def test_hostile_and_odd_addresses_are_not_found(server: Running, path: str, accept: str) -> None:
    got = server.ask(path, accept=accept)
    assert got.status == 404, got.text[:200]
    assert "set-cookie" not in got.headers
    assert b"root:x:" not in got.body
    assert got.media in {"text/html", "application/problem+json", "text/plain"}
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.media != "text/html" or b"<script>alert" not in got.body


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> gdakg.KnowledgeGraph:
    """Return the graph with things whose IRIs a server may stumble over."""
    file = tmp_path_factory.mktemp("odd") / "odd.nt"
    locals_ = ["std/x/a", "std/x/a.nt", "std/x/b.ttl", "std/x/碳", "std/x/a%20b", "std/x/c'd,e;f:g"]
    evil = '"<script>alert(1)</script>"@en'
    label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    lines = [f"<{BASE}{local}> <{label}> {evil} ." for local in locals_]
    lines.append(f"<http://example.org/x?y=1&z#w> <{label}> {evil} .")
    lines.append(f"<{BASE}std/x/a> <http://xmlns.com/foaf/0.1/page> <javascript:alert(1)> .")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return gdakg.load(file)


@pytest.mark.parametrize(
    ("path", "status", "local"),
    [
        ("id/std/x/a", 303, "std/x/a"),
        ("id/std/x/a.html", 200, "std/x/a"),
        ("id/std/x/a.nt", 200, "std/x/a"),  # what ends in a suffix is a document ...
        ("id/std/x/b.ttl", 303, "std/x/b.ttl"),  # ... unless there is no thing to tell of
        ("id/std/x/b.ttl.html", 200, "std/x/b.ttl"),
        ("id/std/x/碳", 303, "std/x/碳"),
        ("id/std/x/碳.html", 200, "std/x/碳"),
        ("id/std/x/a%20b.html", 200, "std/x/a%20b"),
        ("id/std/x/c'd,e;f:g.html", 200, "std/x/c'd,e;f:g"),
    ],
)
def test_codes_may_hold_dots_signs_and_chinese(
    odd: gdakg.KnowledgeGraph, path: str, status: int, local: str
) -> None:
    got = linked.thing(odd, asked(quote(path, safe="/%',;:")), Limits())
    assert got.status == status
    if status == 303:
        target = urljoin(f"http://host/{quote(path)}", got.headers["Location"])
        again = linked.thing(odd, asked(target.removeprefix("http://host/")), Limits())
        assert again.status == 200
        got = again
    assert got.headers["Link"].isascii()
    if got.media.startswith("text/html"):
        assert (
            f"<code>{html.escape(BASE + local, quote=False)}</code>".replace("'", "&#39;")
            in got.body.decode()
        )


def test_what_a_label_says_is_never_run(odd: gdakg.KnowledgeGraph) -> None:
    pages = [
        linked.thing(odd, asked("id/std/x/a.html"), Limits()),
        linked.thing(odd, asked("thing.html", iri="http://example.org/x?y=1&z#w"), Limits()),
    ]
    for got in pages:
        page = got.body.decode()
        assert got.status == 200
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page
        assert "default-src 'none'" in got.headers["Content-Security-Policy"]


def test_too_much_is_said_never_left_out_silently(
    kg: gdakg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "MOST", 10)
    monkeypatch.setattr(surroundings, "_is_curated", lambda graph: False)
    got = linked.thing(kg, asked("id/pillar/6.nt"), Limits())
    comments = [t for t in triples(got.body, ".nt") if t.predicate.value.endswith("#comment")]
    assert any("supportsPillar> are left out" in comment.object.value for comment in comments)
    monkeypatch.setattr(surroundings, "_is_large", lambda kg: True)
    page = linked.thing(kg, asked("id/pillar/6.html"), Limits()).body.decode()
    assert "<code>gda:supportsPillar</code> (" in page
    few = Limits(rows=5)
    assert linked.thing(kg, asked("id/pillar/6.nt"), few).status == 422


# Languages


@pytest.mark.parametrize(
    ("accept_language", "language"),
    [
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"), ("zh-HK", "zh-Hant"), ("zh-Hant-MO", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"), ("zh", "zh-Hans"), ("zh-Hans-SG", "zh-Hans"),
        ("en-US,en;q=0.9", "en"), ("fr-FR, de;q=0.9", "en"), ("fr, zh-TW;q=0.2", "zh-Hant"),
        ("zh-TW;q=0, zh-CN;q=0.1", "zh-Hans"), ("*", "en"), ("", "en"), ("q=;;,,-", "en"),
    ],
)  # fmt: skip
def test_a_page_opens_in_the_language_of_the_reader(
    server: Running, accept_language: str, language: str
) -> None:
    got = server.ask("/id/pillar/4.html", accept_language=accept_language)
    assert f'<html lang="{language}">' in got.text
    assert "Accept-Language" in got.headers["vary"]


def test_the_address_has_the_last_word_on_language(server: Running) -> None:
    page = server.ask("/id/pillar/4.html?lang=zh-Hant", accept_language="zh-CN")
    assert '<html lang="zh-Hant">' in page.text
    thing = server.ask("/id/pillar/4?lang=zh-TW", accept="text/html")
    assert thing.headers["location"].endswith("id/pillar/4.html?lang=zh-Hant")
    assert "lang takes en" in problem(server.ask("/id/pillar/4?lang=fr"), 400)


# The ontology


def test_terms_lead_to_the_ontology(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    page = server.ask("/def", accept="text/html")
    assert page.status == 200, "IRIs with # need no 303: the browser keeps what stands behind it"
    assert page.headers["content-location"] == "./def.html"
    assert '<dt id="supportsPillar">' in page.text
    turtle = server.ask("/def", accept="text/turtle")
    ask = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graph:ontology { ?s ?p ?o } }"
    assert triples(turtle.body, ".ttl") == set(kg.query(ask))
    assert server.ask("/def.nt").media == "application/n-triples"
    shapes = server.ask("/def/shapes", accept="text/turtle")
    assert len(triples(shapes.body, ".ttl")) > 100


def test_nothing_about_files_of_this_machine(server: Running) -> None:
    """A problem names what was asked, not where the server keeps things."""
    here = str(Path(gdakg.__file__).parents[1])
    for path in ("/id/x", "/thing?iri=file:///etc/passwd", "/questions/x", "/nothing"):
        got = server.ask(path, accept="application/json, text/turtle")
        assert got.status == 404
        assert here not in got.text
        json.loads(got.text)
