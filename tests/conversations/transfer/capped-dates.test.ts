/** Dates from the future would stand first in every list for ever: what is imported is never newer than its import. */
import { expect, test } from "bun:test";
import { importConversation } from "../../../src/conversations/transfer/import-conversation.ts";
import { importMemory } from "../../../src/conversations/transfer/import-memory.ts";
import { conversation, memory } from "../../store/rows.ts";
import { temporaryStore } from "../../store/temporary-store.ts";
import { sound } from "./archived.ts";

const future = Date.parse("2126-01-01");

test("an imported conversation of the future is listed as of now, and behind what is newer", () => {
  using store = temporaryStore();
  const before = Date.now();
  importConversation(store, null, { ...sound(), createdAt: future, updatedAt: future });
  const { createdAt = 0, updatedAt = 0 } = store.conversations.get("c") ?? {};
  for (const time of [createdAt, updatedAt]) {
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  }
  store.conversations.insert(conversation({ id: "new", updatedAt: Date.now() + 1 }));
  expect(store.conversations.list(null, 5).map(({ id }) => id)).toEqual(["new", "c"]);
});

test("an imported conversation of the past keeps its dates, and the same file twice adds nothing", () => {
  using store = temporaryStore();
  importConversation(store, null, { ...sound(), createdAt: 5, updatedAt: 7 });
  expect(store.conversations.get("c")).toMatchObject({ createdAt: 5, updatedAt: 7 });
  const late = { ...sound(), id: "late", messages: [], generations: [], leafId: null, createdAt: future };
  expect(importConversation(store, null, late).imported).toBe(true);
  expect(importConversation(store, null, late).imported).toBe(false);
});

test("an imported memory of the future is stored as of now, once, and what is said later is newer", () => {
  using store = temporaryStore();
  const { id, key, value, category } = memory();
  const late = { id, key, value, category, conversationId: null, messageId: null, createdAt: future };
  const now = 1_000;
  expect(importMemory(store, null, late, now)).toBe(true);
  expect(importMemory(store, null, late, now)).toBe(false);
  store.memories.insert(memory({ id: "later", createdAt: now + 1 }));
  expect(store.memories.newest(null, 5).map((row) => [row.id, row.createdAt])).toEqual([
    ["later", now + 1],
    [id, now],
  ]);
});
