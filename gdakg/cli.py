"""The command line: arguments in, one call, text out.

Answers go to stdout, remarks to stderr; exit 0, 1 (it failed, one line says why), 2 (wrong
usage).
"""

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click

import gdakg
from gdakg import questions
from gdakg.errors import GdakgError, LoadError
from gdakg.rendering import connected, explained, listed, rendered, sourced, told
from gdakg.tables import described

FORMATS: Final = ("table", "csv", "tsv", "json", "md", "ttl")

Command = Callable[..., Any]


class Commands(click.Group):
    """Print a `GdakgError` as one line on stderr and exit with 1, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except GdakgError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            what = error.filename if error.filename is not None else "cannot write"
            raise click.ClickException(f"{what}: {error.strerror or error}") from error


LANG: Final = click.option(
    "--lang",
    type=click.Choice(questions.LANGUAGES, case_sensitive=False),
    default="en",
    show_default=True,
    help="Language of titles and labels; [en] marks a fallback.",
)


def graph_options(command: Command) -> Command:
    """Add the options that choose the graph."""
    options = (
        click.option(
            "--data",
            multiple=True,
            metavar="FILE",
            help="Add an RDF file to the bundled graph; may be given again.",
        ),
        click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead."),
        click.option("--allow-service", is_flag=True, help="Let SERVICE in a query send requests."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def opened(
    data: tuple[str, ...], endpoint: str | None, allow_service: bool
) -> gdakg.KnowledgeGraph:
    """Return the graph that the options choose."""
    if endpoint is not None and data:
        raise click.UsageError("--data adds to the bundled graph; --endpoint asks another one")
    if endpoint is not None:
        return gdakg.connect(endpoint, allow_service=allow_service)
    return gdakg.load(*data, allow_service=allow_service)


@contextlib.contextmanager
def killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the engine does not look up from a running query."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
@LANG
@graph_options
def query_command(
    query: str,
    parameters: tuple[str, ...],
    form: str | None,
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
    """
    asked = asked_for(query)
    given = given_once(parameters)
    if isinstance(asked, questions.Question) and any(p.name == "lang" for p in asked.parameters):
        given = {"lang": lang} | given
    with killable():
        kg = opened(data, endpoint, allow_service)
        answer = kg.query(asked, **given)
        extent = told(kg, asked, answer, form, lang, width())
        is_named = isinstance(asked, questions.Question)
        emit(
            rendered(answer, form, lang, width(), is_named=is_named)
            + (extent if form in {None, "table"} else "")
        )
    if extent and form not in {None, "table"}:
        click.echo(extent.strip(), err=True)


def width() -> int:
    """Return how many cells a line of the terminal has; 80 where there is none."""
    import shutil

    return shutil.get_terminal_size().columns


def emit(text: str) -> None:
    """Write `text` to stdout, with the line ends it has and one at its end.

    On a terminal in its encoding; into a file or pipe as UTF-8, whatever the locale.
    """
    ended = text if text.endswith("\n") else text + "\n"
    if sys.stdout is None:
        raise click.ClickException("cannot write: standard output is closed")
    if sys.stdout.isatty():
        encoding = sys.stdout.encoding or "utf-8"
        click.echo(ended.encode(encoding, "replace").decode(encoding), nl=False)
    else:
        sys.stdout.buffer.write(ended.encode())
        sys.stdout.flush()


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


@main.group("view")
def view_group() -> None:
    """Write an interactive page that opens from disk, without a network."""


@view_group.command("network")
@click.option("-o", "--output", required=True, metavar="FILE.html", help="Where to write the page.")
@click.option("--around", metavar="THING", help="Only the neighbourhood of this thing.")
@click.option(
    "--depth", type=click.IntRange(0, 6), default=2, show_default=True, help="Steps from THING."
)
@click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser.")
@LANG
@graph_options
def network_command(
    output: str,
    around: str | None,
    depth: int,
    is_opened: bool,
    lang: str,
    data: tuple[str, ...],
    endpoint: str | None,
    allow_service: bool,
) -> None:
    """Write the network page: pillars, areas, bodies, committees, standards, gaps."""
    with killable():
        kg = opened(data, endpoint, allow_service)
    net = gdakg.pages.network(kg, output, around=around, depth=depth, language=lang)
    click.echo(f"{output}: {len(net.nodes):,} nodes, {len(net.edges):,} links", err=True)
    if is_opened:
        click.launch(str(Path(output).resolve()))


@main.command("validate")
@click.option(
    "--data",
    multiple=True,
    metavar="FILE",
    help="Check an RDF file beside the bundled graph; may be given again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    default="table",
    show_default=True,
    help="Form of the list of problems.",
)
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
