"""Statements as lines of N-Quads: taken apart, counted."""

from collections import Counter
from typing import Final

from gdakg.namespaces import PREFIXES

_TYPE: Final = f"<{PREFIXES['rdf']}type>".encode()


def parted(line: bytes) -> tuple[bytes, bytes]:
    """Return the triple of a `line` of N-Quads as a line of N-Triples, and the graph.

    The line is as the engine writes it, with single spaces; b"" is the default graph.

    >>> parted(b'<a:s> <a:p> "o <a:x> ." <a:g> .\\n')
    (b'<a:s> <a:p> "o <a:x> ." .\\n', b'<a:g>')
    >>> parted(b'<a:s> <a:p> "o <a:x>"@en .\\n')
    (b'<a:s> <a:p> "o <a:x>"@en .\\n', b'')
    >>> parted(b'<a:s> <a:p> <a:o> .\\n')
    (b'<a:s> <a:p> <a:o> .\\n', b'')
    """
    triple, _, last = line[:-3].rpartition(b" ")
    is_name = last[:1] == b"<" and last[-1:] == b">" and b'"' not in last
    # A fourth term is a graph; of three the last is the object.
    if (is_name or last[:2] == b"_:") and b'"' not in last and triple.count(b" ") >= 2:
        return triple + b" .\n", last
    return line, b""


class Tally:
    """How many statements there are, in which graphs, with which properties and classes."""

    def __init__(self) -> None:
        self.statements = 0
        self.graphs: Counter[bytes] = Counter()
        self.properties: set[bytes] = set()
        self.classes: set[bytes] = set()

    def add(self, triple: bytes, graph: bytes) -> None:
        """Count the statement `triple` in `graph`, as `parted` gives them."""
        self.statements += 1
        self.graphs[graph] += 1
        _, predicate, rest = triple.split(b" ", 2)
        self.properties.add(predicate)
        if predicate == _TYPE:
            self.classes.add(rest[:-3])
