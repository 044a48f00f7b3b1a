"""Catalogues into a store: each into a named graph of its own, with where it comes from.

An import replaces the graph of its own catalogue and the graph of what is computed from all of
them; every other graph stays as it is.
"""

import contextlib
import gc
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, cast

import pyoxigraph as og

from gdakg.deriving import Derivation
from gdakg.errors import StoreError
from gdakg.feeding import Feed
from gdakg.gathering import Account, Gathered, gather, lines
from gdakg.indexing import build_index
from gdakg.keeping import FOLDERS, NAMES, keep, kept
from gdakg.listing import listed
from gdakg.loading import load_bundled
from gdakg.namespaces import BASE, GDA, GRAPH, PREFIXES
from gdakg.ntriples import literal
from gdakg.paths import turtle_files
from gdakg.records import Broken, Concept, Record
from gdakg.searching import FILE
from gdakg.stores import Draft, next_generation

#: what is computed from all catalogues of a store
COMPUTED: Final = f"{GRAPH}catalogue-computed"

_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_DAY: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")

#: told the name of the catalogue, what is being done, how much of it is, from 0 to 1, and records
Progress = Callable[[str, str, float, int], object]


class Source(NamedTuple):
    """A catalogue to import."""

    name: str  #: as in `iso`; its graph ends in it
    items: Iterable[Record | Concept | Broken]  #: a reader, or any records
    path: str = ""  #: where it was read
    reader: str = ""  #: format and version of the reader
    snapshot: str = ""  #: the date of which the catalogue is, "" unknown
    licence: str = ""  #: address or words, "" unknown


class Outcome(NamedTuple):
    """What an import of one catalogue did."""

    name: str
    account: Account
    triples: int
    report: Path  #: csv of the records that are not stated as ones of their own, and why


def graph_of(name: str) -> str:
    """Return the IRI of the graph of the catalogue `name`."""
    return f"{GRAPH}catalogue/{name}"


def import_catalogues(
    path: str | os.PathLike[str],
    sources: Iterable[Source],
    progress: Progress = lambda *_: None,
) -> list[Outcome]:
    """Import `sources` into the store at `path`, and return what became of their records.

    Makes the store if there is none.  All or nothing: what fails or is interrupted leaves the
    store as it was.  Raises StoreError; ValueError for a name or a date that is none.
    """
    given = list(sources)
    check(given)
    with _collector_off(), next_generation(path) as draft:
        store = _begun(draft, {source.name for source in given})
        known = _known()
        outcomes = [_stated(store, draft, source, known, progress) for source in given]
        progress("", "indexing", 0.0, 0)
        derivation = Derivation()
        told = [derivation.passing(kept(draft.folder, name)) for name in _names(draft)]
        named = [kept(draft.folder, name, NAMES) for name in _names(draft)]
        build_index(listed(told, named), draft.folder / FILE)
        progress("", "computing", 0.0, 0)
        _compute(store, draft, derivation)
        draft.manifest["triples"] = _counted(draft)
        store.flush()
        del store
        name = f"g-{draft.folder.name.removeprefix('new-')}"
    return [
        outcome._replace(report=Path(path) / name / "reports" / outcome.report.name)
        for outcome in outcomes
    ]


@contextlib.contextmanager
def _collector_off() -> Iterator[None]:
    """Spare Python the search for cycles among millions of records, which have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check(sources: list[Source]) -> None:
    """Raise ValueError for a name or a date of a catalogue that is none."""
    names = [source.name for source in sources]
    for source in sources:
        if not _NAME.fullmatch(source.name):
            raise ValueError(
                f"no name for a catalogue: {source.name!r}; small letters, digits and hyphens, "
                "at most 40, as in iso"
            )
        if source.snapshot and not _DAY.fullmatch(source.snapshot):
            raise ValueError(f"no date: {source.snapshot!r}; YYYY-MM-DD, YYYY-MM or YYYY")
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"named twice: {', '.join(sorted(twice))}")


def _begun(draft: Draft, replaced: set[str]) -> og.Store:
    """Return the new engine's store with all of the old that stays."""
    old = draft.old
    bundle = _bundle()
    catalogues = dict(old["catalogues"]) if old else {}
    draft.manifest |= {
        "bundle": bundle,
        "gdakg": version("gdakg"),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "catalogues": {name: told for name, told in catalogues.items() if name not in replaced},
    }
    for folder in FOLDERS:
        (draft.folder / folder).mkdir()
        for name in draft.manifest["catalogues"]:
            _link(draft, f"{folder}/{name}")
    if old is None:
        store = og.Store(str(draft.graph))
    elif old["bundle"] == bundle and not replaced & set(catalogues):
        _engine(draft).backup(str(draft.graph))
        return og.Store(str(draft.graph))
    else:
        store = og.Store(str(draft.graph))
        _copy(_engine(draft), store, draft)
    bundled = load_bundled()
    store.bulk_extend(iter(bundled))
    draft.manifest["bundled_triples"] = len(bundled)
    return store


