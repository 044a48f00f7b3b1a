"""The named questions over HTTP: their list, and each answered; done in a worker."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

import pyoxigraph as og

from gdakg import questions
from gdakg.answers import Answer, Solutions, Term, Triples
from gdakg.binding import bound
from gdakg.errors import ParameterError, UnknownQuestionError
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE
from gdakg.pages.entry_sheet import Shown, way_up
from gdakg.pages.links import Texts
from gdakg.pages.sheet import said
from gdakg.pages.wording import LANGUAGES
from gdakg.questions import Parameter, Question
from gdakg.server import asking, served
from gdakg.server.forms import HTML, of_question
from gdakg.server.jobs import Limits, Reply
from gdakg.server.served import HOME, place
from gdakg.tables import cell
from gdakg.turtle import language_tag

#: a page shows so many rows
_SHOWN: Final = 2_000


class Cell(NamedTuple):
    """A cell of an answer on a page."""

    text: str
    lang: str = ""
    href: str = ""
    is_outside: bool = False


def listed(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the named questions: a page, or JSON that tells parameters and columns too."""
    every = [questions.question(name) for name in questions.names()]
    if asked["media"] == HTML:
        return served.reply(
            served.asking(
                "served_questions.html.j2",
                title=said("Questions"),
                description=said(
                    "Questions that have a name: each is answered as a page, csv, json, tsv or xml."
                ),
                language=asked["language"],
                links=served.links("questions.html"),
                questions=every,
            )
        )
    told = {"questions": [_told(one) for one in every]}
    return served.json_reply(told)


