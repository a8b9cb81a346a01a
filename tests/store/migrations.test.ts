import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from "drizzle-kit/api";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { StorageError } from "../../src/errors.ts";
import * as batchTables from "../../src/store/batch-tables.ts";
import { openStore } from "../../src/store/database.ts";
import * as datasetTables from "../../src/store/dataset-tables.ts";
import * as documentTables from "../../src/store/document-tables.ts";
import * as fileTables from "../../src/store/file-tables.ts";
import * as schema from "../../src/store/schema.ts";
import { removeOldSnapshots, takeSnapshot } from "../../src/store/snapshot.ts";
import { conversation, generation, memory, message } from "./rows.ts";
import { silent, temporaryFolder, temporaryStore } from "./temporary-store.ts";

const migrations = join(import.meta.dir, "../../src/store/migrations");

interface JournalEntry {
  readonly idx: number;
  readonly version: string;
  readonly when: number;
  readonly tag: string;
  readonly breakpoints: boolean;
}

const journalOf = (folder: string): { entries: JournalEntry[] } =>
  JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8"));

/** Copies the program's migrations and changes the copy's journal: an older or a newer version of the program. */
function otherVersion(folder: string, change: (entries: JournalEntry[]) => JournalEntry[]): string {
  const copy = join(folder, "migrations");
  cpSync(migrations, copy, { recursive: true });
  const journal = journalOf(copy);
  const entries = change(journal.entries);
  writeFileSync(join(copy, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  return copy;
}

function newerVersion(folder: string, sql: string): string {
  const tag = "9999_next";
  const copy = otherVersion(folder, (entries) => {
    const [last] = entries.slice(-1);
    if (last === undefined) throw new Error("There are no migrations.");
    return [...entries, { ...last, idx: last.idx + 1, when: last.when + 1, tag }];
  });
  writeFileSync(join(copy, `${tag}.sql`), sql);
  return copy;
}

function filled(dataDir: string): void {
  using store = openStore({ dataDir, log: silent });
  store.conversations.insert(conversation());
  store.messages.insert(message());
  store.generations.insert(generation());
  store.tokenLog.append([{ generationId: "generation", firstIndex: 0, tokens: [{ text: "a", ids: [1] }] }]);
  store.memories.insert(memory({ id: "known" }));
}

const snapshotsIn = (dataDir: string) =>
  readdirSync(dataDir).includes("snapshots") ? readdirSync(join(dataDir, "snapshots")) : [];

test("the migrations make exactly the tables of the schema: `drizzle-kit generate` would find nothing to do", async () => {
  const last = journalOf(migrations).entries.at(-1);
  const name = `${String(last?.idx).padStart(4, "0")}_snapshot.json`;
  const migrated = JSON.parse(readFileSync(join(migrations, "meta", name), "utf8"));
  const wanted = await generateSQLiteDrizzleJson({
    ...schema,
    ...fileTables,
    ...batchTables,
    ...datasetTables,
    ...documentTables,
  });
  expect(await generateSQLiteMigration(migrated, wanted)).toEqual([]);
});

test("the migrations' files make what their recorded form says", () => {
  using store = temporaryStore();
  using database = new Database(join(store.dataDir, "assistant.db"), { readonly: true });
  const { conversations, messages, generations, tokenLog, memories } = schema;
  const { users, sessions, apiKeys, auditLog, summaries, repeatedTexts, preferences } = schema;
  for (const table of [
    conversations,
    messages,
    generations,
    tokenLog,
    memories,
    users,
    sessions,
    apiKeys,
    auditLog,
    summaries,
    repeatedTexts,
    preferences,
  ]) {
    const wanted = getTableConfig(table);
    const columns = database
      .query<{ name: string; type: string; notnull: number }, [string]>("SELECT * FROM pragma_table_info(?)")
      .all(wanted.name);
    expect(columns.map(({ name, type, notnull }) => [name, type.toLowerCase(), notnull === 1])).toEqual(
      wanted.columns.map((column) => [column.name, column.getSQLType(), column.notNull]),
    );
    const indexes = database
      .query<{ name: string }, [string]>(
        "SELECT name FROM pragma_index_list(?) WHERE origin = 'c' ORDER BY name",
      )
      .all(wanted.name);
    const unique = wanted.columns.flatMap(({ isUnique, uniqueName }) =>
      isUnique && uniqueName ? [uniqueName] : [],
    );
    const named = wanted.indexes.map(({ config }) => config.name);
    expect(indexes.map(({ name }) => name)).toEqual([...named, ...unique].sort());
  }
});

test("a new database takes no snapshot, nor does one that is up to date", () => {
  using folder = temporaryFolder();
  filled(folder.path);
  openStore({ dataDir: folder.path, log: silent })[Symbol.dispose]();
  expect(snapshotsIn(folder.path)).toEqual([]);
});

test("an older database is brought up to date after a sound, private snapshot of it, and its memories can be searched", () => {
  using folder = temporaryFolder();
  using versions = temporaryFolder();
  const first = otherVersion(versions.path, (entries) => entries.slice(0, 1));
  const old = new Database(join(folder.path, "assistant.db"));
  const [entry] = journalOf(first).entries;
  for (const statement of readFileSync(join(first, `${entry?.tag}.sql`), "utf8").split(
    "--> statement-breakpoint",
  ))
    old.run(statement);
  old.run(
    "CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
  );
  old.run("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('', ?)", [entry?.when ?? 0]);
  old.run("INSERT INTO conversations VALUES ('conversation', 'Saving', 1, 1)");
  old.run(
    "INSERT INTO memories (id, key, value, category, createdAt) VALUES ('m', 'broker', 'IBKR', 'profile', 1)",
  );
  old.close(true);

  using store = openStore({ dataDir: folder.path, log: silent });
  expect(store.conversations.get("conversation")).toEqual(conversation());
  expect(store.memories.searchText(null, ["broker"], "all", 5).map(({ id }) => id)).toEqual(["m"]);

  const [name = "", ...others] = snapshotsIn(folder.path);
  expect(others).toEqual([]);
  const file = join(folder.path, "snapshots", name);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  using snapshot = new Database(file, { readonly: true });
  expect(snapshot.query("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(snapshot.query("SELECT value FROM memories").all()).toEqual([{ value: "IBKR" }]);
  expect(snapshot.query("SELECT 1 FROM sqlite_schema WHERE name = 'memories_fts'").all()).toEqual([]);
});

/** A database as the first `count` migrations leave it, with a row in every table that there was. */
function oldDatabase(file: string, count: number): void {
  const entries = journalOf(migrations).entries.slice(0, count);
  const old = new Database(file);
  old.run("PRAGMA foreign_keys = ON");
  for (const { tag } of entries)
    for (const statement of readFileSync(join(migrations, `${tag}.sql`), "utf8").split(
      "--> statement-breakpoint",
    ))
      old.run(statement);
  old.run(
    "CREATE TABLE __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)",
  );
  for (const { when } of entries)
    old.run("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('', ?)", [when]);
  old.run("INSERT INTO conversations (id, title, createdAt, updatedAt) VALUES ('c', 'Saving', 1, 2)");
  old.run(
    "INSERT INTO messages (id, conversationId, role, content, createdAt) VALUES ('q', 'c', 'user', 'What is a zebra?', 1)",
  );
  old.run(
    "INSERT INTO messages (id, conversationId, parentId, role, content, createdAt) VALUES ('a', 'c', 'q', 'assistant', 'A horse.', 2)",
  );
  old.run(
    "INSERT INTO generations (id, conversationId, questionId, messageId, state, model, sampling, memoryContext, writers, createdAt) VALUES ('g', 'c', 'q', 'a', 'done', 'm', '{}', 3, '[]', 2)",
  );
  old.run("INSERT INTO token_log VALUES ('g', 0, ?)", [JSON.stringify([{ text: "A horse.", ids: [1] }])]);
  old.run(
    "INSERT INTO memories (id, key, value, category, createdAt) VALUES ('m', 'broker', 'IBKR', 'profile', 1)",
  );
  old.close(true);
}

test.each(journalOf(migrations).entries.map((_, index) => index + 1))(
  "a full database of the version with %d migrations loses nothing on its way to this one",
  (count) => {
    using folder = temporaryFolder();
    oldDatabase(join(folder.path, "assistant.db"), count);
    using store = openStore({ dataDir: folder.path, log: silent });
    expect(store.conversations.get("c")).toEqual(
      conversation({ id: "c", title: "Saving", createdAt: 1, updatedAt: 2 }),
    );
    expect(store.messages.path("c").map(({ id, content }) => [id, content])).toEqual([
      ["q", "What is a zebra?"],
      ["a", "A horse."],
    ]);
    expect(store.generations.get("g")).toMatchObject({ state: "done", messageId: "a" });
    expect(store.tokenLog.read("g")).toEqual([{ text: "A horse.", ids: [1] }]);
    expect(store.memories.searchText(null, ["broker"], "all", 5)).toHaveLength(1);
    expect(store.messages.search(null, ["zebra"], 5)).toMatchObject([{ messageId: "q" }]);
  },
);

test("receipts and writers of an earlier version are moved to where each text stands once, and come back the same", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "assistant.db");
  oldDatabase(file, 7);
  const receipt = {
    systemPrompt: 'Be careful; say "no".',
    messageIds: ["q"],
    droppedMessageIds: [],
    memories: [{ id: "m", key: "broker", score: 0.5 }],
    promptTokens: 12,
    budgetTokens: null,
  };
  const writers = [{ engine: "llama", model: "demo", modelHash: "f4e1", fromToken: 0 }];
  const old = new Database(file);
  const insert = old.query(
    "INSERT INTO generations (id, conversationId, questionId, messageId, state, model, sampling, memoryContext, receipt, writers, createdAt) VALUES (?, 'c', 'q', ?, 'done', 'm', '{}', 3, ?, ?, 3)",
  );
  for (const id of ["g1", "g2"]) insert.run(id, id, JSON.stringify(receipt), JSON.stringify(writers));
  insert.run("bare", "bare", JSON.stringify({ ...receipt, systemPrompt: "" }), "[]");
  old.close(true);
  {
    using store = openStore({ dataDir: folder.path, log: silent });
    for (const id of ["g1", "g2"]) expect(store.generations.get(id)).toMatchObject({ receipt, writers });
    expect(store.generations.get("bare")).toMatchObject({
      receipt: { ...receipt, systemPrompt: "" },
      writers: [],
    });
    expect(store.generations.get("g")).toMatchObject({ receipt: null, writers: [] });
    // What the rows named is erased with them, as it is for new ones.
    store.generations.remove("g1");
  }
  using database = new Database(file);
  const texts = () => database.query("SELECT content FROM repeated_texts ORDER BY content").values().flat();
  expect(texts()).toEqual([receipt.systemPrompt, JSON.stringify(writers)]);
  database.run("DELETE FROM generations WHERE id = 'g2'");
  expect(texts()).toEqual([]);
});

test("what owners of an earlier version have chosen is kept as a setting of their own", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "assistant.db");
  oldDatabase(file, 12);
  const old = new Database(file);
  old.run(
    "INSERT INTO users (id, name, passwordHash, role, createdAt) VALUES ('anna', 'anna', '', 'admin', 1)",
  );
  old.run("INSERT INTO preferences (ownerId, rememberExchanges) VALUES (NULL, 0), ('anna', 1)");
  old.close(true);
  using store = openStore({ dataDir: folder.path, log: silent });
  expect([null, "anna", "ben"].map((owner) => [...store.preferences.of(owner)])).toEqual([
    [["remember_exchanges", false]],
    [["remember_exchanges", true]],
    [],
  ]);
});

