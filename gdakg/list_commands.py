"""The commands that tell whether what is on a list is still current."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from gdakg.commands import LANG, Spoken, emit, form_option, graph_options, killable, opened, width

#: without a terminal, progress is told each so many rows
_SELDOM: Final = 20_000

_REMARKS: Final = {
    "en": {
        "column": "codes are read from the column {!r}",
        "headless": "the first row holds a code: it is taken for a row of the list",
        "longer": "{:,} rows have more cells than there are columns; those stand after ours",
        "sheets": "not read: the sheets {}",
        "written": "{}: written",
    },
    "zh-Hans": {
        "column": "编号取自“{}”列",
        "headless": "首行含有编号，按数据行处理",
        "longer": "{:,}行的单元格多于列数，多出者置于所加各列之后",
        "sheets": "未读取的工作表：{}",
        "written": "{}：已写入",
    },
    "zh-Hant": {
        "column": "編號取自「{}」欄",
        "headless": "首列含有編號，視為資料列",
        "longer": "{:,}列的儲存格多於欄數，多出者置於所加各欄之後",
        "sheets": "未讀取的工作表：{}",
        "written": "{}：已寫入",
    },
}


@click.command("match", cls=Spoken)
@click.argument("source", metavar="LIST.csv|.xlsx")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE.csv|.xlsx",
    help="Where to write the list with our columns; never over LIST.",
)
@click.option(
    "--column",
    metavar="NAME",
    help="The column that holds the codes, by heading or number; found if not given.",
)
@click.option("--sheet", metavar="NAME", help="The sheet of an .xlsx file; the one shown first.")
@click.option(
    "--encoding",
    metavar="NAME",
    help="Of a .csv file that is not UTF-8, as in big5 or gb18030.",
)
@LANG
@graph_options
def match_command(
    source: str,
    output: str,
    column: str | None,
    sheet: str | None,
    encoding: str | None,
    lang: str,
    **chosen: Any,
) -> None:
    """Tell beside each code of a list what it is, and whether it is still current.

    The columns of the list stay as they are; after them come the code in its publisher's form,
    title, body, edition asked for and in force, status, what replaced it, aligned texts of other
    bodies, pillars, areas, gaps, and a note with near matches.  Formulas are kept as text.

    \b
    gdakg match mylist.xlsx -o checked.xlsx
    gdakg match mylist.csv -o checked.csv --column "Standard no." --lang zh-Hant
    """
    from gdakg.lists import match_file
    from gdakg.match_wording import summary

    with killable():
        kg = opened(**chosen)
    found = match_file(
        kg,
        Path(source),
        Path(output),
        column=column,
        sheet=sheet,
        encoding=encoding,
        language=lang,
        progress=_progress(lang),
    )
    words = _REMARKS[lang]
    told = [words["column"].format(found.column)]
    told += [] if found.has_headings else [words["headless"]]
    told += [words["longer"].format(found.longer)] if found.longer else []
    told += [words["sheets"].format(", ".join(found.other_sheets))] if found.other_sheets else []
    searched = kg.extent("standards_by_body")
    told += [searched.told(lang)] if searched else []
    told += [summary(found.counts, found.near, lang), words["written"].format(output)]
    click.echo("\n".join(told), err=True)


def _progress(lang: str) -> Callable[[int], None]:
    """Return what tells on stderr how many rows are done, of a list of more than 2,000."""
    from gdakg.match_wording import SUMMARY

    is_terminal = sys.stderr is not None and sys.stderr.isatty()

    def told(done: int) -> None:
        if is_terminal and done >= 2_000:
            click.echo(f"\r\x1b[K{SUMMARY[lang]['rows'].format(done)}\r", nl=False, err=True)
        elif not done % _SELDOM:
            click.echo(SUMMARY[lang]["rows"].format(done), err=True)

    return told


@click.command("watch", cls=Spoken)
@click.option(
    "--since",
    metavar="DATE",
    help="As in 2025, 2025-06 or 2025-06-30; COP28, of 2023-12, if not given.",
)
@form_option("table", "csv", "json", shown="Form of the answer.")
@LANG
@graph_options
def watch_command(since: str | None, form: str, lang: str, **chosen: Any) -> None:
    """Tell which curated standards were revised, replaced or withdrawn since a date.

    With --store, by what its catalogues say; else by the bundled graph alone.

    \b
    gdakg watch --since 2025 --format csv > changed.csv
    gdakg watch --store catalogue.store
    """
    from gdakg import watching

    with killable():
        found = watching.watch(opened(**chosen), since or watching.COP28, lang)
    if form == "table":
        emit(watching.in_words(found, width(), lang))
        return
    emit(watching.as_csv(found, lang) if form == "csv" else watching.as_json(found))
    click.echo(found.told(lang), err=True)
