"""Named questions: a SPARQL file each in `queries/`, its header the documentation.

The header is comment lines before the first line of SPARQL::

    # title: Which standards support a pillar?
    # title@zh-Hant: 哪些標準支持某一支柱？
    # about: Standards that serve a pillar, in our judgement.
    # competency: 4
    # searched: gda:Standard (curated)
    # param pillar (pillar): the pillar, 1 to 7
    # column standard: the publisher's code

`competency` is the number of the competency question that it answers, `searched` the classes of
the records that it looks through; "(curated)" leaves out those that only an imported catalogue
states.  What parameters and columns are called in Chinese is in
`queries/wording.csv`.

A parameter is an ordinary variable of the query, which the caller binds; text is never
pasted into SPARQL.
"""

import csv
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.engine import Bindings, Engine
from gdakg.errors import ParameterError, UnknownQuestionError, UnknownThingError
from gdakg.namespaces import PREFIXES
from gdakg.paths import folder
from gdakg.things import KINDS, find

LANGUAGES: Final = ("en", "zh-Hans", "zh-Hant")

#: the kind of a parameter that takes any thing of the graph
ANYTHING: Final = "thing"

_HEADER: Final = re.compile(r"# (?P<key>title|about)(?:@(?P<language>[\w-]+))?: (?P<text>.+)")
_PARAM: Final = re.compile(
    r"# param (?P<name>\w+) \((?P<kind>\w+)(?P<optional>, optional)?\): (?P<text>.+)"
)
_COLUMN: Final = re.compile(r"# column (?P<name>\w+): (?P<text>.+)")
_COMPETENCY: Final = re.compile(r"# competency: (?P<number>\d+)")
_SEARCHED: Final = re.compile(
    r"# searched: (?P<classes>\w+:\w+(?: \w+:\w+)*)(?P<curated> \(curated\))?"
)


class Parameter(NamedTuple):
    """What a question wants to know before it can be answered."""

    name: str
    kind: str  #: a key of `READERS` or of `things.KINDS`, or `ANYTHING`
    about: str
    is_optional: bool = False

    def __str__(self) -> str:
        optional = ", optional" if self.is_optional else ""
        return f"{self.name} ({self.kind}{optional}): {self.about}"


class Question(NamedTuple):
    """One named question."""

    name: str
    text: str  #: the SPARQL, header included, as it stands in the file
    title: dict[str, str]  #: by language
    about: dict[str, str]  #: by language
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]  #: what each column holds
    competency: int | None = None  #: number of the competency question that it answers
    searched: tuple[str, ...] = ()  #: IRIs of the classes of the records it looks through
    is_curated: bool = False  #: whether it leaves out the records that only a catalogue states


def names() -> list[str]:
    """Return the names of all questions, sorted."""
    return sorted(path.stem for path in folder("queries").glob("*.rq"))


