"""SPARQL 1.1 Protocol, the query side, asked over HTTP.

The first part follows the list of the W3C's protocol tests, by name
(https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/); requests and data are ours.
"""

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as og
import pytest

import gdakg
from serving import Got, Running, running

EX = "http://example.org/"
GRAPHS = [f"{EX}graph/{number}" for number in range(4)]
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
JSON = "application/sparql-results+json"

#: graph N says of itself that it is a thing, and nothing else
DATA = "".join(f"<{graph}> {{ <{graph}> a <{EX}Thing> }}\n" for graph in GRAPHS)
BOTH = f"ASK {{ <{GRAPHS[1]}> a ?type . <{GRAPHS[2]}> a ?type }}"
NAMED = f"ASK {{ GRAPH ?a {{ <{GRAPHS[1]}> a ?type }} GRAPH ?b {{ <{GRAPHS[2]}> a ?type }} }}"
FULL = f"ASK {{ <{GRAPHS[3]}> a ?type {NAMED.removeprefix('ASK {')}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("data") / "graphs.trig"
    data.write_text(DATA, encoding="utf-8")
    with running("--data", str(data), "--cors", "https://pages.example") as started:
        yield started


def address(**parameters: list[str] | str) -> str:
    """Return the address of a request; `default_graph_uri` is default-graph-uri."""
    named = {name.replace("_", "-"): value for name, value in parameters.items()}
    return f"/sparql?{urlencode(named, doseq=True)}"


def yes(got: Got) -> bool:
    """Return the answer to ASK, having seen that it is one."""
    assert got.status == 200, got
    assert got.media == JSON
    answer = got.json()["boolean"]
    assert isinstance(answer, bool)
    return answer


def refused(got: Got, status: int) -> str:
    """Return the reason for which a request was refused with `status`."""
    assert got.status == status, got
    assert got.media == "application/problem+json"
    assert got.json()["status"] == status
    detail = got.json()["detail"]
    assert isinstance(detail, str)
    return detail


# The tests of the W3C


def test_query_post_form(server: Running) -> None:
    where = address(default_graph_uri=GRAPHS[0])
    assert yes(server.ask(where, "POST", b"query=ASK%20%7B%7D", content_type=FORM))


def test_query_dataset_default_graphs_get(server: Running) -> None:
    assert yes(server.ask(address(query=BOTH, default_graph_uri=GRAPHS[1:3])))
    assert not yes(server.ask(address(query=BOTH, default_graph_uri=GRAPHS[1])))


def test_query_dataset_default_graphs_post(server: Running) -> None:
    where = address(default_graph_uri=GRAPHS[1:3])
    assert yes(server.ask(where, "POST", BOTH.encode(), content_type=QUERY))


def test_query_dataset_named_graphs_post(server: Running) -> None:
    where = address(named_graph_uri=GRAPHS[1:3])
    assert yes(server.ask(where, "POST", NAMED.encode(), content_type=QUERY))
    one = address(named_graph_uri=GRAPHS[1])
    assert not yes(server.ask(one, "POST", NAMED.encode(), content_type=QUERY))


def test_query_dataset_named_graphs_get(server: Running) -> None:
    assert yes(server.ask(address(query=NAMED, named_graph_uri=GRAPHS[1:3])))


def test_query_dataset_full(server: Running) -> None:
    where = address(default_graph_uri=GRAPHS[3], named_graph_uri=GRAPHS[1:3])
    assert yes(server.ask(where, "POST", FULL.encode(), content_type=QUERY))


def test_query_multiple_dataset(server: Running) -> None:
    text = NAMED.replace("ASK", f"ASK FROM <{GRAPHS[3]}>")
    where = address(named_graph_uri=GRAPHS[1:3])
    assert yes(server.ask(where, "POST", text.encode(), content_type=QUERY))
    # Without the protocol's dataset that of the query counts, which has no named graph.
    assert not yes(server.ask("/sparql", "POST", text.encode(), content_type=QUERY))


