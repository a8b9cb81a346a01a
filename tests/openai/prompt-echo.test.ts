/**
 * What evaluation harnesses ask of /v1/completions, with a real model: prompts as ids of tokens, and the log-probabilities of a
 * prompt's own tokens (`echo`, `logprobs`, `max_tokens: 0`). All of it was refused.
 */
import { afterAll, expect, test } from "bun:test";
import OpenAI from "openai";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { openSmallModel, smallModelPath } from "../fakes/small-model.ts";
import { failureOf } from "./failure-of.ts";

const engine = openSmallModel({ parallel: 2, contextSize: 512 });
const app = openAnsweringApp({ engines: [engine] });
const { completions } = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
afterAll(() => app[Symbol.asyncDispose]());

/** The model's own tokenizer, as a harness has it. */
const tokenizer = await (await engine.library()).loadModel({ modelPath: smallModelPath, vocabOnly: true });
afterAll(() => tokenizer.dispose());
const idsOf = (words: string): number[] => [...tokenizer.tokenize(words)];

const greedy = { model: "auto", temperature: 0 };
const text = "The capital of France is Paris, and the price of gold — 金 — is told in ounces.";

test("echo with logprobs and max_tokens 0, which every harness asks for, was refused", async () => {
  const { choices, usage } = await completions.create({
    ...greedy,
    prompt: text,
    max_tokens: 0,
    echo: true,
    logprobs: 2,
  });
  const ids = idsOf(text);
  expect(usage).toMatchObject({ prompt_tokens: ids.length, completion_tokens: 0 });
  const [choice] = choices;
  expect(choice).toMatchObject({ text, finish_reason: "length" });
  const { tokens = [], token_logprobs = [], top_logprobs = [], text_offset = [] } = choice?.logprobs ?? {};
  expect(tokens).toHaveLength(ids.length);
  expect(tokens.join("")).toBe(text);
  expect(token_logprobs[0]).toBeNull();
  expect(top_logprobs[0]).toBeNull();
  for (const [index, own] of token_logprobs.entries()) {
    expect(text.startsWith(tokens[index] ?? "?", text_offset[index])).toBe(true);
    if (index === 0) continue;
    expect(own).toBeLessThanOrEqual(0);
    const top = Object.values(top_logprobs[index] ?? {});
    // The token itself is always among them, and none is likelier than the likeliest.
    expect(top).toContain(own);
    expect(top.length).toBeGreaterThanOrEqual(2);
  }
  // " Paris" after " is" is what this model expects above all.
  const paris = tokens.indexOf(" Paris");
  expect(token_logprobs[paris]).toBe(Math.max(...Object.values(top_logprobs[paris] ?? {})));
});

test("the log-probabilities of a prompt are those with which the model writes the same tokens", async () => {
  const written = await completions.create({ ...greedy, prompt: "Gold is", max_tokens: 12, logprobs: 1 });
  const [answer] = written.choices;
  const prompt = `Gold is${answer?.text}`;
  const echoed = await completions.create({ ...greedy, prompt, max_tokens: 1, echo: true, logprobs: 1 });
  const own = answer?.logprobs;
  const [choice] = echoed.choices;
  const told = choice?.logprobs;
  const begin = told?.text_offset?.indexOf("Gold is".length) ?? -1;
  expect(told?.tokens?.slice(begin, begin + 12)).toEqual(own?.tokens ?? []);
  for (const [index, logprob] of (own?.token_logprobs ?? []).entries())
    expect(told?.token_logprobs?.[begin + index]).toBeCloseTo(logprob, 1);
  // One token of the answer follows.
  expect(told?.tokens).toHaveLength(begin + 13);
  expect(choice?.text).toBe(prompt + told?.tokens?.at(-1));
});

test("a prompt of token ids, one or several, was refused: it is answered as its text is", async () => {
  const asText = await completions.create({ ...greedy, prompt: text, max_tokens: 4 });
  const one = await completions.create({ ...greedy, prompt: idsOf(text), max_tokens: 4 });
  expect(one.choices).toEqual(asText.choices);
  expect(one.usage?.prompt_tokens).toBe(asText.usage?.prompt_tokens);
  const several = await completions.create({
    ...greedy,
    prompt: [idsOf(text), idsOf("Gold is")],
    max_tokens: 4,
    echo: true,
  });
  expect(several.choices.map((choice) => choice.text.slice(0, text.length))).toEqual([
    text,
    expect.stringMatching(/^Gold is./),
  ]);
});

