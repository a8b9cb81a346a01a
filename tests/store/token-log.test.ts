import { expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { openStore } from "../../src/store/database.ts";
import type { LoggedToken } from "../../src/store/schema.ts";
import { conversation, generation } from "./rows.ts";
import { silent, temporaryFolder, temporaryStore } from "./temporary-store.ts";

function storeWith(...generationIds: readonly string[]) {
  const store = temporaryStore();
  store.conversations.insert(conversation());
  for (const id of generationIds) store.generations.insert(generation({ id }));
  return store;
}

const token = (text: string): LoggedToken => ({ text, ids: [text.length] });

const anyToken: fc.Arbitrary<LoggedToken> = fc.record(
  {
    text: fc.string({ unit: "binary" }),
    ids: fc.array(fc.nat()),
    logprob: fc.double({ max: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    reasoning: fc.constant(true as const),
  },
  { requiredKeys: ["text", "ids"] },
);

test("what was appended is what is read, from any cursor, however it was cut into batches", () => {
  using store = storeWith();
  fc.assert(
    fc.property(fc.array(fc.array(anyToken, { maxLength: 5 }), { maxLength: 8 }), (batches) => {
      const id = crypto.randomUUID();
      store.generations.insert(generation({ id }));
      const logged: LoggedToken[] = [];
      for (const tokens of batches) {
        store.tokenLog.append([{ generationId: id, firstIndex: logged.length, tokens }]);
        logged.push(...tokens);
      }
      expect(store.tokenLog.count(id)).toBe(logged.length);
      for (let cursor = 0; cursor <= logged.length + 1; cursor++)
        expect(store.tokenLog.read(id, cursor)).toEqual(logged.slice(cursor));
    }),
    { numRuns: 60 },
  );
});

test("batches of several answers are kept apart", () => {
  using store = storeWith("one", "two");
  store.tokenLog.append([
    { generationId: "one", firstIndex: 0, tokens: [token("a"), token("b")] },
    { generationId: "two", firstIndex: 0, tokens: [token("c")] },
  ]);
  expect(store.tokenLog.read("one")).toEqual([token("a"), token("b")]);
  expect(store.tokenLog.read("two")).toEqual([token("c")]);
});

test("a batch that leaves a gap or comes twice is refused, and all of its transaction with it", () => {
  using store = storeWith("one", "two");
  store.tokenLog.append([{ generationId: "one", firstIndex: 0, tokens: [token("a"), token("b")] }]);
  for (const firstIndex of [0, 1, 3])
    expect(() =>
      store.tokenLog.append([
        { generationId: "two", firstIndex: 0, tokens: [token("c")] },
        { generationId: "one", firstIndex, tokens: [token("d")] },
      ]),
    ).toThrow("another writer");
  expect(store.tokenLog.read("one")).toEqual([token("a"), token("b")]);
  expect(store.tokenLog.count("two")).toBe(0);
});

test("of two processes that write one answer, the one that does not know of the other is refused", () => {
  using store = storeWith("one");
  using other = openStore({ dataDir: store.dataDir, log: silent });
  const batch = (firstIndex: number, ...texts: readonly string[]) => [
    { generationId: "one", firstIndex, tokens: texts.map(token) },
  ];
  store.tokenLog.append(batch(0, "a"));
  other.tokenLog.append(batch(1, "b", "c"));
  expect(() => store.tokenLog.append(batch(1, "d"))).toThrow("another writer");
  other.tokenLog.append(batch(3, "e"));
  expect(store.tokenLog.read("one").map(({ text }) => text)).toEqual(["a", "b", "c", "e"]);
});

test("an answer of which nothing was logged has no tokens", () => {
  using store = storeWith("one");
  expect(store.tokenLog.read("unknown")).toEqual([]);
  expect(store.tokenLog.count("unknown")).toBe(0);
});

test("tokens whose append has returned survive kill -9 of the process", async () => {
  using folder = temporaryFolder();
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, "fixtures", "append-tokens.ts"), folder.path],
    {
      stdout: "pipe",
      stderr: "inherit",
    },
  );
  const appended = await linesUntil(child.stdout, 25);
  child.kill("SIGKILL");
  await child.exited;

  using store = openStore({ dataDir: folder.path, log: silent });
  const survived = store.tokenLog.read("generation").map(({ text }) => text);
  expect(survived.slice(0, appended.length)).toEqual(appended);
  expect(store.generations.unfinished().map(({ id }) => id)).toEqual(["generation"]);
});

/** @returns the whole lines written so far, once there are at least `count` */
async function linesUntil(stream: ReadableStream<Uint8Array>, count: number): Promise<string[]> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const lines = text.split("\n").slice(0, -1);
    if (lines.length >= count) return lines;
    const { value, done } = await reader.read();
    if (done) throw new Error(`The child ended after: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
}

test("a part of a log is read without the rest, however long what was appended at once is", () => {
  using store = storeWith("long");
  const tokens = Array.from({ length: 1500 }, (_, index) => token(String(index)));
  store.tokenLog.append([{ generationId: "long", firstIndex: 0, tokens }]);
  store.tokenLog.append([{ generationId: "long", firstIndex: 1500, tokens: [token("last")] }]);
  expect(store.tokenLog.count("long")).toBe(1501);
  expect(store.tokenLog.read("long")).toEqual([...tokens, token("last")]);
  for (const [from, to] of [
    [0, 1],
    [100, 228],
    [500, 520],
    [511, 513],
    [1490, 1501],
    [1501, 1600],
  ] as const)
    expect(store.tokenLog.read("long", from, to)).toEqual([...tokens, token("last")].slice(from, to));
});
