import { expect, test } from "bun:test";
import type { Summary } from "../../src/store/schema.ts";
import { conversation, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const summary = (messageId: string): Summary => ({
  messageId,
  conversationId: "conversation",
  content: `Up to ${messageId}.`,
  model: "demo",
  createdAt: 1,
});

/** q ─ a ─ q2 ─ a2, and beside q2 the branch edited ─ a3. */
function storeWithTree() {
  const store = temporaryStore();
  store.conversations.insert(conversation());
  const parents = [
    ["q", null],
    ["a", "q"],
    ["q2", "a"],
    ["a2", "q2"],
    ["edited", "a"],
    ["a3", "edited"],
  ] as const;
  for (const [id, parentId] of parents) store.messages.insert(message({ id, parentId }));
  for (const id of ["a", "a2", "a3"]) store.summaries.insert(summary(id));
  return store;
}

const ids = (store: ReturnType<typeof storeWithTree>) =>
  store.summaries
    .ofConversation("conversation")
    .map(({ messageId }) => messageId)
    .toSorted();

test("a summary comes back as it was stored, and none of another conversation", () => {
  using store = storeWithTree();
  expect(store.summaries.ofConversation("conversation")).toContainEqual(summary("a2"));
  expect(store.summaries.ofConversation("another")).toEqual([]);
});

test("those that tell of a message are forgotten, and those of other branches are kept", () => {
  using store = storeWithTree();
  store.summaries.forgetFrom("q2");
  expect(ids(store)).toEqual(["a", "a3"]);
  store.summaries.forgetFrom("q");
  expect(ids(store)).toEqual([]);
});

test("they are removed for good with their conversation", () => {
  using store = storeWithTree();
  store.conversations.update("conversation", { deletedAt: 1 });
  store.conversations.purge(2);
  expect(ids(store)).toEqual([]);
});
