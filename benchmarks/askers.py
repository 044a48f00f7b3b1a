"""The clients of `serving`: so many at once, in a process of their own, that check every answer.

Each connection has a role and asks what that role asks, one request after the other, over a
connection that is kept open.  An answer counts only if it is what was to come: the status, the
media type, and of 200 the whole body, compared with the answer of the engine in another process.
"""

import asyncio
import gzip
import hashlib
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

JSON: Final = "application/sparql-results+json"
LINES: Final = "application/n-triples"
#: how long a client waits for an answer, in seconds
PATIENCE: Final = 60.0
#: how many faults are told
TOLD: Final = 10

PREFIXES: Final = (
    "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX gda: <https://w3id.org/gdakg/def#>\n"
)
LOOK_UP: Final = PREFIXES + "SELECT ?thing WHERE { ?thing dcterms:identifier %s }"
MATRIX: Final = (
    PREFIXES + "SELECT ?pillar ?body (COUNT(DISTINCT ?any) AS ?standards) WHERE { "
    "?any gda:supportsPillar ?pillar ; dcterms:publisher ?body } GROUP BY ?pillar ?body"
)
WHOLE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"

#: what must be refused, and how
BAD: Final = (
    ("SELECT ?s WHERE { ?s ?p }", JSON, 400),
    ("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON, 400),
    ("DELETE WHERE { ?s ?p ?o }", JSON, 400),
    ("SELECT ?s FROM <http://example.org/g> WHERE { ?s ?p ?o }", JSON, 400),
    ("SELECT ?s WHERE { ?s ?p ?o }", "image/png", 406),
    ("", JSON, 400),
)
#: what is meant to bring a server down: endless, greedy, deep, and large beyond the limit
KILLERS: Final = (
    ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 500),
    ("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a", 500),
    ("ASK " + "{ " * 2_000 + "} " * 2_000, 400),
    ("SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 200000", 422),
)


class Asked(NamedTuple):
    """A request and what must come."""

    request: bytes
    statuses: tuple[int, ...]
    media: str
    key: str = ""  #: of the answer that is known
    leaves_after: int = -1  #: the client is gone after at most so many bytes; -1: it stays
    pause: float = 0.0  #: seconds after the answer


class Got(NamedTuple):
    """An answer, with the names of its headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Spec(NamedTuple):
    """Whom to ask, for how long, what, and what is known of the answers."""

    host: str
    port: int
    path: str
    seconds: float
    roles: dict[str, int]  #: how many connections have which role
    known: dict[str, str]  #: digests of answers: to WHOLE, MATRIX, and each code


class Tally:
    """What came: times of good answers by role, statuses, and what was wrong."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}
        self.busy = 0
        self.gone = 0
        self.statuses: Counter[int] = Counter()
        self.wrong: Counter[str] = Counter()
        #: digests of bodies that were seen to be right, by what was asked
        self.right: dict[str, set[bytes]] = {}

    def told(self) -> dict[str, Any]:
        """Return all of it in plain values."""
        return {"times": self.times, "busy": self.busy, "gone": self.gone,
                "statuses": dict(self.statuses),
                "wrong": dict(self.wrong.most_common(TOLD))}  # fmt: skip


def request(spec: Spec, query: str, accept: str, *more: str) -> bytes:
    """Return the bytes that ask `query` by GET."""
    lines = (
        f"GET {spec.path}?{urlencode({'query': query})} HTTP/1.1",
        f"Host: {spec.host}:{spec.port}",
        f"Accept: {accept}",
        *more,
        "\r\n",
    )
    return "\r\n".join(lines).encode()


