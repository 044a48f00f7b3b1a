/**
 * Cards: an order to choose, a link to each, counts that set the filters.
 *
 * The control `order` sorts the elements inside `data-ordered` by a number of theirs:
 * `<option value="-candidates">` by `data-candidates`, the greatest first; "" as they stood.
 * `#card=GAP-EF` in the address leads to `data-card="GAP-EF"`, and so does `<a data-to="GAP-EF">`.
 * `<button data-choose="status=open basis=">` sets these controls and empties the other filters.
 * What has `data-none="cards"` is shown while nothing is shown in the element `cards`.
 */
import { jump, readAddress, writeAddress } from "../address.js";

/** Makes cards work, before the controls do; returns what shows the card of the address. */
export function createCards() {
  const list = document.querySelector("[data-ordered]");
  if (!list) return () => {};
  const form = document.getElementById("controls");
  const cards = [...list.children];
  document.addEventListener("controlschange", ({ detail }) => {
    arrange(list, cards, detail.order ?? "");
    for (const each of document.querySelectorAll(`[data-none="${list.id}"]`)) {
      each.hidden = cards.some((card) => !card.hidden);
    }
  });
  form.addEventListener("input", () => writeAddress({ card: "" }, {}));
  const show = () => {
    const wanted = readAddress().get("card");
    const card = cards.find(({ dataset }) => dataset.card === wanted);
    if (card) lead(form, card);
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-choose]");
    if (!button) return;
    jump(() => choose(form, list, button.dataset.choose));
    list.focus();
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-to]");
    if (!link) return;
    event.preventDefault(); // the address keeps language and theme
    jump(() => writeAddress({ card: link.dataset.to }, {}));
    show();
  });
  return show;
}

/** Puts the `cards` of `list` into an order, unless they stand in it. */
function arrange(list, cards, order) {
  if (list.dataset.order === order) return;
  list.dataset.order = order;
  const name = order.replace("-", "");
  const sign = order.startsWith("-") ? -1 : 1;
  const places = new Map(cards.map((card, place) => [card, place]));
  const value = (card) => sign * Number(card.dataset[name]);
  const sorted = [...cards].sort(
    (one, other) => (name && value(one) - value(other)) || places.get(one) - places.get(other),
  );
  list.append(...sorted);
}

/** Brings a card before the reader, whatever the filters say. */
function lead(form, card) {
  const go = () => {
    card.scrollIntoView();
    card.focus({ preventScroll: true });
  };
  if (!card.hidden) return go();
  form.reset();
  setTimeout(go);
}

/** Sets controls as in "status=open basis=", the other filters of `list` to nothing. */
function choose(form, list, choice) {
  for (const name of list.dataset.filtered.split(" ")) form.elements[name].value = "";
  for (const [name, value] of choice.split(" ").map((part) => part.split("="))) {
    form.elements[name].value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}
