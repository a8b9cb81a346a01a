import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { memory } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

test("a memory comes back as it was stored, its vector too", () => {
  using store = temporaryStore();
  const row = memory({
    embeddingModel: "model",
    embedding: Buffer.from([0, 0, 128, 63]),
    messageId: "m",
    conversationId: "c",
  });
  store.memories.insert(row);
  expect(store.memories.get(row.id)).toEqual(row);
  expect(store.memories.get("unknown")).toBeUndefined();
});

test("the newest come first; of two of one age, the one inserted last", () => {
  using store = temporaryStore();
  for (const [id, createdAt] of [
    ["b", 2],
    ["a", 1],
    ["c", 2],
  ] as const)
    store.memories.insert(memory({ id, createdAt }));
  expect(store.memories.newest(null, 9).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  expect(store.memories.newest(null, 1)).toHaveLength(1);
});

test("memories wait for a vector that have none, or had one that was made otherwise", () => {
  using store = temporaryStore();
  const embedding = Buffer.alloc(8);
  store.memories.insert(memory({ id: "none" }));
  store.memories.insert(memory({ id: "other", embeddingModel: "other", embedding }));
  store.memories.insert(memory({ id: "ours", embeddingModel: "ours", embedding }));
  const lacking = () => store.memories.toEmbed(null, 9).map(({ id }) => id);
  expect(lacking()).toEqual(["none"]);
  store.memories.dropVectorsBut("ours");
  expect(lacking()).toEqual(["other", "none"]);
  const none = store.memories.get("none");
  if (none !== undefined) store.memories.setEmbedding(none, "ours", embedding);
  expect(lacking()).toEqual(["other"]);
});

test("a match in the key weighs more than one in the text", () => {
  using store = temporaryStore();
  store.memories.insert(memory({ id: "text", key: "silver", value: "gold", createdAt: 2 }));
  store.memories.insert(memory({ id: "key", key: "gold", value: "silver", createdAt: 1 }));
  expect(store.memories.searchText(null, ["gold"], "all", 9).map(({ id }) => id)).toEqual(["key", "text"]);
});

test("a word that very many hold leaves what any word finds to the others, where there are others", () => {
  using store = temporaryStore();
  store.transaction(() => {
    for (let at = 0; at < 4_000; at++)
      store.memories.insert(memory({ id: `m${at}`, key: `rule ${at}`, value: at % 2 ? "gold" : "gold bar" }));
    store.memories.insert(memory({ id: "rare", key: "stable", value: "A zebra." }));
  });
  const found = (match: "all" | "any" | "rare", ...terms: string[]) =>
    store.memories.searchText(null, terms, match, 3).map(({ id }) => id);
  expect(found("any", "gold", "zebra")).toEqual(["rare"]);
  expect(found("all", "gold", "zebra")).toEqual(["rare"]);
  // By common words alone the newest are found, those first that hold the most of them.
  expect(found("any", "gold", "rule")).toEqual(["m3999", "m3998", "m3997"]);
  expect(found("any", "gold", "unknown", "rule")).toEqual(["m3999", "m3998", "m3997"]);
  expect(found("all", "gold", "unknown")).toEqual([]);
  expect(found("all", "rule")).toEqual(["m3999", "m3998", "m3997"]);
  expect(found("rare", "gold", "rule")).toEqual([]);
  expect(found("any", "bar")).toHaveLength(3);
});

test("the search finds words by their stem, without accents, and takes quotes for what they are", () => {
  using store = temporaryStore();
  store.memories.insert(memory({ id: "m", key: "Sparpläne", value: `He said "buy" and trades daily` }));
  for (const term of ["sparplane", "SPARPLÄNE", "trading", '"buy"', 'trade"'])
    expect(store.memories.searchText(null, [term], "all", 9)).toHaveLength(1);
  expect(store.memories.searchText(null, ["sell"], "all", 9)).toEqual([]);
  expect(store.memories.searchText(null, [], "any", 9)).toEqual([]);
});

test("the search follows changes and deletions of a memory, and the numbering that VACUUM may change", () => {
  using store = temporaryStore();
  for (const id of ["a", "b", "c"])
    store.memories.insert(memory({ id, key: `key-${id}`, value: `word${id}` }));
  {
    using database = new Database(join(store.dataDir, "assistant.db"));
    database.run("UPDATE memories SET value = 'changed' WHERE id = 'b'");
    database.run("DELETE FROM memories WHERE id = 'a'");
    database.run("VACUUM");
    database.run("INSERT INTO memories_fts (memories_fts, rank) VALUES ('integrity-check', 1)");
  }
  const found = (term: string) => store.memories.searchText(null, [term], "all", 9).map(({ id }) => id);
  expect([found("worda"), found("wordb"), found("wordc"), found("changed")]).toEqual([[], [], ["c"], ["b"]]);
});

test("a word that thousands of memories hold is searched in their number, not in its square", () => {
  using store = temporaryStore();
  for (let number = 0; number < 6_000; number++)
    store.memories.insert(memory({ id: `m${number}`, key: `gold ${number}`, createdAt: number }));
  const begun = performance.now();
  expect(store.memories.searchText(null, ["gold"], "any", 32)).toHaveLength(32);
  // Row by row against each other they take seconds.
  expect(performance.now() - begun).toBeLessThan(600);
}, 60_000);
