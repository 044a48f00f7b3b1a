"""The gaps as records, on a small graph made by hand."""

import pyoxigraph as og
import pytest

import gdakg
from gdakg import gap_forms
from gdakg.engine import Embedded
from gdakg.errors import UnknownThingError
from gdakg.gap import Gap, differs, slug
from gdakg.gaps import Gaps, gaps
from gdakg.namespaces import BASE, PREFIXES
from gdakg.naming import Name

#: what the small graph says, by the name of the named graph; kinds of statements below
SMALL = {
    "named": """
      <gap/dust> a gda:AssertedGap ; dcterms:identifier "GAP-DUST" ;
        skos:prefLabel "Dust in data centres"@en , "数据中心的灰尘"@zh-Hans ;
        skos:note "Only indoors."@en ;
        gda:namedBy "A town council"@en ; gda:namedIn "2020"^^xsd:gYear ;
        gda:basis <gap-basis/named> ; gda:basisNote "named on page 3"@en ;
        gda:confidence <confidence/high> ;
        gda:gapStatus <gap-status/open> ; gda:asOf "2021"^^xsd:gYear ;
        gda:statusNote "open"@en ;
        prov:wasDerivedFrom <source/s-council> , <https://example.org/minutes> .
      <source/s-council> a gda:Source ; dcterms:identifier "S-COUNCIL" ;
        skos:prefLabel "Minutes of the council"@en ; dcterms:issued "2020-05"^^xsd:gYearMonth ;
        foaf:page <https://example.org/council> .
      <gap/mute> a gda:AssertedGap ; dcterms:identifier "GAP-MUTE" ;
        skos:prefLabel "Nothing known"@en ; prov:wasDerivedFrom <source/s-council> .
      <claim/dust/1> a gda:Claim ; gda:subject <gap/dust> ; gda:property gda:gapStatus ;
        gda:value "a draft is out" ; gda:asOf "2022-11-30"^^xsd:date .
      <std/x/1> a gda:Standard ; dcterms:identifier "X 1" ; skos:prefLabel "Dusting"@en ;
        dcterms:publisher <org/x> , <org/y> ; gda:committee <committee/x/tc1> ;
        gda:stage <stage/published> ; gda:currentEdition <ed/x/1/2023> .
      <ed/x/1/2023> a gda:Edition ; dcterms:isVersionOf <std/x/1> ;
        dcterms:identifier "X 1:2023" ; dcterms:issued "2023-12"^^xsd:gYearMonth ;
        foaf:page <https://example.org/x1> .
      <std/x/2> a gda:Standard ; dcterms:identifier "X WD 2" ; dcterms:publisher <org/x> ;
        gda:stage <stage/draft> ; dcterms:date "2026-02-03"^^xsd:date .
      <org/x> a org:FormalOrganization ; skos:notation "X" .
      <org/y> a org:FormalOrganization ; skos:notation "Y" .
      <committee/x/tc1> a org:OrganizationalUnit ; skos:notation "X/TC 1" ;
        gda:worksInArea <area/air> .
      <committee/x/tc2> a org:OrganizationalUnit ; skos:notation "X/TC 2" .
      <pillar/2> a gda:Pillar ; skos:notation "2" ; skos:prefLabel "Emissions"@en .
      <area/air> a gda:CooperationArea ; skos:prefLabel "Air"@en .
      <contradiction/c-1> a gda:Contradiction ; gda:subject <ed/x/1/2023> ;
        gda:property dcterms:issued .""",
    "later": """
      <gap/dust> gda:gapStatus <gap-status/closed> ; gda:asOf "2024-01"^^xsd:gYearMonth ;
        gda:statusNote "closed by X 1"@en ; gda:namedIn "2019"^^xsd:gYear .""",
    "judged": """
      <gap/dust> gda:concernsPillar <pillar/2> ; gda:concernsArea <area/air> ;
        gda:candidateStandard <std/x/1> , <std/x/2> .
      <committee/x/tc1> gda:worksInArea <area/air> .
      <gap-status/open> a gda:GapStatus ; skos:prefLabel "open"@en .
      <gap-status/closed> a gda:GapStatus ; skos:prefLabel "closed"@en .
      <gap-basis/named> a gda:GapBasis ; skos:prefLabel "named"@en .
      <confidence/high> a gda:Confidence ; skos:prefLabel "high"@en .
      <stage/published> a gda:Stage ; skos:prefLabel "published"@en .
      <stage/draft> a gda:Stage ; skos:prefLabel "draft"@en .
      <statement-kind/judged> skos:prefLabel "judged by us"@en .
      <statement-kind/inferred> skos:prefLabel "inferred by us"@en .
      <statement-kind/computed> skos:prefLabel "computed"@en .
      gda:Standard rdfs:label "standard"@en .
      gda:gapStatus rdfs:label "status"@en .
      gda:namedBy rdfs:label "named by"@en .
      gda:concernsPillar rdfs:label "pillar"@en .
      gda:concernsArea rdfs:label "area"@en .
      gda:candidateStandard rdfs:label "candidates"@en .
      gda:worksInArea rdfs:label "in area"@en .
      prov:wasDerivedFrom rdfs:label "source"@en .""",
    "inferred": "<committee/x/tc2> gda:worksInArea <area/air> .",
    "computed": """
      <gap/hole> a gda:ComputedGap ; dcterms:identifier "GAP-HOLE" ; skos:prefLabel "A hole"@en .
      <std/x/1> gda:existedAtCOP28 false ; gda:firstKnownDate "2023-12"^^xsd:gYearMonth .""",
}