def posted(spec: Spec, query: str, accept: str) -> bytes:
    """Return the bytes that ask `query` by POST."""
    body = query.encode()
    head = (
        f"POST {spec.path} HTTP/1.1\r\nHost: {spec.host}:{spec.port}\r\nAccept: {accept}\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def look_ups(spec: Spec, number: int, *, is_cold: bool = False) -> Iterator[Asked]:
    """Yield look-ups of all codes, each connection beginning at another."""
    codes = [code for code in spec.known if code not in {MATRIX, WHOLE}]
    at = number * 97 % len(codes)
    for count, code in enumerate(itertools.cycle(codes[at:] + codes[:at])):
        text = LOOK_UP % json.dumps(code, ensure_ascii=False)
        text += f" # {number} {count} {spec.port}-{time.time_ns()}" if is_cold else ""
        yield Asked(request(spec, text, JSON), (200,), JSON, code)


def matrices(spec: Spec, number: int, *, is_cold: bool = False) -> Iterator[Asked]:
    """Yield the matrix of pillars and bodies, packed to every other connection."""
    more = ("Accept-Encoding: gzip",) if number % 2 else ()
    for count in itertools.count():
        text = MATRIX + (f" # {number} {count} {time.time_ns()}" if is_cold else "")
        yield Asked(request(spec, text, JSON, *more), (200,), JSON, MATRIX)


def whole(spec: Spec, number: int) -> Iterator[Asked]:
    """Yield the whole graph, kept and fresh."""
    for count in itertools.count():
        text = WHOLE + (f" # {number} {count}" if count % 2 else "")
        yield Asked(request(spec, text, LINES), (200,), LINES, WHOLE, pause=0.5)


def bad(spec: Spec, number: int) -> Iterator[Asked]:
    """Yield what must be refused."""
    for text, media, status in itertools.cycle(BAD):
        yield Asked(request(spec, text, media), (status,), "", pause=0.02)


def killers(spec: Spec, number: int) -> Iterator[Asked]:
    """Yield what is meant to bring the server down; any may end at the limit of time."""
    for text, status in itertools.islice(itertools.cycle(KILLERS), number, None):
        yield Asked(posted(spec, text, JSON), (status, 500), "", pause=4.0)


def leavers(spec: Spec, number: int) -> Iterator[Asked]:
    """Yield what clients ask who are gone before they have the answer, or all of it."""
    for count in itertools.count():
        text = f"{WHOLE} # leaving {number} {count}"
        after = 0 if count % 2 else 20_000
        yield Asked(request(spec, text, LINES), (200,), LINES, "", after, pause=0.5)


ROLES: Final[dict[str, Callable[[Spec, int], Iterator[Asked]]]] = {
    "look-ups, kept": look_ups,
    "look-ups, fresh": lambda spec, number: look_ups(spec, number, is_cold=True),
    "matrices, kept": matrices,
    "matrices, fresh": lambda spec, number: matrices(spec, number, is_cold=True),
    "whole graph": whole,
    "bad queries": bad,
    "killers": killers,
    "leavers": leavers,
}


def of_rows(rows: Iterable[dict[str, Any]]) -> str:
    """Return a digest of a table that does not depend on the order of rows and keys."""
    return of_lines(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)


def of_lines(lines: Iterable[str]) -> str:
    """Return a digest of lines that does not depend on their order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def digest(media: str, body: bytes) -> str:
    """Return a digest of an answer.  Raises ValueError if it is no whole JSON."""
    if media == LINES:
        return of_lines(line for line in body.decode().split("\n") if line)
    return of_rows(json.loads(body)["results"]["bindings"])


async def answer(reader: asyncio.StreamReader) -> Got:
    """Return the next answer.  Raises IncompleteReadError if it is cut."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (s.partition(":") for s in lines)}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        parts = []
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        await reader.readexactly(2)
        body = b"".join(parts)
    else:
        body = await reader.readexactly(int(headers["content-length"]))
    return Got(int(first.split()[1]), headers, body)


def fault(asked: Asked, got: Got, spec: Spec, tally: Tally) -> str:
    """Return what is wrong with an answer, nothing if it is right."""
    media = got.headers.get("content-type", "").partition(";")[0]
    if got.status not in asked.statuses:
        return f"{got.status} for {asked.statuses}: {got.body[:200]!r}"
    if got.status != 200:
        told = json.loads(got.body)["detail"] if media.endswith("json") else got.body
        return "" if told else f"{got.status} without a reason"
    if media != asked.media:
        return f"{media} for {asked.media}"
    right = tally.right.setdefault(asked.key, set())
    seen = hashlib.blake2b(got.body, digest_size=16).digest()
    if seen in right:
        return ""
    is_packed = got.headers.get("content-encoding") == "gzip"
    body = gzip.decompress(got.body) if is_packed else got.body
    if digest(media, body) != spec.known[asked.key]:
        return f"another answer than the engine's to {asked.key[:40]!r}: {body[:100]!r}"
    right.add(seen)
    return ""


async def one(
    asked: Asked,
    role: str,
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    spec: Spec,
    tally: Tally,
) -> bool:
    """Ask one thing and tally what came; return whether the connection can be used again."""
    reader, writer = streams
    began = time.perf_counter()
    writer.write(asked.request)
    if asked.leaves_after >= 0:
        if not asked.leaves_after:
            await asyncio.sleep(0.02)
        elif b" 200 " not in (await reader.read(asked.leaves_after))[:20]:
            return False
        tally.gone += 1
        return False
    got = await answer(reader)
    took = time.perf_counter() - began
    tally.statuses[got.status] += 1
    if got.status == 503 and "retry-after" in got.headers:
        tally.busy += 1
        await asyncio.sleep(0.05)
    elif wrong := fault(asked, got, spec, tally):
        tally.wrong[f"{role}: {wrong}"] += 1
    else:
        tally.times.setdefault(role, []).append(took)
    return got.headers.get("connection") != "close"


async def converse(role: str, number: int, spec: Spec, end: float, tally: Tally) -> None:
    """Ask what the role asks until the end; the last answer is waited for."""
    streams = None
    for asked in ROLES[role](spec, number):
        if time.monotonic() > end:
            break
        try:
            async with asyncio.timeout(PATIENCE):
                streams = streams or await asyncio.open_connection(
                    spec.host, spec.port, limit=1 << 22
                )
                is_open = await one(asked, role, streams, spec, tally)
        except asyncio.IncompleteReadError as error:
            is_open = False
            tally.wrong[f"{role}: cut after {len(error.partial)} bytes"] += 1
        except (OSError, TimeoutError, ValueError) as error:
            is_open = False
            tally.wrong[f"{role}: {type(error).__name__} {error}"] += 1
        if not is_open and streams is not None:
            streams[1].transport.abort()
            streams = None
        if asked.pause:
            await asyncio.sleep(asked.pause)
    if streams is not None:
        streams[1].close()


async def load(spec: Spec) -> Tally:
    """Return what came to all clients together."""
    tally = Tally()
    end = time.monotonic() + spec.seconds
    async with asyncio.TaskGroup() as group:
        for role, count in spec.roles.items():
            for number in range(count):
                group.create_task(converse(role, number, spec, end, tally))
    return tally


def main() -> None:
    """Ask as standard input tells, and print what came."""
    import uvloop

    spec = Spec(**json.load(sys.stdin))
    json.dump(uvloop.run(load(spec)).told(), sys.stdout)


if __name__ == "__main__":
    main()
