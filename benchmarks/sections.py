"""The sections of results.md: each benchmark writes its own and leaves the others as they are."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("results.md")
TITLE: Final = "# Measured\n"


def write_section(name: str, lines: Iterable[str]) -> None:
    """Write `lines` as the section `name` of results.md, and print them."""
    section = "\n".join(lines)
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else TITLE
    RESULTS.write_text(with_section(text, name, section), encoding="utf-8")
    print(section)


def with_section(text: str, name: str, section: str) -> str:
    """Return `text` with `section` in the place of the one it had, or behind all else."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    marked = f"{begin}\n{section}\n{end}"
    if begin not in text:
        return f"{text.rstrip()}\n\n{marked}\n"
    head, rest = text.split(begin, 1)
    return head + marked + rest.split(end, 1)[1]
