// A vault in memory that behaves as Obsidian's does, as far as the plugin knows it.

export interface Asked {
  url: string;
  method?: string;
  contentType?: string;
  headers?: Record<string, string>;
  body?: string;
  throw?: boolean;
}

/** What was told and shown. */
export const said: string[] = [];
export const modals: Modal[] = [];

/** Who answers requests; tests may take its place. */
export const network = {
  ask: async (asked: Asked): Promise<{ status: number; body: string }> => {
    const answer = await fetch(asked.url, {
      method: asked.method ?? "GET",
      headers: { ...asked.headers, ...(asked.contentType ? { "Content-Type": asked.contentType } : {}) },
      body: asked.body,
    });
    return { status: answer.status, body: await answer.text() };
  },
};

export async function requestUrl(asked: Asked) {
  const { status, body } = await network.ask(asked);
  return {
    status,
    text: body,
    get json() {
      return JSON.parse(body);
    },
  };
}

export class TAbstractFile {
  parent: TFolder | null = null;
  constructor(public path: string) {}
  get name(): string {
    return this.path.slice(this.path.lastIndexOf("/") + 1);
  }
}

export class TFile extends TAbstractFile {
  get extension(): string {
    return this.name.slice(this.name.lastIndexOf(".") + 1);
  }
  get basename(): string {
    return this.name.slice(0, this.name.lastIndexOf("."));
  }
}

export class TFolder extends TAbstractFile {
  children: TAbstractFile[] = [];
}

/** Files and folders by their paths, as on a disk; no folder comes into being by itself. */
export class Adapter {
  readonly files = new Map<string, string>();
  readonly folders = new Set<string>(["", ".obsidian", ".obsidian/plugins", ".obsidian/plugins/clipping-cleaner"]);

  async exists(path: string): Promise<boolean> {
    return this.files.has(path) || this.folders.has(path);
  }
  async read(path: string): Promise<string> {
    const text = this.files.get(path);
    if (text === undefined) throw new Error(`ENOENT: ${path}`);
    return text;
  }
  async write(path: string, data: string): Promise<void> {
    if (!this.folders.has(above(path))) throw new Error(`ENOENT: ${path}`);
    this.files.set(path, data);
  }
  async mkdir(path: string): Promise<void> {
    if (!this.folders.has(above(path))) throw new Error(`ENOENT: ${path}`);
    this.folders.add(path);
  }
  async remove(path: string): Promise<void> {
    if (!this.files.delete(path)) throw new Error(`ENOENT: ${path}`);
  }
  async list(path: string): Promise<{ files: string[]; folders: string[] }> {
    if (!this.folders.has(path)) throw new Error(`ENOENT: ${path}`);
    const inside = (one: string) => one !== path && above(one) === path;
    return { files: [...this.files.keys()].filter(inside), folders: [...this.folders].filter(inside) };
  }
  async rmdir(path: string, recursive: boolean): Promise<void> {
    const below = (one: string) => one.startsWith(`${path}/`);
    if (!recursive && [...this.files.keys()].some(below)) throw new Error(`ENOTEMPTY: ${path}`);
    for (const file of [...this.files.keys()].filter(below)) this.files.delete(file);
    for (const folder of [...this.folders].filter((one) => one === path || below(one))) this.folders.delete(folder);
  }
  async rename(path: string, target: string): Promise<void> {
    if (await this.exists(target)) throw new Error(`EEXIST: ${target}`);
    const moved = (one: string) => target + one.slice(path.length);
    for (const [file, text] of [...this.files]) {
      if (file === path || file.startsWith(`${path}/`)) this.files.delete(file) && this.files.set(moved(file), text);
    }
    for (const folder of [...this.folders]) {
      if (folder === path || folder.startsWith(`${path}/`)) this.folders.delete(folder) && this.folders.add(moved(folder));
    }
  }
}

const above = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");

export class Vault {
  readonly adapter = new Adapter();
  readonly configDir = ".obsidian";
  private readonly root = new TFolder("/");
  private readonly known = new Map<string, TAbstractFile>();