test("a snapshot is itself a database that the program opens, searches and goes on with", () => {
  using folder = temporaryFolder();
  using versions = temporaryFolder();
  filled(folder.path);
  const next = newerVersion(versions.path, "CREATE TABLE next (id text)");
  openStore({ dataDir: folder.path, log: silent, migrations: next })[Symbol.dispose]();
  const [name = ""] = snapshotsIn(folder.path);
  using restored = temporaryFolder();
  cpSync(join(folder.path, "snapshots", name), join(restored.path, "assistant.db"));
  using store = openStore({ dataDir: restored.path, log: silent });
  expect(store.tokenLog.read("generation")).toEqual([{ text: "a", ids: [1] }]);
  expect(store.memories.searchText(null, ["tolerance"], "all", 5).map(({ id }) => id)).toEqual(["known"]);
});

test("rebuilding a table deletes no row that refers to it, and memories stay searchable", () => {
  using folder = temporaryFolder();
  using versions = temporaryFolder();
  filled(folder.path);
  const next = newerVersion(
    versions.path,
    `CREATE TABLE rebuilt (id text PRIMARY KEY NOT NULL, title text NOT NULL, createdAt integer NOT NULL, updatedAt integer NOT NULL, titledBy text DEFAULT 'question' NOT NULL, leafId text, folder text DEFAULT '' NOT NULL, pinnedAt integer, archivedAt integer, deletedAt integer, forkedFrom text, ownerId text REFERENCES users(id) ON DELETE CASCADE, origin text DEFAULT 'chat' NOT NULL, seenAt integer, instructions text DEFAULT '' NOT NULL, settings text, projectId text REFERENCES projects(id) ON DELETE SET NULL);
--> statement-breakpoint
INSERT INTO rebuilt SELECT * FROM conversations;
--> statement-breakpoint
DROP TABLE conversations;
--> statement-breakpoint
ALTER TABLE rebuilt RENAME TO conversations;`,
  );
  using store = openStore({ dataDir: folder.path, log: silent, migrations: next });
  expect(store.messages.path("conversation")).toEqual([message()]);
  expect(store.tokenLog.count("generation")).toBe(1);
  expect(() => store.messages.insert(message({ id: "x", conversationId: "nobody" }))).toThrow("FOREIGN KEY");
  store.memories.insert(memory({ id: "fresh", key: "broker" }));
  expect(store.memories.searchText(null, ["broker"], "all", 5)).toHaveLength(1);
});

