"""Any csv with one standard a row, and a map of what its columns are."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from gdakg.catalogues import cleaning
from gdakg.catalogues.items import publishers
from gdakg.catalogues.reader import Reader, unpacked
from gdakg.catalogues.rows import rows
from gdakg.catalogues.stages import UNCLEAR, stage_of
from gdakg.errors import CatalogueError
from gdakg.records import RELATIONS, Broken, Record, Relation

#: what a column may be: the fields of a record, `title@TAG`, and each kind of relation
FIELDS: Final = (
    *("designation", "publishers", "title", "issued", "status", "kind", "committees", "ics"),
    *("aliases", "keywords", "page", "withdrawn"),
    *RELATIONS,
)
#: headings that are understood without a map, by field
_HEADINGS: Final[Mapping[str, str]] = {
    **{field.lower(): field for field in FIELDS},
    **dict.fromkeys(("id", "code", "standard", "number", "reference"), "designation"),
    **dict.fromkeys(("publisher", "body", "organization"), "publishers"),
    **dict.fromkeys(("date", "published", "publication date", "year"), "issued"),
    **dict.fromkeys(("stage", "state"), "status"),
    **dict.fromkeys(("committee", "tc"), "committees"),
    **dict.fromkeys(("link", "url", "address"), "page"),
    "type": "kind",
    "replaced by": "replacedBy",
    "titles": "title",
    **dict.fromkeys(("withdrawal date", "withdrawn on", "obsoleted"), "withdrawn"),
}
_TITLE: Final = r"title[@_ -]([A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})*)"
_SEPARATORS: Final = r"\s*[;|]\s*"


class Table(Reader):
    """Reads a csv, with comma, semicolon or tab between cells and a heading above each column.

    `columns` says by field which heading stands for it, such as
    `{"designation": "Norm", "title@fr": "Titre"}`; headings in no map are understood where they
    are called as the field is.  A cell may hold several values with ; or | between.
    """

    format = "csv"

    def __init__(self, path: Path, name: str, columns: Mapping[str, str] | None = None) -> None:
        super().__init__(path, name)
        self.columns = dict(columns or {})
        for field in self.columns:
            if field not in FIELDS and not re.fullmatch(_TITLE, field):
                raise CatalogueError(
                    f"a column of a table cannot be {field!r}; it can be {', '.join(FIELDS)}, "
                    "or title@ and a language"
                )

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the record of each row; a row without any cell filled is none."""
        self._begin()
        size = self.path.stat().st_size or 1
        with self.path.open("rb") as file:
            found = rows(unpacked(file, self.path))
            line, headings = next(found, (1, []))
            if isinstance(headings, str):
                raise CatalogueError(
                    f"{self.path}:{line}: no headings: {headings}; a csv is read as UTF-8"
                )
            fields = self._fields(headings)
            for line, row in found:
                self.read += 1
                self.share = min(1.0, file.tell() / size)
                if isinstance(row, str):
                    yield self._broken(line, row)
                else:
                    yield self._record(line, row, fields)
        self.share = 1.0

    def _fields(self, headings: list[str]) -> list[str]:
        """Return the field of each column, "" for a column that is left out."""
        if not headings:
            raise CatalogueError(f"{self.path} is empty: it has no headings")
        asked = {heading: field for field, heading in self.columns.items()}
        if missing := sorted(set(asked) - set(headings)):
            raise CatalogueError(
                f"{self.path} has no column {missing[0]!r}; it has {', '.join(headings)}"
            )
        fields = [asked.get(heading) or _understood(heading) for heading in headings]
        mapped = set(self.columns)
        fields = [
            "" if field in mapped and self.columns[field] != heading else field
            for field, heading in zip(fields, headings, strict=True)
        ]
        if "designation" not in fields:
            raise CatalogueError(
                f"{self.path} has no column known to hold designations; say which it is, as in "
                f"--column designation=HEADING, of {', '.join(headings)[:200] or 'none'}"
            )
        return fields

    def _record(self, line: int, row: list[str], fields: list[str]) -> Record | Broken:
        if len(row) != len(fields):
            return self._broken(line, f"{len(row)} cells under {len(fields)} headings")
        cells: dict[str, str] = {}
        for field, cell in zip(fields, row, strict=True):
            if field and cell.strip():
                cells.setdefault(field, cell)
        designation = cleaning.text(cells.get("designation", ""))
        if not designation:
            return self._broken(line, "no designation")
        return self._stated(designation, line, lambda field: cells.get(field, ""), cells)

    def _stated(
        self, designation: str, line: int, cell: Callable[[str], str], cells: Mapping[str, str]
    ) -> Record:
        status = cleaning.text(cell("status"))
        issuers = publishers(designation, several(cell("publishers")))
        return Record(
            designation=designation,
            catalogue=self.name,
            publishers=issuers,
            titles=_titles(cells),
            issued=cleaning.date(cell("issued")),
            stage=_stage(_body(issuers), status),
            native_status=status,
            kind=cleaning.text(cell("kind")),
            committees=several(cell("committees")),
            ics=several(cell("ics")),
            relations=tuple(
                Relation(kind, target) for kind in RELATIONS for target in several(cell(kind))
            ),
            aliases=several(cell("aliases")),
            keywords=several(cell("keywords")),
            page=cleaning.address(cell("page")),
            source=self.path.name,
            line=line,
            is_variant=False,
            withdrawn=cleaning.date(cell("withdrawn")),
        )


def several(cell: str) -> tuple[str, ...]:
    """Return the values in `cell`, each once.

    >>> several("13.020.20; 35.020 | 35.020")
    ('13.020.20', '35.020')
    """
    values = map(cleaning.text, re.split(_SEPARATORS, cell))
    return tuple(dict.fromkeys(filter(None, values)))


def _titles(cells: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for field, cell in cells.items():
        if field == "title" or field.startswith("title@"):
            found[field.removeprefix("title").removeprefix("@")] = cleaning.text(cell)
    return {tag: title for tag, title in found.items() if title}


def _understood(heading: str) -> str:
    """Return the field that a heading names by itself, "" if none."""
    title = re.fullmatch(_TITLE, heading.strip(), re.IGNORECASE)
    if title:
        return f"title@{title[1].replace('_', '-')}"
    return _HEADINGS.get(heading.strip().lower(), "")


def _stage(body: str, status: str) -> str:
    """Return our stage for a status in the words of `body`, or in ours."""
    stage = stage_of(body, status)
    return stage if stage != UNCLEAR else stage_of("", status.partition(" [")[0])


def _body(issuers: tuple[str, ...]) -> str:
    """Return whose words the status is in."""
    name = issuers[0] if issuers else ""
    return "ITU" if name.startswith("ITU") else name
