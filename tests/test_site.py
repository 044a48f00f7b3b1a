"""The site: every page, every link, every download."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pyoxigraph as og
import pytest

import gdakg
from gdakg.errors import PageError
from gdakg.namespaces import BASE, GDA
from gdakg.pages.entry_sheet import address
from gdakg.pages.wording import LANGUAGES
from sites import LABEL, TYPE, graph_of, hostile


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
    small = hostile()
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
        gdakg.pages.site(hostile(), tmp_path)


def test_a_manifest_leads_to_nothing_outside(tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text("precious")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/site.json").write_text('["../precious.txt", "/etc/hostname"]')
    gdakg.pages.site(hostile(), tmp_path / "out")
    assert outside.read_text() == "precious"


def test_another_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(PageError, match="holds something else than a site"):
        gdakg.pages.site(hostile(), tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(PageError, match="file"):
        gdakg.pages.site(hostile(), tmp_path / "file")


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
    files = gdakg.pages.site(graph_of((BASE + name, TYPE, f"{GDA}Standard")), tmp_path / "in/out")
    assert [p.name for p in tmp_path.iterdir()] == ["in"]
    assert [p.name for p in (tmp_path / "in").iterdir()] == ["out"]
    (page,) = [file for file in files if file.parts[0] == "thing"]
    assert BASE + name in (tmp_path / "in/out" / page).read_text(encoding="utf-8")


def test_a_site_cut_short_can_be_finished(tmp_path: Path) -> None:
    small = hostile()
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
    standard = f"{BASE}std/cns/27001"
    graph = graph_of((standard, TYPE, f"{GDA}Standard"), (standard, LABEL, title))
    gdakg.pages.site(graph, tmp_path / "out")
    theirs = (tmp_path / "out/std/cns/27001.html").read_text(encoding="utf-8")
    (row,) = re.findall(r"<li><span class=\"tag\">zh-Hant</span>(.*?)</li>", theirs, re.S)
    assert "資訊安全" in row
    assert mark not in row
