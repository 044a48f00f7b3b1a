/** Puts the timeline together; its state stands in the address. */
import { readAddress, writeAddress } from "../address.js";
import { fillDetails, shortName, spoken } from "./details.js";
import { around, createDrawing } from "./drawing.js";
import { createKeys } from "./keys.js";
import { createPointer } from "./pointer.js";
import { addButtons } from "./rows.js";
import { placed, within } from "./scale.js";
import { shapeOf } from "./signs.js";
import { createTip } from "./tip.js";

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("timeline").textContent);
const items = data.items.map(([date, kind, lane, key], number) => ({
  date, kind, lane, key, row: byId(`h${number}`), ...placed(date, data.first),
}));
const older = items.some(({ year }) => year < data.first) ? data.first - 1 : null;
const whole = { from: older ?? data.first, to: data.last + 1, older };
const place = byId("drawing");
byId("stage").hidden = false; // without a script there would be an empty frame
const drawing = createDrawing({ data, items, whole, textOf: shortName });
const showTip = createTip(place, byId("tip"), drawing);

/** A narrow screen begins with the last years, of which something can be seen. */
const lastYears = { from: whole.to - 12, to: whole.to };
const initial = within(drawing.width() < 600 ? lastYears : whole, whole);

/** What is seen: a part of the axis, what is chosen, what pointer or keys have met. */
const seen = { view: initial, chosen: null, met: null, year: 0, timer: 0 };

function change(wanted) {
  seen.view = within(wanted, whole);
  drawing.show(seen.view);
  meet(null);
  clearTimeout(seen.timer);
  seen.timer = setTimeout(remember, 150); // browsers allow only so many changes of the address
}

function remember() {
  const told = ({ from, to }) => [from.toFixed(2), to.toFixed(2)];
  const now = told(seen.view);
  const [from, to] = `${now}` === `${told(initial)}` ? ["", ""] : now;
  writeAddress({ from, to, item: seen.chosen?.key ?? "" }, {});
}

/** Shows the note of an item, or of none, and a frame around it. */
function meet(item) {
  if (item === null && seen.met === null) return;
  seen.met = item;
  drawing.ring(seen.chosen, item);
  showTip(item);
}

/** Shows all about an item, or closes what is shown. */
function choose(item) {
  seen.chosen?.row.classList.remove("is-chosen");
  seen.chosen = item;
  drawing.ring(item, seen.met);
  const panel = byId("details");
  panel.hidden = !item;
  if (item) {
    item.row.classList.add("is-chosen");
    fillDetails(panel, item, data.words.close, close);
    panel.scrollIntoView({ block: "nearest" });
  }
  remember();
}

function close() {
  choose(null);
  place.focus({ preventScroll: true });
}

/** Goes to the thing after or before the one that was met last; the drawing follows. */
function step(direction) {
  const shown = items.filter(({ row }) => !row.hidden);
  const last = seen.met ?? seen.chosen;
  const isInView = (item) => item.year + 1 > seen.view.from && isSeen(item);
  const next = shown[last ? shown.indexOf(last) + direction : shown.findIndex(isInView)];
  if (!next) return;
  if (!isSeen(next)) change(around(next, seen.view.to - seen.view.from));
  meet(next);
  byId("spoken").textContent = spoken(next);
}

function isSeen(item) {
  const { x } = drawing.place(item) ?? {};
  return x >= 0 && x <= drawing.width();
}

/** Shows in the drawing what a row of the table tells. */
function locate(item) {
  change(around(item, Math.min(seen.view.to - seen.view.from, 2)));
  choose(item);
  byId("stage").scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
}

function useLanguage() {
  byId("locate-name").textContent = data.words.locate[document.documentElement.lang];
  drawing.show(seen.view);
}

/** Returns the year of the axis that is chosen, 0 for none. */
function chosenYear() {
  const { value } = byId("controls").elements.year;
  return value === "older" ? (older ?? 0) : Number(value) || 0;
}

/** Shows what the filters left; a year is shown whole. */
function useFilters() {
  const before = seen.year;
  seen.year = chosenYear();
  byId("nothing").hidden = items.some(({ row }) => !row.hidden);
  if (seen.year && seen.year !== before) change({ from: seen.year, to: seen.year + 1 });
  else if (before && !seen.year) change(initial);
  else drawing.show(seen.view);
  meet(null);
}

/** Shows the state of the address. */
function show() {
  const address = readAddress();
  seen.year = chosenYear();
  const [from, to] = ["from", "to"].map((name) => Number.parseFloat(address.get(name)));
  const fallback = seen.year ? { from: seen.year, to: seen.year + 1 } : initial;
  const isView = Number.isFinite(from) && Number.isFinite(to) && to > from;
  seen.view = within(isView ? { from, to } : fallback, whole);
  byId("nothing").hidden = items.some(({ row }) => !row.hidden);
  drawing.show(seen.view);
  const item = items.find(({ key }) => key === address.get("item")) ?? null;
  if (item !== seen.chosen) choose(item);
}

for (const sample of document.querySelectorAll("[data-shape]")) {
  sample.setAttribute("d", shapeOf(sample.dataset.shape));
}
addButtons(items, locate);
useLanguage();
createPointer({
  place,
  change,
  view: () => seen.view,
  meet: ({ x, y }) => meet(drawing.at(x, y)),
  open({ x, y }) {
    place.focus({ preventScroll: true });
    choose(drawing.at(x, y) ?? seen.chosen);
  },
});
createKeys({
  place,
  change,
  whole,
  step,
  view: () => seen.view,
  open: () => seen.met && choose(seen.met),
  leave: () => (seen.met ? meet(null) : choose(null)),
});
place.addEventListener("pointerleave", () => meet(null));
document.addEventListener("keydown", ({ key }) => key === "Escape" && meet(null));
document.addEventListener("languagechange", useLanguage);
document.addEventListener("controlschange", useFilters);
addEventListener("hashchange", show);
addEventListener("beforeprint", () => drawing.show(seen.view));
new ResizeObserver(() => drawing.show(seen.view)).observe(place);
show();
window.gdakg = { ...window.gdakg, timeline: true };
