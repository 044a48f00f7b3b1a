"""Records of catalogues made for tests: invented documents, in the form every reader gives."""

from typing import Any, Final

from gdakg.records import Record

EMPTY: Final = Record(
    designation="",
    catalogue="iso",
    publishers=("ISO",),
    titles={},
    issued="",
    stage="published",
    native_status="",
    kind="",
    committees=(),
    ics=(),
    relations=(),
    aliases=(),
    keywords=(),
    page="",
    source="",
    line=0,
    is_variant=False,
)


def record(designation: str, **told: Any) -> Record:
    """Return a record of `designation`; what is not told is empty, its file named after it."""
    source = designation.lower().replace(" ", "-").replace("/", "-") + ".yaml"
    return EMPTY._replace(**{"designation": designation, "source": source, **told})
