/** The language of the page: the style sheet shows what stands in the one of <html lang>. */
import { readAddress, writeAddress } from "./address.js";

/** Makes the language buttons work; returns what shows the language of the address. */
export function createLanguages({ titles, language: initial }) {
  const buttons = [...document.querySelectorAll("#languages button")];
  const choose = (language) => {
    document.documentElement.lang = language;
    document.title = titles[language];
    for (const each of buttons) each.setAttribute("aria-pressed", each.lang === language);
    for (const each of document.querySelectorAll("[data-labels]")) {
      const label = JSON.parse(each.dataset.labels)[language];
      each.setAttribute(each.dataset.labelled ?? "aria-label", label);
    }
    document.dispatchEvent(new Event("languagechange"));
  };
  for (const each of buttons) {
    each.addEventListener("click", () => {
      writeAddress({ lang: each.lang }, { lang: initial });
      choose(each.lang);
    });
  }
  const show = () => {
    const wanted = readAddress().get("lang");
    choose(Object.hasOwn(titles, wanted ?? "") ? wanted : initial);
  };
  show();
  return show;
}
