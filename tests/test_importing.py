"""What a catalogue states, in a store: identity, provenance, what is computed, no record lost."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

import gdakg
from cataloged import record
from gdakg import identity, stores
from gdakg.importing import COMPUTED, Outcome, Source, graph_of, import_catalogues
from gdakg.records import Broken, Record, Relation

#: invented: no such documents are published under these numbers
OLD = record("ISO 99901:2015", issued="2015-03", stage="withdrawn", native_status="95.99")
NEW = record(
    "ISO 99901:2021",
    issued="2021-06-30",
    native_status="60.60",
    titles={"en": 'Repair of "things"', "fr": "Réparation"},
    committees=("ISO/TC 207/SC 7",),
    ics=("13.020.40",),
    keywords=("repair",),
    page="https://example.org/99901",
    relations=(Relation("replaces", "ISO 99901:2015"),),
)


def stored(path: Path, *catalogues: tuple[str, Iterable[Record | Broken]]) -> list[Outcome]:
    return import_catalogues(path, [Source(name, items) for name, items in catalogues])


def told(path: Path, text: str) -> set[tuple[str, ...]]:
    """Return the rows of a query to the store, as text."""
    rows = gdakg.open_store(path).query(text)
    assert isinstance(rows, gdakg.Solutions)
    return {tuple(str(value) for value in row) for row in rows}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of one catalogue of two editions."""
    path = tmp_path_factory.mktemp("one") / "s"
    source = Source(
        "iso",
        [OLD, NEW],
        "",
        "test 1",
        "2025-06-02",
        "https://opendatacommons.org/licenses/by/1-0/",
    )
    import_catalogues(path, [source])
    return path


def test_an_edition_is_stated_in_the_graph_of_its_catalogue(one: Path) -> None:
    found = told(
        one,
        f"""SELECT ?p ?o {{ GRAPH <{graph_of("iso")}>
            {{ <https://w3id.org/gdakg/id/ed/iso/99901/2021> ?p ?o }} }}""",
    )
    terms = "http://purl.org/dc/terms/"
    assert found == {
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://w3id.org/gdakg/def#Edition"),
        (f"{terms}identifier", "ISO 99901:2021"),
        (f"{terms}isVersionOf", "https://w3id.org/gdakg/id/std/iso/99901"),
        (f"{terms}issued", "2021-06-30"),
        (f"{terms}title", 'Repair of "things"'),
        (f"{terms}title", "Réparation"),
        (f"{terms}replaces", "https://w3id.org/gdakg/id/ed/iso/99901/2015"),
        ("http://xmlns.com/foaf/0.1/page", "https://example.org/99901"),
        ("https://w3id.org/gdakg/def#stage", "https://w3id.org/gdakg/id/stage/published"),
        ("https://w3id.org/gdakg/def#nativeStatus", "60.60"),
        (
            "http://www.w3.org/ns/prov#wasDerivedFrom",
            "https://w3id.org/gdakg/id/record/iso/iso-99901_3a_2021.yaml",
        ),
    }


def test_the_newest_edition_speaks_for_the_standard(one: Path) -> None:
    standard = gdakg.open_store(one).standard("ISO 99901")
    assert (standard.title("fr"), standard.stage) == ("Réparation", "published")
    assert standard.publishers == ["ISO"]
    assert [(e.code, e.issued, e.is_current) for e in standard.editions] == [
        ("ISO 99901:2015", "2015-03", False),
        ("ISO 99901:2021", "2021-06-30", True),
    ]
    about = f"<{standard.iri}> gda:committee ?c ; dcterms:subject ?f ; dcat:keyword ?k"
    base = "https://w3id.org/gdakg/id/"
    assert told(one, f"SELECT ?c ?f ?k {{ {about} }}") == {
        (f"{base}committee/iso/tc207/sc7", f"{base}ics/13.020.40", "repair")
    }


