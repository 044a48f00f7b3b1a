/** What is known of the selected node; its relations are buttons, a walk by keyboard. */
import { byId, element, linkOrText } from "./dom.js";
import { mayMove, sample } from "./look.js";
import { pathOf } from "./focus.js";
import { reveal } from "./legend.js";
import { fullName, shortName, tagFor, textIn } from "./names.js";
import { kindName, word } from "./words.js";

const OPEN_UP_TO = 12;

/** Fills the panel and keeps it in step with `state`. */
export function createDetails(data, state) {
  const panel = byId("details");
  const show = () => {
    const node = data.byId.get(state.selected);
    const told = node ? describe(data, state, node) : [hint(data, state)];
    panel.replaceChildren(...path(data, state), ...told);
  };
  state.listen((changed) => {
    const isNew = changed.has("selected") || changed.has("path");
    if (isNew || changed.has("language") || (state.path.length > 1 && isFiltered(changed))) show();
    if (isNew) panel.parentElement.scrollTop = 0;
    if (changed.has("selected") && state.selected !== null && isBelow()) scrollTo(panel);
  });
  show();
}

const isFiltered = (changed) => changed.has("hidden") || changed.has("filters");

/** Moves the keyboard to the details, as after a choice made elsewhere. */
export function focusDetails() {
  byId("details").querySelector("h2")?.focus({ preventScroll: isBelow() });
}

/** Returns whether the details stand below the picture, as on a phone. */
const isBelow = () => matchMedia("(max-width: 700px)").matches;

function scrollTo(panel) {
  panel.previousElementSibling.scrollIntoView({ block: "start", behavior: mayMove() ? "smooth" : "instant" });
}

function hint(data, state) {
  return element("p", { class: "hint" }, word(data, state, "nothingSelected"));
}

function describe(data, state, node) {
  const kind = kindName(data, state, node.kind);
  const say = (key) => word(data, state, key);
  return [
    element("p", { class: "kind-line" }, sample(data.kinds[node.kind]), kind),
    element("h2", { tabindex: -1 }, shortName(node, state.language)),
    ...labels(node),
    ...facts(data, state, node),
    ...page(data, state, node),
    element("p", { class: "iri" }, node.id),
    element("h3", {}, `${say("relations")} (${node.relations.length})`),
    ...groups(data, state, node),
  ];
}

/** Returns the path: its nodes as buttons, between them the relations. */
function path(data, state) {
  const found = pathOf(data, state);
  if (!found) return [];
  const [from, to] = [found.from, found.to].map((node) => shortName(node, state.language));
  const say = (key) => word(data, state, key, { from, to, count: (found.steps?.length ?? 1) - 1 });
  const title = element("h3", {}, say("path"));
  const result = element("p", { class: "hint" }, say(found.steps ? "pathFound" : "pathNone"));
  const steps = (found.steps ?? []).map((step) => pathStep(data, state, step));
  return [element("section", { class: "path" }, title, result, element("ol", {}, ...steps))];
}

function pathStep(data, state, { node, name, outgoing }) {
  const relation = name === undefined ? [] : [relationName(data, state, name, outgoing)];
  const button = walkButton(data, state, node);
  if (node.id === state.selected) button.setAttribute("aria-current", "true");
  return element("li", {}, ...relation.map((parts) => element("p", {}, ...parts)), button);
}

/** Returns the way to the page that the site has of `node`, if the page is part of one. */
function page(data, state, { id }) {
  if (!data.site) return [];
  const { base, others } = data.site;
  const href = others[id] ?? (id.startsWith(base) && `${id.slice(base.length)}.html`);
  return href ? [element("p", {}, element("a", { href }, word(data, state, "ownPage")))] : [];
}

function labels(node) {
  const told = Object.entries(node.labels).filter(([, text]) => text !== node.code);
  const rows = told.map(([tag, text]) =>
    element("li", {}, element("span", { class: "tag" }, tag), element("bdi", { lang: tag }, text)),
  );
  return rows.length > 0 ? [element("ul", { class: "labels" }, ...rows)] : [];
}

/** Returns what is told of `node`; a property with several values is named once. */
function facts(data, state, node) {
  const told = new Map();
  for (const [property, ...value] of node.facts) {
    told.set(property, [...(told.get(property) ?? []), value]);
  }
  const rows = [...told].flatMap(([property, values]) => [
    element("dt", {}, textIn(data.properties[property], state.language)),
    ...values.map((value) => fact(state, value)),
  ]);
  return rows.length > 0 ? [element("dl", {}, ...rows)] : [];
}

/** Returns one value of a property: text by language, and the address it leads to, if any. */
function fact({ language }, [value, address]) {
  const attributes = { lang: tagFor(value, language) || false };
  return element("dd", attributes, linkOrText(textIn(value, language), address));
}

/** Returns the relations of `node`, one folding group to a relation and direction. */
function groups(data, state, node) {
  const grouped = new Map();
  for (const relation of node.relations) {
    const key = `${relation.outgoing ? 0 : 1} ${relation.name}`;
    if (!grouped.has(key)) grouped.set(key, []);
    grouped.get(key).push(relation);
  }
  return [...grouped.keys()].sort().map((key) => group(data, state, grouped.get(key)));
}

function group(data, state, relations) {
  const [{ name, outgoing }] = relations;
  const direction = word(data, state, outgoing ? "outgoing" : "incoming");
  const count = element("span", { class: "count" }, String(relations.length));
  const parts = relationName(data, state, name, outgoing);
  const summary = element("summary", { title: direction }, ...parts, count);
  const items = relations.map(({ node }) => element("li", {}, walkButton(data, state, node)));
  const open = relations.length <= OPEN_UP_TO && "";
  return element("details", { open }, summary, element("ul", {}, ...items));
}

/** Returns a relation's arrow, what a screen reader says for it, its name and its mark. */
function relationName(data, state, name, outgoing) {
  const arrow = element("span", { class: "arrow", "aria-hidden": "true" }, outgoing ? "→" : "←");
  const direction = word(data, state, outgoing ? "outgoing" : "incoming");
  const spoken = element("span", { class: "unseen" }, direction);
  const title = element("bdi", {}, textIn(data.relations[name], state.language));
  return [arrow, spoken, title, ...judgement(data, state, name)];
}

/** Returns the mark of a relation that no source states. */
function judgement(data, state, name) {
  if (!data.judged.has(name)) return [];
  return [element("span", { class: "judged" }, word(data, state, "judged"))];
}

function walkButton(data, state, node) {
  const click = () => {
    reveal(data, state, node);
    focusDetails();
  };
  const name = element("bdi", {}, fullName(node, state.language));
  return element("button", { type: "button", class: "walk", click }, sample(data.kinds[node.kind]), name);
}
