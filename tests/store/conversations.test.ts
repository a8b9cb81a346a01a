import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { ConversationsPort } from "../../src/pages/page-ports.ts";
import type { Store } from "../../src/store/database.ts";
import { readThread } from "../../src/store/thread.ts";
import { conversation, generation, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

test("the list has the conversation updated last first, and touching one moves it to the top", () => {
  using store = temporaryStore();
  for (const [id, updatedAt] of [
    ["b", 2],
    ["a", 1],
    ["c", 3],
    ["d", 3],
  ] as const)
    store.conversations.insert(conversation({ id, updatedAt }));
  const ids = (limit: number) => store.conversations.list(null, limit).map(({ id }) => id);
  expect(ids(10)).toEqual(["d", "c", "b", "a"]);
  store.conversations.touch("a", 4);
  expect(ids(2)).toEqual(["a", "d"]);
  expect(store.conversations.get("a")).toEqual(conversation({ id: "a", updatedAt: 4 }));
  expect(store.conversations.get("unknown")).toBeUndefined();
});

test("a list passes by what came through /v1 in the index, not row by row", () => {
  using store = temporaryStore();
  using raw = new Database(join(store.dataDir, "assistant.db"), { readonly: true });
  const plan = raw
    .query(
      "EXPLAIN QUERY PLAN SELECT * FROM conversations WHERE ownerId IS NULL AND origin = 'chat' AND deletedAt IS NULL " +
        "ORDER BY updatedAt DESC, id DESC LIMIT 50",
    )
    .all();
  expect(JSON.stringify(plan)).toContain("conversations_in_list (ownerId=? AND origin=?)");
});

test("a thread is the path that is shown, each answer with the newest generation that wrote it", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  const question = message();
  const old = message({ id: "old", parentId: "message", role: "assistant", content: "Old", createdAt: 2 });
  const answer = message({ id: "answer", parentId: "message", role: "assistant", content: "", createdAt: 3 });
  for (const row of [question, old, answer]) store.messages.insert(row);
  store.generations.insert(generation({ id: "of-old", messageId: "old", createdAt: 2 }));
  store.generations.insert(generation({ id: "first-try", createdAt: 3 }));
  store.generations.insert(generation({ id: "second-try", createdAt: 3 }));

  const thread: ReturnType<ConversationsPort["thread"]> = readThread(store, "conversation");
  expect(thread).toEqual([
    { message: question, generation: null, siblings: ["message"] },
    {
      message: answer,
      generation: generation({ id: "second-try", createdAt: 3 }),
      siblings: ["old", "answer"],
    },
  ]);
  expect(readThread(store, "unknown")).toEqual([]);
});

test("pages of the list go on where the last one ended, and leave out what is archived or deleted", () => {
  using store = temporaryStore();
  for (let number = 0; number < 9; number++)
    store.conversations.insert(conversation({ id: `c${number}`, updatedAt: Math.floor(number / 2) }));
  store.conversations.update("c1", { archivedAt: 1 });
  store.conversations.update("c2", { deletedAt: 1 });
  store.conversations.update("c3", { pinnedAt: 1, folder: "work" });
  const seen: string[] = [];
  for (let after: { updatedAt: number; id: string } | undefined; ; ) {
    const page = store.conversations.list(null, 2, after === undefined ? {} : { after });
    if (page.length === 0) break;
    seen.push(...page.map(({ id }) => id));
    after = page.at(-1);
  }
  expect(seen).toEqual(["c8", "c7", "c6", "c5", "c4", "c3", "c0"]);
  const ids = (options: Parameters<typeof store.conversations.list>[2]) =>
    store.conversations.list(null, 10, options).map(({ id }) => id);
  expect(ids({ archived: true })).toEqual(["c1"]);
  expect(ids({ pinned: true })).toEqual(["c3"]);
  expect(ids({ pinned: false })).not.toContain("c3");
  expect(ids({ folder: "work" })).toEqual(["c3"]);
  expect(store.conversations.folders(null)).toEqual(["work"]);
});

test("what was deleted can be had back until it is removed for good, with everything in it", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  store.messages.insert(message());
  store.generations.insert(generation());
  store.conversations.update("conversation", { deletedAt: 100 });
  expect(store.conversations.get("conversation")).toBeUndefined();
  expect(store.conversations.getAny("conversation")?.deletedAt).toBe(100);
  expect(store.conversations.purge(100)).toBe(0);
  store.conversations.update("conversation", { deletedAt: null });
  expect(store.conversations.get("conversation")).toEqual(conversation());
  store.conversations.update("conversation", { deletedAt: 100 });
  expect(store.conversations.purge(101)).toBe(1);
  expect(store.messages.get("message")).toBeUndefined();
  expect(store.generations.get("generation")).toBeUndefined();
});

describe.each(["api", "temporary"] as const)("What is in no list (%s)", (origin) => {
  const purge = (store: Store, updatedBefore: number, deletedBefore = 0) =>
    store.conversations.purgeUnlisted(origin, { updatedBefore, deletedBefore, limit: 10 });

  test("is removed when it is old, but not while it is answered, nor what is in the list", () => {
    using store = temporaryStore();
    for (const [id, of, state] of [
      ["old", origin, "done"],
      ["answered", origin, "running"],
      ["listed", "chat", "done"],
    ] as const) {
      store.conversations.insert(conversation({ id, origin: of, updatedAt: 100 }));
      store.generations.insert(generation({ id: `g-${id}`, conversationId: id, state }));
    }
    expect(purge(store, 100)).toBe(0);
    expect(purge(store, 101)).toBe(1);
    expect(store.conversations.getAny("old")).toBeUndefined();
    expect(store.conversations.getAny("answered")).toBeDefined();
    expect(store.conversations.getAny("listed")).toBeDefined();
  });

  test("is removed sooner when it was deleted", () => {
    using store = temporaryStore();
    store.conversations.insert(conversation({ id: "deleted", origin, updatedAt: 100, deletedAt: 200 }));
    expect(purge(store, 100, 200)).toBe(0);
    expect(purge(store, 100, 201)).toBe(1);
  });
});
