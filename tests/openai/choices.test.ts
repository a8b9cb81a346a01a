/** Several answers to one request of /v1: `n`, and lists of prompts. */
import { expect, test } from "bun:test";
import OpenAI from "openai";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "./failure-of.ts";

function open(script: (request: GenerateRequest) => Script, slots = 4) {
  const engine = new ScriptedEngine({ script, slots });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { app, engine, openai, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}
const messages = [{ role: "user" as const, content: "What is gold?" }];
const bySeed = ({ sampling: { seed } }: GenerateRequest) => ({ answer: `Metal ${seed}.` });

test("n > 1 was refused: choices come in order, each with a seed of its own, and their usage is summed", async () => {
  await using client = open(bySeed);
  const completion = await client.openai.chat.completions.create({ model: "phi3", messages, n: 3, seed: 7 });
  expect(completion.choices.map(({ index, message }) => [index, message.content])).toEqual([
    [0, "Metal 7."],
    [1, "Metal 8."],
    [2, "Metal 9."],
  ]);
  const one = await client.openai.chat.completions.create({ model: "phi3", messages, seed: 7 });
  expect(completion.usage).toMatchObject({
    prompt_tokens: one.usage?.prompt_tokens,
    completion_tokens: 6,
    total_tokens: (one.usage?.prompt_tokens ?? 0) + 6,
  });
});

test("more choices than slots are written one after the other", async () => {
  await using client = open(bySeed, 1);
  const completion = await client.openai.chat.completions.create({ model: "phi3", messages, n: 8 });
  expect(completion.choices.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(client.app.generations.unfinished).toBe(0);
  expect(
    await failureOf(client.openai.chat.completions.create({ model: "phi3", messages, n: 9 })),
  ).toMatchObject({ status: 400, param: "n" });
});

test("choices are streamed with their index under one id, each with its end, and one usage comes last", async () => {
  await using client = open(bySeed);
  const stream = await client.openai.chat.completions.create({
    model: "phi3",
    messages,
    n: 2,
    seed: 1,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await Array.fromAsync(stream);
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  const choices = chunks.flatMap((chunk) => chunk.choices);
  for (const [index, text] of ["Metal 1.", "Metal 2."].entries()) {
    const own = choices.filter((choice) => choice.index === index);
    expect(own[0]?.delta.role).toBe("assistant");
    expect(own.map(({ delta }) => delta.content ?? "").join("")).toBe(text);
    expect(own.flatMap(({ finish_reason }) => finish_reason ?? [])).toEqual(["stop"]);
  }
  expect(chunks.filter(({ usage }) => usage)).toHaveLength(1);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 4 } });
});

test("A list of prompts was refused: each is answered, whole and streamed, with n of each together", async () => {
  await using client = open(({ prompt = "" }) => ({ answer: ` after ${prompt}` }));
  const asked = { model: "phi3", prompt: ["one", "two"], n: 2, echo: true };
  const texts = ["one after one", "one after one", "two after two", "two after two"];
  const whole = await client.openai.completions.create(asked);
  expect(whole.choices.map(({ index, text }) => [index, text])).toEqual(
    texts.map((text, index) => [index, text]),
  );
  expect(whole.usage?.completion_tokens).toBe(8);
  const streamed = ["", "", "", ""];
  for await (const { choices } of await client.openai.completions.create({ ...asked, stream: true }))
    for (const { index, text } of choices) streamed[index] += text;
  expect(streamed).toEqual(texts);
  const best = await client.openai.completions.create({ model: "phi3", prompt: "one", n: 2, best_of: 2 });
  expect(best.choices).toHaveLength(2);
});

test("where one choice fails the request does, and the others are stopped", async () => {
  const isStopped = Promise.withResolvers<void>();
  let count = 0;
  await using client = open(() => {
    if (count++ > 0) return { answer: "x", failAt: { token: 0, error: new EngineFailedError("It broke.") } };
    return {
      answer: "one two three",
      pace: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            isStopped.resolve();
            reject(signal.reason);
          });
        }),
    };
  });
  const failed = await failureOf(client.openai.chat.completions.create({ model: "phi3", messages, n: 2 }));
  expect(failed).toMatchObject({ status: 502 });
  await isStopped.promise;
  await client.app.generations.idle();
});

test("the same Idempotency-Key gives the same choices again", async () => {
  await using client = open(bySeed);
  const send = () =>
    client.openai.chat.completions.create(
      { model: "phi3", messages, n: 2 },
      { headers: { "idempotency-key": "k1" } },
    );
  const first = await send();
  expect((await send()).choices).toEqual(first.choices);
  expect(client.engine.requests).toHaveLength(2);
});
