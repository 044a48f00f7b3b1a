"""Faults in a graph, each with how to mend it: SHACL shapes and verify queries.

The shapes are `ontology/shapes.ttl`.  The verify queries are `queries/verify/*.rq`: SELECT
?thing ?what, where `?what` is the detail, under a header of comment lines::

    # title: A gap has no source
    # severity: violation
    # mend: Say where the gap is written down: prov:wasDerivedFrom ...
    # same as: gap-source MinCount

`title` and `mend` come in three languages, as in `questions`.  `same as` names the shape, and
the constraints in it, that find the same fault, which is then told once.
"""

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

import pyoxigraph as og

from gdakg import questions, shapes
from gdakg.answers import Triples, solutions
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import GRAPH, shorten
from gdakg.paths import folder
from gdakg.tables import grid, printable

Severity = Literal["violation", "warning"]

#: what stands for a thing without an IRI
NAMELESS: Final = "[]"

_HEADER: Final = re.compile(
    r"# (?P<key>severity|mend|same as)(?:@(?P<language>[\w-]+))?: (?P<text>.+)"
)
_GRAPHS: Final = "SELECT DISTINCT ?thing ?graph WHERE { GRAPH ?graph { ?thing ?p ?o } }"

#: a detail longer than this is cut
_LONGEST: Final = 200

_COLUMNS: Final = {
    "en": ("severity", "thing", "what", "how to mend"),
    "zh-Hans": ("严重程度", "事物", "问题", "如何修正"),
    "zh-Hant": ("嚴重程度", "事物", "問題", "如何修正"),
}
_SEVERITIES: Final = {
    "violation": {"en": "violation", "zh-Hans": "违规", "zh-Hant": "違規"},
    "warning": {"en": "warning", "zh-Hans": "警告", "zh-Hant": "警告"},
}
_AS_ABOVE: Final = {"en": "as above", "zh-Hans": "同上", "zh-Hant": "同上"}
_COUNTS: Final = {
    "en": "{violations:,} violations, {warnings:,} warnings:"
    " {shapes:,} shapes and {queries:,} queries over {triples:,} triples",
    "zh-Hans": "{violations:,}项违规，{warnings:,}项警告："
    "以{shapes:,}个形状和{queries:,}个查询检查了{triples:,}个三元组",
    "zh-Hant": "{violations:,}項違規，{warnings:,}項警告："
    "以{shapes:,}個形狀與{queries:,}個查詢檢查了{triples:,}個三元組",
}


class Problem(NamedTuple):
    """One fault."""

    severity: Severity
    thing: str  #: IRI of the thing at fault, `NAMELESS` for a blank node
    what: str  #: what is wrong, in the language asked for
    mend: str  #: how to mend it, in the language asked for
    rule: str  #: IRI of the shape, or name of the verify query, that found it
    graphs: tuple[str, ...] = ()  #: the named graphs that speak of the thing, yours first


class Check(NamedTuple):
    """One verify query."""

    question: questions.Question
    severity: Severity
    mend: dict[str, str]  #: by language
    same_as: frozenset[tuple[str, str]]  #: shape and constraint that find the same


def validate(kg: KnowledgeGraph, language: str = "en") -> list[Problem]:
    """Return all problems of the graph, violations first, with texts in `language`.

    Takes some 3 s of CPU time for the bundled graph.  Raises MissingExtraError without pyshacl.
    """
    statements = kg.query("CONSTRUCT WHERE { ?s ?p ?o }")
    found = shapes.findings(statements if isinstance(statements, Triples) else (), language)
    told: set[tuple[str, str, str]] = set()
    problems: list[tuple[str, Problem]] = []
    for check in checks():
        for thing, problem in _asked(kg, check, language):
            problems.append((thing, problem))
            told |= {(thing, *pair) for pair in check.same_as}
    for thing, shape, constraints, is_violation, what, mend in found:
        if not all((thing, shape, constraint) in told for constraint in constraints):
            severity: Severity = "violation" if is_violation else "warning"
            problems.append((thing, Problem(severity, "", what, mend, shape)))
    return _placed(kg, problems)


def checks() -> list[Check]:
    """Return the verify queries, by name."""
    return [_check(questions.read(path)) for path in _files()]


def _files() -> list[Path]:
    """Return the files of the verify queries, sorted."""
    return sorted((folder("queries") / "verify").glob("*.rq"))


def _check(question: questions.Question) -> Check:
    """Return the verify query with what its header says."""
    header: dict[str, dict[str, str]] = {"severity": {}, "mend": {}, "same as": {}}
    for match in filter(None, map(_HEADER.fullmatch, question.text.splitlines())):
        header[match["key"]][match["language"] or "en"] = match["text"]
    shape, *constraints = header["same as"].get("en", "none").split()
    same = frozenset((shapes.SHAPES + shape, constraint) for constraint in constraints)
    severity: Severity = "warning" if header["severity"]["en"] == "warning" else "violation"
    return Check(question, severity, header["mend"], same)


