/** A file that must not be used is refused with a sentence, and not one byte of it changes. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../../src/errors.ts";
import { openStore } from "../../src/store/database.ts";
import {
  DamagedDatabaseError,
  ForeignDatabaseError,
  NewerDatabaseError,
} from "../../src/store/inspect-database.ts";
import { conversation, message } from "./rows.ts";
import { silent, temporaryFolder } from "./temporary-store.ts";

const open = (dataDir: string) => openStore({ dataDir, log: silent })[Symbol.dispose]();

function fillDatabase(dataDir: string): string {
  using store = openStore({ dataDir, log: silent });
  store.conversations.insert(conversation());
  for (let index = 0; index < 200; index++)
    store.messages.insert(message({ id: `message-${index}`, content: "word ".repeat(200) }));
  return join(dataDir, "assistant.db");
}

function change(file: string, sql: string): void {
  using database = new Database(file);
  database.run(sql);
}

const unusable: Record<string, { refusal: new (file: string) => StorageError; make(dataDir: string): void }> =
  {
    "bytes that are no database": {
      refusal: DamagedDatabaseError,
      make: (dataDir) => writeFileSync(join(dataDir, "assistant.db"), "Not a database. ".repeat(1000)),
    },
    "a database with an overwritten page": {
      refusal: DamagedDatabaseError,
      make(dataDir) {
        const file = fillDatabase(dataDir);
        const bytes = readFileSync(file);
        bytes.fill(0xff, bytes.length - 3 * 4096, bytes.length - 4096);
        writeFileSync(file, bytes);
      },
    },
    "a database cut short": {
      refusal: DamagedDatabaseError,
      make(dataDir) {
        const file = fillDatabase(dataDir);
        writeFileSync(file, readFileSync(file).subarray(0, 20 * 4096));
      },
    },
    "a database of a newer version": {
      refusal: NewerDatabaseError,
      make: (dataDir) =>
        change(
          fillDatabase(dataDir),
          "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('of tomorrow', 9999999999999)",
        ),
    },
    "a database of another program": {
      refusal: ForeignDatabaseError,
      make: (dataDir) => change(join(dataDir, "assistant.db"), "CREATE TABLE bookmarks (url text)"),
    },
  };

for (const [name, { refusal, make }] of Object.entries(unusable))
  test(`${name} is refused and left as it is`, () => {
    using folder = temporaryFolder();
    make(folder.path);
    const file = join(folder.path, "assistant.db");
    const before = readFileSync(file);
    expect(() => open(folder.path)).toThrow(refusal);
    expect(() => open(folder.path)).toThrow("It is unchanged");
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).not.toContain("snapshots");
  });

test("a sound database is not refused", () => {
  using folder = temporaryFolder();
  fillDatabase(folder.path);
  expect(() => open(folder.path)).not.toThrow();
});

test("a data folder that is a file, or a database that is a folder, is refused with what to do", () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "file"), "");
  expect(() => open(join(folder.path, "file"))).toThrow(StorageError);
  mkdirSync(join(folder.path, "data", "assistant.db"), { recursive: true });
  expect(() => open(join(folder.path, "data"))).toThrow("DATA_DIR");
});