@pytest.mark.parametrize(
    ("issued", "kind"),
    [("2021", "gYear"), ("2021-06", "gYearMonth"), ("2021-06-30", "date"), ("2021-13", "")],
)
def test_a_date_is_as_precise_as_the_catalogue(tmp_path: Path, issued: str, kind: str) -> None:
    stored(tmp_path / "s", ("iso", [record("ISO 99902:2021", issued=issued)]))
    text = "SELECT (DATATYPE(?d) AS ?t) { <ed/iso/99902/2021> dcterms:issued ?d }"
    wanted = {(f"http://www.w3.org/2001/XMLSchema#{kind}",)} if kind else set()
    assert told(tmp_path / "s", text) == wanted


def test_the_graph_tells_where_it_comes_from(one: Path) -> None:
    text = f"""SELECT ?date ?licence ?kind {{ <{graph_of("iso")}> a void:Dataset ;
        dcterms:issued ?date ; dcterms:license ?licence ; gda:statementKind ?kind ;
        dcterms:provenance ?how FILTER(CONTAINS(?how, "2 records read"))
        FILTER(CONTAINS(?how, "test 1")) }}"""
    assert told(one, text) == {
        (
            "2025-06-02",
            "https://opendatacommons.org/licenses/by/1-0/",
            "https://w3id.org/gdakg/id/statement-kind/stated",
        )
    }


def test_the_manifest_counts_every_statement(one: Path) -> None:
    found = stores.manifest(one)
    assert found["triples"] == len(gdakg.open_store(one))
    assert found["catalogues"]["iso"]["read"] == 2


def test_an_edition_in_two_catalogues_is_one_with_two_records(tmp_path: Path) -> None:
    iso = record("ISO/IEC 99903:2018", publishers=("ISO", "IEC"), issued="2018-05")
    iec = iso._replace(catalogue="iec", issued="2018-05-09", source="iec-99903.yaml")
    stored(tmp_path / "s", ("iso", [iso]), ("iec", [iec]))
    text = """SELECT ?graph ?record { GRAPH ?graph {
        <ed/iso-iec/99903/2018> prov:wasDerivedFrom ?record } }"""
    records = "https://w3id.org/gdakg/id/record"
    assert told(tmp_path / "s", text) == {
        (graph_of("iso"), f"{records}/iso/iso-iec-99903_3a_2018.yaml"),
        (graph_of("iec"), f"{records}/iec/iec-99903.yaml"),
    }
    assert told(tmp_path / "s", "SELECT ?e { ?e dcterms:isVersionOf <std/iso-iec/99903> }") == {
        ("https://w3id.org/gdakg/id/ed/iso-iec/99903/2018",)
    }


def test_two_records_of_one_document_are_merged_into_the_richer(tmp_path: Path) -> None:
    poor = record("ISO 99901:2021", source="iso-99901:2021.yaml", issued="2021")
    (outcome,) = stored(tmp_path / "s", ("iso", [poor, NEW, OLD]))
    assert outcome.account[:5] == (3, 2, 1, 0, 0)
    text = "SELECT ?d { <ed/iso/99901/2021> dcterms:issued ?d }"
    assert told(tmp_path / "s", text) == {("2021-06-30",)}
    text = "SELECT ?r { <ed/iso/99901/2021> prov:wasDerivedFrom/dcterms:identifier ?r }"
    assert told(tmp_path / "s", text) == {
        ("iso: iso-99901:2021.yaml",),
        ("iso: iso-99901-2021.yaml".replace("99901-", "99901:"),),
    }


