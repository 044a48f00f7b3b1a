"""Second answers to the questions about how standards are tied to what is around them."""

from collections.abc import Iterator
from itertools import product

from second_path import Answers, Cell, Row, World, row
from second_path_standards import UNFINISHED, publishers


def aligned(w: World, lang: str) -> Iterator[Row]:
    """From the ties themselves; each must have its record."""
    for prop in ("gda:technicallyAlignedWith", "gda:adoptionOf"):
        for one in w.all("gda:Standard"):
            for other in w.iris(one, prop):
                (record,) = w.records(one, prop, other)
                yield row(
                    "standard relation other basis confidence",
                    w.one(one, "dcterms:identifier"),
                    w.label(prop, lang, "rdfs:label"),
                    w.one(other, "dcterms:identifier"),
                    w.one(record, "gda:basisNote"),
                    confidence(w, record, lang),
                )


def confidence(w: World, thing: str, lang: str) -> Cell:
    """Return the label of how far it can be relied on."""
    return w.label(w.each(thing, "gda:confidence")[0], lang)


def relations(w: World, lang: str, standard: str = "") -> Iterator[Row]:
    """Every record one end of which is a standard or an edition."""
    texts = {*w.all("gda:Standard", "gda:Edition")}
    for record in w.all("gda:Relation"):
        ends = product(w.iris(record, "gda:subject"), w.iris(record, "gda:object"))
        for (one, other), prop in product(ends, w.iris(record, "gda:property")):
            if not {one, other} & texts or (standard and standard not in (one, other)):
                continue
            yield row(
                "one relation other basis confidence",
                w.code(one) or w.full(one),
                w.label(prop, lang, "rdfs:label"),
                w.code(other) or w.full(other),
                w.one(record, "gda:basisNote"),
                confidence(w, record, lang),
            )


def references(w: World, lang: str, standard: str) -> Iterator[Row]:
    for prop in ("gda:normativelyReferences", "gda:informativelyReferences"):
        ties = [(standard, cited, cited) for cited in w.iris(standard, prop)]
        ties += [(citing, standard, citing) for citing in w.subjects(prop, standard)]
        for citing, cited, other in ties:
            yield row(
                "relation citing cited title",
                w.label(prop, lang, "rdfs:label"),
                w.one(citing, "dcterms:identifier"),
                w.one(cited, "dcterms:identifier"),
                w.label(other, lang),
            )


def required(w: World, lang: str, **asked: str) -> Iterator[Row]:
    start = asked["from"]
    for standard in w.closure(start, "gda:normativelyReferences") - {start}:
        yield row(
            "standard title body direct",
            w.one(standard, "dcterms:identifier"),
            w.label(standard, lang),
            publishers(w, standard),
            w.has(start, "gda:normativelyReferences", standard),
        )


def overlaps(w: World, lang: str) -> Iterator[Row]:
    """Pairs under one step number of one task, one way round."""
    steps = w.all("gda:TaskStep")
    for here, there in product(steps, steps):
        if any(w.objects(here, p) != w.objects(there, p) for p in ("gda:task", "gda:step")):
            continue
        (one,), (other,) = w.iris(here, "gda:usesStandard"), w.iris(there, "gda:usesStandard")
        codes = [str(w.one(end, "dcterms:identifier")) for end in (one, other)]
        if codes[0] >= codes[1] or aligned_or_joint(w, one, other):
            continue
        for area in {*w.iris(one, "gda:inArea")} & {*w.iris(other, "gda:inArea")}:
            (task,) = w.iris(here, "gda:task")
            yield row("task area standard other", w.label(task, lang), w.label(area, lang), *codes)


def aligned_or_joint(w: World, one: str, other: str) -> bool:
    """Return whether both come from one body, or are recorded as aligned or adopted."""
    props = ("gda:technicallyAlignedWith", "gda:adoptionOf")
    return bool({*w.iris(one, "dcterms:publisher")} & {*w.iris(other, "dcterms:publisher")}) or any(
        w.has(one, prop, other) or w.has(other, prop, one) for prop in props
    )


def tasks(w: World, lang: str) -> Iterator[Row]:
    for task in w.all("gda:Task"):
        serving = w.subjects("gda:supportsTask", task)
        bodies = {body for one in serving for body in w.iris(one, "dcterms:publisher")}
        yield row(
            "task name standards bodies",
            w.one(task, "skos:notation"),
            w.label(task, lang),
            len(serving),
            len(bodies),
        )


