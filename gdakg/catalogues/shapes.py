"""Values of a parsed file, taken only where they have the type that is wanted."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

#: types of identifiers by which another body may call the same text
_BODIES: Final = frozenset(
    {"3GPP", "CIE", "ECMA", "ETSI", "IEC", "IEEE", "IETF", "ISO", "ITU", "OASIS", "W3C"}
)


def string(value: object) -> str:
    """Return `value` if it is text, else ""."""
    return value if isinstance(value, str) else ""


def strings(value: object) -> tuple[str, ...]:
    """Return the text in `value`, a list of texts or one."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def objects(value: object) -> list[Mapping[str, Any]]:
    """Return the mappings in `value`, a list of mappings or one."""
    if isinstance(value, dict):
        return [value]
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(*values: object) -> tuple[str, ...]:
    """Return what of `values` is text that says something, each once."""
    return tuple(dict.fromkeys(each for each in values if isinstance(each, str) and each.strip()))


def body_of(identifiers: Iterable[tuple[object, object]]) -> str:
    """Return whose catalogue this is: the type of the first identifier that is a body's."""
    return next((str(kind) for kind, _ in identifiers if _is_body(kind)), "")


def others(identifiers: Iterable[tuple[object, object]], own: str) -> tuple[str, ...]:
    """Return the designations by bodies other than `own`; DOI, ISBN and URN are none."""
    return tuple(
        name
        for kind, name in identifiers
        if isinstance(name, str) and _is_body(kind) and kind != own
    )


def _is_body(kind: object) -> bool:
    return isinstance(kind, str) and kind in _BODIES
