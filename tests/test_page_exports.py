"""What the Save menu of a network page writes, read back by other programs' readers."""

import base64
import csv
import io
import json
import re
import struct
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from chromium import Browser, Page
from gdakg.pages.fill import to_pyvis
from gdakg.pages.kinds import KINDS, known
from gdakg.pages.page import write
from gdakg.pages.wording import HEADING, LANGUAGES, WORDS
from landscapes import (
    BASE,
    CARBON,
    EVIL,
    IN_AREA,
    evil_landscape,
    judged_landscape,
    page_of,
    spiral,
)

FORMATS = ("png", "svg", "gexf", "graphml", "csv")
FORMULA = f"{BASE}formula"
STANDARD = f"{BASE}standard/10"
GAP = f"{BASE}gap/6"
SVG = "{http://www.w3.org/2000/svg}"
GEXF = "{http://gexf.net/1.3}"
STATUS = "document.getElementById('save-status').textContent"
VIZ = "{http://gexf.net/1.3/viz}"


def saved_landscape() -> nx.MultiDiGraph:
    """Return a network with parallel edges, values of one property, and would-be formulas."""
    graph = judged_landscape()
    graph.add_edge(GAP, CARBON, predicate="q", labels={"en": "concerns"}, judged=False)
    graph.add_edge(GAP, CARBON, **IN_AREA, judged=True)
    graph.add_edge(CARBON, GAP, predicate="q", labels={"en": "concerns"}, judged=False)
    graph.nodes[STANDARD]["facts"] += [({"en": "Stage"}, "revised"), ({"en": "label"}, "old")]
    labels = {"en": '=HYPERLINK("http://x", "y")', "zh-Hans": "@总部", "zh-Hant": "－總部, 甲"}
    graph.add_node(FORMULA, kind="body", code="+1", labels=labels)
    graph.nodes[FORMULA]["facts"] = [({"en": "-Note"}, 'two\nlines & "quotes"')]
    return graph


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(saved_landscape(), tmp_path_factory.mktemp("pages") / "page.html")


@pytest.fixture
def folder(browser: Browser, tmp_path: Path) -> Iterator[Path]:
    """Yield the folder into which the browser puts what a page saves."""
    made = tmp_path / "saved"
    made.mkdir()
    browser.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(made))
    yield made
    browser.send("Browser.setDownloadBehavior", behavior="default")


def wait_for(path: Path) -> bytes:
    """Return what stands in the file, once there is one."""
    deadline = time.monotonic() + 20
    while not (path.exists() and path.stat().st_size):
        assert time.monotonic() < deadline, sorted(path.parent.iterdir())
        time.sleep(0.02)
    return path.read_bytes()


def save(page: Page, folder: Path, extension: str) -> bytes:
    """Return the file that the entry of the menu saves."""
    language = page.evaluate("document.documentElement.lang")
    page.click("#save summary")
    page.click(f"#save button[value={extension}]")
    return wait_for(folder / f"gdakg-network-{language}.{extension}")


def saved(browser: Browser, path: Path, folder: Path, extension: str, **state: str) -> bytes:
    """Return the file from a fresh page in this `state`, a quiet one."""
    page = browser.open(path, fragment=urlencode(state))
    content = save(page, folder, extension)
    page.close_quiet()
    return content


def attributes_of(iri: str, graph: nx.MultiDiGraph) -> dict[str, str]:
    """Return the attributes that `graph` itself says a node has in the files."""
    node = graph.nodes[iri]
    labels = {f"label {tag}": text for tag, text in node.get("labels", {}).items()}
    told = {"kind": known(node["kind"]), "iri": iri, **labels}
    return told | ({"code": node["code"]} if node.get("code") else {})


def edges_of(graph: nx.MultiDiGraph) -> Counter[tuple[str, str, str, bool]]:
    """Return the edges of the landscape, or of a file read back, which has plain labels."""
    return Counter(
        (source, target, told.get("label") or told["labels"]["en"], bool(told.get("judged")))
        for source, target, told in graph.edges(data=True)
    )


#: what the page says of the standard, as the facts in the landscape have it
FACTS = {"Web page": "https://example.org/page", "Stage": "published; revised", "label (2)": "old"}


