"""The terms of the ontology, as the graph declares, uses and aligns them.

Labels, definitions, counts, examples and alignments all come out of the graph: nothing is
written here a second time.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as og

import gdakg
from gdakg import questions
from gdakg.answers import solutions
from gdakg.namespaces import GDA, GRAPH, PREFIXES, shorten
from gdakg.naming import Name, names
from gdakg.turtle import language_tag

LANGUAGES: Final = questions.LANGUAGES

#: the graphs that tell of terms; all but the first use them
DECLARING: Final = og.NamedNode(f"{GRAPH}ontology")
ALIGNING: Final = og.NamedNode(f"{GRAPH}alignments")

#: vocabularies that we only align with; the others have their prefix in `gdakg.namespaces`
OTHERS: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "fabio": "http://purl.org/spar/fabio/",
    "sto": "https://w3id.org/i40/sto#",
}

_OWL, _RDF, _RDFS, _SKOS = (PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "skos"))
_TYPE: Final = f"{_RDF}type"
#: what leads to a term of others, or to a page that names it
_ALIGNING: Final = re.compile(
    rf"{re.escape(_SKOS)}(exact|close|broad|narrow|related)Match|{re.escape(_RDFS)}seeAlso"
)
CONCEPT: Final = f"{_SKOS}Concept"

#: OWL's kind of term -> ours, in the order of the page
KINDS: Final = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "object",
    f"{_OWL}DatatypeProperty": "datatype",
    f"{_OWL}AnnotationProperty": "annotation",
}

#: axiom -> how the page calls it, from the term and, where it is another word, to the term
_AXIOMS: Final = {
    f"{_RDFS}subClassOf": ("above", "below"),
    f"{_RDFS}subPropertyOf": ("above", "below"),
    f"{_RDFS}domain": ("domain", None),
    f"{_RDFS}range": ("range", None),
    f"{_OWL}inverseOf": ("inverse", "inverse"),
    f"{_OWL}disjointWith": ("disjoint", "disjoint"),
}

_STATEMENTS: Final = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
_HEADER: Final = "SELECT ?s ?p ?o WHERE { ?s a owl:Ontology ; ?p ?o }"
_COMMENT: Final = re.compile(r"^\s*#.*$", re.MULTILINE)

Triple = tuple[og.NamedNode, og.NamedNode, og.NamedNode | og.Literal]
Texts = Mapping[str, str]  # by language
Facts = dict[str, dict[str, list[og.NamedNode | og.Literal]]]  # subject -> property -> objects


@dataclass(frozen=True, slots=True)
class Shown:
    """A thing or value as a reader sees it."""

    texts: Texts
    code: str  #: its IRI, shortened; of a literal, its datatype or language


@dataclass(frozen=True, slots=True)
class Match:
    """One alignment with a term of others."""

    predicate: str
    target: str
    notes: Texts
    subject: Shown | None = None  #: the concept that is aligned, where it is not the term itself


@dataclass(slots=True)
class Term:
    """One class or property."""

    iri: str
    kind: str  #: a value of `KINDS`
    labels: Texts
    definitions: Texts
    home: str  #: the IRI of its vocabulary
    traits: list[str]  #: such as "Symmetric"
    links: dict[str, list[str]] = field(default_factory=dict)  #: words of `_AXIOMS` -> IRIs
    uses: int = 0  #: triples, or things of the class
    inherited: int = 0  #: things of the classes below that are not said to be of this one
    #: of a property: the classes at both ends in the data, most frequent first; the end is a
    #: datatype for a literal, "" for an IRI without a class
    pairs: list[tuple[str, str]] = field(default_factory=list)
    example: tuple[Shown, Shown, Shown] | None = None
    matches: list[Match] = field(default_factory=list)
    asked: list[questions.Question] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The IRI, shortened."""
        return curie(self.iri)

    @property
    def ours(self) -> bool:
        """Whether the term is of this ontology."""
        return self.iri.startswith(GDA)

    @property
    def anchor(self) -> str:
        """Its place in the page: "Standard", "dcterms-issued"."""
        return self.iri.removeprefix(GDA) if self.ours else self.code.replace(":", "-")

    @property
    def is_class(self) -> bool:
        """Whether it is a class rather than a property."""
        return self.kind == "class"


def curie(iri: str) -> str:
    """Return `iri` with its prefix, also for the vocabularies that we only align with.

    >>> curie("https://w3id.org/i40/sto#Standard")
    'sto:Standard'
    """
    for prefix, namespace in OTHERS.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return shorten(iri)


