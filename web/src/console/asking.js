/** Asks the server that the page came from, and says in plain words why it did not answer. */

/** What each form of an answer is called over HTTP. */
export const MEDIA = {
  json: "application/sparql-results+json",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  xml: "application/sparql-results+xml",
  ttl: "text/turtle",
  nt: "application/n-triples",
  jsonld: "application/ld+json",
};

/**
 * The server refused, failed or was not there. Without a message of the server's, `word` is the key
 * of ours; `line` and `column` count from 1.
 */
export class Refusal extends Error {
  constructor(message, { word, line, column, seconds } = {}) {
    super(message);
    Object.assign(this, { word, line, column, seconds });
  }
}

/** Returns media type and text of the answer to the query `text`; `accept` lists media types. */
export function ask(text, accept, signal) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  return send("sparql", { headers, body: text, signal });
}

/** Returns the page of the network of the answer to the query `text`. */
export function draw(text, language, signal) {
  const headers = { Accept: "text/html" };
  return send("view", { headers, body: new URLSearchParams({ query: text, lang: language }), signal });
}

async function send(path, options) {
  if (location.protocol === "file:") throw new Refusal("", { word: "noServer" });
  let [response, body] = [];
  try {
    response = await fetch(path, { method: "POST", credentials: "same-origin", ...options });
    body = await response.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal("", { word: "noServer" });
  }
  if (!response.ok) throw refusal(response, body);
  return { media: mediaOf(response), text: body };
}

const mediaOf = (response) => (response.headers.get("Content-Type") ?? "").split(";")[0].trim();

/** Returns what is wrong, from a problem in JSON (RFC 9457) or from plain text. */
function refusal(response, body) {
  const { status, statusText } = response;
  const problem = mediaOf(response).endsWith("json") ? parsed(body) : { detail: plainText(response, body) };
  const detail = String(problem.detail || problem.title || `${status} ${statusText}`);
  const place = /\bline (\d+), column (\d+)/.exec(detail);
  const [line, column] = [problem.line ?? place?.[1], problem.column ?? place?.[2]].map(number);
  const seconds = number(response.headers.get("Retry-After") ?? undefined);
  // What follows the first line draws the place with a caret; the editor marks it.
  return new Refusal(detail.split("\n")[0], { line, column, seconds });
}

const number = (text) => (/^\d+$/.test(text ?? "") ? Number(text) : undefined);

const plainText = (response, body) => (mediaOf(response) === "text/plain" ? body.slice(0, 2000) : "");

function parsed(body) {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
