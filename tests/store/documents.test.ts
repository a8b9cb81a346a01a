/** Documents and passages as they are stored, found, told to a model and erased. */
import { expect, test } from "bun:test";
import { resultInSlices } from "../../src/loop/work-slices.ts";
import { marksIn } from "../faults/erased-text.ts";
import { conversation, document, message, passage } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

type TemporaryStore = ReturnType<typeof temporaryStore>;

async function added(store: TemporaryStore, own: Parameters<typeof document>[0] = {}, text = "A text.") {
  const bytes = new TextEncoder().encode(`${own.id}: ${text}`);
  const { id: contentId } = await resultInSlices(store.contents.write(bytes, 1));
  store.documents.insert(document({ ...own, contentId }));
  return contentId;
}

test("passages are found by words in the documents that are asked for, and not once theirs is deleted", async () => {
  using store = temporaryStore();
  await added(store, { id: "a" });
  await added(store, { id: "b" });
  for (const documentId of ["a", "b"])
    store.documents.addPassages([
      passage({ documentId, number: 1, heading: "Premium", text: "It is 240 euros a year." }),
      passage({ documentId, number: 2, text: "The excess is 500 euros." }),
    ]);
  const found = (ids: readonly string[]) =>
    store.documents
      .searchPassages(ids, ["premium"], "all", 5)
      .map(({ documentId, number }) => [documentId, number]);
  expect(found(["a"])).toEqual([["a", 1]]);
  expect(found(["a", "b"])).toHaveLength(2);
  expect(store.documents.countPassagesHolding(["b"], ["euro"])).toBe(2);
  store.documents.setDeleted("b", 5);
  expect(found(["a", "b"])).toEqual([["a", 1]]);
  expect(store.documents.get("b")).toBeUndefined();
  expect(store.documents.getAny("b")?.deletedAt).toBe(5);
  expect(store.documents.page(null, 10).map(({ id }) => id)).toEqual(["a"]);
});

test("words that very many passages hold are left out where there are others, and alone find those that hold the most", async () => {
  using store = temporaryStore();
  for (const id of ["a", "b"]) await added(store, { id });
  store.transaction(() => {
    for (const documentId of ["a", "b"])
      for (let number = 1; number <= 2_000; number++) {
        const text = number % 500 === 0 ? "The premium is a yearly fee." : "The premium.";
        store.documents.addPassages([passage({ documentId, number, heading: "Fee", text })]);
      }
    store.documents.addPassages([passage({ documentId: "b", number: 2_001, text: "The excess." })]);
  });
  const found = (ids: readonly string[], match: "all" | "any", ...terms: string[]) =>
    store.documents
      .searchPassages(ids, terms, match, 9)
      .map(({ documentId, number }) => [documentId, number]);
  expect(found(["b"], "any", "premium", "excess")).toEqual([["b", 2_001]]);
  expect(found(["b"], "all", "premium", "unknown")).toEqual([]);
  const alone = found(["b"], "all", "premium", "fee");
  expect(alone).toHaveLength(9);
  expect(alone.every(([documentId]) => documentId === "b")).toBe(true);
  expect(store.documents.countPassagesHolding(["b"], ["excess"])).toBe(1);
  expect(store.documents.countPassagesHolding(["a"], ["excess"])).toBe(0);
  expect(store.documents.countPassagesHolding(["a"], ["premium"])).toBe(1_000);
});

test("a question has the passages that were chosen for it, but those of a document that is deleted", async () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  store.messages.insert(message());
  await added(store, { id: "a", name: "policy.pdf" });
  store.documents.addPassages([1, 2, 3].map((number) => passage({ documentId: "a", number, page: number })));
  store.documents.chooseFor("conversation", ["a", "a"]);
  expect(store.documents.ofConversation("conversation").map(({ id }) => id)).toEqual(["a"]);
  store.documents.quote(
    "message",
    [3, 1, 2].map((number) => ({ documentId: "a", number, score: 0.5 })),
  );
  store.documents.quote(
    "message",
    [3, 1].map((number) => ({ documentId: "a", number, score: 0.5 })),
  );
  expect(store.documents.ofMessages(["message"]).get("message")).toMatchObject([
    { position: 1, number: 3, page: 3, name: "policy.pdf", score: 0.5 },
    { position: 2, number: 1 },
  ]);
  expect(store.documents.toldIn("a")).toEqual(["conversation"]);
  store.documents.setDeleted("a", 5);
  expect(store.documents.ofMessages(["message"]).size).toBe(0);
  expect(store.documents.ofConversation("conversation")).toEqual([]);
  store.documents.setDeleted("a", null);
  expect(store.documents.ofMessages(["message"]).size).toBe(1);
});

test("nothing of an erased document is left in any file: name, bytes, passages and their words", async () => {
  using store = temporaryStore();
  const marks: string[] = [];
  for (let at = 0; at < 40; at++) {
    const mark = (kind: string) => {
      const word = `xq${kind}${marks.length.toString(36)}zv${(marks.length * 7919).toString(36)}`;
      marks.push(word);
      return word;
    };
    const id = `d${at}`;
    await added(store, { id, name: `${mark("name")}.txt`, title: mark("title") }, mark("bytes"));
    store.documents.addPassages(
      Array.from({ length: 30 }, (_, number) =>
        passage({
          documentId: id,
          number,
          heading: mark("heading"),
          text: `Nobody may find ${mark("text")}. `,
        }),
      ),
    );
  }
  store.space.emptyLog();
  expect(new Set(marksIn(store.dataDir, marks).map((hit) => hit.split(": ").at(-1))).size).toBe(marks.length);
  // A third each by its owner, a month after it was deleted, and read anew.
  for (let at = 0; at < 40; at++) {
    if (at % 2 === 0) store.documents.setDeleted(`d${at}`, 5);
    else store.documents.erase([`d${at}`]);
  }
  store.documents.erase(store.documents.deletedBefore(6, 100, null));
  expect(store.documents.getAny("d1")).toBeUndefined();
  while (store.erasedPieces.eraseSome() > 0);
  store.space.emptyLog();
  expect(marksIn(store.dataDir, marks)).toEqual([]);
});

test("bytes are kept as long as a document, or a file of a question, has them", async () => {
  using store = temporaryStore();
  const contentId = await added(store, { id: "a" });
  const size = 10;
  store.documents.insert(document({ id: "b", contentId, size }));
  store.contents.purge(Number.MAX_SAFE_INTEGER, 10);
  store.documents.erase(["a"]);
  while (store.erasedPieces.eraseSome() > 0);
  expect([...store.contents.read(contentId)].length).toBe(1);
  store.documents.erase(["b"]);
  while (store.erasedPieces.eraseSome() > 0);
  expect([...store.contents.read(contentId)]).toEqual([]);
});

test("what a crash left half read is read again, the oldest first", async () => {
  using store = temporaryStore();
  for (const [at, state] of (["ready", "reading", "waiting", "failed"] as const).entries())
    await added(store, { id: state, state, createdAt: 10 - at });
  expect(store.documents.nextToRead()?.id).toBe("waiting");
  store.documents.setState("waiting", { state: "ready" });
  expect(store.documents.nextToRead()?.id).toBe("reading");
  store.documents.setFailed("reading", { template: "{0} is damaged.", values: [] });
  expect(store.documents.nextToRead()).toBeUndefined();
  expect(store.documents.get("reading")).toMatchObject({
    state: "failed",
    problem: { template: "{0} is damaged." },
  });
});
