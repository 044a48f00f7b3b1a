/** The filters by body, pillar and status: boxes to tick, a fold to a facet. */
import { byId, element, setText } from "./dom.js";
import { toggled } from "./facets.js";
import { visible } from "./focus.js";
import { fullName, shorten } from "./names.js";
import { word } from "./words.js";

/** What each facet is called, by the key of a word of the interface. */
const TITLES = { body: "body", pillar: "pillar", status: "status" };

/** Fills the filters, keeps them and the number of nodes shown in step with `state`. */
export function createFilters(data, state) {
  const fold = byId("filters");
  const groups = data.facets.map((facet) => createGroup(data, state, facet));
  const show = () => {
    for (const each of groups) each.show();
    showCount(data, state);
  };
  byId("facets").replaceChildren(...groups.map(({ group }) => group));
  byId("everything").addEventListener("click", () => {
    state.change({ hidden: new Set(), filters: new Map(), only: false });
    fold.querySelector("summary").focus();
  });
  fold.hidden = groups.length === 0;
  fold.open = state.filters.size > 0;
  state.listen(show);
  show();
}

function createGroup(data, state, { key, values }) {
  const title = element("span");
  const chosen = element("span", { class: "count" });
  const boxes = values.map((value) => createBox(state, key, value));
  const list = element("ul", {}, ...boxes.map(({ item }) => item));
  const group = element("details", {}, element("summary", {}, title, chosen), list);
  list.setAttribute("role", "group");
  group.dataset.facet = key;
  const show = () => {
    const name = word(data, state, TITLES[key]);
    setText(title, name);
    list.setAttribute("aria-label", name);
    const ids = state.filters.get(key);
    setText(chosen, ids ? `${ids.size} / ${values.length}` : word(data, state, "all"));
    for (const box of boxes) box.show();
  };
  return { group, show };
}

function createBox(state, key, value) {
  const change = () => state.change({ filters: toggled(state.filters, key, value.id) });
  const input = element("input", { type: "checkbox", value: value.id, change });
  const name = element("bdi");
  // A body has itself in its own value, which is not counted among what it has published.
  const having = [...value.nodes].filter(({ id }) => id !== value.id).length;
  const count = element("span", { class: "count" }, String(having));
  const show = () => {
    input.checked = state.filters.get(key)?.has(value.id) ?? false;
    setText(name, shorten(fullName(value, state.language), 60));
  };
  return { item: element("li", {}, element("label", {}, input, name, count)), show };
}

function showCount(data, state) {
  const shown = visible(data, state).size;
  const isPart = shown < data.nodes.length;
  setText(byId("shown"), isPart ? word(data, state, "shown", { shown, nodes: data.nodes.length }) : "");
  byId("everything").hidden = !isPart;
}
