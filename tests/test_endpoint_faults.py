"""A bad line to a good server: the right answer or one clear error, never a wrong answer.

Between us and the oxigraph server stands a proxy of ours that breaks what it passes on.
"""

import base64
import email.utils
import json
import re
import socket
import time
import urllib.request
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode

import pytest

import gdakg
from gdakg import posting
from proxies import (
    ASKED,
    BUSY,
    JSON,
    PILLARS,
    TRIPLES,
    Fault,
    Proxy,
    answering,
    broken_off,
    codes,
    cut,
    dripping_body,
    dripping_head,
    endless,
    reset,
    unframed,
)
from running import run


@pytest.mark.parametrize(
    "faults",
    [
        [],
        [BUSY],
        [BUSY, BUSY, BUSY],
        [answering(b"", "text/plain", "429 Too Many Requests", "Retry-After: 0")],
        [answering(b"", "text/plain", "502 Bad Gateway")],
        [answering(b"", "text/plain", "504 Gateway Timeout")],
        [reset],
        [broken_off, reset],
        [lambda connection, *_: connection.close()],
    ],
)
def test_what_passes_is_tried_again(
    kg: gdakg.KnowledgeGraph, through: Callable[..., Proxy], faults: list[Fault]
) -> None:
    proxy = through(*faults)
    assert codes(gdakg.connect(proxy.url)) == codes(kg) == PILLARS
    assert len(proxy.asked) == len(faults) + 1


@pytest.mark.parametrize(
    ("fault", "message", "times"),
    [
        (BUSY, "HTTP 503: busy", 4),
        (reset, "did not answer", 4),
        (broken_off, "the connection broke off", 4),
        (cut, 'did not answer with SPARQL results but: {"head"', 1),
        (answering(b"<html>Log in</html>", "text/html"), "but: <html>Log in</html>", 1),
        (answering(b'{"head":{},"boolean":true}', "text/html"), 'but: {"head"', 1),
        (answering(b"{}"), "did not answer with SPARQL results but: {}", 1),
        (answering(b"", "text/plain", "500 Oops"), "HTTP 500: nothing", 1),
        (answering(b"who?", "text/plain", "401 Unauthorized"), "HTTP 401: who", 1),
        (answering(b"", "", "302 Found", "Location: /x"), "more than 5 redirects", 6),
        (answering(b"", "", "302 Found", "Location: file:///etc/hosts"), "another host", 1),
        (answering(b"", "", "303 See Other", "Location: /x"), "HTTP 303", 1),
        (answering(b"x", JSON, "200 OK", "Content-Encoding: gzip"), "the coding gzip", 1),
        (answering(b"{}", JSON, "206 Partial Content"), "a part of the answer only", 1),
        (answering(b"{}", JSON, "200 OK", "X-SQL-State: S1TAT"), "a part of the answer only", 1),
        (answering(b"", "", "503 Busy", "Retry-After: 3600"), "would be in 3,600 s", 1),
    ],
)
def test_what_does_not_pass_is_one_clear_error(
    through: Callable[..., Proxy], fault: Fault, message: str, times: int
) -> None:
    proxy = through(fault, for_ever=True)
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match=re.escape(message)) as caught:
        codes(gdakg.connect(proxy.url))
    assert len(proxy.asked) == times
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500
    assert time.monotonic() - began < 10


def test_the_error_shows_the_first_300_characters(through: Callable[..., Proxy]) -> None:
    proxy = through(answering(b"<p>" + b"x" * 1000, "text/html"))
    with pytest.raises(gdakg.EndpointError) as caught:
        codes(gdakg.connect(proxy.url))
    assert str(caught.value).endswith("but: <p>" + "x" * 297)


def test_a_server_that_is_not_there_is_told_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match="Connection refused"):
        codes(gdakg.connect(f"http://127.0.0.1:{port}/sparql"))
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("fault", [dripping_head, dripping_body])
def test_the_time_limit_holds_for_the_whole_answer(
    through: Callable[..., Proxy], fault: Fault
) -> None:
    proxy = through(fault, for_ever=True)
    began = time.monotonic()
    with pytest.raises(gdakg.EndpointError, match=r"in whole within 0\.5 s"):
        codes(gdakg.connect(proxy.url, timeout=0.5))
    assert time.monotonic() - began < 2
    assert len(proxy.asked) == 1