KINDS = {"named": "stated", "later": "stated"}


def small() -> gdakg.KnowledgeGraph:
    """Return a graph of its own with the few statements above."""
    store = og.Store()
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    for name, statements in SMALL.items():
        kind = f"<statement-kind/{KINDS.get(name, name)}>"
        described = f'graph:{name} gda:statementKind {kind} ; dcterms:issued "2026-01-02" .'
        turtle = f"@base <{BASE}> .\n{prefixes}{statements}\n{described}"
        graph = og.NamedNode(f"https://w3id.org/gdakg/graph/{name}")
        store.load(turtle.encode(), format=og.RdfFormat.TURTLE, to_graph=graph)
    return gdakg.KnowledgeGraph(Embedded(store))


def short(iris: "list[str] | tuple[str, ...]") -> list[str]:
    return [iri.removeprefix(BASE) for iri in iris]


@pytest.fixture(scope="module")
def found() -> Gaps:
    return gaps(small())


@pytest.fixture(scope="module")
def dust(found: Gaps) -> Gap:
    (gap,) = (gap for gap in found.gaps if gap.name.code == "GAP-DUST")
    return gap


def test_all_gaps_are_found_and_what_was_searched(found: Gaps) -> None:
    assert [gap.name.code for gap in found.gaps] == ["GAP-DUST", "GAP-HOLE", "GAP-MUTE"]
    assert (found.searched.records, found.searched.as_of) == (3, "2026-01-02")
    assert found.standards.records == 2


def test_who_named_it_where_and_on_what_evidence(dust: Gap) -> None:
    assert dust.name.labels == {"en": "Dust in data centres", "zh-Hans": "数据中心的灰尘"}
    assert dust.about == {"en": "Only indoors."}
    assert dust.named_by == {"en": "A town council"}
    assert (slug(dust.basis), dust.basis_notes) == ("named", {"en": "named on page 3"})
    assert slug(dust.confidence) == "high"
    assert slug(dust.kind) == "stated"
    minutes, council = dust.sources
    assert (minutes.iri, minutes.url) == ("https://example.org/minutes",) * 2
    assert (council.name.code, council.date) == ("S-COUNCIL", "2020-05")
    assert council.url == "https://example.org/council"


def test_the_status_over_time_with_claims_and_the_newest_now(dust: Gap) -> None:
    told = [(slug(s.status), s.as_of, s.notes) for s in dust.standings]
    assert told == [
        ("open", "2021", {"en": "open"}),
        ("", "2022-11-30", {"": "a draft is out"}),
        ("closed", "2024-01", {"en": "closed by X 1"}),
    ]
    assert slug(dust.status) == "closed"


def test_two_years_of_naming_are_contested_and_the_first_is_told(dust: Gap) -> None:
    assert dust.named_in == "2019"
    assert dust.contested == {"namedIn"}


def test_two_statuses_of_one_date_are_contested() -> None:
    kg = small()
    engine = kg.engine
    assert isinstance(engine, Embedded)
    engine.store.update(
        "INSERT DATA { GRAPH <urn:x:g> { <gap/mute> gda:asOf 2025 ;"
        " gda:gapStatus <gap-status/open> , <gap-status/closed> } }",
        base_iri=BASE,
        prefixes=PREFIXES,
    )
    (mute,) = (gap for gap in gaps(kg).gaps if gap.name.code == "GAP-MUTE")
    assert len(mute.standings) == 2
    assert mute.contested == {"gapStatus"}


