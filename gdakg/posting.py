"""One question to a web server, bounded in time and size, asked again where that may help.

urllib follows a redirect to any host with the credentials in hand, counts its time limit anew
for each packet, and takes a body that breaks off for a whole one; none of that here.
"""

import contextlib
import email.utils
import http.client
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from gdakg.errors import EndpointError, QueryError

#: how often a question is asked, and how long we wait before the second time, in seconds
ATTEMPTS: Final = 4
PAUSE: Final = 0.25

#: bytes of an answer; a larger one is an error, not a full memory
MOST: Final = 256 * 1024 * 1024

#: characters of a wrong body that an error shows
SHOWN: Final = 300

_BUSY: Final = frozenset({429, 502, 503, 504})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HOPS: Final = 5
_PORTS: Final = {"http": 80, "https": 443}
_BROKEN: Final = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError, EOFError)


class Reply(NamedTuple):
    """What a server answered with a status of success."""

    url: str  #: who answered: the address that was asked, or the one it moved to
    status: int
    headers: http.client.HTTPMessage
    body: bytes
    is_framed: bool  #: whether the server said where the body ends

    @property
    def kind(self) -> str:
        """The media type without its parameters, "" if none is named."""
        return self.headers.get_content_type() if "Content-Type" in self.headers else ""


def shown(body: bytes) -> str:
    """Return the beginning of `body` in one line, to be shown in an error."""
    text = " ".join(body[: 4 * SHOWN].decode(errors="replace").split())[:SHOWN]
    return text or "nothing"


def post(make: Callable[[str], Request], url: str, *, timeout: float) -> Reply:
    """Return the reply to the request that `make` makes for `url`.

    `timeout` is in seconds, for all attempts and pauses together.  Asked again, at most 4 times
    in all, after the statuses 429, 502, 503 and 504 and a connection that breaks; a redirect is
    followed on the same host only.  Raises QueryError for status 400, EndpointError else.
    """
    hops, attempt = 0, 1
    with _Deadline(timeout) as deadline:
        while True:
            try:
                return _once(make(url), url, deadline)
            except HTTPError as error:
                with contextlib.closing(error):
                    if error.code in _REDIRECTS:
                        hops += 1
                        url = _moved(url, error, hops)
                        continue
                    failure = _refused(url, error)
                    asked_pause = _retry_after(error) if error.code in _BUSY else None
                    may_help = error.code in _BUSY
            except (OSError, http.client.HTTPException, EOFError, ValueError) as error:
                failure = _failed(url, error, deadline)
                failure.__cause__ = error
                may_help, asked_pause = _is_broken(error), None
            if not may_help or attempt == ATTEMPTS or deadline.is_over:
                raise failure
            deadline.pause(attempt, asked_pause, failure)
            attempt += 1


class _Deadline:
    """A moment at which everything that still waits on a socket is ended."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()

    @property
    def left(self) -> float:
        return max(0.01, self._end - time.monotonic())

    def watch(self, connected: socket.socket) -> None:
        self._sockets.append(connected)

    def _cut(self) -> None:
        self.is_over = True
        for connected in self._sockets:
            with contextlib.suppress(OSError):
                # Not the method of a TLS socket, which would take the session from its reader.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)

    def pause(self, attempt: int, asked: float | None, failure: EndpointError | QueryError) -> None:
        """Wait before the next attempt, as long as the server asks for or longer each time."""
        seconds = PAUSE * 2 ** (attempt - 1) * random.uniform(1.0, 1.5) if asked is None else asked
        if seconds >= self.left:
            raise EndpointError(
                f"{failure}; the next attempt would be in {seconds:,.0f} s, "
                f"after the time limit of {self.seconds:g} s"
            )
        time.sleep(seconds)


class _Http(HTTPHandler):
    """Opens connections that a deadline watches."""

    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPConnection, self.deadline), req)


class _Https(HTTPSHandler):
    """Opens TLS connections that a deadline watches."""

    def __init__(self, deadline: _Deadline) -> None:
        super().__init__()
        self.deadline = deadline

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(_watched(http.client.HTTPSConnection, self.deadline), req)


def _watched(kind: Any, deadline: _Deadline) -> Any:
    """Return the class of connections of this `kind` that `deadline` watches."""

    class Watched(kind):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            deadline.watch(self.sock)

    return Watched


class _Unmoved(HTTPRedirectHandler):
    """Follows no redirect; each becomes an HTTPError, for `post` to judge."""

    def _stay(self, *_: object) -> None:
        return None

    http_error_301 = http_error_302 = http_error_303 = _stay  # type: ignore[assignment]
    http_error_307 = http_error_308 = _stay  # type: ignore[assignment]


def _once(request: Request, url: str, deadline: _Deadline) -> Reply:
    """Return the reply to one request, its body whole."""
    opener: OpenerDirector = build_opener(_Http(deadline), _Https(deadline), _Unmoved())
    with contextlib.closing(opener.open(request, timeout=deadline.left)) as response:
        body = b"".join(_pieces(response))
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        if deadline.is_over:
            raise TimeoutError
        is_framed = response.chunked or response.headers["Content-Length"] is not None
        return Reply(url, response.status, response.headers, body, bool(is_framed))


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield the body as it comes, as far as it may go."""
    size = 0
    while piece := response.read1(1 << 16):
        size += len(piece)
        if size > MOST:
            raise ValueError(f"the answer has more than {MOST:,} bytes; ask for less of it")
        yield piece


