/** The legend that stands below a saved picture. */
import { outline } from "./canvasShapes.js";
import { escaped, markup } from "./exportMarkup.js";
import { LabelPen, OutlinePen } from "./exportPens.js";
import { faces, nodeLook } from "./look.js";
import { kindName, word } from "./words.js";

const SIZE = 13;
const RADIUS = 6;
const ROW = 24;
const GAP = 22;

/** Returns the `height` of the legend in a picture `width` wide, and its `content`. */
export function legend(view, width, margin) {
  const pen = new LabelPen();
  pen.font = `400 ${SIZE}px ${faces()}`;
  let [x, y] = [margin, ROW / 2];
  const content = entries(view).map(({ sample, text }) => {
    const wide = 2 * RADIUS + 8 + pen.measureText(text).width;
    if (x > margin && x + wide > width - margin) [x, y] = [margin, y + ROW];
    const words = { x: RADIUS + 8, y: 0.35 * SIZE, "font-size": SIZE, fill: view.colours.ink };
    const place = { transform: `translate(${(x + RADIUS).toFixed(1)} ${y})` };
    x += wide + GAP;
    return markup("g", place, sample, markup("text", words, escaped(text)));
  });
  return { height: y + ROW, content };
}

/** Returns what the legend explains: the kinds that are shown, and the lighter edges. */
function entries({ data, state, nodes, edges, colours }) {
  const kinds = Object.keys(data.kinds).filter((kind) => nodes.some((node) => node.kind === kind));
  const told = kinds.map((kind) => ({
    sample: nodeSample(data.kinds[kind], colours),
    text: kindName(data, state, kind),
  }));
  if (!edges.some(({ judged }) => judged)) return told;
  const stroke = { stroke: colours.edge, "stroke-opacity": colours.judged, "stroke-width": 3 };
  const sample = markup("path", { d: `M${-RADIUS} 0h${2 * RADIUS}`, ...stroke });
  return [...told, { sample, text: word(data, state, "judged") }];
}

function nodeSample(kind, colours) {
  const { color, borderWidth } = nodeLook(kind, colours.paper);
  const pen = new OutlinePen();
  outline(pen, kind.shape, 0, 0, RADIUS);
  return markup("path", { d: pen.path, fill: color.background, stroke: color.border, "stroke-width": borderWidth });
}
