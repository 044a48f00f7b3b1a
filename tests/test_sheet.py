"""The shell of the pages of text: words in all languages, one of them shown."""

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import gdakg
from chromium import Browser
from gdakg.errors import PageError
from gdakg.pages import sheet, templates
from gdakg.pages.templates import ASSETS, write_page
from gdakg.pages.wording import LANGUAGES
from landscapes import EVIL

TEMPLATE = """{% extends "sheet.html.j2" %}{% block content %}
<p id="p">{{ shown(title) }}</p>
<form id="controls"><label>{{ say("Network") }}
  <select name="a"><option value=""></option><option>x</option><option>y</option></select></label>
  <label>find <input type="search" name="find"></label></form>
<ul id="l" data-filtered="a find"><li data-has="a=x">one</li><li data-has="a=y a=x">two</li></ul>
<p data-count="l"><span class="n"></span></p>
<p id="when" data-when="a=y">seen</p>
<table data-sortable><thead><tr><th><button>n</button></th></tr></thead>
<tbody><tr><td>10</td></tr><tr><td>9</td></tr></tbody></table>
<a id="away" href="other.html#card=1">other</a>{% endblock %}"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a page of all that a sheet can do."""
    for file in ASSETS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "try.html.j2").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(templates, "ASSETS", tmp_path)
    sheet._environment.cache_clear()
    title = {"en": EVIL[0], "zh-Hans": "试", "zh-Hant": "試"}
    page = sheet.sheet("try.html.j2", title=title, description={"en": "A try"})
    write_page(page, tmp_path / "try.html")
    sheet._environment.cache_clear()
    return tmp_path / "try.html"


def test_a_sheet_is_switched_filtered_sorted_and_linked(browser: Browser, made: Path) -> None:
    page = browser.open(made, fragment="lang=zh-Hant&a=y")
    shown = "document.getElementById({!r}).innerText".format
    assert page.evaluate("document.title") == page.evaluate(shown("p")) == "試"
    assert page.evaluate("document.documentElement.lang") == "zh-Hant"
    assert page.evaluate(shown("l")) == "two"
    assert page.evaluate("document.querySelector('[data-count]').innerText") == "1"
    assert page.evaluate(shown("when")) == "seen"
    page.click("#languages [lang=en]")
    assert page.evaluate(shown("p")) == EVIL[0]
    assert page.evaluate("location.hash") == "#a=y"
    page.evaluate(
        "const s = document.querySelector('[name=a]'); s.value = 'x';"
        " s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    assert page.evaluate(shown("l")) == "one\ntwo"
    assert page.evaluate("document.getElementById('when').hidden")
    page.type("[name=find]", "TWO")
    assert page.evaluate(shown("l")) == "two"
    page.click("th button")
    assert page.evaluate("document.querySelector('tbody').innerText.trim().split(/\\s+/)") == [
        "9",
        "10",
    ]
    page.click("#languages [lang=zh-Hans]")
    page.evaluate("document.addEventListener('click', (event) => event.preventDefault())")
    page.click("#away")
    assert page.evaluate("document.getElementById('away').getAttribute('href')") == (
        "other.html#card=1&lang=zh-Hans"
    )
    assert page.evaluate("window.__xss === undefined")
    page.close_quiet()


@pytest.mark.parametrize("fragment", ["lang=__proto__&theme=x&a=zzz&find=%", "%%%"])
def test_a_broken_address_is_harmless(browser: Browser, made: Path, fragment: str) -> None:
    page = browser.open(made, fragment=fragment)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.messages == []
    page.close()


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_is_the_readers(browser: Browser, made: Path, dark: bool) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    page = browser.open(made, dark=dark)
    own = page.evaluate(paper)
    assert (own == "rgb(255, 255, 255)") is not dark
    page.close()
    page = browser.open(made, fragment="theme=light" if dark else "theme=dark", dark=dark)
    assert page.evaluate(paper) != own
    page.close()


def test_without_a_script_one_language_is_shown(made: Path) -> None:
    text = made.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert 'html[lang="en"] [data-in]:not([data-in~="en"])' in text
    assert not re.search(r"\bon\w+=|<[^>]*\sstyle=", text.replace(EVIL[0], ""))


def test_another_language_is_marked() -> None:
    told = str(sheet.shown({"en": "E-waste", "zh-Hans": "电子废物"}))
    assert told == (
        '<span data-in="en" lang="en">E-waste</span>'
        '<span data-in="zh-Hans" lang="zh-Hans">电子废物</span>'
        '<span data-in="zh-Hant" lang="zh-Hans">[zh-Hans] 电子废物</span>'
    )


def test_words_are_there_in_all_languages_and_all_used() -> None:
    used = {
        word
        for path in ASSETS.glob("*.j2")
        for words in re.findall(r"\bsaid?\(\s*(?:'([^']+)'|\"([^\"]+)\")", path.read_text("utf-8"))
        for word in words
        if word
    }
    python = "".join(p.read_text("utf-8") for p in ASSETS.parents[1].rglob("*.py"))
    python = re.sub(r'"\s*\n\s*"', "", python)  # strings that go on in the next line
    templates = "".join(p.read_text("utf-8") for p in ASSETS.glob("*.j2"))
    assert used <= set(sheet.words()), "add to gdakg/pages/assets/words.csv"
    for word, texts in sheet.words().items():
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() == text != "" for text in texts.values()), word
        assert sorted(re.findall(r"{\w+}", word)) == sorted(re.findall(r"{\w+}", texts["zh-Hant"]))
        assert word in templates or word in python, f"no page says {word!r}: delete it"
    with pytest.raises(PageError, match="no such words"):
        sheet.say("never said")


