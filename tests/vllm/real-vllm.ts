/**
 * Our engine on a real vLLM (its build for the processor). It takes a minute and 4 GB of memory, so `bun test` alone
 * does not find it: `./run.sh test` runs it where the machine can, and `bun test ./tests/vllm/real-vllm.ts` by hand.
 */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { setTimeout as delay } from "node:timers/promises";
import { Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { collect, describeEngine, never, request } from "../contract/engine-contract.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { until } from "../process/started-program.ts";
import { redPng } from "./pictures.ts";
import { type RealVllm, startRealVllm } from "./real-vllm-process.ts";

setDefaultTimeout(60_000);

let vllm: RealVllm;
beforeAll(async () => {
  vllm = await startRealVllm();
}, 300_000);
afterAll(() => vllm?.[Symbol.asyncDispose]());

const engine = (apiKey?: string) => vllm.engine(apiKey);
const ask = (path: string, body: object) => vllm.ask(path, body);

const Completion = t.Object({
  choices: t.Array(t.Object({ message: t.Object({ content: t.String() }), finish_reason: t.String() })),
  usage: t.Object({ prompt_tokens: t.Integer(), completion_tokens: t.Integer() }),
});

const Detokenized = t.Object({ prompt: t.String() });

describe("A launched vLLM", () => {
  test("is found in its own folder, started, and seen to be healthy, without a problem on the way", () => {
    expect(vllm.launcher.line()).toMatchObject({ state: "ready", restarts: 0, problem: null });
    expect(vllm.told.map(({ problem }) => problem).filter((problem) => problem !== null)).toEqual([]);
  });

  test("tells by its log how far it is: it rises through the known phases to the end", () => {
    const starting = vllm.told.filter(({ state }) => state === "starting");
    const progress = starting.map((line) => line.progress ?? 0);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBeGreaterThan(0.9);
    expect([...new Set(starting.map(({ phase }) => phase))]).toEqual([
      "starting",
      "loading weights",
      "warming up",
    ]);
  });
});

describeEngine("a real vLLM", async () => engine(), {
  drawsAnew: "vLLM begins its random numbers anew with each request",
});

describe("Our engine on a real vLLM", () => {
  const greedy = (question: string, maxTokens: number) => request(question, { temperature: 0, maxTokens });

  test("gives the text and the usage that vLLM itself gives", async () => {
    await using ours = engine();
    const asked = greedy("What is gold?", 32);
    const answer = await collect(ours.generate(asked, never));
    const direct = await ask("/v1/chat/completions", {
      messages: asked.messages,
      temperature: 0,
      max_tokens: 32,
    });
    if (!Value.Check(Completion, direct)) throw new Error(JSON.stringify(direct));
    expect(answer.text).toBe(direct.choices[0]?.message.content ?? "");
    expect(answer.finish).toMatchObject({
      reason: direct.choices[0]?.finish_reason ?? "",
      usage: {
        promptTokens: direct.usage.prompt_tokens,
        completionTokens: direct.usage.completion_tokens,
      },
    });
  });

  test("tells the ids of exactly the tokens that make each piece of text, when a character has several too", async () => {
    await using ours = engine();
    const answer = await collect(ours.generate(greedy("Answer with emojis only: 🌍🌍🌍🌍", 16), never));
    expect(answer.tokens.some(({ ids }) => ids.length > 1)).toBe(true);
    // When its reader is slow, vLLM joins pieces, and the last id may be the beginning of the next character.
    const whole = (piece: string) => piece.replace(/\ufffd+$/u, "");
    let [text, ids]: [string, number[]] = ["", []];
    for (const token of answer.tokens) {
      text += token.text;
      ids.push(...token.ids);
      const said = Value.Parse(Detokenized, await ask("/detokenize", { tokens: ids }));
      expect(whole(said.prompt)).toBe(whole(text));
      if (whole(said.prompt) === said.prompt) [text, ids] = ["", []];
    }
  });

  test("goes on from text that vLLM did not write", async () => {
    await using ours = engine();
    const asked = greedy("What is gold?", 24);
    const text = "Gold is a yellow";
    const answer = await collect(ours.generate({ ...asked, continueFrom: { text } }, never));
    expect(answer.text).not.toStartWith("Gold");
    expect(answer.text.trim()).not.toBe("");
    expect(answer.finish?.usage.completionTokens).toBeLessThanOrEqual(24);
  });

  test("an answer of a schema that is taken up again is one whole object", async () => {
    await using ours = engine();
    const properties = { side: { enum: ["buy", "sell"] }, lots: { type: "integer" } };
    const schema = { type: "object", properties, required: ["side", "lots"], additionalProperties: false };
    const format = { type: "json-schema", name: "order", schema } as const;
    for (const temperature of [0, 0.9]) {
      const asked = request("Order two lots.", { temperature, maxTokens: 60 }, { format });
      const whole = await collect(ours.generate(asked, never));
      const text = whole.text.slice(0, Math.ceil(whole.text.length / 2));
      const rest = await collect(ours.generate({ ...asked, continueFrom: { text } }, never));
      expect(text + rest.text).toBe(whole.text);
      if (whole.finish?.reason === "stop") expect(JSON.parse(whole.text)).toHaveProperty("side");
    }
  });

  /** Without the tokens that end it: a short answer would be over before vLLM's metrics tell of it. */
  const endless = (question: string) => {
    const asked = greedy(question, 1500);
    return { ...asked, sampling: { ...asked.sampling, logitBias: { "0": -100, "2": -100 } } };
  };

  test("frees vLLM when an answer is stopped, and when a reader leaves: nothing goes on unseen", async () => {
    await using ours = engine();
    const stop = new AbortController();
    const stopped = (async () => {
      for await (const event of ours.generate(endless("Tell me everything about gold."), stop.signal))
        if (event.type === "token") {
          // Its metrics follow its steps, some of which may come later than the first token.
          await until(
            () => vllm.running(),
            (running) => running === 1,
          );
          stop.abort(new Error("stopped"));
        }
    })();
    expect(await stopped.catch((cause: unknown) => cause)).toMatchObject({ message: "stopped" });
    await idle();
    for await (const event of ours.generate(endless("Tell me everything about silver."), never))
      if (event.type === "token") break;
    await idle();
  });

  test("tells what was found in the KV cache", async () => {
    await using ours = engine();
    const asked = greedy(`Which of these is a metal? ${"Gold, paper, water, wood. ".repeat(60)}`, 4);
    await collect(ours.generate(asked, never));
    const again = await collect(ours.generate(asked, never));
    expect(again.finish?.usage.cachedTokens).toBeGreaterThan(100);
  });

  test("a picture for a model that cannot see is refused with vLLM's reason, and the engine stays ready", async () => {
    await using ours = engine();
    const seen = { role: "user", content: "What is this?", images: [redPng] } as const;
    const asked = collect(ours.generate({ ...greedy("?", 4), messages: [seen] }, never));
    const error = await asked.catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^vLLM cannot do this: .*multimodal/),
    });
    expect(ours.status()).toMatchObject({ state: "ready", problem: null, busySlots: 0 });
  });

  test("says that the key is wrong when it is", async () => {
    await using ours = engine("another key");
    const error = await ours.ensureReady(never).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: "engine_unavailable",
      message: expect.stringContaining("VLLM_API_KEY"),
    });
  });
});

