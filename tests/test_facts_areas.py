"""Nothing of the facts on areas, pillars and gaps was lost."""

import re
from typing import Any

import pytest

from reading import (
    LABELS,
    SOURCES,
    Facts,
    Row,
    code,
    committee,
    confidence,
    csv_rows,
    english,
    level,
    literal,
    lost,
    named,
    needs_facts,
    of,
    pairs,
    rows,
    same,
    split,
    things,
    unattributed,
    whole,
    yaml_facts,
)

pytestmark = needs_facts


#: areas that the titles of their standards name otherwise in zh-Hans than the post does
OTHERWISE = {
    "Biometrics": "生物特征识别",
    "Disaster relief": "救灾",
    "E-health": "电子健康",
    "E-waste": "电子废弃物",
    "Printed electronics": "印刷电子",
}
#: the table counts one row less than standards.csv has
MISCOUNTED = {"Climate change": 1}


def areas() -> list[Facts]:
    return [{"id": row["name_en"], **row} for row in csv_rows("spcg_areas.csv")]


def of_areas(path: str) -> set[Row]:
    named = of("gda:CooperationArea", path, "skos:prefLabel")
    return {(name.removesuffix("@en"), o) for name, o in named if name.endswith("@en")}


def test_areas() -> None:
    orders = pairs(areas(), "order_in_seed", lambda order: f"{order}^^integer")
    same(orders, of_areas("gda:seedOrder"), "places in the post")
    same(pairs(areas(), "icon_file_in_author_repo"), of_areas("gda:iconFile"), "icon files")
    same(pairs(areas(), "source_ids"), of_areas(SOURCES), "sources of areas")
    same(pairs(areas(), "note", english), of_areas("skos:note"), "notes on areas")


def stated(graph: str, key: str, path: str) -> set[Row]:
    """Return (key, object) of what one file says by itself, whatever other files add."""
    return rows(f"SELECT ?id ?o {{ GRAPH graph:{graph} {{ ?s {key} ?id ; {path} ?o }} }}")


def test_names_of_areas() -> None:
    """What was published stays with its source, as altLabel where readers say it otherwise."""
    labels = stated("areas", "skos:prefLabel", LABELS)
    found = {(name.removesuffix("@en"), o) for name, o in labels if name.endswith("@en")}
    lost(hant_names() | hans_names("seed", "infographic"), found, "Chinese names of areas")
    preferred = {row for row in of_areas("skos:prefLabel") if row[1].endswith("@zh-hans")}
    expected = {row for row in hans_names("seed") if row[0] not in OTHERWISE}
    expected |= {(area, f"{name}@zh-hans") for area, name in OTHERWISE.items()}
    same(expected, preferred, "preferred zh-Hans names of areas")


def hant_names() -> set[Row]:
    return pairs(areas(), "name_zh_hant_seed", "{}@zh-hant".format)


def hans_names(*places: str) -> set[Row]:
    fields = [f"name_zh_hans_{place}" for place in places]
    return {row for field in fields for row in pairs(areas(), field, "{}@zh-hans".format)}


def test_a_zh_hant_name_that_was_not_published_is_marked_as_ours() -> None:
    published = {name for _, name in hant_names() | chinese_titles()}
    preferred = rows(
        "SELECT ?g ?name { VALUES ?kind { gda:CooperationArea gda:Pillar } ?s a ?kind ."
        ' GRAPH ?g { ?s skos:prefLabel ?name } FILTER(langMatches(lang(?name), "zh-Hant")) }'
    )
    assert len(preferred) == len(areas()) + len(pillars()) + 1  # and the seventh pillar
    for graph, name in sorted(preferred):
        ours = graph.endswith("/translations")
        assert ours != (name in published), f"{name} stands in {graph}: ours, or published?"


def test_a_zh_hans_name_of_an_area_that_was_not_published_is_marked_as_ours() -> None:
    published = hans_names("seed", "infographic")
    preferred = rows(
        "SELECT ?g ?area ?name { ?s a gda:CooperationArea ; skos:prefLabel ?area"
        ' FILTER(lang(?area) = "en") GRAPH ?g { ?s skos:prefLabel ?name }'
        ' FILTER(langMatches(lang(?name), "zh-Hans")) }'
    )
    assert len(preferred) == len(areas())
    for graph, area, name in sorted(preferred):
        ours = graph.endswith("/translations")
        known = (area.removesuffix("@en"), name) in published
        assert ours != known, f"{name} stands in {graph}: ours, or published?"


