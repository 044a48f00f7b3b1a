"""How each kind of node looks, and what it is called.

The colours are Okabe and Ito's, which people with any colour vision tell apart; the
borders are darker shades of them that stand out against white paper too.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of node, as canvas and legend show it."""

    shape: str  #: one of vis-network's
    fill: str
    border: str
    names: Mapping[str, str]  #: one for each language of the page
    radius: float  #: of a node without relations
    hollow: bool = False  #: whether it is drawn as an outline in `fill`


def _names(en: str, hans: str, hant: str) -> dict[str, str]:
    return {"en": en, "zh-Hans": hans, "zh-Hant": hant}


OTHER: Final = "other"

#: in the order of the legend
KINDS: Final[dict[str, Kind]] = {
    "pillar": Kind("star", "#D55E00", "#9C4500", _names("Pillar", "支柱", "支柱"), 14),
    "area": Kind(
        "hexagon", "#009E73", "#007052", _names("Cooperation area", "合作领域", "合作領域"), 9
    ),
    "body": Kind("square", "#0072B2", "#004F7C", _names("Organization", "机构", "機構"), 10),
    "committee": Kind("triangle", "#E69F00", "#8F6300", _names("Committee", "委员会", "委員會"), 6),
    "gap": Kind("diamond", "#CC79A7", "#93436F", _names("Gap", "缺口", "缺口"), 7),
    "standard": Kind("dot", "#56B4E9", "#1F7CB0", _names("Standard", "标准", "標準"), 5),
    "edition": Kind("dot", "#56B4E9", "#1F7CB0", _names("Edition", "版次", "版次"), 4, hollow=True),
    "event": Kind("triangleDown", "#F0E442", "#857C00", _names("Event", "活动", "活動"), 7),
    "document": Kind(
        "square", "#D99500", "#8F6300", _names("Document", "文件", "文件"), 6, hollow=True
    ),
    "project": Kind(
        "hexagon", "#CC79A7", "#93436F", _names("Project", "项目", "專案"), 6, hollow=True
    ),
    OTHER: Kind("diamond", "#7F858C", "#5A6067", _names("Other", "其他", "其他"), 5, hollow=True),
}


def known(kind: str) -> str:
    """Return `kind`, or "other" for one that has no look of its own.

    >>> known("gap"), known("spaceship")
    ('gap', 'other')
    """
    return kind if kind in KINDS else OTHER


def size(kind: str, degree: int) -> float:
    """Return the radius of a node of `kind` with `degree` relations, up to 28.

    >>> size("standard", 0), size("standard", 4), size("body", 400)
    (5.0, 9.0, 28.0)
    """
    return min(28.0, round(KINDS[kind].radius + 2 * math.sqrt(degree), 1))
