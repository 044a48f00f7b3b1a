"""Routes of things, questions, search, lists, views and pages: what is asked, by whom it is done.

Nothing here looks at the graph: a request is read, checked, and handed to a worker.
"""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.routing import BaseRoute, Route

from gdakg import questions
from gdakg.errors import UnknownQuestionError
from gdakg.guard import MAX_BYTES
from gdakg.questions import LANGUAGES
from gdakg.server.desk import (
    Answer,
    Crowded,
    Desk,
    Receive,
    Scope,
    Send,
    Slow,
    TooLarge,
    body_of,
    header,
)
from gdakg.server.forms import CSV, GRAPHS, JSON, PAGE, TABLES, Form, of_question, split
from gdakg.server.jobs import Job, Reply, problem
from gdakg.server.languages import preferred, spoken
from gdakg.server.negotiation import chosen
from gdakg.server.protocol import MAX_ADDRESS, Refused
from gdakg.server.site_files import file_at

Answering = Callable[[Desk, Scope, Receive], Awaitable[Answer]]
Fields = list[tuple[str, str]]

#: a list of codes may have so many bytes, a request for codes so many of them
MAX_LIST: Final = 8 * 1024**2
MAX_CODES: Final = 500
#: a code, written out with its part, supplements and dates, has some 60 characters
MAX_CODE: Final = 500
_MAX_FIELDS: Final = 1_000
#: no question has a longer name
_LONGEST_NAME: Final = 100

#: pages above all others, and files to take along
PAGES: Final = (
    *("index.html", "standards.html", "network.html", "coverage.html", "timeline.html"),
    *("gaps.html", "data/gdakg.ttl", "data/gdakg.nq", "data/gdakg.jsonld", "data/standards.csv"),
)

_READING: Final = ("GET", "HEAD")
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"


class Endpoint:
    """An ASGI application for one kind of address."""

    def __init__(self, answering: Answering, methods: tuple[str, ...] = _READING) -> None:
        """Take what answers, and which methods it takes besides OPTIONS."""
        self.answering = answering
        self.allowed = ", ".join((*methods, "OPTIONS"))
        self.methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.  Raises ClientGone."""
        desk: Desk = scope["app"].state.desk
        try:
            answer = await self._answer(desk, scope, receive)
        except Refused as refused:
            answer = desk.finished(scope, refused.reply, is_last=refused.is_last)
        await answer(scope, receive, send)

    async def _answer(self, desk: Desk, scope: Scope, receive: Receive) -> Answer:
        method = scope["method"]
        if method == "OPTIONS":
            return Answer(Reply(204, "", b"", {"Allow": self.allowed}))
        if method not in self.methods:
            told = f"{method} is not taken here; there are {self.allowed}"
            raise Refused(problem(405, told, {"Allow": self.allowed}), is_last=True)
        if len(scope["query_string"]) > MAX_ADDRESS or len(scope["path"]) > MAX_ADDRESS:
            raise Refused(problem(414, f"the address is longer than {MAX_ADDRESS:,} bytes"))
        return await self.answering(desk, scope, receive)


def routes() -> list[BaseRoute]:
    """Return the routes of this module but the last."""
    reading = {
        "/id/{path:path}": _thing,
        "/graph/{path:path}": _thing,
        **{f"/thing{form.suffix}": _thing for form in (PAGE, *GRAPHS)},
        "/thing": _thing,
        "/def": _ontology,
        "/def/shapes": _ontology,
        **{f"/def{form.suffix}": _ontology for form in (PAGE, *GRAPHS)},
        **{f"/def/shapes{form.suffix}": _ontology for form in (PAGE, *GRAPHS)},
        "/questions": _questions,
        "/questions.html": _questions,
        "/questions.json": _questions,
        "/questions/{name}": _question,
        "/search": _search,
        "/search.html": _search,
        "/search.json": _search,
        "/search.csv": _search,
        "/openapi.json": _openapi,
        "/": _page,
    }
    posting = {"/match": _match, "/view": _view}
    return [
        *(Route(path, Endpoint(answering)) for path, answering in reading.items()),
        *(Route(path, Endpoint(how, (*_READING, "POST"))) for path, how in posting.items()),
    ]


def last_routes() -> list[BaseRoute]:
    """Return the route for what no other takes: pages, files to take along, files of a site."""
    return [Route("/{path:path}", Endpoint(_page))]


# What is asked


async def _thing(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer a request for a thing, by its IRI."""
    fields = _fields(scope["query_string"])
    path = _path(scope)
    asked: dict[str, Any] = {"path": path}
    if path.startswith("thing"):
        asked["iri"] = _one(fields, "iri")
    named = _known_language(fields)
    asked |= {"lang": named, "language": named or _language(scope)}
    _, form = split(path, (PAGE, *GRAPHS))
    asked["media"] = form.media if form else _media(scope, (PAGE, *GRAPHS))
    return await desk.answer(scope, receive, Job("thing", asked))


