/** The timer that keeps the database's files in order, over a real store. */
import { afterEach, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { StorageError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { resultInSlices } from "../../src/loop/work-slices.ts";
import { TidyFiles } from "../../src/server/tidy-files.ts";
import { conversation, generation, memory } from "../store/rows.ts";
import { temporaryStore } from "../store/temporary-store.ts";

type TidiedStore = ConstructorParameters<typeof TidyFiles>[0]["store"];

let resources = new DisposableStack();
afterEach(() => {
  resources.dispose();
  resources = new DisposableStack();
});

/** A timer that looks every few milliseconds. */
function tidying(
  store: TidiedStore,
  rest: { unfinished?: () => number; onErased?: () => void; packAfterMs?: number } = {},
) {
  const lines: string[] = [];
  const log = createLog("debug", (line) => lines.push(line));
  resources.use(new TidyFiles({ store, unfinished: () => 0, log, everyMs: 2, ...rest }));
  return lines;
}

/** Waits until it is so. */
async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!isSo() && performance.now() < deadline) await Bun.sleep(2);
  expect(isSo()).toBe(true);
}

/** A store in which answers have ended at these times; null: still being written. */
function storeWith(...ends: readonly (number | null)[]) {
  const store = resources.use(temporaryStore());
  store.conversations.insert(conversation());
  for (const [index, endedAt] of ends.entries()) {
    const id = `g${index}`;
    store.generations.insert(generation({ id, endedAt, state: endedAt === null ? "running" : "done" }));
    store.tokenLog.append([{ generationId: id, firstIndex: 0, tokens: [{ text: "a", ids: [1] }] }]);
  }
  return store;
}
const unpacked = (store: ReturnType<typeof storeWith>) =>
  store.tokenLog.waiting(Number.MAX_SAFE_INTEGER, "", 100).ids;

test("what is erased leaves the write-ahead log, and whoever caches it is told", async () => {
  const store = storeWith();
  let told = 0;
  tidying(store, { onErased: () => told++ });
  store.memories.insert(memory());
  await until(() => store.usage().walBytes > 0);
  expect(told).toBe(0);
  store.memories.erase(["memory"]);
  await until(() => store.usage().walBytes === 0);
  expect(told).toBeGreaterThan(0);
});

test("a log that a reader keeps from being emptied is emptied when the reader is gone", async () => {
  const store = storeWith();
  store.memories.insert(memory());
  const reading = store.openSnapshot();
  let told = 0;
  tidying(store, { onErased: () => told++ });
  store.memories.erase(["memory"]);
  await until(() => told > 2);
  expect(store.usage().walBytes).toBeGreaterThan(0);
  reading[Symbol.dispose]();
  await until(() => store.usage().walBytes === 0);
});

test("answers that ended long enough ago are packed, and no others", async () => {
  const now = Date.now();
  const store = storeWith(now - 60_000, now, null);
  tidying(store, { packAfterMs: 30_000 });
  await until(() => !unpacked(store).includes("g0"));
  expect(store.tokenLog.read("g0")).toEqual([{ text: "a", ids: [1] }]);
  expect(store.tokenLog.waiting(now + 60_000, "", 100).ids).toEqual(["g1"]);
});

test("the file becomes smaller only while nobody is answered", async () => {
  const store = storeWith();
  let unfinished = 1;
  let looks = 0;
  let shrinks = 0;
  const space = {
    ...store.space,
    erasures: () => {
      looks++;
      return 0;
    },
    shrink: () => {
      shrinks++;
      return false;
    },
  };
  tidying({ ...store, space }, { unfinished: () => unfinished });
  await until(() => looks > 5);
  expect(shrinks).toBe(0);
  unfinished = 0;
  await until(() => shrinks > 0);
});

test("a refusal of the storage is passed over, a defect is logged, and both are tried again", async () => {
  const store = storeWith();
  let looks = 0;
  const space = {
    ...store.space,
    erasures: () => {
      looks++;
      if (looks === 1) throw new StorageError("The disk is full.");
      if (looks === 2) throw new TypeError("a defect");
      return 0;
    },
  };
  const lines = tidying({ ...store, space });
  await until(() => looks > 3);
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["defect"]);
});

test("the bytes of a file that is erased leave the database by themselves, and its log", async () => {
  const store = storeWith();
  const secret = "the-secret-of-the-file".repeat(40_000);
  const { id } = await resultInSlices(store.contents.write(Buffer.from(secret), Date.now()));
  store.contents.purge(Date.now() + 1, 10);
  tidying(store);
  const holds = (name: string) => {
    const path = join(store.dataDir, name);
    return existsSync(path) && readFileSync(path).includes("the-secret-of-the-file");
  };
  await until(() => !holds("assistant.db") && !holds("assistant.db-wal"));
  expect([...store.contents.read(id)]).toEqual([]);
});
