// The settings, and their page.

import { type App, type Plugin, PluginSettingTab, Setting } from "obsidian";

import type { Connection, Level } from "./service";

export const DEFAULTS: Connection = { address: "http://127.0.0.1:8377", token: "", level: "normal" };

const LEVELS: Record<Level, string> = {
  safe: "only what is certain",
  normal: "also what is likely",
  aggressive: "also what is doubtful",
};

export class Settings extends PluginSettingTab {
  constructor(
    app: App,
    plugin: Plugin,
    private readonly connection: Connection,
    private readonly save: () => Promise<void>,
  ) {
    super(app, plugin);
  }

  display(): void {
    this.containerEl.empty();
    new Setting(this.containerEl)
      .setName("Address of the service")
      .setDesc("Start it on this computer with: cleaner serve")
      .addText((text) =>
        text
          .setPlaceholder(DEFAULTS.address)
          .setValue(this.connection.address)
          .onChange((value) => this.set({ address: value.trim() || DEFAULTS.address })),
      );
    new Setting(this.containerEl)
      .setName("Token")
      .setDesc("If the service was started with one. It is kept in this vault as it is.")
      .addText((text) => {
        text.inputEl.type = "password";
        text.setValue(this.connection.token).onChange((value) => this.set({ token: value.trim() }));
      });
    new Setting(this.containerEl)
      .setName("Take")
      .setDesc("How careful it is.")
      .addDropdown((menu) =>
        menu
          .addOptions(LEVELS)
          .setValue(this.connection.level)
          .onChange((value) => this.set({ level: value as Level })),
      );
  }

  private set(change: Partial<Connection>): Promise<void> {
    Object.assign(this.connection, change);
    return this.save();
  }
}
