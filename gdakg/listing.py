"""What of a store can be found by searching: bundled things, and the standards of catalogues."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gdakg.engine import Embedded
from gdakg.findable import entries
from gdakg.indexing import Entry
from gdakg.loading import load_bundled


def listed(catalogues: Iterable[Iterable[Mapping[str, Any]]]) -> Iterator[Entry]:
    """Yield what can be found: each thing once, with all that the catalogues call it.

    Of what the bundled graph holds, it tells titles, stage and year; the catalogues add names.
    """
    bundled = {entry.iri: entry for entry in entries(Embedded(load_bundled()))}
    standards: dict[str, Entry] = {}
    editions: dict[str, Entry] = {}
    for told in catalogues:
        for row in told:
            iri = row["standard"]
            standards[iri] = _joined(standards.get(iri), _standard(row))
            for edition in row["editions"]:
                if edition[0] not in bundled:
                    editions[edition[0]] = _edition(row, edition)
    for iri, entry in bundled.items():
        if (found := standards.pop(iri, None)) is None:
            yield entry
        else:
            names = (*entry.names, *found.names)
            yield entry._replace(names=tuple(dict.fromkeys(names)), keywords=found.keywords)
    yield from standards.values()
    yield from editions.values()


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
    """Return what two catalogues tell of a standard; the one with the later year decides."""
    if one is None:
        return other
    first, second = (other, one) if other.year > one.year else (one, other)
    return first._replace(
        labels={**second.labels, **first.labels},
        names=tuple(dict.fromkeys((*first.names, *second.names))),
        keywords=tuple(dict.fromkeys((*first.keywords, *second.keywords))),
    )


def _year(issued: str) -> int:
    """Return the year of a date, 0 for none."""
    return int(issued[:4]) if issued[:4].isdigit() else 0
