/** The shortest way between two nodes. */

/**
 * Returns the shortest path as a list of its nodes, each but the first with the relation by
 * which it is reached: {node, name, outgoing}; undefined where there is none. Of several the
 * one whose relations come first in the data is taken; relations are followed in both
 * directions; all nodes of the path are among `allowed`.
 */
export function shortestPath(from, to, allowed) {
  if (!allowed.has(from) || !allowed.has(to)) return undefined;
  const steps = new Map([[from, { node: from }]]);
  for (const [near, step] of steps) {
    if (near === to) return stepsTo(step);
    for (const { node, name, outgoing } of near.relations) {
      if (steps.has(node) || !allowed.has(node)) continue;
      steps.set(node, { node, name, outgoing, before: step });
    }
  }
  return undefined;
}

function stepsTo(last) {
  const steps = [];
  for (let step = last; step; step = step.before) steps.unshift(step);
  return steps;
}

/** Returns whether `edge` is one of the `steps` of a path. */
export function isOnPath(edge, steps) {
  return steps.some(({ node, name, outgoing, before }) => {
    if (!before || edge.name !== name) return false;
    const [from, to] = outgoing ? [before.node, node] : [node, before.node];
    return edge.from === from && edge.to === to;
  });
}
