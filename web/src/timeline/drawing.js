/** The drawing: lanes, signs, axis; it shows a part of the axis and finds what is at a point. */
import { axis, axisHeight, conference, told } from "./axis.js";
import { begins } from "./scale.js";
import { drawn, fitted, shapeOf } from "./signs.js";
import { levelOf, stacked } from "./stacks.js";

const REACH = 12; // how near a pointer must be

/** Returns what shows `view` and says where things are; `textOf` gives the text of an item. */
export function createDrawing({ data, items, whole, textOf }) {
  const svg = document.getElementById("picture-svg");
  const layers = Object.fromEntries(["lanes", "axis", "signs", "texts", "rings", "names"].map((name) => [name, drawn("g")]));
  svg.append(...Object.values(layers));
  const paths = new Map(items.map((item) => [item, drawn("path", { class: `sign ${lookOf(data, item)}`, d: shapeOf(lookOf(data, item)) })]));
  layers.signs.append(...paths.values());
  const drawing = { svg, layers, paths, data, items, whole, textOf, view: whole, laid: null, chosen: null, met: null };
  return {
    show: (view) => show(drawing, view),
    ring: (chosen, met) => ring(drawing, Object.assign(drawing, { chosen, met })),
    at: (x, y) => nearest(drawing, x, y),
    place: (item) => placeOf(drawing, item),
    width: () => svg.clientWidth || 1,
  };
}

const lookOf = (data, { kind, lane }) => (kind === "edition" ? data.lanes[lane].look : kind);

/** Draws all for the part of the axis in `view`. */
function show(drawing, view) {
  const { svg, layers, data, whole } = drawing;
  const width = svg.clientWidth || 1;
  const pixels = width / (view.to - view.from);
  const level = levelOf(pixels);
  const shown = drawing.items.filter(({ row }) => !row.hidden);
  const laid = stacked(shown, data.lanes, pixels, axisHeight(level), view);
  Object.assign(drawing, { view, laid, offset: view.from * pixels });
  svg.setAttribute("height", laid.height);
  const language = document.documentElement.lang;
  const words = Object.fromEntries(Object.entries(data.words).map(([key, texts]) => [key, texts[language]]));
  layers.lanes.replaceChildren(...bands(laid, width));
  layers.names.replaceChildren(...names(data, shown, laid, language));
  layers.axis.replaceChildren(
    ...axis({ place: svg, whole, view, pixels, level, height: laid.height, words, language }),
    ...conference("COP28", data.cop28, pixels, laid.height),
  );
  move(drawing);
  ring(drawing);
  document.getElementById("range").textContent = told(view, whole, words, language);
}

/** Returns every other lane in another shade. */
const bands = ({ strips }, width) =>
  strips.flatMap(({ top, height }, at) =>
    at % 2 ? [] : [drawn("rect", { class: "band", x: 0, y: top, width, height })],
  );

/** Returns the names of the lanes, with how many things stand in each. */
const names = (data, shown, { strips }, language) =>
  data.lanes.map(({ labels }, at) => {
    const count = shown.filter(({ lane }) => lane === at).length;
    return drawn("text", { class: "lane-name", x: 6, y: strips[at].top + 14 }, `${labels[language]} · ${count}`);
  });

/** Puts the signs, and beside them their texts, where they belong. */
function move({ layers, paths, laid, offset, svg, textOf }) {
  const width = svg.clientWidth;
  for (const path of paths.values()) path.setAttribute("display", "none");
  const texts = [];
  for (const { item, x, y, end, size } of laid.signs) {
    if (end < offset - 20 || x > offset + width + 20) continue;
    const path = paths.get(item);
    path.removeAttribute("display");
    const scale = (laid.level.isTold ? 10 : size - 1) / 10;
    path.setAttribute("transform", `translate(${(x - offset).toFixed(1)} ${y.toFixed(1)}) scale(${scale})`);
    if (!laid.level.isTold) continue;
    const text = fitted(textOf(item), end - x - 14, svg);
    texts.push(drawn("text", { x: x - offset + 9, y: y + 4 }, text));
  }
  layers.texts.replaceChildren(...texts);
  layers.axis.setAttribute("transform", `translate(${(-offset).toFixed(1)} 0)`);
}

/** Draws a frame around what is chosen and what is met. */
function ring(drawing) {
  const frames = [["ring is-chosen", drawing.chosen], ["ring", drawing.met]].flatMap(([look, item]) => {
    const place = item && placeOf(drawing, item);
    if (!place) return [];
    const half = place.size / 2 + 2;
    return [drawn("rect", { class: look, x: place.x - half, y: place.y - half, width: 2 * half, height: 2 * half, rx: 2 })];
  });
  drawing.layers.rings.replaceChildren(...frames);
}

/** Returns where an item stands in the picture now, nothing if a filter hides it. */
function placeOf({ laid, offset }, item) {
  const sign = laid?.signs.find((each) => each.item === item);
  if (!sign) return null;
  return { x: sign.x - offset, y: sign.y, size: laid.level.isTold ? 12 : sign.size };
}

/** Returns the item at a point of the picture, the nearest of several. */
function nearest({ laid, offset }, x, y) {
  let found = null;
  let least = REACH;
  for (const sign of laid.signs) {
    const right = laid.level.isTold ? sign.end - offset - 4 : sign.x - offset;
    const left = sign.x - offset;
    const aside = x < left ? left - x : Math.max(0, x - right);
    const distance = Math.hypot(aside, y - sign.y);
    if (distance < least) [found, least] = [sign.item, distance];
  }
  return found;
}

/** Returns a part of the axis around `item` in which the signs of its month can be told apart. */
export function around(item, length) {
  const middle = begins(item.year, item.month) + 0.04;
  return { from: middle - length / 2, to: middle + length / 2 };
}
