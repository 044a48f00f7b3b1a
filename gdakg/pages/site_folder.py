"""The site: all pages, a page for each thing, search and downloads, in one folder."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gdakg.answers import solutions
from gdakg.description import describe_in
from gdakg.entries import CLASSES, Entry, entries
from gdakg.errors import PageError
from gdakg.pages import downloads
from gdakg.pages.entry_sheet import Listed, Shown, Site, address, content, full, kind_texts, way_up
from gdakg.pages.entry_sheet import standards as listed
from gdakg.pages.links import Link, Texts
from gdakg.pages.sheet import said, sheet
from gdakg.pages.templates import write_page
from gdakg.pages.wording import LANGUAGES

if TYPE_CHECKING:
    from gdakg.knowledge import KnowledgeGraph

#: the file that tells what the site consists of
MANIFEST: Final = "site.json"

#: the pages above all others: file, what it is called, what it is about
PAGES: Final = (
    ("network.html", "Network",
     "How all hangs together: pillars, areas, bodies, committees, standards, gaps."),
    ("coverage.html", "Coverage",
     "Which bodies serve which pillars and areas, and where nothing is found."),
    ("timeline.html", "Timeline", "What happened when: editions, events, documents, gaps."),
    ("gaps.html", "Gaps",
     "Who named which gap, how far it is closed, which standards may close it."),
    ("standards.html", "Standards",
     "All standards with title, edition and stage, to filter and sort."),
)  # fmt: skip

#: kinds that the start page lists, and what lists of them are called
_LISTED: Final = {
    "pillar": "Pillars",
    "area": "Areas",
    "task": "Tasks",
    "gap": "Gaps",
    "body": "Bodies",
    "committee": "Committees",
    "event": "Events",
    "document": "Documents",
    "project": "Projects",
}

_ADDRESSES: Final = "SELECT ?source ?page WHERE { ?source a gda:Source ; foaf:page ?page }"
_DATE: Final = (
    "SELECT (MAX(?issued) AS ?date) WHERE { ?graph a void:Dataset ; dcterms:issued ?issued }"
)


def write(
    kg: "KnowledgeGraph",
    folder: str | os.PathLike[str],
    *,
    language: str,
    progress: Callable[[int, int], None],
    makers: Mapping[str, Callable[..., str]],
) -> list[Path]:
    """Write the site of `kg` into `folder` and return its files, relative to it, sorted.

    See `gdakg.pages.site`; `makers` make the pages that stand for themselves too.  A folder that
    holds something else is refused; of a site that is there already, files that no longer belong
    to it are removed.
    """
    root = Path(folder)
    before = _manifest(root)
    builder = _Builder(kg, language, makers)
    files = builder.files()
    _keep(root, before | files.keys())  # first, so that a site cut short can be finished
    for number, (name, made) in enumerate(sorted(files.items()), start=1):
        _written(made(), root / name)
        progress(number, len(files))
    for name in sorted(before - files.keys()):
        (root / name).unlink(missing_ok=True)
    _keep(root, files)
    return [Path(name) for name in sorted(files)]


def _keep(root: Path, files: Iterable[str]) -> None:
    """Write down which files the site consists of."""
    _written(json.dumps(sorted(files), indent=0) + "\n", root / MANIFEST)


def _written(text: str, path: Path) -> None:
    """Write a file of the site, with the folders above it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PageError(f"{path.parent}: {error.strerror}") from error
    write_page(text, path)


