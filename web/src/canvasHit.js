/** Finds the node at a point through a grid, so that a move of the pointer costs no walk. */

/** A grid has about this many nodes in a cell. */
const CROWD = 4;

/** Returns a function from a point and a reach, in the units of the nodes, to the nearest node. */
export function createHits(nodes) {
  const box = extent(nodes);
  const area = (box.right - box.left) * (box.bottom - box.top);
  const cell = Math.max(20, Math.sqrt((area * CROWD) / nodes.length));
  const largest = nodes.reduce((most, { size }) => Math.max(most, size), 0);
  const at = (value) => Math.floor(value / cell);
  const cells = new Map();
  for (const node of nodes) {
    const key = `${at(node.x)} ${at(node.y)}`;
    if (cells.has(key)) cells.get(key).push(node);
    else cells.set(key, [node]);
  }
  return (x, y, reach, isShown) => {
    const around = largest + reach;
    let [best, least] = [null, reach];
    for (let column = at(x - around); column <= at(x + around); column += 1) {
      for (let row = at(y - around); row <= at(y + around); row += 1) {
        for (const node of cells.get(`${column} ${row}`) ?? []) {
          const outside = Math.hypot(node.x - x, node.y - y) - node.size;
          if (outside <= least && isShown(node)) [best, least] = [node, outside];
        }
      }
    }
    return best;
  };
}

/** Returns the box around `nodes`, with their sizes; of none a point. */
export function extent(nodes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y, size } of nodes) {
    box.left = Math.min(box.left, x - size);
    box.top = Math.min(box.top, y - size);
    box.right = Math.max(box.right, x + size);
    box.bottom = Math.max(box.bottom, y + size);
  }
  return box.left === Infinity ? { left: 0, top: 0, right: 0, bottom: 0 } : box;
}
