/** The years and months at the top of the drawing, and COP28 through it. */
import { begins, ends, exactly } from "./scale.js";
import { drawn, widthOf } from "./signs.js";

const YEAR_LINE = 26;
const MONTH_LINE = 42;

/** Returns how much room the axis takes at a level. */
export const axisHeight = ({ unit }) => (unit === "year" ? 32 : 48);

/** Returns the elements of the axis in `place`; of months only those in `view`. */
export function axis({ place, whole, view, pixels, level, height, words, language }) {
  const parts = [];
  const every = [1, 2, 5, 10].find((years) => years * pixels >= 38) ?? 20;
  let free = -Infinity;
  for (let year = Math.ceil(whole.from); year < whole.to; year += 1) {
    const x = year * pixels;
    parts.push(drawn("line", { class: "rule", x1: x, x2: x, y1: 14, y2: height }));
    const isNear = year + 1 > view.from && year < view.to;
    if (isNear && (year % every === 0 || year === whole.older)) {
      const text = year === whole.older ? words.older : `${year}`;
      // What is older than the axis has a long name, which may reach beyond its column.
      const name = x >= free ? yearName(text, year, { whole, view, pixels }) : [];
      if (name.length > 0) free = Math.max(year, view.from) * pixels + 8 + widthOf(text, place);
      parts.push(...name);
    }
    if (isNear && level.unit !== "year" && year !== whole.older) {
      parts.push(...within(year, { pixels, level, height, words, language }));
    }
  }
  return parts;
}

/** Returns the name of a year where it begins or, if that is out of sight, at the edge. */
function yearName(text, year, { whole, view, pixels }) {
  const x = Math.max(year, view.from) * pixels;
  const room = (year + 1) * pixels - x;
  if (year + 1 === whole.to && room < 38) {
    if (pixels < 26) return []; // the name before it would be in the way
    return [drawn("text", { x: x + room - 2, y: YEAR_LINE, "text-anchor": "end" }, text)];
  }
  if (year < view.from && room < 80) return [];
  return [drawn("text", { x: x + 4, y: YEAR_LINE }, text)];
}

/** Returns the ticks of the months or quarters of a year, and the months that begin there. */
function within(year, { pixels, level, height, words, language }) {
  const name = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
  const parts = [];
  const step = level.unit === "month" ? 1 : 3;
  if ((begins(year, 1) - year) * pixels > 58) {
    parts.push(drawn("text", { class: "quiet", x: year * pixels + 4, y: MONTH_LINE }, words.undivided));
  }
  for (let month = 1; month <= 12; month += step) {
    const x = begins(year, month) * pixels;
    parts.push(drawn("line", { class: "tick", x1: x, x2: x, y1: 30, y2: height }));
    if ((ends(year, month + step - 1) - begins(year, month)) * pixels < 34) continue;
    const text = name.format(new Date(Date.UTC(2000, month - 1)));
    parts.push(drawn("text", { class: "quiet", x: x + 3, y: MONTH_LINE }, text));
  }
  return parts;
}

/** Returns the days of a conference as a line through the drawing, with its name on top. */
export function conference(name, [first, last], pixels, height) {
  const from = exactly(first) * pixels;
  const width = Math.max(2, exactly(last) * pixels - from);
  return [
    drawn("rect", { class: "cop28", x: from, y: 4, width, height: height - 4 }),
    drawn("text", { class: "cop28-name", x: from - 5, y: 13, "text-anchor": "end" }, name),
  ];
}

/** Returns what part of the axis is seen, in words: "1995–2026", "before 1995 – 2026". */
export function told(view, whole, words, language) {
  const year = (at) => Math.min(Math.max(Math.floor(at), Math.ceil(whole.from)), whole.to - 1);
  const [from, to] = [year(view.from), year(view.to - 0.001)];
  if (from === whole.older) return to > from ? `${words.older} – ${to}` : words.older;
  if (to > from || view.to - view.from > 0.9) return from === to ? `${from}` : `${from}–${to}`;
  const month = (at) => {
    let found = 0;
    while (found < 12 && ends(from, found) <= at) found += 1;
    return Math.max(found, 1);
  };
  const name = new Intl.DateTimeFormat(language, { month: "short", year: "numeric", timeZone: "UTC" });
  const texts = [view.from, view.to - 0.001].map((at) => name.format(new Date(Date.UTC(from, month(at) - 1))));
  return texts[0] === texts[1] ? texts[0] : texts.join("–");
}
