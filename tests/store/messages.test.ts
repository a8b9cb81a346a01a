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
