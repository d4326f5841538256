// What went from a note, to look at.  All of it is put there as text.

import { type App, Modal } from "obsidian";

import type { Removal } from "./service";

export class WhatWent extends Modal {
  constructor(
    app: App,
    private readonly title: string,
    private readonly removals: Removal[],
  ) {
    super(app);
  }

  override onOpen(): void {
    this.titleEl.setText(this.title);
    const list = this.contentEl.createEl("ol", { cls: "clipping-cleaner-list" });
    for (const removal of this.removals) {
      const item = list.createEl("li");
      item.createEl("div", { cls: "clipping-cleaner-why", text: `line ${removal.line} · ${removal.category} · ${removal.reason}` });
      item.createEl("blockquote", { text: removal.text.trim() });
      item.createEl("code", { text: removal.rule });
    }
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}
