/** The pages while files come in by themselves: what they show, and that they are told at once. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../../src/log.ts";
import { WatchedFolder } from "../../src/workspace/watched-folder.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

function open() {
  const folder = mkdtempSync(join(tmpdir(), "watched-"));
  const place: { watched: WatchedFolder | null } = { watched: null };
  const app = openAnsweringApp({ watched: (ownerId) => place.watched?.stateFor(ownerId) ?? null });
  place.watched = new WatchedFolder({
    ...{ folder, store: app.store, log: createLog("error"), ownerOf: () => null },
    ...{ quietMs: 20, pollMs: 50 },
  });
  const watched = place.watched;
  return {
    folder,
    page: async (path: string) => await (await fetch(`${app.url}${path}`)).text(),
    /** What the stream of a page tells, as soon as this stands in it. */
    async told(words: string, change: () => void): Promise<string> {
      const end = new AbortController();
      const response = await fetch(`${app.url}/live`, { signal: end.signal });
      change();
      let text = "";
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      while (!text.includes(words)) {
        const { done, value = "" } = (await reader?.read()) ?? { done: true };
        if (done) break;
        text += value;
      }
      end.abort();
      return text;
    },
    async [Symbol.asyncDispose]() {
      await watched[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

test("A file that appears is told to the pages, which then show its series, its last close, and what could not be read", async () => {
  await using it = open();
  expect(await it.page("/data")).toContain(it.folder);
  expect(await it.page("/desk")).not.toContain("Your prices");
  const rows = [
    "Date,Open,High,Low,Close",
    "2024-01-02,2000,2010,1990,2005.5",
    "2024-01-03,2005,2015,1995,2011.5",
  ];
  const told = await it.told("event: data", () => {
    writeFileSync(join(it.folder, "XAUUSD_D1.csv"), `${rows.join("\n")}\n2024-01-04,20`);
  });
  expect(told).toContain("event: data");
  let data = await it.page("/data");
  // The row of the file is written once its import is.
  while (!data.includes("no end yet")) data = await it.page("/data");
  expect(data).toContain("XAUUSD D1");
  expect(data).toContain("XAUUSD_D1.csv: The last line has no end yet");
  const desk = await it.page("/desk");
  expect(desk).toContain("Your prices");
  expect(desk).toContain("2,011.5");
  for (const page of [data, desk]) {
    expect(page).toContain('hx-trigger="data from:#live"');
    expect(page).toContain('hx-sse:connect="/live"');
  }
});
