"""Search, lists of codes, and the network page of an answer; done in a worker."""

import base64
import contextlib
import json
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import gdakg
from gdakg import questions, search_forms
from gdakg.entries import CLASSES
from gdakg.errors import AnswerError, PageError, ParameterError, QueryError, SheetError
from gdakg.guard import sources
from gdakg.knowledge import KnowledgeGraph
from gdakg.lists import match_file
from gdakg.matching import Matcher
from gdakg.namespaces import BASE
from gdakg.naming import Name, names
from gdakg.pages.entry_sheet import Shown, full, kind_texts
from gdakg.pages.kinds import KINDS
from gdakg.pages.links import Texts
from gdakg.pages.sheet import said
from gdakg.searching import Hit
from gdakg.server import served
from gdakg.server.asked import given_once
from gdakg.server.forms import CSV, HTML
from gdakg.server.jobs import Limits, Reply, problem
from gdakg.server.served import place
from gdakg.server.surroundings import drawable

#: what narrows a search, in the order of the form
NARROWING: Final = ("kind", "body", "status", "pillar", "since")
#: hits at most, and if not said how many, for a program and on a page
MOST_HITS: Final = 1_000
USUAL_HITS: Final = 20
_ON_PAGE: Final = 100
#: more rows than this are not made into a view
_MOST_VIEWED: Final = 20_000
#: how the names of folders begin in which lists are matched
_FOLDER: Final = "gdakg-match-"
#: a longer text is cut; an index looks for 64 words of it at most
_LONGEST: Final = 2_000
_YEARS: Final = range(1800, 3000)


def search(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return what a search finds: a page, JSON or csv.

    `asked` has the `parameters` as pairs, the `media` type and the `language`.  Raises
    ParameterError, but for a page, which says it.
    """
    if asked["media"] != HTML:
        return _found(kg, asked)
    shown = dict.fromkeys(("q", *NARROWING), "") | dict(asked["parameters"])
    if not shown["q"].strip():
        return _search_page(asked, shown)
    try:
        given = _wanted(asked, _ON_PAGE)
        hits, is_all, near = _looked(kg, given, asked["language"])
    except ParameterError as error:
        return _search_page(asked, shown, wrong=str(error))
    stages = names(kg.engine, {f"{BASE}stage/{hit.stage}" for hit in hits if hit.stage})
    count = "{n} found" if is_all else "the first {n} found, more with a longer search"
    counted = said(count if hits else "Nothing found", n=f"{len(hits):,}")
    told = [_shown(hit, stages) for hit in hits]
    ways = [Shown(full(Name(hit.code, dict(hit.labels))), place(hit.iri)) for hit in near]
    return _search_page(asked, shown, hits=told, count=counted, near=ways)


def match(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return how codes stand: of `codes` JSON, of a `list` (csv in base64) the list with columns.

    The list is answered as `gdakg match` does, in `language`; `column` and `encoding` as there.
    """
    language = asked["language"]
    if "list" not in asked:
        found = _matcher(kg, language).matches(asked["codes"])
        return served.json_reply({"matches": [one._asdict() for one in found]})
    sent = base64.b64decode(asked["list"])
    try:
        written = _matched_list(kg, sent, language, asked.get("column"), asked.get("encoding"))
    except SheetError as error:
        return problem(400, str(error).replace("--column NAME", "column=NAME"))
    if len(written) > limits.bytes:
        return problem(422, f"the list with its columns has more than {limits.bytes:,} bytes")
    headers = {"Content-Disposition": 'attachment; filename="matched.csv"', **served.SAFE}
    return Reply(200, "text/csv; charset=utf-8", written, headers)


def view(kg: KnowledgeGraph, asked: dict[str, Any], limits: Limits) -> Reply:
    """Return the network page of what an answer names, as `gdakg query ... --view` writes it.

    `asked` has the `query`, or the `name` of a question with its `parameters` as pairs, and the
    `language`.  Raises QueryError, UnknownQuestionError, ParameterError.
    """
    heading: Texts | None = None
    if asked.get("name"):
        found = questions.question(asked["name"])
        heading = found.title
        answer = kg.query(found, **given_once(found, asked))
    else:
        if sources(asked["query"]) is not None:
            raise QueryError("a view is of the whole graph: FROM is not taken here")
        if questions.is_name(asked["query"]):
            raise QueryError("not SPARQL; a named question goes into name=")
        answer = kg.query(asked["query"])
    most = min(limits.rows, _MOST_VIEWED)
    if not isinstance(answer, bool) and len(answer) > most:
        return problem(422, f"the answer has {len(answer):,} rows, and of at most {most:,} a view "
                            "is made; view a part of it")  # fmt: skip
    try:
        net = gdakg.pages.network(
            drawable(kg, answer), things=answer, language=asked["language"], heading=heading
        )
    except (PageError, AnswerError) as error:
        return problem(422, str(error), title="Not to be drawn")
    page = served.network_html(net, lambda iri: place(iri))
    if len(page.encode("utf-8", "replace")) > limits.bytes:
        return problem(422, f"the page has more than {limits.bytes:,} bytes; view a part of it")
    return served.reply(page, ancestors="'self'")


def _matched_list(
    kg: KnowledgeGraph, sent: bytes, language: str, column: str | None, encoding: str | None
) -> bytes:
    """Return the list `sent` with our columns.  Raises SheetError, which calls it "list.csv"."""
    _tidy()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-") as folder:
        source, target = Path(folder) / "list.csv", Path(folder) / "matched.csv"
        source.write_bytes(sent)
        try:
            match_file(kg, source, target, column=column, encoding=encoding, language=language)
        except SheetError as error:
            raise SheetError(str(error).replace(f"{folder}/", "")) from error
        return target.read_bytes()


def _tidy() -> None:
    """Remove the folders of workers that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        pid = folder.name.removeprefix(_FOLDER).partition("-")[0]
        with contextlib.suppress(OSError):
            if pid.isdecimal() and folder.stat().st_uid == os.getuid() and not _is_alive(int(pid)):
                shutil.rmtree(folder)


def _is_alive(pid: int) -> bool:
    """Return whether there is a process of this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@lru_cache(maxsize=3)
def _matcher(kg: KnowledgeGraph, language: str) -> Matcher:
    return Matcher(kg, language)


def _found(kg: KnowledgeGraph, asked: dict[str, Any]) -> Reply:
    """Return hits for a program."""
    hits, is_all, near = _looked(kg, _wanted(asked), asked["language"])
    if asked["media"] == CSV.media:
        text = search_forms.written(hits, "csv", asked["language"], 80, {})
        return Reply(200, "text/csv; charset=utf-8", text.encode(), dict(served.SAFE))
    told = {
        "hits": _objects(hits, asked["language"]),
        "is_all": is_all,
        "searched": kg.index.entries,
        "near": _objects(near, asked["language"]),
    }
    return served.json_reply(told)


def _objects(hits: list[Hit], language: str) -> Any:
    return json.loads(search_forms.written(hits, "json", language, 80, {}))


def _wanted(asked: dict[str, Any], usual: int = USUAL_HITS) -> dict[str, Any]:
    """Return the parameters of a search by name, checked.  Raises ParameterError."""
    known = ("q", "limit", *NARROWING)
    given: dict[str, Any] = {}
    for name, value in asked["parameters"]:
        if name not in known:
            raise ParameterError(f"search has no parameter {name!r}; it takes {', '.join(known)}")
        if name in given:
            raise ParameterError(f"search: {name} is given twice")
        if value.strip():
            given[name] = value.strip()[:_LONGEST]
    if "q" not in given:
        raise ParameterError("search needs q: words in any of the languages, or a code")
    given["limit"] = _number(given, "limit", usual, range(1, MOST_HITS + 1))
    if "since" in given:
        given["since"] = _number(given, "since", 0, _YEARS)
    return given


def _number(given: dict[str, Any], name: str, usual: int, allowed: range) -> int:
    """Return the whole number that is given as `name`.  Raises ParameterError."""
    text = str(given.get(name, usual))
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) in allowed):
        low, high = allowed.start, allowed.stop - 1
        raise ParameterError(
            f"search: {name} takes a whole number from {low} to {high}, not {text[:40]!r}"
        )
    return int(text)


