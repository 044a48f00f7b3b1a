/**
 * Chooses the labels that fit on the canvas and draws them, because vis-network draws all
 * of them, one over the other (its issue 1647). The first in order get the room.
 */
import { plain, shorten, shortName } from "./names.js";

const MOST = 200;
/** The smallest radius on the screen for a label; the first nodes have one in any case. */
const LEAST_RADIUS = 3.2;
const ALWAYS = 40;
const COLUMNS = 34;
const CELL = 48;
const MARGIN = 5;

/** Rectangles that are taken, found through the cells of a grid they lie in. */
class Room {
  cells = new Map();

  /** Takes the rectangle; returns whether it was free. */
  take(box) {
    const keys = keysOf(box);
    for (const key of keys) {
      if (this.cells.get(key)?.some((other) => overlap(box, other))) return false;
    }
    this.block(box, keys);
    return true;
  }

  /** Takes the rectangle, free or not. */
  block(box, keys = keysOf(box)) {
    for (const key of keys) {
      if (this.cells.has(key)) this.cells.get(key).push(box);
      else this.cells.set(key, [box]);
    }
  }
}

function keysOf(box) {
  const keys = [];
  for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
    for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) {
      keys.push(x * 100003 + y);
    }
  }
  return keys;
}

function overlap(one, other) {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

/** Returns the texts of all nodes for the canvas: `text(node)` and `width(context, node)`. */
export function createTexts(language) {
  const texts = new Map();
  const widths = new Map();
  const text = (node) => {
    if (!texts.has(node)) texts.set(node, canvasText(node, language));
    return texts.get(node);
  };
  const width = (context, node, font) => {
    const key = font + text(node);
    if (!widths.has(key)) widths.set(key, context.measureText(text(node)).width);
    return widths.get(key);
  };
  return { text, width };
}

/** Returns the text that stands at `node` on the canvas. */
export function canvasText(node, language) {
  return shorten(plain(shortName(node, language).slice(0, 4 * COLUMNS)), COLUMNS);
}

/**
 * Draws labels, in pixels of the screen; returns how many. `view` has `nodes` (most important
 * first), what is asked of a node: `isBright`, `isSpecial` (selected or beside it), `isSelected`,
 * `isBold`, `place` → {x, y, radius}, further `texts`, `faces`, `colours`, `width` and `height`.
 */
export function drawLabels(context, view) {
  const room = new Room();
  const seen = view.nodes.map((node) => ({ node, ...view.place(node) })).filter(isInside(view));
  for (const { x, y, radius } of seen) {
    if (radius >= 6) room.block(around(x, y, radius * 0.8));
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  let drawn = 0;
  for (const [index, spot] of seen.entries()) {
    if (drawn === MOST) break;
    const isWorth = index < ALWAYS || spot.radius >= LEAST_RADIUS || view.isSpecial(spot.node);
    if (isWorth && drawLabel(context, view, room, spot)) drawn += 1;
  }
  return drawn;
}

function drawLabel(context, view, room, { node, x, y, radius }) {
  const size = view.isBold(node) ? 13 : 12;
  const font = `${view.isBold(node) ? 600 : 400} ${size}px ${view.faces}`;
  context.font = font;
  const half = view.texts.width(context, node, font) / 2 + MARGIN;
  const middle = inside(x, half, view.width);
  const sides = [1, -1].map((side) => y + side * (radius + 2 + size * 0.65));
  const free = sides.find((height) => room.take(line(middle, height, half, size)));
  const baseline = free ?? (view.isSelected(node) ? sides[0] : undefined);
  if (baseline === undefined) return false;
  if (free === undefined) room.block(line(middle, baseline, half, size));
  context.globalAlpha = view.isBright(node) ? 1 : 0.45;
  context.strokeStyle = view.colours.paper;
  context.fillStyle = view.colours.ink;
  context.strokeText(view.texts.text(node), middle, baseline);
  context.fillText(view.texts.text(node), middle, baseline);
  return true;
}

/** Returns where the middle of a label goes, so that a node on the screen has all of it. */
function inside(x, half, width) {
  if (x < 0 || x > width || 2 * half > width) return x;
  return Math.min(Math.max(x, half), width - half);
}

function line(x, y, half, size) {
  const [top, bottom] = [y - size * 0.75, y + size * 0.75];
  return { left: x - half, right: x + half, top, bottom };
}

function around(x, y, radius) {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function isInside({ width, height }) {
  return ({ x, y }) => x > -80 && y > -20 && x < width + 80 && y < height + 20;
}
