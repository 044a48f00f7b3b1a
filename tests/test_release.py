"""Two releases side by side: the bundled one, and an earlier one made from it by hand."""

import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
import running
from asked import ASKED
from gdakg import questions
from gdakg.answers import solutions
from reading import ROOT

OWN = "https://w3id.org/gdakg/graph/"

#: file, what it says today, what release 0.0.9 said
EDITS = [
    ("release.ttl", "<release/0.1.0>", "<release/0.0.9>"),
    ("release.ttl", 'schema:version "0.1.0"', 'schema:version "0.0.9"'),
    ("schemes.ttl", '"已發布"@zh-Hant', '"已出版"@zh-Hant'),
]
#: a standard or gap, what it says today, what it said
MOVED = [
    ("standards.ttl", "<std/itu-t/l.1480>", "l.1480/2025-07>", "l.1480/2022-12>"),
    ("standards.ttl", "<std/itu-t/l.1481>", "<stage/published>", "<stage/draft>"),
    ("standards.ttl", "<std/iso-iec/20546>", "<stage/under-review>", "<stage/published>"),
    ("gaps.ttl", "<gap/ai-est>", "<gap-status/partly-addressed>", "<gap-status/open>"),
]
#: invented, to be gone from the later release
GONE = '\n<std/itu-t/l.9999> a gda:Standard ;\n    dcterms:identifier "ITU-T L.9999" .\n'

#: worked out from the edits
WANTED = {
    "en": [
        ("added", "GAP-AI-COORD", None, None),
        ("added", "RFC 8428", None, None),
        ("edition", "ITU-T L.1480", "ITU-T L.1480 (12/2022)", "ITU-T L.1480 (07/2025)"),
        ("gone", "ITU-T L.9999", None, None),
        ("stage", "ISO/IEC 20546", "published", "under review"),
        ("stage", "ITU-T L.1481", "draft", "published"),
        ("status", "GAP-AI-EST", "open", "partly addressed"),
    ],
    "zh-Hant": [
        ("新增", "GAP-AI-COORD", None, None),
        ("新增", "RFC 8428", None, None),
        ("版次", "ITU-T L.1480", "ITU-T L.1480 (12/2022)", "ITU-T L.1480 (07/2025)"),
        ("移除", "ITU-T L.9999", None, None),
        ("階段", "ISO/IEC 20546", "已出版", "複審中"),
        ("階段", "ITU-T L.1481", "草案", "已發布"),
        ("狀態", "GAP-AI-EST", "待填補", "部分因應"),
    ],
}


def block(thing: str, text: str) -> str:
    """Return all that `text` says about `thing`."""
    (found,) = re.findall(rf"^{re.escape(thing)} a .*?\.\n(?=\n|\Z)", text, re.M | re.S)
    return str(found)


def edited(path: Path, old: str, new: str) -> None:
    """Replace the one `old` in the file `path`."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {old!r} stands there {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")


def older(root: Path) -> Path:
    """Return `root` with release 0.0.9 in it."""
    for name in ("ontology", "data"):
        shutil.copytree(ROOT / name, root / name)
    data = root / "data"
    for name, today, before in EDITS:
        edited(data / name, today, before)
    for name, thing, today, before in MOVED:
        said = block(thing, (data / name).read_text(encoding="utf-8"))
        assert today in said
        edited(data / name, said, said.replace(today, before))
    for name, thing in (("standards.ttl", "<std/ietf/rfc-8428>"), ("gaps.ttl", "<gap/ai-coord>")):
        edited(data / name, block(thing, (data / name).read_text(encoding="utf-8")), "")
    with (data / "standards.ttl").open("a", encoding="utf-8") as file:
        file.write(GONE)
    return root


def quads(root: Path) -> Iterator[og.Quad]:
    """Yield the quads of the release in `root`, each in the graph of its file."""
    for path in [*(root / "ontology").glob("*.ttl"), *(root / "data").glob("*.ttl")]:
        if path.stem != "shapes":
            graph = og.NamedNode(OWN + ("ontology" if path.stem == "gdakg" else path.stem))
            for quad in og.parse(path=path, base_iri="https://w3id.org/gdakg/id/"):
                yield og.Quad(quad.subject, quad.predicate, quad.object, graph)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of release 0.0.9."""
    return older(tmp_path_factory.mktemp("release") / "gdakg-0.0.9")


@pytest.fixture(scope="module")
def both(folder: Path) -> gdakg.KnowledgeGraph:
    """Return the bundled graph with release 0.0.9 beside it."""
    return gdakg.load(earlier=folder)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a folder with a release of two graphs."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "release.ttl").write_text(SMALL, encoding="utf-8")
    (tmp_path / "data" / "bodies.ttl").write_text("<org/x> a <http://example.org/c> .\n")
    return tmp_path


