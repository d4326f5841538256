// What notes were before they were cleaned.  Each run has a folder, each note a file in it, which is there before the
// note is replaced.

import type { DataAdapter } from "obsidian";

import type { Removal } from "./service";

export interface Entry {
  path: string;
  before: string;
  after: string;
  removals: Removal[];
}

const RUN = /^\d{6}$/;
const KEPT_RUNS = 20;

export class Journal {
  constructor(
    private readonly adapter: DataAdapter,
    private readonly folder: string,
  ) {}

  /** A folder for a new run; the oldest ones are forgotten. */
  async begin(): Promise<Run> {
    const runs = await this.runs();
    for (const old of runs.slice(0, Math.max(0, runs.length - KEPT_RUNS + 1))) {
      await this.adapter.rmdir(`${this.folder}/${old}`, true);
    }
    const number = runs.length ? Number(runs[runs.length - 1]) + 1 : 1;
    return new Run(this.adapter, `${this.folder}/${String(number).padStart(6, "0")}`);
  }

  /** The last run, if there is one. */
  async last(): Promise<Run | null> {
    for (const name of (await this.runs()).reverse()) {
      const run = new Run(this.adapter, `${this.folder}/${name}`);
      if ((await run.entries()).length) return run;
      await run.end();
    }
    return null;
  }

  /** What was last taken from a note. */
  async lastOf(path: string): Promise<Entry | null> {
    for (const run of (await this.runs()).reverse()) {
      for (const { entry } of await new Run(this.adapter, `${this.folder}/${run}`).entries()) {
        if (entry.path === path) return entry;
      }
    }
    return null;
  }

  private async runs(): Promise<string[]> {
    if (!(await this.adapter.exists(this.folder))) return [];
    const { folders } = await this.adapter.list(this.folder);
    return folders.map((folder) => folder.slice(folder.lastIndexOf("/") + 1)).filter((name) => RUN.test(name)).sort();
  }
}

export class Run {
  private count = 0;

  constructor(
    private readonly adapter: DataAdapter,
    readonly folder: string,
  ) {}

  /** Remember a note; gives the file that does. */
  async add(entry: Entry): Promise<string> {
    if (!this.count) await makeFolders(this.adapter, this.folder);
    this.count += 1;
    const name = String(this.count).padStart(6, "0");
    const file = `${this.folder}/${name}.json`;
    await this.adapter.write(file, JSON.stringify(entry));
    return file;
  }

  /** The notes of the run, the last one first, each with the file that remembers it. */
  async entries(): Promise<{ entry: Entry; file: string }[]> {
    const { files } = await this.adapter.list(this.folder);
    const found = [];
    for (const file of files.sort().reverse()) found.push({ entry: JSON.parse(await this.adapter.read(file)), file });
    return found;
  }

  async forget(file: string): Promise<void> {
    await this.adapter.remove(file);
  }

  /** The run is undone; what could not be stays in a folder of another name, which is given back. */
  async end(): Promise<string | null> {
    const { files } = await this.adapter.list(this.folder);
    if (!files.length) {
      await this.adapter.rmdir(this.folder, true);
      return null;
    }
    const kept = `${this.folder}-left`;
    if (await this.adapter.exists(kept)) await this.adapter.rmdir(kept, true);
    await this.adapter.rename(this.folder, kept);
    return kept;
  }
}

async function makeFolders(adapter: DataAdapter, path: string): Promise<void> {
  const parts = path.split("/");
  for (let count = 1; count <= parts.length; count++) {
    const folder = parts.slice(0, count).join("/");
    if (!(await adapter.exists(folder))) await adapter.mkdir(folder);
  }
}
