"""The traps of real catalogues, each on a short record made for the test in the original format."""

import json
from pathlib import Path
from textwrap import dedent

import pytest

from gdakg.catalogues import reader_for
from gdakg.catalogues.reader import Reader
from gdakg.records import RELATIONS, STAGES, Broken, Record, Relation


def documents(folder: Path, **texts: str) -> Reader:
    """Return the reader of a folder of Relaton YAML; each name is a file without its ending."""
    (folder / "data").mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / "data" / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    return reader_for(folder, "tried")


def one(folder: Path, text: str) -> Record:
    """Return the record of the document `text`."""
    (found,) = documents(folder, one=text)
    assert isinstance(found, Record), found
    return found


def lines(folder: Path, *entries: object) -> Reader:
    """Return the reader of JSON Lines."""
    path = folder / "tried.jsonl"
    path.write_text("".join(f"{json.dumps(entry)}\n" for entry in entries), encoding="utf-8")
    return reader_for(path)


def extracted(folder: Path, designation: str, body: str, **facts: object) -> Record:
    """Return the record of one line of our extract."""
    docids = [{"id": designation, "type": body, "primary": True}]
    (found,) = lines(folder, {"id": designation, "body": body, "docids": docids} | facts)
    assert isinstance(found, Record), found
    return found


def related(folder: Path, designation: str, body: str, *links: str, **facts: object) -> set[str]:
    """Return relations as "kind target", of links given as "type target" or "type/why target"."""
    told = []
    for link in links:
        kind, _, target = link.partition(" ")
        name, _, why = kind.partition("/")
        told.append({"type": name, "target": target, "description": why})
    record = extracted(folder, designation, body, relations=told, **facts)
    return {f"{relation.kind} {relation.target}" for relation in record.relations}


# 1. duplicates


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


# 2. ISO's reversed updates


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


# 3. the URN of ISO holds no year


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


# 4. designations without a year


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


# 5. abstracts in the wrong language


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


# 6. ITU: prefixes, noise, editions in no order


def test_relations_of_itu_get_their_prefix_and_their_order(tmp_path: Path) -> None:
    reader = lines(
        tmp_path,
        {
            "id": "ITU-T L.9901 (12/2014)",
            "docids": [{"id": "ITU-T L.9901 (12/2014)", "type": "ITU"}],
            "relations": [
                {"type": "hasEdition", "target": "L.9901 (11/2024)"},
                {"type": "hasEdition", "target": "L.9901 (03/2012)"},
                {"type": "hasEdition", "target": "L.9901 (01/2009)"},
                {"type": "hasEdition", "target": "L.9901 (06/2018)"},
                {"type": "hasEdition", "target": "L.9901 (2014) Amd. 1 (06/2016)"},
                {"type": "hasEdition", "target": "L.9901 (2012) Cor. 1 (06/2013)"},
                {"type": "hasEdition", "target": "L.99010 (06/2018)"},
                {"type": "complementOf", "target": "L Suppl. 2 (12/2013)"},
                {"type": "complementOf", "target": "L Suppl. 4 (04/2016)"},
            ],
        },
    )
    (record,) = reader
    assert isinstance(record, Record)
    assert set(record.relations) == {
        Relation("replaces", "ITU-T L.9901 (03/2012)"),
        Relation("replacedBy", "ITU-T L.9901 (06/2018)"),
        Relation("amendedBy", "ITU-T L.9901 (2014) Amd. 1 (06/2016)"),
    }
    assert sum(reader.remarks.values()) == 6, "what is left out is counted"


def test_an_amendment_of_itu_amends_the_edition_of_its_year(tmp_path: Path) -> None:
    found = related(
        tmp_path,
        "ITU-T L.9901 (2014) Amd. 1 (06/2016)",
        "ITU",
        "hasEdition L.9901 (03/2012)",
        "hasEdition L.9901 (12/2014)",
    )
    assert found == {"amends ITU-T L.9901 (12/2014)"}


# 7. ITU: bare and malformed records


def test_a_record_of_itu_may_lack_title_status_and_page(tmp_path: Path) -> None:
    record = extracted(tmp_path, "ITU-T L.9901 (2014) Cor. 1 (06/2015)", "ITU", title={}, link="")
    assert (record.titles, record.stage, record.page) == ({}, "unclear", "")
    assert record.publishers == ("ITU-T",)


