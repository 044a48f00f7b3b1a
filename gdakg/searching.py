"""Finding things by words and codes: what fits best comes first.

First what has the very code, then codes that begin so, then titles and other names with all the
words, then keywords; if there is none, the same with words that begin so.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple, TypedDict, Unpack, cast

from gdakg.errors import LoadError, ParameterError
from gdakg.folding import fold, groups, is_han
from gdakg.identifiers import key, short_key
from gdakg.indexing import FORMAT, NEAR_WORD, Row, build_index, fill, may_be_code
from gdakg.naming import Name

__all__ = ["FILE", "Filters", "Hit", "Index", "build_index", "index_of", "open_index"]

#: ranking takes a microsecond for each that matches: of more than this, only what is in force is
#: ranked, and of more than this of that, the first by code
_MOST_RANKED: Final = 10_000
_IN_FORCE: Final = ("published", "under-review")
_NO_BOUND: Final = 2**62

#: the file of an index in the folder of a store
FILE: Final = "search.sqlite"

#: so many words of a text are looked for; no title of a standard has more
_MOST_WORDS: Final = 64

#: weights of a word in codes, titles, other names, keywords; facets only narrow
_WEIGHTS: Final = "4.0, 10.0, 6.0, 1.0, 0.0"
_FOUND: Final = "SELECT rowid FROM texts WHERE texts MATCH ? AND rowid < ? ORDER BY {} LIMIT ?"
_BEST: Final = f"bm25(texts, {_WEIGHTS}), rowid"
_BEYOND: Final = "SELECT rowid FROM texts WHERE texts MATCH ? LIMIT 1 OFFSET ?"
_IS_IN: Final = "SELECT 1 FROM texts WHERE texts MATCH ? AND rowid = ?"
_SPELLED: Final = "SELECT id FROM spelling WHERE key = ?"
_SPELLED_CODE: Final = """
SELECT id, json_extract(shown, '$[2]') FROM spelling JOIN entry USING (id) WHERE key = ? ORDER BY id
"""
_LIKE: Final = """
SELECT word FROM word WHERE substr(word, 1, 1) = ? AND length(word) BETWEEN ? AND ?
ORDER BY entries DESC LIMIT 3000
"""
#: a token that nothing has
_NO_TOKEN: Final = "none"

_NAMED: Final = "{codes titles names}"
_ALL: Final = "{codes titles names keywords}"

#: words that a title may have or not, in English and French
_SMALL: Final = "(an?|and|by|for|from|in|of|on|or|the|to|with|de|des|du|et|la|les)"

#: words shorter than this stand for nothing longer
_SHORTEST_BEGINNING: Final = 3

#: how many near ones are told
_NEAR: Final = 5
#: where a year or a version begins in a code
_BEGUN_DATE: Final = r"[:(]|[0-9] ?[v-][0-9]"

#: with more words than this, nothing is told that lacks one
_FEW_WORDS: Final = 12
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


class Hit(NamedTuple):
    """A thing that was found."""

    iri: str
    kind: str
    code: str  #: "" if it has none
    labels: Mapping[str, str]  #: by language tag
    body: str
    stage: str  #: "" unknown, or for what has no stages
    year: int  #: 0 unknown

    def title(self, language: str = "en") -> str:
        """Return the title in `language`, else the English one behind "[en] ", else any."""
        return Name(self.code, dict(self.labels)).label(language)


class Filters(TypedDict, total=False):
    """By what a search can be narrowed; None narrows nothing."""

    kind: str | None  #: standard, edition, gap, area ...
    body: str | None  #: who publishes it, alone or with others
    status: str | None  #: its stage
    pillar: str | int | None  #: which it serves
    since: int | None  #: it is of this year or later


class Index:
    """An index that can be asked."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take a database that `indexing.fill` has filled."""
        self._database = database
        self.entries: int = self._all("SELECT value FROM about WHERE name = 'entries'")[0][0]
        self._facets: dict[str, dict[str, str]] = {}
        for facet, value, token in self._all("SELECT facet, value, token FROM facet"):
            self._facets.setdefault(facet, {})[value] = token

    def search(
        self,
        text: str,
        *,
        limit: int = 20,
        **filters: Unpack[Filters],
    ) -> list[Hit]:
        """Return what `text` finds, best first, at most `limit`, narrowed by `filters`.

        Editions are found by their code alone: words of titles find the standard.  Raises
        ParameterError, listing the values there are, for one that nothing has; TypeError for a
        filter that there is not.
        """
        wanted = {facet: value for facet, value in filters.items() if value is not None}
        if unknown := filters.keys() - Filters.__annotations__:
            raise TypeError(
                f"search has no filter {min(unknown)!r}; {', '.join(Filters.__annotations__)}"
            )
        facets = [self._tokens(facet, cast("str | int", wanted[facet])) for facet in wanted]
        narrowed = _narrowed(facets)
        plain = narrowed + (self._no_editions() if "kind" not in wanted else "")
        code = key(text) if may_be_code(text) else ""
        begins = f'codes : "{code}" *' if re.search("[0-9]", code) else ""
        found = self._of_code(text, facets) if code else []
        if begins:
            found = self._more(found, begins + (narrowed if found else plain), "rowid", limit)
        for query in _queries(text, _whole):
            found = self._more(found, f"({query}){plain}", _BEST, limit)
        return self._hits(found[:limit] or self._at_last(text, begins, narrowed, plain, limit))

    def _at_last(self, text: str, begins: str, narrowed: str, plain: str, limit: int) -> list[int]:
        """Return what is found where nothing is: editions, and words that only begin so."""
        is_dated = begins and re.search(_BEGUN_DATE, fold(text))  # "EX 22" is not "EX 2:2020"
        tried = [(begins + narrowed, "rowid")] if is_dated else []
        tried += [(f"({query}){narrowed}", _BEST) for query in _queries(text, _whole)]
        tried += [(f"({query}){plain}", _BEST) for query in _queries(text, _beginning)]
        return next(filter(None, (self._more([], *each, limit) for each in tried)), [])

    def near(self, text: str, language: str = "en") -> list[str]:
        """Return what `text` may have meant: codes, its words respelled, or what lacks one.

        What lacks one is told by its code, or by its title in `language`.
        """
        codes = self._near_codes(key(text)) if may_be_code(text) else []
        return codes or self._near_words(text) or self._near_things(text, language)

    def content(self) -> bytes:
        """Return the database as the bytes of a file."""
        return self._database.serialize()

    def _tokens(self, facet: str, given: str | int) -> list[str]:
        """Return the tokens of the values of a facet that fit the one `given`."""
        if facet == "since":
            years = self._facets.get("year", {})
            return [token for year, token in years.items() if int(year) >= int(given)]
        there = self._facets.get(facet, {})
        fits = _is_of if facet == "body" else _is_same
        if found := [token for value, token in there.items() if fits(value, str(given))]:
            return found
        listed = ", ".join(sorted(there)) or "none"
        raise ParameterError(
            f"nothing here has the {facet} {str(given)[:80]!r}; there are: {listed}"
        )

    def _of_code(self, text: str, facets: list[list[str]]) -> list[int]:
        """Return what has the code `text`, in any spelling; before what only goes by it too."""
        whole, short = key(text), short_key(text)
        spelled = self._all(_SPELLED_CODE, whole)
        spelled.sort(key=lambda each: whole not in {key(each[1]), short_key(each[1])})
        if not spelled and short != whole:  # "ISO 30134-2" may be ISO/IEC 30134-2
            publisher = whole.removesuffix(short)
            spelled = [
                (row, code)
                for row, code in self._all(_SPELLED_CODE, short)
                if publisher in key(code).removesuffix(short)
            ]
        found = [row for row, _ in spelled]
        narrowed = _narrowed(facets).removeprefix(" AND ")
        return [row for row in found if not narrowed or self._all(_IS_IN, narrowed, row)]

    def _more(self, found: list[int], query: str, order: str, limit: int) -> list[int]:
        """Return `found` and behind it what `query` finds besides, if fewer than `limit`."""
        if len(found) >= limit:
            return found
        bound = _NO_BOUND
        if order == _BEST and self._beyond(query) < _NO_BOUND:
            there = self._facets.get("status", {})
            query += _narrowed([[there[stage] for stage in _IN_FORCE if stage in there]])
            bound = self._beyond(query)
        rows = self._all(_FOUND.format(order), query, bound, limit + len(found))
        return list(dict.fromkeys([*found, *(row for (row,) in rows)]))

    def _beyond(self, query: str) -> int:
        """Return the first row that is too many to be ranked, a number beyond all if none is."""
        return next((row for (row,) in self._all(_BEYOND, query, _MOST_RANKED)), _NO_BOUND)

    def _no_editions(self) -> str:
        """Return the end of a query that leaves editions out."""
        token = self._facets.get("kind", {}).get("edition", _NO_TOKEN)
        return f' NOT facets : "{token}"'

    def _hits(self, rows: Iterable[int]) -> list[Hit]:
        """Return the hits of `rows`, in their order."""
        shown = (self._all("SELECT shown FROM entry WHERE id = ?", row)[0][0] for row in rows)
        return [Hit(*json.loads(text)) for text in shown]

    def _near_codes(self, wanted: str) -> list[str]:
        """Return the codes that differ from `wanted` in one place, or by what stands behind."""
        if not re.search("[0-9]", wanted):
            return []
        tried = [
            sorted(_altered(wanted)),
            *([wanted[:end]] for end in range(len(wanted) - 1, 3, -1)),
        ]
        for keys in tried:
            rows = sorted({row for each in keys for (row,) in self._all(_SPELLED, each)})
            if found := [hit.code for hit in self._hits(rows[:_NEAR]) if hit.code]:
                return found
        return []

    def _near_words(self, text: str) -> list[str]:
        """Return `text` with the words that nothing has replaced by near ones."""
        words = re.findall(r"\w+", fold(text))[:_MOST_WORDS]
        replaced = [self._near_word(word) for word in words]
        return [] if replaced == words or not all(replaced) else [" ".join(replaced)]

    def _near_things(self, text: str, language: str) -> list[str]:
        """Return codes or titles of what has all words of `text` but one."""
        words = {f'"{word}"' for group in islice(groups(text), _MOST_WORDS) for word in group}
        if not 2 < len(words) <= _FEW_WORDS:
            return []
        most = " OR ".join(f"({' AND '.join(sorted(words - {word}))})" for word in sorted(words))
        rows = self._more([], f"({_NAMED} : ({most})){self._no_editions()}", _BEST, _NEAR)
        return [hit.code or hit.title(language) for hit in self._hits(rows)]

    def _near_word(self, word: str) -> str:
        """Return `word` if it is there, else the commonest one letter away, else the nearest."""
        if not re.fullmatch(NEAR_WORD, word) or self._count(word):
            return word
        near = max(sorted(_altered(word)), key=self._count)
        if self._count(near):
            return near
        import difflib  # late, to spare a search that finds something its 2 ms

        like = [each for (each,) in self._all(_LIKE, word[:1], len(word) - 2, len(word) + 2)]
        return next(iter(difflib.get_close_matches(word, like, 1, 0.75)), "")

    def _count(self, word: str) -> int:
        """Return how many entries have `word`."""
        return next((n for (n,) in self._all("SELECT entries FROM word WHERE word = ?", word)), 0)

    def _all(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Return the rows of a statement."""
        return self._database.execute(statement, values).fetchall()


def index_of(rows: Iterable[Row]) -> Index:
    """Return an index of `rows` in memory."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    fill(database, rows)
    return Index(database)


def open_index(path: str | Path) -> Index:
    """Return the index that `build_index` wrote into `path`, open for reading alone.

    Raises LoadError for what is none, and for one of another format.
    """
    if not Path(path).is_file():
        raise LoadError(f"{path}: no index of a search lies there; import a catalogue to make it")
    address = f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(address, uri=True, check_same_thread=False)
        made = database.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
    except sqlite3.DatabaseError as error:
        raise LoadError(f"{path}: not an index of a search ({error})") from error
    if made != (FORMAT,):
        raise LoadError(
            f"{path}: an index of format {made and made[0]}, and this gdakg reads format {FORMAT}: "
            "import a catalogue anew"
        )
    return Index(database)


def _queries(text: str, written: Callable[[tuple[str, ...]], str]) -> list[str]:
    """Return FTS5 queries for the words of `text`: in titles and other names, then in keywords.

    Words hold letters and digits alone, so nothing that was typed is syntax.
    """
    first = list(dict.fromkeys(islice(groups(text), _MOST_WORDS)))
    words = [each for each in first if not re.fullmatch(_SMALL, each[0])] or first
    wanted = " AND ".join(map(written, words))
    return [f"{columns} : ({wanted})" for columns in (_NAMED, _ALL)] if words else []


def _whole(words: tuple[str, ...]) -> str:
    """Return the query for words that stand together."""
    phrase = f'"{" ".join(words)}"'
    if is_han(words[0]):
        return phrase if len(words[0]) > 1 else f"{phrase} *"
    return phrase if len(words) == 1 else f'({phrase} OR "{"".join(words)}")'


def _beginning(words: tuple[str, ...]) -> str:
    """Return the query for words that begin so, wherever they stand; of Chinese, for all pairs."""
    return " AND ".join(
        f'"{word}" *' if len(word) >= _SHORTEST_BEGINNING or not word.isascii() else f'"{word}"'
        for word in words
    )


def _narrowed(facets: list[list[str]]) -> str:
    """Return the end of a query that wants one token of each of `facets`."""
    wanted = (" OR ".join(f'"{token}"' for token in tokens or [_NO_TOKEN]) for tokens in facets)
    return "".join(f" AND facets : ({tokens})" for tokens in wanted)


def _is_same(value: str, given: str) -> bool:
    """Return whether two values are one, in any case and width."""
    return fold(value) == fold(given)


def _is_of(value: str, given: str) -> bool:
    """Return whether all bodies of `given` are among those of `value`; ITU-T is one of ITU."""
    there = fold(value).split("/")
    return all(
        any(one == body or one.startswith(f"{body}-") for one in there)
        for body in fold(given).split("/")
    )


def _altered(word: str) -> set[str]:
    """Return what `word` may have been before one slip: a letter too many, few, wrong or moved.

    >>> {"iso14067", "iso1467", "iso14607x", "iso14600"} <= _altered("iso14607")
    True
    """
    parts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    made = {head + tail[1:] for head, tail in parts if tail}
    made |= {head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1}
    made |= {head + c + tail for head, tail in parts for c in _LETTERS}
    made |= {head + c + tail[1:] for head, tail in parts if tail for c in _LETTERS}
    return made - {word}
