"""Where the ontology, the data and the queries lie.

In a checkout they are folders beside the package, where people edit them; in an
installed wheel they lie inside it.  Only this module knows the difference.
"""

from pathlib import Path
from typing import Literal

Folder = Literal["ontology", "data", "queries"]


def folder(name: Folder) -> Path:
    """Return the folder `name`, in a wheel or in a checkout."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


def turtle_files() -> list[Path]:
    """Return the Turtle files of the bundled graph, ontology first, then data by name.

    The shapes are rules about graphs, no part of one.
    """
    terms = [path for path in folder("ontology").glob("*.ttl") if path.stem != "shapes"]
    return sorted(terms) + sorted(folder("data").glob("*.ttl"))
