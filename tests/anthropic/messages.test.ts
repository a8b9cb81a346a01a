/** /v1/messages by Anthropic's own package, over a scripted engine. */
import { describe, expect, test } from "bun:test";
import Anthropic, {
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
} from "@anthropic-ai/sdk";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError, UnsupportedRequestError } from "../../src/errors.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "../openai/failure-of.ts";
import { openGuardedApp } from "../security/guarded-app.ts";

interface Client extends AsyncDisposable {
  readonly anthropic: Anthropic;
  readonly engine: ScriptedEngine;
  readonly app: AnsweringApp;
}

function open(script?: (request: GenerateRequest) => Script): Client {
  const engine = new ScriptedEngine(script === undefined ? {} : { script });
  const app = openAnsweringApp({ engines: [engine] });
  const anthropic = new Anthropic({ baseURL: app.url, apiKey: "any", maxRetries: 0 });
  return { anthropic, engine, app, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const saying = (answer: string) => () => ({ answer });
const asked = {
  model: "claude-opus-5",
  max_tokens: 64,
  messages: [{ role: "user" as const, content: "What is gold?" }],
};
const priceTool = {
  name: "get_price",
  description: "The price of a currency pair.",
  input_schema: { type: "object" as const, properties: { pair: { type: "string" } }, required: ["pair"] },
};
const picture = `${Buffer.from("no real picture").toString("base64")}`;

const post = (app: AnsweringApp, body: object, path = "/v1/messages") =>
  fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
    body: JSON.stringify(body),
  });

describe("A message, by Anthropic's own client", () => {
  test("comes whole, with its usage, and is a generation like any other", async () => {
    await using client = open(saying("A metal."));
    const { data, response } = await client.anthropic.messages.create(asked).withResponse();
    expect(data).toMatchObject({
      type: "message",
      role: "assistant",
      model: "scripted-model",
      content: [{ type: "text", text: "A metal." }],
      stop_reason: "end_turn",
      stop_sequence: null,
      usage: { output_tokens: 2, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
    });
    expect(data.usage.input_tokens).toBeGreaterThan(0);
    expect(response.headers.get("request-id")).toStartWith("req_");
    const id = response.headers.get("x-generation-id") ?? "";
    expect(data.id).toBe(`msg_${id}`);
    expect(client.app.store.generations.get(id)?.state).toBe("done");
    const log = await (await fetch(`${client.app.url}/generations/${id}/events`)).text();
    expect(log).toContain("metal");
  });

  test("streams its events in order, and adds up to the whole", async () => {
    await using client = open(() => ({ answer: "A metal that shines.", reasoning: "They ask of gold." }));
    const stream = client.anthropic.messages.stream(asked);
    const types: string[] = [];
    stream.on("streamEvent", ({ type }) => types.push(type));
    const message = await stream.finalMessage();
    expect(message.content).toMatchObject([
      { type: "thinking", thinking: "They ask of gold." },
      { type: "text", text: "A metal that shines." },
    ]);
    expect(types[0]).toBe("message_start");
    expect(types.slice(-2)).toEqual(["message_delta", "message_stop"]);
    expect(types.filter((type) => type === "content_block_start")).toHaveLength(2);
    expect(types.filter((type) => type === "content_block_stop")).toHaveLength(2);
    expect(message.stop_reason).toBe("end_turn");
    expect(message.usage.output_tokens).toBeGreaterThan(3);
    const whole = await client.anthropic.messages.create(asked);
    expect(whole.content).toMatchObject(
      message.content.map((block) => ({
        ...block,
        ...("signature" in block ? { signature: expect.any(String) } : {}),
      })),
    );
  });

  test("its stream has pings, so that nobody takes it for dead", async () => {
    await using client = open(saying("A metal."));
    const text = await (await post(client.app, { ...asked, stream: true })).text();
    expect(text).toContain('event: ping\ndata: {"type":"ping"}\n\n');
    expect(text.indexOf("event: message_start")).toBeLessThan(text.indexOf("event: content_block_start"));
  });

  test("stops before a stop sequence, and says which; at the limit it says so", async () => {
    await using client = open(saying("One, two, three, four."));
    const stopped = await client.anthropic.messages.create({ ...asked, stop_sequences: ["nine", " three"] });
    expect(stopped).toMatchObject({
      content: [{ text: "One, two," }],
      stop_reason: "stop_sequence",
      stop_sequence: " three",
    });
    const cut = await client.anthropic.messages.create({ ...asked, max_tokens: 1 });
    expect(cut.stop_reason).toBe("max_tokens");
  });

  test("hands system texts, sampling and the beginning of the answer to the engine, without a line that changes", async () => {
    await using client = open(saying("A metal."));
    // The package has no sampling of its own any more; programs send it all the same.
    const reply = await post(client.app, {
      ...asked,
      system: [
        { type: "text", text: "x-anthropic-billing-header: cc_version=2; cch=12345;" },
        { type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } },
      ],
      messages: [...asked.messages, { role: "assistant", content: "A" }],
      temperature: 0.3,
      top_p: 0.9,
      top_k: 5,
    });
    const [request] = client.engine.requests;
    expect(request?.messages).toMatchObject([
      { role: "system", content: "Be brief." },
      { role: "user", content: "What is gold?" },
      { role: "assistant", content: "A" },
    ]);
    expect(request?.sampling).toMatchObject({ temperature: 0.3, topP: 0.9, topK: 5, maxTokens: 64 });
    expect(await reply.json()).toMatchObject({ content: [{ text: " metal." }] });
  });

  test("says which fields and tools had no effect", async () => {
    await using client = open(saying("A metal."));
    const reply = await post(client.app, {
      ...asked,
      container: "c1",
      thinking: { type: "enabled", budget_tokens: 1024 },
      tools: [{ type: "web_search_20250305", name: "web_search" }],
      metadata: { user_id: "u" },
    });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("x-ignored-fields")).toBe("container, tools[0].type=web_search_20250305");
    expect(client.engine.requests[0]?.templateFields).toEqual({ enable_thinking: true });
  });
});

