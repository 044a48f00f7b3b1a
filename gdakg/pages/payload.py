"""What the page's code reads: the pyvis network again, without its repetitions.

Nodes are lists and are named by place; relations, properties, values of facts and the
beginning that all IRIs share are written once.  That halves a page.
"""

from collections import Counter
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
    nodes = list(nodes)
    properties, values = _Places(), _Places()
    often = _repeated(nodes)
    compact = [_node(node, properties, values, often) for node in nodes]
    place = {node["id"]: index for index, node in enumerate(compact)}
    relations, ends = _relations(edges, place)
    kinds = {node["kind"] for node in compact}
    base = commonprefix(list(place))  # noqa: RUF071 -- characters of IRIs, not folders
    tags = list(_ordered({tag: tag for node in compact for tag in node["labels"]}))
    return {
        "base": base,
        "tags": tags,
        "counts": {"nodes": len(compact), "edges": sum(map(len, ends)) // 2},
        "kinds": {kind: _look(kind) for kind in KINDS if kind in kinds},
        "properties": properties.listed,
        "values": values.listed,
        "relations": [labels for labels, _ in relations],
        "judged": [index for index, (_, judged) in enumerate(relations) if judged],
        "nodes": [_row(node, base, tags) for node in compact],
        "edges": ends,
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


def _repeated(nodes: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return the values that more than one fact has."""
    facts = (fact for node in nodes for fact in node.get("facts") or [])
    counts = Counter(str(value) for _, value in facts if not isinstance(value, Mapping))
    return {value for value, count in counts.items() if count > 1}


def _node(
    node: Mapping[str, Any], properties: _Places, values: _Places, often: set[str]
) -> dict[str, Any]:
    """Return what the page needs of `node`; values with languages or in `often` by place."""

    def valued(value: object) -> str | int:
        if isinstance(value, Mapping):
            return values.place(value)
        text = str(value)
        return values.place({"": text}) if text in often else text

    labels = node.get("labels") or {}
    code = node.get("code") or (None if labels else node.get("label"))
    return {
        "id": str(node["id"]),
        "kind": known(node.get("kind", OTHER)),
        "x": node.get("x", 0.0),
        "y": node.get("y", 0.0),
        "size": node.get("size", 10),
        "code": code,
        "labels": _ordered(labels),
        "facts": [
            [properties.place(names), valued(value)]
            for names, value in node.get("facts") or []
            if value != code  # stands above the facts
        ],
    }


def _row(node: Mapping[str, Any], base: str, tags: Iterable[str]) -> list[Any]:
    """Return a node as a list without names: those would take a tenth of the page.

    Labels stand in the order of `tags`, 0 where there is none.
    """
    labels = [node["labels"].get(tag, 0) for tag in tags]
    row = [node["id"].removeprefix(base), *(node[key] for key in ("kind", "x", "y", "size"))]
    return [*row, node["code"] or 0, labels, node["facts"]]


def _relations(
    edges: Iterable[Mapping[str, Any]], place: Mapping[str, int]
) -> tuple[list[tuple[dict[str, str], bool]], list[list[int]]]:
    """Return each relation's labels and whether it is judged; and from, to, from ... of each."""
    found: dict[tuple[tuple[tuple[str, str], ...], bool], list[int]] = {}
    for edge in edges:
        key = (tuple(_ordered(_relation(edge)).items()), bool(edge.get("judged")))
        found.setdefault(key, []).extend((place[str(edge["from"])], place[str(edge["to"])]))
    return [(dict(labels), judged) for labels, judged in found], list(found.values())


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
