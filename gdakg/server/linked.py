"""Things by their IRIs, as pages and as RDF, and the pages above them; done in a worker."""

import functools
from typing import Any, Final
from urllib.parse import quote, unquote

import pyoxigraph as og

from gdakg.answers import Triples, solutions
from gdakg.description import describe_in
from gdakg.entries import Entry
from gdakg.knowledge import KnowledgeGraph
from gdakg.namespaces import BASE, PREFIXES, shorten
from gdakg.naming import Name, names
from gdakg.pages.entry_sheet import Shown, content, full, kind_texts, way_up
from gdakg.pages.kinds import OTHER
from gdakg.pages.links import Texts
from gdakg.pages.sheet import said, sheet
from gdakg.pages.wording import LANGUAGES
from gdakg.paths import folder
from gdakg.server import served
from gdakg.server.forms import GRAPHS, HTML, PAGE, Form, alternates, rdf, split
from gdakg.server.jobs import Limits, Reply, problem
from gdakg.server.served import HOME, Served, place
from gdakg.server.surroundings import is_mentioned, statements, surroundings
from gdakg.server.terms import terms_page

#: the forms of what is told of a thing
FORMS: Final = (PAGE, *GRAPHS)

_CLASSES: Final = "SELECT DISTINCT ?class WHERE { ?thing a ?class } ORDER BY ?class"
_ADDRESSES: Final = "SELECT ?source ?page WHERE { ?source a gda:Source ; foaf:page ?page }"
_ONTOLOGY: Final = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graph:ontology { ?s ?p ?o } }"

#: how many near matches are told of what is not known, and how much of its name is looked at
_NEAR: Final = 5
_LONGEST: Final = 200


