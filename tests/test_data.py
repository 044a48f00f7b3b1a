"""The promises of the data we publish; each failure names the record and the cure."""

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from pathlib import Path

import pyoxigraph as og
import pytest
import rdflib

from gdakg import turtle
from gdakg.identifiers import edition_iri, standard_iri
from gdakg.namespaces import BASE, GRAPH, PREFIXES
from reading import DATA, ROOT, Row, rows, store

#: the day of this release; nothing in it is dated later
RELEASED = "2026-11-22"
TAGS = {"en", "fr", "zh-hans", "zh-hant"}
JUDGEMENTS = (
    "supportsPillar",
    "inArea",
    "tier",
    "topicKeyword",
    "candidateStandard",
    "listedInCallToAction",
)
#: words of the place where the facts were collected; they mean nothing to a reader
NOT_OURS = ("find_string", "/work", "stored corpora", "/tmp/")

each_file = pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)


def shown(found: Set[Row]) -> str:
    return f"{len(found)} such: {[tuple(map(short, row)) for row in sorted(found)[:6]]}"


def short(term: str) -> str:
    return term.removeprefix(BASE)


def triples(path: Path) -> set[og.Triple]:
    return {quad.triple for quad in og.parse(path=path, format=og.RdfFormat.TURTLE)}


# every file


@each_file
def test_file_is_in_canonical_form(path: Path) -> None:
    canonical = turtle.canonical(triples(path))
    assert path.read_text(encoding="utf-8") == canonical, f"{path.name}: run `make format`"


@each_file
def test_both_parsers_read_the_same_triples(path: Path) -> None:
    ours = {
        tuple(plain(term) for term in (t.subject, t.predicate, t.object)) for t in triples(path)
    }
    graph = rdflib.Graph()
    graph.parse(path)
    theirs = {tuple(rdflib_plain(term) for term in triple) for triple in graph}
    differ = ours ^ theirs
    assert not differ, f"{path.name}: read differently, {sorted(differ)[:3]}"


def plain(term: og.NamedNode | og.Literal | og.BlankNode | og.Triple) -> Row:
    if isinstance(term, og.Literal):
        return term.value, (term.language or "").lower(), term.datatype.value
    return (str(term),)


def rdflib_plain(term: rdflib.term.Node) -> Row:
    if isinstance(term, rdflib.Literal):
        string = PREFIXES["rdf"] + "langString" if term.language else PREFIXES["xsd"] + "string"
        return str(term), (term.language or "").lower(), str(term.datatype or string)
    return (f"<{term}>",)


@each_file
def test_no_blank_nodes(path: Path) -> None:
    blank = [t for t in triples(path) if og.BlankNode in {type(t.subject), type(t.object)}]
    assert not blank, f"{path.name}: give an IRI to the blank node in {blank[0]}"


@each_file
def test_subjects_are_named_by_our_rule(path: Path) -> None:
    graph = GRAPH + path.stem
    for subject in {str(t.subject)[1:-1] for t in triples(path)}:
        name = subject.removeprefix(BASE)
        assert subject == graph or (name != subject and re.fullmatch("[a-z0-9._~/-]+", name)), (
            f"{path.name}: {subject} is not {graph} nor {BASE} with [a-z0-9._~/-]; mint it"
            " with gdakg.identifiers"
        )


@each_file
def test_file_describes_its_graph(path: Path) -> None:
    described = rows(f"SELECT ?p ?o {{ GRAPH graph:{path.stem} {{ graph:{path.stem} ?p ?o }} }}")
    properties = {re.split("[#/]", p)[-1] for p, _ in described}
    wanted = {"type", "title", "description", "license", "issued", "statementKind"}
    assert wanted <= properties, f"{path.name}: add {wanted - properties} to graph:{path.stem}"
    titles = {o.split("@")[-1] for p, o in described if p.endswith("/title")}
    assert titles == {"en", "zh-hans", "zh-hant"}, f"{path.name}: its titles are in {titles}"


