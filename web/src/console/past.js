/** The last queries, which this browser keeps for this page and sends to nobody. */
import { byId, element } from "../dom.js";
import { closing } from "../download.js";

const KEY = "gdakg-console-past";
const MOST = 20;

/** Makes the menu of past queries; `choose` is given one. Returns what keeps one, and what renames. */
export function createPast(page, choose) {
  const menu = byId("past");
  const list = menu.querySelector("div");
  const pick = (text) => {
    menu.open = false;
    choose(text);
  };
  const forget = () => {
    write([]);
    show();
    menu.querySelector("summary").focus();
  };
  const show = () => {
    const buttons = read().map((text) => element("button", { type: "button", title: text.slice(0, 500), click: () => pick(text) }, page.nameOf(text)));
    const end = buttons.length > 0
      ? element("button", { type: "button", class: "forget", click: forget }, page.words().forget)
      : element("p", { class: "hint" }, page.words().noHistory);
    list.replaceChildren(...buttons, end);
  };
  menu.addEventListener("toggle", () => menu.open && show());
  closing(menu);
  return (text) => write([text, ...read().filter((each) => each !== text)].slice(0, MOST));
}

/** Returns the kept queries; none where the browser keeps nothing, or something else is kept. */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string") : [];
  } catch {
    return [];
  }
}

function write(texts) {
  try {
    localStorage.setItem(KEY, JSON.stringify(texts));
  } catch {
    // A browser that keeps nothing, or has no room left, shows no past queries.
  }
}
