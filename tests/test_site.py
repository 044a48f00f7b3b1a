"""The site: every page, every link, every download."""

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pyoxigraph as og
import pytest

import gdakg
from chromium import Browser, Page
from gdakg.entries import entries
from gdakg.errors import PageError
from gdakg.pages.entry_sheet import address
from landscapes import EVIL

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


@pytest.fixture(scope="module")
def site(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    gdakg.pages.site(kg, folder)
    return folder


class _Read(HTMLParser):
    """What a page links to, what can be linked to in it, and what it says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.loaded: list[str] = []
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag in {"img", "iframe", "link", "source"} or "src" in found:
            self.loaded.append(str(self.get_starttag_text()))
        if tag == "html":
            self.said["lang"] = found["lang"]
        if tag == "meta":
            self.said[found.get("name") or found.get("http-equiv", "")] = found.get("content", "")
        assert not [name for name in found if name.startswith("on") or name == "style"], found


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, _Read]:
    """Return what each page of the site holds, by its path."""
    read = {}
    for path in sorted(site.rglob("*.html")):
        parser = _Read()
        parser.feed(path.read_text(encoding="utf-8"))
        read[path.relative_to(site).as_posix()] = parser
    return read


def test_each_thing_has_a_page(kg: gdakg.KnowledgeGraph, site: Path) -> None:
    classes = (
        "gda:Standard gda:AssertedGap gda:CooperationArea gda:Pillar gda:Task schema:Event "
        "bibo:Document schema:Project org:FormalOrganization org:OrganizationalUnit"
    )
    text = f"SELECT DISTINCT ?thing WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class }}"
    things = {row.thing for row in kg.query(text)}
    assert len(things) > 900
    assert not [thing for thing in things if not (site / address(thing)).is_file()]


def test_every_link_leads_somewhere(pages: dict[str, _Read], site: Path) -> None:
    lost = set()
    for path, page in pages.items():
        here = site / path
        for link in page.links:
            target, fragment = urldefrag(link)
            if target.startswith(("https://", "http://")):
                continue
            there = (here.parent / unquote(target)).resolve() if target else here
            name = there.relative_to(site.resolve()).as_posix() if target else path
            inside = name in pages or there.is_file()
            if not inside or (fragment and "=" not in fragment and fragment not in pages[name].ids):
                lost.add((path, link))
    assert not lost, sorted(lost)[:10]


def test_every_page_says_what_it_is_and_loads_nothing(pages: dict[str, _Read]) -> None:
    for path, page in pages.items():
        assert page.said["lang"] == "en", path
        assert page.said["viewport"].startswith("width=device-width"), path
        assert page.said["description"], path
        assert page.said["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert "unsafe" not in page.said["Content-Security-Policy"], path
        assert page.loaded == [], path
        assert len(page.ids) == len(set(page.ids)), f"{path}: an id is there twice"


def test_a_page_tells_facts_members_and_whose_word_it_is(site: Path) -> None:
    text = (site / "std/iso/14067.html").read_text(encoding="utf-8")
    assert "https://www.iso.org/standard/71206.html" in text
    assert '<a href="../../pillar/2.html">' in text
    for language in LANGUAGES:
        assert f'<div data-in="{language}" lang="{language}">' in text
    assert "相關" not in text or "ISO 14067:2018" in text
    gap = (site / "gap/ef.html").read_text(encoding="utf-8")
    assert '<a href="../std/itu-t/l.1410.html">ITU-T L.1410</a>' in gap
    pillar = (site / "pillar/6.html").read_text(encoding="utf-8")
    assert '<a href="../std/etsi/ts-102-182.html">ETSI TS 102 182</a>' in pillar


def test_downloads_read_back(kg: gdakg.KnowledgeGraph, site: Path) -> None:
    store = kg.engine.store  # type: ignore[attr-defined]
    quads = set(store)
    read = {str(q) for q in og.parse((site / "data/gdakg.nq").read_bytes(), og.RdfFormat.N_QUADS)}
    assert read == set(map(str, quads))
    triples = {str(q.triple) for q in quads}
    turtle = og.parse((site / "data/gdakg.ttl").read_bytes(), og.RdfFormat.TURTLE)
    assert {str(q.triple) for q in turtle} == triples
    linked = og.parse((site / "data/gdakg.jsonld").read_bytes(), og.RdfFormat.JSON_LD)
    assert {str(q) for q in linked} == read
    text = (site / "data/standards.csv").read_text(encoding="utf-8")
    assert text.startswith("\ufeffcode,")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert len(rows) == 662
    assert rows["ISO 14067"]["edition"] == "ISO 14067:2018"
    assert rows["ISO 14067"]["stage"] == "under review"
    assert rows["ISO 14067"]["pillars"] == "2"


def test_the_same_graph_gives_the_same_bytes_and_stale_files_go(
    kg: gdakg.KnowledgeGraph, tmp_path: Path
) -> None:
    small = _small(tmp_path)
    told: list[tuple[int, int]] = []
    files = gdakg.pages.site(
        small, tmp_path / "out", progress=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (len(files), len(files))
    before = {name: (tmp_path / "out" / name).read_bytes() for name in files}
    stale = tmp_path / "out/gap/gone.html"
    stale.parent.mkdir(exist_ok=True)
    stale.write_text("stale")
    manifest = tmp_path / "out/site.json"
    manifest.write_text(json.dumps([*json.loads(manifest.read_text()), "gap/gone.html"]))
    mine = tmp_path / "out/mine.txt"
    mine.write_text("mine")
    gdakg.pages.site(small, tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in files} == before
    assert not stale.exists()
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("manifest", ["{", '"x"', "[1]"])
def test_a_broken_manifest_is_told(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "site.json").write_text(manifest)
    with pytest.raises(PageError, match=re.escape(str(tmp_path / "site.json"))):
        gdakg.pages.site(_small(tmp_path), tmp_path)


def test_a_manifest_leads_to_nothing_outside(tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/site.json").write_text('["../precious.txt", "/etc/hostname"]')
    gdakg.pages.site(_small(tmp_path), tmp_path / "out")
    assert outside.read_text() == "precious"


def test_another_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(PageError, match="holds something else than a site"):
        gdakg.pages.site(_small(tmp_path), tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(PageError, match="file"):
        gdakg.pages.site(_small(tmp_path), tmp_path / "file")


def _small(folder: Path) -> gdakg.KnowledgeGraph:
    """Return a graph of few things, with evil in every text."""
    from gdakg.engine import Embedded
    from gdakg.knowledge import KnowledgeGraph

    store = og.Store()
    graph = og.NamedNode("http://example.org/graph")
    for number, evil in enumerate(EVIL):
        thing = og.NamedNode(f"http://example.org/{number}")
        text = og.Literal(evil.replace("\ud800", "?"), language="en")
        code = og.Literal(evil.replace("\ud800", "?"))
        for prop, value in (
            ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", og.NamedNode(f"{DEF}Standard")),
            ("http://www.w3.org/2004/02/skos/core#prefLabel", text),
            ("http://purl.org/dc/terms/identifier", code),
            ("http://xmlns.com/foaf/0.1/page", og.NamedNode("javascript:window.__xss=1")),
            (f"{DEF}supportsPillar", og.NamedNode("http://example.org/p")),
        ):
            store.add(og.Quad(thing, og.NamedNode(prop), value, graph))
    pillar = og.NamedNode("http://example.org/p")
    kind = og.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.add(og.Quad(pillar, kind, og.NamedNode(f"{DEF}Pillar"), graph))
    return KnowledgeGraph(Embedded(store, allow_service=False))


DEF = "https://w3id.org/gdakg/def#"


def test_nothing_foreign_runs(browser: Browser, tmp_path: Path) -> None:
    small = _small(tmp_path)
    gdakg.pages.site(small, tmp_path / "out")
    things = entries(small.engine).by_iri
    names = ["index.html", "standards.html", "network.html", *(address(iri) for iri in things)]
    for name in names:
        page = browser.open(tmp_path / "out" / name, fragment="find=script")
        assert page.evaluate("window.__xss === undefined"), name
        bad = "[...document.querySelectorAll('a')].filter(a => a.protocol === 'javascript:').length"
        assert page.evaluate(bad) == 0, name
        assert page.requests == page.messages == [], name
        page.close()


@pytest.fixture
def start(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.open(site / "index.html")
    yield page
    assert [url for url in page.requests if not url.startswith("file:")] == []  # other pages of it
    assert page.messages == []
    page.close()


@pytest.mark.parametrize("query", ["l1470", "温室气体排放轨迹", "溫室氣體排放軌跡", "ITU-T L.1470"])
def test_the_start_page_finds(start: Page, query: str) -> None:
    start.type("#find", query)
    first = "document.querySelector('#found a')"
    start.wait_for(first)
    assert start.evaluate(f"{first}.getAttribute('href')") == "std/itu-t/l.1470.html"
    start.press("Enter")
    start.wait_for("location.pathname.endsWith('/std/itu-t/l.1470.html') && window.gdakg?.ready")


def test_the_language_goes_along(start: Page) -> None:
    start.click("#languages [lang=zh-Hant]")
    assert "支柱" in start.evaluate("document.body.innerText")
    start.click("a.card[href^=standards]")
    start.wait_for("location.pathname.endsWith('standards.html') && window.gdakg?.ready")
    assert start.evaluate("document.documentElement.lang") == "zh-Hant"


def test_the_standards_are_filtered(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", fragment="body=org/etsi&pillar=pillar/6")
    rows = "[...document.querySelectorAll('tbody tr:not([hidden]) th')].map(e => e.innerText)"
    assert page.evaluate(rows) == ["ETSI TS 102 182", "ETSI TS 102 900"]
    assert page.evaluate("document.querySelector('[data-count] .n').innerText") == "2"
    page.close()


def _with(*quads: tuple[str, str, str | og.Literal]) -> gdakg.KnowledgeGraph:
    """Return a graph of these statements; IRIs as text."""
    from gdakg.engine import Embedded
    from gdakg.knowledge import KnowledgeGraph

    store = og.Store()
    graph = og.NamedNode("http://example.org/graph")
    for subject, prop, value in quads:
        node = og.NamedNode(value) if isinstance(value, str) else value
        store.add(og.Quad(og.NamedNode(subject), og.NamedNode(prop), node, graph))
    return KnowledgeGraph(Embedded(store, allow_service=False))


TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
THINGS = "https://w3id.org/gdakg/id/"


@pytest.mark.parametrize(
    "name",
    [
        "std/x/../../../esc",
        "std/../network",
        "std/./x",
        "std/.x",
        "std/CNS/1",
        "std/con",
        "std/a/nul.x",
    ],
)
def test_no_name_leads_out_of_the_folder_or_over_another_page(tmp_path: Path, name: str) -> None:
    files = gdakg.pages.site(_with((THINGS + name, TYPE, f"{DEF}Standard")), tmp_path / "in/out")
    assert [p.name for p in tmp_path.iterdir()] == ["in"]
    assert [p.name for p in (tmp_path / "in").iterdir()] == ["out"]
    (page,) = [file for file in files if file.parts[0] == "thing"]
    assert THINGS + name in (tmp_path / "in/out" / page).read_text(encoding="utf-8")


def test_a_site_cut_short_can_be_finished(tmp_path: Path) -> None:
    small = _small(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/.DS_Store").write_text("")

    def stop(done: int, of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gdakg.pages.site(small, tmp_path / "out", progress=stop)
    files = gdakg.pages.site(small, tmp_path / "out")
    assert all((tmp_path / "out" / file).is_file() for file in files)


def test_only_our_translations_are_called_ours(site: Path, tmp_path: Path) -> None:
    mark = '<span class="mark">'
    ours = (site / "std/iso/14067.html").read_text(encoding="utf-8")
    rows = re.findall(r"<li><span class=\"tag\">([\w-]+)</span>(.*?)</li>", ours, re.S)
    assert {tag: mark in row for tag, row in rows} == {
        "en": False, "fr": False, "zh-Hans": True, "zh-Hant": True,
    }  # fmt: skip
    title = og.Literal("資訊安全", language="zh-Hant")
    standard = f"{THINGS}std/cns/27001"
    graph = _with((standard, TYPE, f"{DEF}Standard"), (standard, LABEL, title))
    gdakg.pages.site(graph, tmp_path / "out")
    theirs = (tmp_path / "out/std/cns/27001.html").read_text(encoding="utf-8")
    (row,) = re.findall(r"<li><span class=\"tag\">zh-Hant</span>(.*?)</li>", theirs, re.S)
    assert "資訊安全" in row
    assert mark not in row


def test_the_network_leads_to_the_pages_of_all_things(browser: Browser, tmp_path: Path) -> None:
    graph = _with(
        ("http://example.org/a", TYPE, f"{DEF}Standard"),
        ("http://example.org/a", f"{DEF}supportsPillar", f"{THINGS}pillar/1"),
        (f"{THINGS}pillar/1", TYPE, f"{DEF}Pillar"),
    )
    gdakg.pages.site(graph, tmp_path / "out")
    page = browser.open(tmp_path / "out/network.html")
    for iri in ("http://example.org/a", f"{THINGS}pillar/1"):
        page.evaluate(f"location.hash = new URLSearchParams({{node: {iri!r}}})")
        page.wait_for(f"document.querySelector('#details .iri')?.innerText === {iri!r}")
        links = page.evaluate("[...document.querySelectorAll('#details a')].map(a => a.pathname)")
        assert any((tmp_path / "out" / address(iri)).as_uri().endswith(link) for link in links)
    page.close()


def test_a_code_leads_before_titles_that_mention_it(start: Page) -> None:
    others = start.evaluate("""(() => {
        const { things } = JSON.parse(document.getElementById('things').textContent);
        const codes = new Map(things.map(([href, , code]) => [href, code]));
        const bare = (text) => text.toLowerCase().replace(/[^\\p{L}\\p{N}]+/gu, '');
        const box = document.getElementById('find');
        const others = [];
        for (const [, kind, code] of things) {
            const short = code.replace(/^\\S+ /, '');
            if (kind !== 'standard' || short === code || !/\\d/.test(short)) continue;
            box.value = short;
            document.dispatchEvent(new Event('languagechange')); // shows what the box finds
            const first = codes.get(document.querySelector('#found a').getAttribute('href'));
            if (!bare(first).endsWith(bare(short))) others.push([short, first]);
        }
        return others;
    })()""")
    assert others == []
    start.type("#find", "L.1470")
    first = "document.querySelector('#found a').getAttribute('href')"
    assert start.evaluate(first) == "std/itu-t/l.1470.html"


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_the_menu_of_files_stays_on_the_screen(browser: Browser, site: Path, width: int) -> None:
    for name in ("standards.html", "coverage.html", "std/iso/14067.html", "network.html"):
        for language in LANGUAGES:
            page = browser.open(site / name, fragment=f"lang={language}", size=(width, 800))
            if page.evaluate("document.getElementById('save').hidden"):
                page.close()
                continue
            page.click("#save summary")
            page.wait_for("document.querySelector('#save button')")
            box = "document.querySelector('#save > div').getBoundingClientRect()"
            left, right = page.evaluate(f"[{box}.left, {box}.right]")
            assert 0 <= left < right <= width, (name, language)
            page.close()


def test_the_standards_fit_a_phone_and_the_form_a_line(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
    page = browser.open(site / "standards.html")
    assert page.evaluate("document.getElementById('controls').clientHeight") < 80
    page.click("#save summary")
    page.wait_for("document.querySelector('#save button')")
    texts = "[...document.querySelectorAll('#save button')].map((each) => each.innerText)"
    assert page.evaluate(texts) == ["CSV · Standards"]
    page.close()


SORTED = """(() => {
    const language = document.documentElement.lang;
    const order = new Intl.Collator(language, { numeric: true });
    const titles = [...document.querySelectorAll('tbody .title')].map((cell) => {
        const told = cell.querySelector(`[data-in~="${language}"]`);
        return (told ?? cell).textContent.trim();
    });
    const isNext = (each, at) => !at || order.compare(titles[at - 1], each) <= 0;
    return titles.length > 600 && titles.every(isNext);
})()"""


def test_rows_sort_in_the_language_that_is_shown(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", fragment="lang=zh-Hant&body=org/etsi")
    page.click("thead th:nth-child(2) button")
    assert page.evaluate(SORTED), "hidden rows too"
    for language in ("en", "zh-Hans"):
        page.click(f"#languages [lang={language}]")
        assert page.evaluate(SORTED), language
    assert page.evaluate("document.querySelector('[aria-sort]').cellIndex") == 1
    page.close()


@pytest.mark.parametrize("name", ["index", "coverage", "gaps", "standards", "timeline"])
def test_large_letters_need_no_scrolling_aside(browser: Browser, site: Path, name: str) -> None:
    page = browser.open(site / f"{name}.html", size=(390, 844))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_codes_and_both_scripts_find_the_same(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html")
    rows = "[...document.querySelectorAll('tbody tr:not([hidden]) th')].map(e => e.innerText)"

    def found(query: str) -> list[str]:
        page.type("[name=find]", query)
        codes: list[str] = page.evaluate(rows)
        return codes

    assert "ETSI TS 102 182" in found("TS102182")
    assert "ITU-T L.1470" in found("l1470")
    assert "ISO 14040" in found("ＩＳＯ14040")
    assert len(found("软件")) > 0
    assert found("软件") == found("軟件")
    page.close()
    assert 'id="pairs"' not in (site / "std/iso/14067.html").read_text(encoding="utf-8")


def test_a_filter_that_leaves_nothing_says_so(browser: Browser, site: Path) -> None:
    page = browser.open(site / "standards.html", fragment="find=zzzz")
    assert page.evaluate("document.querySelector('.nothing').checkVisibility()")
    page.type("[name=find]", "14067")
    assert not page.evaluate("document.querySelector('.nothing').checkVisibility()")
    page.close()


def test_the_start_page_follows_its_address(start: Page) -> None:
    start.evaluate("location.hash = 'find=14067'")
    start.wait_for("document.querySelector('#found a')")
    assert start.evaluate("document.getElementById('find').value") == "14067"


@pytest.mark.parametrize("kind", ["pointerdown", "auxclick", "contextmenu", "keydown"])
def test_however_a_link_is_followed_the_language_goes_along(start: Page, kind: str) -> None:
    start.click("#languages [lang=zh-Hans]")
    link = "document.querySelector('nav a[href^=gaps]')"
    start.evaluate(f"{link}.dispatchEvent(new Event('{kind}', {{ bubbles: true }}))")
    assert start.evaluate(f"{link}.getAttribute('href')") == "gaps.html#lang=zh-Hans"


def test_a_page_of_a_thing_fits_a_phone(browser: Browser, site: Path, tmp_path: Path) -> None:
    page = browser.open(site / "std/iso/14067.html", fragment="lang=zh-Hant", size=(390, 844))
    assert page.evaluate("document.querySelector('.labels .mark').clientWidth") < 150
    page.close()
    word = og.Literal("Donaudampfschifffahrt" * 9, language="en")
    kg = _with((f"{THINGS}std/x/1", TYPE, f"{DEF}Standard"), (f"{THINGS}std/x/1", LABEL, word))
    gdakg.pages.site(kg, tmp_path / "out")
    page = browser.open(tmp_path / "out/std/x/1.html", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
