/** Puts the page together; `window.gdakg.ready` says that it has been drawn once. */
import { goWithin, takeAlong } from "./address.js";
import { createCanvasDrawing } from "./canvas.js";
import { readData } from "./data.js";
import { createDetails } from "./details.js";
import { byId } from "./dom.js";
import { createDrawing } from "./drawing.js";
import { createFilters } from "./filters.js";
import { createLegend } from "./legend.js";
import { createPrint } from "./print.js";
import { createSaving } from "./saving.js";
import { createSearch } from "./search.js";
import { createState } from "./state.js";
import { createSteps } from "./steps.js";
import { createTable } from "./table.js";
import { createTheme } from "./theme.js";
import { createView } from "./view.js";
import { createWords } from "./words.js";

const data = readData();
takeAlong(["lang", "theme"]);
goWithin(); // in a frame without an address of its own a fragment would lead away
addEventListener("hashchange", createTheme()); // before the state, which keeps it in the address
const state = createState(data);
const showWords = createWords(data, state);
createLegend(data, state);
createFilters(data, state);
createSteps(data, state);
createDetails(data, state);
createSearch(data, state);
createTable(data, state);
createSaving(data, state);
const isOurs = data.renderer === "canvas" || typeof vis === "undefined";
const drawing = isOurs ? createCanvasDrawing(data, state) : createDrawing(data, state);
nameCanvas(drawing.frame);
showWords();

createView(drawing, state);
createPrint(data, state);
byId("zoom-in").addEventListener("click", () => drawing.zoom(1.4));
byId("zoom-out").addEventListener("click", () => drawing.zoom(1 / 1.4));
addEventListener("keydown", (event) => {
  const isElsewhere = byId("table-dialog").open || event.target.localName === "select";
  if (event.key === "Escape" && !event.defaultPrevented && !isElsewhere) {
    state.change(state.path.length > 0 ? { path: [] } : { selected: null });
  }
});

window.gdakg = { network: drawing.network, drawing, ready: false };
drawing.whenDrawn(() => {
  requestAnimationFrame(() => requestAnimationFrame(() => (window.gdakg.ready = true)));
});

/** Gives the element that takes the arrow keys the name it needs for a screen reader. */
function nameCanvas(frame) {
  frame.setAttribute("role", "img");
  frame.dataset.wordLabel = "canvas";
}
