/** Tables that sort by a click on a heading: numbers by size, texts as their language does. */

/**
 * Makes the heading buttons of `table[data-sortable]` work; the first click on one with
 * `data-first="descending"` puts the largest on top.
 */
export function createSorting() {
  for (const button of document.querySelectorAll("table[data-sortable] thead th button")) {
    button.addEventListener("click", () => sortBy(button.closest("th")));
  }
}

function sortBy(heading) {
  const table = heading.closest("table");
  const now = heading.getAttribute("aria-sort");
  const isDown = now ? now === "ascending" : heading.dataset.first === "descending";
  for (const each of heading.parentElement.children) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row) => {
    const cell = row.cells[heading.cellIndex];
    return cell.dataset.value ?? cell.innerText;
  };
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [key(row), row]);
  rows.sort(([one], [other]) => order.compare(one, other) * (isDown ? -1 : 1));
  body.append(...rows.map(([, row]) => row));
}
