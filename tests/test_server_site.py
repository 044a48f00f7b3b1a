"""The pages of the server, its search, its lists and its views, as people and programs see them."""

import base64
import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

import gdakg
from chromium import FLAGS, Browser, Page
from gdakg.lists import match_file
from gdakg.server import looking
from gdakg.server.jobs import Limits
from serving import Got, Running, running
from test_accessibility import AXE, violations

HOSTILE = "<script>alert(1)</script>"
STANDING = ("", "index.html", "network.html", "coverage.html", "timeline.html", "gaps.html",
            "standards.html", "search.html", "search.html?q=carbon", "questions.html",
            "questions/gaps.html", "def.html", "id/pillar/4.html", "id/nothing",
            "view?name=areas", "search?q=" + quote(HOSTILE))  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running("--workers", "1", "--quiet") as started:
        yield started


def problem(got: Got, status: int = 400) -> str:
    assert (got.status, got.media) == (status, "application/problem+json"), got.text[:300]
    return str(got.json()["detail"])


class _Breaches(HTMLParser):
    """What in a page a strict policy would stop, and what it says of itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        bad = [name for name in told if name.startswith("on") or name == "style"]
        if bad or "src" in told or tag in {"link", "iframe", "object", "base", "img"}:
            self.found.append(str(self.get_starttag_text())[:100])
        if told.get("http-equiv") == "Content-Security-Policy":
            self.policy = told["content"]


def directives(policy: str) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";"))


@pytest.mark.parametrize("path", STANDING)
def test_every_page_has_its_policy_as_a_header_too(server: Running, path: str) -> None:
    got = server.ask(f"/{path}", accept="text/html")
    assert got.media == "text/html"
    read = _Breaches()
    read.feed(got.text)
    assert read.found == []
    header = directives(got.headers["content-security-policy"])
    frames = "'self'" if path.startswith("view") else "'none'"
    assert header == {**directives(read.policy), "frame-ancestors": frames}
    assert header["default-src"] == "'none'"
    assert "unsafe" not in got.headers["content-security-policy"]
    assert header["form-action"] in {"'none'", "'self'"}
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert HOSTILE not in got.text


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield a browser that reaches loopback and nothing else."""
    from chromium import PROGRAM

    if PROGRAM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("chromium is not installed")
    import chromium as driver

    before = driver.FLAGS
    driver.FLAGS = tuple(f.replace("~NOTFOUND", "~NOTFOUND , EXCLUDE 127.0.0.1") for f in FLAGS)
    try:
        with Browser() as started:
            yield started
    finally:
        driver.FLAGS = before


def opened(chromium: Browser, url: str) -> Page:
    page = Page(chromium, url, size=(1280, 800), dark=False, calm=True)
    page.go()
    return page


@pytest.mark.parametrize(
    "path", ["", "network.html", "questions.html", "search.html?q=carbon", "view?name=areas"]
)
def test_a_browser_has_nothing_to_complain_of(
    server: Running, chromium: Browser, path: str
) -> None:
    page = opened(chromium, f"{server.url}/{path}")
    assert page.messages == []
    assert page.requests == []
    page.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: run `npm ci` in web/")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "questions.html", "questions/standards_by_pillar.html?pillar=4&lang=zh-Hant",
        "questions/standards_by_pillar.html?pillar=44", "search.html?q=carbon", "def.html",
        "id/std/itu-t/l.1470.html", "id/stage/draft.html?lang=zh-Hans",
    ],
)  # fmt: skip
def test_nothing_is_in_the_way_of_anybody(
    server: Running, chromium: Browser, path: str, dark: bool
) -> None:
    page = Page(chromium, f"{server.url}/{path}", size=(390, 844), dark=dark, calm=True)
    page.go()
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_reader_finds_a_standard_and_goes_there(server: Running, chromium: Browser) -> None:
    page = opened(chromium, f"{server.url}/")
    page.type("#find", "l1470")
    page.click("#found a")
    page.wait_for("location.pathname === '/id/std/itu-t/l.1470.html'")
    page.wait_for("document.querySelector('h1')?.innerText.startsWith('ITU-T L.1470')")
    assert page.messages == []
    page.close()


