"""The query console: an editor for SPARQL, the named questions, answers as table and network.

The page asks the server that it came from, and nobody else; opened as a file it says so.
"""

import functools
from collections.abc import Iterable
from typing import Any, Final

import pyoxigraph as og

from gdakg import questions
from gdakg.binding import bound
from gdakg.namespaces import BASE, GDA, PREFIXES, shorten
from gdakg.pages.links import Link, Texts
from gdakg.pages.page import RENDERERS
from gdakg.pages.sheet import said, sheet
from gdakg.pages.templates import asset, content_security_policy, stylesheet
from gdakg.pages.wording import LANGUAGES
from gdakg.paths import folder
from gdakg.things import KINDS
from gdakg.turtle import language_tag

#: what a parameter of a question is written as until the reader gives it a value
_MARK: Final = "urn:gdakg:parameter:"

#: types that make an IRI a word of the ontology -> how the editor calls it
_TYPES: Final = {
    "owl:Class": "class",
    "owl:ObjectProperty": "property",
    "owl:DatatypeProperty": "property",
    "owl:AnnotationProperty": "property",
}

#: kind of parameter -> classes that its things have, so that few need be looked at
_CLASSES: Final = {
    "standard": ("gda:Standard",),
    "body": ("org:Organization", "org:FormalOrganization", "org:OrganizationalCollaboration",
             "org:OrganizationalUnit"),
    "pillar": ("gda:Pillar",),
    "area": ("gda:CooperationArea",),
    "gap": ("gda:AssertedGap",),
    "committee": ("org:OrganizationalUnit", "org:OrganizationalCollaboration"),
    "stage": ("gda:Stage",),
    "task": ("gda:Task",),
    "gap_status": ("gda:GapStatus",),
    "release": ("dcat:Dataset",),
}  # fmt: skip

#: what a parameter that must be given is at first: by question and name, else by kind
_FIRST: Final = {
    "connections from": f"{BASE}area/e-waste",
    "connections to": f"{BASE}std/itu-t/l.1023",
    "references standard": f"{BASE}std/ietf/rfc-7326",
    "required_standards from": f"{BASE}std/ietf/rfc-8428",
    "area": f"{BASE}area/e-waste",
    "body": f"{BASE}org/iso",
    "code": "ISO 14067",
    "committee": f"{BASE}committee/iso/tc207",
    "country": "CN",
    "gap": f"{BASE}gap/ef",
    "goal": "13",
    "pillar": f"{BASE}pillar/4",
    "standard": f"{BASE}std/itu-t/l.1470",
    "task": f"{BASE}task/data-centre-energy",
    "text": "heat",
    "thing": f"{BASE}std/itu-t/l.1470",
}

#: what the script says, by the key that it knows it by
_WORDS: Final = {
    "all": "All",
    "answered": "Answered in {seconds} s",
    "badCode": "No code or IRI that the graph knows",
    "badText": "A value of this kind is written otherwise",
    "bytesShown": "The first {n} characters; Save has all",
    "classWord": "class",
    "completions": "Completions",
    "editor": "SPARQL query",
    "emptyAnswer": "No rows. That is no proof that there is none.",
    "error": "The query was not answered",
    "first": "First page",
    "forget": "Forget them all",
    "last": "Last page",
    "network": "Network of the answer",
    "next": "Next page",
    "no": "No",
    "noHistory": "None yet",
    "object": "object",
    "none": "not given",
    "noResults": "The server did not answer with SPARQL results",
    "noServer": "The server does not answer. Is it still running?",
    "place": "Go to line {line}, column {column}",
    "predicate": "predicate",
    "previous": "Previous page",
    "propertyWord": "property",
    "recorded": "{n} records searched, as of {date}.",
    "result": "Rows of the answer",
    "row": "1 row",
    "rows": "{n} rows",
    "rowsShown": "Rows {from} to {to} of {n}",
    "running": "Asking …",
    "saved": "Saved: {file}",
    "stopped": "Stopped",
    "subject": "subject",
    "tooMuch": "Try again in {seconds} s.",
    "yes": "Yes",
}

#: what is in the page; `sheet` puts in sheet.js and sheet.css by itself
_SCRIPTS: Final = ("sheet.js", "console.js")
_STYLES: Final = ("console.css",)

#: what stands in the editor at first
_START: Final = """SELECT ?code ?title WHERE {
  ?standard a gda:Standard ; dcterms:identifier ?code ; skos:prefLabel ?title .
  FILTER(LANG(?title) = "en")
} ORDER BY ?code LIMIT 20
"""

_TITLE: Final = "Query console"
_ABOUT: Final = "Ask the graph in SPARQL, with the named questions as examples."


