/** All that is shown as one picture, whatever part of it is on the screen: SVG and PNG. */
import { createScene } from "./canvasScene.js";
import { outline } from "./canvasShapes.js";
import { pngOf } from "./download.js";
import { labelRanking, writeLabels } from "./drawing.js";
import { legend } from "./exportLegend.js";
import { DECLARATION, escaped, lines, markup } from "./exportMarkup.js";
import { LabelPen, OutlinePen } from "./exportPens.js";
import { shown } from "./exportShown.js";
import { createTexts } from "./labels.js";
import { faces, nodeLook, palette } from "./look.js";
import { fullName, plain, shorten, textIn } from "./names.js";
import { word } from "./words.js";

/** Longest side of the drawing in pixels; on any device, so that all save the same picture. */
const LONGEST = 1600;
const NARROWEST = 640;
const MARGIN = 44;
const HEADING = 52;
const LARGEST_SCALE = 1.5;

/** Returns the picture as SVG, `zoom` times as large. */
export function svg(data, state, zoom = 1) {
  const { nodes, edges } = shown(data, state);
  const colours = onPaper(palette);
  const view = { data, state, colours, nodes, edges, scene: createScene(data, state, colours) };
  const frame = frameOf(nodes);
  const below = legend(view, frame.width, MARGIN / 2);
  const height = HEADING + frame.height + below.height;
  const heading = plain(textIn(data.heading, state.language));
  const counts = { nodes: nodes.length, edges: edges.length };
  return `${DECLARATION}${markup(
    "svg",
    { ...namesOf(state), width: frame.width * zoom, height: height * zoom, viewBox: `0 0 ${frame.width} ${height}` },
    lines([
      markup("title", { id: "title" }, escaped(heading)),
      markup("desc", { id: "desc" }, escaped(word(data, state, "count", counts))),
      markup("rect", { width: frame.width, height, fill: view.colours.paper }),
      headingOf(view, frame, heading),
      markup("g", { transform: `translate(0 ${HEADING})` }, lines(drawing(view, frame))),
      markup("g", { transform: `translate(0 ${HEADING + frame.height})` }, lines(below.content)),
    ]),
  )}\n`;
}

/** Returns the picture as PNG, two pixels to one of the SVG, so that it is sharp in print. */
export const png = (data, state) => pngOf(svg(data, state, 2));

/** Returns what `read` finds while the colours are those of paper. */
function onPaper(read) {
  const { classList } = document.documentElement;
  const was = classList.contains("on-paper");
  classList.add("on-paper");
  const found = read();
  classList.toggle("on-paper", was);
  return found;
}

function namesOf({ language }) {
  return {
    xmlns: "http://www.w3.org/2000/svg",
    "xml:lang": language,
    role: "img",
    "aria-labelledby": "title",
    "aria-describedby": "desc",
    "font-family": faces(),
  };
}

/** Returns where the nodes go: `scale`, `zero` (where the point 0, 0 is), `width`, `height`. */
function frameOf(nodes) {
  const far = (key, sign) =>
    nodes.reduce((most, node) => Math.max(most, sign * node[key] + node.size), nodes.length ? -Infinity : 0);
  const [right, left, bottom, top] = [far("x", 1), -far("x", -1), far("y", 1), -far("y", -1)];
  const room = LONGEST - 2 * MARGIN;
  const scale = Math.min(LARGEST_SCALE, room / (right - left), room / (bottom - top));
  const width = Math.max(NARROWEST, Math.round((right - left) * scale) + 2 * MARGIN);
  const height = Math.round((bottom - top) * scale) + 2 * MARGIN;
  const zero = { x: width / 2 - ((left + right) / 2) * scale, y: MARGIN - top * scale };
  return { scale, zero, width, height };
}

function headingOf({ colours }, { width }, heading) {
  const look = { x: MARGIN / 2, y: 34, "font-size": 20, "font-weight": 600, fill: colours.ink };
  return markup("text", look, escaped(shorten(heading, Math.floor((width - MARGIN) / 11))));
}

function drawing(view, frame) {
  const { scene } = view;
  const { scale, zero } = frame;
  const place = `translate(${zero.x.toFixed(1)} ${zero.y.toFixed(1)}) scale(${scale.toFixed(4)})`;
  return [
    markup(
      "g",
      { transform: place },
      lines([...scene.edges.map(edgeGroup), ...scene.nodes.map((group) => nodeGroup(view, group))]),
    ),
    ...labels(view, frame),
  ];
}

/** Returns a group of edges with the arrow head that goes with their look. */
function edgeGroup({ colour, alpha, width, edges }, index) {
  const size = { refX: 6, refY: 2.5, markerWidth: 6, markerHeight: 5, orient: "auto", markerUnits: "userSpaceOnUse" };
  const head = markup("path", { d: "M0 0L6 2.5 0 5z", fill: colour, "fill-opacity": alpha });
  const line = { fill: "none", stroke: colour, "stroke-opacity": alpha, "stroke-width": width };
  const marker = markup("marker", { id: `arrow${index}`, ...size }, head);
  const ways = edges.map((edge) => markup("path", { d: wayOf(edge) }));
  return markup("g", { ...line, "marker-end": `url(#arrow${index})` }, marker, lines(ways));
}

/** Returns the way of the edge, which ends where its target begins, or comes back to it. */
function wayOf({ from, to }) {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(across, down);
  const [x, y] = [from.x, from.y].map((each) => each.toFixed(1));
  const size = from.size;
  if (length === 0) return `M${x} ${y}c${-3 * size} ${-3 * size} ${3 * size} ${-3 * size} 0 ${-size}`;
  const part = Math.max(0, 1 - (to.size + 1) / length);
  return `M${x} ${y}L${(from.x + across * part).toFixed(1)} ${(from.y + down * part).toFixed(1)}`;
}

/** Returns a group of nodes of one kind, each with its name, which browsers show. */
function nodeGroup({ state, colours }, { kind, alpha, nodes }) {
  const { color, borderWidth } = nodeLook(kind, colours.paper);
  const shapes = nodes.map((node) => {
    const name = shorten(plain(fullName(node, state.language).slice(0, 400)), 160);
    const pen = new OutlinePen();
    outline(pen, kind.shape, node.x, node.y, node.size);
    const strong = node.id === state.selected ? 3 : undefined;
    return markup("path", { d: pen.path, "stroke-width": strong }, markup("title", {}, escaped(name)));
  });
  const paint = { fill: color.background, stroke: color.border, "stroke-width": borderWidth };
  return markup("g", { ...paint, opacity: alpha }, lines(shapes));
}

/** Returns the labels that the canvas would have were it as large as the picture. */
function labels({ data, state, colours, scene }, { scale, zero, width, height }) {
  const pen = new LabelPen();
  const nowhere = { left: -9, top: -9, right: -9, bottom: -9 };
  const texts = createTexts(state.language);
  const sheet = { width, height, taken: nowhere };
  const order = labelRanking(data);
  const { visible, bright } = scene;
  writeLabels(pen, { data, state, order, colours, texts, sheet, visible, bright }, scale, zero);
  const halo = { stroke: colours.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "aria-hidden": true };
  // The halo is written by itself, since not every program can draw it behind a text.
  return [halo, { fill: colours.ink }].map((paint) =>
    markup("g", { ...paint, "text-anchor": "middle" }, lines(pen.written.map(label))),
  );
}

function label({ text, x, y, size, weight, opacity }) {
  const look = { "font-size": size, "font-weight": weight, opacity };
  return markup("text", { x: x.toFixed(1), y: (y + 0.35 * size).toFixed(1), ...look }, escaped(text));
}
