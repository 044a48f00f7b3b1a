"""The coverage page: matrices of pillars or areas by bodies, a Sankey diagram, the lists behind."""

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Final, NamedTuple
from urllib.parse import urlencode

from gdakg.coverage import (
    NONE,
    ROWS,
    Cell,
    Coverage,
    Flow,
    Gap,
    Landscape,
    Record,
    Row,
    flows,
    landscape,
    matrix,
)
from gdakg.crosstab import percent
from gdakg.errors import PageError
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE, shorten
from gdakg.naming import Name
from gdakg.pages.fill import text_in
from gdakg.pages.links import Link, Texts
from gdakg.pages.sankey import Picture, picture
from gdakg.pages.sheet import said, sheet
from gdakg.pages.wording import LANGUAGES

#: what the cells can tell -> what it is called, what it means
CELLS: Final = {
    "counts": ("Number", "Number of standards"),
    "share": ("Share", "Share of the standards of the row"),
    "newest": ("Newest", "Year of the newest current edition"),
    "gaps": ("Gaps", "Gaps of the row for which a standard of the body is a candidate"),
}

#: the list of more standards than this is no page to read
MOST_STANDARDS: Final = 10_000

#: shades of the cells
_STEPS: Final = 5
#: a code that stands for what belongs to no row or column
_NO_KEY: Final = "none"

Href = Callable[[str], str | None]


class Shown(NamedTuple):
    """One cell of a table, as it is shown."""

    text: str  #: "" for none
    value: int  #: what it is sorted by
    step: int  #: how dark it is, 0 for not at all
    href: str  #: what the address is when its list is open, "" without one
    note: str = ""  #: what is said of a cell that holds no number


class Line(NamedTuple):
    """One row of a table."""

    labels: Texts
    cells: list[Shown]


class Table(NamedTuple):
    """One matrix, as it is shown."""

    by: str
    tells: str
    lines: list[Line]
    last: list[Line]  #: what belongs to no row, and all rows together
    ranges: list[str]  #: what each shade stands for


class Column(NamedTuple):
    """A body at the head of a column."""

    text: Texts
    full: Texts


def page(
    kg: KnowledgeGraph,
    *,
    language: str = "en",
    links: Iterable[Link] = (),
    href: Href | None = None,
    network: str | None = None,
) -> str:
    """Return the coverage page of `kg` as HTML.

    `href` gives the page of a thing in the site, if it has one; `network` is the address of a
    network page beside this one.  Raises PageError for more than 10,000 standards.
    """
    counted = landscape(kg)
    if len(counted.records) > MOST_STANDARDS:
        raise PageError(
            f"{len(counted.records):,} standards are too many to list in a page (at most "
            f"{MOST_STANDARDS:,}); `gdakg coverage` counts any number"
        )
    words = _Words(counted)
    gaps = kg.extent("gaps")
    return sheet(
        "coverage.html.j2",
        title=said("Coverage: standards by pillar, area and body"),
        description=said("How many standards each body has for each pillar and area; offline."),
        language=language,
        links=links,
        scripts=["coverage.js"],
        styles=["coverage.css"],
        counted=counted,
        words=words,
        tables=[words.table(matrix(counted, by), tells) for by, tells in product(ROWS, CELLS)],
        columns=[Column(words.short(body), words.labels(body)) for body in counted.bodies],
        cells=CELLS,
        choices={by: words.choices(by) for by in words.keys},
        picture=words.picture(),
        network=network,
        page_of=href or (lambda _: None),
        as_of=counted.searched.as_of or "?",
        gaps_as_of=(gaps and gaps.as_of) or "?",
    )


