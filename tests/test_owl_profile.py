"""The ontology keeps to OWL 2 DL, as far as that can be read off its triples.

After OWL 2 Structural Specification (second edition), sections 2.4, 3, 4, 5 and 11, and
Mapping to RDF Graphs, section 3.  What the checks do not see: class expressions, of which the
ontology has none, since its files hold no blank nodes.
"""

import functools
from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as og
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from gdakg.namespaces import PREFIXES
from reading import DATA, ONTOLOGY

ALIGNMENTS = ONTOLOGY.with_name("alignments.ttl")
#: what a reader opens: the terms alone, or with the alignments
OPENED = {"gdakg.ttl": (ONTOLOGY,), "with alignments.ttl": (ONTOLOGY, ALIGNMENTS)}

OBJECT, DATATYPE, ANNOTATION = OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
PROPERTIES = {OBJECT, DATATYPE, ANNOTATION}

#: section 2.4: the IRIs in these namespaces are reserved
RESERVED = (str(RDF), str(RDFS), str(XSD), str(OWL))
#: section 5.5, Table 3
BUILT_IN_ANNOTATIONS = {
    *(RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy),
    *(OWL.deprecated, OWL.versionInfo, OWL.priorVersion),
    *(OWL.backwardCompatibleWith, OWL.incompatibleWith),
}
HEADER = {OWL.versionIRI, OWL.imports}
#: section 4: the OWL 2 datatype map; rdf:PlainLiteral is a text with a language
DATATYPE_MAP = {
    *(RDFS.Literal, RDF.PlainLiteral, RDF.XMLLiteral, OWL.real, OWL.rational),
    *(XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.nonPositiveInteger),
    *(XSD.positiveInteger, XSD.negativeInteger, XSD.long, XSD.int, XSD.short, XSD.byte),
    *(XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte),
    *(XSD.double, XSD.float, XSD.string, XSD.normalizedString, XSD.token, XSD.language),
    *(XSD.Name, XSD.NCName, XSD.NMTOKEN, XSD.boolean, XSD.hexBinary, XSD.base64Binary),
    *(XSD.anyURI, XSD.dateTime, XSD.dateTimeStamp),
}
#: predicate of an axiom -> the kinds that its subject and object may have
AXIOMS: dict[URIRef, tuple[set[URIRef], set[URIRef]]] = {
    RDFS.subClassOf: ({OWL.Class}, {OWL.Class}),
    OWL.equivalentClass: ({OWL.Class}, {OWL.Class}),
    OWL.disjointWith: ({OWL.Class}, {OWL.Class}),
    RDFS.subPropertyOf: (PROPERTIES, PROPERTIES),
    OWL.equivalentProperty: ({OBJECT, DATATYPE}, {OBJECT, DATATYPE}),
    OWL.propertyDisjointWith: ({OBJECT, DATATYPE}, {OBJECT, DATATYPE}),
    OWL.inverseOf: ({OBJECT}, {OBJECT}),
    RDFS.domain: (PROPERTIES, {OWL.Class}),
    RDFS.range: (PROPERTIES, {OWL.Class, RDFS.Datatype}),
}
#: axioms both sides of which are of one kind
EVEN = {RDFS.subPropertyOf, OWL.equivalentProperty, OWL.propertyDisjointWith}
#: characteristics -> the properties that may have them
TRAITS = {
    OWL.FunctionalProperty: {OBJECT, DATATYPE},
    OWL.InverseFunctionalProperty: {OBJECT},
    OWL.TransitiveProperty: {OBJECT},
    OWL.SymmetricProperty: {OBJECT},
    OWL.AsymmetricProperty: {OBJECT},
    OWL.ReflexiveProperty: {OBJECT},
    OWL.IrreflexiveProperty: {OBJECT},
}
#: section 11.1: what only a simple property may have
SIMPLE_ONLY = {
    OWL.FunctionalProperty,
    OWL.InverseFunctionalProperty,
    OWL.AsymmetricProperty,
    OWL.IrreflexiveProperty,
}

#: what the notes of alignments abbreviate
VOCABULARIES = PREFIXES | {
    "adms": "http://www.w3.org/ns/adms#",
    "fabio": "http://purl.org/spar/fabio/",
    "sto": "https://w3id.org/i40/sto#",
}

Faults = Iterator[str]


def name(node: Node) -> str:
    return node.n3()


def is_reserved(node: Node) -> bool:
    return str(node).startswith(RESERVED)


