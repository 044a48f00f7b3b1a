/** Light, dark, or as the system has it. */
import { readAddress, writeAddress } from "./address.js";
import { byId } from "./dom.js";

/** The first is the one of a page that nobody has chosen a theme for. */
const THEMES = ["system", "light", "dark"];

/** Makes the menu of themes work; returns what shows the theme of the address. */
export function createTheme() {
  const menu = byId("theme");
  const choose = (theme) => {
    menu.value = theme;
    document.documentElement.dataset.theme = theme;
  };
  menu.addEventListener("change", () => {
    writeAddress({ theme: menu.value }, { theme: THEMES[0] });
    choose(menu.value);
  });
  const show = () => {
    const wanted = readAddress().get("theme");
    choose(THEMES.includes(wanted) ? wanted : THEMES[0]);
  };
  show();
  return show;
}

/** Adds the theme of the page to an `address`, if one was chosen. */
export function addTheme(address) {
  const { theme } = document.documentElement.dataset;
  if (theme !== THEMES[0]) address.set("theme", theme);
}
