/** Programs of Anthropic's and Ollama's interfaces, by their own packages, over the real server and a real model. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import Anthropic, { APIUserAbortError, BadRequestError } from "@anthropic-ai/sdk";
import { Ollama } from "ollama";
import { freePort } from "../../src/process/port.ts";
import { type RealServer, startRealServer } from "../real-server.ts";

// Where an answer's words matter it is greedy: by chance a model of this size says anything.

let server: RealServer;
let anthropic: Anthropic;
let ollama: Ollama;
let ollamaUrl: string;
beforeAll(async () => {
  const port = await freePort();
  server = await startRealServer({ environment: { OLLAMA_PORT: String(port) } });
  ollamaUrl = `http://127.0.0.1:${port}`;
  anthropic = new Anthropic({ baseURL: server.url, apiKey: "local", maxRetries: 0 });
  ollama = new Ollama({ host: ollamaUrl });
});
afterAll(() => server[Symbol.asyncDispose]());

const unfinished = async (): Promise<number> =>
  (await (await fetch(`${server.url}/health`)).json()).answers.unfinished;
const untilIdle = async () => {
  while ((await unfinished()) > 0) await Bun.sleep(50);
};
const thrownBy = (asking: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(asking).then(
    () => null,
    (error: unknown) => error,
  );

const question = "Order two lots of EURUSD.";
const orderSchema = {
  type: "object",
  properties: { pair: { type: "string", maxLength: 8 }, side: { enum: ["buy", "sell"] } },
  required: ["pair", "side"],
  additionalProperties: false,
};
const priceSchema = {
  type: "object" as const,
  properties: { pair: { type: "string", maxLength: 8 } },
  required: ["pair"],
};

describe("Anthropic's package", () => {
  const asked = {
    model: "claude-opus-5",
    max_tokens: 12,
    messages: [{ role: "user" as const, content: "What is gold?" }],
  };

  test("plain, streamed, a tool, a schema, an error, a count", async () => {
    const whole = await anthropic.messages.create(asked);
    expect(whole.content[0]).toMatchObject({ type: "text", text: expect.stringMatching(/./) });
    expect(whole.usage.output_tokens).toBeGreaterThan(0);
    const streamed = await anthropic.messages.stream(asked).finalMessage();
    expect(streamed.stop_reason).toMatch(/^(?:max_tokens|end_turn)$/);
    const tool = { name: "get_price", description: "The price of a pair.", input_schema: priceSchema };
    const called = await anthropic.messages
      .stream({
        ...{ ...asked, max_tokens: 120, tools: [tool], tool_choice: { type: "tool", name: "get_price" } },
        messages: [{ role: "user", content: "What does EURUSD cost?" }],
      })
      .finalMessage();
    expect(called.content.at(-1)).toMatchObject({
      type: "tool_use",
      input: { pair: expect.any(String) },
    });
    const held = await anthropic.messages.create({
      ...{ ...asked, max_tokens: 120, messages: [{ role: "user", content: question }] },
      output_config: { format: { type: "json_schema", schema: orderSchema } },
    });
    const [block] = held.content;
    expect(JSON.parse(block?.type === "text" ? block.text : "")).toMatchObject({
      side: expect.stringMatching(/^(?:buy|sell)$/),
    });
    expect(await thrownBy(anthropic.messages.create({ ...asked, max_tokens: 0 }))).toBeInstanceOf(
      BadRequestError,
    );
    const counted = await anthropic.messages.countTokens({ model: "auto", messages: asked.messages });
    const { usage } = await anthropic.messages.create(asked);
    expect(usage.input_tokens + (usage.cache_read_input_tokens ?? 0)).toBe(counted.input_tokens);
  });

  test("a prompt that goes on is read from the cache", async () => {
    const system = "You are a careful assistant for trading. ".repeat(40);
    const first = { role: "user" as const, content: "What is gold?" };
    const said = await anthropic.messages.create({ ...asked, system, messages: [first] });
    const next = await anthropic.messages.create({
      ...{ ...asked, system },
      messages: [
        first,
        { role: "assistant", content: said.content },
        { role: "user", content: "And silver?" },
      ],
    });
    expect(next.usage.cache_read_input_tokens).toBeGreaterThan(200);
    expect(next.usage.input_tokens).toBeLessThan(200);
  });

  test("an abort ends the answer, and it can be read on from where it was left", async () => {
    const stream = anthropic.messages.stream({ ...asked, max_tokens: 1500 });
    const reading = thrownBy(stream.finalMessage());
    const { response } = await stream.withResponse();
    stream.on("text", () => stream.abort());
    expect(await reading).toBeInstanceOf(APIUserAbortError);
    await untilIdle();
    const id = response.headers.get("x-generation-id");
    const events = await (
      await fetch(`${server.url}/generations/${id}/events`, { headers: { "last-event-id": "1" } })
    ).text();
    expect(events).toContain("id: 2");
    expect(events).not.toContain("id: 1\n");
  });
});

describe("llama.cpp's addresses, by curl", () => {
  const post = async (path: string, body: object) => {
    const child = Bun.spawn(
      [
        ...["curl", "-s", server.url + path, "-H", "content-type: application/json"],
        ...["-d", JSON.stringify(body)],
      ],
      { stdout: "pipe" },
    );
    return await new Response(child.stdout).text();
  };

  test("what is templated and cut into tokens is gone on with as the chat interface does", async () => {
    const messages = [{ role: "user", content: "What is gold?" }];
    const { prompt } = JSON.parse(await post("/apply-template", { messages }));
    expect(prompt).toContain("What is gold?");
    const { tokens } = JSON.parse(await post("/tokenize", { content: prompt }));
    expect(tokens.length).toBeGreaterThan(5);
    expect(JSON.parse(await post("/detokenize", { tokens })).content).toBe(prompt);
    const body = { n_predict: 12, temperature: 0, min_p: 0, top_k: 0, top_p: 1 };
    const byText = JSON.parse(await post("/completion", { prompt, ...body }));
    const byIds = JSON.parse(await post("/completion", { prompt: tokens, ...body }));
    expect(byText).toMatchObject({ stop: true, stop_type: "limit", tokens_predicted: 12 });
    expect(byIds.content).toBe(byText.content);
    const chat = await post("/v1/chat/completions", {
      model: "auto",
      messages,
      max_tokens: 12,
      temperature: 0,
    });
    expect(JSON.parse(chat).choices[0].message.content).toBe(byText.content);
    const streamed = await post("/completion", { prompt, ...body, stream: true });
    const pieces = [...streamed.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => JSON.parse(data));
    expect(pieces.map(({ content }) => content).join("")).toBe(byText.content);
    expect(pieces.at(-1)).toMatchObject({ stop: true });
  });

  test("vectors, an error, and what the model cannot do", async () => {
    expect(JSON.parse(await post("/embedding", { content: "gold" }))[0].embedding[0]).toHaveLength(384);
    expect(JSON.parse(await post("/completion", { prompt: "" })).error).toMatchObject({ code: 400 });
    expect(JSON.parse(await post("/detokenize", { tokens: [99_999_999] })).error).toMatchObject({
      code: 400,
    });
    const infill = JSON.parse(await post("/infill", { input_prefix: "a", input_suffix: "b", n_predict: 4 }));
    expect(infill.content ?? infill.error.message).toMatch(/./);
    const props = await (await fetch(`${server.url}/props`)).json();
    expect(props).toMatchObject({ model_alias: "smollm2-135m-instruct", is_sleeping: false });
  });
});

describe("Ollama's package, at Ollama's port", () => {
  const asked = {
    model: "auto",
    messages: [{ role: "user", content: "What is gold?" }],
    options: { num_predict: 12, temperature: 0 },
  };

  test("plain, streamed, a tool, a schema, an error, vectors, and the greeting", async () => {
    const whole = await ollama.chat({ ...asked });
    expect(whole.message.content).not.toBe("");
    expect(whole).toMatchObject({ done: true, done_reason: "length", eval_count: 12 });
    const parts = await Array.fromAsync(await ollama.chat({ ...asked, stream: true }));
    expect(parts.map(({ message }) => message.content).join("")).toBe(whole.message.content);
    const held = await ollama.chat({
      ...{ ...asked, messages: [{ role: "user", content: question }], format: orderSchema },
      options: { num_predict: 120, temperature: 0 },
    });
    expect(["buy", "sell"]).toContain(JSON.parse(held.message.content).side);
    const tools = [
      { type: "function", function: { name: "get_price", description: "", parameters: priceSchema } },
    ];
    const offered = await ollama.chat({ ...asked, tools });
    expect(offered.done).toBe(true);
    expect(await thrownBy(ollama.chat({ ...asked, model: "nothing" }))).toMatchObject({ status_code: 404 });
    const { embeddings } = await ollama.embed({ model: "nomic-embed-text", input: ["gold", "silver"] });
    expect(embeddings.map(({ length }) => length)).toEqual([384, 384]);
    expect((await ollama.list()).models.length).toBeGreaterThan(1);
    expect((await ollama.ps()).models[0]?.name).toBe("smollm2-135m-instruct:latest");
    expect(await (await fetch(ollamaUrl)).text()).toBe("Ollama is running");
    const page = await fetch(ollamaUrl, { headers: { accept: "text/html" } });
    expect(await page.text()).toContain("<!doctype html>");
  });

  test("an abort ends the answer", async () => {
    const own = new Ollama({ host: ollamaUrl });
    const stream = await own.chat({ ...asked, stream: true, options: { num_predict: 1500 } });
    const reading = thrownBy(
      (async () => {
        for await (const _ of stream) own.abort();
      })(),
    );
    expect(await reading).toMatchObject({ name: "AbortError" });
    await untilIdle();
  });

  test("curl, as Ollama's own documents have it", async () => {
    const child = Bun.spawn(
      ["curl", "-s", `${ollamaUrl}/api/generate`, "-d", '{"model":"auto","prompt":"Hi","stream":false}'],
      { stdout: "pipe" },
    );
    const told = JSON.parse(await new Response(child.stdout).text());
    expect(told).toMatchObject({ done: true, response: expect.stringMatching(/./) });
  });
});
