"""How much an answer rests on: an empty table must say what was searched."""

from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import python_value, solutions
from gdakg.engine import Engine
from gdakg.namespaces import GRAPH
from gdakg.naming import Name, names
from gdakg.questions import Question

_HELD: Final = """
  VALUES ?class { %s }
  { GRAPH ?graph { ?record a ?class } } UNION { GRAPH ?graph { ?record ?class ?any } }
"""
#: leaves out the graphs of imported catalogues
_CURATED: Final = f'FILTER(!STRSTARTS(STR(?graph), "{GRAPH}catalogue/"))'
_COUNT: Final = "SELECT (COUNT(DISTINCT ?record) AS ?records) WHERE {"
_DATE: Final = "SELECT ?date WHERE { ?graph dcterms:issued ?date ."
_NEWEST: Final = "ORDER BY DESC(?date) LIMIT 1"

#: searched; not found; the classes; the date
_WORDS: Final = {
    "en": ("{:,} records searched{}", "nothing recorded in {:,} records{}", " ({})", ", as of {}"),
    "zh-Hans": ("检索了{:,}条记录{}", "{:,}条记录{}中没有记载", "（{}）", "，截至{}"),
    "zh-Hant": ("檢索了{:,}筆紀錄{}", "{:,}筆紀錄{}中沒有記載", "（{}）", "，截至{}"),
}

#: with more classes than this, a reader is told the number of records alone
_MANY: Final = 2


class Extent(NamedTuple):
    """What a question looked through; not finding is no proof that nothing exists."""

    records: int  #: how many records of the class the graph holds
    names: tuple[Name, ...]  #: of the classes of the records, or of what is recorded of them
    as_of: str  #: date of the newest named graph that holds them, "" if none is given

    def told(self, language: str = "en", *, is_empty: bool = False) -> str:
        """Return the sentence for a reader of `language`; `is_empty` if nothing was found.

        >>> Extent(662, (Name("", {"en": "standard"}),), "2026-11-22").told(is_empty=True)
        'nothing recorded in 662 records (standard), as of 2026-11-22'
        """
        searched, nothing, classes, dated = _WORDS[language]
        comma = "、" if language.startswith("zh") else ", "
        labels = comma.join(name.label(language) for name in self.names)
        told = classes.format(labels) if labels and len(self.names) <= _MANY else ""
        text = (nothing if is_empty else searched).format(self.records, told)
        text = text.replace("1 records", "1 record") if self.records == 1 else text
        return text + (dated.format(self.as_of) if self.as_of else "")


def extent(engine: Engine, asked: Question) -> Extent | None:
    """Return how many records `asked` looks through, of which date; None if it tells no class."""
    if not asked.searched:
        return None
    classes = " ".join(str(og.NamedNode(iri)) for iri in asked.searched)
    held = f"{_HELD % classes} {_CURATED if asked.is_curated else ''} }}"
    (records,) = solutions(engine.evaluate(f"{_COUNT} {held}", {})).terms[0]
    dates = solutions(engine.evaluate(f"{_DATE} {held} {_NEWEST}", {})).terms
    known = names(engine, asked.searched)
    return Extent(
        int(str(python_value(records))),
        tuple(known[iri] for iri in asked.searched if iri in known),
        str(python_value(dates[0][0])) if dates else "",
    )
