/** What our own canvas paints, sorted by look, so that one path serves all that look alike. */
import { bright, brightEdges, visible } from "./focus.js";

const DIM = 0.18;

/**
 * Returns what there is to paint in the present state: `visible`, `bright` (as focus.js has
 * them), `nodes`, groups of {kind, alpha, nodes}, and `edges`, groups of {colour, alpha, width,
 * least, edges}, both in the order of painting.
 */
export function createScene(data, state, colours) {
  const shown = visible(data, state);
  const lit = bright(data, state);
  return {
    visible: shown,
    bright: lit,
    nodes: nodeGroups(data, shown, lit),
    edges: edgeGroups(data, state, { shown, lit, colours }),
  };
}

/** Returns groups of nodes: the dimmed first, and of each the kinds of the legend from below. */
function nodeGroups(data, shown, lit) {
  const kinds = Object.keys(data.kinds).reverse();
  const group = (alpha) => new Map(kinds.map((kind) => [kind, { kind: data.kinds[kind], alpha, nodes: [] }]));
  const [dim, full] = [group(DIM), group(1)];
  for (const node of data.nodes) {
    if (!shown.has(node)) continue;
    const groups = lit === undefined || lit.has(node) ? full : dim;
    groups.get(node.kind).nodes.push(node);
  }
  return [...dim.values(), ...full.values()].filter(({ nodes }) => nodes.length > 0);
}

/** Returns groups of edges, those that stand out last; what is judged is lighter. */
function edgeGroups(data, state, { shown, lit, colours }) {
  const litEdges = brightEdges(data, state);
  const looks = [
    { colour: lit === undefined ? colours.edge : colours.faintEdge, width: 0.8, least: 0.12 },
    { colour: colours.edge, width: 0.8, least: 0.5 },
    { colour: colours.accent, width: 1.3, least: 1 },
  ];
  const groups = looks.flatMap((look) =>
    [colours.judged, 1].map((alpha) => ({ ...look, alpha, edges: [] })),
  );
  for (const edge of data.edges) {
    const { from, to, judged } = edge;
    if (!shown.has(from) || !shown.has(to)) continue;
    const isNear = state.path.length > 1 || from.id === state.selected || to.id === state.selected;
    const look = litEdges.has(edge) ? (isNear ? 2 : 1) : 0;
    groups[2 * look + (judged ? 0 : 1)].edges.push(edge);
  }
  return groups.filter(({ edges }) => edges.length > 0);
}
