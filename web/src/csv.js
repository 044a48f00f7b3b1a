/** Tables as csv, as Excel, LibreOffice and Python read it. */
import { plain } from "./names.js";

/** What makes a spreadsheet take a cell for a formula, in the wide forms of East Asia too. */
const FORMULA = /^[=+\-@＝＋－＠]/;
/** Without it Excel takes the text for one in the old encoding of the country. */
const BYTE_ORDER_MARK = "\ufeff";

/** Returns `rows` of texts as csv (RFC 4180). */
export function asCsv(rows) {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Returns a text as one cell: on one line, no formula, in quotes where it must be. */
function cell(text) {
  const line = plain(text);
  const inert = FORMULA.test(line) ? `'${line}` : line;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
