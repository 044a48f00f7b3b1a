"""SPARQL 1.1 Protocol, the query side, as plain ASGI: the way that most requests go."""

import binascii
import re
from hashlib import blake2b
from typing import Final, NamedTuple
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from gdakg import guard
from gdakg.errors import QueryError
from gdakg.server.desk import (
    Answer,
    Desk,
    Receive,
    Scope,
    Send,
    Slow,
    TooLarge,
    body_of,
    header,
)
from gdakg.server.jobs import Job, Reply, problem, refused
from gdakg.server.media import DESCRIPTIONS, GRAPHS, SHORT, TABLES, TRUTHS
from gdakg.server.negotiation import chosen

ALLOWED: Final = "GET, HEAD, POST, OPTIONS"
#: the longest address, in bytes; the parser ends at 64 kB
MAX_ADDRESS: Final = 60 * 1024
TOO_LONG: Final = f"the address is longer than {MAX_ADDRESS:,} bytes: send the query by POST"
#: the largest form: a query of the largest size, most of it encoded, and the names of graphs
_MAX_FORM: Final = 4 * guard.MAX_BYTES
_MAX_FIELDS: Final = 1_000

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_READ_ONLY: Final = "this endpoint only reads: no update is taken"

_GRAPHS_ASKED: Final = {"default-graph-uri": "default", "named-graph-uri": "named"}
_UPDATING: Final = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
#: by which older clients also say what Accept says
_OLD: Final = frozenset({"format", "output", "results"})
#: a percent sign that encodes nothing
_STRAY: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
#: functions that give another value each time
_VOLATILE: Final = re.compile(r"\b(?:rand|now|uuid|struuid)\b|\\u", re.IGNORECASE)
#: one of these is in each of them, in lower case
_SIGNS: Final = ("rand", "now", "uuid", "\\u")


class Refused(Exception):  # noqa: N818
    """A request that gets a problem for an answer."""

    def __init__(self, reply: Reply, *, is_last: bool = False) -> None:
        """Take the problem; after one that `is_last` the connection is closed."""
        super().__init__(reply.status)
        self.reply = reply
        self.is_last = is_last


class Asked(NamedTuple):
    """A query as the protocol brings it."""

    query: str
    graphs: dict[str, list[str]]
    form: str  #: what format= and the like say, in place of Accept


