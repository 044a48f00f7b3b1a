"""What the commands share: options, how the graph is opened, how answers are written."""

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import click

import gdakg
from gdakg import questions
from gdakg.errors import GdakgError

Command = Callable[..., Any]


class Spoken(click.Command):
    """Print a `GdakgError` as one line on stderr and exit with 1, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; its errors are English, and say so to readers of other languages."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except GdakgError as error:
            message = str(error)
        except OSError as error:
            what = error.filename if error.filename is not None else "cannot write"
            message = f"{what}: {error.strerror or error}"
        raise click.ClickException(
            message if ctx.params.get("lang", "en") == "en" else f"[en] {message}"
        )


class Commands(click.Group):
    """Commands that are `Spoken`, and groups of them."""

    command_class = Spoken
    group_class = type


class Main(Commands):
    """The command `gdakg`, most of whose commands are loaded when they are asked for."""

    #: name -> module and name of a command; `gdakg query` need not wait for them
    LATER: Final = {
        "catalogue": "catalogue_commands:catalogue_group",
        "export": "export_commands:export_command",
        "id": "identity_commands:id_command",
        "match": "list_commands:match_command",
        "search": "search_commands:search_command",
        "serve": "serve_commands:serve_command",
        "site": "view_commands:site_command",
        "view": "view_commands:view_group",
        "watch": "list_commands:watch_command",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, sorted."""
        return sorted({*super().list_commands(ctx), *self.LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, None if there is none."""
        if cmd_name not in self.LATER:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        module, _, name = self.LATER[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"gdakg.{module}"), name)
        return found


LANG: Final = click.option(
    "--lang",
    type=click.Choice(questions.LANGUAGES, case_sensitive=False),
    default="en",
    show_default=True,
    help="Language of titles and labels; [en] marks a fallback.",
)


def form_option(*forms: str, shown: str) -> Callable[[Command], Command]:
    """Return the option that chooses one of `forms`, of which the first if not given."""
    choice = click.Choice(forms)
    return click.option(
        "--format", "form", type=choice, default=forms[0], show_default=True, help=shown
    )


#: where the context of a command keeps the store that it asks
_STORE: Final = "gdakg.store"


def _remembered(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Keep the store that is asked in the context, for `opened`."""
    ctx.meta[_STORE] = value


#: where it keeps how long an endpoint may take
_LIMIT: Final = "gdakg.timeout"


def _remembered_limit(ctx: click.Context, _: click.Parameter, value: float | None) -> None:
    """Keep the time limit of an endpoint in the context, for `opened`."""
    ctx.meta[_LIMIT] = value


def graph_options(command: Command) -> Command:
    """Add the options that choose the graph."""
    options = (
        click.option(
            "--data",
            multiple=True,
            metavar="FILE",
            help="Add an RDF file to the bundled graph; may be given again.",
        ),
        click.option(
            "--store",
            metavar="PATH",
            help="Ask a store of imported catalogues, the bundled graph among them.",
            expose_value=False,  # every command takes the graph from `opened`
            callback=_remembered,
        ),
        click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            help="How long an answer of --endpoint may take; 30 if not given.",
            expose_value=False,
            callback=_remembered_limit,
        ),
        click.option("--allow-service", is_flag=True, help="Let SERVICE in a query send requests."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def opened(
    data: tuple[str, ...], endpoint: str | None, allow_service: bool, earlier: str | None = None
) -> gdakg.KnowledgeGraph:
    """Return the graph that the options choose."""
    context = click.get_current_context(silent=True)
    store = context.meta.get(_STORE) if context else None
    limit = context.meta.get(_LIMIT) if context else None
    if limit is not None and endpoint is None:
        raise click.UsageError("--timeout is for the answers of --endpoint")
    if store is not None:
        if endpoint is not None:
            raise click.UsageError("--store asks a store; --endpoint asks another graph")
        if data:
            raise click.UsageError("--data adds to the bundled graph; --store asks another one")
        if earlier is not None:
            raise click.UsageError("--earlier stands beside the bundled graph; not a store")
        return gdakg.open_store(store, allow_service=allow_service)
    if endpoint is not None and data:
        raise click.UsageError("--data adds to the bundled graph; --endpoint asks another one")
    if endpoint is not None and earlier is not None:
        raise click.UsageError("--earlier stands beside the bundled graph; --endpoint asks another")
    if endpoint is not None:
        return gdakg.connect(endpoint, timeout=limit or 30.0, allow_service=allow_service)
    return gdakg.load(*data, earlier=earlier, allow_service=allow_service)


@contextlib.contextmanager
def killable() -> Iterator[None]:
    """Let Ctrl-C end the process at once: the engine does not look up from a running query."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


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


def page_options(command: Command) -> Command:
    """Add the options of a page: where to write it, its language, its graph."""
    options = (
        click.option(
            "-o", "--output", required=True, metavar="FILE.html", help="Where to write the page."
        ),
        click.option("--open", "is_opened", is_flag=True, help="Open the page in the browser."),
        LANG,
        graph_options,
    )
    for option in reversed(options):
        command = option(command)
    return command


def viewed(
    write: Callable[..., object],
    output: str,
    is_opened: bool,
    lang: str,
    data: tuple[str, ...],
    endpoint: str | None,
    allow_service: bool,
) -> None:
    """Let `write` write the page of the graph that the options choose, and open it if asked."""
    with killable():
        kg = opened(data, endpoint, allow_service)
    write(kg, output, language=lang)
    click.echo(f"{output}: written", err=True)
    if is_opened:
        click.launch(str(Path(output).resolve()))
