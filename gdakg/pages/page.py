"""Our page in the place of pyvis' template, and its writing.

pyvis' own template asks two servers for scripts and runs whatever stands in a label; its
writer empties the old file before it fails.  Both are left unused.
"""

import base64
import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gdakg.errors import PageError
from gdakg.pages.payload import payload
from gdakg.pages.wording import LANGUAGES, WORDS
from gdakg.writing import replace

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

    from gdakg.pages.links import Link

ASSETS: Final = Path(__file__).parent / "assets"
TEMPLATE: Final = "network.html.j2"

#: what draws the picture in the browser -> the scripts of the page
RENDERERS: Final = {
    "vis": ("vis-network.min.js", "page.js"),
    "canvas": ("page.js",),
}

#: vis-network as views of a thousand nodes need it; the page draws the labels itself
OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"scaling": {"label": {"drawThreshold": 100_000}}},
    "edges": {
        "smooth": False,
        "width": 0.8,
        "selectionWidth": 0.5,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
    },
    "interaction": {
        "dragNodes": False,
        "hideEdgesOnDrag": True,
        "hideEdgesOnZoom": True,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
        "selectable": True,
        "tooltipDelay": 150,
    },
}


def use_page(
    network: "Network",
    *,
    heading: Mapping[str, str],
    language: str,
    centre: str | None,
    renderer: str,
    links: Iterable["Link"] = (),
) -> None:
    """Make `network.generate_html()` give our page, in `language` and at `centre` at first.

    `links` lead to the other pages of a site.
    """
    network.heading = heading.get(language) or next(iter(heading.values()), "")
    network.options = OPTIONS
    network.templateEnv = _environment()
    network.templateEnv.globals |= {
        "language": language,
        "centre": centre,
        "headings": dict(heading),
        "renderer": renderer,
        "links": list(links),
        "site": None,
        **_scripts(renderer),
    }
    network.path = TEMPLATE


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
        "allow_nan": False,
    }
    environment.globals |= {
        "languages": LANGUAGES,
        "words": WORDS,
        "vis_options": OPTIONS,
        "payload": payload,
    }
    return environment


def _scripts(renderer: str) -> dict[str, Any]:
    """Return styles and scripts of the page, and the policy that allows them."""
    from markupsafe import Markup

    styles = _asset("page.css")
    scripts = [_asset(name) for name in RENDERERS[renderer]]
    return {
        "styles": Markup(styles),
        "scripts": [Markup(script) for script in scripts],
        "policy": content_security_policy(styles, scripts),
    }


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def content_security_policy(styles: str, scripts: list[str]) -> str:
    """Return the policy that lets these texts run in the page, and nothing else."""
    allowed = " ".join(_source(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def write(network: "Network", path: str | os.PathLike[str]) -> None:
    """Write the page of `network` to `path`: all of it, or nothing and the old file stays.

    Raises `PageError`, naming `path`, where it cannot be written.
    """
    # A lone surrogate, which is not a character, becomes a question mark.
    page = network.generate_html().encode("utf-8", errors="replace")
    try:
        replace(Path(os.path.realpath(path)), page)
    except (OSError, ValueError) as error:  # a zero in the name is a ValueError
        reason = getattr(error, "strerror", None) or error
        raise PageError(f"{os.fspath(path)}: {reason}") from error
