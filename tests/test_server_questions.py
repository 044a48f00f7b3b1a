"""Named questions over HTTP: the same answers as in this process, in every form."""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest

import gdakg
from asked import ASKED
from gdakg import questions
from gdakg.answers import Solutions, solutions
from gdakg.server import asked as asked_over_http
from gdakg.server.jobs import Limits
from serving import Got, Running, running

HOSTILE = "<script>alert(1)</script>"
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running("--workers", "1", "--quiet") as started:
        yield started


def address(name: str, suffix: str = "", **parameters: object) -> str:
    query = urlencode(parameters, doseq=True)
    return f"/questions/{name}{suffix}" + (f"?{query}" if query else "")


def problem(got: Got, status: int = 400) -> str:
    assert (got.status, got.media) == (status, "application/problem+json"), got.text[:300]
    return str(got.json()["detail"])


def rows(told: Any) -> list[str]:
    """Return the rows of an answer in JSON, in an order of their own."""
    return sorted(json.dumps(row, sort_keys=True) for row in told["results"]["bindings"])


@pytest.mark.parametrize("name", questions.names())
def test_every_question_is_answered_as_in_this_process(
    server: Running, kg: gdakg.KnowledgeGraph, name: str
) -> None:
    parameters = ASKED.get(name, {})
    got = server.ask(address(name, **parameters), accept=JSON)
    assert (got.status, got.media) == (200, JSON)
    told = got.json()
    wanted = json.loads(solutions(kg.query(name, **parameters)).to_json())
    assert told["head"] == wanted["head"]
    assert len(told["results"]["bindings"]) == len(wanted["results"]["bindings"])
    assert rows(told) == rows(wanted)