def test_the_server_says_how_long_to_wait(through: Callable[..., Proxy]) -> None:
    soon = email.utils.formatdate(time.time() + 2, usegmt=True)
    proxy = through(answering(b"", "", "503 Busy", f"Retry-After: {soon}"))
    began = time.monotonic()
    assert codes(gdakg.connect(proxy.url)) == PILLARS
    assert 0.8 < time.monotonic() - began < 5


def test_a_huge_body_is_an_error(
    through: Callable[..., Proxy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "MOST", 1_000_000)
    proxy = through(endless, for_ever=True)
    with pytest.raises(gdakg.EndpointError, match="more than 1,000,000 bytes"):
        codes(gdakg.connect(proxy.url))
    assert len(proxy.asked) == 1


def test_a_graph_without_an_end_is_an_error(through: Callable[..., Proxy]) -> None:
    kg = gdakg.connect(through(unframed).url)
    with pytest.raises(gdakg.EndpointError, match="did not say where its answer ends"):
        kg.query(TRIPLES)


def test_a_graph_may_come_as_turtle(through: Callable[..., Proxy]) -> None:
    turtle = b"@prefix a: <http://a/> . a:s a a:T ."
    answer = gdakg.connect(through(answering(turtle, "text/turtle; charset=utf-8")).url)
    assert len(answer.query(TRIPLES)) == 1


def test_a_redirect_on_the_same_host_is_followed_with_the_query(
    through: Callable[..., Proxy],
) -> None:
    for status in ("301 Moved", "302 Found", "307 Temporary", "308 Permanent"):
        proxy = through(answering(b"", "text/html", status, "Location: /elsewhere"))
        assert codes(gdakg.connect(proxy.url)) == PILLARS
        assert proxy.asked[1].startswith(b"POST /elsewhere ")


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_no_redirect_to_another_host_is_followed(
    through: Callable[..., Proxy], status: str, host: str
) -> None:
    other = through()
    target = other.url.replace("127.0.0.1", host)
    proxy = through(answering(b"", "text/html", status, f"Location: {target}"), for_ever=True)
    with pytest.raises(gdakg.EndpointError, match="redirects to another host") as caught:
        codes(gdakg.connect(proxy.url, credentials=("ann", "secret")))
    assert target in str(caught.value)
    assert other.asked == []
    assert len(proxy.asked) == 1


def test_credentials_go_where_nobody_listens(through: Callable[..., Proxy]) -> None:
    proxy = through()
    expected = b"Authorization: Basic " + base64.b64encode(b"ann:se:cret")
    kg = gdakg.connect(proxy.url.replace("http://", "http://ann:se%3Acret@"))
    assert codes(kg) == PILLARS
    assert expected in proxy.asked[0]
    assert "cret" not in repr(kg)
    codes(gdakg.connect(proxy.url))
    assert b"Authorization" not in proxy.asked[1]
    for url in ("http://example.org/sparql", "http://ann:secret@example.org/sparql"):
        with pytest.raises(gdakg.EndpointError, match="over https, or to this machine") as caught:
            gdakg.connect(url, credentials=("ann", "secret"))
        assert "secret" not in str(caught.value)
    assert "https://example.org/" in repr(gdakg.connect("https://ann:secret@example.org/"))


def test_servers_are_told_who_asks(through: Callable[..., Proxy]) -> None:
    proxy = through()
    codes(gdakg.connect(proxy.url))
    assert re.search(rb"User-Agent: gdakg/\d+\.\d+\.\d+ SPARQLWrapper/", proxy.asked[0])


def test_the_command_line_takes_a_time_limit(through: Callable[..., Proxy]) -> None:
    proxy = through(dripping_body, for_ever=True)
    asked = ["query", ASKED, "--endpoint", proxy.url, "--timeout", "0.5"]
    done = run(*asked)
    assert done.exit_code == 1
    assert "did not answer in whole within 0.5 s" in done.stderr
    assert run("query", ASKED, "--timeout", "5").exit_code == 2
    assert run(*asked[:-1], "0").exit_code == 2


def test_the_proxy_passes_on_what_it_should(endpoint: str, through: Callable[..., Proxy]) -> None:
    proxy = through()
    asked = urllib.request.Request(
        proxy.url, data=urlencode({"query": "ASK {}"}).encode(), headers={"Accept": JSON}
    )
    with urllib.request.urlopen(asked, timeout=10) as response:
        assert json.load(response)["boolean"] is True
    assert parse_qs(proxy.asked[0].partition(b"\r\n\r\n")[2]) == {b"query": [b"ASK {}"]}
