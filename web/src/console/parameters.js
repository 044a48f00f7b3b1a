/** The parameters of a named question: what a reader gives, put into the query as RDF terms. */
import { iriTerm, stringTerm } from "./terms.js";

const YEAR = "http://www.w3.org/2001/XMLSchema#gYear";

const matching = (pattern, write) => (text) => (pattern.test(text) ? write(text) : undefined);

/** Kind of parameter -> what makes a term of its text, undefined where it is none of the kind. */
const WRITERS = {
  text: stringTerm,
  language: (text) => stringTerm(text.toLowerCase()),
  integer: matching(/^[+-]?\d{1,9}$/, (text) => text),
  year: matching(/^[12]\d{3}$/, (text) => `${stringTerm(text)}^^<${YEAR}>`),
  country: matching(/^[A-Za-z]{2}$/, (text) => stringTerm(text.toUpperCase())),
  goal: matching(/^(1[0-7]|[1-9])(\.[0-9a-z]{1,2})?$/, stringTerm),
  code(text) {
    const folded = text.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "");
    return folded ? stringTerm(folded) : undefined;
  },
};

/** Returns whether a parameter of `kind` is a thing of the graph, given by its IRI. */
export const isThing = (kind) => !Object.hasOwn(WRITERS, kind);

/** Returns the term for `text` as a parameter of `kind`, undefined where it is none of the kind. */
export const termOf = (kind, text) => (isThing(kind) ? iriTerm(text) : WRITERS[kind](text));

/**
 * Returns the query of `question` with `values` in it, a text by name of parameter; the others
 * stay variables. `language` is that of titles and labels.
 */
export function filled(question, values, language, mark) {
  const terms = new Map();
  for (const { name, kind } of question.parameters) {
    const text = name === "lang" ? language : (values[name] ?? "");
    const term = text && termOf(kind, text);
    if (term) terms.set(`<${mark}${name}>`, term);
  }
  const marked = `<${mark}(\\w+)>`;
  const block = new RegExp(` VALUES \\([^)]*\\) \\{ \\(((?:${marked} ?)+)\\) \\}`, "g");
  const inBlocks = question.text.replace(block, (_, row) => {
    const given = row.split(" ").filter((each) => terms.has(each));
    const names = given.map((each) => `?${each.slice(mark.length + 1, -1)}`);
    const values = given.map((each) => terms.get(each));
    return given.length > 0 ? ` VALUES (${names.join(" ")}) { (${values.join(" ")}) }` : "";
  });
  return inBlocks.replace(new RegExp(marked, "g"), (each, name) => terms.get(each) ?? `?${name}`);
}
