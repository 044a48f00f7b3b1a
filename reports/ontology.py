"""The page of the ontology: every class and property, as the graph declares and uses it.

`python -m reports.ontology` writes `docs/ontology/index.html` and `classes.svg`.
"""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import gdakg
from gdakg.pages.templates import content_security_policy
from gdakg.writing import replace
from reports.diagram import Diagram
from reports.vocabulary import LANGUAGES, curie, header, read

FOLDER: Final = Path(__file__).parents[1] / "docs" / "ontology"


def page(kg: gdakg.KnowledgeGraph) -> str:
    """Return the page of the ontology in `kg`: one file, which loads nothing."""
    terms = read(kg)
    return _render(
        "ontology.html",
        terms=terms,
        by_iri={term.iri: term for term in terms},
        header=header(kg),
        diagram=Diagram(terms),
        languages=LANGUAGES,
    )


def figure(kg: gdakg.KnowledgeGraph) -> str:
    """Return the class diagram of the ontology in `kg` as SVG, in English."""
    title = header(kg)["title"].texts["en"]
    drawn = Diagram(read(kg))
    return _render("classes.svg", diagram=drawn, title=title, page="index.html", languages=["en"])


def _render(name: str, **values: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"curie": curie, "policy": _policy}
    return environment.get_template(name).render(values).lstrip()


def _policy(style: str, script: str) -> str:
    return content_security_policy([str(style)], [str(script)])


def main() -> None:
    """Write the page and the diagram into `docs/ontology/`."""
    kg = gdakg.load()
    FOLDER.mkdir(parents=True, exist_ok=True)
    replace(FOLDER / "index.html", page(kg).encode())
    replace(FOLDER / "classes.svg", figure(kg).encode())


if __name__ == "__main__":
    main()
