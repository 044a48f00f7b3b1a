/** The search of the site: over codes and names of all that has a page, in all languages. */
import { byId, element } from "../dom.js";
import { createIndex, MOST } from "../search.js";
import { readAddress, writeAddress } from "../address.js";

const data = JSON.parse(byId("things").textContent);
const things = data.things.map(([href, kind, code, ...labels], place) => ({
  id: href,
  kind,
  code,
  labels: Object.fromEntries(data.tags.map((tag, at) => [tag, labels[at]]).filter(([, l]) => l)),
  size: -place,
}));
const find = createIndex(things);
const input = byId("find");

/** Shows what the text in the box finds. */
function show() {
  const language = document.documentElement.lang;
  const found = find(input.value);
  byId("found").replaceChildren(...found.map((thing) => row(thing, language)));
  const words = data.words[language];
  const counted = found.length < MOST ? words.found : words.first;
  const text = found.length > 0 ? counted.replace("{n}", found.length) : words.none;
  byId("found-count").textContent = input.value.trim() ? text : "";
}

/** Shows what the text in the address finds. */
function showAddress() {
  input.value = readAddress().get("find") ?? "";
  show();
}

function row({ id, kind, code, labels }, language) {
  const label = labels[language] ?? labels.en ?? Object.values(labels)[0] ?? "";
  const mark = labels[language] || !label || label === code ? "" : "[en] ";
  const name = [code, label === code ? "" : mark + label].filter(Boolean).join(" · ");
  const kindName = element("span", { class: "hint" }, data.kinds[kind][language]);
  return element("li", {}, element("a", { href: id }, element("bdi", {}, name), kindName));
}

input.addEventListener("input", () => {
  writeAddress({ find: input.value }, {});
  show();
});
byId("finder").addEventListener("submit", (event) => {
  event.preventDefault();
  byId("found").querySelector("a")?.click();
});
document.addEventListener("languagechange", show);
addEventListener("hashchange", showAddress);
showAddress();
