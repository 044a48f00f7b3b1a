"""Second answers to the questions about gaps."""

from collections.abc import Iterator

from second_path import Answers, Cell, Row, World, joined, row
from second_path_links import confidence
from second_path_standards import at_cop28, listed


def named(w: World, pillar: str = "", area: str = "", status: str = "") -> list[str]:
    """Return the gaps of a pillar, an area, a status; all if none is named."""
    limits = {"gda:concernsPillar": pillar, "gda:concernsArea": area, "gda:gapStatus": status}
    return [
        gap
        for gap in w.all("gda:AssertedGap")
        if all(not wanted or w.has(gap, prop, wanted) for prop, wanted in limits.items())
    ]


def concept(w: World, gap: str, prop: str, lang: str) -> Cell:
    """Return the label of the one concept that a gap has by `prop`."""
    (found,) = w.iris(gap, prop)
    return w.label(found, lang)


def gaps(w: World, lang: str, pillar: str = "", area: str = "") -> Iterator[Row]:
    for gap in named(w, pillar, area):
        yield row(
            "gap name namedBy year basis status candidates",
            w.one(gap, "dcterms:identifier"),
            w.label(gap, lang),
            w.one(gap, "gda:namedBy"),
            w.one(gap, "gda:namedIn"),
            concept(w, gap, "gda:basis", lang),
            concept(w, gap, "gda:gapStatus", lang),
            len(w.iris(gap, "gda:candidateStandard")),
        )


def gaps_without_candidate(w: World, lang: str) -> Iterator[Row]:
    return (found for found in gaps(w, lang) if found["candidates"] == 0)


def gap_sources(w: World, lang: str, pillar: str = "", area: str = "") -> Iterator[Row]:
    for gap in named(w, pillar, area):
        for source in w.iris(gap, "prov:wasDerivedFrom"):
            yield row(
                "gap name basis confidence source date page",
                w.one(gap, "dcterms:identifier"),
                w.label(gap, lang),
                concept(w, gap, "gda:basis", lang),
                confidence(w, gap, lang),
                w.one(source, "dcterms:identifier"),
                w.one(source, "dcterms:issued"),
                w.one(source, "foaf:page"),
            )


def gaps_across(w: World, lang: str) -> Iterator[Row]:
    for gap in named(w):
        codes = w.cells(gap, "gda:candidateStandard", "dcterms:publisher", "skos:notation")
        areas = w.iris(gap, "gda:concernsArea")
        if max(len(codes), len(areas)) > 1:
            yield row(
                "gap name bodies codes areas",
                w.one(gap, "dcterms:identifier"),
                w.label(gap, lang),
                len(codes),
                joined(codes),
                len(areas),
            )


def gaps_addressed(w: World, lang: str, only: str = "") -> Iterator[Row]:
    for gap in named(w, status=only):
        for standard in w.each(gap, "gda:candidateStandard"):
            rows = listed(w, standard, lang) if standard else [dict.fromkeys(LISTED)]
            for found in rows:
                yield row(
                    "gap status asOf standard issued stage newSinceCOP28",
                    w.one(gap, "dcterms:identifier"),
                    concept(w, gap, "gda:gapStatus", lang),
                    w.one(gap, "gda:asOf"),
                    *(found[name] for name in LISTED if name != "edition"),
                    at_cop28(w, standard) is None if standard and found["edition"] else None,
                )


LISTED = ("standard", "edition", "issued", "status")

GAPS: Answers = {
    "gap_sources": (gap_sources, "gap source"),
    "gaps": (gaps, "gap"),
    "gaps_across": (gaps_across, "-bodies -areas gap"),
    "gaps_addressed": (gaps_addressed, "gap standard"),
    "gaps_without_candidate": (gaps_without_candidate, "gap"),
}
