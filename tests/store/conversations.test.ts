import { expect, test } from "bun:test";
import type { ConversationsPort } from "../../src/routes/page-ports.ts";
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
  const ids = (limit: number) => store.conversations.list(limit).map(({ id }) => id);
  expect(ids(10)).toEqual(["d", "c", "b", "a"]);
  store.conversations.touch("a", 4);
  expect(ids(2)).toEqual(["a", "d"]);
  expect(store.conversations.get("a")).toEqual(conversation({ id: "a", updatedAt: 4 }));
  expect(store.conversations.get("unknown")).toBeUndefined();
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
    { message: question, generation: null },
    { message: answer, generation: generation({ id: "second-try", createdAt: 3 }) },
  ]);
  expect(readThread(store, "unknown")).toEqual([]);
});
