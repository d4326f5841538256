// The plugin with a vault in memory and a service that says what it is told to say.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { type Asked, Menu, modals, network, said, TFolder } from "./obsidian";
import { BOX, FRONT, idle, open, STORY } from "./support";

const CLIPPING = FRONT + STORY + BOX;
const CLEAN = FRONT + STORY;
const REMOVAL = {
  line: 7,
  category: "newsletter",
  rule: "newsletter.heading",
  reason: "the heading or button of a newsletter box",
  text: "Sign up for our newsletter\n",
};
const UNDO = ".obsidian/plugins/clipping-cleaner/undo";

let asked: Asked[] = [];

/** Takes the box out of what it is sent. */
async function service(request: Asked): Promise<{ status: number; body: string }> {
  asked.push(request);
  const { text } = JSON.parse(request.body ?? "");
  const clean = text.replace(BOX, "");
  return { status: 200, body: JSON.stringify({ text: clean, report: { removals: clean === text ? [] : [REMOVAL] } }) };
}

const refuse = (status: number, error: string) => async () => ({ status, body: JSON.stringify({ error }) });

beforeEach(() => {
  asked = [];
  network.ask = service;
});

test("clean this note, show what went, undo", async () => {
  const { run, text, vault } = await open({ "clips/a.md": CLIPPING });
  assert.deepEqual(await run("clean-note", "clips/a.md"), ["1 part went from a."]);
  assert.equal(text("clips/a.md"), CLEAN);
  assert.deepEqual(asked, [
    {
      url: "http://127.0.0.1:8377/clean?level=normal&format=markdown",
      method: "POST",
      contentType: "application/json",
      headers: {},
      body: JSON.stringify({ text: CLIPPING }),
      throw: false,
    },
  ]);
  assert.deepEqual(await run("show", "clips/a.md"), []);
  assert.equal(modals[0]?.titleEl.text, "1 part went from a");
  assert.deepEqual(modals[0]?.contentEl.all(), [
    ["ol", ""],
    ["li", ""],
    ["div", "line 7 · newsletter · the heading or button of a newsletter box"],
    ["blockquote", "Sign up for our newsletter"],
    ["code", "newsletter.heading"],
  ]);
  assert.deepEqual(await run("undo"), ["1 note brought back."]);
  assert.equal(text("clips/a.md"), CLIPPING);
  assert.deepEqual(await run("undo"), ["There is nothing to undo."]);
  assert.deepEqual([...vault.adapter.files.keys()], ["clips/a.md"]);
});

test("a note of which nothing goes is not written", async () => {
  const { run, vault } = await open({ "a.md": STORY });
  vault.process = () => assert.fail("it was written");
  assert.deepEqual(await run("clean-note", "a.md"), ["Nothing to take from a."]);
  assert.deepEqual(await run("undo"), ["There is nothing to undo."]);
});

test("clean this folder takes the clippings in it and below, and says what it left alone", async () => {
  const notes = {
    "clips/a.md": CLIPPING,
    "clips/deep/b.md": CLIPPING.replace("source:", "url:"),
    "clips/mine.md": STORY + BOX,
    "clips/local.md": `---\nsource: a book\n---\n${STORY}${BOX}`,
    "clips/picture.png": "",
    "other/c.md": CLIPPING,
  };
  const { run, text } = await open(notes);
  assert.deepEqual(await run("clean-folder", "clips/a.md"), [
    "2 of 2 clippings cleaned. 2 notes without the address of a page in source or url left alone.",
  ]);
  assert.equal(text("clips/a.md"), CLEAN);
  assert.equal(text("clips/deep/b.md"), CLEAN.replace("source:", "url:"));
  for (const path of ["clips/mine.md", "clips/local.md", "other/c.md"] as const) assert.equal(text(path), notes[path]);
  assert.deepEqual(await run("undo"), ["2 notes brought back."]);
  for (const [path, before] of Object.entries(notes)) assert.equal(text(path), before);
});

test("the menus of files and folders", async () => {
  const { app, plugin, text, vault } = await open({ "clips/a.md": CLIPPING, "clips/b.md": CLIPPING });
  for (const [path, title] of [
    ["clips/a.md", "Clean this note"],
    ["clips", "Clean the clippings in this folder"],
  ] as const) {
    const menu = new Menu();
    const file = vault.getAbstractFileByPath(path);
    assert.ok(file);
    app.menus[0]?.(menu, file);
    assert.deepEqual(menu.items.map((item) => item.title), [title]);
    menu.items[0]?.click();
    await idle(plugin);
  }
  assert.equal(text("clips/a.md"), CLEAN);
  assert.equal(text("clips/b.md"), CLEAN);
});

test("undo goes back run by run", async () => {
  const { run, text } = await open({ "a.md": CLIPPING, "b.md": CLIPPING });
  await run("clean-note", "a.md");
  await run("clean-note", "b.md");
  assert.deepEqual(await run("undo"), ["1 note brought back."]);
  assert.deepEqual([text("a.md"), text("b.md")], [CLEAN, CLIPPING]);
  assert.deepEqual(await run("undo"), ["1 note brought back."]);
  assert.equal(text("a.md"), CLIPPING);
});

