"""ISO Open Data: deliverables, committees and fields, whole and damaged."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from cataloged import record
from gdakg.catalogues import reader_for, scheme_for
from gdakg.errors import CatalogueError
from gdakg.records import Broken, Committee, Field, Record, Relation


def deliverable(**facts: object) -> str:
    known: dict[str, object] = {
        "id": 1,
        "deliverableType": "IS",
        "supplementType": None,
        "reference": "ISO 9901:2018",
        "publicationDate": "2018-02-03",
        "icsCode": ["97.040.60"],
        "ownerCommittee": "ISO/TC 999/SC 1",
        "currentStage": 9092,
        "replaces": None,
        "replacedBy": None,
        "languages": ["en"],
        "scope": {"en": "<p>Not read.</p>"},
    }
    return json.dumps(known | facts)


def test_deliverables_name_by_number_what_they_replace(tmp_path: Path) -> None:
    path = tmp_path / "deliverables.jsonl"
    texts = [
        deliverable(replaces=[2, 7], replacedBy=[3], title={"en": "Spoons", "fr": "Cuillers"}),
        deliverable(id=2, reference="ISO 9901:2001", currentStage=9599),
        deliverable(id=3, reference="ISO/DIS 9901", currentStage=4020, publicationDate=None),
        deliverable(id=4, reference=None),
        deliverable(id=5, reference="ISO 9901:2001/Amd 1:2004", supplementType="Amd"),
    ]
    path.write_text("\n".join(texts), encoding="utf-8")
    reader = reader_for(path, "iso")
    first, old, draft, broken, amendment = reader
    assert first == record(
        "ISO 9901:2018",
        catalogue="iso",
        publishers=("ISO",),
        titles={"en": "Spoons", "fr": "Cuillers"},
        issued="2018-02-03",
        stage="under-review",
        native_status="90.92",
        kind="IS",
        committees=("ISO/TC 999/SC 1",),
        ics=("97.040.60",),
        relations=(Relation("replaces", "ISO 9901:2001"), Relation("relatedTo", "ISO/DIS 9901")),
        page="https://www.iso.org/standard/1.html",
        source="deliverables.jsonl",
        line=1,
    )
    assert isinstance(old, Record) and isinstance(draft, Record) and isinstance(amendment, Record)
    assert (old.titles, old.stage) == ({}, "withdrawn")
    assert (draft.stage, draft.issued) == ("draft", "")
    assert amendment.kind == "IS Amd"
    assert isinstance(broken, Broken) and broken.line == 4
    assert reader.remarks == {"replaces left out: the file lacks what it names": 1}
    assert reader.read == 5


def test_committees_name_their_parent_by_number(tmp_path: Path) -> None:
    path = tmp_path / "committees.jsonl"
    child = {"id": 2, "reference": "ISO/TC 999/SC 1", "parentId": 1, "childrenId": None}
    parent = {"id": 1, "reference": "ISO/TC 999", "parentId": None, "childrenId": [2]}
    parent |= {"title": {"en": "Cutlery"}, "status": "Active", "creationDate": "1947-01-01"}
    parent |= {"secretariat": {"id": 7, "acronym": "SAC"}}
    path.write_text("\n".join(map(json.dumps, (child, parent))), encoding="utf-8")
    assert list(scheme_for(path)) == [
        Committee("ISO/TC 999/SC 1", {}, "", "ISO/TC 999", "", "", "committees.jsonl", 1),
        Committee(
            *("ISO/TC 999", {"en": "Cutlery"}, "Active", "", "SAC", "1947-01-01"),
            *("committees.jsonl", 2),
        ),
    ]
    with pytest.raises(CatalogueError, match="lists no standards"):
        reader_for(path)


def test_fields_of_ics_have_a_broader_one_and_two_languages(tmp_path: Path) -> None:
    path = tmp_path / "ICS.csv"
    text = dedent("""\
        identifier,parent,titleEn,titleFr,scopeEn,scopeFr
        "97",,"Sports","Sports",,
        "97.040","97","Kitchen","Cuisine","Stoves, see 97.100","Fourneaux"
        ,"97","No number","Sans",,
        """)
    path.write_text(f"\ufeff{text}", encoding="utf-8")
    top, kitchen, broken = scheme_for(path)
    assert top == Field("97", "", {"en": "Sports", "fr": "Sports"}, {}, "ICS.csv", 2)
    assert kitchen == Field(
        *("97.040", "97", {"en": "Kitchen", "fr": "Cuisine"}),
        *({"en": "Stoves, see 97.100", "fr": "Fourneaux"}, "ICS.csv", 3),
    )
    assert broken == Broken("ICS.csv", 4, "no field: `identifier` is missing or empty")