async def sparql(desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request to /sparql.  Raises ClientGone."""
    try:
        answer = await _answer(desk, scope, receive)
    except Refused as refused:
        answer = desk.finished(scope, refused.reply, is_last=refused.is_last)
    await answer(scope, receive, send)


async def _answer(desk: Desk, scope: Scope, receive: Receive) -> Answer:
    """Return the answer to a request.  Raises Refused and ClientGone."""
    method = scope["method"]
    body = b""
    if method == "POST":
        body = await _body(desk, scope, receive)
    elif method == "OPTIONS":
        return Answer(Reply(204, "", b"", {"Allow": ALLOWED}))
    elif method not in {"GET", "HEAD"}:
        told = f"{method} is not taken here; there are {ALLOWED}"
        raise Refused(problem(405, told, {"Allow": ALLOWED}), is_last=True)
    address: bytes = scope["query_string"]
    if len(address) > MAX_ADDRESS:
        raise Refused(problem(414, TOO_LONG))
    names = (b"accept", b"accept-encoding", b"content-type")
    key = "\n".join([method.replace("HEAD", "GET"), *(header(scope, n) or "" for n in names)])
    raw = blake2b(b"\0".join((key.encode("latin-1"), address, body)), digest_size=16).digest()
    if (kept := desk.shelf.get(raw)) is not None:
        return kept
    return await _fresh(desk, scope, receive, body, raw)


async def _fresh(desk: Desk, scope: Scope, receive: Receive, body: bytes, raw: bytes) -> Answer:
    """Return the answer to a request that was not answered before."""
    kind = _media_type(scope)[0] if scope["method"] == "POST" else ""
    direct = body if kind == _QUERY else b""
    asked = _asked(scope["query_string"], body if kind == _FORM else b"", direct)
    accept = header(scope, b"accept")
    if asked is None:
        if kind:
            raise Refused(problem(400, "the request holds no query"))
        return await _described(desk, scope, receive, accept)
    form = _checked(asked.query)
    offers = {"SELECT": TABLES, "ASK": TRUTHS}.get(form, GRAPHS)
    media = chosen(_wanted(accept, asked.form), offers)
    if media is None:
        told = f"the answer to {form} can be had as {', '.join(offers)}"
        raise Refused(problem(406, told, offers=offers))
    job = Job("query", {"query": asked.query, "media": media, **asked.graphs})
    lower = asked.query.lower()
    is_fixed = not any(sign in lower for sign in _SIGNS) or not _VOLATILE.search(lower)
    return await desk.answer(scope, receive, job, key=raw, is_fixed=is_fixed)


def _checked(query: str) -> str:
    """Return the form of `query`, having seen that it may go to a worker.  Raises Refused."""
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > guard.MAX_BYTES:
        told = f"the query has {size:,} bytes; at most {guard.MAX_BYTES:,} are taken"
        raise Refused(problem(413, told))
    try:
        return guard.check(query, allow_service=True)  # a worker looks for SERVICE, by parsing
    except QueryError as error:
        raise Refused(refused(str(error))) from error


async def _body(desk: Desk, scope: Scope, receive: Receive) -> bytes:
    """Return the body of a POST that brings a query.  Raises Refused."""
    kind, charset = _media_type(scope)
    if kind == _UPDATE:
        raise Refused(problem(415, _READ_ONLY), is_last=True)
    if kind not in {_FORM, _QUERY}:
        told = f"a query by POST comes as {_QUERY} or {_FORM}, not as {kind or 'nothing'}"
        raise Refused(problem(415, told, {"Accept-Post": f"{_QUERY}, {_FORM}"}), is_last=True)
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise Refused(problem(415, f"a query comes in UTF-8, not in {charset}"), is_last=True)
    if (coding := header(scope, b"content-encoding") or "identity").lower() != "identity":
        raise Refused(problem(415, f"a query comes uncompressed, not as {coding}"), is_last=True)
    limit = _MAX_FORM if kind == _FORM else guard.MAX_BYTES
    try:
        return await body_of(scope, receive, limit, desk.settings.body_seconds)
    except TooLarge:
        told = f"the body is larger than {limit:,} bytes, the most that is taken as {kind}"
        raise Refused(problem(413, told), is_last=True) from None
    except Slow:
        told = f"the body did not come within {desk.settings.body_seconds:g} seconds"
        raise Refused(problem(408, told), is_last=True) from None


def _media_type(scope: Scope) -> tuple[str, str]:
    """Return media type and charset of the body, in lower case; UTF-8 if it does not tell."""
    kind, *parameters = (header(scope, b"content-type") or "").lower().split(";")
    for parameter in parameters:
        name, _, value = parameter.strip().partition("=")
        if name == "charset":
            return kind.strip(), value.strip('" ')
    return kind.strip(), "utf-8"


def _asked(address: bytes, form: bytes, direct: bytes) -> Asked | None:
    """Return the query in a request, None if there is nothing in it at all.  Raises Refused."""
    fields = _fields(address, "address") + _fields(form, "form")
    if direct:
        fields.append(("query", _text(direct)))
    if not fields:
        return None
    names = {name for name, _ in fields}
    if names & _UPDATING:
        raise Refused(problem(400, _READ_ONLY))
    if unknown := names - {"query"} - set(_GRAPHS_ASKED) - _OLD:
        known = ", ".join(("query", *_GRAPHS_ASKED))
        raise Refused(problem(400, f"no parameter is called {min(unknown)!r}; there are {known}"))
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        told = "more than one query" if queries else "no query"
        raise Refused(problem(400, f"the request holds {told}"))
    graphs: dict[str, list[str]] = {}
    for name, value in fields:
        if name in _GRAPHS_ASKED:
            graphs.setdefault(_GRAPHS_ASKED[name], []).append(value)
    form_asked = next((value for name, value in fields if name in _OLD), "")
    return Asked(queries[0], graphs, form_asked)


def _fields(encoded: bytes, where: str) -> list[tuple[str, str]]:
    """Return names and values in the `encoded` part of a request.  Raises Refused."""
    if not encoded:
        return []
    if encoded.count(b"&") >= _MAX_FIELDS:
        raise Refused(problem(400, f"more than {_MAX_FIELDS:,} parameters"))
    try:
        encoded.decode("ascii")
        pairs = (field.partition(b"=") for field in encoded.split(b"&") if field)
        return [(_decoded(name), _decoded(value)) for name, _, value in pairs]
    except UnicodeDecodeError:
        raise Refused(problem(400, f"the {where} is not percent-encoded UTF-8")) from None


def _decoded(part: bytes) -> str:
    """Return a part of a form without its percent-encoding.  Raises UnicodeDecodeError.

    >>> _decoded(b"a+%C3%A9=%2B"), _decoded(b"100%")
    ('a é=+', '100%')
    """
    if _STRAY.search(part):
        return unquote_plus(part.decode("ascii"), errors="strict")
    # Quoted-printable differs in the sign only, and is decoded in C: 40 times as fast.
    quoted = part.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")
    return binascii.a2b_qp(quoted).decode()


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        told = f"the query is not UTF-8 (byte {error.start:,} is {body[error.start]:#04x})"
        raise Refused(problem(400, told)) from None


def _wanted(accept: str | None, form: str) -> str | None:
    """Return what decides the media type: Accept, or a short name where that is open."""
    is_open = accept is None or accept.strip() in {"", "*/*"}
    return SHORT.get(form.lower(), form) if form and is_open else accept


async def _described(desk: Desk, scope: Scope, receive: Receive, accept: str | None) -> Answer:
    """Return the service description, or to a browser the way to the console."""
    media = chosen(accept, (*DESCRIPTIONS, "text/html"))
    if media == "text/html":
        root = scope.get("root_path", "")
        return Answer(Reply(303, "text/plain", b"", {"Location": f"{root}/console"}))
    return await described(desk, scope, receive, "service", media)


async def described(
    desk: Desk, scope: Scope, receive: Receive, kind: str, media: str | None
) -> Answer:
    """Return the description `kind` of this server.  Raises Refused."""
    if media is None:
        told = f"the description can be had as {', '.join(DESCRIPTIONS)}"
        raise Refused(problem(406, told, offers=DESCRIPTIONS))
    asked = {"media": media, "address": _address(scope)}
    return await desk.answer(scope, receive, Job(kind, asked))


def _address(scope: Scope) -> str:
    """Return the address of this server as the client wrote it."""
    host = header(scope, b"host") or ""
    if not re.fullmatch(r"[\w.:\[\]-]{1,255}", host, re.ASCII):
        server = scope.get("server") or ("localhost", None)
        host = f"{server[0]}:{server[1]}"
    return f"{scope['scheme']}://{host}{scope.get('root_path', '')}/"


async def _void(request: Request) -> Answer | Response:
    desk: Desk = request.app.state.desk
    try:
        media = chosen(header(request.scope, b"accept"), DESCRIPTIONS)
        return await described(desk, request.scope, request.receive, "void", media)
    except Refused as error:
        return desk.finished(request.scope, error.reply)


async def _health(request: Request) -> Response:
    pool = request.app.state.desk.pool
    open_workers = len(pool.workers)
    is_well = bool(pool.digest) and not pool.is_closing and open_workers > 0
    told = {"status": "ok" if is_well else "unwell", "workers": open_workers,
            "idle": len(pool.idle), "waiting": len(pool.queue)}  # fmt: skip
    return JSONResponse(told, 200 if is_well else 503, {"Cache-Control": "no-store"})


def routes() -> list[BaseRoute]:
    """Return the routes of this module, besides /sparql, which the application sees to."""
    return [
        Route("/health", _health),
        Route("/void", _void),
        Route("/.well-known/void", _void),
    ]
