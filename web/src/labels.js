/**
 * Chooses the labels that fit on the canvas and draws them, because vis-network draws all
 * of them, one over the other (its issue 1647). The first in order get the room.
 */
import { plain, shorten, shortName, wrap } from "./names.js";

const MOST = 200;
/** The smallest radius on the screen for a label; the first nodes have one in any case. */
const LEAST_RADIUS = 4;
const ALWAYS = 12;
const COLUMNS = 80;
/** So many columns a label has at most that stands where there is hardly room. */
const SHORT = 12;
/** Below this width of the canvas labels are smaller, their lines shorter. */
const NARROW = 600;
const CELL = 48;
const MARGIN = 5;
const LEADING = 1.2;

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

/**
 * Returns the texts of all nodes for the canvas: `lines(node, columns)`, one or two, and
 * `width(context, font, lines)`, the wider one's.
 */
export function createTexts(language) {
  const texts = new Map();
  const widths = new Map();
  const lines = (node, columns) => {
    const key = `${columns} ${node.id}`;
    if (!texts.has(key)) texts.set(key, wrap(canvasText(node, language), columns));
    return texts.get(key);
  };
  const width = (context, font, each) => {
    const key = font + each.join("\n");
    if (!widths.has(key)) {
      widths.set(key, Math.max(...each.map((line) => context.measureText(line).width)));
    }
    return widths.get(key);
  };
  return { lines, width };
}

/** Returns the text that stands at `node` on the canvas. */
export function canvasText(node, language) {
  return shorten(plain(shortName(node, language).slice(0, 4 * COLUMNS)), COLUMNS);
}

/**
 * Draws labels, in pixels of the screen; returns how many. `view` has `nodes` (most important
 * first), what is asked of a node: `isBright`, `isSpecial` (selected or beside it), `isForced`
 * (has its label even where there is no room), `isBold`, `place` → {x, y, radius}, further
 * `taken` (a box without labels), `texts`, `faces`, `colours`, `width` and `height`.
 */
export function drawLabels(context, view) {
  const room = new Room();
  const seen = view.nodes.map((node) => ({ node, ...view.place(node) })).filter(isInside(view));
  room.block(view.taken);
  for (const { x, y, radius } of seen) {
    if (radius >= 6) room.block(box(x, y, radius * 0.8, radius * 0.8));
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  let drawn = 0;
  for (const [index, spot] of seen.entries()) {
    if (drawn === MOST) break;
    const isImportant = index < ALWAYS || view.isBold(spot.node) || view.isSpecial(spot.node);
    const isWorth = isImportant || spot.radius >= LEAST_RADIUS;
    if (isWorth && drawLabel(context, view, room, spot)) drawn += 1;
  }
  return drawn;
}

function drawLabel(context, view, room, spot) {
  const { node } = spot;
  const size = (view.isBold(node) ? 13 : 12) - (view.width < NARROW ? 1 : 0);
  const font = `${view.isBold(node) ? 600 : 400} ${size}px ${view.faces}`;
  context.font = font;
  const spots = versions(view, node).flatMap((lines) => {
    const half = view.texts.width(context, font, lines) / 2 + MARGIN;
    const tall = (lines.length * size * LEADING) / 2 + 2;
    const near = sides(spot, half, tall, view.width);
    const isShort = view.isForced(node) && lines[0] === shortest(view, node);
    const far = isShort ? sides({ ...spot, radius: spot.radius + size }, half, tall, view.width) : [];
    return [...near, ...far].map(([x, y]) => ({ x, y, lines, box: box(x, y, half, tall) }));
  });
  const free = spots.find((each) => room.take(each.box));
  if (!free && !view.isForced(node)) return false;
  const chosen = free ?? spots.at(-1);
  if (!free) room.block(chosen.box);
  context.globalAlpha = view.isBright(node) ? 1 : 0.45;
  write(context, view, size, chosen);
  return true;
}

/** Returns the lines that may stand at `node`, best first; a short one is better than none. */
function versions(view, node) {
  const lines = view.texts.lines(node, view.width < NARROW ? 18 : 28);
  const short = view.isForced(node) && shortest(view, node);
  return short ? [lines, [short]] : [lines];
}

/** Returns a short code, of one that is a mere number with how the label goes on. */
function shortest(view, node) {
  if (/^\d+$/.test(node.code ?? "")) return shorten(view.texts.lines(node, COLUMNS)[0], SHORT);
  return node.code?.length < SHORT && node.code;
}

/** Returns the middles that a label may have, best first: below its node, above, beside. */
function sides({ x, y, radius }, half, tall, width) {
  const middle = inside(x, half, width);
  const [above, below] = [y - radius - tall, y + radius + tall];
  const beside = [x + radius + half, x - radius - half].filter((each) => each >= half && each + half <= width);
  return [
    [middle, below],
    [middle, above],
    ...beside.map((each) => [each, y]),
  ];
}

function write(context, { colours }, size, { x, y, lines }) {
  context.strokeStyle = colours.paper;
  context.fillStyle = colours.ink;
  const at = (index) => y + (index - (lines.length - 1) / 2) * size * LEADING;
  lines.forEach((line, index) => context.strokeText(line, x, at(index)));
  lines.forEach((line, index) => context.fillText(line, x, at(index)));
}

/** Returns where the middle of a label goes, so that a node on the screen has all of it. */
function inside(x, half, width) {
  if (x < 0 || x > width || 2 * half > width) return x;
  return Math.min(Math.max(x, half), width - half);
}

function box(x, y, halfWidth, halfHeight) {
  return { left: x - halfWidth, right: x + halfWidth, top: y - halfHeight, bottom: y + halfHeight };
}

function isInside({ width, height }) {
  return ({ x, y }) => x > -80 && y > -20 && x < width + 80 && y < height + 20;
}
