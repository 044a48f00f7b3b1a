"""Lines as a file that the engine reads, so that none need be written to disk first."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

_CHUNK: Final = 1 << 16


class Feed:
    """Lines as a file that the engine reads, counted; interrupts reach Python between reads."""

    def __init__(self, given: Iterable[str], told: Callable[[float], object], size: int) -> None:
        self.count = 0
        self._chunks = self._chunked(given)
        self._chunk = b""
        self._at = 0
        self._told = told
        self._size = max(1, size) * 14  # so many lines has a document, more or less

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`, b"" at the end."""
        if self._at >= len(self._chunk):
            self._told(min(0.99, self.count / self._size))
            self._chunk, self._at = next(self._chunks, b""), 0
        part = self._chunk[self._at : self._at + size]
        self._at += len(part)
        return part

    def _chunked(self, given: Iterable[str]) -> Iterator[bytes]:
        chunk: list[str] = []
        size = 0
        for line in given:
            chunk.append(line)
            size += len(line)
            if size > _CHUNK:
                self.count += len(chunk)
                yield ("\n".join(chunk) + "\n").encode("utf-8", "replace")
                chunk, size = [], 0
        self.count += len(chunk)
        if chunk:
            yield ("\n".join(chunk) + "\n").encode("utf-8", "replace")
