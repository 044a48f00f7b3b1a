"""Where the extracts of catalogues lie that some benchmarks read; the project has none itself."""

import sys
from pathlib import Path
from typing import Final

CATALOGUES: Final = Path(__file__).parents[2] / "shared" / "catalogues"


def extracts() -> list[Path]:
    """Return the files with an extract of a catalogue, sorted."""
    return sorted(CATALOGUES.glob("*.jsonl.gz"))


def name_of(extract: Path) -> str:
    """Return the name of the catalogue that `extract` is of."""
    return extract.name.removesuffix(".jsonl.gz")


def are_there() -> bool:
    """Return whether there are extracts; say so where there are none and nothing is measured."""
    if not CATALOGUES.is_dir():
        print(f"not measured: there is no {CATALOGUES}", file=sys.stderr)
    return CATALOGUES.is_dir()
