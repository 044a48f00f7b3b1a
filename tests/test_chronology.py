"""What happened when, on a handful of statements worked out by hand and on the bundled graph."""

import re
from collections import Counter
from collections.abc import Iterator

import pyoxigraph as og
import pytest

import gdakg
from gdakg.answers import solutions
from gdakg.chronology import Happening, happenings, recorded, undated
from gdakg.engine import Embedded
from gdakg.namespaces import BASE, PREFIXES
from second_path import World, world

TINY = """
<std/x/1> a gda:Standard ; skos:prefLabel "First"@en ; gda:supportsPillar <pillar/4> ;
  dcterms:publisher <org/b> , <org/a> .
<ed/x/1/1999> a gda:Edition ; dcterms:isVersionOf <std/x/1> ; dcterms:identifier "X 1:1999" ;
  dcterms:issued "1999"^^xsd:gYear ; foaf:page <https://example.org/1> .
<ed/x/1/2018> a gda:Edition ; dcterms:isVersionOf <std/x/1> ; dcterms:identifier "X 1:2018" ;
  dcterms:issued "2018"^^xsd:gYear , "2018-08"^^xsd:gYearMonth .
<ed/x/1/2020> a gda:Edition ; dcterms:isVersionOf <std/x/1> ; dcterms:identifier "X 1:2020" ;
  dcterms:issued "2020-01-13"^^xsd:date , "2020-02"^^xsd:gYearMonth .
<ed/x/1/soon> a gda:Edition ; dcterms:identifier "X 1:soon" ; dcterms:issued "soon" .
<event/1> a schema:Event ; skos:prefLabel "A session"@en ; gda:concernsPillar <pillar/2> ;
  schema:startDate "2023-12-02T09:00:00"^^xsd:dateTime ;
  schema:endDate "2023-12-02T10:00:00"^^xsd:dateTime ; schema:location "Dubai"@en ;
  schema:mentions <org/a> , <area/x> .
<org/a> a org:FormalOrganization . <org/b> a org:FormalOrganization .
<event/2> a schema:Event ; skos:prefLabel "Undated"@en .
<doc/1> a bibo:Document ; dcterms:issued "2023-12"^^xsd:gYearMonth ; dcterms:creator <org/b> ;
  skos:prefLabel "聲明"@zh-Hant .
<doc/2> a bibo:Document , gda:Source ; dcterms:issued "2023"^^xsd:gYear .
<gap/open> a gda:AssertedGap ; dcterms:identifier "G-1" ; gda:namedIn "2023"^^xsd:gYear ;
  gda:namedBy "A" ; gda:gapStatus <gap-status/open> ; gda:asOf "2026"^^xsd:gYear .
<gap/closed> a gda:AssertedGap ; dcterms:identifier "G-2" ; gda:namedIn "2015"^^xsd:gYear ;
  gda:gapStatus <gap-status/closed> ; gda:asOf "2026"^^xsd:gYear ; gda:statusNote "by X 1"@en .
<gap-status/closed> skos:prefLabel "closed"@en .
<contradiction/1> a gda:Contradiction ; gda:subject <doc/1> ; gda:property dcterms:issued .
"""

#: date, kind and thing, by hand
EXPECTED = [
    ("1999", "edition", "ed/x/1/1999"),
    ("2015", "gap", "gap/closed"),
    ("2018-08", "edition", "ed/x/1/2018"),
    ("2020-01-13", "edition", "ed/x/1/2020"),
    ("2020-02", "edition", "ed/x/1/2020"),
    ("2023", "gap", "gap/open"),
    ("2023-12", "document", "doc/1"),
    ("2023-12-02T09:00:00", "event", "event/1"),
    ("2026", "status", "gap/closed"),
]


def graph_of(turtle: str) -> gdakg.KnowledgeGraph:
    """Return a graph of these statements and no others."""
    store = og.Store()
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    text = f"BASE <{BASE}>\n{prefixes}{turtle}"
    store.load(text.encode(), og.RdfFormat.TURTLE, to_graph=og.NamedNode(f"{BASE}g"))
    return gdakg.KnowledgeGraph(Embedded(store))


@pytest.fixture(scope="module")
def tiny() -> dict[tuple[str, str], Happening]:
    """Return the happenings of the tiny graph by date and thing."""
    found = happenings(graph_of(TINY))
    return {(one.date, one.thing.removeprefix(BASE)): one for one in found}


def test_each_date_as_it_is_recorded_and_in_order() -> None:
    found = happenings(graph_of(TINY))
    assert [(one.date, one.kind, one.thing.removeprefix(BASE)) for one in found] == EXPECTED


def test_an_edition_has_what_its_standard_has(tiny: dict[tuple[str, str], Happening]) -> None:
    edition = tiny["1999", "ed/x/1/1999"]
    assert (edition.name.code, edition.name.labels) == ("X 1:1999", {"en": "First"})
    assert edition.standard == f"{BASE}std/x/1"
    assert edition.pillars == (f"{BASE}pillar/4",)
    assert edition.bodies == (f"{BASE}org/a", f"{BASE}org/b")
    assert edition.page == "https://example.org/1"
    assert not edition.is_contested


