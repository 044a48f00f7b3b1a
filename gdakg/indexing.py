"""The index of a search: SQLite's FTS5 over codes, titles, other names and keywords.

The words are made by `folding`, so that FTS5 sees letters and digits alone; it adds Porter's
stemming of English.  Rows lie in the order of their codes, which settles ties.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from gdakg.folding import fold, indexed, words
from gdakg.identifiers import key, short_key

#: an index of another number is refused: whoever keeps one makes it anew
FORMAT: Final = 1

#: the kind of what is found by its code alone
EDITION: Final = "edition"

#: words that are told as near ones
NEAR_WORD: Final = "[a-z]{4,40}"

#: no designation is longer
LONGEST_CODE: Final = 80

_JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_TABLES: Final = """
CREATE TABLE about (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE entry (id INTEGER PRIMARY KEY, shown TEXT);
CREATE TABLE spelling (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE word (word TEXT PRIMARY KEY, entries INTEGER) WITHOUT ROWID;
CREATE TABLE facet (facet TEXT, value TEXT, token TEXT, PRIMARY KEY (facet, value)) WITHOUT ROWID;
CREATE VIRTUAL TABLE texts USING fts5(
  codes, titles, names, keywords, facets, content='', tokenize='porter ascii'
);
CREATE TEMP TABLE taken (
  place TEXT, shown TEXT, keys TEXT, codes TEXT, titles TEXT, names TEXT, keywords TEXT, facets TEXT
);
"""
#: no journal, no waiting for the disk, and 64 MB in memory of what is sorted and merged
_QUICKLY: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000;"
_TAKE: Final = "INSERT INTO taken VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SORT: Final = """
CREATE TEMP TABLE sorted AS
  SELECT row_number() OVER (ORDER BY place) AS id, rowid AS row FROM taken;
INSERT INTO entry SELECT id, shown FROM sorted JOIN taken ON taken.rowid = row ORDER BY id;
INSERT INTO texts (rowid, codes, titles, names, keywords, facets)
  SELECT id, codes, titles, names, keywords, facets
  FROM sorted JOIN taken ON taken.rowid = row ORDER BY id;
"""
_KEYS: Final = "SELECT keys, id FROM sorted JOIN taken ON taken.rowid = row"


class Entry(NamedTuple):
    """One thing that can be found, and all by which it is."""

    iri: str
    kind: str  #: standard, edition, area, pillar, body, committee, gap, event ...
    code: str  #: designation, "" if it has none
    labels: Mapping[str, str]  #: titles by language tag, "" where none is given
    names: tuple[str, ...] = ()  #: other names and designations
    keywords: tuple[str, ...] = ()
    body: str = ""  #: who publishes it: ISO, ISO/IEC, ITU-T
    stage: str = ""  #: one of our stages, "" unknown
    year: int = 0  #: 0 unknown
    pillars: tuple[str, ...] = ()  #: numbers of the pillars that it serves


#: an `Entry`, or a tuple of its first nine parts
Row = tuple[Any, ...]


def build_index(rows: Iterable[Row], path: str | Path) -> int:
    """Write the index of `rows` into the new file `path` and return how many there are.

    Raises FileExistsError if there is one already, OSError where it cannot be written.
    """
    with Path(path).open("xb"):
        pass
    database = sqlite3.connect(path)
    try:
        return fill(database, rows)
    except sqlite3.OperationalError as error:
        raise OSError(f"{path}: {error}") from error
    finally:
        database.close()


def fill(database: sqlite3.Connection, rows: Iterable[Row]) -> int:
    """Make the index of `rows` in the empty `database`; return how many there are."""
    # Nobody reads it before it is whole, and one that is not is made anew.
    database.executescript(f"{_QUICKLY} {_TABLES}")
    facets: dict[tuple[str, str], str] = {}
    spelled: Counter[str] = Counter()
    database.executemany(_TAKE, (_taken(Entry(*row), facets, spelled) for row in rows))
    database.executescript(_SORT)
    (count,) = database.execute("SELECT count(*) FROM taken").fetchone()
    found = ((k, number) for text, number in database.execute(_KEYS) for k in text.split())
    database.executemany("INSERT INTO spelling VALUES (?, ?)", sorted(found))
    told = sorted(pair for pair in spelled.items() if re.fullmatch(NEAR_WORD, pair[0]))
    database.executemany("INSERT INTO word VALUES (?, ?)", told)
    named = sorted((facet, value, token) for (facet, value), token in facets.items())
    database.executemany("INSERT INTO facet VALUES (?, ?, ?)", named)
    database.executemany(
        "INSERT INTO about VALUES (?, ?)", [("entries", count), ("format", FORMAT)]
    )
    database.executescript("DROP TABLE sorted; DROP TABLE taken;")
    database.commit()
    return int(count)


def _taken(
    entry: Entry, facets: dict[tuple[str, str], str], spelled: Counter[str]
) -> tuple[str, ...]:
    """Return the row of `entry`; `facets` and `spelled` take up what they meet first."""
    shown = (*entry[:4], entry.body, entry.stage, entry.year)
    keys = " ".join(sorted(spellings(entry)))
    # The words of an edition's title find its standard; twice as many rows would say no more.
    titles = () if entry.kind == EDITION else entry.labels.values()
    texts = (titles, entry.names, entry.keywords)
    spelled.update({word for part in texts for text in part for word in words(text)})
    tokens = (facets.setdefault(pair, str(len(facets))) for pair in _facets(entry))
    return (
        _place(entry),
        _JSON.encode(shown),
        keys,
        f"{indexed(entry.code)} {indexed(entry.body)} {keys}",
        *(" / ".join(map(indexed, part)) for part in texts),
        " ".join(tokens),
    )


def _place(entry: Entry) -> str:
    """Return where `entry` stands among those that match alike: by its code, or behind by its name.

    Numbers count as numbers: L.100 stands before L.1470.  A standard stands before the edition
    that has the same code.
    """
    last = "~" if entry.kind == EDITION else ""
    text = entry.code or f"\uffff{min(entry.labels.values(), default='')}"
    return re.sub(r"\d+", lambda match: match[0].zfill(8), f"{text.lower()}\0{last}{entry.iri}")


def spellings(entry: Entry) -> set[str]:
    """Return the keys of the code of `entry` and of its other designations.

    >>> sorted(spellings(Entry("", "standard", "ITU-T L.1470", {})))
    ['itutl1470', 'l1470']
    """
    codes = [entry.code, *(name for name in entry.names if re.search("[0-9]", name))]
    told = [code for code in codes if may_be_code(code)]
    return {made for code in told for made in (key(code), short_key(code)) if made}


def may_be_code(text: str) -> bool:
    """Return whether `text` may be a designation: short, and without other than Latin letters.

    >>> may_be_code("ISO14067：2018"), may_be_code("支柱4")
    (True, False)
    """
    return len(text) <= LONGEST_CODE and fold(text).isascii()


def _facets(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield by what `entry` can be chosen."""
    year = str(entry.year) if entry.year else ""
    several = (("pillar", number) for number in entry.pillars)
    single = (("kind", entry.kind), ("body", entry.body), ("status", entry.stage), ("year", year))
    yield from (pair for pair in (*single, *several) if pair[1])
