"""Nothing of the facts on bodies, pillars, areas, events, claims and sources was lost."""

import re
from typing import Any

from reading import (
    FACTS,
    LABELS,
    Facts,
    Row,
    check_common,
    check_dates,
    csv_rows,
    english,
    lost,
    needs_facts,
    of,
    pairs,
    published,
    rows,
    same,
)

pytestmark = needs_facts

# events, documents, projects, commitments, sources


def events() -> list[Facts]:
    return list(csv_rows("events.csv"))


EVENT = "schema:Event ; gda:confidence []"


def test_events() -> None:
    check_common(EVENT, events(), "events")
    names = {row for row in of(EVENT, "skos:prefLabel") if row[1].endswith("@en")}
    same(pairs(events(), "name_en", english, separators="\n"), names, "names of events")
    same(pairs(events(), "place", english), of(EVENT, "schema:location"), "places")
    same(pairs(events(), "pillar_no"), of(EVENT, "gda:concernsPillar/skos:notation"), "pillars")
    check_dates(events(), "start", EVENT, "schema:startDate")
    check_dates(events(), "end", EVENT, "schema:endDate")


def documents() -> list[Facts]:
    return list(csv_rows("documents.csv"))


DOCUMENT = "bibo:Document ; gda:confidence []"


def test_documents() -> None:
    check_common(DOCUMENT, documents(), "documents")
    check_dates(documents(), "date", DOCUMENT, "dcterms:issued")
    titles = {(key, title.split("@")[0]) for key, title in tagless(of(DOCUMENT, "dcterms:title"))}
    expected = {(d["id"], re.sub(r" \((seed|blog)\)$", "", d["title"])) for d in documents()}
    same({(key, title.split("@")[0]) for key, title in expected}, titles, "titles of documents")
    same(pairs(documents(), "type", english), of(DOCUMENT, "dcterms:type"), "types of documents")
    same(pairs(documents(), "issuers", english), of(DOCUMENT, "gda:actor"), "issuers")
    same(pairs(documents(), "url", separators="\n"), of(DOCUMENT, "foaf:page"), "addresses")
    same(pairs(documents(), "language"), of(DOCUMENT, "dcterms:language"), "languages")
    lost(pairs(documents(), "note", english, separators="\n"), of(DOCUMENT, "skos:note"), "notes")


def tagless(found: set[Row]) -> set[Row]:
    return {(key, re.sub("@[a-z-]+$", "", value)) for key, value in found}


def projects() -> list[Facts]:
    return list(csv_rows("projects.csv"))


def test_projects() -> None:
    kind = "schema:Project"
    check_common(kind, projects(), "projects")
    started = [{**p, "start": re.sub("-$", "", p["start"])} for p in projects()]
    check_dates(started, "start", kind, "schema:foundingDate")
    since = {
        (p["id"], english(f"since {p['start'][:-1]}")) for p in projects() if p["start"][-1:] == "-"
    }
    lost(since, of(kind, "gda:dateNote"), "projects that go on")
    english_names = pairs(projects(), "name_en", english)
    chinese = pairs(projects(), "name_zh", "{}@zh-hant".format)
    lost(english_names | chinese, of(kind, LABELS), "names of projects")
    expected = pairs(projects(), "what", english, separators="\n")
    same(expected, of(kind, "dcterms:description"), "what projects do")
    same(pairs(projects(), "actors", english, separators=";,"), of(kind, "gda:actor"), "actors")
    found = of(kind, "dcterms:references/dcterms:identifier")
    same(pairs(projects(), "documents"), found, "documents of projects")


def test_pledges_of_cop31() -> None:
    facts = [{**row, "id": f"COP31-{row['id']}"} for row in csv_rows("pledges_cop31.csv")]
    check_common("gda:Pledge", facts, "pledges")
    expected = pairs(facts, "pledge_short", english, separators="\n")
    same(expected, published(of("gda:Pledge", "skos:prefLabel")), "wording of pledges")
    judged = rows(
        "SELECT ?id ?no { ?s a gda:Pledge ; dcterms:identifier ?id ."
        " GRAPH graph:judgements { ?s gda:concernsPillar ?p } ?p skos:notation ?no }"
    )
    same(pairs(facts, "pillar_no_inferred"), judged, "pillars of pledges, inferred")


