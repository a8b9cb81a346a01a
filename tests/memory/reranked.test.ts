/** What was found is put in the order of a ranking model, where one is here and answers in time. */
import { expect, test } from "bun:test";
import type { Ranker } from "../../src/chat/engine.ts";
import { createLog } from "../../src/log.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { reranked } from "../../src/memory/reranked.ts";
import { never } from "../contract/engine-contract.ts";
import { wordRanker } from "../fakes/word-ranker.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const texts = ["silver has risen", "gold has risen", "gold has risen in spring", "copper"];

/** As many as are asked for, the first ones. */
function finder() {
  const asked: number[] = [];
  const find = async (most: number) => {
    asked.push(most);
    return texts.slice(0, most);
  };
  return { asked, find };
}
const same = (text: string) => text;

async function order(limit: number, ranker: Ranker | null, signal = never) {
  const lines: string[] = [];
  const { asked, find } = finder();
  const log = createLog("warn", (line) => lines.push(line));
  const found = await reranked("gold in spring", limit, { ranker: () => ranker, log }, find, same, signal);
  return { found, asked, lines };
}

test("the best by the ranking model, out of more than are wanted", async () => {
  expect(await order(1, wordRanker())).toMatchObject({ found: [texts[2]], asked: [3] });
  expect((await order(2, wordRanker())).found).toEqual(["gold has risen in spring", "gold has risen"]);
});

test("without a ranking model the order is as it was found, and no more is looked for", async () => {
  expect(await order(2, null)).toMatchObject({ found: texts.slice(0, 2), asked: [2], lines: [] });
});

test("one that fails changes nothing, and that is logged", async () => {
  const broken: Ranker = {
    ...wordRanker(),
    rank: () => Promise.reject(new Error("broken")),
  };
  const { found, lines } = await order(2, broken);
  expect(found).toEqual(texts.slice(0, 2));
  expect(lines.join()).toContain("not_ranked");
});

test("whoever stops waits no longer", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const deaf: Ranker = {
    ...wordRanker(),
    rank: () => {
      resolve();
      return new Promise(() => {});
    },
  };
  const reader = new AbortController();
  const ordering = order(2, deaf, reader.signal);
  await promise;
  reader.abort(new Error("gone"));
  await expect(ordering).rejects.toThrow("gone");
});

test("recall asks it: of what bears on a question the best comes first", async () => {
  using store = temporaryStore();
  const ranker = wordRanker();
  await using memory = createMemory({ store, embedder: null, ranker: () => ranker, log: silent });
  const facts = { ownerId: null, category: "general", kind: "fact" } as const;
  await memory.memorize({ ...facts, key: "stops", value: "My stop of gold is wide, and this is how." });
  await memory.memorize({ ...facts, key: "gold stop", value: "My gold stop is wide." });
  const found = await memory.recall("How wide is my gold stop?", 1, {
    ownerId: null,
    signal: never,
  });
  expect(found.map(({ memory: { key } }) => key)).toEqual(["stops"]);
  expect(ranker.asked).toHaveLength(2);
});
