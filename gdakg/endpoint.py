"""The same questions to somebody else's SPARQL endpoint, through SPARQLWrapper.

SPARQLWrapper alone has no timeout, asks by GET for XML, takes any page for an answer, tries
once, and lets credentials go wherever a redirect leads; here every query goes by POST, asks for
JSON or N-Triples, is bounded (see `posting`), and an answer that is not of that kind, or not
whole, is an error.
"""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as og

from gdakg.answers import Answer, Triples, answer
from gdakg.binding import bound
from gdakg.engine import Bindings
from gdakg.errors import EndpointError
from gdakg.guard import Form, check
from gdakg.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from urllib.request import Request

    from gdakg.posting import Reply

_PROLOGUE: Final = f"BASE <{BASE}> " + " ".join(
    f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in PREFIXES.items()
)
_RESULTS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.5"

#: the media types by which a body is taken for what was asked
_JSON: Final = frozenset({_RESULTS, "application/json"})
_RDF: Final = {
    "application/n-triples": og.RdfFormat.N_TRIPLES,
    "text/plain": og.RdfFormat.N_TRIPLES,  # of servers older than the media type
    "text/turtle": og.RdfFormat.TURTLE,
}
#: the column in which Virtuoso 7 answers ASK, and how it spells booleans
_ASKED: Final = "__ASK_RETVAL"
_BOOLEAN: Final = PREFIXES["xsd"] + "boolean"
_BOOLEANS: Final = {"0": "false", "1": "true"}
#: the longest answer that is put together from pages, in rows
_MOST_ROWS: Final = 2_000_000


class Endpoint:
    """A SPARQL 1.1 endpoint reached over http or https."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 30.0,
        allow_service: bool = False,
        credentials: tuple[str, str] | None = None,
    ) -> None:
        """Take the address, and user and password if they are needed; nothing is sent yet.

        They may stand in the address too, as in `https://user:password@host/sparql`.  Raises
        EndpointError for a wrong address, and for credentials that would go over a network
        without encryption.
        """
        self.url, named = _address(url)
        self.credentials = credentials or named
        if not timeout > 0:
            raise EndpointError(f"a time limit of {timeout:g} s leaves no time for an answer")
        if self.credentials and not _is_private(self.url):
            raise EndpointError(
                f"{self.url}: user and password go over https, or to this machine, only"
            )
        self.timeout = timeout
        self.allow_service = allow_service

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r})"

    def evaluate(self, text: str, bindings: Bindings) -> Answer:
        """Return the answer of the query `text`, its variables bound to `bindings`.

        Where the server says that it cut an answer at so many rows, the rows are asked for in
        pages.  Raises EndpointError when the endpoint does not answer within `timeout` seconds,
        or not with SPARQL results, or not with all of them; QueryError when it refuses the query.
        """
        form = check(text, allow_service=self.allow_service)
        asked = bound(text, bindings)
        if form in {"CONSTRUCT", "DESCRIBE"}:
            return Triples(self._triples(self._post(asked, form, _TRIPLES)))
        reply = self._post(asked, form, _RESULTS)
        cut = _cut_at(reply)
        body = reply.body if cut is None else self._pages(asked, reply, cut)
        body = _standard(body)
        return answer(lambda: self._results(reply, body, form))

    def _post(self, asked: str, form: Form, accept: str) -> "Reply":
        """Return the reply to one query, having seen that the server calls it whole."""
        from gdakg.posting import post

        def make(url: str) -> "Request":
            return self._request(url, asked, form, accept)

        reply = post(make, self.url, timeout=self.timeout)
        coding = reply.headers.get("Content-Encoding", "identity").lower()
        if coding != "identity":
            raise EndpointError(f"{reply.url} answered in the coding {coding}, not asked for")
        partial = reply.status != 200 or "X-SQL-State" in reply.headers
        if partial or (form in {"CONSTRUCT", "DESCRIBE"} and _cut_at(reply) is not None):
            why = reply.headers.get("X-SQL-Message", f"HTTP {reply.status}")
            raise EndpointError(f"{reply.url} gave a part of the answer only ({why[:200]})")
        return reply

    def _request(self, url: str, asked: str, form: Form, accept: str) -> "Request":
        """Return the request that SPARQLWrapper makes of a query, to be sent by us."""
        from SPARQLWrapper import POST, SPARQLWrapper

        wrapper = SPARQLWrapper(url, agent=_agent())
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        wrapper.setQuery(f"{_PROLOGUE} {asked}")
        wrapper.queryType = form  # its own guess takes "address" in a comment for ADD, an update
        if self.credentials:
            wrapper.setCredentials(*self.credentials)
        # Its public `query` would send it as well, by an opener that we have no hold on.
        request: Request = wrapper._createRequest()
        return request

    def _pages(self, asked: str, first: "Reply", size: int) -> bytes:
        """Return the results of `asked` as JSON, put together from pages of `size` rows."""
        from gdakg.paging import page

        told = self._table(first)
        variables: list[str] = told["head"]["vars"]
        rows: list[Any] = []
        while True:
            text = page(asked, variables, size, len(rows))
            if text is None or size < 1 or len(rows) > _MOST_ROWS:
                raise EndpointError(
                    f"{self.url} cuts its answers at {size:,} rows, and this one was cut; "
                    "ask for less"
                )
            found = self._table(self._post(text, "SELECT", _RESULTS))["results"]["bindings"]
            # In order, only a page of one row over and over can be followed by its like.
            is_again = bool(rows) and found == rows[-size:] and found[0] != found[-1]
            if is_again or len(found) > size:
                raise EndpointError(f"{self.url} does not heed LIMIT and OFFSET; ask for less")
            rows += found
            if len(found) < size:
                break
        if not _holds(rows, told["results"]["bindings"]):
            raise EndpointError(f"{self.url} gives other rows in pages than at once; ask for less")
        told["results"] = {"bindings": rows}
        return json.dumps(told).encode()

    def _table(self, reply: "Reply") -> Any:
        """Return the JSON of a table, having seen that it is one."""
        self._results(reply, reply.body, "SELECT")
        return json.loads(reply.body)

    def _results(self, reply: "Reply", body: bytes, form: Form) -> Any:
        """Return the results in a JSON `body`, having seen that it is whole and of this `form`."""
        if reply.kind not in _JSON:
            raise self._wrong(reply)
        results: Any = None
        try:
            results = og.parse_query_results(body, format=og.QueryResultsFormat.JSON)
            if (form == "ASK") != isinstance(results, og.QueryBoolean):
                raise self._wrong(reply)
            if isinstance(results, og.QuerySolutions):
                for _ in results:  # the parser is lazy: a cut body fails at its end only
                    pass
                return og.parse_query_results(body, format=og.QueryResultsFormat.JSON)
            return results
        except (SyntaxError, ValueError) as error:
            raise self._wrong(reply) from error
        finally:
            # The engine's results must be freed by the thread that made them; a traceback
            # that holds this frame may be freed by any.
            results = None

    def _triples(self, reply: "Reply") -> list[og.Triple]:
        """Return the triples in the body of `reply`."""
        if reply.kind not in _RDF:
            raise self._wrong(reply)
        if not reply.is_framed:  # cut at the end of a line it would look whole
            raise EndpointError(f"{reply.url} did not say where its answer ends")
        try:
            quads = og.parse(reply.body, format=_RDF[reply.kind])
            return [og.Triple(q.subject, q.predicate, _spelt(q.object)) for q in quads]
        except (SyntaxError, ValueError) as error:
            raise self._wrong(reply) from error

    def _wrong(self, reply: "Reply") -> EndpointError:
        """Return the error for a body that holds no SPARQL results."""
        from gdakg.posting import shown

        return EndpointError(
            f"{reply.url} did not answer with SPARQL results but: {shown(reply.body)}"
        )


def _address(url: str) -> tuple[str, tuple[str, str] | None]:
    """Return the address without credentials, and these if it has some."""
    from urllib.parse import unquote, urlsplit, urlunsplit

    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_web = is_web and parts.port != 0  # a port that is no number raises here
    except ValueError:
        is_web = False
    if not is_web:
        safe = url if "@" not in url else "***@" + url.rpartition("@")[2]
        raise EndpointError(f"{safe!r} is no endpoint: an http or https address is needed")
    user, password = parts.username, parts.password
    host = parts.netloc.rpartition("@")[2]
    plain = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    return plain, (unquote(user), unquote(password or "")) if user else None


def _is_private(url: str) -> bool:
    """Return whether nobody on the way reads what is sent to `url`: https, or this machine."""
    import ipaddress
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _agent() -> str:
    """Return what we call ourselves to servers."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"gdakg/{version('gdakg')} SPARQLWrapper/{version('SPARQLWrapper')}"
    except PackageNotFoundError:
        return "gdakg SPARQLWrapper"


