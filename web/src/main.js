/** Puts the page together; `window.gdakg.ready` says that it has been drawn once. */
import { readData } from "./data.js";
import { createDetails } from "./details.js";
import { byId } from "./dom.js";
import { createDrawing } from "./drawing.js";
import { createLegend } from "./legend.js";
import { createSearch } from "./search.js";
import { createState } from "./state.js";
import { createTable } from "./table.js";
import { createLanguages, createWords } from "./words.js";

const data = readData();
const state = createState(data);
const showWords = createWords(data, state);
createLanguages(data, state);
createLegend(data, state);
createDetails(data, state);
createSearch(data, state);
createTable(data, state);
const drawing = createDrawing(data, state);
nameCanvas(drawing.network);
showWords();

byId("fit").addEventListener("click", drawing.fit);
byId("zoom-in").addEventListener("click", () => drawing.zoom(1.4));
byId("zoom-out").addEventListener("click", () => drawing.zoom(1 / 1.4));
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !byId("table-dialog").open) {
    state.change({ selected: null });
  }
});

window.gdakg = { network: drawing.network, ready: false };
drawing.network.once("afterDrawing", () => {
  requestAnimationFrame(() => requestAnimationFrame(() => (window.gdakg.ready = true)));
});
drawing.network.redraw();

/** Gives the element that takes the arrow keys the name it needs for a screen reader. */
function nameCanvas(network) {
  const frame = network.canvas.frame;
  frame.setAttribute("role", "img");
  frame.dataset.wordLabel = "canvas";
}
