"""The data of a site in files to take along."""

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pyoxigraph as og

from gdakg.entries import Entries
from gdakg.turtle import canonical

if TYPE_CHECKING:
    from gdakg.knowledge import KnowledgeGraph

#: file -> what it holds, in words of the interface
ABOUT: Final = {
    "data/gdakg.ttl": "All statements as Turtle, without their named graphs",
    "data/gdakg.nq": "All statements with their named graphs, as N-Quads",
    "data/gdakg.jsonld": "All statements with their named graphs, as JSON-LD",
    "data/standards.csv": "The standards as a table, titles in three languages",
}

_QUADS: Final = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


def files(kg: "KnowledgeGraph", entries: Entries) -> dict[str, Callable[[], str]]:
    """Return what writes each file."""
    from gdakg.answers import solutions

    quads: list[og.Quad] = []

    def all_quads() -> list[og.Quad]:
        if not quads:
            terms = solutions(kg.engine.evaluate(_QUADS, {})).terms
            quads.extend(sorted((og.Quad(*term) for term in terms), key=str))  # type: ignore[arg-type]
        return quads

    return {
        "data/gdakg.ttl": lambda: canonical(
            {quad.triple for quad in all_quads()}, allow_blank=True
        ),
        "data/gdakg.nq": lambda: "".join(f"{quad} .\n" for quad in all_quads()),
        "data/gdakg.jsonld": lambda: _json_ld(all_quads()),
        "data/standards.csv": lambda: _table(entries),
    }


def _table(entries: Entries) -> str:
    """Return the standards as csv, with a mark that spreadsheets know UTF-8 by."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    write(["code", "title", "title_zh_Hans_unofficial", "title_zh_Hant_unofficial", "bodies",
           "edition", "issued", "stage", "pillars", "areas", "page", "iri"])  # fmt: skip
    groups: dict[str, dict[str, list[str]]] = {}
    for group, members in entries.standards.items():
        kind = entries.by_iri[group].kind if group in entries.by_iri else ""
        for member in members:
            name = entries.by_iri[group].name if kind else None
            told = (name.code or name.label("en")) if name else group
            groups.setdefault(member, {}).setdefault(kind, []).append(told)
    for iri, row in sorted(entries.rows.items()):
        name, of = entries.by_iri[iri].name, groups.get(iri, {})
        titles = [name.labels.get(tag, "") for tag in ("en", "zh-Hans", "zh-Hant")]
        joined = {kind: "; ".join(sorted(of.get(kind, []))) for kind in ("body", "pillar", "area")}
        stage = entries.names[row.stage].label("en") if row.stage in entries.names else ""
        write(map(_guarded, [name.code, *titles, joined["body"], row.edition, row.issued, stage,
                             joined["pillar"], joined["area"], row.page, iri]))  # fmt: skip
    return "\ufeff" + out.getvalue()


def _guarded(text: str) -> str:
    """Return `text` so that a spreadsheet does not take it for a formula.

    >>> _guarded("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text[:1] in set("=+-@\t\r") else text


def _json_ld(quads: list[og.Quad]) -> str:
    """Return the quads as JSON-LD, expanded."""
    written = og.serialize(quads, format=og.RdfFormat.JSON_LD)
    return written.decode() if written else ""
