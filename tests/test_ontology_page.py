"""The page of the ontology says what the graph says, and works in a browser."""

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as og
import pytest

import gdakg
from chromium import Browser, Page
from gdakg.engine import Embedded
from gdakg.namespaces import BASE, GDA, PREFIXES
from reading import DATA, ONTOLOGY, ROOT
from reports import ontology
from reports.diagram import Diagram
from reports.vocabulary import read

FOLDER = ROOT / "docs" / "ontology"
ALIGNMENTS = ONTOLOGY.with_name("alignments.ttl")
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
KINDS = {
    f"{PREFIXES['owl']}{kind}"
    for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}
TYPE, LABEL, DEFINITION = (
    og.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("rdf", "type"), ("rdfs", "label"), ("skos", "definition"))
)

Triple = tuple[str, str, str]


@pytest.fixture(scope="module")
def page(kg: gdakg.KnowledgeGraph) -> str:
    return ontology.page(kg)


@pytest.fixture(scope="module")
def path(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("ontology") / "index.html"
    written.write_text(page, encoding="utf-8")
    return written


def parsed(*paths: Path) -> list[og.Triple]:
    """Return the triples of the files, read without our package."""
    return [
        quad.triple
        for path in paths
        for quad in og.parse(path=path, format=og.RdfFormat.TURTLE, base_iri=BASE)
    ]


@cache
def declared() -> dict[str, dict[og.NamedNode, dict[str, str]]]:
    """Return label and definition of each declared term, by language in small letters."""
    triples = parsed(ONTOLOGY, ALIGNMENTS)
    terms = {
        t.subject.value for t in triples if t.predicate == TYPE and str(t.object)[1:-1] in KINDS
    }
    texts: dict[str, dict[og.NamedNode, dict[str, str]]] = {
        iri: {LABEL: {}, DEFINITION: {}} for iri in terms
    }
    for triple in triples:
        if triple.subject.value in terms and triple.predicate in (LABEL, DEFINITION):
            found = texts[triple.subject.value][triple.predicate]
            found[triple.object.language.lower()] = triple.object.value
    return texts


def articles(page: str) -> dict[str, str]:
    """Return the HTML of each term by its anchor."""
    parts = re.split(r'<article class="term" id="([^"]+)">', page)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def anchor(iri: str) -> str:
    if iri.startswith(GDA):
        return iri.removeprefix(GDA)
    prefix, namespace = next(each for each in PREFIXES.items() if iri.startswith(each[1]))
    return f"{prefix}-{iri.removeprefix(namespace)}"


def text(markup: str, language: str = "en") -> str:
    """Return what a reader of `language` sees of `markup`, without styles and scripts."""
    markup = re.sub(r"(?s)<(style|script)>.*?</\1>", "", markup)
    for other in set(LANGUAGES) - {language}:
        markup = re.sub(rf'<(\w+) class="l-{other}"[^>]*>.*?</\1>', "", markup)
    markup = re.sub(rf'(?s)<span class="o-{language}">.*?</span></span>', "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


# what is committed


@pytest.mark.parametrize("name", ["index.html", "classes.svg"])
def test_the_committed_file_is_that_of_the_graph(
    kg: gdakg.KnowledgeGraph, page: str, name: str
) -> None:
    fresh = page if name == "index.html" else ontology.figure(kg)
    committed = FOLDER / name
    found = committed.read_text(encoding="utf-8") if committed.is_file() else ""
    assert found == fresh, f"docs/ontology/{name} is not of this graph: run `make report`"


# what it says


def test_every_term_is_there_with_its_names_and_definitions(page: str) -> None:
    found = articles(page)
    assert set(found) == set(map(anchor, declared()))
    for iri, texts in declared().items():
        article = html.unescape(found[anchor(iri)])
        assert iri in article
        for language in LANGUAGES:
            label = texts[LABEL][language.lower()]
            assert f'lang="{language}">{label}<' in article, f"{iri}: label in {language}"
            if definition := texts[DEFINITION].get(language.lower()):
                assert definition in text(found[anchor(iri)], language), (
                    f"{iri}: definition in {language}"
                )


def test_uses_are_counted_as_in_the_files(page: str) -> None:
    triples = set(parsed(*DATA, ALIGNMENTS))
    uses = Counter(t.object.value if t.predicate == TYPE else t.predicate.value for t in triples)
    for iri in declared():
        shown = text(articles(page)[anchor(iri)])
        number = re.search(r"in the data ([\d,]+) (?:thing|statement)s?\b", shown)
        counted = int(number[1].replace(",", "")) if number else 0
        assert counted == uses[iri], iri


def test_examples_are_the_first_of_the_data(page: str) -> None:
    first: dict[str, Triple] = {}
    for triple in parsed(*DATA, ALIGNMENTS):
        used = triple.object.value if triple.predicate == TYPE else triple.predicate.value
        found = (triple.subject.value, triple.predicate.value, str(triple.object))
        first[used] = min(found, first.get(used, found))
    for iri in declared():
        example = re.search(r'(?s)<p class="triple">(.*?)</p>', articles(page)[anchor(iri)])
        assert bool(example) == (iri in first), iri
        if example:
            subject = html.unescape(re.findall(r"<code>(.*?)</code>", example[1])[0])
            expected = first[iri][0]
            shown = expected.removeprefix(BASE)
            assert subject in (f"<{shown}>", expected) or expected.endswith(subject.split(":")[1])


def test_questions_that_use_a_term_are_named(page: str) -> None:
    for name, term in (("replaced_editions", "dcterms-replaces"), ("pillars", "ledBy")):
        assert f'href="../../queries/{name}.rq"' in articles(page)[term], (name, term)
    assert "replaced_editions" not in articles(page)["Pillar"]


def test_the_header(page: str) -> None:
    seen = text(page.split("<main>")[1].split("<figure>")[0])
    assert "gdakg: terms for the landscape of green digital standards" in seen
    assert f"gda: {GDA} Reserved: it does not resolve today." in seen
    assert "Licence https://creativecommons.org/licenses/by/4.0/" in seen


def test_links_lead_somewhere(page: str) -> None:
    anchors = re.findall(r'\sid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)), "an anchor is given twice"
    for target in set(map(html.unescape, re.findall(r'href="([^"]+)"', page))):
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif not target.startswith(("https://", "http://")):
            assert (FOLDER / target).is_file(), f"{target}: run `make report`"


def test_nothing_is_loaded_and_nothing_foreign_runs(page: str) -> None:
    assert not re.search(r"<(img|iframe|object|embed|link|form)\b|@import|url\((?!#)", page)
    assert not re.search(r"\s(src|srcset|style|on\w+)=", page)
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', page)[0])
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == 2


#: an ontology small enough to foresee its page
SMALL = """
@prefix ex: <https://example.org/> .
graph:ontology {
  <https://w3id.org/gdakg/def> a owl:Ontology ; dcterms:title "Small"@en ;
    dcterms:description "A small one."@en ; dcterms:license ex:licence ; owl:versionInfo "9" ;
    owl:versionIRI ex:9 ; vann:preferredNamespacePrefix "gda" ;
    vann:preferredNamespaceUri "https://w3id.org/gdakg/def#" .
  gda:Cat a owl:Class ; rdfs:label "<b>cat</b>"@en , "猫"@zh-Hans , "貓"@zh-Hant ;
    rdfs:subClassOf gda:Animal ; rdfs:isDefinedBy <https://w3id.org/gdakg/def> .
  gda:Animal a owl:Class ; rdfs:label "animal"@en , "动物"@zh-Hans , "動物"@zh-Hant ;
    owl:disjointWith gda:Stone ; rdfs:isDefinedBy <https://w3id.org/gdakg/def> .
  gda:Stone a owl:Class ; rdfs:label "stone"@en , "石头"@zh-Hans , "石頭"@zh-Hant ;
    rdfs:isDefinedBy <https://w3id.org/gdakg/def> .
  gda:hunts a owl:ObjectProperty ; rdfs:label "hunts"@en , "猎"@zh-Hans , "獵"@zh-Hant ;
    owl:inverseOf gda:fears ; rdfs:isDefinedBy <https://w3id.org/gdakg/def> .
  gda:fears a owl:ObjectProperty , owl:SymmetricProperty ;
    rdfs:label "fears"@en , "怕"@zh-Hans , "怕"@zh-Hant ; rdfs:domain gda:Animal ;
    rdfs:range gda:Animal ; rdfs:isDefinedBy <https://w3id.org/gdakg/def> .
}
graph:alignments {
  gda:Cat skos:closeMatch <https://w3id.org/i40/sto#Cat> ;
    skos:editorialNote "sto:Cat: also a cat."@en , "sto:Dog: not this one."@en .
}
graph:data {
  <tom> a gda:Cat ; skos:prefLabel "Tom"@en ; gda:hunts <jerry> , <tyke> .
  <tyke> a gda:Cat . <jerry> a gda:Animal ; skos:prefLabel "Jerry"@en .
}
"""


@pytest.fixture(scope="module")
def small() -> gdakg.KnowledgeGraph:
    prefixes = "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())
    store = og.Store()
    store.load((prefixes + SMALL).encode(), format=og.RdfFormat.TRIG, base_iri=BASE)
    return gdakg.KnowledgeGraph(Embedded(store))


def test_a_small_ontology_is_read_as_foreseen(small: gdakg.KnowledgeGraph) -> None:
    made = ontology.page(small)
    found = {name: text(article) for name, article in articles(made).items()}
    assert "subclass of animal gda:Animal in the data 2 things" in found["Cat"]
    assert "example Tom <tom> rdf:type <b>cat</b> gda:Cat" in found["Cat"]
    assert "skos:closeMatch sto:Cat also a cat." in found["Cat"]
    assert "not this one" not in made
    assert "superclass of <b>cat</b> gda:Cat disjoint with stone gda:Stone" in found["Animal"]
    assert "in the data 1 thing , 2 more in subclasses" in found["Animal"]
    assert "disjoint with animal" in found["Stone"]
    assert "in the data not used yet" in found["Stone"]
    assert "domain not stated; used most with <b>cat</b> gda:Cat" in found["hunts"]
    # one cat hunts an animal, one a cat: as often, and gda:Animal comes first
    assert "range not stated; used most with animal gda:Animal" in found["hunts"]
    assert "inverse fears gda:fears" in found["hunts"]
    assert "inverse hunts gda:hunts" in found["fears"]
    assert "characteristics symmetric" in found["fears"]
    assert "domain animal gda:Animal range animal gda:Animal" in found["fears"]
    assert "[en] A small one." in text(made, "zh-Hant")
    assert "<b>cat" not in made, "a label is markup"


def test_a_small_ontology_is_drawn_as_foreseen(small: gdakg.KnowledgeGraph) -> None:
    diagram = Diagram(read(small))
    drawn = {iri.removeprefix(GDA) for iri in diagram.boxes}
    assert drawn == {"Cat", "Animal", "Stone"}
    arrows = {
        (a.source.removeprefix(GDA), a.target.removeprefix(GDA), a.term and a.term.code, a.stated)
        for a in diagram.arrows
    }
    assert arrows == {("Cat", "Animal", "gda:hunts", False), ("Cat", "Animal", None, True)}
    rows = [(row.term.code, row.stated, row.returns) for row in diagram.boxes[f"{GDA}Animal"].rows]
    assert rows == [("gda:fears", True, True)]


# colours


@pytest.mark.parametrize("dark", [False, True])
def test_texts_stand_out_from_their_ground(page: str, dark: bool) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 at least; of lines and borders 3 (1.4.11)."""
    blocks = re.findall(r":root \{(.*?)\}", page.split("@media print")[0], re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", blocks[dark]))
    for ground in ("paper", "panel"):
        for ink, least in (
            ("ink", 4.5),
            ("quiet", 4.5),
            ("accent", 4.5),
            ("line", 3),
            ("control", 3),
        ):
            assert contrast(colours[ink], colours[ground]) >= least, (ink, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# in a browser


@pytest.fixture
def opened(browser: Browser, path: Path) -> Iterator[Page]:
    """Open the page; it must be quiet to the end of the test."""
    tab = browser.open(path)
    yield tab
    tab.close_quiet()


def visible(tab: Page, selector: str) -> list[str]:
    """Return the texts that show of what `selector` finds."""
    found: list[str] = tab.evaluate(
        f"[...document.querySelectorAll({selector!r})].filter(e => e.checkVisibility())"
        ".map(e => (e.innerText ?? e.textContent).trim())"
    )
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switches(opened: Page, language: str) -> None:
    opened.click(f".languages [lang={language}]")
    labels = declared()[f"{GDA}Standard"][LABEL]
    assert opened.evaluate("document.documentElement.lang") == language
    assert visible(opened, "#Standard h3") == [labels[language.lower()]]
    others = {label for tag, label in labels.items() if tag != language.lower()}
    assert set(visible(opened, "#Standard .others [lang]")) == others
    assert opened.evaluate("document.title") == visible(opened, "h1")[0]
    assert visible(opened, ".languages [aria-pressed=true]") == [
        {"en": "en", "zh-Hans": "简", "zh-Hant": "繁"}[language]
    ]
    wording = {"en": "example", "zh-Hans": "示例", "zh-Hant": "範例"}
    assert wording[language] in visible(opened, "#Standard dt")
    assert labels[language.lower()] in visible(opened, ".diagram .name")


def test_the_address_chooses_a_language(browser: Browser, path: Path) -> None:
    for asked, given in (("zh-Hant", "zh-Hant"), ("xx", "en")):
        tab = browser.open(path)
        tab.url = f"{path.as_uri()}?lang={asked}"
        tab.go()
        assert tab.evaluate("document.documentElement.lang") == given
        tab.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [("gda:amends", "amends"), ("修正", "amends"), ("  STANDARD   dublin ", "dcterms-Standard")],
)
def test_the_filter_filters(opened: Page, query: str, first: str) -> None:
    shown = "[...document.querySelectorAll('.term:not([hidden])')].map(e => e.id)"
    everything = opened.evaluate(shown)
    assert len(everything) == len(declared())
    opened.type("#page-filter", query)
    found = opened.evaluate(shown)
    assert first in found
    assert len(found) < 4
    assert visible(opened, "#page-count") == [f"{len(found)} / {len(everything)}"]
    assert len(visible(opened, ".index li")) == len(found)
    opened.press("Escape")
    assert opened.evaluate(shown) == everything


def test_the_filter_says_that_nothing_fits(opened: Page) -> None:
    assert visible(opened, "#page-none") == []
    opened.type("#page-filter", "qqqq")
    assert visible(opened, "#page-none") == ["No term fits."]
    assert visible(opened, ".terms h2") == []
    opened.evaluate("location.hash = 'Edition'")
    opened.wait_for("!document.getElementById('Edition').hidden")
    assert visible(opened, "#page-none") == []


@pytest.mark.parametrize("size", [(390, 844), (768, 1024), (1440, 900)])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_fits_the_screen(
    browser: Browser, path: Path, size: tuple[int, int], dark: bool
) -> None:
    tab = browser.open(path, size=size, dark=dark)
    for language in LANGUAGES:
        tab.click(f".languages [lang={language}]")
        assert tab.evaluate("document.documentElement.scrollWidth") <= size[0], language
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") is not dark
    assert tab.requests == tab.messages == []
    tab.close()


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_an_anchor_is_not_under_the_bar(
    browser: Browser, path: Path, size: tuple[int, int]
) -> None:
    tab = browser.open(path, fragment="Standard", size=size)
    edge = "document.querySelector('{}').getBoundingClientRect().{}"
    bar, top = (tab.evaluate(edge.format(*of)) for of in ((".bar", "bottom"), ("#Standard", "top")))
    assert bar <= top < bar + 120
    tab.close()


def test_without_scripts_the_page_is_english(browser: Browser, path: Path) -> None:
    tab = Page(browser, path.as_uri(), size=(1280, 800), dark=False, calm=True)
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    tab.send("Page.navigate", url=tab.url)
    tab.wait_for("document.readyState === 'complete' && document.querySelector('footer')")
    assert visible(tab, "#Standard h3") == ["standard"]
    assert visible(tab, "button, input") == []
    tab.close()