def kinds(graph: Graph, node: Node) -> set[Node]:
    """Return as what `node` is declared; built-in terms declare themselves."""
    found = set(graph.objects(node, RDF.type)) & {OWL.Class, RDFS.Datatype, *PROPERTIES}
    if node in BUILT_IN_ANNOTATIONS:
        found.add(ANNOTATION)
    if node in {OWL.Thing, OWL.Nothing}:
        found.add(OWL.Class)
    if node in DATATYPE_MAP or str(node).startswith(str(XSD)):
        found.add(RDFS.Datatype)
    return found


def undeclared(graph: Graph) -> Faults:
    """Section 5.8: classes and properties are declared."""
    for predicate in set(graph.predicates()) - set(AXIOMS) - HEADER - {RDF.type}:
        if not kinds(graph, predicate) & PROPERTIES:
            yield f"{name(predicate)} is used as a property and not declared as one"
    syntax = {OWL.Class, OWL.Ontology, RDFS.Datatype, *PROPERTIES, *TRAITS}
    for kind in set(graph.objects(None, RDF.type)) - syntax:
        if OWL.Class not in kinds(graph, kind):
            yield f"{name(kind)} has instances and is not declared as a class"


def of_two_kinds(graph: Graph) -> Faults:
    """Section 5.8.1: a property is of one kind, and a class is no datatype."""
    for node in set(graph.subjects(RDF.type)):
        for group in (PROPERTIES, {OWL.Class, RDFS.Datatype}):
            found = kinds(graph, node) & group
            if len(found) > 1:
                yield f"{name(node)} is of two kinds: {sorted(map(name, found))}"


def reserved(graph: Graph) -> Faults:
    """Section 2.4: the reserved vocabulary is not declared or described anew."""
    for subject, predicate in set(graph.subject_predicates()):
        if is_reserved(subject) and predicate in {RDF.type, *AXIOMS}:
            yield f"{name(subject)} is reserved, and {name(predicate)} says more of it"


def ill_typed(graph: Graph) -> Faults:
    """Sections 9 and 10: both sides of an axiom are what the axiom is about."""
    for predicate, sides in AXIOMS.items():
        for pair in graph.subject_objects(predicate):
            found = [kinds(graph, node) for node in pair]
            shown = f"{name(pair[0])} {name(predicate)} {name(pair[1])}"
            if not all(mine & allowed for mine, allowed in zip(found, sides, strict=True)):
                yield f"{shown}: not between these kinds of term"
            elif predicate in EVEN and found[0] != found[1]:
                yield f"{shown}: between properties of two kinds"
            elif predicate == RDFS.range and ANNOTATION not in found[0]:
                wanted = RDFS.Datatype if DATATYPE in found[0] else OWL.Class
                if wanted not in found[1]:
                    yield f"{shown}: no {name(wanted)}"
    for trait, allowed in TRAITS.items():
        for node in graph.subjects(RDF.type, trait):
            if not kinds(graph, node) & allowed:
                yield f"{name(node)} cannot be {name(trait)}"


def odd_datatypes(graph: Graph) -> Faults:
    """Section 11.2: datatypes in axioms are of the OWL 2 datatype map.

    A declaration does not help: only a datatype definition does, and not for a reserved IRI.
    Values of annotations are no concern of a reasoner.
    """
    for node, datatype in graph.subject_objects(RDFS.range):
        if is_reserved(datatype) and datatype not in DATATYPE_MAP:
            yield f"the range of {name(node)} is {name(datatype)}, not in the OWL 2 datatype map"
    for subject, predicate, value in graph:
        if DATATYPE in kinds(graph, predicate) and isinstance(value, Literal):
            datatype = RDF.PlainLiteral if value.language else value.datatype or XSD.string
            if datatype not in DATATYPE_MAP:
                yield f"{name(subject)} {name(predicate)} {name(value)}: not in the datatype map"


def header(graph: Graph) -> Faults:
    """Section 3: one ontology with IRI and version IRI; what it imports can be fetched."""
    ontologies = list(graph.subjects(RDF.type, OWL.Ontology))
    if len(ontologies) != 1 or not isinstance(ontologies[0], URIRef):
        yield f"one owl:Ontology with an IRI is wanted, not {sorted(map(name, ontologies))}"
    for ontology in ontologies:
        versions = list(graph.objects(ontology, OWL.versionIRI))
        if len(versions) != 1 or not isinstance(versions[0], URIRef):
            yield f"{name(ontology)} needs one owl:versionIRI"
    for subject, imported in graph.subject_objects(OWL.imports):
        if not (subject in ontologies and str(imported).startswith(("https://", "http://"))):
            yield f"owl:imports {name(imported)} cannot be fetched"


