"""Each format of a catalogue, as small as it can be, whole and damaged."""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from textwrap import dedent

import pytest

from gdakg.catalogues import format_of, reader_for, scheme_for
from gdakg.catalogues.documents import LARGEST
from gdakg.catalogues.table import Table
from gdakg.errors import CatalogueError
from gdakg.records import Broken, Committee, Field, Record, Relation

SPOON = "docid: [{id: 'ISO 9901:2018', type: ISO}]\n"
FORK = "docid: [{id: 'ISO 9902:2018', type: ISO}]\n"

TEXT_INDEX = """
                             RFC INDEX

(CREATED ON: 01/01/2026.)

  9915 Dynamic Host Configuration Protocol. T. Mrugalski. January 2026. (Format:
       HTML) (Status: INTERNET STANDARD)

9901 Spoons, Forks: A Network-and-
     Table-Protocol. A. Baker, B. C. Miller, Ed. April 2018. (Format: TXT,
     HTML) (Obsoletes RFC9801,
     RFC9802) (Updates RFC0098) (Also BCP0099) (Status: PROPOSED STANDARD)
     (DOI: 10.9999/RFC9901)

9902 Not Issued.

9903 Is this a spoon? A. Baker. 1 April 2019. (Format: TXT) (Obsoleted
     by RFC9904) (Updated by RFC9905) (Status: INFORMATIONAL)

9904 A page torn out of the index

9905 Spoons Considered. Internet Cutlery Board. May 2020. (Format: TXT)
     (Status: HISTORIC)
"""

XML_INDEX = """<?xml version="1.0" encoding="UTF-8"?>
<rfc-index xmlns="https://www.rfc-editor.org/rfc-index">
  <bcp-entry><doc-id>BCP0099</doc-id><is-also><doc-id>RFC9901</doc-id></is-also></bcp-entry>
  <rfc-not-issued-entry><doc-id>RFC9902</doc-id></rfc-not-issued-entry>
  <rfc-entry>
    <doc-id>RFC9901</doc-id>
    <title>Spoons, Forks: A Network-and-Table-Protocol</title>
    <author><name>A. Baker</name><title>Ed.</title></author>
    <date><month>April</month><year>2018</year></date>
    <keywords><kw>cutlery</kw><kw>caf&#233;</kw></keywords>
    <abstract><p>Not read.</p></abstract>
    <obsoletes><doc-id>RFC9801</doc-id><doc-id>RFC9802</doc-id></obsoletes>
    <updates><doc-id>RFC0098</doc-id></updates>
    <is-also><doc-id>BCP0099</doc-id></is-also>
    <current-status>PROPOSED STANDARD</current-status>
    <publication-status>EXPERIMENTAL</publication-status>
    <wg_acronym>cutlery</wg_acronym>
  </rfc-entry>
</rfc-index>
"""

RFC_9901 = Record(
    designation="RFC 9901",
    catalogue="ietf",
    publishers=("IETF",),
    titles={"en": "Spoons, Forks: A Network-and-Table-Protocol"},
    issued="2018-04",
    stage="published",
    native_status="PROPOSED STANDARD",
    kind="rfc",
    committees=(),
    ics=(),
    relations=(
        Relation("replaces", "RFC 9801"),
        Relation("replaces", "RFC 9802"),
        Relation("amends", "RFC 98"),
        Relation("partOf", "BCP 99"),
    ),
    aliases=(),
    keywords=(),
    page="https://www.rfc-editor.org/info/rfc9901",
    source="rfc-index.txt",
    line=9,
    is_variant=False,
)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    return [found.designation for found in reader_for(path) if isinstance(found, Record)]


def faults(path: Path) -> list[tuple[int, str]]:
    return [(found.line, found.reason) for found in reader_for(path) if isinstance(found, Broken)]


# where Relaton YAML lies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a checkout with an index and settings, which are no records."""
    root = tmp_path / "relaton-data-cutlery"
    written(root / "data" / "a.yaml", SPOON)
    written(root / "data" / "b.yml", FORK)
    written(root / "index-v1.yaml", "- id: ISO 9901:2018")
    written(root / ".github" / "workflows" / "test.yml", "on: push")
    return root


def test_a_folder_holds_a_record_a_file_but_indexes_and_settings(folder: Path) -> None:
    reader = reader_for(folder)
    assert (reader.name, reader.format) == ("cutlery", "relaton")
    assert codes(folder) == ["ISO 9901:2018", "ISO 9902:2018"]
    assert codes(folder / "data") == codes(folder)
    assert codes(folder / "data" / "a.yaml") == ["ISO 9901:2018"]


def test_a_zip_file_is_read_as_the_folder_in_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "cutlery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*.y*ml")):
            archive.write(file, f"cutlery-main/{file.relative_to(folder)}")
    assert [found._replace(source="") for found in reader_for(path, "cutlery")] == [
        found._replace(source="") for found in reader_for(folder) if isinstance(found, Record)
    ]


