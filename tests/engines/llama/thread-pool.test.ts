/** A context has threads that stay; where it is not as expected, it is left as it is. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Llama, LlamaContext, LlamaModel, Token } from "node-llama-cpp";
import { loadLlama } from "../../../src/engines/llama/llama-runtime.ts";
import { attachThreadPool } from "../../../src/engines/llama/thread-pool.ts";
import { createLog } from "../../../src/log.ts";

const path = join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf");
const log = createLog("error");
const sizes = { sequences: 2, batchSize: 128, threads: 2 };

const threadsHere = () => readdirSync("/proc/self/task");

/** The most likely continuation: a few tokens, which take long where other tests keep the cores busy. */
async function written(model: LlamaModel, context: LlamaContext): Promise<string> {
  const sequence = context.getSequence();
  const tokens: Token[] = [];
  for await (const token of sequence.evaluate(model.tokenize("The price of gold"), { temperature: 0 })) {
    tokens.push(token);
    if (tokens.length === 4) break;
  }
  sequence.dispose();
  return model.detokenize(tokens);
}

describe.skipIf(process.platform !== "linux")("Threads of a context", () => {
  let llama: Llama;
  let model: LlamaModel;
  beforeAll(async () => {
    llama = await loadLlama(2, false, log);
    model = await llama.loadModel({ modelPath: path });
  });
  afterAll(() => model.dispose());

  const newContext = () => model.createContext({ ...sizes, contextSize: 512 });

  test("are there before a token is computed, compute the same text, and end with the context", async () => {
    const plain = await newContext();
    const text = await written(model, plain);
    await plain.dispose();
    const context = await newContext();
    const before = threadsHere();
    const pool = await attachThreadPool(context, sizes, log);
    const added = threadsHere().filter((thread) => !before.includes(thread));
    expect(pool).not.toBeNull();
    // The one that asks is the other.
    expect(added).toHaveLength(sizes.threads - 1);
    expect(await written(model, context)).toBe(text);
    expect(threadsHere()).toEqual(expect.arrayContaining(added));
    await context.dispose();
    pool?.[Symbol.dispose]();
    expect(threadsHere().filter((thread) => added.includes(thread))).toEqual([]);
  });

  test("one thread needs no others", async () => {
    const context = await model.createContext({ ...sizes, threads: 1, contextSize: 512 });
    expect(await attachThreadPool(context, { ...sizes, threads: 1 }, log)).toBeNull();
    await context.dispose();
  });

  test.each([{ sequences: 3 }, { batchSize: 64 }, { threads: 3 }])(
    "a context that was not made with %p is left as it is, and that is logged",
    async (other) => {
      const lines: string[] = [];
      const context = await newContext();
      expect(
        await attachThreadPool(
          context,
          { ...sizes, ...other },
          createLog("warn", (line) => lines.push(line)),
        ),
      ).toBeNull();
      expect(lines.join("\n")).toContain("threads-not-kept");
      expect(await written(model, context)).not.toBe("");
      await context.dispose();
    },
  );
});
