"""A site made by `gdakg site`, given as it lies in its folder: read-only, and nothing beside it."""

import os
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from gdakg.server.desk import Answer
from gdakg.server.jobs import Reply
from gdakg.server.served import SAFE, headers

_MEDIA: Final = {
    ".html": "text/html; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".nq": "application/n-quads",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}


def file_at(folder: str, path: str) -> Answer | None:
    """Return the file of the site at `path`, as it was sent, None if there is none.

    Neither `..` nor a link leads out of the folder, and what begins with a dot is not given.
    """
    names = unquote(path).split("/")
    if any(name.startswith(".") or "\0" in name or "\\" in name for name in names):
        return None
    root = Path(os.path.realpath(folder))
    found = Path(os.path.realpath(root.joinpath(*filter(None, names))))
    if not found.is_relative_to(root) or found.suffix not in _MEDIA:
        return None
    try:
        if not found.is_file():
            return None
        content = found.read_bytes()
    except OSError:
        return None
    more = dict(SAFE)
    if found.suffix == ".html":
        more = headers(content.decode("utf-8", "replace"))
    tag = blake2b(content, digest_size=12).hexdigest()
    return Answer(Reply(200, _MEDIA[found.suffix], content, more), f'"{tag}"')