def test_the_colon_of_a_question_of_itu_r_goes(tmp_path: Path) -> None:
    record = extracted(tmp_path, "ITU-R 913-1/9:", "ITU", published="2006-11")
    found = (record.designation, record.publishers, record.issued)
    assert found == ("ITU-R 913-1/9", ("ITU-R",), "2006-11")


def test_a_common_text_is_aligned_with_what_iso_calls_it(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        """
        docidentifier:
        - {content: ITU-T X.9901 (10/2019), type: ITU, primary: true}
        - {content: ISO/IEC 99594-8, type: ISO, primary: true}
        """,
    )
    assert record.relations == (Relation("alignedWith", "ISO/IEC 99594-8"),)
    assert record.aliases == ("ISO/IEC 99594-8",)


def test_a_dual_number_is_two_designations_of_one_text(tmp_path: Path) -> None:
    record = extracted(tmp_path, "ITU-T Y.9900/L.9600 (06/2016)", "ITU")
    assert record.aliases == ("ITU-T Y.9900 (06/2016)", "ITU-T L.9600 (06/2016)")


# 8. IEC: broken file, marks in titles, variants


def test_a_broken_file_is_told_with_its_line_and_the_next_one_is_read(tmp_path: Path) -> None:
    reader = documents(
        tmp_path,
        a="""\
            docid:
            - id: 'IEC 99001:2020
              type: IEC
            """,
        b="docid: [{id: 'IEC 99002:2020', type: IEC}]",
    )
    broken, whole = reader
    assert isinstance(broken, Broken) and isinstance(whole, Record)
    assert (broken.file, broken.line) == ("data/a.yaml", 4)
    assert broken.reason.startswith("not YAML: ")
    assert (whole.designation, reader.read) == ("IEC 99002:2020", 2)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L&#39;&eacute;nergie &amp; l&apos;eau", "L'énergie & l'eau"),
        ("Solid (MnO<sub>2</sub>) <em>U</em><sub>m</sub>", "Solid (MnO2) Um"),
        ("Safety \n   of\r\n  spoons ", "Safety of spoons"),
        ("One<br/>two <p class='x'>three</p>", "One two three"),
        ("The <video> element, a < b", "The <video> element, a < b"),
        ("&amp;lt;b&amp;gt; &amp; &nosuch;", "& &nosuch;"),
        ("a\x00b\x1bc", "a b c"),
        ("half a \ud83d sign", "half a \N{REPLACEMENT CHARACTER} sign"),
    ],
)
def test_titles_are_plain_text_in_one_line(tmp_path: Path, written: str, read: str) -> None:
    assert extracted(tmp_path, "IEC 99001:2020", "IEC", title={"en": written}).titles == {
        "en": read
    }


def test_what_stands_before_spanish_titles_goes(tmp_path: Path) -> None:
    titles = {"en": "Spoons", "es": "VERSION OFICIAL EN ESPANOL - Cucharas.", "und": "Löffel"}
    record = extracted(tmp_path, "IEC 99001:2020", "IEC", title=titles)
    assert record.titles == {"en": "Spoons", "es": "Cucharas.", "": "Löffel"}


@pytest.mark.parametrize(
    ("designation", "is_variant"),
    [
        ("IEC 99001:2020+AMD1:2022 CSV", True),
        ("IEC 99001:2020 RLV", True),
        ("IEC 99001:2020 EXV-RLV", True),
        ("IEC 99001:2020 SER", True),
        ("IEC 99001:2020 CMV", True),
        ("IEC 99001:2020/AMD1:2022", False),
        ("IEC TS 99001:2020", False),
    ],
)
def test_variants_of_iec_are_no_standards(
    tmp_path: Path, designation: str, is_variant: bool
) -> None:
    assert extracted(tmp_path, designation, "IEC").is_variant is is_variant


def test_committees_of_iec_get_their_prefix(tmp_path: Path) -> None:
    committee = [{"name": "TC 111"}, {"name": "ISO/IEC JTC 1/SC 39"}]
    record = extracted(tmp_path, "IEC 99001:2020", "IEC", committee=committee)
    assert record.committees == ("IEC TC 111", "ISO/IEC JTC 1/SC 39")


# 9. IEEE: upload dates, escapes, drafts, redlines, relations to oneself


