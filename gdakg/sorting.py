"""Lines in order, however many there are."""

import contextlib
import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Final

#: lines that are sorted in memory at a time, some 50 MB of ours
RUN: Final = 200_000


def ordered(lines: Iterable[bytes], folder: Path, run: int = RUN) -> Iterator[bytes]:
    """Yield each of `lines` once, in the order of their bytes.

    More than `run` of them are sorted in parts, which lie in `folder` until all are read.
    """
    rest = iter(lines)
    part = sorted(islice(rest, run))
    paths: list[Path] = []
    while len(part) == run:
        paths.append(folder / f"{len(paths)}.part")
        with paths[-1].open("wb") as file:
            file.writelines(part)
        part = sorted(islice(rest, run))
    with contextlib.ExitStack() as opened:
        files = [opened.enter_context(path.open("rb")) for path in paths]
        for line, _ in groupby(heapq.merge(*files, part)):
            yield line
    for path in paths:
        path.unlink()