def test_a_page_speaks_three_languages() -> None:
    with pytest.raises(PageError, match="no page in 'fr'"):
        sheet.sheet("sheet.html.j2", title={"en": "x"}, description={"en": "x"}, language="fr")


CATCH = (
    "window.made = []; const make = URL.createObjectURL;"
    " URL.createObjectURL = (blob) => { made.push(blob); return make(blob); }; 0"
)


def test_tables_and_drawings_are_saved(
    browser: Browser, kg: gdakg.KnowledgeGraph, tmp_path: Path
) -> None:
    gdakg.pages.coverage(kg, tmp_path / "coverage.html")
    page = browser.open(tmp_path / "coverage.html", fragment="lang=zh-Hant&cells=share")
    page.evaluate(CATCH)
    saved = {}
    for number in range(3):
        page.evaluate("document.getElementById('save').open = true")
        button = f"document.querySelectorAll('#save button')[{number}]"
        page.wait_for(button)
        name = page.evaluate(f"{button}.innerText")
        page.evaluate(f"{button}.click()")
        page.wait_for(f"made.length === {number + 1}")
        saved[name.partition(" · ")[0]] = number
    text = page.evaluate(f"made[{saved['CSV']}].text()")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    shown = "[...document.querySelectorAll('table')].find(t => t.checkVisibility()).rows.length"
    assert len(rows) == page.evaluate(shown)
    assert rows[0][1:4] == ["ITU-T", "ISO", "IEC"]
    assert all(len(row) == len(rows[0]) for row in rows)
    drawing = ElementTree.fromstring(page.evaluate(f"made[{saved['SVG']}].text()"))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    texts = "".join(drawing.itertext())
    assert "ITU-T" in texts
    assert not [each for each in drawing.iter() if "class" in each.attrib]
    assert page.evaluate(f"made[{saved['PNG']}].size") > 10_000
    assert "gdakg-" in page.evaluate("document.getElementById('save-status').innerText")
    page.close_quiet()


def test_the_menu_is_there_only_with_something_to_save(browser: Browser, made: Path) -> None:
    page = browser.open(made)
    assert page.evaluate("document.getElementById('save').hidden")
    page.close()
