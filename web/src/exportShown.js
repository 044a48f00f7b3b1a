/** What all files that the page saves have in common: that which is shown, in words. */
import { visible } from "./focus.js";
import { textIn } from "./names.js";

/** Returns the `nodes` that are shown and the `edges` between them, in the order of the data. */
export function shown(data, state) {
  const seen = visible(data, state);
  return {
    nodes: data.nodes.filter((node) => seen.has(node)),
    edges: data.edges.filter(({ from, to }) => seen.has(from) && seen.has(to)),
  };
}

/** Returns the values of each property that `node` has: place among the properties → texts. */
export function factsOf(node, language) {
  const facts = new Map();
  for (const [property, value, address] of node.facts) {
    const text = textIn(value, language);
    const told = address && address !== text ? `${text} ${address}` : text;
    facts.set(property, [...(facts.get(property) ?? []), told]);
  }
  return facts;
}
