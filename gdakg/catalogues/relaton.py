"""Relaton YAML in both schema families.

v1.2 says `docid` and `link` where v1.5 says `docidentifier` and `source`.  A document need not
tell its family: each fact is looked for under both names.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gdakg.catalogues import yamltext
from gdakg.catalogues.documents import Content, documents
from gdakg.catalogues.items import Item, record
from gdakg.catalogues.linking import Link
from gdakg.catalogues.reader import Reader
from gdakg.catalogues.shapes import body_of, objects, others, string, strings, words
from gdakg.records import Broken, Record

Object = Mapping[str, Any]


class Relaton(Reader):
    """Reads a folder, zip file, git repository or single file of Relaton YAML."""

    format = "relaton"

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the record of each file, in the order of their names; indexes are none."""
        self._begin()
        count, files = documents(self.path)
        for name, content in files:
            self.read += 1
            self.share = self.read / count
            yield self._record(name, content)

    def _record(self, name: str, content: Content) -> Record | Broken:
        if isinstance(content, str):
            return Broken(name, 0, content)
        try:
            return record(item(yamltext.loaded(content), name), self.name, self.remarks)
        except ValueError as fault:
            return _broken(name, str(fault))


def _broken(name: str, reason: str) -> Broken:
    """Return Broken with the line that `reason` begins with, if it does."""
    head, colon, rest = reason.partition(": ")
    line = head.removeprefix("line ")
    return Broken(name, int(line), rest) if colon and line.isdecimal() else Broken(name, 0, reason)


def item(document: object, file: str) -> Item:
    """Return what `document` says; raises ValueError where it has no designation."""
    if not isinstance(document, dict):
        raise ValueError("not a record: its top is no mapping")  # noqa: TRY004 - of the file
    identifiers = [
        (each.get("type"), _either(each, "id", "content"))
        for each in objects(_either(document, "docid", "docidentifier"))
    ]
    designation = next((name for _, name in identifiers if string(name).strip()), "")
    if not isinstance(designation, str) or not designation:
        raise ValueError("no designation: neither `docid` nor `docidentifier` gives one")
    extra = _object(document.get("ext"))
    body = body_of(identifiers)
    return Item(
        designation=designation,
        body=body,
        file=file,
        kind=_kind(document, extra),
        titles=_titles(document),
        dates={string(each.get("type")): _date(each) for each in objects(document.get("date"))},
        status=words(extra.get("standard_status"), _stage(document)),
        publishers=_publishers(document),
        committees=_committees(document, extra),
        ics=tuple(
            _content(each, "code") for each in objects(_either(extra, "ics") or document.get("ics"))
        ),
        links=_links(document),
        others=others(identifiers, body),
        keywords=_keywords(document),
        page=_page(document),
    )


def _either(thing: Object, *keys: str) -> Any:
    """Return what stands under the first of `keys` that is there and says something."""
    return next((thing[key] for key in keys if thing.get(key)), None)


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _content(value: object, *keys: str) -> str:
    """Return the text of `value`: itself, or under one of `keys`, `content`, `value`."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            return each
        found = _either(_object(each), *keys, "content", "value")
        if found:
            return string(found)
    return ""


def _kind(document: Object, extra: Object) -> str:
    stated = _either(extra, "doctype") or document.get("doctype")
    return _content(stated, "type")


def _titles(document: Object) -> tuple[tuple[str, str], ...]:
    """Return the whole titles, or where a language has none, its parts joined."""
    whole: list[tuple[str, str]] = []
    parts: dict[str, list[str]] = {}
    for each in objects(document.get("title")):
        language, title = _language(each), string(each.get("content"))
        if string(each.get("type")).startswith("title-"):
            parts.setdefault(language, []).append(title)
        else:
            whole.append((language, title))
    return (*whole, *((language, " - ".join(titles)) for language, titles in parts.items()))


def _language(title: Object) -> str:
    language = next(iter(strings(title.get("language"))), "")
    script = next(iter(strings(title.get("script"))), "")
    return f"{language}-{script}" if language == "zh" and script in ("Hans", "Hant") else language


def _date(date: Object) -> str:
    """Return when: a day, or of a span its beginning."""
    return string(_either(date, "value", "at", "from", "on"))


def _stage(document: Object) -> str:
    status = _object(_either(document, "docstatus", "status"))
    stage, substage = _content(status.get("stage")), _content(status.get("substage"))
    return f"{stage}.{substage}" if stage and substage else stage


def _organizations(document: Object, role: str) -> Iterator[Object]:
    """Yield the organizations whose role is, or is described as, `role`."""
    for each in objects(document.get("contributor")):
        roles = objects(each.get("role"))
        if any(role in (part.get("type"), _content(part.get("description"))) for part in roles):
            yield _object(each.get("organization"))


def _publishers(document: Object) -> tuple[str, ...]:
    found = _organizations(document, "publisher")
    return tuple(_content(each.get("abbreviation")) or _content(each.get("name")) for each in found)


def _committees(document: Object, extra: Object) -> tuple[str, ...]:
    """Return the committees: v1.5 has them among the contributors, v1.2 as editorial group."""
    found = [
        _content(part.get("name"))
        for each in _organizations(document, "committee")
        for part in objects(each.get("subdivision"))
    ]
    groups = _either(extra, "editorialgroup") or document.get("editorialgroup")
    for group in groups if isinstance(groups, list) else [groups]:
        group = _object(group)
        found.append(_committee(group))
        for members in group.values():
            found += map(_committee, objects(members))
            found += strings(members) if isinstance(members, list) else ()
    return tuple(filter(None, found))


def _committee(group: Object) -> str:
    return string(group.get("identifier")) or _content(group.get("name"))


def _links(document: Object) -> tuple[Link, ...]:
    found = []
    for each in objects(document.get("relation")):
        target = _object(each.get("bibitem"))
        names = objects(_either(target, "docid", "docidentifier"))
        name = next((_content(one, "id") for one in names), "")
        found.append(
            Link(
                string(each.get("type")),
                name or _content(target.get("formattedref")),
                _content(each.get("description")),
                next(map(_date, objects(target.get("date"))), ""),
            )
        )
    return tuple(found)


def _keywords(document: Object) -> tuple[str, ...]:
    stated = document.get("keyword")
    found = []
    for each in stated if isinstance(stated, list) else [stated]:
        word = _object(each)
        found.append(_content(each) or _content(_either(word, "vocab", "taxon")))
    return tuple(filter(None, found))


def _page(document: Object) -> str:
    links = objects(_either(document, "link", "source"))
    order = sorted(links, key=lambda each: each.get("type") != "src")
    return next((string(each.get("content")) for each in order), "")
