/** What an empty answer rests on: how many records the graph has of what was looked through. */
import { ask, MEDIA } from "./asking.js";
import { readAnswer } from "./answer.js";
import { iriTerm } from "./terms.js";

const counting = (classes) => `SELECT (COUNT(DISTINCT ?record) AS ?records) (MAX(?issued) AS ?date) WHERE {
  VALUES ?class { ${classes} }
  GRAPH ?graph { { ?record a ?class } UNION { ?record ?class ?any } }
  OPTIONAL { ?graph dcterms:issued ?issued } }`;

/** Returns the sentence that says what `question` looked through, "" where it does not tell. */
export async function searched(question, page) {
  if (!question?.searched.length) return "";
  const classes = question.searched.map(iriTerm).join(" ");
  const [[records, date]] = readAnswer(await ask(counting(classes), MEDIA.json)).rows;
  return page.say("recorded", { n: Number(records.value), date: date?.value ?? "–" });
}
