"""Each shape of `ontology/shapes.ttl` finds its own fault, and nothing in what is sound.

A sound thing of each class stands in `faults/sound.ttl`.  For each constraint of each shape a
copy of one is spoilt in that one way, by rules written here by hand; one run of the shapes
over all copies must find each by the shape meant, and by no other.
"""

from collections import defaultdict
from functools import cache
from typing import Any

import pyoxigraph as og
import pytest
import rdflib
from rdflib import RDF, SH, SKOS, XSD

from gdakg import shapes, turtle
from gdakg.namespaces import BASE
from gdakg.questions import LANGUAGES
from reading import ROOT

EX = "http://example.org/"
SHAPES = ROOT / "ontology" / "shapes.ttl"
FAULTS = ROOT / "tests" / "faults"

#: constraints of SHACL that our shapes use
PARAMETERS = {
    SH.minCount: "MinCount",
    SH.maxCount: "MaxCount",
    SH.datatype: "Datatype",
    SH["class"]: "Class",
    SH.nodeKind: "NodeKind",
    SH.pattern: "Pattern",
    SH.minLength: "MinLength",
    SH.minInclusive: "MinInclusive",
    SH["or"]: "Or",
    SH["not"]: "Not",
    SH.uniqueLang: "UniqueLang",
    SH.qualifiedMinCount: "QualifiedMinCount",
}
#: what a shape says besides: which things and values, how bad it is, how to mend it
OTHERS = {
    *(RDF.type, SH.path, SH.targetClass, SH.targetSubjectsOf, SH.property),
    *(SH.severity, SH.message, SH.qualifiedValueShape),
}


@cache
def shapes_graph() -> Any:
    return rdflib.Graph().parse(SHAPES)


def constraints(shape: rdflib.URIRef) -> list[tuple[str, Any]]:
    """Return the constraints of `shape` with their values."""
    return [
        (PARAMETERS[predicate], value)
        for predicate, value in shapes_graph().predicate_objects(shape)
        if predicate in PARAMETERS
    ]


def with_severity() -> list[rdflib.URIRef]:
    return sorted(s for s in shapes_graph().subjects(SH.severity) if isinstance(s, rdflib.URIRef))


CASES = [(shape, constraint) for shape in with_severity() for constraint, _ in constraints(shape)]

#: what DESIGN.md, section 2, asks of each class; a shape may ask for more
DEMANDED = """
label MinCount UniqueLang
label-english QualifiedMinCount
concept-scheme MinCount
standard-identifier MinCount MaxCount
standard-publisher MinCount Or Not
standard-stage MinCount MaxCount Class
standard-source MinCount
standard-current-edition MaxCount Class
edition-standard MinCount MaxCount Class
edition-identifier MinCount MaxCount
edition-issued MinCount MaxCount Or
edition-replaces Class
gap-basis MinCount MaxCount Class
gap-status MinCount MaxCount Class
gap-as-of MinCount
gap-named-by MinCount
gap-named-in MinCount
gap-source MinCount
claim-subject MinCount MaxCount
claim-value MinCount MaxCount
claim-source MinCount
claim-as-of Or
contradiction-claim MinCount Class
contradiction-reading MinCount
relation-subject MinCount MaxCount
relation-property MinCount MaxCount
relation-object MinCount
pillar-notation MinCount MaxCount
committee-unit-of MaxCount Or
EventDate Or
event-source MinCount
SourceAddress Or
page NodeKind Pattern
homepage NodeKind Pattern
step-task MinCount MaxCount Class
step-number MinCount MaxCount Datatype MinInclusive
step-standard MinCount MaxCount Class
ics-notation MinCount MaxCount Pattern
ics-broader MaxCount Class
adoption-adopted MinCount Class
adoption-as MinCount
adoption-degree MinCount Class
adoption-country MinCount Pattern
adoption-issued Or
"""


def test_the_shapes_ask_for_what_the_design_asks() -> None:
    demanded = {
        (shapes.SHAPES + shape, constraint)
        for shape, *wanted in map(str.split, DEMANDED.strip().splitlines())
        for constraint in wanted
    }
    lost = demanded - {(str(shape), constraint) for shape, constraint in CASES}
    assert not lost, f"ontology/shapes.ttl no longer asks for {sorted(lost)}"


