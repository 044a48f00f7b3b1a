/** Light, dark, or as the system has it. */
import { THEMES } from "./address.js";
import { byId, element } from "./dom.js";
import { word } from "./words.js";

/** Fills the choice of themes and puts the page into the one that `state` has. */
export function createTheme(data, state) {
  const choice = byId("theme");
  const options = THEMES.map((value) => element("option", { value }));
  choice.replaceChildren(...options);
  choice.addEventListener("change", () => state.change({ theme: choice.value }));
  const show = () => {
    for (const each of options) each.textContent = word(data, state, each.value);
    choice.value = state.theme;
    document.documentElement.dataset.theme = state.theme;
  };
  state.listen(show);
  show();
}
