"""The command `gdakg`, run by tests in their own process."""

from click.testing import CliRunner, Result

from gdakg.cli import main


def run(*arguments: object, width: int = 80, given: str = "") -> Result:
    """Return what `gdakg` does with these arguments in a terminal so wide, `given` its input."""
    told = [str(argument) for argument in arguments]
    return CliRunner().invoke(main, told, input=given, env={"COLUMNS": str(width)})
