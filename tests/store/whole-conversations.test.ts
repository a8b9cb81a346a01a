import { expect, test } from "bun:test";
import type { LoggedToken } from "../../src/store/schema.ts";
import type { WholeConversation } from "../../src/store/whole-conversations.ts";
import { conversation, generation, memory, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const wholeOf = (
  id: string,
  tokens: readonly LoggedToken[] = [{ text: "Yes", ids: [1] }],
): WholeConversation => ({
  conversation: conversation({ id }),
  messages: [
    message({ id: `${id}-q`, conversationId: id }),
    message({ id: `${id}-a`, conversationId: id, parentId: `${id}-q`, role: "assistant", content: "Yes" }),
  ],
  generations: [
    {
      ...generation({ id: `${id}-g`, conversationId: id, questionId: `${id}-q`, messageId: `${id}-a` }),
      state: "done",
      tokens,
    },
  ],
});

test("a conversation is written whole and read whole, its long logs too", () => {
  using store = temporaryStore();
  const tokens = Array.from({ length: 2_500 }, (_, index) => ({ text: `${index} `, ids: [index] }));
  store.wholeConversations.insert(wholeOf("c", tokens));
  expect(store.wholeConversations.read("c")).toEqual(wholeOf("c", tokens));
  expect(store.tokenLog.read("c-g", 1_999)).toEqual(tokens.slice(1_999));
  expect(store.tokenLog.count("c-g")).toBe(2_500);
  store.tokenLog.append([{ generationId: "c-g", firstIndex: 2_500, tokens: [{ text: "more", ids: [] }] }]);
  expect(store.tokenLog.count("c-g")).toBe(2_501);
  expect(store.wholeConversations.read("unknown")).toBeUndefined();
});

test("of one that cannot be written nothing is", () => {
  using store = temporaryStore();
  store.wholeConversations.insert(wholeOf("c"));
  const { conversation: row, messages, generations } = wholeOf("d");
  const [made] = wholeOf("c").generations;
  if (made === undefined) throw new Error("no generation");
  expect(() =>
    store.wholeConversations.insert({
      conversation: row,
      messages,
      generations: [...generations, { ...made, conversationId: "d" }],
    }),
  ).toThrow("UNIQUE");
  expect(store.conversations.getAny("d")).toBeUndefined();
  expect(store.messages.get("d-q")).toBeUndefined();
  expect(store.tokenLog.count("d-g")).toBe(0);
});

test("those that are not deleted are told oldest first", () => {
  using store = temporaryStore();
  for (const [id, createdAt, deletedAt] of [
    ["b", 2, null],
    ["gone", 1, 9],
    ["a", 2, null],
    ["first", 1, null],
  ] as const)
    store.conversations.insert(conversation({ id, createdAt, deletedAt }));
  expect(store.wholeConversations.ids(null)).toEqual(["first", "a", "b"]);
});

test("memories are read in the order in which they were stored, over many pages", () => {
  using store = temporaryStore();
  const ids = Array.from({ length: 1_100 }, (_, index) => `m${index}`);
  store.transaction(() => {
    for (const [index, id] of ids.entries()) store.memories.insert(memory({ id, createdAt: 5_000 - index }));
  });
  expect([...store.memories.inOrder(null)].map(({ id }) => id)).toEqual(ids);
});

test("a reading sees one moment, and hinders no writer", () => {
  using store = temporaryStore();
  store.wholeConversations.insert(wholeOf("c"));
  {
    using reading = store.openSnapshot();
    store.wholeConversations.insert(wholeOf("d"));
    store.messages.setContent("c-a", "No");
    store.tokenLog.append([{ generationId: "c-g", firstIndex: 1, tokens: [{ text: "!", ids: [] }] }]);
    expect(reading.wholeConversations.ids(null)).toEqual(["c"]);
    expect(reading.wholeConversations.read("c")).toEqual(wholeOf("c"));
    expect(reading.wholeConversations.read("d")).toBeUndefined();
  }
  expect(store.wholeConversations.ids(null)).toEqual(["c", "d"]);
});