def not_simple(graph: Graph) -> Faults:
    """Section 11.2: a property above a transitive one has no such characteristic."""
    new = set(graph.subjects(RDF.type, OWL.TransitiveProperty))
    composite: set[Node] = set()
    while new:
        composite |= new
        above = {o for node in new for o in graph.objects(node, RDFS.subPropertyOf)}
        back = {o for node in new for o in graph.objects(node, OWL.inverseOf)}
        forth = {s for node in new for s in graph.subjects(OWL.inverseOf, node)}
        new = (above | back | forth) - composite
    for node in composite:
        for trait in set(graph.objects(node, RDF.type)) & SIMPLE_ONLY:
            yield f"{name(node)} is transitive or above such, and cannot be {name(trait)}"
        pairs = graph.subject_objects(OWL.propertyDisjointWith)
        if any(node in pair for pair in pairs):
            yield f"{name(node)} is transitive or above such, and cannot be disjoint with another"


def cyclic(graph: Graph) -> Faults:
    """No class or property is above itself: the terms on a cycle would all mean the same."""
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for start in set(graph.subjects(predicate)):
            above = graph.transitive_objects(start, predicate)
            if any(start in graph.objects(node, predicate) for node in above):
                yield f"{name(start)} is above itself by {name(predicate)}"


def blank(graph: Graph) -> Faults:
    """No class expressions: the other checks would not see into them."""
    nodes = {node for triple in graph for node in triple if isinstance(node, BNode)}
    if nodes:
        yield f"{len(nodes)} blank nodes: extend these checks to class expressions first"


CHECKS: list[Callable[[Graph], Faults]] = [
    *(undeclared, of_two_kinds, reserved, ill_typed, odd_datatypes),
    *(header, not_simple, cyclic, blank),
]


@functools.cache
def opened(which: str) -> Graph:
    graph = Graph()
    for path in OPENED[which]:
        graph.parse(path)
    return graph


@pytest.mark.parametrize("which", OPENED)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_ontology_is_in_owl_2_dl(which: str, check: Callable[[Graph], Faults]) -> None:
    faults = sorted(check(opened(which)))
    assert not faults, f"{which}: " + "; ".join(faults)


def misused(graph: Graph, data: Iterable[og.Quad]) -> Faults:
    """Section 9.6: an object property leads to a thing, a data property to a value."""
    for quad in data:
        unlike = DATATYPE if isinstance(quad.object, og.NamedNode) else OBJECT
        if unlike in kinds(graph, URIRef(quad.predicate.value)):
            yield str(quad.triple)


def test_the_data_has_things_and_values_where_declared() -> None:
    for path in DATA:
        data = og.parse(path=path, format=og.RdfFormat.TURTLE)
        wrong = list(misused(opened("gdakg.ttl"), data))
        assert not wrong, f"{path.name}: {len(wrong)} such: {wrong[:5]}"


def test_alignments_are_no_axioms() -> None:
    """A reasoner must not take a neighbouring term for ours."""
    graph = Graph().parse(ALIGNMENTS)
    assert len(graph) < 200, "the alignments are loaded at each start: keep them few"
    found = set(graph.predicates()) & {OWL.sameAs, *AXIOMS}
    assert not found, f"say it with SKOS, not with {found}"
    matches = [SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch]
    for match in (*matches, SKOS.relatedMatch, RDFS.seeAlso):
        for subject, target in graph.subject_objects(match):
            notes = list(graph.objects(subject, SKOS.editorialNote))
            about = [n for n in notes if names(str(n), str(target))]
            tags = sorted(n.language or "" for n in about if isinstance(n, Literal))
            assert tags == ["en", "zh-Hans", "zh-Hant"], f"{subject}: say why {target} matches"


def names(note: str, iri: str) -> bool:
    """Say whether `note` begins with `iri`, whole or with its prefix, and a colon."""
    head = note.replace("：", ": ").split(": ")[0]
    prefix, _, local = head.partition(":")
    return iri in (head, f"{VOCABULARIES.get(prefix, '')}{local}")


def test_what_is_aligned_exists() -> None:
    """Terms of ours are declared, and stages are things of the data."""
    graph = Graph().parse(ALIGNMENTS)
    known = set(opened("gdakg.ttl").subjects(RDF.type)) | set(graph.subjects(RDF.type))
    for path in DATA:
        if path.name == "schemes.ttl":
            known |= set(Graph().parse(path).subjects(RDF.type))
    unknown = set(graph.subjects()) - known
    assert not unknown, f"ontology/alignments.ttl aligns what is not there: {unknown}"


# the checks can fail