def test_readme_has_a_row_for_each_file() -> None:
    readme = ROOT / "data" / "README.md"
    lines = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    listed = re.findall(r"^\| `([\w-]+\.ttl)` \|", lines, re.MULTILINE)
    assert sorted(listed) == [path.name for path in DATA], "data/README.md: one row a file"


def test_every_graph_has_a_file() -> None:
    described = rows("SELECT ?g { ?g a void:Dataset }")
    assert described == {(GRAPH + path.stem,) for path in DATA}


# terms


def literals() -> Iterator[tuple[og.Quad, og.Literal]]:
    for quad in store():
        if isinstance(quad.object, og.Literal):
            yield quad, quad.object


def test_language_tags() -> None:
    found = {(str(q.subject), o.language) for q, o in literals() if o.language not in {None, *TAGS}}
    assert not found, f"use en, fr, zh-Hans or zh-Hant: {sorted(found)[:6]}"


def test_no_words_of_the_workplace() -> None:
    found = {(str(q.subject), word) for q, o in literals() for word in NOT_OURS if word in o.value}
    assert not found, f"reword for a reader who was not there: {sorted(found)[:6]}"


def test_dates_are_real_and_not_in_the_future() -> None:
    """An edition, event or report of the future is a slip, even if its month is right."""
    wrong = {
        (str(quad.subject), str(quad.predicate), literal.value)
        for quad, literal in literals()
        if (kind := literal.datatype.value.removeprefix(PREFIXES["xsd"])) in DATES
        and not is_date(literal.value, kind)
    }
    assert not wrong, f"no such date, or after {RELEASED}: {sorted(wrong)[:6]}"


DATES = {
    "gYear": r"\d{4}",
    "gYearMonth": r"\d{4}-\d{2}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "dateTime": r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d",
}


def is_date(value: str, kind: str) -> bool:
    """Say whether `value` is a date of `kind` up to the release.

    >>> is_date("2024-02-29", "date"), is_date("2023-02-29", "date")
    (True, False)
    """
    if not re.fullmatch(DATES[kind], value) or value[:10] > RELEASED:
        return False
    year, month, day = (*map(int, value[:10].split("-")), 1, 1)[:3]
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def test_objects_of_ours_are_described() -> None:
    subjects = {quad.subject.value for quad in store()}
    dangling = {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in store()
        if isinstance(quad.object, og.NamedNode)
        and quad.object.value.startswith(BASE)
        and quad.object.value not in subjects
    }
    assert not dangling, f"describe the object or mend its spelling; {shown(dangling)}"


def test_everything_of_ours_has_a_type() -> None:
    ours = f'STRSTARTS(STR(?s), "{BASE}")'
    untyped = rows(f"SELECT DISTINCT ?s {{ ?s ?p ?o FILTER({ours}) MINUS {{ ?s a ?kind }} }}")
    assert not untyped, f"give a class; {shown(untyped)}"


def test_nothing_is_the_same_as_something_else() -> None:
    found = rows("SELECT ?s ?o { ?s owl:sameAs ?o }")
    assert not found, f"say gda:technicallyAlignedWith or gda:adoptionOf; {shown(found)}"


def test_one_preferred_label_for_each_language() -> None:
    """Over all graphs: a translation of ours may not contradict a published name."""
    labels = rows("SELECT ?s ?label { ?s skos:prefLabel ?label }")
    counts = Counter((s, label.rsplit("@", 1)[-1] if "@" in label else "") for s, label in labels)
    twice = {(s, tag) for (s, tag), count in counts.items() if count > 1}
    assert not twice, f"keep one, make the other a skos:altLabel; {shown(twice)}"


def test_other_labels_are_other_labels() -> None:
    """SKOS, integrity condition S13: a label is preferred, alternative or hidden."""
    same = rows(
        "SELECT ?s ?label { { ?s skos:prefLabel ?label ; skos:altLabel|skos:hiddenLabel ?label }"
        " UNION { ?s skos:altLabel ?label ; skos:hiddenLabel ?label } }"
    )
    assert not same, f"drop the skos:altLabel or skos:hiddenLabel that repeats; {shown(same)}"


