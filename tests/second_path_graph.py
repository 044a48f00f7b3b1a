"""Second answers to the questions about the graph as such: its terms, links, names and sources."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import product

from second_path import Answers, Cell, Row, Text, World, arranged, cell, matches, row, world
from second_path_betweenness import betweenness

CHINESE = ("zh-Hans", "zh-Hant")
#: what two things may share without being connected by it: class, scheme, source, stage ...
SHARED = {
    *("rdf:type", "skos:inScheme", "skos:topConceptOf", "prov:wasDerivedFrom", "dcterms:type"),
    *("gda:confidence", "gda:stage", "gda:tier", "gda:listedInCallToAction"),
}
#: what the network draws
DRAWN = (
    *("gda:Pillar", "gda:CooperationArea", "gda:Standard"),
    *("gda:AssertedGap", "gda:ComputedGap", "gda:Gap"),
    *("org:Organization", "org:FormalOrganization"),
    *("org:OrganizationalCollaboration", "org:OrganizationalUnit"),
)


def graphs(w: World, lang: str) -> Iterator[Row]:
    for graph, triples in w.graphs.items():
        yield row(
            "graph name kind asOf triples by",
            f"<{graph}>",
            w.label(graph, lang, "dcterms:title"),
            w.label(w.kinds[graph], lang),
            w.one(graph, "dcterms:issued"),
            len(triples),
            graph,
        )


def read(w: World, lang: str) -> Iterator[Row]:
    """Names of sources stand as they were published, in whatever language."""
    for source in w.all("gda:Source"):
        read_there = {source, *w.iris(source, "dcterms:hasPart")}
        resting = {one for page in read_there for one in w.subjects("prov:wasDerivedFrom", page)}
        for name in w.cells(source, "skos:prefLabel"):
            yield row(
                "source name date things page",
                w.one(source, "dcterms:identifier"),
                name,
                w.one(source, "dcterms:issued"),
                len(resting),
                w.one(source, "foaf:page"),
            )


def concepts(w: World, lang: str) -> Iterator[Row]:
    """Yield the concepts whose kind stands under skos:Concept and is none of the subject matter."""
    matter = {"gda:CooperationArea", "gda:IcsField", "gda:Pillar", "gda:Task"}
    for kind in w.subjects("rdfs:subClassOf", "skos:Concept") - matter:
        for concept in w.all(kind):
            users = {user for users in w.before[concept].values() for user in users}
            yield row(
                "class name definition things",
                w.label(kind, lang, "rdfs:label"),
                w.label(concept, lang),
                w.label(concept, lang, "skos:definition"),
                len(users),
            )


def statements(w: World, lang: str, thing: str) -> Iterator[Row]:
    for graph, triples in w.graphs.items():
        own = {value for one, prop, value in triples if (one, prop) == (thing, FROM)}
        told = [source for source in own or w.objects(graph, FROM) if isinstance(source, str)]
        codes = [w.code(source) or w.full(source) for source in told]
        for one, prop, value in triples:
            for code in codes or (None,) if one == thing else ():
                yield row(
                    "property value graph kind source home by tongue",
                    f"<{prop}>",
                    cell(value),
                    f"<{graph}>",
                    w.label(w.kinds[graph], lang),
                    code,
                    graph,
                    w.full(prop),
                    value.language if isinstance(value, Text) else None,
                )


FROM = "prov:wasDerivedFrom"


def untranslated(w: World, lang: str, only: str = "", **asked: str) -> Iterator[Row]:
    """Missing: an English name and no Chinese one.  Ours: a judged graph names, no stated one."""
    for iri, language in product(w.after, CHINESE):
        if language != asked.get("in", language):
            continue
        english = [t for p in NAMES for t in texts(w.objects(iri, p), "en")]
        words = [t for p in NAMES for t in texts(w.objects(iri, p), language)]
        ours = {t for p in NAMES for t in texts(w.said(iri, p, "judged"), language)}
        if any(t for p in NAMES for t in texts(w.said(iri, p, "stated"), language)):
            ours = set()
        found: list[tuple[str, Cell]] = [("ours", text) for text in ours if only != "missing"]
        found += [("missing", None)] if english and not words and only != "ours" else []
        for (status, text), kind in product(found, w.iris(iri, "rdf:type")):
            yield row(
                "class language status name ours iri by state",
                w.label(kind, lang, "rdfs:label") or w.full(kind),
                language,
                STATES[lang][status],
                english[0] if english else None,
                text,
                f"<{iri}>",
                w.full(iri),
                status,
            )


STATES = {
    "en": {"ours": "ours", "missing": "missing"},
    "zh-Hans": {"ours": "我们所拟", "missing": "缺失"},
    "zh-Hant": {"ours": "我們所擬", "missing": "缺少"},
}
NAMES = ("skos:prefLabel", "rdfs:label")


def texts(given: Iterable[object], language: str) -> list[str]:
    """Return the texts in that language."""
    return [t.value for t in given if isinstance(t, Text) and matches(t.language, language)]


def connections(w: World, lang: str, **asked: str) -> Iterator[Row]:
    start, end = asked["from"], asked["to"]
    for prop, forward in steps(w, start, end):
        yield row(
            "steps first forward via second onward by",
            *(1, w.label(prop, lang, "rdfs:label"), forward, None, None, None, ""),
        )
    for middle in {*w.after, *w.before} - {start, end}:
        if isinstance(middle, Text):
            continue
        ways = product(steps(w, start, middle), steps(w, middle, end))
        for (one, forward), (two, onward) in ways:
            if one not in SHARED and two not in SHARED:
                via = w.name(middle, lang)
                ends = (w.label(one, lang, "rdfs:label"), w.label(two, lang, "rdfs:label"))
                yield row(
                    "steps first forward via second onward by",
                    *(2, ends[0], forward, via, ends[1], onward, via),
                )


def steps(w: World, one: str, other: str) -> list[tuple[str, bool]]:
    """Return the properties that tie `one` to `other`, and whether `one` is the subject."""
    there = [(prop, True) for prop, values in w.after.get(one, {}).items() if other in values]
    back = [(prop, False) for prop, values in w.after.get(other, {}).items() if one in values]
    return there + back


def changes(w: World, lang: str, earlier: str) -> Iterator[Row]:
    """Only one release is there, so the answer is empty; `test_release.py` compares two."""
    versions = {w.one(release, "schema:version") for release in w.all("dcat:Dataset")}
    assert versions == {earlier}, "two releases are loaded: compare them here"
    return iter(())


def bridges(w: World, lang: str) -> list[Row]:
    """Betweenness is computed anew over the links between what the network draws."""
    found = [
        row(
            "standard title betweenness stated pillars areas",
            w.one(standard, "dcterms:identifier"),
            w.label(standard, lang),
            shares(judged=True)[standard],
            shares(judged=False)[standard],
            len(w.iris(standard, "gda:supportsPillar")),
            len(w.iris(standard, "gda:inArea")),
        )
        for standard in w.all("gda:Standard")
    ]
    return arranged(found, "-betweenness standard")[:40]


@cache
def shares(judged: bool) -> dict[str, Decimal]:
    """Return the betweenness of each thing that is drawn; without `judged`, by stated links."""
    w = world()
    drawn = {*w.all(*DRAWN)}
    links = {
        (one, other)
        for graph, triples in w.graphs.items()
        if judged or w.kinds[graph] == "statement-kind/stated"
        for one, _, other in triples
        if one in drawn and isinstance(other, str) and other in drawn
    }
    return {one: round(Decimal(share), 6) for one, share in betweenness(drawn, links).items()}


GRAPH: Answers = {
    "bridges": (bridges, "-betweenness standard"),
    "changes": (changes, ""),
    "concepts": (concepts, "class -things name"),
    "connections": (connections, "steps by first second forward onward"),
    "graphs": (graphs, "by"),
    "sources": (read, "-things source"),
    "statements": (statements, "home by"),
    "untranslated": (untranslated, "class language state name by"),
}
