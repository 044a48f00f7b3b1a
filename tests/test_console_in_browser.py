"""The query console in a browser, as somebody with questions uses it."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import chromium
import gdakg
from chromium import PROGRAM, Browser, Page
from console_server import Stub, stubbed
from gdakg.answers import Solutions
from gdakg.pages.console import console
from landscapes import EVIL
from test_console import filled, terms_of

EDITOR: Final = "document.getElementById('editor').shadowRoot"
CONTENT: Final = f"{EDITOR}.querySelector('.cm-content')"
TEXT: Final = f"[...{EDITOR}.querySelectorAll('.cm-line')].map((e) => e.innerText).join('\\n')"
ROWS: Final = """[...document.querySelectorAll('#table tbody tr')].map((row) =>
  [...row.cells].map((cell) => cell.innerText))"""
CATCH: Final = (
    "window.made = []; const make = URL.createObjectURL;"
    " URL.createObjectURL = (blob) => { made.push(blob); return make(blob); }; 0"
)

Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def server(kg: gdakg.KnowledgeGraph) -> Iterator[Stub]:
    with stubbed(kg) as started:
        yield started


@pytest.fixture(scope="module")
def local() -> Iterator[Browser]:
    """Start a browser that reaches this machine, and no other host."""
    if PROGRAM is None:
        pytest.skip("no chromium on the PATH")
    with pytest.MonkeyPatch.context() as patch:
        flags = [flag.replace("~NOTFOUND", "~NOTFOUND , EXCLUDE 127.0.0.1")
                 for flag in chromium.FLAGS]  # fmt: skip
        patch.setattr(chromium, "FLAGS", tuple(flags))
        with Browser() as started:
            yield started


@pytest.fixture
def opener(local: Browser, server: Stub) -> Iterator[Opener]:
    """Return what opens the console; each page must be quiet, and ask nobody else."""
    opened: list[Page] = []
    server.replies.clear()
    server.asked.clear()
    server.gate.clear()

    def start(fragment: str = "", *, is_examined: bool = False, **options: Any) -> Page:
        given: dict[str, Any] = {"size": (1280, 800), "dark": False, "calm": True} | options
        page = Page(local, f"{server.url}/console", **given)
        page.go(fragment)
        page.send("Page.bringToFront")
        if not is_examined:  # axe-core styles what it examines, and the policy refuses
            opened.append(page)
        return page

    yield start
    for page in opened:
        own = (f"{server.url}/sparql", f"{server.url}/view")
        assert [url for url in page.requests if url not in own] == []
        assert [told for told in page.messages if '"source": "network"' not in told] == []
        assert page.evaluate("window.__xss === undefined")
        page.evaluate("localStorage.clear()")
        page.close()


def run(page: Page) -> str:
    """Press Run and return what the page says when the answer is there."""
    page.click("#run")
    return answered(page)


def answered(page: Page) -> str:
    page.wait_for("document.getElementById('answer').ariaBusy === 'false'")
    told: str = page.evaluate("document.getElementById('told').innerText")
    return told


def write(page: Page, text: str) -> None:
    """Put `text` in the place of what stands in the editor, as an input method does."""
    page.evaluate(f"{CONTENT}.focus()")
    keys(page, "a", 65, ctrl=True)
    page.send("Input.insertText", text=text)


def keys(page: Page, key: str, code: int, *, ctrl: bool = False) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        page.send("Input.dispatchKeyEvent", type=kind, key=key, code=key,
                  windowsVirtualKeyCode=code, modifiers=2 if ctrl else 0,
                  commands=["selectAll"] if ctrl and key == "a" else [])  # fmt: skip


def table_of(*rows: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    told = {"head": {"vars": list(rows[0])}, "results": {"bindings": rows}}
    return 200, {"Content-Type": "application/sparql-results+json"}, json.dumps(told).encode()


def literal(value: str, **more: str) -> dict[str, str]:
    return {"type": "literal", "value": value} | more


def test_a_named_question_is_found_filled_in_and_run(
    opener: Opener, server: Stub, kg: gdakg.KnowledgeGraph
) -> None:
    page = opener()
    page.type("[name=find]", "支柱 標準 支援")
    shown = page.evaluate(
        "[...document.querySelectorAll('#questions button')].filter((e) => e.checkVisibility())"
        ".map((e) => e.dataset.question)"
    )
    assert shown == ["standards_by_pillar"]
    page.click("[data-question=standards_by_pillar]")
    assert page.evaluate("document.getElementById('asked-about').innerText").startswith(
        "Standards that serve a pillar"
    )
    assert "<https://w3id.org/gdakg/id/pillar/4>" in page.evaluate(TEXT)
    page.wait_for("document.querySelectorAll('#parameters [name=pillar] option').length === 7")
    for name, value in (("pillar", "2"), ("publisher", "")):
        page.evaluate(
            f"(() => {{ const e = document.querySelector('#parameters [name={name}]');"
            f" e.value = {json.dumps(value and f'https://w3id.org/gdakg/id/{name}/{value}')};"
            " e.dispatchEvent(new Event('input', {bubbles: true})); })()"
        )
    expected = kg.query("standards_by_pillar", pillar=2)
    assert isinstance(expected, Solutions)
    assert run(page).startswith(f"{len(list(expected))} rows · Answered in ")
    rows = page.evaluate(ROWS)
    assert [row[0] for row in rows] == [row.standard for row in expected][:200]
    assert "id/pillar/2>" in server.asked[-1]
    address = page.evaluate("location.hash")
    assert address.startswith("#find=")
    assert "question=standards_by_pillar&p.pillar=https" in address
    page.click("#languages [lang=zh-Hant]")
    assert page.evaluate("document.getElementById('asked-title').innerText") == (
        "哪些標準支援某一支柱？"
    )
    assert '"zh-hant"' in page.evaluate(TEXT)
    told = page.evaluate("document.querySelector('main').innerText")
    for english in ("Run", "Answer", "Table", "rows", "Link to", "leaves the editor"):
        assert english not in told


def test_a_thing_is_given_by_its_code(opener: Opener, server: Stub) -> None:
    page = opener()
    page.click("[data-question=editions]")
    page.wait_for("document.querySelector('#parameters input').value === 'ITU-T L.1470'")
    entry = "document.querySelector('#parameters input')"
    for text, is_known in (("ITU-T L.9999", False), ("ITU-T L.1480", True)):
        page.type("#parameters input", text)
        page.evaluate(f"{entry}.dispatchEvent(new Event('change'))")
        page.wait_for(f"{entry}.getAttribute('aria-invalid') === '{str(not is_known).lower()}'")
        assert ("id/std/itu-t/l.1480>" in page.evaluate(TEXT)) is is_known
    assert page.evaluate("document.querySelector('.fault').innerText") == ""
    run(page)
    assert "l.1480" in server.asked[-1]
    write(page, "ASK {}")
    assert page.evaluate("document.getElementById('explanation').hidden")
    run(page)
    assert page.evaluate("document.getElementById('table').innerText") == "Yes"


def test_what_is_wrong_is_marked_where_it_is(opener: Opener) -> None:
    page = opener()
    write(page, "SELECT ?s WHERE {\n  ?s a gda:Standard .\n  FILTR(?x = 1)\n}")
    assert run(page) == "The query was not answered"
    fault = page.evaluate("document.getElementById('fault').innerText")
    assert fault.startswith("not SPARQL at line 3, column 11: ")
    assert page.evaluate(f"{EDITOR}.querySelector('.wrong-line').innerText") == "  FILTR(?x = 1)"
    assert page.evaluate(f"{EDITOR}.querySelector('.wrong').innerText") == "?x"
    assert page.evaluate("document.getElementById('answer').hidden")
    page.click("#fault button")
    assert page.evaluate(f"{EDITOR}.activeElement === {CONTENT}")
    page.send("Input.insertText", text="#")
    assert page.evaluate(f"{EDITOR}.querySelector('.wrong-line')") is None
    assert page.evaluate("document.getElementById('fault').hidden")


def test_the_server_says_why_it_does_not_answer(opener: Opener, server: Stub) -> None:
    page = opener()
    fault = "document.getElementById('fault').innerText"
    server.replies["ASK {} #1"] = (503, {"Content-Type": "text/plain", "Retry-After": "2"}, b"busy")
    server.replies["ASK {} #2"] = (
        422,
        {"Content-Type": "application/problem+json"},
        b'{"detail": "too <b>many</b> rows"}',
    )
    server.replies["ASK {} #3"] = (500, {"Content-Type": "application/problem+json"}, b"{cut")
    server.replies["ASK {} #4"] = (200, {"Content-Type": "text/html"}, b"<h1>Hello</h1>")
    expected = ("busy Try again in 2 s.", "too <b>many</b> rows", "500 Internal Server Error",
                "The server did not answer with SPARQL results")  # fmt: skip
    for number, told in enumerate(expected, start=1):
        write(page, f"ASK {{}} #{number}")
        assert run(page) == "The query was not answered"
        assert page.evaluate(fault) == told


def test_a_server_that_has_gone_is_said_to_have_gone(opener: Opener) -> None:
    page = opener()
    page.send("Network.emulateNetworkConditions", offline=True, latency=0,
              downloadThroughput=-1, uploadThroughput=-1)  # fmt: skip
    assert run(page) == "The query was not answered"
    assert page.evaluate("document.getElementById('fault').innerText") == (
        "The server does not answer. Is it still running?"
    )


def test_every_question_is_filled_in_as_the_library_does(opener: Opener) -> None:
    page = opener()
    data = json.loads(page.evaluate("document.getElementById('console-data').textContent"))
    texts = page.evaluate(
        "[...document.querySelectorAll('#questions button')].map((each) => { each.click();"
        " dispatchEvent(new Event('beforeprint'));"
        " return document.getElementById('printed').textContent; })"
    )
    assert texts == [filled(asked, terms_of(asked)) for asked in data["questions"]]


def test_hostile_answers_do_nothing(opener: Opener, server: Stub) -> None:
    page = opener()
    hostile = [text.encode("utf-8", "replace").decode() for text in EVIL]
    rows = [{"<img src=x onerror=window.__xss=1>": literal(text, **{"xml:lang": "en-<b>"}),
             "iri": {"type": "uri", "value": text},
             "own": {"type": "uri", "value": f"https://w3id.org/gdakg/id/{text}"}}
            for text in hostile]  # fmt: skip
    server.replies["# hostile"] = table_of(*rows)
    write(page, "ASK {} # hostile </script><script>window.__xss=1</script>")
    assert run(page).startswith(f"{len(EVIL)} rows")
    assert (
        page.evaluate("document.querySelectorAll('#table img, #table script, #table svg').length")
        == 0
    )
    links = page.evaluate("[...document.querySelectorAll('#table a')].map((a) => a.href)")
    assert links
    assert all(link.startswith(f"{server.url}/id/") for link in links)
    assert page.evaluate(ROWS)[0][0].startswith("</script><script>")
    for view in ("raw", "table"):
        page.click(f"#views [value={view}]")
    page.evaluate("document.getElementById('past').open = true")
    page.wait_for("document.querySelector('#past button')")
    assert page.evaluate("document.querySelectorAll('#past script').length") == 0


def test_ten_thousand_rows_stay_quick(opener: Opener, server: Stub) -> None:
    page = opener()
    number = "http://www.w3.org/2001/XMLSchema#integer"
    rows = [
        {"n": literal(str((7919 * k) % 10_007), datatype=number), "title": literal(f"Title {k}")}
        for k in range(10_000)
    ]
    server.replies["# many"] = table_of(*rows)
    write(page, "ASK {} # many")
    begin = time.monotonic()
    assert run(page).startswith("10,000 rows")
    assert time.monotonic() - begin < 5
    assert len(page.evaluate(ROWS)) == 200
    page.click("#table th button")
    numbers = sorted(int(row["n"]["value"]) for row in rows)
    assert [int(row[0]) for row in page.evaluate(ROWS)] == numbers[:200]
    assert page.evaluate("document.querySelector('#table th').ariaSort") == "ascending"
    page.click("#table [name=last]")
    assert page.evaluate("document.querySelector('.pages span').innerText") == (
        "Rows 9,801 to 10,000 of 10,000"
    )
    assert [int(row[0]) for row in page.evaluate(ROWS)] == numbers[-200:]
    page.click("#table th button")
    assert [int(row[0]) for row in page.evaluate(ROWS)] == numbers[:-201:-1]


def test_stop_ends_the_request(opener: Opener, server: Stub) -> None:
    page = opener()
    write(page, "ASK {} # wait")
    page.click("#run")
    page.wait_for("document.getElementById('stop').checkVisibility()")
    page.click("#stop")
    assert answered(page) == "Stopped"
    failed = page._events("Network.loadingFailed")
    assert [event["canceled"] for event in failed] == [True]
    write(page, "ASK {}")
    server.gate.set()
    assert run(page).startswith("Answered in")


def test_an_answer_is_shown_raw_and_as_a_network_and_saved(opener: Opener, server: Stub) -> None:
    page = opener("question=standards_by_pillar&p.pillar=https://w3id.org/gdakg/id/pillar/4")
    assert server.asked == [] or "STRSTARTS" in server.asked[0]  # nothing is run by itself
    page.evaluate(CATCH)
    run(page)
    page.click("#views [value=raw]")
    page.wait_for("document.querySelector('#raw pre').innerText")
    raw = json.loads(page.evaluate("document.querySelector('#raw pre').textContent"))
    assert len(raw["results"]["bindings"]) == len(page.evaluate(ROWS)) == 30
    for place, name in enumerate(["CSV", "TSV", "JSON"]):
        page.evaluate("document.getElementById('save-answer').open = true")
        page.evaluate(f"document.querySelectorAll('#save-answer button')[{place}].click()")
        page.wait_for(f"made.length === {place + 1}")
        assert name == page.evaluate(
            f"document.querySelectorAll('#save-answer button')[{place}].textContent"
        )
    csv = page.evaluate("made[0].text()")
    assert csv.splitlines()[0] == "standard,title,body,edition,issued,status"
    assert len(csv.splitlines()) == 31
    page.click("#views [value=network]")
    page.wait_for("document.querySelector('iframe').checkVisibility()")
    count = network_of(page).evaluate("document.getElementById('count').innerText")
    assert count.startswith("62 nodes")
    page.click("#save-network")
    page.wait_for("made.length === 4")
    assert "vis-network" in page.evaluate("made[3].text()")


def network_of(page: Page) -> Page:
    """Return the network page in the frame once it has been drawn; it must be quiet."""
    browser = page.browser
    for _ in range(100):
        frames = [each for each in browser.send("Target.getTargets")["targetInfos"]
                  if each["type"] == "iframe"]  # fmt: skip
        if frames:
            break
        time.sleep(0.05)
    attached = browser.send("Target.attachToTarget", targetId=frames[0]["targetId"], flatten=True)
    frame = Page.__new__(Page)
    frame.browser, frame.url, frame.session = browser, "about:srcdoc", attached["sessionId"]
    for domain in ("Runtime", "Log"):
        frame.send(f"{domain}.enable")
    frame.wait_for("window.gdakg?.ready === true")
    assert frame.messages == []
    assert frame.evaluate("window.origin") == "null"  # of no origin: it reads nothing of ours
    return frame


def test_statements_are_a_table_too(opener: Opener, server: Stub) -> None:
    page = opener()
    write(page, "DESCRIBE <https://w3id.org/gdakg/id/pillar/4>")
    run(page)
    rows = page.evaluate(ROWS)
    assert ["pillar/4", "rdf:type", "gda:Pillar"] in rows
    labels = [row[2] for row in rows if row[1] == "skos:prefLabel"]
    assert any("@zh-Hans" in label for label in labels)
    assert (
        page.evaluate("document.querySelector('#table td a').getAttribute('href')") == "id/pillar/4"
    )
    page.click("#views [value=raw]")
    page.wait_for("document.querySelector('#raw pre').innerText.includes('pillar/4')")


def test_an_empty_answer_says_what_was_searched(opener: Opener, kg: gdakg.KnowledgeGraph) -> None:
    page = opener("question=adoptions")
    assert run(page).startswith("0 rows")
    page.wait_for("document.getElementById('table').innerText.includes('as of')")
    extent = kg.extent("adoptions")
    assert extent
    told = page.evaluate("document.getElementById('table').innerText")
    assert told == (
        "No rows. That is no proof that there is none. "
        f"{extent.records} records searched, as of {extent.as_of}."
    )


def test_the_address_and_the_browser_keep_queries(opener: Opener) -> None:
    page = opener()
    before = [f"ASK {{ ?s ?p {number} }}" for number in range(19, -1, -1)]
    page.evaluate(f"localStorage['gdakg-console-past'] = {json.dumps(json.dumps(before))}")
    for number in (20, 21):
        write(page, f"ASK {{ ?s ?p {number} }}")
        run(page)
    again = opener(page.evaluate("location.hash.slice(1)"))
    assert again.evaluate(TEXT) == "ASK { ?s ?p 21 }"
    again.evaluate("document.getElementById('past').open = true")
    again.wait_for("document.querySelector('#past button')")
    kept = again.evaluate("[...document.querySelectorAll('#past button')].map((e) => e.innerText)")
    assert kept == [*(f"ASK {{ ?s ?p {n} }}" for n in range(21, 1, -1)), "Forget them all"]
    again.evaluate("document.querySelectorAll('#past button')[3].click()")
    assert again.evaluate(TEXT) == "ASK { ?s ?p 18 }"
    again.evaluate("document.getElementById('past').open = true")
    again.wait_for("document.querySelector('#past .forget')")
    again.click("#past .forget")
    assert again.evaluate(
        "localStorage.length === 0 || localStorage['gdakg-console-past'] === '[]'"
    )


def test_a_browser_that_keeps_nothing_will_do(opener: Opener) -> None:
    page = opener()
    page.evaluate("Storage.prototype.setItem = Storage.prototype.getItem = () => { throw 1 }; 0")
    assert run(page).startswith("20 rows")


def test_all_is_done_by_keyboard(opener: Opener) -> None:
    page = opener()
    page.evaluate("document.querySelector('#questions li:last-child button').focus()")
    page.press("Tab")
    assert page.evaluate(f"{EDITOR}.activeElement === {CONTENT}")
    keys(page, "a", 65, ctrl=True)
    page.send("Input.insertText", text="ASK { ?s a gda:Stan")
    page.wait_for(f"{EDITOR}.querySelector('.cm-tooltip-autocomplete li')")
    first = page.evaluate(f"{EDITOR}.querySelector('.cm-tooltip-autocomplete li').innerText")
    assert first.split("\n")[0].startswith("gda:Standard")
    assert "class · standard" in first
    page.wait_for(f"{EDITOR}.querySelector('[aria-selected]')")
    time.sleep(0.1)  # CodeMirror takes no Enter for a choice in the first moment
    page.press("Enter")
    page.wait_for(f"{TEXT} === 'ASK {{ ?s a gda:Standard'")
    page.send("Input.insertText", text=" }")
    page.press("Escape")
    keys(page, "Enter", 13, ctrl=True)
    page.wait_for("document.getElementById('table').innerText === 'Yes'")
    page.press("Tab")
    assert page.evaluate(f"{EDITOR}.activeElement === {CONTENT}")  # it indents
    page.press("Escape")
    page.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    assert "Escape, then Tab, leaves the editor" in page.evaluate(
        f"document.getElementById({CONTENT}.getAttribute('aria-describedby')).innerText"
    )
    page.press("Enter")
    answered(page)
    for _ in range(3):
        page.press("Tab")
    assert page.evaluate("document.activeElement.value") == "table"


def test_a_label_in_any_language_finds_the_word(opener: Opener) -> None:
    page = opener("lang=zh-Hant")
    write(page, "ASK { ?s a 標準")
    page.wait_for(f"{EDITOR}.querySelector('.cm-tooltip-autocomplete li')")
    found = page.evaluate(
        f"[...{EDITOR}.querySelectorAll('.cm-tooltip-autocomplete li')].map((e) => e.innerText)"
    )
    assert any(each.startswith("gda:Standard") and "類別 · 標準" in each for each in found)


def test_as_a_file_it_says_that_it_needs_a_server(local: Browser, tmp_path: Path) -> None:
    (tmp_path / "console.html").write_text(console(), encoding="utf-8")
    page = local.open(tmp_path / "console.html")
    assert "no server to ask" in page.evaluate("document.getElementById('no-server').innerText")
    assert page.evaluate("document.getElementById('no-server').checkVisibility()")
    assert page.requests == page.messages == []
    run(page)
    assert page.evaluate("document.getElementById('fault').innerText").startswith("The server")
    assert page.messages == []
    page.close()
