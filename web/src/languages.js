/** The buttons that choose the language of the page. */

/** Makes the buttons call `choose` with a language; returns what says which one the page is in. */
export function createLanguageButtons(choose) {
  const buttons = [...document.querySelectorAll("#languages button")];
  for (const each of buttons) each.addEventListener("click", () => choose(each.lang));
  return (language) => {
    document.documentElement.lang = language;
    for (const each of buttons) each.setAttribute("aria-pressed", each.lang === language);
  };
}
