/** A damaged index of the search costs nothing: every text is in its table, and the index is made anew. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { createLog } from "../../src/log.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { DamagedDatabaseError } from "../../src/store/inspect-database.ts";
import { overwriteLeaf } from "./overwrite-leaf.ts";
import { conversation, memory, message } from "./rows.ts";
import { silent, temporaryFolder } from "./temporary-store.ts";

const python = Bun.which("python3");
const file = (dataDir: string) => join(dataDir, "assistant.db");

/** SQLite in Bun keeps everybody from writing into an index; Python's does not. */
function damage(dataDir: string, sql: string): void {
  const script = `import sqlite3,sys;d=sqlite3.connect(sys.argv[1]);d.execute(sys.argv[2]);d.commit();d.close()`;
  const { exitCode } = Bun.spawnSync([python ?? "", "-c", script, file(dataDir), sql]);
  expect(exitCode).toBe(0);
}

const ways = (table: string) => [
  `update ${table}_fts_data set block=x'ffffffffffffffffffffffffffffffffffffffff' where id=10`,
  `update ${table}_fts_data set block=x'ffffffffffffffffffffffffffffffffffffffff' where id>10`,
  `delete from ${table}_fts_data where id>10`,
];
const damages = ["messages", "memories"].flatMap((table) => ways(table).map((sql) => [table, sql] as const));

function fill(dataDir: string): void {
  using store = openStore({ dataDir, log: silent });
  store.conversations.insert(conversation());
  for (let index = 0; index < 100; index++) {
    store.messages.insert(message({ id: `message-${index}`, content: `gold and bond ${index} `.repeat(30) }));
    store.memories.insert(memory({ id: `memory-${index}`, key: `k${index}`, value: `silver coin ${index}` }));
  }
}

const hits = (store: Store) => [
  store.messages.search(null, ["gold"], 500).length,
  store.memories.searchText(null, ["silver"], "all", 500).length,
];

test.skipIf(python === null).each(damages)(
  "%s: a start repairs the index, says so, and loses nothing: %s",
  (_, sql) => {
    using folder = temporaryFolder();
    fill(folder.path);
    damage(folder.path, sql);
    const lines: string[] = [];
    {
      using store = openStore({ dataDir: folder.path, log: createLog("info", (line) => lines.push(line)) });
      expect(hits(store)).toEqual([1, 100]);
      expect(store.check().problem).toBeNull();
    }
    expect(lines.join()).toContain("search-index-rebuilt");
    using database = new Database(file(folder.path), { readonly: true });
    expect(database.query("PRAGMA integrity_check").values()).toEqual([["ok"]]);
  },
);

test.skipIf(python === null).each(damages)(
  "%s: damage under the running program is repaired by the search or the write that meets it: %s",
  async (table, sql) => {
    // An insert does not read the segments of an index, only their list.
    const meetings = sql.endsWith("id=10")
      ? (["search", "insert", "transaction", "commit"] as const)
      : ["search"];
    for (const meet of meetings) {
      using folder = temporaryFolder();
      fill(folder.path);
      const lines: string[] = [];
      using store = openStore({ dataDir: folder.path, log: createLog("info", (line) => lines.push(line)) });
      damage(folder.path, sql);
      const change = () => {
        if (table === "messages") store.messages.insert(message({ id: "new", content: "gold anew" }));
        else store.memories.insert(memory({ id: "new", key: "new", value: "silver anew" }));
      };
      if (meet === "search") hits(store);
      if (meet === "insert") change();
      if (meet === "transaction") {
        try {
          store.transaction(change);
        } catch (error) {
          expect(String(error)).toContain("was rebuilt just now. Try again");
          store.transaction(change);
        }
      }
      if (meet === "commit") await store.commit(change);
      const isWritten = meet !== "search" && table === "memories";
      expect(hits(store)).toEqual([1, isWritten ? 101 : 100]);
      expect(store.check()).toEqual({ problem: null, isUrgent: false });
      expect(lines.join()).toContain("search-index-rebuilt");
    }
  },
);

test("damage to a table is not taken for damage to an index, and what to do is said", () => {
  using folder = temporaryFolder();
  fill(folder.path);
  overwriteLeaf(folder.path, "messages");
  expect(() => openStore({ dataDir: folder.path, log: silent })).toThrow(DamagedDatabaseError);
  expect(() => openStore({ dataDir: folder.path, log: silent })).toThrow("./run.sh restore --salvage");
});
