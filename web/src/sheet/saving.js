/** The menu that saves the tables that are shown as csv, the drawings as SVG and PNG. */
import { asCsv } from "../csv.js";
import { closing, download, pngOf } from "../download.js";
import { byId, element, setText } from "../dom.js";
import { textShown } from "./texts.js";

/** What the style sheet says of a drawing, which a file must say itself. */
const STYLES = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"],
  ...["opacity", "font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline"],
  ...["paint-order", "stroke-linejoin", "display", "visibility"],
];

/** What stays free beside the menu, in pixels. */
const MARGIN = 16;

/** Makes the menu, if the page has something to save: elements with a `data-save`. */
export function createSaving() {
  const menu = byId("save");
  menu.hidden = document.querySelector("[data-save]") === null;
  menu.addEventListener("toggle", () => menu.open && fill(menu));
  addEventListener("resize", () => menu.open && keepInside(menu.querySelector("div")));
  closing(menu);
}

/** Fills the menu with what is shown at this moment. */
function fill(menu) {
  const shown = [...document.querySelectorAll("[data-save]")].filter((each) => each.checkVisibility());
  const buttons = shown.flatMap((each) => {
    const formats = each.localName === "svg" ? ["svg", "png"] : ["csv"];
    return formats.map((format) => button(menu, each, format));
  });
  const list = menu.querySelector("div");
  list.replaceChildren(...buttons);
  keepInside(list);
}

/** Moves what hangs from the right edge of a button to the right until all of it is seen. */
function keepInside(list) {
  list.style.right = "0";
  list.style.right = `${Math.min(0, list.getBoundingClientRect().left - MARGIN)}px`;
}

function button(menu, saved, format) {
  const name = nameOf(saved);
  const click = async () => {
    menu.open = false;
    menu.querySelector("summary").focus();
    const file = `gdakg-${saved.dataset.save}-${document.documentElement.lang}.${format}`;
    download(await blobOf(saved, format), file);
    setText(byId("save-status"), `✓ ${file}`);
  };
  return element("button", { type: "button", click }, `${format.toUpperCase()} · ${name}`);
}

/** Returns what a table or drawing is called. */
function nameOf(saved) {
  const heading = byId(saved.closest("[aria-labelledby]")?.getAttribute("aria-labelledby"));
  const named = saved.caption ?? heading;
  if (named) return textShown(named);
  return saved.dataset.name ?? saved.getAttribute("aria-label") ?? saved.dataset.save;
}

async function blobOf(saved, format) {
  if (format === "csv") return new Blob([asCsv(rowsOf(saved))], { type: "text/csv;charset=utf-8" });
  if (format === "svg") return new Blob([drawn(saved, 1)], { type: "image/svg+xml" });
  return pngOf(drawn(saved, 2));
}

/** Returns the texts of the rows of a table that are shown. */
function rowsOf(table) {
  const rows = [...table.rows].filter((row) => row.checkVisibility());
  return rows.map((row) => [...row.cells].filter((cell) => !cell.matches(".unsaved")).map(textOf));
}

/** Returns `data-saved` of a cell or its text, without what only screen readers are told. */
function textOf(cell) {
  if (cell.dataset.saved !== undefined) return cell.dataset.saved;
  const unseen = [...cell.querySelectorAll(".unseen")].filter((each) => each.checkVisibility());
  return unseen.reduce((text, each) => text.replace(each.innerText, ""), cell.innerText).trim();
}

/** Returns a drawing as the text of a file, `zoom` times as large, its looks written out. */
function drawn(svg, zoom) {
  const copy = svg.cloneNode(true);
  const copies = copy.querySelectorAll("*");
  [...svg.querySelectorAll("*")].forEach((each, at) => dress(copies[at], getComputedStyle(each)));
  dress(copy, getComputedStyle(svg));
  const { width, height } = svg.getBoundingClientRect();
  if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("width", width * zoom);
  copy.setAttribute("height", height * zoom);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const { x, y, width: across, height: down } = copy.viewBox.baseVal;
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const fill = getComputedStyle(document.body).backgroundColor;
  for (const [key, value] of Object.entries({ x, y, width: across, height: down, fill })) {
    paper.setAttribute(key, value);
  }
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** Gives an element of a copy the looks of its original, as attributes. */
function dress(each, style) {
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value && value !== "normal" && value !== "auto") each.setAttribute(name, value);
  }
  for (const name of ["class", "tabindex", "style"]) each.removeAttribute(name);
}