def test_objectives_of_cop29() -> None:
    facts = [{**row, "id": f"COP29-{row['no']}"} for row in csv_rows("cop29_objectives.csv")]
    check_common("gda:Objective", facts, "objectives")
    known = [fact for fact in facts if fact["confidence"] != "none"]
    expected = pairs(known, "objective_short", english, separators="\n")
    same(expected, published(of("gda:Objective", "skos:prefLabel")), "wording of objectives")
    unread = {key for key, note in of("gda:Objective", "skos:note") if "not shown" in note}
    assert unread == {fact["id"] for fact in facts if fact["confidence"] == "none"}


def sources() -> list[Facts]:
    return [{"id": row["source_id"], **row} for row in csv_rows("sources.csv")]


#: remarks in titles of sources -> as the titles have them, in the language of each
REMARKS = {
    " (unofficial zh-Hans translation, 17 pp., PDF created 2023-12-04)": (
        "（非官方简体译本，17页，PDF创建于2023-12-04）"
    ),
    " (unofficial zh-Hant translation, 17 pp., PDF created 2023-12-04)": (
        "（非官方繁體譯本，17頁，PDF建立於2023-12-04）"
    ),
}
#: sources of what was added to the graph beside the facts
ADDED = {
    *("S-ICS", "S-RFC-REFS"),
    *(f"S-RELATON-{body}" for body in ("ETSI", "IEC", "IEEE", "ISO", "ITU")),
}


def of_sources(_: str, path: str) -> set[Row]:
    return {row for row in of("gda:Source", path) if row[0] not in ADDED}


def plain_title(title: str) -> str:
    """Return the title without whence the copy is, its remark in its own language."""
    for remark, said in REMARKS.items():
        title = title.replace(remark, said)
    return re.sub(r" \((seed|copy of .*)\)$", "", title)


def test_sources() -> None:
    kind = "gda:Source"

    same({(s["id"],) for s in sources()}, {(row[0],) for row in of_sources(kind, "a")}, "sources")
    pages = {row for row in pairs(sources(), "url", separators="\n") if row[1].startswith("http")}
    same(
        {(key, url.replace(" ", "%20")) for key, url in pages},
        of_sources(kind, "foaf:page"),
        "addresses",
    )
    dates = {
        **{"S-RELATON-ITU": "2026-08-22", "S-RELATON-ISO": "2025-06-02"},
        **{"S-RELATON-IEC": "2026-03-15", "S-RELATON-IEEE": "2025-08-31"},
        **{"S-RELATON-ETSI": "2026-05-01", "S-RFC-REFS": "2026-08-22"},
    }
    added = [{"id": code, "date": date} for code, date in dates.items()]
    check_dates([*sources(), *added], "date", kind, "dcterms:issued")
    same(
        pairs(sources(), "kind", english, separators="\n"),
        of_sources(kind, "dcterms:type"),
        "kinds of sources",
    )
    titles = {(s["id"], plain_title(s["title"])) for s in sources()}
    lost(titles, tagless(of_sources(kind, LABELS)), "titles of sources")
    copies = {
        (s["id"], match[1])
        for s in sources()
        if (match := re.search(r"\(copy of .*(https:.*)\)$", s["title"]))
    }
    same(copies, of_sources(kind, "dcterms:source"), "addresses of what was copied")
    without = {s["id"] for s in sources() if not s["url"].startswith("http")}
    noted = {key for key, _ in of_sources(kind, "skos:note")}
    assert without == noted, "each source without an address has a note that says so"


# the post of 2023


POST = '?post dcterms:identifier "DOC-08" . ?post'


def post() -> str:
    return (FACTS / "seed_post.zh-hant.md").read_text(encoding="utf-8")


def of_post(kind: str, path: str) -> set[str]:
    return {
        o for (o,) in rows(f"SELECT ?o {{ GRAPH graph:seed-post {{ ?s a {kind} ; {path} ?o }} }}")
    }


