/** Tables that sort by a click on a heading: numbers by size, texts as their language does. */
import { textShown } from "./texts.js";

/**
 * Makes the heading buttons of `table[data-sortable]` work; the first click on one with
 * `data-first="descending"` puts the largest on top.
 */
export function createSorting() {
  for (const button of document.querySelectorAll("table[data-sortable] thead th button")) {
    button.addEventListener("click", () => choose(button.closest("th")));
  }
  document.addEventListener("languagechange", () => {
    for (const heading of document.querySelectorAll("th[data-is-chosen]")) sortBy(heading);
  });
}

function choose(heading) {
  const now = heading.getAttribute("aria-sort");
  const isDown = now ? now === "ascending" : heading.dataset.first === "descending";
  for (const each of heading.parentElement.children) {
    each.removeAttribute("aria-sort");
    delete each.dataset.isChosen;
  }
  heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  heading.dataset.isChosen = "";
  sortBy(heading);
}

/** Sorts the rows, the hidden ones too, by what they have under `heading`. */
function sortBy(heading) {
  const isDown = heading.getAttribute("aria-sort") === "descending";
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row) => {
    const cell = row.cells[heading.cellIndex];
    return cell.dataset.value ?? textShown(cell);
  };
  const body = heading.closest("table").tBodies[0];
  const rows = [...body.rows].map((row) => [key(row), row]);
  rows.sort(([one], [other]) => order.compare(one, other) * (isDown ? -1 : 1));
  body.append(...rows.map(([, row]) => row));
}
