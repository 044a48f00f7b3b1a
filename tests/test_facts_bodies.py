"""Nothing of the facts on bodies, their claims, contradictions and the post of 2023 was lost."""

import re
from typing import Any

import pytest

from reading import (
    LABELS,
    ORGANIZATIONS,
    SOURCES,
    Facts,
    Row,
    csv_rows,
    dated,
    english,
    literal,
    lost,
    named,
    needs_facts,
    pairs,
    published,
    rows,
    same,
    split,
    things,
    unattributed,
    whole,
    yaml_facts,
)

pytestmark = needs_facts

BODY = (
    f"VALUES ?kind {{ {' '.join(ORGANIZATIONS)} schema:Event }} ?s a ?kind ; dcterms:identifier ?id"
)


def bodies() -> list[Facts]:
    return list(yaml_facts("bodies.yaml")["bodies"])


def of_bodies(path: str) -> set[Row]:
    """Return (code, object) for bodies; an event has a type of body too if it is one."""
    return rows(f"SELECT DISTINCT ?id ?o {{ {BODY} ; gda:bodyType [] ; {path} ?o }}")


BODY_FIELDS = {"type": "gda:bodyType", "seat": "gda:seat"}


def test_bodies() -> None:
    for field, path in BODY_FIELDS.items():
        expected = {(b["id"], english(b[field])) for b in bodies() if b.get(field)}
        same(expected, of_bodies(path), f"{field} of bodies")
    same(pairs(bodies(), "url"), of_bodies("foaf:homepage"), "homepages")
    founded = {(b["id"], dated(str(b["founded"]))[0]) for b in bodies() if b.get("founded")}
    same(founded, of_bodies("gda:founded"), "founding dates")
    items = {(key, iri.rsplit("/")[-1]) for key, iri in of_bodies("gda:wikidata")}
    same(pairs(bodies(), "wikidata"), items, "Wikidata items")
    for body in bodies():
        if basis := body.get("wikidata_basis"):
            notes = [note for key, note in of_bodies("skos:note") if key == body["id"]]
            assert any(basis in note for note in notes), f"{body['id']}: no note says {basis!r}"
    same(pairs(bodies(), "sources"), of_bodies(SOURCES), "sources of bodies")


def test_names_of_bodies() -> None:
    expected = {
        (body["id"], f"{unattributed(name) if tag != 'en' else name}@{tag}")
        for body in bodies()
        for tag in ("en", "fr", "zh-hans", "zh-hant")
        for name in parts(body.get(f"name_{tag.replace('-', '_')}"), tag)
    }
    aliases = pairs(bodies(), "alias_seed", "{}@zh-hant".format)
    lost({*expected, *aliases}, of_bodies(LABELS), "names of bodies")


def parts(name: str | None, tag: str) -> list[str]:
    return [] if name is None else [name] if tag in {"en", "fr"} else split(name)


def organizations() -> dict[str, str]:
    """Return name -> IRI, with the names that only bodies.yaml uses."""
    known = things("schema:Project", "schema:Event", "bibo:Document") | things(*ORGANIZATIONS)
    pillar = {
        f"GDA pillar {no}": iri
        for iri, no in rows("SELECT ?s ?n { ?s a gda:Pillar ; skos:notation ?n }")
    }
    spellings = {"ISO TMB": "ISO/TMB", "IEC SMB": "IEC/SMB", "GDA": "Green Digital Action"}
    return known | pillar | {name: known[plain] for name, plain in spellings.items()}


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("member_of", "org:memberOf"),
        ("members", "^org:memberOf"),
        ("established_by", "gda:establishedBy"),
        ("part_of", "org:unitOf|org:subOrganizationOf|dcterms:isPartOf|^org:memberOf"),
    ],
)
def test_ties_between_bodies(field: str, path: str) -> None:
    known = organizations()
    expected = {
        (body["id"], known[unattributed(other)])
        for body in bodies()
        for other in whole(body.get(field))
    }
    lost(expected, of_bodies(path), f"{field} of bodies")


PREDICATES = {
    "memberOf": "memberOf",
    "committeeOf": "unitOf",
    "establishedBy": "establishedBy",
    "jointOf": "hasMember",
    "partOf": "unitOf",
    "liaison": "liaisonWith",
    "relatesTo": "relatesTo",
    "reuses": "reuses",
    "convenedBy": "convenedBy",
    "coLedBy": "ledBy",
    "legacyOf": "legacyOf",
    "implements": "implements",
}


