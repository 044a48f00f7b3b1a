/** The table of the nodes that are shown as csv, as Excel, LibreOffice and Python read it. */
import { plain } from "./names.js";
import { tableRows } from "./table.js";
import { word } from "./words.js";

/** What makes a spreadsheet take a cell for a formula, in the wide forms of East Asia too. */
const FORMULA = /^[=+\-@＝＋－＠]/;
/** Without it Excel takes the text for one in the old encoding of the country. */
const BYTE_ORDER_MARK = "\ufeff";

/** Returns the table as csv (RFC 4180), one row to a node, with its names in all languages. */
export function csv(data, state) {
  const say = (key) => word(data, state, key);
  const rows = tableRows(data, state);
  const tags = tagsOf(rows, Object.keys(data.words));
  const names = tags.map((tag) => `${say("name")} (${tag})`);
  const head = [say("kind"), say("code"), ...names, "IRI", say("facts"), say("relations")];
  const body = rows.map(({ node, kind, code, iri, facts, relations }) => [
    kind,
    code,
    ...tags.map((tag) => node.labels[tag] ?? ""),
    iri,
    facts.map(([name, value]) => `${name}: ${value}`).join("; "),
    relations.map(([name, direction, other]) => `${direction} ${name}: ${other}`).join("; "),
  ]);
  return BYTE_ORDER_MARK + [head, ...body].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Returns the languages of the page and then those that only names have. */
function tagsOf(rows, tags) {
  return [...new Set([...tags, ...rows.flatMap(({ node }) => Object.keys(node.labels)).sort()])];
}

/** Returns a text as one cell: on one line, no formula, in quotes where it must be. */
function cell(text) {
  const line = plain(text);
  const inert = FORMULA.test(line) ? `'${line}` : line;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
