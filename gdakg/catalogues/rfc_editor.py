"""The RFC Editor's index of all RFCs, as XML and as text."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final
from xml.parsers import expat

from gdakg.catalogues.items import Item, record
from gdakg.catalogues.linking import Link
from gdakg.catalogues.reader import DAMAGED, Reader, unpacked
from gdakg.records import Broken, Record

_CHUNK: Final = 1 << 16
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBER: Final = r"([A-Z]+)\s*0*(\d+)"

#: relation -> its name in the text, which the XML writes with hyphens
_RELATIONS: Final = {
    "obsoletes": "Obsoletes",
    "obsoletedBy": "Obsoleted by",
    "updates": "Updates",
    "updatedBy": "Updated by",
    "also": "Also",
}

_ENTRY: Final = r"(\d{1,6})\s"
#: a line that ends within a word with a hyphen
_HYPHENATED: Final = r"\w-\s*$"
_ISSUED: Final = (
    r"(?P<words>.*)\.\s+(?:(?P<day>\d{1,2})\s+)?(?P<month>" + "|".join(_MONTHS) + r")\s+"
    r"(?:(?P<second>\d{1,2})(?:,\s*|\s+))?(?P<year>\d{4})\.\s*(?P<rest>\(.*)"
)
#: where the title may end
_STOP: Final = r"(?<=[^\s.])(?:\.|(?<=[?!]))(?=\s)"
#: an author: initials and a name, or a body; "Ed." and "Jr." follow some
_AUTHOR: Final = (
    r"(?:(?:[A-Z](?:[A-Za-z]{0,2}|-[A-Za-z])\.[ -]?)+\s?\S.*|Eds?\.?|Jr\.?|I+|"
    r"(?:ACM|Defense|Federal|IAB|IANA|IESG|ISO|Internet|National|Network|RFC Editor)\b.*)"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


def designation(identifier: str) -> str:
    """Return `identifier` of the index as a designation; "" for what is none.

    >>> designation("RFC0826"), designation("BCP14"), designation("?")
    ('RFC 826', 'BCP 14', '')
    """
    found = _compiled(_NUMBER).fullmatch(identifier.strip())
    return f"{found[1]} {found[2]}" if found else ""


def title(words: str) -> str:
    """Return the title in `words`, which go on with the authors.

    It ends before the first stop behind which half or more are authors, else before the last stop.

    >>> title("M.I.T. S. Crocker"), title("The Twelve Networking Truths. R. Callon")
    ('M.I.T', 'The Twelve Networking Truths')
    """
    ends = [found.start() for found in _compiled(_STOP).finditer(words)]
    for end in ends:
        authors = words[end:].lstrip(". ").split(", ")
        if 2 * sum(bool(_compiled(_AUTHOR).fullmatch(each)) for each in authors) >= len(authors):
            return words[:end]
    ends = [end for end in ends if not words[:end].endswith((" Ed", " Jr"))]
    return words[: ends[-1]] if ends else words


class _Index(Reader):
    """What both forms of the index share."""

    def _made(self, number: int, name: str, facts: Mapping[str, Any]) -> Record:
        kind, _, digits = name.lower().partition(" ")
        links = tuple(
            Link("includes" if kind != "rfc" and relation == "also" else relation, target)
            for relation in _RELATIONS
            for target in facts.get(relation, ())
        )
        item = Item(
            designation=name,
            body="IETF",
            file=self.path.name,
            line=number,
            kind=kind,
            titles=(("en", facts.get("title", "")),),
            dates={"published": facts.get("date", "")},
            status=(facts["status"],) if facts.get("status") else (),
            committees=facts.get("committees", ()),
            links=links,
            keywords=facts.get("keywords", ()),
            page=f"https://www.rfc-editor.org/info/{kind}{digits}",
        )
        return record(item, self.name, self.remarks)

    def _not_issued(self, number: int, name: str) -> Broken:
        return self._broken(number, f"{name} was never issued")


def _dated(year: str, month: str, day: str | None) -> str:
    number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
    if not number:
        return year
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day and day.isdecimal() else "")


class RfcIndexText(_Index):
    """Reads `rfc-index.txt`: entries of wrapped lines with a blank line between."""

    format = "rfc-index-text"

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the record of each entry; a number that was never issued is reported."""
        self._begin()
        for number, block in self._blocks():
            self.read += 1
            if isinstance(block, Broken):
                yield block
                continue
            try:
                yield self._record(number, block.decode("utf-8"))
            except UnicodeDecodeError:
                yield self._broken(number, "not UTF-8")

    def _blocks(self) -> Iterator[tuple[int, bytes | Broken]]:
        """Yield each entry with the number of its first line; what stands before them is none."""
        lines: list[bytes] = []
        started = last = 0
        for number, line in self._lines(counted=False):
            if isinstance(line, Broken):
                if lines:
                    yield started, b"".join(lines)
                yield number, line
                started, lines = 0, []
                continue
            begins = _compiled(_ENTRY).match(line.decode("latin-1"))
            if begins and (not lines or number > last + 1):
                if lines:
                    yield started, b"".join(lines)
                started, lines = number, []
            elif number > last + 1 and lines:
                yield started, b"".join(lines)
                lines = []
            if begins or lines:
                lines.append(line.strip())
                if not _compiled(_HYPHENATED).search(line.decode("latin-1")):
                    lines.append(b" ")
            last = number
        if lines:
            yield started, b"".join(lines)

    def _record(self, number: int, entry: str) -> Record | Broken:
        digits, _, rest = entry.partition(" ")
        name = f"RFC {int(digits)}"
        if rest.strip().startswith("Not Issued"):
            return self._not_issued(number, name)
        found = _compiled(_ISSUED).fullmatch(rest.strip())
        if found is None:
            return self._broken(number, f"{name}: no date of issue and status behind its title")
        facts: dict[str, Any] = {
            "title": title(found["words"]),
            "date": _dated(found["year"], found["month"], found["day"] or found["second"]),
        }
        for group in re.findall(r"\(([^()]*)\)", found["rest"]):
            if group.startswith("Status: "):
                facts["status"] = group.removeprefix("Status: ")
            for relation, word in _RELATIONS.items():
                if group.startswith(f"{word} "):
                    targets = map(designation, group.removeprefix(word).split(","))
                    facts[relation] = (*facts.get(relation, ()), *filter(None, targets))
        return self._made(number, name, facts)


