"""The traps of the catalogues of IEEE and Ecma, each on a short record made for the test."""

from pathlib import Path

import pytest

from cataloged import extracted, one, related
from gdakg.records import Relation


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
        ("Inactive", "draft", "Inactive, draft", "unclear"),
        ("Inactive", "withdrawn", "Inactive, withdrawn", "withdrawn"),
        ("Inactive", None, "Inactive", "unclear"),
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
