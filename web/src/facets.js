/** The filters by body, pillar and status. */

/**
 * Returns the nodes that the chosen values leave, undefined where none is chosen: those that
 * have a chosen value of each facet that speaks of their kind, and those directly related to
 * them that are of a kind no facet with a chosen value speaks of.
 */
export function filtered({ nodes, facets }, filters) {
  if (filters.size === 0) return undefined;
  const active = facets.filter(({ key }) => filters.has(key)).map((facet) => chosen(facet, filters));
  const found = new Set();
  for (const node of nodes) {
    const speaking = active.filter(({ kinds }) => kinds.has(node.kind));
    if (speaking.length > 0 && speaking.every(({ having }) => having.has(node))) found.add(node);
  }
  for (const node of [...found]) {
    for (const { node: other } of node.relations) {
      if (!active.some(({ kinds }) => kinds.has(other.kind))) found.add(other);
    }
  }
  return found;
}

/** Returns the nodes that have a chosen value of the facet, and the kinds it speaks of. */
function chosen({ key, values }, filters) {
  const kinds = new Set(values.flatMap(({ nodes }) => [...nodes].map(({ kind }) => kind)));
  const having = values.filter(({ id }) => filters.get(key).has(id)).flatMap(({ nodes }) => [...nodes]);
  return { kinds, having: new Set(having) };
}

/** Returns `filters` with the value `id` of the facet `key` chosen, or no longer. */
export function toggled(filters, key, id) {
  const ids = new Set(filters.get(key));
  if (!ids.delete(id)) ids.add(id);
  const altered = new Map(filters).set(key, ids);
  if (ids.size === 0) altered.delete(key);
  return altered;
}