SMALL = """\
@base <https://w3id.org/gdakg/id/> .
@prefix graph: <https://w3id.org/gdakg/graph/> .
@prefix schema: <https://schema.org/> .
<release/0.0.1> a <http://www.w3.org/ns/dcat#Dataset> ;
    <http://purl.org/dc/terms/hasPart> graph:bodies , graph:release ;
    schema:version "0.0.1" .
"""


def changed(kg: gdakg.KnowledgeGraph, **asked: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in solutions(kg.query("changes", **asked))]


run = partial(running.run, width=120)


@pytest.mark.parametrize("lang", WANTED)
@pytest.mark.parametrize("later", [None, "0.1.0", "https://w3id.org/gdakg/id/release/0.1.0"])
def test_changes_are_those_made_by_hand(
    both: gdakg.KnowledgeGraph, lang: str, later: str | None
) -> None:
    assert changed(both, earlier="0.0.9", later=later, lang=lang) == WANTED[lang]


def test_the_other_way_round_what_was_added_is_gone(both: gdakg.KnowledgeGraph) -> None:
    back = changed(both, earlier="0.1.0", later="0.0.9")
    assert [row[:2] for row in back if row[0] in {"added", "gone"}] == [
        ("added", "ITU-T L.9999"),
        ("gone", "GAP-AI-COORD"),
        ("gone", "RFC 8428"),
    ]
    assert ("stage", "ITU-T L.1481", "published", "draft") in back
    assert changed(both, earlier="0.1.0", later="0.1.0") == []


@pytest.mark.parametrize(
    ("name", "form"), [("old.nq", og.RdfFormat.N_QUADS), ("old.trig", og.RdfFormat.TRIG)]
)
def test_a_file_of_named_graphs_is_as_good(
    folder: Path, tmp_path: Path, name: str, form: og.RdfFormat
) -> None:
    foreign = og.NamedNode("http://example.org/mine")
    extra = og.Quad(foreign, foreign, foreign, foreign)
    og.serialize([*quads(folder), extra], tmp_path / name, form)
    kg = gdakg.load(earlier=tmp_path / name)
    assert changed(kg, earlier="0.0.9") == WANTED["en"]
    assert kg.releases.evaluate("ASK { <http://example.org/mine> ?p ?o }", {}) is False


def test_a_wheel_that_was_unpacked_is_as_good(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "wheel" / "gdakg")
    assert changed(gdakg.load(earlier=tmp_path / "wheel"), earlier="0.0.9") == WANTED["en"]


def test_graphs_and_mentions_of_them_get_versioned_names(both: gdakg.KnowledgeGraph) -> None:
    asked = "SELECT ?part { <release/0.0.9> dcterms:hasPart ?part }"
    parts = {row.part for row in solutions(both.releases.evaluate(asked, {}))}
    named = {path.stem for path in (ROOT / "data").glob("*.ttl")} | {"ontology", "alignments"}
    assert parts == {f"{OWN}0.0.9/{name}" for name in named}
    graphs = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"
    there = {row.graph for row in solutions(both.releases.evaluate(graphs, {}))}
    assert there == parts | {OWN + name for name in named}
    described = "SELECT ?graph { GRAPH ?graph { ?graph a void:Dataset } }"
    assert {row.graph for row in solutions(both.releases.evaluate(described, {}))} == there


def test_all_else_sees_the_bundled_release_alone(
    kg: gdakg.KnowledgeGraph, both: gdakg.KnowledgeGraph
) -> None:
    for name in set(questions.names()) - {"changes"}:
        one, other = (solutions(graph.query(name, **ASKED.get(name, {}))) for graph in (both, kg))
        assert one.terms == other.terms, name
        assert both.extent(name) == kg.extent(name), name
    assert len(both) == len(kg)
    assert len(both.graph) == len(kg.graph)
    assert both.describe("L.1480") == kg.describe("L.1480")
    assert both.query("ASK { ?s dcterms:identifier 'ITU-T L.9999' }") is False
    assert both.query("ASK { GRAPH ?g { ?s dcterms:identifier 'ITU-T L.9999' } }") is False


def test_what_was_searched_are_both_releases(both: gdakg.KnowledgeGraph) -> None:
    extent = both.extent("changes")
    assert extent is not None
    assert extent.told() == "2 records searched (release of a dataset), as of 2026-11-22"
    assert both.find("0.0.9", "release") == "https://w3id.org/gdakg/id/release/0.0.9"


