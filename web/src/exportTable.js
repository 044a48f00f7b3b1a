/** The table of the nodes that are shown, as csv. */
import { asCsv } from "./csv.js";
import { tableRows } from "./table.js";
import { word } from "./words.js";

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
  return asCsv([head, ...body]);
}

/** Returns the languages of the page and then those that only names have. */
function tagsOf(rows, tags) {
  return [...new Set([...tags, ...rows.flatMap(({ node }) => Object.keys(node.labels)).sort()])];
}
