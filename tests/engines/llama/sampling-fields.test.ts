/** top_k, min_p and penalties of repetition were passed over: `top_k: 1` at temperature 2 gave two different answers. */
import { afterAll, expect, test } from "bun:test";
import type { Sampling } from "../../../src/chat/engine.ts";
import { requestBody } from "../../../src/engines/vllm/request-body.ts";
import { collect, never, request } from "../../contract/engine-contract.ts";
import { openSmallModel } from "../../fakes/small-model.ts";

const engine = openSmallModel({ parallel: 1, contextSize: 512 });
afterAll(() => engine[Symbol.asyncDispose]());

const written = async (sampling: Partial<Sampling>) =>
  (await collect(engine.generate(request("What is gold?", { maxTokens: 12, ...sampling }), never))).text;

test("one token to draw from is greedy, whatever the temperature", async () => {
  const greedy = await written({ temperature: 0 });
  for (const seed of [1, 2]) {
    expect(await written({ temperature: 2, topP: 1, topK: 1, seed })).toBe(greedy);
    expect(await written({ temperature: 2, topP: 1, minP: 1, seed })).toBe(greedy);
  }
  expect(await written({ temperature: 2, topP: 1, seed: 1 })).not.toBe(greedy);
});

test("a penalty of repetition keeps a model from its own words", async () => {
  const words = async (repeatPenalty?: number) => {
    const text = await written({
      temperature: 0,
      maxTokens: 60,
      ...(repeatPenalty === undefined ? {} : { repeatPenalty }),
    });
    const all = text.toLowerCase().match(/\p{L}+/gu) ?? [];
    return new Set(all).size / all.length;
  };
  expect(await words(1.8)).toBeGreaterThan(await words());
});

test("a vLLM is asked with them by its own names", () => {
  const asked = request("What is gold?", { topK: 5, minP: 0.1, repeatPenalty: 1.2 });
  expect(requestBody("m", asked, 10)).toMatchObject({ top_k: 5, min_p: 0.1, repetition_penalty: 1.2 });
});
