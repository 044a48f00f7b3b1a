/** The network that is shown as GEXF 1.3 and as GraphML, for Gephi, networkx and others. */
import { DECLARATION, escaped, lines, markup, sayable } from "./exportMarkup.js";
import { factsOf, shown } from "./exportShown.js";
import { fullName, plain, textIn } from "./names.js";
import { word } from "./words.js";

/** What GEXF knows of shapes; to it a star, a hexagon and a dot are the same. */
const SHAPES = { square: "square", triangle: "triangle", triangleDown: "triangle", diamond: "diamond" };

/** What the formats or their readers mean something else by. */
const RESERVED = ["id", "label", "pid", "start", "end", "viz", "weight", "x", "y", "size", "r", "g", "b"];

/** Returns the shown network as GEXF 1.3. */
export function gexf(data, state) {
  const { columns, nodes, edges } = described(data, state);
  const space = "http://gexf.net/1.3";
  const attributes = columns.map(({ title }, id) => markup("attribute", { id, title, type: "string" }));
  const judged = markup("attribute", { id: "judged", title: "judged", type: "boolean" });
  const graph = markup(
    "graph",
    { mode: "static", defaultedgetype: "directed", idtype: "string" },
    "\n",
    markup("attributes", { class: "node" }, attributes),
    markup("attributes", { class: "edge" }, judged),
    "\n",
    markup("nodes", { count: nodes.length }, lines(nodes.map(gexfNode))),
    "\n",
    markup("edges", { count: edges.length }, lines(edges.map(gexfEdge))),
    "\n",
  );
  const heading = escaped(plain(textIn(data.heading, state.language)));
  const meta = markup("meta", {}, markup("creator", {}, "gdakg"), markup("description", {}, heading));
  const names = { xmlns: space, "xmlns:viz": `${space}/viz`, version: "1.3" };
  return `${DECLARATION}${markup("gexf", names, "\n", meta, "\n", graph, "\n")}\n`;
}

function gexfNode({ id, label, values, x, y, size, colour: [r, g, b], shape }) {
  const told = values.map(([column, value]) => markup("attvalue", { for: column, value }));
  return markup(
    "node",
    { id, label },
    markup("attvalues", {}, told),
    markup("viz:color", { r, g, b }),
    markup("viz:position", { x, y, z: 0 }),
    markup("viz:size", { value: size }),
    markup("viz:shape", { value: shape }),
  );
}

/** Returns the edge; without a kind of its own Gephi would take parallel edges for one. */
function gexfEdge({ id, source, target, label, kind, judged }) {
  const told = markup("attvalues", {}, markup("attvalue", { for: "judged", value: judged }));
  return markup("edge", { id, source, target, label, kind }, told);
}

/** Returns the shown network as GraphML; place, size and colour are named as Gephi reads them. */
export function graphml(data, state) {
  const { columns, nodes, edges } = described(data, state);
  const ofNodes = [
    ...["x", "y", "size"].map((name) => [name, "double"]),
    ...["r", "g", "b"].map((name) => [name, "int"]),
    ["label", "string"],
  ];
  // Gephi knows place, label and so on by the id of their key, networkx by its name.
  const keys = [
    ...ofNodes.map(([name, type]) => key("node", name, name, type)),
    ...columns.map(({ title }, index) => key("node", `n${index}`, title, "string")),
    ...["label", "kind"].map((name) => key("edge", `edge${name}`, name, "string")),
    key("edge", "edgejudged", "judged", "boolean"),
  ];
  const content = lines([...nodes.map(graphmlNode), ...edges.map(graphmlEdge)]);
  const graph = markup("graph", { edgedefault: "directed" }, content);
  const space = { xmlns: "http://graphml.graphdrawing.org/xmlns" };
  return `${DECLARATION}${markup("graphml", space, lines(keys), graph, "\n")}\n`;
}

function key(of, id, name, type) {
  return markup("key", { id, for: of, "attr.name": name, "attr.type": type });
}

function graphmlNode({ id, label, values, x, y, size, colour: [r, g, b] }) {
  const fixed = Object.entries({ x, y, size, r, g, b, label }).map(([name, value]) => said(name, value));
  return markup("node", { id }, fixed, values.map(([column, value]) => said(`n${column}`, value)));
}

function graphmlEdge({ id, source, target, label, kind, judged }) {
  const told = [said("edgelabel", label), said("edgekind", kind), said("edgejudged", judged)];
  return markup("edge", { id: `e${id}`, source, target }, told);
}

const said = (name, value) => markup("data", { key: name }, escaped(value));

/** Returns what is shown as both formats have it: `columns` of values, `nodes`, `edges`. */
function described(data, state) {
  const { nodes, edges } = shown(data, state);
  const columns = columnsOf(data, state, nodes);
  const unique = naming([]);
  const ids = new Map(nodes.map((node) => [node, unique(sayable(node.id))]));
  const kinds = kindsOfEdges(data, state);
  return {
    columns,
    nodes: nodes.map((node) => ({ id: ids.get(node), ...nodeOf(data, state, columns, node) })),
    edges: edges.map(({ from, to, name, judged }, id) => ({
      id,
      source: ids.get(from),
      target: ids.get(to),
      label: plain(textIn(data.relations[name], state.language)),
      kind: kinds[name],
      judged,
    })),
  };
}

function nodeOf(data, state, columns, node) {
  const look = data.kinds[node.kind];
  const values = columns.map(({ value }, column) => [column, value(node)]);
  return {
    label: plain(fullName(node, state.language)),
    values: values.filter(([, value]) => value),
    x: node.x,
    // On a screen y grows downwards, in Gephi upwards: without the minus all stands on its head.
    y: 0 - node.y,
    size: node.size,
    colour: look.fill.match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16)),
    shape: SHAPES[look.shape] ?? "disc",
  };
}

/** Returns the columns of the nodes' values, with titles of which no two are the same. */
function columnsOf(data, state, nodes) {
  const { language } = state;
  const unique = naming(RESERVED);
  const facts = new Map(nodes.map((node) => [node, factsOf(node, language)]));
  const tags = [...new Set(nodes.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const used = new Set([...facts.values()].flatMap((each) => [...each.keys()]));
  const properties = [...used].sort((one, other) => one - other);
  return [
    { title: unique("kind"), value: ({ kind }) => kind },
    { title: unique("code"), value: ({ code }) => code },
    { title: unique("iri"), value: ({ id }) => id },
    ...tags.map((tag) => ({ title: unique(`label ${tag}`), value: ({ labels }) => labels[tag] })),
    ...properties.map((property) => ({
      title: unique(plain(textIn(data.properties[property], language))),
      value: (node) => facts.get(node).get(property)?.join("; "),
    })),
  ];
}

/** Returns a name for each relation that no other has, as judged and stated ones share theirs. */
function kindsOfEdges(data, state) {
  const unique = naming([]);
  return data.relations.map((labels, name) => {
    const text = plain(textIn(labels, state.language));
    return unique(data.judged.has(name) ? `${text} (${word(data, state, "judged")})` : text);
  });
}

/** Returns a function that gives each text back, with a number where it was given before. */
function naming(reserved) {
  const taken = new Set(reserved);
  return (text) => {
    let name = text;
    for (let number = 2; taken.has(name); number += 1) name = `${text} (${number})`;
    taken.add(name);
    return name;
  };
}
