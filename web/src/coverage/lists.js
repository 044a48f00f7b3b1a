/** From a number of the matrix to the list behind it, and back. */
import { jump } from "../address.js";

const FILTERS = ["pillar", "area", "body", "find"];

/** Makes the numbers and the buttons above the lists work. */
export function createLists() {
  const form = document.getElementById("controls");
  const away = document.getElementById("away");
  let origin = document.getElementById("matrix");
  const choose = (wanted) => {
    for (const name of FILTERS) form.elements[name].value = wanted.get(name) ?? "";
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-list]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    jump(() => choose(new URLSearchParams(link.hash.slice(1))));
    origin = link;
    goTo(document.getElementById(`${link.dataset.list}-heading`));
  });
  document.getElementById("clear").addEventListener("click", () => choose(new Map()));
  document.getElementById("back").addEventListener("click", () => {
    // A link of a matrix that has been switched away cannot take the focus.
    goTo(origin.checkVisibility() ? origin : document.getElementById("matrix"));
  });
  const update = () => {
    for (const each of document.querySelectorAll(".chosen")) each.textContent = chosenOf(form);
    away?.setAttribute("href", networkOf(away.dataset.page, form));
  };
  document.addEventListener("input", update);
  document.addEventListener("languagechange", update);
  addEventListener("hashchange", update);
  update();
}

function goTo(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: element.matches("a") ? "center" : "start" });
}

/** Returns what the menus have chosen, in words: "· 2 Reducing ... · ITU-T ...". */
function chosenOf(form) {
  const options = ["pillar", "area", "body"].map((name) => form.elements[name].selectedOptions[0]);
  return options.map((each) => (each?.value ? `· ${each.label}` : "")).join(" ").trim();
}

/** Returns the address of the network page that shows what is chosen. */
function networkOf(page, form) {
  const address = new URLSearchParams();
  for (const name of ["pillar", "body", "area"]) {
    const { iri } = form.elements[name].selectedOptions[0]?.dataset ?? {};
    // An area is no filter there; it is selected.
    if (iri) address.set(name === "area" ? "node" : name, iri);
  }
  return address.size > 0 ? `${page}#${address}` : page;
}