def test_confidence_of_areas() -> None:
    expected = confidence(areas(), field="name_en_confidence")
    found = of_areas("gda:confidence/skos:prefLabel")
    lost({(key, english(word)) for key, word in expected}, found, "confidence of areas")
    notes = {key for key, _ in of_areas("gda:confidenceNote")}
    same(
        {(area["id"],) for area in areas() if "(" in area["name_en_confidence"]},
        {(key,) for key in notes},
        "areas whose name is a back-translation",
    )


@pytest.mark.parametrize(
    ("column", "collection"),
    [
        ("in_infographic_28", "28 areas of the 2023 infographic"),
        ("in_seed_list_29", "29 areas listed in the 2023 post"),
    ],
)
def test_lists_of_areas(column: str, collection: str) -> None:
    found = rows(
        f'SELECT ?name {{ ?c a skos:Collection ; skos:prefLabel "{collection}"@en ;'
        ' skos:member/skos:prefLabel ?name FILTER(lang(?name) = "en") }'
    )
    expected = {(english(area["id"]),) for area in areas() if area[column] == "yes"}
    same(expected, found, collection)


def test_number_of_standards_in_an_area() -> None:
    """Two rows of one IEEE standard are two editions of it, so the table counts it twice."""
    counted = rows(
        "SELECT ?name (COUNT(DISTINCT ?s) AS ?n) { ?s gda:inArea ?area ."
        ' ?area skos:prefLabel ?name FILTER(lang(?name) = "en") } GROUP BY ?name'
    )
    rows_of = [(row["id"], split(row["spcg_areas"])) for row in csv_rows("standards.csv")]
    expected = set()
    for area in areas():
        listed = [code(name) for name, parts in rows_of if area["id"] in parts]
        assert len(listed) == int(area["n_standards_in_table"]) + MISCOUNTED.get(area["id"], 0)
        twice = {name for name in listed if listed.count(name) > 1}
        assert twice <= {"IEEE Std 1680.2", "IEEE Std 1680.3"}, f"{area['id']}: {twice}"
        expected.add((english(area["id"]), f"{len(set(listed))}^^integer"))
    same(expected, counted, "number of standards by area")


@pytest.mark.parametrize(
    ("graph", "basis"),
    [("area-committees-derived", "derived"), ("area-committees-unverified", "analyst knowledge")],
)
def test_committees_of_areas(graph: str, basis: str) -> None:
    facts = [row for row in csv_rows("spcg_area_committees.csv") if row["basis"].startswith(basis)]
    known = things("gda:CooperationArea")
    expected = {(known[row["spcg_area"]], committee(row["committee"])) for row in facts}
    found = rows(f"SELECT ?area ?c {{ GRAPH graph:{graph} {{ ?c gda:worksInArea ?area }} }}")
    same(expected, found, graph)
    [confident] = {row["confidence"] for row in facts}
    [(description,)] = rows(f"SELECT ?d {{ graph:{graph} dcterms:description ?d }}")
    assert f"{confident} confidence" in description


def test_no_committee_of_an_area_is_left_over() -> None:
    bases = {re.split("[:,]", row["basis"])[0] for row in csv_rows("spcg_area_committees.csv")}
    assert bases == {"derived", "analyst knowledge"}


# pillars


def pillars() -> list[Facts]:
    return [{"id": str(pillar["no"]), **pillar} for pillar in yaml_facts("pillars.yaml")["pillars"]]


def of_pillars(path: str) -> set[Row]:
    return of("gda:Pillar", path, "skos:notation")


PILLAR_FIELDS = {
    "aims": "gda:aim",
    "calls": "gda:call",
    "targets": "gda:targetGroup",
    "leads": "gda:leadStatement",
    "outcome_cop28": "gda:outcome",
    "pledge": "gda:pledged",
    "title_en_status": "gda:wordingStatus",
}


@pytest.mark.parametrize("field", PILLAR_FIELDS)
def test_pillars_in_words(field: str) -> None:
    expected = {(p["id"], english(value)) for p in pillars() for value in whole(p.get(field))}
    found = {row for row in of_pillars(PILLAR_FIELDS[field]) if row[0] != "7"}
    same(expected, found, f"{field} of pillars")


