/** What many answers have alike stands once, and goes with the last of them. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import type { ContextReceipt, Writer } from "../../src/store/schema.ts";
import { conversation, generation } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const receipt = (systemPrompt: string): ContextReceipt => ({
  systemPrompt,
  messageIds: ["q"],
  droppedMessageIds: [],
  memories: [],
  promptTokens: 12,
  budgetTokens: null,
});
const writers: readonly Writer[] = [{ engine: "llama", model: "demo", modelHash: "f4e1", fromToken: 0 }];

function storeWithAnswers() {
  const store = temporaryStore();
  for (const id of ["one", "two"]) {
    store.conversations.insert(conversation({ id }));
    for (const number of [1, 2])
      store.generations.insert(
        generation({
          id: `${id}-${number}`,
          conversationId: id,
          receipt: receipt(number === 1 ? "Be careful." : `Be ${id}.`),
          writers,
        }),
      );
  }
  const texts = () => {
    using database = new Database(join(store.dataDir, "assistant.db"), { readonly: true });
    return database.query("SELECT content FROM repeated_texts ORDER BY id").values().flat().map(String);
  };
  return { store, texts, [Symbol.dispose]: () => store[Symbol.dispose]() };
}
const written = JSON.stringify(writers);

test("instructions and writers stand once however many answers have them, and come back whole", () => {
  using program = storeWithAnswers();
  expect(program.texts()).toEqual(["Be careful.", written, "Be one.", "Be two."]);
  const { generations } = program.store;
  expect(generations.get("one-1")).toMatchObject({ receipt: receipt("Be careful."), writers });
  expect(generations.ofConversation("two").map((answer) => answer.receipt?.systemPrompt)).toEqual([
    "Be careful.",
    "Be two.",
  ]);
  expect(generations.unfinished().map((answer) => answer.writers)).toEqual(Array(4).fill(writers));
});

test("a text is erased with the last answer that has it, by every way of erasing and changing", () => {
  using program = storeWithAnswers();
  const { store, texts } = program;
  store.generations.remove("one-2");
  expect(texts()).toEqual(["Be careful.", written, "Be two."]);
  store.generations.update("two-2", { receipt: receipt("Be quick."), writers: [] });
  expect(texts()).toEqual(["Be careful.", written, "Be quick."]);
  expect(store.generations.get("two-2")).toMatchObject({ receipt: receipt("Be quick."), writers: [] });
  store.generations.update("two-2", { receipt: null });
  expect(store.generations.get("two-2")?.receipt).toBeNull();
  expect(texts()).toEqual(["Be careful.", written]);
  store.conversations.update("two", { deletedAt: 1 });
  store.conversations.purge(2);
  expect(texts()).toEqual(["Be careful.", written]);
  store.conversations.erase("one");
  expect(texts()).toEqual([]);
});

test("a change that is undone leaves no text behind", () => {
  using program = storeWithAnswers();
  const { store, texts } = program;
  const before = texts();
  expect(() =>
    store.transaction(() => {
      store.generations.update("one-1", { receipt: receipt("Never said.") });
      throw new Error("undone");
    }),
  ).toThrow("undone");
  store.generations.update("unknown", { crashes: 2 });
  expect(texts()).toEqual(before);
  expect(() => store.generations.insert(generation({ id: "one-1", receipt: receipt("Twice.") }))).toThrow();
  expect(texts()).toEqual(before);
});
