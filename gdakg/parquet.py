"""Statements as a Parquet table: a row each."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as og

from gdakg.shapes import MissingExtraError

#: the columns, all text; `kind` is of the object: iri, literal, blank or triple
COLUMNS: Final = (
    *("subject", "predicate", "object", "kind", "datatype", "language", "graph"),
)  # fmt: skip

#: rows that are in memory at a time
_GROUP: Final = 100_000


def write(lines: Iterable[bytes], path: Path) -> None:
    """Write the statements in `lines` of N-Quads to a Parquet file at `path`, in their order.

    Raises MissingExtraError where pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow, which is not installed: pip install 'gdakg[parquet]'"
        ) from error
    schema = pyarrow.schema([(name, pyarrow.string()) for name in COLUMNS])
    rest = iter(lines)
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := b"".join(islice(rest, _GROUP)):
            rows = [_row(quad) for quad in og.parse(group, format=og.RdfFormat.N_QUADS)]
            columns = [list(column) for column in zip(*rows, strict=True)]
            arrays = [pyarrow.array(column, pyarrow.string()) for column in columns]
            writer.write_table(pyarrow.table(arrays, schema=schema))


def _row(quad: og.Quad) -> tuple[str | None, ...]:
    """Return the columns of a statement; None where there is no datatype, language or graph."""
    graph = None if isinstance(quad.graph_name, og.DefaultGraph) else _text(quad.graph_name)
    told = quad.object
    of_object: tuple[str | None, ...]
    if isinstance(told, og.Literal):
        of_object = (told.value, "literal", told.datatype.value, told.language)
    else:
        kinds = {og.NamedNode: "iri", og.BlankNode: "blank"}
        of_object = (_text(told), kinds.get(type(told), "triple"), None, None)
    return (_text(quad.subject), quad.predicate.value, *of_object, graph)


def _text(term: object) -> str:
    """Return an IRI without brackets, any other term as N-Triples has it."""
    return term.value if isinstance(term, og.NamedNode) else str(term)
