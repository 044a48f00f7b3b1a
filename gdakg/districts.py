"""Where each node of the whole graph is drawn: a district to a pillar, the bodies in the middle.

Places mean something and stay put.  Pillars follow each other clockwise by their numbers, around
the bodies with their committees.  In a district lie the pillar, the areas that serve it most, and
for each body that publishes there a disc of standards; the gaps have a disc of their own.  Room is
given in steps, and standards take places by a hash of their IRIs: one more moves few others.

A point is a complex number, x to the right and y downwards, in pixels at scale 1.
"""

import cmath
import itertools
import math
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gdakg.namespaces import GDA, PREFIXES
from gdakg.pages.kinds import size

if TYPE_CHECKING:
    import networkx

_PITCH: Final = 30.0  # between neighbours; a standard is up to 28 wide
_WIDE: Final = 58.0  # between areas, whose names are to be read
_HOLE: Final = 56.0  # between a body and its committees
_BETWEEN: Final = 16.0  # between discs
_STREET: Final = 24.0  # between districts
_STEP: Final = 20.0  # of radii and centres of districts
_FEW: Final = 5  # standards of a body: with less it has no disc of its own
_LEAST: Final = 7  # places of a disc
_ROUNDS: Final = 3  # of pushing nodes off each other
_FLAT: Final = 1.3  # screens are wider than high

_PUBLISHER: Final = PREFIXES["dcterms"] + "publisher"
_UNIT_OF: Final = PREFIXES["org"] + "unitOf"
_PILLARS: Final = (GDA + "supportsPillar", GDA + "concernsPillar")
_AREAS: Final = (GDA + "inArea", GDA + "concernsArea")
_AT_HOME: Final = frozenset({"pillar", "area", "gap", "standard"})


def districts(drawn: "networkx.MultiDiGraph") -> dict[str, tuple[float, float]]:
    """Return x and y of each node, around the middle of the bodies at (0, 0)."""
    known = _Known(drawn)
    around = [_district(known, home) for home in known.homes()]
    whole = _on_rays(_bodies(known), around, _STREET, flat=_FLAT)
    leaves = [leaf for centre, disc in whole for leaf in disc.leaves(centre)]
    fixed: dict[str, complex] = {}
    for centre, disc in leaves:
        fixed |= {iri: centre + at for iri, at in zip(disc.nodes, disc.places, strict=True)}
    placed = dict(fixed)
    for centre, disc in leaves:
        if known.kind[disc.nodes[0]] == "standard":
            placed |= _seated(known, disc, centre, fixed)
    radii = {iri: size(known.kind[iri], drawn.degree(iri)) for iri in sorted(placed)}
    apart = _apart({iri: placed[iri] for iri in radii}, radii)
    return {iri: (at.real, at.imag) for iri, at in apart.items()}


class _Known:
    """What places follow from: kinds, and the links to pillars, areas and bodies."""

    def __init__(self, drawn: "networkx.MultiDiGraph") -> None:
        self.kind: dict[str, str] = {iri: kind or "" for iri, kind in drawn.nodes(data="kind")}
        self.links: dict[str, dict[str, list[str]]] = {iri: {} for iri in drawn}
        for start, end, predicate in sorted(drawn.edges(data="predicate", default="")):
            self.links[start].setdefault(predicate, []).append(end)
        self.areas: dict[str, Counter[str]] = {iri: Counter() for iri in self.of("area")}
        for iri in self.kind:
            for area in self.ends(iri, *_AREAS):
                self.areas.get(area, Counter()).update(self.pillars(iri)[:1] or [""])
        #: the pillar of what stands in a district; "" for none
        self.home = {iri: self._home(iri) for iri, kind in self.kind.items() if kind in _AT_HOME}

    def of(self, kind: str) -> list[str]:
        """Return the nodes of this kind, sorted."""
        return sorted(iri for iri, each in self.kind.items() if each == kind)

    def ends(self, iri: str, *predicates: str) -> list[str]:
        """Return where links of `iri` with these predicates lead."""
        return [end for predicate in predicates for end in self.links[iri].get(predicate, [])]

    def pillars(self, iri: str) -> list[str]:
        """Return the pillars that a standard supports or a gap concerns."""
        return [end for end in self.ends(iri, *_PILLARS) if self.kind[end] == "pillar"]

    def homes(self) -> list[str]:
        """Return the pillars by their numbers, and "" if something has none."""
        pillars = sorted(self.of("pillar"), key=lambda iri: (len(iri), iri))
        return [*pillars, *([""] if "" in self.home.values() else [])]

    def _home(self, iri: str) -> str:
        if iri in self.areas:
            counted = self.areas[iri]
            return min(counted, key=lambda pillar: (-counted[pillar], pillar), default="")
        return iri if self.kind[iri] == "pillar" else next(iter(self.pillars(iri)), "")


