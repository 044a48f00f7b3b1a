"""The facts and the published files, each read by a plain path of its own.

Nothing here runs the package: the files go straight into a pyoxigraph store, a named
graph a file, and the facts are read as CSV and YAML.  Only the prefixes are shared.
"""

import csv
import os
import re
from collections.abc import Iterable
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

#: how the facts say it -> how we say it: nothing of where a copy lay, or by which tool
REWORDED = {
    "draft (2025-06 snapshot)": "draft (2025-06 catalogue)",
    "URL given by seed; text not stored": "URL given by the 2023 post; text not read",
    "PDF not stored": "PDF could not be read",
    "official page not stored": "official page not read",
    "names not stored": "names not read",
    "content not stored": "content not read",
    "names not given in stored material": "names not given in what we could read",
    "itself is not in the stored corpora": "itself could not be read",
    "in any stored source": "in any source we read",
    "not in the published-data snapshot": "not in the published data of 2026-08-22",
    "relaton-data-itu snapshot of": "relaton-data-itu of",
}


@cache
def csv_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the facts file `name`, with a line for each cell that was split."""
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
        assert named.setdefault(plain, iri) == iri, f"{plain!r} names {named[plain]} and {iri}"
    return named


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


def lost(expected: Iterable[Row], found: set[Row], what: str) -> None:
    """Fail, naming them, where `expected` facts are not `found`."""
    missing = sorted({tuple(map(reworded, row)) for row in expected} - found)
    assert not missing, f"{what}: {len(missing)} not in data/: {missing[:8]}"


def same(expected: Iterable[Row], found: set[Row], what: str) -> None:
    """Fail where `expected` facts are not `found`, or more is found than the facts hold."""
    wanted = {tuple(map(reworded, row)) for row in expected}
    lost(wanted, found, what)
    surplus = sorted(found - wanted)
    assert not surplus, f"{what}: {len(surplus)} in data/ that the facts lack: {surplus[:8]}"
