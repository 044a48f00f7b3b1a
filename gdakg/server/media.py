"""The media types of answers, best first, and what they are called for short."""

from typing import Final

#: of SELECT
TABLES: Final = (
    "application/sparql-results+json",
    "application/json",
    "application/sparql-results+xml",
    "application/xml",
    "text/csv",
    "text/tab-separated-values",
)
#: of ASK, for which CSV and TSV have no form
TRUTHS: Final = TABLES[:4]
#: of CONSTRUCT and DESCRIBE
GRAPHS: Final = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)
#: of the service description and of VoID
DESCRIPTIONS: Final = GRAPHS

#: what `format=` may say where Accept says nothing
SHORT: Final = {
    "json": "application/sparql-results+json, application/ld+json;q=0.9",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.9",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "n-triples": "application/n-triples",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "rdfxml": "application/rdf+xml",
}
