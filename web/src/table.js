/** The nodes that are shown as a table in a dialog: the drawing in words. */
import { byId, element, setText } from "./dom.js";
import { focusDetails } from "./details.js";
import { visible } from "./focus.js";
import { fold } from "./fold.js";
import { reveal } from "./legend.js";
import { fullName, textIn } from "./names.js";
import { kindName, word } from "./words.js";

const COLUMNS = 3;
/** More rows take a browser many seconds to lay out, opened all at once. */
const MOST_OPEN = 2000;

/**
 * Returns a row for each node that is shown, by kind and name: `node`, `kind`, `code`, `label`,
 * `iri`, `labels` ([language tag, text]), `facts` ([name, value]) and `relations`
 * ([name, "→" or "←", the other node's name]); all in the language of `state`.
 */
export function tableRows(data, state) {
  const kinds = Object.keys(data.kinds);
  const order = new Intl.Collator(state.language, { numeric: true });
  const named = [...visible(data, state)].map((node) => ({
    node,
    kind: kinds.indexOf(node.kind),
    name: fullName(node, state.language),
  }));
  named.sort((one, other) => one.kind - other.kind || order.compare(one.name, other.name));
  return named.map(({ node }) => rowOf(data, state, node));
}

function rowOf(data, state, node) {
  const { language } = state;
  return {
    node,
    kind: kindName(data, state, node.kind),
    code: node.code ?? "",
    label: textIn(node.labels, language),
    iri: node.id,
    labels: Object.entries(node.labels),
    facts: node.facts.map((fact) => factOf(data, language, fact)),
    relations: node.relations.map(({ node: other, name, outgoing }) => [
      relationName(data, state, name),
      outgoing ? "→" : "←",
      fullName(other, language),
    ]),
  };
}

function factOf(data, language, [property, value, address]) {
  const text = textIn(value, language);
  const told = address && address !== text ? `${text} ${address}` : text;
  return [textIn(data.properties[property], language), told];
}

function relationName(data, state, name) {
  const title = textIn(data.relations[name], state.language);
  return data.judged.has(name) ? `${title} (${word(data, state, "judged")})` : title;
}

/** Makes the table button and its dialog work; rows are made when it is opened. */
export function createTable(data, state) {
  const dialog = byId("table-dialog");
  const table = { data, state, dialog, rows: [], isOpen: false };
  byId("table").addEventListener("click", () => {
    table.rows = tableRows(data, state).map((row) => ({ ...row, text: fold(textOf(row)) }));
    byId("table-filter").value = "";
    show(table, false);
    dialog.showModal();
  });
  byId("table-filter").addEventListener("input", () => show(table, table.isOpen));
  byId("table-open").addEventListener("click", () => show(table, !table.isOpen));
  byId("table-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => byId("table-rows").replaceChildren());
}

/** Returns all that a row says, for finding it. */
function textOf({ kind, code, iri, labels, facts, relations }) {
  return [kind, code, iri, ...labels.flat(), ...facts.flat(), ...relations.flat()].join("\n");
}

/** Shows the rows that have all the words of the filter in them, folded open or not. */
function show(table, isOpen) {
  const words = fold(byId("table-filter").value).split(/\s+/).filter(Boolean);
  const found = table.rows.filter(({ text }) => words.every((each) => text.includes(each)));
  table.isOpen = isOpen && found.length <= MOST_OPEN;
  byId("table-rows").replaceChildren(...found.flatMap((row) => rowElements(table, row)));
  byId("table-open").setAttribute("aria-pressed", isOpen);
  byId("table-open").hidden = found.length > MOST_OPEN;
  setText(byId("table-count"), word(table.data, table.state, "rows", { count: found.length }));
}

function rowElements(table, row) {
  const { data, state, dialog, isOpen } = table;
  const name = fullName(row.node, state.language);
  const click = () => {
    dialog.close();
    reveal(data, state, row.node);
    focusDetails();
  };
  const button = element("button", { type: "button", class: "walk", click }, element("bdi", {}, name));
  const fold = foldButton(table, row, name);
  const shown = element(
    "tr",
    {},
    element("th", { scope: "row" }, button),
    element("td", {}, row.kind),
    element("td", { class: "number" }, fold),
  );
  return isOpen ? [shown, moreOf(table, row)] : [shown];
}

/** Returns the button that opens and closes what there is to say of a row. */
function foldButton({ data, state, isOpen }, row, name) {
  const count = `${row.facts.length} + ${row.relations.length}`;
  const click = ({ currentTarget: button }) => {
    const line = button.closest("tr");
    const isNow = button.getAttribute("aria-expanded") === "true";
    if (isNow) line.nextElementSibling.remove();
    else line.after(moreOf({ data, state }, row));
    button.setAttribute("aria-expanded", !isNow);
  };
  const label = `${count}: ${word(data, state, "rowOf", { name })}`;
  return element("button", { type: "button", class: "walk", "aria-expanded": isOpen, "aria-label": label, click }, count);
}

/** Returns the line below a row: its labels, facts and relations in words. */
function moreOf({ data, state }, { iri, labels, facts, relations }) {
  const grouped = new Map();
  for (const [name, direction, other] of relations) {
    const key = `${direction} ${name}`;
    if (!grouped.has(key)) grouped.set(key, []);
    grouped.get(key).push(other);
  }
  const line = (name, value, lang = false) => [
    element("dt", {}, name),
    element("dd", {}, element("bdi", { lang }, value)),
  ];
  const lines = [
    ...labels.map(([tag, text]) => line(tag, text, tag)),
    ...facts.map(([name, value]) => line(name, value)),
    line("IRI", iri),
    ...[...grouped].map(([name, others]) => line(`${name} (${others.length})`, others.join("; "))),
  ];
  const list = element("dl", {}, ...lines.flat());
  return element("tr", {}, element("td", { colspan: COLUMNS, class: "more" }, list));
}
