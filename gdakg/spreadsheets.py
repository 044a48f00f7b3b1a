"""Tables in csv and xlsx files, read and written row by row.

What is read is data: a formula is never computed, and what is written can be opened in a
spreadsheet program without anything in it being run.
"""

import codecs
import csv
import datetime
import io
import re
import shutil
import sys
import tempfile
import warnings
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any, Final, NamedTuple
from xml.etree.ElementTree import ParseError

from gdakg.errors import SheetError
from gdakg.writing import draft

DELIMITERS: Final = {".csv": "", ".tsv": "\t", ".txt": ""}
SUFFIXES: Final = (*DELIMITERS, ".xlsx")

#: what may separate cells, and how much of a file tells which does
_SEPARATORS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 65_536
#: a csv cell may be as long as memory allows
_LONGEST_CELL: Final = min(sys.maxsize, 2**31 - 1)

#: up to this a float is a whole number exactly
_EXACT: Final = 2**53

#: limits of an xlsx sheet
_ROWS: Final = 1_048_576
_COLUMNS: Final = 16_384
_CHARACTERS: Final = 32_767
#: an xlsx file that unpacks to more than this is refused
_UNPACKED: Final = 2_000_000_000

#: what openpyxl lets through where a workbook is damaged: of the archive (an encrypted one is a
#: RuntimeError), of its XML, and of values that are not what it takes them for
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(ParseError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)

#: a cell that begins so may be run by a spreadsheet program; some skip what is blank before it
_RUN: Final = re.compile("[\\s\ufeff\u200b]*[=+\\-@＝＋－＠−﹣﹢﹦﹫]|[\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?%?")

#: what XML does not hold, or changes, and how an xlsx file writes it: "_x000D_"
_NO_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CODED: Final = re.compile("_x([0-9A-Fa-f]{4})_")

Row = Sequence[Any]


class Table(NamedTuple):
    """The rows of a file, headings included, each a sequence of cells."""

    rows: Iterator[Row]
    delimiter: str  #: "," for what is no csv
    other_sheets: tuple[str, ...]  #: sheets of the file that are not read


class Styled(NamedTuple):
    """A cell of an xlsx file whose value is shown in a format of its own, such as a date."""

    value: Any
    number_format: str


def plain(cell: Any) -> str:
    """Return what a cell says as text: 9001.0 as "9001", nothing as "".

    >>> plain(9001.0), plain(None), plain(" a ")
    ('9001', '', ' a ')
    """
    value = cell.value if isinstance(cell, Styled) else cell
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return "" if value is None else str(value)


def escaped(text: str) -> str:
    """Return `text` with an apostrophe before it if a spreadsheet program might run it.

    Plain numbers stay: -5 is harmless.

    >>> escaped("=1+1"), escaped("-5"), escaped("-5+A1"), escaped("＝A1")
    ("'=1+1", '-5', "'-5+A1", "'＝A1")
    """
    return f"'{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text


@contextmanager
def read(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Iterator[Table]:
    """Give the table in the csv or xlsx file `path`.

    Raises SheetError, in the block too, for what cannot be read; it names file and line.
    """
    suffix = _suffix(path)
    if not path.exists():
        raise SheetError(f"{path}: there is no such file")
    if not path.is_file():
        raise SheetError(f"{path}: not a regular file")
    if suffix == ".xlsx":
        if encoding:
            raise SheetError(f"{path}: an encoding is for csv files; xlsx has its own")
        with _workbook(path, sheet) as table:
            yield table
        return
    if sheet:
        raise SheetError(f"{path}: a csv file has no sheets")
    named = _encoding(path, encoding)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding=named, newline="") as file:
            delimiter = DELIMITERS[suffix] or _delimiter(file.read(_SAMPLE))
            file.seek(0)
            yield Table(_csv_rows(path, file, delimiter), delimiter, ())
    except UnicodeError as error:
        told = error.reason if isinstance(error, UnicodeDecodeError) else str(error)
        raise SheetError(f"{path}: not {encoding or named} ({told})") from error
    finally:
        csv.field_size_limit(before)


def _suffix(path: Path) -> str:
    """Return the suffix of `path`.  Raises SheetError for one that we do not read or write."""
    suffix = path.suffix.lower()
    if suffix in {".xls", ".xlsm", ".xlsb", ".ods", ".numbers"}:
        raise SheetError(f"{path}: save it as .xlsx or .csv; {suffix} is not handled")
    if suffix not in SUFFIXES:
        raise SheetError(f"{path}: a list ends in {', '.join(SUFFIXES)}, not in {suffix!r}")
    return suffix


