/** The menu that saves what is shown as a file. Nothing leaves the computer. */
import { byId, element, setText } from "./dom.js";
import { gexf, graphml } from "./exportGraph.js";
import { png, svg } from "./exportPicture.js";
import { csv } from "./exportTable.js";
import { word } from "./words.js";

/** File name extension → media type, and what makes the content. */
const FORMATS = {
  png: ["image/png", png],
  svg: ["image/svg+xml", svg],
  gexf: ["application/gexf+xml", gexf],
  graphml: ["application/graphml+xml", graphml],
  csv: ["text/csv;charset=utf-8", csv],
};

/** For how long a browser may read what it was given to save, in milliseconds. */
const PATIENCE = 60_000;

/** Makes the menu work. */
export function createSaving(data, state) {
  const menu = byId("save");
  const close = () => (menu.open = false);
  for (const button of menu.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      close();
      menu.querySelector("summary").focus();
      save(data, state, button.value);
    });
  }
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault();
    close();
    menu.querySelector("summary").focus();
  });
  const isOutside = (target) => target !== null && !menu.contains(target);
  menu.addEventListener("focusout", ({ relatedTarget }) => isOutside(relatedTarget) && close());
  addEventListener("pointerdown", ({ target }) => isOutside(target) && close(), true);
}

/** Saves what is shown as a file of `format` and says so, or that it could not. */
async function save(data, state, format) {
  const name = `gdakg-network-${state.language}.${format}`;
  const [type, make] = FORMATS[format];
  const tell = (key, reason) => setText(byId("save-status"), word(data, state, key, { name, reason }));
  try {
    download(new Blob([await make(data, state)], { type }), name);
    tell("saved");
  } catch (error) {
    tell("notSaved", error.message);
  }
}

function download(blob, name) {
  const href = URL.createObjectURL(blob);
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), PATIENCE);
}