def test_titles_of_pillars() -> None:
    expected = pairs(pillars(), "title_en", english, separators="\n")
    found = {row for row in of_pillars("skos:prefLabel") if row[1].endswith("@en")}
    same(expected, {row for row in found if row[0] != "7"}, "English titles of pillars")
    others = pairs(pillars(), "alt_en", lambda title: english(unattributed(title)))
    short = {(p["id"], english(p["short"][0].upper() + p["short"][1:])) for p in pillars()}
    lost(others | short, of_pillars(LABELS), "other titles of pillars")
    labels = stated("pillars", "skos:notation", LABELS)
    lost(chinese_titles(), labels, "Chinese titles of pillars, with their source")


def chinese_titles() -> set[Row]:
    return {
        (p["id"], f"{unattributed(part)}@{tag.replace('_', '-')}")
        for p in pillars()
        for tag in ("zh_hant", "zh_hans")
        for part in split(p[tag])
    }


def test_whose_wording_another_title_of_a_pillar_is() -> None:
    """The bracket after an alternative title names who words it so, and when."""
    found = rows("SELECT ?no (STR(?o) AS ?said) { ?s a gda:Pillar ; skos:notation ?no ; ?p ?o }")
    found |= rows(
        "SELECT ?no (STR(?o) AS ?said) { ?s a gda:Pillar ; skos:notation ?no ."
        " ?claim gda:subject ?s ; ?p ?o }"
    )
    missing = [
        (pillar["id"], title)
        for pillar in pillars()
        for title in pillar["alt_en"]
        if (match := re.search(r"\(([^()]+)\)$", title))
        and not any(no == pillar["id"] and match[1] in said for no, said in found)
    ]
    assert not missing, f"data/pillars.ttl does not say whose wording these are: {missing}"


def test_links_of_pillars() -> None:
    same(pairs(pillars(), "related"), of_pillars("dcterms:relation/dcterms:identifier"), "related")
    expected = pairs(pillars(), "sources") | pairs(pillars(), "leads_source")
    found = {row for row in of_pillars(SOURCES) if row[0] != "7"}
    same(expected, found, "sources of pillars")
    same(
        confidence(pillars()), {r for r in level("gda:Pillar", "skos:notation") if r[0] != "7"}, ""
    )
    notes = {(p["id"], english(p["confidence"])) for p in pillars() if " " in p["confidence"]}
    same(notes, of_pillars("gda:confidenceNote"), "confidence of pillars in words")


def test_process_of_a_pillar() -> None:
    [pillar] = [pillar for pillar in pillars() if "process" in pillar]
    process = dict(pillar["process"])
    notes = " ".join(note for no, note in of_pillars("skos:note") if no == pillar["id"])
    for said in [process.pop("calls"), *process.pop("structure")]:
        assert said in notes, f"pillar {pillar['id']}: no note says {said!r}"
    found = rows(
        "SELECT ?no ?property ?value { ?s skos:notation ?no . ?c gda:subject ?s ;"
        " gda:property ?property ; gda:value ?value }"
    )
    expected = {(pillar["id"], name, literal(value)) for name, value in process.items()}
    claimed = {("standards_identified", "gaps_identified", "peer_group")}
    assert {tuple(process)} == claimed
    claims = {(no, named(iri), value.removesuffix("@en")) for no, iri, value in found}
    lost(expected, claims, "process")


def test_seventh_pillar_and_founding() -> None:
    facts = yaml_facts("pillars.yaml")
    seventh, founding = facts["seventh_pillar"], facts["founding"]
    expected = {english(seventh["title_en"]), english(seventh["status"]), seventh["confidence"]}
    expected |= set(seventh["sources"])
    path = f"skos:prefLabel|gda:wordingStatus|{SOURCES}"
    found = {value for no, value in of_pillars(path) if no == "7"}
    found |= {value for no, value in level("gda:Pillar", "skos:notation") if no == "7"}
    assert expected <= found, f"seventh pillar: {expected - found} not in data/pillars.ttl"
    claims = rows(
        'SELECT ?value ?source { ?p skos:prefLabel "Green Digital Action"@en .'
        f" ?c gda:subject ?p ; gda:value ?said ; {SOURCES} ?source BIND(STR(?said) AS ?value) }}"
    )
    for said in founding["partners_2025"]:
        value, source = said.removesuffix(")").split(" (")
        assert (value, source) in claims, f"data/claims.ttl lacks the claim {said!r}"
    assert {founding["partners_2023"], founding["convener"]} <= {value for value, _ in claims}
    assert (founding["contact"],) in rows("SELECT ?mail { ?s schema:email ?mail }")


