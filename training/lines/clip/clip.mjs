// Makes of saved pages the clippings that labels.jsonl.gz is about:
//
//     npm install --legacy-peer-deps
//     node clip.mjs HTML_BENCH clips.jsonl.gz
//
// Each page is clipped by the clipper that its labels name: a version of Defuddle, as Obsidian's web clipper has had
// them one after the other, or Readability with Turndown, as other clippers do. Nothing is fetched.

import { createRequire } from "node:module";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import TurndownService from "turndown";
import { gfm } from "turndown-plugin-gfm";

const require = createRequire(import.meta.url);
const OLD = new Set(["0.6.6", "0.10.0"]); // these ask for a browser's window, not for a document
const NOWHERE = "https://example.org/";
const UNSTYLED = { display: "", visibility: "", opacity: "", getPropertyValue: () => "" };

function frontMatter(said, url, name) {
  const quoted = (text) => '"' + String(text || "").replace(/"/g, '\\"').replace(/\n/g, " ") + '"';
  const authors = said.author ? String(said.author).split(",").slice(0, 3) : [];
  return [
    "---",
    `title: ${quoted(said.title)}`,
    `source: ${quoted(url)}`,
    ["author:", ...authors.map((author) => `  - "[[${author.trim()}]]"`)].join("\n"),
    `published:${said.published ? " " + String(said.published).slice(0, 10) : ""}`,
    `created: 2026-03-1${name.length % 10}`,
    `description: ${quoted(said.description)}`,
    'tags:\n  - "clippings"',
    "---\n",
  ].join("\n");
}

function byReadability(html, url) {
  const { document } = parseHTML(html);
  for (const element of document.querySelectorAll("a[href],img[src]")) {
    for (const key of ["href", "src"]) {
      if (!element.hasAttribute(key)) continue;
      try {
        element.setAttribute(key, new URL(element.getAttribute(key), url).href);
      } catch {
        // an address that leads nowhere stays as it is
      }
    }
  }
  const found = new Readability(document).parse();
  if (!found) return null;
  const service = new TurndownService({ headingStyle: "atx", codeBlockStyle: "fenced", bulletListMarker: "-" });
  service.use(gfm);
  const said = { title: found.title, author: found.byline, description: found.excerpt, published: found.publishedTime };
  return [said, service.turndown(found.content)];
}

const loaded = new Map();

function defuddle(version) {
  if (!loaded.has(version)) {
    const module = "defuddle-" + version.split(".").slice(0, 2).join(".");
    for (const file of ["defuddle", "index"]) {
      try {
        const its = require(`./node_modules/${module}/dist/${file}.js`);
        const prototype = (its.Defuddle ?? its.default)?.prototype;
        // what is asynchronous asks the web
        if (prototype?.parse) prototype.parseAsync = async function () { return this.parse(); };
      } catch {
        // only some versions have both files
      }
    }
    loaded.set(version, require(`./node_modules/${module}/dist/node.js`).Defuddle);
  }
  return loaded.get(version);
}

async function byDefuddle(version, html, url) {
  const { window, document } = parseHTML(html);
  let page = document;
  if (OLD.has(version)) {
    for (const key of ["Node", "Element", "HTMLElement", "NodeFilter", "DOMParser"]) globalThis[key] ??= window[key];
    const getComputedStyle = () => UNSTYLED;
    const view = Object.assign(window, { getComputedStyle });
    Object.defineProperty(document, "defaultView", { value: view, configurable: true });
    page = { window: { document, location: { href: url }, getComputedStyle } };
  }
  const found = await defuddle(version)(page, url || NOWHERE, { markdown: true, useAsync: false });
  return [found, found.content];
}

function pageOf(bench, name) {
  const places = [join(bench, "wcxb", "dev", "html"), join(bench, "world", "html")];
  const path = places.map((folder) => join(folder, `${name}.html.gz`)).find(existsSync);
  return gunzipSync(readFileSync(path)).toString("utf8");
}

const [bench, output] = process.argv.slice(2);
const say = console.error.bind(console);
for (const key of ["log", "error", "warn", "info", "debug"]) console[key] = () => {};
const labels = gunzipSync(readFileSync(new URL("labels.jsonl.gz", import.meta.url))).toString("utf8").trim().split("\n");
const clips = [];
let others = 0;
for (const line of labels) {
  const { name, tool, url, digest } = JSON.parse(line);
  const html = pageOf(bench, name);
  try {
    const [said, body] = tool === "readability" ? byReadability(html, url) : await byDefuddle(tool, html, url);
    const text = (frontMatter(said, url, name) + body).replaceAll("\r", " ");
    others += createHash("sha256").update(text).digest("hex").slice(0, 16) !== digest;
    clips.push(JSON.stringify({ name, url, text }));
  } catch (error) {
    say(`${name}: ${error.message}`);
  }
}
writeFileSync(output, gzipSync(clips.join("\n") + "\n"));
say(`${clips.length} of ${labels.length} pages clipped; ${others} of them otherwise than they were read`);
