/** What is selected, what is hidden, in which language; the address after # holds it. */

/**
 * Returns the state: `language`, `selected` (an IRI or null), `hidden` (a set of kinds),
 * `change(part)` to alter some of it and `listen(listener)` to hear what was altered.
 */
export function createState(data) {
  const listeners = [];
  const state = {
    ...readAddress(data),
    listen: (listener) => listeners.push(listener),
    change(part) {
      const changed = Object.keys(part).filter((key) => part[key] !== state[key]);
      if (changed.length === 0) return;
      Object.assign(state, part);
      writeAddress(state, data);
      for (const listener of listeners) listener(new Set(changed));
    },
  };
  addEventListener("hashchange", () => state.change(readAddress(data)));
  return state;
}

function readAddress(data) {
  const address = new URLSearchParams(location.hash.slice(1));
  const language = address.get("lang");
  const node = address.get("node");
  const kinds = (address.get("hide") ?? "").split(",");
  return {
    language: Object.hasOwn(data.words, language ?? "") ? language : data.language,
    selected: data.byId.has(node ?? data.centre) ? (node ?? data.centre) : null,
    hidden: new Set(kinds.filter((kind) => Object.hasOwn(data.kinds, kind))),
  };
}

function writeAddress(state, data) {
  const address = new URLSearchParams();
  // An empty one says that nothing is selected where the page opens with its centre.
  if (state.selected !== data.centre) address.set("node", state.selected ?? "");
  if (state.language !== data.language) address.set("lang", state.language);
  if (state.hidden.size > 0) address.set("hide", [...state.hidden].sort().join(","));
  const hash = address.toString();
  // An empty hash would leave a lone "#" behind; a page in srcdoc may not touch history.
  const target = hash ? `#${hash}` : location.pathname + location.search;
  if (location.protocol !== "about:") history.replaceState(null, "", target);
}
