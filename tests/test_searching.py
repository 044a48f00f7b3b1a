"""Searching: what must come first, whatever the spelling, and what is never syntax."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import gdakg
from gdakg.cli import main
from gdakg.errors import LoadError, ParameterError
from gdakg.folding import fold, indexed, words
from gdakg.indexing import Entry, build_index
from gdakg.searching import Index, index_of, open_index
from reports.script_pairs import DICTIONARY, WRITTEN, text

WEB = Path(__file__).parents[1] / "web"

#: what is typed, and what must be the first hit; read off the data files
FIRST = {
    # codes
    "L.1470": "ITU-T L.1470",
    "l1470": "ITU-T L.1470",
    "itu l 1470": "ITU-T L.1470",
    "ITU-T Rec. L.1470 (01/2020)": "ITU-T L.1470 (01/2020)",
    "Ｌ．１４７０": "ITU-T L.1470",
    "ISO14067：2018": "ISO 14067:2018",
    "iso 14001": "ISO 14001",
    "ISO 30134-2": "ISO/IEC 30134-2",
    "iso/iec30134-2": "ISO/IEC 30134-2",
    "RFC9547": "RFC 9547",
    "etsi es 203199": "ETSI ES 203 199",
    "es 203 199": "ETSI ES 203 199",
    "L.1480 2022": "ITU-T L.1480 (12/2022)",
    "sg5": "ITU-T SG5",
    "wsc": "WSC",
    # English
    "best practices green data centres": "ITU-T L.1300",
    "green data center best practice": "ITU-T L.1300",
    "smart energy data centers": "ITU-T L.1381",
    "e-waste management framework": "ITU-T L.1030",
    "ewaste framework countries": "ITU-T L.1030",
    "battery monitoring managed objects": "RFC 7577",
    "circularity data sheet": "ISO 59040",
    "carbon footprint quantification guidelines": "ISO 14067",
    # French, with and without accents
    "systèmes de management environnemental exigences utilisation": "ISO 14001",
    "fiche de donnees de circularite": "ISO 59040",
    "empreinte carbone des produits": "ISO 14067",
    # Chinese, in simplified and traditional characters, mainland and Taiwan wording
    "绿色数据中心最佳做法": "ITU-T L.1300",
    "綠色數據中心最佳做法": "ITU-T L.1300",
    "綠色資料中心最佳實務": "ITU-T L.1300",
    "绿色资料中心最佳实务": "ITU-T L.1300",
    "各国电子废弃物管理框架": "ITU-T L.1030",
    "各國電子廢棄物": "ITU-T L.1030",
    "产品碳足迹 量化": "ISO 14067",
    "溫室氣體 產品碳足跡": "ISO 14067",
    "巴黎協定 排放軌跡": "ITU-T L.1470",
    "排放轨迹 巴黎协定": "ITU-T L.1470",
}

#: areas, which have no code, by their English label
FIRST_AREAS = {
    "e-waste": "E-waste",
    "E Waste": "E-waste",
    "电子垃圾": "E-waste",
    "電子廢棄物": "E-waste",
    "邊緣計算": "Edge computing",
    "边缘计算": "Edge computing",
    "circular economy": "Circular economy",
    "循環經濟": "Circular economy",
}

ROWS = [
    Entry("x:1", "standard", "EX 2", {"en": "Noise of fans"}, body="EX", stage="published"),
    Entry("x:2", "standard", "EX 10", {"en": "Noise of fans"}, body="EX/IEC", stage="withdrawn"),
    Entry("x:3", "standard", "EX 1", {"en": "Pumps"}, keywords=("noise", "fans"), year=2020),
    Entry("x:4", "standard", "EX 3", {"en": "Pumps"}, ("Fans of old, noise",), year=2019),
    Entry("x:5", "edition", "EX 2:2020", {"en": "Noise of fans"}, year=2020),
    Entry("x:6", "edition", "EX 2:2011", {"en": "Noise of fans"}, year=2011),
    Entry("x:7", "standard", "EX 20", {"en": "Heat", "fr": "Chaleur"}, pillars=("4",), year=2024),
    Entry("x:8", "gap", "", {"en": "Labelling of fan colours", "zh-Hant": "機房風扇"}),
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", *arguments], env={"COLUMNS": "200"})


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(ROWS)


def codes(index: Index, text: str, **narrowed: object) -> list[str]:
    return [hit.iri.removeprefix("x:") for hit in index.search(text, **narrowed)]  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", FIRST)
def test_what_must_come_first(kg: gdakg.KnowledgeGraph, typed: str) -> None:
    assert [hit.code for hit in kg.search(typed, limit=1)] == [FIRST[typed]]


@pytest.mark.parametrize("typed", FIRST_AREAS)
def test_an_area_comes_before_what_is_in_it(kg: gdakg.KnowledgeGraph, typed: str) -> None:
    hits = kg.search(typed)
    assert (hits[0].kind, hits[0].title()) == ("area", FIRST_AREAS[typed])
    assert len(hits) > 1


def test_every_code_of_the_graph_finds_its_thing_first(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("SELECT ?s ?code { ?s a gda:Standard ; dcterms:identifier ?code }")
    assert isinstance(rows, gdakg.Solutions)
    assert len(rows) > 600
    wrong = [row.code for row in rows if kg.search(row.code, limit=1)[0].iri != row.s]
    assert wrong == []


def test_every_title_finds_its_standard(kg: gdakg.KnowledgeGraph) -> None:
    rows = kg.query("SELECT ?s ?title { ?s a gda:Standard ; skos:prefLabel ?title }")
    assert isinstance(rows, gdakg.Solutions)
    some = [row for number, row in enumerate(rows) if number % 17 == 0]
    assert len(some) > 100
    wrong = [row.title for row in some if row.s not in {hit.iri for hit in kg.search(row.title)}]
    assert wrong == []


def test_the_tiers_of_ranking(index: Index) -> None:
    # Titles before other names before keywords; of equals, the lower code (2 before 10).
    assert codes(index, "noise fans") == ["1", "2", "4", "3"]
    # The very code, codes that begin so (2:2011 before 2:2020 before 20).
    assert codes(index, "EX 2") == ["1", "6", "5", "7"]
    # Editions are told where their code was typed, not wherever codes begin so.
    assert codes(index, "EX2:20") == ["6", "5"]
    assert codes(index, "ex 1") == ["3", "2"]


def test_words_in_any_form(index: Index) -> None:
    for typed in ("labeling fans color", "LABELLED fan Colour", "label colours"):
        assert codes(index, typed) == ["8"], typed
    assert codes(index, "the noise of the fan")[:2] == ["1", "2"]
    assert codes(index, "chal") == ["7"]  # the beginning of a word, if no word is so
    for typed in ("风扇", "風扇", "機房", "机", "扇", "機房風扇"):
        assert codes(index, typed) == ["8"], typed
    assert codes(index, "房机") == []


def test_filters(index: Index) -> None:
    assert codes(index, "noise", body="EX") == ["1", "2"]
    assert codes(index, "noise", body="iec") == ["2"]
    assert codes(index, "noise", status="Published") == ["1"]
    assert codes(index, "pumps", since=2020) == ["3"]
    assert codes(index, "pumps", since=2021) == []
    assert codes(index, "fans", kind="gap") == ["8"]
    assert codes(index, "heat", pillar=4) == codes(index, "heat", pillar="4") == ["7"]
    assert codes(index, "noise", pillar=4) == []
    assert codes(index, "EX 2", kind="edition") == ["6", "5"]
    assert codes(index, "EX 2", status="withdrawn") == []
    assert codes(index, "noise", limit=1) == ["1"]


def test_a_body_finds_its_parts_and_joint_texts(kg: gdakg.KnowledgeGraph) -> None:
    bodies = {hit.body for hit in kg.search("data centre", body="ISO", limit=100)}
    assert "ISO/IEC" in bodies
    assert all("ISO" in body.split("/") for body in bodies)
    assert {hit.body for hit in kg.search("energy", body="ITU", limit=9)} == {"ITU-T"}


def test_an_unknown_value_is_told_with_those_there_are(index: Index) -> None:
    with pytest.raises(ParameterError, match="status 'gone'; there are: published, withdrawn"):
        index.search("noise", status="gone")
    with pytest.raises(ParameterError, match="body 'ISO'; there are: EX, EX/IEC"):
        index.search("noise", body="ISO")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nosie", ["noise"]),
        ("nois fnas", ["noise fans"]),
        ("noize of pupms", ["noise of pumps"]),
        ("EX 22", ["EX 2", "EX 20"]),
        ("EX 20-7", ["EX 20"]),
        ("xyzzy", []),
    ],
)
def test_near_ones(index: Index, typed: str, meant: list[str]) -> None:
    assert index.search(typed) == []
    assert index.near(typed) == meant


def test_near_codes_of_the_graph(kg: gdakg.KnowledgeGraph) -> None:
    assert kg.index.near("ISO 14607") == ["ISO 14067"]
    assert "ITU-T L.1470" in kg.index.near("L.1479")
    assert kg.index.near("carbn footprint") == ["carbon footprint"]


HOSTILE = [
    *('"', '""', "'", "*", "a*", "-", "^a", "(", "NEAR(a b)", "a OR b", "NOT", "AND", "{codes}:a"),
    *("codes : a", "titles:noise", "a\0b", "\0", "%", "_", "; DROP TABLE entry; --", "\ud800"),
    *(
        "",
        " ",
        "\u202e",
        "a" * 100_000,
        "ab " * 40_000,
        "机" * 100_000,
        '"' * 100_000,
        "a-" * 50_000,
    ),
]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed)[:20])
def test_hostile_text_is_text(index: Index, typed: str) -> None:
    assert isinstance(index.search(typed), list)
    assert isinstance(index.near(typed), list)
    assert codes(index, "noise fans") == ["1", "2", "4", "3"]


def test_operators_are_words(index: Index) -> None:
    assert codes(index, "noise OR heat") == codes(index, "noise heat") == []
    assert codes(index, "noise NOT fans") == []
    assert codes(index, '"noise"') == codes(index, "noise")
    assert codes(index, "noise) OR (heat") == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_may_be_typed(typed: str) -> None:
    index = _any_text_index()
    index.search(typed, body="EX", since=2000)
    index.near(typed)


def _any_text_index(made: list[Index] = []) -> Index:  # noqa: B006
    made or made.append(index_of(ROWS))  # type: ignore[func-returns-value]
    return made[0]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(typed: str) -> None:
    folded = fold(typed)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｅｎｅｒｇｙ", "energy"),
        ("Énergie", "ENERGIE"),
        ("œuvre", "oeuvre"),
        ("CO₂", "co2"),
        ("綠色軟體", "绿色软体"),
        ("臺灣", "台湾"),
        ("ﬁbre", "fibre"),
        ("Wi‑Fi", "wi-fi"),  # the hyphen that does not break
    ],
)
def test_what_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("data centres", "data centers"),
        ("fibre", "fiber"),
        ("organisations", "organizations"),
        ("standardised", "standardized"),
        ("analyse", "analyze"),
        ("behaviour", "behavior"),
        ("modelling", "modeling"),
        ("labelled", "labeled"),
        ("aluminium", "aluminum"),
    ],
)
def test_british_and_american_are_one(british: str, american: str) -> None:
    assert indexed(british) == indexed(american)


def test_a_chinese_run_is_found_by_every_part_of_it() -> None:
    run = "绿色数据中心"
    for start in range(len(run)):
        for end in range(start + 1, len(run) + 1):
            found = index_of([Entry("x:1", "area", "", {"zh-Hans": run})]).search(run[start:end])
            assert found, run[start:end]
    assert words("数据中心") == ("数据", "据中", "中心", "心")


def test_the_pairs_are_those_of_the_dictionary_and_hold_those_of_the_pages() -> None:
    if not DICTIONARY.exists():
        pytest.skip("web/node_modules is not there")
    assert WRITTEN.read_text("utf-8") == text(DICTIONARY.read_text("utf-8"))
    if (node := shutil.which("node")) is None:
        pytest.skip("node is not here")
    script = "import('./pairs.mjs').then((m) => process.stdout.write(m.scriptPairs()))"
    done = subprocess.run(
        [node, "-e", script], cwd=WEB, capture_output=True, timeout=60, check=True
    )
    shown = done.stdout.decode()
    assert len(shown) > 2000
    for traditional, simplified in zip(shown[::2], shown[1::2], strict=True):
        assert fold(traditional) == fold(simplified)


def test_an_index_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "what? #1.sqlite"
    plain = [row[:9] for row in ROWS]  # a tuple of the first nine parts will do
    assert build_index(iter(plain), path) == len(ROWS)
    found = open_index(path)
    assert found.entries == len(ROWS)
    assert codes(found, "noise fans") == ["1", "2", "4", "3"]
    with pytest.raises(FileExistsError):
        build_index(plain, path)
    with pytest.raises(sqlite3.OperationalError):  # open for reading alone
        found._database.execute("DELETE FROM entry")


def test_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        build_index(ROWS, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_is_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no index"):
        open_index(tmp_path / "none")
    (tmp_path / "text").write_text("no database, but a text that is long enough" * 99)
    with pytest.raises(LoadError, match="not an index"):
        open_index(tmp_path / "text")
    build_index(ROWS, tmp_path / "old")
    with sqlite3.connect(tmp_path / "old") as database:
        database.execute("UPDATE about SET value = 0 WHERE name = 'format'")
    with pytest.raises(LoadError, match="format 0"):
        open_index(tmp_path / "old")


def test_the_command_prints_a_table() -> None:
    done = run("l1470", "--limit", "1")
    assert done.exit_code == 0
    head = [cell.strip() for cell in done.stdout.splitlines()[1].strip("│").split("│")]
    assert head == ["code", "title", "kind", "body", "year", "stage"]
    row = [cell.strip() for cell in done.stdout.splitlines()[3].strip("│").split("│")]
    assert (row[0], row[2:]) == ("ITU-T L.1470", ["standard", "ITU-T", "2020", "published"])
    assert done.stdout.splitlines()[-1] == "the first 1; --limit shows more"


def test_the_command_in_chinese() -> None:
    done = run("綠色資料中心最佳實務", "--lang", "zh-Hant")
    assert "│ 編號" in done.stdout
    assert "│ 標準 │ ITU-T │ 2014 │ 已發布 │" in done.stdout
    assert "綠色資料中心最佳實務" in done.stdout
    assert done.stdout.endswith("找到1項\n")


def test_the_command_writes_csv_and_json() -> None:
    done = run("carbon", "footprint", "--body", "ISO", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows[0]["code"] == "ISO 14067"
    assert rows[0]["iri"] == "https://w3id.org/gdakg/id/std/iso/14067"
    assert f"{len(rows)} found" in done.stderr
    told = json.loads(run("ISO 14067:2018", "--format", "json", "--lang", "zh-Hans").stdout)
    assert told[0]["code"] == "ISO 14067:2018"
    assert told[0]["title"] == "温室气体——产品碳足迹——量化要求和指南"
    assert told[0]["year"] == 2018
    assert set(told[0]["titles"]) == {"en", "fr", "zh-Hans", "zh-Hant"}


def test_the_command_finds_nothing() -> None:
    done = run("ISO 14607")
    assert done.exit_code == 0
    assert done.stdout.startswith("nothing found in ")
    assert done.stdout.endswith(" records; near: ISO 14067\n")
    empty = run("xyzzy", "--format", "json")
    assert json.loads(empty.stdout) == []
    assert "nothing found" in empty.stderr


def test_the_command_refuses_what_is_not() -> None:
    done = run("carbon", "--status", "gone")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: nothing here has the status 'gone'; there are: draft,")
    assert run("carbon", "--limit", "0").exit_code == 2
    assert run().exit_code == 2


def test_your_data_is_found_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix gda: <https://w3id.org/gdakg/def#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/gdakg/id/std/ex/1> a gda:Standard ; dcterms:identifier 'EX 1' ;\n"
        "  skos:prefLabel 'Zymurgy of fans'@en .\n",
        encoding="utf-8",
    )
    done = run("zymurgy", "--data", str(path), "--format", "csv")
    assert [row["code"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["EX 1"]