def test_a_damaged_member_of_a_zip_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cutlery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/a.yaml", SPOON)
        archive.writestr("data/b.yaml", FORK)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"9901", b"9999", 1))
    (broken, record) = reader_for(path)
    assert isinstance(broken, Broken) and broken.file == "data/a.yaml"
    assert "damaged: Bad CRC-32" in broken.reason
    assert isinstance(record, Record)


def test_a_repository_of_git_is_read_without_a_checkout(folder: Path, tmp_path: Path) -> None:
    calm = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    bare = tmp_path / "relaton-data-cutlery.git"
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"],
        ["clone", "-q", "--bare", ".", str(bare)],
    ):
        subprocess.run(["git", *command], cwd=folder, env=calm, check=True)
    assert list(reader_for(bare)) == list(reader_for(folder))


def test_what_is_no_ordinary_file_is_told(folder: Path) -> None:
    os.mkfifo(folder / "data" / "c.yaml")
    assert faults(folder) == [(0, "no ordinary file")]


def test_a_file_too_large_for_a_record_is_told(folder: Path) -> None:
    (folder / "data" / "a.yaml").write_bytes(b"#" * (LARGEST + 1))
    assert faults(folder) == [(0, "the file has 8,388,609 bytes; a record has at most 8,388,608")]


def test_a_member_of_a_zip_file_is_never_unpacked_without_end(tmp_path: Path) -> None:
    path = tmp_path / "cutlery.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.yaml", SPOON + "#" * LARGEST)
    assert path.stat().st_size < 20_000
    ((_, reason),) = faults(path)
    assert reason.endswith("a record has at most 8,388,608")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[" * 100_000, 1, "nested too deep"),
        ("- " * 100_000, 1, "nested too deep"),
        ("a: &a [1, *a]\nb: *c\n", 2, "nothing is called &c"),
        ("a: 1\n? [b]\n: 2\n", 2, "the key of a mapping is no text"),
        ("- ISO 9901:2018", 0, "not a record: its top is no mapping"),
        ("", 0, "not a record: its top is no mapping"),
        ("title: Spoons", 0, "no designation: neither `docid` nor `docidentifier` gives one"),
        ("docid: [{id: '', type: ISO}]", 0, "no designation: neither `docid`"),
    ],
)
def test_what_is_no_record_is_told(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = written(tmp_path / "a.yaml", text)
    ((found_line, found),) = faults(path)
    assert found_line == line and found.startswith(reason)


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"docid:\n- id: \xff\n")
    assert faults(path) == [(2, "not UTF-8")]


# JSON Lines


def test_each_line_is_a_record_or_told_as_broken(tmp_path: Path) -> None:
    path = tmp_path / "tried.jsonl"
    record = '{"id": "ISO 9901:2018", "docids": []}'
    rest = ['{"id": ', "[1]", '{"title": {}}', "", "[" * 100_000, '"\xff"']
    path.write_text("\n".join([record, *rest, record]), encoding="latin-1")
    reader = reader_for(path)
    found = list(reader)
    assert codes(path) == ["ISO 9901:2018"] * 2
    assert [line for line, _ in faults(path)] == [2, 3, 4, 6, 7]
    assert [reason.partition(":")[0] for _, reason in faults(path)] == [
        *("not JSON", "not a record", "no designation", "not a record", "not UTF-8")
    ]
    assert (reader.read, len(found), reader.share) == (7, 7, 1.0), "the blank line is none"