def _asked(kg: KnowledgeGraph, check: Check, language: str) -> Iterator[tuple[str, Problem]]:
    """Yield what a verify query finds: a thing, as the engine writes it, and its problem."""
    title = questions.in_language(check.question.title, language)
    mend = questions.in_language(check.mend, language)
    colon = "：" if language.startswith("zh") else ": "
    for thing, what in solutions(kg.engine.evaluate(check.question.text, {})).terms:
        detail = _shortened(what.value).strip() if isinstance(what, og.Literal) else ""
        cut = f"{detail[:_LONGEST]}..." if len(detail) > _LONGEST else detail
        text = colon.join(filter(None, (title, cut)))
        yield str(thing), Problem(check.severity, "", text, mend, check.question.name)


def _shortened(text: str) -> str:
    """Return `text` with the IRIs in it as a reader would write them.

    >>> _shortened("2031 <https://w3id.org/gdakg/id/ed/iso/1> <http://purl.org/dc/terms/issued>")
    '2031 <ed/iso/1> dcterms:issued'
    """
    return re.sub(r"<([^<>\s]+)>", lambda match: shapes.named(match[1]), text)


def _placed(kg: KnowledgeGraph, problems: Iterable[tuple[str, Problem]]) -> list[Problem]:
    """Return the problems in order, each with its thing and the graphs that speak of it."""
    graphs: dict[str, set[str]] = defaultdict(set)
    for thing, graph in solutions(kg.engine.evaluate(_GRAPHS, {})).terms:
        if isinstance(graph, og.NamedNode):
            graphs[str(thing)].add(graph.value)
            graphs[str(graph)].add(graph.value)
    placed = [
        problem._replace(
            thing=NAMELESS if thing.startswith("_:") else thing[1:-1],
            graphs=tuple(sorted(graphs[thing], key=_yours_first)),
        )
        for thing, problem in set(problems)  # nameless things stay apart
    ]
    return sorted(placed)


def _yours_first(graph: str) -> tuple[bool, str]:
    """Return where `graph` stands among the named graphs of a thing."""
    return graph.startswith(GRAPH), graph


# as text


def table(problems: Iterable[Problem], width: int, language: str = "en") -> str:
    """Return the problems as a ruled table at most `width` cells wide, "" for none.

    Those that one rule found stand together, and how to mend them is told once.
    """
    rows = []
    before = ""
    for problem in sorted(problems, key=lambda problem: (problem.severity, problem.rule)):
        severity = _SEVERITIES[problem.severity][language]
        mend = _AS_ABOVE[language] if problem.mend == before else problem.mend
        rows.append([severity, _place(problem), printable(problem.what), printable(mend)])
        before = problem.mend
    return grid(_COLUMNS[language], rows, width, is_ruled=True) if rows else ""


def _place(problem: Problem) -> str:
    """Return the thing and, below it, the files of yours or the one of ours that speak of it."""
    thing = problem.thing if problem.thing == NAMELESS else shorten(problem.thing)
    yours = [graph for graph in problem.graphs if not graph.startswith(GRAPH)]
    where = yours or (problem.graphs if len(problem.graphs) == 1 else ())
    return "\n".join(map(printable, [thing, *map(_file, where)]))


def _file(graph: str) -> str:
    """Return the name of the file that holds a named graph, else the graph itself.

    >>> _file("file:///home/me/my%20list.ttl"), _file("https://w3id.org/gdakg/graph/gaps")
    ('my list.ttl', 'gaps.ttl')
    """
    if graph.startswith(GRAPH):
        return graph.removeprefix(GRAPH) + ".ttl"
    parts = urlsplit(graph)
    return PurePath(unquote(parts.path)).name if parts.scheme == "file" else graph


def as_csv(problems: Iterable[Problem]) -> str:
    """Return the problems as CSV with a heading, CR LF at line ends."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(Problem._fields)
    for problem in problems:
        writer.writerow([*problem[:-1], " ".join(problem.graphs)])
    return file.getvalue()


def as_json(problems: list[Problem], triples: int) -> str:
    """Return the counts and the problems as a JSON object."""
    listed = [problem._asdict() for problem in problems]
    return json.dumps({**_counts(problems, triples), "problems": listed}, ensure_ascii=False)


def summary(problems: list[Problem], triples: int, language: str = "en") -> str:
    """Return one line that counts problems, rules and triples.

    >>> summary([], 24_100)[:26]
    '0 violations, 0 warnings: '
    """
    text = _COUNTS[language].format(**_counts(problems, triples))
    return re.sub(r"\b1 (violation|warning|shape|triple)s\b", r"1 \1", text)


def _counts(problems: list[Problem], triples: int) -> dict[str, int]:
    """Return how many problems there are, and how many rules looked at how many triples."""
    violations = sum(problem.severity == "violation" for problem in problems)
    return {
        "violations": violations,
        "warnings": len(problems) - violations,
        "shapes": shapes.count(),
        "queries": len(_files()),
        "triples": triples,
    }
