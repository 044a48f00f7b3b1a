/** Outlines of nodes on our own canvas, the same as vis-network draws them. */

/** From this radius on the screen down a shape cannot be told from a square. */
const SPECK = 1.5;

const TOP = 0.31625;
const BASE = 0.98021;
const hexagon = [0, 60, 120, 180, 240, 300].flatMap((angle) => corner(angle, 1, 0));
const star = Array.from({ length: 10 }, (_, i) => corner(36 * i - 90, i % 2 ? 0.41 : 1.066, 0.082)).flat();

/** Corners of each shape around (0, 0) at radius 1: x, y, x, y … */
const CORNERS = {
  square: [-1, -1, 1, -1, 1, 1, -1, 1],
  triangle: [0, TOP - 1.32791, 1.15, BASE, -1.15, BASE],
  triangleDown: [0, 1.32791 - TOP, 1.15, -BASE, -1.15, -BASE],
  diamond: [0, 1, 1, 0, 0, -1, -1, 0],
  hexagon,
  star,
};

function corner(angle, distance, lower) {
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians) * distance, Math.sin(radians) * distance + lower];
}

/** Adds the outline of `shape` with its middle at x and y to the path of `context`. */
export function outline(context, shape, x, y, radius) {
  if (radius < SPECK) {
    context.rect(x - 0.9 * radius, y - 0.9 * radius, 1.8 * radius, 1.8 * radius);
    return;
  }
  const corners = CORNERS[shape];
  if (corners === undefined) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  context.moveTo(x + corners[0] * radius, y + corners[1] * radius);
  for (let at = 2; at < corners.length; at += 2) {
    context.lineTo(x + corners[at] * radius, y + corners[at + 1] * radius);
  }
  context.closePath();
}
