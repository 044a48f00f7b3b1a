"""Coverage: a matrix worked out by hand, and the bundled graph counted a second time."""

import csv
import io
import json
from fractions import Fraction

import pytest
from wcwidth import wcswidth

import gdakg
import running
from engines import embedded
from gdakg.coverage import NONE, Coverage, coverage, flows, landscape
from gdakg.crosstab import told_coverage
from gdakg.errors import ParameterError
from gdakg.pages import sankey
from second_path import World, world

#: A publishes S1, S2, S4 and B S2, S3; S3 is in no pillar, S4 in no area; pillar 3 is empty
TINY = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix gda: <https://w3id.org/gdakg/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
<https://example.org/graph> {
<https://example.org/graph> dcterms:issued "2026-01-31"^^xsd:date .
ex:p1 a gda:Pillar ; skos:notation "1" ; skos:prefLabel "First"@en , "第一"@zh-Hant .
ex:p2 a gda:Pillar ; skos:notation "2" ; skos:prefLabel "Second|half"@en .
ex:p3 a gda:Pillar ; skos:notation "10" ; skos:prefLabel "Empty"@en .
ex:x a gda:CooperationArea ; gda:seedOrder 2 ; skos:prefLabel "Area X"@en .
ex:y a gda:CooperationArea ; gda:seedOrder 1 ; skos:prefLabel "Area Y"@en .
ex:A skos:notation "A" ; skos:prefLabel "Body A"@en .
ex:B skos:notation "B" ; skos:prefLabel "Body B"@en .
ex:s1 a gda:Standard ; dcterms:identifier "A 1" ; dcterms:publisher ex:A ;
  gda:supportsPillar ex:p1 ; gda:inArea ex:x ; gda:currentEdition ex:e1 .
ex:s2 a gda:Standard ; dcterms:identifier "AB 2" ; dcterms:publisher ex:A , ex:B ;
  gda:supportsPillar ex:p1 , ex:p2 ; gda:inArea ex:x , ex:y ; gda:currentEdition ex:e2 .
ex:s3 a gda:Standard ; dcterms:identifier "B 3" ; dcterms:publisher ex:B ; gda:inArea ex:y .
ex:s4 a gda:Standard ; dcterms:identifier "A 4" ; dcterms:publisher ex:A ;
  gda:supportsPillar ex:p2 ; gda:currentEdition ex:e4 .
ex:e1 dcterms:issued "2020-05"^^xsd:gYearMonth .
ex:e2 dcterms:issued "2024"^^xsd:gYear .
ex:e4 dcterms:issued "soon" .
ex:g1 a gda:AssertedGap ; dcterms:identifier "G1" ; gda:concernsPillar ex:p1 ;
  gda:candidateStandard ex:s1 , ex:s2 .
ex:g2 a gda:AssertedGap ; dcterms:identifier "G2" ; gda:concernsPillar ex:p1 ;
  gda:concernsArea ex:y .