def test_candidates_with_edition_date_stage_bodies_and_on_whose_word(dust: Gap) -> None:
    one, two = dust.candidates
    assert (one.iri, one.edition, one.issued) == (f"{BASE}std/x/1", "X 1:2023", "2023-12")
    assert (slug(one.kind), slug(one.stage)) == ("judged", "published")
    assert (one.since, one.is_new, one.page) == ("2023-12", True, "https://example.org/x1")
    assert short(one.bodies) == ["org/x", "org/y"]
    assert one.contested == {"issued"}
    assert (two.edition, two.issued, two.is_new) == ("", "2026-02-03", None)
    assert two.contested == frozenset()
    assert short(dust.bodies) == ["org/x", "org/y"]


def test_committees_through_candidates_come_before_those_of_the_areas(dust: Gap) -> None:
    first, second = dust.committees
    assert short([first.iri, second.iri]) == ["committee/x/tc1", "committee/x/tc2"]
    assert short(first.candidates) == ["std/x/1"]
    # judged in one graph, stated in another
    assert [(slug(a.iri), slug(a.kind)) for a in first.areas] == [("air", "stated")]
    assert second.candidates == ()
    assert [(slug(a.iri), slug(a.kind)) for a in second.areas] == [("air", "inferred")]


def test_what_is_not_recorded_is_empty(found: Gaps) -> None:
    _, hole, mute = found.gaps
    assert hole.is_computed
    assert slug(hole.kind) == "computed"
    assert not mute.is_computed
    empty = (mute.named_by, mute.named_in, mute.basis, mute.status, mute.candidates)
    assert empty == ({}, "", "", "", ())


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ({"pillar": 2}, ["GAP-DUST"]),
        ({"area": "Air"}, ["GAP-DUST"]),
        ({"status": "closed"}, ["GAP-DUST"]),
        ({"status": "open"}, []),
        ({"pillar": "2", "status": "open"}, []),
    ],
)
def test_some_of_the_gaps(wanted: dict[str, str], codes: list[str]) -> None:
    assert [gap.name.code for gap in gaps(small(), **wanted).gaps] == codes


def test_an_unknown_area_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownThingError, match="no area 'Ayr'; near: Air"):
        gaps(small(), area="Ayr")


PARAGRAPH = """\
GAP-DUST - Dust in data centres
  note: Only indoors.
  status: closed (2024-01); closed by X 1
    a draft is out (2022-11-30)
    open (2021)
  named by: A town council, 2019
  basis: named on page 3
  confidence: high
  pillar (judged by us): 2 - Emissions
  area (judged by us): Air
  candidates (judged by us):
    X 1:2023 - Dusting (2023-12, published ≠ claims differ)
    X WD 2 (2026-02-03, draft)
  committee: X/TC 1
  committee (in area; inferred by us): X/TC 2
  source:
    https://example.org/minutes
    S-COUNCIL - Minutes of the council, 2020-05
    https://example.org/council

1 gap
3 records searched, as of 2026-01-02"""


def test_the_paragraph_of_a_gap(found: Gaps) -> None:
    assert gap_forms.as_table(found._replace(gaps=found.gaps[:1]), 80) == PARAGRAPH


def test_no_candidates_are_told_with_what_was_searched(found: Gaps) -> None:
    told = gap_forms.as_table(found._replace(gaps=found.gaps[1:]), 80).splitlines()
    assert told[0] == "GAP-HOLE - A hole (computed)"
    nothing = "  candidates: nothing recorded in 2 records (standard), as of 2026-01-02"
    assert told.count(nothing) == 2
    assert told[-2:] == ["2 gaps", "3 records searched, as of 2026-01-02"]


def test_markdown_holds_no_markup_of_the_data(found: Gaps) -> None:
    gap = found.gaps[0]._replace(name=Name("G_1", {"en": "<b> | [x](javascript:y)\n# z"}))
    told = gap_forms.as_markdown(found._replace(gaps=(gap,)))
    assert told.splitlines()[0] == r"## G\_1 - \<b\> \| \[x\](javascript:y) \# z"


def test_words_of_a_source_that_repeat_the_status_are_not_told_twice() -> None:
    status = Name("", {"en": "open", "zh-Hans": "待弥合"})
    assert not differs({"en": "open"}, status)
    assert differs({"en": "open again"}, status)
    assert differs({"": "open"}, status)
