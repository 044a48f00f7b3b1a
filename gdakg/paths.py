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


def turtle_files(root: Path | None = None) -> list[Path]:
    """Return the Turtle files of the bundled graph, ontology first, then data by name.

    Those of another release if `root` is the folder in which its `ontology` and `data` lie.  The
    shapes are rules about graphs, no part of one.
    """
    ontology = root / "ontology" if root else folder("ontology")
    data = root / "data" if root else folder("data")
    terms = [path for path in ontology.glob("*.ttl") if path.stem != "shapes"]
    return sorted(terms) + sorted(data.glob("*.ttl"))


def graph_name(path: Path) -> str:
    """Return the name of the graph that the Turtle file `path` is."""
    return "ontology" if path.stem == "gdakg" else path.stem
