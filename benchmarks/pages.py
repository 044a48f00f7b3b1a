"""Measure our network page beside pyvis' own in one Chromium, and write it into results.md.

Each page is opened alone in a new browser, in turns; figures are medians.  CPU seconds are those
of the process that shows the page; times by the clock vary with what else the machine does.
Nothing is fetched.  There is no graphics card: Chromium draws with the processor.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import networkx as nx
from pyvis.network import Network
from sections import write_section

import gdakg
from gdakg.layout import positions
from gdakg.pages.fill import caption, to_pyvis
from gdakg.pages.kinds import KINDS
from gdakg.pages.page import write
from gdakg.pages.wording import HEADING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))
from chromium import Browser, ChromiumError, Page  # noqa: E402

RUNS: Final = 3
#: pyvis' default physics takes minutes, so it is given so many seconds, once
CAP: Final = 60.0
MOVES: Final = 40
SIZES: Final = (300, 1_000, 3_000, 10_000)
#: the first is measured at these sizes only
DEFAULT_SIZES: Final = (300, 1_000)

OURS: Final = "gdakg"
GIVEN: Final = "pyvis, positions given"
DEFAULT: Final = "pyvis, as it comes"


BASE: Final = "https://example.org/id/"

#: predicate -> its labels
LINKS: Final = {
    "http://purl.org/dc/terms/publisher": ("published by", "发布机构", "發布機構"),
    "https://w3id.org/gdakg/def/inArea": ("in area", "所属领域", "所屬領域"),
    "https://w3id.org/gdakg/def/supportsPillar": ("supports pillar", "支撑支柱", "支持支柱"),
    "https://w3id.org/gdakg/def/developedBy": ("developed by", "制定者", "制定者"),
    "https://w3id.org/gdakg/def/concerns": ("concerns", "涉及", "涉及"),
}
TAGS: Final = ("en", "zh-Hans", "zh-Hant")

#: invented titles differ as real ones do, so that a page cannot write them all as one
PATTERNS: Final = {
    "en": "{0} for {1} of {2}, part {3}",
    "zh-Hans": "{2}的{1}{0} 第{3}部分",
    "zh-Hant": "{2}的{1}{0} 第{3}部分",
}
WORDS: Final = [
    [dict(zip(TAGS, word.split("|"), strict=True)) for word in words.split("\n")]
    for words in (
        "Methodology|方法|方法\nRequirements|要求|要求\nGuidelines|指南|指引\n"
        "Test procedure|测试规程|測試程序\nFramework|框架|框架\nTerminology|术语|術語",
        "energy efficiency|能效|能源效率\nthe carbon footprint|碳足迹|碳足跡\nrepair|维修|維修\n"
        "durability|耐用性|耐用性\nclimate adaptation|气候适应|氣候調適\nrecycling|回收|回收",
        "data centres|数据中心|資料中心\nmobile networks|移动网络|行動網路\nbatteries|电池|電池\n"
        "cloud services|云服务|雲端服務\noptical fibres|光纤|光纖\nsoftware|软件|軟體\n"
        "base stations|基站|基地臺\nsmart cities|智慧城市|智慧城市\nsensors|传感器|感測器",
    )
]

#: keeps the times between two frames while it runs
RECORD: Final = """
window.frames_ms = [];
(function next(before) {
  requestAnimationFrame((now) => {
    if (before) frames_ms.push(now - before);
    if (!window.frames_end) next(now);
  });
})(0);
"""


class Made(NamedTuple):
    """A page, what it took to make it, and what a browser may wait for."""

    path: Path
    seconds: float  #: of Python's CPU, from a networkx graph to the file
    cap: float = 60.0


class Measured(NamedTuple):
    """What one page took in a browser."""

    ready: float  #: CPU seconds until it was drawn
    in_time: bool
    pan: float | None  #: 95th percentile of the time between two frames while moved, in ms


def synthetic(count: int) -> nx.MultiDiGraph:
    """Return a graph of `count` nodes, shaped as ours is, with twice as many edges."""
    chance = random.Random(count)
    shares = {"pillar": 7, "area": 22, "body": count // 40, "committee": count // 20}
    shares["gap"] = count // 30
    shares["standard"] = count - sum(shares.values())
    graph = nx.MultiDiGraph()
    things = {kind: [_add(graph, kind, n) for n in range(many)] for kind, many in shares.items()}
    publisher, area, pillar, committee, concerns = LINKS

    def link(start: str, predicate: str, kind: str) -> int:
        # Few bodies publish most, as in ours.
        end = things[kind][int(len(things[kind]) * chance.random() ** 2)]
        labels = dict(zip(TAGS, LINKS[predicate], strict=True))
        if graph.has_edge(start, end, predicate):
            return 0
        graph.add_edge(start, end, key=predicate, predicate=predicate, labels=labels)
        return 1

    for start in things["area"]:
        link(start, pillar, "pillar")
    for start in things["committee"]:
        link(start, publisher, "body")
    for start in things["gap"]:
        link(start, concerns, "area")
    for start in things["standard"]:
        link(start, publisher, "body")
    missing = 2 * count - graph.number_of_edges()
    while missing:
        predicate, kind = chance.choice(((area, "area"), (committee, "committee")))
        missing -= link(chance.choice(things["standard"]), predicate, kind)
    return graph


def _add(graph: nx.MultiDiGraph, kind: str, number: int) -> str:
    iri = f"{BASE}{kind}/{number}"
    chance = random.Random(iri)
    chosen = [chance.choice(words) for words in WORDS]
    labels = {tag: PATTERNS[tag].format(*(word[tag] for word in chosen), number) for tag in TAGS}
    facts = [({"en": "Stage", "zh-Hans": "阶段", "zh-Hant": "階段"}, "published")]
    code = None if kind in ("area", "gap") else f"EX {kind[0].upper()}.{number}"
    graph.add_node(iri, kind=kind, labels=labels, code=code, facts=facts, status=None)
    return iri


def ours(graph: nx.MultiDiGraph, folder: Path) -> Made:
    """Return our page of `graph`, laid out and written as `gdakg view network` does."""
    path = folder / "ours.html"
    began = time.process_time()
    places = positions(graph)
    write(to_pyvis(graph, places, heading=HEADING, language="en"), path)
    return Made(path, time.process_time() - began)


def given(graph: nx.MultiDiGraph, folder: Path) -> Made:
    """Return pyvis' page with our positions, which are not counted, and no physics."""
    places = positions(graph)
    path = folder / "given.html"
    began = time.process_time()
    network = _pyvis(graph, places)
    network.toggle_physics(False)
    page = network.generate_html()
    taken = time.process_time() - began
    path.write_text(_telling(page, "afterDrawing"), encoding="utf-8")
    return Made(path, taken)


