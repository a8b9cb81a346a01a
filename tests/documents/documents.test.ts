/** Documents are read in the background, found, deleted and brought back; what breaks or bombs costs a sentence and no more. */
import { expect, test } from "bun:test";
import type { AssistantDocuments } from "../../src/documents/documents.ts";
import { createDocuments } from "../../src/documents/documents.ts";
import { createFakeEmbedder } from "../fakes/fake-embedder.ts";
import { conversation, message } from "../store/rows.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";
import { linesAt, pdfOf, wrapped } from "./pdf-writer.ts";

const limits = { largest: 1_000_000, mostStored: 5_000_000 };
const never = new AbortController().signal;
const bytesOf = (text: string) => new TextEncoder().encode(text);

const policy = pdfOf([
  linesAt(wrapped("The premium of the household policy is 240 euros a year, due in January.", 70), 60, 80),
  linesAt(
    wrapped("The excess is 500 euros for each claim. Water damage of the flat is insured.", 70),
    60,
    80,
  ),
]);

const add = (
  documents: AssistantDocuments,
  name: string,
  content: string | Uint8Array,
  owner: string | null = null,
) => documents.add(owner, { name, bytes: typeof content === "string" ? bytesOf(content) : content }, limits);

test("a document is read in the background, and its passages are found with their page", async () => {
  using store = temporaryStore();
  await using documents = createDocuments({ store, embedder: createFakeEmbedder(), log: silent });
  const added = await add(documents, "policy.pdf", policy);
  expect(added).toMatchObject({ name: "policy.pdf", kind: "pdf", state: "waiting" });
  await documents.ready([added.id], never);
  const read = documents.get(null, added.id);
  expect(read).toMatchObject({ state: "ready", pages: 2, passages: 2, isCut: false });
  expect(documents.embedded(added.id)).toBe(2);
  const found = await documents.find(
    documents.page(null, 10),
    "Is water damage of my home insured?",
    5,
    never,
  );
  expect(found[0]?.passage).toMatchObject({ page: 2, number: 2 });
  expect(found[0]?.passage.text).toContain("500 euros");
  // The same file again is the same document.
  expect((await add(documents, "policy.pdf", policy)).id).toBe(added.id);
  expect((await add(documents, "copy.pdf", policy)).id).not.toBe(added.id);
});

test("without an embedder it is found by its words, and what is not in it is not", async () => {
  using store = temporaryStore();
  await using documents = createDocuments({ store, embedder: null, log: silent });
  await add(documents, "policy.pdf", policy);
  await documents.pending();
  const find = (question: string) => documents.find(documents.page(null, 10), question, 5, never);
  expect((await find("When is the premium due?"))[0]?.passage.page).toBe(1);
  expect(await find("Who invented the steam engine?")).toEqual([]);
});

test("what a kill left half read is read again by the next start, and nothing is there twice", async () => {
  using store = temporaryStore();
  const text = Array.from({ length: 2_500 }, (_, at) =>
    `Paragraph ${at} says that ${at} is a number. `.repeat(8),
  ).join("\n\n");
  let id: string;
  {
    await using documents = createDocuments({ store, embedder: null, log: silent });
    id = (await add(documents, "long.txt", text)).id;
    // In the middle: some passages are there.
    while (store.documents.passagesOf(id).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(store.documents.get(id)?.state).toBe("reading");
  await using documents = createDocuments({ store, embedder: null, log: silent });
  await documents.pending();
  const read = documents.get(null, id);
  const numbers = documents.passages(null, id).map(({ number }) => number);
  expect(read).toMatchObject({ state: "ready", passages: numbers.length });
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
});

test.each([
  ["a picture", "scan.png", "\x89PNG\r\n\x1a\n....", "needs text recognition"],
  ["a wrong name", "report.pdf", "Dear Sir", "is not a PDF, as its name says"],
  ["a protected workbook", "book.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1", "protected by a password"],
  ["an empty file", "none.txt", "", "is empty"],
])("%s is refused at once, with a sentence", async (_, name, content, says) => {
  using store = temporaryStore();
  await using documents = createDocuments({ store, embedder: null, log: silent });
  const bytes = Buffer.from(content, "latin1");
  expect(documents.add(null, { name, bytes }, limits)).rejects.toThrow(says);
  expect(documents.page(null, 5)).toEqual([]);
});

test("a document that takes too long or too much memory costs its process, and the next one is read", async () => {
  for (const [bounds, says] of [
    [{ deadlineMs: 1, mostMemory: 1e12 }, "takes too long to read"],
    [{ deadlineMs: 60_000, mostMemory: 1 }, "takes too much memory"],
  ] as const) {
    using store = temporaryStore();
    await using documents = createDocuments({ store, embedder: null, log: silent, bounds });
    const { id } = await add(documents, "long.txt", `${"A word or two. ".repeat(60_000)}`);
    await documents.pending();
    expect(documents.get(null, id)).toMatchObject({
      state: "failed",
      problem: { template: expect.stringContaining(says) },
    });
    expect(store.documents.passagesOf(id)).toEqual([]);
  }
});

test("a deleted document is found no more, leaves the prompts it is in, and comes back", async () => {
  using store = temporaryStore();
  const changed: string[] = [];
  await using documents = createDocuments({
    ...{ store, embedder: null, log: silent },
    onPromptsChanged: (ids) => changed.push(...ids),
  });
  store.conversations.insert(conversation());
  store.messages.insert(message());
  const { id } = await add(documents, "policy.pdf", policy);
  await documents.pending();
  store.documents.quote("message", [{ documentId: id, number: 1, score: 1 }]);
  await documents.remove(null, id);
  expect(changed).toEqual(["conversation"]);
  expect(documents.get(null, id)).toBeUndefined();
  expect(documents.canBringBack(null, id)).toBe(true);
  expect(documents.canBringBack("anna", id)).toBe(false);
  expect((await documents.bringBack(null, id)).id).toBe(id);
  expect(documents.get("anna", id)).toBeUndefined();
  expect(documents.remove("anna", id)).rejects.toThrow("There is no such document");
  await documents.erase(null, id);
  expect(documents.canBringBack(null, id)).toBe(false);
  expect(documents.bringBack(null, id)).rejects.toThrow("There is no such document");
});

test("one that is deleted while it is read leaves nothing", async () => {
  using store = temporaryStore();
  await using documents = createDocuments({ store, embedder: null, log: silent });
  const { id } = await add(documents, "long.txt", "A word or two. ".repeat(20_000));
  await documents.erase(null, id);
  await documents.pending();
  while (store.erasedPieces.eraseSome() > 0);
  expect(store.documents.passagesOf(id)).toEqual([]);
});
