"""The ontology declares what the data uses, says it in three languages, and is kept to."""

import re
from collections import defaultdict
from functools import cache
from itertools import chain

import pytest
from rdflib import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    VANN,
    VOID,
    XSD,
    Graph,
    Literal,
    Namespace,
    URIRef,
)
from rdflib.namespace import DefinedNamespace
from rdflib.term import Node

from gdakg import namespaces
from reading import DATA, ONTOLOGY

GDA = Namespace(namespaces.GDA)
#: the ontology is named as the namespace without its `#`
NAME = URIRef(namespaces.GDA.removesuffix("#"))
TAGS = {"en", "zh-Hans", "zh-Hant"}
CLASS = OWL.Class
PROPERTIES = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}

#: declared and not used yet, and why they stay
KEPT_FOR_LATER = {
    "ComputedGap": "what a query finds; named in every answer on coverage, stored by nobody yet",
    "Adoption": "a national adoption; none was collected, queries/adoptions.rq asks for it",
    "adopted": "as Adoption",
    "adoptedAs": "as Adoption",
    "adoptionDegree": "as Adoption",
    "country": "as Adoption",
    "contributesTo": "a contribution to an SDG; none was collected, sdg_contributions.rq asks",
    "amends": "an amendment of another edition; none of the records in data/ has one so far",
}

#: vocabularies of which rdflib knows every term
CLOSED: tuple[type[DefinedNamespace], ...] = (
    *(DCTERMS, SKOS, ORG, PROV, FOAF),
    *(VOID, OWL, RDFS, RDF, VANN, DCAT),
)
#: terms that we use of those of which it does not
OPEN = {
    namespaces.PREFIXES["bibo"]: {"Document"},
    namespaces.PREFIXES["schema"]: {
        *("Event", "ImageObject", "Project", "VideoObject"),
        *("about", "email", "endDate", "foundingDate", "keywords", "location"),
        *("mentions", "startDate", "url", "version"),
    },
}

#: W3C Organization Ontology, section 5: what is a kind of org:Organization
ORGANIZATIONS = (ORG.FormalOrganization, ORG.OrganizationalUnit, ORG.OrganizationalCollaboration)


@cache
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY)


@cache
def data() -> Graph:
    graph = Graph()
    for path in DATA:
        graph.parse(path)
    return graph


def used() -> set[URIRef]:
    """Return the properties and classes that the data uses."""
    terms = chain(data().predicates(), data().objects(None, RDF.type))
    return {term for term in terms if isinstance(term, URIRef)}


def declared() -> set[URIRef]:
    kinds = {CLASS, *PROPERTIES}
    terms = {term for kind in kinds for term in ontology().subjects(RDF.type, kind)}
    return {term for term in terms if isinstance(term, URIRef)}


def ours() -> list[URIRef]:
    return sorted(term for term in declared() if term in GDA)


def in_vocabulary(term: URIRef) -> bool:
    """Say whether `term` exists in the vocabulary whose namespace it has."""
    for vocabulary in CLOSED:
        if term.startswith(str(vocabulary)):
            return term in vocabulary
    return any(term.removeprefix(base) in names for base, names in OPEN.items())


# what is declared


def test_every_term_in_use_is_declared() -> None:
    missing = used() - declared() - {RDF.type}
    assert not missing, f"declare in ontology/gdakg.ttl: {sorted(missing)}"


def test_the_ontology_uses_declared_terms_or_w3c_ones() -> None:
    predicates = {term for term in ontology().predicates() if isinstance(term, URIRef)}
    wrong = {term for term in predicates - declared() if not in_vocabulary(term)}
    assert not wrong, f"neither declared nor of a vocabulary: {sorted(wrong)}"


def test_terms_of_others_exist_there_and_say_where() -> None:
    borrowed = declared() | used()
    for term in sorted(borrowed - set(ours())):
        assert in_vocabulary(term), f"{term} is no term of its vocabulary: mind the spelling"
        homes = set(ontology().objects(term, RDFS.isDefinedBy))
        assert len(homes) == 1, f"{term}: give one rdfs:isDefinedBy"
        assert term.startswith(str(homes.pop())), f"{term}: rdfs:isDefinedBy is elsewhere"


def test_a_term_is_a_class_or_a_property_of_one_kind() -> None:
    for term in sorted(declared()):
        kinds = set(ontology().objects(term, RDF.type)) & {CLASS, *PROPERTIES}
        assert len(kinds) == 1, f"{term} is {len(kinds)} kinds of thing: {kinds}"
        name = re.split("[#/]", term)[-1]
        assert name[0].isupper() == (CLASS in kinds), f"{term}: write Class and property"


@pytest.mark.parametrize("term", ours(), ids=lambda term: str(term).rsplit("#")[-1])
def test_our_term_is_explained_in_three_languages(term: URIRef) -> None:
    for path in (RDFS.label, SKOS.definition):
        texts = list(ontology().objects(term, path))
        tags = sorted(text.language or "" for text in texts if isinstance(text, Literal))
        assert tags == sorted(TAGS), f"{term}: one {path} in each of {sorted(TAGS)}, not {tags}"
        assert all(str(text).strip() for text in texts)
    assert list(ontology().objects(term, RDFS.isDefinedBy)) == [NAME], f"{term}: isDefinedBy"


