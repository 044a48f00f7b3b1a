/** Writes XML as text, in which nothing of the data can be markup. */

/** What XML 1.0 has no way to write: control characters, halves of characters, two others. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Returns `text` without what XML cannot say. */
export const sayable = (text) => String(text).replace(FORBIDDEN, "");

/** Returns `text` as it stands in XML, in an attribute too: a tab or line end by its number. */
export function escaped(text) {
  return sayable(text).replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** Returns the element `name`; attributes are texts or undefined, `content` is XML. */
export function markup(name, attributes = {}, ...content) {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inside = content.flat(Infinity).join("");
  return inside ? `<${name}${written.join("")}>${inside}</${name}>` : `<${name}${written.join("")}/>`;
}

/** Returns `elements` as content with a line to each. */
export const lines = (elements) => ["\n", elements.map((each) => `${each}\n`)];
