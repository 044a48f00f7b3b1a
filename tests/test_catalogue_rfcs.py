"""The index of the RFC Editor, as text and as XML, whole and damaged."""

from pathlib import Path

from cataloged import faults, record, written
from gdakg.catalogues import reader_for
from gdakg.records import Broken, Record, Relation

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


RFC_9901 = record(
    "RFC 9901",
    catalogue="ietf",
    publishers=("IETF",),
    titles={"en": "Spoons, Forks: A Network-and-Table-Protocol"},
    issued="2018-04",
    stage="published",
    native_status="PROPOSED STANDARD",
    kind="rfc",
    relations=(
        Relation("replaces", "RFC 9801"),
        Relation("replaces", "RFC 9802"),
        Relation("amends", "RFC 98"),
        Relation("partOf", "BCP 99"),
    ),
    page="https://www.rfc-editor.org/info/rfc9901",
    source="rfc-index.txt",
    line=9,
)


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
    assert (third.titles, third.stage) == ({"en": "Spoons Considered"}, "unclear")
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
