"""How a server is set up."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from gdakg.errors import ParameterError
from gdakg.server.jobs import Limits, Opening


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is set up; what is not given is safe."""

    opening: Opening = field(default_factory=Opening)
    limits: Limits = field(default_factory=Limits)
    workers: int = field(default_factory=cores)
    queue: int = 0  #: how many jobs may wait; 0 for 32 to a worker
    cors: tuple[str, ...] = ()  #: origins whose pages may read answers; "*" for all
    site: str | None = None  #: a folder made by `gdakg site`
    connections: int = 1_000
    head_seconds: float = 10.0  #: until the head of a request is whole
    body_seconds: float = 20.0  #: until its body is whole
    idle_seconds: float = 15.0  #: between two requests of a connection
    send_seconds: float = 20.0  #: until a client has taken the next part of an answer
    is_logged: bool = True

    @property
    def waiting(self) -> int:
        """How many jobs may wait for a worker."""
        return self.queue or 32 * self.workers

    @classmethod
    def from_environment(cls, given: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings that the variables GDAKG_DATA, GDAKG_STORE ... tell.

        GDAKG_DATA and GDAKG_CORS may hold several, between `:` and spaces.  Raises
        ParameterError for a number that is none.
        """
        usual = Limits()
        limits = Limits(
            seconds=_number(given, "GDAKG_SECONDS", usual.seconds),
            memory=int(_number(given, "GDAKG_MEMORY", usual.memory / 1024**2) * 1024**2),
            rows=int(_number(given, "GDAKG_ROWS", usual.rows)),
            bytes=int(_number(given, "GDAKG_BYTES", usual.bytes / 1024**2) * 1024**2),
        )
        data = tuple(filter(None, given.get("GDAKG_DATA", "").split(os.pathsep)))
        return cls(
            opening=Opening(data, given.get("GDAKG_STORE") or None),
            limits=limits,
            workers=int(_number(given, "GDAKG_WORKERS", cores())),
            cors=tuple(given.get("GDAKG_CORS", "").split()),
            site=given.get("GDAKG_SITE") or None,
        )


def _number(given: Mapping[str, str], name: str, usual: float) -> float:
    """Return the positive number in the variable `name`, `usual` if it is not set."""
    text = given.get(name) or str(usual)
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ParameterError(f"{name} takes a number above 0, not {text!r}")
    return number
