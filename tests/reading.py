"""The facts and the published files, each read by a plain path of its own.

Nothing here runs the package: the files go straight into a pyoxigraph store, a named
graph a file, and the facts are read as CSV and YAML.  Only the prefixes are shared.
"""

import csv
import os
import re
from collections.abc import Callable, Iterable, Set
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as og
import pytest
import yaml

from gdakg.namespaces import BASE, GRAPH, PREFIXES

ROOT = Path(__file__).parents[1]
DATA = sorted((ROOT / "data").glob("*.ttl"))
ONTOLOGY = ROOT / "ontology" / "gdakg.ttl"

FACTS = Path(os.environ.get("GDAKG_FACTS", Path(__file__).parents[2] / "shared" / "facts"))
needs_facts = pytest.mark.skipif(
    not (FACTS / "standards.csv").is_file(),
    reason=f"no facts in {FACTS}; name their folder in GDAKG_FACTS",
)

Row = tuple[str, ...]
Facts = dict[str, Any]

LABELS = "skos:prefLabel|skos:altLabel|skos:hiddenLabel"
SOURCES = "prov:wasDerivedFrom/dcterms:identifier"
COMMITTEES = ("org:OrganizationalUnit", "org:OrganizationalCollaboration")
ORGANIZATIONS = ("org:Organization", "org:FormalOrganization", *COMMITTEES)
#: other spellings of one committee in the facts
SPELLINGS = {
    "IEC/ISO JTC 3": "ISO/IEC JTC 3",
    "ITU-T SG5 Q9/5": "ITU-T Q9/5",
    "ITU-T SG5 Q12/5": "ITU-T Q12/5",
    "IETF GREEN WG": "IETF green WG",
}

#: how the facts say it -> how we say it: nothing of where a copy lay, or by which tool
REWORDED = {
    "draft (2025-06 snapshot)": "draft (2025-06 catalogue)",
    "URL given by seed; text not stored": "URL given by the 2023 post; text not read",
    "PDF not stored": "PDF could not be read",
    "names not given in stored material": "names not given in what we could read",
    "itself is not in the stored corpora": "itself could not be read",
    "in any stored source": "in any source we read",
    "not stored": "not read",
    "not in the published-data snapshot": "not in the published data of 2026-08-22",
    "not published as of the snapshot": "not published as of the catalogue of 2026-08-22",
    "absent from 2026-08 data": "absent from the catalogue of 2026-08",
    "relaton-data-itu snapshot of": "relaton-data-itu of",
    "file, repository name not given by the tool": "file; repository not recorded",
}