def console(language: str = "en", *, links: Iterable[Link] = ()) -> str:
    """Return the page of the query console, as HTML, that opens in `language`.

    It asks `sparql` and `view` beside its own address; `links` lead to other pages.  Raises
    PageError for a language that pages do not speak.
    """
    asked = [_question(name) for name in questions.names()]
    return sheet(
        "console.html.j2",
        title=said(_TITLE),
        description=said(_ABOUT),
        language=language,
        links=links,
        styles=_STYLES,
        scripts=_SCRIPTS[1:],
        policy=policy(),
        asked=asked,
        console={
            "base": BASE,
            "def": GDA.rstrip("#"),
            "kinds": _kinds(),
            "mark": _MARK,
            "prefixes": PREFIXES,
            "questions": asked,
            "start": _START,
            "terms": _terms(),
            "words": _words(),
        },
    )


def policy() -> str:
    """Return the content security policy of the page: its own scripts and styles, its own server.

    The networks that the page draws obey this policy too, so what is in their pages is allowed
    beside what is in this one.
    """
    drawing = {name for scripts in RENDERERS.values() for name in scripts}
    scripts = [*_SCRIPTS, *sorted(drawing)]
    styles = [stylesheet("sheet.css", *_STYLES), stylesheet("page.css")]
    allowed = content_security_policy(styles, [asset(name) for name in scripts])
    return f"{allowed}; connect-src 'self'"


def _words() -> dict[str, dict[str, str]]:
    """Return what the script says, by language and key, {names} left for it to fill in."""
    blank = {name: f"{{{name}}}" for name in ("column", "date", "file", "from", "line", "n",
                                              "seconds", "to")}  # fmt: skip
    return {
        tag: {key: said(text, **blank)[tag] for key, text in _WORDS.items()} for tag in LANGUAGES
    }


def _question(name: str) -> dict[str, Any]:
    """Return what the page knows of a named question."""
    asked = questions.question(name)
    marks = {p.name: og.NamedNode(_MARK + p.name) for p in asked.parameters}
    return {
        "name": name,
        "title": _texts(asked.title),
        "about": _texts(asked.about),
        "headings": {
            column: {tag: questions.headings([column], tag)[0] for tag in LANGUAGES}
            for column in asked.columns
        },
        "searched": asked.searched,
        "text": f"# {name}\n{bound(_body(asked.text), marks)}",
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "about": {tag: questions.said(parameter.about, tag) for tag in LANGUAGES},
                "optional": parameter.is_optional,
                "first": "" if parameter.is_optional else _first(name, parameter),
            }
            for parameter in asked.parameters
        ],
    }


def _texts(texts: Texts) -> Texts:
    return {tag: questions.in_language(texts, tag) for tag in LANGUAGES}


def _body(text: str) -> str:
    """Return a query without its header.

    >>> _body("# title: x\\n\\nASK {}\\n")
    'ASK {}\\n'
    """
    lines = text.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    return "".join(lines[start:])


def _first(name: str, parameter: questions.Parameter) -> str:
    """Return with what a question that must be told something begins."""
    return _FIRST.get(f"{name} {parameter.name}") or _FIRST.get(parameter.kind, "")


def _kinds() -> dict[str, dict[str, list[str]]]:
    """Return of what class and IRI the things are that a parameter of a kind may be."""
    return {
        kind: {
            "classes": [f"<{_expanded(name)}>" for name in _CLASSES[kind]],
            "bases": [f"{BASE}{segment}/" for segment in segments if segment != "ed"],
        }
        for kind, segments in KINDS.items()
    }


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


@functools.cache
def _terms() -> list[dict[str, Any]]:
    """Return the classes and properties of the ontology with their labels, by their names."""
    labels: dict[str, dict[str, str]] = {}
    kinds: dict[str, str] = {}
    for subject, predicate, value in _statements():
        if predicate == f"{PREFIXES['rdf']}type" and shorten(str(value.value)) in _TYPES:
            kinds.setdefault(subject, _TYPES[shorten(value.value)])
        elif predicate == f"{PREFIXES['rdfs']}label" and isinstance(value, og.Literal):
            labels.setdefault(subject, {})[language_tag(value.language or "")] = value.value
    return sorted(
        (
            {"name": shorten(iri), "kind": kind, "labels": labels.get(iri, {})}
            for iri, kind in kinds.items()
        ),
        key=lambda term: str(term["name"]),
    )


def _statements() -> Iterable[tuple[str, str, og.NamedNode | og.Literal]]:
    """Yield what the files of the ontology say, shapes left out."""
    for path in sorted(folder("ontology").glob("*.ttl")):
        if path.stem == "shapes":
            continue
        for quad in og.parse(path=path, format=og.RdfFormat.TURTLE):
            if isinstance(quad.subject, og.NamedNode) and not isinstance(
                quad.object, og.BlankNode | og.Triple
            ):
                yield quad.subject.value, quad.predicate.value, quad.object