test("undo leaves what was edited or has gone, and keeps what it was", async () => {
  const { run, text, vault } = await open({ "clips/a.md": CLIPPING, "clips/b.md": CLIPPING, "clips/c.md": CLIPPING });
  await run("clean-folder", "clips/a.md");
  vault.adapter.files.set("clips/b.md", "mine now");
  vault.delete("clips/c.md");
  assert.deepEqual(await run("undo"), [
    `1 note brought back. 2 notes edited or gone since stay as they are; what they were is in ${UNDO}/000001-left.`,
  ]);
  assert.deepEqual([text("clips/a.md"), text("clips/b.md"), text("clips/c.md")], [CLIPPING, "mine now", undefined]);
  assert.equal(JSON.parse(text(`${UNDO}/000001-left/000002.json`) ?? "").before, CLIPPING);
  assert.deepEqual(await run("undo"), ["There is nothing to undo."]);
});

test("what is edited while the service is at it stays as it is", async () => {
  const { run, text, vault } = await open({ "a.md": CLIPPING });
  network.ask = async (request) => {
    vault.adapter.files.set("a.md", "edited");
    return service(request);
  };
  assert.deepEqual(await run("clean-note", "a.md"), ["a was edited meanwhile and stays as it is."]);
  assert.equal(text("a.md"), "edited");
  assert.deepEqual(await run("undo"), ["There is nothing to undo."]);
});

test("what a note was is written before the note is", async () => {
  const { run, text, vault } = await open({ "a.md": CLIPPING });
  vault.process = () => Promise.reject(new Error("the disk is full"));
  assert.deepEqual(await run("clean-note", "a.md"), ["Clipping Cleaner: Error: the disk is full"]);
  assert.equal(JSON.parse(text(`${UNDO}/000001/000001.json`) ?? "").before, CLIPPING);
});

test("the oldest of many runs is forgotten", async () => {
  const { run, vault } = await open({ "a.md": CLIPPING });
  for (let n = 0; n < 22; n++) {
    await run("clean-note", "a.md");
    vault.adapter.files.set("a.md", CLIPPING);
  }
  const { folders } = await vault.adapter.list(UNDO);
  assert.deepEqual(folders.sort().map((name) => name.slice(UNDO.length + 1)).at(0), "000003");
  assert.equal(folders.length, 20);
});

test("settings", async () => {
  const { run } = await open({ "a.md": CLIPPING }, { address: "http://box:1/", token: "secret", level: "safe" });
  await run("clean-note", "a.md");
  assert.equal(asked[0]?.url, "http://box:1/clean?level=safe&format=markdown");
  assert.deepEqual(asked[0]?.headers, { Authorization: "Bearer secret" });
});

test("what is wrong is said, and no note changes", async () => {
  const { run, text } = await open({ "clips/a.md": CLIPPING, "clips/b.md": CLIPPING });
  const silent = () => Promise.reject(new Error("net::ERR_CONNECTION_REFUSED"));
  for (const [ask, message] of [
    [silent, "Nothing answers at http://127.0.0.1:8377. Start it with: cleaner serve"],
    [refuse(401, "no"), "The token is missing or wrong; look at the settings."],
    [refuse(503, "too many requests wait already; try again"), "too many requests wait already; try again"],
    [
      async () => ({ status: 200, body: "<html>" }),
      "What answers at http://127.0.0.1:8377 is no cleaner; look at the address in the settings.",
    ],
    [
      async () => ({ status: 200, body: "{}" }),
      "What answers at http://127.0.0.1:8377 is no cleaner; look at the address in the settings.",
    ],
  ] as const) {
    network.ask = ask;
    assert.deepEqual(await run("clean-note", "clips/a.md"), [message]);
    assert.deepEqual(await run("clean-folder", "clips/a.md"), [message]);
  }
  network.ask = (request) => (asked.push(request), asked.length > 1 ? service(request) : refuse(422, "it is odd")());
  assert.deepEqual(await run("clean-folder", "clips/a.md"), [
    "1 of 2 clippings cleaned. 1 failed: clips/a.md: it is odd",
  ]);
  assert.deepEqual([text("clips/a.md"), text("clips/b.md")], [CLIPPING, CLEAN]);
});

test("one thing at a time", async () => {
  const { app, plugin, run, vault } = await open({ "a.md": CLIPPING });
  let go: () => void = () => undefined;
  network.ask = async (request) => {
    await new Promise<void>((done) => (go = done));
    return service(request);
  };
  app.active = vault.getAbstractFileByPath("a.md") as never;
  plugin.commands.find((one) => one.id === "clean-note")?.checkCallback?.(false);
  plugin.commands.find((one) => one.id === "undo")?.callback?.();
  assert.deepEqual(said.at(-1), "Clipping Cleaner is still at work.");
  await new Promise((done) => setTimeout(done, 5));
  go();
  await idle(plugin);
  assert.deepEqual(await run("undo"), ["1 note brought back."]);
});

test("commands are there for notes alone", async () => {
  const { run, vault } = await open({ "a.md": CLIPPING, "b.png": "" });
  assert.ok(vault.getRoot() instanceof TFolder);
  for (const id of ["clean-note", "clean-folder", "show"]) {
    assert.deepEqual(await run(id), ["not here"]);
    assert.deepEqual(await run(id, "b.png"), ["not here"]);
  }
  assert.deepEqual(await run("show", "a.md"), ["Nothing was taken from a."]);
});
