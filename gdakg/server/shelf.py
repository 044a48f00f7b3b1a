"""Answers that were given, kept for the next who asks the same."""

from collections import OrderedDict
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """The most recently wanted answers, of so many bytes in all."""

    def __init__(self, size: int, largest: int) -> None:
        """Take how many bytes fit, and how many one answer may have."""
        self.size = size
        self.largest = largest
        self.held = 0
        self._kept: OrderedDict[bytes, tuple[Kept, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: bytes) -> Kept | None:
        """Return what was put under `key`, None if it is not there any more."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: bytes, kept: Kept, size: int) -> None:
        """Keep `kept` of `size` bytes under `key`, and let go of the oldest for it."""
        if size > self.largest:
            return
        _, before = self._kept.pop(key, (None, 0))
        self._kept[key] = (kept, size)
        self.held += size - before
        while self.held > self.size:
            _, (_, gone) = self._kept.popitem(last=False)
            self.held -= gone

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self.held = 0
