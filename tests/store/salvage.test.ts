/** What can be read of a damaged database is saved into a new one, and the damaged one is kept. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../../src/errors.ts";
import { salvageDatabase } from "../../src/store/backup.ts";
import { openStore } from "../../src/store/database.ts";
import { seriesOf } from "../finance/data/series-of.ts";
import { overwriteLeaf } from "./overwrite-leaf.ts";
import { conversation, document, memory, message, passage } from "./rows.ts";
import { silent, temporaryFolder } from "./temporary-store.ts";

const now = new Date("2026-11-29T12:00:00Z");
const count = 200;

function fill(dataDir: string): void {
  using store = openStore({ dataDir, log: silent });
  for (let index = 0; index < count; index++) {
    store.conversations.insert(conversation({ id: `c${index}`, title: "A long title ".repeat(10) }));
    const content = `gold and bond ${index} `.repeat(20);
    store.messages.insert(message({ id: `m${index}`, conversationId: `c${index}`, content }));
    store.memories.insert(memory({ id: `k${index}`, key: `k${index}`, value: "silver ".repeat(20) }));
  }
}

test.each(["messages", "conversations", "memories", "messages_fts_data", "memories_fts_idx"])(
  "of a database with a damaged page of %s everything else is saved, whole and searchable",
  (table) => {
    using folder = temporaryFolder();
    fill(folder.path);
    overwriteLeaf(folder.path, table);
    const damaged = readFileSync(join(folder.path, "assistant.db"));
    const { saved, replaced } = salvageDatabase(folder.path, now);
    expect(readFileSync(replaced ?? "").equals(damaged)).toBe(true);
    for (const name of ["messages", "conversations", "memories"]) {
      if (name === table) expect(saved[name]).toBeGreaterThan(count / 2);
      else expect([name, saved[name]]).toEqual([name, count]);
    }
    using store = openStore({ dataDir: folder.path, log: silent });
    expect(store.check().problem).toBeNull();
    // Messages whose conversation is lost have one again.
    if (table !== "messages") expect(store.conversations.list(null, 500)).toHaveLength(count);
    expect(store.memories.searchText(null, ["silver"], "all", 500)).toHaveLength(saved.memories ?? 0);
    expect(store.messages.search(null, ["gold"], 500).length).toBeGreaterThan(count / 2);
    using database = new Database(join(folder.path, "assistant.db"), { readonly: true });
    expect(database.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
    expect(database.query("PRAGMA foreign_key_check").values()).toEqual([]);
  },
);

test("of a series the bars are kept of which nothing is damaged, and it can be read", () => {
  using folder = temporaryFolder();
  const rows = 10;
  {
    using store = openStore({ dataDir: folder.path, log: silent });
    const series = { id: "gold", ownerId: null, symbol: "XAUUSD", timeframe: "D1", zone: null } as const;
    store.datasets.insert({ ...series, rows: 0, chunks: [], passport: null, createdAt: 1, updatedAt: 1 });
    const chunks = Array.from({ length: count }, (_, at) => {
      const id = store.datasets.addChunk("gold", new Uint8Array(200).fill(at));
      return { id, rows, first: at, last: at };
    });
    store.datasets.update("gold", { chunks, rows: rows * count, passport: seriesOf([0, 1, 2, 3]).passport });
  }
  overwriteLeaf(folder.path, "dataset_chunks");
  salvageDatabase(folder.path, now);
  using store = openStore({ dataDir: folder.path, log: silent });
  const { chunks, rows: left } = store.datasets.get("gold") ?? { chunks: [], rows: 0 };
  expect(chunks.length).toBeGreaterThan(count / 2);
  expect(chunks.length).toBeLessThan(count);
  expect(left).toBe(chunks.length * rows);
  for (const { id, first } of chunks) expect(store.datasets.chunk(id)?.[0]).toBe(first);
});

test("of a document some of whose passages are damaged the file is read again", () => {
  using folder = temporaryFolder();
  {
    using store = openStore({ dataDir: folder.path, log: silent });
    const steps = store.contents.write(Buffer.from("The file."), 1);
    let step = steps.next();
    while (!step.done) step = steps.next();
    store.documents.insert(document({ id: "d", contentId: step.value.id, state: "ready", passages: count }));
    for (let number = 1; number <= count; number++)
      store.documents.addPassages([passage({ documentId: "d", number, text: "gold and bond ".repeat(30) })]);
  }
  overwriteLeaf(folder.path, "passages");
  salvageDatabase(folder.path, now);
  using store = openStore({ dataDir: folder.path, log: silent });
  expect(store.documents.nextToRead()?.id).toBe("d");
  expect(store.documents.passagesOf("d").length).toBeGreaterThan(count / 2);
  using database = new Database(join(folder.path, "assistant.db"), { readonly: true });
  expect(database.query("PRAGMA foreign_key_check").values()).toEqual([]);
});

test("where nothing can be read nothing changes", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "assistant.db");
  writeFileSync(file, "These are my holiday pictures. ".repeat(1_000));
  expect(() => salvageDatabase(folder.path, now)).toThrow(StorageError);
  expect(readFileSync(file, "utf8")).toStartWith("These are my holiday pictures.");
  expect(existsSync(`${file}.salvaged.db`)).toBe(false);
});