def _cut_at(reply: "Reply") -> int | None:
    """Return at how many rows the server says that it cut the answer, None if it does not.

    Virtuoso says so in a header; its documentation calls the setting ResultSetMaxRows.
    """
    said = reply.headers.get("X-SPARQL-MaxRows")
    if said is None:
        return None
    return int(said) if said.strip().isdecimal() else 0


def _standard(body: bytes) -> bytes:
    """Return JSON results as SPARQL 1.1 has them, of what Virtuoso 7 has in its own way.

    It answers ASK with a table, a cell for yes and none for no, and spells booleans 1 and 0, which
    are not their canonical forms (XML Schema 1.1 part 2, 3.3.2.2).
    """
    if not any(mark in body for mark in (_ASKED.encode(), b"XMLSchema#boolean")):
        return body
    try:
        told = json.loads(body)
        rows = told["results"]["bindings"]
        if told["head"]["vars"] == [_ASKED]:
            (value,) = [row[_ASKED]["value"] for row in rows] or ["0"]
            return json.dumps({"head": {}, "boolean": value == "1"}).encode()
        for cell in (cell for row in rows for cell in row.values()):
            if cell.get("datatype") == _BOOLEAN:
                cell["value"] = _BOOLEANS.get(cell["value"], cell["value"])
    except (AttributeError, KeyError, TypeError, ValueError):  # no results at all: told later
        return body
    return json.dumps(told).encode()


def _spelt(term: Any) -> Any:
    """Return `term` with a boolean in its canonical form."""
    if isinstance(term, og.Literal) and term.datatype.value == _BOOLEAN:
        return og.Literal(_BOOLEANS.get(term.value, term.value), datatype=term.datatype)
    return term


def _holds(rows: list[Any], some: list[Any]) -> bool:
    """Return whether `some` rows are all in `rows`; those with blank nodes are left out."""
    held, wanted = (
        Counter(
            json.dumps(row, sort_keys=True)
            for row in table
            if not any(cell["type"] == "bnode" for cell in row.values())
        )
        for table in (rows, some)
    )
    return wanted <= held
