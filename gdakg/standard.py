"""One standard, as Python callers meet it."""

from typing import Any, NamedTuple

import pyoxigraph as og

from gdakg.answers import Solutions, solutions
from gdakg.engine import Engine


class Edition(NamedTuple):
    """One edition of a standard."""

    code: str  #: the publisher's designation: "ITU-T L.1470 (01/2020)"
    issued: str | None  #: as precise as the source: "2020-01-13", "2016-04", "2015"
    is_current: bool  #: whether it is the latest that the catalogue lists
    page: str | None  #: its page at the publisher


class Standard:
    """A standard of the graph; every property asks the graph anew."""

    def __init__(self, engine: Engine, iri: str) -> None:
        """Take the IRI of a standard that the graph behind `engine` knows."""
        self.engine = engine
        self.iri = iri

    def __repr__(self) -> str:
        return f"<Standard {self.code}>"

    @property
    def code(self) -> str:
        """The publisher's designation without a year: "ITU-T L.1470"."""
        return str(self._values("dcterms:identifier")[0])

    def title(self, language: str = "en") -> str:
        """Return the title in `language`, or the English one behind "[en] ".

        English and French titles are the publisher's, Chinese ones our unofficial translations.
        """
        text = """SELECT ?title WHERE { ?standard skos:prefLabel ?title
                  FILTER(langMatches(lang(?title), ?language)) }"""
        found = self._ask(text, language=og.Literal(language))
        if len(found):
            return str(found[0].title)
        english = self._ask(text, language=og.Literal("en"))
        return f"[en] {english[0].title}" if len(english) else self.code

    @property
    def stage(self) -> str:
        """The stage on our neutral scale, in English: "published", "draft" ..."""
        return str(self._values("gda:stage/skos:prefLabel", "en")[0])

    @property
    def publishers(self) -> list[str]:
        """The short names of its publishers."""
        return [str(value) for value in self._values("dcterms:publisher/skos:notation")]

    @property
    def pillars(self) -> list[int]:
        """The numbers of the pillars it serves, in our judgement."""
        return [int(value) for value in self._values("gda:supportsPillar/skos:notation")]

    @property
    def areas(self) -> list[str]:
        """The English names of the cooperation areas it belongs to, in our judgement."""
        return [str(value) for value in self._values("gda:inArea/skos:prefLabel", "en")]

    @property
    def editions(self) -> list[Edition]:
        """Its editions in the graph, oldest first."""
        found = self._ask("""
            SELECT DISTINCT ?code ?issued ?current ?page WHERE {
              ?edition dcterms:isVersionOf ?standard ; dcterms:identifier ?code .
              OPTIONAL { ?edition dcterms:issued ?date } BIND(STR(?date) AS ?issued)
              OPTIONAL { ?edition foaf:page ?page }
              BIND(EXISTS { ?standard gda:currentEdition ?edition } AS ?current)
            } ORDER BY ?issued ?code""")
        return [Edition(row.code, row.issued, row.current, row.page) for row in found]

    @property
    def gaps(self) -> list[str]:
        """The identifiers of the gaps for which it is a candidate, in our inference."""
        return [str(value) for value in self._values("^gda:candidateStandard/dcterms:identifier")]

    @property
    def sources(self) -> list[str]:
        """Where the statements about it come from: addresses."""
        return [str(value) for value in self._values("prov:wasDerivedFrom")]

    def _values(self, path: str, language: str = "") -> list[Any]:
        """Return the sorted values of a property path of ours, never of a caller's text."""
        kept = f'FILTER(langMatches(lang(?value), "{language}"))' if language else ""
        text = f"SELECT DISTINCT ?value WHERE {{ ?standard {path} ?value {kept} }} ORDER BY ?value"
        return [row.value for row in self._ask(text)]

    def _ask(self, text: str, **bindings: og.Literal) -> Solutions:
        """Return the rows of a query of ours about this standard."""
        return solutions(
            self.engine.evaluate(text, {"standard": og.NamedNode(self.iri), **bindings})
        )