SOUND = """
@prefix ex: <https://example.org/def#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/def> a owl:Ontology ; owl:versionIRI <https://example.org/def/1> .
ex:Cat a owl:Class ; rdfs:subClassOf ex:Animal .
ex:Animal a owl:Class ; rdfs:label "animal"@en ; owl:disjointWith ex:Stone .
ex:Stone a owl:Class .
ex:eats a owl:ObjectProperty ; rdfs:domain ex:Animal ; rdfs:range ex:Animal .
ex:hunts a owl:ObjectProperty ; rdfs:subPropertyOf ex:eats .
ex:kin a owl:ObjectProperty , owl:TransitiveProperty , owl:SymmetricProperty .
ex:age a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range xsd:integer .
ex:note a owl:AnnotationProperty ; rdfs:domain ex:Animal .
ex:tom a ex:Cat ; ex:age 3 ; ex:note "born"^^xsd:string , "2020"^^xsd:gYear .
"""

FAULTY = [
    (undeclared, "ex:tom ex:likes ex:tom .", "likes"),
    (undeclared, "ex:rex a ex:Dog .", "Dog"),
    (of_two_kinds, "ex:age a owl:ObjectProperty .", "age"),
    (of_two_kinds, "ex:note a owl:DatatypeProperty .", "note"),
    (of_two_kinds, "ex:Cat a rdfs:Datatype .", "Cat"),
    (reserved, "owl:Thing rdfs:subClassOf ex:Animal .", "Thing"),
    (reserved, "rdfs:label a owl:DatatypeProperty .", "label"),
    (ill_typed, "ex:Cat rdfs:subClassOf ex:Plant .", "Plant"),
    (ill_typed, "ex:Cat owl:disjointWith ex:eats .", "eats"),
    (ill_typed, "ex:eats rdfs:domain ex:tom .", "domain"),
    (ill_typed, "ex:hunts rdfs:subPropertyOf ex:note .", "two kinds"),
    (ill_typed, "ex:age rdfs:subPropertyOf ex:eats .", "two kinds"),
    (ill_typed, "ex:kin rdfs:range xsd:string .", "kin"),
    (ill_typed, "ex:age rdfs:range ex:Animal .", "age"),
    (ill_typed, "ex:age owl:inverseOf ex:eats .", "inverseOf"),
    (ill_typed, "ex:age a owl:SymmetricProperty .", "Symmetric"),
    (ill_typed, "ex:note a owl:FunctionalProperty .", "Functional"),
    (odd_datatypes, "ex:age rdfs:range xsd:gYear .", "gYear"),
    (odd_datatypes, "xsd:date a rdfs:Datatype . ex:age rdfs:range xsd:date .", "date"),
    (odd_datatypes, 'ex:tom ex:age "2020-01-01"^^xsd:date .', "tom"),
    (header, "<https://example.org/other> a owl:Ontology .", "one owl:Ontology"),
    (header, "<https://example.org/def> owl:versionIRI <https://example.org/2> .", "versionIRI"),
    (header, "<https://example.org/def> owl:imports <file:///tmp/sto.ttl> .", "sto.ttl"),
    (not_simple, "ex:kin a owl:IrreflexiveProperty .", "Irreflexive"),
    (not_simple, "ex:eats a owl:FunctionalProperty . ex:kin rdfs:subPropertyOf ex:eats .", "eats"),
    (not_simple, "ex:kin owl:propertyDisjointWith ex:hunts .", "disjoint"),
    (cyclic, "ex:Animal rdfs:subClassOf ex:Cat .", "Cat"),
    (cyclic, "ex:eats rdfs:subPropertyOf ex:eats .", "eats"),
    (blank, "ex:Cat rdfs:subClassOf [ a owl:Restriction ] .", "blank"),
]


def test_a_sound_ontology_passes() -> None:
    graph = Graph().parse(data=SOUND, format="turtle")
    assert [fault for check in CHECKS for fault in check(graph)] == []


@pytest.mark.parametrize(
    ("check", "added", "expected"), FAULTY, ids=[added for _, added, _ in FAULTY]
)
def test_a_fault_is_found(check: Callable[[Graph], Faults], added: str, expected: str) -> None:
    graph = Graph().parse(data=SOUND + added, format="turtle")
    faults = list(check(graph))
    assert any(expected in fault for fault in faults), faults


@pytest.mark.parametrize("added", ["ex:tom ex:age ex:tom .", "ex:tom ex:eats 'mice' ."])
def test_misuse_of_a_property_is_found(added: str) -> None:
    graph = Graph().parse(data=SOUND, format="turtle")
    read = functools.partial(og.parse, format=og.RdfFormat.TURTLE)
    assert list(misused(graph, read(SOUND))) == []
    assert len(list(misused(graph, read(SOUND + added)))) == 1


def test_every_check_is_shown_to_fail() -> None:
    assert {check for check, _, _ in FAULTY} == set(CHECKS)
