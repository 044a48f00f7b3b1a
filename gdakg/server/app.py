"""The ASGI application: it starts the pool, finds the route, and logs."""

import contextlib
import logging
import time
from typing import Any, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from gdakg.errors import GdakgError
from gdakg.server import console, linked_routes, protocol
from gdakg.server.desk import Answer, ClientGone, Desk, Message, Receive, Scope, Send, header
from gdakg.server.jobs import TITLES, Reply, problem
from gdakg.server.settings import Settings

logger = logging.getLogger("gdakg.server.access")

#: of the log: method, path, status, bytes, milliseconds
_LINE: Final = "%s %s %d %d %.1f"
_ENDPOINTS: Final = frozenset({"/sparql", "/sparql/"})
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": protocol.ALLOWED,
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Application:
    """The server as an ASGI application; its pool starts and ends with the lifespan."""

    def __init__(self, settings: Settings | None = None) -> None:
        """Take the settings; without them the environment tells, when the server starts."""
        self.settings = settings
        self.desk: Desk | None = None
        #: why it could not start
        self.failure: GdakgError | None = None
        self._routes = Starlette(
            routes=_routes(),
            exception_handlers={HTTPException: _no_route, Exception: _fault},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or go through the lifespan."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._logged(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start the pool before the first request, stop it after the last."""
        await receive()
        try:
            await self._start()
        except GdakgError as error:
            self.failure = error
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.desk is not None:
            await self.desk.pool.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _start(self) -> None:
        self.settings = self.settings or Settings.from_environment()
        desk = Desk(self.settings)
        await desk.pool.start()
        self.desk = desk
        self._routes.state.desk = desk

    async def _logged(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and write a line about it that holds nothing of what was asked."""
        if self.desk is None:
            await _answer_early(scope, receive, send)
            return
        if self.settings is not None and self.settings.cors:
            send = _shared(scope, send, self.settings.cors)
        if not self.desk.settings.is_logged:
            await self._answered(self.desk, scope, receive, send)
            return
        began = time.perf_counter()
        told = [499, 0]

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                told[0] = message["status"]
            else:
                told[1] += len(message.get("body", b""))
            await send(message)

        try:
            await self._answered(self.desk, scope, receive, counted)
        finally:
            if logger.isEnabledFor(logging.INFO):
                path = scope.get("raw_path", b"")[:200].decode("ascii", "replace")
                took = 1000 * (time.perf_counter() - began)
                # What logger.info does, but for looking for the line of code that called it.
                given = (scope["method"], path, *told, took)
                logger.handle(
                    logging.LogRecord(logger.name, logging.INFO, __file__, 0, _LINE, given, None)
                )

    async def _answered(self, desk: Desk, scope: Scope, receive: Receive, send: Send) -> None:
        with contextlib.suppress(ClientGone):
            if scope["method"] == "OPTIONS" and desk.settings.cors:
                await Answer(Reply(204, "", b"", {"Allow": protocol.ALLOWED}))(scope, receive, send)
            elif scope["path"].removeprefix(scope.get("root_path", "")) in _ENDPOINTS:
                await protocol.sparql(desk, scope, receive, send)
            else:
                await self._routes(scope, receive, send)


def _routes() -> list[BaseRoute]:
    """Return the routes of all modules."""
    return [
        *protocol.routes(),
        *console.routes(),
        *linked_routes.routes(),
        *linked_routes.last_routes(),
    ]


async def _no_route(request: Request, error: Exception) -> Any:
    """Return the problem for an address or a method that there is not."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = {
        404: f"nothing is at {request.url.path[:200]!r}",
        405: f"{request.method} is not taken at {request.url.path[:200]!r}",
    }.get(status, getattr(error, "detail", "") or "the request cannot be answered")
    headers = dict(getattr(error, "headers", None) or {})
    known = status if status in TITLES else 400
    return request.app.state.desk.finished(request.scope, problem(known, detail, headers))


async def _fault(request: Request, error: Exception) -> Response:
    """Return the problem for a fault of ours; the log tells more, but not what was asked."""
    logging.getLogger("gdakg.server").error("a fault of ours: %s", type(error).__name__)
    told = problem(500, "the server met a fault of its own; it is in its log")
    return Response(told.body, 500, media_type=told.media)


async def _answer_early(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer before the pool has started, or when no lifespan has been gone through."""
    told = problem(503, "the server is not ready", {"Retry-After": "5"})
    response = Response(told.body, 503, told.headers, told.media)
    await response(scope, receive, send)


def _shared(scope: Scope, send: Send, origins: tuple[str, ...]) -> Send:
    """Return `send`, with the headers that let pages of the `origins` read the answer."""
    origin = header(scope, b"origin")
    if origin is None or not {origin, "*"} & set(origins):
        return send
    allowed = "*" if "*" in origins else origin
    more = {"Access-Control-Allow-Origin": allowed,
            "Access-Control-Expose-Headers": "ETag, Retry-After, Link"}  # fmt: skip
    if scope["method"] == "OPTIONS":
        more |= _PREFLIGHT
    if allowed != "*":
        more["Vary"] = "Origin"
    added = [(name.lower().encode(), value.encode("latin-1")) for name, value in more.items()]

    async def sharing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sharing


#: set up by the environment: `uvicorn gdakg.server:application`
application: Final = Application()
