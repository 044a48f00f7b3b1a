"""Since when a standard is not in force: as a catalogue states it, from the file to `watch`."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import gdakg
from cataloged import record
from gdakg.catalogues import reader_for, stages
from gdakg.cli import main
from gdakg.importing import Source, import_catalogues
from gdakg.records import Record
from gdakg.watching import Change, watch

#: curated, and published according to the bundled graph
CURATED = "IEC TR 62635"


def test_the_extract_tells_when_an_edition_ended(tmp_path: Path) -> None:
    path = tmp_path / "iec.jsonl.gz"
    entry = {
        "id": "IEC 99901:2010",
        "docids": [{"id": "IEC 99901:2010", "type": "IEC", "primary": True}],
        "stage": "WITHDRAWN",
        "dates": {"published": "2010-02-03", "stable-until": "2019", "obsoleted": "2020-12-31"},
    }
    with gzip.open(path, "wt") as stream:
        stream.write(json.dumps(entry))
    [found] = reader_for(path)
    assert isinstance(found, Record)
    assert (found.issued, found.withdrawn, found.stage) == ("2010-02-03", "2020-12-31", "withdrawn")


def test_relaton_tells_it_too(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "one.yaml").write_text(
        "docid:\n- id: IEC 99901:2010\n  type: IEC\n"
        "date:\n- type: obsoleted\n  value: '2020-12'\n- type: published\n  value: '2010'\n"
    )
    [found] = reader_for(tmp_path)
    assert isinstance(found, Record)
    assert (found.issued, found.withdrawn) == ("2010", "2020-12")


def test_a_column_of_a_table_tells_it(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code,status,withdrawal date\nISO 99901:2010,withdrawn,2020-12-31\n")
    [found] = reader_for(path)
    assert isinstance(found, Record)
    assert (found.stage, found.withdrawn) == ("withdrawn", "2020-12-31")


def watched(tmp_path: Path, since: str, **told: str) -> list[Change]:
    """Return what became of a curated standard whose edition a catalogue says is withdrawn."""
    [standing] = gdakg.load().standard(CURATED).editions[-1:]
    ended = record(
        standing.code,
        publishers=("IEC",),
        stage="withdrawn",
        native_status="WITHDRAWN",
        issued=standing.issued,
        **told,
    )
    import_catalogues(tmp_path / "s", [Source("iec", [ended])])
    found = watch(gdakg.open_store(tmp_path / "s"), since)
    return [change for change in found.changes if change.standard == CURATED]


def test_a_withdrawal_has_the_date_that_the_catalogue_states(tmp_path: Path) -> None:
    [change] = watched(tmp_path, "2024", withdrawn="2025-03-14")
    assert (change.change, change.date) == ("withdrawn", "2025-03-14")
    assert "when is not recorded" not in change.note


def test_one_before_the_date_asked_for_is_not_told(tmp_path: Path) -> None:
    assert watched(tmp_path, "2026", withdrawn="2025-03-14") == []


def test_one_without_a_date_is_told_whenever(tmp_path: Path) -> None:
    [change] = watched(tmp_path, "2026")
    assert (change.change, change.date) == ("withdrawn", "")
    assert "when is not recorded" in change.note


@pytest.mark.parametrize(
    ("body", "native", "stage"),
    [
        ("IEEE", "Inactive", "unclear"),  # superseded, withdrawn or given up
        ("IEEE", "Inactive, approved", "unclear"),
        ("IEEE", "Inactive, withdrawn", "withdrawn"),
        ("IEEE", "Superseded", "superseded"),
        ("IETF", "HISTORIC", "unclear"),  # superseded or obsolete for any other reason
        ("IETF", "UNKNOWN", "published"),
        ("W3C", "Retired", "unclear"),
        ("ITU", "Prepublished", "unclear"),  # in no catalogue that we have seen
        ("ISO", "40.98", "withdrawn"),  # project cancelled
        ("ISO", "90.99", "under-review"),  # withdrawal proposed
        ("ISO", "95.92", "published"),  # decision not to withdraw
        ("ISO", "61.00", "unclear"),
        ("3GPP", "", "unclear"),
    ],
)
def test_a_stage_is_no_guess(body: str, native: str, stage: str) -> None:
    assert stages.stage_of(body, native) == stage


def test_what_is_inactive_is_not_current(tmp_path: Path) -> None:
    older = record("IEEE Std 99901-2010", publishers=("IEEE",), issued="2010")
    newer = record(
        "IEEE Std 99901-2015",
        publishers=("IEEE",),
        issued="2015",
        stage="unclear",
        native_status="Inactive",
    )
    other = record(
        "IEEE Std 99902-2015",
        publishers=("IEEE",),
        issued="2015",
        stage="unclear",
        native_status="Inactive",
    )
    unknown = record("IEEE Std 99903-2015", publishers=("IEEE",), issued="2015", stage="unclear")
    records = [older, newer, other, unknown]
    import_catalogues(tmp_path / "s", [Source("ieee", records)])
    kg = gdakg.open_store(tmp_path / "s")
    current = {
        code: [edition.code for edition in kg.standard(code).editions if edition.is_current]
        for code in ("IEEE Std 99901", "IEEE Std 99902", "IEEE Std 99903")
    }
    assert current == {
        "IEEE Std 99901": ["IEEE Std 99901-2010"],
        "IEEE Std 99902": [],
        "IEEE Std 99903": ["IEEE Std 99903-2015"],
    }


class _Losing(list[Record]):
    """A reader that meets one more record than it gives."""

    read = 2


def test_a_reader_that_loses_a_record_is_caught(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="records are lost: 2 were met"):
        import_catalogues(tmp_path / "s", [Source("iso", _Losing([record("ISO 99901:2020")]))])
    assert not (tmp_path / "s" / "manifest.json").exists()


def test_a_table_without_codes_ends_in_one_line(tmp_path: Path) -> None:
    """What is wrong shows only when its rows are read: no usage error, and the store as it was."""
    path = tmp_path / "prices.csv"
    path.write_text("price,shop\n1,corner\n")
    done = CliRunner().invoke(
        main, ["catalogue", "import", "prices", str(path), "--store", str(tmp_path / "s")]
    )
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert "no column known to hold designations" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("extra", [["--snapshot", "yesterday"], []])
def test_a_wrong_name_or_date_is_a_usage_error(tmp_path: Path, extra: list[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("code\nISO 99901\n")
    name = "list" if extra else "No Name"
    command = ["catalogue", "import", name, str(path), "--store", str(tmp_path / "s"), *extra]
    assert CliRunner().invoke(main, command).exit_code == 2
    assert not (tmp_path / "s").exists()