def test_query_get(server: Running) -> None:
    assert yes(server.ask("/sparql?query=ASK%20%7B%7D"))
    assert yes(server.ask("/sparql/?query=ASK+%7B%7D"))


def test_query_content_type_select(server: Running) -> None:
    got = server.post("SELECT (1 AS ?value) {}")
    assert got.media in {JSON, "application/sparql-results+xml", "text/csv"}
    assert got.json()["results"]["bindings"][0]["value"]["value"] == "1"


def test_query_content_type_ask(server: Running) -> None:
    assert yes(server.post("ASK {}"))


def test_query_content_type_describe(server: Running) -> None:
    got = server.post("DESCRIBE <http://example.org/>")
    assert (got.status, got.media, got.body) == (200, "text/turtle", b"")


def test_query_content_type_construct(server: Running) -> None:
    got = server.post("CONSTRUCT { <s> <p> 1 } WHERE {}")
    assert (got.status, got.media) == (200, "text/turtle")
    (quad,) = og.parse(got.body, format=og.RdfFormat.TURTLE)
    assert quad.object.value == "1"  # type: ignore[union-attr]


def test_query_post_direct(server: Running) -> None:
    assert yes(server.ask("/sparql", "POST", b"ASK {}", content_type=QUERY))


def test_bad_query_method(server: Running) -> None:
    got = server.ask(address(query="ASK {}", default_graph_uri=GRAPHS[0]), "PUT", content_type=FORM)
    assert "PUT" in refused(got, 405)
    assert got.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_bad_multiple_queries(server: Running) -> None:
    got = server.ask(address(query=["ASK {}", "SELECT * {}"]))
    assert refused(got, 400) == "the request holds more than one query"


def test_bad_query_wrong_media_type(server: Running) -> None:
    assert "text/plain" in refused(
        server.ask("/sparql", "POST", b"ASK {}", content_type="text/plain"), 415
    )


def test_bad_query_missing_form_type(server: Running) -> None:
    assert FORM in refused(server.ask("/sparql", "POST", b"query=ASK%20%7B%7D"), 415)


def test_bad_query_missing_direct_type(server: Running) -> None:
    assert QUERY in refused(server.ask("/sparql", "POST", b"ASK {}"), 415)


def test_bad_query_non_utf8(server: Running) -> None:
    body = "ASK {}".encode("utf-16")
    got = server.ask("/sparql", "POST", body, content_type=f"{QUERY}; charset=UTF-16")
    assert "utf-16" in refused(got, 415)
    undeclared = server.ask("/sparql", "POST", body, content_type=QUERY)
    assert refused(undeclared, 400) == "the query is not UTF-8 (byte 0 is 0xff)"


def test_bad_query_syntax(server: Running) -> None:
    got = server.ask("/sparql?query=ASK%20%7B")
    assert refused(got, 400).startswith("not SPARQL at line 1, column 6: ")
    assert (got.json()["line"], got.json()["column"]) == (1, 6)
    assert got.json()["pointed"] == "  ASK {\n       ^"


@pytest.mark.parametrize(
    ("test", "where", "method", "body", "kind", "status"),
    [
        ("bad_update_get", "?update=CLEAR%20ALL", "GET", None, None, 400),
        ("bad_multiple_updates", "", "POST", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT",
         FORM, 400),
        ("bad_update_wrong_media_type", "", "POST", b"CLEAR NAMED", "text/plain", 415),
        ("bad_update_missing_form_type", "", "POST", b"update=CLEAR%20NAMED", None, 415),
        ("bad_update_non_utf8", "", "POST", "CLEAR NAMED".encode("utf-16"),
         f"{UPDATE}; charset=UTF-16", 415),
        ("bad_update_syntax", "", "POST", b"update=CLEAR%20XYZ", FORM, 400),
        ("bad_update_dataset_conflict", f"?using-named-graph-uri={EX}people", "POST",
         b"update=DELETE+WHERE+%7B%7D", FORM, 400),
        # and what asks for an update as it should be asked for
        ("update_post_form", "", "POST", b"update=CLEAR+ALL", FORM, 400),
        ("update_post_direct", "", "POST", b"CLEAR ALL", UPDATE, 415),
    ],
)  # fmt: skip
def test_updates(
    server: Running,
    test: str,
    where: str,
    method: str,
    body: bytes | None,
    kind: str | None,
    status: int,
) -> None:
    headers = {"content_type": kind} if kind else {}
    refused(server.ask(f"/sparql{where}", method, body, **headers), status)
    assert yes(server.query(BOTH)), f"{test} has changed the graph"