def test_gexf_is_read_back_by_networkx(browser: Browser, path: Path, folder: Path) -> None:
    graph = saved_landscape()
    read = nx.read_gexf(io.BytesIO(saved(browser, path, folder, "gexf")))
    assert isinstance(read, nx.MultiDiGraph)
    assert set(read) == set(graph)
    assert edges_of(read) == edges_of(graph)
    for iri in graph:
        assert attributes_of(iri, graph).items() <= read.nodes[iri].items(), iri
    assert read.nodes[STANDARD].items() >= FACTS.items()
    assert read.nodes[FORMULA]["-Note"] == 'two\nlines & "quotes"'
    assert read.nodes[CARBON]["label"] == "Carbon footprint"
    viz = read.nodes[STANDARD]["viz"]
    assert viz["color"] == {"r": 0x56, "g": 0xB4, "b": 0xE9, "a": 1.0}
    x, y = spiral(graph)[STANDARD]
    # Upwards, as in Gephi.
    assert viz["position"] == pytest.approx({"x": x, "y": -y, "z": 0}, abs=0.51)
    # A standard with two relations: 5 + 2 * sqrt(2).
    assert viz["size"] == pytest.approx(7.8)


def test_gexf_follows_its_schema(browser: Browser, path: Path, folder: Path) -> None:
    root = ET.fromstring(saved(browser, path, folder, "gexf"))
    assert (root.tag, root.attrib) == (f"{GEXF}gexf", {"version": "1.3"})
    assert [child.tag for child in root] == [f"{GEXF}meta", f"{GEXF}graph"]
    graph = root[1]
    assert graph.attrib == {"mode": "static", "defaultedgetype": "directed", "idtype": "string"}
    names = ["attributes", "attributes", "nodes", "edges"]
    assert [child.tag for child in graph] == [GEXF + name for name in names]
    edges = graph[3]
    assert [edge.get("id") for edge in edges] == [str(number) for number in range(len(edges))]
    # Gephi takes edges with the same ends and kind for one.
    ends = Counter((edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges)
    assert max(ends.values()) == 1
    kinds = {kind for source, target, kind in ends if (source, target) == (GAP, CARBON)}
    assert kinds == {"in area", "in area (our judgement)", "concerns"}
    shapes = {shape.get("value") for shape in root.iter(f"{VIZ}shape")}
    assert shapes == {"disc", "square", "triangle", "diamond"}


def test_graphml_is_read_back_by_networkx(browser: Browser, path: Path, folder: Path) -> None:
    graph = saved_landscape()
    read = nx.read_graphml(io.BytesIO(saved(browser, path, folder, "graphml")))
    assert isinstance(read, nx.MultiDiGraph)
    assert set(read) == set(graph)
    assert edges_of(read) == edges_of(graph)
    for iri in graph:
        assert attributes_of(iri, graph).items() <= read.nodes[iri].items(), iri
    told = read.nodes[STANDARD]
    assert told.items() >= FACTS.items()
    assert (
        told.items() >= {"label": "EX 10.1", "r": 0x56, "g": 0xB4, "b": 0xE9, "size": 7.8}.items()
    )
    x, y = spiral(graph)[STANDARD]
    assert (told["x"], told["y"]) == pytest.approx((x, -y), abs=0.51)


def test_only_what_is_shown_is_saved(browser: Browser, path: Path, folder: Path) -> None:
    graph = saved_landscape()
    graph.remove_nodes_from([iri for iri in list(graph) if "/area/" in iri or "/gap/" in iri])
    page = browser.open(path, fragment=urlencode({"hide": "area,gap"}))
    for read in (
        nx.read_gexf(io.BytesIO(save(page, folder, "gexf"))),
        nx.read_graphml(io.BytesIO(save(page, folder, "graphml"))),
    ):
        assert set(read) == set(graph)
        assert set(read.edges()) == {(STANDARD, f"{BASE}body/1")}
    assert {row[4 + 2] for row in rows(save(page, folder, "csv"))[1:]} == set(graph)
    assert len(shapes(ET.fromstring(save(page, folder, "svg")))) == len(graph)
    page.close()


def rows(content: bytes) -> list[list[str]]:
    """Return the rows of a csv file, which must be as Excel wants it."""
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_csv_holds_names_facts_and_relations(
    browser: Browser, path: Path, folder: Path, language: str
) -> None:
    graph, say = saved_landscape(), WORDS[language]
    head, *body = rows(saved(browser, path, folder, "csv", lang=language))
    names = [f"{say['name']} ({tag})" for tag in ("en", "zh-Hans", "zh-Hant", "fr")]
    assert head == [say["kind"], say["code"], *names, "IRI", say["facts"], say["relations"]]
    told = {row[6]: row for row in body}
    assert len(body) == len(told)
    assert told.keys() == set(graph)
    area = KINDS["area"].names[language]
    assert told[CARBON][:6] == [area, "", "Carbon footprint", "碳足迹", "碳足跡", ""]
    other = {"en": "", "zh-Hans": "[en] ", "zh-Hant": "[en] "}[language]
    page = graph.nodes[STANDARD]["facts"][0][0][language]
    assert told[STANDARD][7] == (
        f"{page}: https://example.org/page; {other}Stage: published; {other}Stage: revised; "
        f"{other}label: old"
    )
    carbon = graph.nodes[CARBON]["labels"][language]
    relation = graph.edges[STANDARD, CARBON, 0]["labels"][language]
    in_area = f"→ {relation} ({say['judged']}): {carbon}"
    by = f"→ {other}by: EX 1.1 · {other}The body"
    assert sorted(told[STANDARD][8].split("; ")) == sorted([in_area, by])
    assert len(told[CARBON][8].split("; ")) == graph.degree(CARBON)


def test_no_cell_of_the_csv_is_a_formula(browser: Browser, path: Path, folder: Path) -> None:
    _, *body = rows(saved(browser, path, folder, "csv"))
    (formula,) = (row for row in body if row[6] == FORMULA)
    names = ['\'=HYPERLINK("http://x", "y")', "'@总部", "'－總部, 甲"]
    assert formula[1:5] == ["'+1", *names]
    assert formula[7] == '\'-Note: two lines & "quotes"'
    assert not [cell for row in body for cell in row if cell[:1] in {*"=+-@＝＋－＠\t"} - {""}]


def shapes(svg: ET.Element) -> list[tuple[float, float]]:
    """Return where the outline of each node begins, in pixels of the picture."""
    (drawing,) = (each for each in svg.iter(f"{SVG}g") if "scale" in each.get("transform", ""))
    left, top, scale = numbers(drawing.get("transform", ""))
    nodes = drawing.iterfind(f".//{SVG}path[{SVG}title]")
    starts = (numbers(node.get("d", ""))[:2] for node in nodes)
    return [(left + x * scale, top + y * scale) for x, y in starts]


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", text)]


def test_the_svg_shows_all_in_its_language(browser: Browser, path: Path, folder: Path) -> None:
    graph = saved_landscape()
    # The page is dark and zoomed in; the picture is on paper and whole.
    page = browser.open(path, fragment=urlencode({"lang": "zh-Hans"}), dark=True)
    page.click("#zoom-in")
    svg = ET.fromstring(save(page, folder, "svg"))
    assert page.messages == []
    page.close()
    assert svg.find(f"{SVG}title").text == HEADING["zh-Hans"]  # type: ignore[union-attr]
    count = WORDS["zh-Hans"]["count"].format(nodes=len(graph), edges=graph.size())
    assert svg.find(f"{SVG}desc").text == count  # type: ignore[union-attr]
    assert "Noto Sans CJK SC" in svg.get("font-family", "")
    assert svg.find(f"{SVG}rect").get("fill") == "#ffffff"  # type: ignore[union-attr]
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    assert (svg.get("width"), svg.get("height")) == (f"{width:.0f}", f"{height:.0f}")
    places = shapes(svg)
    assert len(places) == len(graph)
    assert all(0 < x < width and 0 < y < height - 70 for x, y in places)
    lines = [path for path in svg.iter(f"{SVG}path") if path.get("d", "").count("L") == 1]
    assert len(lines) >= graph.size()
    texts = Counter(text.text for text in svg.iter(f"{SVG}text"))
    legend = {KINDS[known(kind)].names["zh-Hans"] for _, kind in graph.nodes(data="kind")}
    assert legend | {WORDS["zh-Hans"]["judged"]} <= texts.keys()
    assert texts["碳足迹"] == 2  # the letters, and the halo behind them


def test_the_svg_dims_what_the_page_dims(browser: Browser, path: Path, folder: Path) -> None:
    svg = ET.fromstring(saved(browser, path, folder, "svg", node=STANDARD))
    clear = {
        title.text
        for group in svg.iterfind(f".//{SVG}g[@opacity='1']")
        for title in group.iter(f"{SVG}title")
    }
    assert clear == {"EX 10.1", "Carbon footprint", "EX 1.1 · The body"}


def test_the_png_is_the_svg_twice_as_large(browser: Browser, path: Path, folder: Path) -> None:
    page = browser.open(path, dark=True)
    svg = ET.fromstring(save(page, folder, "svg"))
    png = save(page, folder, "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (2 * int(svg.get("width", "")), 2 * int(svg.get("height", "")))
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    # Decoded by the browser: colours in all, and the one in the corner, with all bytes set: white.
    script = """(async () => {
      const image = new Image(); image.src = %s; await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      return [new Set(pixels).size, pixels[0]];
    })()"""
    colours, corner = page.evaluate(script % json.dumps(address))
    assert colours > 100
    assert corner == 0xFFFFFFFF
    assert page.messages == []
    page.close()


def test_the_menu_works_by_keyboard(browser: Browser, path: Path, folder: Path) -> None:
    page = browser.open(path, fragment=urlencode({"node": CARBON}))
    is_open = "document.getElementById('save').open"
    focus = "document.activeElement.textContent"
    page.evaluate("document.querySelector('#save summary').focus()")
    assert page.evaluate(focus) == "Save"
    page.press("Enter")
    page.press("Tab")
    assert page.evaluate(focus) == WORDS["en"]["savePng"]
    page.press("Escape")
    assert (page.evaluate(is_open), page.evaluate(focus)) == (False, "Save")
    # Escape closed the menu, no more.
    assert page.evaluate("location.hash") != ""
    page.press("Enter")
    for _ in FORMATS:
        page.press("Tab")
    assert page.evaluate(focus) == WORDS["en"]["saveCsv"]
    page.press("Enter")
    wait_for(folder / "gdakg-network-en.csv")
    page.wait_for(f"{STATUS} === 'gdakg-network-en.csv saved'")
    assert (page.evaluate(is_open), page.evaluate(focus)) == (False, "Save")
    page.press("Enter")
    assert page.evaluate(is_open)
    page.press("Tab")
    for _ in FORMATS:
        page.press("Tab")
    assert not page.evaluate(is_open)
    page.close()


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_menu_fits_and_closes_by_a_press_outside(
    browser: Browser, path: Path, size: tuple[int, int]
) -> None:
    page = browser.open(path, size=size)
    page.click("#save summary")
    boxes = page.evaluate(
        "[...document.querySelectorAll('#save button, #save summary')]"
        ".map(e => e.getBoundingClientRect()).map(b => [b.left, b.right, b.height])"
    )
    assert len(boxes) == 1 + len(FORMATS)
    for left, right, height in boxes:
        assert 0 <= left < right <= size[0]
        assert height >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    where = {"x": 5, "y": 400, "button": "left", "clickCount": 1}
    for kind in ("mousePressed", "mouseReleased"):
        page.send("Input.dispatchMouseEvent", type=kind, **where)
    page.wait_for("!document.getElementById('save').open")
    page.close()


def test_a_picture_that_cannot_be_made_is_said_so(browser: Browser, path: Path) -> None:
    page = browser.open(path)
    page.evaluate("HTMLCanvasElement.prototype.toBlob = (tell) => tell(null)")
    page.click("#save button[value=png]")
    page.wait_for(f"{STATUS} !== ''")
    problem = "gdakg-network-en.png could not be saved: the picture is too large"
    assert page.evaluate(STATUS) == problem
    page.close()


def test_hostile_texts_are_texts_in_every_file(
    browser: Browser, tmp_path: Path, folder: Path
) -> None:
    graph = evil_landscape()
    heading = dict.fromkeys(LANGUAGES, EVIL[0])
    made = to_pyvis(graph, spiral(graph), heading=heading, language="en")
    write(made, tmp_path / "evil.html")
    page = browser.open(tmp_path / "evil.html")
    files: dict[str, Any] = {each: save(page, folder, each) for each in FORMATS}
    assert page.evaluate("window.__xss === undefined")
    page.close_quiet()
    svg = ET.fromstring(files["svg"])
    names = {each.tag.removeprefix(SVG) for each in svg.iter()}
    assert names == {"svg", "title", "desc", "rect", "g", "marker", "path", "text"}
    attributes = {name for each in svg.iter() for name in each.attrib}
    assert not {name for name in attributes if name.startswith("on") or "href" in name}
    assert svg.find(f"{SVG}title").text == EVIL[0]  # type: ignore[union-attr]
    assert len(shapes(svg)) == len(graph)
    for read in (
        nx.read_gexf(io.BytesIO(files["gexf"])),
        nx.read_graphml(io.BytesIO(files["graphml"])),
    ):
        assert len(read) == len(graph)
        assert read.number_of_edges() == graph.number_of_edges()
        english = {told["label en"] for told in read.nodes.values()}
        assert {EVIL[0], EVIL[1], EVIL[3], EVIL[5], EVIL[9], "nulbellescape[31m"} <= english
    assert len(rows(files["csv"])) == 1 + len(graph)
