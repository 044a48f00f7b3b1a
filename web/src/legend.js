/** The legend, which is a filter: one button to a kind, with shape, colour and count. */
import { byId, element } from "./dom.js";
import { filtered } from "./facets.js";
import { sample } from "./look.js";
import { kindName } from "./words.js";

/** Fills the legend and keeps it in step with `state`. */
export function createLegend(data, state) {
  const counts = new Map();
  for (const { kind } of data.nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const buttons = Object.keys(data.kinds).map((kind) => {
    const name = element("span", { class: "name" });
    const count = element("span", { class: "count" }, String(counts.get(kind) ?? 0));
    const click = () => toggle(state, kind);
    const button = element("button", { type: "button", click }, sample(data.kinds[kind]), name, count);
    button.dataset.kind = kind;
    return { kind, button, name };
  });
  const show = () => {
    for (const { kind, button, name } of buttons) {
      name.textContent = kindName(data, state, kind);
      button.setAttribute("aria-pressed", !state.hidden.has(kind));
    }
  };
  byId("legend").replaceChildren(...buttons.map(({ button }) => element("li", {}, button)));
  state.listen(show);
  show();
}

function toggle(state, kind) {
  const hidden = new Set(state.hidden);
  if (!hidden.delete(kind)) hidden.add(kind);
  state.change({ hidden });
}

/** Selects the node and shows it again, should its kind have been hidden or a filter hide it. */
export function reveal(data, state, node) {
  const hidden = new Set(state.hidden);
  hidden.delete(node.kind);
  const left = filtered(data, state.filters);
  const filters = !left || left.has(node) ? state.filters : new Map();
  state.change({ selected: node.id, hidden, filters });
}