def test_concepts_are_in_a_scheme() -> None:
    kinds = {kind for kind, _ in rows("SELECT ?t ?s { ?s a ?t ; skos:inScheme ?scheme }")}
    members = rows(
        "SELECT ?t ?s { ?s a ?t MINUS { ?s skos:inScheme ?x ; skos:topConceptOf|skos:broader ?y } }"
    )
    loose = {(thing,) for kind, thing in members if kind in kinds}
    assert kinds
    assert not loose, f"add skos:inScheme, and skos:topConceptOf or skos:broader; {shown(loose)}"


# identifiers


def test_designations_and_iris_tell_the_same() -> None:
    for kind, mint in (("Standard", standard_iri), ("Edition", edition_iri)):
        found = rows(f"SELECT ?s ?code {{ ?s a gda:{kind} ; dcterms:identifier ?code }}")
        assert found
        wrong = {(iri, code) for iri, code in found if mint(code) != iri}
        assert not wrong, f"gdakg.identifiers mints another IRI; {shown(wrong)}"
        iris, codes = Counter(iri for iri, _ in found), Counter(code for _, code in found)
        shared = {(key,) for counts in (iris, codes) for key, n in counts.items() if n > 1}
        assert not shared, f"two {kind}s share an IRI or a designation; {shown(shared)}"


def test_identifiers_are_unique_within_a_class() -> None:
    found = rows("SELECT ?t ?id ?s { ?s a ?t ; dcterms:identifier ?id }")
    counts = Counter((t, name) for t, name, _ in found)
    assert not {key for key, n in counts.items() if n > 1}


# standards and editions

REQUIRED_OF_A_STANDARD = {
    "identifier": "dcterms:identifier ?o",
    "English name": 'skos:prefLabel ?o FILTER(lang(?o) = "en")',
    "publisher": "dcterms:publisher ?o",
    "stage": "gda:stage ?o",
    "source": "prov:wasDerivedFrom ?o",
}


@pytest.mark.parametrize("name", REQUIRED_OF_A_STANDARD)
def test_every_standard_has_its(name: str) -> None:
    pattern = REQUIRED_OF_A_STANDARD[name]
    missing = rows(f"SELECT ?s {{ ?s a gda:Standard FILTER NOT EXISTS {{ ?s {pattern} }} }}")
    assert not missing, f"data/standards.ttl: no {name}; {shown(missing)}"


def test_stage_is_one() -> None:
    twice = rows("SELECT ?s { ?s a gda:Standard ; gda:stage ?a, ?b FILTER(?a != ?b) }")
    assert not twice, f"data/standards.ttl: two stages; {shown(twice)}"


def test_publishers_are_organizations_and_no_committees() -> None:
    wrong = rows(
        "SELECT ?s ?o { ?s dcterms:publisher ?o FILTER(EXISTS { ?o a org:OrganizationalUnit }"
        " || NOT EXISTS { VALUES ?t { org:Organization org:FormalOrganization } ?o a ?t }) }"
    )
    assert not wrong, f"name the body; a committee goes into gda:committee; {shown(wrong)}"


def test_editions_have_a_standard_and_a_date() -> None:
    undated = rows("SELECT ?e { ?e a gda:Edition FILTER NOT EXISTS { ?e dcterms:issued ?d } }")
    assert not undated, f"no dcterms:issued; {shown(undated)}"
    standards = rows("SELECT ?e ?s { ?e a gda:Edition OPTIONAL { ?e dcterms:isVersionOf ?s } }")
    counts = Counter(edition for edition, standard in standards if standard)
    wrong = {(edition,) for edition, _ in standards if counts[edition] != 1}
    assert not wrong, f"not the edition of exactly one standard; {shown(wrong)}"


@pytest.mark.parametrize("path", ["gda:currentEdition", "gda:editionAtCOP28"])
def test_at_most_one_such_edition_and_it_is_of_the_standard(path: str) -> None:
    found = rows(f"SELECT ?s ?e {{ ?s {path} ?e }}")
    counts = Counter(standard for standard, _ in found)
    twice = {(standard,) for standard, count in counts.items() if count > 1}
    assert not twice, f"two {path}; {shown(twice)}"
    foreign = rows(
        f"SELECT ?s ?e {{ ?s {path} ?e FILTER NOT EXISTS {{ ?e dcterms:isVersionOf ?s }} }}"
    )
    assert not foreign, f"{path} of another standard; {shown(foreign)}"


