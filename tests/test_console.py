"""The query console as a page: what is in it, its policy, its questions, its route."""

import html
import json
import re
from typing import Any

import pytest

import gdakg
from asked import ASKED
from gdakg import questions
from gdakg.answers import Solutions
from gdakg.errors import PageError
from gdakg.namespaces import BASE
from gdakg.pages import sheet
from gdakg.pages.console import _MARK, console
from gdakg.pages.wording import LANGUAGES


@pytest.fixture(scope="module")
def page() -> str:
    return console()


@pytest.fixture(scope="module")
def data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="console-data">(.*?)</script>', page)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_every_named_question_is_there_in_three_languages(data: dict[str, Any]) -> None:
    assert [each["name"] for each in data["questions"]] == questions.names()
    for asked in data["questions"]:
        for texts in (asked["title"], asked["about"], *asked["headings"].values()):
            assert set(texts) == set(LANGUAGES)
            assert all(texts.values())


def filled(asked: dict[str, Any], values: dict[str, str]) -> str:
    """Return the query of a question with terms in it, as the page's script does."""
    text: str = asked["text"]
    for name, term in values.items():
        text = text.replace(f"<{_MARK}{name}>", term)
    # A block that is left holds variables only, and binds nothing.
    text = re.sub(rf" VALUES \([^)]*\) {{ \((?:<{_MARK}\w+> ?)+\) }}", "", text)
    return re.sub(rf"<{_MARK}(\w+)>", r"?\1", text)


def terms_of(asked: dict[str, Any]) -> dict[str, str]:
    """Return with which terms a question begins, as SPARQL writes them."""
    written = {"lang": '"en"'}
    for parameter in asked["parameters"]:
        first = parameter["first"]
        if first and parameter["kind"] in questions.READERS:
            written[parameter["name"]] = str(questions.READERS[parameter["kind"]](first))
        elif first:
            written[parameter["name"]] = f"<{first}>"
    return written


@pytest.mark.parametrize("name", questions.names())
def test_a_question_as_it_begins_gives_what_the_library_gives(
    kg: gdakg.KnowledgeGraph, data: dict[str, Any], name: str
) -> None:
    asked = next(each for each in data["questions"] if each["name"] == name)
    first = {each["name"]: each["first"] for each in asked["parameters"] if each["first"]}
    needed = {each["name"] for each in asked["parameters"] if not each["optional"]}
    if name == "changes":  # of which there is only one release
        assert needed - set(first) == {"earlier"}
        return
    assert needed == set(first)
    answer = kg.query(filled(asked, terms_of(asked)))
    assert isinstance(answer, Solutions)
    assert list(answer) == list(kg.query(name, **first))  # type: ignore[arg-type]
    if name in ASKED and name not in {"adoptions", "untranslated"}:  # of which nothing is recorded
        assert list(answer)


def test_the_words_of_the_ontology_are_completed(data: dict[str, Any]) -> None:
    terms = {each["name"]: each for each in data["terms"]}
    assert terms["gda:Standard"]["kind"] == "class"
    assert terms["gda:supportsPillar"]["kind"] == "property"
    assert set(terms["gda:stage"]["labels"]) == set(LANGUAGES)
    assert len(terms) > 150
    assert not [name for name in terms if "//" in name]


def test_the_policy_lets_the_page_ask_its_own_server_only(page: str) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found
    rules = dict(part.partition(" ")[::2] for part in html.unescape(found[1]).split("; "))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("connect-src") == "'self'"
    assert rules.pop("img-src") == "data:"
    assert rules.pop("base-uri") == rules.pop("form-action") == "'none'"
    assert set(rules) == {"script-src", "style-src"}
    for sources in rules.values():
        assert all(source.startswith("'sha256-") for source in sources.split())
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", page.split("<script>")[0])


def test_only_the_console_page_has_the_editor() -> None:
    assert "cm-content" not in sheet.sheet("sheet.html.j2", title={"en": "x"}, description={})


def test_the_same_page_every_time(page: str) -> None:
    assert console() == page
    assert '<html lang="zh-Hant">' in console("zh-Hant")
    with pytest.raises(PageError, match="no page in 'fr'"):
        console("fr")


def test_things_that_questions_begin_with_are_known(
    kg: gdakg.KnowledgeGraph, data: dict[str, Any]
) -> None:
    firsts = {p["first"] for q in data["questions"] for p in q["parameters"]}
    things = {first for first in firsts if first.startswith(BASE)}
    assert len(things) > 8
    assert not [thing for thing in things if kg.find(thing) != thing]
