/** The search box: an ARIA combobox over codes and labels in all languages. */
import { byId, element } from "./dom.js";
import { bare, fold } from "./fold.js";
import { sample } from "./look.js";
import { fullName, shorten } from "./names.js";
import { reveal } from "./legend.js";
import { kindName, word } from "./words.js";

/** How many nodes a query finds at most. */
export const MOST = 30;

/** Returns a function from a query to the nodes it finds, the nearest first. */
export function createIndex(nodes) {
  const entries = nodes.map((node) => {
    const labels = Object.values(node.labels);
    const text = fold([node.code ?? "", ...labels, node.id].join("\n"));
    const code = bare(node.code ?? "");
    return { node, text, code, ends: endsOf(node.code ?? ""), starts: labels.map(fold) };
  });
  return (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const code = bare(query);
    const ranked = [];
    for (const entry of entries) {
      const rank = rankOf(entry, words, fold(query).trim(), code);
      if (rank !== undefined) ranked.push({ rank, node: entry.node });
    }
    ranked.sort((one, other) => one.rank - other.rank || other.node.size - one.node.size);
    return ranked.slice(0, MOST).map(({ node }) => node);
  };
}

/** Returns what `code` ends with, as it is typed for short: "ITU-T L.1470" with L1470 and 1470. */
function endsOf(code) {
  const parts = fold(code).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return parts.map((_, at) => parts.slice(at).join(""));
}

function rankOf(entry, words, query, code) {
  if (code && entry.code === code) return 0;
  if (entry.starts.includes(query)) return 1;
  if (entry.ends.includes(code)) return 2;
  if (code && entry.code.startsWith(code)) return 3;
  if (entry.starts.some((label) => label.startsWith(query))) return 4;
  const isInCode = code && entry.code.includes(code);
  // With a number in it, it is more likely a code than words of a title that mentions one.
  if (isInCode && /\d/.test(code)) return 5;
  if (words.every((each) => entry.text.includes(each))) return 6;
  return isInCode ? 7 : undefined;
}

/** Makes the search box work. */
export function createSearch(data, state) {
  let index;
  // Made when it is first needed: folding the names of 10,000 nodes takes a moment.
  const find = (query) => (index ??= createIndex(data.nodes))(query);
  const box = { input: byId("search"), list: byId("matches"), found: [], active: -1 };
  const close = () => {
    show(data, state, box, []);
    tell("");
  };
  const choose = (index) => {
    const node = box.found[index];
    if (node === undefined) return;
    box.input.value = shorten(fullName(node, state.language), 80);
    close();
    reveal(data, state, node);
  };
  box.choose = choose;
  box.input.addEventListener("input", () => {
    show(data, state, box, find(box.input.value));
    announce(data, state, box);
  });
  box.input.addEventListener("keydown", (event) => pressed(event, box, choose, close));
  box.input.addEventListener("blur", close);
  state.listen((changed) => changed.has("language") && close());
}

function show(data, state, box, found) {
  box.found = found;
  box.list.replaceChildren(...found.map((node, index) => option(data, state, box, node, index)));
  box.list.hidden = found.length === 0;
  box.input.setAttribute("aria-expanded", found.length > 0);
  activate(box, -1);
}

function option(data, state, box, node, index) {
  const kind = element("span", { class: "kind" }, kindName(data, state, node.kind));
  const name = element("bdi", {}, shorten(fullName(node, state.language), 120));
  // The press must not take the focus from the box, which would close the list first.
  const pointerdown = (event) => event.preventDefault();
  const click = () => box.choose(index);
  const attributes = { role: "option", id: `match-${index}`, pointerdown, mousedown: pointerdown, click };
  return element("li", attributes, sample(data.kinds[node.kind]), name, kind);
}

function activate(box, index) {
  box.active = index;
  [...box.list.children].forEach((each, at) => each.setAttribute("aria-selected", at === index));
  if (index < 0) box.input.removeAttribute("aria-activedescendant");
  else box.input.setAttribute("aria-activedescendant", `match-${index}`);
  box.list.children[index]?.scrollIntoView({ block: "nearest" });
}

function announce(data, state, box) {
  const key = box.found.length === 0 ? "noMatch" : "matches";
  const text = box.input.value.trim() && word(data, state, key, { count: box.found.length });
  tell(text, box.found.length === 0);
}

/** Tells how many were found; that there was none is seen, not only heard. */
function tell(text, isNone = false) {
  byId("search-status").textContent = text;
  byId("search-status").classList.toggle("unseen", !(text && isNone));
}

function pressed(event, box, choose, close) {
  // While a Chinese input method is composing, Enter and the arrows are its own.
  if (event.isComposing) return;
  const count = box.found.length;
  const keys = {
    ArrowDown: () => count && activate(box, (box.active + 1) % count),
    ArrowUp: () => count && activate(box, (Math.max(box.active, 0) - 1 + count) % count),
    Enter: () => choose(Math.max(box.active, 0)),
    Escape() {
      if (count === 0) box.input.value = "";
      close();
    },
  };
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
}