def _manifest(root: Path) -> set[str]:
    """Return the files of the site in `root`, none if it is empty or not there."""
    try:
        if not root.exists() or all(path.name.startswith(".") for path in root.iterdir()):
            return set()
        names = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PageError(f"{root}: holds something else than a site; name an empty folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PageError(f"{root / MANIFEST}: {reason}") from error
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise PageError(f"{root / MANIFEST}: not the list of the files of a site")
    inside = root.resolve()
    return {name for name in names if (root / name).resolve().is_relative_to(inside)}


class _Builder:
    """What makes the files of a site."""

    def __init__(
        self, kg: "KnowledgeGraph", language: str, makers: Mapping[str, Callable[..., str]]
    ) -> None:
        self.kg = kg
        self.makers = makers
        self.language = language
        self.entries = entries(kg.engine)
        self.addresses = dict(self._pairs(_ADDRESSES))
        (date,) = solutions(kg.engine.evaluate(_DATE, {}))[0]
        self.date = str(date or "")

    def _pairs(self, text: str) -> Iterator[tuple[str, str]]:
        for row in solutions(self.kg.engine.evaluate(text, {})):
            yield str(row[0]), str(row[1])

    def files(self) -> dict[str, Callable[[], str]]:
        """Return what writes each file, by its path in the site."""
        made: dict[str, Callable[[], str]] = {
            "index.html": self.index,
            "standards.html": self.standards,
        }
        for path, make in self.makers.items():
            made[path] = lambda path=path, make=make: self.page(path, make)  # type: ignore[misc]
        for entry in self.entries.by_iri.values():
            made[address(entry.iri)] = lambda entry=entry: self.entry(entry)  # type: ignore[misc]
        return made | downloads.files(self.kg, self.entries)

    def site(self, path: str) -> Site:
        """Return what the page at `path` knows of the others."""
        return Site(self.entries, self.addresses, way_up(path))

    def links(self, path: str) -> list[Link]:
        """Return the navigation of the page at `path`."""
        ways = (("index.html", "Start page"), *(page[:2] for page in PAGES))
        return [Link(way_up(path) + file, said(text), file == path) for file, text in ways]

    def page(self, path: str, make: Callable[..., str]) -> str:
        """Return one of the pages that stand for themselves too, with ways to all others."""
        return make(self.kg, language=self.language, links=self.links(path), href=self.here(path))

    def here(self, path: str) -> Callable[[str], str | None]:
        """Return what gives the way from `path` to the page of a thing, None if it has none."""
        known = self.site(path)
        return lambda iri: known.href(iri) or None

    def entry(self, entry: Entry) -> str:
        """Return the page of one thing."""
        path = address(entry.iri)
        described = describe_in(self.kg.engine, entry.iri, LANGUAGES)
        title = full(entry.name) if entry.name.code or entry.name.labels else {"": entry.iri}
        kind = kind_texts(entry.kind)
        about = {tag: said("{kind}: {name}", kind=kind[tag], name=text)[tag]
                 for tag, text in title.items() if tag in kind}  # fmt: skip
        return sheet(
            "entry.html.j2",
            title=title,
            description=about or title,
            language=self.language,
            links=self.links(path),
            styles=["site.css"],
            **content(self.site(path), entry, described),
        )

    def standards(self) -> str:
        """Return the page of all standards."""
        site = self.site("standards.html")
        has: dict[str, list[str]] = {}
        options: dict[str, list[tuple[str, Texts]]] = {}
        groups = (e for e in self.entries.by_iri.values() if e.kind in ("body", "pillar", "area"))
        for group in groups:
            members = self.entries.standards.get(group.iri, [])
            value = address(group.iri).removesuffix(".html")
            if members:
                options.setdefault(group.kind, []).append((value, full(group.name)))
            for member in members:
                has.setdefault(member, []).append(f"{group.kind}={value}")
        stages = {
            row.stage: self.entries.names.get(row.stage) for row in self.entries.rows.values()
        }
        rows = [
            (row, " ".join([*has.get(iri, []), f"stage={_slug(self.entries.rows[iri].stage)}"]))
            for iri, row in self._rows(site)
        ]
        return sheet(
            "standards.html.j2",
            title=said("All standards"),
            description=said("All standards with title, edition and stage, to filter and sort."),
            language=self.language,
            links=self.links("standards.html"),
            styles=["site.css"],
            searched={"n": f"{len(rows):,}", "date": self.date},
            rows=rows,
            bodies=options.get("body", []),
            pillars=options.get("pillar", []),
            areas=options.get("area", []),
            stages=sorted((_slug(iri), full(name)) for iri, name in stages.items() if name),
        )

    def _rows(self, site: Site) -> Iterator[tuple[str, Listed]]:
        iris = [iri for iri, entry in self.entries.by_iri.items() if entry.kind == "standard"]
        yield from zip(iris, listed(site), strict=True)

    def index(self) -> str:
        """Return the start page."""
        site = self.site("index.html")
        by_kind: dict[str, list[Shown]] = {kind: [] for kind in CLASSES}
        for entry in self.entries.by_iri.values():
            by_kind[entry.kind].append(Shown(_called(entry), site.href(entry.iri)))
        counts = {
            "standards": len(by_kind["standard"]), "gaps": len(by_kind["gap"]),
            "areas": len(by_kind["area"]), "pillars": len(by_kind["pillar"]),
            "bodies": len(by_kind["body"]), "date": self.date,
        }  # fmt: skip
        return sheet(
            "index.html.j2",
            title=said("Green digital standards"),
            description=said("Standards, gaps, bodies and areas of green digital action: search, "
                             "network, coverage, timeline, downloads; works offline."),
            language=self.language,
            links=self.links("index.html"),
            styles=["site.css"],
            scripts=["finder.js"],
            counts=counts,
            pages=[{"href": f, "texts": said(t), "about": said(a)} for f, t, a in PAGES],
            lists=[(kind, said(name), by_kind[kind]) for kind, name in _LISTED.items()
                   if by_kind[kind]],
            downloads=[(f, said(about)) for f, about in downloads.ABOUT.items()],
            things=self.things(),
        )  # fmt: skip

    def things(self) -> dict[str, Any]:
        """Return what the search of the start page looks through."""
        tags = sorted({tag for e in self.entries.by_iri.values() for tag in e.name.labels})
        words = {
            "found": said("{n} found", n="{n}"),
            "first": said("the first {n} found, more with a longer search", n="{n}"),
            "none": said("Nothing found"),
        }
        return {
            "tags": tags,
            "kinds": {kind: dict(kind_texts(kind)) for kind in CLASSES},
            "words": {tag: {key: texts[tag] for key, texts in words.items()} for tag in LANGUAGES},
            "things": [
                [address(e.iri), e.kind, e.name.code, *(e.name.labels.get(tag, "") for tag in tags)]
                for e in self.entries.by_iri.values()
            ],
        }


def _called(entry: Entry) -> Texts:
    """Return what a list calls a thing."""
    return full(entry.name) if entry.name.code or entry.name.labels else {"": entry.iri}


def _slug(iri: str) -> str:
    """Return the last part of an IRI."""
    return iri.rpartition("/")[2]