def ics_fields(w: World, lang: str, pillar: str = "") -> Iterator[Row]:
    for field in w.all("gda:IcsField"):
        under = w.closure(field, "skos:broader", back=True)
        found = {standard for one in under for standard in w.subjects("dcterms:subject", one)}
        found &= w.subjects("gda:supportsPillar", pillar) if pillar else found
        if found:
            yield row(
                "ics name standards bodies",
                w.one(field, "skos:notation"),
                w.label(field, lang),
                len(found),
                len({body for one in found for body in w.iris(one, "dcterms:publisher")}),
            )


def matrix(w: World, lang: str, kind: str, prop: str, publisher: str) -> Iterator[Row]:
    """Yield a row for each thing of a kind and body: what the body has of it by `prop`."""
    standards = w.all("gda:Standard")
    issuers = {body for one in standards for body in w.iris(one, "dcterms:publisher")}
    for thing, body in product(w.all(kind), sorted(issuers)):
        if publisher not in ("", body):
            continue
        published = w.subjects("dcterms:publisher", body)
        found = w.subjects(prop, thing) & published
        dates = [w.cells(one, "gda:currentEdition", "dcterms:issued") for one in found]
        yield {
            "pillar": w.one(thing, "skos:notation"),
            "number": w.one(thing, "gda:seedOrder"),
            "name": w.label(thing, lang),
            "body": w.one(body, "skos:notation"),
            "standards": len(found),
            "drafts": len([one for one in found if {*w.iris(one, "gda:stage")} & UNFINISHED]),
            "newest": max([str(date) for given in dates for date in given], default=""),
            "searched": len(published & {*standards}),
        }


def coverage(w: World, lang: str, publisher: str = "") -> Iterator[Row]:
    return matrix(w, lang, "gda:Pillar", "gda:supportsPillar", publisher)


def area_coverage(w: World, lang: str, publisher: str = "") -> Iterator[Row]:
    return matrix(w, lang, "gda:CooperationArea", "gda:inArea", publisher)


def committees_by_area(w: World, lang: str, area: str) -> Iterator[Row]:
    for graph, triples in w.graphs.items():
        for committee in w.all("org:OrganizationalUnit", "org:OrganizationalCollaboration"):
            if (committee, "gda:worksInArea", area) in triples:
                yield row(
                    "committee name statements",
                    w.one(committee, "skos:notation"),
                    w.label(committee, lang),
                    w.label(graph, lang, "dcterms:title"),
                )


#: from a group to what it stands under
UPWARDS = ("org:unitOf", "org:subOrganizationOf")


def committees_of_standard(w: World, lang: str, thing: str) -> Iterator[Row]:
    named = w.iris(thing, "gda:committee")
    for unit in {over for one in named for over in w.closure(one, *UPWARDS)}:
        under = w.closure(unit, *UPWARDS, back=True)
        others = {standard for one in under for standard in w.subjects("gda:committee", one)}
        yield row(
            "committee name direct others",
            w.one(unit, "skos:notation"),
            w.label(unit, lang),
            unit in named,
            len(others - {thing}),
        )


def sdg_contributions(w: World, lang: str, number: str = "") -> Iterator[Row]:
    """Nothing of the kind is recorded, so the answer is empty."""
    assert "gda:contributesTo" not in w.properties(), "data/ records contributions to goals"
    assert not w.subjects("gda:property", "gda:contributesTo"), "data/ records contributions"
    return iter(())


LINKS: Answers = {
    "aligned_standards": (aligned, "relation standard other"),
    "area_coverage": (area_coverage, "number -standards body"),
    "committees_by_area": (committees_by_area, "committee statements"),
    "committees_of_standard": (committees_of_standard, "-direct others committee"),
    "coverage": (coverage, "pillar -standards body"),
    "ics_fields": (ics_fields, "-standards ics"),
    "overlaps": (overlaps, "task area standard other"),
    "references": (references, "-relation citing cited"),
    "required_standards": (required, "-direct standard"),
    "sdg_contributions": (sdg_contributions, ""),
    "standard_relations": (relations, "relation one other basis"),
    "tasks": (tasks, "task"),
}
