/** Colours, fonts and shapes: from the style sheet and from the data, for canvas and legend. */
import { svgElement } from "./dom.js";

/** Returns what the style sheet says of `name`, on one line. */
function said(name) {
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  return value.replace(/\s+/g, " ").trim();
}

/** Returns the font families for canvas text in the language of the page. */
export const faces = () => said("faces");

/** Returns the colours that the style sheet has for the canvas at this moment. */
export function palette() {
  return {
    accent: said("accent"),
    edge: said("edge"),
    faintEdge: said("faint-edge"),
    ink: said("ink"),
    judged: Number(said("judged")),
    paper: said("paper"),
  };
}

/** Calls `redraw` when the colours change: another theme, or paper, which is white. */
export function whenColoursChange(redraw) {
  const onPaper = (yes) => {
    document.documentElement.classList.toggle("on-paper", yes);
    redraw();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  addEventListener("beforeprint", () => onPaper(true));
  addEventListener("afterprint", () => onPaper(false));
}

/** Returns whether the camera may glide. */
export const mayMove = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Returns vis-network's options for the look of nodes of `kind`. */
export function nodeLook(kind, paper) {
  const fill = kind.hollow ? paper : kind.fill;
  const border = kind.hollow ? kind.fill : kind.border;
  const same = { background: fill, border };
  return {
    shape: kind.shape,
    borderWidth: kind.hollow ? 1.6 : 0.6,
    borderWidthSelected: 3,
    color: { ...same, highlight: same },
  };
}

/** Corner angles in degrees (0 is to the right, clockwise) and distances of each shape. */
const CORNERS = {
  square: [-135, -45, 45, 135].map((angle) => [angle, 8.5]),
  triangle: [-90, 30, 150].map((angle) => [angle, 8]),
  triangleDown: [90, -30, -150].map((angle) => [angle, 8]),
  diamond: [-90, 0, 90, 180].map((angle) => [angle, 7.5]),
  hexagon: [0, 60, 120, 180, 240, 300].map((angle) => [angle, 7.5]),
  star: Array.from({ length: 10 }, (_, i) => [i * 36 - 90, i % 2 ? 3.4 : 8]),
};

/** Returns a small picture of how nodes of `kind` look, hidden from screen readers. */
export function sample(kind) {
  const paint = kind.hollow
    ? { fill: "none", stroke: kind.fill, "stroke-width": 2.5 }
    : { fill: kind.fill, stroke: kind.border, "stroke-width": 1 };
  const shape =
    kind.shape === "dot"
      ? svgElement("circle", { r: 6.3, ...paint })
      : svgElement("polygon", { points: points(CORNERS[kind.shape]), ...paint });
  const box = { width: 18, height: 18, viewBox: "-9 -9 18 18", "aria-hidden": "true" };
  return svgElement("svg", box, shape);
}

function points(corners) {
  return corners
    .map(([angle, distance]) => {
      const radians = (angle * Math.PI) / 180;
      const [x, y] = [Math.cos(radians) * distance, Math.sin(radians) * distance];
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}
