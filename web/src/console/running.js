/** Running a query: the buttons, how long it took, what the server had against it. */
import { byId, element, setText } from "../dom.js";
import { readAnswer } from "./answer.js";
import { ask, MEDIA } from "./asking.js";

/** What a query is asked for: rows, or statements one to a line. */
const WANTED = `${MEDIA.json}, ${MEDIA.nt};q=0.9`;

/** Makes Run and Stop work; returns what runs the query, and what takes a mark away again. */
export function createRunning(page, { editor, questions, results, keep }) {
  let running; // what ends the request that is on its way
  const stop = () => running?.abort();
  const show = (isRunning) => {
    byId("stop").hidden = !isRunning;
    byId("answer").setAttribute("aria-busy", isRunning);
  };
  const run = async () => {
    stop();
    const mine = (running = new AbortController());
    const text = editor.text();
    const question = questions.chosen();
    keep(text);
    forgive();
    show(true);
    setText(byId("told"), page.words().running);
    const start = performance.now();
    try {
      const answer = readAnswer(await ask(text, WANTED, mine.signal));
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      results.show({ answer, question, query: text, seconds });
    } catch (error) {
      if (mine !== running) return;
      results.clear();
      fail(error, page, editor);
    } finally {
      if (mine === running) show(false);
    }
  };
  const forgive = () => {
    if (byId("fault").hidden) return;
    byId("fault").hidden = true;
    editor.mark();
  };
  byId("run").addEventListener("click", run);
  byId("stop").addEventListener("click", () => {
    stop();
    byId("run").focus();
  });
  return { run, forgive };
}

/** Tells why there is no answer, and marks the place in the query if the server named it. */
export function fail(error, page, editor) {
  setText(byId("told"), error.name === "AbortError" ? page.words().stopped : page.words().error);
  if (error.name === "AbortError") return;
  const words = [error.message || page.words()[error.word]];
  if (error.seconds !== undefined) words.push(page.say("tooMuch", { seconds: error.seconds }));
  const parts = [element("span", {}, words.join(" "))];
  if (editor && error.line !== undefined) {
    const { line, column = 1 } = error;
    const click = () => {
      editor.mark(line, column);
      editor.focus();
    };
    parts.push(" ", element("button", { type: "button", click }, page.say("place", { line, column })));
    editor.mark(line, column);
  }
  byId("fault").replaceChildren(...parts);
  byId("fault").hidden = false;
}
