/** The state in the address, which holds the whole of it; whatever is wrong there is left out. */
import { putAddress, readAddress } from "./address.js";
import { addTheme } from "./theme.js";

const MOST_STEPS = 4;
/** Beyond these a view shows nothing; x and y are in the pixels of zoom 1. */
const FARTHEST = 1e6;
const SCALES = [0.005, 50];

/** Returns the state that the address tells, in which everything has its value. */
export function readState(data) {
  const address = readAddress();
  const language = address.get("lang");
  const kinds = (address.get("hide") ?? "").split(",");
  return {
    language: Object.hasOwn(data.words, language ?? "") ? language : data.language,
    selected: readNode(data, address),
    hidden: new Set(kinds.filter((kind) => Object.hasOwn(data.kinds, kind))),
    filters: readFilters(data, address),
    depth: [2, 3, MOST_STEPS].find((steps) => String(steps) === address.get("depth")) ?? 1,
    only: address.get("only") === "1",
    path: readPath(data, address),
    view: readView(address.get("view")),
  };
}

function readNode(data, address) {
  const node = address.get("node") ?? data.centre;
  return data.byId.has(node) ? node : null;
}

function readFilters(data, address) {
  const chosen = data.facets.map(({ key, values }) => {
    const ids = new Set(address.getAll(key));
    return [key, new Set(values.map(({ id }) => id).filter((id) => ids.has(id)))];
  });
  return new Map(chosen.filter(([, ids]) => ids.size > 0));
}

/** Returns the ends of the path: none, the first, or two that differ. */
function readPath(data, address) {
  const [from, to] = address.getAll("path").filter((id) => data.byId.has(id));
  if (from === undefined) return [];
  return to === undefined || to === from ? [from] : [from, to];
}

function readView(text) {
  const numbers = (text ?? "").split(",").map((part) => (part.trim() ? Number(part) : NaN));
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  const [x, y, scale] = numbers;
  if (Math.abs(x) > FARTHEST || Math.abs(y) > FARTHEST) return null;
  return scale >= SCALES[0] && scale <= SCALES[1] ? { x, y, scale } : null;
}

/** Puts the state into the address; after a jump the Back button leads to the one before. */
export function writeState(data, state, isJump = false) {
  putAddress(addressOf(data, state), isJump);
}

/** Returns what of the state is not as it is when the page opens. */
function addressOf(data, state) {
  const address = new URLSearchParams();
  // An empty one says that nothing is selected where the page opens with its centre.
  if (state.selected !== data.centre) address.set("node", state.selected ?? "");
  if (state.language !== data.language) address.set("lang", state.language);
  if (state.hidden.size > 0) address.set("hide", [...state.hidden].sort().join(","));
  for (const [key, ids] of state.filters) {
    for (const id of ids) address.append(key, id);
  }
  if (state.depth !== 1) address.set("depth", state.depth);
  if (state.only) address.set("only", "1");
  for (const id of state.path) address.append("path", id);
  addTheme(address);
  if (state.view) address.set("view", viewText(state.view));
  return address;
}

const viewText = ({ x, y, scale }) =>
  [Math.round(x), Math.round(y), Number(scale.toPrecision(3))].join(",");