# gaps


GAP_CELLS = {
    "named_by": "gda:namedBy",
    "basis": "gda:basisNote",
    "status_2026": "gda:statusNote",
    "note": "skos:note",
}


def gaps() -> list[dict[str, Any]]:
    return list(yaml_facts("gaps.yaml")["gaps"])


def of_gaps(path: str) -> set[Row]:
    return rows(f"SELECT ?id ?o {{ ?g a gda:AssertedGap ; dcterms:identifier ?id ; {path} ?o }}")


def listed(field: str) -> set[Row]:
    return {(gap["id"], str(value)) for gap in gaps() for value in gap[field]}


def test_gaps_in_words() -> None:
    names = {row for row in of_gaps("skos:prefLabel") if row[1].endswith("@en")}
    same({(gap["id"], f"{gap['name']}@en") for gap in gaps()}, names, "names of gaps")
    for field, path in GAP_CELLS.items():
        expected = {(gap["id"], f"{gap[field]}@en") for gap in gaps() if gap[field]}
        same(expected, of_gaps(path), f"{field} of gaps")


def test_gaps_in_links() -> None:
    years = {(gap["id"], f"{gap['year']}^^gYear") for gap in gaps()}
    same(years, of_gaps("gda:namedIn"), "years of gaps")
    same(listed("pillars"), of_gaps("gda:concernsPillar/skos:notation"), "pillars of gaps")
    areas = things("gda:CooperationArea")
    expected = {(gap, areas[name]) for gap, name in listed("spcg_areas")}
    same(expected, of_gaps("gda:concernsArea"), "areas of gaps")
    found = of_gaps("prov:wasDerivedFrom/dcterms:identifier")
    same(listed("sources"), found, "sources of gaps")


def test_candidate_standards_are_all_there_and_judged() -> None:
    assert {gap["candidate_basis"] for gap in gaps()} == {"analyst inference"}
    found = rows(
        "SELECT ?id ?code { GRAPH graph:judgements { ?g gda:candidateStandard ?s }"
        " ?g dcterms:identifier ?id . ?s dcterms:identifier ?code }"
    )
    same(listed("candidate_standards"), found, "candidate standards")
    same(listed("candidate_standards"), of_gaps("gda:candidateStandard/dcterms:identifier"), "all")


def test_status_of_a_gap_is_of_2026() -> None:
    same({(gap["id"], "2026^^gYear") for gap in gaps()}, of_gaps("gda:asOf"), "as-of dates")


def test_confidence_in_gaps() -> None:
    same(confidence(gaps()), level("gda:AssertedGap"), "confidence of gaps")
    notes = {(gap["id"], english(gap["confidence"])) for gap in gaps() if " " in gap["confidence"]}
    same(notes, of_gaps("gda:confidenceNote"), "confidence of gaps in words")


#: how the basis of a gap begins in the facts -> our concept
BASES = {
    "named explicitly": "named",
    "implied": "implied",
    "inferred": "inferred",
    "count only": "count-only",
    "announced": "announced",
    "concern": "concern",
    "policy gap": "policy",
    "document title": "title",
}
#: what a status says outright -> our concept
STATUSES = {
    "open": "open",
    "closed": "closed",
    "work item": "work-item",
    "partly addressed": "partly-addressed",
}


@pytest.mark.parametrize(
    ("field", "path", "concepts"),
    [("basis", "gda:basis", BASES), ("status_2026", "gda:gapStatus", STATUSES)],
)
def test_gaps_have_the_concept_of_their_words(
    field: str, path: str, concepts: dict[str, str]
) -> None:
    expected = {
        (gap["id"], concept)
        for gap in gaps()
        for words, concept in concepts.items()
        if gap[field].startswith(words)
    }
    found = {(key, iri.rsplit("/")[-1]) for key, iri in of_gaps(path)}
    assert {key for key, _ in found} == {gap["id"] for gap in gaps()}
    lost(expected, found, path)