def test_an_event_tells_its_end_place_and_the_bodies_in_its_name(
    tiny: dict[tuple[str, str], Happening],
) -> None:
    event = tiny["2023-12-02T09:00:00", "event/1"]
    assert event.ends == "2023-12-02T10:00:00"
    assert event.bodies == (f"{BASE}org/a",)
    assert event.facts == (({}, {"en": "Dubai"}),)


def test_documents_and_gaps(tiny: dict[tuple[str, str], Happening]) -> None:
    document = tiny["2023-12", "doc/1"]
    assert document.is_contested
    assert document.bodies == (f"{BASE}org/b",)
    assert document.name.labels == {"zh-Hant": "聲明"}
    assert tiny["2023", "gap/open"].facts == (({}, {"": "A"}),)
    status = tiny["2026", "gap/closed"].facts
    assert [value for _, value in status] == [{"en": "closed"}, {"en": "by X 1"}]


def test_what_has_no_date_is_told_apart() -> None:
    left = {
        iri.removeprefix(BASE): name.full("en") for iri, name in undated(graph_of(TINY)).items()
    }
    assert left == {"ed/x/1/soon": "X 1:soon", "event/2": "Undated"}


def test_nothing_happened() -> None:
    assert happenings(graph_of("")) == []
    assert undated(graph_of("")) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-08", "2018-08"),
        ("2018+08:00", "2018"),
        ("2023-12-02T09:00:00.5Z", "2023-12-02T09:00:00.5"),
        ("2018-00", ""),
        ("2018-01-32", ""),
        ("18-01", ""),
        ("2018-08 or so", ""),
    ],
)
def test_recorded(text: str, expected: str) -> None:
    assert recorded(text) == expected


def second(w: World) -> Iterator[tuple[str, str, object, bool]]:
    """Yield kind, thing, date and whether it is contested, from the files without SPARQL."""
    dates = {
        "edition": ("gda:Edition", "dcterms:issued"),
        "event": ("schema:Event", "schema:startDate"),
        "document": ("bibo:Document", "dcterms:issued"),
        "gap": ("gda:AssertedGap", "gda:namedIn"),
        "status": ("gda:AssertedGap", "gda:asOf"),
    }
    for kind, (cls, prop) in dates.items():
        for thing in set(w.all(cls)) - set(w.all("gda:Source")):
            if kind == "status" and w.iris(thing, "gda:gapStatus") == ["gap-status/open"]:
                continue
            date = w.dated(thing, prop)
            yield kind, thing, str(date).removesuffix(" ≠") if date else None, "≠" in str(date)


def test_the_bundled_graph_by_a_second_path(kg: gdakg.KnowledgeGraph) -> None:
    expected = {one for one in second(world()) if one[2]}
    found = happenings(kg)
    assert {
        (one.kind, one.thing.removeprefix(BASE), one.date, one.is_contested) for one in found
    } == expected
    assert len(found) == len(expected)
    without = {one[1] for one in second(world()) if not one[2]}
    assert {iri.removeprefix(BASE) for iri in undated(kg)} == without


def test_pillars_and_bodies_by_a_second_path(kg: gdakg.KnowledgeGraph) -> None:
    w = world()
    for one in happenings(kg):
        thing = one.thing.removeprefix(BASE)
        if one.kind == "edition":
            pillars = w.iris(thing, "dcterms:isVersionOf", "gda:supportsPillar")
            bodies = w.iris(thing, "dcterms:isVersionOf", "dcterms:publisher")
        else:
            pillars = w.iris(thing, "gda:concernsPillar")
            bodies = w.iris(thing, "dcterms:creator") if one.kind == "document" else []
            if one.kind == "event":
                mentioned = w.iris(thing, "schema:mentions")
                bodies = [o for o in mentioned if o.startswith(("org/", "committee/"))]
        assert [iri.removeprefix(BASE) for iri in one.pillars] == pillars, thing
        assert [iri.removeprefix(BASE) for iri in one.bodies] == bodies, thing


def test_the_named_question_tells_the_same_events_and_documents(kg: gdakg.KnowledgeGraph) -> None:
    asked = Counter(
        re.sub(r"[ T].*", "", str(row.date))
        for row in solutions(kg.query("timeline"))
        if row.date is not None
    )
    told = Counter(
        one.date.partition("T")[0] for one in happenings(kg) if one.kind in {"event", "document"}
    )
    assert asked == told


def test_an_endpoint_tells_the_same(kg: gdakg.KnowledgeGraph, endpoint: str) -> None:
    remote = gdakg.connect(endpoint)
    assert happenings(remote) == happenings(kg)
    assert undated(remote) == undated(kg)