def question(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the answer to a named question, as a table or a page.

    `asked` has the `name`, the `parameters` as pairs in their order, the `media` type and the
    `language`.  Raises UnknownQuestionError and ParameterError, but for a page, which says it.
    """
    is_page = asked["media"] == HTML
    try:
        found = questions.question(asked["name"])
    except UnknownQuestionError as error:
        if is_page:
            return _missing(str(error), asked)
        raise
    if not is_page:
        given = given_once(found, asked)
        text = bound(found.text, questions.bind(found, kg.engine_for(found), given))
        return asking.query(kg, {"query": text, "media": asked["media"]}, limits)
    try:
        given = given_once(found, asked)
        if any(not p.is_optional and p.name not in given for p in found.parameters):
            return _page(kg, found, asked, given)
        answer = kg.query(found, **given)
    except ParameterError as error:
        shown = dict(asked["parameters"])
        return _page(kg, found, asked, shown, wrong=str(error))
    return _page(kg, found, asked, given, answer=answer)


def given_once(found: Question, asked: dict[str, Any]) -> dict[str, object]:
    """Return the parameters by name; what a form leaves blank is not given."""
    given: dict[str, object] = {}
    for name, value in asked["parameters"]:
        if name in given:
            raise ParameterError(f"{found.name}: {name} is given twice")
        if value:
            given[name] = value
    if any(parameter.name == "lang" for parameter in found.parameters):
        given.setdefault("lang", asked["language"])
    return given


def _page(
    kg: KnowledgeGraph,
    found: Question,
    asked: dict[str, Any],
    given: Mapping[str, object],
    *,
    answer: Answer | None = None,
    wrong: str = "",
) -> Reply:
    """Return the page of a question: what it asks, a form for its parameters, the answer."""
    spoken = str(given.get("lang") or asked["language"])
    spoken = spoken if spoken in LANGUAGES else asked["language"]
    path = f"questions/{found.name}.html"
    sent = {name: value for name, value in given.items() if isinstance(value, str)}
    query = f"?{urlencode(sent)}" if sent else ""
    extent = kg.extent(found) if isinstance(answer, Solutions) else None
    rows = _rows(answer, spoken, way_up(path)) if isinstance(answer, Solutions) else []
    count = len(answer) if isinstance(answer, Solutions) else 0
    made = served.asking(
        "served_question.html.j2",
        title=found.title,
        description=found.about,
        language=asked["language"],
        links=served.links(path),
        name=found.name,
        action=f"{found.name}.html",
        about=found.about,
        parameters=[_field(one, sent, spoken) for one in found.parameters],
        problem=wrong,
        spoken=spoken,
        headings=questions.headings(answer.variables, spoken)
        if isinstance(answer, Solutions)
        else None,
        rows=rows,
        beyond={"shown": f"{_SHOWN:,}", "all": f"{count:,}"} if count > _SHOWN else None,
        graph=answer.to_turtle() if isinstance(answer, Triples) else None,
        answer=str(answer).lower() if isinstance(answer, bool) else None,
        extent=extent.told(spoken, is_empty=not count) if extent else "",
        forms=[(f"{found.name}{one.suffix}{query}", one.name) for one in of_question(found.text)]
        if answer is not None
        else [],
    )
    return served.reply(made, 400 if wrong else 200)


def _field(parameter: Parameter, given: Mapping[str, str], spoken: str) -> dict[str, Any]:
    """Return what a form needs to know of a parameter."""
    is_language = parameter.kind == "language"
    return {
        "name": parameter.name,
        "about": _about(parameter),
        "value": given.get(parameter.name, spoken if parameter.name == "lang" else ""),
        "is_required": not parameter.is_optional,
        "options": list(LANGUAGES.items()) if is_language else [],
    }


def _about(parameter: Parameter) -> Texts:
    """Return name and purpose of a parameter in each language."""
    return {tag: f"{parameter.name}: {questions.said(parameter.about, tag)}" for tag in LANGUAGES}


def _rows(answer: Solutions, spoken: str, up: str) -> Iterator[list[Cell]]:
    """Yield the first rows of an answer, as a page shows them."""
    for terms in answer.terms[:_SHOWN]:
        yield [_cell(term, spoken, up) for term in terms]


def _cell(term: Term | None, spoken: str, up: str) -> Cell:
    text = cell(term, spoken)
    if isinstance(term, og.NamedNode):
        if term.value.startswith(HOME):
            return Cell(text, href=up + place(term.value))
        is_web = term.value.startswith(("https://", "http://"))
        return Cell(text, href=term.value if is_web else "", is_outside=is_web)
    if isinstance(term, og.Literal):
        if term.language:
            return Cell(text, lang=language_tag(term.language))
        if term.value.startswith(BASE):
            return Cell(text, href=up + place(term.value))
        if term.value.startswith(("https://", "http://")) and " " not in term.value:
            return Cell(text, href=term.value, is_outside=True)
    return Cell(text)


def _missing(message: str, asked: dict[str, Any]) -> Reply:
    """Return the page that says that no question has this name, and which are near."""
    import difflib

    name = asked["name"]
    near = difflib.get_close_matches(name.lower().replace("-", "_"), questions.names(), cutoff=0.5)
    path = "questions/x"
    made = served.asking(
        "served_missing.html.j2",
        title=said("Not found"),
        description=said("Not found"),
        language=asked["language"],
        links=served.links(path),
        message={"en": message.partition(";")[0]},
        detail="",
        near=[Shown(questions.question(one).title, f"{quote(one)}.html") for one in near],
    )
    return served.reply(made, 404)


def _told(found: Question) -> dict[str, Any]:
    """Return all of a question but its SPARQL, for a program."""
    return {
        "name": found.name,
        "title": found.title,
        "about": found.about,
        "parameters": [
            {
                "name": one.name,
                "type": one.kind,
                "required": not one.is_optional,
                "about": {tag: questions.said(one.about, tag) for tag in LANGUAGES},
            }
            for one in found.parameters
        ],
        "columns": {
            name: {tag: questions.said(about, tag) for tag in LANGUAGES}
            for name, about in found.columns.items()
        },
        "competency": found.competency,
        "sparql": found.text,
    }