def test_no_record_is_lost(tmp_path: Path) -> None:
    items: list[Record | Broken] = [
        OLD,
        NEW,
        NEW._replace(source="again.yaml"),
        record("ISO 99901:2021 RLV", is_variant=True),
        Broken("torn.yaml", 7, "not YAML"),
        record("no code at all"),
        record("ISO/AWI 99904", stage="work-item"),
    ]
    (outcome,) = stored(tmp_path / "s", ("iso", items))
    read, imported, merged, variants, broken, unread = outcome.account
    assert (read, imported, merged, variants, broken, unread) == (7, 4, 1, 1, 1, 1)
    assert outcome.account.is_whole
    with outcome.report.open(encoding="utf-8", newline="") as stream:
        noted = [(row["what"], row["file"], row["line"]) for row in csv.DictReader(stream)]
    assert noted == [
        ("variant", "iso-99901:2021-rlv.yaml", "0"),
        ("broken", "torn.yaml", "7"),
        ("merged", "again.yaml", "0"),
        ("unread", "no-code-at-all.yaml", "0"),
    ]


def test_work_under_way_is_a_planned_standard_or_a_work_item(tmp_path: Path) -> None:
    awi = record("ISO/AWI 99904", stage="work-item", titles={"en": "To be"}, issued="2024-02")
    soon = record("ISO 99901", stage="in-publication")
    stored(tmp_path / "s", ("iso", [OLD, NEW, awi, soon]))
    text = """SELECT ?kind ?code ?stage { VALUES ?kind { gda:Standard gda:WorkItem gda:Edition }
        ?thing a ?kind ; dcterms:identifier ?code ; gda:stage/skos:notation|gda:stage ?stage
        FILTER(CONTAINS(?code, "9990")) }"""
    stage = "https://w3id.org/gdakg/id/stage/"
    terms = "https://w3id.org/gdakg/def#"
    assert {row for row in told(tmp_path / "s", text) if row[2].startswith(stage)} == {
        (f"{terms}Standard", "ISO 99901", f"{stage}published"),
        (f"{terms}Standard", "ISO/AWI 99904", f"{stage}work-item"),
        (f"{terms}WorkItem", "ISO 99901", f"{stage}in-publication"),
        (f"{terms}Edition", "ISO 99901:2015", f"{stage}withdrawn"),
        (f"{terms}Edition", "ISO 99901:2021", f"{stage}published"),
    }


def test_relations_are_stated_in_one_direction(tmp_path: Path) -> None:
    amendment = record("ISO 99901:2021/Amd 1:2023", issued="2023-01")
    older = OLD._replace(relations=(Relation("replacedBy", "ISO 99901:2021"),))
    itself = record("ISO 99905:2020", relations=(Relation("replaces", "ISO 99905:2020"),))
    twin = record(
        "ITU-T X.9990 (01/2021)",
        catalogue="itu",
        publishers=("ITU-T",),
        aliases=("ISO/IEC 99906", "ITU-T Y.9990"),
    )
    stored(tmp_path / "s", ("iso", [older, NEW, amendment, itself]), ("itu", [twin]))
    text = """SELECT ?a ?p ?b { VALUES ?p { dcterms:replaces gda:amends gda:technicallyAlignedWith }
        ?a ?p ?b FILTER(CONTAINS(STR(?a), "/99905") || CONTAINS(STR(?a), "9990")) }"""
    shown = {
        tuple(value.removeprefix("https://w3id.org/gdakg/").removeprefix("id/") for value in row)
        for row in told(tmp_path / "s", text)
    }
    assert shown == {
        ("ed/iso/99901/2021", "http://purl.org/dc/terms/replaces", "ed/iso/99901/2015"),
        ("ed/iso/99901/2021/amd-1-2023", "def#amends", "ed/iso/99901/2021"),
        ("std/itu-t/x.9990", "def#technicallyAlignedWith", "std/iso-iec/99906"),
    }
    text = "SELECT ?n { <ed/itu-t/x.9990/2021-01> skos:altLabel ?n }"
    assert told(tmp_path / "s", text) == {("ITU-T Y.9990",)}


def chain(publisher: str, *editions: tuple[str, str, str]) -> list[Record]:
    """Return records of editions: designation, date, stage."""
    return [
        record(code, catalogue="x", publishers=(publisher,), issued=issued, stage=stage)
        for code, issued, stage in editions
    ]