@dataclass(eq=False)
class _Disc:
    """A round part of the picture, with nodes of its own or with smaller discs in it."""

    radius: float
    nodes: list[str] = field(default_factory=list)
    places: list[complex] = field(default_factory=list)  #: of the nodes, around the centre
    parts: list[tuple[complex, "_Disc"]] = field(default_factory=list)

    def leaves(self, centre: complex = 0) -> Iterator[tuple[complex, "_Disc"]]:
        """Yield the discs that have nodes, with their centres, if this one is at `centre`."""
        if self.nodes:
            yield centre, self
        for at, part in self.parts:
            yield from part.leaves(centre + at)


def _district(known: _Known, home: str) -> _Disc:
    """Return a pillar with its areas, a disc of standards for each body, and one of gaps."""
    mine = sorted(iri for iri in known.home if known.home[iri] == home)
    core = [iri for kind in ("pillar", "area") for iri in mine if known.kind[iri] == kind]
    published: dict[tuple[str, ...], list[str]] = {}
    for iri in mine:
        if known.kind[iri] == "standard":
            published.setdefault(tuple(known.ends(iri, _PUBLISHER)), []).append(iri)
    few = sorted(iri for group in published.values() if len(group) < _FEW for iri in group)
    petals = [group for _, group in sorted(published.items()) if len(group) >= _FEW]
    petals += [[iri for iri in mine if known.kind[iri] == "gap"]]
    discs = [_lattice(few, spare=True)] if published else []  # kept free where there is none today
    discs += [_lattice(petal, spare=True) for petal in petals if petal]
    return _enclosed(_on_rays(_lattice(core, _WIDE), discs, _BETWEEN))


def _bodies(known: _Known) -> _Disc:
    """Return the bodies that others belong to, around them those with committees or standards."""
    under: dict[str, list[str]] = {iri: [] for iri in known.of("body")}
    others = sorted(iri for iri in known.kind if known.kind[iri] not in {*_AT_HOME, "body"})
    for iri in [iri for iri in others if known.kind[iri] == "committee"]:
        body = _body_of(known, iri)
        if body in under:
            under[body].append(iri)
            others.remove(iri)
    counts = Counter(body for iri in known.of("standard") for body in known.ends(iri, _PUBLISHER))
    large = [iri for iri in under if under[iri] or counts[iri] >= _FEW]
    core: list[str] = []
    for iri in [iri for iri in under if iri not in large]:
        linked = {end for ends in known.links[iri].values() for end in ends}
        linked |= {each for each in under for ends in known.links[each].values() if iri in ends}
        (core if linked & {*under} else others).append(iri)
    discs = [_lattice([iri, *under[iri]], hole=_HOLE) for iri in large]
    discs += [_lattice(others)] if others else []
    return _enclosed(_on_rays(_lattice(core, _WIDE), discs, _BETWEEN))


def _body_of(known: _Known, committee: str) -> str:
    """Return the body that a committee belongs to, through the committees above it, or ""."""
    seen = {""}
    while committee not in seen and known.kind[committee] == "committee":
        seen.add(committee)
        committee = next(iter(known.ends(committee, _UNIT_OF)), "")
    return committee


def _lattice(
    nodes: list[str], pitch: float = _PITCH, *, hole: float = 0, spare: bool = False
) -> _Disc:
    """Return a disc with the nodes side by side, the first in the middle, in a `hole` if given.

    One with `spare` room seldom grows.
    """
    count = _room(len(nodes)) if spare else len(nodes)
    area = count + 2 / math.sqrt(3) * math.pi * (hole / pitch) ** 2
    radius = pitch * (math.sqrt(area * math.sqrt(3) / 2 / math.pi) + 0.25)
    rings = math.ceil(math.sqrt(area)) + 1
    sites = [
        complex(pitch * (column + row / 2), pitch * row * math.sqrt(3) / 2)
        for row in range(-rings, rings + 1)
        for column in range(-rings, rings + 1)
    ]
    # Rounded, so that places at the same distance go by their angles.
    sites.sort(key=lambda at: (round(abs(at), 3), round(cmath.phase(at), 3)))
    free = [at for at in sites if not 0 < abs(at) < hole]
    return _Disc(radius, nodes, free[: len(nodes)])


