"""The description of the server for programs: OpenAPI 3.1, made of its questions and its graph."""

import functools
from importlib.metadata import version
from typing import Any, Final

from gdakg import questions
from gdakg.answers import solutions
from gdakg.entries import CLASSES
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE
from gdakg.questions import LANGUAGES, Parameter, Question
from gdakg.searching import Hit
from gdakg.server import served
from gdakg.server.forms import CSV, GRAPHS, JSON, PAGE, Form, of_question
from gdakg.server.jobs import PROBLEM, Limits, Reply
from gdakg.server.looking import MOST_HITS, NARROWING, USUAL_HITS

#: parameters that are checked by their form -> their schema
_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "language": {"type": "string", "enum": list(LANGUAGES)},
    "integer": {"type": "integer"},
    "year": {"type": "string", "pattern": "^[12][0-9]{3}$", "examples": ["2025"]},
    "code": {"type": "string", "examples": ["ISO 14067:2018"]},
    "country": {"type": "string", "pattern": "^[A-Za-z]{2}$", "examples": ["CN"]},
    "goal": {
        "type": "string",
        "pattern": "^(1[0-7]|[1-9])(\\.[0-9a-z]{1,2})?$",
        "examples": ["13", "13.2"],
    },
}
#: kinds of things of which there are few -> their class
_FEW: Final = {
    "pillar": "gda:Pillar",
    "area": "gda:CooperationArea",
    "task": "gda:Task",
    "gap_status": "gda:GapStatus",
    "stage": "gda:Stage",
}
_MEMBERS: Final = "SELECT DISTINCT ?thing WHERE { ?thing a %s } ORDER BY ?thing"
_THING: Final = "a code in any spelling, a name in any language, or an IRI"

