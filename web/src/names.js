/** Says which text to show in a language, and says so when it is another language's. */

/** For each language of the page, where to look when it has no text of its own. */
const FALLBACKS = {
  en: ["en", "fr", "zh-Hans", "zh-Hant"],
  "zh-Hans": ["zh-Hans", "zh-Hant", "en", "fr"],
  "zh-Hant": ["zh-Hant", "zh-Hans", "en", "fr"],
};

/** Returns the language tag whose text stands for `language` in `labels`, if there is one. */
export function tagFor(labels, language) {
  const known = FALLBACKS[language].find((tag) => labels[tag]);
  return known ?? Object.keys(labels).find((tag) => labels[tag]);
}

/** Returns the text of `labels` in `language`, or another's as "[en] text", or "". */
export function textIn(labels, language) {
  const tag = tagFor(labels, language);
  if (tag === undefined) return "";
  return tag === language || tag === "" ? labels[tag] : `[${tag}] ${labels[tag]}`;
}

/** Returns the short name of `node`: its code (a mere number with the label), label or IRI. */
export function shortName(node, language) {
  if (/^\d+$/.test(node.code ?? "")) return fullName(node, language);
  return node.code || textIn(node.labels, language) || node.id;
}

/** Returns the code and the label of `node`, not the same twice, else its IRI. */
export function fullName(node, language) {
  const label = textIn(node.labels, language);
  if (!node.code || !label) return node.code || label || node.id;
  const bare = node.labels[tagFor(node.labels, language)];
  if (bare === node.code) return node.code;
  return tellsCode(bare, node.code) ? label : `${node.code} · ${label}`;
}

/** Returns whether `label` begins with `code`, as "ISO/TC 207 Environmental management" does. */
function tellsCode(label, code) {
  return label.startsWith(code) && !/^[\p{L}\p{N}]/u.test(label.slice(code.length));
}

const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Returns `text` on one line, without characters that turn its neighbours around. */
export function plain(text) {
  return String(text).replace(UNPRINTABLE, " ").trim();
}

const isWide = (character) => character.codePointAt(0) > 0x2e7f;

const columnsOf = (text) => [...text].reduce((sum, each) => sum + (isWide(each) ? 2 : 1), 0);

/** Returns `text` in one line of at most `columns`, or in two about as long, cut at their end. */
export function wrap(text, columns) {
  const all = columnsOf(text);
  if (all <= columns) return [text];
  const first = Math.min(columns, Math.ceil(all / 2) + 2);
  let [width, end, gap] = [0, 0, 0];
  for (const character of text) {
    if (character === " " || (isWide(character) && !"，。、；：）」』".includes(character))) gap = end;
    width += isWide(character) ? 2 : 1;
    if (width > first) break;
    end += character.length;
  }
  const cut = gap || end;
  return [text.slice(0, cut).trimEnd(), shorten(text.slice(cut).trimStart(), columns + 2)];
}

/** Returns `text`, cut where it is wider than `columns` (a Chinese character has two). */
export function shorten(text, columns) {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += isWide(character) ? 2 : 1;
    if (width > columns) return `${text.slice(0, end).trimEnd()}…`;
    end += character.length;
  }
  return text;
}