@cache
def csv_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the facts file `name`."""
    with (FACTS / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def yaml_facts(name: str) -> Any:
    """Return the content of the facts file `name`."""
    return yaml.safe_load((FACTS / name).read_text(encoding="utf-8"))


@cache
def store() -> og.Store:
    """Return a store with every data file in its named graph."""
    filled = og.Store()
    for path in DATA:
        graph = og.NamedNode(GRAPH + path.stem)
        filled.load(path=str(path), format=og.RdfFormat.TURTLE, to_graph=graph)
    return filled


@cache
def rows(query: str) -> set[Row]:
    """Return the solutions of the SELECT `query` over all graphs, each term as `text` has it."""
    answer = store().query(query, base_iri=BASE, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(answer, og.QuerySolutions)
    return {tuple(text(term) for term in solution) for solution in answer}


def text(term: Any) -> str:
    """Return `term` as a string that keeps language and datatype: `Titel@fr`, `2018^^gYear`."""
    if term is None or isinstance(term, og.NamedNode):
        return "" if term is None else term.value
    if term.language:
        return f"{term.value}@{term.language}"
    kind = re.split("[#/]", term.datatype.value)[-1]
    return str(term.value) if kind == "string" else f"{term.value}^^{kind}"


def things(*kinds: str) -> dict[str, str]:
    """Return the name, code or label -> IRI of what is of one of `kinds`."""
    types = " ".join(kinds)
    names = "dcterms:identifier|skos:notation|skos:prefLabel|skos:altLabel|skos:hiddenLabel"
    found = rows(f"SELECT ?n ?s {{ VALUES ?t {{ {types} }} ?s a ?t ; {names} ?n }}")
    named: dict[str, str] = {}
    for name, iri in sorted(found):
        plain = re.sub("@[a-z-]+$", "", name)
        if name.endswith(("@zh-hans", "@zh-hant")) and "/std/" in iri:
            continue  # our translations: twins of two bodies share one
        assert named.setdefault(plain, iri) == iri, f"{plain!r} names {named[plain]} and {iri}"
    return named


def published(found: set[Row]) -> set[Row]:
    """Return the rows of `found` without those that end in a Chinese name of ours."""
    return {row for row in found if not row[-1].endswith(("@zh-hans", "@zh-hant"))}


def dated(cell: str) -> tuple[str, str]:
    """Return the date that begins `cell`, with its datatype, and the cell where it says more."""
    match = re.match(r"\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2})?)?)?(?!\d)", cell)
    if match is None or re.match(r"\d{4}-\d{4}", cell):
        return "", "" if cell == "n/a" else cell
    date = match[0]
    kind = {4: "gYear", 7: "gYearMonth", 10: "date", 16: "dateTime"}[len(date)]
    typed = f"{date}:00^^{kind}" if kind == "dateTime" else f"{date}^^{kind}"
    return typed, "" if cell == date else cell


def split(cell: str, separators: str = ";") -> list[str]:
    """Return the parts of `cell` between `separators`, leaving what stands in brackets whole."""
    parts = re.split(rf"[{separators}](?![^(]*\))", cell)
    return [part.strip() for part in parts if part.strip()]


def reworded(fact: str) -> str:
    """Return `fact` with the wording that we changed on purpose."""
    for theirs, ours in REWORDED.items():
        fact = fact.replace(theirs, ours)
    return fact


def lost(expected: Iterable[Row], found: Set[Row], what: str) -> None:
    """Fail, naming them, where `expected` facts are not `found`."""
    missing = sorted({tuple(map(reworded, row)) for row in expected} - found)
    assert not missing, f"{what}: {len(missing)} not in data/: {missing[:8]}"


def same(expected: Iterable[Row], found: Set[Row], what: str) -> None:
    """Fail where `expected` facts are not `found`, or more is found than the facts hold."""
    wanted = {tuple(map(reworded, row)) for row in expected}
    lost(wanted, found, what)
    surplus = sorted(found - wanted)
    assert not surplus, f"{what}: {len(surplus)} in data/ that the facts lack: {surplus[:8]}"


def code(designation: str) -> str:
    """Return the code that a row is filed under; IEEE prints the year into it."""
    return re.sub(r"^(IEEE Std .*)-\d{4}$", r"\1", designation)


def committee(name: str) -> str:
    """Return the IRI of the committee that the facts call `name`."""
    plain = SPELLINGS.get(name, re.sub(r"^IEC (?=SyC|TC|ACEE)", "IEC/", name))
    named = things(*COMMITTEES)
    assert plain in named, f"data/committees.ttl lacks the committee {name!r}"
    return named[plain]


def of(kind: str, path: str, key: str = "dcterms:identifier") -> set[Row]:
    """Return (code, object) for what is of `kind`."""
    return rows(f"SELECT DISTINCT ?id ?o {{ ?s a {kind} ; {key} ?id ; {path} ?o }}")


def pairs(
    facts: Iterable[Facts],
    field: str,
    form: Callable[[str], str] = str,
    key: str = "id",
    separators: str = ";",
) -> set[Row]:
    """Return (code, value) for each value of `field`, split at `separators`, in its `form`."""
    return {
        (str(fact[key]), form(value))
        for fact in facts
        for value in values(fact.get(field), separators)
    }


def values(cell: Any, separators: str) -> list[str]:
    if isinstance(cell, list):
        return [str(value) for value in cell]
    return split(str(cell), separators) if cell not in (None, "") else []


def english(value: str) -> str:
    return f"{value}@en"


def confidence(facts: Iterable[Facts], key: str = "id", field: str = "confidence") -> set[Row]:
    """Return (code, level): the first word of the cell."""
    return {(str(fact[key]), fact[field].split()[0]) for fact in facts}


def level(kind: str, key: str = "dcterms:identifier") -> set[Row]:
    found = of(kind, "gda:confidence/skos:prefLabel", key)
    return {(name, label.removesuffix("@en")) for name, label in found if label.endswith("@en")}


def check_common(kind: str, facts: list[Facts], name: str, sources: str = "source_ids") -> None:
    """Check code, sources and confidence, and that nothing of `kind` is without a fact."""
    same({(fact["id"],) for fact in facts}, {(row[0],) for row in of(kind, "a")}, f"{name}: codes")
    same(pairs(facts, sources), of(kind, SOURCES), f"{name}: sources")
    same(confidence(facts), level(kind), f"{name}: confidence")


def check_dates(facts: list[Facts], field: str, kind: str, path: str) -> None:
    """Check dates to their precision, and the whole cell where it says more than a date."""
    cells = {(fact["id"], *dated(fact[field])) for fact in facts if fact[field]}
    same({(key, date) for key, date, _ in cells if date}, of(kind, path), f"{field}, {kind}")
    notes = {(key, english(note)) for key, _, note in cells if note}
    lost(notes, of(kind, "gda:dateNote"), f"{field} in words, {kind}")


def whole(cell: Any) -> list[str]:
    return [] if cell is None else cell if isinstance(cell, list) else [cell]


def unattributed(wording: str) -> str:
    """Return `wording` without the bracket that says whose wording it is."""
    return re.sub(r" \([^()]*\)$", "", wording)


def literal(value: Any) -> str:
    return f"{value}^^integer" if isinstance(value, int) else str(value)


def named(iri: str) -> str:
    """Return the name of a claimed property as the facts write it."""
    return iri.rsplit("/")[-1].replace("-", "_")
