"""ISO Open Data: deliverables, committees, and the International Classification for Standards."""

from collections.abc import Iterator, Mapping
from typing import Any

from gdakg.catalogues import cleaning
from gdakg.catalogues.items import Item, record
from gdakg.catalogues.jsonlines import parsed
from gdakg.catalogues.linking import Link
from gdakg.catalogues.reader import Reader, Scheme, unpacked
from gdakg.catalogues.rows import rows
from gdakg.catalogues.shapes import objects, string, strings
from gdakg.records import Broken, Committee, Field, Record


class Deliverables(Reader):
    """Reads `iso_deliverables_metadata.jsonl`, of the releases with titles and without.

    The file names what a deliverable replaces by number, so it is read twice: first for the
    reference of each number.
    """

    format = "iso-open-data"

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the record of each line."""
        references = self._references()
        self._begin()
        for number, line in self._lines():
            yield line if isinstance(line, Broken) else self._record(number, line, references)

    def _references(self) -> dict[int, str]:
        found = {}
        for _, line in self._lines():
            try:
                entry = {} if isinstance(line, Broken) else parsed(line)
            except ValueError:
                continue
            if isinstance(entry.get("id"), int):
                found[entry["id"]] = string(entry.get("reference"))
        return found

    def _record(self, number: int, line: bytes, references: Mapping[int, str]) -> Record | Broken:
        try:
            entry = parsed(line)
        except ValueError as fault:
            return self._broken(number, str(fault))
        if not cleaning.text(entry.get("reference")):
            return self._broken(number, "no designation: `reference` is missing or empty")
        links = tuple(self._links(entry, references))
        item = deliverable(entry, self.path.name, number, links)
        return record(item, self.name, self.remarks)

    def _links(self, entry: Mapping[str, Any], references: Mapping[int, str]) -> Iterator[Link]:
        for kind in ("replaces", "replacedBy"):
            numbers = entry.get(kind)
            for number in numbers if isinstance(numbers, list) else ():
                target = references.get(number) if isinstance(number, int) else None
                if target:
                    yield Link(kind, target)
                else:
                    self.remarks[f"{kind} left out: the file lacks what it names"] += 1


def deliverable(
    entry: Mapping[str, Any], file: str, line: int, links: tuple[Link, ...] = ()
) -> Item:
    """Return what `entry` of the deliverables says."""
    number, titles = entry.get("id"), entry.get("title")
    kinds = (entry.get("deliverableType"), entry.get("supplementType"))
    return Item(
        designation=string(entry.get("reference")),
        body="ISO",
        file=file,
        line=line,
        kind=" ".join(filter(None, map(string, kinds))),
        titles=tuple(titles.items()) if isinstance(titles, dict) else (),
        dates={"published": string(entry.get("publicationDate"))},
        status=_stage(entry.get("currentStage")),
        committees=strings(entry.get("ownerCommittee")),
        ics=strings(entry.get("icsCode")),
        links=links,
        page=f"https://www.iso.org/standard/{number}.html" if isinstance(number, int) else "",
    )


def _stage(number: object) -> tuple[str, ...]:
    """Return 6060 as the stage code 60.60."""
    if isinstance(number, int) and 0 <= number <= 9999:
        return (f"{number // 100:02}.{number % 100:02}",)
    return ()


class Committees(Scheme[Committee]):
    """Reads `iso_technical_committees.jsonl`; a parent is named by number, so it reads twice."""

    format = "iso-committees"

    def __iter__(self) -> Iterator[Committee | Broken]:
        """Yield the committee of each line."""
        references = {number: entry.get("reference") for number, entry in self._entries()}
        self._begin()
        for number, line in self._lines():
            yield line if isinstance(line, Broken) else self._committee(number, line, references)

    def _entries(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for _, line in self._lines():
            try:
                entry = {} if isinstance(line, Broken) else parsed(line)
            except ValueError:
                continue
            if isinstance(entry.get("id"), int):
                yield entry["id"], entry

    def _committee(
        self, number: int, line: bytes, references: Mapping[int, object]
    ) -> Committee | Broken:
        try:
            entry = parsed(line)
        except ValueError as fault:
            return self._broken(number, str(fault))
        reference = cleaning.text(entry.get("reference"))
        if not reference:
            return self._broken(number, "no committee: `reference` is missing or empty")
        parent, titles = entry.get("parentId"), entry.get("title")
        secretariat = next(iter(objects(entry.get("secretariat"))), {})
        return Committee(
            reference=reference,
            titles=_cleaned(titles if isinstance(titles, dict) else {}),
            status=cleaning.text(entry.get("status")),
            parent=cleaning.text(references.get(parent)) if isinstance(parent, int) else "",
            secretariat=cleaning.text(secretariat.get("acronym")),
            created=cleaning.date(entry.get("creationDate")),
            source=self.path.name,
            line=number,
        )


class Ics(Scheme[Field]):
    """Reads `ICS.csv`: identifier, parent, titles and scopes in English and French."""

    format = "ics"

    def __iter__(self) -> Iterator[Field | Broken]:
        """Yield the field of each row."""
        self._begin()
        with self.path.open("rb") as file:
            found = rows(unpacked(file, self.path))
            _, headings = next(found, (1, ""))
            for line, row in found:
                self.read += 1
                if isinstance(row, str) or len(row) != len(headings):
                    reason = row if isinstance(row, str) else f"{len(row)} cells in the row"
                    yield self._broken(line, reason)
                else:
                    yield self._field(line, dict(zip(headings, row, strict=True)))
        self.share = 1.0

    def _field(self, line: int, row: Mapping[str, str]) -> Field | Broken:
        notation = cleaning.text(row.get("identifier"))
        if not notation:
            return self._broken(line, "no field: `identifier` is missing or empty")
        return Field(
            notation=notation,
            broader=cleaning.text(row.get("parent")),
            titles=_cleaned({"en": row.get("titleEn"), "fr": row.get("titleFr")}),
            notes=_cleaned({"en": row.get("scopeEn"), "fr": row.get("scopeFr")}),
            source=self.path.name,
            line=line,
        )


def _cleaned(texts: Mapping[str, object]) -> dict[str, str]:
    cleaned = {tag: cleaning.text(text) for tag, text in texts.items()}
    return {tag: text for tag, text in cleaned.items() if text}
