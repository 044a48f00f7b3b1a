"""The pool of workers: jobs go in, replies come out, and what runs too long is killed.

All of it runs in the event loop of the web process and never waits: a worker is a process with
a socket, and what comes over the socket calls back.
"""

import asyncio
import contextlib
import json
import logging
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from gdakg.errors import GdakgError, LoadError
from gdakg.server.jobs import FRAME, Job, Limits, Opening, Reply, framed, problem, too_much_memory

logger = logging.getLogger("gdakg.server")

#: how long a worker may take to open its graph, in seconds
_OPENING: Final = 300.0
#: how long to wait before a worker that could not open its graph is started again
_AGAIN: Final = 2.0
#: how many time limits long a job may wait
_PATIENCE: Final = 3
_PROGRAM: Final = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from gdakg.server.worker import main; main(int(sys.argv[1]))"
)


class FullError(GdakgError):
    """No worker is idle and the queue is full, or the pool is closing."""


class Ticket:
    """A job in the pool; `reply` is there when its future is done."""

    __slots__ = ("message", "reply", "since", "worker")

    def __init__(self, message: bytes, reply: "asyncio.Future[Reply]", since: float) -> None:
        """Take the job as a message, and when it came, by the clock of the event loop."""
        self.message = message
        self.reply = reply
        self.since = since
        self.worker: Worker | None = None


class Pool:
    """Workers on one graph; at most as many jobs run at once, and a bounded number waits."""

    def __init__(self, opening: Opening, limits: Limits, workers: int, waiting: int) -> None:
        """Take what the workers are to be; `start` starts them."""
        self.opening = opening
        self.limits = limits
        self.size = workers
        self.waiting = waiting
        #: what tells the graph of the workers from any other, for ETags
        self.digest = ""
        #: called when a fresh worker holds another graph than those before
        self.on_change: Callable[[], None] = lambda: None
        self.workers: set[Worker] = set()
        self.idle: list[Worker] = []
        self.queue: deque[Ticket] = deque()
        self._clock: asyncio.TimerHandle | None = None
        self.is_closing = False

    async def start(self) -> None:
        """Start the workers and wait until all have opened the graph.

        Raises LoadError with the reason if one cannot.
        """
        started = [self._hire() for _ in range(self.size)]
        try:
            async with asyncio.timeout(_OPENING):
                await asyncio.gather(*(worker.ready for worker in started))
        except (LoadError, TimeoutError) as error:
            await self.stop()
            raise LoadError(str(error) or "the graph took too long to open") from error

    def close(self) -> None:
        """Take no more jobs and give up those that wait; what runs may end."""
        self.is_closing = True
        while self.queue:
            _settle(self.queue.popleft(), _closing())

    async def stop(self) -> None:
        """End all workers, and wait until they are gone."""
        self.close()
        gone = [worker.gone for worker in self.workers]
        for worker in list(self.workers):
            worker.kill("the server is stopping")
        if gone:
            await asyncio.wait(gone, timeout=10)

    def submit(self, job: Job, *, is_gzip: bool = False) -> Ticket:
        """Return a ticket for `job`, which runs at once or waits.  Raises FullError."""
        return self.put(message(job, is_gzip=is_gzip))

    def put(self, message: bytes) -> Ticket:
        """Return a ticket for the job in `message`.  Raises FullError."""
        if self.is_closing:
            raise FullError("the server is stopping")
        loop = asyncio.get_running_loop()
        ticket = Ticket(message, loop.create_future(), loop.time())
        if self.idle:
            self.idle.pop().take(ticket)
        elif len(self.queue) < self.waiting:
            self.queue.append(ticket)
            if self._clock is None:
                self._clock = loop.call_later(self.patience, self._send_away)
        else:
            raise FullError(f"{self.size} jobs run and {self.waiting} wait, no more are taken")
        return ticket

    @property
    def patience(self) -> float:
        """How long a job may wait, in seconds."""
        return _PATIENCE * self.limits.seconds

    def _send_away(self) -> None:
        """Give up the jobs that have waited too long, and look again when the next one will."""
        loop = asyncio.get_running_loop()
        self._clock = None
        while self.queue:
            left = self.queue[0].since + self.patience - loop.time()
            if left > 0:
                self._clock = loop.call_later(left, self._send_away)
                return
            told = f"no worker was free for {self.patience:g} seconds"
            _settle(self.queue.popleft(), problem(503, told, {"Retry-After": "5"}))

    def give_up(self, ticket: Ticket) -> None:
        """Free the place of `ticket`, whose client is gone."""
        ticket.reply.cancel()
        if ticket.worker is not None:
            ticket.worker.kill("its client is gone")
        else:
            with contextlib.suppress(ValueError):
                self.queue.remove(ticket)

    def freed(self, worker: "Worker") -> None:
        """Give `worker` the next job, or let it rest."""
        while self.queue:
            ticket = self.queue.popleft()
            if not ticket.reply.done():
                worker.take(ticket)
                return
        self.idle.append(worker)

    def opened(self, worker: "Worker", digest: str) -> None:
        """Note that `worker` has opened the graph `digest`."""
        if self.digest not in {"", digest}:
            logger.warning("the graph has changed: the other workers open it anew")
            for other in self.workers - {worker}:
                other.retire()
            self.on_change()
        self.digest = digest

    def ended(self, worker: "Worker", *, is_sound: bool) -> None:
        """Start another worker in the place of `worker`, which has ended."""
        self.workers.discard(worker)
        if worker in self.idle:
            self.idle.remove(worker)
        if self.is_closing or not self.digest:
            return
        if is_sound:
            self._hire_again()
        else:
            asyncio.get_running_loop().call_later(_AGAIN, self._hire_again)

    def _hire_again(self) -> None:
        """Start a worker; try again if the system has no process or file descriptor for it."""
        if self.is_closing:
            return
        try:
            self._hire()
        except OSError as error:
            logger.warning("a worker cannot start: %s", error.strerror)
            asyncio.get_running_loop().call_later(_AGAIN, self._hire_again)

    def _hire(self) -> "Worker":
        """Return a worker that has just been started."""
        worker = Worker(self)
        self.workers.add(worker)
        return worker


