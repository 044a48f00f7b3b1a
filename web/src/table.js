/** All nodes as a table in a dialog: the drawing in words. */
import { byId, element } from "./dom.js";
import { focusDetails } from "./details.js";
import { reveal } from "./legend.js";
import { fullName } from "./names.js";
import { kindName } from "./words.js";

/** Makes the table button and its dialog work; rows are made when it is opened. */
export function createTable(data, state) {
  const dialog = byId("table-dialog");
  const body = byId("table-rows");
  byId("table").addEventListener("click", () => {
    body.replaceChildren(...rows(data, state, dialog));
    dialog.showModal();
  });
  byId("table-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => body.replaceChildren());
}

function rows(data, state, dialog) {
  const kinds = Object.keys(data.kinds);
  const order = new Intl.Collator(state.language, { numeric: true });
  const named = data.nodes.map((node) => ({
    node,
    kind: kinds.indexOf(node.kind),
    name: fullName(node, state.language),
  }));
  named.sort((one, other) => one.kind - other.kind || order.compare(one.name, other.name));
  return named.map(({ node, name }) => row(data, state, dialog, node, name));
}

function row(data, state, dialog, node, name) {
  const click = () => {
    dialog.close();
    reveal(state, node);
    focusDetails();
  };
  const button = element("button", { type: "button", class: "walk", click }, element("bdi", {}, name));
  return element(
    "tr",
    {},
    element("td", {}, button),
    element("td", {}, kindName(data, state, node.kind)),
    element("td", { class: "number" }, String(node.relations.length)),
  );
}
