/** Puts the interface into the chosen language: whatever in the page names a word of ours. */
import { byId, setText } from "./dom.js";
import { createLanguageButtons } from "./languages.js";
import { plain, textIn } from "./names.js";

/** Returns the word `key` in the language of `state`, its {names} filled from `values`. */
export function word(data, state, key, values = {}) {
  const text = data.words[state.language][key];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Returns the name of `kind` in the language of `state`. */
export function kindName(data, state, kind) {
  return data.kinds[kind].names[state.language];
}

/** Keeps all words of the page and its title in step with `state`; returns what shows them. */
export function createWords(data, state) {
  const say = (key) => word(data, state, key, data.counts);
  const mark = createLanguageButtons((language) => state.change({ language }));
  const show = () => {
    mark(state.language);
    const heading = plain(textIn(data.heading, state.language));
    document.title = heading;
    setText(byId("heading"), heading);
    for (const each of document.querySelectorAll("[data-word]")) setText(each, say(each.dataset.word));
    for (const each of document.querySelectorAll("[data-texts]")) {
      setText(each, Object.fromEntries(JSON.parse(each.dataset.texts))[state.language]);
    }
    for (const each of document.querySelectorAll("[data-word-label]")) {
      each.setAttribute("aria-label", say(each.dataset.wordLabel));
    }
    for (const each of document.querySelectorAll("[data-word-placeholder]")) {
      each.placeholder = say(each.dataset.wordPlaceholder);
    }
  };
  state.listen((changed) => changed.has("language") && show());
  show();
  return show;
}