def test_the_current_edition_is_the_latest() -> None:
    later = rows(
        "SELECT ?s ?e { ?s gda:currentEdition/dcterms:issued ?now . ?e dcterms:isVersionOf ?s ;"
        " dcterms:issued ?d FILTER(STR(?d) > STR(?now)) }"
    )
    assert not later, f"a later edition than gda:currentEdition is known; {shown(later)}"


def test_what_replaces_is_later_and_never_in_a_circle() -> None:
    circles = rows("SELECT ?e { ?e dcterms:replaces+ ?e }")
    assert not circles, f"dcterms:replaces in a circle; {shown(circles)}"
    earlier = rows(
        "SELECT ?e ?old { ?e dcterms:replaces ?old ; dcterms:issued ?d . ?old dcterms:issued ?o"
        " FILTER(SUBSTR(STR(?d), 1, 4) < SUBSTR(STR(?o), 1, 4)) }"
    )
    assert not earlier, f"replaced by an earlier edition; {shown(earlier)}"


def test_nothing_is_said_to_be_listed_in_the_call_to_action() -> None:
    answers = rows("SELECT DISTINCT ?a { ?s gda:listedInCallToAction ?a }")
    assert answers == {(BASE + "answer/unknown",)}, "the list could not be read: say unknown"
    unsaid = rows("SELECT ?s { ?s a gda:Standard MINUS { ?s gda:listedInCallToAction ?a } }")
    assert not unsaid, f"say unknown; {shown(unsaid)}"


# gaps, claims, relations

REQUIRED = {
    "gda:AssertedGap": ["gda:basis", "gda:gapStatus", "gda:asOf", "gda:namedBy", "gda:namedIn"],
    "gda:Claim": ["gda:value", "gda:subject"],
    "gda:Contradiction": ["gda:claim", "gda:suggestedReading"],
    "gda:Relation": ["gda:subject", "gda:property", "gda:object"],
}


@pytest.mark.parametrize("kind", REQUIRED)
def test_statements_are_whole(kind: str) -> None:
    for path in [*REQUIRED[kind], "prov:wasDerivedFrom"]:
        missing = rows(f"SELECT ?s {{ ?s a {kind} FILTER NOT EXISTS {{ ?s {path} ?o }} }}")
        assert not missing, f"a {kind} without {path}; {shown(missing)}"


def test_a_recorded_relation_also_holds() -> None:
    """The record gives basis and source; the plain triple is what queries follow."""
    unheld = rows(
        "SELECT ?r { ?r a gda:Relation ; gda:subject ?s ; gda:property ?p ; gda:object ?o"
        " FILTER NOT EXISTS { ?s ?p ?o }"
        " FILTER(?p != org:hasMember || NOT EXISTS { ?o org:memberOf ?s }) }"
    )
    assert not unheld, f"add the triple that the record is about; {shown(unheld)}"


def test_a_contradiction_has_claims_that_differ() -> None:
    values = defaultdict(set)
    for contradiction, value in rows("SELECT ?c ?v { ?c gda:claim/gda:value ?v }"):
        values[contradiction].add(value)
    agreed = {(contradiction,) for contradiction, said in values.items() if len(said) < 2}
    assert values
    assert not agreed, f"its claims agree; {shown(agreed)}"


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_judgements_stand_apart_from_facts(name: str) -> None:
    graphs = rows(
        f"SELECT DISTINCT ?g ?kind {{ GRAPH ?g {{ ?s gda:{name} ?o }} ?g gda:statementKind ?kind }}"
    )
    assert graphs, f"gda:{name} is used nowhere"
    wrong = {(graph, kind) for graph, kind in graphs if kind != BASE + "statement-kind/judged"}
    assert not wrong, f"move gda:{name} into data/judgements.ttl; {shown(wrong)}"
