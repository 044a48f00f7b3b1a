"""Writing a file whole or not at all."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def draft(path: Path) -> Iterator[Path]:
    """Give a path to write to, and put what is there in the place of `path` at the end.

    It is a temporary file in the same folder, which is removed if the block raises; the old file
    stays then.  Raises OSError where that cannot be, and for what is no regular file: renaming
    over a device or a pipe would remove it.
    """
    if path.exists() and not path.is_file():
        raise OSError(f"{path} is not a regular file")
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    except BaseException:  # Ctrl-C as well
        temporary.unlink(missing_ok=True)
        raise


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path`: all of it, or nothing and the old file stays.

    Raises OSError as `draft` does.
    """
    with draft(path) as temporary, temporary.open("xb") as file:
        file.write(content)
