/** Texts as they are compared: one width, one case, one script. */
/*! The pairs of characters are from OpenCC (https://github.com/BYVoid/OpenCC), Apache-2.0 */

/** Pairs of characters, the traditional one first; build.mjs puts them here. */
/* global SCRIPT_PAIRS */
// A script that is on every page has none of its own: pages with a search have them beside it.
const PAIRS = SCRIPT_PAIRS ?? JSON.parse(document.getElementById("pairs")?.textContent ?? '""');
const SIMPLIFIED = new Map((PAIRS.match(/../gsu) ?? []).map(([traditional, simplified]) => [traditional, simplified]));

/** Returns `text` in lower case, of normal width, in simplified characters. */
export function fold(text) {
  const folded = text.normalize("NFKC").toLowerCase();
  return folded.replace(/[\u3400-\u9fff]/g, (character) => SIMPLIFIED.get(character) ?? character);
}

/** Returns letters and digits alone, so that "L1470" finds "L.1470". */
export const bare = (text) => fold(text).replace(/[^\p{L}\p{N}]+/gu, "");
