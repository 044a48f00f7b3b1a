"""The rows of a csv, each whole or with the reason why it is not."""

import codecs
import csv
from collections.abc import Iterator
from typing import IO, Final

from gdakg.catalogues.reader import DAMAGED, LONGEST

_ESCAPED: Final = range(0xDC80, 0xDD00)


def rows(file: IO[bytes]) -> Iterator[tuple[int, list[str] | str]]:
    """Yield each row of `file` with its last line: its cells, or what is wrong with it.

    Comma, semicolon or tab stands between cells, whichever the first line has most of.  Rows
    whose cells are all blank are left out.
    """
    try:
        first = file.readline(LONGEST).removeprefix(codecs.BOM_UTF8)
    except DAMAGED as fault:
        yield 1, f"the file is damaged: {fault}"
        return
    delimiter = max(",;\t", key=first.decode("latin-1").count)
    reader = csv.reader(_lines(first, file), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield reader.line_num, f"not csv: {fault}"
        except (*DAMAGED, OverflowError) as fault:
            yield reader.line_num + 1, f"not read from here on: {fault}"
            return
        else:
            if any(ord(letter) in _ESCAPED for cell in row for letter in cell):
                yield reader.line_num, "not UTF-8"
            elif any(cell.strip() for cell in row):
                yield reader.line_num, row


def _lines(first: bytes, rest: IO[bytes]) -> Iterator[str]:
    line = first
    while line:
        if len(line) >= LONGEST:
            raise OverflowError(f"a line is longer than {LONGEST:,} bytes")
        yield line.decode("utf-8", "surrogateescape")
        line = rest.readline(LONGEST)