describe("Tools", () => {
  const calling = (): Script => ({
    answer: "Let me look. ",
    toolCalls: [{ id: "call_7", name: "get_price", arguments: '{"pair":"EURUSD"}' }],
  });

  test("are called, whole and streamed piece by piece", async () => {
    await using client = open(calling);
    const whole = await client.anthropic.messages.create({ ...asked, tools: [priceTool] });
    expect(whole.content.at(-1)).toMatchObject({
      type: "tool_use",
      id: "call_7",
      name: "get_price",
      input: { pair: "EURUSD" },
    });
    expect(whole.stop_reason).toBe("tool_use");
    const stream = client.anthropic.messages.stream({ ...asked, tools: [priceTool] });
    const pieces: string[] = [];
    stream.on("inputJson", (piece) => pieces.push(piece));
    const streamed = await stream.finalMessage();
    expect(streamed.content.at(-1)).toMatchObject({ type: "tool_use", input: { pair: "EURUSD" } });
    expect(pieces.length).toBeGreaterThan(1);
    expect(client.engine.requests[0]?.tools).toMatchObject([
      { name: "get_price", description: priceTool.description, parameters: priceTool.input_schema },
    ]);
  });

  test("their results come before what the user says beside them", async () => {
    await using client = open(saying("It costs 1.08."));
    await client.anthropic.messages.create({
      ...asked,
      tools: [priceTool],
      tool_choice: { type: "auto", disable_parallel_tool_use: true },
      messages: [
        ...asked.messages,
        {
          role: "assistant",
          content: [
            { type: "thinking", thinking: "A price.", signature: "s" },
            { type: "text", text: "Let me look." },
            { type: "tool_use", id: "call_7", name: "get_price", input: { pair: "EURUSD" } },
          ],
        },
        {
          role: "user",
          content: [
            { type: "text", text: "And now?" },
            {
              type: "tool_result",
              tool_use_id: "call_7",
              is_error: true,
              content: [{ type: "text", text: "closed" }],
            },
          ],
        },
      ],
    });
    expect(client.engine.requests[0]).toMatchObject({
      parallelToolCalls: false,
      toolChoice: "auto",
      messages: [
        { role: "user" },
        {
          role: "assistant",
          content: "Let me look.",
          toolCalls: [{ id: "call_7", name: "get_price", arguments: '{"pair":"EURUSD"}' }],
        },
        { role: "tool", content: "Error: closed", toolCallId: "call_7" },
        { role: "user", content: "And now?" },
      ],
    });
  });

  test("may be demanded, one or any, and a schema holds the answer", async () => {
    await using client = open(saying("{}"));
    await client.anthropic.messages.create({ ...asked, tools: [priceTool], tool_choice: { type: "any" } });
    await client.anthropic.messages.create({
      ...asked,
      tools: [priceTool],
      tool_choice: { type: "tool", name: "get_price" },
    });
    const schema = { type: "object", properties: { side: { type: "string" } } };
    await client.anthropic.messages.create({
      ...asked,
      output_config: { format: { type: "json_schema", schema } },
    });
    const [any, one, held] = client.engine.requests;
    expect([any?.toolChoice, one?.toolChoice]).toEqual(["required", { name: "get_price" }]);
    expect(held?.format).toMatchObject({ type: "json-schema", schema });
  });
});

