/** Conversations that are large: what is done with them is done row by row, and others have their turn in between. */
import { describe, expect, test } from "bun:test";
import { ConversationLibrary } from "../../../src/conversations/library.ts";
import { exportConversation } from "../../../src/conversations/transfer/export-conversation.ts";
import { importSteps } from "../../../src/conversations/transfer/import-conversation.ts";
import { importFile } from "../../../src/conversations/transfer/import-file.ts";
import { readingConversation } from "../../../src/conversations/transfer/read-archive.ts";
import { resultInSlices } from "../../../src/loop/work-slices.ts";
import { wordsOf } from "../../../src/memory/search-terms.ts";
import { temporaryStore } from "../../store/temporary-store.ts";
import { largeFile } from "./large-file.ts";

const exchanges = 600;

async function openLarge() {
  const store = temporaryStore();
  const [id = ""] = (await importFile(store, null, largeFile(exchanges))).imported;
  const library = new ConversationLibrary({ store, stopAnswers: () => {}, searchTerms: wordsOf });
  const lastId = store.messages.lastOfPath(id)?.id ?? "";
  return { store, library, id, lastId, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

/** How many turns the event loop took meanwhile. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let immediate = setImmediate(function again() {
    turns++;
    immediate = setImmediate(again);
  });
  await work();
  clearImmediate(immediate);
  return turns;
}

describe("A large conversation", () => {
  for (const format of ["markdown", "json"] as const)
    test(`is exported as ${format} a message at a time (all of it was made in one turn of the event loop)`, async () => {
      using opened = await openLarge();
      using reading = opened.store.openSnapshot();
      const { pieces } = exportConversation(reading, null, opened.id, format, 1);
      let [longest, length, count] = [0, 0, 0];
      for (const piece of pieces) {
        longest = Math.max(longest, piece.length);
        length += piece.length;
        count++;
      }
      expect(length).toBeGreaterThan(1_000_000);
      expect(longest).toBeLessThan(4_000);
      expect(count).toBeGreaterThan(exchanges * 2);
    });

  test("is copied while others have their turn (it was copied in one turn of the event loop)", async () => {
    using opened = await openLarge();
    const { library, store } = opened;
    let seen = 0;
    const looking = setInterval(() => (seen += library.list(10, {}).conversations.length - 1), 1);
    const turns = await turnsDuring(() => library.fork(opened.lastId, "k"));
    clearInterval(looking);
    expect(turns).toBeGreaterThan(5);
    // No part of it is shown before all of it is stored.
    expect(seen).toBe(0);
    const copy = await library.fork(opened.lastId, "k");
    expect(store.messages.path(copy.id).map(({ content }) => content)).toEqual(
      store.messages.path(opened.id).map(({ content }) => content),
    );
  });

  test("is copied as it was when the copy was asked for, once, however often it is asked for meanwhile", async () => {
    using opened = await openLarge();
    const { library, store } = opened;
    const copies = [library.fork(opened.lastId, "k"), library.fork(opened.lastId, "k")];
    library.removeMessage(opened.lastId);
    const [one, other] = await Promise.all(copies);
    expect(other).toEqual(one);
    expect(store.messages.path(one?.id ?? "")).toHaveLength(exchanges * 2);
    expect(library.list(10, {}).conversations).toHaveLength(2);
  });

  test("is copied whole after a crash has left a part of its copy", async () => {
    using opened = await openLarge();
    const { library, store } = opened;
    const copy = await library.fork(opened.lastId, "k");
    store.messages.setContent(store.messages.lastOfPath(copy.id)?.id ?? "", "half");
    store.conversations.update(copy.id, { origin: "api", deletedAt: 1 });
    const again = await library.fork(opened.lastId, "k");
    expect(again).toMatchObject({ id: copy.id, origin: "chat", deletedAt: null });
    expect(store.messages.lastOfPath(again.id)?.content).toBe(
      store.messages.get(opened.lastId)?.content ?? "",
    );
  });

  test("is compared with one that is there a row at a time (an import read all of both at once)", async () => {
    using opened = await openLarge();
    using reading = opened.store.openSnapshot();
    const { pieces } = exportConversation(reading, null, opened.id, "json", 1);
    const [archived] = JSON.parse([...pieces].join("")).conversations;
    const read = await resultInSlices(readingConversation(archived));
    const steps = importSteps(opened.store, null, read);
    let count = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        expect(step.value).toEqual({ id: opened.id, imported: false });
        break;
      }
      count++;
    }
    // To end answers, to compare messages, answers and logs.
    expect(count).toBeGreaterThan(exchanges * 5);
  });
});