def is_name(text: str) -> bool:
    """Return whether `text` can be the name of a question rather than SPARQL.

    >>> is_name("standards_by_pillar"), is_name("ASK {}")
    (True, False)
    """
    return re.fullmatch(r"[\w-]+", text) is not None


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in `language`, else the English one behind "[en] "."""
    return texts.get(language) or f"[en] {texts.get('en', '')}"


@functools.lru_cache(maxsize=256)
def question(name: str) -> Question:
    """Return the question `name`.  Raises UnknownQuestionError, naming the near ones."""
    path = file(name)
    if not (is_name(name) and path.is_file()):
        import difflib

        near = difflib.get_close_matches(name.lower().replace("-", "_"), names(), cutoff=0.5)
        listed = f"near: {', '.join(near)}" if near else f"there are: {', '.join(names())}"
        raise UnknownQuestionError(f"no question {name!r}; {listed}")
    return read(path)


def file(name: str) -> Path:
    """Return where the question `name` lies."""
    return folder("queries") / f"{name}.rq"


def read(path: Path) -> Question:
    """Return the question in the file `path`."""
    text = path.read_text(encoding="utf-8-sig")
    header = [line for line in text.splitlines() if line.startswith("#")]
    texts: dict[str, dict[str, str]] = {"title": {}, "about": {}}
    for match in filter(None, map(_HEADER.fullmatch, header)):
        texts[match["key"]][match["language"] or "en"] = match["text"]
    parameters = tuple(
        Parameter(match["name"], match["kind"], match["text"], bool(match["optional"]))
        for match in filter(None, map(_PARAM.fullmatch, header))
    )
    for parameter in parameters:
        if parameter.kind not in READERS.keys() | KINDS.keys() | {ANYTHING}:
            kinds = ", ".join([*READERS, *KINDS, ANYTHING])
            raise ParameterError(f"{path}: {parameter} - no such type; there are {kinds}")
    columns = {m["name"]: m["text"] for m in filter(None, map(_COLUMN.fullmatch, header))}
    competency = next((int(m["number"]) for m in map(_COMPETENCY.fullmatch, header) if m), None)
    told = [match for match in map(_SEARCHED.fullmatch, header) if match]
    searched = " ".join(match["classes"] for match in told).split()
    return Question(
        path.stem,
        text,
        texts["title"],
        texts["about"],
        parameters,
        columns,
        competency,
        tuple(_expanded(path, name) for name in searched),
        any(match["curated"] for match in told),
    )


def _expanded(path: Path, name: str) -> str:
    """Return the IRI of a prefixed `name` in the header of the file `path`."""
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        known = ", ".join(PREFIXES)
        raise ParameterError(f"{path}: searched: {name} - no such prefix; there are {known}")
    return PREFIXES[prefix] + local


@functools.cache
def wording() -> dict[str, dict[str, str]]:
    """Return the words of headers and headings by language, by their English ones."""
    with (folder("queries") / "wording.csv").open(encoding="utf-8", newline="") as table:
        return {row.pop("en"): row for row in csv.DictReader(table)}


def said(text: str, language: str) -> str:
    """Return words of a header in `language`, else the English ones behind "[en] "."""
    return (
        text if language == "en" else in_language(wording().get(text, {}) | {"en": text}, language)
    )


def headings(variables: Iterable[str], language: str) -> list[str]:
    """Return a heading in `language` for each of the `variables` of an answer.

    English ones are the variables themselves, and so is what the wording does not know.
    """
    return [wording().get(variable, {}).get(language) or variable for variable in variables]


def bind(asked: Question, engine: Engine, given: Mapping[str, object]) -> Bindings:
    """Return the RDF terms for the parameters `given` to the question `asked`.

    Raises ParameterError for a parameter that is missing, unknown or of the wrong type.
    """
    known = {parameter.name: parameter for parameter in asked.parameters}
    for name in given:
        if name not in known:
            listed = "; ".join(map(str, asked.parameters)) or "none"
            raise ParameterError(f"{asked.name} has no parameter {name!r}; it takes: {listed}")
    missing = [p for p in asked.parameters if not p.is_optional and given.get(p.name) is None]
    if missing:
        raise ParameterError(f"{asked.name} needs {'; '.join(map(str, missing))}")
    return {
        name: _term(asked, known[name], engine, value)
        for name, value in given.items()
        if value is not None
    }


def _term(
    asked: Question, parameter: Parameter, engine: Engine, value: object
) -> og.NamedNode | og.Literal:
    """Return the RDF term of one parameter."""
    try:
        text = value.value if isinstance(value, og.NamedNode | og.Literal) else str(value)
        if parameter.kind in KINDS:
            return og.NamedNode(find(engine, text, parameter.kind))
        if parameter.kind == ANYTHING:
            return og.NamedNode(find(engine, text))
        return READERS[parameter.kind](text)
    except (ValueError, UnknownThingError) as error:
        raise ParameterError(
            f"{asked.name}: {parameter} - not {str(value)[:80]!r}: {error}"
        ) from error


def _language(text: str) -> og.Literal:
    """Return the language tag `text`.  Raises ValueError if it is none of ours."""
    if text.lower() not in {language.lower() for language in LANGUAGES}:
        raise ValueError(f"there are {', '.join(LANGUAGES)}")
    return og.Literal(text.lower())


def _integer(text: str) -> og.Literal:
    """Return the whole number `text`.  Raises ValueError."""
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        raise ValueError("a whole number is needed")
    return og.Literal(int(text))


def _country(text: str) -> og.Literal:
    """Return the ISO 3166-1 code `text`.  Raises ValueError."""
    if not re.fullmatch(r"[A-Za-z]{2}", text):
        raise ValueError("a code of two letters is needed, as in CN")
    return og.Literal(text.upper())


def _goal(text: str) -> og.Literal:
    """Return the number of a Sustainable Development Goal or target.  Raises ValueError."""
    if not re.fullmatch(r"(1[0-7]|[1-9])(\.[0-9a-z]{1,2})?", text):
        raise ValueError("a goal from 1 to 17 or a target is needed, as in 13 or 13.2")
    return og.Literal(text)


def _code(text: str) -> og.Literal:
    """Return what of the code `text` tells it from others: Latin capitals and digits."""
    folded = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    if not folded:
        raise ValueError("a code with letters or digits is needed")
    return og.Literal(folded)


def _year(text: str) -> og.Literal:
    """Return the year `text`.  Raises ValueError."""
    if not re.fullmatch(r"[12]\d{3}", text):
        raise ValueError("a year of four digits is needed")
    return og.Literal(text, datatype=og.NamedNode(PREFIXES["xsd"] + "gYear"))


#: kind of parameter -> what reads its text; other kinds are names of things
READERS: Final[dict[str, Callable[[str], og.Literal]]] = {
    "text": og.Literal,
    "language": _language,
    "integer": _integer,
    "year": _year,
    "code": _code,
    "country": _country,
    "goal": _goal,
}
