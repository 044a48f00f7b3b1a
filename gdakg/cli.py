"""The command line: arguments in, one call, text out.

Answers go to stdout, remarks to stderr; exit 0, 1 (it failed, one line says why), 2 (wrong
usage).
"""

from pathlib import Path
from typing import Any, Final

import click

import gdakg
from gdakg import questions
from gdakg.commands import (
    LANG,
    Main,
    emit,
    form_option,
    graph_options,
    killable,
    opened,
    width,
)
from gdakg.errors import LoadError
from gdakg.rendering import connected, explained, listed, rendered, sourced, told
from gdakg.tables import described

FORMATS: Final = ("table", "csv", "tsv", "json", "md", "ttl")


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gdakg", message="gdakg %(version)s")
def main() -> None:
    """Ask the landscape of green digital standards: ITU, IEC, ISO, IEEE, IETF, ETSI.

    \b
    gdakg queries                                 the named questions
    gdakg query standards_by_pillar -p pillar=4   one of them, answered
    gdakg show L.1470                             all about one thing
    gdakg view network -o network.html            a page to look at
    """


@main.command("query")
@click.argument("query", metavar='NAME|FILE.rq|"SELECT ..."')
@click.option(
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; may be given again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Form of the answer: a table, or Turtle for a graph, if not given.",
)
@click.option(
    "--earlier",
    metavar="RELEASE",
    help="Compare with another release: its folder, or a file of its named graphs.",
)
@click.option(
    "--view",
    metavar="FILE.html",
    help="Write what the answer names as a network page, instead of the answer.",
)
@LANG
@graph_options
def query_command(
    query: str,
    parameters: tuple[str, ...],
    form: str | None,
    earlier: str | None,
    view: str | None,
    lang: str,
    data: tuple[str, ...],
    endpoint: str | None,
    allow_service: bool,
) -> None:
    """Answer a named question, a query file, or SPARQL text.

    \b
    gdakg query gaps --lang zh-Hant
    gdakg query standards_by_area -p area=e-waste --format csv > e-waste.csv
    gdakg query "SELECT ?s WHERE { ?s a gda:Standard } LIMIT 3"
    gdakg query changes --earlier gdakg-0.1.0/ -p earlier=0.1.0
    gdakg query standards_by_pillar -p pillar=3 --view pillar-3.html
    """
    if view is not None and form is not None:
        raise click.UsageError("--view writes a page instead of the answer; --format is for that")
    asked = asked_for(query)
    given = given_once(parameters)
    if isinstance(asked, questions.Question) and any(p.name == "lang" for p in asked.parameters):
        given = {"lang": lang} | given
    with killable():
        kg = opened(data, endpoint, allow_service, earlier)
        if earlier is not None and kg.engine_for(asked) is kg.engine:
            click.echo("--earlier: this question sees the bundled release alone", err=True)
        answer = kg.query(asked, **given)
        if view is not None:
            heading = asked.title if isinstance(asked, questions.Question) else None
            net = gdakg.pages.network(kg, view, things=answer, language=lang, heading=heading)
            click.echo(f"{view}: {len(net.nodes):,} nodes, {len(net.edges):,} links", err=True)
            return
        extent = told(kg, asked, answer, form, lang, width())
        is_named = isinstance(asked, questions.Question)
        emit(
            rendered(answer, form, lang, width(), is_named=is_named)
            + (extent if form in {None, "table"} else "")
        )
    if extent and form not in {None, "table"}:
        click.echo(extent.strip(), err=True)