describe("This server in front of a real vLLM", () => {
  const greedy = { temperature: 0, max_tokens: 48 };
  const messages = [{ role: "user", content: "Which way does gold go when real interest rates fall?" }];
  const text = (text: string) => ({ type: "text", text });
  const side = {
    type: "object",
    properties: { side: { enum: ["buy", "sell"] }, lots: { type: "integer" } },
    required: ["side", "lots"],
    additionalProperties: false,
  };
  const requests: readonly (readonly [name: string, path: string, body: object])[] = [
    ["a conversation", "/v1/chat/completions", { messages }],
    [
      "several texts in one message, which were glued",
      "/v1/chat/completions",
      { messages: [{ role: "user", content: [text("Gold is a metal."), text("Which way does it go?")] }] },
    ],
    [
      "several system messages, which were made one",
      "/v1/chat/completions",
      {
        messages: [
          { role: "system", content: "You are a trader." },
          { role: "system", content: [text("Be brief."), text("Speak of gold alone.")] },
          ...messages,
        ],
      },
    ],
    ["a prompt without a template", "/v1/completions", { prompt: "Gold is a metal that" }],
    ["a prompt of ids", "/v1/completions", { prompt: [504, 1743, 282, 4649, 314] }],
    [
      "a prompt of ids that is told",
      "/v1/completions",
      { prompt: [504, 1743, 282], echo: true, logprobs: 1 },
    ],
    [
      "an answer of a schema",
      "/v1/chat/completions",
      { messages, response_format: { type: "json_schema", json_schema: { name: "order", schema: side } } },
    ],
    [
      "a tool that must be called",
      "/v1/chat/completions",
      {
        messages,
        tools: [{ type: "function", function: { name: "order", parameters: side } }],
        tool_choice: "required",
        max_tokens: 200,
      },
    ],
    ["a stop string", "/v1/chat/completions", { messages, stop: ["."] }],
    ["log-probabilities", "/v1/chat/completions", { messages, logprobs: true }],
  ];
  for (const [name, path, body] of requests)
    test(`${name}: the same request gives the same text and usage as vLLM itself`, async () => {
      await using app = openAnsweringApp({ engines: [engine()] });
      const direct = await ask(path, { ...greedy, ...body });
      const reply = await fetch(app.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: vllm.model, ...greedy, ...body }),
      });
      expect(comparable(await reply.json())).toEqual(comparable(direct));
    });
});

const Reply = t.Object({
  choices: t.Array(
    t.Object({
      text: t.Optional(t.String()),
      message: t.Optional(
        t.Object({
          content: t.Optional(t.Union([t.String(), t.Null()])),
          tool_calls: t.Optional(
            t.Union([
              t.Null(),
              t.Array(t.Object({ function: t.Object({ name: t.String(), arguments: t.String() }) })),
            ]),
          ),
        }),
      ),
      logprobs: t.Optional(
        t.Union([
          t.Null(),
          t.Object({ content: t.Optional(t.Union([t.Null(), t.Array(t.Object({ token: t.String() }))])) }),
        ]),
      ),
    }),
  ),
  usage: t.Object({ prompt_tokens: t.Integer(), completion_tokens: t.Integer() }),
});

/** What must be the same: not ids, times, nor whether what is missing is null or left out. */
function comparable(reply: unknown) {
  if (!Value.Check(Reply, reply)) throw new Error(JSON.stringify(reply));
  const { choices, usage } = reply;
  return {
    choices: choices.map(({ text, message, logprobs }) => ({
      text,
      content: message?.content || null,
      calls: (message?.tool_calls ?? []).map(({ function: called }) => [
        called.name,
        JSON.parse(called.arguments),
      ]),
      tokens: logprobs?.content?.map(({ token }) => token),
    })),
    usage: [usage.prompt_tokens, usage.completion_tokens],
  };
}

/** Nothing tells of an abort's arrival in vLLM but its own metrics. */
async function idle(): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  while ((await vllm.running()) > 0) await delay(20, undefined, { signal });
}
