/** The named questions: one that is chosen goes into the editor and is explained. */
import { byId, setText } from "../dom.js";
import { showForm } from "./form.js";
import { filled } from "./parameters.js";

/**
 * Makes the list of questions work; `write` puts a query into the editor. Returns what chooses a
 * question, hears what is typed, and tells which question the editor holds.
 */
export function createQuestions(page, write) {
  const known = new Map(page.data.questions.map((each) => [each.name, each]));
  const buttons = [...document.querySelectorAll("#questions button")];
  const list = { known, buttons, page, write, chosen: undefined, values: {}, text: "" };
  for (const each of buttons) {
    each.addEventListener("click", () => {
      list.chosen = undefined; // what was typed since gives way
      choose(list, each.dataset.question);
      byId("explanation").focus();
    });
  }
  byId("parameters").addEventListener("submit", (event) => event.preventDefault());
  return {
    choose: (name, address) => choose(list, name, address),
    /** Hears what the editor holds; another text is no longer the question. */
    typed(now) {
      if (!list.chosen || now === list.text) return;
      list.chosen = undefined;
      explain(list);
    },
    chosen: () => list.chosen,
    /** Returns the question and its parameters for the address, undefined for a text of one's own. */
    address: () => list.chosen && { question: list.chosen.name, ...addressed(list) },
    speak() {
      if (list.chosen) fill(list);
      explain(list);
    },
  };
}

/** Chooses a question, with the parameters in `address`. */
function choose(list, name, address = new URLSearchParams()) {
  const question = list.known.get(name);
  if (!question) return;
  const values = given(question, address);
  if (question === list.chosen && JSON.stringify(values) === JSON.stringify(list.values)) return;
  Object.assign(list, { chosen: question, values });
  fill(list);
  explain(list);
  const button = list.buttons.find((each) => each.dataset.question === name);
  byId("questions").scrollTop += offBy(button, byId("questions"));
}

/** Puts the chosen question into the editor, its parameters in it. */
function fill(list) {
  list.text = filled(list.chosen, list.values, list.page.language(), list.page.data.mark);
  list.write(list.text);
}

/** Shows which question is chosen, what it is about, and its parameters. */
function explain(list) {
  const { buttons, chosen, page, values } = list;
  for (const each of buttons) each.setAttribute("aria-pressed", each.dataset.question === chosen?.name);
  byId("explanation").hidden = !chosen;
  if (!chosen) return;
  setText(byId("asked-title"), chosen.title[page.language()]);
  setText(byId("asked-about"), chosen.about[page.language()]);
  showForm(byId("parameters"), chosen, values, page, (name, value) => {
    list.values = { ...list.values, [name]: value };
    fill(list);
  });
}

/** Returns the values of the parameters in `address`, of the others those that they have at first. */
function given({ parameters }, address) {
  return Object.fromEntries(parameters.map(({ name, first }) => [name, address.get(`p.${name}`) ?? first]));
}

/** Returns how far a list must be scrolled for `button` to be seen in it. */
function offBy(button, list) {
  const [inner, outer] = [button, list].map((each) => each.getBoundingClientRect());
  if (inner.top < outer.top) return inner.top - outer.top;
  return Math.max(0, inner.bottom - outer.bottom);
}

/** Returns the parameters that are not as at first. */
function addressed({ chosen, values }) {
  const other = chosen.parameters.filter(({ name, first }) => name !== "lang" && values[name] !== first);
  return Object.fromEntries(other.map(({ name }) => [`p.${name}`, values[name]]));
}
