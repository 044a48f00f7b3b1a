"""What tells one graph from another, for ETags."""

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gdakg import stores
from gdakg.paths import turtle_files
from gdakg.server.jobs import Opening


def digest(opening: Opening) -> str:
    """Return a digest of the graph that `opening` names and of what writes its answers."""
    found = hashlib.blake2b(digest_size=16)
    for package in ("gdakg", "pyoxigraph"):
        found.update(f"{package} {_version(package)}\n".encode())
    if opening.store is not None:
        found.update(str(stores.generation(opening.store)).encode())
    else:
        for path in [*turtle_files(), *map(Path, opening.data)]:
            found.update(hashlib.blake2b(path.read_bytes()).digest())
            found.update(f"{path.name}\n".encode())
    return found.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
