"""Searching: what must come first, whatever the spelling, and what is never syntax."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gdakg
from gdakg.errors import ParameterError
from gdakg.searching import Index, index_of
from indexed import ROWS, codes

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


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(ROWS)


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
def test_any_text_may_be_typed(index: Index, typed: str) -> None:
    index.search(typed, body="EX", since=2000)
    index.near(typed)