def asked_for(query: str) -> str | questions.Question:
    """Return the question that the argument names, or SPARQL text as it is."""
    path = Path(query)
    if path.suffix.lower() in {".rq", ".sparql"}:
        try:
            return questions.read(path)
        except OSError as error:
            raise LoadError(f"{path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise LoadError(f"{path}: not UTF-8") from error
    return questions.question(query) if questions.is_name(query) else query


def given_once(parameters: tuple[str, ...]) -> dict[str, object]:
    """Return the parameters by name."""
    given: dict[str, object] = {}
    for name, value in map(parameter, parameters):
        if name in given:
            raise click.UsageError(f"-p {name} is given twice")
        given[name] = value
    return given


def parameter(text: str) -> tuple[str, str]:
    """Return name and value of "NAME=VALUE"."""
    name, equals, value = text.partition("=")
    if not (equals and name):
        raise click.UsageError(f"-p takes NAME=VALUE, not {text!r}")
    return name, value


@main.command("queries")
@click.argument("name", required=False)
@LANG
def queries_command(name: str | None, lang: str) -> None:
    """List the named questions, or tell all about one."""
    emit(listed(lang) if name is None else explained(questions.question(name), lang))


@main.command("show")
@click.argument("thing")
@click.option(
    "--sources", "is_sourced", is_flag=True, help="Tell below each statement what it rests on."
)
@LANG
@graph_options
def show_command(
    thing: str,
    is_sourced: bool,
    lang: str,
    data: tuple[str, ...],
    endpoint: str | None,
    allow_service: bool,
) -> None:
    """Tell all that the graph says about THING, and on whose word.

    THING is a code in any spelling, a name in any language, or an IRI.

    \b
    gdakg show L.1470
    gdakg show 循環經濟 --lang zh-Hant
    gdakg show ISO --sources
    """
    with killable():
        kg = opened(data, endpoint, allow_service)
        if is_sourced:
            emit(sourced(kg, thing, lang, width()))
        else:
            emit(described(kg.describe(thing, lang), width()))


@main.command("why")
@click.argument("one")
@click.argument("other")
@LANG
@graph_options
def why_command(
    one: str,
    other: str,
    lang: str,
    data: tuple[str, ...],
    endpoint: str | None,
    allow_service: bool,
) -> None:
    """Tell the shortest way from ONE thing to the OTHER, link by link.

    \b
    gdakg why e-waste L.1480
    gdakg why "RFC 9547" WSC --lang zh-Hant
    """
    with killable():
        kg = opened(data, endpoint, allow_service)
        emit(connected(kg, one, other, lang, width()))


@main.command("gaps")
@click.option("--pillar", metavar="PILLAR", help="Only gaps that concern this pillar, 1 to 7.")
@click.option("--area", metavar="AREA", help="Only gaps that concern this area, as in e-waste.")
@click.option("--status", metavar="STATUS", help="Only gaps of this status, as in closed.")
@form_option(
    "table",
    "csv",
    "json",
    "md",
    shown="Form of the answer: a paragraph for each gap, if not given.",
)
@LANG
@graph_options
def gaps_command(
    pillar: str | None, area: str | None, status: str | None, form: str, lang: str, **chosen: Any
) -> None:
    """Tell the gaps: who named each and where, how far it is closed, what may close it.

    \b
    gdakg gaps --pillar 3
    gdakg gaps --status open --lang zh-Hant
    gdakg gaps --area e-waste --format csv > gaps.csv
    """
    from gdakg import gap_forms
    from gdakg.gaps import gaps

    with killable():
        found = gaps(opened(**chosen), pillar=pillar, area=area, status=status)
    emit(gap_forms.written(found, form, width(), lang))
    if form in {"csv", "json"}:
        click.echo("\n".join(gap_forms.remarks(found, lang)), err=True)


@main.command("coverage")
@click.option(
    "--rows",
    type=click.Choice(("pillar", "area")),
    default="pillar",
    show_default=True,
    help="What the rows are.",
)
@click.option(
    "--cells",
    type=click.Choice(("counts", "share", "newest")),
    default="counts",
    show_default=True,
    help="Standards, their share of the row, or the year of the newest.",
)
@form_option(
    "table", "csv", "json", "md", shown="Form of the matrix; json lists the standards of each cell."
)
@LANG
@graph_options
def coverage_command(rows: str, cells: str, form: str, lang: str, **chosen: Any) -> None:
    """Count the standards of each body for each pillar, or in each cooperation area.

    \b
    gdakg coverage --rows area --cells newest
    gdakg coverage --format csv > coverage.csv
    """
    from gdakg.coverage import coverage
    from gdakg.crosstab import told_coverage

    with killable():
        found = coverage(opened(**chosen), rows)
    emit(told_coverage(found, cells, form, lang, width()))
    if form != "table":
        click.echo(found.searched.told(lang), err=True)


@main.command("validate")
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="Check an RDF file beside the bundled graph; may be given again.",
)
@form_option("table", "csv", "json", shown="Form of the list of problems.")
@LANG
def validate_command(data: tuple[str, ...], form: str, lang: str) -> None:
    """Find what is wrong in the graph, and tell how to mend it.

    Exits with 1 if there is a violation; warnings alone are none.

    \b
    gdakg validate --data mine.ttl
    """
    from gdakg import validation

    kg = gdakg.load(*data)
    problems = validation.validate(kg, lang)
    counted = validation.summary(problems, len(kg), lang)
    if form == "json":
        emit(validation.as_json(problems, len(kg)))
    elif form == "csv":
        emit(validation.as_csv(problems))
        click.echo(counted, err=True)
    else:
        emit("\n".join(filter(None, (validation.table(problems, width(), lang), counted))))
    if any(problem.severity == "violation" for problem in problems):
        click.get_current_context().exit(1)


@main.command("format")
@click.argument("files", nargs=-1, required=True, metavar="FILE.ttl...")
def format_command(files: tuple[str, ...]) -> None:
    """Bring Turtle files into the canonical form of our data."""
    from gdakg.turtle import reformat

    for file in files:
        if reformat(Path(file)):
            click.echo(f"{file}: rewritten", err=True)
