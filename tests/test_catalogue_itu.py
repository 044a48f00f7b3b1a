"""The traps of the catalogue of ITU, each on a short record made for the test."""

from pathlib import Path

from cataloged import extracted, lines, one, related
from gdakg.records import Record, Relation

# ITU: prefixes, noise, editions in no order


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


# ITU: bare and malformed records


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
