"""What every reader of a catalogue gives: records one by one, and how far it has come."""

import gzip
import zlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import IO, ClassVar, Final, Generic, TypeVar, cast

from gdakg.records import Broken, Record

#: a line longer than this holds no record
LONGEST: Final = 16 * 1024 * 1024
#: what reading a packed file raises where it is damaged
DAMAGED: Final = (EOFError, OSError, zlib.error)


Made = TypeVar("Made", covariant=True)


class Source(ABC, Generic[Made]):
    """What a file or folder holds, read in one pass without a network.

    Iterating gives a `Made` or a `Broken` for each record of the source, in its order; `read`
    counts what the source holds as it is met, so that afterwards `read == made + broken`.
    """

    #: name of the format
    format: ClassVar[str]
    #: larger when the same source gives other records than before
    version: ClassVar[int] = 1

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name  #: of the catalogue, in every record
        self.read = 0  #: records met so far in the source
        self.share = 0.0  #: of the source, how much is read: 0 to 1
        self.remarks: Counter[str] = Counter()  #: what was left out of records, and how often

    @abstractmethod
    def __iter__(self) -> Iterator[Made | Broken]:
        """Read the source from its beginning."""

    def _begin(self) -> None:
        self.read = 0
        self.share = 0.0
        self.remarks.clear()

    def _broken(self, line: int, reason: str) -> Broken:
        return Broken(self.path.name, line, reason)

    def _lines(self, *, counted: bool = True) -> Iterator[tuple[int, bytes | Broken]]:
        """Yield each line that is not blank with its number; a damaged file ends with Broken.

        `counted` where each line is a record.
        """
        size = self.path.stat().st_size or 1
        with self.path.open("rb") as file:
            for number, line in self._numbered(unpacked(file, self.path)):
                self.share = min(1.0, file.tell() / size)
                self.read += counted
                yield number, line
        self.share = 1.0

    def _numbered(self, lines: IO[bytes]) -> Iterator[tuple[int, bytes | Broken]]:
        for number in count(1):
            try:
                line = lines.readline(LONGEST + 1)
                is_whole = len(line) <= LONGEST
                if not is_whole:
                    _skip(lines)
            except DAMAGED as fault:
                yield number, self._broken(number, f"the file is damaged: {fault}")
                return
            if not line:
                return
            if not is_whole:
                yield number, self._broken(number, f"longer than {LONGEST:,} bytes")
            elif not line.isspace():
                yield number, line


def unpacked(file: IO[bytes], path: Path) -> IO[bytes]:
    """Return `file` as bytes to read, unpacked where the name says that it is packed."""
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if path.suffix == ".gz" else file


def _skip(lines: IO[bytes]) -> None:
    """Read on to the end of the line."""
    while (rest := lines.readline(LONGEST)) and not rest.endswith(b"\n"):
        pass


class Reader(Source[Record]):
    """The records of a catalogue."""


class Scheme(Source[Made]):
    """What a catalogue needs besides records: its committees, or the fields it classifies by."""