class RfcIndexXml(_Index):
    """Reads `rfc-index.xml` as it streams by, without declarations and entities of its own."""

    format = "rfc-index-xml"

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the record of each RFC, BCP, STD and FYI; a number never issued is reported."""
        self._begin()
        size = self.path.stat().st_size or 1
        parsing = _Parsing()
        with self.path.open("rb") as file:
            stream = unpacked(file, self.path)
            while not parsing.fault:
                try:
                    chunk = stream.read(_CHUNK)
                except DAMAGED as fault:
                    parsing.fault = f"the file is damaged: {fault}"
                    break
                parsing.feed(chunk)
                self.share = file.tell() / size
                for number, kind, facts in parsing.taken():
                    self.read += 1
                    yield self._entry(number, kind, facts)
                if not chunk:
                    break
        if parsing.fault:
            self.read += 1
            yield self._broken(parsing.line, f"not read from here on: {parsing.fault}")
        self.share = 1.0

    def _entry(self, number: int, kind: str, facts: Mapping[str, list[str]]) -> Record | Broken:
        name = designation("".join(facts.get("doc-id", [])[:1]))
        if not name:
            return self._broken(number, "no designation: `doc-id` is missing or none of the index")
        if kind == "rfc-not-issued-entry":
            return self._not_issued(number, name)

        def first(path: str) -> str:
            return next(iter(facts.get(path, [])), "")

        told: dict[str, Any] = {
            "title": first("title"),
            "date": _dated(first("date/year"), first("date/month"), first("date/day")),
            "status": first("current-status"),
            "keywords": tuple(facts.get("keywords/kw", ())),
            "committees": tuple(
                group for group in facts.get("wg_acronym", ()) if group != "NON WORKING GROUP"
            ),
        }
        for relation, word in _RELATIONS.items():
            tag = "is-also" if relation == "also" else word.lower().replace(" ", "-")
            told[relation] = tuple(filter(None, map(designation, facts.get(f"{tag}/doc-id", ()))))
        return self._made(number, name, told)


class _Parsing:
    """Entries out of the events of expat; the texts of each by their path within it."""

    def __init__(self) -> None:
        self.fault = ""
        self.line = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.StartElementHandler = self._started
        self._parser.EndElementHandler = self._ended
        self._parser.CharacterDataHandler = self._texted
        self._depth = 0
        self._kind = ""
        self._path: list[str] = []
        self._text: list[str] = []
        self._facts: dict[str, list[str]] = {}
        self._done: list[tuple[int, str, dict[str, list[str]]]] = []

    def feed(self, chunk: bytes) -> None:
        """Parse the next bytes, b"" at the end; what is wrong with them is then in `fault`."""
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as fault:
            self.fault = f"not XML: {expat.ErrorString(fault.code)}"
            self.line = self.line if self._kind else fault.lineno
        except ValueError as fault:
            self.fault = f"not XML: {fault}"
            self.line = self._parser.CurrentLineNumber

    def taken(self) -> list[tuple[int, str, dict[str, list[str]]]]:
        """Return line, kind and texts of the entries that were completed since the last time."""
        done, self._done = self._done, []
        return done

    def _declared(self, *_: object) -> None:
        raise ValueError("it declares a document type, which an index has not")

    def _started(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        self._depth += 1
        if self._depth == 2 and name.endswith("-entry"):
            self._kind, self._facts, self._path = name, {}, []
            self.line = self._parser.CurrentLineNumber
        elif self._kind:
            self._path.append(name)
            self._text = []

    def _texted(self, text: str) -> None:
        if self._path:
            self._text.append(text)

    def _ended(self, tag: str) -> None:
        self._depth -= 1
        if self._path:
            text = "".join(self._text).strip()
            if text:
                self._facts.setdefault("/".join(self._path[:4]), []).append(text)
            self._text = []
            self._path.pop()
        elif self._kind and self._depth == 1:
            self._done.append((self.line, self._kind, self._facts))
            self._kind = ""
