"""Committees and fields of a classification in a store, as concepts that the records point at."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import gdakg
from cataloged import record
from gdakg import stores
from gdakg.catalogues import scheme_for
from gdakg.classifying import node_of
from gdakg.cli import main
from gdakg.importing import Source, graph_of, import_catalogues
from gdakg.records import Committee, Field

BASE = "https://w3id.org/gdakg/id/"

#: invented, in the form of ISO Open Data; ISO/TC 207/SC 7 and 13.020.40 are in the bundled graph
COMMITTEES = [
    {
        "id": 11,
        "reference": "ISO/TC 999",
        "status": "Active",
        "title": {"en": "Repair of spoons", "fr": "Réparation des cuillères"},
        "secretariat": {"id": 1, "acronym": "XX"},
        "creationDate": "2001-02-03",
        "parentId": None,
        "childrenId": [12],
    },
    {"id": 12, "reference": "ISO/TC 999/SC 1", "title": {"en": "Ladles"}, "parentId": 11},
    {"id": 13, "reference": "IEC/ISO JTC 99", "title": {"en": "Joint spoons"}, "parentId": None},
    {"id": 14, "reference": "ISO/TC 207/SC 7", "title": {"en": "Greenhouse things"}},
    {"id": 15, "status": "Active"},
    {"id": 11, "reference": "ISO/TC 999", "title": {"en": "Repair of spoons, again"}},
]
FIELDS = """identifier,parent,titleEn,titleFr,scopeEn,scopeFr
98,,Spoons,Cuillères,,
98.010,98,Spoons for soup,Cuillères à soupe,Ladles included,
13.020.40,13.020,Another name of it,,,
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of committees, fields, and records that refer to them."""
    folder = tmp_path_factory.mktemp("concepts")
    listed = folder / "committees.jsonl"
    listed.write_text("".join(f"{json.dumps(each)}\n" for each in COMMITTEES), encoding="utf-8")
    (folder / "ICS.csv").write_text(FIELDS, encoding="utf-8")
    store = folder / "s"
    for name, path in (("iso-committees", listed), ("ics", folder / "ICS.csv")):
        done = CliRunner().invoke(
            main, ["catalogue", "import", name, str(path), "--store", str(store)]
        )
        assert done.exit_code == 0, done.output
    records = [
        record(
            "ISO 99901:2021",
            titles={"en": "Spoons"},
            committees=("ISO/TC 999/SC 1", "ISO/TC 998/SC 2"),
            ics=("98.010",),
        ),
        record("IEC 99902:2020", publishers=("IEC",), committees=("ISO/TC 999", "IEC TC 111")),
    ]
    import_catalogues(store, [Source("iso", records)])
    return store


def rows(store: Path, text: str) -> set[tuple[str, ...]]:
    """Return the rows of a query, IRIs without what all of ours begin with."""
    found = gdakg.open_store(store).query(text)
    assert isinstance(found, gdakg.Solutions)
    return {tuple(str(value).removeprefix(BASE) for value in row) for row in found}


def test_every_line_is_accounted_for(made: Path) -> None:
    told = stores.manifest(made)["catalogues"]["iso-committees"]
    counts = [told[key] for key in ("read", "imported", "merged", "broken")]
    assert counts == [6, 4, 1, 1]
    report = (stores.generation(made) / "reports" / "iso-committees.csv").read_text()
    assert "broken,committees.jsonl,5,no committee: `reference` is missing or empty" in report
    assert "merged,committees.jsonl,6,the same as line 1" in report


def test_the_committees_of_a_record_have_names(made: Path) -> None:
    found = rows(
        made,
        f"""SELECT ?code ?name ?whole {{ <{BASE}std/iso/99901> gda:committee ?c .
            ?c skos:notation ?code ; org:unitOf ?whole
            OPTIONAL {{ ?c skos:prefLabel ?name }} }}""",
    )
    assert found == {
        ("ISO/TC 999/SC 1", "Ladles", "committee/iso/tc999"),
        ("ISO/TC 998/SC 2", "None", "committee/iso/tc998"),  # in no list: its code alone
    }


def test_a_committee_is_one_whoever_names_it(made: Path) -> None:
    """A record of IEC that names a committee of ISO means that one; bundled ones as well."""
    found = rows(made, f"SELECT ?c {{ <{BASE}std/iec/99902> gda:committee ?c }}")
    assert found == {("committee/iso/tc999",), ("committee/iec/tc111",)}


def test_committees_are_a_scheme_of_their_catalogue(made: Path) -> None:
    inside = f"GRAPH <{graph_of('iso-committees')}>"
    assert rows(made, f"SELECT ?c {{ {inside} {{ ?c skos:inScheme ?s }} }}") == {
        ("committee/iso/tc999",),
        ("committee/iso/tc999/sc1",),
        ("committee/iec-iso/jtc99",),
    }
    about = f"<{BASE}committee/iso/tc999>"
    told = f"{inside} {{ {about} skos:prefLabel ?n ; gda:founded ?f ; gda:nativeStatus ?s }}"
    assert rows(made, f"SELECT ?n ?f ?s {{ {told} }}") == {
        ("Repair of spoons", "2001-02-03", "Active"),
        ("Réparation des cuillères", "2001-02-03", "Active"),
    }
    assert rows(made, f"SELECT ?x {{ ?x skos:broader {about} }}") == {("committee/iso/tc999/sc1",)}


def test_a_joint_committee_has_both_bodies(made: Path) -> None:
    joint = f"<{BASE}committee/iec-iso/jtc99>"
    assert rows(made, f"SELECT ?b {{ {joint} org:hasMember ?b }}") == {("org/iec",), ("org/iso",)}
    assert rows(made, f"SELECT ?b {{ {joint} org:unitOf ?b }}") == set()


def test_what_the_bundle_names_gets_other_names_only(made: Path) -> None:
    labels = "SELECT ?l { <%s> %s ?l FILTER(LANG(?l) = 'en') }"
    committee = f"{BASE}committee/iso/tc207/sc7"
    assert rows(made, labels % (committee, "skos:prefLabel")) == {("ISO/TC 207/SC 7",)}
    assert rows(made, labels % (committee, "skos:altLabel")) == {("Greenhouse things",)}
    field = f"{BASE}ics/13.020.40"
    assert len(rows(made, labels % (field, "skos:prefLabel"))) == 1
    assert rows(made, labels % (field, "skos:altLabel")) == {("Another name of it",)}


def test_fields_stand_in_the_one_scheme_of_the_ics(made: Path) -> None:
    found = rows(
        made,
        f"""SELECT ?code ?name ?above ?note {{ <{BASE}std/iso/99901> dcterms:subject ?f .
            ?f a gda:IcsField ; skos:notation ?code ; skos:prefLabel ?name ; skos:broader ?above ;
               skos:note ?note ; skos:inScheme <{BASE}scheme/ics> }}""",
    )
    assert found == {
        ("98.010", "Spoons for soup", "ics/98", "Ladles included"),
        ("98.010", "Cuillères à soupe", "ics/98", "Ladles included"),
    }
    assert rows(made, f"SELECT ?s {{ <{BASE}ics/98> skos:topConceptOf ?s }}") == {("scheme/ics",)}


@pytest.mark.parametrize(
    ("sought", "code", "title", "body"),
    [
        ("ladles", "ISO/TC 999/SC 1", "Ladles", "ISO/TC 999"),
        ("iso tc999", "ISO/TC 999", "Repair of spoons", "ISO"),
        ("réparation cuillères", "ISO/TC 999", "Repair of spoons", "ISO"),
        ("spoons for soup", "98.010", "Spoons for soup", ""),
        ("ISO/TC 998/SC 2", "ISO/TC 998/SC 2", "ISO/TC 998/SC 2", "ISO/TC 998"),
        ("greenhouse things", "ISO/TC 207/SC 7", "Greenhouse things", "ISO/TC 207"),
    ],
)
def test_they_are_found_by_searching(
    made: Path, sought: str, code: str, title: str, body: str
) -> None:
    first = gdakg.open_store(made).search(sought)[0]
    assert (first.code, first.title(), first.body) == (code, title, body)


@pytest.mark.parametrize("name", ["ISO/TC 999/SC 1", "iso/tc 999/sc 1", "Ladles", "98.010"])
def test_they_are_found_by_name(made: Path, name: str) -> None:
    kg = gdakg.open_store(made)
    assert kg.find(name).removeprefix(BASE) in {"committee/iso/tc999/sc1", "ics/98.010"}


def test_keywords_of_the_bundle_stay_when_a_catalogue_has_some(tmp_path: Path) -> None:
    """data/judgements.ttl gives ISO 37105 the keyword "city anatomy model"."""
    told = record("ISO 37105:2019", keywords=("zebra crossing",))
    import_catalogues(tmp_path / "s", [Source("iso", [told])])
    kg = gdakg.open_store(tmp_path / "s")
    for keyword in ("zebra crossing", "city anatomy model"):
        assert "ISO 37105" in [hit.code for hit in kg.search(keyword)], keyword


def test_a_reader_tells_which_node_a_concept_is(tmp_path: Path) -> None:
    path = tmp_path / "ICS.csv"
    path.write_text(FIELDS, encoding="utf-8")
    first = next(iter(scheme_for(path)))
    assert isinstance(first, Field)
    assert node_of(first) == f"{BASE}ics/98"
    made = Committee("ISO/IEC JTC 1/SC 39", {}, "", "", "", "", "", 0)
    assert node_of(made) == f"{BASE}committee/iso-iec/jtc1/sc39"


def test_a_store_without_names_can_still_be_added_to(made: Path, tmp_path: Path) -> None:
    """Stores that were made before names were kept have none; the next import leaves them so."""
    import_catalogues(tmp_path / "s", [Source("old", [record("ISO 99903:2020")])])
    for file in (tmp_path / "s").glob("g-*/names/*"):
        file.unlink()
    import_catalogues(tmp_path / "s", [Source("new", [record("ISO 99904:2020")])])
    kg = gdakg.open_store(tmp_path / "s")
    assert [hit.code for hit in kg.search("ISO 99903")][:1] == ["ISO 99903"]


def test_a_committee_of_a_joint_standard_is_that_of_the_catalogue(tmp_path: Path) -> None:
    told = {"catalogue": "ieee", "committees": ("Spoons of the IEEE",)}
    records = [
        record("IEEE Std 99901-2020", publishers=("IEEE",), **told),
        record("IEC/IEEE 99902:2020", publishers=("IEC", "IEEE"), **told),
    ]
    import_catalogues(tmp_path / "s", [Source("ieee", records)])
    found = rows(tmp_path / "s", 'SELECT ?c { ?c skos:notation "Spoons of the IEEE" }')
    assert found == {("committee/ieee/spoons-of-the-ieee",)}
    kg = gdakg.open_store(tmp_path / "s")
    assert kg.find("spoons of the ieee") == f"{BASE}committee/ieee/spoons-of-the-ieee"
