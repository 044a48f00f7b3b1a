/** What is around the selected node: how many steps stand out, whether alone; paths from it. */
import { byId, element, setText } from "./dom.js";
import { shortName } from "./names.js";
import { word } from "./words.js";

const DEPTHS = [1, 2, 3, 4];

/** Makes the controls around the selected node work; they are there while one is selected. */
export function createSteps(data, state) {
  const buttons = DEPTHS.map((depth) => {
    const click = () => state.change({ depth });
    return element("button", { type: "button", "data-depth": depth, click }, String(depth));
  });
  byId("depths").replaceChildren(...buttons);
  byId("only").addEventListener("change", () => state.change({ only: byId("only").checked }));
  byId("path").addEventListener("click", () => state.change({ path: [state.selected] }));
  byId("path-end").addEventListener("click", () => {
    state.change({ path: [] });
    byId(state.selected === null ? "details" : "path").focus();
  });
  const show = () => {
    byId("steps").hidden = state.selected === null && state.path.length === 0;
    for (const each of buttons) showDepth(data, state, each);
    byId("only").checked = state.only;
    byId("path").hidden = state.selected === null || state.path.length > 0;
    byId("path-end").hidden = state.path.length === 0;
    setText(byId("path-hint"), pathHint(data, state));
  };
  state.listen(show);
  show();
}

function showDepth(data, state, button) {
  const count = Number(button.dataset.depth);
  button.setAttribute("aria-pressed", state.depth === count);
  button.setAttribute("aria-label", word(data, state, "steps", { count }));
}

/** Returns what to do next, while the path has its first end only. */
function pathHint(data, state) {
  if (state.path.length !== 1) return "";
  const from = shortName(data.byId.get(state.path[0]), state.language);
  return word(data, state, "pathHint", { from });
}
