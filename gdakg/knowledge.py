"""The knowledge graph as Python callers meet it: one face over any engine."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import pyoxigraph as og

from gdakg import questions
from gdakg.answers import Answer, solutions
from gdakg.endpoint import Endpoint
from gdakg.engine import Embedded, Engine
from gdakg.errors import ParameterError
from gdakg.loading import add_files, load_bundled
from gdakg.release import add_release
from gdakg.things import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gdakg.description import Description
    from gdakg.extent import Extent
    from gdakg.indexing import Entry
    from gdakg.provenance import Reason
    from gdakg.searching import Filters, Hit, Index
    from gdakg.standard import Standard


class KnowledgeGraph:
    """A graph that can be asked: the bundled one, one with your files, or a remote one."""

    def __init__(
        self, engine: Engine, releases: Engine | None = None, folder: Path | None = None
    ) -> None:
        """Take an engine; most callers use `load` or `connect`.

        Questions about releases, and no others, are put to `releases`, where one more release
        lies beside that of `engine`; to `engine` too if not given.  `folder` is where a store keeps
        what belongs to its graph.
        """
        self.engine = engine
        self.folder = folder
        self.releases = releases or engine
        self._index: Index | None = None
        self._bundled = 0  #: how many statements it has if it is the bundled graph alone

    def query(self, query: str | questions.Question, /, **parameters: object) -> Answer:
        """Return the answer of a named question or of SPARQL text.

        A name has no spaces; its parameters are typed (`questions.question(name)` tells them,
        `questions.read(path)` reads a question of yours) and `lang` chooses the language of
        labels, English by default.  For SPARQL text a parameter binds the variable of its name
        to a string, a number or a `pyoxigraph` term.  SELECT gives `Solutions`, ASK a bool,
        CONSTRUCT and DESCRIBE give `Triples`.

        Raises UnknownQuestionError, ParameterError, QueryError, EndpointError.
        """
        if not isinstance(query, str | questions.Question):
            raise TypeError(
                f"a question's name, SPARQL text or a Question is needed, not {query!r}"
            )
        if isinstance(query, str) and not questions.is_name(query):
            return self.engine.evaluate(query, {k: _term(k, v) for k, v in parameters.items()})
        asked = questions.question(query) if isinstance(query, str) else query
        if any(parameter.name == "lang" for parameter in asked.parameters):
            parameters = parameters | {"lang": parameters.get("lang") or "en"}
        engine = self.engine_for(asked)
        return engine.evaluate(asked.text, questions.bind(asked, engine, parameters))

    def engine_for(self, asked: str | questions.Question) -> Engine:
        """Return the engine that answers `asked`: `releases` if a parameter of it is a release."""
        if isinstance(asked, str):  # SPARQL text
            return self.engine
        is_of_releases = any(parameter.kind == "release" for parameter in asked.parameters)
        return self.releases if is_of_releases else self.engine

    def extent(self, query: str | questions.Question) -> "Extent | None":
        """Return how many records a named question looks through, and of which date.

        An answer without rows says only that these records hold none.  None for SPARQL text
        and for a question that does not tell.  Raises UnknownQuestionError.
        """
        from gdakg.extent import extent

        if isinstance(query, str) and not questions.is_name(query):
            return None
        asked = questions.question(query) if isinstance(query, str) else query
        return extent(self.engine_for(asked), asked)

    def find(self, text: str, kind: str | None = None) -> str:
        """Return the IRI of the thing called `text`; see `things.find`."""
        return find(self.releases if kind == "release" else self.engine, text, kind)

    def standard(self, text: str) -> "Standard":
        """Return the standard called `text`, a code in any spelling, dated or not.

        Raises UnknownThingError, naming the near ones.
        """
        from gdakg.standard import Standard  # late, to spare a query its 2 ms

        return Standard(self.engine, find(self.engine, text, "standard"))

    def describe(self, text: str, language: str = "en") -> "Description":
        """Return all that the graph says about the thing called `text`, with its sources."""
        from gdakg.description import describe  # late, to spare a query its 5 ms

        return describe(self.engine, find(self.engine, text), language)

    def search(self, text: str, *, limit: int = 20, **filters: "Unpack[Filters]") -> "list[Hit]":
        """Return what `text`, words or a code in any spelling, finds, best first.

        At most `limit` hits, narrowed by `kind`, `body`, `status`, `pillar` or `since`; see
        `searching.Filters`.  Raises ParameterError, listing the values there are, for one that
        nothing has.
        """
        return self.index.search(text, limit=limit, **filters)

    @property
    def index(self) -> "Index":
        """The index for searching: that of the store, else made of the graph at its first use.

        What is added to the graph later is not in it.  That of the bundled graph alone is kept in
        the user's cache, see `bundled_index`.
        """
        if self._index is None:
            from gdakg import searching  # late, to spare a query its 10 ms

            if self.folder is not None:
                self._index = searching.open_index(self.folder / searching.FILE)
            elif self._is_bundled():
                from gdakg.bundled_index import bundled_index

                self._index = bundled_index(self._entries())
            else:
                self._index = searching.index_of(self._entries())
        return self._index

    def _is_bundled(self) -> bool:
        """Return whether this is the bundled graph, and nothing was added to it."""
        if not self._bundled or not isinstance(self.engine, Embedded):
            return False
        return len(self.engine.store) == self._bundled

    def _entries(self) -> "Iterator[Entry]":
        """Yield what can be found in the graph."""
        from gdakg.findable import entries

        yield from entries(self.engine)

    def why(self, thing: str, prop: str | None = None, value: object = None) -> "list[Reason]":
        """Return the statements about `thing` with their named graph, sources and confidence.

        All of them, or those of one property, or the one with this `value`; each `Reason` says
        whether a source states it, we judged it or it was computed, and, of a claim, whether
        sources disagree and which claim we prefer.  Raises UnknownThingError.
        """
        from gdakg.provenance import why

        return why(self.engine, find(self.engine, thing), prop, value)

    @property
    def graph(self) -> Any:
        """The graph as an rdflib Dataset over the same store, its default graph the union.

        Queries in text go to the same engine, behind the same guard; what is added to the
        Dataset is added to this graph.  Of a remote graph, an rdflib Graph for
        reading only, whose queries go to the endpoint as those of `query` do.
        """
        from gdakg import face

        if isinstance(self.engine, Endpoint):
            return face.remote(self.engine.evaluate)
        if not isinstance(self.engine, Embedded):
            raise TypeError(f"no rdflib face for {self.engine!r}")
        return face.dataset(self.engine.store, allow_service=self.engine.allow_service)

    def __len__(self) -> int:
        """Return the number of statements, a triple in two named graphs counted twice."""
        rows = solutions(self.engine.evaluate("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {}))
        return int(rows[0].n)

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.engine!r}>"


def load(
    *paths: str | os.PathLike[str],
    earlier: str | os.PathLike[str] | None = None,
    allow_service: bool = False,
) -> KnowledgeGraph:
    """Return the bundled graph, in memory, with the RDF files `paths` added to it.

    `earlier` is another release, a folder or a file of named graphs (see `release.add_release`),
    for questions that compare releases; all others see nothing of it.

    Takes about 0.1 s, 0.6 s more with `earlier`, and reads no network.  Raises LoadError, as
    `file:line: reason`, for a file that is not sound; nothing is half loaded.  SERVICE in queries
    is refused unless `allow_service`.
    """
    store = load_bundled()
    add_files(store, paths)
    engine = Embedded(store, allow_service=allow_service)
    if earlier is None:
        kg = KnowledgeGraph(engine)
        kg._bundled = 0 if paths else len(store)
        return kg
    both = og.Store()
    both.extend(store)
    add_release(both, earlier)
    return KnowledgeGraph(engine, Embedded(both, allow_service=allow_service))


def open_store(path: str | os.PathLike[str], *, allow_service: bool = False) -> KnowledgeGraph:
    """Return the graph in the store at `path`: the bundled one and the imported catalogues.

    Opened for reading only, from disk, in some 10 ms whatever its size; `gdakg catalogue import`
    and `importing.import_catalogues` write it.  Raises StoreError for what is no store.
    """
    from gdakg import stores  # late, to spare a query its 2 ms

    folder = stores.generation(path)
    engine = Embedded(stores.engine_store(path), allow_service=allow_service)
    return KnowledgeGraph(engine, folder=folder)


def connect(
    url: str,
    *,
    timeout: float = 30.0,
    allow_service: bool = False,
    credentials: tuple[str, str] | None = None,
) -> KnowledgeGraph:
    """Return the graph behind the SPARQL endpoint `url`; nothing is sent yet.

    `timeout` is in seconds, for each query with all its attempts; `credentials` are user and
    password, and may stand in the address too.  Raises EndpointError for an address that is not
    http or https, and for credentials over http to another machine.
    """
    return KnowledgeGraph(
        Endpoint(url, timeout=timeout, allow_service=allow_service, credentials=credentials)
    )


def _term(name: str, value: object) -> og.NamedNode | og.Literal:
    """Return the RDF term for a Python `value`.  Raises ParameterError for other types."""
    if isinstance(value, og.NamedNode | og.Literal):
        return value
    if isinstance(value, str | bool | int | float):
        try:
            return og.Literal(value)
        except ValueError as error:  # half a character, or too large a number
            raise ParameterError(f"?{name}: {error}") from error
    raise ParameterError(
        f"?{name} takes a str, int, float, bool, NamedNode or Literal, not {value!r}"
    )