def _engine(draft: Draft) -> og.Store:
    """Return the engine's store of the valid generation."""
    assert draft.old_folder is not None
    try:
        return og.Store.read_only(str(draft.old_folder / "graph"))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{draft.old_folder}: damaged ({error}); import into a new one") from error


def _link(draft: Draft, stem: str) -> None:
    """Take over the files of a catalogue that stays."""
    assert draft.old_folder is not None
    for file in draft.old_folder.glob(f"{stem}.*"):
        shutil.copyfile(file, draft.folder / file.relative_to(draft.old_folder))


def _copy(old: og.Store, store: og.Store, draft: Draft) -> None:
    """Load the graphs of the catalogues that stay into the new store."""
    passing = draft.folder / "passing.nt"
    for name in draft.manifest["catalogues"]:
        graph = og.NamedNode(graph_of(name))
        old.dump(str(passing), format=og.RdfFormat.N_TRIPLES, from_graph=graph)
        store.bulk_load(path=str(passing), format=og.RdfFormat.N_TRIPLES, to_graph=graph)
    passing.unlink(missing_ok=True)


def _bundle() -> str:
    """Return what tells one bundled graph from another."""
    digest = hashlib.sha256()
    for path in turtle_files():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _known() -> dict[str, frozenset[str]]:
    """Return the things of which the bundled graph speaks, and what it calls each."""
    store = load_bundled()
    found: dict[str, set[str]] = {
        quad.subject.value: set()
        for quad in store.quads_for_pattern(None, _term("rdf", "type"), None, None)
        if isinstance(quad.subject, og.NamedNode)
    }
    for name in ("prefLabel", "altLabel", "notation"):
        for quad in store.quads_for_pattern(None, _term("skos", name), None, None):
            if isinstance(quad.subject, og.NamedNode) and quad.subject.value in found:
                found[quad.subject.value].add(str(getattr(quad.object, "value", "")))
    return {iri: frozenset(names) for iri, names in found.items()}


def _term(prefix: str, name: str) -> og.NamedNode:
    return og.NamedNode(PREFIXES[prefix] + name)


def _stated(
    store: og.Store,
    draft: Draft,
    source: Source,
    known: Mapping[str, frozenset[str]],
    progress: Progress,
) -> Outcome:
    """Load what one catalogue states, and keep what is told of it."""

    def told(read: int) -> None:
        progress(source.name, "reading", getattr(source.items, "share", 0.0), read)

    checksum = _checksum(Path(source.path)) if source.path else ""
    gathered = gather(source.items, told)
    account = gathered.account
    counted = getattr(source.items, "read", account.read)  # by the reader itself
    if not account.is_whole or counted != account.read:
        raise AssertionError(f"{source.name}: records are lost: {counted} were met; {account}")
    facts = {
        **account._asdict(),
        "source": Path(source.path).name,
        "checksum": checksum,
        "reader": source.reader,
        "snapshot": source.snapshot,
        "licence": source.licence,
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "remarks": dict(getattr(source.items, "remarks", {})),
    }
    feed = Feed(
        _all_lines(source.name, gathered, known, facts),
        lambda share: progress(source.name, "loading", share, account.read),
        sum(map(len, gathered.standards.values())) + len(gathered.concepts),
    )
    graph = og.NamedNode(graph_of(source.name))
    store.bulk_load(input=cast("IO[bytes]", feed), format=og.RdfFormat.N_TRIPLES, to_graph=graph)
    draft.manifest["catalogues"][source.name] = facts | {"triples": feed.count}
    report = keep(draft.folder, source.name, gathered)
    return Outcome(source.name, account, feed.count, report)


def _all_lines(
    name: str,
    gathered: Gathered,
    known: Mapping[str, frozenset[str]],
    facts: Mapping[str, Any],
) -> Iterator[str]:
    """Yield the description of the graph and all that the catalogue states."""
    yield from _description(name, facts)
    yield from lines(gathered, name, known)


