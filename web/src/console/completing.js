/** What may be typed next: keywords, variables, prefixes, the words of the ontology. */
import { syntaxTree } from "@codemirror/language";
import { fold } from "../fold.js";
import { textIn } from "../names.js";

/** How many completions are proposed at most. */
const MOST = 60;

const KEYWORDS = [
  ...["SELECT", "DISTINCT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "FILTER", "OPTIONAL", "UNION"],
  ...["MINUS", "GRAPH", "VALUES", "BIND", "AS", "EXISTS", "NOT EXISTS", "IN", "GROUP BY", "HAVING"],
  ...["ORDER BY", "ASC", "DESC", "LIMIT", "OFFSET", "PREFIX", "FROM", "FROM NAMED", "UNDEF", "REDUCED"],
];
const FUNCTIONS = [
  ...["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "STR", "LANG", "LANGMATCHES"],
  ...["DATATYPE", "BOUND", "IRI", "BNODE", "RAND", "ABS", "CEIL", "FLOOR", "ROUND", "CONCAT", "SUBSTR"],
  ...["STRLEN", "REPLACE", "UCASE", "LCASE", "CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "REGEX"],
  ...["STRAFTER", "YEAR", "MONTH", "DAY", "NOW", "COALESCE", "IF", "SAMETERM", "ISIRI", "ISBLANK"],
  ...["ISLITERAL", "ISNUMERIC", "STRLANG", "STRDT"],
];

/** Where nothing is proposed. */
const QUIET = /comment|string|meta/;

/** Returns what proposes completions, with labels in the language that `language()` gives. */
export function createCompleting({ terms, prefixes, words }, language) {
  const plain = [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...FUNCTIONS.map((label) => ({ label, type: "function", apply: `${label}(` })),
  ];
  const spaces = Object.entries(prefixes).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace" }));
  const known = terms.map((term) => ({
    term,
    text: fold([term.name, ...Object.values(term.labels)].join("\n")),
  }));
  const ofTerms = (wanted) => {
    const tag = language();
    return ranked(known, wanted).map(({ term }) => ({
      label: term.name,
      detail: `${words[tag][`${term.kind}Word`]} · ${textIn(term.labels, tag)}`,
      type: term.kind,
    }));
  };
  return (context) => propose(context, { plain, spaces, ofTerms });
}

function propose(context, { plain, spaces, ofTerms }) {
  if (QUIET.test(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
  const variable = context.matchBefore(/[?$][\p{L}\p{N}_]*/u);
  if (variable) return result(variable.from, variables(context, variable));
  const word = context.matchBefore(/[\p{L}\p{N}_][\p{L}\p{N}_.:-]*/u);
  if (!word && !context.explicit) return null;
  const wanted = fold(word?.text ?? "");
  const from = word?.from ?? context.pos;
  const line = context.state.doc.lineAt(from);
  const starts = ({ label }) => label.toLowerCase().startsWith(wanted);
  if (/\bPREFIX\s+$/i.test(line.text.slice(0, from - line.from))) {
    return result(from, spaces.filter(starts).map((each) => ({ ...each, apply: `${each.label} <${each.detail}>` })));
  }
  const words = wanted.includes(":") ? [] : [...plain.filter(starts), ...spaces.filter(starts)];
  return result(from, [...words, ...ofTerms(wanted)]);
}

const result = (from, options) => ({ from, options: options.slice(0, MOST), filter: false });

/** Returns the variables of the query that begin as what is typed does, once each. */
function variables({ state }, { from, text }) {
  const all = state.doc.toString();
  const others = all.slice(0, from) + all.slice(from + text.length);
  const found = new Set(others.match(/[?$][\p{L}\p{N}_]+/gu));
  const wanted = text.slice(1).toLowerCase();
  const fits = [...found].filter((each) => each.slice(1).toLowerCase().startsWith(wanted));
  return fits.sort().map((label) => ({ label, type: "variable" }));
}

/** Returns the terms that have all of `wanted`, those whose name begins so first. */
function ranked(known, wanted) {
  const rank = ({ term, text }) => {
    const name = term.name.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.split(":")[1].startsWith(wanted)) return 1;
    return text.includes(wanted) ? 2 : 3;
  };
  const pairs = known.map((each) => [rank(each), each]).filter(([place]) => place < 3);
  return pairs.sort(([one], [other]) => one - other).map(([, each]) => each);
}