describe("Errors are Anthropic's, with their classes", () => {
  test("by what was wrong, with the place, and nothing of the body", async () => {
    await using client = open();
    const { messages } = client.anthropic;
    const bad = await failureOf(messages.create({ ...asked, max_tokens: 0 }));
    expect(bad).toBeInstanceOf(BadRequestError);
    expect(bad).toMatchObject({
      type: "invalid_request_error",
      requestID: expect.stringMatching(/^req_/),
      error: { type: "error", error: { message: expect.stringContaining("max_tokens") } },
    });
    for (const [content, place] of [
      [
        [{ type: "image", source: { type: "url", url: "https://a.example/x.png" } }],
        "messages[0].content[0].source.type",
      ],
      [[{ type: "tool_result", content: "secret" }], "messages[0].content[0].tool_use_id"],
      [
        [{ type: "document", source: { type: "base64", data: "secret" } }],
        "messages[0].content[0].source.type",
      ],
    ] as const) {
      const reply = await post(client.app, { ...asked, messages: [{ role: "user", content }] });
      const text = await reply.text();
      expect([reply.status, text]).toEqual([400, expect.stringContaining(place)]);
      expect(text).not.toContain("secret");
    }
    const missing = await post(client.app, { model: "auto", messages: asked.messages });
    expect([missing.status, await missing.json()]).toMatchObject([
      400,
      { type: "error", error: { type: "invalid_request_error" }, request_id: expect.stringMatching(/^req_/) },
    ]);
  });

  test("a picture is refused by name where the engine cannot see", async () => {
    await using client = open(() => ({
      answer: "x",
      failAt: {
        token: 0,
        error: new UnsupportedRequestError("This model cannot see pictures.", { param: "messages" }),
      },
    }));
    const content = [
      {
        type: "image" as const,
        source: { type: "base64" as const, media_type: "image/png" as const, data: picture },
      },
      { type: "text" as const, text: "What is this?" },
    ];
    const refused = await failureOf(
      client.anthropic.messages.create({ ...asked, messages: [{ role: "user", content }] }),
    );
    expect(refused).toBeInstanceOf(BadRequestError);
    expect(refused).toMatchObject({ message: expect.stringContaining("cannot see pictures") });
    expect(client.engine.requests[0]?.messages[0]?.parts?.[0]).toMatchObject({ type: "image" });
  });

  test("an engine that fails before the first word has a status, one that fails later an event", async () => {
    let token = 0;
    await using client = open(() => ({
      answer: "A metal that shines.",
      failAt: { token, error: new EngineFailedError("The model broke.") },
    }));
    const early = await failureOf(client.anthropic.messages.create({ ...asked, stream: true }));
    expect(early).toBeInstanceOf(InternalServerError);
    token = 2;
    const stream = client.anthropic.messages.stream(asked);
    const late = await failureOf(stream.finalMessage());
    expect(late).toMatchObject({ type: "api_error", message: expect.stringContaining("The model broke") });
  });

  test("an unknown key and an unknown address", async () => {
    await using app = await openGuardedApp();
    const anthropic = new Anthropic({ baseURL: app.url, apiKey: "wrong", maxRetries: 0 });
    expect(await failureOf(anthropic.messages.create(asked))).toBeInstanceOf(AuthenticationError);
    const key = app.headers("owner's key").authorization?.replace("Bearer ", "") ?? "";
    const known = new Anthropic({ baseURL: app.url, apiKey: key, maxRetries: 0 });
    expect((await known.messages.create(asked)).type).toBe("message");
    expect(await failureOf(known.models.retrieve("nothing"))).toBeInstanceOf(NotFoundError);
  });
});

test("An abort ends the answer", async () => {
  await using client = open(() => ({ answer: "gold ".repeat(5000), pace: () => Bun.sleep(5) }));
  const stream = client.anthropic.messages.stream({ ...asked, max_tokens: 100_000 });
  const reading = failureOf(stream.finalMessage());
  const { response } = await stream.withResponse();
  stream.on("text", () => stream.abort());
  expect(await reading).toBeInstanceOf(APIUserAbortError);
  await client.app.generations.idle();
  const id = response.headers.get("x-generation-id") ?? "";
  expect(client.app.store.generations.get(id)?.state).toBe("stopped");
});

test("The same Idempotency-Key is the same message", async () => {
  await using client = open(saying("A metal."));
  const headers = { "idempotency-key": "once" };
  const ids = await Promise.all(
    [1, 2].map(async () => (await client.anthropic.messages.create(asked, { headers })).id),
  );
  expect(ids[0]).toBe(ids[1] ?? "");
  expect(client.engine.requests).toHaveLength(1);
});

describe("Beside messages", () => {
  test("tokens are counted, with those of tools", async () => {
    await using client = open();
    await client.engine.ensureReady(AbortSignal.timeout(1000));
    const { messages } = client.anthropic;
    const { model, messages: sent } = asked;
    const bare = await messages.countTokens({ model: "auto", messages: sent });
    const withTools = await messages.countTokens({ model: "auto", messages: sent, tools: [priceTool] });
    expect(bare.input_tokens).toBeGreaterThan(0);
    expect(withTools.input_tokens).toBeGreaterThan(bare.input_tokens);
    expect(await failureOf(messages.countTokens({ model, messages: sent }))).toBeInstanceOf(NotFoundError);
  });

  test("models are listed in Anthropic's form for its programs, in OpenAI's for others", async () => {
    await using client = open();
    const page = await client.anthropic.models.list();
    expect(page.data).toMatchObject([
      { type: "model", id: "scripted-model", display_name: "scripted-model" },
    ]);
    expect(await client.anthropic.models.retrieve("scripted-model")).toMatchObject({ type: "model" });
    const others = await (await fetch(`${client.app.url}/v1/models`)).json();
    expect(others).toMatchObject({ object: "list", data: [{ object: "model", id: "scripted-model" }, {}] });
  });
});
