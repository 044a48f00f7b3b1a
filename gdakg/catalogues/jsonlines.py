"""Our extract of Relaton's catalogues: JSON Lines, one record a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gdakg.catalogues.items import Item, record
from gdakg.catalogues.linking import Link
from gdakg.catalogues.reader import Reader
from gdakg.catalogues.shapes import body_of, objects, others, string, strings, words
from gdakg.records import Broken, Record


class JsonLines(Reader):
    """Reads `NAME.jsonl` and `NAME.jsonl.gz` of our extract."""

    format = "jsonlines"

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the record of each line; blank lines are none."""
        self._begin()
        for number, line in self._lines():
            yield line if isinstance(line, Broken) else self._record(number, line)

    def _record(self, number: int, line: bytes) -> Record | Broken:
        try:
            entry = parsed(line)
            return record(item(entry, self.path.name, number), self.name, self.remarks)
        except ValueError as fault:
            return self._broken(number, str(fault))


def parsed(line: bytes) -> Mapping[str, Any]:
    """Return the JSON object in `line`; raises ValueError for anything else."""
    try:
        entry = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise ValueError(f"not UTF-8: {fault.reason} at byte {fault.start}") from None
    except RecursionError:
        raise ValueError("not a record: nested too deep") from None
    except ValueError as fault:
        raise ValueError(f"not JSON: {fault}") from None
    if isinstance(entry, dict):
        return entry
    raise ValueError(f"not a record: a JSON object is wanted, this is {type(entry).__name__}")


def item(entry: Mapping[str, Any], file: str, line: int) -> Item:
    """Return what `entry` of the extract says; raises ValueError where it has no designation."""
    designation = entry.get("id")
    if not isinstance(designation, str) or not designation.strip():
        raise ValueError("no designation: `id` is missing or empty")
    identifiers = [(each.get("type"), each.get("id")) for each in objects(entry.get("docids"))]
    body = body_of(identifiers) or string(entry.get("body"))
    titles, dates = entry.get("title"), entry.get("dates")
    return Item(
        designation=designation,
        body=body,
        file=file,
        line=line,
        kind=string(entry.get("type")),
        titles=tuple(titles.items()) if isinstance(titles, dict) else (),
        dates={"published": string(entry.get("published"))}
        | (dates if isinstance(dates, dict) else {}),
        status=words(entry.get("standard_status"), entry.get("stage")),
        publishers=strings(entry.get("publisher")),
        committees=tuple(
            string(each.get("identifier")) or string(each.get("name"))
            for each in objects(entry.get("committee"))
        ),
        ics=strings(entry.get("ics")),
        links=tuple(map(_link, objects(entry.get("relations")))),
        others=others(identifiers, body),
        keywords=strings(entry.get("keywords")),
        page=string(entry.get("link")),
    )


def _link(entry: Mapping[str, Any]) -> Link:
    found = entry.get("type"), entry.get("target"), entry.get("description")
    return Link(*map(string, found))
