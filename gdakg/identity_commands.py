"""The command that takes codes apart."""

import sys
from typing import Any

import click

from gdakg.commands import LANG, Spoken, emit, form_option, graph_options, killable, opened, width


@click.command("id", cls=Spoken)
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@form_option("text", "json", shown="Form of the answer.")
@LANG
@graph_options
def id_command(codes: tuple[str, ...], form: str, lang: str, **chosen: Any) -> None:
    """Take each CODE apart, in any spelling, and tell what the graph knows of it.

    With - codes are read from standard input, one a line.  Exits with 1 if a code could not be
    read.

    \b
    gdakg id L1470 "ISO/IEC 30134-2:2016/AMD1:2018"
    gdakg id "ISO 14064-7"
    gdakg id - --format json < codes.txt
    """
    from gdakg import code_forms
    from gdakg.codes import identify, searched

    asked = [code for given in codes for code in (_lines() if given == "-" else [given])]
    with killable():
        kg = opened(**chosen)
        found = [identify(kg, code, lang) for code in asked]
        among = searched(kg) if any(not known.iri for known in found) else 0
    if form == "json":
        emit(code_forms.as_json(found, lang))
    else:
        emit("\n\n".join(code_forms.told(known, lang, width()) for known in found))
    if among:
        click.echo(code_forms.remark(among, lang), err=True)
    if any(known.designation is None for known in found):
        click.get_current_context().exit(1)


def _lines() -> list[str]:
    """Return the lines of standard input that are not blank."""
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    return [line.strip() for line in text.splitlines() if line.strip()]