test("as lm-evaluation-harness asks: ids of context and continuation, of which the last log-probabilities count", async () => {
  const context = idsOf("The capital of France is");
  const likelihood = async (continuation: string) => {
    const { choices } = await completions.create({
      ...greedy,
      prompt: [[...context, ...idsOf(continuation)]],
      max_tokens: 1,
      logprobs: 1,
      seed: 1234,
      echo: true,
    });
    const all = choices[0]?.logprobs?.token_logprobs?.slice(context.length, -1) ?? [];
    return all.reduce((sum, logprob) => sum + logprob, 0);
  };
  expect(await likelihood(" Paris")).toBeGreaterThan((await likelihood(" London")) + 1);
});

test("echo is streamed with its log-probabilities before the answer", async () => {
  const asked = { ...greedy, prompt: idsOf(text), max_tokens: 3, echo: true, logprobs: 1 };
  const whole = await completions.create(asked);
  let streamed = "";
  const tokens: string[] = [];
  const logprobs: (number | null)[] = [];
  const offsets: number[] = [];
  for await (const { choices } of await completions.create({ ...asked, stream: true }))
    for (const choice of choices) {
      streamed += choice.text;
      tokens.push(...(choice.logprobs?.tokens ?? []));
      logprobs.push(...(choice.logprobs?.token_logprobs ?? []));
      offsets.push(...(choice.logprobs?.text_offset ?? []));
    }
  expect(streamed).toBe(whole.choices[0]?.text ?? "?");
  expect(tokens).toEqual(whole.choices[0]?.logprobs?.tokens ?? []);
  expect(logprobs).toEqual(whole.choices[0]?.logprobs?.token_logprobs ?? []);
  expect(offsets).toEqual(whole.choices[0]?.logprobs?.text_offset ?? []);
});

test("a prompt longer than a block has all of its log-probabilities, whatever was in the cache", async () => {
  const prompt = `${text} `.repeat(12).trim();
  const asked = { ...greedy, prompt, max_tokens: 0, echo: true, logprobs: 0 };
  const first = await completions.create(asked);
  const ids = idsOf(prompt);
  expect(ids.length).toBeGreaterThan(200);
  expect(first.choices[0]?.logprobs?.token_logprobs?.filter((logprob) => logprob !== null)).toHaveLength(
    ids.length - 1,
  );
  expect((await completions.create(asked)).choices).toEqual(first.choices);
  // What the cache has is not less useful for it.
  const after = await completions.create({ ...greedy, prompt, max_tokens: 1 });
  expect(after.usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(100);
});

test("a single token, and max_tokens 0 alone, are answered with nothing", async () => {
  const [id = 0] = idsOf("Gold");
  const one = await completions.create({ ...greedy, prompt: [id], max_tokens: 0, echo: true, logprobs: 1 });
  expect(one.choices[0]).toMatchObject({
    text: "Gold",
    finish_reason: "length",
    logprobs: { tokens: ["Gold"], token_logprobs: [null], top_logprobs: [null], text_offset: [0] },
  });
  const nothing = await completions.create({ ...greedy, prompt: text, max_tokens: 0 });
  expect(nothing.choices[0]).toMatchObject({ text: "", finish_reason: "length", logprobs: null });
  expect(nothing.usage?.completion_tokens).toBe(0);
});

test("the marks of a template in a prompt are the model's own tokens", async () => {
  const prompt = "<|im_start|>user\nSay yes.<|im_end|>\n<|im_start|>assistant\n";
  const { choices, usage } = await completions.create({
    ...greedy,
    prompt,
    max_tokens: 0,
    echo: true,
    logprobs: 0,
  });
  expect(choices[0]?.text).toBe(prompt);
  expect(choices[0]?.logprobs?.tokens?.[0]).toBe("<|im_start|>");
  expect(usage?.prompt_tokens).toBeLessThan(16);
});

test("an id beyond the vocabulary would end the process: it is refused, with what to do", async () => {
  for (const prompt of [
    [1, 2, 49_152],
    [[1], [2_000_000_000]],
  ]) {
    const failed = await failureOf(completions.create({ ...greedy, prompt, max_tokens: 1 }));
    expect(failed).toMatchObject({ status: 400, param: "prompt", code: "unsupported" });
    expect(failed).toMatchObject({ message: expect.stringContaining("0 to 49151") });
  }
  const { choices } = await completions.create({ ...greedy, prompt: [1, 2], max_tokens: 1 });
  expect(choices).toHaveLength(1);
});
