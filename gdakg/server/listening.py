"""The web server: uvicorn, with clients that are too slow shown the door."""

import asyncio
import contextlib
import gc
import logging
import re
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from gdakg.errors import GdakgError
from gdakg.server.app import Application
from gdakg.server.jobs import problem
from gdakg.server.protocol import MAX_ADDRESS, TOO_LONG
from gdakg.server.settings import Settings

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as Spoken
else:
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Spoken
    except ImportError:
        from uvicorn.protocols.http.h11_impl import H11Protocol as Spoken

#: the longest head of a request, in bytes
MAX_HEAD: Final = 128 * 1024
_TOO_MUCH: Final = f"the head of the request is longer than {MAX_HEAD:,} bytes"
_REFUSAL: Final = (
    b"HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: %d\r\nConnection: close\r\n\r\n%s"
)
#: how much the kernel holds that it could not send yet: more would hide how slow a client is
_LEAST_UNSENT: Final[int | None] = getattr(socket, "TCP_NOTSENT_LOWAT", None)
_UNSENT: Final = 128 * 1024
_UPGRADE: Final = re.compile(rb"\r\nupgrade(?=:)", re.IGNORECASE)
#: files that are open besides connections
_OWN_FILES: Final = 256
#: what a surplus connection may take until it has its refusal, in seconds
_SURPLUS_SECONDS: Final = 2.0


class ServeError(GdakgError, OSError):
    """The server cannot listen where it was told to."""


