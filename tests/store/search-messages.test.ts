import { expect, test } from "bun:test";
import { hitEnd, hitStart } from "../../src/store/search-messages.ts";
import { conversation, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

function filledStore() {
  const store = temporaryStore();
  const say = (conversationId: string, id: string, content: string) =>
    store.messages.insert(message({ id, conversationId, content }));
  for (const id of ["gold", "bonds"]) store.conversations.insert(conversation({ id, title: `About ${id}` }));
  say("gold", "g1", "What moves the price of gold?");
  say("gold", "g2", "Gold, gold and gold: real interest rates move it.");
  say("bonds", "b1", "A bond pays interest; foo-bar is no operator.");
  return store;
}

test("every conversation that holds all the words is found once, the best first, with the words marked", () => {
  using store = filledStore();
  const hits = store.messages.search(null, ["interest"], 10);
  expect(hits.map(({ conversationId }) => conversationId).toSorted()).toEqual(["bonds", "gold"]);
  expect(hits[0]?.excerpt).toContain(`${hitStart}interest${hitEnd}`);
  expect(store.messages.search(null, ["gold"], 10)).toMatchObject([
    { conversationId: "gold", title: "About gold" },
  ]);
  expect(store.messages.search(null, ["gold", "bond"], 10)).toEqual([]);
  expect(store.messages.search(null, [], 10)).toEqual([]);
});

test("the last word may be only begun, and signs are no operators", () => {
  using store = filledStore();
  expect(store.messages.search(null, ["inter"], 10)).toHaveLength(2);
  expect(store.messages.search(null, ["foo-bar"], 10)).toMatchObject([{ messageId: "b1" }]);
  expect(store.messages.search(null, ['"', "OR"], 10)).toEqual([]);
});

test("what an answer says is found when it has ended; what was deleted is not", () => {
  using store = filledStore();
  store.messages.setContent("b1", "Zebras are rare.");
  expect(store.messages.search(null, ["zebra"], 10)).toMatchObject([{ messageId: "b1" }]);
  expect(store.messages.search(null, ["foo"], 10)).toEqual([]);
  store.messages.setDeleted("b1", 1);
  expect(store.messages.search(null, ["zebra"], 10)).toEqual([]);
  store.messages.setDeleted("b1", null);
  store.conversations.update("bonds", { deletedAt: 1 });
  expect(store.messages.search(null, ["zebra"], 10)).toEqual([]);
});

test("what was said after a deleted message is not found (it was)", () => {
  using store = filledStore();
  store.messages.insert(
    message({ id: "g3", conversationId: "gold", parentId: "g2", content: "And silver?" }),
  );
  expect(store.messages.search(null, ["silver"], 10)).toHaveLength(1);
  store.messages.setDeleted("g2", 1);
  expect(store.messages.search(null, ["silver"], 10)).toEqual([]);
  expect(store.messages.search(null, ["price"], 10)).toHaveLength(1);
});