# What else the protocol promises


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/x.ttl>",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a>",
        "COPY DEFAULT TO <a>",
        "PREFIX a: <b> ADD <a> TO <b>",
        "WITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_no_update_is_taken_for_a_query(server: Running, text: str) -> None:
    assert "is an update" in refused(server.post(text), 400)


def test_the_union_is_the_default_graph(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    got = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", accept="text/csv")
    assert got.body == b"n\r\n%d\r\n" % (len(kg) + len(GRAPHS))


def test_a_query_chooses_its_graphs_by_from(server: Running) -> None:
    subjects = "SELECT ?s FROM <{}> {{ ?s ?p ?o }}"
    got = server.query(subjects.format(GRAPHS[2]), accept="text/csv")
    assert got.body.decode().split() == ["s", GRAPHS[2]]
    relative = f"BASE <{EX}graph/> SELECT ?s FROM NAMED <2> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert server.query(relative, accept="text/csv").body.decode().split() == ["s", GRAPHS[2]]
    # "FROM" in other places is none.
    assert yes(server.query("ASK { ?s ?p ?o FILTER(STR(?s) != 'FROM <x>') } # FROM <x>"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <http://127.0.0.1:1/x> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }",
        "PREFIX e: <http://example.org/> ASK FROM e:other { ?s ?p ?o }",
        "DESCRIBE ?s FROM <> { ?s ?p ?o }",
    ],
)
def test_a_graph_outside_is_refused(server: Running, text: str) -> None:
    detail = refused(server.query(text), 400)
    assert "the dataset has no graph" in detail
    assert f"<{GRAPHS[0]}>" in detail


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_outside_is_refused_of_the_protocol_too(server: Running, name: str) -> None:
    got = server.ask(f"/sparql?query=ASK%7B%7D&{name}={quote(EX)}nowhere")
    assert f"{name}: the dataset has no graph <{EX}nowhere>" in refused(got, 400)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 12),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", 12),
        ("ASK { { SELECT * { sErViCe ?s { ?s ?p ?o } } } }", 20),
    ],
)
def test_service_is_refused(server: Running, text: str, column: int) -> None:
    got = server.query(text)
    assert "SERVICE is refused" in refused(got, 400)
    assert got.json()["column"] == column
    assert yes(server.query("ASK { BIND('service { }' AS ?service) } # SERVICE <x> {}"))


