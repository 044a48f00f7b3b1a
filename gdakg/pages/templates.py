"""What all pages are made of: templates, the files that go into them, the policy, the writing."""

import base64
import functools
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gdakg.errors import PageError
from gdakg.writing import replace

if TYPE_CHECKING:
    from jinja2 import Environment

ASSETS: Final = Path(__file__).parent / "assets"


def environment(**names: Any) -> "Environment":
    """Return what fills in the templates, which know `names`; texts are escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(ASSETS, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "allow_nan": False,
    }
    made.globals |= names
    return made


def embedded(style: str, scripts: Iterable[str]) -> dict[str, Any]:
    """Return, for a template, a style and the scripts of these files, and the policy for them."""
    from markupsafe import Markup

    programs = [asset(name) for name in scripts]
    return {
        "style": Markup(style),
        "programs": [Markup(program) for program in programs],
        "policy": content_security_policy([style], programs),
    }


def stylesheet(*names: str) -> str:
    """Return the style that all pages have, and behind it these files."""
    return "".join(map(asset, ("base.css", *names)))


@functools.cache
def asset(name: str) -> str:
    """Return the text of a file that goes into pages."""
    return (ASSETS / name).read_text(encoding="utf-8")


def content_security_policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Return the policy that lets these texts style a page and run in it, and nothing else."""
    return (
        f"default-src 'none'; script-src {_sources(scripts)}; style-src {_sources(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _sources(texts: Iterable[str]) -> str:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def write_page(page: str, path: str | os.PathLike[str]) -> None:
    """Write `page` to `path`: all of it, or nothing and the old file stays.

    Raises PageError, naming `path`, where it cannot be written.
    """
    # A lone surrogate, which is not a character, becomes a question mark.
    text = page.encode("utf-8", errors="replace")
    try:
        replace(Path(os.path.realpath(path)), text)
    except (OSError, ValueError) as error:  # a zero in the name is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise PageError(f"{os.fspath(path)}: {reason}") from error