class Worker(asyncio.Protocol):
    """The end of a worker that the web process holds."""

    def __init__(self, pool: Pool) -> None:
        """Start the process."""
        self.pool = pool
        self.loop = asyncio.get_running_loop()
        self.ticket: Ticket | None = None
        self.ready: asyncio.Future[None] = self.loop.create_future()
        self.gone: asyncio.Future[None] = self.loop.create_future()
        self._transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._parts: list[bytes] = []
        self._missing = FRAME.size
        self._why = ""
        self._is_worn = False
        self._is_open = False
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.process = _process(theirs)
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        self._connecting = self.loop.create_task(self._connect(ours))

    async def _connect(self, ours: socket.socket) -> None:
        await self.loop.create_unix_connection(lambda: self, sock=ours)

    # What the pool calls

    def take(self, ticket: Ticket) -> None:
        """Do the job of `ticket`; kill the process if it takes longer than the limit."""
        ticket.worker = self
        self.ticket = ticket
        self._write(ticket.message)
        self._timer = self.loop.call_later(self.pool.limits.seconds, self.kill, _LATE)

    def kill(self, why: str) -> None:
        """Kill the process; `why` is what its client is told."""
        self._why = self._why or why
        self._is_open = False
        if self in self.pool.idle:
            self.pool.idle.remove(self)
        if self.process.poll() is None:
            self.process.kill()

    def retire(self) -> None:
        """End the process as soon as its job is done."""
        self._is_worn = True
        if self.ticket is None:
            self.kill("it gives way to another")

    # What the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tell the process which graph to open."""
        self._transport = transport  # type: ignore[assignment]
        told = {"opening": self.pool.opening, "limits": self.pool.limits}
        self._write(framed(json.dumps(told).encode()))

    def data_received(self, data: bytes) -> None:
        """Put messages together."""
        self._parts.append(data)
        self._missing -= len(data)
        while self._missing <= 0:
            held = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
            self._parts = [held]
            head, body = FRAME.unpack_from(held)
            size = FRAME.size + head + body
            self._missing = size - len(held)
            if self._missing > 0:
                return
            self._parts = []
            self._missing = FRAME.size
            self._said(json.loads(held[FRAME.size : FRAME.size + head]), held[size - body : size])

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for the end of the process, which is near."""
        if self._timer is not None:
            self._timer.cancel()
        self._reap()

    # What the process says

    def _said(self, told: dict[str, Any], body: bytes) -> None:
        """Take what the process says: that it is ready, that it failed, or a reply."""
        if "failed" in told:
            self._why = told["failed"]
        elif "digest" in told:
            self._is_open = True
            self.pool.opened(self, told["digest"])
            if not self.ready.done():
                self.ready.set_result(None)
            self._rest()
        elif self.ticket is not None:
            if self._timer is not None:
                self._timer.cancel()
            ticket, self.ticket = self.ticket, None
            ticket.worker = None
            self._is_worn = self._is_worn or told.get("worn", False)
            _settle(ticket, Reply(told["status"], told["media"], body, told["headers"]))
            self._rest()

    def _rest(self) -> None:
        """Give way to a fresh worker if worn out, else be free."""
        if self._is_worn:
            self.kill("it gives way to another")
        elif self._is_open:
            self.pool.freed(self)

    def _write(self, message: bytes) -> None:
        if self._transport is not None:
            self._transport.write(message)

    def _reap(self) -> None:
        """Settle everything when the process has ended."""
        code = self.process.poll()
        if code is None:
            if not self._why:
                self.process.kill()  # it closed its socket and is no good any more
            self.loop.call_later(0.01, self._reap)
            return
        is_sound = self._is_open or self.ready.done()
        self._is_open = False
        if self.ticket is not None:
            _settle(self.ticket, self._obituary(code))
            self.ticket = None
        if not self.ready.done():
            self.ready.set_exception(LoadError(self._why or f"a worker ended with {code}"))
            self.ready.exception()  # seen, for those that are not waited for
            if self.pool.digest:  # else who starts the pool says so
                logger.error("a worker cannot start: %s", self._why or f"it ended with {code}")
        self.pool.ended(self, is_sound=is_sound)
        if not self.gone.done():
            self.gone.set_result(None)

    def _obituary(self, code: int) -> Reply:
        """Return what the client of a worker is told that ended with `code`."""
        limits = self.pool.limits
        if self._why == _LATE:
            return problem(
                500, f"the query took longer than the limit of {limits.seconds:g} seconds"
            )
        if self._why:
            return _closing()
        if code == -signal.SIGABRT:
            # So the engine ends, too, on some orders of values of mixed kinds.
            return problem(500, f"{too_much_memory(limits)}, or the engine failed on it")
        logger.error("a worker died in a job, by %s", -code if code < 0 else f"exit {code}")
        return problem(500, "the process that ran the query died; only this query is lost")


_LATE: Final = "late"
_encoded: Final = json.JSONEncoder(sort_keys=True).encode


def message(job: Job, *, is_gzip: bool = False) -> bytes:
    """Return `job` as a message to a worker; the same job gives the same bytes."""
    told = {"kind": job.kind, "asked": job.asked, "gzip": is_gzip}
    return framed(_encoded(told).encode())


def _closing() -> Reply:
    return problem(503, "the server is stopping", {"Retry-After": "5"})


def _settle(ticket: Ticket, reply: Reply) -> None:
    """Give `reply` to who holds the ticket, if somebody does."""
    if not ticket.reply.done():
        ticket.reply.set_result(reply)


def _process(theirs: socket.socket) -> "subprocess.Popen[bytes]":
    """Return a worker process, which finds the same modules as this one and no terminal."""
    descriptor = theirs.fileno()
    command = [sys.executable, "-c", _PROGRAM, str(descriptor), *sys.path]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[descriptor],
        process_group=0,
    )
