/** The addresses of llama.cpp's server, over a scripted engine. */
import { describe, expect, test } from "bun:test";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { filledShelf } from "../fakes/filled-shelf.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { openSmallModel } from "../fakes/small-model.ts";
import { EventStreamParser } from "../sse/parse-event-stream.ts";

interface Served extends AsyncDisposable {
  readonly app: AnsweringApp;
  readonly engine: ScriptedEngine;
  post(path: string, body: object): Promise<Response>;
}

async function open(script?: (request: GenerateRequest) => Script): Promise<Served> {
  const engine = new ScriptedEngine(script === undefined ? {} : { script });
  const app = openAnsweringApp({ engines: [engine], shelf: filledShelf });
  await engine.ensureReady(AbortSignal.timeout(1000));
  return {
    ...{ app, engine },
    post: (path, body) =>
      fetch(app.url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

const eventsOf = async (reply: Response) =>
  new EventStreamParser()
    .take(new TextEncoder().encode(await reply.text()))
    .events.map(({ data }) => JSON.parse(data));

describe("/completion", () => {
  test("goes on with a text as it is, and is a generation like any other", async () => {
    await using served = await open(() => ({ answer: " a metal, three ounces." }));
    const reply = await served.post("/completion", {
      ...{ prompt: "Gold is", n_predict: 20, stop: [" three"], return_tokens: true, temperature: -1 },
    });
    const told = await reply.json();
    expect(told).toMatchObject({
      ...{ content: " a metal,", stop: true, stop_type: "word", stopping_word: " three" },
      ...{ model: "scripted-model", tokens_predicted: 2, prompt: "Gold is", truncated: false },
      timings: { predicted_n: 2 },
    });
    expect(told.tokens).toHaveLength(2);
    const [request] = served.engine.requests;
    expect(request).toMatchObject({ prompt: "Gold is", messages: [] });
    expect(request?.sampling).toMatchObject({
      temperature: 0,
      topK: 40,
      topP: 0.95,
      minP: 0.05,
      maxTokens: 20,
    });
    const id = reply.headers.get("x-generation-id") ?? "";
    expect(served.app.store.generations.get(id)?.state).toBe("done");
  });

  test("streams its pieces, then what came of it", async () => {
    await using served = await open(() => ({ answer: " a metal." }));
    const events = await eventsOf(
      await served.post("/completion", {
        prompt: "Gold is",
        stream: true,
        return_progress: true,
        n_probs: 2,
      }),
    );
    expect(events.map(({ content }) => content).join("")).toBe(" a metal.");
    expect(events.filter(({ prompt_progress: progress }) => progress !== undefined).length).toBeGreaterThan(
      0,
    );
    const piece = events.find(({ content }) => content !== "");
    expect(piece).toMatchObject({ stop: false, completion_probabilities: [{ top_logprobs: [{}, {}] }] });
    expect(events.at(-1)).toMatchObject({ content: "", stop: true, stop_type: "eos" });
  });

  test("takes ids of tokens, a grammar, a schema and biases, and says what had no effect", async () => {
    await using served = await open(() => ({ answer: "{}" }));
    await served.post("/completion", { prompt: [1, 2, 3], grammar: 'root ::= "a"' });
    const reply = await served.post("/completion", {
      ...{ prompt: ["Gold"], json_schema: { type: "object" }, mirostat: 2, seed: -1 },
      logit_bias: [
        [7, false],
        [8, 1.5],
      ],
    });
    expect(reply.headers.get("x-ignored-fields")).toBe("mirostat");
    const [ids, held] = served.engine.requests;
    expect(ids).toMatchObject({ prompt: [1, 2, 3], format: { type: "grammar" } });
    expect(held).toMatchObject({ prompt: "Gold", format: { type: "json-schema" } });
    expect(held?.sampling.logitBias).toEqual({ 7: -100, 8: 1.5 });
  });

  test("its errors have llama.cpp's shape, before and within a stream, and nothing of the body", async () => {
    let token = 0;
    await using served = await open(() => ({
      answer: "a metal that shines",
      failAt: { token, error: new EngineFailedError("The model broke.") },
    }));
    const early = await served.post("/completion", { prompt: "Gold", stream: true });
    expect([early.status, await early.json()]).toEqual([
      502,
      { error: { code: 502, message: "The model broke.", type: "server_error" } },
    ]);
    token = 2;
    const late = await eventsOf(await served.post("/completion", { prompt: "Gold", stream: true }));
    expect(late.at(-1)).toEqual({ error: { code: 502, message: "The model broke.", type: "server_error" } });
    for (const body of [{ prompt: ["secret", "secret"] }, { prompt: "" }, { prompt: "a", temperature: 9 }]) {
      const reply = await served.post("/completion", body);
      const text = await reply.text();
      expect([reply.status, text]).toEqual([400, expect.stringContaining('"code":400')]);
      expect(text).not.toContain("secret");
    }
  });

  test("what stands between two texts is asked for where the model can", async () => {
    await using served = await open(() => ({ answer: "a + b" }));
    const reply = await served.post("/infill", { input_prefix: "x=", input_suffix: ";" });
    expect((await reply.json()).content).toBe("a + b");
    expect(served.engine.requests[0]?.prompt).toEqual(
      [..."x=|;"].map((letter) => letter.codePointAt(0) ?? 0),
    );
  });
});

describe("Tokens", () => {
  test("of a text, back, with pieces, and the prompt of a conversation", async () => {
    await using served = await open();
    const json = async (path: string, body: object) => (await served.post(path, body)).json();
    expect(await json("/tokenize", { content: "ab", add_special: true })).toEqual({ tokens: [1, 97, 98] });
    expect(await json("/tokenize", { content: "a", with_pieces: true })).toEqual({
      tokens: [{ id: 97, piece: "a" }],
    });
    expect(await json("/detokenize", { tokens: [97, 98] })).toEqual({ content: "ab" });
    const messages = [{ role: "user", content: "Hi" }];
    expect(await json("/apply-template", { messages })).toEqual({ prompt: "<user>Hi" });
    const refused = await served.post("/apply-template", { messages: [{ role: "x", content: "Hi" }] });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { message: expect.stringContaining("messages[0].role") } },
    ]);
  });
});

