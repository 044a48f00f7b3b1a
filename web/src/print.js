/** What stands on paper: a drawing of what is shown with its legend, then the details. */
import { byId } from "./dom.js";
import { svg } from "./exportPicture.js";

/** Puts the drawing in the place of the canvas, and opens all folds, while the page is printed. */
export function createPrint(data, state) {
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...byId("details").querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
    const drawing = new DOMParser().parseFromString(svg(data, state), "image/svg+xml");
    byId("sheet").replaceChildren(drawing.documentElement);
  });
  addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
    byId("sheet").replaceChildren();
  });
}
