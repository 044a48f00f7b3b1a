/** Reads the data island of the page and joins nodes and edges for walking. */

/**
 * @typedef {object} Node
 * @property {string} id IRI
 * @property {string} kind
 * @property {string} [code] designation, such as "ITU-T L.1470"
 * @property {Object<string, string>} labels language tag → text
 * @property {[number, Object<string, string>][]} facts index into `properties`, value by language
 * @property {Relation[]} relations one for each end of an edge
 *
 * @typedef {object} Relation
 * @property {Node} node the one at the other end
 * @property {number} name index into `relations` of the data
 * @property {boolean} outgoing
 *
 * @typedef {object} Edge
 * @property {Node} from
 * @property {Node} to
 * @property {number} name index into `relations` of the data
 * @property {boolean} judged whether it is our judgement, which no source states
 */

/** Returns the data, with `byId`, whole edges, and IRI, labels, facts, relations on every node. */
export function readData() {
  const data = JSON.parse(document.getElementById("data").textContent);
  data.nodes = data.nodes.map((row) => nodeOf(data, row));
  data.judged = new Set(data.judged);
  data.edges = data.edges.flatMap((ends, name) => edgesOf(data, ends, name));
  for (const { from, to, name } of data.edges) {
    from.relations.push({ node: to, name, outgoing: true });
    to.relations.push({ node: from, name, outgoing: false });
  }
  data.byId = new Map(data.nodes.map((node) => [node.id, node]));
  return data;
}

/** Returns the node that stands in `row` without names. */
function nodeOf(data, [id, kind, x, y, size, code, labels, facts]) {
  return {
    id: data.base + id,
    kind,
    x,
    y,
    size,
    code: code || undefined,
    labels: Object.fromEntries(data.tags.map((tag, at) => [tag, labels[at]]).filter(([, l]) => l)),
    facts: facts.map(([name, value]) => [name, valueOf(data, value)]),
    relations: [],
  };
}

/** Returns a fact's value by language, "" for none; a number says where it stands. */
function valueOf(data, value) {
  return typeof value === "number" ? data.values[value] : { "": value };
}

/** Returns the edges of the relation `name`, whose `ends` are places of nodes: from, to, from … */
function edgesOf(data, ends, name) {
  const judged = data.judged.has(name);
  return Array.from({ length: ends.length / 2 }, (_, index) => {
    const [from, to] = ends.slice(2 * index, 2 * index + 2).map((place) => data.nodes[place]);
    return { from, to, name, judged };
  });
}
