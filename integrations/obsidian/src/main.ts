// Four commands: clean this note, clean this folder, undo, show what went.

import { Notice, Plugin, TFile, TFolder } from "obsidian";

import { cleanNote, isClipping, notesIn, undo } from "./cleaning";
import { Journal } from "./journal";
import { type Connection, NoService, Problem } from "./service";
import { DEFAULTS, Settings } from "./settings";
import { WhatWent } from "./shown";

const TOLD = 8000; // milliseconds

export default class ClippingCleaner extends Plugin {
  private connection: Connection = { ...DEFAULTS };
  private journal!: Journal;
  private working = false;

  override async onload(): Promise<void> {
    this.connection = { ...DEFAULTS, ...(await this.loadData()) };
    const home = this.manifest.dir ?? `${this.app.vault.configDir}/plugins/${this.manifest.id}`;
    this.journal = new Journal(this.app.vault.adapter, `${home}/undo`);
    this.addSettingTab(new Settings(this.app, this, this.connection, () => this.saveData(this.connection)));
    this.addCommand({
      id: "clean-note",
      name: "Clean this note",
      checkCallback: (checking) => this.withNote(checking, (note) => this.cleanThis(note)),
    });
    this.addCommand({
      id: "clean-folder",
      name: "Clean the clippings in this folder",
      checkCallback: (checking) =>
        this.withNote(checking, (note) => this.cleanFolder(note.parent ?? this.app.vault.getRoot())),
    });
    this.addCommand({ id: "undo", name: "Undo the last cleaning", callback: () => this.busy(() => this.takeBack()) });
    this.addCommand({
      id: "show",
      name: "Show what went from this note",
      checkCallback: (checking) => this.withNote(checking, (note) => this.show(note)),
    });
    this.registerEvent(
      this.app.workspace.on("file-menu", (menu, file) => {
        menu.addItem((item) => {
          if (file instanceof TFolder) {
            item.setTitle("Clean the clippings in this folder").onClick(() => this.busy(() => this.cleanFolder(file)));
          } else if (file instanceof TFile && file.extension === "md") {
            item.setTitle("Clean this note").onClick(() => this.busy(() => this.cleanThis(file)));
          }
        });
      }),
    );
  }

  private withNote(checking: boolean, work: (note: TFile) => Promise<void>): boolean {
    const note = this.app.workspace.getActiveFile();
    if (note === null || note.extension !== "md") return false;
    if (!checking) void this.busy(() => work(note));
    return true;
  }

  /** Do one thing at a time, and say what went wrong. */
  private async busy(work: () => Promise<void>): Promise<void> {
    if (this.working) {
      tell("Clipping Cleaner is still at work.");
      return;
    }
    this.working = true;
    try {
      await work();
    } catch (error) {
      tell(error instanceof Problem ? error.message : `Clipping Cleaner: ${error}`);
    } finally {
      this.working = false;
    }
  }

  private async cleanThis(note: TFile): Promise<void> {
    const outcome = await cleanNote(this.app, note, this.connection, await this.journal.begin());
    if (outcome.kind === "cleaned") tell(`${parts(outcome.removals.length)} went from ${note.basename}.`);
    else if (outcome.kind === "edited") tell(`${note.basename} was edited meanwhile and stays as it is.`);
    else tell(`Nothing to take from ${note.basename}.`);
  }

  private async cleanFolder(folder: TFolder): Promise<void> {
    const notes = notesIn(folder);
    const clippings = notes.filter((note) => isClipping(this.app, note));
    const run = await this.journal.begin();
    const progress = new Notice("", 0);
    let cleaned = 0;
    const failed: string[] = [];
    try {
      for (const [index, note] of clippings.entries()) {
        progress.setMessage(`Cleaning ${index + 1} of ${clippings.length} …`);
        try {
          if ((await cleanNote(this.app, note, this.connection, run)).kind === "cleaned") cleaned += 1;
        } catch (error) {
          if (!(error instanceof Problem) || error instanceof NoService) throw error;
          failed.push(`${note.path}: ${error.message}`);
        }
      }
    } finally {
      progress.hide();
    }
    const others = notes.length - clippings.length;
    const rows = [`${cleaned} of ${count(clippings.length, "clipping")} cleaned.`];
    if (others) rows.push(`${count(others, "note")} without the address of a page in source or url left alone.`);
    if (failed.length) rows.push(`${failed.length} failed: ${failed.slice(0, 3).join("; ")}`);
    tell(rows.join(" "));
  }

  private async takeBack(): Promise<void> {
    const undone = await undo(this.app, this.journal);
    if (undone === null) {
      tell("There is nothing to undo.");
      return;
    }
    const left = undone.left.length
      ? ` ${count(undone.left.length, "note")} edited or gone since stay as they are; what they were is in ${undone.kept}.`
      : "";
    tell(`${count(undone.restored, "note")} brought back.${left}`);
  }

  private async show(note: TFile): Promise<void> {
    const entry = await this.journal.lastOf(note.path);
    if (entry === null) tell(`Nothing was taken from ${note.basename}.`);
    else new WhatWent(this.app, `${parts(entry.removals.length)} went from ${note.basename}`, entry.removals).open();
  }
}

function tell(message: string): void {
  new Notice(message, TOLD);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

const parts = (number: number): string => count(number, "part");
