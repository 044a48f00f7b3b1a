/** The answer: as a table, as the server wrote it, as a network; and saved. */
import { byId, element, setText } from "../dom.js";
import { download } from "../download.js";
import { fail } from "./running.js";
import { ask, draw, MEDIA } from "./asking.js";
import { createGrid } from "./grid.js";
import { createSaving, saveAnswer } from "./saving.js";
import { searched } from "./searched.js";

/** How many characters of the raw answer are shown. */
const MOST = 200_000;

/** How much of an answer is to be seen at least, in pixels. */
const MARGIN = 200;

/** Makes the part of the page with the answer; returns what shows one, and what takes it away. */
export function createResults(page) {
  const buttons = [...byId("views").querySelectorAll("button")];
  let [shown, view] = [undefined, "table"];
  const grid = createGrid(byId("table"), page);

  const choose = (name) => {
    view = name;
    for (const each of buttons) {
      each.setAttribute("aria-pressed", each.value === view);
      byId(each.value).hidden = each.value !== view;
    }
    if (shown) guarded(() => VIEWS[view](shown, page, grid), page);
  };
  for (const each of buttons) each.addEventListener("click", () => choose(each.value));
  const offer = createSaving((format) => guarded(() => save(shown, format, page), page));
  byId("save-network").addEventListener("click", () => shown.drawn?.then(saveNetwork));
  return {
    /** Shows an answer to `query` that took so many `seconds`, of a `question` if it is one. */
    show(given) {
      shown = given;
      byId("answer").hidden = false;
      offer(given.answer.kind);
      const hasRows = given.answer.kind !== "yes";
      buttons.find(({ value }) => value === "network").hidden = !hasRows;
      setText(byId("told"), toldOf(given, page));
      choose(view === "network" && !hasRows ? "table" : view);
      bringIntoView();
    },
    /** Takes the answer away: the query in the editor has none. */
    clear() {
      shown = undefined;
      byId("answer").hidden = true;
    },
    speak() {
      if (!shown) return;
      setText(byId("told"), toldOf(shown, page));
      shown.drawn = undefined;
      choose(view);
    },
  };
}

/** Saves an answer in `format`, and tells as what. */
async function save({ question, query }, format, page) {
  const file = await saveAnswer(query, format, `gdakg-${question?.name ?? "query"}`);
  setText(byId("told"), page.say("saved", { file }));
}

const saveNetwork = ({ text }) =>
  download(new Blob([text], { type: "text/html;charset=utf-8" }), "gdakg-network.html");

/** Scrolls to the answer where little of it is seen, with the line above it that counts its rows. */
function bringIntoView() {
  const { top } = byId("answer").getBoundingClientRect();
  if (top > innerHeight - MARGIN) byId("run").scrollIntoView({ block: "start" });
}

/** Does `deed`, and tells why it failed if it did. */
async function guarded(deed, page) {
  byId("fault").hidden = true;
  try {
    await deed();
  } catch (error) {
    fail(error, page);
  }
}

/** Returns how many rows there are and how long they took. */
function toldOf({ answer, seconds }, page) {
  const n = answer.rows.length;
  const rows = n === 1 ? page.words().row : page.say("rows", { n });
  const answered = page.say("answered", { seconds });
  return answer.kind === "yes" ? answered : `${rows} · ${answered}`;
}

/** What shows an answer in each of the views. */
const VIEWS = {
  table({ answer, question }, page, grid) {
    if (answer.kind === "yes") {
      const word = page.words()[answer.boolean ? "yes" : "no"];
      return byId("table").replaceChildren(element("p", { class: "yes" }, word));
    }
    if (answer.rows.length > 0) return grid(answer, question?.headings ?? {});
    const told = element("p", { class: "hint" }, page.words().emptyAnswer);
    byId("table").replaceChildren(told);
    return searched(question, page).then((text) => told.append(" ", text));
  },
  async raw(shown, page) {
    const place = byId("raw").querySelector("pre");
    const { answer, query } = shown;
    shown.raw ??= answer.kind === "graph" ? (await ask(query, MEDIA.ttl)).text : pretty(answer.text);
    const rest = shown.raw.length > MOST ? page.say("bytesShown", { n: MOST }) : "";
    place.textContent = shown.raw.slice(0, MOST);
    setText(byId("raw-hint"), rest);
  },
  async network(shown, page) {
    const frame = byId("network").querySelector("iframe");
    if (shown.drawn && frame.shown === shown) return;
    frame.hidden = true;
    byId("save-network").hidden = true;
    shown.drawn ??= draw(shown.query, page.language()).catch((error) => {
      shown.drawn = undefined; // so that it can be tried again
      throw error;
    });
    setText(byId("told"), page.words().running);
    frame.wanted = shown;
    const { text } = await shown.drawn;
    if (frame.wanted !== shown) return; // another answer came in the meantime
    setText(byId("told"), toldOf(shown, page));
    frame.title = page.words().network;
    frame.srcdoc = framed(text);
    frame.shown = shown;
    frame.hidden = byId("save-network").hidden = false;
  },
};

/** Returns a page as it stands in the frame: its ways to other pages open beside this one. */
function framed(text) {
  return text.replace("<head>", '<head><base target="_blank">');
}

const pretty = (text) => (text.length > MOST ? text : JSON.stringify(JSON.parse(text), undefined, 2));