class _Words:
    """What rows, columns and cells are called in the page and in its address."""

    def __init__(self, counted: Landscape) -> None:
        self.counted = counted
        self.order = {**counted.rows, "body": counted.bodies}
        self.keys = {by: _keys(iris) for by, iris in self.order.items()}

    def labels(self, iri: str) -> Texts:
        """Return code and label in all languages: "2 Reducing ..."."""
        name = self.counted.names.get(iri, Name("", {}))
        if iri == NONE:
            return said("none assigned")
        if not (name.code or name.labels):
            return {"": shorten(iri)}
        return {tag: name.full(tag).replace(" - ", " ", 1) for tag in LANGUAGES}

    def label(self, iri: str) -> Texts:
        """Return the label alone, of a concept; "" in all languages for none."""
        name = self.counted.names.get(iri, Name("", {}))
        return name.labels or {"": shorten(iri) if iri else ""}

    def short(self, iri: str) -> Texts:
        """Return the code of a body, else what it is called."""
        name = self.counted.names.get(iri)
        return {"": name.code} if name and name.code else self.labels(iri)

    def has(self, each: Record | Gap) -> str:
        """Return by what a standard or a gap is filtered; a gap without candidate has no body."""
        nobody = () if isinstance(each, Gap) and each.candidates else (NONE,)
        found = {
            "pillar": each.pillars or (NONE,),
            "area": each.areas or (NONE,),
            "body": each.bodies or nobody,
        }
        return " ".join(
            f"{by}={self.keys[by].get(iri, _NO_KEY)}" for by, iris in found.items() for iri in iris
        )

    def choices(self, by: str) -> list[tuple[str, str, Texts]]:
        """Return key, IRI and labels of what a menu offers, `NONE` last."""
        iris = dict.fromkeys((*self.order[by], NONE))
        name = self.short if by == "body" else self.labels
        return [(self.keys[by][iri], iri, name(iri)) for iri in iris]

    @staticmethod
    def told(labels: Texts, language: str) -> str:
        """Return a text for an attribute, in one language."""
        return text_in(labels, language)

    @staticmethod
    def plain(iri: str) -> str:
        """Return the IRI of what has no code."""
        return shorten(iri)

    @staticmethod
    def address(page: str) -> str:
        """Return where a standard can be read, if that is an address of the web."""
        return page if page.startswith(("http://", "https://")) else ""

    @staticmethod
    def weight(flow: Flow) -> str:
        """Return the weight of a flow with one digit behind the point, not 0.0 for a little."""
        return f"{max(float(flow.weight), 0.1):,.1f}"

    def table(self, found: Coverage, tells: str) -> Table:
        """Return one matrix, its cells as they are shown."""
        rows = (*found.rows, found.total)
        named = found.rows[:-1]  # the last is that of NONE
        numbers = [_number(cell, row, tells) for row in named for cell in row.cells.values()]
        bounds = _bounds(tells, [number for number in numbers if number])
        lines = [self._line(found, row, tells, bounds if row.iri else []) for row in rows]
        return Table(found.by, tells, lines[:-2], lines[-2:], _ranges(tells, bounds))

    def _line(self, found: Coverage, row: Row, tells: str, bounds: list[int]) -> Line:
        own = {} if row is found.total else {found.by: self.keys[found.by][row.iri]}
        cells = [
            _shown(cell, row, tells, bounds, own | {"body": self.keys["body"][body]})
            for body, cell in row.cells.items()
        ]
        cells += _ends(row, tells, own)
        return Line(said("All") if row is found.total else self.labels(row.iri), cells)

    def picture(self) -> Picture | None:
        """Return the Sankey diagram; None where there is nothing to draw."""
        if not self.counted.records:
            return None
        rows, bodies = self.counted.rows, self.counted.bodies
        columns = (rows["pillar"], rows["area"], bodies)
        texts = [{iri: self.labels(iri) for iri in (*column, NONE)} for column in columns[:2]]
        texts.append({iri: self.short(iri) for iri in (*bodies, NONE)})
        return picture(columns, flows(self.counted), [_in_all(each) for each in texts])

    def flow_ends(self, flow: Flow, level: int) -> tuple[Texts, Texts]:
        """Return what the two ends of a flow are called."""
        return self.labels(flow.start), self.short(flow.end) if level else self.labels(flow.end)


def _in_all(texts: Mapping[str, Texts]) -> dict[str, Texts]:
    """Return texts that say the same in every language as a text of each language."""
    return {
        iri: dict.fromkeys(LANGUAGES, told[""]) if "" in told else told
        for iri, told in texts.items()
    }


