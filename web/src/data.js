/** Reads the data island of the page and joins nodes and edges for walking. */

/**
 * @typedef {object} Node
 * @property {string} id IRI
 * @property {string} kind
 * @property {string} [code] designation, such as "ITU-T L.1470"
 * @property {Object<string, string>} labels language tag → text
 * @property {[number, string][]} facts index into `properties`, value
 * @property {Relation[]} relations one for each end of an edge
 *
 * @typedef {object} Relation
 * @property {Node} node the one at the other end
 * @property {number} name index into `relations` of the data
 * @property {boolean} outgoing
 */

/** Returns the data, with `byId` and with whole IRI, labels, facts, relations on every node. */
export function readData() {
  const data = JSON.parse(document.getElementById("data").textContent);
  for (const node of data.nodes) {
    node.id = data.base + node.id;
    node.labels ??= {};
    node.facts ??= [];
    node.relations = [];
  }
  for (const [from, to, name] of data.edges) {
    const [source, target] = [data.nodes[from], data.nodes[to]];
    source.relations.push({ node: target, name, outgoing: true });
    target.relations.push({ node: source, name, outgoing: false });
  }
  data.byId = new Map(data.nodes.map((node) => [node.id, node]));
  return data;
}
