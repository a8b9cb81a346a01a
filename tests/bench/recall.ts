/**
 * Measures recall among many memories: stored through the real memory in a database of its own, with vectors of 384 dimensions that
 * lie in clusters as those of texts do. The embedding model itself is left out: what it takes for a question does not depend on how
 * much is remembered.
 *
 *   bun run bench recall [--memories 1000,10000,100000] [--questions 200]
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Embedder } from "../../src/chat/engine.ts";
import { createLog } from "../../src/log.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { openStore } from "../../src/store/database.ts";
import { measureLoopBlocks } from "../loop-blocks.ts";
import { percentile } from "./percentile.ts";
import { Results, tableOf } from "./result-table.ts";
import { wholeNumber } from "./whole-number.ts";

const dimensions = 384;
/** So many memories lie near each other. */
const inCluster = 20;
const atOnce = 500;
/** Stored afterwards, to measure what one more takes. */
const moreFacts = 50;
const subjects =
  "broker spread margin gold silver copper dividend bond mortgage pension tax fee stop target risk swap".split(
    " ",
  );
const verbs = "prefer avoid check raise lower hedge close open keep review".split(" ");

export async function benchRecall(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      memories: { type: "string", default: "1000,10000,100000" },
      questions: { type: "string", default: "200" },
    },
  });
  const results = new Results();
  for (const count of values.memories.split(","))
    await measure(wholeNumber(count, "--memories"), wholeNumber(values.questions, "--questions"), results);
  console.log(tableOf(results.rows(), null));
}

async function measure(count: number, questions: number, results: Results): Promise<void> {
  const label = `${count.toLocaleString("en")} memories`;
  const dataDir = mkdtempSync(join(tmpdir(), "bench-recall-"));
  const log = createLog("error");
  try {
    using store = openStore({ dataDir, log });
    await using memory = createMemory({ store, embedder: clusteredEmbedder(), log });
    const began = performance.now();
    for (let from = 0; from < count; from += atOnce)
      await Promise.all(
        Array.from({ length: Math.min(atOnce, count - from) }, (_, at) =>
          memory.memorize({ ...textOf(from + at), ownerId: null, category: "general", kind: "fact" }),
        ),
      );
    results.add(`${label}: stored a second`, "", "ours", (count * 1000) / (performance.now() - began));
    await memory.pending();
    results.add(
      `${label}: stored and embedded a second`,
      "",
      "ours",
      (count * 1000) / (performance.now() - began),
    );
    const compared = performance.now();
    for (let at = count; at < count + moreFacts; at++)
      await memory.memorize({ ...textOf(at), ownerId: null, category: "general", kind: "fact" });
    await memory.pending();
    results.add(
      `${label}: one more stored, embedded and compared with the others`,
      "ms",
      "ours",
      (performance.now() - compared) / moreFacts,
    );
    const { signal } = new AbortController();
    const first = performance.now();
    await memory.recall(questionOf(0, count), 3, { ownerId: null, signal });
    results.add(`${label}: the first recall`, "ms", "ours", performance.now() - first);
    const times: number[] = [];
    using blocks = measureLoopBlocks();
    for (let at = 1; at <= questions; at++) {
      const asked = performance.now();
      await memory.recall(questionOf(at, count), 3, { ownerId: null, signal });
      times.push(performance.now() - asked);
      await Bun.sleep(0);
    }
    for (const share of [50, 95])
      results.add(`${label}: recall, ${share} of 100`, "ms", "ours", percentile(times, share));
    results.add(`${label}: longest block of the event loop`, "ms", "ours", blocks.longest.processorMs);
    results.add(
      `${label}: on the disk, each`,
      "kB",
      "ours",
      statSync(join(dataDir, "assistant.db")).size / 1000 / count,
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const word = (list: readonly string[], at: number) => list[at % list.length] ?? "";

function textOf(at: number) {
  const cluster = Math.floor(at / inCluster);
  return {
    key: `${word(subjects, cluster)} rule ${at}`,
    value: `I ${word(verbs, at)} the ${word(subjects, cluster)} of account ${cluster} when week ${at} ends.`,
  };
}

/** On one of the memories, in other words. */
const questionOf = (at: number, count: number) => {
  const asked = Math.floor((at * 7919) % count);
  const cluster = Math.floor(asked / inCluster);
  return `What do I ${word(verbs, asked)} about the ${word(subjects, cluster)} of account ${cluster}?`;
};

/** Texts that name the same account are near each other. */
function clusteredEmbedder(): Embedder {
  return {
    ...{ model: "clustered", dimensions, longestText: 500 },
    embed: async (texts) => texts.map(vectorOf),
    countTokens: async (texts) => texts.map((text) => text.split(" ").length),
    async [Symbol.asyncDispose]() {},
  };
}

function vectorOf(text: string): Float32Array {
  const account = /account (\d+)/.exec(text)?.[1] ?? "";
  const [centre, own] = [randomFrom(account), randomFrom(text)];
  const vector = Float32Array.from({ length: dimensions }, () => centre() + 0.6 * own());
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** -0.5 to 0.5 (xorshift32). */
function randomFrom(text: string): () => number {
  let state = Number(Bun.hash(text) % 0xffff_fffen) + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000 - 0.5;
  };
}
