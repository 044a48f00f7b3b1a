"""Second answers to the questions that list standards and editions."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from second_path import Answers, Cell, Row, World, joined, row

UNFINISHED = {"stage/draft", "stage/work-item"}
#: editions up to this month had appeared when COP28 began
COP28 = "2023-11"


def publishers(w: World, standard: str) -> str:
    """Return the short names of who publishes it, in the way ISO/IEC is written."""
    codes = w.cells(standard, "dcterms:publisher", "skos:notation")
    return "/".join(sorted(map(str, codes), reverse=True))


def listed(w: World, standard: str, lang: str) -> Iterator[Row]:
    """Yield what most questions tell of a standard."""
    for edition in w.each(standard, "gda:currentEdition"):
        yield row(
            "standard title body edition issued status",
            w.one(standard, "dcterms:identifier"),
            w.label(standard, lang),
            publishers(w, standard),
            w.one(edition, "dcterms:identifier"),
            w.one(edition, "dcterms:issued") or w.one(standard, "dcterms:date"),
            stage(w, standard, lang),
        )


def lists(w: World, standards: Iterable[str], lang: str) -> Iterator[Row]:
    for standard in standards:
        yield from listed(w, standard, lang)


def stage(w: World, standard: str, lang: str) -> Cell:
    """Return the label of its one stage."""
    (found,) = w.iris(standard, "gda:stage")
    return w.label(found, lang)


def editions_of(w: World, standard: str) -> list[tuple[str, str]]:
    """Return (month, edition) of all editions of a standard, the earliest first."""
    versions = w.subjects("dcterms:isVersionOf", standard)
    return sorted((str(w.one(one, "dcterms:issued"))[:7], one) for one in versions)


def at_cop28(w: World, standard: str) -> str | None:
    """Return the latest edition dated up to COP28, by the dates of all editions we know."""
    early = [edition for month, edition in editions_of(w, standard) if month <= COP28]
    return early[-1] if early else None


def by_pillar(w: World, lang: str, pillar: str, publisher: str = "") -> Iterator[Row]:
    return lists(w, of_body(w, w.subjects("gda:supportsPillar", pillar), publisher), lang)


def by_area(w: World, lang: str, area: str, publisher: str = "") -> Iterator[Row]:
    return lists(w, of_body(w, w.subjects("gda:inArea", area), publisher), lang)


def of_body(w: World, standards: set[str], publisher: str) -> set[str]:
    """Return those of `standards` that the `publisher` gives out; all if none is named."""
    return standards & w.subjects("dcterms:publisher", publisher) if publisher else standards


def by_body(w: World, lang: str, publisher: str) -> Iterator[Row]:
    return lists(w, of_body(w, set(w.all("gda:Standard")), publisher), lang)


def by_committee(w: World, lang: str, committee: str) -> Iterator[Row]:
    for group in w.closure(committee, "org:unitOf", back=True):
        for found in lists(w, w.subjects("gda:committee", group), lang):
            yield {"group": w.one(group, "skos:notation")} | found


def by_keyword(w: World, lang: str, word: str) -> Iterator[Row]:
    for standard in w.all("gda:Standard"):
        keywords = w.cells(standard, "gda:topicKeyword")
        texts = [*keywords, *w.cells(standard, "skos:prefLabel")]
        if not any(word.lower() in str(text).lower() for text in texts):
            continue
        for tier in w.each(standard, "gda:tier"):
            yield row(
                "standard title keyword tier since status",
                w.one(standard, "dcterms:identifier"),
                w.label(standard, lang),
                joined(w.marked(standard, "gda:topicKeyword", lang)),
                w.label(tier, lang),
                since(w, standard),
                stage(w, standard, lang),
            )


def since(w: World, standard: str) -> Cell:
    """Return the month that is computed; an earlier edition of a catalogue may be no record."""
    computed = w.one(standard, "gda:firstKnownDate")
    months = [month for month, _ in editions_of(w, standard)]
    assert all(str(computed)[: len(month)] <= month for month in months), standard
    return computed


def for_task(w: World, lang: str, task: str) -> Iterator[Row]:
    """Of a joint text, that it is sold by one body counts."""
    for step in w.subjects("gda:task", task):
        (standard,) = w.iris(step, "gda:usesStandard")
        access = w.each(standard, "dcterms:publisher", "gda:usualAccess")
        told = w.iris(standard, "gda:provision")  # by its title
        for provision in told or w.each(standard, "dcterms:type", "gda:provision"):
            yield row(
                "step standard title provision access why",
                w.one(step, "gda:step"),
                w.one(standard, "dcterms:identifier"),
                w.label(standard, lang),
                w.label(provision, lang),
                w.label(access[-1], lang),
                w.label(step, lang, "skos:note"),
            )


def candidates(w: World, lang: str, gap: str) -> Iterator[Row]:
    return lists(w, w.iris(gap, "gda:candidateStandard"), lang)


def new_since_cop28(w: World, lang: str) -> Iterator[Row]:
    for standard in w.all("gda:Standard"):
        if w.iris(standard, "gda:currentEdition") and at_cop28(w, standard) is None:
            yield from listed(w, standard, lang)


def revised_since_cop28(w: World, lang: str) -> Iterator[Row]:
    for standard in w.all("gda:Standard"):
        then, now = at_cop28(w, standard), w.iris(standard, "gda:currentEdition")
        if then and now and now != [then]:
            yield row(
                "standard title atCOP28 current issued",
                w.one(standard, "dcterms:identifier"),
                w.label(standard, lang),
                w.one(then, "dcterms:identifier"),
                w.one(now[0], "dcterms:identifier"),
                w.one(now[0], "dcterms:issued"),
            )


def pipeline(w: World, lang: str) -> Iterator[Row]:
    """None of them has an edition."""
    for standard in w.all("gda:Standard"):
        if {*w.iris(standard, "gda:stage")} & {*UNFINISHED, "stage/in-publication"}:
            if w.subjects("dcterms:isVersionOf", standard):
                continue
            yield row(
                "standard title body date status nativeStatus",
                w.one(standard, "dcterms:identifier"),
                w.label(standard, lang),
                publishers(w, standard),
                w.one(standard, "dcterms:date"),
                stage(w, standard, lang),
                w.one(standard, "gda:nativeStatus"),
            )


def editions(w: World, lang: str, thing: str) -> Iterator[Row]:
    for _, edition in editions_of(w, thing) or ((None, None),):
        for last in successors(w, edition) if edition else [None]:
            yield row(
                "standard status nativeStatus edition issued current latest",
                w.one(thing, "dcterms:identifier"),
                stage(w, thing, lang),
                w.one(thing, "gda:nativeStatus"),
                w.one(edition, "dcterms:identifier"),
                w.one(edition, "dcterms:issued"),
                w.has(thing, "gda:currentEdition", edition) if edition else None,
                w.one(last, "dcterms:identifier"),
            )


def successors(w: World, edition: str) -> list[str | None]:
    """Return the ends of the chains that replaced `edition`, None alone if none did."""
    later = w.closure(edition, "dcterms:replaces", back=True) - {edition}
    return [one for one in sorted(later) if not w.subjects("dcterms:replaces", one)] or [None]


def replaced_editions(w: World, lang: str) -> Iterator[Row]:
    """There are no names in it, so the language is all the same."""
    for later in w.all("gda:Edition"):
        for earlier in w.iris(later, "dcterms:replaces"):
            yield row(
                "edition replacedBy issued",
                w.one(earlier, "dcterms:identifier"),
                w.one(later, "dcterms:identifier"),
                w.one(later, "dcterms:issued"),
            )


def identify(w: World, lang: str, code: str) -> Iterator[Row]:
    for kind in ("gda:Standard", "gda:Edition"):
        for thing in w.all(kind):
            standard = (w.iris(thing, "dcterms:isVersionOf") or [thing])[0]
            named = folded(str(w.one(thing, "dcterms:identifier")))
            before = map(folded, publishers(w, standard).split("/"))
            if folded(code) in {named, *(named.removeprefix(prefix) for prefix in before)}:
                yield row(
                    "id type title body iri",
                    w.one(thing, "dcterms:identifier"),
                    w.label(kind, lang, "rdfs:label"),
                    w.label(standard, lang),
                    publishers(w, standard),
                    f"<{thing}>",
                )


def folded(code: str) -> str:
    """Return the capitals and digits of `code`, whatever their width."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", code).upper())


def adoptions(w: World, lang: str, country: str) -> Iterator[Row]:
    """Nothing is recorded of any country, so the answer is empty."""
    terms = {"gda:country", "gda:adopted", "gda:adoptedAs", "gda:adoptionDegree"}
    assert not terms & w.properties(), "data/ records adoptions: answer them here"
    return iter(())


STANDARDS: Answers = {
    "adoptions": (adoptions, ""),
    "editions": (editions, "-issued edition latest"),
    "gap_candidates": (candidates, "body standard"),
    "identify": (identify, "id iri"),
    "new_since_cop28": (new_since_cop28, "-issued standard"),
    "pipeline": (pipeline, "body standard"),
    "replaced_editions": (replaced_editions, "-issued edition replacedBy"),
    "revised_since_cop28": (revised_since_cop28, "standard"),
    "standards_by_area": (by_area, "body standard"),
    "standards_by_body": (by_body, "standard"),
    "standards_by_committee": (by_committee, "group standard"),
    "standards_by_keyword": (by_keyword, "standard"),
    "standards_by_pillar": (by_pillar, "body standard"),
    "standards_for_task": (for_task, "step standard"),
}
