"""The traps of the catalogue of ISO, each on a short record made for the test."""

from pathlib import Path

import pytest

from cataloged import documents, extracted, one, related
from gdakg.records import Record

# duplicates


def test_both_files_of_one_document_are_given_the_old_one_with_less(tmp_path: Path) -> None:
    reader = documents(
        tmp_path,
        **{
            "iso-9901:2007": """
                schema-version: v1.2.7
                docid: [{id: 'ISO 9901:2007', type: ISO, primary: true}]
                title: [{content: Spoons, language: [en], type: main}]
                doctype: {type: international-standard}
                editorialgroup: {technical_committee: [{name: Cutlery, identifier: ISO/TC 999}]}
                ics: [{code: '97.040.60', text: Cookware}]
                """,
            "iso-9901-2007": """
                schema-version: v1.2.9
                docid: [{id: 'ISO 9901:2007', type: ISO, primary: true}]
                title: [{content: Spoons, language: [en], type: main}]
                docstatus: {stage: {value: '60'}, substage: {value: '60'}}
                ext:
                  doctype: {type: international-standard}
                  editorialgroup: {technical_committee: [{name: Cutlery, identifier: ISO/TC 999}]}
                  ics: [{code: '97.040.60', text: Cookware}]
                """,
        },
    )
    new, old = reader
    assert isinstance(new, Record) and isinstance(old, Record)
    assert (old.source, new.source) == ("data/iso-9901:2007.yaml", "data/iso-9901-2007.yaml")
    same = {"source": "", "stage": "unclear", "native_status": ""}
    assert old._replace(source="") == new._replace(**same)
    assert (new.stage, new.native_status, new.ics) == ("published", "60.60", ("97.040.60",))
    assert new.committees == ("ISO/TC 999",)
    assert reader.read == 2


# ISO's reversed updates


def test_updates_of_iso_mean_what_the_years_tell(tmp_path: Path) -> None:
    found = related(
        tmp_path,
        "ISO 9901:2004",
        "ISO",
        "updates ISO 9901:2015",
        "updates ISO 9901:2004/Amd 1:2009",
        "updates ISO 9901:2004/DAmd 2",
        "updates ISO 9801:1998",
        "updates ISO/DIS 9901",
        "obsoletes ISO 9901:1996",
        stage="95.99",
    )
    assert found == {
        "replacedBy ISO 9901:2015",
        "amendedBy ISO 9901:2004/Amd 1:2009",
        "amendedBy ISO 9901:2004/DAmd 2",
        "relatedTo ISO 9801:1998",
        "relatedTo ISO/DIS 9901",
        "replaces ISO 9901:1996",
    }


def test_an_amendment_amends_its_base_and_is_replaced_by_the_next_edition(tmp_path: Path) -> None:
    found = related(
        tmp_path,
        "ISO 9901:2004/Amd 1:2009",
        "ISO",
        "updates ISO 9901:2004",
        "updates ISO 9901:2015",
        stage="95.99",
    )
    assert found == {"amends ISO 9901:2004", "replacedBy ISO 9901:2015"}


# the URN of ISO holds no year


def test_urns_dois_and_references_are_no_other_designations(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        """
        docid:
        - {id: 'ISO 9901:2007', type: ISO, primary: true}
        - {id: 'ISO 9901:2007(E)', type: iso-reference}
        - {id: 'urn:iso:std:iso:9901:stage-60.60', type: URN}
        - {id: 10.9999/X, type: DOI}
        """,
    )
    assert (record.designation, record.aliases) == ("ISO 9901:2007", ())


# designations without a year


@pytest.mark.parametrize(
    ("designation", "stage", "ours"),
    [
        ("ISO/AWI 9901", "20.00", "work-item"),
        ("ISO/CD 9901", "30.20", "draft"),
        ("ISO/FDIS 9901", "50.20", "draft"),
        ("ISO 9901", "60.00", "in-publication"),
        ("ISO/DIS 9902", "40.98", "withdrawn"),
    ],
)
def test_a_draft_has_no_year_and_a_stage(
    tmp_path: Path, designation: str, stage: str, ours: str
) -> None:
    record = extracted(tmp_path, designation, "ISO", stage=stage)
    found = (record.designation, record.stage, record.native_status, record.issued)
    assert found == (designation, ours, stage, "")


def test_a_draft_replaces_nothing_yet(tmp_path: Path) -> None:
    link = "obsoletes ISO 9901:2015"
    planned = related(tmp_path, "ISO/DIS 9901", "ISO", link, stage="40.20")
    assert planned == {"relatedTo ISO 9901:2015"}
    approved = related(tmp_path, "ISO 9901", "ISO", link, stage="60.00")
    assert approved == {"replaces ISO 9901:2015"}
    reverse = related(tmp_path, "ISO 9901:2015", "ISO", "obsoletes ISO/DIS 9901", stage="90.92")
    assert reverse == {"relatedTo ISO/DIS 9901"}


# abstracts in the wrong language


def test_abstracts_are_never_read_and_dashes_of_titles_stay(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        """
        docid: [{id: 'ISO 9901-2:2007', type: ISO}]
        title:
        - {content: 'Couverts - Partie 2: Cuillers -- Essais', language: [fr], type: main}
        - {content: Couverts, language: [fr], type: title-intro}
        abstract: [{content: The English text of an abstract., language: [fr]}]
        """,
    )
    assert record.titles == {"fr": "Couverts - Partie 2: Cuillers -- Essais"}
    assert "abstract" not in repr(record)


def test_titles_in_parts_are_joined_where_there_is_no_whole_one(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        """
        docid: [{id: 'ISO 9901-2:2007', type: ISO}]
        title:
        - {content: Cutlery, language: [en], type: title-intro}
        - {content: 'Part 2: Spoons', language: [en], type: title-part}
        """,
    )
    assert record.titles == {"en": "Cutlery - Part 2: Spoons"}
