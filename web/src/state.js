/** What is selected, what is shown and how; the address after # holds all of it. */
import { readState, writeState } from "./stateAddress.js";

/**
 * Returns the state: `language`, `selected` (an IRI or null), `hidden` (a set of kinds),
 * `filters` (a map from the key of a facet to the set of its values chosen), `depth` (how many
 * steps from the selected node stand out), `only` (whether all else is hidden), `path` (the IRIs
 * of its ends, none, one or two), `view` ({x, y, scale}, or null for the whole picture);
 * `change(part)` to alter some of it (the Back button returns from what is selected),
 * `listen(listener)` to hear what was altered, and `keep(view)` to remember a view that is already
 * seen.
 */
export function createState(data) {
  const listeners = [];
  let address = location.hash;
  const write = (isJump) => {
    writeState(data, state, isJump);
    address = location.hash;
  };
  const state = {
    ...readState(data),
    listen: (listener) => listeners.push(listener),
    change(wanted, { isFromAddress = false } = {}) {
      const part = withPathEnd(state, wanted);
      const changed = Object.keys(part).filter((key) => part[key] !== state[key]);
      if (changed.length === 0) return;
      Object.assign(state, part);
      write(!isFromAddress && changed.includes("selected") && part.selected !== null);
      for (const listener of listeners) listener(new Set(changed));
    },
    keep(view) {
      state.view = view;
      // Another address was given at this moment, and will be heard of: it must not be lost.
      if (location.hash === address) write();
    },
  };
  addEventListener("hashchange", () => state.change(readState(data), { isFromAddress: true }));
  return state;
}

/** Returns `part`, with the end of the path where one was begun and another node is selected. */
function withPathEnd({ path }, part) {
  const isEnd = path.length === 1 && part.path === undefined && part.selected;
  return isEnd && part.selected !== path[0] ? { ...part, path: [path[0], part.selected] } : part;
}