def test_a_reader_fills_in_a_question(server: Running, chromium: Browser) -> None:
    page = opened(chromium, f"{server.url}/questions/standards_by_pillar.html")
    page.type("#p-pillar", "6")
    page.click(".asking button")
    page.wait_for("document.querySelectorAll('table tbody tr').length > 1")
    assert "pillar=6" in page.evaluate("location.search")
    assert "ETSI TS 102 182" in page.text("table")
    assert page.messages == []
    page.close()


# Pages made of the graph, and a site that lies in a folder


def test_files_to_take_along(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    quads = server.ask("/data/gdakg.nq")
    assert quads.media == "application/n-quads"
    assert quads.body.count(b"\n") == len(kg)
    table = server.ask("/data/standards.csv")
    assert table.media == "text/csv"
    assert "ITU-T L.1470" in table.text
    for link in re.findall(r'href="(data/[^"]+)"', server.ask("/").text):
        assert server.ask(f"/{link}", "HEAD").status == 200, link


def test_what_is_not_there(server: Running) -> None:
    for path in ("/nothing", "/std/itu-t/l.1470.html", "/../pyproject.toml", "/data/", "/%00"):
        assert server.ask(path, accept="application/json").status == 404, path
    assert server.ask("/", "POST", b"").status == 405
    assert server.ask("/nothing", "DELETE").status == 405


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what looks like a site, with ways out of it."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.html").write_text("secret", encoding="utf-8")
    root = outside / "site"
    (root / "std").mkdir(parents=True)
    meta = '<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;">'
    (root / "index.html").write_text(f"<!doctype html>{meta}Start", encoding="utf-8")
    (root / "std" / "a.html").write_text("<!doctype html>bare", encoding="utf-8")
    (root / "data.csv").write_text("a\n", encoding="utf-8")
    (root / ".hidden.html").write_text("hidden", encoding="utf-8")
    (root / "program.sh").write_text("echo", encoding="utf-8")
    (root / "out.html").symlink_to(outside / "secret.html")
    (root / "up").symlink_to(outside)
    (root / "same.html").symlink_to(root / "index.html")
    return root


@pytest.fixture(scope="module")
def sited(folder: Path) -> Iterator[Running]:
    with running("--workers", "1", "--quiet", "--site", str(folder)) as started:
        yield started


def test_a_site_is_given_as_it_lies_there(sited: Running) -> None:
    start = sited.ask("/")
    assert start.text.endswith("Start")
    policy = "default-src 'none'; frame-ancestors 'none'"
    assert start.headers["content-security-policy"] == policy
    assert sited.ask("/index.html").body == sited.ask("/same.html").body == start.body
    bare = sited.ask("/std/a.html")
    assert bare.headers["content-security-policy"].startswith("default-src 'none'")
    assert sited.ask("/data.csv").media == "text/csv"
    assert sited.ask("/", if_none_match=start.headers["etag"]).status == 304
    assert sited.ask("/id/pillar/4.html").status == 200, "things are answered beside it"
    assert "Timeline" in sited.ask("/timeline.html").text, "and so is what it lacks"


@pytest.mark.parametrize(
    "path",
    [
        "/out.html", "/up/secret.html", "/../secret.html", "/%2e%2e/secret.html", "/.hidden.html",
        "/std/../../secret.html", "/std/..%2f..%2fsecret.html", "/up/site/../secret.html",
        "/..%5csecret.html", "/program.sh", "/std", "/std/", "//secret.html", "/index.html%00",
    ],
)  # fmt: skip
def test_no_way_leads_out_of_a_site(sited: Running, path: str) -> None:
    got = sited.ask(path)
    assert got.status == 404
    assert b"secret" not in got.body.replace(path.encode(), b"").replace(b"secret.html", b"")


# Search


