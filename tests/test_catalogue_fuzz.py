"""Whatever bytes a catalogue holds, a reader gives records or tells what is broken."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as og
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gdakg.catalogues import cleaning, reader_for, scheme_for
from gdakg.catalogues.reader import Source
from gdakg.errors import CatalogueError
from gdakg.records import RELATIONS, STAGES, Broken, Committee, Field, Record

RELATON = b"""\
docid: [{id: 'ISO 9901:2018', type: ISO}, {id: L.99, type: ITU}]
title: [{content: 'A &amp; <b>B</b>', language: [en], script: [Latn]}]
date: [{type: published, value: 2018-02}]
docstatus: {stage: {value: '60'}, substage: {value: '60'}}
relation: [{type: updates, bibitem: {docid: [{id: 'ISO 9901:2020'}]}}]
ext: {editorialgroup: {technical_committee: [{name: A}]}, ics: [{code: 97.040}]}
"""
EXTRACT = (
    b'{"id": "ITU-T L.99 (01/2018)", "docids": [{"id": "ITU-T L.99", "type": "ITU"}], "title": '
    b'{"en": "A"}, "dates": {"published": "2018"}, "relations": [{"type": "hasEdition", "target": '
    b'"L.99 (02/2019)"}], "committee": [{"name": "A"}], "link": "https://a.b/c"}\n'
)
DELIVERABLE = (
    b'{"id": 1, "deliverableType": "IS", "reference": "ISO 1:2018", "currentStage": 6060, '
    b'"replaces": [1, 2], "icsCode": ["97"], "title": {"en": "A"}}\n'
)
COMMITTEE = b'{"id": 1, "reference": "ISO/TC 1", "parentId": 1, "secretariat": {"acronym": "A"}}\n'
XML = (
    b'<rfc-index xmlns="x"><rfc-entry><doc-id>RFC0001</doc-id><title>A</title><date><month>May'
    b"</month><year>2018</year></date><obsoletes><doc-id>RFC2</doc-id></obsoletes></rfc-entry>"
    b"<rfc-not-issued-entry><doc-id>RFC3</doc-id></rfc-not-issued-entry></rfc-index>"
)
TEXT = b"RFC INDEX\n\n1 A. B. C. May 2018. (Format: TXT) (Obsoletes RFC2) (Status: UNKNOWN)\n\n"
CSV = b'code,title@en,ics,link\nISO 1:2018,"A, B",97;98,https://a.b/c\n'
ICS = b"identifier,parent,titleEn,titleFr,scopeEn,scopeFr\n97,,A,B,,\n"

FORMATS = {
    "a.yaml": RELATON,
    "a.jsonl": EXTRACT,
    "deliverables.jsonl": DELIVERABLE,
    "committees.jsonl": COMMITTEE,
    "rfc-index.xml": XML,
    "rfc-index.txt": TEXT * 2,
    "a.csv": CSV,
    "ICS.csv": ICS,
}
SCHEMES = {"committees.jsonl", "ICS.csv"}

#: a piece of the original, or of what formats are made of, put in somewhere
SPLICED = st.binary(max_size=12) | st.sampled_from(
    [
        *(b"\n", b"\n\n", b'"', b"'", b"[", b"]", b"{", b"}", b"(", b",", b": ", b"- ", b"0000"),
        *(b"&a ", b"*a", b"!!int ", b"true", b"null", b"1e999", b"[[]]", b"{}", b"9" * 30),
        *(
            b"\\ud800",
            b"\x00",
            b"\xff",
            b"\xef\xbb\xbf",
            b"<",
            b"</",
            b"&lt;",
            b"&#1114112;",
            b"%zz",
        ),
    ]
)


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """Return `content` with pieces put in, left out or cut off."""

    def cut(pieces: list[tuple[int, int, bytes]]) -> bytes:
        made = content
        for where, length, piece in pieces:
            start = where % (len(made) + 1)
            made = made[:start] + piece + made[start + length :]
        return made

    where = st.integers(0, len(content))
    return st.lists(st.tuples(where, st.integers(0, 9), SPLICED), min_size=1, max_size=4).map(cut)


def read(name: str, content: bytes) -> Iterator[Any]:
    """Read `content` as the file `name`; check what holds for all readers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            source: Source[Any] = (scheme_for if name in SCHEMES else reader_for)(path)
            found = list(source)
        except CatalogueError:
            return
        assert source.read == len(found), "a record is lost or made"
        assert list(source) == found, "read twice it is the same"
        yield from found


def check(found: Record) -> None:
    """Check that a graph can hold what is `found`."""
    assert found.designation == found.designation.strip() != ""
    assert found.stage in STAGES
    assert {relation.kind for relation in found.relations} <= set(RELATIONS)
    assert found.issued == cleaning.date(found.issued)
    for tag, title in found.titles.items():
        og.Literal(title, language=tag) if tag else og.Literal(title)
    if found.page:
        og.Quad(og.NamedNode(found.page), og.NamedNode("x:x"), og.Literal("x"))
        triple = f"<{found.page}> <x:x> <x:x> ."
        assert len(list(og.parse(triple, format=og.RdfFormat.N_TRIPLES))) == 1
    for text in (found.designation, *found.titles.values(), *found.keywords, *found.committees):
        text.encode()
        assert not re.search(r"[\x00-\x1f\x7f]", text)


@pytest.mark.parametrize("name", FORMATS)
def test_the_examples_are_read_whole(name: str) -> None:
    found = list(read(name, FORMATS[name]))
    assert found
    broken = [each for each in found if isinstance(each, Broken)]
    assert [each.reason for each in broken] in ([], ["RFC 3 was never issued"])


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_damage_is_told(name: str, data: st.DataObject) -> None:
    for found in read(name, data.draw(damaged(FORMATS[name]))):
        assert isinstance(found, Record | Broken | Committee | Field)
        if isinstance(found, Record):
            check(found)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_told(name: str, content: bytes) -> None:
    for found in read(name, content):
        if isinstance(found, Record):
            check(found)


@settings(max_examples=40, deadline=None)
@given(content=damaged(gzip.compress(EXTRACT * 50, mtime=0)))
def test_damage_to_packed_files_is_told(content: bytes) -> None:
    for found in read("a.jsonl.gz", content):
        if isinstance(found, Record):
            check(found)


@given(st.text())
@example("&&lt;;lt;")
def test_clean_text_has_no_marks_left_of_control(raw: str) -> None:
    made = cleaning.text(raw)
    made.encode()
    assert made == made.strip()
    assert not re.search(r"[\x00-\x1f\x7f]|  ", made)
    assert cleaning.text(42) == ""


@given(st.text() | st.from_regex(r"https?://[a-z.]*[/?#%{}\[\] é]*", fullmatch=True))
def test_an_address_is_an_iri_or_none(raw: str) -> None:
    made = cleaning.address(raw)
    if made:
        triple = f"<{made}> <x:x> <x:x> ."
        assert len(list(og.parse(triple, format=og.RdfFormat.N_TRIPLES))) == 1
        assert cleaning.address(made) == made