def test_terms_of_others_have_labels_in_three_languages() -> None:
    for term in sorted(declared() - set(ours())):
        labels = ontology().objects(term, RDFS.label)
        tags = sorted(label.language or "" for label in labels if isinstance(label, Literal))
        assert tags == sorted(TAGS), f"{term}: labels in {tags}"


def test_no_term_is_idle() -> None:
    """Property and class are used in the data, or head others that are, or wait with a reason."""
    parents = {o for term in used() for o in above(term)}
    idle = {term.removeprefix(str(GDA)) for term in set(ours()) - used() - parents}
    assert idle == set(KEPT_FOR_LATER), "use it, drop it, or give a reason in KEPT_FOR_LATER"


def test_header() -> None:
    assert (NAME, RDF.type, OWL.Ontology) in ontology()
    header = set(ontology().predicates(NAME))
    wanted = {DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license}
    wanted |= {DCTERMS.issued, OWL.versionIRI, OWL.versionInfo}
    wanted |= {VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri}
    assert wanted <= header, f"ontology/gdakg.ttl, header: add {wanted - header}"
    titles = {o.language for o in ontology().objects(NAME, DCTERMS.title) if isinstance(o, Literal)}
    assert titles == TAGS
    assert str(ontology().value(NAME, VANN.preferredNamespaceUri)) == str(GDA)
    assert str(ontology().value(NAME, VANN.preferredNamespacePrefix)) == "gda"
    version = str(ontology().value(NAME, OWL.versionInfo))
    assert str(ontology().value(NAME, OWL.versionIRI)) == f"{NAME}/{version}"


def test_gaps_are_asserted_or_computed() -> None:
    pair = {GDA.AssertedGap, GDA.ComputedGap}
    for gap in pair:
        assert (gap, RDFS.subClassOf, GDA.Gap) in ontology()
    ways = set(ontology().subject_objects(OWL.disjointWith))
    assert any({one, other} == pair for one, other in ways), "say owl:disjointWith"
    both = set(data().subjects(RDF.type, GDA.AssertedGap))
    assert not both & set(data().subjects(RDF.type, GDA.ComputedGap))


# what is kept to


def above(term: Node) -> set[Node]:
    """Return the classes or properties above `term`, and itself."""
    steps = {kind: {ORG.Organization} for kind in ORGANIZATIONS}
    found, new = {term}, {term}
    while new:
        nearest = {o for t in new for o in ontology().objects(t, RDFS.subClassOf)}
        nearest |= {o for t in new for o in ontology().objects(t, RDFS.subPropertyOf)}
        nearest |= {o for t in new for o in steps.get(t, set())}  # type: ignore[call-overload]
        new = nearest - found
        found |= new
    return found


@cache
def kinds_of_all() -> dict[Node, set[Node]]:
    kinds: dict[Node, set[Node]] = defaultdict(set)
    for subject, kind in data().subject_objects(RDF.type):
        kinds[subject] |= above(kind)
    return kinds


def in_range(node: Node, kinds: set[Node]) -> bool:
    """Say whether `node` is of one of `kinds`: a class for a thing, a datatype for a literal."""
    if isinstance(node, Literal):
        datatype = RDF.langString if node.language else node.datatype or XSD.string
        return bool({datatype, RDFS.Literal} & kinds)
    return bool(kinds_of_all().get(node, set()) & kinds)


@pytest.mark.parametrize("side", [RDFS.domain, RDFS.range], ids=["domain", "range"])
def test_domain_and_range_hold(side: URIRef) -> None:
    wrong = []
    for predicate in set(data().predicates()) & set(ours()):
        kinds = set(ontology().objects(predicate, side))
        assert len(kinds) < 2, f"{predicate}: two mean both at once; give one {side}"
        for subject, found in data().subject_objects(predicate):
            node = subject if side == RDFS.domain else found
            if kinds and not in_range(node, kinds):
                wrong.append((str(predicate), str(subject), str(found)))
    assert not wrong, f"{len(wrong)} against the {side}: {sorted(wrong)[:6]}"


def test_a_property_has_literals_or_things_as_declared() -> None:
    """An owl:ObjectProperty leads to an IRI, an owl:DatatypeProperty to a literal."""
    for kind, literal in ((OWL.ObjectProperty, False), (OWL.DatatypeProperty, True)):
        for predicate in ontology().subjects(RDF.type, kind):
            wrong = [
                o for o in data().objects(None, predicate) if isinstance(o, Literal) != literal
            ]
            assert not wrong, f"{predicate} is a {kind}, and leads to {wrong[:3]}"


def test_ranges_and_domains_are_declared() -> None:
    for side in (RDFS.domain, RDFS.range):
        for predicate, kind in ontology().subject_objects(side):
            known = kind in declared() or (isinstance(kind, URIRef) and kind in XSD)
            assert known, f"{predicate}: its {side} {kind} is not declared"
