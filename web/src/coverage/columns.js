/** Row headings sort the columns of the bodies. */

/** Makes the row headings of the matrices work. */
export function createColumns() {
  for (const button of document.querySelectorAll(".matrix th[scope=row] button")) {
    button.addEventListener("click", () => sortBy(button.closest("th")));
  }
}

function sortBy(heading) {
  const table = heading.closest("table");
  const isUp = heading.getAttribute("aria-sort") === "descending";
  for (const each of table.querySelectorAll("th[scope=row]")) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", isUp ? "ascending" : "descending");
  const bodies = [...table.tHead.rows[0].cells].filter((each) => each.classList.contains("body"));
  const places = bodies.map(({ cellIndex }) => cellIndex);
  const value = (place) => Number(heading.parentElement.cells[place].dataset.value);
  const sorted = [...places].sort((one, other) => (value(one) - value(other)) * (isUp ? 1 : -1));
  for (const row of table.rows) {
    const cells = [...row.cells];
    const end = cells[places[places.length - 1] + 1];
    for (const place of sorted) row.insertBefore(cells[place], end);
  }
}
