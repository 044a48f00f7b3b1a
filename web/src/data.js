/** Reads the data island of the page and joins nodes and edges for walking. */

/**
 * @typedef {object} Node
 * @property {string} id IRI
 * @property {string} kind
 * @property {string} [code] designation, such as "ITU-T L.1470"
 * @property {Object<string, string>} labels language tag → text
 * @property {[number, Object<string, string>, string?][]} facts index into `properties`, value by
 *   language, the address that the value links to
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
 *
 * @typedef {object} Facet one way to sort nodes: by body, pillar or status
 * @property {string} key
 * @property {{id: string, code?: string, labels: Object<string, string>, nodes: Set<Node>}[]} values
 */

/** Returns the data, with `byId`, whole edges, facets, and IRI, labels, facts, relations on nodes. */
export function readData() {
  const data = JSON.parse(document.getElementById("data").textContent);
  data.nodes = data.groups.flatMap((group) => nodesOf(data, group));
  data.judged = new Set(data.judged);
  data.edges = data.edges.flatMap((ends, name) => edgesOf(data, ends, name));
  for (const { from, to, name } of data.edges) {
    from.relations.push({ node: to, name, outgoing: true });
    to.relations.push({ node: from, name, outgoing: false });
  }
  data.byId = new Map(data.nodes.map((node) => [node.id, node]));
  data.facets = data.facets.map((facet) => facetOf(data, facet));
  return data;
}

/** Returns the nodes of one kind, which stand in columns. */
function nodesOf(data, { kind, ids, codes, labels, x, y, size, status = [], facts }) {
  const [iris, designations] = [textsOf(ids), textsOf(codes)];
  const names = labels.map(textsOf);
  const nodes = x.map((_, at) => ({
    id: iris[at] ?? "",
    kind,
    x: x[at],
    y: y[at],
    size: size[at],
    code: designations[at],
    labels: Object.fromEntries(data.tags.map((tag, n) => [tag, names[n][at]]).filter(([, l]) => l)),
    status: status[at],
    facts: [],
    relations: [],
  }));
  for (const column of facts) addFacts(data, nodes, column);
  return nodes;
}

/** Returns the texts of a column by place; a number says what the next text shares or skips. */
function textsOf(column) {
  const texts = [];
  let [at, above, shared] = [0, "", 0];
  for (const each of column) {
    if (typeof each === "string") {
      above = above.slice(0, shared) + each;
      texts[at] = above;
      at += 1;
      shared = 0;
    } else if (each < 0) at -= each;
    else shared = each;
  }
  return texts;
}

/** Gives the nodes their facts of one property: texts, or places among the values of facts. */
function addFacts(data, nodes, { property, steps, texts, places }) {
  const values = places
    ? places.map((place) => [data.values[place], data.links[place]])
    : textsOf(texts).map((text) => [{ "": text }]);
  let at = steps ? 0 : -1;
  values.forEach((value, number) => {
    at += steps ? steps[number] : 1;
    nodes[at].facts.push([property, ...value]);
  });
}

/** Returns the edges of the relation `name`; `ends` are a step to the next start, an end, … */
function edgesOf(data, ends, name) {
  const judged = data.judged.has(name);
  let start = 0;
  return Array.from({ length: ends.length / 2 }, (_, index) => {
    start += ends[2 * index];
    return { from: data.nodes[start], to: data.nodes[ends[2 * index + 1]], name, judged };
  });
}

/** Returns the facet with its values in the order of their codes, then of their English labels. */
function facetOf(data, facet) {
  const values = facet.values ? statuses(data, facet.values) : others(data, new Set(facet.relations));
  const rank = ({ code, labels }) => code ?? labels.en ?? Object.values(labels)[0] ?? "";
  values.sort((one, other) => rank(one).localeCompare(rank(other), "en", { numeric: true }));
  return { key: facet.key, values };
}

/** Returns the things that edges of these `relations` lead to, each with those it is led to from. */
function others(data, relations) {
  const found = new Map();
  for (const { from, to, name } of data.edges) {
    if (!relations.has(name)) continue;
    if (!found.has(to)) found.set(to, new Set([to]));
    found.get(to).add(from);
  }
  return [...found].map(([{ id, code, labels }, nodes]) => ({ id, code, labels, nodes }));
}

/** Returns the statuses in `listed`, pairs of IRI and place among the values of facts. */
function statuses(data, listed) {
  return listed.map(([id, place], at) => {
    const nodes = data.nodes.filter(({ status }) => status === at);
    return { id, labels: data.values[place], nodes: new Set(nodes) };
  });
}
