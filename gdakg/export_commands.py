"""The command that exports."""

import sys
from typing import Any

import click

from gdakg.commands import Spoken, graph_options, killable, opened

#: as `exporting.FORMATS`, which a query need not load
_CHOICE = ("nt", "nq", "ttl", "trig", "jsonld", "csv", "graphml", "gexf", "parquet")


@click.command("export", cls=Spoken)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Where to write; .gz at the end compresses.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_CHOICE),
    help="Form of the file; by its suffix if not given.",
)
@graph_options
def export_command(output: str, form: str | None, **chosen: Any) -> None:
    """Write the whole graph into FILE, sorted, with a checksum and a description beside it.

    nt, nq, ttl, trig, jsonld and parquet hold every statement; csv is a table of the standards,
    graphml and gexf are the network of standards, bodies, areas and gaps.

    \b
    gdakg export -o gdakg.nq.gz
    gdakg export --format graphml -o network.graphml
    gdakg export --store catalogue.store -o all.nq.gz
    """
    from gdakg.errors import ParameterError
    from gdakg.exporting import FORMATS, export, format_of

    try:
        named = format_of(output, form)
    except ParameterError as error:
        raise click.UsageError(str(error)) from error
    with killable():
        kg = opened(**chosen)
    with click.progressbar(length=1, label=output, file=sys.stderr) as bar:

        def told(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        triples = export(kg, output, named, told)
    part = FORMATS[named].part or f"{triples:,} statements"
    click.echo(f"{output}: {part}; beside it .sha256 and .void.ttl", err=True)
