"""Writing a file whole or not at all."""

import secrets
from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path`: all of it, or nothing and the old file stays.

    It goes through a temporary file in the same folder, which is removed on failure.  Raises
    OSError where that cannot be, and for what is no regular file: renaming over a device or a
    pipe would remove it.
    """
    if path.exists() and not path.is_file():
        raise OSError(f"{path} is not a regular file")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        temporary.replace(path)
    except BaseException:  # Ctrl-C as well
        temporary.unlink(missing_ok=True)
        raise
