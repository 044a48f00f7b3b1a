"""The page of one thing: what is told of it first, what belongs to it, who says what."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import pyoxigraph as og

from gdakg.answers import Term, python_value
from gdakg.description import Description
from gdakg.entries import Entries, Entry
from gdakg.namespaces import BASE, shorten
from gdakg.naming import Name, yes_or_no
from gdakg.pages.kinds import KINDS
from gdakg.pages.links import Texts
from gdakg.pages.sheet import said
from gdakg.pages.wording import LANGUAGES
from gdakg.turtle import language_tag

#: IRIs of ours that have no page
_OWN: Final = BASE.removesuffix("id/")

#: what tasks are called; other kinds have their names in the network's legend
_TASK: Final = "Task"


class Shown(NamedTuple):
    """A value on a page: text by language, and where a click on it leads, "" for nowhere."""

    texts: Texts
    href: str = ""


def address(iri: str) -> str:
    """Return where the page of the thing `iri` lies in the site.

    >>> address("https://w3id.org/gdakg/id/std/itu-t/l.1470")
    'std/itu-t/l.1470.html'
    """
    # No way up, no name that differs by case alone, none that Windows keeps for devices.
    segment = r"(?!\.|(con|prn|aux|nul|com\d|lpt\d)(\.|/|$))[a-z0-9._~-]+"
    if not re.fullmatch(rf"{re.escape(BASE)}[a-z-]+(/{segment})+", iri):
        return f"thing/{hashlib.sha256(iri.encode()).hexdigest()[:20]}.html"
    return f"{iri.removeprefix(BASE)}.html"


def others(iris: Iterable[str], href: Callable[[str], str | None]) -> dict[str, str]:
    """Return the ways to the pages that do not follow from the IRIs, "" for things without one."""
    ways = {iri: href(iri) or "" for iri in iris}
    return {iri: way for iri, way in ways.items() if f"{BASE}{way}" != f"{iri}.html"}


def kind_texts(kind: str) -> Texts:
    """Return what things of `kind` are called."""
    return said(_TASK) if kind == "task" else KINDS[kind].names


def full(name: Name) -> dict[str, str]:
    """Return code and label of a name in each language, another language's marked."""
    return {language: name.full(language) for language in LANGUAGES}


class Site(NamedTuple):
    """What the pages know of each other."""

    entries: Entries
    pages: Mapping[str, str]  #: address of sources and other things that have one
    prefix: str = ""  #: how the way from a page to the top of the site begins

    def href(self, iri: str) -> str:
        """Return the way to the page of `iri`, its address elsewhere, or ""."""
        edition = self.entries.editions.get(iri)
        here = edition.standard if edition else iri
        if here in self.entries.by_iri:
            return self.prefix + address(here)
        found = self.pages.get(iri, iri)
        return "" if found.startswith(_OWN) else _web(found)

    def shown(self, value: Term) -> Shown:
        """Return a value for a page: a thing by its name, a literal in its language."""
        if isinstance(value, og.NamedNode):
            name = self.entries.names.get(value.value)
            texts = full(name) if name else {"": shorten(value.value)}
            return Shown(texts, self.href(value.value))
        if isinstance(value, og.Literal) and value.language:
            return Shown({language_tag(value.language): value.value})
        found = python_value(value)
        if isinstance(found, bool):
            return Shown({language: yes_or_no(found, language) for language in LANGUAGES})
        return Shown({"": value.value if isinstance(value, og.Literal) else str(value)})


def content(site: Site, entry: Entry, described: Mapping[str, Description]) -> dict[str, Any]:
    """Return what the template `entry.html.j2` needs for the page of `entry`."""
    entries = site.entries
    return {
        "entry": entry,
        "kind": kind_texts(entry.kind),
        "labels": [
            (tag, text, (entry.iri, tag) in entries.ours) for tag, text in _labels(entry.name)
        ],
        "facts": [
            (
                _label(entries, prop),
                [_in_one(values, site)]
                if _is_text(values)
                else [site.shown(value) for value in values],
            )
            for prop, values in entries.facts.get(entry.iri, [])
        ],
        "editions": [
            edition._replace(page=_web(edition.page))
            for edition in entries.editions.values()
            if edition.standard == entry.iri
        ],
        "standards": list(_listed(site, entries.standards.get(entry.iri, []))),
        "gaps": [
            Shown(full(entries.by_iri[gap].name), site.href(gap))
            for gap in entries.gaps.get(entry.iri, [])
        ],
        "described": {language: list(_groups(site, one)) for language, one in described.items()},
        "network": f"{site.prefix}network.html#{urlencode({'node': entry.iri})}",
    }


def _labels(name: Name) -> list[tuple[str, str]]:
    """Return language and text of each label that is not the code again."""
    return [(tag, text) for tag, text in sorted(name.labels.items()) if tag and text != name.code]


def _label(entries: Entries, prop: str) -> Texts:
    name = entries.names.get(prop)
    return name.labels if name else {"": shorten(prop)}


def _is_text(values: Iterable[Term]) -> bool:
    """Return whether these are one text in several languages."""
    tags = [v.language for v in values if isinstance(v, og.Literal)]
    return len(tags) > 1 and all(tags) and len(set(tags)) == len(tags)


def _in_one(values: Iterable[Term], site: Site) -> Shown:
    """Return a text that is there in several languages."""
    return Shown({tag: text for value in values for tag, text in site.shown(value).texts.items()})


class Listed(NamedTuple):
    """A standard in a list."""

    code: str
    href: str
    title: Texts
    edition: str
    issued: str
    stage: Texts
    page: str  #: at the publisher


def _listed(site: Site, iris: Iterable[str]) -> Iterator[Listed]:
    """Yield what a list tells of each of the standards `iris`."""
    for iri in iris:
        entry, row = site.entries.by_iri[iri], site.entries.rows[iri]
        stage = site.entries.names.get(row.stage)
        yield Listed(
            entry.name.code or shorten(iri),
            site.href(iri),
            entry.name.labels,
            row.edition,
            row.issued,
            stage.labels if stage else {"": ""},
            row.page if row.page.startswith(("https://", "http://")) else "",
        )


def standards(site: Site, group: str | None = None) -> list[Listed]:
    """Return all standards, or those of a group, as a list tells of them."""
    iris = (
        [iri for iri, entry in site.entries.by_iri.items() if entry.kind == "standard"]
        if group is None
        else site.entries.standards.get(group, [])
    )
    return list(_listed(site, iris))


def _groups(site: Site, described: Description) -> Iterator[dict[str, Any]]:
    """Yield what the thing's page tells of each named graph, properties with their values."""
    for group in described.groups:
        told: dict[str, list[tuple[str, str, str]]] = {}
        for one in group.statements:
            label = f"← {one.label}" if one.is_incoming else one.label
            href = site.href(one.other) if one.other else _web(one.value)
            told.setdefault(label, []).append((one.value, href, one.remark))
        sources = [
            (text, site.href(iri)) for text, iri in zip(group.sources, group.cited, strict=False)
        ]
        yield {"title": group.title, "kind": group.kind, "sources": sources, "told": told}


def _web(text: str) -> str:
    """Return `text` if it is an address of the web, else ""."""
    is_address = text.startswith(("https://", "http://")) and " " not in text
    return text if is_address else ""


def way_up(path: str) -> str:
    """Return how the way from the page at `path` to the top of the site begins.

    >>> way_up("std/itu-t/l.1470.html"), way_up("index.html")
    ('../../', '')
    """
    return "../" * path.count("/")
