"""Files of the user: what is taken, what is refused and how that is said."""

import errno
import os
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from gdakg.loading import add_files

GOOD = {
    "a.ttl": "<http://example.org/a> <http://example.org/p> '標準'@zh-Hant .",
    "a.nt": '<http://example.org/a> <http://example.org/p> "x" .\n',
    "a.nq": '<http://example.org/a> <http://example.org/p> "x" <http://example.org/g> .\n',
    "a.trig": "<http://example.org/g> { <http://example.org/a> <http://example.org/p> 1 }",
    "a.jsonld": '{"@id": "http://example.org/a", "http://example.org/p": 1}',
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e='
    '"http://example.org/"><rdf:Description rdf:about="http://example.org/a"><e:p>1</e:p>'
    "</rdf:Description></rdf:RDF>",
}
BAD = {
    "broken.ttl": (b"<http://a> <http://b> 1 .\n<http://a> oops .\n", r"broken.ttl:2: oops"),
    "space.nt": (b'<http://a b> <http://b> "c" .\n', r"space.nt:1: Invalid IRI"),
    "empty.ttl": (b" \n", r"empty.ttl: the file is empty"),
    "latin.ttl": (b'<http://a> <http://b>\n "\xe9" .', r"latin.ttl:2: not UTF-8 \(byte 0xe9\)"),
    "note.txt": (b"hello", r"no RDF format has the suffix '.txt'; there are .ttl"),
    "bomb.rdf": (
        b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]><a/>',
        "DOCTYPE",
    ),
    "remote.jsonld": (b'{"@context": "http://127.0.0.1:1/c", "a": 1}', r"remote.jsonld: .*context"),
    "deep.ttl": (b"<a> <b> " + b"<<( <a> <b> " * 2_000, r"deep.ttl:1: nested more than 1,000 deep"),
    "deep.rdf": (b"<a>\n" * 2_000, r"deep.rdf:1001: nested more than 1,000 deep"),
    "ours.nq": (
        b"<http://a> <http://b> <http://c> <https://w3id.org/gdakg/graph/standards> .",
        r"ours.nq: states into <https://w3id.org/gdakg/graph/standards>, a graph of gdakg",
    ),
    "cut.trig": (b"<http://g> { <http://a> <http://b> 1", r"cut.trig:1: "),
}


@pytest.mark.parametrize("name", GOOD)
def test_every_format_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(GOOD[name], encoding="utf-8")
    store = og.Store()
    add_files(store, [tmp_path / name])
    assert [quad.subject.value for quad in store] == ["http://example.org/a"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "bom.ttl").write_bytes(b"\xef\xbb\xbf" + GOOD["a.ttl"].encode())
    assert gdakg.load(tmp_path / "bom.ttl").query("ASK { ?s ?p '標準'@zh-Hant }") is True


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_one_line_with_file_and_line(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(gdakg.LoadError, match=message) as caught:
        gdakg.load(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_nothing_is_half_loaded(tmp_path: Path) -> None:
    lines = [f'<http://a/{number}> <http://b> "c" .\n' for number in range(2_000)]
    (tmp_path / "late.nt").write_text("".join([*lines, "<http://a> oops\n"]))
    store = og.Store()
    with pytest.raises(gdakg.LoadError, match=r"late.nt:2001: "):
        add_files(store, [tmp_path / "late.nt"])
    assert len(store) == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1/a.ttl", "https://x/a.ttl", "file:///a.ttl"])
def test_addresses_are_refused(address: str) -> None:
    with pytest.raises(gdakg.LoadError, match="an address, and gdakg loads files only"):
        gdakg.load(address)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(gdakg.LoadError, match="a directory"):
        gdakg.load(tmp_path)
    with pytest.raises(gdakg.LoadError, match=os.strerror(errno.ENOENT)):
        gdakg.load(tmp_path / "none.ttl")


def test_a_file_of_mine_is_a_named_graph_beside_the_bundled_ones(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text("<http://example.org/std> a <https://w3id.org/gdakg/def#Standard> .")
    kg = gdakg.load(mine)
    rows = kg.query("SELECT ?g { GRAPH ?g { <http://example.org/std> ?p ?o } }")
    assert [row.g for row in rows] == [mine.as_uri()]
    assert len(kg) == len(gdakg.load()) + 1


def test_what_has_no_graph_of_its_own_is_in_that_of_the_file(tmp_path: Path) -> None:
    mine = tmp_path / "mine.jsonld"
    mine.write_text(
        '{"@id": "urn:x:1", "@type": "https://w3id.org/gdakg/def#Standard",'
        ' "http://purl.org/dc/terms/identifier": "X 1"}',
        encoding="utf-8",
    )
    kg = gdakg.load(mine)
    assert kg.find("X 1") == kg.find("urn:x:1") == "urn:x:1"
    described = kg.describe("X 1")
    assert [group.title for group in described.groups] == [mine.as_uri()]
    assert ("identifier", "X 1") in [s[:2] for s in described.groups[0].statements]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ttl")
    with pytest.raises(gdakg.LoadError, match="not a regular file"):
        gdakg.load(tmp_path / "pipe.ttl")


@pytest.mark.parametrize("name", ["a\0.ttl", "x" * 5_000 + ".ttl"])
def test_names_that_no_file_can_have_are_refused(name: str) -> None:
    with pytest.raises(gdakg.LoadError) as caught:
        gdakg.load(name)
    assert len(str(caught.value)) < 200