def _encoding(path: Path, named: str | None) -> str:
    """Return how `path` is encoded: as `named`, else UTF-8, or UTF-16 by its mark.

    Raises SheetError for what is neither, and for a name that is no encoding.
    """
    if named is not None:
        try:
            b"".decode(named)  # refuses what is an encoding, but none of text
            return codecs.lookup(named).name
        except (LookupError, UnicodeError) as error:
            raise SheetError(
                f"no encoding {named!r}; there are utf-8, big5, gb18030 ..."
            ) from error
    with path.open("rb") as file:
        begin = file.read(4)
        if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        if b"\0" in begin:
            raise SheetError(f"{path}: not UTF-8; name its encoding, as in --encoding utf-16-le")
        file.seek(0)
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                raise SheetError(
                    f"{path}:{number}: not UTF-8 (byte {line[error.start]:#04x}); name its "
                    "encoding, as in --encoding big5 or --encoding gb18030"
                ) from error
    return "utf-8-sig"


def _delimiter(sample: str) -> str:
    """Return what separates the cells in `sample`: that by which its rows are alike, and wide."""
    found = {}
    for separator in _SEPARATORS:
        rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths: list[int] = []
        try:
            widths.extend(len(row) for row in rows if row)
        except csv.Error:
            continue
        if widths and (width := max(set(widths), key=widths.count)) > 1:
            found[separator] = (widths.count(width) / len(widths), width)
    return max(found, key=lambda separator: found[separator], default=",")


def _csv_rows(path: Path, file: IO[str], delimiter: str) -> Iterator[Row]:
    """Yield the rows of a csv file.  Raises SheetError where quotation marks do not pair."""
    rows = csv.reader(file, delimiter=delimiter, strict=True)
    start = 1
    try:
        for row in rows:
            if start == 1 and row:
                row[0] = row[0].removeprefix("\ufeff")
            yield row
            start = rows.line_num + 1
    except csv.Error as error:
        raise SheetError(
            f"{path}:{start}: a quotation mark is not closed, or not doubled ({error})"
        ) from error


@contextmanager
def _workbook(path: Path, sheet: str | None) -> Iterator[Table]:
    """Give the table in a sheet of an xlsx file, formulas as text."""
    openpyxl = _openpyxl()
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that are not read
            book = None
            if unpacked <= _UNPACKED:
                book = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    except _DAMAGED as error:
        raise SheetError(f"{path}: no readable .xlsx file ({_reason(error)})") from error
    if book is None:
        raise SheetError(f"{path}: refused: it unpacks to more than 2 GB")
    with closing(book):
        names = [each.title for each in book.worksheets]
        if sheet is not None and sheet not in names:
            raise SheetError(f"{path}: no sheet {sheet!r}; there are {', '.join(names)}")
        chosen = book[sheet] if sheet is not None else _first(book, path)
        others = tuple(name for name in names if name != chosen.title)
        yield Table(_sheet_rows(path, chosen), ",", others)


def _first(book: Any, path: Path) -> Any:
    """Return the sheet that is shown when the file is opened, or the first."""
    if not book.worksheets:
        raise SheetError(f"{path}: it holds no sheet")
    return book.active if book.active in book.worksheets else book.worksheets[0]


def _sheet_rows(path: Path, sheet: Any) -> Iterator[Row]:
    """Yield the rows of a sheet, without the blank cells at their ends."""
    sheet.reset_dimensions()  # they may be wrong
    rows = iter(sheet.iter_rows())
    for number in count(1):
        if number > _ROWS:  # a damaged number of a row, before which openpyxl gives empty ones
            raise SheetError(f"{path}: more than {_ROWS:,} rows, which no .xlsx file has")
        try:
            row = [_cell(cell) for cell in next(rows)]
        except StopIteration:
            return
        except _DAMAGED as error:
            raise SheetError(f"{path}: no readable .xlsx file ({_reason(error)})") from error
        while row and row[-1] is None:
            row.pop()
        yield row


def _cell(cell: Any) -> Any:
    """Return the value of a cell; a formula is its text."""
    value = cell.value
    if isinstance(value, str) and "_x" in value and cell.data_type != "f":
        return _CODED.sub(lambda match: chr(int(match[1], 16)), value)
    if value is not None and not isinstance(value, str | int | float | bool):
        text = getattr(value, "text", None)  # a formula over several cells
        value = f"={str(text).removeprefix('=')}" if text is not None else value
    form = getattr(cell, "number_format", None)
    if not form or form == "General" or isinstance(value, str | None):
        return value
    return Styled(value, form)


