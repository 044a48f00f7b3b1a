"""YAML as plain text values: no dates, no numbers, no tags, and no depth that breaks anything."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

#: lists and mappings within each other; a record of Relaton has about ten
DEEPEST: Final = 60
_Loader: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def loaded(content: bytes) -> Any:
    """Return what `content` holds, each value a text, a list or a mapping.

    Built from the parser's events, since PyYAML's own loaders call themselves for each level
    of depth, the C one until the process dies.  Raises ValueError with the line.
    """
    try:
        return _document(yaml.parse(content.decode("utf-8-sig"), Loader=_Loader))
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise ValueError(f"line {line}: not UTF-8") from None
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        raise ValueError(f"line {line}: not YAML: {fault.problem or fault.context}") from None
    except yaml.YAMLError as fault:
        raise ValueError(f"not YAML: {str(fault).splitlines()[0]}") from None


def _document(events: Iterator[Any]) -> Any:
    """Return the first document in `events`."""
    root: list[Any] = []
    #: what is open, and in a mapping the key that waits for its value
    nesting: list[tuple[Any, list[str]]] = [(root, [])]
    known: dict[str, Any] = {}
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _put(nesting, event.value, event, known)
        elif kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent):
            value: Any = {} if kind is yaml.MappingStartEvent else []
            _put(nesting, value, event, known)
            nesting.append((value, []))
        elif kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            nesting.pop()
        elif kind is yaml.AliasEvent:
            if event.anchor not in known:
                raise ValueError(f"line {_line(event)}: nothing is called &{event.anchor}")
            _put(nesting, known[event.anchor], event, known)
        elif kind is yaml.DocumentEndEvent:
            break
    return root[0] if root else ""


def _put(
    nesting: list[tuple[Any, list[str]]], value: Any, event: Any, known: dict[str, Any]
) -> None:
    """Put `value` into what is open: at the end of a list, or in a mapping behind its key."""
    if len(nesting) > DEEPEST:
        raise ValueError(f"line {_line(event)}: nested too deep")
    container, waiting = nesting[-1]
    if event.anchor is not None:
        known[event.anchor] = value
    if isinstance(container, list):
        container.append(value)
    elif waiting:
        container[waiting.pop()] = value
    elif isinstance(value, str):
        waiting.append(value)
    else:
        raise ValueError(f"line {_line(event)}: the key of a mapping is no text")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
