"""What the bundled graph holds and what it lacks, in numbers that queries give.

`python -m reports.completeness` writes `docs/completeness.md`.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import gdakg
from gdakg import questions
from gdakg.guard import tokens
from gdakg.namespaces import GDA, shorten
from gdakg.writing import replace

FILE: Final = Path(__file__).parents[1] / "docs" / "completeness.md"

_GRAPHS: Final = """SELECT ?kind (COUNT(DISTINCT ?graph) AS ?graphs) (COUNT(*) AS ?triples) {
  GRAPH ?graph { ?s ?p ?o }
  ?graph gda:statementKind/skos:prefLabel ?kind FILTER(lang(?kind) = "en")
} GROUP BY ?kind ORDER BY DESC(?triples)"""

_FIELDS: Final = """SELECT ?class ?property ?filled ?all {
  { SELECT ?class (COUNT(DISTINCT ?thing) AS ?all) { ?thing a ?class } GROUP BY ?class }
  { SELECT ?class ?property (COUNT(DISTINCT ?thing) AS ?filled) {
      ?thing a ?class ; ?property ?value FILTER(?property != rdf:type)
    } GROUP BY ?class ?property }
} ORDER BY ?class DESC(?filled) ?property"""

#: things of each class, and for each language whose name they have
_NAMES: Final = """SELECT ?class ?tag ?whose (COUNT(DISTINCT ?thing) AS ?things) {
  ?thing a ?class ; skos:prefLabel|rdfs:label ?any .
  VALUES ?tag { "zh-Hans" "zh-Hant" }
  OPTIONAL { ?thing skos:prefLabel|rdfs:label ?name FILTER(langMatches(lang(?name), ?tag)) }
  BIND(IF(!BOUND(?name), "missing", IF(EXISTS {
      GRAPH ?graph { ?thing skos:prefLabel|rdfs:label ?name }
      ?graph gda:statementKind <statement-kind/stated> }, "source", "ours")) AS ?whose)
} GROUP BY ?class ?tag ?whose"""

_GAPS: Final = """SELECT ?gap ?basis ?confidence ?status (COUNT(DISTINCT ?source) AS ?sources)
    (COUNT(DISTINCT ?candidate) AS ?candidates) {
  ?thing a gda:AssertedGap ; dcterms:identifier ?gap ; gda:basis/skos:prefLabel ?basis ;
    gda:confidence/skos:prefLabel ?confidence ; gda:gapStatus/skos:prefLabel ?status .
  FILTER(lang(?basis) = "en" && lang(?confidence) = "en" && lang(?status) = "en")
  OPTIONAL { ?thing prov:wasDerivedFrom ?source }
  OPTIONAL { ?thing gda:candidateStandard ?candidate }
} GROUP BY ?gap ?basis ?confidence ?status ORDER BY ?basis ?gap"""

#: how many standards each thing of a class has: title, path to it, classes, name
_COUNTS: Final = (
    ("body", "dcterms:publisher", "org:FormalOrganization org:Organization", "skos:notation"),
    ("stage", "gda:stage", "gda:Stage", "skos:prefLabel"),
    ("tier", "gda:tier", "gda:Tier", "skos:prefLabel"),
    ("pillar", "gda:supportsPillar", "gda:Pillar", "skos:prefLabel"),
    ("cooperation area", "gda:inArea", "gda:CooperationArea", "skos:prefLabel"),
    ("task", "gda:supportsTask", "gda:Task", "skos:prefLabel"),
    ("document type", "dcterms:type", "gda:DocumentType", "skos:prefLabel"),
)
_COUNT: Final = """SELECT ?name (COUNT(DISTINCT ?standard) AS ?standards) {{
  ?end a ?class ; {name} ?name . VALUES ?class {{ {classes} }}
  FILTER(lang(?name) IN ("", "en"))
  OPTIONAL {{ ?standard a gda:Standard ; {path} ?end }}
}} GROUP BY ?name ORDER BY DESC(?standards) ?name"""

_TERMS: Final = """SELECT DISTINCT ?term {
  ?term a ?kind ; rdfs:isDefinedBy <https://w3id.org/gdakg/def> .
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
} ORDER BY ?term"""

_INTRODUCTION: Final = """# What the graph holds, and what it lacks

