/** Which simplified character stands for a traditional one, of those that pages need. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
/** All pairs of OpenCC's dictionary, the traditional character first, behind lines with "#". */
const ALL = join(HERE, "..", "gdakg", "script_pairs.txt");

/** The rows of GB 2312 and Big5 in which the characters of daily use stand. */
const GB_COMMON = { encoding: "gbk", first: 0xb0, last: 0xd7, trails: [[0xa1, 0xfe]] };
const BIG5_COMMON = { encoding: "big5", first: 0xa4, last: 0xc6, trails: [[0x40, 0x7e], [0xa1, 0xfe]] };

/** Rarer ones that this field has: metals of batteries and chips, and what our labels have. */
const OF_THIS_FIELD = new Set("鋰鈷鎳錳鎘鋅鎵鍺銦鉭鎢鈀銠鉑釹鏑鐠釤鈰鑭釔鈮鉬鋯錸鈹銻鉍儕擷詮");

/**
 * Returns pairs of characters as one string, the traditional one first: those of daily use
 * both in the mainland and in Taiwan, by the first levels of GB 2312 and Big5, and some of this
 * field. All of them would be 20 kB on every page.
 */
export function scriptPairs() {
  const [simplified, traditional] = [characters(GB_COMMON), characters(BIG5_COMMON)];
  const lines = readFileSync(ALL, "utf8").split("\n").filter((line) => !line.startsWith("#"));
  const pairs = lines.join("").match(/../gsu);
  const common = pairs.filter(
    ([from, to]) => OF_THIS_FIELD.has(from) || (traditional.has(from) && simplified.has(to)),
  );
  return common.join("");
}

/** Returns the set of the characters of a two-byte encoding in rows `first` to `last`. */
function characters({ encoding, first, last, trails }) {
  const decoder = new TextDecoder(encoding);
  const found = new Set();
  for (let lead = first; lead <= last; lead += 1) {
    for (const [from, to] of trails) {
      for (let trail = from; trail <= to; trail += 1) {
        found.add(decoder.decode(Uint8Array.of(lead, trail)));
      }
    }
  }
  return found;
}
