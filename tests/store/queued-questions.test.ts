import { expect, test } from "bun:test";
import type { QueuedQuestion } from "../../src/store/schema.ts";
import { conversation } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const question = (id: string, fields: Partial<QueuedQuestion> = {}): Omit<QueuedQuestion, "place"> => ({
  id,
  conversationId: "conversation",
  content: `What is ${id}?`,
  model: "auto",
  sampling: { temperature: 0, topP: 1, maxTokens: 9, seed: 1, stop: [], topLogprobs: null },
  memoryContext: 3,
  files: ["a file"],
  idempotencyKey: null,
  isHeld: false,
  isSent: false,
  mayWait: false,
  createdAt: 1,
  ...fields,
});

function storeWith(...ids: readonly string[]) {
  const store = temporaryStore();
  store.conversations.insert(conversation());
  for (const id of ids) store.queuedQuestions.add(question(id));
  return store;
}

const waiting = ({ queuedQuestions }: ReturnType<typeof storeWith>) =>
  queuedQuestions.ofConversation("conversation").map(({ id }) => id);

test("questions wait in the order in which they came, and one comes back as it was stored", () => {
  using store = storeWith("gold", "silver", "oil");
  expect(waiting(store)).toEqual(["gold", "silver", "oil"]);
  expect(store.queuedQuestions.get("silver")).toEqual({ ...question("silver"), place: 2 });
  expect(store.queuedQuestions.ofConversation("another")).toEqual([]);
  expect(store.queuedQuestions.conversations()).toEqual(["conversation"]);
});

test("an edited one keeps its place, and one that is added comes last, also when an earlier one has gone", () => {
  using store = storeWith("gold", "silver", "oil");
  expect(store.queuedQuestions.setContent("silver", "What is platinum?")).toBe(true);
  expect(store.queuedQuestions.take("gold")).toBe(true);
  store.queuedQuestions.add(question("gas"));
  expect(waiting(store)).toEqual(["silver", "oil", "gas"]);
  expect(store.queuedQuestions.get("silver")?.content).toBe("What is platinum?");
});

test("one that was sent comes first, and those that are held come back when they are not", () => {
  using store = storeWith("gold", "silver");
  store.queuedQuestions.setSent("silver", true);
  expect(waiting(store)).toEqual(["silver", "gold"]);
  store.queuedQuestions.hold("conversation", true);
  expect(store.queuedQuestions.get("gold")?.isHeld).toBe(true);
  store.queuedQuestions.hold("conversation", false);
  expect(store.queuedQuestions.get("gold")?.isHeld).toBe(false);
});

test("a key finds its question, and no second one may have it", () => {
  using store = storeWith();
  store.queuedQuestions.add(question("gold", { idempotencyKey: "k" }));
  expect(store.queuedQuestions.byIdempotencyKey("k")?.id).toBe("gold");
  expect(() => store.queuedQuestions.add(question("oil", { idempotencyKey: "k" }))).toThrow();
});

test("one that is removed counts as erased, so that its text leaves the files; one that is asked does not", () => {
  using store = storeWith("gold", "silver");
  store.queuedQuestions.take("gold");
  expect(store.space.erasures()).toBe(0);
  store.queuedQuestions.remove("silver");
  expect(store.space.erasures()).toBe(1);
  expect(store.queuedQuestions.remove("silver")).toBe(false);
});

test("they go with their conversation, and stay while it can be brought back", () => {
  using store = storeWith("gold");
  store.conversations.update("conversation", { deletedAt: 1 });
  expect(waiting(store)).toEqual(["gold"]);
  store.conversations.purge(2);
  expect(waiting(store)).toEqual([]);
});
