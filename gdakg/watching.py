"""What became of the curated standards since a date: revised, replaced or withdrawn."""

import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg import identifiers
from gdakg.answers import solutions
from gdakg.errors import DesignationError, ParameterError
from gdakg.knowledge import KnowledgeGraph
from gdakg.matching import distinct
from gdakg.standing import ENDED, Edition, Standing, codes_of, standards, standings
from gdakg.tables import grid, printable

#: what is dated from this month on came after COP28; gda:editionAtCOP28 counts so
COP28: Final = "2023-12"

_ISSUED: Final = "SELECT ?issued { ?edition dcterms:issued ?issued }"
_DATE: Final = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        **{kind: kind for kind in ("revised", "replaced", "withdrawn")},
        "undated": "when is not recorded",
        "unclear": "the date is not precise enough to tell",
        "no_successor": "by what is not recorded",
        "differ": "catalogues differ",
        "told": "{:,} curated standards, since {}: {:,} revised, {:,} replaced, {:,} withdrawn",
        "headings": "change|standard|title|before|after|date|note",
    },
    "zh-Hans": {
        **{"revised": "已修订", "replaced": "已被代替", "withdrawn": "已废止"},
        "undated": "未记录日期",
        "unclear": "日期不够精确，无法判断",
        "no_successor": "未记录代替者",
        "differ": "各目录说法不一",
        "told": "收录标准{:,}项，自{}起：修订{:,}，被代替{:,}，废止{:,}",
        "headings": "变化|标准|标题（译）|之前|之后|日期|备注",
    },
    "zh-Hant": {
        **{"revised": "已修訂", "replaced": "已被取代", "withdrawn": "已廢止"},
        "undated": "未記錄日期",
        "unclear": "日期不夠精確，無法判斷",
        "no_successor": "未記錄取代者",
        "differ": "各目錄說法不一",
        "told": "收錄標準{:,}項，自{}起：修訂{:,}，被取代{:,}，廢止{:,}",
        "headings": "變化|標準|標題（譯）|之前|之後|日期|備註",
    },
}
_KINDS: Final = ("revised", "replaced", "withdrawn")


class Change(NamedTuple):
    """What became of one standard."""

    change: str  #: revised, replaced or withdrawn
    standard: str
    title: str  #: in the language asked for; Chinese ones are our translations
    before: str  #: the edition before
    after: str  #: the one after, "" if there is none or it is not recorded
    date: str  #: as precise as the source, "" if it is not recorded
    note: str


class Changes(NamedTuple):
    """What became of the standards, and of how many we looked."""

    changes: tuple[Change, ...]
    since: str
    searched: int  #: curated standards

    def told(self, language: str = "en") -> str:
        """Return the line that counts the changes."""
        counts = Counter(change.change for change in self.changes)
        return _WORDS[language]["told"].format(
            self.searched, self.since, *(counts[kind] for kind in _KINDS)
        )


def watch(kg: KnowledgeGraph, since: str = COP28, language: str = "en") -> Changes:
    """Return which curated standards were revised, replaced or withdrawn since the date `since`.

    By the editions, stages and dates that `kg` knows: of a store, those of its catalogues as well.
    A withdrawal is of the date that a catalogue states for it; one of unknown date is told,
    whatever `since`.  Raises ParameterError for what is
    no date.

    >>> import gdakg
    >>> [c.after for c in watch(gdakg.load()).changes if c.standard == "ITU-T L.1410"]
    ['ITU-T L.1410 (11/2024)']
    """
    _check(since)
    known = standings(kg.engine, standards(kg.engine, is_curated=True), language)
    heirs = [_heirs(standing) for standing in known.values()]
    elsewhere = _editions(kg, {iri for found in heirs for iri in found})
    changes = [
        change
        for standing, found in zip(known.values(), heirs, strict=True)
        for change in _change(standing, [elsewhere[iri] for iri in found], since, language)
    ]
    changes.sort(key=lambda change: (_KINDS.index(change.change), change.standard))
    return Changes(tuple(changes), since, len(known))