  constructor(notes: Record<string, string>) {
    for (const [path, text] of Object.entries(notes)) this.add(path, text);
  }
  add(path: string, text: string): TFile {
    let folder = this.root;
    const parts = path.split("/");
    for (let count = 1; count < parts.length; count++) {
      const name = parts.slice(0, count).join("/");
      this.adapter.folders.add(name);
      folder = (this.known.get(name) as TFolder | undefined) ?? this.enter(new TFolder(name), folder);
    }
    this.adapter.files.set(path, text);
    return this.enter(new TFile(path), folder);
  }
  private enter<T extends TAbstractFile>(file: T, folder: TFolder): T {
    file.parent = folder;
    folder.children.push(file);
    this.known.set(file.path, file);
    return file;
  }
  delete(path: string): void {
    this.adapter.files.delete(path);
    this.known.delete(path);
  }
  getRoot(): TFolder {
    return this.root;
  }
  getAbstractFileByPath(path: string): TAbstractFile | null {
    return this.known.get(path) ?? null;
  }
  read(file: TFile): Promise<string> {
    return this.adapter.read(file.path);
  }
  async process(file: TFile, change: (text: string) => string): Promise<string> {
    const text = change(await this.adapter.read(file.path));
    await this.adapter.write(file.path, text);
    return text;
  }
}

export class App {
  active: TFile | null = null;
  readonly menus: ((menu: Menu, file: TAbstractFile) => void)[] = [];
  readonly metadataCache = {
    getFileCache: (file: TFile) => {
      const block = /^---\n([\s\S]*?)\n---\n/.exec(this.vault.adapter.files.get(file.path) ?? "");
      if (block === null) return null;
      const rows = (block[1] ?? "").split("\n").map((row) => row.split(/:\s+/, 2));
      return { frontmatter: Object.fromEntries(rows.map(([key, value]) => [key, value?.replace(/^"|"$/g, "")])) };
    },
  };
  readonly workspace = {
    getActiveFile: () => this.active,
    on: (_: string, show: (menu: Menu, file: TAbstractFile) => void) => {
      this.menus.push(show);
      return {};
    },
  };
  constructor(readonly vault: Vault) {}
}

interface Item {
  title: string;
  click: () => unknown;
}

export class Menu {
  readonly items: Item[] = [];
  addItem(fill: (item: unknown) => void): void {
    const made: Item = { title: "", click: () => undefined };
    const item = {
      setTitle: (title: string) => ((made.title = title), item),
      onClick: (click: () => unknown) => ((made.click = click), item),
    };
    fill(item);
    this.items.push(made);
  }
}

export interface Command {
  id: string;
  name: string;
  callback?: () => unknown;
  checkCallback?: (checking: boolean) => boolean;
}

export class Plugin {
  readonly commands: Command[] = [];
  data: unknown = null;
  readonly manifest = { id: "clipping-cleaner", dir: ".obsidian/plugins/clipping-cleaner" };
  constructor(readonly app: App) {}
  addCommand(command: Command): void {
    this.commands.push(command);
  }
  addSettingTab(_: unknown): void {}
  registerEvent(_: unknown): void {}
  async loadData(): Promise<unknown> {
    return this.data;
  }
  async saveData(data: unknown): Promise<void> {
    this.data = data;
  }
}

export class PluginSettingTab {
  constructor(
    readonly app: App,
    readonly plugin: Plugin,
  ) {}
}

export class Setting {}

export class Notice {
  constructor(message: string) {
    if (message) said.push(message);
  }
  setMessage(_: string): void {}
  hide(): void {}
}

/** An element that holds nothing but text and other elements. */
export class Element {
  text = "";
  readonly children: Element[] = [];
  constructor(readonly tag: string) {}
  createEl(tag: string, settings: { cls?: string; text?: string } = {}): Element {
    const made = new Element(tag);
    made.text = settings.text ?? "";
    this.children.push(made);
    return made;
  }
  setText(text: string): void {
    this.text = text;
  }
  empty(): void {
    this.children.length = 0;
  }
  /** Tag and text of all that is below, in order. */
  all(): [string, string][] {
    return this.children.flatMap((child): [string, string][] => [[child.tag, child.text], ...child.all()]);
  }
}

export class Modal {
  readonly titleEl = new Element("h2");
  readonly contentEl = new Element("div");
  constructor(readonly app: App) {}
  open(): void {
    modals.push(this);
    this.onOpen();
  }
  onOpen(): void {}
  onClose(): void {}
}
