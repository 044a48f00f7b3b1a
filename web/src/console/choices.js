/** What a parameter may be: the things of its kind that the graph has, asked of the server. */
import { ask, MEDIA } from "./asking.js";
import { readAnswer } from "./answer.js";
import { stringTerm } from "./terms.js";

/** How many things are offered at most; of a larger graph any other by its code. */
const MOST = 1500;

/** Returns the query for the things of a kind and what they are called. */
const listing = ({ classes, bases }, language) => `SELECT ?thing (MIN(?code) AS ?codes)
  (MIN(?label) AS ?labels) (MIN(?english) AS ?englishLabels) WHERE {
  { SELECT DISTINCT ?thing WHERE {
    VALUES ?class { ${classes.join(" ")} } ?thing a ?class
    FILTER(${bases.map((base) => `STRSTARTS(STR(?thing), ${stringTerm(base)})`).join(" || ")})
  } LIMIT ${MOST} }
  OPTIONAL { ?thing skos:notation|dcterms:identifier ?code }
  OPTIONAL { ?thing skos:prefLabel|dcterms:title ?label FILTER(LANGMATCHES(LANG(?label), ${stringTerm(language)})) }
  OPTIONAL { ?thing skos:prefLabel|dcterms:title ?english FILTER(LANGMATCHES(LANG(?english), "en")) }
} GROUP BY ?thing`;

const coded = (code) => `SELECT DISTINCT ?thing WHERE {
  ?thing dcterms:identifier|skos:notation ${stringTerm(code)} } LIMIT 2`;

/** Returns what lists things by kind and finds one by its code. */
export function createChoices(kinds) {
  const known = new Map();
  const everything = {
    classes: [...new Set(Object.values(kinds).flatMap(({ classes }) => classes))],
    bases: Object.values(kinds).flatMap(({ bases }) => bases),
  };
  const list = (kind, language) => {
    const key = `${kind} ${language}`;
    if (!known.has(key)) {
      const asked = things(listing(kinds[kind] ?? everything, language), language);
      asked.catch(() => known.delete(key));
      known.set(key, asked);
    }
    return known.get(key);
  };
  return { list, find: (code) => found(coded(code)) };
}

/** Returns the things that a query lists, by what they are called. */
async function things(query, language) {
  const rows = await rowsOf(query);
  const order = new Intl.Collator(language, { numeric: true });
  const all = rows.map(([thing, code, label, english]) => {
    const marked = english && language !== "en" ? `[en] ${english.value}` : english?.value;
    const [short, long] = [code?.value ?? "", label?.value ?? marked ?? ""];
    return { iri: thing.value, code: short, label: long === short ? "" : long };
  });
  return all.sort((one, other) => order.compare(one.code || one.label, other.code || other.label));
}

/** Returns the IRI of the one thing that a query finds, if it is one. */
async function found(query) {
  const rows = await rowsOf(query);
  return rows.length === 1 ? rows[0][0].value : undefined;
}

const rowsOf = async (query) => readAnswer(await ask(query, MEDIA.json)).rows;
