import { expect, test } from "bun:test";
import OpenAI from "openai";
import { EngineFailedError } from "../../src/errors.ts";
import { detailsOf } from "../../src/openai/model-details.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { createFakeEmbedder, fakeVector } from "../fakes/fake-embedder.ts";
import { filledShelf } from "../fakes/filled-shelf.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "./failure-of.ts";

function open(answer = "four, five") {
  const engine = new ScriptedEngine({ script: () => ({ answer }) });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { app, engine, openai, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

test("/v1/models lists what can be asked and for what, and gives one by its name", async () => {
  await using client = open();
  const listed = await Array.fromAsync(client.openai.models.list());
  expect(listed).toMatchObject([
    { id: "scripted-model", object: "model", owned_by: "local", purpose: "chat", context_length: 4096 },
    { id: "fake-embedder", object: "model", owned_by: "local", purpose: "embeddings" },
  ]);
  expect(await client.openai.models.retrieve("scripted-model")).toMatchObject(listed[0] ?? {});
  expect(await client.openai.models.retrieve("fake-embedder")).toMatchObject(listed[1] ?? {});
  expect(await failureOf(client.openai.models.retrieve("nothing"))).toMatchObject({
    status: 404,
    code: "model_not_found",
  });
});

test("/v1/models tells what llama.cpp's programs ask for, too", async () => {
  await using client = open();
  const { data, models } = await (await fetch(`${client.app.url}/v1/models`)).json();
  expect(data[0]).toMatchObject({
    ...{ id: "scripted-model", aliases: [], meta: null },
    architecture: { input_modalities: ["text", "image"], output_modalities: ["text"] },
  });
  expect(models.map(({ name }: { readonly name: string }) => name)).toEqual([
    "scripted-model",
    "fake-embedder",
  ]);
  const file = filledShelf.report().here[0];
  const listed = { id: "in-use", purpose: "chat", contextLength: 4096 } as const;
  expect(detailsOf(listed, file, true)).toMatchObject({
    architecture: { input_modalities: ["text"] },
    meta: { n_ctx: 4096, n_ctx_train: 8192, size: 98e6, ftype: "Q4_1" },
  });
});

test("/v1/completions goes on with a text, whole and streamed", async () => {
  await using client = open();
  const asked = { model: "phi3", prompt: "one, two, three," };
  const whole = await client.openai.completions.create({ ...asked, logprobs: 1 });
  expect(whole).toMatchObject({
    object: "text_completion",
    choices: [{ text: "four, five", finish_reason: "stop" }],
    usage: { completion_tokens: 2 },
  });
  const { logprobs } = whole.choices[0] ?? {};
  expect(logprobs).toEqual({
    tokens: ["four,", " five"],
    token_logprobs: [-0.5, -0.5],
    top_logprobs: [{ "four,": -0.5 }, { " five": -0.5 }],
    text_offset: [0, 5],
  });
  const echoed = await client.openai.completions.create({ ...asked, echo: true });
  expect(echoed.choices[0]?.text).toBe("one, two, three,four, five");
  const chunks = await Array.fromAsync(await client.openai.completions.create({ ...asked, stream: true }));
  expect(chunks.map(({ choices }) => choices[0]?.text).join("")).toBe("four, five");
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe("stop");
  expect(client.engine.requests[0]).toMatchObject({ messages: [], prompt: asked.prompt });
});

test("/v1/completions writes sixteen tokens when nothing else is said, as OpenAI's does", async () => {
  await using client = open("word ".repeat(50));
  const { choices, usage } = await client.openai.completions.create({ model: "phi3", prompt: "Go on:" });
  expect(choices[0]?.finish_reason).toBe("length");
  expect(usage?.completion_tokens).toBe(16);
});

for (const token of [0, 1])
  test(`an engine that takes an answer over at its token ${token} does not tell the prompt once more`, async () => {
    const broken = new ScriptedEngine({
      name: "broken",
      script: () => ({
        answer: "four, five",
        failAt: { token, error: new EngineFailedError("It broke.") },
      }),
    });
    const second = new ScriptedEngine({ name: "second", script: () => ({ answer: "four, five" }) });
    await using app = openAnsweringApp({ engines: [broken, second] });
    const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
    const { choices, usage } = await openai.completions.create({
      model: "phi3",
      prompt: [[1, 2, 3], "one, two,"],
      echo: true,
      logprobs: 1,
    } as never);
    expect(choices.map((choice) => choice.text)).toEqual([" 1 2 3four, five", "one, two,four, five"]);
    expect(choices[0]?.logprobs).toMatchObject({
      tokens: [" 1", " 2", " 3", "four,", " five"],
      token_logprobs: [null, -0.25, -0.25, -0.5, -0.5],
      text_offset: [0, 2, 4, 6, 11],
    });
    expect(usage).toMatchObject({ completion_tokens: 4 });
    expect(second.requests).not.toBeEmpty();
  });

for (const [name, body, param] of [
  ["numbers that are no ids", { prompt: [1.5, 2] }, "prompt[0]"],
  ["ids and texts in one list", { prompt: [1, "a"] }, "prompt[0]"],
  ["a list of ids without any", { prompt: ["a", []] }, "prompt[1]"],
  ["more prompts than a request may have", { prompt: Array.from({ length: 129 }, () => "a") }, "prompt"],
  ["an empty text", { prompt: "" }, "prompt"],
  ["an empty text among others", { prompt: ["a", ""] }, "prompt[1]"],
  ["more answers than a request may have", { prompt: Array.from({ length: 20 }, () => "a"), n: 8 }, "n"],
  ["a suffix", { prompt: "a", suffix: "b" }, "suffix"],
  ["the best of several", { prompt: "a", best_of: 2 }, "best_of"],
  ["a prompt beyond what a body may have", { prompt: "a".repeat(1_000_001) }, "prompt"],
] as const)
  test(`/v1/completions refuses ${name}, and says why`, async () => {
    await using client = open();
    const reply = await fetch(`${client.app.url}/v1/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "phi3", ...body }),
    });
    expect(reply.status).toBe(400);
    expect((await reply.json()).error).toMatchObject({ param, type: "invalid_request_error" });
  });

test("/v1/embeddings gives one vector a text, as numbers and as OpenAI's client asks for it", async () => {
  await using client = open();
  const input = ["mortgage", "wage"];
  const { model } = createFakeEmbedder();
  const { data, usage, ...rest } = await client.openai.embeddings.create({ model, input });
  expect(rest).toMatchObject({ object: "list", model });
  expect(data.map(({ embedding }) => embedding)).toEqual(input.map((text) => [...fakeVector(text)]));
  expect(usage).toEqual({ prompt_tokens: 2, total_tokens: 2 });
  const one = await client.openai.embeddings.create({
    model: "small-embedder",
    input: "wage",
    encoding_format: "float",
  });
  expect(one.data[0]?.embedding).toEqual([...fakeVector("wage")]);
});

for (const [name, body, status] of [
  ["a model that does not embed", { model: "phi3", input: "a" }, 404],
  ["tokens that OpenAI's models have not", { input: [[1, 200_000]] }, 400],
  ["texts and tokens in one list", { input: ["a", 1, 2] }, 400],
  ["an empty text", { input: ["a", ""] }, 400],
  ["more dimensions than there are", { input: "a", dimensions: 33 }, 400],
  ["an unknown form", { input: "a", encoding_format: "hex" }, 400],
  ["a text that would be cut silently", { input: "word ".repeat(200) }, 400],
] as const)
  test(`/v1/embeddings refuses ${name}`, async () => {
    await using client = open();
    const reply = await fetch(`${client.app.url}/v1/embeddings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...{ model: "auto" }, ...body }),
    });
    expect(reply.status).toBe(status);
    expect((await reply.json()).error.message).not.toBe("");
  });