IEC = chain(
    "IEC",
    ("IEC 99907:2001", "2001-02-03", "superseded"),
    ("IEC 99907:2020", "2020", "published"),
    ("IEC 99907:2010", "2010-05", "superseded"),
    ("IEC 99907:2020/AMD1:2024", "2024-01-01", "published"),
)


def computed(path: Path) -> set[tuple[str, ...]]:
    text = f"""SELECT ?a ?p ?b {{ GRAPH <{COMPUTED}> {{ ?a ?p ?b }}
        VALUES ?p {{ dcterms:replaces gda:currentEdition }} }}"""
    return {
        (a.rsplit("id/")[-1], p.replace("#", "/").rsplit("/")[-1], b.rsplit("id/")[-1])
        for a, p, b in told(path, text)
    }


def test_replacement_is_computed_where_the_catalogue_states_none(tmp_path: Path) -> None:
    stored(tmp_path / "s", ("iec", IEC))
    assert computed(tmp_path / "s") == {
        ("std/iec/99907", "currentEdition", "ed/iec/99907/2020"),
        ("ed/iec/99907/2020", "replaces", "ed/iec/99907/2010"),
        ("ed/iec/99907/2010", "replaces", "ed/iec/99907/2001"),
    }
    text = f"SELECT ?k {{ <{COMPUTED}> gda:statementKind ?k }}"
    assert told(tmp_path / "s", text) == {("https://w3id.org/gdakg/id/statement-kind/computed",)}


def test_replacement_is_not_computed_beside_stated_ones(one: Path) -> None:
    assert computed(one) == {("std/iso/99901", "currentEdition", "ed/iso/99901/2021")}


def test_releases_of_3gpp_stand_side_by_side(tmp_path: Path) -> None:
    releases = chain(
        "3GPP",
        ("3GPP TS 99.908:REL-15/15.0.0", "2018-01-01", "published"),
        ("3GPP TS 99.908:REL-16/16.0.0", "2020-01-01", "published"),
    )
    stored(tmp_path / "s", ("3gpp", releases))
    assert computed(tmp_path / "s") == {
        ("std/3gpp/ts-99.908", "currentEdition", "ed/3gpp/ts-99.908/16.0.0")
    }


def test_what_is_withdrawn_is_not_current(tmp_path: Path) -> None:
    past = chain("IEC", ("IEC 99909:2001", "2001", "withdrawn"))
    stored(tmp_path / "s", ("iec", past))
    assert computed(tmp_path / "s") == set()


def test_what_one_catalogue_calls_superseded_is_not_current(tmp_path: Path) -> None:
    old = chain(
        "ISO", ("ISO 99910:2001", "2001", "published"), ("ISO 99910:2009", "2009", "published")
    )
    late = [old[1]._replace(stage="withdrawn", catalogue="iec")]
    stored(tmp_path / "s", ("iso", old), ("iec", late))
    current = {row for row in computed(tmp_path / "s") if row[1] == "currentEdition"}
    assert current == {("std/iso/99910", "currentEdition", "ed/iso/99910/2001")}


def test_an_import_replaces_its_own_catalogue_alone(tmp_path: Path) -> None:
    path = tmp_path / "s"
    stored(path, ("iec", IEC))
    stored(path, ("iso", [OLD, NEW]))
    assert len(gdakg.open_store(path)) == stores.manifest(path)["triples"]
    stored(path, ("iec", IEC[:1]))
    assert len(gdakg.open_store(path)) == stores.manifest(path)["triples"]
    text = "SELECT ?c { ?e a gda:Edition ; dcterms:identifier ?c FILTER(CONTAINS(?c, '9990')) }"
    assert told(path, text) == {("ISO 99901:2015",), ("ISO 99901:2021",), ("IEC 99907:2001",)}
    assert computed(path) == {("std/iso/99901", "currentEdition", "ed/iso/99901/2021")}
    assert sorted(stores.manifest(path)["catalogues"]) == ["iec", "iso"]