class Writer(ABC):
    """What takes the rows of a table; nothing is in place before all are written."""

    def __init__(self, path: Path, delimiter: str) -> None:
        """Take the file to write in the end, and what separates cells if it is csv."""
        self.path = path
        self.suffix = _suffix(path)
        self.delimiter = DELIMITERS.get(self.suffix) or delimiter
        self.count = 0

    @abstractmethod
    def row(self, cells: Row) -> None:
        """Write one row."""


class _CsvWriter(Writer):
    def __init__(self, path: Path, delimiter: str, file: IO[str]) -> None:
        super().__init__(path, delimiter)
        self._writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\r\n")

    def row(self, cells: Row) -> None:
        self.count += 1
        self._writer.writerow([escaped(plain(cell)) for cell in cells])


class _XlsxWriter(Writer):
    def __init__(self, path: Path, delimiter: str) -> None:
        super().__init__(path, delimiter)
        openpyxl = _openpyxl()
        from openpyxl.cell import WriteOnlyCell

        self._new = WriteOnlyCell
        self.book = openpyxl.Workbook(write_only=True)
        self._sheet = self.book.create_sheet("gdakg")

    def row(self, cells: Row) -> None:
        self.count += 1
        if self.count > _ROWS or len(cells) > _COLUMNS:
            raise SheetError(
                f"{self.path}: row {self.count:,} with {len(cells):,} cells; an .xlsx file holds "
                f"{_ROWS:,} rows of {_COLUMNS:,}: write .csv"
            )
        self._sheet.append([self._cell(cell) for cell in cells])

    def close(self) -> None:
        """Let go of the rows that openpyxl keeps in a file of its own."""
        if not self._sheet.closed:
            self._sheet.close()

    def _cell(self, given: Any) -> Any:
        value = given.value if isinstance(given, Styled) else given
        if isinstance(value, str):
            return self._text(value) if value else None
        if not isinstance(given, Styled):
            return value
        cell = self._new(self._sheet, value)
        cell.number_format = given.number_format
        return cell

    def _text(self, value: str) -> Any:
        """Return a cell that holds `value` as text, whatever it begins with."""
        text = _NO_XML.sub(lambda match: f"_x{ord(match[0][0]):04X}_{match[0][1:]}", value)
        if len(text) > _CHARACTERS:
            raise SheetError(
                f"{self.path}: a cell of {len(text):,} characters in row {self.count:,}; an .xlsx "
                f"file holds {_CHARACTERS:,}: write .csv"
            )
        if escaped(value) == value:
            return text
        cell = self._new(self._sheet, text)
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell


@contextmanager
def written(path: Path, source: Path, delimiter: str = ",") -> Iterator[Writer]:
    """Give what takes the rows of the csv or xlsx file `path`, put in place at the end.

    If the block raises, nothing is written and an old file stays.  Raises SheetError for
    `source`, the file that is being read, and for what is no regular file.
    """
    suffix = _suffix(path)
    if path.exists() and not path.is_file():
        raise SheetError(f"{path}: not a regular file")
    if path.exists() and path.samefile(source):
        raise SheetError(f"{path}: the list itself; write to another file")
    with draft(path) as temporary:
        if suffix == ".xlsx":
            with closing(_XlsxWriter(path, delimiter)) as writer:
                yield writer
                _save(writer.book, temporary)
        else:
            with temporary.open("x", encoding="utf-8-sig", newline="", errors="replace") as file:
                yield _CsvWriter(path, delimiter, file)


def _save(book: Any, target: Path) -> None:
    """Write an xlsx file without the times at which it was made: same rows, same bytes."""
    with tempfile.TemporaryFile(dir=target.parent) as saved:
        book.save(saved)
        with zipfile.ZipFile(saved) as old, zipfile.ZipFile(target, "x") as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with old.open(name) as given, new.open(entry, "w", force_zip64=True) as taken:
                    if name == "docProps/core.xml":
                        taken.write(
                            re.sub(rb">[0-9T:.-]{19,26}Z<", b">2000-01-01T00:00:00Z<", given.read())
                        )
                    else:
                        shutil.copyfileobj(given, taken)


def _openpyxl() -> Any:
    """Return openpyxl, which few need.  Raises SheetError where it is not installed."""
    try:
        import openpyxl
    except ImportError as error:
        raise SheetError("an .xlsx file needs openpyxl: pip install 'gdakg[xlsx]'") from error
    return openpyxl


def _reason(error: Exception) -> str:
    """Return what `error` says, on one line."""
    return " ".join(str(error).split())[:120] or type(error).__name__
