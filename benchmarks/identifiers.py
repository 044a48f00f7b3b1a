"""Read every designation of the catalogues; write how many could be read into results.md.

    python benchmarks/identifiers.py

The catalogues lie beside the project in ../shared/catalogues; without them it says so and
leaves results.md as it is.
"""

import gzip
import json
import time
from typing import Final, NamedTuple

from extracts import CATALOGUES, are_there
from sections import write_section

from gdakg.errors import DesignationError
from gdakg.identifiers import Designation, parse

#: the catalogues, those with a wanted share first
BODIES: Final = ("iso", "iec", "itu", "ietf", "rfcsubseries", "ieee", "etsi", "w3c", "3gpp")
MORE: Final = ("oasis", "ecma", "cie")
NAMES: Final = {"rfcsubseries": "IETF BCP, STD, FYI", "ietf": "IETF RFC"}
#: the share wanted, in hundredths of a percent
WANTED: Final = {
    **dict.fromkeys(("iso", "iec", "ITU-T", "ietf", "rfcsubseries", "etsi"), 99.5),
    **dict.fromkeys(("ieee", "w3c", "3gpp"), 95.0),
}
#: kinds of docids that are no designations
OTHER: Final = frozenset(("URN", "DOI", "ISBN"))


class Read(NamedTuple):
    """What reading the designations of one body gave."""

    body: str
    wanted: float | None
    given: int
    parsed: int
    again: int  #: of these, printed and read again as the same
    same: int  #: printed as the catalogue writes them
    seconds: float


def designations(name: str) -> list[str]:
    """Return all designations in the catalogue `name`, each once, in its order."""
    found: dict[str, None] = {}
    with gzip.open(CATALOGUES / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            found[record["id"]] = None
            found |= {doc["id"]: None for doc in record["docids"] if doc["type"] not in OTHER}
    return list(found)


def read(body: str, texts: list[str]) -> Read:
    """Return how many of `texts` are read, and how fast."""
    parse("ISO 1:2000")
    found: list[tuple[str, Designation]] = []
    began = time.process_time()
    for text in texts:
        try:
            found.append((text, parse(text)))
        except DesignationError:
            continue
    seconds = time.process_time() - began
    again = sum(parse(str(one)) == one for _, one in found)
    same = sum(str(one) == text for text, one in found)
    return Read(body, WANTED.get(body), len(texts), len(found), again, same, seconds)


def measured() -> list[Read]:
    """Return the figures of all catalogues, the sectors of ITU apart."""
    results = []
    for name in (*BODIES, *MORE):
        texts = designations(name)
        if name == "itu":
            results += [
                read(sector, [text for text in texts if text.startswith(sector)])
                for sector in ("ITU-T", "ITU-R")
            ]
        else:
            results.append(read(name, texts))
    return results


def section(results: list[Read]) -> list[str]:
    """Return the part of results.md about designations."""
    rows = [
        f"| {NAMES.get(one.body, one.body.upper())} | {one.given:,} | {one.parsed / one.given:.2%} "
        f"| {one.again / one.given:.2%} | {one.same / one.given:.2%} "
        f"| {f'{one.wanted} %' if one.wanted else '–'} | {one.given / one.seconds:,.0f} |"
        for one in results
    ]
    count, seconds = sum(one.given for one in results), sum(one.seconds for one in results)
    return [
        "## Designations of the catalogues",
        "",
        "By `benchmarks/identifiers.py`: every identifier and every other designation of the",
        "records (not URN, DOI, ISBN), each once. *Read*: `parse` gives a designation. *Again*:",
        "what is printed is read as the same designation. *As written*: the publisher's form, in",
        "which we print, is the catalogue's; not so where IEC writes `/AMD1` for ISO/IEC, IEEE `™`",
        "or no `Std`, 3GPP `R96` for `REL-96`. Wanted: *again* as in the column, 50,000 a second.",
        "",
        "| body | designations | read | again | as written | wanted | a CPU second |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        f"| all | {count:,} | | | | | {count / seconds:,.0f} |",
    ]


def main() -> None:
    """Write the table of designations into benchmarks/results.md and print it."""
    if are_there():
        write_section("identifiers", section(measured()))


if __name__ == "__main__":
    main()