ex:g3 a gda:AssertedGap ; dcterms:identifier "G3" ; gda:candidateStandard ex:s3 .
}
"""
EX = "https://example.org/"


@pytest.fixture(scope="module")
def tiny() -> gdakg.KnowledgeGraph:
    return embedded(TINY)


def numbers(found: Coverage) -> dict[str, list[object]]:
    """Return a row by its end: counts by body and in all, newest, gaps by body, in all, bare."""
    return {
        row.iri.removeprefix(EX) or ("all" if row is found.total else "none"): [
            [len(cell.standards) for cell in row.cells.values()],
            len(row.total.standards),
            row.total.newest,
            [len(cell.gaps) for cell in row.cells.values()],
            len(row.total.gaps),
            len(row.unanswered),
        ]
        for row in (*found.rows, found.total)
    }


def test_pillars_by_hand(tiny: gdakg.KnowledgeGraph) -> None:
    found = coverage(tiny)
    assert found.bodies == (f"{EX}A", f"{EX}B")
    assert numbers(found) == {
        "p1": [[2, 1], 2, "2024", [1, 1], 2, 1],
        "p2": [[2, 1], 2, "2024", [0, 0], 0, 0],
        "p3": [[0, 0], 0, "", [0, 0], 0, 0],
        "none": [[0, 1], 1, "", [0, 1], 1, 0],
        "all": [[3, 2], 4, "2024", [1, 2], 3, 1],
    }
    assert (found.searched.records, found.searched.as_of) == (4, "2026-01-31")


def test_areas_by_hand(tiny: gdakg.KnowledgeGraph) -> None:
    assert numbers(coverage(tiny, "area")) == {
        "y": [[1, 2], 2, "2024", [0, 0], 1, 1],
        "x": [[2, 1], 2, "2024", [0, 0], 0, 0],
        "none": [[1, 0], 1, "", [1, 2], 2, 0],
        "all": [[3, 2], 4, "2024", [1, 2], 3, 1],
    }


def test_cells_hold_the_standards(tiny: gdakg.KnowledgeGraph) -> None:
    first = coverage(tiny).rows[0]
    assert first.cells[f"{EX}A"].standards == (f"{EX}s1", f"{EX}s2")
    assert first.cells[f"{EX}A"].newest == "2024"
    assert first.cells[f"{EX}B"].share(first.total) == 0.5
    assert coverage(tiny).rows[2].total.share(coverage(tiny).rows[2].total) is None


def test_a_standard_without_a_publisher_has_a_column(tiny: gdakg.KnowledgeGraph) -> None:
    orphan = TINY.replace(
        "dcterms:publisher ex:B ; gda:inArea", 'dcterms:publisher "B" ; gda:inArea'
    )
    found = coverage(embedded(orphan))
    assert found.bodies == (f"{EX}A", f"{EX}B", NONE)
    assert numbers(found)["none"][:2] == [[0, 0, 1], 1]


def test_rows_that_are_none() -> None:
    with pytest.raises(ParameterError, match="there are: pillar, area"):
        coverage(embedded(TINY), "stage")


def test_flows_by_hand(tiny: gdakg.KnowledgeGraph) -> None:
    first, second = (
        {(f.start.removeprefix(EX), f.end.removeprefix(EX)): (f.standards, f.weight) for f in level}
        for level in flows(landscape(tiny))
    )
    quarter = Fraction(1, 4)
    assert first == {
        ("p1", "x"): (2, 1 + quarter),
        ("p1", "y"): (1, quarter),
        ("p2", "x"): (1, quarter),
        ("p2", "y"): (1, quarter),
        ("p2", ""): (1, Fraction(1)),
        ("", "y"): (1, Fraction(1)),
    }
    assert second == {
        ("x", "A"): (2, 1 + quarter),
        ("x", "B"): (1, quarter),
        ("y", "A"): (1, quarter),
        ("y", "B"): (2, 1 + quarter),
        ("", "A"): (1, Fraction(1)),
    }


#: rows of the bundled graph -> class, property of standards, property of gaps
PLACES = {
    "pillar": ("gda:Pillar", "gda:supportsPillar", "gda:concernsPillar"),
    "area": ("gda:CooperationArea", "gda:inArea", "gda:concernsArea"),
}


def counted(w: World, rows: str) -> dict[tuple[str, str], tuple[int, str, int]]:
    """Return standards, newest year and gaps by row and body, from the files; "" is all."""
    kind, prop, concerns = PLACES[rows]
    standards, gaps = w.all("gda:Standard"), w.all("gda:AssertedGap", "gda:ComputedGap")
    bodies = {body for each in standards for body in w.iris(each, "dcterms:publisher")}
    found = {}
    for row in (*w.all(kind), "none", ""):
        inside = [s for s in standards if not row or row in (w.iris(s, prop) or ["none"])]
        missing = [g for g in gaps if not row or row in (w.iris(g, concerns) or ["none"])]
        for body in (*bodies, ""):
            own = [s for s in inside if not body or w.has(s, "dcterms:publisher", body)]
            dates = [str(w.one(s, "gda:currentEdition", "dcterms:issued") or "") for s in own]
            candidates = [
                g
                for g in missing
                if not body or body in w.iris(g, "gda:candidateStandard", "dcterms:publisher")
            ]
            found[row, body] = (len(own), max((d[:4] for d in dates), default=""), len(candidates))
    return found


@pytest.mark.parametrize("rows", PLACES)
def test_the_bundled_graph_counts_the_same_twice(kg: gdakg.KnowledgeGraph, rows: str) -> None:
    w = world()
    found = coverage(kg, rows)
    names = {w.full(iri): iri for iri in (*w.all(PLACES[rows][0]), *w.after)}
    mine = {}
    for row in (*found.rows, found.total):
        key = "" if row is found.total else names[row.iri] if row.iri else "none"
        for body, cell in (*row.cells.items(), ("", row.total)):
            place = (key, names[body] if body else "")
            mine[place] = (len(cell.standards), cell.newest, len(cell.gaps))
    assert mine == counted(w, rows)
    assert found.searched.records == len(w.all("gda:Standard"))


@pytest.mark.parametrize(("rows", "name"), [("pillar", "coverage"), ("area", "area_coverage")])
def test_it_agrees_with_the_named_question(kg: gdakg.KnowledgeGraph, rows: str, name: str) -> None:
    found = coverage(kg, rows)
    codes = {body: found.names[body].code for body in found.bodies}
    mine = [
        (found.names[row.iri].label("en"), codes[body], len(cell.standards), cell.newest)
        for row in found.rows[:-1]
        for body, cell in row.cells.items()
    ]
    asked = [(r.name, r.body, r.standards, str(r.newest)[:4]) for r in kg.query(name)]
    assert sorted(mine) == sorted(asked)


def test_flows_keep_every_standard(kg: gdakg.KnowledgeGraph) -> None:
    read = landscape(kg)
    first, second = flows(read)
    assert sum(f.weight for f in first) == sum(f.weight for f in second) == len(read.records)
    for area in {f.end for f in first}:
        assert sum(f.weight for f in first if f.end == area) == sum(
            f.weight for f in second if f.start == area
        )
    w = world()
    for flow in first:
        both = [
            each
            for each in w.all("gda:Standard")
            if flow.start in ([w.full(p) for p in w.iris(each, "gda:supportsPillar")] or [NONE])
            and flow.end in ([w.full(a) for a in w.iris(each, "gda:inArea")] or [NONE])
        ]
        assert flow.standards == len(both)


def test_less_crosses_than_in_the_order_of_the_matrix(kg: gdakg.KnowledgeGraph) -> None:
    read = landscape(kg)
    levels = flows(read)
    columns = [
        list(dict.fromkeys(f.start for f in levels[0])),
        list(dict.fromkeys(f.end for f in levels[0])),
        list(dict.fromkeys(f.end for f in levels[1])),
    ]
    ordered = sankey.untangled(columns, levels)
    assert [sorted(column) for column in ordered] == [sorted(column) for column in columns]
    assert sankey.crossings(ordered, levels) < 0.7 * sankey.crossings(columns, levels)
    assert NONE not in ordered[0][:-1] + ordered[1][:-1]


def test_the_table_by_hand(tiny: gdakg.KnowledgeGraph) -> None:
    lines = told_coverage(coverage(tiny), width=60).splitlines()
    assert lines[:8] == [
        "pillar            A     B   all  gaps",
        "─────────────────────────────────────",
        "1 First           2     1     2     2",
        "2 Second|half     2     1     2     –",
        "10 Empty          –     –     –     –",
        "none assigned     –     1     1     1",
        "─────────────────────────────────────",
        "all               3     2     4     3",
    ]
    assert "4 records searched" in lines[9]
    assert lines[9].endswith("as of 2026-01-31")
    assert "which pillar a standard or a gap belongs to is our judgement" in " ".join(lines)


@pytest.mark.parametrize(
    ("cells", "first", "none"),
    [("share", ["100%", "50%"], ["–", "100%"]), ("newest", ["2024", "2024"], ["–", "?"])],
)
def test_cells_by_hand(
    tiny: gdakg.KnowledgeGraph, cells: str, first: list[str], none: list[str]
) -> None:
    lines = told_coverage(coverage(tiny), cells, width=60).splitlines()
    assert lines[2].split()[2:4] == first
    assert lines[5].split()[2:4] == none


def test_machines_get_the_same(tiny: gdakg.KnowledgeGraph) -> None:
    found = coverage(tiny)
    rows = list(csv.reader(io.StringIO(told_coverage(found, "share", "csv", "zh-Hant"))))
    assert rows[:2] == [
        ["pillar", "name", "A", "B", "all", "gaps"],
        ["1", "第一", "1.0000", "0.5000", "2", "2"],
    ]
    assert rows[3] == ["10", "[en] Empty", "", "", "0", "0"]
    assert told_coverage(found, "counts", "md").splitlines()[3] == (
        "| 2 | Second\\|half | 2 | 1 | 2 | 0 |"
    )
    read = json.loads(told_coverage(found, form="json"))
    assert read["matrix"][0]["cells"][1] == {
        "count": 1, "share": 0.5, "newest": "2024", "standards": [f"{EX}s2"], "gaps": [f"{EX}g1"],
    }  # fmt: skip
    assert (read["records"], read["asOf"], read["all"]["all"]["count"]) == (4, "2026-01-31", 4)


def run(*arguments: str) -> str:
    done = running.run("coverage", *arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("cells", ["counts", "share", "newest"])
@pytest.mark.parametrize("rows", PLACES)
def test_it_fits_a_terminal(rows: str, cells: str, lang: str) -> None:
    text = run("--rows", rows, "--cells", cells, "--lang", lang)
    assert max(map(wcswidth, text.splitlines())) <= 80
    assert "ASTM" in text
    assert "662" in text


def test_bodies_that_find_no_room_are_named() -> None:
    more = "".join(
        f'<{EX}t{n}> a gda:Standard ; dcterms:identifier "T {n}" ; dcterms:publisher <{EX}b{n}> .'
        f'<{EX}b{n}> skos:notation "BODY{n:02}" .'
        for n in range(20)
    )
    found = coverage(embedded(TINY.rstrip().removesuffix("}") + more + "}"))
    text = told_coverage(found, width=80)
    assert max(map(wcswidth, text.splitlines())) <= 80
    joined = " ".join(text.split())
    assert all(f"BODY{n:02}" in joined for n in range(20))
    assert "no room for" in joined
    assert len(next(csv.reader(io.StringIO(told_coverage(found, form="csv"))))) == 2 + 22 + 2


def test_the_command_says_what_there_is() -> None:
    done = running.run("coverage", "--rows", "stage")
    assert done.exit_code == 2
    assert "'pillar', 'area'" in done.output
    machine = running.run("coverage", "--format", "csv")
    assert "662 records searched" in machine.stderr
    assert "searched" not in machine.stdout


def test_an_endpoint_counts_the_same(kg: gdakg.KnowledgeGraph, endpoint: str) -> None:
    there = landscape(gdakg.connect(endpoint))
    assert there == landscape(kg)
