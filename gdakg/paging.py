"""A SELECT query in pages, for servers that cut an answer at so many rows."""

from collections.abc import Sequence

from gdakg.guard import tokens


def page(text: str, variables: Sequence[str], size: int, start: int) -> str | None:
    """Return the query for the rows of `text` from `start` on, `size` of them.

    They are put in order by all `variables` that it projects, after the order that it has, so
    that no row is in two pages.  The order stands in a subquery, since Virtuoso orders no more
    than 10,000 rows where a LIMIT follows (its error SR353).  None for a query with a LIMIT,
    OFFSET or FROM of its own.

    >>> print(page("SELECT ?s { ?s a ?c } # all", ["s"], 10, 20))
    SELECT ?s { {
    SELECT ?s { ?s a ?c } # all
    ORDER BY ?s
    } } LIMIT 10 OFFSET 20
    >>> print(page("PREFIX a: <a> SELECT ?s { ?s a ?c } ORDER BY DESC(?c)", ["s"], 10, 0))
    PREFIX a: <a> SELECT ?s { {
    SELECT ?s { ?s a ?c } ORDER BY DESC(?c)
     ?s
    } } LIMIT 10 OFFSET 0
    """
    depth = 0
    is_ordered = False
    begin, end = None, len(text)
    for token in tokens(text):
        word = token.group().upper() if token.lastgroup == "word" and not depth else ""
        if word in {"LIMIT", "OFFSET", "FROM"}:
            return None
        if word == "SELECT":
            begin = token.start()
        if word == "VALUES":  # after the modifiers (SPARQL 1.1, 19.8, rule 2)
            end = token.start()
            break
        is_ordered = is_ordered or word == "ORDER"
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
    named = " ".join(f"?{name}" for name in variables)
    order = f"\n{'' if is_ordered else 'ORDER BY'} {named}\n"
    inner = text[begin:end] + order + text[end:]
    return (
        f"{text[:begin]}SELECT {named} {{ {{\n{inner.rstrip()}\n}} }} LIMIT {size} OFFSET {start}"
    )
