"""The whole graph in a file: it reads back, it is in order, it is whole or not there."""

import csv
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import networkx
import pyarrow.parquet
import pyoxigraph as og
import pytest
import rdflib

import gdakg
from conftest import ASKED, serving
from engines import embedded
from gdakg import exporting, questions, sorting
from gdakg.export_commands import export_command
from gdakg.exporting import FORMATS, export
from gdakg.loading import load_bundled
from gdakg.namespaces import BASE, GRAPH, PREFIXES
from gdakg.turtle import canonical
from running import run

RDF = {
    "nt": og.RdfFormat.N_TRIPLES,
    "nq": og.RdfFormat.N_QUADS,
    "ttl": og.RdfFormat.TURTLE,
    "trig": og.RdfFormat.TRIG,
    "jsonld": og.RdfFormat.JSON_LD,
}

#: what is hard to write: terms of two graphs and of none, quotes, line ends, words like graphs
HARD = """
@prefix : <http://a/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:s :p :o .
:s :p "o <http://a/g> .\\n", "_:b <http://a/g>"@zh-Hant, "\\"<x>"^^<http://a/t>, "é\\u2028\\u0000" .
:g1 { :s :p :o . :sa :p "1"^^xsd:integer . <http://a/s> a :C . }
:g2 { :s :p :o . :s2 :p <http://a/o#x>, :g1 . }
"""
BLANK = """
@prefix : <http://a/> .
:g1 { _:x :p _:y . _:y :p :o . :s :q _:x . } :g2 { _:x :p "z" . }
"""


def triples(quads: Iterable[og.Quad]) -> set[og.Triple]:
    return {quad.triple for quad in quads}


def held(path: Path, form: str) -> list[og.Quad]:
    """Return what is in the file at `path`."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    return list(og.parse(text, format=RDF[form]))


@pytest.fixture(scope="module")
def bundled() -> list[og.Quad]:
    return list(load_bundled())


@pytest.fixture(scope="module")
def made(kg: gdakg.KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the bundled graph in every format."""
    folder = tmp_path_factory.mktemp("made")
    for form in FORMATS:
        export(kg, folder / f"all of it.{form}")
    return folder


@pytest.mark.parametrize("form", RDF)
def test_what_is_written_reads_back(made: Path, bundled: list[og.Quad], form: str) -> None:
    found = held(made / f"all of it.{form}", form)
    count = len(found)
    if form in {"nt", "ttl"}:
        assert triples(found) == triples(bundled)
    else:
        assert set(found) == set(bundled)
    assert count == len(triples(bundled) if form in {"nt", "ttl"} else bundled)