def default(graph: nx.MultiDiGraph, folder: Path) -> Made:
    """Return the page that pyvis makes without being told more than nodes and edges."""
    path = folder / "default.html"
    began = time.process_time()
    page = _pyvis(graph, None).generate_html()
    taken = time.process_time() - began
    path.write_text(_telling(page, "stabilizationIterationsDone"), encoding="utf-8")
    return Made(path, taken, CAP)


def _pyvis(graph: nx.MultiDiGraph, places: dict[str, tuple[float, float]] | None) -> Network:
    """Return pyvis' network; directed, since its other mode looks at all edges for each."""
    network = Network(height="736px", directed=True, cdn_resources="in_line")
    for iri, known in graph.nodes(data=True):
        look = KINDS[known["kind"]]
        place = {} if places is None else dict(zip("xy", map(float, places[iri]), strict=True))
        network.add_node(
            iri,
            label=caption(known, "en"),
            title="\n".join(known["labels"].values()),
            shape=look.shape,
            color=look.fill,
            size=look.radius,
            **place,
        )
    for start, end, known in graph.edges(data=True):
        network.add_edge(start, end, title=known["labels"]["en"])
    return network


def _telling(page: str, event: str) -> str:
    """Return pyvis' page, which says as ours does when it has been drawn."""
    made = "network = new vis.Network(container, data, options);"
    assert made in page, "pyvis makes its network in another way"
    after = "requestAnimationFrame(() => requestAnimationFrame(() => (window.gdakg.ready = true)))"
    told = f"window.gdakg = {{}}; network.once({event!r}, () => {after});"
    return page.replace(made, made + told)


def measured(made: Made, *, panned: bool = True) -> Measured:
    """Open the page in a browser of its own; return what it took until drawn, and when moved."""
    with Browser() as browser:
        page = Page(browser, made.path.as_uri(), size=(1280, 800), dark=False, calm=True)
        before = _renderers(browser)
        page.send("Page.navigate", url=page.url)
        in_time = _is_ready(page, made.cap)
        after = _renderers(browser)
        ready = sum(max(0.0, cpu - before.get(pid, 0.0)) for pid, cpu in after.items())
        return Measured(ready, in_time, _pan(page) if panned and in_time else None)


def _renderers(browser: Browser) -> dict[int, float]:
    """Return the CPU seconds so far of each process that shows pages."""
    processes = browser.send("SystemInfo.getProcessInfo")["processInfo"]
    return {each["id"]: each["cpuTime"] for each in processes if each["type"] == "renderer"}


def _is_ready(page: Page, cap: float) -> bool:
    deadline = time.monotonic() + cap
    while time.monotonic() < deadline:
        try:
            if page.evaluate("Boolean(window.gdakg && window.gdakg.ready)"):
                return True
        except ChromiumError:  # between two documents there is none to ask
            pass
        time.sleep(0.1)
    return False