def test_a_file_cut_off_in_the_middle_is_told_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "tried.jsonl.gz"
    lines = "".join(f'{{"id": "ISO {n * 7919}:2018"}}\n' for n in range(5_000))
    whole = gzip.compress(lines.encode())
    path.write_bytes(whole[: len(whole) // 2])
    reader = reader_for(path)
    *records, last = reader
    assert len(records) > 100 and all(isinstance(found, Record) for found in records)
    assert isinstance(last, Broken) and last.line == len(records) + 1
    assert "damaged" in last.reason
    assert reader.read == len(records) + 1


# ISO Open Data


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
    assert first == Record(
        designation="ISO 9901:2018",
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
        aliases=(),
        keywords=(),
        page="https://www.iso.org/standard/1.html",
        source="deliverables.jsonl",
        line=1,
        is_variant=False,
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


# RFC Editor


def test_the_index_as_text(tmp_path: Path) -> None:
    path = tmp_path / "rfc-index.txt"
    path.write_text(TEXT_INDEX, encoding="utf-8")
    reader = reader_for(path, "ietf")
    first, missing, second, torn, third = reader
    assert first == RFC_9901
    assert isinstance(second, Record) and isinstance(third, Record)
    assert (second.designation, second.stage) == ("RFC 9903", "superseded")
    assert (second.titles, second.issued) == ({"en": "Is this a spoon?"}, "2019-04-01")
    assert set(second.relations) == {
        Relation("replacedBy", "RFC 9904"),
        Relation("amendedBy", "RFC 9905"),
    }
    assert (third.titles, third.stage) == ({"en": "Spoons Considered"}, "withdrawn")
    assert missing == Broken("rfc-index.txt", 15, "RFC 9902 was never issued")
    assert isinstance(torn, Broken) and torn.line == 20
    assert reader.read == 5, "the example in the words before the index is none"


def test_the_index_as_xml(tmp_path: Path) -> None:
    path = written(tmp_path / "rfc-index.xml", XML_INDEX)
    reader = reader_for(path, "ietf")
    series, missing, first = reader
    assert first == RFC_9901._replace(
        committees=("cutlery",),
        keywords=("cutlery", "café"),
        source="rfc-index.xml",
        line=5,
    )
    assert isinstance(series, Record) and series.designation == "BCP 99"
    assert series.relations == (Relation("relatedTo", "RFC 9901"),)
    assert missing == Broken("rfc-index.xml", 4, "RFC 9902 was never issued")
    assert reader.read == 3


def test_an_index_cut_off_is_told_at_the_entry_that_is_not_whole(tmp_path: Path) -> None:
    cut = XML_INDEX.index("<wg_acronym>")
    path = written(tmp_path / "rfc-index.xml", XML_INDEX[:cut])
    reader = reader_for(path)
    *_, last = reader
    assert last == Broken("rfc-index.xml", 5, "not read from here on: not XML: no element found")
    assert reader.read == 3


def test_an_index_may_not_declare_entities(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = written(tmp_path / "rfc-index.xml", XML_INDEX.replace("?>\n", f"?>\n{bomb}\n", 1))
    reader = reader_for(path)
    ((line, reason),) = faults(path)
    assert line == 2 and "declares a document type" in reason
    assert len(list(reader)) == reader.read == 1


# csv


def test_columns_are_understood_by_their_headings_or_by_a_map(tmp_path: Path) -> None:
    rows = [
        "Norm;Titre;Title_en;Body;Date;Status;ICS;Link;Replaced by;Remarks",
        'ISO 9901:2018;Cuillers;"Spoons;\nlarge";ISO;2018-02;90.93;97.040 | 97;x;ISO 9901:2020;-',
        ";;;;;;;;;",
        "ISO 9902:2018;Fourchettes;;;;withdrawn;;;;",
    ]
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(rows), encoding="utf-8-sig")
    columns = {"designation": "Norm", "title@fr": "Titre"}
    first, second = reader_for(path, columns=columns)
    assert first == Record(
        designation="ISO 9901:2018",
        catalogue="mine",
        publishers=("ISO",),
        titles={"fr": "Cuillers", "en": "Spoons; large"},
        issued="2018-02",
        stage="published",
        native_status="90.93",
        kind="",
        committees=(),
        ics=("97.040", "97"),
        relations=(Relation("replacedBy", "ISO 9901:2020"),),
        aliases=(),
        keywords=(),
        page="",
        source="mine.csv",
        line=3,
        is_variant=False,
    )
    assert isinstance(second, Record)
    assert (second.designation, second.stage, second.line) == ("ISO 9902:2018", "withdrawn", 5)


def test_rows_that_are_not_whole_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    text = b'code,title\nISO 1:2000\n,Forks\nISO 2:2000,\xff\n"ISO 3:2000"x,a\nISO 4:2000,Ladles\n'
    path.write_bytes(text + b'"ISO 5:2000')
    reader = reader_for(path)
    assert codes(path) == ["ISO 4:2000"]
    assert [line for line, _ in faults(path)] == [2, 3, 4, 5, 7]
    assert [reason for _, reason in faults(path)][:3] == [
        "1 cells under 2 headings",
        "no designation",
        "not UTF-8",
    ]
    assert len(list(reader)) == reader.read == 6


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({}, "no column known to hold designations; say which it is of Norm, Titre"),
        ({"designation": "Code"}, "no column 'Code'; it has Norm, Titre"),
        ({"colour": "Norm"}, "cannot be 'colour'; it can be designation"),
    ],
)
def test_a_map_of_columns_that_does_not_fit_is_told(
    tmp_path: Path, columns: dict[str, str], message: str
) -> None:
    path = written(tmp_path / "mine.csv", "Norm,Titre\nISO 1:2000,Cuillers\n")
    with pytest.raises(CatalogueError, match=message):
        list(Table(path, "mine", columns))


def test_no_reader_can_open_a_connection() -> None:
    program = "import gdakg.catalogues, sys; print('socket' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"


# what is no catalogue


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF", "no catalogue that is read; that is a folder, zip file"),
        ("a.json", b'{"XX": 1}', "no catalogue that is read"),
        ("a.xml", b"<feed/>", "no catalogue that is read"),
        ("a.zip", b"PK", "no zip file"),
        ("a.jsonl.gz", b"{}", "cannot be read: Not a gzipped file"),
        ("empty/readme.md", b"", "no record in .*empty: no .yaml"),
    ],
)
def test_what_is_no_catalogue_is_told(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=message):
        list(reader_for(path if path.parent == tmp_path else path.parent))
    with pytest.raises(CatalogueError, match="there is no"):
        format_of(tmp_path / "nothing")
