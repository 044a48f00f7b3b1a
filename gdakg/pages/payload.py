"""What the page's code reads: the pyvis network again, without its repetitions.

Nodes stand in columns, a group to a kind, and are named by place; a text is written without the
beginning that it shares with the one above it; relations, properties and values that several
facts have are written once.  That takes two thirds off what is not a label.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from os.path import commonprefix
from typing import Any, Final

from gdakg.namespaces import GDA, PREFIXES
from gdakg.pages.kinds import KINDS, OTHER, known

#: the order of labels in the page
_TAGS: Final = ("en", "fr", "zh-Hans", "zh-Hant")

#: the facet that links with a predicate tell of; those to pillars are of gaps as well
_FACETS: Final = {
    PREFIXES["dcterms"] + "publisher": "body",
    GDA + "supportsPillar": "pillar",
    GDA + "concernsPillar": "pillar",
}

#: a shorter beginning than this is not worth its number
_WORTH: Final = 4

Labels = Mapping[str, str]
#: a relation: its labels, and whether it is judged
_Key = tuple[tuple[tuple[str, str], ...], bool]


def payload(
    nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the data of the page for pyvis' `nodes` and `edges`, ready for JSON.

    Nodes and edges that were added with pyvis' own methods have no kind and no labels:
    they are of kind "other", with the label or title they were given.
    """
    told = _by_kind(nodes)
    flat = [node for group in told.values() for node in group]
    place = {node["id"]: index for index, node in enumerate(flat)}
    properties, values = _Places(), _Places(node["facts"] for node in flat)
    statuses = sorted(dict(node["status"] for node in flat if node["status"]).items())
    rank = {iri: index for index, (iri, _) in enumerate(statuses)}
    tags = list(_ordered({tag: tag for node in flat for tag in node["labels"]}))
    groups = [
        {"kind": kind, **_columns(group, tags, rank), "facts": _facts(group, properties, values)}
        for kind, group in told.items()
    ]
    relations, facets = _relations(edges, place)
    if statuses:
        listed = [[iri, values.place(labels)] for iri, labels in statuses]
        facets = [*facets, {"key": "status", "values": listed}]
    return {
        "tags": tags,
        "counts": {"nodes": len(flat), "edges": sum(map(len, relations.values())) // 2},
        "kinds": {kind: _look(kind) for kind in told},
        "properties": properties.listed,
        "values": values.listed,
        "links": values.links,
        "relations": [dict(labels) for labels, _ in relations],
        "judged": [index for index, (_, judged) in enumerate(relations) if judged],
        "groups": groups,
        "edges": list(relations.values()),
        "facets": facets,
    }


def texts(column: Iterable[str | None]) -> list[str | int]:
    """Return the texts of a column, each without the beginning it shares with the one above.

    A number above 0 before a text counts the characters it shares, as JavaScript counts; one
    below 0 counts places without a text.

    >>> texts(["ITU-T L.1470", "ITU-T L.1471", None, None, "ISO 14067"])
    ['ITU-T L.1470', 11, '1', -2, 'ISO 14067']
    """
    written: list[str | int] = []
    above = ""
    missing = 0
    for text in column:
        if not text:
            missing += 1
            continue
        if missing:
            written.append(-missing)
        shared = commonprefix((above, text))  # noqa: RUF071 -- characters, not folders
        units = len(shared) + sum(character > "\uffff" for character in shared)
        written += [units, text[len(shared) :]] if units >= _WORTH else [text]
        above, missing = text, 0
    return written


class _Places:
    """Labels in the order of their first use, each once, some with the address of a link."""

    def __init__(self, facts: Iterable[Iterable[tuple[Labels, Any]]] = ()) -> None:
        """Take the facts whose values will be placed, to know those that come again."""
        self.listed: list[dict[str, str]] = []
        self.links: dict[int, str] = {}
        self._places: dict[tuple[object, ...], int] = {}
        plain = (value for each in facts for _, value in each if isinstance(value, str))
        self._often = {value for value, count in Counter(plain).items() if count > 1}

    def place(self, labels: Labels, link: str = "") -> int:
        """Return where `labels` stand in the list, after adding them if they are new."""
        ordered = _ordered(labels)
        key = (link, *ordered.items())
        if key not in self._places:
            at = self._places[key] = len(self.listed)
            self.listed.append(ordered)
            if link:
                self.links[at] = link
        return self._places[key]

    def valued(self, value: object) -> str | int:
        """Return a fact's value as a text, or where it stands if it is more than a text."""
        if isinstance(value, tuple):  # labels and the address of a link
            return self.place(*value)
        if isinstance(value, Mapping):
            return self.place(value)
        text = str(value)
        return self.place({"": text}) if text in self._often or not text else text


def _by_kind(nodes: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return what the page needs of the nodes of each kind, in the order of the legend."""
    groups: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for node in nodes:
        labels = node.get("labels") or {}
        code = node.get("code") or (None if labels else node.get("label"))
        # The code stands above the facts.
        facts = [fact for fact in node.get("facts") or [] if fact[1] != code]
        told = {"labels": labels, "code": code and str(code), "facts": facts}
        told |= {"id": str(node["id"]), "status": node.get("status")}
        told |= {"x": round(node.get("x", 0)), "y": round(node.get("y", 0))}
        told["size"] = node.get("size", 10)
        groups[known(node.get("kind", OTHER))].append(told)
    return {kind: group for kind, group in groups.items() if group}


def _columns(
    group: Sequence[Mapping[str, Any]], tags: Iterable[str], rank: Mapping[str, int]
) -> dict[str, Any]:
    """Return the nodes of one kind, a list to each thing told of them all."""
    columns: dict[str, Any] = {
        "ids": texts(node["id"] for node in group),
        "codes": texts(node["code"] for node in group),
        "labels": [texts(node["labels"].get(tag) for node in group) for tag in tags],
        **{key: [node[key] for node in group] for key in ("x", "y", "size")},
    }
    if any(node["status"] for node in group):
        columns["status"] = [rank[node["status"][0]] if node["status"] else -1 for node in group]
    return columns


def _facts(
    group: Sequence[Mapping[str, Any]], properties: _Places, values: _Places
) -> list[dict[str, Any]]:
    """Return the facts of the nodes of one kind, a property at a time.

    `steps` lead from a node that has one to the next; there are none where each node has one.
    """
    found: dict[tuple[int, bool], tuple[list[int], list[str | int]]] = {}
    orders = []
    for number, node in enumerate(group):
        told = [(properties.place(names), values.valued(value)) for names, value in node["facts"]]
        orders.append(tuple(property_ for property_, _ in told))
        for property_, value in told:
            nodes, column = found.setdefault((property_, isinstance(value, str)), ([], []))
            nodes.append(number)
            column.append(value)
    order = _merged(orders)
    columns: list[dict[str, Any]] = []
    for (property_, is_text), (nodes, column) in found.items():
        key, listed = ("texts", texts(map(str, column))) if is_text else ("places", column)
        is_each = nodes == list(range(len(group)))
        steps = {} if is_each else {"steps": _steps(nodes)}
        columns.append({"property": property_, **steps, key: listed})
    return sorted(columns, key=lambda column: order.index(column["property"]))


def _steps(numbers: Iterable[int]) -> list[int]:
    """Return each number less the one before it.

    >>> _steps([3, 4, 9])
    [3, 1, 5]
    """
    before = 0
    steps = []
    for number in numbers:
        steps.append(number - before)
        before = number
    return steps


def _merged(orders: Iterable[tuple[int, ...]]) -> list[int]:
    """Return one order that keeps to the given ones as far as they agree.

    >>> _merged([(1, 3), (0, 1), (1, 2, 3)])
    [0, 1, 2, 3]
    """
    merged: list[int] = []
    for order in dict.fromkeys(orders):
        at = 0
        for each in order:
            if each not in merged:
                merged.insert(at, each)
            at = max(at, merged.index(each) + 1)
    return merged


def _relations(
    edges: Iterable[Mapping[str, Any]], place: Mapping[str, int]
) -> tuple[dict[_Key, list[int]], list[dict[str, Any]]]:
    """Return the ends of the edges of each relation, and the facets that relations tell of.

    The ends are places of nodes: a step from the start before to the next start, its end, ...
    """
    ends: dict[_Key, list[tuple[int, int]]] = {}
    telling: dict[str, set[_Key]] = {}
    for edge in edges:
        key = (tuple(_ordered(_relation(edge)).items()), bool(edge.get("judged")))
        ends.setdefault(key, []).append((place[str(edge["from"])], place[str(edge["to"])]))
        if edge.get("predicate") in _FACETS:
            telling.setdefault(_FACETS[edge["predicate"]], set()).add(key)
    number = {key: index for index, key in enumerate(ends)}
    facets = [
        {"key": facet, "relations": sorted(number[key] for key in telling[facet])}
        for facet in sorted(telling)
    ]
    return {key: _walked(sorted(pairs)) for key, pairs in ends.items()}, facets


def _walked(pairs: Sequence[tuple[int, int]]) -> list[int]:
    starts = _steps(start for start, _ in pairs)
    return [number for step, (_, end) in zip(starts, pairs, strict=True) for number in (step, end)]


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
