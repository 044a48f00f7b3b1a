/** What is told of one thing: all that its row in the table says. */

/** Returns a new element with these children. */
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

const copies = (cell) => [...cell.cloneNode(true).childNodes].filter((node) => !node.matches?.("button"));
const title = (row) => row.cells[3];

/** Returns the short name of an item in the language of the page: an edition goes by its code. */
export function shortName({ kind, row }) {
  return (kind === "edition" && row.cells[2].textContent.trim()) || inLanguage(title(row));
}

/** Returns the text of a cell in the language of the page. */
export function inLanguage(cell) {
  const language = document.documentElement.lang;
  const copy = cell.cloneNode(true);
  for (const each of copy.querySelectorAll("[data-in], button")) {
    if (!each.dataset.in?.split(" ").includes(language)) each.remove();
  }
  return copy.textContent.trim();
}

/** Returns one line for those who hear it. */
export const spoken = ({ row }) =>
  [0, 1, 2, 3].map((at) => inLanguage(row.cells[at])).filter(Boolean).join(", ");

/** Fills the little note beside the pointer. */
export function fillTip(tip, item) {
  const [date, kind] = item.row.cells;
  const lines = [...new Set([shortName(item), inLanguage(title(item.row))])];
  const facts = element("p", "hint", inLanguage(date), " · ", inLanguage(kind));
  tip.replaceChildren(...lines.map((line) => element("p", "", line)), facts);
}

/** Fills the panel with all that is known of an item; its button, so named, calls `close`. */
export function fillDetails(panel, { row }, names, close) {
  const headings = row.closest("table").tHead.rows[0].cells;
  const button = element("button", "close", "×");
  button.type = "button";
  button.dataset.labels = JSON.stringify(names);
  button.setAttribute("aria-label", names[document.documentElement.lang]);
  button.addEventListener("click", close);
  const list = element("dl", "");
  for (const at of [2, 0, 1, 4, 5, 6]) {
    if (!row.cells[at].textContent.trim()) continue;
    const name = headings[at].querySelector("button") ?? headings[at];
    list.append(element("div", "", element("dt", "", ...copies(name)), element("dd", "", ...copies(row.cells[at]))));
  }
  panel.replaceChildren(button, element("h2", "", ...copies(title(row))), list);
  panel.hidden = false;
}
