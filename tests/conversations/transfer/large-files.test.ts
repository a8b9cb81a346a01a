/** Files that are large: nobody waits for them, and they are there whole or not at all. */
import { expect, test } from "bun:test";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import { leastBlock, processorMs } from "../../loop-blocks.ts";
import { temporaryStore } from "../../store/temporary-store.ts";
import { largeFile } from "./large-file.ts";

test("An import of 10,000 exchanges, 21 MB, runs in slices: it held the event loop for three seconds", async () => {
  const file = largeFile(10_000);
  expect(file.length).toBeGreaterThan(20_000_000);
  let whole = 0;
  const block = await leastBlock(
    () => whole / 10,
    async () => {
      using store = temporaryStore();
      const before = processorMs();
      const { imported } = await importFile(store, null, file);
      whole = Math.max(whole, processorMs() - before);
      expect(store.messages.path(imported[0] ?? "")).toHaveLength(20_000);
    },
  );
  expect(block).toBeLessThan(whole / 10);
});

test("A large conversation cannot be seen before all of it is stored", async () => {
  using store = temporaryStore();
  const importing = importFile(store, null, largeFile(1_000));
  let looks = 0;
  let seen = 0;
  const looking = setInterval(() => {
    looks++;
    seen += store.conversations.list(null, 10, { archived: false }).length;
    seen += store.conversations.deleted(null, 10).length + store.wholeConversations.ids(null).length;
    if (store.conversations.list(null, 10, { archived: false }).length > 0) clearInterval(looking);
  }, 1);
  const { imported } = await importing;
  clearInterval(looking);
  expect(looks).toBeGreaterThan(3);
  expect(seen).toBeLessThanOrEqual(2);
  expect(store.conversations.get(imported[0] ?? "")).toMatchObject({ origin: "chat", deletedAt: null });
});

test("A large conversation whose storing fails in its middle is not there, and comes whole with the next import", async () => {
  using store = temporaryStore();
  const file = largeFile(1_000);
  const [whole] = (await importFile(store, null, file)).imported;
  const read = store.wholeConversations.read(whole ?? "");
  if (read === undefined) throw new Error("not imported");
  const copy = { ...read, conversation: { ...read.conversation, id: "copy" } };
  // The messages' ids are taken: the first transaction that meets one of them fails.
  const steps = store.wholeConversations.insertInSteps(copy, Date.now());
  expect(() => {
    for (const _ of steps);
  }).toThrow();
  expect(store.conversations.getAny("copy")).toBeUndefined();
  expect(store.messages.path(whole ?? "")).toHaveLength(2_000);
});
