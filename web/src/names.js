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
  return tag === language ? labels[tag] : `[${tag}] ${labels[tag]}`;
}

/** Returns the short name of `node`: its code (a mere number with the label), label or IRI. */
export function shortName(node, language) {
  if (/^\d+$/.test(node.code ?? "")) return fullName(node, language);
  return node.code || textIn(node.labels, language) || node.id;
}

/** Returns the code and the label of `node`, whichever there are, else its IRI. */
export function fullName(node, language) {
  const parts = [node.code, textIn(node.labels, language)].filter(Boolean);
  return [...new Set(parts)].join(" · ") || node.id;
}

const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** Returns `text` on one line, without characters that turn its neighbours around. */
export function plain(text) {
  return String(text).replace(UNPRINTABLE, " ").trim();
}

/** Returns `text`, cut where it is wider than `columns` (a Chinese character has two). */
export function shorten(text, columns) {
  let width = 0;
  let end = 0;
  for (const character of text) {
    width += character.codePointAt(0) > 0x2e7f ? 2 : 1;
    if (width > columns) return `${text.slice(0, end).trimEnd()}…`;
    end += character.length;
  }
  return text;
}
