/** What is erased leaves the files (C9): every kind of text, by every way of deleting. */
import { expect, test } from "bun:test";
import { rewriteQuotes } from "../../src/generations/quoted-memories.ts";
import { marksIn } from "../faults/erased-text.ts";
import { conversation, generation, memory, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

type TemporaryStore = ReturnType<typeof temporaryStore>;

/** A word that FTS indexes whole, and nothing else holds. */
const mark = (kind: string, number: number) =>
  `xq${kind}${number.toString(36)}zv${(number * 7919).toString(36)}`;
const said = (kind: string, number: number) =>
  `Nobody may find ${mark(kind, number)} in the files. `.repeat((number % 40) + 1);

/** One conversation with a mark in each kind of text. @returns the marks */
function plant(store: TemporaryStore, number: number, ownerId: string | null): string[] {
  const [id, q, a, g] = [`c${number}`, `q${number}`, `a${number}`, `g${number}`];
  store.wholeConversations.insert({
    conversation: conversation({ id, ownerId, title: said("title", number).slice(0, 100) }),
    messages: [
      message({
        id: q,
        conversationId: id,
        content: said("question", number),
        promptContext: said("context", number),
      }),
      message({ id: a, conversationId: id, parentId: q, role: "assistant", content: said("answer", number) }),
    ],
    generations: [],
  });
  store.generations.insert(
    generation({
      id: g,
      conversationId: id,
      questionId: q,
      messageId: a,
      state: "done",
      endedAt: 1,
      receipt: {
        systemPrompt: said("system", number),
        messageIds: [],
        droppedMessageIds: [],
        memories: [],
        promptTokens: 1,
        budgetTokens: 1,
      },
    }),
  );
  store.tokenLog.append([
    { generationId: g, firstIndex: 0, tokens: [{ text: said("token", number), ids: [1] }] },
  ]);
  if (number % 2 === 0) store.tokenLog.pack([g]);
  store.summaries.insert({
    messageId: a,
    conversationId: id,
    content: said("summary", number),
    model: "m",
    createdAt: 1,
  });
  store.memories.insert(
    memory({
      id: `m${number}`,
      ownerId,
      conversationId: id,
      messageId: a,
      key: mark("key", number),
      value: said("memory", number),
      place: mark("place", number),
    }),
  );
  // What may contradict it is noted without its words.
  if (number > 0) store.memories.setConflicts(`m${number}`, [`m${number - 1}`]);
  return [
    "title",
    "question",
    "context",
    "answer",
    "system",
    "token",
    "summary",
    "key",
    "memory",
    "place",
  ].map((kind) => mark(kind, number));
}

const count = Number(process.env.ERASED_LONG ?? 40);

test("nothing of what was erased is in any file after the checkpoint (C9)", () => {
  using store = temporaryStore();
  for (const id of ["kept", "gone"])
    store.users.insert({ id, name: id, passwordHash: "-", role: "member", createdAt: 1 });
  const erased: string[] = [];
  const kept: string[] = [];
  for (let number = 0; number < count; number++) {
    const way = number % 5;
    const marks = plant(store, number, way === 3 ? "gone" : "kept");
    (way === 4 ? kept : erased).push(...marks);
  }
  expect(store.space.emptyLog()).toBe(true);
  const there = marksIn(store.dataDir, erased);
  expect(there.length).toBeGreaterThan(erased.length / 2);

  for (let number = 0; number < count; number++) {
    const [id, way] = [`c${number}`, number % 5];
    if (way === 0) store.conversations.update(id, { deletedAt: 1 });
    // A message takes along all that was said after it; the title is the conversation's.
    if (way === 1) {
      store.messages.setDeleted(`q${number}`, 1);
      store.conversations.update(id, { title: "" });
    }
    if (way === 2) {
      store.memories.setText(`m${number}`, { key: "changed", value: "changed" });
      store.conversations.update(id, { deletedAt: 1 });
    }
    if (way < 3) rewriteQuotes(store, store.memories.followSource(id, 1));
  }
  store.memories.erase(store.memories.deletedBefore(2, 10_000, "kept"));
  store.messages.purge(2, 10_000, "kept");
  store.conversations.purge(2, "kept");
  store.users.remove("gone");
  expect(store.space.erasures()).toBeGreaterThan(0);
  expect(store.space.emptyLog()).toBe(true);
  expect(marksIn(store.dataDir, erased)).toEqual([]);
  // The words of an index are cut where they begin alike: of what is kept not every mark stands as it is.
  expect(marksIn(store.dataDir, kept).length).toBeGreaterThan(kept.length / 2);
  expect(store.memories.newest("kept", 10_000)).toHaveLength(Math.floor(count / 5));
}, 120_000);

test("a file that is mostly empty becomes smaller, a few pages at a time", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation({ deletedAt: 1 }));
  for (let number = 0; number < 40; number++)
    store.messages.insert(message({ id: `m${number}`, content: "word ".repeat(20_000) }));
  store.space.emptyLog();
  const before = store.usage().fileBytes;
  store.conversations.purge(2);
  let steps = 0;
  while (store.space.shrink(128)) steps++;
  store.space.emptyLog();
  expect(steps).toBeGreaterThan(1);
  expect(store.usage().fileBytes).toBeLessThan(before * 0.7);
});
