"""The desk of the web process: it takes jobs in, has them done, and hands answers out."""

import asyncio
import contextlib
import weakref
from collections.abc import Awaitable, Callable, MutableMapping
from hashlib import blake2b
from typing import Any, Final

from gdakg.server import negotiation
from gdakg.server.jobs import PROBLEM, Job, Reply, plain, problem
from gdakg.server.pool import FullError, Pool, Ticket, message
from gdakg.server.settings import Settings
from gdakg.server.shelf import Shelf

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

#: answers that are kept, in bytes: all, and one
_KEPT: Final = 64 * 1024**2
_LARGEST: Final = 4 * 1024**2
#: what an entry costs besides its body
_OVERHEAD: Final = 1_000
#: as many of the largest answers may be held for clients that are slow to take them
_HELD: Final = 16
#: smaller ones are not counted
_SMALL: Final = 64 * 1024
#: an answer goes out in parts of this size, each of which a client has so long to take
_PART: Final = 256 * 1024
#: for how long a job runs before we look whether its client is still there
_PATIENCE: Final = 0.1
#: how much of an unwanted body is read before the connection is closed, and for how long
_DRAINED: Final = 4 * 1024**2
_DRAINING: Final = 2.0

_JSON: Final = (PROBLEM, "application/json")
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"Accept, Accept-Encoding, Accept-Language"),
)
_KEEPABLE: Final = (b"cache-control", b"no-cache")


class ClientGone(Exception):  # noqa: N818
    """The client closed the connection before it had its answer."""


class TooLarge(Exception):  # noqa: N818
    """The body of a request is larger than is taken."""


class Slow(Exception):  # noqa: N818
    """The body of a request did not come in time."""


class Crowded(Exception):  # noqa: N818
    """The bodies and answers under way fill the memory that is set aside for them."""


class Room:
    """The memory that bodies and answers may take in the web process."""

    __slots__ = ("held", "size")

    def __init__(self, size: int) -> None:
        """Take how many bytes there are."""
        self.size = size
        self.held = 0

    def take(self, size: int) -> None:
        """Take `size` bytes.  Raises Crowded."""
        if self.held + size > self.size:
            raise Crowded
        self.held += size

    def give(self, size: int) -> None:
        """Give `size` bytes back."""
        self.held -= size