def test_no_query_reaches_another_host(server: Running) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.settimeout(1)
        there = f"<http://127.0.0.1:{listening.getsockname()[1]}/x>"
        tried = [
            f"SELECT * {{ SERVICE {there} {{ ?s ?p ?o }} }}",
            f"SELECT * {{ SERVICE SILENT{there}{{?s ?p ?o}} }}",
            f"SELECT * {{ \\u0053ERVICE {there} {{ ?s ?p ?o }} }}",
            f"SELECT * {{ VALUES ?g {{ {there} }} SERVICE ?g {{ ?s ?p ?o }} }}",
            f"ASK {{ FILTER EXISTS {{ SERVICE {there} {{ ?s ?p ?o }} }} }}",
            f"SELECT * FROM {there} {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED {there} {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"LOAD {there}",
        ]
        assert {server.query(text).status for text in tried} == {400}
        got = server.ask(address(query="ASK {}", default_graph_uri=there[1:-1]))
        assert got.status == 400
        with pytest.raises(TimeoutError):
            listening.accept()


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", JSON),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.5, application/sparql-results+json;q=0.9", JSON),
        ("text/csv;q=0.5, */*;q=0.1", "text/csv"),
        (f"*/*, {JSON};q=0, application/json;q=0", "application/sparql-results+xml"),
        ("text/turtle, application/xml", "application/xml"),
        ("", JSON),
    ],
)
def test_tables_in_the_form_asked_for(server: Running, accept: str, media: str) -> None:
    got = server.query("SELECT ?p { ?p a gda:Pillar } ORDER BY ?p", accept=accept)
    assert (got.status, got.media) == (200, media)
    assert got.body.count(b"/pillar/") == 7
    assert "accept" in got.headers["vary"].lower()


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", og.RdfFormat.TURTLE),
        ("application/n-triples", og.RdfFormat.N_TRIPLES),
        ("application/ld+json", og.RdfFormat.JSON_LD),
        ("application/rdf+xml", og.RdfFormat.RDF_XML),
        ("*/*", og.RdfFormat.TURTLE),
    ],
)
def test_graphs_in_the_form_asked_for(server: Running, accept: str, form: og.RdfFormat) -> None:
    got = server.query("CONSTRUCT { ?p a gda:Pillar } { ?p a gda:Pillar }", accept=accept)
    assert got.status == 200
    assert accept in {got.media, "*/*"}
    assert len(list(og.parse(got.body, format=form))) == 7


def test_what_cannot_be_had_is_said_with_what_can(server: Running) -> None:
    got = server.query("ASK {}", accept="image/png")
    assert got.status == 406
    assert got.headers["content-type"] == "text/plain; charset=utf-8"  # it takes no JSON
    assert JSON in got.text
    table = server.query("SELECT * {}", accept="text/turtle, application/json;q=0")
    assert table.status == 406
    graph = server.query("DESCRIBE <a>", accept="text/csv, application/problem+json")
    assert "text/turtle" in refused(graph, 406)


def test_format_is_heeded_where_accept_says_nothing(server: Running) -> None:
    assert server.ask(address(query="SELECT * {}", format="csv")).media == "text/csv"
    asked = address(query="SELECT * {}", format="csv")
    assert server.ask(asked, accept="application/json").media == "application/json"
    assert server.ask(address(query="DESCRIBE <a>", output="json")).media == "application/ld+json"
    assert server.ask(address(query="ASK {}", format="nonsense")).status == 406


@pytest.mark.parametrize("name", ["update", "timeout", "Query", "using-graph-uri"])
def test_unknown_parameters_are_refused(server: Running, name: str) -> None:
    refused(server.ask(f"/sparql?query=ASK%7B%7D&{name}=1"), 400)


def test_a_request_without_a_query_is_refused(server: Running) -> None:
    assert "no query" in refused(server.ask("/sparql", "POST", b"", content_type=FORM), 400)
    assert "no query" in refused(server.ask("/sparql", "POST", b"", content_type=QUERY), 400)
    assert "no query" in refused(server.ask(address(default_graph_uri=GRAPHS[0])), 400)
    assert "no SELECT" in refused(server.ask("/sparql?query="), 400)


def test_bytes_that_are_no_text_are_refused(server: Running) -> None:
    assert "UTF-8" in refused(server.ask("/sparql?query=ASK%7B%7D%FF"), 400)
    got = server.ask("/sparql", "POST", b"query=ASK%7B%7D%FF", content_type=FORM)
    assert "UTF-8" in refused(got, 400)


def test_head_is_get_without_the_body(server: Running) -> None:
    where = address(query="SELECT ?s { ?s a gda:Pillar }")
    get, head = server.ask(where), server.ask(where, "HEAD")
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert int(head.headers["content-length"]) == len(get.body)


def test_options_tells_the_methods(server: Running) -> None:
    got = server.ask("/sparql", "OPTIONS")
    assert (got.status, got.body) == (204, b"")
    assert got.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "access-control-allow-origin" not in got.headers


