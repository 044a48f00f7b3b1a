/** The form of a question's parameters; its labels and choices speak the language of the page. */
import { element, setText } from "../dom.js";
import { fullName } from "../names.js";
import { isThing, termOf } from "./parameters.js";

/** Kinds with so many things that they are typed rather than picked. */
const TYPED = new Set(["standard", "thing"]);

/**
 * Fills `form` with the parameters of `question`, which have `values`, a text by name; `change` is
 * called with the name and value of one that the reader gave. `page` has words and choices.
 */
export function showForm(form, question, values, page, change) {
  const asked = question.parameters.filter(({ name }) => name !== "lang");
  form.replaceChildren(...asked.map((each) => field(each, values[each.name] ?? "", page, change)));
  form.hidden = asked.length === 0;
}

function field(parameter, value, page, change) {
  const fault = element("span", { class: "fault", role: "alert" });
  const tell = (text) => setText(fault, text);
  const give = (text) => change(parameter.name, text);
  const name = element("span", {}, parameter.about[page.language()]);
  const control = isPicked(parameter)
    ? picker(parameter, value, page, give)
    : entry(parameter, value, page, { give, tell });
  return element("label", {}, name, control, fault);
}

const isPicked = ({ kind }) => kind === "language" || (isThing(kind) && !TYPED.has(kind));

/** Returns a menu of the things that the parameter may be. */
function picker({ name, kind, optional }, value, page, give) {
  const input = ({ target }) => give(target.value);
  const menu = element("select", { name, input });
  const options = (things) => {
    const none = optional ? [option("", page.words().none)] : [];
    const own = value && !things.some(({ iri }) => iri === value) ? [option(value, page.short(value))] : [];
    menu.replaceChildren(...none, ...own, ...things.map((each) => option(each.iri, nameOf(each, page))));
    menu.value = value;
  };
  options([]);
  if (kind === "language") options(page.languages);
  else page.choices.list(kind, page.language()).then(options, () => {});
  return menu;
}

const option = (value, text) => element("option", { value }, text);

const nameOf = ({ iri, code, label }, page) => {
  const tag = page.language();
  return fullName({ id: iri, code, labels: label ? { [tag]: label } : {} }, tag);
};

/** Returns an input for a text, or for the code of a thing, with a list of codes below it. */
function entry({ name, kind, optional }, value, page, { give, tell }) {
  const input = element("input", { name, autocomplete: "off", spellcheck: "false", required: !optional && "" });
  input.value = isThing(kind) ? page.short(value) : value;
  const read = (text) => (isThing(kind) ? thing(text, things, page) : text);
  let things = [];
  const take = async () => {
    const text = input.value.trim();
    const given = text && (await read(text));
    const isGood = text ? given && termOf(kind, given) : optional;
    input.setAttribute("aria-invalid", !isGood);
    tell(isGood ? "" : page.words()[isThing(kind) ? "badCode" : "badText"]);
    if (isGood) give(given);
  };
  input.addEventListener("change", take);
  if (!isThing(kind)) return input;
  const list = element("datalist", { id: `list-${name}` });
  input.setAttribute("list", list.id);
  page.choices.list(kind, page.language()).then((found) => {
    things = found;
    list.replaceChildren(...found.map(({ iri, code, label }) => element("option", { value: code || page.short(iri) }, label)));
    const own = found.find(({ iri }) => iri === value);
    if (own?.code && input.value === page.short(value)) input.value = own.code;
  }, () => {});
  return element("span", {}, input, list);
}

/** Returns the IRI of the thing called `text`: one of the list, an IRI, or a code of the graph. */
async function thing(text, things, page) {
  const known = things.find(({ code, iri }) => code === text || page.short(iri) === text);
  if (known) return known.iri;
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) return text;
  return page.choices.find(text).catch(() => undefined);
}