def test_the_forms_of_an_answer_say_the_same(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    wanted = solutions(kg.query("standards_by_pillar", pillar=4))
    plain = [["" if cell is None else str(cell) for cell in row] for row in wanted]
    for suffix, media in ((".csv", "text/csv"), (".tsv", "text/tab-separated-values")):
        by_suffix = server.ask(address("standards_by_pillar", suffix, pillar=4))
        by_accept = server.ask(address("standards_by_pillar", pillar=4), accept=media)
        assert by_suffix.body == by_accept.body
        assert by_suffix.media == media
    found = list(
        csv.reader(io.StringIO(server.ask(address("standards_by_pillar", ".csv", pillar=4)).text))
    )
    assert found[0] == list(wanted.variables)
    assert sorted(found[1:]) == sorted(plain)
    xml = ElementTree.fromstring(server.ask(address("standards_by_pillar", ".xml", pillar=4)).body)
    assert len(xml.findall(".//{*}result")) == len(plain)
    assert server.ask(address("gaps"), accept="application/json").media == JSON
    assert server.ask(address("gaps")).media == JSON, "a program that does not say gets JSON"
    assert server.ask(address("gaps"), accept="image/png").status == 406
    assert "no form .ttl" in problem(server.ask(address("gaps", ".ttl")), 404)


def test_the_page_of_an_answer(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    page = server.ask(address("standards_by_pillar", pillar=4), accept="text/html").text
    wanted = solutions(kg.query("standards_by_pillar", pillar=4))
    assert page.count("<tr>") == len(wanted) + 1
    for row in wanted:
        assert f">{row.standard}</td>" in page
    assert "Which standards support a pillar?" in page
    assert 'name="pillar" value="4"' in page
    extent = kg.extent("standards_by_pillar")
    assert extent is not None
    assert extent.told("en") in page
    assert 'href="standards_by_pillar.csv?pillar=4&amp;lang=en"' in page
    assert "form-action &#39;self&#39;" in page, "or its form could not be sent"


def test_an_answer_in_the_language_of_the_reader(server: Running, kg: gdakg.KnowledgeGraph) -> None:
    wanted = solutions(kg.query("gaps", lang="zh-Hant"))
    for headers in ({"accept_language": "zh-TW"}, {"accept_language": "zh-CN"}):
        path = address("gaps", ".json", **({"lang": "zh-Hant"} if "CN" in str(headers) else {}))
        assert rows(server.ask(path, **headers).json()) == rows(json.loads(wanted.to_json()))
    page = server.ask(address("gaps", ".html", lang="zh-Hant")).text
    assert '<html lang="zh-Hant">' in page
    assert '<option value="zh-Hant" lang="zh-Hant" selected>' in page


def test_what_a_form_leaves_blank_is_not_given(server: Running) -> None:
    blank = server.ask("/questions/standards_by_pillar.json?pillar=4&publisher=&lang=")
    assert blank.json() == server.ask(address("standards_by_pillar", ".json", pillar=4)).json()


def test_a_page_without_what_is_required_asks_for_it(server: Running) -> None:
    page = server.ask(address("standards_by_pillar", ".html"))
    assert page.status == 200
    assert "<table" not in page.text
    assert "Fill in what is required." in page.text


@pytest.mark.parametrize(
    ("path", "cure"),
    [
        ("standards_by_pillar", "needs pillar (pillar): the pillar, 1 to 7"),
        ("standards_by_pillar?pillar=44", "the graph knows no pillar '44'; near: 4"),
        ("standards_by_pillar?pillar=4&pillar=5", "pillar is given twice"),
        ("standards_by_pillar?pillar=4&colour=red", "has no parameter 'colour'; it takes: pillar"),
        ("gaps?lang=fr", "there are en, zh-Hans, zh-Hant"),
        ("adoptions?country=China", "a code of two letters is needed, as in CN"),
        (
            "standards_by_pillar?pillar=4%22%20%7D%20UNION%20%7B%20?s%20?p%20?o%20%7D%20%23",
            "the graph knows no pillar",
        ),
        ("standards_by_pillar?pillar=%00", "the graph knows no pillar"),
        ("standards_by_pillar?pillar=4%0d%0aX-Evil:%201", "the graph knows no pillar"),
        (f"standards_by_pillar?pillar={quote(HOSTILE)}", "the graph knows no pillar"),
        ("standards_by_pillar?pillar=%ff", "not percent-encoded UTF-8"),
        ("gaps?" + "&".join(f"p{n}=1" for n in range(2_000)), "more than 1,000 parameters"),
    ],
    ids=lambda text: text[:50],
)
def test_a_wrong_parameter_is_refused_with_the_cure(server: Running, path: str, cure: str) -> None:
    got = server.ask(f"/questions/{path}", accept="application/json")
    assert cure in problem(got)
    assert "x-evil" not in got.headers
    page = server.ask(f"/questions/{path}", accept="text/html")
    assert page.status in {200, 400}
    assert HOSTILE not in page.text


def test_a_parameter_may_be_long_but_not_endless(server: Running) -> None:
    assert server.ask(address("standards_by_keyword", word="x" * 10_000)).status == 200
    assert server.ask(address("standards_by_keyword", word="x" * 70_000)).status == 414


def test_a_wrong_parameter_is_said_on_the_page_beside_the_form(server: Running) -> None:
    page = server.ask(address("standards_by_pillar", ".html", pillar=HOSTILE))
    assert page.status == 400
    assert 'role="alert"' in page.text
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in page.text


def test_a_name_that_is_none_is_told_with_near_ones(server: Running) -> None:
    told = problem(server.ask("/questions/standard_by_pillar", accept="application/json"), 404)
    assert "near: standards_by_pillar" in told
    page = server.ask("/questions/standard-by-pillar", accept="text/html")
    assert page.status == 404
    assert 'href="standards_by_pillar.html"' in page.text
    for name in ("..%2F..%2Fpyproject", "a" * 9_000, quote(HOSTILE), "%00", "gaps.rq", "..", ""):
        got = server.ask(f"/questions/{name}", accept="text/html")
        assert got.status == 404, name
        assert HOSTILE not in got.text


def test_a_long_answer_is_whole_or_none(kg: gdakg.KnowledgeGraph) -> None:
    few = {"name": "timeline", "parameters": [], "media": JSON, "language": "en"}
    got = asked_over_http.question(kg, few, Limits(rows=10))
    assert got.status == 422
    assert b"larger than the limit of 10 rows" in got.body


def test_a_page_says_that_it_shows_a_part(
    kg: gdakg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked_over_http, "_SHOWN", 10)
    what = {"name": "gaps", "parameters": [], "media": "text/html", "language": "en"}
    page = asked_over_http.question(kg, what, Limits()).body.decode()
    count = len(solutions(kg.query("gaps")))
    assert f"the first 10 of {count} rows" in page
    assert page.count("<tr>") == 11


def test_a_question_that_constructs_gives_rdf(
    kg: gdakg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "CONSTRUCT { ?s a gda:Pillar } WHERE { ?s a gda:Pillar }"
    made = questions.Question("made", text, {"en": "Made"}, {"en": "Made."}, (), {})
    monkeypatch.setattr(questions, "question", lambda name: made)
    what = {"name": "made", "parameters": [], "media": "text/turtle", "language": "en"}
    got = asked_over_http.question(kg, what, Limits())
    assert got.media.startswith("text/turtle")
    assert got.body.count(b"gda:Pillar") >= 1
    page = asked_over_http.question(kg, what | {"media": "text/html"}, Limits()).body.decode()
    assert "<pre" in page
    assert 'href="made.ttl"' in page


# The list, and the description for programs


def test_the_list_of_questions(server: Running) -> None:
    told = server.ask("/questions", accept="application/json").json()["questions"]
    assert [one["name"] for one in told] == questions.names()
    pillar = next(one for one in told if one["name"] == "standards_by_pillar")
    assert pillar["parameters"][0]["name"] == "pillar"
    assert pillar["parameters"][0]["required"] is True
    assert pillar["title"]["zh-Hant"] == "哪些標準支援某一支柱？"
    page = server.ask("/questions", accept="text/html").text
    for name in questions.names():
        assert f'href="questions/{name}.html"' in page
    assert server.ask("/questions.json").json()["questions"] == told


@pytest.fixture(scope="module")
def openapi(server: Running) -> dict[str, Any]:
    got = server.ask("/openapi.json")
    assert (got.status, got.media) == (200, "application/json")
    told: dict[str, Any] = got.json()
    return told


def test_the_description_is_openapi_3_1(openapi: dict[str, Any]) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="it is in gdakg[dev]")
    assert openapi["openapi"].startswith("3.1")
    validator.validate(openapi)


def test_the_description_knows_every_question_and_parameter(openapi: dict[str, Any]) -> None:
    for name in questions.names():
        told = openapi["paths"][f"/questions/{name}"]["get"]
        known = questions.question(name)
        assert told["summary"] == known.title["en"]
        assert [one["name"] for one in told["parameters"]] == [p.name for p in known.parameters]
        for one, parameter in zip(told["parameters"], known.parameters, strict=True):
            assert one["description"].startswith(parameter.about)
            assert one["schema"]
    by_name = {
        one["name"]: one
        for one in openapi["paths"]["/questions/standards_by_pillar"]["get"]["parameters"]
    }
    assert by_name["pillar"]["required"] is True
    assert by_name["pillar"]["schema"]["anyOf"][0]["enum"] == ["1", "2", "3", "4", "5", "6", "7"]
    assert by_name["lang"]["schema"]["enum"] == ["en", "zh-Hans", "zh-Hant"]
    assert by_name["publisher"]["required"] is False


def test_what_the_description_names_is_there(server: Running, openapi: dict[str, Any]) -> None:
    for path, methods in openapi["paths"].items():
        allowed = server.ask(path.replace("{local}", "x"), "OPTIONS").headers["allow"]
        assert {method.upper() for method in methods} <= set(re.findall(r"\w+", allowed)), path


def test_values_that_the_description_lists_are_taken(
    kg: gdakg.KnowledgeGraph, openapi: dict[str, Any]
) -> None:
    """Whatever the schema of a thing lists is found as such."""
    tried = 0
    for name in questions.names():
        known = questions.question(name)
        for one in openapi["paths"][f"/questions/{name}"]["get"]["parameters"]:
            kind = next(p.kind for p in known.parameters if p.name == one["name"])
            for choice in one["schema"].get("anyOf", [{}])[0].get("enum", []):
                assert kg.find(f"https://w3id.org/gdakg/id/{kind.replace('_', '-')}/{choice}")
                tried += 1
    assert tried > 50


def test_the_answer_is_a_table(kg: gdakg.KnowledgeGraph) -> None:
    """What the tests above rely on: every bundled question is a SELECT."""
    assert isinstance(kg.query("gaps"), Solutions)
