/** What several answers compute in one step is one batch, with a grammar and without. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type Llama, LlamaGrammar } from "node-llama-cpp";
import { LlamaRuntime, loadLlama } from "../../../src/engines/llama/llama-runtime.ts";
import { createLog } from "../../../src/log.ts";
import { never } from "../../contract/engine-contract.ts";

const modelPath = join(import.meta.dir, "../../../models/SmolLM2-135M-Instruct.Q4_1.gguf");
const log = createLog("error");

let llama: Llama;
let runtime: LlamaRuntime;
beforeAll(async () => {
  llama = await loadLlama(1, false, log);
  const options = { modelPath, threads: 1, sequences: 4, contextSize: 512, gpu: false, log } as const;
  runtime = await LlamaRuntime.load(llama, options, () => {}, never);
});
afterAll(() => runtime[Symbol.asyncDispose]());

/** How many tokens each batch has that the library is given from now on. */
function watchBatches(): readonly number[] {
  const sizes: number[] = [];
  const native: object = Reflect.get(runtime.context, "_ctx");
  const watched = new Proxy(native, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (key === "initBatch") sizes.push(Number(given[0]));
        return value.apply(target, given);
      };
    },
  });
  Reflect.set(runtime.context, "_ctx", watched);
  return sizes;
}

test("answers that a grammar holds, and others, draw a token in one batch", async () => {
  const prompt = runtime.rawTokens("One, two, three: 1, 2,");
  for (const sequence of runtime.sequences) await sequence.evaluate(prompt.slice(0, -1));
  const grammar = new LlamaGrammar(llama, { grammar: "root ::= [a-z ]+" });
  const answers = runtime.sequences.map((sequence, index) => ({
    sequence,
    held: index % 2 === 0 ? { grammar: runtime.follow(grammar) } : {},
    text: "",
    last: prompt.at(-1) ?? 0,
  }));
  const batches = watchBatches();
  for (let step = 0; step < 6; step++)
    await Promise.all(
      answers.map(async (answer) => {
        const options = { temperature: 0, topP: 1, seed: 1, topLogprobs: null, ...answer.held };
        answer.last = (await answer.sequence.sample([answer.last], options)).id;
        answer.text += runtime.detokenize([answer.last], []);
      }),
    );
  expect(batches).toEqual([4, 4, 4, 4, 4, 4]);
  expect(answers[0]?.text).toMatch(/^[a-z ]+$/);
  expect(answers[1]?.text).toMatch(/\d/);
});
