"""The gaps of the published files as records, by a second path, and on another engine."""

import pytest

import gdakg
from gdakg.gap import Gap, slug
from gdakg.gaps import gaps
from gdakg.namespaces import BASE
from second_path import World, world
from test_gaps import short


@pytest.fixture(scope="module")
def bundled(kg: gdakg.KnowledgeGraph) -> dict[str, Gap]:
    """Return the gaps by their IRIs as the files write them."""
    return {gap.iri.removeprefix(BASE): gap for gap in gaps(kg).gaps}


@pytest.fixture(scope="module")
def w() -> World:
    return world()


def test_each_gap_of_the_files_is_there(bundled: dict[str, Gap], w: World) -> None:
    assert [*bundled] == sorted(w.all("gda:AssertedGap"), key=lambda gap: str(w.code(gap)))
    assert w.all("gda:ComputedGap") == []


def test_what_is_said_of_each_gap_is_what_the_files_say(bundled: dict[str, Gap], w: World) -> None:
    for iri, gap in bundled.items():
        assert gap.name.label("zh-Hant") == w.label(iri, "zh-hant")
        assert gap.named_by == {"en": w.one(iri, "gda:namedBy")}
        assert gap.named_in == w.one(iri, "gda:namedIn")
        assert short([gap.basis, gap.confidence]) == [
            *w.iris(iri, "gda:basis"),
            *w.iris(iri, "gda:confidence"),
        ]
        (standing,) = gap.standings
        assert short([standing.status]) == w.iris(iri, "gda:gapStatus")
        assert standing.as_of == w.one(iri, "gda:asOf")
        assert standing.notes == {"en": w.one(iri, "gda:statusNote")}
        links = (gap.pillars, "gda:concernsPillar"), (gap.areas, "gda:concernsArea")
        for told, prop in links:
            assert sorted(short([link.iri for link in told])) == w.iris(iri, prop)
            assert {slug(link.kind) for link in told} <= {"judged"}
            assert {*w.iris(iri, prop)} == w.said(iri, prop, "judged")
        sources = {
            (source.iri.removeprefix(BASE), source.date or None, source.url)
            for source in gap.sources
        }
        pages = {s: (w.iris(s, "foaf:page") or [""])[0] for s in w.iris(iri, "prov:wasDerivedFrom")}
        assert sources == {(s, w.one(s, "dcterms:issued"), page) for s, page in pages.items()}


def test_candidates_and_committees_are_those_of_the_files(
    bundled: dict[str, Gap], w: World
) -> None:
    for iri, gap in bundled.items():
        told = {
            (c.iri.removeprefix(BASE), c.edition or None, c.issued or None, *short([c.stage]))
            for c in gap.candidates
        }
        assert told == {
            (
                standard,
                w.one(standard, "gda:currentEdition", "dcterms:identifier"),
                w.one(standard, "gda:currentEdition", "dcterms:issued")
                or w.one(standard, "dcterms:date"),
                *w.iris(standard, "gda:stage"),
            )
            for standard in w.iris(iri, "gda:candidateStandard")
        }
        bodies = w.iris(iri, "gda:candidateStandard", "dcterms:publisher")
        assert short(gap.bodies) == bodies
        through = {
            c.iri.removeprefix(BASE): (
                sorted(short(c.candidates)),
                sorted(short([area.iri for area in c.areas])),
            )
            for c in gap.committees
        }
        direct = {*w.iris(iri, "gda:candidateStandard", "gda:committee")}
        areas = w.iris(iri, "gda:concernsArea")
        working = {c for area in areas for c in w.subjects("gda:worksInArea", area)}
        assert through == {
            committee: (
                [
                    standard
                    for standard in w.iris(iri, "gda:candidateStandard")
                    if w.has(standard, "gda:committee", committee)
                ],
                [area for area in areas if w.has(committee, "gda:worksInArea", area)],
            )
            for committee in direct | working
        }


def test_another_engine_tells_the_same(kg: gdakg.KnowledgeGraph, endpoint: str) -> None:
    assert gaps(gdakg.connect(endpoint), area="e-waste") == gaps(kg, area="e-waste")
