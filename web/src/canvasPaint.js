/** Paints nodes and edges on our own canvas, of all only what is in view. */
import { outline } from "./canvasShapes.js";

const ARROW = 9;
/** From this scale on edges have heads. */
const HEADS_FROM = 0.5;
/** A path of more pieces takes longer than the sum of its parts. */
const PIECES = 400;

/** Returns the part of the plane that `camera` sees on a screen of `size`. */
export function boxInView(camera, { width, height }) {
  const [halfWidth, halfHeight] = [width / 2 / camera.scale, height / 2 / camera.scale];
  return {
    left: camera.x - halfWidth,
    right: camera.x + halfWidth,
    top: camera.y - halfHeight,
    bottom: camera.y + halfHeight,
  };
}

/** Paints the edges of a scene; returns how many. */
export function paintEdges(context, scene, camera, box) {
  const zero = camera.zero();
  const at = ({ x, y }) => ({ x: x * camera.scale + zero.x, y: y * camera.scale + zero.y });
  let painted = 0;
  for (const { colour, alpha, width, least, edges } of scene.edges) {
    context.lineWidth = Math.max(width * camera.scale, least);
    const seen = edges.filter((edge) => crosses(edge, box));
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    inPieces(context, seen, "stroke", (edge) => line(context, edge, at, camera.scale));
    context.fillStyle = colour;
    if (camera.scale >= HEADS_FROM) inPieces(context, seen, "fill", (edge) => head(context, edge, at, camera.scale));
    painted += seen.length;
  }
  context.globalAlpha = 1;
  return painted;
}

function crosses({ from, to }, { left, right, top, bottom }) {
  return !(
    (from.x < left && to.x < left) ||
    (from.x > right && to.x > right) ||
    (from.y < top && to.y < top) ||
    (from.y > bottom && to.y > bottom)
  );
}

/** Adds each item to a path and fills or strokes it, some hundred at a time. */
function inPieces(context, items, paint, add) {
  for (let start = 0; start < items.length; start += PIECES) {
    context.beginPath();
    for (let at = start; at < Math.min(start + PIECES, items.length); at += 1) add(items[at]);
    context[paint]();
  }
}

function line(context, { from, to }, at, scale) {
  const [start, end] = [at(from), at(to)];
  if (from === to) {
    const radius = from.size * scale;
    context.moveTo(start.x + 2 * radius, start.y - radius);
    context.arc(start.x + radius, start.y - radius, radius, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(start.x, start.y);
  context.lineTo(end.x, end.y);
}

/** Adds an arrow head whose tip touches the node that the edge leads to. */
function head(context, { from, to }, at, scale) {
  const [start, end] = [at(from), at(to)];
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  if (length < (to.size + ARROW) * scale) return;
  const [x, y] = [(end.x - start.x) / length, (end.y - start.y) / length];
  const tip = (to.size + 1) * scale;
  const back = tip + ARROW * scale;
  const side = ARROW * scale * 0.4;
  context.moveTo(end.x - x * tip, end.y - y * tip);
  context.lineTo(end.x - x * back - y * side, end.y - y * back + x * side);
  context.lineTo(end.x - x * back + y * side, end.y - y * back - x * side);
  context.closePath();
}

/** Paints those nodes of a scene that `isWanted`, of each group all at once; returns how many. */
export function paintNodes(context, scene, camera, isWanted, paper) {
  const thin = Math.min(1, 2.5 * camera.scale);
  let painted = 0;
  for (const { kind, alpha, nodes } of scene.nodes) {
    const seen = nodes.filter(isWanted);
    context.globalAlpha = alpha;
    paintGroup(context, kind, seen, camera, paper, kind.hollow ? 1.6 * thin : 0.6 * thin);
    painted += seen.length;
  }
  context.globalAlpha = 1;
  return painted;
}

/** Paints one node over all others, with the broad border of the selected one. */
export function paintSelected(context, node, kind, camera, paper) {
  paintGroup(context, kind, [node], camera, paper, 3);
}

/** Returns whether some of the node is in the box. */
export function touches({ x, y, size }, { left, right, top, bottom }) {
  return x + size > left && x - size < right && y + size > top && y - size < bottom;
}

/** Returns whether all of the node is in the box. */
export function lies({ x, y, size }, { left, right, top, bottom }) {
  return x - size > left && x + size < right && y - size > top && y + size < bottom;
}

/** Paints nodes of one kind; their borders are `width` wide, however near they are. */
function paintGroup(context, kind, nodes, camera, paper, width) {
  const { scale } = camera;
  const zero = camera.zero();
  const add = ({ x, y, size }) =>
    outline(context, kind.shape, x * scale + zero.x, y * scale + zero.y, size * scale);
  context.fillStyle = kind.hollow ? paper : kind.fill;
  context.strokeStyle = kind.hollow ? kind.fill : kind.border;
  context.lineWidth = width;
  inPieces(context, nodes, "fill", add);
  inPieces(context, nodes, "stroke", add);
}
