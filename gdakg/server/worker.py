"""A worker: a process that holds the graph and does one job at a time, until it is killed.

It is started with a socket to the web process and nothing else.  What it cannot stop by itself,
the web process stops with SIGKILL, and should that be gone, the kernel with SIGALRM.
"""

import contextlib
import ctypes
import gc
import gzip
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, Final

import gdakg
from gdakg.errors import (
    GdakgError,
    ParameterError,
    QueryError,
    UnknownQuestionError,
    UnknownThingError,
)
from gdakg.knowledge import KnowledgeGraph
from gdakg.server.digesting import digest
from gdakg.server.jobs import (
    FRAME,
    KINDS,
    Job,
    Limits,
    Opening,
    Reply,
    framed,
    problem,
    refused,
    too_much_memory,
)

Doing = Callable[[KnowledgeGraph, dict[str, Any], Limits], Reply]

#: how much longer than its limit a job may run if nobody is there to kill it
_GRACE: Final = 2.0
#: what is worth compressing, in bytes, and which media types
_WORTH: Final = 1024
_PACKED: Final = ("text/", "application/", "image/svg")
#: growth by which a worker is worn out and gives way to a fresh one, in bytes
_WORN: Final = 384 * 1024**2
_SLOW: Final = 0.05
_NEW_USERS: Final = 0x10000000  # CLONE_NEWUSER
_NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET


def main(descriptor: int) -> None:
    """Open the graph that the first message names, then do jobs until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = socket.socket(fileno=descriptor)
    threading.Thread(target=_watch, args=(connection.fileno(),), daemon=True).start()
    first = _taken(connection)
    if first is None:
        return
    opening, limits = Opening(*first["opening"]), Limits(*first["limits"])
    try:
        kg = opened(opening)
        known = digest(opening)
    except (GdakgError, OSError) as error:
        connection.sendall(framed(json.dumps({"failed": str(error)}).encode()))
        return
    gc.collect()
    gc.freeze()
    _confine(limits)
    connection.sendall(framed(json.dumps({"digest": known}).encode()))
    _work(connection, kg, limits)


def opened(opening: Opening) -> KnowledgeGraph:
    """Return the graph to ask."""
    if opening.store is not None:
        return gdakg.open_store(opening.store)
    return gdakg.load(*opening.data)


def done(kg: KnowledgeGraph, job: Job, limits: Limits) -> Reply:
    """Return the reply to `job`; an error that the client can act on is a reply as well."""
    try:
        module, _, name = KINDS[job.kind].partition(":")
        doing: Doing = getattr(importlib.import_module(f"gdakg.server.{module}"), name)
        return doing(kg, job.asked, limits)
    except (UnknownQuestionError, UnknownThingError) as error:
        return problem(404, str(error))
    except (QueryError, ParameterError) as error:
        return refused(str(error))
    except MemoryError:
        return problem(500, too_much_memory(limits))
    except Exception as error:
        # Never the message: it may hold what the client asked.
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        at = ", ".join(f"{os.path.basename(f.filename)}:{f.lineno}" for f in frames)  # noqa: PTH119
        print(f"gdakg worker: {type(error).__name__} at {at}", file=sys.stderr, flush=True)
        return problem(500, "the server met a fault of its own; it is in its log")


def packed(reply: Reply) -> Reply:
    """Return `reply` compressed by gzip, if it is worth it."""
    is_worth = len(reply.body) > _WORTH and reply.media.startswith(_PACKED)
    if not is_worth or "Content-Encoding" in reply.headers:
        return reply
    body = gzip.compress(reply.body, compresslevel=5, mtime=0)
    return reply._replace(body=body, headers=reply.headers | {"Content-Encoding": "gzip"})


def _work(connection: socket.socket, kg: KnowledgeGraph, limits: Limits) -> None:
    """Do the jobs that come over `connection`, one after the other."""
    fresh = _resident()
    while (told := _taken(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)
        began = time.monotonic()
        reply = done(kg, Job(told["kind"], told["asked"]), limits)
        if told["gzip"]:
            reply = packed(reply)
        head = {"status": reply.status, "media": reply.media, "headers": reply.headers}
        if time.monotonic() - began > _SLOW and _resident() - fresh > _WORN:
            head["worn"] = True
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.sendall(framed(json.dumps(head).encode(), reply.body))


def _taken(connection: socket.socket) -> dict[str, Any] | None:
    """Return the next message, None at the end of all; they never come two at once."""
    parts = [connection.recv(1 << 16)]
    size = len(parts[0])
    while parts[-1]:
        if size >= FRAME.size:
            held = b"".join(parts)
            wanted = FRAME.size + FRAME.unpack_from(held)[0]
            if size >= wanted:
                found: dict[str, Any] = json.loads(held[FRAME.size :])
                return found
            parts = [held]
        parts.append(connection.recv(1 << 20))
        size += len(parts[-1])
    return None


def _watch(descriptor: int) -> None:
    """End the process as soon as the other end of the socket is gone, whatever it is doing."""
    poll = select.poll()
    poll.register(descriptor, select.POLLHUP)
    poll.poll()
    os._exit(0)


def _confine(limits: Limits) -> None:
    """Bound the memory of this process, and take the network from it where that is allowed."""
    size = _mapped() + limits.memory
    with contextlib.suppress(ValueError, OSError):  # a stricter limit may be set already
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        # As root without new users, so that files stay readable by the same rights.
        libc.unshare(_NEW_NETWORK) and libc.unshare(_NEW_USERS | _NEW_NETWORK)


def _mapped() -> int:
    """Return how much address space the process has, in bytes; 0 where it is not told."""
    return _statm(0)


def _resident() -> int:
    """Return how much memory the process holds, in bytes; 0 where it is not told."""
    return _statm(1)


def _statm(column: int) -> int:
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
            return int(file.read().split()[column]) * resource.getpagesize()
    except OSError:
        return 0
