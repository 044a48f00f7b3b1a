"""Second answers to the questions about bodies, areas, pillars, and what is said of them."""

from collections.abc import Iterator
from itertools import product

from second_path import Answers, Row, World, joined, matches, row
from second_path_links import confidence

UNDER = ("org:unitOf", "org:subOrganizationOf", "gda:establishedBy")


def sources(w: World, thing: str) -> list[str]:
    """Return the codes of the sources of a thing."""
    return [str(code) for code in w.cells(thing, "prov:wasDerivedFrom", "dcterms:identifier")]


def areas(w: World, lang: str) -> Iterator[Row]:
    for area in w.all("gda:CooperationArea"):
        yield row(
            "number name inText inInfographic standards",
            w.one(area, "gda:seedOrder"),
            w.label(area, lang),
            w.has("collection/spcg-seed-29", "skos:member", area),
            w.has("collection/spcg-infographic-28", "skos:member", area),
            len(w.subjects("gda:inArea", area)),
        )


def area_names(w: World, lang: str) -> Iterator[Row]:
    """Graph by graph, since a graph tells whose word it is; the name we show stands first."""
    tags = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
    for graph, triples in w.graphs.items():
        given = {(thing, prop) for thing, prop, _ in triples}
        own = [t for t in triples if t[1] in ("skos:prefLabel", "skos:altLabel")]
        for area, prop, text in own:
            if "gda:CooperationArea" not in w.iris(area, "rdf:type"):
                continue
            assert not isinstance(text, str)
            attributed = (area, "prov:wasDerivedFrom") in given
            for source in sources(w, area) if attributed else [None]:
                yield row(
                    "number language name use kind source rank",
                    w.one(area, "gda:seedOrder"),
                    tags.get(text.language, text.language),
                    text.value,
                    w.label(prop, lang, "rdfs:label"),
                    w.label(w.kinds[graph], lang),
                    source,
                    prop == "skos:altLabel",
                )


def bodies(w: World, lang: str) -> Iterator[Row]:
    kinds = ("Organization", "FormalOrganization", "OrganizationalCollaboration")
    for body in w.all(*(f"org:{kind}" for kind in kinds), "org:OrganizationalUnit"):
        if not w.one(body, "gda:bodyType"):
            continue  # a committee that catalogues name
        yield row(
            "body name type founded seat access standards",
            w.one(body, "skos:notation"),
            w.label(body, lang),
            w.one(body, "gda:bodyType"),
            w.dated(body, "gda:founded"),
            w.one(body, "gda:seat"),
            w.label(w.each(body, "gda:usualAccess")[0], lang),
            len(w.subjects("dcterms:publisher", body) & {*w.all("gda:Standard")}),
        )


def body_relations(w: World, lang: str) -> Iterator[Row]:
    """Yield each tie with the sources of its record, else those of its one end."""
    props = ("liaisonWith", "relatesTo", "convenedBy", "legacyOf", "implements", "establishedBy")
    for prop in [*(f"gda:{name}" for name in props), "org:memberOf"]:
        for one, other in w.ties(prop):
            records = w.records(one, prop, other)
            if prop == "org:memberOf":
                records += w.records(other, "org:hasMember", one)
            told = [code for record in records for code in sources(w, record)] or sources(w, one)
            yield row(
                "one relation other source",
                w.one(one, "skos:notation") or w.label(one, lang),
                w.label(prop, lang, "rdfs:label"),
                w.one(other, "skos:notation") or w.label(other, lang),
                joined(told),
            )


def cooperation(w: World, lang: str) -> Iterator[Row]:
    """From the WSC down: its members, their joint committees, and all that stands under one."""
    wsc = "org/wsc"
    members = w.subjects("org:memberOf", wsc)
    joint = {one for member in members for one in w.iris(member, "org:memberOf")}
    inside = {
        under for top in {wsc} | members | joint for under in w.closure(top, *UNDER, back=True)
    }
    for prop in ("org:memberOf", *UNDER):
        for body, to in w.ties(prop):
            if to in inside and w.one(body, "gda:bodyType"):
                yield row(
                    "body name relation to",
                    w.one(body, "skos:notation"),
                    w.label(body, lang),
                    w.label(prop, lang, "rdfs:label"),
                    w.one(to, "skos:notation"),
                )


def pillars(w: World, lang: str) -> Iterator[Row]:
    for pillar in w.all("gda:Pillar"):
        yield row(
            "pillar name ledBy standards gaps",
            w.one(pillar, "skos:notation"),
            w.label(pillar, lang),
            joined(w.cells(pillar, "gda:ledBy", "skos:notation")),
            len(w.subjects("gda:supportsPillar", pillar)),
            len(w.subjects("gda:concernsPillar", pillar) & {*w.all("gda:AssertedGap")}),
        )


