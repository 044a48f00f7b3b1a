"""A small index of invented records, searched by tests."""

from gdakg.indexing import Entry
from gdakg.searching import Index

ROWS = [
    Entry("x:1", "standard", "EX 2", {"en": "Noise of fans"}, body="EX", stage="published"),
    Entry("x:2", "standard", "EX 10", {"en": "Noise of fans"}, body="EX/IEC", stage="withdrawn"),
    Entry("x:3", "standard", "EX 1", {"en": "Pumps"}, keywords=("noise", "fans"), year=2020),
    Entry("x:4", "standard", "EX 3", {"en": "Pumps"}, ("Fans of old, noise",), year=2019),
    Entry("x:5", "edition", "EX 2:2020", {"en": "Noise of fans"}, year=2020),
    Entry("x:6", "edition", "EX 2:2011", {"en": "Noise of fans"}, year=2011),
    Entry("x:7", "standard", "EX 20", {"en": "Heat", "fr": "Chaleur"}, pillars=("4",), year=2024),
    Entry("x:8", "gap", "", {"en": "Labelling of fan colours", "zh-Hant": "機房風扇"}),
]


def codes(index: Index, text: str, **narrowed: object) -> list[str]:
    """Return the numbers of what is found, best first."""
    return [hit.iri.removeprefix("x:") for hit in index.search(text, **narrowed)]  # type: ignore[arg-type]
