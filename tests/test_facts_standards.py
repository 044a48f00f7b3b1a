"""Nothing of the facts on standards, areas and gaps was lost, cell by cell.

What is expected comes from the CSV and YAML files, what is found from SPARQL.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest

from reading import (
    COMMITTEES,
    SPELLINGS,
    Facts,
    Row,
    code,
    committee,
    csv_rows,
    dated,
    lost,
    needs_facts,
    rows,
    same,
    split,
    things,
)

pytestmark = needs_facts


def standards() -> list[Facts]:
    return csv_rows("standards.csv")


def editions() -> list[Facts]:
    """Return the rows that name a published edition."""
    undated = re.compile(r"^(?!RFC|IEEE Std)")
    return [
        row
        for row in standards()
        if not (row["id"] == row["edition_id"] and undated.match(row["id"]))
    ]


def drafts() -> list[Facts]:
    """Return the rows without an edition: drafts and work items."""
    published = {row["edition_id"] for row in editions()}
    return [row for row in standards() if row["edition_id"] not in published]


def latest() -> list[Facts]:
    """Return one row for each code, that of its latest edition."""
    newest: dict[str, Facts] = {}
    for row in sorted(standards(), key=lambda row: row["date"]):
        newest[code(row["id"])] = row
    return list(newest.values())


def cells(column: str, among: Iterable[Facts], key: str = "id") -> set[Row]:
    """Return what `column` says of each code, where it says something."""
    name: Callable[[str], str] = code if key == "id" else str
    return {(name(row[key]), row[column]) for row in among if row[column]}


def of_standards(path: str, graph: str = "standards") -> set[Row]:
    return rows(
        f"SELECT ?code ?o {{ ?s a gda:Standard ; dcterms:identifier ?code ."
        f" GRAPH graph:{graph} {{ ?s {path} ?o }} }}"
    )


def of_editions(path: str) -> set[Row]:
    return rows(
        f"SELECT ?code ?o {{ GRAPH graph:standards"
        f" {{ ?s a gda:Edition ; dcterms:identifier ?code ; {path} ?o }} }}"
    )


def test_the_rows_are_the_ones_that_we_know() -> None:
    assert len(standards()) == 664, "standards.csv changed: check what follows from it"
    assert len({row["edition_id"] for row in standards()}) == 664


def test_every_code() -> None:
    found = rows(
        "SELECT ?c { GRAPH graph:standards { ?s a gda:Standard ; dcterms:identifier ?c } }"
    )
    same({(code(row["id"]),) for row in standards()}, found, "codes of standards")


def test_every_edition_of_its_standard() -> None:
    expected = {(row["edition_id"], code(row["id"])) for row in editions()}
    same(expected, of_editions("dcterms:isVersionOf/dcterms:identifier"), "editions")


def test_the_current_edition_is_the_one_in_the_row() -> None:
    published = editions()
    expected = cells("edition_id", [row for row in latest() if row in published])
    found = of_standards("gda:currentEdition/dcterms:identifier")
    same(expected, found, "current editions")


def test_dates_are_as_precise_as_given() -> None:
    expected = {(row["edition_id"], dated(row["date"])[0]) for row in editions()}
    same(expected, of_editions("dcterms:issued"), "dates of issue")
    given = {(row["id"], *dated(row["date"])) for row in drafts() if row["date"]}
    same({(key, date) for key, date, _ in given if date}, of_standards("dcterms:date"), "drafts")
    notes = {(key, f"{note}@en") for key, _, note in given if note}
    same(notes, of_standards("gda:dateNote"), "dates of drafts in words")


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_titles(tag: str) -> None:
    def tagged(facts: Iterable[Row]) -> set[Row]:
        return {(key, f"{' '.join(title.split())}@{tag}") for key, title in facts}

    def found(pairs: set[Row]) -> set[Row]:
        return {row for row in pairs if row[1].endswith(f"@{tag}")}

    column = f"title_{tag}"
    same(tagged(cells(column, latest())), found(of_standards("skos:prefLabel")), "names")
    of_rows = tagged(cells(column, editions(), key="edition_id"))
    same(of_rows, found(of_editions("dcterms:title")), "titles of editions")
    same(tagged(cells(column, drafts())), found(of_standards("dcterms:title")), "titles of drafts")


def test_every_title_was_read_and_the_graph_says_so() -> None:
    assert {row["title_verified"] for row in standards()} == {"yes"}
    [(description,)] = rows("SELECT ?d { graph:standards dcterms:description ?d }")
    assert "All titles were read" in description


def test_publishers() -> None:
    """A row of a joint body names each body once; JTC 1, IAB and IRTF are committees."""
    bodies = things("org:FormalOrganization", "org:Organization")
    parts = {(code(row["id"]), part) for row in standards() for part in publishers(row["body"])}
    same({(key, bodies[part]) for key, part in parts}, of_standards("dcterms:publisher"), "bodies")


def publishers(body: str) -> list[str]:
    parts = body.removesuffix(" JTC 1").split("/")
    return [part for part in parts if part not in {"IAB", "IRTF"}]


@pytest.mark.parametrize(
    ("graph", "knowledge"), [("standards", False), ("judgements", True)], ids=["read", "known"]
)
def test_committees_with_how_they_are_known(graph: str, knowledge: bool) -> None:
    expected = {
        (code(row["id"]), committee(row["committee"]))
        for row in standards()
        if row["committee"] not in {"", "individual (green WG)"}
        and (row["committee_source"] == "analyst knowledge") == knowledge
    }
    same(expected, of_standards("gda:committee", graph), f"committees in {graph}.ttl")


def test_the_draft_of_an_individual_says_so() -> None:
    [row] = [row for row in standards() if row["committee"].startswith("individual")]
    [note] = [note for key, note in of_standards("skos:note") if key == row["id"]]
    assert "individual" in note
    assert "green WG" in note


def test_statuses() -> None:
    def plain(found: set[Row]) -> set[Row]:
        return {(key, status.removesuffix("@en")) for key, status in found}

    same(cells("status", latest()), plain(of_standards("gda:nativeStatus")), "statuses")
    newest = latest()
    older = [row for row in standards() if row not in newest]
    expected = cells("status", older, key="edition_id")
    same(expected, plain(of_editions("gda:nativeStatus")), "statuses of earlier editions")


def test_pages_and_evidence() -> None:
    pages = cells("publisher_url", editions(), key="edition_id")
    same(pages, of_editions("foaf:page"), "publishers' pages")
    same(cells("publisher_url", drafts()), of_standards("foaf:page"), "pages of drafts")
    evidence = cells("evidence_url", editions(), key="edition_id")
    same(evidence, of_editions("prov:wasDerivedFrom"), "evidence of editions")
    found = of_standards("prov:wasDerivedFrom")
    same(cells("evidence_url", standards()), found, "evidence of standards")


def test_what_existed_at_cop28() -> None:
    existed = {code(row["id"]) for row in standards() if row["existed_before_cop28"] == "yes"}
    expected = {
        (code(row["id"]), f"{str(code(row['id']) in existed).lower()}^^boolean")
        for row in standards()
    }
    same(expected, of_standards("gda:existedAtCOP28", "computed"), "existed at COP28")
    found = of_standards("gda:editionAtCOP28/dcterms:identifier", "computed")
    edition = rows(
        "SELECT ?code ?e { ?s dcterms:identifier ?code ."
        " GRAPH graph:computed { ?s gda:editionAtCOP28 ?ed } ?ed dcterms:identifier ?e }"
    )
    assert found <= edition
    same(cells("edition_at_cop28", standards()), edition, "editions at COP28")


def test_first_known_dates() -> None:
    """Where two editions of one standard have a row each, the earlier date holds."""
    first: dict[str, str] = {}
    for row in standards():
        if re.fullmatch(r"\d{4}-\d{2}", date := row["first_known_edition"]):
            first[code(row["id"])] = min(date, first.get(code(row["id"]), date))
    expected = {(key, f"{date}^^gYearMonth") for key, date in first.items()}
    same(expected, of_standards("gda:firstKnownDate", "computed"), "first known dates")


def test_listing_stays_an_explicit_unknown() -> None:
    found = of_standards("gda:listedInCallToAction", "judgements")
    assert {answer.rsplit("/")[-1] for _, answer in found} == {"unknown"}
    same(cells("listed_in_gda", standards()), {(key, "unknown") for key, _ in found}, "listings")


def judged(column: str) -> set[Row]:
    return {(code(row["id"]), part) for row in standards() for part in split(row[column])}


def test_judgements() -> None:
    pillars = of_standards("gda:supportsPillar", "judgements")
    same(judged("pillar_no"), {(key, iri.rsplit("/")[-1]) for key, iri in pillars}, "pillars")
    keywords = {(key, f"{word}@en") for key, word in judged("topic_keywords")}
    same(keywords, of_standards("gda:topicKeyword", "judgements"), "keywords")
    areas = things("gda:CooperationArea")
    expected = {(key, areas[name]) for key, name in judged("spcg_areas")}
    same(expected, of_standards("gda:inArea", "judgements"), "areas")
    tiers = of_standards("gda:tier", "judgements")
    found = {(key, iri.rsplit("/")[-1].replace("-", "_")) for key, iri in tiers}
    same(judged("tier"), found, "tiers")


def test_relations_between_standards() -> None:
    standards = things("gda:Standard", "gda:WorkItem", *COMMITTEES)
    editions = things("gda:Edition")
    expected = set()
    for number, row in enumerate(csv_rows("standard_relations.csv"), start=1):
        known = editions if row["predicate"].startswith("supersedes") else standards
        ends = [known[end] for end in ends_of(row)]
        basis, level = f"{row['basis']}@en", row["confidence"]
        expected.add(
            (f"std-{number:02}", ends[0], PREDICATES[row["predicate"]], ends[1], basis, level)
        )
    found = rows(
        "SELECT ?id ?s ?p ?o ?basis ?level { GRAPH ?where { ?r a gda:Relation ;"
        " dcterms:identifier ?id ; gda:subject ?s ; gda:property ?p ; gda:object ?o ;"
        " gda:basisNote ?basis ; gda:confidence ?c } ?c skos:prefLabel ?l"
        ' FILTER(lang(?l) = "en" && ?where IN (graph:relations, graph:aligned-texts))'
        " BIND(str(?l) AS ?level) }"
    )
    short = {(a, s, re.split("[#/]", p)[-1], o, b, level) for a, s, p, o, b, level in found}
    same(expected, short, "relations of standards")


PREDICATES = {
    "technicallyAlignedWith": "technicallyAlignedWith",
    "adoptedAs": "adoptionOf",
    "supplementTo": "supplements",
    "responsibleFor": "responsibleFor",
    "examines": "examines",
    "updates (intent)": "intendsToUpdate",
    "derivedUsing": "derivedUsing",
    "basedOn": "basedOn",
    "revisionAligned": "revisionAlignedWith",
    "buildsOn": "buildsOn",
    "supersedesEdition (chain)": "replaces",
}


def ends_of(row: Facts) -> Iterator[str]:
    """Yield subject and object; adoptedAs is turned round and holds between standards."""
    ends = [row["subject"], row["object"]]
    if row["predicate"] == "adoptedAs":
        ends = [ends[1], code(ends[0])]
    for end in ends:
        yield str(SPELLINGS.get(end, end))


def test_sources_named_in_a_basis_are_the_sources_of_the_relation() -> None:
    expected = {
        (f"std-{number:02}", match[1])
        for number, row in enumerate(csv_rows("standard_relations.csv"), start=1)
        if (match := re.search(r"\((S-\w+)\)", row["basis"]))
    }
    found = rows(
        "SELECT ?id ?source { ?r a gda:Relation ; dcterms:identifier ?id ;"
        " prov:wasDerivedFrom/dcterms:identifier ?source }"
    )
    lost(expected, found, "sources of relations")


def test_earlier_editions_are_dated_by_their_designation() -> None:
    """Of an edition that only a relation or COP28 names, the designation is all we know."""
    named = {row["edition_at_cop28"] for row in standards()}
    named |= {end for row in csv_rows("standard_relations.csv") for end in row.values()}
    found = rows(
        "SELECT ?code ?date { GRAPH graph:computed"
        " { ?e a gda:Edition ; dcterms:identifier ?code ; dcterms:issued ?date } }"
    )
    for designation, date in found:
        assert designation in named, f"data/computed.ttl: where does {designation} come from?"
        month, year = re.search(r"(?:\((\d\d)/)?(\d{4})\)?$", designation).groups()  # type: ignore[union-attr]
        dated_so = f"{year}-{month}^^gYearMonth" if month else f"{year}^^gYear"
        assert date == dated_so, f"data/computed.ttl: {designation} is issued {date}"