def test_cors_is_for_the_origins_that_were_named(server: Running) -> None:
    ours, theirs = "https://pages.example", "https://other.example"
    got = server.query("ASK {}")
    assert "access-control-allow-origin" not in got.headers
    got = server.ask("/sparql?query=ASK%7B%7D", origin=ours)
    assert got.headers["access-control-allow-origin"] == ours
    got = server.ask("/sparql?query=ASK%7B%7D", origin=theirs)
    assert "access-control-allow-origin" not in got.headers
    asking = {"origin": ours, "access_control_request_method": "POST"}
    got = server.ask("/sparql", "OPTIONS", **asking)
    assert "POST" in got.headers["access-control-allow-methods"]
    assert "Content-Type" in got.headers["access-control-allow-headers"]


def test_gzip_is_for_large_answers_and_who_takes_it(server: Running) -> None:
    where = address(query="SELECT ?s { ?s a gda:Standard } ORDER BY ?s")
    whole = server.ask(where)
    assert "content-encoding" not in whole.headers
    packed = server.ask(where, accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == whole.body
    assert len(packed.body) < len(whole.body) / 4
    assert packed.headers["etag"] != whole.headers["etag"]
    assert "content-encoding" not in server.ask(where, accept_encoding="gzip;q=0").headers
    small = server.ask(address(query="ASK {}"), accept_encoding="gzip")
    assert "content-encoding" not in small.headers


def test_an_answer_that_is_known_is_not_sent_again(server: Running) -> None:
    where = address(query="SELECT ?s { ?s a gda:Gap } ORDER BY ?s LIMIT 3")
    first = server.ask(where)
    etag = first.headers["etag"]
    assert etag.startswith('"')
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        again = server.ask(where, if_none_match=known)
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert server.ask(where, if_none_match='"other"').body == first.body
    assert server.ask(where, accept="text/csv", if_none_match=etag).status == 200
    # Asked in a new way, and so not on the shelf.
    unshelved = server.ask(where.replace("+", "%20"), if_none_match=etag)
    assert unshelved.status == 304


def test_an_answer_of_the_moment_is_not_kept(server: Running) -> None:
    asked = "SELECT (STRUUID() AS ?id) {}"
    one, other = server.query(asked), server.query(asked)
    assert one.body != other.body
    assert "etag" not in one.headers


def test_the_service_describes_itself(server: Running) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    got = server.ask("/sparql", accept="text/turtle")
    store = og.Store()
    store.load(got.body, format=og.RdfFormat.TURTLE)
    ask = f"PREFIX sd: <{sd}> ASK {{ ?service a sd:Service ; sd:endpoint <{server.url}/sparql> ; "
    assert store.query(ask + "sd:supportedLanguage sd:SPARQL11Query ; "
                       f"sd:defaultDataset/sd:namedGraph/sd:name <{GRAPHS[3]}> }}")  # fmt: skip
    assert store.query(ask + "sd:feature sd:UnionDefaultGraph }")
    assert not store.query(ask + "sd:feature sd:DereferencesURIs }")
    assert not store.query(ask + "sd:supportedLanguage sd:SPARQL11Update }")
    assert server.ask("/sparql").media == "text/turtle"
    assert server.ask("/sparql", accept="application/ld+json").media == "application/ld+json"
    assert server.ask("/sparql", accept="image/png").status == 406


def test_a_browser_is_led_to_the_console(server: Running) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    got = server.ask("/sparql", accept=browser)
    assert (got.status, got.headers["location"]) == (303, "/console")


@pytest.mark.parametrize("where", ["/void", "/.well-known/void"])
def test_the_dataset_is_described(server: Running, where: str) -> None:
    got = server.ask(where)
    assert (got.status, got.media) == (200, "text/turtle")
    store = og.Store()
    store.load(got.body, format=og.RdfFormat.TURTLE)
    void = "PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#> "
    assert store.query(f"{void} ASK {{ ?d a void:Dataset, dcat:Dataset ; "
                       f"void:sparqlEndpoint <{server.url}/sparql> ; void:triples ?n ; "
                       f"void:subset <{GRAPHS[1]}> . <{GRAPHS[1]}> void:triples 1 }}")  # fmt: skip
    assert store.query(f"{void} ASK {{ <{server.url}/sparql> a dcat:DataService }}")


def test_health_tells_that_it_is_well(server: Running) -> None:
    got = server.ask("/health")
    assert got.json()["status"] == "ok"
    assert got.headers["cache-control"] == "no-store"


def test_what_is_nowhere_is_not_found(server: Running) -> None:
    assert "/sparqle" in refused(server.ask("/sparqle"), 404)


@pytest.mark.parametrize("kind", [QUERY, FORM])
def test_a_query_too_large_is_refused(server: Running, kind: str) -> None:
    query = f"ASK {{}} # {'x' * 64 * 1024}"
    body = query if kind == QUERY else urlencode({"query": query})
    assert "65,536" in refused(server.ask("/sparql", "POST", body.encode(), content_type=kind), 413)
    fitting = f"ASK {{}} # {'x' * (64 * 1024 - 9)}"
    assert len(fitting) == 64 * 1024
    body = fitting if kind == QUERY else urlencode({"query": fitting})
    assert yes(server.ask("/sparql", "POST", body.encode(), content_type=kind))


def test_a_body_without_end_is_cut_off(server: Running) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {QUERY}\r\n"
    with server.connect() as connection:
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
        sent = 0
        try:
            while sent < 10_000:
                connection.sendall(chunk)
                sent += 1
        except OSError:
            pass
        assert sent < 10_000
    with server.connect() as connection:  # who stops to look sees why
        connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk * 10)
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")
    with server.connect() as connection:  # who says how much it is need not send it
        connection.sendall(f"{head}Content-Length: 70000\r\nExpect: 100-continue\r\n\r\n".encode())
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")
    assert yes(server.query("ASK {}"))


