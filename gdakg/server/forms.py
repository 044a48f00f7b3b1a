"""The forms that answers come in: what each is called, its suffix, its media type."""

from collections.abc import Iterable
from typing import Final, NamedTuple

import pyoxigraph as og

from gdakg.answers import Triples
from gdakg.guard import check
from gdakg.namespaces import PREFIXES

HTML: Final = "text/html"


class Form(NamedTuple):
    """A form of an answer."""

    suffix: str  #: behind an address that asks for it
    media: str
    name: str


CSV: Final = Form(".csv", "text/csv", "CSV")
PAGE: Final = Form(".html", HTML, "HTML")
#: of what is said of a thing
GRAPHS: Final = (
    Form(".ttl", "text/turtle", "Turtle"),
    Form(".jsonld", "application/ld+json", "JSON-LD"),
    Form(".nt", "application/n-triples", "N-Triples"),
    Form(".rdf", "application/rdf+xml", "RDF/XML"),
)
#: of the answers of questions
TABLES: Final = (
    Form(".json", "application/sparql-results+json", "JSON"),
    CSV,
    Form(".tsv", "text/tab-separated-values", "TSV"),
    Form(".xml", "application/sparql-results+xml", "XML"),
)
JSON: Final = Form(".json", "application/json", "JSON")

_WRITERS: Final = {
    "application/ld+json": og.RdfFormat.JSON_LD,
    "application/n-triples": og.RdfFormat.N_TRIPLES,
    "application/rdf+xml": og.RdfFormat.RDF_XML,
}


def split(path: str, forms: Iterable[Form]) -> tuple[str, Form | None]:
    """Return `path` without the suffix of one of the `forms`, and that form, if it has one.

    >>> split("std/itu-t/l.1470.ttl", GRAPHS)[0], split("std/itu-t/l.1470", GRAPHS)
    ('std/itu-t/l.1470', ('std/itu-t/l.1470', None))
    """
    for form in forms:
        if path.endswith(form.suffix) and not path.endswith("/" + form.suffix):
            return path.removesuffix(form.suffix), form
    return path, None


def of_question(text: str) -> tuple[Form, ...]:
    """Return the forms of the answer to a query, besides a page."""
    return GRAPHS if check(text) in {"CONSTRUCT", "DESCRIBE"} else TABLES


def alternates(place: str, forms: Iterable[Form], but: str = "") -> list[str]:
    """Return what leads from a document to its other `forms`, for a Link header.

    `place` is its address without suffix, with a question mark where the query goes.
    """
    path, mark, query = place.partition("?")
    return [
        f'<{path}{form.suffix}{mark}{query}>; rel="alternate"; type="{form.media}"'
        for form in forms
        if form.media != but
    ]


def used(triples: list[og.Triple], form: og.RdfFormat) -> dict[str, str] | None:
    """Return the prefixes that shorten `triples`, None for a format without prefixes."""
    if form not in {og.RdfFormat.TURTLE, og.RdfFormat.RDF_XML}:
        return None
    terms = {term.value for triple in triples for term in triple if isinstance(term, og.NamedNode)}
    found = {name: iri for name, iri in PREFIXES.items() if any(t.startswith(iri) for t in terms)}
    return found or None


def rdf(triples: Iterable[og.Triple], media: str) -> bytes:
    """Return the triples in the RDF format of the media type."""
    if media == "text/turtle":
        return Triples(list(triples)).to_turtle().encode("utf-8", "replace")
    told = list(triples)
    form = _WRITERS[media]
    return og.serialize(told, format=form, prefixes=used(told, form)) or b""