_LANG: Final = {
    "name": "lang",
    "in": "query",
    "description": "Language of titles and labels; by Accept-Language if not given.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}


def openapi(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the OpenAPI document of this server."""
    return served.json_reply(described(kg))


def described(kg: KnowledgeGraph) -> dict[str, Any]:
    """Return the OpenAPI document of a server on the graph `kg`."""
    asked = [questions.question(name) for name in questions.names()]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gdakg",
            "version": version("gdakg"),
            "summary": "The standards landscape of the ITU's Green Digital Action, to ask.",
            "description": "Read-only. Errors are problems by RFC 9457; an answer is whole or an "
            "error. Answers have an ETag; gzip and HEAD are understood everywhere.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": "./"}],
        "tags": [
            {"name": "sparql", "description": "Any question, in SPARQL 1.1."},
            {"name": "questions", "description": "Named questions with typed parameters."},
            {"name": "things", "description": "Things by IRI, search, and lists of codes."},
        ],
        "paths": {
            **_sparql(),
            "/questions": {"get": _list_of_questions()},
            **{f"/questions/{one.name}": {"get": _operation(kg, one)} for one in asked},
            **_things(),
            "/search": {"get": _search(kg)},
            "/match": _match(),
            "/view": {"get": _view()},
            "/openapi.json": {"get": _fixed("openapi", "This document.", JSON.media)},
        },
        "components": {"schemas": _components(), "responses": _responses()},
    }


def _operation(kg: KnowledgeGraph, asked: Question) -> dict[str, Any]:
    """Return what can be asked of a named question."""
    columns = "".join(f"\n- {name}: {about}" for name, about in asked.columns.items())
    return {
        "operationId": asked.name,
        "tags": ["questions"],
        "summary": asked.title["en"],
        "description": asked.about.get("en", "") + (f"\n\nColumns:{columns}" if columns else ""),
        "parameters": [_parameter(kg, one) for one in asked.parameters],
        "responses": _answered("The answer.", (*of_question(asked.text), PAGE), 400, 404),
    }


def _parameter(kg: KnowledgeGraph, parameter: Parameter) -> dict[str, Any]:
    """Return a parameter of a question with its schema."""
    about = parameter.about
    if parameter.kind not in _SCHEMAS:
        about += f" ({parameter.kind.replace('_', ' ')}: {_THING})"
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.is_optional and parameter.name != "lang",
        "description": about,
        "schema": _schema(kg, parameter.kind),
    }


def _schema(kg: KnowledgeGraph, kind: str) -> dict[str, Any]:
    """Return the schema of a kind of parameter; where other spellings are taken, both."""
    if kind in _SCHEMAS:
        return _SCHEMAS[kind]
    if kind in _FEW and (members := _few(kg)[kind]):
        return {"anyOf": [{"type": "string", "enum": members}, {"type": "string"}]}
    return {"type": "string"}


@functools.lru_cache(maxsize=2)
def _few(kg: KnowledgeGraph) -> dict[str, list[str]]:
    """Return the things of which there are few, by the ends of their IRIs."""
    found = {}
    for kind, of in _FEW.items():
        things = [str(row[0]) for row in solutions(kg.query(_MEMBERS % of))]
        found[kind] = [iri.rpartition("/")[2] for iri in things if iri.startswith(BASE)]
    return found


def _sparql() -> dict[str, Any]:
    """Return what can be asked of /sparql."""
    graphs = [
        {
            "name": name,
            "in": "query",
            "description": f"IRI of a named graph of the dataset, as {role}; may be repeated.",
            "schema": {"type": "array", "items": {"type": "string"}},
        }
        for name, role in (
            ("default-graph-uri", "part of the default graph"),
            ("named-graph-uri", "a named graph of the query"),
        )
    ]
    query = {"name": "query", "in": "query", "required": True, "schema": {"type": "string"}}
    told = {"tags": ["sparql"], "description": "SPARQL 1.1 Protocol; 64 kB at most, no updates."}
    forms = (*of_question("ASK {}"), *GRAPHS)
    responses = _answered("The answer.", forms, 400, 406, 413, 422, 500, 503)
    body = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["query"],
                    "properties": {"query": {"type": "string"}},
                }
            },
        },
    }
    asking = {"summary": "Ask a query.", "responses": responses, **told}
    return {
        "/sparql": {
            "get": {**asking, "operationId": "sparql", "parameters": [query, *graphs]},
            "post": {
                **asking,
                "operationId": "sparql_post",
                "parameters": graphs,
                "requestBody": body,
            },
        }
    }


def _list_of_questions() -> dict[str, Any]:
    told = _fixed("questions", "The named questions, with parameters and columns.", JSON.media)
    return {**told, "tags": ["questions"], "parameters": [_LANG]}


def _things() -> dict[str, Any]:
    """Return what can be asked of things by their IRIs."""
    place = {
        "name": "local",
        "in": "path",
        "required": True,
        "description": "What stands behind /id/ in the IRI; slashes in it stay as they are. With "
        ".html, .ttl, .jsonld, .nt or .rdf behind it, the document itself.",
        "schema": {"type": "string"},
        "examples": {"standard": {"value": "std/itu-t/l.1470"}},
    }
    whole = {
        "name": "iri",
        "in": "query",
        "required": True,
        "description": "IRI of anything that the graph mentions.",
        "schema": {"type": "string"},
    }
    see = {"description": "Where the document about the thing is.", "headers": {
        "Location": {"required": True, "schema": {"type": "string"}}}}  # fmt: skip
    document = _answered("The document about the thing.", (PAGE, *GRAPHS), 400, 404, 406, 422)
    told = {"tags": ["things"], "responses": {"303": see, **document}}
    return {
        "/id/{local}": {
            "get": {**told, "operationId": "id", "summary": "A thing by its IRI.",
                    "parameters": [place, _LANG]}
        },
        "/thing": {
            "get": {**told, "operationId": "thing", "summary": "A thing by its whole IRI.",
                    "parameters": [whole, _LANG]}
        },
        "/def": {
            "get": {
                "operationId": "def",
                "tags": ["things"],
                "summary": "The ontology.",
                "parameters": [_LANG],
                "responses": _answered("The ontology.", (PAGE, *GRAPHS), 406),
            }
        },
    }  # fmt: skip


def _search(kg: KnowledgeGraph) -> dict[str, Any]:
    """Return what can be asked of the search."""
    schemas: dict[str, dict[str, Any]] = {
        "kind": {"type": "string", "enum": [*CLASSES, "edition"]},
        "body": {"type": "string", "examples": ["ISO"]},
        "status": _schema(kg, "stage"),
        "pillar": _schema(kg, "pillar"),
        "since": {"type": "integer", "minimum": 1800, "maximum": 2999},
    }
    meant = {
        "kind": "Only of this kind.",
        "body": "Only what this body publishes.",
        "status": "Only of this stage.",
        "pillar": "Only what serves this pillar.",
        "since": "Only of this year or later.",
    }
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": USUAL_HITS}
    parameters = [
        _query("q", "Words in any of the languages, or a code in any spelling.", is_required=True),
        _query("limit", "At most so many hits.", limit),
        *(_query(name, meant[name], schemas[name]) for name in NARROWING),
        _LANG,
    ]
    found = _answered("What was found, best first.", (CSV, PAGE), 400)
    found["200"]["content"][JSON.media] = {"schema": {"$ref": "#/components/schemas/Found"}}
    return {
        "operationId": "search",
        "tags": ["things"],
        "summary": "Find things by words or codes.",
        "parameters": parameters,
        "responses": found,
    }


def _match() -> dict[str, Any]:
    """Return what can be asked of lists of codes."""
    codes = {"type": "array", "items": {"type": "string"}, "maxItems": 500}
    matched = _answered("How each code stands.", (), 400)
    matched["200"]["content"] = {JSON.media: {"schema": {"$ref": "#/components/schemas/Matched"}}}
    listed = _answered("The list with our columns.", (CSV,), 400, 413, 415, 422)
    return {
        "get": {
            "operationId": "match",
            "tags": ["things"],
            "summary": "Whether standards are current.",
            "parameters": [
                _query("code", "A code in any spelling.", codes, is_required=True),
                _LANG,
            ],
            "responses": matched,
        },
        "post": {
            "operationId": "match_list",
            "tags": ["things"],
            "summary": "A list of standards, and beside each whether it is current.",
            "description": "At most 8 MiB, in UTF-8 or in the charset that Content-Type tells.",
            "parameters": [
                _query(
                    "column", "The column of the codes, by heading or number; found if not given."
                ),
                _LANG,
            ],
            "requestBody": {
                "required": True,
                "content": {CSV.media: {"schema": {"type": "string"}}},
            },
            "responses": listed,
        },
    }


def _view() -> dict[str, Any]:
    return {
        "operationId": "view",
        "tags": ["things"],
        "summary": "The network page of what an answer names.",
        "description": "Of query, SPARQL text, or of name, a named question whose parameters are "
        "given too. POST takes the same as a form.",
        "parameters": [
            _query("query", "SPARQL text."),
            _query("name", "Name of a question."),
            _LANG,
        ],
        "responses": _answered("The page.", (PAGE,), 400, 404, 422),
    }


def _query(
    name: str, about: str, schema: dict[str, Any] | None = None, *, is_required: bool = False
) -> dict[str, Any]:
    """Return a parameter in the address, a text if no `schema` says otherwise."""
    told = {"name": name, "in": "query", "description": about, "required": is_required}
    return {**told, "schema": schema or {"type": "string"}}


def _fixed(name: str, about: str, media: str) -> dict[str, Any]:
    """Return an operation that always answers the same."""
    content = {media: {"schema": {"type": "object"}}}
    return {
        "operationId": name,
        "summary": about,
        "responses": {"200": {"description": about, "content": content}},
    }


def _answered(about: str, forms: tuple[Form, ...], *problems: int) -> dict[str, Any]:
    """Return the responses of an operation: an answer in the `forms`, or one of the `problems`."""
    content = {form.media: {"schema": _content(form)} for form in forms}
    failed = {str(status): {"$ref": "#/components/responses/Problem"} for status in problems}
    return {"200": {"description": about, "content": content}, **failed}


def _content(form: Form) -> dict[str, Any]:
    if form.media == "application/sparql-results+json":
        return {"$ref": "#/components/schemas/Solutions"}
    return {"type": "object"} if form.media == "application/ld+json" else {"type": "string"}


def _responses() -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "Problem": {
            "description": "What is wrong, in one sentence.",
            "content": {PROBLEM: problem, "text/plain": {"schema": {"type": "string"}}},
        }
    }


def _components() -> dict[str, Any]:
    """Return the schemas that several operations share."""
    text: dict[str, Any] = {"type": "string"}
    hit = {name: text for name in (*Hit._fields, "title") if name not in {"labels", "year"}}
    hits = {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}}
    return {
        "Problem": _object(
            {"title": text, "status": {"type": "integer"}, "detail": text}, "title", "detail"
        ),
        "Solutions": _object({"head": {"type": "object"}, "results": {"type": "object"},
                              "boolean": {"type": "boolean"}}, "head"),
        "Hit": _object({**hit, "year": {"type": ["integer", "null"]},
                        "titles": {"type": "object", "additionalProperties": text}}, "iri"),
        "Found": _object({"hits": hits, "near": hits, "is_all": {"type": "boolean"},
                          "searched": {"type": "integer"}}, "hits"),
        "Matched": _object(
            {"matches": {"type": "array", "items": {"type": "object"}}}, "matches"
        ),
    }  # fmt: skip


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}