def _description(name: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield whose word the graph of a catalogue is, and how it was read."""
    graph = f"<{graph_of(name)}>"
    origin = f"<{BASE}source/catalogue/{name}>"
    terms = PREFIXES["dcterms"]
    day = facts["snapshot"] or facts["imported_at"][:10]
    precision = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(day)]
    titles = {"en": f"Catalogue {name}", "zh-Hans": f"目录{name}", "zh-Hant": f"目錄{name}"}
    read = f"{facts['read']:,} records read from {facts['source'] or 'a reader'}"
    how = f"{read}, {facts['reader'] or 'given as records'}; sha256 {facts['checksum'] or 'none'}"
    yield f"{graph} <{PREFIXES['rdf']}type> <{PREFIXES['void']}Dataset> ."
    for tag, title in titles.items():
        yield f"{graph} <{terms}title> {literal(title, tag)} ."
    yield f'{graph} <{terms}issued> "{day}"^^<{PREFIXES["xsd"]}{precision}> .'
    yield f"{graph} <{terms}provenance> {literal(how, 'en')} ."
    yield f"{graph} <{GDA}statementKind> <{BASE}statement-kind/stated> ."
    yield f"{graph} <{PREFIXES['prov']}wasDerivedFrom> {origin} ."
    yield f"{origin} <{PREFIXES['rdf']}type> <{GDA}Source> ."
    yield f"{origin} <{terms}identifier> {literal(f'catalogue {name}')} ."
    yield f"{origin} <{PREFIXES['skos']}prefLabel> {literal(f'Catalogue {name}', 'en')} ."
    if licence := facts["licence"]:
        is_address = re.fullmatch(r'https?://[^\x00-\x20<>"{}|\\^`]+', licence)
        what = f"license> <{licence}>" if is_address else f"rights> {literal(licence)}"
        yield f"{graph} <{terms}{what} ."


def _names(draft: Draft) -> list[str]:
    """Return the names of the catalogues in the new generation."""
    return sorted(draft.manifest["catalogues"])


def _compute(store: og.Store, draft: Draft, derivation: Derivation) -> None:
    """Bring the graph of what follows from all catalogues up to date."""
    path = draft.folder / "computed.nt"
    before: set[str] = set()
    if draft.old_folder is not None and store.contains_named_graph(og.NamedNode(COMPUTED)):
        before = set((draft.old_folder / "computed.nt").read_text("utf-8").splitlines())
    now = set(_computed_description()) | set(derivation.lines(*_bundled_editions()))
    path.write_text("".join(f"{line}\n" for line in sorted(now)), encoding="utf-8")
    graph = og.NamedNode(COMPUTED)
    gone = "\n".join(before - now).encode()
    for triple in og.parse(gone, format=og.RdfFormat.N_TRIPLES):
        store.remove(og.Quad(triple.subject, triple.predicate, triple.object, graph))
    store.bulk_load(
        input="\n".join(now - before).encode(), format=og.RdfFormat.N_TRIPLES, to_graph=graph
    )
    draft.manifest["computed_triples"] = len(now)


def _bundled_editions() -> tuple[dict[str, dict[str, str]], frozenset[str]]:
    """Return the dates of the bundled editions by standard, and which are said to be current."""
    store = load_bundled()
    asked = f"""SELECT ?standard ?edition (STR(?date) AS ?issued) {{
      ?edition <{PREFIXES["dcterms"]}isVersionOf> ?standard .
      OPTIONAL {{ ?edition <{PREFIXES["dcterms"]}issued> ?date }} }}"""
    found: dict[str, dict[str, str]] = {}
    answer: Any = store.query(asked, use_default_graph_as_union=True)
    for standard, edition, issued in answer:
        found.setdefault(standard.value, {})[edition.value] = issued.value if issued else ""
    current = og.NamedNode(f"{GDA}currentEdition")
    return found, frozenset(
        f"{quad.subject} {quad.predicate} {quad.object} ."
        for quad in store.quads_for_pattern(None, current, None, None)
    )


def _computed_description() -> Iterator[str]:
    """Yield what the graph of what is computed says of itself."""
    graph = f"<{COMPUTED}>"
    titles = {
        "en": "Computed from the imported catalogues",
        "zh-Hans": "由导入的目录计算",
        "zh-Hant": "由匯入的目錄計算",
    }
    how = (
        "Which edition is current: the newest that no catalogue says is superseded, withdrawn, "
        "inactive, historic or retired. "
        "Where no catalogue of a standard states replacements, each edition replaces the one "
        "before it; not for 3GPP, whose releases stand side by side."
    )
    yield f"{graph} <{PREFIXES['rdf']}type> <{PREFIXES['void']}Dataset> ."
    for tag, title in titles.items():
        yield f"{graph} <{PREFIXES['dcterms']}title> {literal(title, tag)} ."
    yield f"{graph} <{PREFIXES['dcterms']}description> {literal(how, 'en')} ."
    yield f"{graph} <{GDA}statementKind> <{BASE}statement-kind/computed> ."


def _counted(draft: Draft) -> int:
    """Return how many statements the generation holds."""
    manifest = draft.manifest
    if "bundled_triples" not in manifest and draft.old:
        manifest["bundled_triples"] = draft.old["bundled_triples"]
    by_catalogue = (told["triples"] for told in manifest["catalogues"].values())
    return int(manifest["bundled_triples"] + manifest["computed_triples"] + sum(by_catalogue))


def _checksum(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder, that of its files, in the order of their names."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("[!.]*") if p.is_file())
    for file in files:
        if file != path:
            digest.update(f"{file.relative_to(path).as_posix()}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
