// The plugin with a vault in memory and the real service, which the test starts: `cleaner`, or what CLEANER names.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { after, before, test } from "node:test";

import { modals } from "./obsidian";
import { BOX, FRONT, open, STORY } from "./support";

const TOKEN = "a-token-for-the-test-of-the-plugin";
const [PROGRAM = "cleaner", ...ARGUMENTS] = (process.env["CLEANER"] ?? "cleaner").split(" ");
const CLIPPING = FRONT + STORY + BOX;

let service: ChildProcess;
let address = "";

before(async () => {
  service = spawn(PROGRAM, [...ARGUMENTS, "serve", "--port", "0", "--jobs", "1"], {
    env: { ...process.env, CLEANER_TOKEN: TOKEN },
    stdio: ["ignore", "ignore", "pipe"],
  });
  address = await new Promise((found, failed) => {
    let heard = "";
    service.on("error", failed);
    service.on("exit", (code) => failed(new Error(`the service ended with code ${code}: ${heard}`)));
    service.stderr?.on("data", (data) => {
      heard += data;
      const match = /serving at (http:\S+)/.exec(heard);
      if (match?.[1]) found(match[1]);
    });
  });
  service.removeAllListeners("exit");
});

after(async () => {
  const ended = new Promise((done) => service.on("exit", done));
  service.kill("SIGTERM");
  assert.equal(await ended, 0);
});

test("clean a folder, show what went, undo", async () => {
  const notes = { "clips/a.md": CLIPPING, "clips/ü 🙂.md": CLIPPING.replaceAll("mill", "mühle 🙂"), "mine.md": STORY + BOX };
  const { run, text } = await open(notes, { address, token: TOKEN });
  assert.deepEqual(await run("clean-folder", "clips/a.md"), ["2 of 2 clippings cleaned."]);
  assert.equal(text("clips/a.md"), FRONT + STORY);
  assert.equal(text("clips/ü 🙂.md"), (FRONT + STORY).replaceAll("mill", "mühle 🙂"));
  assert.equal(text("mine.md"), notes["mine.md"]);
  await run("show", "clips/a.md");
  assert.deepEqual(modals[0]?.contentEl.all().slice(2), [
    ["div", "line 7 · newsletter · the heading or button of a newsletter box"],
    ["blockquote", "Sign up for our newsletter"],
    ["code", "newsletter.heading"],
  ]);
  assert.deepEqual(await run("clean-folder", "clips/a.md"), ["0 of 2 clippings cleaned."]);
  assert.deepEqual(await run("undo"), ["2 notes brought back."]);
  for (const [path, was] of Object.entries(notes)) assert.equal(text(path), was);
});

test("the level of the settings, and no CRLF lost", async () => {
  const note = CLIPPING.replaceAll("\n", "\r\n");
  const { run, text } = await open({ "a.md": note }, { address, token: TOKEN, level: "safe" });
  assert.deepEqual(await run("clean-note", "a.md"), ["Nothing to take from a."]);
  assert.equal(text("a.md"), note);
});

test("a wrong token", async () => {
  const { run, text } = await open({ "a.md": CLIPPING }, { address, token: "wrong" });
  assert.deepEqual(await run("clean-note", "a.md"), ["The token is missing or wrong; look at the settings."]);
  assert.equal(text("a.md"), CLIPPING);
});
