"use strict";
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll(".languages button")];
  const input = document.getElementById("page-filter");
  const count = document.getElementById("page-count");
  const terms = [...document.querySelectorAll(".term")];
  const entries = new Map([...document.querySelectorAll(".index li")].map((li) => [li.dataset.term, li]));
  const groups = [...document.querySelectorAll("[data-group]")];
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const texts = new Map(terms.map((term) => [term, fold(term.querySelector(".names").textContent)]));

  const speak = (language) => {
    root.lang = language;
    document.title = JSON.parse(root.dataset.titles)[language];
    input.placeholder = JSON.parse(input.dataset.hints)[language];
    for (const button of buttons) button.ariaPressed = String(button.lang === language);
  };

  const filter = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const term of terms) {
      term.hidden = !words.every((word) => texts.get(term).includes(word));
      shown += !term.hidden;
      const entry = entries.get(term.id);
      if (entry) entry.hidden = term.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".term:not([hidden]), [data-term]:not([hidden])");
    document.getElementById("page-none").hidden = shown > 0;
    count.value = `${shown} / ${terms.length}`;
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.hidden) return;
    input.value = "";
    filter();
    target.scrollIntoView();
  };

  for (const button of buttons) button.addEventListener("click", () => speak(button.lang));
  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    filter();
  });
  addEventListener("hashchange", reveal);
  for (const control of document.querySelectorAll(".bar [hidden]")) control.hidden = false;
  const asked = new URLSearchParams(location.search).get("lang");
  speak(buttons.some((button) => button.lang === asked) ? asked : root.lang);
  filter();
  window.gdakg = { ready: true };
})();