def _looked(
    kg: KnowledgeGraph, given: dict[str, Any], language: str
) -> tuple[list[Hit], bool, list[Hit]]:
    """Return the hits, whether that is all, and what is near if there is none."""
    narrowed = {name: given[name] for name in NARROWING if name in given}
    limit = given["limit"]
    hits = kg.search(given["q"], limit=limit + 1, **narrowed)
    near = [] if hits else kg.index.near(given["q"], language)
    found = [hit for text in near for hit in kg.search(text, limit=1)]
    return hits[:limit], len(hits) <= limit, found


def _shown(hit: Hit, stages: dict[str, Name]) -> dict[str, Any]:
    """Return a hit as the page shows it."""
    stage = stages.get(f"{BASE}stage/{hit.stage}")
    known = hit.kind in KINDS or hit.kind == "task"
    return {
        "iri": hit.iri,
        "href": place(hit.iri),
        "code": hit.code,
        "title": hit.labels or {"": ""},
        "kind": kind_texts(hit.kind) if known else {"": hit.kind},
        "body": hit.body,
        "year": hit.year or "",
        "stage": stage.labels if stage else {"": hit.stage},
    }


def _search_page(
    asked: dict[str, Any],
    shown: dict[str, str],
    *,
    hits: list[dict[str, Any]] | None = None,
    count: Texts | None = None,
    near: list[Shown] | None = None,
    wrong: str = "",
) -> Reply:
    """Return the page of a search."""
    made = served.asking(
        "served_search.html.j2",
        title=said("Search in the graph"),
        description=said(
            "Standards, gaps, areas and more by words in any of the languages, or by codes."
        ),
        language=asked["language"],
        links=served.links("search.html"),
        asked=shown,
        kinds=[(kind, kind_texts(kind)) for kind in (*CLASSES, "edition")],
        hits=hits,
        count=count,
        near=near or [],
        problem=wrong,
    )
    return served.reply(made, 400 if wrong else 200)
