/**
 * Where a date stands.  The unit is a year of the axis, which has fourteen parts: two for what
 * is dated by the year alone, then one for each month.  No date is made more precise than it is.
 */

const PARTS = 14;
const UNDIVIDED = 2;

/** Returns year and month (0 if none is recorded) of `date`; the older ones share one year. */
export function placed(date, first) {
  const [year, month] = date.split(/[-T]/).map(Number);
  return year < first ? { year: first - 1, month: 0 } : { year, month: month || 0 };
}

/** Returns where `month` of `year` begins; month 0 is what has no month. */
export const begins = (year, month) => year + (month ? UNDIVIDED + month - 1 : 0) / PARTS;

/** Returns where `month` of `year` ends. */
export const ends = (year, month) => begins(year, month) + (month ? 1 : UNDIVIDED) / PARTS;

/** Returns where a whole `date` stands, as exactly as its day. */
export function exactly(date) {
  const [year, month, day] = date.split("-").map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return begins(year, month) + (day - 1) / days / PARTS;
}

/** Returns the part of the axis nearest to `view` that lies within `whole`. */
export function within(view, whole, least = 0.12) {
  const length = Math.min(Math.max(view.to - view.from, least), whole.to - whole.from);
  const middle = (view.from + view.to) / 2;
  const from = Math.min(Math.max(middle - length / 2, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** Returns `view` made `factor` times as long, with `fixed` staying where it is. */
export const zoomed = (view, factor, fixed = (view.from + view.to) / 2) => ({
  from: fixed - (fixed - view.from) * factor,
  to: fixed + (view.to - fixed) * factor,
});

/** Returns `view` moved by `share` of its length. */
export function moved(view, share) {
  const step = (view.to - view.from) * share;
  return { from: view.from + step, to: view.to + step };
}