def test_videos_and_images_of_the_post() -> None:
    videos = set(re.findall(r"\{\{< youtube ([\w-]+) >\}\}", post()))
    assert videos == of_post("schema:VideoObject", "dcterms:identifier")
    addresses = {f"https://www.youtube.com/watch?v={video}" for video in videos}
    assert addresses == of_post("schema:VideoObject", "schema:url")
    images = set(re.findall(r"!\[[^\]]*\]\((\S+?)[ )]", post()))
    images |= set(re.findall(r"filename: (\S+)", post()))
    assert images == of_post("schema:ImageObject", "dcterms:identifier")


def test_captions_of_the_post() -> None:
    found = of_post("?kind", f"{LABELS}|skos:note|dcterms:title|dcterms:description")
    captions = {f"{caption}@zh-hant" for caption in re.findall(r"^> (.+)$", post(), re.M)}
    assert captions <= found, f"captions not in data/seed-post.ttl: {captions - found}"


def test_links_of_the_post() -> None:
    text = re.sub(r"!\[[^\]]*\]\(\S+\)", "", post())
    found = {link for (link,) in rows(f"SELECT ?o {{ {POST} dcterms:references ?o }}")}
    links = set(re.findall(r"\]\((https?://[^)]+)\)", text))
    assert len(links) >= 8
    assert links == {iri for iri in found if "w3id.org" not in iri}, "links of the post"
    pages = rows(f"SELECT ?page {{ {POST} dcterms:references/foaf:page ?page }}")
    for name in re.findall(r"\]\((Green_[^)]+\.pdf)\)", text):
        assert any(page.endswith(name) for (page,) in pages), f"no document for the link {name}"
    assert set(re.findall(r'\{\{< ref "(/project/[^"]+)" >\}\}', text)) == {
        "/project/prj-roadmap_GDAStandard"
    }
    projects = rows(f"SELECT ?name {{ {POST} dcterms:references/skos:prefLabel ?name }}")
    assert {("GDAStandard@en",), ("VisCEADs@en",)} <= projects


def test_tags_of_the_post() -> None:
    head = yaml_of_post()
    found = {
        o
        for (o,) in rows(
            "SELECT ?o { GRAPH graph:seed-post { ?s schema:keywords|skos:hiddenLabel ?o } }"
        )
    }
    expected = {f"{tag}@zh-hant" for tag in [*head["tags"], *head["categories"]]}
    assert expected <= found, f"tags not in data/seed-post.ttl: {expected - found}"


def yaml_of_post() -> dict[str, Any]:
    import yaml

    return dict(yaml.safe_load(post().split("---\n")[1]))


#: a figure, what it is of, and the words of the post around it
FIGURES = {
    ("DOC-02", "standards-identified", "近200項", "近200項 ITU/IEC/ISO/IEEE/IETF 相關標准列出"),
    ("IEC", "countries", "170 多個", "170 多個國家"),
    ("IEC", "experts", "20,000", "20,000 名專家"),
    ("ISO", "committees", "825", "825個技術委員會及分會"),
    ("ISO", "history-start", "1946", "始於1946年"),
    ("ISO", "members", "169", "169 個國家標准機構"),
    ("ISO", "standards", "2萬", "2萬則國際標准"),
    ("SPCG", "areas", "28", "一共28項合作領域"),
}


def test_figures_of_the_post() -> None:
    for _, _, figure, words in FIGURES:
        assert words in post(), f"{words!r} is no longer in the post"
        assert figure in words
    found = rows(
        "SELECT ?id ?p ?value ?words { GRAPH graph:seed-post {"
        " ?c gda:subject ?s ; gda:property ?p ; gda:value ?value ; skos:note ?words }"
        " ?s dcterms:identifier ?id }"
    )
    plain = {
        (a, p.rsplit("/")[-1], v.removesuffix("@zh-hant"), w.removesuffix("@zh-hant"))
        for a, p, v, w in found
    }
    same(FIGURES, plain, "figures of the post")
