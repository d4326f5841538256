// What the service is asked, and what it answers.  All cleaning is done there.

import { requestUrl } from "obsidian";

export type Level = "safe" | "normal" | "aggressive";

export interface Connection {
  address: string;
  token: string;
  level: Level;
}

/** What went, in the words of the service's report. */
export interface Removal {
  line: number;
  category: string;
  rule: string;
  reason: string;
  text: string;
}

export interface Cleaned {
  text: string;
  removals: Removal[];
}

/** Something to be told in a notice; it names the way out. */
export class Problem extends Error {}

/** A problem that every other note would meet, too. */
export class NoService extends Problem {}

const OF_THE_NOTE = [413, 422, 500, 504];

export async function clean(note: string, connection: Connection): Promise<Cleaned> {
  const headers: Record<string, string> = {};
  if (connection.token) headers["Authorization"] = `Bearer ${connection.token}`;
  const address = connection.address.replace(/\/+$/, "");
  const query = new URLSearchParams({ level: connection.level, format: "markdown" });
  let answer;
  try {
    answer = await requestUrl({
      url: `${address}/clean?${query}`,
      method: "POST",
      contentType: "application/json",
      headers,
      body: JSON.stringify({ text: note }),
      throw: false,
    });
  } catch {
    throw new NoService(`Nothing answers at ${address}. Start it with: cleaner serve`);
  }
  let data;
  try {
    data = answer.json;
  } catch {
    throw new NoService(`What answers at ${address} is no cleaner; look at the address in the settings.`);
  }
  if (answer.status === 401) throw new NoService("The token is missing or wrong; look at the settings.");
  if (answer.status !== 200) {
    const Kind = OF_THE_NOTE.includes(answer.status) ? Problem : NoService;
    throw new Kind(String(data?.error ?? `The service answered with code ${answer.status}.`));
  }
  if (typeof data?.text !== "string" || !Array.isArray(data?.report?.removals)) {
    throw new NoService(`What answers at ${address} is no cleaner; look at the address in the settings.`);
  }
  return { text: data.text, removals: data.report.removals };
}