def thing(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return what is asked of a thing: the way to its document, the document, or 404.

    `asked` has the `path` behind the top as it was sent, for "thing" with the `iri`; the `media`
    type of ours that the client likes best; the `language`, and `lang` if it is in the address.
    """
    path, form = split(asked["path"], FORMS)
    iri = asked["iri"] if path == "thing" else _meant(kg, path)
    if iri is None and form:  # what looks like a suffix may be the end of its name
        path, form = asked["path"], None
        iri = _meant(kg, path)
    if iri is None or not is_mentioned(kg, iri):
        return _not_found(kg, asked)
    return _document(kg, iri, form, asked, limits) if form else _see_other(iri, asked)


def ontology(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the ontology, or its shapes: for `path` "def" or "def/shapes", with or without suffix.

    IRIs of terms end in #, so the document is what they lead to: no 303.
    """
    path, form = split(asked["path"], FORMS)
    form = form or next(form for form in FORMS if form.media == asked["media"])
    name = path.rpartition("/")[2]
    headers = {
        "Content-Location": f"./{name}{form.suffix}",
        "Link": ", ".join(alternates(f"./{name}", FORMS, form.media)),
    }
    if path == "def/shapes":
        text = (folder("ontology") / "shapes.ttl").read_bytes()
        triples = [quad.triple for quad in og.parse(text, og.RdfFormat.TURTLE, base_iri=BASE)]
    else:
        found = kg.query(_ONTOLOGY)
        triples = found.triples if isinstance(found, Triples) else []
    if form.media == HTML:
        return served.reply(terms_page(triples, path, asked["language"]), 200, headers)
    return Reply(200, form.media, rdf(triples, form.media), headers | served.SAFE)


def page(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return a page of those above all others, or a file to take along, by its `path`."""
    makers = served.pages(kg).makers_of(asked["language"])
    path = asked["path"]
    if path not in makers:
        return problem(404, f"no such page; there are: {', '.join(makers)}")
    made = makers[path]()
    if path.endswith(".html"):
        return served.reply(made)
    media = {"ttl": "text/turtle", "nq": "application/n-quads", "jsonld": "application/ld+json"}
    kind = media.get(path.rpartition(".")[2], "text/csv; charset=utf-8")
    return Reply(200, kind, made.encode("utf-8", "replace"), dict(served.SAFE))


def _meant(kg: KnowledgeGraph, path: str) -> str | None:
    """Return the IRI that `path`, as it was sent, stands for, if the graph mentions one."""
    written = [HOME + path, HOME + unquote(path)]
    return next((iri for iri in written if is_mentioned(kg, iri)), None)


def _see_other(iri: str, asked: dict[str, Any]) -> Reply:
    """Return the way from a thing, which cannot be sent, to the document about it.

    By "Cool URIs for the Semantic Web", W3C 2008, section 4.2.
    """
    form = next(form for form in FORMS if form.media == asked["media"])
    up = way_up(asked["path"]) or "./"
    query = f"lang={quote(asked['lang'])}" if asked.get("lang") else ""
    target = up + place(iri, form.suffix)
    if query:
        target += ("&" if "?" in target else "?") + query
    ways = [f'<{up}{place(iri, PAGE.suffix)}>; rel="describedby"; type="{HTML}"']
    ways += alternates(up + place(iri, ""), GRAPHS)
    body = f"See {target}\n".encode()
    headers = {"Location": target, "Link": ", ".join(ways), **served.SAFE}
    return Reply(303, "text/plain; charset=utf-8", body, headers)


def _document(
    kg: KnowledgeGraph, iri: str, form: Form, asked: dict[str, Any], limits: Limits
) -> Reply:
    """Return the document about a thing."""
    up = way_up(asked["path"]) or "./"
    ways = [f'<{quote(iri, safe=served.PLAIN)}>; rel="describes"']
    ways += alternates(up + place(iri, ""), FORMS, form.media)
    if form.media == HTML:
        return served.reply(_page(kg, iri, asked), 200, {"Link": ", ".join(ways)})
    triples, left_out = statements(kg, iri)
    if len(triples) > limits.rows:
        return problem(
            422, f"{len(triples):,} statements, and at most {limits.rows:,} are sent; ask /sparql"
        )
    triples += list(_remarks(iri, form, left_out))
    written = rdf(triples, form.media)
    return Reply(200, form.media, written, {"Link": ", ".join(ways), **served.SAFE})


def _remarks(iri: str, form: Form, left_out: dict[str, int]) -> list[og.Triple]:
    """Return what a document says of itself where it does not tell all."""
    document = og.NamedNode(f"{iri}{form.suffix}")
    comment, topic = (og.NamedNode(PREFIXES[p] + n) for p, n in
                      (("rdfs", "comment"), ("foaf", "primaryTopic")))  # fmt: skip
    told = [
        og.Triple(document, comment, og.Literal(
            f"{n:,} statements of catalogues that end at this thing by <{prop}> are left out.",
            language="en"))
        for prop, n in sorted(left_out.items())
    ]  # fmt: skip
    return [og.Triple(document, topic, og.NamedNode(iri)), *told] if told else []


def _page(kg: KnowledgeGraph, iri: str, asked: dict[str, Any]) -> str:
    """Return the page of a thing, as in the site; of whatever the graph mentions."""
    near = surroundings(kg, iri)
    entries = near.entries if near else served.pages(kg).entries
    engine = near.engine if near else kg.engine
    entry = entries.by_iri.get(iri)
    kind: Texts | None = None
    if entry is None:
        entry = Entry(iri, OTHER, names(engine, [iri]).get(iri, Name("", {})))
        kind = _class(kg, iri)
    title = full(entry.name) if entry.name.code or entry.name.labels else {"": iri}
    path = asked["path"]
    site = Served(entries, _addresses(kg), way_up(path))
    told = content(site, entry, describe_in(engine, iri, LANGUAGES))
    kind = told["kind"] = kind or kind_texts(entry.kind)
    about = {tag: said("{kind}: {name}", kind=kind[tag], name=text)[tag]
             for tag, text in title.items() if tag in kind}  # fmt: skip
    return sheet(
        "served_thing.html.j2",
        title=title,
        description=about or title,
        language=asked["language"],
        links=served.links(path),
        styles=["site.css"],
        forms=[(site.prefix + place(iri, form.suffix), form.name) for form in GRAPHS],
        left_out=[(shorten(p), f"{n:,}") for p, n in sorted(near.left_out.items())] if near else [],
        **told,
    )


def _class(kg: KnowledgeGraph, iri: str) -> Texts | None:
    """Return what things like `iri` are called by the ontology."""
    found = solutions(kg.query(_CLASSES, thing=og.NamedNode(iri)))
    called = names(kg.engine, [row[0] for row in found if str(row[0]).startswith(HOME)])
    return next((full(name) for _, name in sorted(called.items()) if name.labels), None)


@functools.lru_cache(maxsize=2)
def _addresses(kg: KnowledgeGraph) -> dict[str, str]:
    """Return the addresses of sources that have one."""
    return {str(row[0]): str(row[1]) for row in solutions(kg.query(_ADDRESSES))}


def _not_found(kg: KnowledgeGraph, asked: dict[str, Any]) -> Reply:
    """Return that the graph says nothing of what was asked for, and what is near it."""
    path, form = split(asked["path"], FORMS)
    wanted = asked.get("iri") or HOME + unquote(path)
    near = near_things(kg, wanted.removeprefix(HOME))
    if asked["media"] != HTML and not (form and form.media == HTML):
        told = [{"iri": iri, "name": name.full("en")} for iri, name in near]
        shown = "; near: " + ", ".join(one["name"] for one in told) if told else ""
        return problem(404, f"the graph says nothing about <{wanted[:_LONGEST]}>{shown}", near=told)
    up = way_up(asked["path"])
    made = sheet(
        "served_missing.html.j2",
        title=said("Not found"),
        description=said("Not found"),
        language=asked["language"],
        links=served.links(asked["path"]),
        styles=["site.css", "served.css"],
        message=said("The graph says nothing of this:"),
        detail=wanted[:_LONGEST],
        near=[Shown(full(name), up + place(iri)) for iri, name in near],
    )
    return served.reply(made, 404)


def near_things(kg: KnowledgeGraph, local: str) -> list[tuple[str, Name]]:
    """Return things that may be meant by the end of an IRI, or by any other text."""
    parts = [part for part in local.split("/") if part]
    text = " ".join(parts[2:] if parts[:1] == ["id"] and len(parts) > 2 else parts[-2:])
    text = "".join(c for c in text[:_LONGEST] if c.isprintable()).strip()
    if not text:
        return []
    hits = kg.search(text, limit=_NEAR)
    if not hits:
        hits = [hit for near in kg.index.near(text) for hit in kg.search(near, limit=1)]
    return [(hit.iri, Name(hit.code, dict(hit.labels))) for hit in hits[:_NEAR]]
