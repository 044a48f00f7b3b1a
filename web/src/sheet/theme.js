/** Light, dark, or as the system has it. */
import { readAddress, writeAddress } from "./address.js";

const THEMES = ["", "light", "dark"];

/** Makes the theme menu work; returns what shows the theme of the address. */
export function createTheme() {
  const menu = document.getElementById("theme");
  const choose = (theme) => {
    menu.value = theme;
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  };
  menu.addEventListener("change", () => {
    writeAddress({ theme: menu.value }, {});
    choose(menu.value);
  });
  const show = () => {
    const wanted = readAddress().get("theme") ?? "";
    choose(THEMES.includes(wanted) ? wanted : "");
  };
  show();
  return show;
}
