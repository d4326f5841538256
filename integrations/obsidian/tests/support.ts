// What the tests share: a plugin in a vault, and clippings.


import ClippingCleaner from "../src/main";
import { App, type Command, modals, said, TFile, Vault } from "./obsidian";

export const STORY = "The story is long enough to stay here, and it tells of a mill.\n";
export const BOX = "\nSign up for our newsletter\n";
export const FRONT = '---\ntitle: A mill\nsource: "https://example.com/a"\n---\n';

export interface Opened {
  app: App;
  vault: Vault;
  plugin: { commands: Command[]; data: unknown };
  /** Run a command for a note, and give what was told. */
  run(id: string, path?: string): Promise<string[]>;
  text(path: string): string | undefined;
}

export async function open(notes: Record<string, string>, settings: object | null = null): Promise<Opened> {
  const vault = new Vault(notes);
  const app = new App(vault);
  const plugin = new (ClippingCleaner as unknown as new (app: App) => ClippingCleaner & Opened["plugin"])(app);
  plugin.data = settings;
  await plugin.onload();
  return {
    app,
    vault,
    plugin,
    text: (path) => vault.adapter.files.get(path),
    async run(id, path) {
      said.length = modals.length = 0;
      app.active = path === undefined ? null : (vault.getAbstractFileByPath(path) as TFile);
      const command = plugin.commands.find((one) => one.id === id);
      if (command === undefined) throw new Error(`no command ${id}`);
      if (command.callback) void command.callback();
      else if (!command.checkCallback?.(true)) return ["not here"];
      else command.checkCallback(false);
      await idle(plugin);
      return [...said];
    },
  };
}

/** Wait until the plugin is through. */
export async function idle(plugin: unknown): Promise<void> {
  do await new Promise((done) => setTimeout(done, 1));
  while ((plugin as { working: boolean }).working);
}

