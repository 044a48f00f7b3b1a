/** What is to be seen of the network, and what of it stands out, in a given state. */
import { filtered } from "./facets.js";
import { isOnPath, shortestPath } from "./path.js";

/** Returns the nodes that are drawn, in the order of the data. */
export function visible(data, state) {
  const passed = passing(data, state);
  const around = state.only && standing(data, state, passed);
  return around ? new Set([...passed].filter((node) => around.has(node))) : passed;
}

/** Returns the nodes that stand out, the others being dimmed; undefined where none does. */
export function bright(data, state) {
  return standing(data, state, passing(data, state));
}

/** Returns the edges that stand out: of the path, else those walked from the selected node. */
export function brightEdges(data, state) {
  const path = pathOf(data, state);
  if (path) return new Set(data.edges.filter((edge) => isOnPath(edge, path.steps ?? [])));
  const selected = data.byId.get(state.selected);
  if (!selected) return new Set();
  const distances = within(selected, state.depth, passing(data, state));
  const isWalked = ({ from, to }) =>
    Math.min(distances.get(from), distances.get(to)) < state.depth;
  return new Set(data.edges.filter(isWalked));
}

/** Returns the ends of the path and its `steps`, if there is one between them, if it is wanted. */
export function pathOf(data, state) {
  if (state.path.length < 2) return undefined;
  const [from, to] = state.path.map((id) => data.byId.get(id));
  return { from, to, steps: shortestPath(from, to, passing(data, state)) };
}

/**
 * Returns the nodes at most `depth` steps from `node`, with their distance, the nearest
 * first; relations are followed in both directions, through the nodes of `allowed` only.
 */
export function within(node, depth, allowed) {
  const distances = new Map([[node, 0]]);
  for (const [near, distance] of distances) {
    if (distance === depth) break;
    for (const { node: next } of near.relations) {
      if (!distances.has(next) && (!allowed || allowed.has(next))) distances.set(next, distance + 1);
    }
  }
  return distances;
}

/** Returns the nodes of kinds that are not hidden which the filters leave. */
function passing(data, { hidden, filters }) {
  const left = filtered(data, filters);
  return new Set(data.nodes.filter((node) => !hidden.has(node.kind) && (!left || left.has(node))));
}

function standing(data, state, passed) {
  const selected = data.byId.get(state.selected);
  const path = pathOf(data, state);
  if (path) {
    const nodes = path.steps?.map(({ node }) => node) ?? [path.from, path.to];
    return new Set(selected ? [...nodes, selected] : nodes);
  }
  return selected && new Set(within(selected, state.depth, passed).keys());
}