@pytest.mark.parametrize(
    ("designation", "dates", "issued"),
    [
        ("IEEE Std 9901-2012", {"published": "2015-12-21", "issued": "2012-08-30"}, "2012-08-30"),
        ("IEEE Std 9901-1980", {"published": "2014-02-20", "issued": "1979-03-15"}, "1980"),
        ("IEEE Std 9901-1980", {"published": "2014-02-20"}, "1980"),
        ("IEEE P9901/D3", {"published": "2014-02-20"}, ""),
    ],
)
def test_the_date_of_ieee_is_that_of_approval_or_the_year_printed(
    tmp_path: Path, designation: str, dates: dict[str, str], issued: str
) -> None:
    assert extracted(tmp_path, designation, "IEEE", dates=dates).issued == issued


def test_double_escapes_in_names_of_committees_are_undone(tmp_path: Path) -> None:
    committee = [{"name": "Software &amp;amp; Systems"}]
    record = extracted(tmp_path, "IEEE Std 9901-2012", "IEEE", committee=committee)
    assert record.committees == ("Software & Systems",)


@pytest.mark.parametrize(
    ("status", "stage", "native", "ours"),
    [
        ("Active", "approved", "Active, approved", "published"),
        ("Active", "draft", "Active, draft", "draft"),
        ("Inactive", "draft", "Inactive, draft", "withdrawn"),
        ("Inactive", None, "Inactive", "withdrawn"),
        ("Superseded", None, "Superseded", "superseded"),
        ("Unheard of", None, "Unheard of", "unclear"),
    ],
)
def test_a_status_of_ieee_has_two_words(
    tmp_path: Path, status: str, stage: str | None, native: str, ours: str
) -> None:
    facts = {"standard_status": status, "stage": stage}
    record = extracted(tmp_path, "IEEE Std 9901-2012", "IEEE", **facts)
    assert (record.native_status, record.stage) == (native, ours)


def test_relations_of_ieee_tell_by_their_description(tmp_path: Path) -> None:
    links = ("updates/revises IEEE Std 9901-2002", "updates/amends IEEE Std 9900-2010")
    more = ("adoptedFrom IEEE Std 9901-2012", "obsoletedBy IEEE Std 9901-2022")
    assert related(tmp_path, "IEEE Std 9901-2012", "IEEE", *links, *more) == {
        "replaces IEEE Std 9901-2002",
        "amends IEEE Std 9900-2010",
        "replacedBy IEEE Std 9901-2022",
    }
    status = {"standard_status": "Inactive", "stage": "draft"}
    drafted = related(tmp_path, "IEEE P9901/D-3-2011-05", "IEEE", links[0], **status)
    assert drafted == {"relatedTo IEEE Std 9901-2002"}


def test_a_redline_is_a_variant(tmp_path: Path) -> None:
    record = extracted(tmp_path, "IEEE Std 9901-2012 Redline", "IEEE", type="redline")
    assert record.is_variant


# 10. values stay as they are written


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


# 11. two families of schemas


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
    assert newer == Record(
        designation="W3C CR-spoon-20190101",
        catalogue="tried",
        publishers=("W3C",),
        titles={"en": "Spoons"},
        issued="2019-01-01",
        stage="draft",
        native_status="Candidate Recommendation Snapshot",
        kind="technicalReport",
        committees=("Cutlery Working Group",),
        ics=(),
        relations=(
            Relation("replaces", "W3C WD-spoon-20180101"),
            Relation("replacedBy", "W3C REC-spoon-20200101"),
        ),
        aliases=(),
        keywords=("cutlery",),
        page="https://example.org/9901",
        source="data/one.yaml",
        line=0,
        is_variant=False,
    )


# 12. our extract, for daily work, tells what the YAML does


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


def test_editions_of_ecma_are_told_apart_by_year(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        """
        docid: [{id: ECMA-9901, type: ECMA}]
        date: [{type: published, value: 1992-12}]
        relation:
        - {type: updates, bibitem: {docid: [{id: ECMA-9901}], date: [{value: 1990-12}]}}
        - {type: updates, bibitem: {docid: [{id: ECMA-9901}], date: [{value: 1992-12}]}}
        - {type: updates, bibitem: {docid: [{id: ECMA-9901}], date: [{value: 2001-06}]}}
        - {type: updates, bibitem: {docid: [{id: ECMA-9901}], date: [{value: 1985-06}]}}
        """,
    )
    assert record.designation == "ECMA-9901:1992"
    assert set(record.relations) == {
        Relation("replaces", "ECMA-9901:1990"),
        Relation("replacedBy", "ECMA-9901:2001"),
    }
