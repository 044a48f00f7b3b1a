/** What vis-network knows of each node and edge; it is told anew only of those that alter. */
import { bright, brightEdges, visible } from "./focus.js";
import { canvasText } from "./labels.js";
import { nodeLook } from "./look.js";
import { fullName, plain, shorten } from "./names.js";

const DIM = 0.18;

/**
 * Returns `nodes` and `edges` for vis-network and `update()`, which brings both into step with
 * the state and colours of `view`; that has `visible` and `bright` (as focus.js has them) then.
 */
export function createStyles(view) {
  look(view);
  const nodes = createSet(view.data.nodes, (node) => styleOf(view, node), keyOf);
  const edges = createSet(view.data.edges, (edge, id) => edgeStyleOf(view, edge, id), edgeKeyOf);
  const update = () => {
    look(view);
    nodes.update();
    edges.update();
  };
  return { nodes: nodes.set, edges: edges.set, update };
}

/** Takes note of what is shown and what stands out now. */
function look(view) {
  const { data, state } = view;
  view.visible = visible(data, state);
  view.bright = bright(data, state);
  view.brightEdges = brightEdges(data, state);
}

function createSet(things, style, keyOf) {
  const first = things.map(style);
  const [set, keys] = [new vis.DataSet(first), first.map(keyOf)];
  const update = () => {
    const altered = things.map(style).filter((each, index) => {
      const [key, before] = [keyOf(each), keys[index]];
      keys[index] = key;
      return key !== before;
    });
    if (altered.length > 0) set.update(altered);
  };
  return { set, update };
}

/** Returns what vis-network needs to know of `node` now. */
function styleOf({ bright: lit, colours, data, state, visible: shown }, node) {
  return {
    id: node.id,
    label: canvasText(node, state.language),
    title: shorten(plain(fullName(node, state.language).slice(0, 400)), 160),
    x: node.x,
    y: node.y,
    size: node.size,
    hidden: !shown.has(node),
    opacity: lit === undefined || lit.has(node) ? 1 : DIM,
    ...nodeLook(data.kinds[node.kind], colours.paper),
  };
}

const keyOf = ({ label, title, hidden, opacity, color }) =>
  `${label}\n${title}\n${hidden}${opacity}${color.background}`;

/** Returns what vis-network needs to know of an edge now; its place among all is its name. */
function edgeStyleOf({ bright: lit, brightEdges: litEdges, colours, state }, edge, id) {
  const { from, to, judged } = edge;
  const isPath = state.path.length > 1;
  const isNear = isPath || from.id === state.selected || to.id === state.selected;
  const resting = lit ? colours.faintEdge : colours.edge;
  const standing = isNear ? colours.accent : colours.edge;
  const isLit = litEdges.has(edge);
  const color = isLit ? standing : resting;
  // A path leads across the whole picture, where a thin light line would not be seen.
  const opacity = !judged ? 1 : isPath && isLit ? 0.8 : colours.judged;
  const width = isLit && isNear ? (isPath ? 4 : 1.3) : 0.8;
  const style = { color, highlight: color, hover: color, inherit: false, opacity };
  return { id, from: from.id, to: to.id, color: style, width };
}

const edgeKeyOf = ({ color, width }) => `${color.color}${color.opacity} ${width}`;
