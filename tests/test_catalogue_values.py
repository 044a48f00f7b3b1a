"""What holds for the values of every catalogue, and for both schemas and our extract."""

from pathlib import Path

import pytest

from cataloged import documents, extracted, one, record, related
from gdakg.records import RELATIONS, STAGES, Relation

# values stay as they are written


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("2018", "2018"),
        ("2018-02", "2018-02"),
        ("2018-02-03", "2018-02-03"),
        ("2018-02-03T04:05:06Z", "2018-02-03"),
        ("2018-02-31", "2018-02"),
        ("2018-13-01", "2018"),
        ("'2018'", "2018"),
        ("soon", ""),
    ],
)
def test_dates_are_as_precise_as_written(tmp_path: Path, written: str, issued: str) -> None:
    date = f"date: [{{type: published, value: {written}}}]"
    text = f"docid: [{{id: 'ISO 9901:2018', type: ISO}}]\n{date}"
    assert one(tmp_path, text).issued == issued


def test_yaml_converts_nothing(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        """
        docid: [{id: 3.10, type: 3GPP}]
        keyword: [{content: no}, {content: 1_000}, {content: 012}, {content: 12:30:00}]
        title: [{content: null, language: [no]}]
        """,
    )
    assert record.designation == "3.10"
    assert record.keywords == ("no", "1_000", "012", "12:30:00")
    assert record.titles == {"no": "null"}


# two families of schemas


def test_both_families_of_schemas_tell_the_same(tmp_path: Path) -> None:
    older = one(
        tmp_path,
        """
        schema-version: v1.2.9
        title: [{content: Spoons, language: [en], script: [Latn], type: main}]
        link: [{content: 'https://example.org/x.rss', type: rss},
               {content: 'https://example.org/9901', type: src}]
        docid: [{id: W3C CR-spoon-20190101, type: W3C, primary: true}]
        date: [{type: published, value: '2019-01-01'}]
        contributor:
        - {role: [{type: publisher}], organization: {abbreviation: {content: W3C}}}
        keyword: [{content: cutlery}]
        docstatus: {stage: {value: Candidate Recommendation Snapshot}}
        relation:
        - {type: obsoletes, bibitem: {docid: [{id: W3C WD-spoon-20180101, type: W3C}]}}
        - {type: updatedBy, description: {content: errata},
           bibitem: {formattedref: {content: W3C REC-spoon-20200101}}}
        ext:
          doctype: {type: technicalReport}
          editorialgroup: {committee: [Cutlery Working Group]}
        """,
    )
    newer = one(
        tmp_path,
        """
        schema_version: v1.5.6
        title: [{content: Spoons, language: en, script: Latn}]
        source: [{type: src, content: 'https://example.org/9901'}]
        docidentifier: [{content: W3C CR-spoon-20190101, type: W3C, primary: true}]
        date: [{type: published, at: '2019-01-01'}]
        contributor:
        - {role: [{type: publisher}], organization: {abbreviation: {content: W3C}}}
        - role: [{type: author, description: [{content: committee}]}]
          organization:
            name: [{content: Web}]
            subdivision: [{name: [{content: Cutlery Working Group}], type: technical-committee}]
        keyword: [{vocab: {content: cutlery}}]
        status: {stage: {content: Candidate Recommendation Snapshot}}
        relation:
        - {type: obsoletes, bibitem: {docidentifier: [{content: W3C WD-spoon-20180101, type: W3C}]}}
        - {type: updatedBy, description: {content: errata},
           bibitem: {docidentifier: [{content: W3C REC-spoon-20200101, type: W3C}]}}
        ext: {doctype: {content: technicalReport}, flavor: w3c}
        """,
    )
    assert older == newer
    assert newer == record(
        "W3C CR-spoon-20190101",
        catalogue="tried",
        publishers=("W3C",),
        titles={"en": "Spoons"},
        issued="2019-01-01",
        stage="draft",
        native_status="Candidate Recommendation Snapshot",
        kind="technicalReport",
        committees=("Cutlery Working Group",),
        relations=(
            Relation("replaces", "W3C WD-spoon-20180101"),
            Relation("replacedBy", "W3C REC-spoon-20200101"),
        ),
        keywords=("cutlery",),
        page="https://example.org/9901",
        source="data/one.yaml",
    )


# our extract, for daily work, tells what the YAML does


def test_the_extract_tells_what_the_yaml_tells(tmp_path: Path) -> None:
    written = one(
        tmp_path,
        """
        docid: [{id: 'IEC 99001:2020', type: IEC}, {id: 'urn:iec:std:iec:99001', type: URN}]
        title: [{content: Spoons, language: [en]}, {content: Cuillers, language: [fr]}]
        date: [{type: published, value: 2020-02-03}, {type: stable-until, value: 2030-01-01}]
        link: [{type: src, content: https://example.org/iec}]
        contributor:
        - {role: [{type: publisher}], organization: {abbreviation: {content: IEC}}}
        docstatus: {stage: {value: REVISED}}
        ext:
          doctype: {type: international-standard}
          editorialgroup: {technical_committee: [{name: TC 111, number: 111, type: tc}]}
          ics: [{code: 13.020.20, text: Environmental economics}]
        """,
    )
    taken = extracted(
        tmp_path,
        "IEC 99001:2020",
        "IEC",
        type="international-standard",
        title={"en": "Spoons", "fr": "Cuillers"},
        published="2020-02-03",
        dates={"published": "2020-02-03", "stable-until": "2030-01-01"},
        status="superseded",
        stage="REVISED",
        committee=[{"kind": "technical_committee", "name": "TC 111", "number": "111"}],
        ics=["13.020.20"],
        publisher=["IEC"],
        link="https://example.org/iec",
    )
    assert taken == written._replace(source="tried.jsonl", line=1)
    assert written.stage == "superseded"


def test_reading_goes_on_while_records_are_used(tmp_path: Path) -> None:
    text = "docid: [{{id: 'ISO {}:2020', type: ISO}}]"
    reader = documents(tmp_path, a=text.format(1), b=text.format(2))
    next(iter(reader))
    assert (reader.read, reader.share) == (1, 0.5)


# what holds for all


def test_every_relation_and_stage_is_one_of_ours(tmp_path: Path) -> None:
    links = ("hasPart ISO 1:2000", "includes ISO 2:2000", "new-kind ISO 3:2000")
    record = extracted(tmp_path, "ISO 9901:2004", "ISO", stage="61.61", relations=[])
    assert record.stage in STAGES
    found = related(tmp_path, "ISO 9901:2004", "ISO", *links)
    assert {each.partition(" ")[0] for each in found} == {"relatedTo"} <= set(RELATIONS)


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("https://example.org/a{ed1.0}.pdf", "https://example.org/a%7Bed1.0%7D.pdf"),
        ("https://example.org/é?q=100%", "https://example.org/%C3%A9?q=100%25"),
        ("https://example.org/#!iso:std:1:en", "https://example.org/#!iso:std:1:en"),
        ("javascript:alert(1)", ""),
        ("https://www.techstreet.comhttps//x", "https://www.techstreet.comhttps//x"),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_a_page_is_an_address_that_an_iri_may_hold(tmp_path: Path, written: str, page: str) -> None:
    assert extracted(tmp_path, "ISO 9901:2004", "ISO", link=written).page == page
