"""The description of an exported file in VoID and DCAT, in Turtle."""

from typing import Final
from urllib.parse import quote

import pyoxigraph as og

from gdakg.answers import Term, solutions
from gdakg.engine import Engine
from gdakg.namespaces import BASE, PREFIXES
from gdakg.tallying import Tally
from gdakg.turtle import language_tag

_DATE: Final = (
    "SELECT (MAX(?issued) AS ?date) WHERE { ?graph a void:Dataset ; dcterms:issued ?issued }"
)
_GRAPHS: Final = """SELECT DISTINCT ?graph ?property ?value WHERE {
  ?graph a void:Dataset ; ?property ?value
  VALUES ?property { dcterms:title dcterms:license dcterms:issued } }"""
_RELEASES: Final = "SELECT ?release WHERE { ?release a dcat:Dataset ; schema:version ?version }"

_USED: Final = ("dcat", "dcterms", "foaf", "void", "xsd")
_FEATURE: Final = "http://www.w3.org/ns/formats/"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"


def date(engine: Engine) -> str:
    """Return the date of the newest named graph that tells one, "" if none does."""
    (found,) = solutions(engine.evaluate(_DATE, {}))[0]
    return str(found or "")


def described(
    engine: Engine, name: str, form: tuple[str, str, str], size: int, triples: int, tally: Tally
) -> str:
    """Return the description of the file `name`, which lies beside the description.

    `form` is its media type, the name of its RDF format at the W3C ("" if it is no RDF), and what
    it holds of the graph that `tally` counted ("" for all of it); `triples` how many there are
    without regard to graphs if the format has none.
    """
    media, feature, part = form
    file = f"<{quote(name)}>"
    about = [f"void:triples {triples}", *_counts(tally)]
    if feature:
        about += [f"void:dataDump {file}", f"void:feature <{_FEATURE}{feature}>"]
    released = [f"<{row.release}>" for row in solutions(engine.evaluate(_RELEASES, {}))]
    about += [f"dcterms:isVersionOf {release}" for release in sorted(released)]
    if issued := date(engine):
        about.append(f'dcterms:issued "{issued}"^^xsd:date')
    about += [f"void:vocabulary <{PREFIXES[prefix]}>" for prefix in sorted(PREFIXES)
              if _is_used(PREFIXES[prefix], tally)]  # fmt: skip
    about += [f"void:subset {graph.decode()}" for graph in sorted(tally.graphs) if graph]
    held = [f"dcterms:description {og.Literal(part, language='en')}"] if part else []
    blocks = [
        ("<>", ["a void:DatasetDescription", "foaf:primaryTopic <#graph>"]),
        ("<#graph>", ["a void:Dataset, dcat:Dataset", f'void:uriSpace "{BASE}"', *about,
                      f"dcat:distribution {file}"]),
        (file, ["a dcat:Distribution", *held, f"dcat:downloadURL {file}",
                f"dcat:byteSize {size}", f"dcat:mediaType <{_MEDIA}{media}>"]),
        *_subsets(engine, tally),
    ]  # fmt: skip
    header = sorted(f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in _USED)
    bodies = [f"{subject} " + " ;\n    ".join(said) + " ." for subject, said in blocks]
    return "\n".join(header) + "\n\n" + "\n\n".join(bodies) + "\n"


def _counts(tally: Tally) -> list[str]:
    return [
        f"void:properties {len(tally.properties)}",
        f"void:classes {len(tally.classes)}",
    ]


def _is_used(namespace: str, tally: Tally) -> bool:
    """Return whether a property or class of `namespace` is used."""
    begin = f"<{namespace}".encode()
    return any(term.startswith(begin) for term in (*tally.properties, *tally.classes))


def _subsets(engine: Engine, tally: Tally) -> list[tuple[str, list[str]]]:
    """Return what is said of each named graph: its size, and what it says of itself."""
    told: dict[str, list[str]] = {}
    for graph, prop, value in solutions(engine.evaluate(_GRAPHS, {})).terms:
        told.setdefault(str(graph), []).append(f"{prop} {_written(value)}")
    return [
        (name.decode(), ["a void:Dataset", f"void:triples {tally.graphs[name]}",
                         *sorted(told.get(name.decode(), []))])
        for name in sorted(tally.graphs) if name
    ]  # fmt: skip


def _written(term: Term | None) -> str:
    """Return `term` in Turtle, its language tag as our files have it."""
    if isinstance(term, og.Literal) and term.language:
        return f"{og.Literal(term.value)}@{language_tag(term.language)}"
    return str(term)