@pytest.mark.parametrize("form", RDF)
def test_hard_terms_read_back(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"hard.{form}.gz"
    export(embedded(HARD), path)
    expected = set(og.parse(HARD, format=og.RdfFormat.TRIG))
    if form in {"nt", "ttl"}:
        assert triples(held(path, form)) == triples(expected)
    else:
        assert set(held(path, form)) == expected
    assert len(expected) == 11


@pytest.mark.parametrize("form", RDF)
def test_blank_nodes_read_back_under_names_of_their_own(tmp_path: Path, form: str) -> None:
    texts = []
    for spelt in (BLANK, BLANK.replace("_:x", "_:other").replace("_:y", "_:x")):
        path = tmp_path / f"{len(texts)}.{form}"
        export(embedded(spelt), path)
        texts.append(path.read_bytes())
    assert texts[0] == texts[1]
    found = og.Dataset(held(path, form))
    expected = og.Dataset(og.parse(BLANK, format=og.RdfFormat.TRIG))
    if form in {"nt", "ttl"}:
        expected = og.Dataset(og.Quad(*quad.triple) for quad in expected)
    for dataset in (found, expected):
        dataset.canonicalize(og.CanonicalizationAlgorithm.RDFC_1_0)
    assert found == expected


def test_rdflib_reads_the_same(made: Path, bundled: list[og.Quad]) -> None:
    graph = rdflib.Graph().parse(made / "all of it.ttl")
    assert len(graph) == len(triples(bundled))
    for prefix in ("gda", "skos"):
        assert graph.store.namespace(prefix) == rdflib.URIRef(PREFIXES[prefix])


def test_statements_are_in_order(made: Path, kg: gdakg.KnowledgeGraph) -> None:
    for form in ("nt", "nq"):
        lines = (made / f"all of it.{form}").read_bytes().splitlines(keepends=True)
        assert lines == sorted(set(lines))
    graphs = re.findall(r"(?m)^(<.*>) \{$", (made / "all of it.trig").read_text("utf-8"))
    told = json.loads((made / "all of it.jsonld").read_text("utf-8"))
    assert graphs == sorted(set(graphs)) == [f"<{graph['@id']}>" for graph in told]
    assert len(graphs) == len(kg.query("graphs"))


def test_turtle_is_in_our_canonical_form(made: Path, bundled: list[og.Quad]) -> None:
    assert (made / "all of it.ttl").read_text("utf-8") == canonical(triples(bundled))


def test_sorting_by_way_of_files_gives_the_same(
    made: Path, kg: gdakg.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [b"%d\n" % (number * 7919 % 1000) for number in range(3000)]
    for size in (1, 7, 999, 1000, 3000, 3001):
        assert list(sorting.ordered(lines, tmp_path, size)) == sorted(set(lines))
    assert list(sorting.ordered([], tmp_path)) == []
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(sorting.ordered, "__defaults__", (1_000,))
    export(kg, tmp_path / "two.trig")
    assert (tmp_path / "two.trig").read_bytes() == (made / "all of it.trig").read_bytes()


def test_the_table_reads_back(made: Path, kg: gdakg.KnowledgeGraph) -> None:
    rows = list(csv.DictReader(io.StringIO((made / "all of it.csv").read_text("utf-8-sig"))))
    expected = kg.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a gda:Standard }")[0].n
    assert len({row["iri"] for row in rows}) == len(rows) == expected
    (row,) = [row for row in rows if row["code"] == "ITU-T L.1470"]
    assert row["edition"] == "ITU-T L.1470 (01/2020)"
    assert row["bodies"].startswith("ITU-T")


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_network_reads_back(made: Path, kg: gdakg.KnowledgeGraph, form: str) -> None:
    path = made / f"all of it.{form}"
    if form == "graphml":
        found = networkx.read_graphml(path, force_multigraph=True)
    else:
        found = networkx.read_gexf(path)
    expected = gdakg.network(kg)
    assert found.is_directed()
    assert set(found.nodes) == set(expected.nodes)
    links = Counter((a, b, data["predicate"]) for a, b, data in found.edges(data=True))
    assert links == Counter(list(expected.edges(keys=True)))
    thing = found.nodes[f"{BASE}std/itu-t/l.1470"]
    assert thing["kind"] == "standard"
    assert thing["code"] == "ITU-T L.1470"
    assert thing["label"].startswith("ITU-T L.1470 ")
    judged = {(a, b, data["predicate"]) for a, b, data in found.edges(data=True) if data["judged"]}
    assert judged == {(a, b, key) for a, b, key, is_judged in
                      expected.edges(keys=True, data="judged") if is_judged}  # fmt: skip


def test_the_keys_of_a_network_are_unique(made: Path) -> None:
    text = (made / "all of it.graphml").read_text("utf-8")
    for pattern in (r'<key id="([^"]*)"', r'<edge [^>]*\bid="([^"]*)"'):
        keys = re.findall(pattern, text)
        assert len(keys) == len(set(keys)) > 5


def test_parquet_reads_back(made: Path, bundled: list[og.Quad], tmp_path: Path) -> None:
    rows = pyarrow.parquet.read_table(made / "all of it.parquet").to_pylist()
    assert {quad_of(row) for row in rows} == set(bundled)
    assert len(rows) == len(bundled)
    export(embedded(HARD), tmp_path / "hard.parquet")
    hard = pyarrow.parquet.read_table(tmp_path / "hard.parquet").to_pylist()
    assert {quad_of(row) for row in hard} == set(og.parse(HARD, format=og.RdfFormat.TRIG))


def quad_of(row: dict[str, str | None]) -> og.Quad:
    """Return the statement in a row of Parquet."""
    told = str(row["object"])
    if row["kind"] == "iri":
        value: og.NamedNode | og.Literal = og.NamedNode(told)
    elif row["language"]:
        value = og.Literal(told, language=row["language"])
    else:
        value = og.Literal(told, datatype=og.NamedNode(str(row["datatype"])))
    graph = og.NamedNode(row["graph"]) if row["graph"] else og.DefaultGraph()
    subject, predicate = og.NamedNode(str(row["subject"])), og.NamedNode(str(row["predicate"]))
    return og.Quad(subject, predicate, value, graph)


@pytest.mark.parametrize("form", FORMATS)
def test_the_checksum_and_the_description_fit(
    made: Path, kg: gdakg.KnowledgeGraph, bundled: list[og.Quad], form: str
) -> None:
    path = made / f"all of it.{form}"
    count = len(triples(bundled) if form in {"nt", "ttl"} else bundled)
    digest, name = (made / f"{path.name}.sha256").read_text("utf-8").split("  ")
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert name == f"{path.name}\n"
    place = "http://there/"
    about = og.Store()
    about.load(path=str(made / f"{path.name}.void.ttl"), base_iri=f"{place}void.ttl")
    told = about.query(
        """PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        SELECT ?triples ?file ?size ?media ?graphs { ?all void:triples ?triples ;
            dcat:distribution ?file . ?file dcat:byteSize ?size ; dcat:mediaType ?media
          { SELECT ?all (COUNT(?part) AS ?graphs) { ?all void:subset ?part .
            ?part void:triples ?n } GROUP BY ?all } }""",
        base_iri=place,
    )
    assert isinstance(told, og.QuerySolutions)
    ((triples_, file, size, media, graphs),) = list(told)
    assert int(triples_.value) == count
    assert file.value == "http://there/all%20of%20it." + form
    assert int(size.value) == path.stat().st_size
    assert media.value.endswith(FORMATS[form].media)
    assert int(graphs.value) == len(kg.query("graphs"))


def test_the_description_counts_as_the_graph_does(made: Path, kg: gdakg.KnowledgeGraph) -> None:
    about = og.Store()
    about.load(path=str(made / "all of it.nq.void.ttl"), base_iri="http://there/")
    void = PREFIXES["void"]
    counted = {row.graph: row.triples for row in kg.query("graphs")}
    sizes = {
        quad.subject.value: int(quad.object.value)
        for quad in about.quads_for_pattern(None, og.NamedNode(f"{void}triples"), None)
        if quad.subject.value.startswith(GRAPH)
    }
    assert sizes == counted
    whole = og.NamedNode("http://there/#graph")
    for prop, text in (
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        ("classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
    ):
        (quad,) = about.quads_for_pattern(whole, og.NamedNode(void + prop), None)
        assert int(quad.object.value) == kg.query(text)[0].n


def test_the_same_graph_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    program = f"""
import gdakg
from gdakg.exporting import FORMATS, export
for form in FORMATS:
    export(gdakg.load(), f"{tmp_path}/all of it.{{form}}")
"""
    environment = os.environ | {"PYTHONHASHSEED": "2"}
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120, env=environment)
    names = sorted(path.name for path in made.iterdir())
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 3 * len(FORMATS)
    assert [n for n in names if (made / n).read_bytes() != (tmp_path / n).read_bytes()] == []


def test_packing_adds_nothing_of_its_own(tmp_path: Path) -> None:
    for name in ("one.nq.gz", "two.nq.gz"):
        export(embedded(HARD), tmp_path / name)
    assert (tmp_path / "one.nq.gz").read_bytes() == (tmp_path / "two.nq.gz").read_bytes()
    assert (tmp_path / "one.nq.gz").read_bytes()[3:8] == bytes(5)  # no name, no time


def test_a_failure_leaves_what_was_there(
    kg: gdakg.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "all.nq"
    export(embedded(HARD), path)
    before = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}

    def fail(done: int, of: int) -> None:
        if done > 5_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(kg, path, progress=fail)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.shutil, "copyfileobj", full)
    with pytest.raises(OSError, match="No space left"):
        export(kg, tmp_path / "all.ttl")
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == before


