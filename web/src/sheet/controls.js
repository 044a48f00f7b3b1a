/**
 * Filters and switches, by attributes alone.
 *
 * `<form id="controls">` holds named selects, radios and search boxes; the address keeps what
 * differs from the start.  `data-when="rows=pillar"` is shown while the control `rows` has that
 * value (several conditions: all of them).  Inside `data-filtered="pillar body find"`, an element
 * with `data-has="pillar=2 body=itu-t"` is shown while each of these controls is empty or has a
 * value among them; the control `find` looks through its text.  `data-count` tells how many.
 */
import { bare, fold } from "../fold.js";
import { readAddress, writeAddress } from "../address.js";

/** Makes the controls work; returns what shows the state of the address. */
export function createControls() {
  const form = document.getElementById("controls");
  if (!form) return () => {};
  const named = [...form.elements].filter(({ name }) => name);
  const initial = values(form);
  const change = () => {
    writeAddress(values(form), initial);
    apply(values(form));
  };
  // Controls may stand elsewhere in the page, with form="controls".
  document.addEventListener("input", ({ target }) => {
    if (target === form || target.form === form) change();
  });
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("submit", (event) => event.preventDefault());
  const show = () => {
    const address = readAddress();
    for (const each of named) {
      const wanted = address.get(each.name);
      set(each, offers(named, each, wanted) ? wanted : (initial[each.name] ?? ""));
    }
    apply(values(form));
  };
  show();
  return show;
}

const values = (form) => Object.fromEntries(new FormData(form));

/** Returns whether a control, or the radios of its name, can have a value. */
function offers(named, control, value) {
  if (control.tagName === "SELECT") return [...control.options].some((each) => each.value === value);
  if (control.type !== "radio") return value !== null;
  return named.some((each) => each.name === control.name && each.value === value);
}

function set(control, value) {
  if (control.type === "radio") control.checked = control.value === value;
  else control.value = value;
}

function apply(chosen) {
  for (const each of document.querySelectorAll("[data-when]")) {
    each.hidden = !each.dataset.when.split(" ").every((condition) => {
      const [name, value] = condition.split("=");
      return chosen[name] === value;
    });
  }
  for (const list of document.querySelectorAll("[data-filtered]")) filter(list, chosen);
  document.dispatchEvent(new CustomEvent("controlschange", { detail: chosen }));
}

/** Shows the elements of `list` that have what was chosen, and counts them. */
function filter(list, chosen) {
  const wanted = list.dataset.filtered.split(" ").filter((name) => chosen[name]);
  let count = 0;
  for (const each of list.querySelectorAll("[data-has]")) {
    const has = each.dataset.has.split(" ");
    const isShown = wanted.every((name) =>
      name === "find" ? holds(each, chosen.find) : has.includes(`${name}=${chosen[name]}`),
    );
    each.hidden = !isShown;
    count += isShown;
  }
  for (const each of document.querySelectorAll(`[data-count="${list.id}"] .n`)) {
    each.textContent = count.toLocaleString("en");
  }
}

/** Letters, then a number: "L1470" is searched without regard to what stands between them. */
const CODE = /^\p{L}+\d/u;

/** Returns whether all words of `query` stand in the text of `element`, in any language. */
function holds(element, query) {
  element.folded ??= fold(element.textContent);
  return fold(query).split(/\s+/).every((word) => {
    if (element.folded.includes(word)) return true;
    if (!CODE.test(word)) return false;
    element.bare ??= bare(element.textContent);
    return element.bare.includes(bare(word));
  });
}
