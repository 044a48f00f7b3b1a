/** The language of the page: the style sheet shows what stands in the one of <html lang>. */
import { readAddress, writeAddress } from "../address.js";
import { createLanguageButtons } from "../languages.js";

/** Makes the language buttons work; returns what shows the language of the address. */
export function createLanguages({ titles, language: initial }) {
  const mark = createLanguageButtons((language) => {
    writeAddress({ lang: language }, { lang: initial });
    choose(language);
  });
  const choose = (language) => {
    mark(language);
    document.title = titles[language];
    for (const each of document.querySelectorAll("[data-labels]")) {
      const label = JSON.parse(each.dataset.labels)[language];
      each.setAttribute(each.dataset.labelled ?? "aria-label", label);
    }
    document.dispatchEvent(new Event("languagechange"));
  };
  const show = () => {
    const wanted = readAddress().get("lang");
    choose(Object.hasOwn(titles, wanted ?? "") ? wanted : initial);
  };
  show();
  return show;
}
