"""The commands that write pages."""

import sys
from pathlib import Path
from typing import Any

import click

import gdakg
from gdakg.commands import (
    LANG,
    Commands,
    Spoken,
    graph_options,
    killable,
    opened,
    page_options,
    viewed,
)


@click.group("view", cls=Commands)
def view_group() -> None:
    """Write an interactive page that opens from disk, without a network."""


@view_group.command("network")
@click.option("-o", "--output", required=True, metavar="FILE.html", help="Where to write the page.")
@click.option("--around", metavar="THING", help="Only the neighbourhood of this thing.")
@click.option(
    "--depth", type=click.IntRange(0, 6), default=2, show_default=True, help="Steps from THING."
)
@click.option(
    "--renderer",
    type=click.Choice(("vis", "canvas")),
    help="What draws the picture; canvas above 3,000 nodes if not given.",
)
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser.")
@LANG
@graph_options
def network_command(
    output: str,
    around: str | None,
    depth: int,
    renderer: str | None,
    is_opened: bool,
    lang: str,
    data: tuple[str, ...],
    endpoint: str | None,
    allow_service: bool,
) -> None:
    """Write the network page: pillars, areas, bodies, committees, standards, gaps."""
    with killable():
        kg = opened(data, endpoint, allow_service)
    net = gdakg.pages.network(
        kg, output, around=around, depth=depth, language=lang, renderer=renderer
    )
    click.echo(f"{output}: {len(net.nodes):,} nodes, {len(net.edges):,} links", err=True)
    if is_opened:
        click.launch(str(Path(output).resolve()))


@view_group.command("coverage")
@page_options
def view_coverage_command(**given: Any) -> None:
    """Write the coverage page: pillars and areas by bodies, and what flows between them."""
    viewed(gdakg.pages.coverage, **given)


@view_group.command("timeline")
@page_options
def view_timeline_command(**given: Any) -> None:
    """Write the timeline: editions, events, documents and gaps by their dates."""
    viewed(gdakg.pages.timeline, **given)


@view_group.command("gaps")
@page_options
def view_gaps_command(**given: Any) -> None:
    """Write the page of the gaps: who named them, how far they are closed, what may close them."""
    viewed(gdakg.pages.gaps, **given)


@click.command("site", cls=Spoken)
@click.argument("folder", metavar="FOLDER")
@LANG
@graph_options
def site_command(folder: str, lang: str, **chosen: Any) -> None:
    """Write all pages into FOLDER, a page for each thing, with search and downloads.

    Open FOLDER/index.html from disk, or put the folder on any web server.  A site that is there
    already is renewed.

    \b
    gdakg site out/
    """
    with killable():
        kg = opened(**chosen)
    with click.progressbar(length=1, label=folder, file=sys.stderr) as bar:

        def told(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        files = gdakg.pages.site(kg, folder, language=lang, progress=told)
    click.echo(f"{folder}: {len(files):,} files; open {Path(folder) / 'index.html'}", err=True)