describe("The prompt of a conversation with tools, which was refused", () => {
  test("has the calls and their results, and what is offered", async () => {
    const model = openSmallModel({ parallel: 1, contextSize: 512 });
    await model.ensureReady(AbortSignal.timeout(60_000));
    await using app = openAnsweringApp({ engines: [model] });
    const parameters = { type: "object", properties: { pair: { type: "string" } } };
    const call = { id: "call_1", function: { name: "get_price", arguments: '{"pair":"EURUSD"}' } };
    const apply = async (body: object) =>
      await fetch(`${app.url}/apply-template`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const asked = { role: "user", content: "What does EURUSD cost?" };
    const messages = [
      asked,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: "It costs 1.0842." },
    ];
    const tools = [
      { type: "function", function: { name: "get_price", description: "A price.", parameters } },
    ];
    const { prompt } = await (await apply({ messages, tools })).json();
    for (const part of ["It costs 1.0842.", "A price.", "EURUSD", "get_price"])
      expect(prompt).toContain(part);
    const broken = [asked, { role: "assistant", tool_calls: [{ function: { name: "x", arguments: "{" } }] }];
    const refused = await apply({ messages: broken });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { error: { message: expect.stringContaining("messages[1].tool_calls[0].function.arguments") } },
    ]);
  });
});

describe("The rest", () => {
  test("vectors, properties and slots", async () => {
    await using served = await open();
    const vectors = await (await served.post("/embedding", { content: ["gold", "silver"] })).json();
    expect(vectors).toMatchObject([{ index: 0 }, { index: 1 }]);
    expect(vectors[0].embedding[0].length).toBeGreaterThan(1);
    const get = async (path: string) => (await fetch(served.app.url + path)).json();
    expect(await get("/props")).toMatchObject({
      ...{ total_slots: 4, model_alias: "scripted-model", default_generation_settings: { n_ctx: 4096 } },
    });
    expect(await get("/slots")).toHaveLength(4);
  });
});
