/** Which signs share a place, and how they are stacked there. */
import { begins, ends } from "./scale.js";

/** From so many pixels a year: what is stacked together, and whether each has its text beside. */
const LEVELS = [
  { least: 1700, unit: "month", isTold: true },
  { least: 480, unit: "month" },
  { least: 110, unit: "quarter" },
  { least: 0, unit: "year" },
];

const HEAD = 18; // the name of a lane
const TALLEST = 56; // of a stack, if its signs need not get too small for that
const LARGEST = 10;
const SMALLEST = 4;
const LINE = 17;

/** Returns how closely things are shown where a year is `pixels` wide. */
export const levelOf = (pixels) => LEVELS.find(({ least }) => pixels >= least);

/**
 * Returns the lanes with top, height and the size of their signs, and the place of each sign:
 * x, y of its middle and the end of its room, in pixels from the year 0.  Lists are so tall that
 * those in `view` fit; stacks that all do, so that lanes stay where they are while one moves.
 */
export function stacked(items, lanes, pixels, top, view) {
  const level = levelOf(pixels);
  const signs = [];
  const strips = [];
  let y = top;
  for (const [number] of lanes.entries()) {
    const stacks = gathered(items.filter(({ lane }) => lane === number), level.unit);
    const size = level.isTold ? LINE : sizeFor(stacks, pixels);
    const isCounted = ({ start, end }) => !level.isTold || (end > view.from && start < view.to);
    const seen = stacks.filter(isCounted);
    const rows = Math.max(0, ...seen.map((stack) => rowsOf(stack, size, pixels, level)));
    const height = HEAD + Math.max(rows * size, level.isTold ? 0 : LARGEST) + 6;
    for (const stack of stacks) {
      signs.push(...fill(stack, { size, pixels, level, top: y + HEAD, bottom: y + height - 4 }));
    }
    strips.push({ top: y, height, size: level.isTold ? LARGEST : size });
    y += height;
  }
  return { level, signs, strips, height: y };
}

/** Returns the items that share a place, by that place, each in the order of their dates. */
function gathered(items, unit) {
  const stacks = new Map();
  for (const item of items) {
    const { first, last } = span(item, unit);
    const start = begins(item.year, first);
    const end = unit === "year" ? item.year + 1 : ends(item.year, last);
    if (!stacks.has(start)) stacks.set(start, { start, end, items: [] });
    stacks.get(start).items.push(item);
  }
  return [...stacks.values()];
}

/** Returns the first and last month of the place that an item stands in. */
function span({ month }, unit) {
  if (unit === "year" || month === 0) return { first: 0, last: 0 };
  if (unit === "month") return { first: month, last: month };
  const first = month - ((month - 1) % 3);
  return { first, last: first + 2 };
}

const roomOf = ({ start, end }, pixels) => (end - start) * pixels - 4;
const columnsOf = (stack, size, pixels) => Math.max(1, Math.floor(roomOf(stack, pixels) / size));

const rowsOf = (stack, size, pixels, level) =>
  Math.ceil(stack.items.length / (level.isTold ? 1 : columnsOf(stack, size, pixels)));

/** Returns the largest size at which no stack is too tall. */
function sizeFor(stacks, pixels) {
  for (let size = LARGEST; size > SMALLEST; size -= 1) {
    const fits = (stack) =>
      Math.ceil(stack.items.length / columnsOf(stack, size, pixels)) * size <= TALLEST;
    if (stacks.every(fits)) return size;
  }
  return SMALLEST;
}

/** Returns the signs of one stack: by columns from below, or a line each from above. */
function fill(stack, { size, pixels, level, top, bottom }) {
  const rows = rowsOf(stack, size, pixels, level);
  const end = stack.end * pixels;
  return stack.items.map((item, at) => {
    const column = level.isTold ? 0 : Math.floor(at / rows);
    const x = stack.start * pixels + 2 + (column + 0.5) * size;
    const row = at - column * rows;
    const y = level.isTold ? top + (row + 0.5) * size : bottom - (row + 0.5) * size;
    return { item, x, y, end, size };
  });
}
