"""Answers to queries, in the forms their readers want.

An answer keeps the engine's own result as long as it can: text formats are written by the
engine without a detour through Python, Python values are made only when asked for.
"""

import datetime
import re
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Union

import pyoxigraph as og

from gdakg.errors import AnswerError, QueryError
from gdakg.namespaces import PREFIXES
from gdakg.turtle import canonical

if TYPE_CHECKING:
    import decimal

    import pandas

Term = og.NamedNode | og.BlankNode | og.Literal | og.Triple
Value = Union[str, int, float, bool, "decimal.Decimal", datetime.date, datetime.datetime, None]


def _decimal(text: str) -> "decimal.Decimal":
    """Return the Decimal in `text`; few answers hold one, and its module is slow to load."""
    import decimal

    return decimal.Decimal(text)


_XSD: Final = PREFIXES["xsd"]
_READERS: Final[dict[str, Callable[[str], Value]]] = {
    "integer": int,
    "int": int,
    "long": int,
    "nonNegativeInteger": int,
    "decimal": _decimal,
    "double": float,
    "float": float,
    "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
    "date": datetime.date.fromisoformat,
    "dateTime": datetime.datetime.fromisoformat,
}

#: the lexical forms of XML Schema 1.1 part 2, 3.3; Python would also read "1_000", "20230101"
_LEXICAL: Final = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "dateTime": r"\d{4}-\d{2}-\d{2}T[\d:.]+([+-]\d{2}:\d{2}|Z)?",
}
_NUMBER: Final = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN|true|false"


def python_value(term: Term | None) -> Value:
    """Return the Python value of an RDF `term`: str, int, float, Decimal, bool, date or None.

    An IRI is its text.  A literal of another datatype, such as xsd:gYearMonth, and one that
    does not fit its datatype (xsd:date "2026-13-45"), is its text as well.
    """
    if isinstance(term, og.Literal):
        name = term.datatype.value.removeprefix(_XSD)
        read = _READERS.get(name)
        if read is None or not re.fullmatch(_LEXICAL.get(name, _NUMBER), term.value):
            return term.value
        try:
            return read(term.value)
        except (ValueError, ArithmeticError, KeyError):
            return term.value
    if isinstance(term, og.NamedNode):
        return term.value
    return None if term is None else str(term)


@contextmanager
def _reading() -> Iterator[None]:
    """Turn what the engine raises while it evaluates into a QueryError."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from error


class Solutions:
    """The answer of a SELECT query: rows that iterate as named tuples of Python values."""

    def __init__(
        self, results: og.QuerySolutions, evaluate: Callable[[], og.QuerySolutions]
    ) -> None:
        """Take results that nobody has read, and what gives them anew for a second reader."""
        self._fresh: og.QuerySolutions | None = results
        self._evaluate = evaluate
        self._thread = threading.get_ident()
        self._terms: list[tuple[Term | None, ...]] | None = None
        #: the variables in the order of the query, without question marks
        self.variables: tuple[str, ...] = tuple(v.value for v in results.variables)

    def _take(self) -> og.QuerySolutions:
        """Return results that nobody has read yet; the engine's are for one thread only."""
        if self._fresh is None or threading.get_ident() != self._thread:
            return self._evaluate()
        taken, self._fresh = self._fresh, None
        return taken

    @property
    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows as tuples of pyoxigraph terms; None where a variable is unbound."""
        if self._terms is None:
            with _reading():
                self._terms = [tuple(solution) for solution in self._take()]
        return self._terms

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Any]:
        row = self._row()
        return (row(*map(python_value, terms)) for terms in self.terms)

    def __getitem__(self, index: int) -> Any:
        return self._row()(*map(python_value, self.terms[index]))

    def _row(self) -> Any:
        """Return the class of the rows; a variable that is no Python name becomes _0, _1 ..."""
        return namedtuple("Row", self.variables, rename=True)

    def __repr__(self) -> str:
        return f"<Solutions ?{' ?'.join(self.variables)}, {len(self)} rows>"

    def to_csv(self) -> str:
        """Return the rows as SPARQL 1.1 CSV: plain values, CR LF at line ends."""
        return self._serialized(og.QueryResultsFormat.CSV)

    def to_tsv(self) -> str:
        """Return the rows as SPARQL 1.1 TSV: terms in Turtle syntax, nothing lost."""
        return self._serialized(og.QueryResultsFormat.TSV)

    def to_json(self) -> str:
        """Return the rows in the SPARQL 1.1 Query Results JSON Format."""
        return self._serialized(og.QueryResultsFormat.JSON)

    def _serialized(self, form: og.QueryResultsFormat) -> str:
        with _reading():
            written = self._take().serialize(format=form)
        return written.decode() if written else ""

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a DataFrame, a column a variable; needs pandas (`pip install gdakg[pandas]`)."""
        import pandas

        return pandas.DataFrame([tuple(row) for row in self], columns=list(self.variables))


class Triples:
    """The answer of a CONSTRUCT or DESCRIBE query: an RDF graph."""

    def __init__(self, triples: list[og.Triple]) -> None:
        """Take the triples in the order of the engine."""
        self.triples = triples

    def __iter__(self) -> Iterator[og.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def __repr__(self) -> str:
        return f"<Triples, {len(self)}>"

    def to_turtle(self) -> str:
        """Return the graph as Turtle in our canonical form; blank nodes get stable names."""
        dataset = og.Dataset(og.Quad(*triple) for triple in self.triples)
        dataset.canonicalize(og.CanonicalizationAlgorithm.UNSTABLE)
        return canonical((quad.triple for quad in dataset), allow_blank=True)

    def to_rdflib(self) -> Any:
        """Return an rdflib Graph of its own with these triples."""
        import rdflib

        text = og.serialize(self.triples, format=og.RdfFormat.N_TRIPLES)
        return rdflib.Graph().parse(data=text, format="nt")


Answer = Solutions | Triples | bool


def answer(evaluate: Callable[[], Any]) -> Answer:
    """Return the answer that `evaluate` gives, by the form of its query."""
    result = evaluate()
    if isinstance(result, og.QuerySolutions):
        return Solutions(result, evaluate)
    if isinstance(result, og.QueryTriples):
        return Triples(list(result))
    return bool(result)


def solutions(given: Answer) -> Solutions:
    """Return `given` if it is a table.  Raises AnswerError for a graph and for yes or no."""
    if isinstance(given, Solutions):
        return given
    raise AnswerError(f"a table is needed and the answer is {given!r}: ask with SELECT")
