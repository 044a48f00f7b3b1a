"""On whose word each statement stands, as a Python caller and a reader see it."""

from pathlib import Path

import pyoxigraph as og
import pytest
from wcwidth import wcswidth

import gdakg
from gdakg.naming import disputed
from gdakg.provenance import Reason
from running import run

DEF = "https://w3id.org/gdakg/def#"
KIND = "https://w3id.org/gdakg/id/statement-kind/"
GRAPH = "https://w3id.org/gdakg/graph/"


def text(reason: Reason) -> str:
    return str(reason.value.value) if hasattr(reason.value, "value") else ""


def test_what_a_publisher_states(kg: gdakg.KnowledgeGraph) -> None:
    (reason,) = kg.why("L.1470", "gda:stage")
    assert text(reason).endswith("/stage/published")
    assert (reason.graph, reason.kind) == (GRAPH + "standards", KIND + "stated")
    (source,) = reason.sources
    assert source.url.endswith("/itu-t-l-1470-01-2020.yaml")
    assert not reason.is_contested


def test_what_we_judged_has_no_source(kg: gdakg.KnowledgeGraph) -> None:
    (reason,) = kg.why("L.1470", "supports pillar", "2")
    assert (reason.graph, reason.kind) == (GRAPH + "judgements", KIND + "judged")
    assert reason.sources == ()


def test_what_was_computed(kg: gdakg.KnowledgeGraph) -> None:
    (reason,) = kg.why("L.1470", "existedAtCOP28")
    assert (reason.graph, reason.kind) == (GRAPH + "computed", KIND + "computed")


def test_a_recorded_relation_has_basis_confidence_and_source(kg: gdakg.KnowledgeGraph) -> None:
    (reason,) = kg.why("L.1470", "derivedUsing", "L.1450")
    assert str(reason.basis) == '"abstract of L.1470"@en'
    assert reason.confidence.endswith("/confidence/high")
    assert [source.name.code for source in reason.sources] == ["S-RELATON"]


def test_claims_stand_side_by_side_and_are_marked(kg: gdakg.KnowledgeGraph) -> None:
    reasons = kg.why("ISO", "standards")
    assert {(text(r), r.as_of.value) for r in reasons if r.as_of} >= {
        ("25000", "2024-11"),
        ("2萬", "2023-12-02"),
    }
    assert all(reason.is_contested for reason in reasons)
    (president,) = kg.why("ISO", "president")
    assert not president.is_contested


def test_the_preferred_claim_has_its_reason(kg: gdakg.KnowledgeGraph) -> None:
    claims = kg.why("doc/doc-02", "value")
    figures = [r for r in claims if r.contradiction.endswith("/c-02")]
    assert [text(r).split()[0] for r in figures if r.reading is not None] == ["173"]
    assert [text(r) for r in figures if r.reading is None] == ["nearly 200 (seed text)"]


def test_the_dates_and_titles_of_sources(kg: gdakg.KnowledgeGraph) -> None:
    (reason,) = kg.why("ISO", "president")
    (source,) = reason.sources
    assert source.name.code == "S-SPAV"
    assert source.name.label("en")
    assert source.url.startswith("http")
    assert source.date


def test_every_statement_of_a_thing_is_there(kg: gdakg.KnowledgeGraph) -> None:
    iri = kg.find("GAP-EF")
    stated = kg.query("SELECT ?g ?p ?v { GRAPH ?g { ?thing ?p ?v } }", thing=og.NamedNode(iri))
    told = {(r.graph, r.property, str(r.value)) for r in kg.why("GAP-EF") if not r.is_incoming}
    for graph, prop, value in stated.terms:
        if not str(prop).endswith("wasDerivedFrom>"):
            assert (str(graph)[1:-1], str(prop)[1:-1], str(value)) in told


def test_unknown_things_and_properties_are_told(kg: gdakg.KnowledgeGraph) -> None:
    with pytest.raises(gdakg.UnknownThingError, match=r"no property 'stagee'; near: .*gda:stage"):
        kg.why("L.1470", "stagee")
    with pytest.raises(gdakg.UnknownThingError, match="the graph knows no thing"):
        kg.why("L.14700000")
    assert kg.why("L.1470", "gda:stage", "draft") == []


def test_a_file_of_mine_tells_its_own_source(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "<http://example.org/x> prov:wasDerivedFrom <http://example.org/report> ;\n"
        f"  <{DEF}seat> 'Taipei'@en .",
        encoding="utf-8",
    )
    (reason,) = gdakg.load(mine).why("http://example.org/x", "seat")
    assert reason.graph == mine.as_uri()
    assert reason.kind == ""
    assert [source.url for source in reason.sources] == ["http://example.org/report"]


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_show_with_sources(lang: str) -> None:
    done = run("show", "ISO", "--sources", "--lang", lang)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert max(map(wcswidth, lines)) <= 80
    assert lines[1] == "<org/iso>"
    assert f"≠ {disputed(lang)}" in done.stdout
    numbers = {"[1]", "[2]", "[3]"}
    assert numbers <= {line.split()[0] for line in lines if line.startswith("[")}
    heading = {"en": "Sources", "zh-Hans": "来源", "zh-Hant": "來源"}[lang]
    assert heading in lines
    assert "S-SPAV" in done.stdout


def test_show_with_sources_tells_whose_word_it_is() -> None:
    shown = " ".join(run("show", "L.1470", "--sources").stdout.split())
    assert "stage: published stated by a source; Standards as publishers state them; [1]" in shown
    assert "tier: core judged by us; Our judgements; no source recorded" in shown
    assert "abstract of L.1470; confidence: high" in shown
    assert "/itu-t-l-1470-01-2020.yaml" in shown.replace(" ", "")


@pytest.mark.parametrize(
    ("language", "lacking"),
    [("en", "2025, no address recorded"), ("zh-Hant", "2025，未記錄網址")],
)
def test_what_a_source_lacks_is_told(language: str, lacking: str) -> None:
    shown = "".join(run("show", "WSC", "--sources", "--lang", language).stdout.split())
    assert "".join(lacking.split()) in shown.partition("S-AMAS")[2][:120]
