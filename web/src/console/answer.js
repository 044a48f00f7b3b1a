/** Answers as the page shows them: variables, and rows of RDF terms. */
import { MEDIA, Refusal } from "./asking.js";

const STRING = "http://www.w3.org/2001/XMLSchema#string";
const TERM =
  /\s*(?:<([^>]*)>|(_:[^\s]+)|"((?:[^"\\]|\\.)*)"(?:@([\p{L}\p{N}-]+)|\^\^<([^>]*)>)?)/uy;

/**
 * Returns the answer that the server gave: `kind` is "table", "yes" or "graph"; a row is a list
 * of terms as in the JSON results of SPARQL, undefined where a variable has no value.
 * Throws Refusal for what is no answer, or not the whole of one.
 */
export function readAnswer({ media, text }) {
  if (media === MEDIA.nt) return graph(text);
  try {
    return table(text);
  } catch {
    throw new Refusal("", { word: "noResults" });
  }
}

function table(text) {
  const { head, results, boolean } = JSON.parse(text);
  if (typeof boolean === "boolean") return { kind: "yes", variables: [], rows: [], boolean, text };
  const variables = head.vars;
  const rows = results.bindings.map((each) => variables.map((name) => each[name]));
  return { kind: "table", variables, rows, text };
}

function graph(text) {
  const rows = text.split("\n").filter((line) => line.trim()).map(statement);
  return { kind: "graph", variables: ["subject", "predicate", "object"], rows, text };
}

/** Returns the three terms of a line of N-Triples; the line itself where it is of another kind. */
function statement(line) {
  const terms = [];
  TERM.lastIndex = 0;
  for (let found; terms.length < 3 && (found = TERM.exec(line)); ) terms.push(term(found));
  return terms.length === 3 ? terms : [{ type: "literal", value: line }, undefined, undefined];
}

function term([, iri, blank, value, language, datatype]) {
  if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank.slice(2) };
  return { type: "literal", value: unescaped(value), "xml:lang": language, datatype };
}

const ESCAPED = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescaped(text) {
  return text.replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs, (_, four, eight, one) =>
    one === undefined ? String.fromCodePoint(parseInt(four ?? eight, 16)) : (ESCAPED[one] ?? one),
  );
}

const NUMBER = /#(integer|decimal|double|float|(unsigned|non|positive|negative)\w+|int|long|short|byte)$/;

/** Returns whether a term is a number. */
export const isNumber = (term) => NUMBER.test(term?.datatype ?? "") && Number.isFinite(Number(term.value));

/** Returns the datatype that is worth telling, if there is one. */
export function datatypeOf({ datatype, type }) {
  return type === "uri" || !datatype || datatype === STRING ? undefined : datatype;
}

/** Returns a term as one text. */
export function textOf(term) {
  if (term === undefined) return "";
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<<( ${[subject, predicate, object].map(textOf).join(" ")} )>>`;
  }
  return term.type === "bnode" ? `_:${term.value}` : term.value;
}