def read(kg: gdakg.KnowledgeGraph) -> list[Term]:
    """Return all declared terms: ours first, then by vocabulary; classes before properties."""
    defining, data = _statements(kg)
    facts = _by_subject(defining)
    terms = {iri: _declared(iri, facts[iri]) for iri in facts if _kind(facts[iri])}
    _link(terms, facts)
    _count(kg, terms, data)
    _align(kg, terms, facts, data)
    _ask(terms.values())
    order = list(KINDS.values())
    return sorted(terms.values(), key=lambda t: (not t.ours, t.home, order.index(t.kind), t.iri))


def _statements(kg: gdakg.KnowledgeGraph) -> tuple[set[Triple], set[Triple]]:
    """Return the statements that tell of terms, and those that use them."""
    rows = solutions(kg.engine.evaluate(_STATEMENTS, {}))
    defining: set[Triple] = set()
    data: set[Triple] = set()
    for graph, *triple in rows.terms:
        if graph in (DECLARING, ALIGNING):
            defining.add(tuple(triple))  # type: ignore[arg-type]
        if graph != DECLARING:
            data.add(tuple(triple))  # type: ignore[arg-type]
    return defining, data


def _by_subject(triples: Iterable[Triple]) -> Facts:
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(triples, key=_order):
        facts[subject.value][predicate.value].append(value)
    return facts


def _order(triple: Triple) -> tuple[str, str, str]:
    return triple[0].value, triple[1].value, str(triple[2])


def _kind(facts: Mapping[str, list[og.NamedNode | og.Literal]]) -> str | None:
    kinds = {value.value for value in facts.get(_TYPE, [])}
    return next((name for iri, name in KINDS.items() if iri in kinds), None)


def _declared(iri: str, facts: Mapping[str, list[og.NamedNode | og.Literal]]) -> Term:
    """Return the term `iri` as it is declared."""
    types = [value.value for value in facts[_TYPE]]
    found = [re.fullmatch(rf"{re.escape(_OWL)}(\w+)Property", kind) for kind in types]
    traits = [m[1] for m in found if m and m[1] not in ("Object", "Datatype", "Annotation")]
    homes = facts.get(f"{_RDFS}isDefinedBy", [])
    return Term(
        iri=iri,
        kind=_kind(facts) or "",
        labels=_texts(facts.get(f"{_RDFS}label", [])),
        definitions=_texts(facts.get(f"{_SKOS}definition", [])),
        home=homes[0].value if homes else "",
        traits=sorted(traits),
    )


def _texts(values: Iterable[og.NamedNode | og.Literal]) -> dict[str, str]:
    """Return the texts among `values` by language."""
    return {
        language_tag(value.language): value.value
        for value in values
        if isinstance(value, og.Literal) and value.language
    }


def _link(terms: Mapping[str, Term], facts: Facts) -> None:
    """Tell each term which others it is above, below, inverse to and so on."""
    for iri, term in terms.items():
        for axiom, (forth, back) in _AXIOMS.items():
            for value in facts[iri].get(axiom, []):
                _add(term, forth, value.value)
                if back and value.value in terms:
                    _add(terms[value.value], back, iri)


def _add(term: Term, word: str, iri: str) -> None:
    listed = term.links.setdefault(word, [])
    if iri not in listed:
        listed.append(iri)
        listed.sort()


def _count(kg: gdakg.KnowledgeGraph, terms: Mapping[str, Term], data: set[Triple]) -> None:
    """Tell each term how often the data uses it, between what, and give its first use."""
    classes = _classes(terms, data)
    pairs: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    first: dict[str, Triple] = {}
    for triple in sorted(data, key=_order):
        subject, predicate, value = triple
        used = value.value if predicate.value == _TYPE else predicate.value
        if used not in terms:
            continue
        terms[used].uses += 1
        first.setdefault(used, triple)
        if not terms[used].is_class:
            pairs[used].update(_ends(classes, subject, value))
    called = names(kg.engine, _iris(first.values()))
    for iri, triple in first.items():
        terms[iri].example = _example(terms, triple, called)
        terms[iri].pairs = [pair for pair, _ in sorted(pairs[iri].items(), key=_frequent_first)]


def _classes(terms: Mapping[str, Term], data: Iterable[Triple]) -> dict[str, list[str]]:
    """Return the classes of each thing, and tell each class what the ones below it have."""
    classes: dict[str, list[str]] = defaultdict(list)
    for subject, predicate, value in data:
        if predicate.value == _TYPE and value.value in terms:
            classes[subject.value].append(value.value)
    for own in classes.values():
        for iri in _above(terms, own) - set(own):
            terms[iri].inherited += 1
    return classes