def _pan(page: Page) -> float:
    """Move the picture by the mouse; return the 95th percentile of the time between frames."""
    time.sleep(1)
    box = page.evaluate(
        "(b => [b.left, b.top])(document.querySelector('canvas').getBoundingClientRect())"
    )
    x, y = box[0] + 12, box[1] + 12  # a corner, where no node is
    mouse: dict[str, Any] = {"button": "left", "buttons": 1, "clickCount": 1}
    send: Callable[..., object] = page.send
    send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    send("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, **mouse)
    page.evaluate(RECORD)
    for step in range(1, MOVES + 1):
        place = {"x": x + 8 * step, "y": y + 4 * step}
        send("Input.dispatchMouseEvent", type="mouseMoved", **place, button="left", buttons=1)
        time.sleep(0.016)
    frames = page.evaluate("(window.frames_end = true, frames_ms)")
    send("Input.dispatchMouseEvent", type="mouseReleased", **place, **mouse)
    return float(statistics.quantiles(frames, n=20, method="inclusive")[-1])


def compared(count: int) -> list[str]:
    """Return the rows of the table for a graph of `count` nodes."""
    graph = synthetic(count)
    makers = {OURS: ours, GIVEN: given}
    if count in DEFAULT_SIZES:
        makers[DEFAULT] = default
    with tempfile.TemporaryDirectory() as name:
        made = {title: maker(graph, Path(name)) for title, maker in makers.items()}
        found: dict[str, list[Measured]] = {title: [] for title in made}
        for run in range(RUNS):
            for title in made:
                if title != DEFAULT or run == 0:
                    found[title].append(measured(made[title]))
        sizes = {title: each.path.stat().st_size for title, each in made.items()}
    own = statistics.median(each.ready for each in found[OURS])
    return [
        _row(count, title, found[title], own, sizes[title], made[title].seconds) for title in made
    ]


def _row(
    count: int, title: str, runs: list[Measured], own: float, size: int, seconds: float
) -> str:
    ready = statistics.median(each.ready for each in runs)
    least = "" if all(each.in_time for each in runs) else "> "
    pans = [each.pan for each in runs if each.pan is not None]
    pan = f"{statistics.median(pans):.0f}" if pans else "–"
    cells = (
        f"{count:,}",
        title,
        f"{least}{ready:.2f}",
        f"{least}{ready / own:.1f}",
        pan,
        f"{size / 1000:,.0f}",
        f"{seconds:.2f}",
    )
    return f"| {' | '.join(cells)} |"


def section(rows: list[str], of_the_site: str) -> list[str]:
    """Return the part of results.md about pages."""
    return [
        "## Network pages in a browser",
        "",
        f"By `benchmarks/pages.py`: medians of {RUNS} runs in turns, each in a new Chromium",
        "without a graphics card; invented graphs with the shape of ours, labels in three",
        "languages, twice as many edges as nodes. *Ready*: CPU seconds of the page's process until",
        f"the network is drawn (at most {CAP:.0f} s by the clock; pyvis as it comes once). *Pan*:",
        "95th percentile of the time between two frames while the mouse drags the picture in",
        f"{MOVES} moves. *Build*: CPU seconds of Python from a networkx graph to the page; ours",
        "with its layout, pyvis' without one. Up to 3,000 nodes our page draws with vis-network",
        "too, beyond that with a canvas of its own.",
        "",
        "Wanted at 1,000 nodes: ready in 1/20 of pyvis as it comes and 1.3 times pyvis with",
        "positions, pan 50 ms, page 750 kB; at 10,000: ready in half of pyvis with positions, pan",
        "250 ms, build 3 s.",
        "",
        "| nodes | page | ready, CPU s | ratio to ours | pan, ms | page, kB | build, CPU s |",
        "| ---: | --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        of_the_site,
    ]


def site() -> str:
    """Return what the site of the bundled graph costs, as a sentence."""
    with tempfile.TemporaryDirectory() as folder:
        kg = gdakg.load()
        before = time.process_time()
        files = gdakg.pages.site(kg, Path(folder) / "site")
        spent = time.process_time() - before
        size = sum((Path(folder) / "site" / file).stat().st_size for file in files)
    return (
        f"\nThe site of the bundled graph, `gdakg site`: {len(files):,} files, "
        f"{size / 1e6:.0f} MB, {spent:.1f} CPU s (wanted: 20)."
    )


def main() -> None:
    """Write the table of pages into benchmarks/results.md and print it."""
    rows = [row for count in SIZES for row in compared(count)]
    write_section("pages", section(rows, site()))


if __name__ == "__main__":
    main()