Written by `make report` from queries on the bundled graph, release {version}; do not edit. A test
asks that it is fresh. A missing value means that we recorded none, not that there is none.
"""


def markdown(kg: gdakg.KnowledgeGraph) -> str:
    """Return the report on the graph `kg` as Markdown."""
    parts = [
        _INTRODUCTION.format(version=_version(kg)),
        "## Statements, by kind",
        _table(("kind", "named graphs", "triples"), _rows(kg, _GRAPHS)),
        "## Standards",
        *(_counted(kg, *count) for count in _COUNTS),
        "## Names",
        "Of the things with a name in any language: whose the Chinese name is. Given by a source,\n"
        "ours (unofficial; of some committees the code alone), or missing.",
        _names(kg),
        "## Gaps, by the basis on which they stand",
        _table(
            ("gap", "basis", "confidence", "status", "sources", "candidate standards"),
            _rows(kg, _GAPS),
        ),
        "## Competency questions",
        _competency(),
        "## Terms of the ontology in questions",
        _coverage(kg),
        "## Fields, by class",
        *_fields(kg),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _version(kg: gdakg.KnowledgeGraph) -> str:
    """Return the version that the ontology states."""
    (row,) = _rows(kg, "SELECT ?v { <https://w3id.org/gdakg/def> owl:versionInfo ?v }")
    return str(row[0])


def _rows(kg: gdakg.KnowledgeGraph, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a SELECT query as Python values."""
    return [tuple(row) for row in gdakg.answers.solutions(kg.query(query))]


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; numbers stand on the right."""
    listed = [list(row) for row in rows]
    numeric = [all(isinstance(row[n], int) for row in listed) for n in range(len(headings))]
    marks = ["---:" if is_number else "---" for is_number in numeric]
    lines = [headings, marks, *([_cell(value) for value in row] for row in listed)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    """Return a value as a cell of a table."""
    return f"{value:,}" if isinstance(value, int) else re.sub(r"([\\|<>])", r"\\\1", str(value))


def _share(part: int, whole: int) -> str:
    """Return `part` of `whole` in percent; 100 and 0 only where all or none is meant."""
    percent = 100 * part / whole
    return (
        f"{percent:.0f} %" if percent in {0, 100} or 0.5 <= percent < 99.5 else f"{percent:.1f} %"
    )


def _counted(kg: gdakg.KnowledgeGraph, title: str, path: str, classes: str, name: str) -> str:
    """Return the number of standards by the things of `classes` at the end of `path`."""
    rows = _rows(kg, _COUNT.format(path=path, classes=classes, name=name))
    if path == "dcterms:publisher":  # most bodies are here for other reasons
        rows = [row for row in rows if row[1]]
    return _table((title, "standards"), rows)


def _names(kg: gdakg.KnowledgeGraph) -> str:
    """Return how many things of each class have a name, by language and whose it is."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for kind, tag, whose, things in _rows(kg, _NAMES):
        found.setdefault(str(kind), {})[str(tag), str(whose)] = int(str(things))
    columns = [
        (tag, who) for tag in ("zh-Hans", "zh-Hant") for who in ("source", "ours", "missing")
    ]
    rows = [
        (
            shorten(kind),
            sum(counts.get(("zh-Hans", who), 0) for who in ("source", "ours", "missing")),
            *(counts.get(column, 0) for column in columns),
        )
        for kind, counts in sorted(found.items())
    ]
    headings = ["class", "things", *(f"{tag}: {who}" for tag, who in columns)]
    return _table(headings, rows)


def _competency() -> str:
    """Return which named questions answer which competency question."""
    asked = [questions.question(name) for name in questions.names()]
    numbers = sorted({question.competency for question in asked if question.competency})
    return _table(
        ("no.", "named questions", "first of them asks"),
        [
            (
                number,
                ", ".join(f"`{q.name}`" for q in asked if q.competency == number),
                next(q.title["en"] for q in asked if q.competency == number),
            )
            for number in numbers
        ],
    )


def exercised(terms: Iterable[str]) -> set[str]:
    """Return which of our `terms` stand in the SPARQL of some named question."""
    used = set()
    for name in questions.names():
        for token in tokens(questions.question(name).text):
            used.add(token.group().replace("gda:", GDA, 1))
    return used & set(terms)


def _coverage(kg: gdakg.KnowledgeGraph) -> str:
    """Return the share of our terms that some named question uses, and the others by name."""
    terms = [str(row[0]) for row in _rows(kg, _TERMS)]
    used = exercised(terms)
    left = ", ".join(f"`{shorten(term)}`" for term in terms if term not in used)
    return f"{len(used)} of {len(terms)} ({_share(len(used), len(terms))}). The others: {left}."


def _fields(kg: gdakg.KnowledgeGraph) -> Iterable[str]:
    """Yield a table for each class: how many of its things have each property."""
    by_class: dict[str, list[tuple[object, ...]]] = {}
    total: dict[str, int] = {}
    for kind, prop, filled, count in _rows(kg, _FIELDS):
        name = shorten(str(kind))
        total[name] = int(str(count))
        share = _share(int(str(filled)), total[name])
        by_class.setdefault(name, []).append((f"`{shorten(str(prop))}`", filled, share))
    for name, rows in by_class.items():
        yield f"### {name}: {total[name]:,}"
        yield _table(("property", "things", "share"), rows)


def main() -> None:
    """Write `docs/completeness.md`."""
    replace(FILE, markdown(gdakg.load()).encode())


if __name__ == "__main__":
    main()
