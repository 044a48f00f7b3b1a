/** The rows of the table: each gets a button that leads to the drawing. */
import { drawn } from "./signs.js";

/** Adds the buttons, which without a script would do nothing; `locate` is told the item. */
export function addButtons(items, locate) {
  const name = document.createElement("span");
  name.id = "locate-name";
  name.className = "unseen";
  document.getElementById("picture").append(name);
  for (const [number, item] of items.entries()) {
    const [date, , code, title] = item.row.cells;
    const named = code.textContent.trim() ? code : title;
    named.id = `n${number}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "locate";
    button.setAttribute("aria-labelledby", `locate-name n${number}`);
    button.append(target());
    button.addEventListener("click", () => locate(item));
    date.append(" ", button);
  }
}

function target() {
  const picture = drawn("svg", { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" });
  picture.append(drawn("circle", { r: 4 }), drawn("path", { d: "M0-7V-2M0 7V2M-7 0H-2M7 0H2" }));
  return picture;
}
