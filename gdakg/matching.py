"""A list of codes against the graph: what each means, and whether it is still current."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from gdakg import identifiers
from gdakg.errors import DesignationError
from gdakg.knowledge import KnowledgeGraph
from gdakg.match_wording import WORDS
from gdakg.near_misses import NearMisses, bare_number
from gdakg.standing import (
    ENDED,
    Edition,
    Standing,
    codes_of,
    is_large,
    stage_labels,
    standards,
    standings,
)

if TYPE_CHECKING:
    from gdakg.identifiers.designation import Designation

#: so many codes are looked up at once, and so many different ones kept in mind
_AT_ONCE: Final = 500
_KEPT: Final = 200_000
#: a longer text is no code, nor one with its title
_LONGEST: Final = 300

#: stage -> state of what was asked for
_STATES: Final = {
    **dict.fromkeys(("published", "under-review"), "current"),
    **dict.fromkeys(("draft", "work-item", "in-publication"), "draft"),
    **dict.fromkeys(ENDED, ""),
}


class Match(NamedTuple):
    """What one code means; texts are in the language asked for, several joined by "; "."""

    asked: str  #: the code as it was given
    state: str  #: current, superseded, withdrawn, draft, unclear, unknown-edition, unknown, empty
    code: str = ""  #: of the standard, in the publisher's own form, without a year
    title: str = ""  #: Chinese ones are our translations
    body: str = ""
    edition: str = ""  #: the edition asked for, "" if none was
    current: str = ""  #: the edition in force, "" if none is
    issued: str = ""  #: its date, as precise as the source
    status: str = ""  #: of what was asked for, in words
    replaced_by: str = ""
    aligned: str = ""  #: aligned and adopted texts of other bodies
    pillars: str = ""
    areas: str = ""
    gaps: str = ""
    note: str = ""
    near: tuple[str, ...] = ()  #: codes that may be meant, if this one is not known


def match(kg: KnowledgeGraph, codes: Iterable[str], language: str = "en") -> Iterator[Match]:
    """Yield for each of `codes`, in any spelling, what it means and how it stands.

    Reads `codes` some hundreds at a time, so there may be any number of them.

    >>> import gdakg
    >>> [found] = match(gdakg.load(), ["itu-t l1410 (12/2014)"])
    >>> found.state, found.current, found.replaced_by
    ('superseded', 'ITU-T L.1410 (11/2024)', 'ITU-T L.1410 (11/2024)')
    """
    matcher = Matcher(kg, language)
    waiting: list[str] = []
    for code in codes:
        waiting.append(code)
        if len(waiting) == _AT_ONCE:
            yield from matcher.matches(waiting)
            waiting = []
    yield from matcher.matches(waiting)


class Matcher:
    """The codes of a graph in dictionaries, so that each look-up takes microseconds.

    Of a graph with many standards the curated ones are read beforehand, others by their IRI
    when they are asked for.
    """

    def __init__(self, kg: KnowledgeGraph, language: str = "en") -> None:
        """Read the standards of `kg`, names in `language`."""
        self.engine = kg.engine
        self.language = language
        self.words = WORDS[language]
        self.is_large = is_large(kg.engine)
        self._stages = stage_labels(kg.engine, language)
        self._standings: dict[str, Standing] = {}
        self._by_key: dict[str, tuple[str, str]] = {}
        self._edition_codes: dict[str, str] = {}
        self._near = NearMisses()
        self._absent: set[str] = set()
        self._seen: dict[str, Match] = {}
        self._take(standards(kg.engine, is_curated=self.is_large))

    def __len__(self) -> int:
        """Return how many standards were read so far."""
        return len(self._standings)

    def matches(self, codes: list[str]) -> list[Match]:
        """Return what each of `codes` means, in their order."""
        if self.is_large:
            self._learn(codes)
        return [self._seen.get(code) or self._remembered(code) for code in codes]

    def weight(self, text: str) -> int:
        """Return how much `text` looks like a code: 2 if known, 1 if it can be read, else 0."""
        read, _ = self._read(text)
        return 0 if read is None else 1 + (self._found(read)[0] is not None)

    def _remembered(self, code: str) -> Match:
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        found = self._seen[code] = self._matched(code)
        return found

    # what is known

    def _take(self, iris: Iterable[str]) -> None:
        """Read the standards `iris` into the dictionaries."""
        taken = standings(self.engine, iris, self.language)
        for iri, standing in taken.items():
            read = _parsed(standing.code)
            self._near.add(standing.code, read)
            if read is not None:
                for each in (read, *read.others):
                    self._by_key.setdefault(each.key, (iri, ""))
        for iri, standing in taken.items():
            for edition in standing.editions:
                self._edition_codes[edition.iri] = edition.code
                for read in filter(None, map(_parsed, edition.codes)):
                    for each in (read, *read.others):
                        self._by_key.setdefault(each.key, (iri, edition.iri))
                        if self._by_key.get(each.undated.key, (iri, edition.iri))[1]:
                            self._by_key[each.undated.key] = (iri, edition.iri)
        self._standings |= taken
        later = {s for standing in taken.values() for e in standing.editions for s in e.successors}
        self._edition_codes |= codes_of(self.engine, later - self._edition_codes.keys())

    def _learn(self, codes: Iterable[str]) -> None:
        """Read of a large graph the standards that `codes` may mean."""
        wanted: set[str] = set()
        for code in codes:
            if code not in self._seen and (read := self._read(code)[0]) is not None:
                each = (read, *read.others, *filter(None, [read.adopted]))
                wanted.update(one.standard_iri for one in each)
        wanted -= self._standings.keys() | self._absent
        if wanted:
            self._take(sorted(wanted))
            self._absent |= wanted - self._standings.keys()

    def _read(self, text: str) -> "tuple[Designation | None, str]":
        """Return the designation with which `text` begins, and what of `text` that is."""
        text = text.strip()
        if not text or len(text) > _LONGEST:
            return None, ""
        try:
            return identifiers.parse(text), text
        except DesignationError as error:
            stopped = error.stopped
        begun = text[:stopped]
        if not begun or (begun[-1].isalnum() and text[stopped : stopped + 1].isalnum()):
            return None, ""
        begun = begun.strip(" \t\n,;:–-、，；：")
        read = _parsed(begun)
        return read, begun if read is not None else ""

    def _found(self, read: "Designation") -> tuple[Standing | None, Edition | None, str]:
        """Return the standard and the edition that are meant, and a note on how they were found."""
        for each in (read, *read.others):
            iri, edition = self._by_key.get(each.key, ("", ""))
            if iri:
                standing = self._standings[iri]
                return standing, next((e for e in standing.editions if e.iri == edition), None), ""
            iri, _ = self._by_key.get(each.undated.key, ("", ""))
            if iri:
                return self._standings[iri], _by_date(self._standings[iri], each), ""
        if (adopted := read.adopted) is not None:
            original, _, _ = self._found(adopted)
            if original is not None:
                return original, None, self.words["adoption"].format(adopted)
        return None, None, ""

    # what is told of it

    def _matched(self, text: str) -> Match:
        if not text.strip():
            return Match(text, "empty")
        read, begun = self._read(text)
        notes = [self.words["rest"].format(begun)] if read and begun != text.strip() else []
        standing, edition, how = self._found(read) if read else (None, None, "")
        if read is None or standing is None:
            return self._unknown(text, read, notes)
        if how:
            return self._told(text, standing, None, "", [*notes, how])
        asked = edition.code if edition else str(read) if read.is_dated else ""
        return self._told(text, standing, edition, asked, notes)

    def _unknown(self, text: str, read: "Designation | None", notes: list[str]) -> Match:
        """Return what is told of a code that the graph does not know."""
        near = self._near.near(text, read)
        if read is not None:
            notes = [*notes, self.words["unknown"]]
        else:
            notes = [self.words["which" if bare_number(text) else "none"]]
        if near:
            notes.append(self.words["near"].format("; ".join(near)))
        return Match(
            asked=text,
            state="unknown",
            code=str(read.undated) if read is not None else "",
            edition=str(read) if read is not None and read.is_dated else "",
            status=self.words["unknown_status"],
            note="; ".join(notes),
            near=near,
        )

    def _told(
        self,
        text: str,
        standing: Standing,
        edition: Edition | None,
        asked: str,
        notes: list[str],
    ) -> Match:
        """Return what is told of a known standard, asked for in the edition `asked` if not ""."""
        in_force = standing.current if standing.stage not in ENDED else None
        state, status = self._state(standing, edition, asked)
        successors = self._successors(standing, edition) if state != "current" else []
        notes = [*notes, *self._notes(standing, edition, asked, state, bool(successors))]
        return Match(
            asked=text,
            state=state,
            code=standing.code,
            title=standing.title,
            body=standing.body,
            edition=asked,
            current=in_force.code if in_force else "",
            issued=in_force.issued if in_force else "",
            status=status,
            replaced_by="; ".join(successors),
            aligned="; ".join(standing.aligned),
            pillars="; ".join(standing.pillars),
            areas="; ".join(standing.areas),
            gaps="; ".join(standing.gaps),
            note="; ".join(notes),
        )

    def _state(self, standing: Standing, edition: Edition | None, asked: str) -> tuple[str, str]:
        """Return the state of what was asked for, and the words for it."""
        stage = standing.stage
        if edition is None and asked and standing.editions:
            return "unknown-edition", self.words["unknown_edition_status"]
        if edition is not None and edition is not standing.current:
            ended = next((s for s in edition.stages if s in ENDED), "")
            is_past = edition.successors or (standing.current and not ended)
            stage = ended or ("superseded" if is_past else stage)
        state = _STATES.get(stage, "unclear") or stage
        return state, self._stages.get(stage, stage)

    def _successors(self, standing: Standing, edition: Edition | None) -> list[str]:
        """Return the codes of what replaces the edition, or the standard with its last one."""
        last = edition or standing.current
        found = [self._edition_codes.get(iri, iri) for iri in last.successors] if last else []
        return distinct(found)

    def _notes(
        self,
        standing: Standing,
        edition: Edition | None,
        asked: str,
        state: str,
        has_successor: bool,
    ) -> Iterator[str]:
        """Yield what a reader should know beside the other columns."""
        current = standing.current
        if state == "unknown-edition" and current:
            order = _order(asked, current)
            yield self.words[f"edition_{order}"].format(current.code)
        elif edition is not None and edition is not current and current:
            yield self.words["older"].format(current.code)
        meant = edition or current
        stages = meant.stages if meant else ()
        if len(stages) > 1:
            shown = ", ".join(self._stages.get(stage, stage) for stage in stages)
            yield self.words["differ"].format(shown)
        if standing.stage in ENDED and current:
            yield self.words["last"].format(current.code)
            if not has_successor:
                yield self.words["no_successor"]


def distinct(codes: Iterable[str]) -> list[str]:
    """Return `codes` in order, each once, without those of which there is a dated one.

    >>> distinct(["ISO 22328-2", "ISO 22328-2:2024"])
    ['ISO 22328-2:2024']
    """
    found = sorted(set(codes))
    dated = {code.partition(":")[0] for code in found if ":" in code}
    return [code for code in found if code not in dated]


def _order(asked: str, current: Edition) -> str:
    """Return whether the edition `asked`, which is not known, is older than `current`, or newer."""
    year = _year(_parsed(asked)) or _year(_parsed(current.code))
    now = _year(_parsed(current.code)) or current.issued[:4]
    return "older" if year < now else "newer" if year > now else "other"


def _year(read: "Designation | None") -> str:
    """Return the year of an edition, "" if it goes by a version or has a supplement."""
    if read is None or read.supplements:
        return ""
    year = read.edition[:4] or read.date[:4]
    return year if year.isdigit() else read.date[:4]


def _by_date(standing: Standing, asked: "Designation") -> Edition | None:
    """Return the one edition whose year, month or version begins as that of `asked`."""
    if not asked.edition or asked.supplements:
        return None
    found = []
    for edition in standing.editions:
        for read in filter(None, map(_parsed, edition.codes)):
            if f"{read.edition}-".startswith(f"{asked.edition}-") and not read.supplements:
                found.append(edition)
                break
    return found[0] if len(found) == 1 else None


def _parsed(code: str) -> "Designation | None":
    """Return how `code` is read, None if it cannot be."""
    try:
        return identifiers.parse(code)
    except DesignationError:
        return None