def _keys(iris: Iterable[str]) -> dict[str, str]:
    """Return a short name for each of `iris`: its end, where no other has the same.

    >>> _keys(["http://a.org/x/1", "http://b.org/y/2", "http://c.org/z/2"])["http://a.org/x/1"]
    '1'
    """
    ends: dict[str, list[str]] = {}
    for iri in iris:
        ends.setdefault(iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1], []).append(iri)
    keys = {
        iri: end if len(alike) == 1 and end not in {"", _NO_KEY} else iri.removeprefix(BASE)
        for end, alike in ends.items()
        for iri in alike
    }
    return keys | {NONE: _NO_KEY}


def _number(cell: Cell, row: Row, tells: str) -> int:
    """Return by what a cell is shaded and sorted; 0 where nothing was found."""
    if tells == "share":
        return round(10_000 * (cell.share(row.total) or 0))
    if tells == "newest":
        return int(cell.newest or 0)
    return len(cell.gaps if tells == "gaps" else cell.standards)


def _shown(cell: Cell, row: Row, tells: str, bounds: list[int], own: Mapping[str, str]) -> Shown:
    """Return a cell as it is shown: a number, none found, or not applicable."""
    number = _number(cell, row, tells)
    if not number:
        is_undated = tells == "newest" and cell.standards
        whole = row.total.gaps if tells == "gaps" else row.total.standards
        is_bare = tells in {"gaps", "share"} and not whole
        note = "undated" if is_undated else "bare" if is_bare else "none"
        return Shown("", 0, 0, f"#{urlencode(own)}" if is_undated else "", note)
    step = 1 + sum(number > bound for bound in bounds[:-1]) if bounds else 0
    return Shown(_text(number, tells), number, step, f"#{urlencode(own)}")


def _text(number: int, tells: str) -> str:
    """Return a number as a cell shows it.

    >>> _text(2860, "share"), _text(2024, "newest"), _text(1234, "counts")
    ('29%', '2024', '1,234')
    """
    if tells == "share":
        return percent(number / 10_000)
    return str(number) if tells == "newest" else f"{number:,}"


def _ends(row: Row, tells: str, own: Mapping[str, str]) -> list[Shown]:
    """Return the last two cells: all, and gaps; among gaps those without a candidate, and all."""
    href = f"#{urlencode(own)}"
    if tells == "gaps":
        bare = "bare" if not row.total.gaps else "none"
        without = f"#{urlencode({**own, 'body': _NO_KEY})}"
        counts = [(len(row.unanswered), without, bare), (len(row.total.gaps), href, "none")]
    else:
        all_told = "newest" if tells == "newest" else "counts"
        note = "undated" if tells == "newest" and row.total.standards else "none"
        counts = [
            (_number(row.total, row, all_told), href, note),
            (len(row.total.gaps), href, "none"),
        ]
    return [
        Shown(_text(number, tells if tells == "newest" and at == 0 else "counts"), number, 0, link)
        if number
        else Shown("", 0, 0, link if note == "undated" else "", note)
        for at, (number, link, note) in enumerate(counts)
    ]


def _bounds(tells: str, numbers: list[int]) -> list[int]:
    """Return the highest number of each shade: years and shares evenly, counts by squares."""
    if not numbers:
        return []
    most = max(numbers)
    if tells == "share":
        return [10_000 * step // _STEPS for step in range(1, _STEPS + 1)]
    if tells == "newest":
        least = min(numbers) - 1
        bounds = [least + (most - least) * step // _STEPS for step in range(1, _STEPS + 1)]
    else:
        bounds = [most * step * step // _STEPS**2 for step in range(1, _STEPS + 1)]
    return sorted({bound for bound in bounds if bound >= min(numbers)})


def _ranges(tells: str, bounds: list[int]) -> list[str]:
    """Return what each shade stands for, as the legend says it.

    >>> _ranges("counts", [1, 4, 9])
    ['1', '2–4', '5–9']
    """
    if tells == "share":
        return [
            f"≤ {_text(bound, tells)}"
            if not number
            else f"{bounds[number - 1] // 100}–{bound // 100}%"
            for number, bound in enumerate(bounds)
        ]
    told = []
    low = 1
    for number, bound in enumerate(bounds):
        if tells == "newest" and not number:
            told.append(f"≤ {bound}")
        else:
            told.append(str(bound) if low == bound else f"{low}–{bound}")
        low = bound + 1
    return told
