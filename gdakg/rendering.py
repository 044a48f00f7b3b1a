"""Answers and questions as the text that a command prints."""

from collections.abc import Callable
from typing import Final

from gdakg import questions
from gdakg.answers import Answer, Solutions, Triples
from gdakg.errors import AnswerError
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import shorten
from gdakg.tables import markdown, plain, printable, wrapped


def told(
    kg: KnowledgeGraph,
    asked: str | questions.Question,
    answer: Answer,
    form: str | None,
    lang: str,
    width: int,
) -> str:
    """Return what was searched, on lines of their own: below tables, and if nothing was found.

    For forms without our headings, which mark them, that Chinese titles are ours; "" for other
    answers.
    """
    if not isinstance(answer, Solutions):
        return ""
    if form in {None, "table"} or not len(answer):
        extent = kg.extent(asked)
        text = extent.told(lang, is_empty=not len(answer)) if extent else ""
    else:
        is_marked = form == "md" or isinstance(asked, str) or "title" not in answer.variables
        text = "" if is_marked else _UNOFFICIAL.get(lang, "")
    return "".join(f"\n{line}" for line in wrapped(text, width)) if text else ""


#: what is told of Chinese titles
_UNOFFICIAL: Final = {
    "zh-Hans": "标题的中文为gdakg的非官方译文",
    "zh-Hant": "標題的中文為gdakg的非官方譯文",
}


def rendered(
    answer: Answer, form: str | None, lang: str, width: int, *, is_named: bool = True
) -> str:
    """Return `answer` in the form asked for.  Raises AnswerError where it has no such form."""
    if isinstance(answer, Triples):
        if form not in {None, "ttl"}:
            raise AnswerError(f"the answer is a graph, which has no form {form!r}; there is ttl")
        return answer.to_turtle()
    if isinstance(answer, Solutions):
        return rendered_table(answer, form, lang, width, is_named=is_named)
    text = "true" if answer else "false"
    if form == "json":
        return f'{{"head":{{}},"boolean":{text}}}'
    if form in {None, "table", "md"}:
        return text
    raise AnswerError(f"the answer is yes or no, which has no form {form!r}; there is json")


def rendered_table(
    answer: Solutions, form: str | None, lang: str, width: int, *, is_named: bool
) -> str:
    """Return the rows in the form asked for; headings in `lang` for a named question."""
    if form in {None, "table"}:
        return plain(answer, width, lang, is_named=is_named)
    if form == "ttl":
        raise AnswerError("the answer is a table, which has no form 'ttl'; ask with CONSTRUCT")
    write: dict[str, Callable[[], str]] = {
        "csv": answer.to_csv,
        "tsv": answer.to_tsv,
        "json": answer.to_json,
        "md": lambda: markdown(answer, lang, is_named=is_named),
    }
    return write[str(form)]()


def listed(lang: str) -> str:
    """Return a line for each named question."""
    names = questions.names()
    longest = max(map(len, names))
    titles = [questions.in_language(questions.question(name).title, lang) for name in names]
    return "\n".join(
        f"{name:<{longest}}  {title}" for name, title in zip(names, titles, strict=True)
    )


def explained(asked: questions.Question, lang: str) -> str:
    """Return title, purpose, parameters and columns of a question, and where its SPARQL lies."""
    parts = {
        "parameters": [parameter_told(parameter, lang) for parameter in asked.parameters],
        "columns": [
            f"{name}: {questions.said(about, lang)}" for name, about in asked.columns.items()
        ],
    }
    lines = [questions.in_language(texts, lang) for texts in (asked.title, asked.about)]
    for title, entries in parts.items():
        heading = questions.said(title, lang)
        lines += ["", heading, *(f"  {entry}" for entry in entries)] if entries else []
    return "\n".join([*lines, "", f"SPARQL: {questions.file(asked.name)}"])


def parameter_told(parameter: questions.Parameter, lang: str) -> str:
    """Return name, kind and purpose of a parameter for a reader of `lang`."""
    words = [parameter.kind, *(["optional"] if parameter.is_optional else [])]
    kind = ", ".join(questions.said(word, lang) for word in words)
    return f"{parameter.name} ({kind}): {questions.said(parameter.about, lang)}"


def sourced(kg: KnowledgeGraph, thing: str, lang: str, width: int) -> str:
    """Return each statement about `thing` and below it what it rests on."""
    from gdakg.accounts import accounted, mentioned
    from gdakg.naming import names

    reasons = kg.why(thing)
    iri = kg.find(thing)
    called = names(kg.engine, mentioned(reasons) | {iri})
    title = called[iri].full(lang) if iri in called else ""
    heading = "\n".join(filter(None, (printable(title), shorten(iri))))
    return f"{heading}\n\n{accounted(reasons, called, width, lang)}"


#: what is told of a thing and itself, by language
_SAME = {"en": "one and the same thing", "zh-Hans": "同一事物", "zh-Hant": "同一事物"}
#: the mark of a link on our word alone, by language
_JUDGED = {"en": "our judgement", "zh-Hans": "我们的判断", "zh-Hant": "我們的判斷"}


def connected(kg: KnowledgeGraph, one: str, other: str, lang: str, width: int) -> str:
    """Return the shortest way from `one` to `other`, a link a line."""
    from gdakg.connection import connection
    from gdakg.naming import Name

    links = connection(kg, one, other)
    lines = [links[0].start.full(lang) if links else _SAME[lang]]
    for link in links:
        label = Name("", link.labels).label(lang)
        arrow = f"— {label} →" if link.is_forward else f"← {label} —"
        mark = f" ({_JUDGED[lang]})" if link.is_judged else ""
        lines.append(f"{arrow} {link.end.full(lang)}{mark}")
    indents = ["", *("  " for _ in links)]
    return "\n".join(
        line
        for indent, text in zip(indents, lines, strict=False)
        for line in wrapped(printable(text), width, indent, "      ")
    )