def test_the_shapes_are_in_canonical_form() -> None:
    text = SHAPES.read_text(encoding="utf-8")
    parsed = og.parse(text.encode(), format=og.RdfFormat.TURTLE)
    assert text == turtle.canonical(quad.triple for quad in parsed), "run `make format`"


def test_every_shape_has_a_severity_and_says_how_to_mend_in_three_languages() -> None:
    graph = shapes_graph()
    properties = set(graph.objects(None, SH.property))
    assert len(properties) > 60
    assert properties <= set(with_severity())
    for shape in with_severity():
        assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning}
        tags = sorted(str(getattr(m, "language", "")) for m in graph.objects(shape, SH.message))
        assert tags == sorted(LANGUAGES), shape
        assert set(graph.predicates(shape)) <= OTHERS | PARAMETERS.keys(), shape


def test_the_terms_that_the_shapes_name_are_declared() -> None:
    ontology = rdflib.Graph().parse(ROOT / "ontology" / "gdakg.ttl")
    graph = shapes_graph()
    named = {o for p in (SH.path, SH["class"], SH.targetClass) for o in graph.objects(None, p)}
    named |= set(graph.objects(None, SH.targetSubjectsOf))
    undeclared = named - set(ontology.subjects())
    assert not undeclared, f"no such term in ontology/gdakg.ttl: {sorted(undeclared)}"


def test_no_shape_names_an_iri_of_ours() -> None:
    iris = {str(term) for term in shapes_graph().objects() if isinstance(term, rdflib.URIRef)}
    assert not [iri for iri in iris if iri.startswith(BASE)]


@cache
def sound() -> Any:
    return rdflib.Graph().parse(FAULTS / "sound.ttl")


def sound_thing(shape: rdflib.URIRef) -> rdflib.URIRef:
    """Return a thing of sound.ttl at which `shape` looks and that has its property."""
    graph = shapes_graph()
    path = graph.value(shape, SH.path)
    for node in [shape, *graph.subjects(SH.property, shape)]:
        wanted = {(RDF.type, kind) for kind in graph.objects(node, SH.targetClass)}
        wanted |= {(prop, None) for prop in graph.objects(node, SH.targetSubjectsOf)}
        for predicate, value in sorted(wanted, key=str):
            for thing in sorted(sound().subjects(predicate, value)):
                if path is None or (thing, path, None) in sound():
                    assert isinstance(thing, rdflib.URIRef)
                    return thing
    raise AssertionError(f"tests/faults/sound.ttl: nothing for {shape}")


def spoilt(shape: rdflib.URIRef, constraint: str) -> rdflib.Graph:
    """Return a copy of a sound thing, under the name of the case, that breaks one constraint."""
    graph = shapes_graph()
    copy = rdflib.Graph()
    thing = sound_thing(shape)
    for predicate, value in sound().predicate_objects(thing):
        copy.add((case(shape, constraint), predicate, value))
    subject = case(shape, constraint)
    path = graph.value(shape, SH.path)
    if path is None:  # a choice of properties: take all of them away
        for choice in graph.items(graph.value(shape, SH["or"])):
            copy.remove((subject, graph.value(choice, SH.path), None))
        return copy
    values: list[Any] = sorted(copy.objects(subject, path), key=str)
    fault = values[0]
    if constraint == "MaxCount":
        copy.add((subject, path, another(fault)))
    elif constraint == "UniqueLang":
        copy.add((subject, path, rdflib.Literal(f"{fault} too", lang=fault.language)))
    elif constraint in {"MinCount", "QualifiedMinCount"}:
        least = int(str(graph.value(shape, SH.minCount) or 1))
        for value in values[least - 1 :]:
            copy.remove((subject, path, value))
        if constraint == "QualifiedMinCount":
            copy.add((subject, path, rdflib.Literal("nom", lang="fr")))
    else:
        copy.remove((subject, path, fault))
        copy.add((subject, path, unfit(shape, constraint, fault)))
    return copy


