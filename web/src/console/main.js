/** Puts the console together: what is asked, the answer, and what the address says of both. */
import { readAddress, writeAddress } from "../address.js";
import { byId } from "../dom.js";
import { createChoices } from "./choices.js";
import { createCompleting } from "./completing.js";
import { createEditor } from "./editor.js";
import { createPast } from "./past.js";
import { createQuestions } from "./questions.js";
import { createResults } from "./results.js";
import { createRunning } from "./running.js";
import { createTerms } from "./terms.js";

const data = JSON.parse(byId("console-data").textContent);
const { short, cell } = createTerms(data);
const language = () => document.documentElement.lang;
const words = () => data.words[language()];

/** What the parts of the page know of it. */
const page = {
  data,
  language,
  words,
  say: (key, values) => words()[key].replace(/\{(\w+)\}/g, (_, name) => shown(values[name])),
  short,
  cell,
  choices: createChoices(data.kinds),
  languages: [...byId("languages").children].map((each) => ({ iri: each.lang, code: each.textContent, label: "" })),
  nameOf,
};

const shown = (value) => (typeof value === "number" ? value.toLocaleString("en") : String(value));

/** Returns what a past query is called: the question that it is, or how it begins. */
function nameOf(text) {
  const name = /^# (\w+)\n/.exec(text)?.[1];
  const question = data.questions.find((each) => each.name === name);
  if (question) return question.title[language()];
  const body = text.replace(/^\s*(#.*|PREFIX .*|BASE .*)$/gim, "").replace(/\s+/g, " ").trim();
  return body.length > 90 ? `${body.slice(0, 90)} …` : body || text.slice(0, 90);
}

let written; // the timer that keeps the address behind the typing
const editor = createEditor({
  host: byId("editor"),
  complete: createCompleting(data, language),
  run: () => running.run(),
  change() {
    running.forgive();
    clearTimeout(written);
    written = setTimeout(keepAddress, 300);
    questions.typed(editor.text());
  },
});
const questions = createQuestions(page, (text) => {
  editor.set(text);
  keepAddress();
});
const results = createResults(page);
const remember = createPast(page, (text) => {
  editor.set(text);
  editor.focus();
});
const keep = (text) => {
  keepAddress();
  remember(text);
};
const running = createRunning(page, { editor, questions, results, keep });

const KEYS = ["question", "query"];

/** Writes into the address what the editor holds: the name of a question, or the text. */
function keepAddress() {
  clearTimeout(written);
  const text = editor.text();
  const gone = [...readAddress().keys()].filter((key) => key.startsWith("p."));
  const empty = Object.fromEntries([...KEYS, ...gone].map((key) => [key, ""]));
  writeAddress({ ...empty, ...(questions.address() ?? { query: text }) }, {});
  byId("permalink").href = location.hash || "#";
}

/** Shows what the address asks for, if it is not there already; nothing is run by itself. */
function showAddress() {
  const address = readAddress();
  const query = address.get("query");
  if (query && query !== editor.text()) editor.set(query);
  else if (address.has("question") && !query) questions.choose(address.get("question"), address);
}

function speak() {
  editor.name(words());
  questions.speak();
  results.speak();
}

document.addEventListener("languagechange", speak);
addEventListener("hashchange", showAddress);
addEventListener("beforeprint", () => (byId("printed").textContent = editor.text()));
byId("no-server").hidden = location.protocol !== "file:";
editor.set(data.start);
speak();
showAddress();
keepAddress();
