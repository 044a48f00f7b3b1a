"""A SELECT query in pages, for servers that cut an answer at so many rows."""

from collections.abc import Sequence

from gdakg.guard import tokens


def page(text: str, variables: Sequence[str], size: int, start: int) -> str | None:
    """Return the query for the rows of `text` from `start` on, `size` of them.

    They are put in order by all `variables` that it projects, after the order that it has, so
    that no row is in two pages.  None for a query with a LIMIT or OFFSET of its own.

    >>> page("SELECT ?s { ?s a ?c } # all", ["s"], 10, 20)
    'SELECT ?s { ?s a ?c } # all\\nORDER BY ?s LIMIT 10 OFFSET 20\\n'
    >>> page("SELECT ?s { ?s a ?c } ORDER BY DESC(?c)", ["s"], 10, 0)
    'SELECT ?s { ?s a ?c } ORDER BY DESC(?c)\\n ?s LIMIT 10 OFFSET 0\\n'
    """
    depth = 0
    is_ordered = False
    end = len(text)
    for token in tokens(text):
        word = token.group().upper() if token.lastgroup == "word" and not depth else ""
        if word in {"LIMIT", "OFFSET"}:
            return None
        if word == "VALUES":  # after the modifiers (SPARQL 1.1, 19.8, rule 2)
            end = token.start()
            break
        is_ordered = is_ordered or word == "ORDER"
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
    order = "" if is_ordered else "ORDER BY"
    named = " ".join(f"?{name}" for name in variables)
    asked = f"\n{order} {named} LIMIT {size} OFFSET {start}\n"
    return text[:end] + asked + text[end:]