class Answer:
    """What goes out: an ASGI application that answers any request with the same."""

    __slots__ = ("__weakref__", "body", "etag", "is_last", "start")

    def __init__(self, reply: Reply, etag: str = "", *, is_last: bool = False) -> None:
        """Take a reply; after one that `is_last` the connection is closed."""
        headers = [
            (b"content-type", reply.media.encode("latin-1", "replace")),
            (b"content-length", str(len(reply.body)).encode()),
            *_ALWAYS,
        ]
        if reply.status == 204:
            headers = headers[2:]
        if etag:
            headers += [(b"etag", etag.encode()), _KEEPABLE]
        if is_last:
            headers.append((b"connection", b"close"))
        headers += [
            (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
            for name, value in reply.headers.items()
        ]
        self.body = reply.body
        self.etag = etag
        self.is_last = is_last
        self.start = {"type": "http.response.start", "status": reply.status, "headers": headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, in parts; to HEAD without the body."""
        if self.etag and scope["method"] in {"GET", "HEAD"} and _is_known(scope, self.etag):
            await _send_unchanged(self.etag, send)
            return
        await send(self.start)
        body = b"" if scope["method"] == "HEAD" else self.body
        at = 0
        while len(body) - at > _PART:
            await send(_part(body[at : at + _PART], is_more=True))
            at += _PART
        if self.is_last:
            await send(_part(body[at:], is_more=True))
            await _drain(receive)
            await send(_part(b"", is_more=False))
        else:
            await send(_part(body[at:], is_more=False))


class Desk:
    """What all routes share: the settings, the pool, and the shelf of answers."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; `start` starts the workers."""
        self.settings = settings
        self.pool = Pool(settings.opening, settings.limits, settings.workers, settings.waiting)
        self.shelf: Shelf[Answer] = Shelf(_KEPT, _LARGEST)
        self.pool.on_change = self.shelf.clear
        self.room = Room(_HELD * settings.limits.bytes + _KEPT)

    async def answer(
        self, scope: Scope, receive: Receive, job: Job, *, key: bytes = b"", is_fixed: bool = True
    ) -> Answer:
        """Return the answer to `job`, kept or fresh.

        What `is_fixed` depends on the graph and the job alone; other answers have no ETag and
        are not kept.  `key` names the request if something shorter than the job does.  Raises
        ClientGone.
        """
        is_gzip = negotiation.is_gzip_wanted(header(scope, b"accept-encoding"))
        told = message(job, is_gzip=is_gzip)
        if not is_fixed:
            return self._held(scope, self.finished(scope, await self.reply(told, receive)))
        key = key or blake2b(told, digest_size=16).digest()
        if (kept := self.shelf.get(key)) is not None:
            return kept
        graph = self.pool.digest
        etag = f'"{blake2b(told + graph.encode(), digest_size=12).hexdigest()}"'
        if scope["method"] in {"GET", "HEAD"} and _is_known(scope, etag):
            return Answer(Reply(200, "", b"", {}), etag)
        reply = await self.reply(told, receive)
        if reply.status != 200 or graph != self.pool.digest:
            return self.finished(scope, reply)
        answer = self._held(scope, Answer(reply, etag))
        if answer.etag:
            self.shelf.put(key, answer, len(reply.body) + _OVERHEAD)
        return answer

    def _held(self, scope: Scope, answer: Answer) -> Answer:
        """Return `answer`, or the problem that there is no room for it until others are taken."""
        size = len(answer.body)
        if size > _SMALL:
            try:
                self.room.take(size)
            except Crowded:
                told = "the answers under way fill the memory of the server"
                return self.finished(scope, problem(503, told, {"Retry-After": "5"}))
            weakref.finalize(answer, self.room.give, size).atexit = False
        return answer

    async def reply(self, told: bytes, receive: Receive) -> Reply:
        """Return the reply to the job in the message `told`.  Raises ClientGone."""
        try:
            ticket = self.pool.put(told)
        except FullError as error:
            return problem(503, str(error), {"Retry-After": "2"})
        watch = _Watch(self.pool, ticket, receive)
        try:
            return await ticket.reply
        except asyncio.CancelledError:
            if watch.is_gone:
                raise ClientGone from None
            self.pool.give_up(ticket)
            raise
        finally:
            watch.end()

    def finished(self, scope: Scope, reply: Reply, *, is_last: bool = False) -> Answer:
        """Return `reply` as it goes out: a problem as plain text to a client without JSON."""
        if reply.media == PROBLEM:
            wanted = negotiation.chosen(header(scope, b"accept"), (*_JSON, "text/plain"))
            if wanted not in _JSON:
                reply = plain(reply)
        return Answer(reply, is_last=is_last)


class _Watch:
    """Looks, once a job has run for a moment, whether its client is still there."""

    __slots__ = ("_pool", "_receive", "_task", "_ticket", "_timer", "is_gone")

    def __init__(self, pool: Pool, ticket: Ticket, receive: Receive) -> None:
        self.is_gone = False
        self._pool = pool
        self._ticket = ticket
        self._receive = receive
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE, self._begin)

    def end(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()
            self._task = None  # else a cycle would hold the whole reply until it is collected

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.is_gone = True
        self._pool.give_up(self._ticket)


async def body_of(
    scope: Scope, receive: Receive, limit: int, seconds: float, room: Room | None = None
) -> bytes:
    """Return the body of a request.

    Raises TooLarge as soon as it has more than `limit` bytes or says so, Slow after `seconds`,
    Crowded as soon as there is no `room` for it, ClientGone.
    """
    said = header(scope, b"content-length")
    if said is not None and said.isdecimal() and int(said) > limit:
        raise TooLarge
    parts, size, held, is_more = [], 0, 0, True
    try:
        async with asyncio.timeout(seconds):
            while is_more:
                told = await receive()
                if told["type"] == "http.disconnect":
                    raise ClientGone
                part: bytes = told.get("body", b"")
                size += len(part)
                if size > limit:
                    raise TooLarge
                if room is not None:
                    room.take(len(part))
                    held += len(part)
                parts.append(part)
                is_more = told.get("more_body", False)
    except TimeoutError:
        raise Slow from None
    finally:
        if room is not None:
            room.give(held)
    return b"".join(parts)


def header(scope: Scope, name: bytes) -> str | None:
    """Return the header `name` of a request, its lines joined; None if there is none."""
    named: dict[bytes, bytes] | None = scope.get("gdakg.headers")
    if named is None:
        named = {}
        for key, value in scope["headers"]:
            named[key] = named[key] + b", " + value if key in named else value
        scope["gdakg.headers"] = named
    found = named.get(name)
    return None if found is None else found.decode("latin-1")


def _is_known(scope: Scope, etag: str) -> bool:
    """Return whether the client says that it has the answer `etag`."""
    known = header(scope, b"if-none-match")
    return known is not None and etag in {
        tag.strip().removeprefix("W/") for tag in known.split(",")
    }


async def _send_unchanged(etag: str, send: Send) -> None:
    headers = [(b"etag", etag.encode()), _KEEPABLE, *_ALWAYS]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send(_part(b"", is_more=False))


def _part(body: bytes, *, is_more: bool) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": is_more}


async def _drain(receive: Receive) -> None:
    """Read on for a moment: who is cut off while sending would not see our answer."""
    size = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_DRAINING):
            while size < _DRAINED:
                told = await receive()
                size += len(told.get("body", b""))
                if told["type"] == "http.disconnect" or not told.get("more_body", False):
                    return