def test_it_tells_how_far_it_is(kg: gdakg.KnowledgeGraph, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    count = export(kg, tmp_path / "all.nq", progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (count, count)
    assert {of for _, of in told} == {count}


def test_the_command_writes_and_tells(tmp_path: Path, bundled: list[og.Quad]) -> None:
    path = tmp_path / "gdakg.nq.gz"
    done = run("export", "-o", str(path))
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert f"{len(bundled):,} statements; beside it .sha256 and .void.ttl" in done.stderr
    assert set(held(path, "nq")) == set(bundled)
    turtle = tmp_path / "any.name"
    done = run("export", "--format", "ttl", "-o", str(turtle))
    assert triples(held(turtle, "ttl")) == triples(bundled)


def test_added_data_are_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("<http://a/s> <http://a/p> [ <http://a/q> 1 ] .")
    path = tmp_path / "all.nt"
    asked = ["export", "-o", str(path), "--data", str(tmp_path / "mine.ttl")]
    assert run(*asked).exit_code == 0
    assert '_:c14n0 <http://a/q> "1"^^' in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-o", "all.xls"], 2, "no format is called 'xls'; there are nt nq ttl"),
        (["-o", "all"], 2, "no format is called ''"),
        (["-o", "all.gz"], 2, "no format is called ''"),
        (["-o", "all.parquet.gz"], 2, "Parquet is compressed inside"),
        (["--format", "rdf", "-o", "all.rdf"], 2, "'rdf' is not one of"),
        ([], 2, "Missing option '-o'"),
        (["-o", "nowhere/all.nq"], 1, "nowhere: No such folder"),
        (["-o", "/dev/null", "--format", "nq"], 1, "/dev/null is not a regular file"),
        (["-o", "all.nq", "--timeout", "3"], 2, "--timeout is for the answers of --endpoint"),
    ],
)
def test_what_cannot_be_is_told(
    arguments: list[str], code: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", *arguments)
    assert done.exit_code == code, done.output
    assert message in done.stderr
    assert not list(tmp_path.iterdir())


def test_parquet_without_pyarrow_is_told(
    kg: gdakg.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(gdakg.GdakgError, match=r"pip install 'gdakg\[parquet\]'"):
        export(kg, tmp_path / "all.parquet")
    assert not list(tmp_path.iterdir())


def test_the_command_offers_all_formats() -> None:
    (option,) = [option for option in export_command.params if option.name == "form"]
    assert list(option.type.choices) == list(FORMATS)  # type: ignore[attr-defined]


def test_an_endpoint_is_exported_too(endpoint: str, bundled: list[og.Quad], tmp_path: Path) -> None:
    path = tmp_path / "all.nq"
    done = run("export", "-o", str(path), "--endpoint", endpoint)
    assert done.exit_code == 0, done.output
    assert set(held(path, "nq")) == set(bundled)


def test_a_server_loaded_from_it_answers_every_question_as_we_do(
    kg: gdakg.KnowledgeGraph, tmp_path: Path
) -> None:
    export(kg, tmp_path / "gdakg.nq.gz")
    with serving(tmp_path / "gdakg.nq.gz") as url:
        remote = gdakg.connect(url)
        different = [
            name
            for name in questions.names()
            if remote.query(name, **ASKED.get(name, {})).terms
            != kg.query(name, **ASKED.get(name, {})).terms
        ]
    assert different == []
    assert len(questions.names()) > 50