for (const [name, sql] of [
  ["fails half-way", "DELETE FROM memories;\n--> statement-breakpoint\nSELECT * FROM nowhere;"],
  ["leaves rows that refer to nothing", "DELETE FROM conversations;"],
  ["loses the triggers of the search", "DROP TRIGGER memories_fts_insert;"],
] as const)
  test(`a migration that ${name} changes nothing: the earlier version goes on with the same data`, () => {
    using folder = temporaryFolder();
    using versions = temporaryFolder();
    filled(folder.path);
    const next = newerVersion(versions.path, sql);
    const opening = () => openStore({ dataDir: folder.path, log: silent, migrations: next });
    expect(opening).toThrow(StorageError);
    expect(opening).toThrow("It is unchanged");
    // A supervisor starts it again and again: the disk must not fill up with copies of what is there unchanged.
    expect(snapshotsIn(folder.path)).toEqual([]);

    using store = openStore({ dataDir: folder.path, log: silent });
    expect(store.messages.path("conversation")).toEqual([message()]);
    expect(store.memories.searchText(null, ["tolerance"], "all", 5).map(({ id }) => id)).toEqual(["known"]);
  });

test("a copy that turns out unsound is no snapshot: it is removed, and nothing is left behind", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "some.db");
  {
    using database = new Database(file);
    database.run("CREATE VIRTUAL TABLE some USING fts5 (text)");
    database.run("INSERT INTO some VALUES ('zebra')");
  }
  // An index that no longer fits its text: VACUUM copies it faithfully, and only a check finds it.
  const bytes = readFileSync(file);
  bytes.write("0zebrx", bytes.indexOf("0zebra"));
  writeFileSync(file, bytes);
  using database = new Database(file);
  const snapshots = join(folder.path, "snapshots");
  expect(() => takeSnapshot(database, snapshots, new Date())).toThrow("unsound");
  expect(readdirSync(snapshots)).toEqual([]);
});

test("of many snapshots the five newest are kept, and other files are left alone", () => {
  using folder = temporaryFolder();
  for (let day = 1; day <= 7; day++)
    writeFileSync(join(folder.path, `assistant-2026-01-0${day}T00-00-00-000Z.db`), "");
  writeFileSync(join(folder.path, "mine.db"), "");
  removeOldSnapshots(folder.path);
  const left = readdirSync(folder.path).sort();
  expect(left).toHaveLength(6);
  expect(left[0]).toContain("2026-01-03");
  expect(left).toContain("mine.db");
});