async def _ontology(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer a request for the ontology or its shapes."""
    path = _path(scope)
    _, form = split(path, (PAGE, *GRAPHS))
    media = form.media if form else _media(scope, (PAGE, *GRAPHS))
    language = _known_language(_fields(scope["query_string"])) or _language(scope)
    asked = {"path": path, "media": media, "language": language}
    return await desk.answer(scope, receive, Job("ontology", asked))


async def _questions(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer a request for the list of the named questions."""
    _, form = split(_path(scope), (PAGE, JSON))
    media = form.media if form else _media(scope, (JSON, PAGE))
    language = _known_language(_fields(scope["query_string"])) or _language(scope)
    asked = {"media": media, "language": language}
    return await desk.answer(scope, receive, Job("questions", asked))


async def _question(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer a request for the answer to a named question."""
    fields = _fields(scope["query_string"])
    name, form = split(scope["path_params"]["name"], (PAGE, *TABLES, *GRAPHS))
    name = name[:_LONGEST_NAME]
    try:
        offers = of_question(questions.question(name).text)
    except UnknownQuestionError:
        offers = TABLES
    if form is not None and form not in (PAGE, *offers):
        there = ", ".join(one.suffix for one in (PAGE, *offers))
        raise Refused(
            problem(404, f"the answer to {name} has no form {form.suffix}; there are {there}")
        )
    # Of a language that we do not speak the question itself complains.
    language = spoken(dict(fields).get("lang", "")) or _language(scope)
    media = form.media if form else _media(scope, (*offers, PAGE), _PLAIN_JSON)
    asked = {"name": name, "parameters": fields, "media": media, "language": language}
    return await desk.answer(scope, receive, Job("question", asked))


async def _search(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer a search."""
    fields = _fields(scope["query_string"])
    _, form = split(_path(scope), (PAGE, JSON, CSV))
    media = form.media if form else _media(scope, (JSON, CSV, PAGE))
    language = _known_language(fields) or _language(scope)
    parameters = [field for field in fields if field[0] != "lang"]
    asked = {"parameters": parameters, "media": media, "language": language}
    return await desk.answer(scope, receive, Job("search", asked))


async def _match(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer how codes stand, of an address or of a list; neither is kept."""
    fields = _fields(scope["query_string"])
    asked: dict[str, Any] = {"language": _known_language(fields) or _language(scope)}
    if scope["method"] == "POST":
        kind, charset = _media_type(scope)
        if kind != CSV.media:
            told = f"a list comes as {CSV.media}, not as {kind or 'nothing'}"
            raise Refused(problem(415, told, {"Accept-Post": CSV.media}), is_last=True)
        _only(fields, ("column", "lang"))
        body = await _body(desk, scope, receive, MAX_LIST)
        asked["list"] = base64.b64encode(body).decode()
        asked["column"] = dict(fields).get("column")
        asked["encoding"] = charset
        return await desk.answer(scope, receive, Job("match", asked), is_fixed=False)
    _only(fields, ("code", "lang"))
    asked["codes"] = [value for name, value in fields if name == "code"]
    if not 0 < len(asked["codes"]) <= MAX_CODES:
        told = f"code=... is needed, once or up to {MAX_CODES} times; a longer list goes by POST"
        raise Refused(problem(400, told))
    if any(len(code) > MAX_CODE for code in asked["codes"]):
        raise Refused(problem(400, f"a code has {MAX_CODE} characters at most"))
    return await desk.answer(scope, receive, Job("match", asked), is_fixed=False)


async def _view(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer with the network page of what a query or a named question finds."""
    fields = _fields(scope["query_string"])
    if scope["method"] == "POST":
        kind, charset = _media_type(scope)
        if kind not in {_FORM, _QUERY} or charset not in {None, "utf-8", "utf8"}:
            told = f"a query comes as {_FORM} or {_QUERY} in UTF-8, not as {kind or 'nothing'}"
            raise Refused(problem(415, told, {"Accept-Post": f"{_FORM}, {_QUERY}"}), is_last=True)
        body = await _body(desk, scope, receive, 4 * MAX_BYTES)
        fields += _fields(body) if kind == _FORM else [("query", _text(body))]
    language = spoken(dict(fields).get("lang", "")) or _language(scope)
    named = {name for name, _ in fields} & {"query", "name"}
    if len(named) != 1:
        raise Refused(problem(400, "a view is of query=... or of name=..., the name of a question"))
    asked: dict[str, Any] = {"language": language}
    if named == {"query"}:
        _only(fields, ("query", "lang"))
        asked["query"] = _one(fields, "query")
    else:
        asked["name"] = _one(fields, "name")
        asked["parameters"] = [field for field in fields if field[0] != "name"]
    return await desk.answer(scope, receive, Job("view", asked))


async def _openapi(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer with the description of this server."""
    return await desk.answer(scope, receive, Job("openapi", {}))


async def _page(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Answer with a file of the site, or with a page made of the graph."""
    path = _path(scope) or "index.html"
    if desk.settings.site is not None:
        found = await asyncio.to_thread(file_at, desk.settings.site, path)
        if found is not None:
            return found
    if path not in PAGES:
        raise Refused(problem(404, f"nothing is at /{path[:200]}"))
    language = _known_language(_fields(scope["query_string"])) or _language(scope)
    return await desk.answer(scope, receive, Job("page", {"path": path, "language": language}))


# How it is read

_PLAIN_JSON: Final = {JSON.media: TABLES[0].media, "application/xml": TABLES[3].media}


def _path(scope: Scope) -> str:
    """Return the path behind the top of the server, as it was sent."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    root = scope.get("root_path", "").encode()
    path = raw.removeprefix(root) if root else raw
    return path.decode("ascii", "replace").removeprefix("/")


def _fields(encoded: bytes) -> Fields:
    """Return the names and values in an address or form.  Raises Refused."""
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise Refused(problem(400, "what is asked is not percent-encoded UTF-8")) from None
    except ValueError:
        raise Refused(problem(400, f"more than {_MAX_FIELDS:,} parameters")) from None


def _one(fields: Fields, name: str) -> str:
    """Return the value that `name` has once.  Raises Refused."""
    found = [value for key, value in fields if key == name]
    if len(found) != 1 or not found[0]:
        raise Refused(problem(400, f"{name}=... is needed, once"))
    return found[0]


def _only(fields: Fields, known: Iterable[str]) -> None:
    """Raise Refused for a parameter that is not `known`."""
    for name, _ in fields:
        if name not in known:
            told = f"no parameter is called {name[:40]!r}; there are {', '.join(known)}"
            raise Refused(problem(400, told))


def _known_language(fields: Fields) -> str:
    """Return the language that lang=... names, "" if it is not there.  Raises Refused."""
    named = dict(fields).get("lang", "")
    if not named:
        return ""
    if (language := spoken(named)) is None:
        raise Refused(problem(400, f"lang takes {', '.join(LANGUAGES)}, not {named[:40]!r}"))
    return language


def _language(scope: Scope) -> str:
    return preferred(header(scope, b"accept-language"))


def _media(scope: Scope, offers: tuple[Form, ...], also: dict[str, str] | None = None) -> str:
    """Return the media type of ours that the client likes best.  Raises Refused.

    `also` are further names of some of them.
    """
    also = also or {}
    types = (*(form.media for form in offers), *also)
    found = chosen(header(scope, b"accept"), types)
    if found is None:
        told = f"what is asked for can be had as {', '.join(types)}"
        raise Refused(problem(406, told, offers=types))
    return also.get(found, found)


def _media_type(scope: Scope) -> tuple[str, str | None]:
    """Return media type and charset of the body, in lower case; None if it tells no charset."""
    kind, *parameters = (header(scope, b"content-type") or "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset":
            return kind.strip(), value.strip('" ')
    return kind.strip(), None


async def _body(desk: Desk, scope: Scope, receive: Receive, limit: int) -> bytes:
    """Return the body of a request.  Raises Refused and ClientGone."""
    if (coding := header(scope, b"content-encoding") or "identity").lower() != "identity":
        raise Refused(problem(415, f"a body comes uncompressed, not as {coding}"), is_last=True)
    try:
        return await body_of(scope, receive, limit, desk.settings.body_seconds, desk.room)
    except Crowded:
        told = "the lists and answers under way fill the memory of the server"
        raise Refused(problem(503, told, {"Retry-After": "5"}), is_last=True) from None
    except TooLarge:
        told = f"the body is larger than {limit:,} bytes, the most that is taken"
        raise Refused(problem(413, told), is_last=True) from None
    except Slow:
        told = f"the body did not come within {desk.settings.body_seconds:g} seconds"
        raise Refused(problem(408, told), is_last=True) from None


def _text(body: bytes) -> str:
    """Return the text of a body.  Raises Refused."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(problem(400, "the query is not UTF-8")) from None
