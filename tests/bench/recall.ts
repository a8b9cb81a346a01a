/**
 * Measures recall among many memories, in a database of its own. The embedding model's own time is left out: what it takes for a
 * question does not depend on how much is remembered.
 *
 *   bun run bench recall [--memories 1000,10000,100000] [--questions 200]
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createLog } from "../../src/log.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { similarityTo, vectorName } from "../../src/memory/memory-vectors.ts";
import { Recall } from "../../src/memory/recall.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { measureLoopBlocks, processorMs } from "../loop-blocks.ts";
import { type ManyMemories, openManyMemories, textAt } from "./many-memories.ts";
import { percentile } from "./percentile.ts";
import { Results, tableOf } from "./result-table.ts";
import { wholeNumber } from "./whole-number.ts";

/** Stored beside the others, to measure what one more takes. */
const moreFacts = 2_000;
const atOnce = 100;
/** So many questions are compared with an exact search. */
const exactQuestions = 30;
const nearest = 10;
/** As many as recall asks the index for. */
const candidates = 32;
const rowsAtOnce = 1_000;
const log = createLog("error");

export async function benchRecall(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      memories: { type: "string", default: "1000,10000,100000" },
      questions: { type: "string", default: "200" },
    },
  });
  const results = new Results();
  const made = await openManyMemories();
  for (const count of values.memories.split(","))
    await measure(
      made,
      wholeNumber(count, "--memories"),
      wholeNumber(values.questions, "--questions"),
      results,
    );
  console.log(tableOf(results.rows(), null));
}

async function measure(
  made: ManyMemories,
  count: number,
  questions: number,
  results: Results,
): Promise<void> {
  const add = (what: string, unit: string, value: number) =>
    results.add(`${count.toLocaleString("en")} memories: ${what}`, unit, "ours", value);
  const dataDir = mkdtempSync(join(tmpdir(), "bench-recall-"));
  try {
    {
      using store = openStore({ dataDir, log });
      await made.fill(store, count);
      await measureQuestions(made, store, count, questions, add);
      await measureStoring(made, store, count, add);
      await measureExactness(made, store, count, add);
    }
    const { size } = statSync(join(dataDir, "assistant.db"));
    add("on the disk, each", "kB", size / 1000 / (count + moreFacts));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Add = (what: string, unit: string, value: number) => void;

async function measureQuestions(
  made: ManyMemories,
  store: Store,
  count: number,
  questions: number,
  add: Add,
): Promise<void> {
  const { signal } = new AbortController();
  using begun = measureLoopBlocks();
  const first = performance.now();
  await using memory = createMemory({ store, embedder: made.embedder(), log });
  await memory.recall(made.questionAt(0, count), 3, { ownerId: null, signal });
  add("from a start to the end of the first recall", "ms", performance.now() - first);
  add("longest block of the event loop meanwhile", "ms", begun.longest.processorMs);
  const times: number[] = [];
  const used = processorMs();
  using blocks = measureLoopBlocks();
  for (let at = 1; at <= questions; at++) {
    const asked = performance.now();
    await memory.recall(made.questionAt(at, count), 3, { ownerId: null, signal });
    times.push(performance.now() - asked);
    await Bun.sleep(0);
  }
  for (const share of [50, 95]) add(`recall, ${share} of 100`, "ms", percentile(times, share));
  add("recall, processor time", "ms", (processorMs() - used) / questions);
  add("longest block of the event loop", "ms", blocks.longest.processorMs);
}

async function measureStoring(made: ManyMemories, store: Store, count: number, add: Add): Promise<void> {
  await using memory = createMemory({ store, embedder: made.embedder(), log });
  await memory.pending();
  using blocks = measureLoopBlocks();
  const began = performance.now();
  for (let from = count; from < count + moreFacts; from += atOnce)
    await Promise.all(
      Array.from({ length: atOnce }, (_, at) =>
        memory.memorize({ ...textAt(from + at), ownerId: null, kind: "fact" }),
      ),
    );
  add("stored a second, of 2,000 more", "", (moreFacts * 1000) / (performance.now() - began));
  await memory.pending();
  add("stored, embedded and compared a second", "", (moreFacts * 1000) / (performance.now() - began));
  add("longest block of the event loop meanwhile, storing", "ms", blocks.longest.processorMs);
}

/** How many of the ten that are nearest by all vectors are found by the index. */
async function measureExactness(made: ManyMemories, store: Store, count: number, add: Add): Promise<void> {
  const embedder = made.embedder();
  const { memories } = store;
  const deps = { memories, embedder, log, embedDeadlineMs: 2_000, now: Date.now, onEmbedded: () => {} };
  using recall = new Recall(deps);
  await recall.ready();
  add("the index in memory", "MB", recall.indexSize / 1e6);
  const asked = Array.from({ length: exactQuestions }, (_, at) => made.questionAt(at, count));
  const vectors = await embedder.embed(asked, new AbortController().signal);
  const exact = vectors.map((): { id: string; similarity: number }[] => []);
  for (let row = 0; ; ) {
    const rows = memories.vectorsAfter(vectorName(embedder.model), row, rowsAtOnce);
    for (const [index, vector] of vectors.entries()) {
      const best = exact[index] ?? [];
      best.push(
        ...rows.map(({ id, embedding }) => ({ id, similarity: similarityTo(vector, embedding) ?? -1 })),
      );
      best.sort((one, other) => other.similarity - one.similarity).splice(nearest);
    }
    if (rows.length < rowsAtOnce) break;
    row = rows.at(-1)?.row ?? 0;
  }
  let found = 0;
  let of = 0;
  for (const [index, vector] of vectors.entries()) {
    const near = await recall.nearest(null, vector, { limit: candidates, asOf: Date.now() });
    const ids = new Set(near.slice(0, nearest).map(({ id }) => id));
    for (const { id } of exact[index] ?? []) {
      of += 1;
      if (ids.has(id)) found += 1;
    }
  }
  add(`of the ${nearest} of an exact search recall finds`, "%", (100 * found) / of);
}