def test_search_as_in_this_process(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    asked = {"q": "carbon footprint", "body": "ISO", "since": "2015", "limit": "5"}
    told = server.ask("/search?" + urlencode(asked), accept="application/json").json()
    wanted = kg.search("carbon footprint", body="ISO", since=2015, limit=5)
    assert [hit["iri"] for hit in told["hits"]] == [hit.iri for hit in wanted]
    assert told["searched"] == kg.index.entries
    assert told["hits"][0]["titles"]["en"] == wanted[0].labels["en"]
    chinese = server.ask("/search?" + urlencode(asked | {"lang": "zh-TW"})).json()
    assert chinese["hits"][0]["title"] == wanted[0].title("zh-Hant")
    table = server.ask("/search.csv?" + urlencode(asked)).text
    assert [row["iri"] for row in csv.DictReader(io.StringIO(table))] == [h.iri for h in wanted]
    page = server.ask("/search?" + urlencode(asked), accept="text/html").text
    for hit in wanted:
        assert f'href="{hit.iri.removeprefix("https://w3id.org/gdakg/")}.html"' in page


def test_search_says_whether_that_is_all_and_what_is_near(server: Running) -> None:
    some = server.ask("/search?q=carbon&limit=3").json()
    assert (len(some["hits"]), some["is_all"]) == (3, False)
    none = server.ask("/search?q=L.147x").json()
    assert none["hits"] == []
    assert "ITU-T L.1470" in {hit["code"] for hit in none["near"]}
    page = server.ask("/search.html?q=L.147x").text
    assert "Near matches" in page
    assert 'href="id/std/itu-t/l.1470.html"' in page


@pytest.mark.parametrize(
    ("query", "cure"),
    [
        ("", "search needs q"),
        ("q=%20", "search needs q"),
        ("q=a&limit=0", "limit takes a whole number from 1 to 1000, not '0'"),
        ("q=a&limit=99999999999999999999", "limit takes a whole number"),
        ("q=a&limit=%EF%BC%92", "limit takes a whole number"),
        ("q=a&since=yesterday", "since takes a whole number from 1800 to 2999"),
        ("q=a&body=NOBODY", "there are: ETSI, IEC"),
        ("q=a&q=b", "q is given twice"),
        ("q=a&colour=red", "search has no parameter 'colour'; it takes q, limit, kind"),
        ("q=a&lang=fr", "lang takes en, zh-Hans, zh-Hant"),
        ("q=%ff", "not percent-encoded UTF-8"),
    ],
)
def test_a_wrong_search_is_refused_with_the_cure(server: Running, query: str, cure: str) -> None:
    assert cure in problem(server.ask(f"/search?{query}", accept="application/json"))


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "\0", "a\0b", '" OR 1=1 --', "*", "NEAR(a b)", "x" * 10_000, "碳" * 3_000, "\r\nA: b",
     "\u202e", "'", "-", "ISO" * 2_000, "{codes}: a", "😀"],
    ids=lambda text: repr(text)[:20],
)  # fmt: skip
def test_hostile_searches_find_nothing_or_something(server: Running, text: str) -> None:
    for suffix in (".json", ".html", ".csv"):
        got = server.ask(f"/search{suffix}?" + urlencode({"q": text, "body": "ISO"}))
        assert got.status == 200, got.text[:200]
        assert "a" not in got.headers
        assert suffix != ".html" or HOSTILE not in got.text
    assert isinstance(server.ask("/search?" + urlencode({"q": text})).json()["hits"], list)


# Lists of codes


