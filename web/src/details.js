/** What is known of the selected node; its relations are buttons, a walk by keyboard. */
import { byId, element, linkOrText } from "./dom.js";
import { mayMove, sample } from "./look.js";
import { reveal } from "./legend.js";
import { fullName, shortName, tagFor, textIn } from "./names.js";
import { kindName, word } from "./words.js";

const OPEN_UP_TO = 12;

/** Fills the panel and keeps it in step with `state`. */
export function createDetails(data, state) {
  const panel = byId("details");
  const show = () => {
    const node = data.byId.get(state.selected);
    panel.replaceChildren(...(node ? describe(data, state, node) : [hint(data, state)]));
    panel.parentElement.scrollTop = 0;
  };
  state.listen((changed) => {
    if (changed.has("selected") || changed.has("language")) show();
    if (changed.has("selected") && state.selected !== null && isBelow()) scrollTo(panel);
  });
  show();
}

/** Moves the keyboard to the details, as after a choice made elsewhere. */
export function focusDetails() {
  byId("details").querySelector("h2")?.focus({ preventScroll: isBelow() });
}

/** Returns whether the details stand below the picture, as on a phone. */
const isBelow = () => matchMedia("(max-width: 700px)").matches;

function scrollTo(panel) {
  panel.scrollIntoView({ block: "start", behavior: mayMove() ? "smooth" : "instant" });
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
    element("p", { class: "iri" }, node.id),
    element("h3", {}, `${say("relations")} (${node.relations.length})`),
    ...groups(data, state, node),
  ];
}

function labels(node) {
  const told = Object.entries(node.labels).filter(([, text]) => text !== node.code);
  const rows = told.map(([tag, text]) =>
    element("li", {}, element("span", { class: "tag" }, tag), element("bdi", { lang: tag }, text)),
  );
  return rows.length > 0 ? [element("ul", { class: "labels" }, ...rows)] : [];
}

function facts(data, state, node) {
  const rows = node.facts.flatMap(([property, value]) => [
    element("dt", {}, textIn(data.properties[property], state.language)),
    element("dd", { lang: tagFor(value, state.language) || false }, linkOrText(textIn(value, state.language))),
  ]);
  return rows.length > 0 ? [element("dl", {}, ...rows)] : [];
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
  const arrow = element("span", { class: "arrow", "aria-hidden": "true" }, outgoing ? "→" : "←");
  const spoken = element("span", { class: "unseen" }, direction);
  const title = textIn(data.relations[name], state.language);
  const count = element("span", { class: "count" }, String(relations.length));
  const parts = [arrow, spoken, element("bdi", {}, title), ...judgement(data, state, name), count];
  const summary = element("summary", { title: direction }, ...parts);
  const items = relations.map(({ node }) => element("li", {}, walkButton(data, state, node)));
  const open = relations.length <= OPEN_UP_TO && "";
  return element("details", { open }, summary, element("ul", {}, ...items));
}

/** Returns the mark of a relation that no source states. */
function judgement(data, state, name) {
  if (!data.judged.has(name)) return [];
  return [element("span", { class: "judged" }, word(data, state, "judged"))];
}

function walkButton(data, state, node) {
  const click = () => {
    reveal(state, node);
    focusDetails();
  };
  const name = element("bdi", {}, fullName(node, state.language));
  return element("button", { type: "button", class: "walk", click }, sample(data.kinds[node.kind]), name);
}