def test_relations_of_bodies() -> None:
    known = organizations() | things("gda:Standard")
    expected = set()
    for number, fact in enumerate(yaml_facts("bodies.yaml")["relations"], start=1):
        objects = split(fact["object"])
        if match := re.search(r"\(RFC (\d+), (\d+)\)", fact["object"]):
            objects = [f"RFC {match[1]}", f"RFC {match[2]}"]
        expected |= {
            (
                f"body-{number:02}",
                known[fact["subject"]],
                PREDICATES[fact["predicate"]],
                known[o],
                fact["source"],
            )
            for o in objects
        }
    found = rows(
        "SELECT ?id ?s ?p ?o ?source { GRAPH graph:bodies { ?r a gda:Relation ;"
        " dcterms:identifier ?id ; gda:subject ?s ; gda:property ?p ; gda:object ?o ;"
        " prov:wasDerivedFrom ?from } ?from dcterms:identifier ?source }"
    )
    short = {(a, s, re.split("[#/]", p)[-1], o, source) for a, s, p, o, source in found}
    same(expected, short, "relations of bodies")


# claims


def claims(path: str) -> set[Row]:
    """Return (body, property, value, object of `path`) of the claims on bodies."""
    found = rows(
        f"SELECT ?id ?property ?value ?o {{ {BODY} . GRAPH graph:claims {{ ?c gda:subject ?s ;"
        f" gda:property ?property ; gda:value ?value }} ?c {path} ?o }}"
    )
    # words that we tagged as English are the facts' words
    return {(key, named(iri), value.removesuffix("@en"), o) for key, iri, value, o in found}


def facts_on_bodies(field: str) -> list[tuple[str, str, str, Any]]:
    return [
        (body["id"], fact["property"], literal(fact["value"]), fact[field])
        for body in bodies()
        for fact in body.get("facts", [])
        if fact.get(field)
    ]


def test_claims_on_bodies() -> None:
    expected = set(facts_on_bodies("source"))
    same(expected, {c for c in claims(SOURCES) if c[0] != "PRJ-09"}, "claims")
    levels = {(*c[:3], c[3].removesuffix("@en")) for c in claims("gda:confidence/skos:prefLabel")}
    lost(set(facts_on_bodies("confidence")), levels, "confidence of claims")
    notes = {(*fact[:3], english(fact[3])) for fact in facts_on_bodies("note")}
    same(notes, claims("skos:note"), "notes on claims")


def test_claims_are_dated_as_given() -> None:
    cells = [(*fact[:3], *dated(str(fact[3]))) for fact in facts_on_bodies("as_of")]
    same({(*c[:3], c[3]) for c in cells if c[3]}, claims("gda:asOf"), "dates of claims")
    notes = {(*c[:3], english(c[4])) for c in cells if c[4]}
    told = {row for row in claims("gda:asOfNote") if row[-1] != "no date recorded@en"}
    same(notes, told, "dates of claims in words")


def contradictions() -> list[Facts]:
    return list(csv_rows("contradictions.csv"))


VALUES = "gda:claim/gda:value"


def of_contradictions(path: str) -> set[Row]:
    return rows(f"SELECT ?id ?o {{ ?s a gda:Contradiction ; dcterms:identifier ?id ; {path} ?o }}")


def test_contradictions() -> None:
    subjects = {
        (c["id"], english(c["subject"][0].upper() + c["subject"][1:])) for c in contradictions()
    }
    same(subjects, published(of_contradictions("skos:prefLabel")), "subjects of contradictions")
    readings = pairs(contradictions(), "suggested_reading", english, separators="\n")
    same(readings, of_contradictions("gda:suggestedReading"), "suggested readings")
    values = {
        (c["id"], c[f"claim_{letter}"].removesuffix(" (infographic)"))  # as the source says
        for c in contradictions()
        for letter in "abc"
        if c[f"claim_{letter}"]
    }
    said = of_contradictions(VALUES)
    found = {(key, re.sub("@(en|zh-hans)$", "", value)) for key, value in said}
    same(values, found, "contradicting claims")
    same(pairs(contradictions(), "source_ids"), of_contradictions(SOURCES), "sources")


def test_every_source_of_a_contradiction_makes_one_of_its_claims() -> None:
    found = of_contradictions(f"gda:claim/{SOURCES}")
    same(pairs(contradictions(), "source_ids"), found, "sources of contradicting claims")
