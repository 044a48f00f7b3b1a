/** The table of an answer: pages of rows, sorted by a click on a heading. */
import { byId, element, setText } from "../dom.js";
import { isNumber, textOf } from "./answer.js";

/** How many rows are in the page at once, so that answers of any length stay quick. */
export const ROWS = 200;

/**
 * Returns what shows an answer inside `place`, its columns under their headings by language;
 * `page` has the words and shows terms.
 */
export function createGrid(place, page) {
  let [answer, headings, rows, first, sorted] = [undefined, {}, [], 0, undefined];
  const render = () => {
    const shown = rows.slice(first, first + ROWS);
    const table = tableOf({ answer, headings }, shown, sorted, page, choose);
    const label = page.words().result;
    const wide = element("div", { class: "wide", tabindex: "0", role: "region", "aria-label": label }, table);
    place.replaceChildren(...pager(rows.length, first, page, go), wide);
  };
  const choose = (column) => {
    const isDown = sorted?.column === column && !sorted.isDown;
    sorted = { column, isDown };
    rows = inOrder(answer.rows, sorted, page.language());
    first = 0;
    render();
    place.querySelectorAll("th button")[column].focus();
  };
  const go = (to, name) => {
    first = to;
    render();
    const button = place.querySelector(`[name="${name}"]`);
    (button.disabled ? place.querySelector(".pages button:not([disabled])") : button).focus();
    setText(byId("told"), rangeOf(rows.length, first, page));
  };
  return (given, named) => {
    if (given !== answer) [answer, headings, rows, first, sorted] = [given, named, given.rows, 0, undefined];
    render();
  };
}

/** Returns the buttons that go from page to page, where there is more than one. */
function pager(count, first, page, go) {
  if (count <= ROWS) return [];
  const last = Math.floor((count - 1) / ROWS) * ROWS;
  const button = (name, sign, to) => {
    const isEnd = to < 0 || to > last || to === first;
    const attributes = { type: "button", name, "aria-label": page.words()[name], disabled: isEnd && "" };
    return element("button", { ...attributes, click: () => go(to, name) }, sign);
  };
  const before = [button("first", "«", 0), button("previous", "‹", first - ROWS)];
  const after = [button("next", "›", first + ROWS), button("last", "»", last)];
  const range = element("span", {}, rangeOf(count, first, page));
  return [element("p", { class: "pages" }, ...before, range, ...after)];
}

/** Returns which rows are shown, in words. */
function rangeOf(count, first, page) {
  return page.say("rowsShown", { from: first + 1, to: Math.min(first + ROWS, count), n: count });
}

function tableOf({ answer, headings }, rows, sorted, page, choose) {
  const head = element("tr", {}, ...answer.variables.map((name, column) => {
    const isSorted = sorted?.column === column;
    const order = isSorted && (sorted.isDown ? "descending" : "ascending");
    const heading = headings[name]?.[page.language()];
    const text = heading ?? (answer.kind === "graph" ? page.words()[name] : name);
    return element("th", { scope: "col", "aria-sort": order },
      element("button", { type: "button", title: heading && `?${name}`, click: () => choose(column) }, text));
  }));
  const table = element("table", {}, element("caption", { class: "unseen" }), element("thead", {}, head),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((term) => cell(term, page))))));
  setText(table.caption, page.words().result);
  return table;
}

const cell = (term, page) => element("td", { class: isNumber(term) && "number" }, page.cell(term));

/** Returns `rows` by what they have in a column: numbers by size, texts as the language does. */
function inOrder(rows, { column, isDown }, language) {
  const order = new Intl.Collator(language, { numeric: true });
  const sign = isDown ? -1 : 1;
  const keys = rows.map((row) => {
    const term = row[column];
    return { row, text: textOf(term), size: isNumber(term) ? Number(term.value) : undefined, isNone: !term };
  });
  keys.sort((one, other) => {
    if (one.isNone || other.isNone) return one.isNone - other.isNone;
    if (one.size !== undefined && other.size !== undefined) return sign * (one.size - other.size);
    return sign * order.compare(one.text, other.text);
  });
  return keys.map(({ row }) => row);
}
