/** The menu that saves the answer: as the server writes it, and the network as a page. */
import { byId, element } from "../dom.js";
import { closing, download } from "../download.js";
import { ask, MEDIA } from "./asking.js";

const FORMATS = { table: ["csv", "tsv", "json", "xml"], yes: ["json", "xml"], graph: ["ttl", "nt", "jsonld"] };

/** Makes the menu work; `save` is given a format. Returns what says of which kind the answer is. */
export function createSaving(save) {
  const menu = byId("save-answer");
  closing(menu);
  return (kind) => {
    menu.querySelector("div").replaceChildren(...FORMATS[kind].map((format) => {
      const click = () => {
        menu.open = false;
        menu.querySelector("summary").focus();
        save(format);
      };
      return element("button", { type: "button", click }, format === "jsonld" ? "JSON-LD" : format.toUpperCase());
    }));
  };
}

/** Asks `query` once more, for an answer in `format`, gives it to the reader; returns its name. */
export async function saveAnswer(query, format, name, signal) {
  const { text } = await ask(query, MEDIA[format], signal);
  const file = `${name}.${format}`;
  download(new Blob([text], { type: `${MEDIA[format]};charset=utf-8` }), file);
  return file;
}
