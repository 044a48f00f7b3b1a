"""The IRIs of our prefixes, written once.

The `https://w3id.org/gdakg/` namespaces are reserved names; nothing resolves there yet.
"""

from typing import Final

BASE: Final = "https://w3id.org/gdakg/id/"
GDA: Final = "https://w3id.org/gdakg/def#"
GRAPH: Final = "https://w3id.org/gdakg/graph/"

#: prefix -> namespace, as every file of ours writes them
PREFIXES: Final[dict[str, str]] = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gda": GDA,
    "graph": GRAPH,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shapes": "https://w3id.org/gdakg/def/shapes#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def shorten(iri: str) -> str:
    """Return `iri` as a reader would write it: `gda:stage`, `<std/iso/14067>`, or unchanged.

    A thing of ours is written relative to `BASE`, in angle brackets, as in our data files.

    >>> shorten("http://purl.org/dc/terms/issued")
    'dcterms:issued'
    >>> shorten("https://w3id.org/gdakg/id/std/iso/14067")
    '<std/iso/14067>'
    """
    if iri.startswith(BASE):
        return f"<{iri.removeprefix(BASE)}>"
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not set(local) & set("/#?"):
            return f"{prefix}:{local}"
    return iri