def test_importing_twice_gives_the_same(tmp_path: Path) -> None:
    stored(tmp_path / "s", ("iso", [OLD, NEW]), ("iec", IEC))
    before = told(
        tmp_path / "s", "SELECT ?s ?p ?o { ?s ?p ?o FILTER(!CONTAINS(STR(?p), 'issued')) }"
    )
    stored(tmp_path / "s", ("iso", [OLD, NEW]))
    after = told(
        tmp_path / "s", "SELECT ?s ?p ?o { ?s ?p ?o FILTER(!CONTAINS(STR(?p), 'issued')) }"
    )
    assert after == before


def test_questions_answer_as_before(one: Path, kg: gdakg.KnowledgeGraph) -> None:
    store = gdakg.open_store(one)
    for name, given in (
        ("standards_by_pillar", {"pillar": "4"}),
        ("gaps", {}),
        ("editions", {"thing": "ISO 14067"}),
        ("revised_since_cop28", {}),
    ):
        before, after = kg.query(name, **given), store.query(name, **given)
        assert isinstance(before, gdakg.Solutions)
        assert isinstance(after, gdakg.Solutions)
        assert list(after) == list(before), name


def test_of_bundled_standards_only_editions_are_added(
    tmp_path: Path, kg: gdakg.KnowledgeGraph
) -> None:
    newer = record("ISO 14067:2031", issued="2031-01", titles={"en": "Another title"})
    stored(tmp_path / "s", ("iso", [newer]))
    standard = gdakg.open_store(tmp_path / "s").standard("ISO 14067")
    assert standard.title() == kg.standard("ISO 14067").title()
    assert [edition.code for edition in standard.editions][-1] == "ISO 14067:2031"
    assert ("std/iso/14067", "currentEdition", "ed/iso/14067/2031") in computed(tmp_path / "s")


def test_an_older_catalogue_does_not_change_what_is_current(tmp_path: Path) -> None:
    stored(tmp_path / "s", ("iso", [record("ISO 14067:1999", issued="1999")]))
    assert computed(tmp_path / "s") == {
        ("ed/iso/14067/2018", "replaces", "ed/iso/14067/1999"),
    }


def test_hostile_texts_are_text(tmp_path: Path) -> None:
    title = 'a "b" \\ c\n\t\r\0\x1f <d> \ud800 數'
    hostile = record(
        "ISO 99911:2020",
        titles={"en": title, "x y": "no tag", "und": "none"},
        page='https://example.org/"><a',
        committees=('a> <b "c"',),
        publishers=("I S\\O>",),
        ics=("<>",),
        keywords=('"@en . <x> <y> <z',),
        native_status='"',
        source='<"\n>.yaml',
    )
    stored(tmp_path / "s", ("iso", [hostile]))
    found = told(tmp_path / "s", "SELECT ?t { <ed/iso/99911/2020> dcterms:title ?t }")
    assert found == {(title.replace("\ud800", "?"),), ("no tag",), ("none",)}
    assert not told(tmp_path / "s", "SELECT ?p { <ed/iso/99911/2020> foaf:page ?p }")


def test_what_is_imported_is_found_by_searching(one: Path) -> None:
    kg = gdakg.open_store(one)
    assert [hit.code for hit in kg.search("iso99901:2021")][:1] == ["ISO 99901:2021"]
    assert [hit.code for hit in kg.search("repair things", body="ISO")][:1] == ["ISO 99901"]
    assert kg.search("L.1470")[0].code == "ITU-T L.1470"


@pytest.mark.parametrize("name", ["", "ISO", "../x", "a b", "a" * 41, "-a"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a catalogue"):
        stored(tmp_path / "s", (name, []))
    assert not (tmp_path / "s").exists()


def test_places_keep_documents_apart() -> None:
    codes = ["ISO 1:2000", "ISO 1:2001", "ISO 1", "a/b", "a b", "a_b", "a~b", "a-b", "數"]
    assert len({identity.place(code).edition for code in codes}) == len(codes)
