import { expect, test } from "bun:test";
import { chmodSync, statSync } from "node:fs";
import { join } from "node:path";
import { openConnection } from "../../src/store/connection.ts";
import { openStore } from "../../src/store/database.ts";
import { conversation, generation, message } from "./rows.ts";
import { silent, temporaryFolder, temporaryStore } from "./temporary-store.ts";

test("the data folder is made, and only its owner may read the database", () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "deep", "data");
  using _store = openStore({ dataDir, log: silent });
  for (const name of ["assistant.db", "assistant.db-wal", "assistant.db-shm"])
    expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o600);
});

test("a database that others could read is closed to them", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "assistant.db");
  openStore({ dataDir: folder.path, log: silent })[Symbol.dispose]();
  chmodSync(file, 0o644);
  using _store = openStore({ dataDir: folder.path, log: silent });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("what was stored is there after the store was closed and opened again, in one file", () => {
  using folder = temporaryFolder();
  {
    using store = openStore({ dataDir: folder.path, log: silent });
    store.conversations.insert(conversation());
  }
  expect(statSync(join(folder.path, "assistant.db-wal"), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  using store = openStore({ dataDir: folder.path, log: silent });
  expect(store.conversations.get("conversation")).toEqual(conversation());
});

test("user data waits for the disk, the token log does not, and both check foreign keys and wait for locks", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "some.db");
  for (const [synchronous, level] of [
    ["FULL", 2],
    ["NORMAL", 1],
  ] as const) {
    const { $client: client } = openConnection(file, synchronous);
    expect(client.query("PRAGMA synchronous").get()).toEqual({ synchronous: level });
    expect(client.query("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(client.query("PRAGMA foreign_keys").get()).toEqual({ foreign_keys: 1 });
    expect(client.query("PRAGMA busy_timeout").get()).toEqual({ timeout: 2000 });
    client.close(true);
  }
});

test("a row that refers to nothing is refused, on both connections", () => {
  using store = temporaryStore();
  expect(() => store.messages.insert(message())).toThrow("FOREIGN KEY");
  expect(() =>
    store.tokenLog.append([{ generationId: "nobody", firstIndex: 0, tokens: [{ text: "a", ids: [] }] }]),
  ).toThrow("FOREIGN KEY");
});

test("a transaction that throws leaves nothing behind", () => {
  using store = temporaryStore();
  const fails = () =>
    store.transaction(() => {
      store.conversations.insert(conversation());
      store.messages.insert(message());
      throw new Error("no");
    });
  expect(fails).toThrow("no");
  expect(store.conversations.get("conversation")).toBeUndefined();
  expect(store.transaction(() => store.conversations.list(null, 1).length)).toBe(0);
});

test("a transaction inside another is undone alone when it throws", () => {
  using store = temporaryStore();
  store.transaction(() => {
    store.conversations.insert(conversation({ id: "outer" }));
    expect(() =>
      store.transaction(() => {
        store.conversations.insert(conversation({ id: "inner" }));
        throw new Error("no");
      }),
    ).toThrow("no");
  });
  expect(store.conversations.list(null, 10).map(({ id }) => id)).toEqual(["outer"]);
});

test("asynchronous work in a transaction is a type error, is refused and is rolled back", () => {
  using store = temporaryStore();
  const asynchronous = async () => {
    store.conversations.insert(conversation());
  };
  // @ts-expect-error a promise would be committed before its first await
  expect(() => store.transaction(asynchronous)).toThrow("synchronous");
  expect(store.conversations.get("conversation")).toBeUndefined();
});

test("appending to the token log inside a transaction fails at once, for it would wait for its own lock", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  store.generations.insert(generation());
  const batch = { generationId: "generation", firstIndex: 0, tokens: [{ text: "a", ids: [] }] };
  expect(() => store.transaction(() => store.tokenLog.append([batch]))).toThrow("inside a transaction");
  store.tokenLog.append([batch]);
  expect(store.tokenLog.count("generation")).toBe(1);
});
