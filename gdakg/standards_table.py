"""The standards as a table for spreadsheets."""

import csv
import io

from gdakg.entries import Entries


def table(entries: Entries) -> str:
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