class Joined:
    """A transport that sends the head of an answer along with what follows it, by one call."""

    def __init__(self, transport: Any) -> None:
        """Take the transport."""
        self._transport = transport
        self._head = b""

    def __getattr__(self, name: str) -> Any:
        """Return what the transport has by this name."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send `data`; the head of an answer waits for what follows, or for `flush`."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif data.startswith(b"HTTP/1.1 ") and not data.startswith(b"HTTP/1.1 1"):
            self._head = data
        else:
            self._transport.write(data)

    def flush(self) -> None:
        """Send the head that waits, if one does."""
        if self._head:
            self.write(b"")

    def close(self) -> None:
        """Send what waits, and close."""
        self.flush()
        self._transport.close()


class Watched(Spoken):
    """A connection that is closed if its client sends a head, or takes an answer, too slowly."""

    settings: Settings

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the head of a request; refuse a connection too many."""
        self._joined = Joined(transport)
        super().connection_made(self._joined)  # type: ignore[arg-type]
        if _LEAST_UNSENT is not None and (held := transport.get_extra_info("socket")) is not None:
            held.setsockopt(socket.IPPROTO_TCP, _LEAST_UNSENT, _UNSENT)
        self._size = 0
        self._line_ended = False
        self._head_timer: asyncio.TimerHandle | None = None
        self._send_timer: asyncio.TimerHandle | None = None
        seconds = self.settings.head_seconds
        surplus = len(self.connections) - self.settings.connections
        if surplus > 0:
            self.app = _refuse
            seconds = min(seconds, _SURPLUS_SECONDS)
        if surplus > self.settings.connections:
            transport.abort()
        else:
            self._head_timer = self.loop.call_later(seconds, self._abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        self._stop_head_timer()
        self._stop_send_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and look whether it ends the head of a request."""
        before = self.cycle
        if b"pgrade" in data and not self._size and (before is None or before.response_complete):
            data = _without_upgrade(data)
        super().data_received(data)
        if self.cycle is not before and self._loses_body():
            self.cycle.keep_alive = False
        if self.cycle is not before or (before is not None and not before.response_complete):
            self._stop_head_timer()
            self._size = 0
            self._line_ended = False
        elif not self.transport.is_closing():
            self._wait_for_more(data)

    def pause_writing(self) -> None:
        """Wait for the client to take what was sent, for so long."""
        super().pause_writing()
        self._stop_send_timer()
        self._send_timer = self.loop.call_later(self.settings.send_seconds, self._abort)

    def resume_writing(self) -> None:
        """Note that the client has taken all."""
        self._stop_send_timer()
        super().resume_writing()

    def on_response_complete(self) -> None:
        """See to it that the end of an answer is taken, too."""
        self._joined.flush()
        super().on_response_complete()
        if self.transport.is_closing() and self.transport.get_write_buffer_size():
            self._stop_send_timer()
            self._send_timer = self.loop.call_later(self.settings.send_seconds, self._abort)

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection at rest, even one whose client never took the last answer."""
        if self.transport.get_write_buffer_size():
            self._abort()
        super().timeout_keep_alive_handler()

    def _loses_body(self) -> bool:
        """Return whether the parser takes what follows the head for another protocol."""
        parser = getattr(self, "parser", None)
        return parser is not None and parser.should_upgrade()

    def _wait_for_more(self, data: bytes) -> None:
        """Go on waiting for the end of a head, unless it is too long."""
        self._size += len(data)
        self._line_ended = self._line_ended or b"\n" in data
        if self._size > MAX_HEAD:
            if self._line_ended:
                self._refuse(b"431 Request Header Fields Too Large", _TOO_MUCH)
            else:
                self._refuse(b"414 URI Too Long", TOO_LONG)
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.settings.head_seconds, self._abort)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; the parser does not know why it ends at 64 kB of address."""
        if len(getattr(self, "url", None) or b"") > MAX_ADDRESS:
            self._refuse(b"414 URI Too Long", TOO_LONG)
        else:
            self._refuse(b"400 Bad Request", msg)

    def _refuse(self, status: bytes, told: str) -> None:
        body = f"{told}\n".encode()
        self.transport.write(_REFUSAL % (status, len(body), body))
        self.transport.close()

    def _abort(self) -> None:
        self.transport.abort()

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_send_timer(self) -> None:
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None


class Server(uvicorn.Server):
    """uvicorn's server; a signal ends it when what runs is done, with exit code 0."""

    application: Application
    #: called when it listens
    on_ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the workers, then listen, then say so."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        self.on_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals that ask for the end, and do not raise them anew after it."""
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = {one: signal.signal(one, self.handle_exit) for one in wanted}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take no more jobs; the second signal does not wait for those that run."""
        self.force_exit = self.should_exit
        self.should_exit = True
        if self.application.desk is not None:
            self.application.desk.pool.close()


def serve(settings: Settings, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve at `host` and `port` until a signal ends it; port 0 is any that is free.

    `on_ready` gets the address as soon as the workers are ready.  Raises ServeError for an address
    that cannot be had, LoadError for a graph that cannot be opened.
    """
    bound = _bound(host, port)
    _allow_files(2 * settings.connections + _OWN_FILES)
    address = _told(bound)
    application = Application(settings)
    protocol = type("Watched", (Watched,), {"settings": settings})
    config = uvicorn.Config(
        application,
        http=protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=max(1, round(settings.idle_seconds)),
        timeout_graceful_shutdown=round(settings.limits.seconds + settings.send_seconds) + 5,
        h11_max_incomplete_event_size=MAX_HEAD,
    )
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    server = Server(config)
    server.application = application
    server.on_ready = lambda: on_ready(address)
    try:
        server.run(sockets=[bound])
    except SystemExit:
        if application.failure is not None:
            raise application.failure from None
        raise
    finally:
        bound.close()


async def _refuse(scope: Any, receive: Any, send: Any) -> None:
    """Answer on a connection too many."""
    told = problem(503, "too many connections are open")
    size = str(len(told.body)).encode()
    headers = [(b"content-type", told.media.encode()), (b"content-length", size),
               (b"retry-after", b"2"), (b"connection", b"close")]  # fmt: skip
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": told.body})


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to the address and does not listen yet.  Raises ServeError."""
    bound = None
    try:
        family, kind, number, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, number)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
        bound.set_inheritable(False)
    except OSError as error:
        if bound is not None:
            bound.close()
        reason = (error.strerror or str(error)).lower()
        raise ServeError(f"cannot listen at {host}:{port}: {reason}") from error
    return bound


def _without_upgrade(data: bytes) -> bytes:
    """Return `data`, the begin of a request, without the wish for another protocol.

    Java's client wishes for HTTP/2 with every first request; the parser would then drop the body
    (https://github.com/Kludex/uvicorn/issues/2722).  The length stays.
    """
    head, end, rest = data.partition(b"\r\n\r\n")
    return _UPGRADE.sub(b"\r\nX-Grade", head) + end + rest


def _allow_files(wanted: int) -> None:
    """Let this process open so many files, if the system lets it: each connection is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _told(bound: socket.socket) -> str:
    """Return the address of a bound socket, as one would write it into a browser."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
