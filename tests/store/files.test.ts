import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "../../src/store/database.ts";
import type { NewFile } from "../../src/store/file-tables.ts";
import { conversation, generation, message } from "./rows.ts";
import { temporaryStore } from "./temporary-store.ts";

const megabyte = 1024 * 1024;

function written(store: Store, bytes: Uint8Array, now = 1): { id: number; hash: string } {
  const steps = store.contents.write(bytes, now);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const file = (own: Partial<NewFile> & Pick<NewFile, "contentId">): NewFile => ({
  id: "file",
  ownerId: null,
  name: "prices.csv",
  kind: "csv",
  mediaType: "text/csv",
  size: 3,
  text: "a,b",
  isCut: false,
  createdAt: 1,
  ...own,
});

/** All that is to be erased. */
function erase(store: Store): void {
  while (store.erasedPieces.eraseSome() > 0);
}

const bytesOf = (store: Store, id: number) => Buffer.concat([...store.contents.read(id)]);
const rowsIn = (store: Store & { dataDir: string }, table: string) => {
  using db = new Database(join(store.dataDir, "assistant.db"), { readonly: true });
  return Number(db.query(`SELECT count(*) FROM ${table}`).values().flat()[0]);
};

describe("bytes", () => {
  test("are read as they were written, and stand once", () => {
    using store = temporaryStore();
    const bytes = crypto.getRandomValues(new Uint8Array(60_000));
    const large = Buffer.concat(Array.from({ length: 20 }, () => bytes));
    const first = written(store, large);
    expect(bytesOf(store, first.id).equals(large)).toBe(true);
    expect(first.hash).toBe(new Bun.CryptoHasher("sha256").update(large).digest("hex"));
    expect(written(store, large)).toEqual(first);
    expect(rowsIn(store, "contents")).toBe(1);
  });

  test("of two writers at one time stand once", () => {
    using store = temporaryStore();
    const bytes = new Uint8Array(megabyte).fill(7);
    const two = [store.contents.write(bytes, 1), store.contents.write(bytes, 1)];
    const ids = new Set<number>();
    while (ids.size === 0 || rowsIn(store, "contents") > 1)
      for (const steps of two) {
        const step = steps.next();
        if (step.done && step.value !== undefined) ids.add(step.value.id);
      }
    expect(ids.size).toBe(1);
    expect(rowsIn(store, "content_pieces")).toBe(4);
  });

  test("that a writer has left half-way are not found, and are purged", () => {
    using store = temporaryStore();
    const steps = store.contents.write(new Uint8Array(megabyte), 1);
    while (rowsIn(store, "content_pieces") === 0) steps.next();
    expect(store.contents.purge(1, 10)).toBe(0);
    expect(store.contents.purge(2, 10)).toBe(1);
    expect(store.contents.purge(2, 10)).toBe(0);
    erase(store);
    expect(rowsIn(store, "content_pieces")).toBe(0);
  });
});

test("bytes that are to be erased are not found, not named again, and stored anew when they come again", () => {
  using store = temporaryStore();
  const { id: contentId, hash } = written(store, Buffer.from("a,b"));
  store.files.insert(file({ contentId }));
  store.files.removeUnused("file");
  expect(store.contents.byHash(hash)).toBeUndefined();
  expect(() => store.files.insert(file({ contentId }))).toThrow(/being erased/);
  const again = written(store, Buffer.from("a,b"));
  store.files.insert(file({ contentId: again.id }));
  erase(store);
  expect(bytesOf(store, again.id).toString()).toBe("a,b");
  expect(rowsIn(store, "contents")).toBe(1);
});

describe("a file", () => {
  test("goes with the last question that has it, and its bytes with the last file", () => {
    using store = temporaryStore();
    const { id: contentId } = written(store, Buffer.from("a,b"));
    store.files.insert(file({ id: "one", contentId }));
    store.files.insert(file({ id: "other", contentId }));
    for (const id of ["kept", "erased"]) {
      store.conversations.insert(conversation({ id }));
      store.messages.insert(message({ id: `m-${id}`, conversationId: id }));
    }
    store.files.attach("m-kept", [{ id: "one" }]);
    store.files.attach("m-erased", [{ id: "one" }, { id: "other" }]);
    expect(
      store.files
        .ofMessages(["m-erased"])
        .get("m-erased")
        ?.map(({ id }) => id),
    ).toEqual(["one", "other"]);
    store.conversations.erase("erased");
    expect(store.files.get("one")).toMatchObject({ name: "prices.csv", characters: 3, isCut: false });
    expect(store.files.get("other")).toBeUndefined();
    store.conversations.erase("kept");
    expect(store.files.get("one")).toBeUndefined();
    erase(store);
    expect(rowsIn(store, "contents") + rowsIn(store, "content_pieces")).toBe(0);
  });

  test("that no question has is removed at once, or after a while; one that a question has stays", () => {
    using store = temporaryStore();
    const { id: contentId } = written(store, Buffer.from("a,b"));
    for (const id of ["sent", "removed", "left"]) store.files.insert(file({ id, contentId }));
    store.conversations.insert(conversation());
    store.messages.insert(message());
    store.files.attach("message", [{ id: "sent" }]);
    expect(store.files.removeUnused("sent")).toBe(false);
    expect(store.files.removeUnused("removed")).toBe(true);
    expect(store.files.purgeUnused(1, 10)).toBe(0);
    expect(store.files.purgeUnused(2, 10)).toBe(1);
    expect(store.files.get("sent")?.id).toBe("sent");
  });

  test("is not readable in the files of the database once it is erased", () => {
    using store = temporaryStore();
    const secret = "the-secret-of-the-file".repeat(50);
    const { id: contentId } = written(store, Buffer.from(secret));
    store.files.insert(file({ contentId, text: secret }));
    store.files.removeUnused("file");
    erase(store);
    expect(store.space.emptyLog()).toBe(true);
    const there = readFileSync(join(store.dataDir, "assistant.db"));
    expect(there.includes("the-secret-of-the-file")).toBe(false);
  });
});

test("a request's pictures go with the last request that names them", () => {
  using store = temporaryStore();
  const { hash } = written(store, Buffer.from("picture"));
  const url = `content:image/png;${hash}`;
  const request = {
    messages: [{ role: "user", content: "", parts: [{ type: "image", url }] }],
  } as const;
  store.conversations.insert(conversation());
  store.generations.insert(generation({ id: "one", request }));
  store.generations.insert(generation({ id: "two", request }));
  store.generations.update("one", { request: { messages: [] } });
  expect(store.contents.byHash(hash)).toBeNumber();
  store.generations.update("two", { state: "done" });
  expect(store.contents.byHash(hash)).toBeNumber();
  store.generations.remove("two");
  expect(store.contents.byHash(hash)).toBeUndefined();
});
