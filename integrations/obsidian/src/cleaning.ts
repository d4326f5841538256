// Cleaning notes, and taking it back.

import { type App, type TAbstractFile, TFile, TFolder } from "obsidian";

import type { Journal, Run } from "./journal";
import { clean, type Connection, type Removal } from "./service";

/** What came of a note; `edited`: it was changed while the service was at it, and stays as it is. */
export type Outcome = { kind: "cleaned"; removals: Removal[] } | { kind: "nothing" } | { kind: "edited" };

export interface Undone {
  restored: number;
  left: string[];
  kept: string | null;
}

export async function cleanNote(app: App, file: TFile, connection: Connection, run: Run): Promise<Outcome> {
  const before = await app.vault.read(file);
  const { text, removals } = await clean(before, connection);
  if (text === before) return { kind: "nothing" };
  const remembered = await run.add({ path: file.path, before, after: text, removals });
  let replaced = false;
  await app.vault.process(file, (now) => {
    replaced = now === before;
    return replaced ? text : now;
  });
  if (replaced) return { kind: "cleaned", removals };
  await run.forget(remembered);
  return { kind: "edited" };
}

/** The notes below a folder. */
export function notesIn(folder: TFolder): TFile[] {
  return folder.children.flatMap((child: TAbstractFile) => {
    if (child instanceof TFolder) return notesIn(child);
    return child instanceof TFile && child.extension === "md" ? [child] : [];
  });
}

/** Whether the front matter of a note says that it is from a web page. */
export function isClipping(app: App, file: TFile): boolean {
  const facts = app.metadataCache.getFileCache(file)?.frontmatter;
  return [facts?.["source"], facts?.["url"]].flat().some((one) => typeof one === "string" && /^https?:\/\//i.test(one));
}

/** Bring back what the last run has replaced; notes that were edited since stay as they are. */
export async function undo(app: App, journal: Journal): Promise<Undone | null> {
  const run = await journal.last();
  if (run === null) return null;
  let restored = 0;
  const left: string[] = [];
  for (const { entry, file } of await run.entries()) {
    const note = app.vault.getAbstractFileByPath(entry.path);
    let settled = false;
    if (note instanceof TFile) {
      await app.vault.process(note, (now) => {
        settled = now === entry.after || now === entry.before;
        if (now !== entry.after) return now;
        restored += 1;
        return entry.before;
      });
    }
    if (settled) await run.forget(file);
    else left.push(entry.path);
  }
  return { restored, left, kept: await run.end() };
}
