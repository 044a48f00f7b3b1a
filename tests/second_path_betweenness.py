"""Betweenness by Brandes' algorithm (2001, doi:10.1080/0022250X.2001.9990249), in plain Python."""

from collections.abc import Iterable


def betweenness(nodes: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Return for each node the share of shortest paths between two others that run through it.

    A link counts once, in both directions; one from a node to itself does not count.
    """
    names = sorted(nodes)
    number = {name: place for place, name in enumerate(names)}
    beside: list[set[int]] = [set() for _ in names]
    for one, other in links:
        if one != other:
            beside[number[one]].add(number[other])
            beside[number[other]].add(number[one])
    through = [0.0] * len(names)
    for start in range(len(names)):
        order, before, paths = search(start, beside)
        owed = [0.0] * len(names)
        for node in reversed(order):
            for earlier in before[node]:
                owed[earlier] += paths[earlier] / paths[node] * (1 + owed[node])
            if node != start:
                through[node] += owed[node]
    pairs = (len(names) - 1) * (len(names) - 2)  # a pair is met from both ends
    return {name: share / pairs for name, share in zip(names, through, strict=True)}


def search(start: int, beside: list[set[int]]) -> tuple[list[int], list[list[int]], list[int]]:
    """Return the nodes by distance from `start`, what is before each, and its shortest paths."""
    distance = [-1] * len(beside)
    before: list[list[int]] = [[] for _ in beside]
    paths = [0] * len(beside)
    distance[start], paths[start] = 0, 1
    order = [start]
    for node in order:
        for other in beside[node]:
            if distance[other] < 0:
                distance[other] = distance[node] + 1
                order.append(other)
            if distance[other] == distance[node] + 1:
                paths[other] += paths[node]
                before[other].append(node)
    return order, before, paths
