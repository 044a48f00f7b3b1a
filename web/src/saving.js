/** The menu that saves what is shown as a file. Nothing leaves the computer. */
import { byId, setText } from "./dom.js";
import { closing, download } from "./download.js";
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
  closing(menu);
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
