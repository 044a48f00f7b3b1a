"""An invented graph of any size in our own terms, the same bytes for the same seed and size.

Its things lie under https://example.org/synthetic/ and its statements in a named graph that says
of itself that nothing in it is true.  `python benchmarks/generating.py 10000000 out.nq` writes one.
"""

import random
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from gdakg.namespaces import BASE, PREFIXES

PLACE: Final = "https://example.org/synthetic/"
SEED: Final = 2026

PILLARS: Final = 7
BODIES: Final = 40
COMMITTEES: Final = 800
STAGES: Final = ("published", "draft", "work-item", "withdrawn")
#: of titles; standards share their words as real ones do
_VOCABULARY: Final = (
    "energy efficiency data centre carbon footprint repair recycling climate adaptation network "
    "battery software sensor optical mobile cloud city water waste measurement method procedure "
    "requirement guideline vocabulary interface protocol quality safety security privacy audio "
    "video signal antenna cable vehicle health learning identity"
)
WORDS: Final = _VOCABULARY.split()


def quads(seed: int = SEED, count: int | None = None) -> Iterator[str]:
    """Yield the first `count` statements, all without end if None, as lines of N-Quads.

    Fewer of one seed are the beginning of more of it.

    >>> print(next(quads())[:44])
    <https://example.org/synthetic/graph/2026> <
    """
    graph = f"<{PLACE}graph/{seed}>"
    for subject, predicate, value in islice(_triples(seed, graph), count):
        yield f"{subject} {predicate} {value} {graph} .\n"


def _triples(seed: int, graph: str) -> Iterator[tuple[str, str, str]]:
    """Yield statements without end, each term in N-Triples."""
    yield graph, _A, _iri("void:Dataset")
    yield graph, _iri("dcterms:title"), '"Synthetic statements"@en'
    yield graph, _iri("rdfs:comment"), '"Invented to measure engines; nothing in it is true."@en'
    for number in range(1, PILLARS + 1):
        yield from _named(f"<{PLACE}pillar/{number}>", "gda:Pillar", str(number))
    for number in range(BODIES):
        yield from _named(f"<{PLACE}org/{number}>", "org:FormalOrganization", f"EX{number}")
    for number in range(COMMITTEES):
        committee = f"<{PLACE}committee/{number}>"
        yield from _named(committee, "org:OrganizationalUnit", f"EX TC {number}")
        yield committee, _iri("org:unitOf"), f"<{PLACE}org/{number % BODIES}>"
    chance = random.Random(seed).random  # the one method whose numbers Python promises to keep
    number = 0
    while True:
        number += 1
        yield from _standard(number, chance)


def _named(thing: str, kind: str, code: str) -> Iterator[tuple[str, str, str]]:
    yield thing, _A, _iri(kind)
    yield thing, _NOTATION, f'"{code}"'
    yield thing, _LABEL, f'"Invented thing {code}"@en'


def _standard(number: int, chance: Callable[[], float]) -> Iterator[tuple[str, str, str]]:
    """Yield a standard with one to three editions, each later one in the place of the former."""
    body = int(BODIES * chance() ** 2)  # few bodies publish most, as in ours
    standard, code = f"<{PLACE}std/{number}>", f"EX{body} {number}"
    title = " ".join(WORDS[int(len(WORDS) * chance())] for _ in range(6))
    yield standard, _A, _STANDARD
    yield standard, _IDENTIFIER, f'"{code}"'
    yield standard, _LABEL, f'"{title}"@en'
    yield standard, _PUBLISHER, f"<{PLACE}org/{body}>"
    committee = body + BODIES * int(COMMITTEES / BODIES * chance())
    yield standard, _COMMITTEE, f"<{PLACE}committee/{committee}>"
    yield standard, _STAGE, f"<{BASE}stage/{STAGES[int(len(STAGES) * chance() ** 3)]}>"
    if chance() < 0.3:
        yield standard, _PILLAR, f"<{PLACE}pillar/{1 + int(PILLARS * chance())}>"
    if number > 1 and chance() < 0.3:
        yield standard, _REFERENCES, f"<{PLACE}std/{1 + int((number - 1) * chance())}>"
    editions = 1 + int(3 * chance() ** 2)
    year = 1980 + int(30 * chance())
    former = ""
    for _ in range(editions):
        edition = f"<{PLACE}ed/{number}/{year}>"
        yield edition, _A, _EDITION
        yield edition, _IDENTIFIER, f'"{code}:{year}"'
        yield edition, _VERSION, standard
        yield edition, _ISSUED, f'"{year}-{1 + int(12 * chance()):02}"{_MONTH}'
        if former:
            yield edition, _REPLACES, former
        former = edition
        year += 1 + int(8 * chance())
    yield standard, _CURRENT, former


def _iri(name: str) -> str:
    """Return the IRI of a prefixed `name`, in N-Triples."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


_A: Final = _iri("rdf:type")
_LABEL: Final = _iri("skos:prefLabel")
_NOTATION: Final = _iri("skos:notation")
_IDENTIFIER: Final = _iri("dcterms:identifier")
_PUBLISHER: Final = _iri("dcterms:publisher")
_ISSUED: Final = _iri("dcterms:issued")
_VERSION: Final = _iri("dcterms:isVersionOf")
_REPLACES: Final = _iri("dcterms:replaces")
_REFERENCES: Final = _iri("gda:normativelyReferences")
_STANDARD: Final = _iri("gda:Standard")
_EDITION: Final = _iri("gda:Edition")
_COMMITTEE: Final = _iri("gda:committee")
_STAGE: Final = _iri("gda:stage")
_PILLAR: Final = _iri("gda:supportsPillar")
_CURRENT: Final = _iri("gda:currentEdition")
_MONTH: Final = "^^" + _iri("xsd:gYearMonth")


def write(path: Path, count: int, seed: int = SEED) -> None:
    """Write the first `count` statements of `seed` into the file at `path`."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(quads(seed, count))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
