"""What the web process and its workers say to each other: jobs, replies, limits.

On the wire a message is two lengths, a head in JSON and a body of bytes.
"""

import json
import re
import struct
from typing import Any, Final, NamedTuple

#: kind of a job -> module and function of gdakg.server that does it, loaded in the worker;
#: each takes (kg: KnowledgeGraph, asked: dict, limits: Limits) and returns a Reply
KINDS: Final = {
    "query": "asking:query",
    "service": "describing:service",
    "void": "describing:void",
    "thing": "linked:thing",
    "ontology": "linked:ontology",
    "page": "linked:page",
    "question": "asked:question",
    "questions": "asked:listed",
    "openapi": "openapi:openapi",
    "search": "looking:search",
    "match": "looking:match",
    "view": "looking:view",
}

PROBLEM: Final = "application/problem+json"

#: lengths of head and body
FRAME: Final = struct.Struct("!IQ")

#: by status
TITLES: Final = {
    400: "Bad request",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    408: "Too slow",
    413: "Too large",
    414: "Address too long",
    415: "Unsupported media type",
    422: "Answer too large",
    500: "Query failed",
    503: "Busy",
}


class Limits(NamedTuple):
    """What one job may take: time and memory until its worker is killed, size of the answer."""

    seconds: float = 10.0
    memory: int = 2 * 1024**3
    rows: int = 100_000
    bytes: int = 64 * 1024**2


class Job(NamedTuple):
    """What a worker is to do: one of `KINDS`, and what was asked, in plain JSON values."""

    kind: str
    asked: dict[str, Any]


class Reply(NamedTuple):
    """What a client is to get; `headers` are those beyond media type, length and ETag."""

    status: int
    media: str
    body: bytes
    headers: dict[str, str]


class Opening(NamedTuple):
    """Which graph a worker holds: the bundled one with the files `data`, or a store."""

    data: tuple[str, ...] = ()
    store: str | None = None


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, **more: object
) -> Reply:
    """Return the reply that says what is wrong, in one sentence, by RFC 9457.

    >>> problem(404, "no such thing").body
    b'{"title": "Not found", "status": 404, "detail": "no such thing"}'
    """
    told = {"title": TITLES[status], "status": status, "detail": detail, **more}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return Reply(status, PROBLEM, body, headers or {})


def refused(message: str) -> Reply:
    """Return the problem for a query that is refused, with the place if `message` tells it.

    >>> json.loads(refused("not SPARQL at line 1, column 9: a dot").body)["column"]
    9
    """
    detail, _, pointed = message.partition("\n")
    place = re.search(r"\bline (\d+), column (\d+)", detail)
    more: dict[str, object] = {"line": int(place[1]), "column": int(place[2])} if place else {}
    if pointed:
        more["pointed"] = pointed
    return problem(400, detail, None, **more)


def too_much_memory(limits: Limits) -> str:
    """Return what is told of a query that needed more memory than the limit."""
    return f"the query needed more memory than the limit of {limits.memory / 1024**2:,.0f} MiB"


def plain(reply: Reply) -> Reply:
    """Return a `problem` as plain text, for a client that takes no JSON."""
    told = json.loads(reply.body)
    text = "\n".join(filter(None, (told["detail"], told.get("pointed"), "")))
    return reply._replace(media="text/plain; charset=utf-8", body=text.encode())


def framed(head: bytes, body: bytes = b"") -> bytes:
    """Return a message as it goes over the wire.

    >>> framed(b"{}", b"abc")
    b'\\x00\\x00\\x00\\x02\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x03{}abc'
    """
    return FRAME.pack(len(head), len(body)) + head + body
