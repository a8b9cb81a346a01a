/** What the disk and SQLite refuse reaches the user as a StorageError with a sentence that says what to do. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { StorageError } from "../../src/errors.ts";
import { openConnection } from "../../src/store/connection.ts";
import { createConversationQueries } from "../../src/store/conversations.ts";
import { openStore } from "../../src/store/database.ts";
import { createMessageQueries } from "../../src/store/messages.ts";
import { sqliteCodeOf, storing } from "../../src/store/sqlite-errors.ts";
import { createTokenLogQueries } from "../../src/store/token-log.ts";
import { conversation, generation, message } from "./rows.ts";
import { silent, temporaryFolder, temporaryStore } from "./temporary-store.ts";

function refusalOf(work: () => unknown): StorageError {
  try {
    work();
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

/** @returns a connection of one's own to the store's file, with a pragma that makes it refuse */
function connectionTo(store: { dataDir: string }, pragma: string) {
  const db = openConnection(join(store.dataDir, "assistant.db"), "NORMAL");
  db.$client.run(`PRAGMA ${pragma}`);
  return Object.assign(db, { [Symbol.dispose]: () => db.$client.close(true) });
}

const long = "word ".repeat(20_000);

test("a full disk: nothing of the batch is kept, what was there before is, and writing goes on once there is room", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  store.generations.insert(generation());
  using full = connectionTo(store, "max_page_count = 1");
  const log = createTokenLogQueries(full);
  log.append([{ generationId: "generation", firstIndex: 0, tokens: [{ text: "a", ids: [] }] }]);

  const tooBig = [{ generationId: "generation", firstIndex: 1, tokens: [{ text: long, ids: [] }] }];
  const refusal = refusalOf(() => log.append(tooBig));
  expect(refusal.message).toContain("disk is full");
  expect(sqliteCodeOf(refusal)).toBe("SQLITE_FULL");
  expect(store.tokenLog.read("generation")).toEqual([{ text: "a", ids: [] }]);

  full.$client.run("PRAGMA max_page_count = 1000000");
  log.append(tooBig);
  expect(store.tokenLog.count("generation")).toBe(2);
});

test("a full disk refuses a message through Drizzle's queries too", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  using full = connectionTo(store, "max_page_count = 1");
  const messages = createMessageQueries(full);
  expect(refusalOf(() => messages.insert(message({ content: long }))).message).toContain("disk is full");
  expect(store.messages.path("conversation")).toEqual([]);
});

test("a read-only database", () => {
  using store = temporaryStore();
  using readOnly = connectionTo(store, "query_only = ON");
  const refusal = refusalOf(() => createConversationQueries(readOnly).insert(conversation()));
  expect(refusal.message).toContain("read-only");
});

test("another program that holds the write lock", () => {
  using store = temporaryStore();
  using other = new Database(join(store.dataDir, "assistant.db"));
  other.run("BEGIN IMMEDIATE");
  using impatient = connectionTo(store, "busy_timeout = 0");
  const refusal = refusalOf(() => createConversationQueries(impatient).insert(conversation()));
  expect(refusal.message).toContain("Another program");
  expect(refusal.status).toBe(507);
});

test("a broken constraint is a defect, not a refusal of the storage", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  expect(() => store.conversations.insert(conversation())).not.toThrow(StorageError);
  expect(() => store.conversations.insert(conversation())).toThrow("UNIQUE");
  expect(() =>
    storing(() => {
      throw new TypeError("mine");
    }),
  ).toThrow(TypeError);
});

test.skipIf(process.platform === "win32")(
  "a real refusal of the operating system in the middle of a transaction: all that was confirmed is there, and no more",
  async () => {
    using folder = temporaryFolder();
    openStore({ dataDir: folder.path, log: silent })[Symbol.dispose]();
    // A limit on the size of files stands for a disk that fills up: the write fails in the same place.
    const limited = `trap '' XFSZ; ulimit -f 600; exec "$0" "$@"`;
    const child = Bun.spawn(
      [
        "bash",
        "-c",
        limited,
        process.execPath,
        join(import.meta.dir, "fixtures", "fill-disk.ts"),
        folder.path,
      ],
      { stdout: "pipe", stderr: "inherit" },
    );
    const { confirmed, refusal, code } = await new Response(child.stdout).json();
    expect(await child.exited).toBe(0);
    expect(refusal).toBe("StorageError");
    expect(code).toMatch(/^SQLITE_(FULL|IOERR)/);
    expect(confirmed.length).toBeGreaterThan(0);

    using store = openStore({ dataDir: folder.path, log: silent });
    expect(store.conversations.list(null, 1_000).map(({ id }) => id)).toEqual(confirmed.toReversed());
    for (const id of confirmed) expect(store.messages.path(id)).toHaveLength(1);
  },
);

test("to open a database that is there waits for no lock, and writes nothing", () => {
  using store = temporaryStore();
  using other = new Database(join(store.dataDir, "assistant.db"));
  other.run("BEGIN IMMEDIATE");
  const begun = performance.now();
  using opened = connectionTo(store, "busy_timeout = 0");
  expect(opened.$client.query("SELECT count(*) FROM conversations").values()).toEqual([[0]]);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