def pillar_profile(w: World, lang: str, pillar: str) -> Iterator[Row]:
    """All that is said in words, besides its names and number."""
    names = {"skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "skos:notation"}
    for prop, values in w.after[pillar].items():
        for value in values:
            if prop not in names and not isinstance(value, str):
                yield row(
                    "property value source",
                    w.label(prop, lang, "rdfs:label"),
                    value.value,
                    joined(sources(w, pillar)),
                )


def claims(w: World, lang: str, body: str) -> Iterator[Row]:
    about = w.subjects("gda:subject", body) & {*w.all("gda:Claim")}
    for claim in about:
        for prop, source in product(w.iris(claim, "gda:property"), sources(w, claim)):
            rivals = about & w.subjects("gda:property", prop)
            said = {str(w.one(one, "gda:value")) for one in rivals}
            date = w.one(claim, "gda:asOf") or w.one(claim, "gda:asOfNote")
            yield row(
                "property value asOf source contested confidence",
                w.label(prop, lang),
                w.one(claim, "gda:value"),
                date,
                source,
                len(said) > 1,
                confidence(w, claim, lang),
            )


def contested_figures(w: World, lang: str) -> Iterator[Row]:
    for thing in w.all("gda:Contradiction"):
        for claim in w.iris(thing, "gda:claim"):
            for source in sources(w, claim):
                yield row(
                    "id question claim source preferred suggestedReading by",
                    w.one(thing, "dcterms:identifier"),
                    w.label(thing, lang),
                    w.one(claim, "gda:value"),
                    source,
                    w.has(thing, "gda:preferredClaim", claim),
                    w.one(thing, "gda:suggestedReading"),
                    claim,
                )


def commitments(w: World, lang: str) -> Iterator[Row]:
    for kind in ("gda:Objective", "gda:Pledge"):
        for thing in w.all(kind):
            for pillar, source in product(w.each(thing, "gda:concernsPillar"), sources(w, thing)):
                yield row(
                    "id type name pillar confidence source",
                    w.one(thing, "dcterms:identifier"),
                    w.label(kind, lang, "rdfs:label"),
                    w.label(thing, lang),
                    w.one(pillar, "skos:notation"),
                    confidence(w, thing, lang),
                    source,
                )


def projects(w: World, lang: str) -> Iterator[Row]:
    for project in w.all("schema:Project"):
        yield row(
            "id name began note actor organization",
            w.one(project, "dcterms:identifier"),
            w.label(project, lang),
            w.one(project, "schema:foundingDate"),
            w.one(project, "gda:dateNote"),
            joined(w.marked(project, "gda:actor", lang), "; "),
            joined(w.cells(project, "gda:actorOrganization", "skos:notation")),
        )


def of_pillar(w: World, things: list[str], pillar: str) -> list[str]:
    """Return those of `things` that concern the pillar; all if none is named."""
    return [one for one in things if not pillar or w.has(one, "gda:concernsPillar", pillar)]


def events(w: World, lang: str, pillar: str = "") -> Iterator[Row]:
    for event in of_pillar(w, w.all("schema:Event"), pillar):
        if begins := w.one(event, "schema:startDate"):
            yield row(
                "begins ends event place",
                begins,
                w.one(event, "schema:endDate"),
                w.label(event, lang),
                w.one(event, "schema:location"),
            )


def timeline(w: World, lang: str, pillar: str = "") -> Iterator[Row]:
    for kind, prop in (("schema:Event", "schema:startDate"), ("bibo:Document", "dcterms:issued")):
        things = [one for one in w.all(kind) if one not in w.all("gda:Source")]
        for thing in of_pillar(w, things, pillar):
            if date := w.dated(thing, prop):
                yield row(
                    "date type name mentions source",
                    date,
                    w.label(kind, lang, "rdfs:label"),
                    w.label(thing, lang) or chinese(w, thing),
                    joined(w.name(one, lang) for one in w.iris(thing, "schema:mentions")),
                    joined(sources(w, thing)),
                )


def chinese(w: World, thing: str) -> str:
    """Return the Chinese label that a source gives to what has no English one, marked so."""
    named = w.said(thing, "skos:prefLabel", "stated")
    (text,) = [t for t in named if not isinstance(t, str) and matches(t.language, "zh")]
    return f"[zh] {text.value}"


BODIES: Answers = {
    "area_names": (area_names, "number language rank name source"),
    "areas": (areas, "number"),
    "bodies": (bodies, "body"),
    "body_relations": (body_relations, "one relation other"),
    "claims": (claims, "property asOf"),  # values of two types have no order in SPARQL
    "commitments": (commitments, "id pillar source"),
    "contested_figures": (contested_figures, "id by source"),
    "cooperation": (cooperation, "to relation body"),
    "events": (events, "begins event"),
    "pillar_profile": (pillar_profile, "property value"),
    "pillars": (pillars, "pillar"),
    "projects": (projects, "id"),
    "timeline": (timeline, "date type name"),
}
