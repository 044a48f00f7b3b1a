"""What the page's code reads: the pyvis network again, without its repetitions.

Edges name nodes by place; relations, properties and the beginning that all IRIs share are
written once.  That halves a page.
"""

from collections.abc import Iterable, Mapping
from os.path import commonprefix
from typing import Any, Final

from gdakg.pages.kinds import KINDS, OTHER, known

#: the order of labels in the page
_TAGS: Final = ("en", "fr", "zh-Hans", "zh-Hant")

Labels = Mapping[str, str]


def payload(
    nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the data of the page for pyvis' `nodes` and `edges`, ready for JSON.

    Nodes and edges that were added with pyvis' own methods have no kind and no labels:
    they are of kind "other", with the label or title they were given.
    """
    properties = _Places()
    compact = [_node(node, properties) for node in nodes]
    place = {node["id"]: index for index, node in enumerate(compact)}
    relations = _Places()
    pairs = [
        [place[str(edge["from"])], place[str(edge["to"])], relations.place(_relation(edge))]
        for edge in edges
    ]
    kinds = {node["kind"] for node in compact}
    base = commonprefix(list(place))  # noqa: RUF071 -- characters of IRIs, not folders
    for node in compact:
        node["id"] = node["id"].removeprefix(base)
    return {
        "base": base,
        "counts": {"nodes": len(compact), "edges": len(pairs)},
        "kinds": {kind: _look(kind) for kind in KINDS if kind in kinds},
        "properties": properties.listed,
        "relations": relations.listed,
        "nodes": compact,
        "edges": pairs,
    }


class _Places:
    """Labels in the order of their first use, each once."""

    def __init__(self) -> None:
        self.listed: list[dict[str, str]] = []
        self._places: dict[tuple[tuple[str, str], ...], int] = {}

    def place(self, labels: Labels) -> int:
        """Return where `labels` stand in the list, after adding them if they are new."""
        ordered = _ordered(labels)
        key = tuple(ordered.items())
        if key not in self._places:
            self._places[key] = len(self.listed)
            self.listed.append(ordered)
        return self._places[key]


def _node(node: Mapping[str, Any], properties: _Places) -> dict[str, Any]:
    labels = node.get("labels") or {}
    code = node.get("code") or (None if labels else node.get("label"))
    made = {
        "id": str(node["id"]),
        "kind": known(node.get("kind", OTHER)),
        "x": node.get("x", 0.0),
        "y": node.get("y", 0.0),
        "size": node.get("size", 10),
        "code": code,
        "labels": _ordered(labels),
        "facts": [
            [properties.place(names), str(value)] for names, value in node.get("facts") or []
        ],
    }
    return {key: value for key, value in made.items() if value or value == 0}


def _relation(edge: Mapping[str, Any]) -> Labels:
    name = edge.get("labels") or edge.get("title") or edge.get("predicate") or "–"
    return {"": str(name)} if isinstance(name, str) else name


def _ordered(labels: Labels) -> dict[str, str]:
    others = sorted(tag for tag in labels if tag not in _TAGS)
    return {tag: labels[tag] for tag in (*_TAGS, *others) if labels.get(tag)}


def _look(kind: str) -> dict[str, Any]:
    look = KINDS[kind]
    return {
        "shape": look.shape,
        "fill": look.fill,
        "border": look.border,
        "hollow": look.hollow,
        "names": dict(look.names),
    }
