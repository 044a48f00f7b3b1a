"""What of a store can be found by searching: bundled things, and what catalogues list or name."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gdakg.engine import Embedded
from gdakg.findable import entries
from gdakg.indexing import Entry
from gdakg.loading import load_bundled


def listed(
    catalogues: Iterable[Iterable[Mapping[str, Any]]],
    named: Iterable[Iterable[Mapping[str, Any]]] = (),
) -> Iterator[Entry]:
    """Yield what can be found: each thing once, with all that the catalogues call it.

    `catalogues` tell of standards, `named` of bodies, committees and fields.  Of what the bundled
    graph holds, it tells titles, stage and year; the catalogues add names and keywords.
    """
    bundled = {entry.iri: entry for entry in entries(Embedded(load_bundled()))}
    found: dict[str, Entry] = {}
    editions: dict[str, Entry] = {}
    for told in catalogues:
        for row in told:
            iri = row["standard"]
            found[iri] = _joined(found.get(iri), _standard(row))
            for edition in row["editions"]:
                if edition[0] not in bundled:
                    editions[edition[0]] = _edition(row, edition)
    for told in named:
        for row in told:
            called = (row["thing"], row["kind"], row["code"], row["titles"])
            entry = Entry(*called, body=row["body"])
            found[entry.iri] = _joined(found.get(entry.iri), entry)
    for iri, entry in bundled.items():
        yield _added(entry, found.pop(iri)) if iri in found else entry
    yield from found.values()
    yield from editions.values()


def _added(entry: Entry, found: Entry) -> Entry:
    """Return a bundled `entry` with the names and keywords that catalogues add.

    A title of theirs stands where the bundled graph has but the code; of standards it has titles.
    """
    told = found.labels if found.kind != "standard" else {}
    labels = {
        tag: told.get(tag, label) if label == entry.code else label
        for tag, label in entry.labels.items()
    }
    names = dict.fromkeys((*entry.names, *found.names, *told.values()))
    return entry._replace(
        labels=labels,
        names=tuple(name for name in names if name not in {entry.code, *labels.values()}),
        keywords=tuple(dict.fromkeys((*entry.keywords, *found.keywords))),
    )


def _standard(row: Mapping[str, Any]) -> Entry:
    """Return a standard as one catalogue tells of it."""
    return Entry(
        row["standard"],
        "standard",
        row["code"],
        row["titles"],
        tuple(row["names"]),
        tuple(row["keywords"]),
        "/".join(row["publishers"]),
        row["stage"],
        _year(row["issued"]),
    )


def _edition(row: Mapping[str, Any], edition: list[Any]) -> Entry:
    """Return an edition, with the titles of its standard."""
    iri, issued, stage, code, _ = edition
    body = "/".join(row["publishers"])
    return Entry(iri, "edition", code, row["titles"], (), (), body, stage, _year(issued))


def _joined(one: Entry | None, other: Entry) -> Entry:
    """Return what two catalogues tell of a thing; the one with the later year decides.

    A name without a language stands in for titles only as long as there are none.
    """
    if one is None:
        return other
    first, second = (other, one) if other.year > one.year else (one, other)
    return first._replace(
        labels=_titled({**second.labels, **first.labels}, first.code),
        names=tuple(dict.fromkeys((*first.names, *second.names))),
        keywords=tuple(dict.fromkeys((*first.keywords, *second.keywords))),
    )


def _titled(labels: dict[str, str], code: str) -> dict[str, str]:
    """Return `labels` without the code in the place of a title, if there are titles."""
    titles = {tag: title for tag, title in labels.items() if tag or title != code}
    return titles or labels


def _year(issued: str) -> int:
    """Return the year of a date, 0 for none."""
    return int(issued[:4]) if issued[:4].isdigit() else 0
