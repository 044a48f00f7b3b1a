"""The same questions to somebody else's SPARQL endpoint, through SPARQLWrapper.

SPARQLWrapper alone has no timeout, asks by GET for XML, and takes any page for an answer;
here every query goes by POST, asks for JSON or N-Triples, and an answer that is not of that
kind is an error.
"""

from contextlib import closing
from typing import Any, Final

import pyoxigraph as og

from gdakg.answers import Answer, Triples, answer
from gdakg.binding import bound
from gdakg.engine import Bindings
from gdakg.errors import EndpointError, QueryError
from gdakg.guard import Form, check
from gdakg.namespaces import BASE, PREFIXES

_PROLOGUE: Final = f"BASE <{BASE}> " + " ".join(
    f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items()
)
_SHOWN: Final = 300  # characters of a wrong body that an error shows


class Endpoint:
    """A SPARQL 1.1 endpoint reached over http or https."""

    def __init__(self, url: str, *, timeout: float = 30.0, allow_service: bool = False) -> None:
        """Take the address; nothing is sent yet.  Raises EndpointError for a wrong one."""
        from urllib.parse import urlsplit

        try:
            parts = urlsplit(url)
            is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            is_web = False
        if not is_web:
            raise EndpointError(f"{url!r} is no endpoint: an http or https address is needed")
        self.url = url
        self.timeout = timeout
        self.allow_service = allow_service

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r})"

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`.

        Raises EndpointError when the endpoint does not answer within `timeout` seconds, or
        not with SPARQL results; QueryError when it refuses the query.
        """
        form = check(text, allow_service=self.allow_service)
        asked = f"{_PROLOGUE} {bound(text, bindings)}"
        if form in {"CONSTRUCT", "DESCRIBE"}:
            return Triples(self._triples(self._post(asked, form, "application/n-triples")))
        body = self._post(asked, form, "application/sparql-results+json")
        return answer(lambda: self._results(body))

    def _post(self, asked: str, form: Form, accept: str) -> bytes:
        """Return the body of the answer to one POST."""
        from http.client import HTTPException

        from SPARQLWrapper import POST, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

        wrapper = SPARQLWrapper(self.url, agent="gdakg (SPARQLWrapper)")
        wrapper.setMethod(POST)
        wrapper.setTimeout(max(1, round(self.timeout)))
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setQuery(asked)
        wrapper.queryType = form  # its own guess takes "address" in a comment for ADD, an update
        try:
            with closing(wrapper.query().response) as response:
                content: bytes = response.read()
        except QueryBadFormed as error:
            _close(error)
            raise QueryError(f"{self.url} refused the query: {_said(error)}") from error
        except (SPARQLWrapperException, HTTPException, OSError, ValueError) as error:
            _close(error)
            raise EndpointError(f"{self.url} did not answer: {_said(error)}") from error
        return content

    def _results(self, body: bytes) -> Any:
        """Return the results in a JSON `body`, having seen that it is whole."""
        results: Any = None
        try:
            results = og.parse_query_results(body, format=og.QueryResultsFormat.JSON)
            if isinstance(results, og.QuerySolutions):
                for _ in results:  # the parser is lazy: a cut body fails at its end only
                    pass
                return og.parse_query_results(body, format=og.QueryResultsFormat.JSON)
            return results
        except (SyntaxError, ValueError) as error:
            raise self._wrong(body) from error
        finally:
            # The engine's results must be freed by the thread that made them; a traceback
            # that holds this frame may be freed by any.
            results = None

    def _triples(self, body: bytes) -> list[og.Triple]:
        """Return the triples in an N-Triples `body`."""
        try:
            return [quad.triple for quad in og.parse(body, format=og.RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError) as error:
            raise self._wrong(body) from error

    def _wrong(self, body: bytes) -> EndpointError:
        """Return the error for a `body` that holds no SPARQL results."""
        shown = " ".join(body[: 4 * _SHOWN].decode(errors="replace").split())[:_SHOWN]
        return EndpointError(f"{self.url} did not answer with SPARQL results but: {shown}")


def _close(error: BaseException) -> None:
    """Close the connection that SPARQLWrapper leaves open behind an HTTP error."""
    from urllib.error import HTTPError

    for held in (error, error.__context__):
        if isinstance(held, HTTPError):
            held.close()


def _said(error: Exception) -> str:
    """Return what the endpoint said, without SPARQLWrapper's words around it."""
    said = str(error).partition("Response:")[2].strip() or str(error)
    return " ".join(said.removeprefix("b").strip("'\"").replace("\\n", " ").split())[:_SHOWN]
