"""Import into a store, and be killed (or stopped) at a named point; run by test_stores.py."""

import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cataloged import record
from gdakg import importing, stores
from gdakg.importing import Source, import_catalogues


def main(store: str, point: str) -> None:
    """Import one more catalogue, and end at `point` as if by kill -9."""

    def ended(*_: Any) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    def told(_: str, doing: str, share: float, __: int) -> None:
        if doing == point or (point == "loading on" and doing == "loading" and share > 0):
            ended()

    sweep, sweeps = stores._sweep, []

    def swept(*given: Any) -> None:
        sweeps.append(given)
        if len(sweeps) > 1:  # the first is before the import
            ended()
        sweep(*given)

    where, what, by = {
        "before the index": (importing, "build_index", ended),
        "marked": (Path, "rename", ended),
        "renamed": (Path, "replace", ended),
        "in place": (stores, "_sweep", swept),
    }.get(point, (stores, "_sweep", sweep))
    patch.object(where, what, by).start()
    many = [record(f"ISO {n}:2020", titles={"en": f"Invented {n}"}) for n in range(70_000, 71_000)]
    import_catalogues(store, [Source("new", many)], told)


if __name__ == "__main__":
    main(*sys.argv[1:])