def _check(since: str) -> None:
    """Raise ParameterError if `since` is no date."""
    try:
        if re.fullmatch(_DATE, since):
            datetime.date.fromisoformat((since + "-01-01")[:10])
            return
    except ValueError:
        pass
    raise ParameterError(f"since takes a date as in 2024, 2024-06 or 2024-06-30, not {since!r}")


def _heirs(standing: Standing) -> list[str]:
    """Return the IRIs of editions of other standards that replace the last one of this."""
    own = {edition.iri for edition in standing.editions}
    last = standing.current
    return sorted(set(last.successors) - own) if last else []


def _editions(kg: KnowledgeGraph, iris: set[str]) -> dict[str, tuple[str, str]]:
    """Return code and date of each edition in `iris`."""
    codes = codes_of(kg.engine, iris)
    found = {}
    for iri in iris:
        dates = kg.engine.evaluate(_ISSUED, {"edition": og.NamedNode(iri)})
        issued = max((str(row.issued) for row in solutions(dates)), key=len, default="")
        found[iri] = (codes.get(iri, iri), issued)
    return found


def _change(
    standing: Standing, heirs: Sequence[tuple[str, str]], since: str, language: str
) -> Iterator[Change]:
    """Yield what became of one standard since `since`, if anything did."""
    words = _WORDS[language]
    last = standing.current
    if heirs or standing.stage in ENDED:
        date = _ended(standing, heirs)
        after = "; ".join(distinct(code for code, _ in heirs))
        kind = "withdrawn" if standing.stage == "withdrawn" and not heirs else "replaced"
        notes = [] if date else [words["undated"]]
        notes += [words["no_successor"]] if kind == "replaced" and not heirs else []
        notes += [words["differ"]] if last and len(last.stages) > 1 else []
        if not date or is_since(date, since) is not False:
            before = last.code if last else standing.code
            yield _told(standing, kind, before, after, date, "; ".join(notes))
        return
    if last is None or (is_later := is_since(last.issued, since)) is False:
        return
    earlier = [
        edition
        for edition in standing.editions
        if edition.iri != last.iri and is_since(edition.issued, since) is False
        if not _is_supplement(edition)
    ]
    if earlier:
        note = "" if is_later else words["unclear"]
        yield _told(standing, "revised", earlier[-1].code, last.code, last.issued, note)


def _ended(standing: Standing, heirs: Sequence[tuple[str, str]]) -> str:
    """Return when the standard ended: as a catalogue says, else when what replaces it began."""
    last = standing.current or next(reversed(standing.editions), None)
    told = last.ended if last else ""
    return told or min((issued for _, issued in heirs if issued), default="")


def _is_supplement(edition: Edition) -> bool:
    """Return whether the edition is an amendment or the like."""
    try:
        return bool(identifiers.parse(edition.code).supplements)
    except DesignationError:
        return False


def _told(standing: Standing, kind: str, before: str, after: str, date: str, note: str) -> Change:
    return Change(kind, standing.code, standing.title, before, after, date, note)


def is_since(date: str, since: str) -> bool | None:
    """Return whether `date` is `since` or later; None if it is too imprecise to tell.

    >>> [is_since(date, "2023-12") for date in ("2023-12-05", "2023-11", "2023")]
    [True, False, None]
    """
    shared = min(len(date), len(since))
    if date[:shared] != since[:shared]:
        return date > since
    return True if len(date) >= len(since) else None


def in_words(found: Changes, width: int, language: str = "en") -> str:
    """Return the changes as a table, and the line that counts them."""
    rows = [list(map(printable, _row(change, language))) for change in found.changes]
    table = [grid(_headings(language), rows, width)] if rows else []
    return "\n".join([*table, found.told(language)])


def as_csv(found: Changes, language: str = "en") -> str:
    """Return the changes as csv."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_headings(language))
    writer.writerows(_row(change, language) for change in found.changes)
    return text.getvalue()


def as_json(found: Changes) -> str:
    """Return the changes as JSON, with what was searched."""
    changes = [change._asdict() for change in found.changes]
    told = {"since": found.since, "searched": found.searched, "changes": changes}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _headings(language: str) -> list[str]:
    return _WORDS[language]["headings"].split("|")


def _row(change: Change, language: str) -> list[str]:
    return [_WORDS[language][change.change], *change[1:]]
