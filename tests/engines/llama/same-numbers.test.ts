/**
 * The same prompt gives the same numbers, to the last digit: whatever else the cache holds, however fast the machine was a
 * moment ago, and whichever other answers are written meanwhile. On processors with wide vectors prompts were cut by speed,
 * and one that was written once more from its receipt drew other words.
 */
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { LlamaEngine } from "../../../src/engines/llama/llama-engine.ts";
import { chunkEnd, promptBlocks, reusedTokens } from "../../../src/engines/llama/prompt-blocks.ts";
import { createLog } from "../../../src/log.ts";
import { never, request } from "../../contract/engine-contract.ts";

const path = join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf");
const stateFolder = mkdtempSync(join(tmpdir(), "states-"));
const engine = new LlamaEngine({
  threads: 1,
  parallel: 2,
  contextSize: 1024,
  gpu: false,
  resolveModel: async () => ({ id: "small", path, sha256: "0".repeat(64) }),
  stateFolder,
  log: createLog("error", () => {}),
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(stateFolder, { recursive: true, force: true });
});

const shared =
  "The user trades gold with a broker in Zurich, and asks about spreads, margin and risk. ".repeat(9);
const asked = request(`${shared}What should I know of my broker?`, {
  maxTokens: 12,
  temperature: 1,
  topLogprobs: 2,
});
const other = request(`${shared}Tell me something else about silver and its price.`, { maxTokens: 60 });

async function answer(wish = asked): Promise<string[]> {
  const written: string[] = [];
  for await (const event of engine.generate(wish, never))
    if (event.type === "token") written.push(`${event.text} ${event.logprob}`);
  return written;
}

test("the same prompt gives the same log-probabilities from an empty cache, a full one, beside others and after a restart", async () => {
  const first = await answer();
  expect(first.length).toBe(12);
  expect(await answer()).toEqual(first);
  await answer(other);
  await answer(request(`${shared.slice(0, 300)}And now for something else.`, { maxTokens: 3 }));
  expect(await answer()).toEqual(first);

  const writing = Promise.withResolvers<void>();
  const beside = (async () => {
    for await (const { type } of engine.generate(other, never)) if (type === "token") writing.resolve();
  })();
  await writing.promise;
  expect(await answer()).toEqual(first);
  await beside;

  await engine.stop();
  engine.start();
  expect(await answer()).toEqual(first);
});

test("two prompts that are read at one moment have the numbers that each has alone", async () => {
  const longer = request(`${shared}${shared.slice(0, 200)}Which is the largest risk?`, {
    maxTokens: 6,
    topLogprobs: 1,
  });
  const alone: [string[], string[]] = [await answer(longer), await answer()];
  await engine.stop();
  rmSync(stateFolder, { recursive: true, force: true });
  engine.start();
  expect(await Promise.all([answer(longer), answer()])).toEqual(alone);
});

test("the next turn of a conversation finds its earlier ones in the cache to the last token, and gives the same numbers once more", async () => {
  const [first = ""] = (await answer({ ...asked, sampling: { ...asked.sampling, topLogprobs: null } })).slice(
    -1,
  );
  expect(first).not.toBe("");
  const next = {
    ...asked,
    messages: [
      ...asked.messages,
      { role: "assistant" as const, content: "It is in Zurich." },
      { role: "user" as const, content: "And a share?" },
    ],
  };
  const second = await answer(next);
  expect(await answer(next)).toEqual(second);
  expect(await answer(next)).toEqual(second);
});

test("where a prompt is cut follows from its length alone", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 700 }),
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(16, 64),
      fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 8 }),
      fc.nat(800),
      (length, continued, block, speeds, common) => {
        const total = length + continued;
        const at = { asked: length, total, block };
        const begin = reusedTokens(common, { ...at, last: { begin: 0, end: Number.POSITIVE_INFINITY } });
        expect(begin).toBeLessThan(total);
        let [position, turn] = [begin, 0];
        while (position < total) {
          const most = (speeds[turn++ % speeds.length] ?? 1) * block;
          const end = chunkEnd(position, { ...at, most });
          expect(end).toBeGreaterThan(position);
          if (position < length) {
            // It begins at a block, and ends at one, or it is the rest.
            expect(position % block).toBe(0);
            expect(end % block === 0 || end === length).toBe(true);
            if (end % block !== 0) expect(end - position).toBeLessThan(block);
          } else expect(end - position).toBeLessThan(64);
          position = end;
        }
      },
    ),
  );
});

test("a large model on few threads reads in short chunks, so that a stop is noticed", () => {
  const model = { threads: 4, onProcessor: true, batchSize: 512 };
  expect(promptBlocks({ ...model, bytes: 98e6 })).toEqual({ block: 64, largestChunk: 512 });
  expect(promptBlocks({ ...model, bytes: 5e9 })).toEqual({ block: 16, largestChunk: 48 });
  expect(promptBlocks({ ...model, bytes: 5e9, onProcessor: false }).block).toBe(64);
});