@pytest.mark.parametrize("lang", WANTED)
def test_the_command_line_tells_the_changes(folder: Path, lang: str) -> None:
    given = ("query", "changes", "--earlier", str(folder), "-p", "earlier=0.0.9", "--lang", lang)
    done = run(*given, "--format", "tsv")
    assert done.exit_code == 0, done.output
    rows = [line.split("\t") for line in done.stdout.splitlines()[1:]]
    cells = [tuple(re.sub(r'^"|"(@[\w-]+)?$', "", cell) or None for cell in row) for row in rows]
    assert cells == WANTED[lang]
    table = run(*given).stdout
    assert all(row[1] in table for row in WANTED[lang])
    assert ("2 records searched" if lang == "en" else "檢索了2筆紀錄") in table


def test_the_command_line_says_what_sees_one_release(folder: Path) -> None:
    done = run("query", "gaps", "--earlier", str(folder))
    assert done.exit_code == 0
    assert done.stdout == run("query", "gaps").stdout
    assert done.stderr == "--earlier: this question sees the bundled release alone\n"
    refused = run("query", "changes", "--earlier", str(folder), "--endpoint", "http://localhost/")
    assert refused.exit_code == 2
    assert "--earlier stands beside the bundled graph" in refused.stderr


def test_a_version_that_is_not_loaded_names_those_that_are(
    kg: gdakg.KnowledgeGraph, both: gdakg.KnowledgeGraph
) -> None:
    with pytest.raises(gdakg.ParameterError, match=r"no release '0\.3'; loaded: 0\.0\.9, 0\.1\.0 "):
        both.query("changes", earlier="0.0.9", later="0.3")
    with pytest.raises(
        gdakg.ParameterError, match=r"no release '0\.0\.9'; loaded: 0\.1\.0 \(--ear"
    ):
        kg.query("changes", earlier="0.0.9")
    with pytest.raises(gdakg.ParameterError, match=r"changes needs earlier \(release\): "):
        kg.query("changes")


#: what is written into data/release.ttl of the small release, and what is said about it
FAULTS = {
    "another version than the IRI": (
        '"0.0.1"',
        '"0.1.0"',
        r"release/0\.0\.1> has the version '0\.1\.0'",
    ),
    "no version": ('schema:version "0.0.1"', "schema:name 1", "no release is described in it"),
    "two releases": (
        '"0.0.1" .',
        '"0.0.1" .\n<release/2> a <http://www.w3.org/ns/dcat#Dataset> ; schema:version "2" .',
        r"holds the releases 0\.0\.1, 2; put each in a place of its own",
    ),
    "a part that is away": (
        "graph:bodies",
        "graph:bodies, graph:areas",
        r"1 of the 3 graphs of release 0\.0\.1 are not there: <.*graph/areas>; name the whole",
    ),
    "a slip": ('schema:version "0.0.1" .', "schema:version oops .", r"release\.ttl:6: "),
    "an undeclared prefix": ("graph:release", "grph:release", r"release\.ttl:5: "),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_release_is_refused_in_one_line(small: Path, fault: str) -> None:
    assert len(gdakg.load(earlier=small)) > 0
    old, new, message = FAULTS[fault]
    edited(small / "data" / "release.ttl", old, new)
    with pytest.raises(gdakg.LoadError, match=message) as caught:
        gdakg.load(earlier=small)
    assert "\n" not in str(caught.value)


def test_the_same_release_twice_is_refused() -> None:
    message = r"release 0\.1\.0, which is the bundled one; name another one"
    with pytest.raises(gdakg.LoadError, match=message):
        gdakg.load(earlier=ROOT)


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    needed = r"a release is a folder with ontology/ and data/ in it, or a file with named graphs"
    with pytest.raises(gdakg.LoadError, match=needed):
        gdakg.load(earlier=tmp_path)
    with pytest.raises(gdakg.LoadError, match=r"release\.ttl: neither a folder nor a file"):
        gdakg.load(earlier=ROOT / "data" / "release.ttl")
    with pytest.raises(gdakg.LoadError, match=f"gdakg-0.0.7: neither a folder.*; {needed}"):
        gdakg.load(earlier=tmp_path / "gdakg-0.0.7")
    with pytest.raises(gdakg.LoadError, match=r"none\.nq: "):
        gdakg.load(earlier=tmp_path / "none.nq")
    with pytest.raises(gdakg.LoadError, match="an address"):
        gdakg.load(earlier="https://example.org/old.nq")
    (tmp_path / "broken.nq").write_text("<http://a> <http://b> <http://c> .\n<http://a> oops\n")
    with pytest.raises(gdakg.LoadError, match=r"broken\.nq:2: "):
        gdakg.load(earlier=tmp_path / "broken.nq")
    done = run("query", "changes", "--earlier", str(tmp_path / "broken.nq"), "-p", "earlier=1")
    assert done.exit_code == 1
    assert re.search(r"broken\.nq:2: ", done.stderr)
    (tmp_path / "merged.nq").write_text("<http://a> <http://b> <http://c> .\n")
    with pytest.raises(gdakg.LoadError, match="no release is described in it"):
        gdakg.load(earlier=tmp_path / "merged.nq")
