import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Message } from "../../src/store/schema.ts";
import { conversation, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

test("a message comes back as it was stored, and its text and its prompt context can be set", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  store.messages.insert(message());
  store.messages.setContent("message", "More");
  store.messages.setPromptContext("message", "Known: saves 300 a month");
  expect(store.messages.get("message")).toEqual(
    message({ content: "More", promptContext: "Known: saves 300 a month" }),
  );
  expect(store.messages.get("unknown")).toBeUndefined();
});

test("the path goes on to the newest child at every fork; of two of one age, the one inserted last", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  const insert = (id: string, parentId: string | null, createdAt: number) =>
    store.messages.insert(message({ id, parentId, createdAt }));
  insert("question", null, 1);
  insert("first answer", "question", 2);
  insert("after the first", "first answer", 9);
  insert("second answer", "question", 3);
  insert("third answer", "question", 3);
  expect(store.messages.path("conversation").map(({ id }) => id)).toEqual(["question", "third answer"]);
  expect(store.messages.lastOfPath("conversation")?.id).toBe("third answer");
  insert("after the third", "third answer", 4);
  expect(store.messages.lastOfPath("conversation")?.id).toBe("after the third");
  expect(store.messages.lastOfPath("unknown")).toBeUndefined();
});

/** A tree as (index of the parent among the earlier ones or -1, time). */
const tree = fc.array(fc.tuple(fc.nat(), fc.nat(4)), { minLength: 1, maxLength: 25 });

test("for every tree: the path begins at a root, each message follows the one before, has no newer sibling, and the last is a leaf", () => {
  using store = temporaryStore();
  fc.assert(
    fc.property(tree, (shape) => {
      const conversationId = crypto.randomUUID();
      store.conversations.insert(conversation({ id: conversationId }));
      const rows: Message[] = [];
      for (const [pick, createdAt] of shape) {
        const parent = rows[pick % (rows.length + 1)];
        rows.push(
          message({ id: crypto.randomUUID(), conversationId, parentId: parent?.id ?? null, createdAt }),
        );
      }
      store.transaction(() => {
        for (const row of rows) store.messages.insert(row);
      });

      const path = store.messages.path(conversationId);
      for (const [index, shown] of path.entries()) {
        expect(shown.parentId).toBe(path[index - 1]?.id ?? null);
        const siblings = rows.filter(({ parentId }) => parentId === shown.parentId);
        const newest = Math.max(...siblings.map(({ createdAt }) => createdAt));
        expect(shown.id).toBe(siblings.findLast(({ createdAt }) => createdAt === newest)?.id ?? "");
      }
      const last = store.messages.lastOfPath(conversationId);
      expect(last).toEqual(path.at(-1));
      expect(rows.some(({ parentId }) => parentId === last?.id)).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test("a leaf that the conversation names decides which path is shown, and pages of it go upwards", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  const insert = (id: string, parentId: string | null, createdAt: number) =>
    store.messages.insert(message({ id, parentId, createdAt }));
  insert("question", null, 1);
  insert("old", "question", 2);
  insert("after old", "old", 3);
  insert("new", "question", 4);
  const ids = (options?: Parameters<typeof store.messages.path>[1]) =>
    store.messages.path("conversation", options).map(({ id }) => id);
  expect(ids()).toEqual(["question", "new"]);
  store.conversations.update("conversation", { leafId: "after old" });
  expect(ids()).toEqual(["question", "old", "after old"]);
  expect(ids({ limit: 2 })).toEqual(["old", "after old"]);
  expect(ids({ before: "old" })).toEqual(["question"]);
  expect(ids({ before: "question" })).toEqual([]);
  expect(store.messages.lastOfPath("conversation")?.id).toBe("after old");

  const old = store.messages.get("old");
  if (old === undefined) throw new Error("It was stored.");
  expect(store.messages.siblings(old).map(({ id }) => id)).toEqual(["old", "new"]);
  expect(store.messages.newestLeafBelow(old).id).toBe("after old");
});

test("what was deleted is on no path, nor is what follows it", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  for (const [id, parentId] of [
    ["question", null],
    ["first", "question"],
    ["second", "question"],
    ["after second", "second"],
  ] as const)
    store.messages.insert(message({ id, parentId }));
  store.messages.setDeleted("second", 5);
  expect(store.messages.path("conversation").map(({ id }) => id)).toEqual(["question", "first"]);
  expect(store.messages.isThere("after second")).toBe(false);
  expect(store.messages.isThere("first")).toBe(true);
  store.messages.setDeleted("second", null);
  expect(store.messages.lastOfPath("conversation")?.id).toBe("after second");
});