def _above(terms: Mapping[str, Term], iris: Iterable[str]) -> set[str]:
    """Return all terms above those of `iris`."""
    found: set[str] = set()
    new = set(iris)
    while new:
        new = {above for iri in new for above in terms[iri].links.get("above", [])} & terms.keys()
        new -= found
        found |= new
    return found


def _frequent_first(counted: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    pair, number = counted
    return -number, pair


def _ends(
    classes: Mapping[str, list[str]], subject: og.NamedNode, value: og.NamedNode | og.Literal
) -> Iterator[tuple[str, str]]:
    """Yield what the triple leads from and to: classes, or a datatype at its end."""
    if isinstance(value, og.Literal):
        ends = [value.datatype.value]
    else:
        ends = classes.get(value.value, [""])
    for kind in classes.get(subject.value, []):
        for end in ends:
            yield kind, end


def _iris(triples: Iterable[Triple]) -> set[str]:
    return {node.value for t in triples for node in t if isinstance(node, og.NamedNode)}


def _example(
    terms: Mapping[str, Term], triple: Triple, called: Mapping[str, Name]
) -> tuple[Shown, Shown, Shown]:
    """Return subject, predicate and object of `triple` as a reader sees them."""
    subject, predicate, value = triple
    return tuple(  # type: ignore[return-value]
        Shown(terms[node.value].labels, curie(node.value))
        if node.value in terms
        else _shown(node, called)
        for node in (subject, predicate, value)
    )


def _shown(node: og.NamedNode | og.Literal, called: Mapping[str, Name]) -> Shown:
    if isinstance(node, og.Literal):
        code = f"@{language_tag(node.language)}" if node.language else curie(node.datatype.value)
        return Shown(dict.fromkeys(LANGUAGES, node.value), code)
    name = called.get(node.value)
    texts = {language: name.full(language) for language in LANGUAGES} if name else {}
    return Shown(texts, curie(node.value))


def _align(
    kg: gdakg.KnowledgeGraph, terms: Mapping[str, Term], facts: Facts, data: set[Triple]
) -> None:
    """Tell each term its alignments, and each class those of its concepts."""
    aligned = {iri: found for iri in facts if (found := list(_matches(facts[iri])))}
    types = [t for t in data if t[1].value == _TYPE and t[0].value in aligned]
    classes = {subject.value: value.value for subject, _, value in sorted(types, key=_order)}
    called = names(kg.engine, aligned.keys() - terms.keys())
    for iri, matches in aligned.items():
        if iri in terms:
            terms[iri].matches += matches
        elif (kind := terms.get(classes.get(iri, ""))) is not None:
            subject = _shown(og.NamedNode(iri), called)
            kind.matches += [Match(m.predicate, m.target, m.notes, subject) for m in matches]


def _matches(facts: Mapping[str, list[og.NamedNode | og.Literal]]) -> Iterator[Match]:
    """Yield the alignments in `facts`, each with the notes that begin with its other term."""
    notes = [n for n in facts.get(f"{_SKOS}editorialNote", []) if isinstance(n, og.Literal)]
    for predicate, values in facts.items():
        if _ALIGNING.fullmatch(predicate):
            for target in values:
                head = re.compile(rf"{re.escape(curie(target.value))}(: |：)")
                found = [note for note in notes if head.match(note.value)]
                texts = {tag: head.sub("", text, 1) for tag, text in _texts(found).items()}
                yield Match(predicate, target.value, texts)


def _ask(terms: Iterable[Term]) -> None:
    """Tell each term which named questions use it."""
    asked = [questions.question(name) for name in questions.names()]
    words = {
        q.name: set(re.findall(r"[\w-]+:\w[\w.-]*\w|(?<=<)[^<>\s]+(?=>)", _body(q.text)))
        for q in asked
    }
    for term in terms:
        term.asked = [q for q in asked if words[q.name] & {term.code, term.iri}]


def _body(query: str) -> str:
    return _COMMENT.sub("", query)


def header(kg: gdakg.KnowledgeGraph) -> dict[str, Shown]:
    """Return what the ontology says of itself, by the local name of the property."""
    rows = solutions(kg.engine.evaluate(_HEADER, {}))
    facts = _by_subject(rows.terms)  # type: ignore[arg-type]
    told = facts[GDA.removesuffix("#")]
    return {
        re.split("[#/]", predicate)[-1]: Shown(_texts(values), values[0].value)
        for predicate, values in told.items()
    }
