"""How large an answer is, before anybody sees it."""

import io
import re
from typing import Any, Final

import pyoxigraph as og

#: the fewest bytes that a row has, in any format
_LEAST: Final = 1


class Overflow(Exception):  # noqa: N818
    """More was written than fits."""


class Bounded(io.RawIOBase):
    """A file in memory that holds so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        """Take the number of bytes."""
        super().__init__()
        self.limit = limit
        self.size = 0
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, part: Any) -> int:
        """Take `part`.  Raises Overflow."""
        self.size += len(part)
        if self.size > self.limit:
            self._parts.clear()
            raise Overflow
        self._parts.append(bytes(part))
        return len(part)

    def content(self) -> bytes:
        """Return what was written."""
        if len(self._parts) > 1:
            self._parts = [b"".join(self._parts)]
        return self._parts[0] if self._parts else b""


def rows_in(output: Bounded, form: og.QueryResultsFormat, limit: int) -> int:
    """Return how many rows the table in `output` has; exact where it is more than `limit`.

    Where fewer than `limit` fit into so many bytes, 0.
    """
    if output.size <= limit * _LEAST:
        return 0
    body = output.content()
    if form == og.QueryResultsFormat.TSV:
        return body.count(b"\n") - 1
    if form == og.QueryResultsFormat.XML:
        return body.count(b"<result>")
    if form == og.QueryResultsFormat.CSV:
        if body.count(b"\n") - 1 <= limit:
            return 0
        outside = re.sub(rb'"[^"]*"', b"", body)  # a quote within is doubled
        return outside.count(b"\r\n") - 1
    if body.count(b"},{") < limit:
        return 0
    found = og.parse_query_results(body, format=form)
    return sum(1 for _ in found) if isinstance(found, og.QuerySolutions) else 0
