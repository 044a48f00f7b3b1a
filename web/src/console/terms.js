/** RDF terms: written into a query, and shown to a reader. */
import { element, linkOrText } from "../dom.js";
import { plain } from "../names.js";
import { datatypeOf, textOf } from "./answer.js";

/** How much of a text a cell shows; the raw answer and the saved one have all of it. */
const LONGEST = 1000;

/** Returns `iri` as SPARQL writes it, nothing where it is none. */
export const iriTerm = (iri) => (/^[a-z][\w+.-]*:[^\s<>"{}|\\^`]*$/i.test(iri) ? `<${iri}>` : undefined);

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Returns `text` as a string of SPARQL. */
export const stringTerm = (text) => `"${text.replace(/[\\"\n\r\t]/g, (each) => ESCAPES[each])}"`;

/** Returns what shows IRIs as people write them, and leads to the pages of ours. */
export function createTerms({ base, def, prefixes }) {
  const spaces = Object.entries(prefixes);
  const short = (iri) => {
    if (iri.startsWith(base)) return iri.slice(base.length);
    for (const [prefix, space] of spaces) {
      const local = iri.slice(space.length);
      if (iri.startsWith(space) && local && !/[/#?]/.test(local)) return `${prefix}:${local}`;
    }
    return iri;
  };
  const link = (iri) => {
    if (iri.startsWith(base)) return element("a", { href: `id/${iri.slice(base.length)}`, title: iri }, short(iri));
    if (iri.startsWith(`${def}#`)) return element("a", { href: `def${iri.slice(def.length)}`, title: iri }, short(iri));
    return linkOrText(cut(short(iri)), iri);
  };
  return { short, cell: (term) => cell(term, link, short) };
}

/** Returns what shows a term: a link, a text with its language, a value with its datatype. */
function cell(term, link, short) {
  if (term === undefined) return "";
  if (term.type === "uri") return link(term.value);
  const language = spelled(term["xml:lang"]);
  const datatype = datatypeOf(term);
  const text = element("bdi", { lang: language, title: datatype && short(datatype) }, cut(textOf(term)));
  return language ? element("span", {}, text, element("span", { class: "tag" }, `@${language}`)) : text;
}

/** Returns a language tag as people write it: the engine writes all of it small. */
function spelled(tag) {
  try {
    return tag && Intl.getCanonicalLocales(tag)[0];
  } catch {
    return tag;
  }
}

function cut(text) {
  const shown = plain(text);
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)} …` : shown;
}