def test_codes_are_told(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    codes = ["itu-t l1410 (12/2014)", "ISO 14067", "nothing", HOSTILE, "\0"]
    told = server.ask("/match?" + urlencode({"code": codes}, doseq=True)).json()["matches"]
    from gdakg.matching import match

    assert told == json.loads(json.dumps([one._asdict() for one in match(kg, codes)]))
    assert told[0]["state"] == "superseded"
    assert "code=... is needed" in problem(server.ask("/match"))
    many = urlencode({"code": ["x"] * 501}, doseq=True)
    assert "up to 500 times" in problem(server.ask(f"/match?{many}"))
    assert "no parameter is called 'cod'" in problem(server.ask("/match?cod=x"))


LIST = "No.,Standard,Note\r\n1,L.1470,a\r\n2,ISO 14067:2018,=1+1\r\n3,ISO 99999,b\r\n"


@pytest.mark.parametrize(
    ("charset", "language"), [("utf-8", "en"), ("utf-8-sig", "zh-Hant"), ("gb18030", "zh-Hans")]
)
def test_a_list_is_answered_as_by_the_command(
    server: Running, kg: gdakg.KnowledgeGraph, tmp_path: Path, charset: str, language: str
) -> None:
    body = LIST.replace("Note", "備註").encode(charset)
    (tmp_path / "list.csv").write_bytes(body)
    match_file(kg, tmp_path / "list.csv", tmp_path / "out.csv", encoding=charset, language=language)
    media = f'text/csv; charset="{charset}"'
    got = server.ask(f"/match?lang={language}", "POST", body, content_type=media)
    assert got.status == 200, got.text
    assert got.body == (tmp_path / "out.csv").read_bytes()
    assert got.headers["content-disposition"] == 'attachment; filename="matched.csv"'
    assert "etag" not in got.headers, "a list of somebody is not kept"


def test_a_list_that_cannot_be_read(server: Running) -> None:
    def sent(body: bytes, path: str = "/match", media: str = "text/csv") -> Got:
        return server.ask(path, "POST", body, content_type=media, accept="application/json")

    assert problem(sent(b"")) == "list.csv: the list is empty"
    assert "no column holds codes" in problem(sent(b"a,b\nc,d\n"))
    assert "name it, as in column=NAME" in problem(sent(b"a,b\nc,d\n"))
    assert "no column 'z'" in problem(sent(LIST.encode(), "/match?column=z"))
    assert "no encoding 'klingon'" in problem(sent(b"a", media="text/csv; charset=klingon"))
    assert "a list comes as text/csv" in problem(sent(b"a", media="application/pdf"), 415)
    assert problem(sent(b"\xff\xfe\xfd,\x80\n"))
    with server.connect() as connection:  # nobody need send it all to be told
        head = "POST /match HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
        connection.sendall(f"{head}Content-Length: {8 * 1024**2 + 1}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    named = sent(LIST.encode(), "/match?column=Standard")
    assert named.status == 200
    assert server.ask("/match?code=L.1470").status == 200, "and the next one is answered"


def test_what_a_killed_worker_left_behind_is_removed(
    kg: gdakg.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    left, used, other = (tmp_path / f"gdakg-match-{name}" for name in (
        f"{ended.pid}-x", f"{os.getpid()}-x", "mine"))  # fmt: skip
    for folder in (left, used, other):
        folder.mkdir()
        (folder / "list.csv").write_bytes(b"a")
    sent = base64.b64encode(LIST.encode()).decode()
    assert looking.match(kg, {"list": sent, "language": "en"}, Limits()).status == 200
    assert sorted(tmp_path.iterdir()) == sorted([used, other])


# Views


def test_a_view_is_the_network_of_an_answer(server: Running) -> None:
    found = server.ask("/view?name=standards_by_pillar&pillar=6")
    assert (found.status, found.media) == (200, "text/html")
    assert "https://w3id.org/gdakg/id/std/etsi/ts-102-182" in found.text
    assert "https://w3id.org/gdakg/id/std/itu-t/l.1470" not in found.text
    assert "Which standards support a pillar?" in found.text
    query = "SELECT ?s WHERE { ?s gda:supportsPillar <pillar/6> }"
    form = urlencode({"query": query, "lang": "zh-Hant"}).encode()
    by_form = server.ask("/view", "POST", form, content_type="application/x-www-form-urlencoded")
    assert '<html lang="zh-Hant">' in by_form.text
    by_text = server.ask(
        "/view", "POST", query.encode(), content_type="application/sparql-query; charset=utf-8"
    )
    assert by_text.status == 200
    assert "ts-102-182" in by_text.text


@pytest.mark.parametrize(
    ("query", "status", "cure"),
    [
        ({}, 400, "a view is of query=... or of name=..."),
        ({"query": "ASK {}", "name": "gaps"}, 400, "a view is of query=... or of name=..."),
        ({"query": "SELECT"}, 400, "not SPARQL"),
        ({"query": "gaps"}, 400, "a named question goes into name="),
        ({"query": "ASK {}"}, 422, "names nothing to draw"),
        ({"query": "SELECT (1 AS ?x) {}"}, 422, "nothing to draw"),
        ({"query": "SELECT * FROM <http://example.org/> {}"}, 400, "FROM is not taken here"),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1/> {} }"}, 400, "SERVICE is refused"),
        ({"query": "DROP ALL"}, 400, "is an update"),
        ({"query": "SELECT * { ?s ?p ?o }"}, 422, "of at most 20,000 a view is made"),
        ({"name": "nothing"}, 404, "no question 'nothing'"),
        ({"name": "standards_by_pillar"}, 400, "needs pillar"),
        ({"name": "gaps", "colour": "red"}, 400, "has no parameter 'colour'"),
        ({"query": "ASK {}", "colour": "red"}, 400, "no parameter is called 'colour'"),
    ],
)
def test_what_cannot_be_drawn(
    server: Running, query: dict[str, str], status: int, cure: str
) -> None:
    got = server.ask("/view?" + urlencode(query), accept="application/json")
    assert cure in problem(got, status)


def test_a_page_larger_than_the_limit_is_refused(kg: gdakg.KnowledgeGraph) -> None:
    asked = {"query": "SELECT ?s { ?s a gda:Pillar }", "language": "en"}
    assert looking.view(kg, asked, Limits(bytes=1_000)).status == 422
    assert looking.view(kg, asked, Limits()).status == 200


def test_labels_in_a_view_are_never_run(tmp_path: Path) -> None:
    iri = "https://w3id.org/gdakg/id/std/x/evil"
    file = tmp_path / "evil.ttl"
    file.write_text(
        f"<{iri}> a <https://w3id.org/gdakg/def#Standard> ; "
        f'<http://www.w3.org/2004/02/skos/core#prefLabel> "</script>{HOSTILE}"@en .\n',
        encoding="utf-8",
    )
    kg = gdakg.load(file)
    asked = {"query": f"SELECT ?s {{ VALUES ?s {{ <{iri}> }} }}", "language": "en"}
    page = looking.view(kg, asked, Limits()).body.decode()
    assert iri in page
    assert HOSTILE not in page
    assert "</script>" not in page[page.index(iri) : page.index(iri) + 500]


# What the documentation says

MANUAL = (Path(gdakg.__file__).parents[1] / "docs" / "serve.md").read_text("utf-8")
LINES = re.findall(r"^curl .*$", MANUAL, re.MULTILINE)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("line", LINES)
def test_every_request_of_the_manual_is_answered(
    server: Running, tmp_path: Path, line: str
) -> None:
    assert "http://127.0.0.1:8642/" in line
    encoding = "gb18030" if "gb18030" in line else "utf-8"
    (tmp_path / "mylist.csv").write_bytes("編號,備註\nL.1470,一\n".encode(encoding))
    curl, *asked = shlex.split(line.replace("http://127.0.0.1:8642", server.url))
    command = [curl, "-sS", "--fail", "--noproxy", "*", "-m", "30", *asked]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    written = [path for path in tmp_path.iterdir() if path.name != "mylist.csv"]
    assert done.stdout or written[0].stat().st_size > 100


def test_the_manual_names_what_there_is() -> None:
    assert len(LINES) > 20
    for variable in ("SITE", "STORE", "DATA", "SECONDS", "MEMORY", "ROWS", "BYTES", "WORKERS"):
        assert f"`GDAKG_{variable}`" in MANUAL
    for path in re.findall(r"\]\(([\w./-]+)\)", MANUAL):
        assert (Path(gdakg.__file__).parents[1] / "docs" / path).exists(), path