def case(shape: rdflib.URIRef, constraint: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{EX}{shape.removeprefix(shapes.SHAPES)}--{constraint}")


def another(value: Any) -> Any:
    """Return a second value as good as `value`."""
    if isinstance(value, rdflib.URIRef):
        kind = sound().value(value, RDF.type)
        more = [thing for thing in sound().subjects(RDF.type, kind) if thing != value]
        return more[0] if more else SECONDS[str(kind).rsplit("#", 1)[-1]]
    assert isinstance(value, rdflib.Literal)
    others = {XSD.gYear: "1999", XSD.gYearMonth: "1999-01", XSD.date: "1999-01-01"}
    others |= {XSD.integer: "7", XSD.dateTime: "1999-01-01T00:00:00Z"}
    text = others.get(value.datatype or XSD.string, "JP" if str(value) == "TW" else "14.020")
    return rdflib.Literal(text, datatype=value.datatype, lang=value.language, normalize=False)


#: second things of a class of which sound.ttl has one
SECONDS = {
    name: rdflib.URIRef(f"{EX}second-{name}")
    for name in (
        *("Stage", "DocumentType", "Tier", "GapBasis", "GapStatus", "Confidence", "AdoptionDegree"),
        *("ClaimedProperty", "Task", "FormalOrganization"),
    )
}

#: values that break a constraint
UNFIT = {
    "Class": rdflib.URIRef(EX + "nowhere-described"),
    "MinLength": rdflib.Literal("", datatype=XSD.string),
    "MinInclusive": rdflib.Literal(0),
    "Not": rdflib.URIRef(EX + "body-and-committee"),
}


def unfit(shape: rdflib.URIRef, constraint: str, value: Any) -> Any:
    """Return a value instead of `value` that breaks `constraint`."""
    if constraint in UNFIT:
        return UNFIT[constraint]
    if constraint == "NodeKind":
        return UNFIT["Class"] if isinstance(value, rdflib.Literal) else rdflib.Literal("words")
    if constraint == "Pattern":
        is_iri = isinstance(value, rdflib.URIRef)
        return rdflib.URIRef("ftp://example.org/x") if is_iri else rdflib.Literal("Taiwan")
    if constraint == "Datatype":
        return rdflib.Literal(str(value), lang=None if getattr(value, "language", None) else "en")
    assert constraint == "Or", f"{shape}: say how a test breaks sh:{constraint}"
    if isinstance(value, rdflib.Literal):  # a month that is no date
        return rdflib.Literal("2018-08", datatype=XSD.date, normalize=False)
    return UNFIT["Class"]


@cache
def reported() -> dict[str, set[str]]:
    """Return what the shapes find in sound.ttl and in a spoilt copy for each case, in one run."""
    whole = rdflib.Graph()
    whole += sound()
    for name, thing in SECONDS.items():
        first = next(s for s, o in sound().subject_objects(RDF.type) if o.endswith(f"#{name}"))
        for predicate, value in sound().predicate_objects(first):
            whole.add((thing, predicate, value))
    for kind in ("FormalOrganization", "OrganizationalUnit"):
        both = rdflib.URIRef(f"http://www.w3.org/ns/org#{kind}")
        whole.add((UNFIT["Not"], RDF.type, both))
    whole.add((UNFIT["Not"], SKOS.prefLabel, rdflib.Literal("Both", lang="en")))
    for shape, constraint in CASES:
        whole += spoilt(shape, constraint)
    triples = [
        quad.triple
        for quad in og.parse(whole.serialize(format="nt").encode(), format=og.RdfFormat.N_TRIPLES)
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for finding in shapes.findings(triples, "en"):
        found[finding.thing[1:-1]].add(finding.shape)
    return found


def test_shapes_find_nothing_in_what_is_sound() -> None:
    cases = {str(case(shape, constraint)) for shape, constraint in CASES}
    assert {thing: rules for thing, rules in reported().items() if thing not in cases} == {}


#: a fault that two shapes find
BOTH = {"label": {shapes.SHAPES + "label-english"}}


@pytest.mark.parametrize(
    ("shape", "constraint"), CASES, ids=lambda given: str(given).removeprefix(shapes.SHAPES)
)
def test_a_shape_finds_its_fault_and_no_other_shape_does(
    shape: rdflib.URIRef, constraint: str
) -> None:
    also = BOTH.get(shape.removeprefix(shapes.SHAPES), set())
    assert reported()[str(case(shape, constraint))] - also == {str(shape)}