def _room(count: int) -> int:
    """Return the least step that is not below `count`; from 16 on each is an eighth more.

    >>> [_room(count) for count in (1, 9, 17, 100)]
    [7, 9, 18, 102]
    """
    room = _LEAST
    while room < count:
        room = max(room + 1, room * 9 // 8)
    return room


def _on_rays(
    core: _Disc, discs: Sequence[_Disc], gap: float, flat: float = 1
) -> list[tuple[complex, _Disc]]:
    """Return the `core` at 0 and the `discs` clockwise around it, at angles of equal steps.

    Each is as near as the core and the others allow.
    """
    count = len(discs)
    rays = [cmath.rect(1, 2 * math.pi * (number / count - 0.25)) for number in range(count)]
    away = [core.radius + gap + disc.radius for disc in discs]
    step = 5 + 5 * (count // 16)
    while True:
        centres = [
            far * complex(ray.real * flat, ray.imag) for far, ray in zip(away, rays, strict=True)
        ]
        tight = {
            number
            for pair in itertools.combinations(range(count), 2)
            for number in pair
            if abs(centres[pair[0]] - centres[pair[1]])
            < discs[pair[0]].radius + discs[pair[1]].radius + gap
        }
        if not tight:
            return [(0j, core), *zip(centres, discs, strict=True)]
        away = [far + step * (number in tight) for number, far in enumerate(away)]


def _enclosed(parts: list[tuple[complex, _Disc]]) -> _Disc:
    """Return about the least disc around `parts`.

    It goes by steps, so that little changes inside change nothing outside.
    """
    centre = 0j
    for turn in range(1, 400):
        far, _ = max(parts, key=lambda part: abs(part[0] - centre) + part[1].radius)
        centre += (far - centre) / (turn + 1)
    centre = complex(*(round(part / _STEP) * _STEP for part in (centre.real, centre.imag)))
    radius = max(abs(at - centre) + part.radius for at, part in parts)
    radius = math.ceil(radius / _STEP) * _STEP
    return _Disc(radius, parts=[(at - centre, part) for at, part in parts])


def _seated(
    known: _Known, disc: _Disc, centre: complex, fixed: Mapping[str, complex]
) -> dict[str, complex]:
    """Return places for the standards of a disc, each the free one nearest to where it would be.

    That is on the side of its areas.  They choose in the order of a hash of their IRIs.
    """
    free = [centre + at for at in disc.places]
    placed = {}
    for iri in sorted(disc.nodes, key=lambda iri: (_hash(iri), iri)):
        areas = [fixed[area] - centre for area in known.ends(iri, *_AREAS)]
        chance = _hash(iri)
        wish = cmath.rect(0.45 * math.sqrt(chance % 997 / 997), chance % 6283 / 1000)
        wish += sum(0.6 * area / (abs(area) or 1.0) / len(areas) for area in areas)
        far = [abs(centre + disc.radius * wish - at) for at in free]
        placed[iri] = free.pop(far.index(min(far)))
    return placed


def _hash(iri: str) -> int:
    """Return a number that is the same in every run."""
    return zlib.crc32(iri.encode("utf-8", "replace"))


def _apart(placed: dict[str, complex], radii: Mapping[str, float]) -> dict[str, complex]:
    """Return `placed` with smaller nodes pushed away that a large one beside them would cover."""
    large = [iri for iri in sorted(placed) if radii[iri] > _PITCH / 2]
    large.sort(key=lambda iri: -radii[iri])
    for _ in range(_ROUNDS):
        for iri in large:
            for other, at in placed.items():
                between = at - placed[iri]
                least = radii[iri] + radii[other] + 2
                if abs(between) < least and other != iri and radii[other] <= radii[iri]:
                    placed[other] = placed[iri] + between / (abs(between) or 1.0) * least
    return placed