def test_too_long_an_address_is_refused(server: Running) -> None:
    got = server.ask("/sparql?query=ASK%7B%7D%23" + "x" * 62_000)
    assert "POST" in refused(got, 414)
    for size in (66_000, 120_000):
        got = server.ask("/sparql?query=ASK%7B%7D%23" + "x" * size)
        assert (got.status, "POST" in got.text) == (414, True)
    with server.connect() as connection:
        try:
            for _ in range(100):
                connection.sendall(
                    b"GET /sparql?query=" + b"x" * 10_000 if not _ else b"x" * 10_000
                )
            answer = connection.recv(4096)
        except OSError:
            answer = b""
        assert answer.startswith((b"HTTP/1.1 414 ", b"HTTP/1.1 400 ")) or answer == b""
    with server.connect() as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: a\r\n")
        with pytest.raises(OSError):
            for number in range(1_000):
                connection.sendall(b"X-%d: %s\r\n" % (number, b"y" * 1_000))
                if connection in _readable(connection):
                    raise OSError(connection.recv(100))


def _readable(connection: socket.socket) -> list[socket.socket]:
    import select

    return select.select([connection], [], [], 0)[0]


def test_the_log_holds_nothing_of_what_was_asked(server: Running) -> None:
    server.query("SELECT ?secret { BIND('swordfish' AS ?secret) }")
    server.post("SELECT ?secret { BIND('swordfish' AS ?secret) ")
    server.ask("/sparql?query=ASK%7B%7D", authorization="Basic swordfish")
    server.ask("/health?swordfish")
    assert "GET /sparql 200 " in server.log
    assert "POST /sparql 400 " in server.log
    assert "swordfish" not in server.log


def test_named_questions_get_the_answers_of_the_library(
    server: Running, kg: gdakg.KnowledgeGraph
) -> None:
    path = Path(gdakg.__file__).parent.parent / "queries" / "pillars.rq"
    text = path.read_text(encoding="utf-8")
    assert len(server.query(text).json()["results"]["bindings"]) == len(kg.query(text))  # type: ignore[arg-type]