def _moved(url: str, error: HTTPError, hops: int) -> str:
    """Return where the redirect `error` leads, if that is the same host."""
    location: str = error.headers["Location"] or ""
    target = urljoin(url, location)
    if not location or error.code == 303:
        raise EndpointError(f"{url} did not answer but with HTTP {error.code}, to {target}")
    if hops > _HOPS:
        raise EndpointError(f"{url} did not answer: more than {_HOPS} redirects")
    if not _is_same_host(url, target):
        raise EndpointError(
            f"{url} did not answer but redirects to another host, {target}; "
            "if you trust it, name that address"
        )
    return target


def _is_same_host(one: str, other: str) -> bool:
    """Return whether `other` may be asked what `one` is asked: its host, or that with https."""
    try:
        here, there = urlsplit(one), urlsplit(other)
        ports = [part.port or _PORTS.get(part.scheme) for part in (here, there)]
    except ValueError:
        return False
    if here.hostname != there.hostname or there.username or there.scheme not in _PORTS:
        return False
    return (here.scheme == there.scheme and ports[0] == ports[1]) or (
        (here.scheme, there.scheme) == ("http", "https") and ports == [80, 443]
    )


def _refused(url: str, error: HTTPError) -> EndpointError | QueryError:
    """Return what to raise for a status that is no success."""
    try:
        said = shown(error.read(4 * SHOWN))
    except (OSError, http.client.HTTPException, ValueError):
        said = "nothing"
    if error.code == 400:
        return QueryError(f"{url} refused the query: {said}")
    return EndpointError(f"{url} did not answer but with HTTP {error.code}: {said}")


def _retry_after(error: HTTPError) -> float | None:
    """Return how many seconds the server wants us to wait, None if it does not say.

    As seconds or as a date (RFC 9110, 10.2.3).
    """
    said = (error.headers["Retry-After"] or "").strip()
    if said.isdecimal():
        return float(said)
    try:
        when = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _cause(error: Exception) -> object:
    return error.reason if isinstance(error, URLError) else error


def _is_broken(error: Exception) -> bool:
    """Return whether a connection that stood broke before the answer was whole."""
    cause = _cause(error)
    return isinstance(cause, (*_BROKEN, http.client.IncompleteRead)) or (
        type(cause).__name__ in {"SSLEOFError", "SSLZeroReturnError"}
    )


def _failed(url: str, error: Exception, deadline: _Deadline) -> EndpointError:
    """Return what to raise for a connection that gave no answer."""
    cause = _cause(error)
    if deadline.is_over or isinstance(cause, TimeoutError):
        return EndpointError(f"{url} did not answer in whole within {deadline.seconds:g} s")
    if isinstance(cause, http.client.IncompleteRead):
        return EndpointError(f"{url} did not answer in whole: the connection broke off")
    said = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
    return EndpointError(f"{url} did not answer: {' '.join(said.split())[:SHOWN]}")
