/** Ollama's addresses by its own package, over a scripted engine. */
import { describe, expect, test } from "bun:test";
import { Ollama } from "ollama";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { EngineFailedError, UnsupportedRequestError } from "../../src/errors.ts";
import { type AnsweringApp, type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { filledShelf } from "../fakes/filled-shelf.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { failureOf } from "../openai/failure-of.ts";
import { openGuardedApp } from "../security/guarded-app.ts";

interface Client extends AsyncDisposable {
  readonly ollama: Ollama;
  readonly engine: ScriptedEngine;
  readonly app: AnsweringApp;
}

function open(script?: (request: GenerateRequest) => Script, options: AnsweringAppOptions = {}): Client {
  const engine = new ScriptedEngine(script === undefined ? {} : { script });
  const app = openAnsweringApp({ engines: [engine], ...options });
  return {
    ollama: new Ollama({ host: app.url }),
    ...{ engine, app, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() },
  };
}

const saying = (answer: string) => () => ({ answer });
/** The package writes into what it is given: hand it a copy. */
const asked = { model: "auto:latest", messages: [{ role: "user", content: "What is gold?" }] };
const priceTool = {
  type: "function",
  function: {
    name: "get_price",
    description: "The price of a currency pair.",
    parameters: { type: "object", properties: { pair: { type: "string" } }, required: ["pair"] },
  },
};
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]).toString("base64");

/** As curl sends it, which says that a body of JSON is a form. */
const curl = (app: AnsweringApp, path: string, body: object) =>
  fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: JSON.stringify(body),
  });
const linesOf = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("/api/chat, by Ollama's own client", () => {
  test("answers whole, with counts and durations in nanoseconds", async () => {
    await using client = open(saying("A metal."));
    const reply = await client.ollama.chat({ ...asked, stream: false });
    expect(reply).toMatchObject({
      model: "scripted-model",
      message: { role: "assistant", content: "A metal." },
      ...{ done: true, done_reason: "stop", eval_count: 2 },
    });
    expect(reply.prompt_eval_count).toBeGreaterThan(0);
    expect(reply.total_duration).toBeGreaterThan(100_000);
    expect(reply.prompt_eval_duration).toBe(1_000_000);
  });

  test("streams a line a token, with its thought apart, and is a generation like any other", async () => {
    await using client = open(() => ({ answer: "A metal that shines.", reasoning: "They ask." }));
    const parts = await Array.fromAsync(
      await client.ollama.chat({ ...asked, stream: true, think: true, options: { temperature: 0 } }),
    );
    expect(parts.map(({ message }) => message.content).join("")).toBe("A metal that shines.");
    expect(parts.map(({ message }) => message.thinking ?? "").join("")).toBe("They ask.");
    expect(parts.map(({ done }) => done).filter(Boolean)).toHaveLength(1);
    expect(parts.at(-1)).toMatchObject({ done: true, done_reason: "stop" });
    const [request] = client.engine.requests;
    expect(request?.templateFields).toEqual({ enable_thinking: true });
    expect(request?.sampling).toMatchObject({ temperature: 0, topK: 40, topP: 0.9 });
    const raw = await curl(client.app, "/api/chat", asked);
    const id = raw.headers.get("x-generation-id") ?? "";
    expect(raw.headers.get("content-type")).toContain("application/x-ndjson");
    await raw.text();
    expect(client.app.store.generations.get(id)?.state).toBe("done");
    expect(await (await fetch(`${client.app.url}/generations/${id}/events`)).text()).toContain("metal");
  });

  test("calls tools, whose results answer them in their order", async () => {
    await using client = open(({ messages }) =>
      messages.at(-1)?.role === "tool"
        ? { answer: "It costs 1.08." }
        : {
            answer: "",
            toolCalls: [
              { id: "call_7", name: "get_price", arguments: '{"pair":"EURUSD"}' },
              { id: "call_8", name: "get_price", arguments: '{"pair":"GBPUSD"}' },
            ],
          },
    );
    const called = await client.ollama.chat({ ...asked, tools: [priceTool], stream: false });
    expect(called.message.tool_calls).toMatchObject([
      { function: { name: "get_price", arguments: { pair: "EURUSD" } } },
      { function: { name: "get_price", arguments: { pair: "GBPUSD" } } },
    ]);
    const streamed = await Array.fromAsync(
      await client.ollama.chat({ ...asked, tools: [priceTool], stream: true }),
    );
    const calls = streamed.flatMap(({ message }) => message.tool_calls ?? []);
    expect(calls).toMatchObject([
      { function: { index: 0, arguments: { pair: "EURUSD" } } },
      { function: { index: 1, arguments: { pair: "GBPUSD" } } },
    ]);
    const said = await client.ollama.chat({
      ...asked,
      messages: [
        ...asked.messages,
        {
          role: "assistant",
          content: "",
          tool_calls: [
            { function: { name: "get_price", arguments: { pair: "EURUSD" } } },
            { function: { name: "get_rate", arguments: {} } },
          ],
        },
        { role: "tool", content: "2 %", tool_name: "get_rate" },
        { role: "tool", content: "1.08", tool_name: "get_price" },
      ],
    });
    expect(said.message.content).toBe("It costs 1.08.");
    expect(client.engine.requests.at(-1)?.messages).toMatchObject([
      {},
      { toolCalls: [{ id: "call_1" }, { id: "call_2" }] },
      { role: "tool", toolCallId: "call_2" },
      { role: "tool", toolCallId: "call_1" },
    ]);
  });

  test("is held to JSON and schemas, takes pictures, and says what had no effect", async () => {
    await using client = open(saying("{}"));
    const schema = { type: "object", properties: { side: { type: "string" } } };
    await client.ollama.chat({ ...asked, format: "json" });
    await client.ollama.chat({ ...asked, format: schema });
    await client.ollama.chat({
      ...asked,
      messages: [{ role: "user", content: "What is this?", images: [png] }],
    });
    const [json, held, seen] = client.engine.requests;
    expect(json?.format).toEqual({ type: "json" });
    expect(held?.format).toMatchObject({ type: "json-schema", schema });
    expect(seen?.messages[0]?.parts).toEqual([
      { type: "text", text: "What is this?" },
      { type: "image", url: `data:image/png;base64,${png}` },
    ]);
    const reply = await curl(client.app, "/api/chat", {
      ...asked,
      stream: false,
      keep_alive: "5m",
      options: { num_predict: -1, num_ctx: 8192, mirostat: 1, stop: "x" },
    });
    expect(reply.headers.get("x-ignored-fields")).toBe("keep_alive, options.mirostat, options.num_ctx");
  });

  test("errors are a sentence, before and within a stream", async () => {
    let token = 0;
    await using client = open(() => ({
      answer: "A metal that shines.",
      failAt: { token, error: token === 0 ? cannotSee : broken },
    }));
    expect(await failureOf(client.ollama.chat({ ...asked }))).toMatchObject({
      status_code: 400,
      message: "This model cannot see pictures.",
    });
    token = 2;
    const stream = await client.ollama.chat({ ...asked, stream: true });
    expect(await failureOf(Array.fromAsync(stream))).toMatchObject({ message: "The model broke." });
    const bad = await curl(client.app, "/api/chat", { ...asked, options: { temperature: 9 } });
    expect([bad.status, await bad.json()]).toEqual([
      400,
      { error: expect.stringContaining("options.temperature") },
    ]);
    const unreadable = await curl(client.app, "/api/chat", {
      ...asked,
      messages: [{ role: "user", content: "?", images: ["secret"] }],
    });
    const text = await unreadable.text();
    expect(text).toContain("messages[0].images[0]");
    expect(text).not.toContain("secret");
  });

  test("an abort ends the answer", async () => {
    await using client = open(() => ({ answer: "gold ".repeat(5000), pace: () => Bun.sleep(5) }));
    const stream = await client.ollama.chat({ ...asked, stream: true });
    const reading = failureOf(
      (async () => {
        for await (const _ of stream) client.ollama.abort();
      })(),
    );
    expect(await reading).toMatchObject({ name: "AbortError" });
    await client.app.generations.idle();
    expect(client.app.generations.unfinished).toBe(0);
  });
});

const cannotSee = new UnsupportedRequestError("This model cannot see pictures.");
const broken = new EngineFailedError("The model broke.");

describe("/api/generate", () => {
  test("answers a prompt with a system text, and the next one follows what was said", async () => {
    await using client = open(saying("A metal."));
    const first = await client.ollama.generate({
      ...{ model: "auto", prompt: "What is gold?", system: "Be brief.", stream: false },
    });
    expect(first).toMatchObject({ response: "A metal.", done: true, done_reason: "stop" });
    expect(first.context).toHaveLength(8);
    await client.ollama.generate({
      ...{ model: "auto", prompt: "And silver?", context: first.context, stream: false },
    });
    expect(client.engine.requests.at(-1)?.messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "What is gold?" },
      { role: "assistant", content: "A metal." },
      { role: "user", content: "And silver?" },
    ]);
    const strange = await curl(client.app, "/api/generate", {
      ...{ model: "auto", prompt: "And?", context: [1, 2, 3], stream: false },
    });
    expect(strange.headers.get("x-ignored-fields")).toBe("context");
  });

  test("others' answers are no context", async () => {
    await using app = await openGuardedApp();
    const ask = async (credential: "owner's key" | "other's key", body: object) =>
      fetch(`${app.url}/api/generate`, {
        method: "POST",
        headers: { ...app.headers(credential), "content-type": "application/json" },
        body: JSON.stringify({ model: "auto", prompt: "Hello", stream: false, ...body }),
      });
    const { context } = await (await ask("owner's key", {})).json();
    expect((await ask("owner's key", { context })).headers.get("x-ignored-fields")).toBeNull();
    expect((await ask("other's key", { context })).headers.get("x-ignored-fields")).toBe("context");
  });

  test("continues a raw prompt as it is; a text to fill in is refused in words", async () => {
    await using client = open(saying(" a metal."));
    await client.ollama.generate({ model: "auto", prompt: "Gold is", raw: true });
    expect(client.engine.requests[0]).toMatchObject({ prompt: "Gold is", messages: [] });
    const refused = client.ollama.generate({ model: "auto", prompt: "a", suffix: "b" });
    expect(await failureOf(refused)).toMatchObject({ message: expect.stringContaining("suffix") });
  });

  test("without a prompt it is for the model: loaded, or in words not unloaded", async () => {
    await using client = open(undefined, { shelf: filledShelf });
    expect(await (await curl(client.app, "/api/generate", { model: "auto" })).json()).toMatchObject({
      ...{ response: "", done: true, done_reason: "load" },
    });
    expect(client.engine.requests).toHaveLength(0);
  });
});

describe("Models", () => {
  test("are listed, shown and told of while they are loaded", async () => {
    await using client = open(undefined, { shelf: filledShelf });
    await client.engine.ensureReady(AbortSignal.timeout(1000));
    const { models } = await client.ollama.list();
    expect(models.map(({ name }) => name)).toContain("scripted-model:latest");
    expect(models[0]?.digest).toBe(client.engine.modelHash);
    expect((await client.ollama.ps()).models[0]).toMatchObject({ name: "scripted-model:latest" });
    expect(await client.ollama.show({ model: "scripted-model:latest" })).toMatchObject({
      capabilities: expect.arrayContaining(["completion", "tools"]),
    });
    expect(await failureOf(client.ollama.show({ model: "nothing" }))).toMatchObject({ status_code: 404 });
    expect((await client.ollama.version()).version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("are fetched with progress, and removed; what has no meaning refuses in words", async () => {
    let step = 0;
    const states = ["downloading", "downloading", "verifying", "done"] as const;
    await using client = open(undefined, {
      shelf: {
        ...filledShelf,
        report: () => {
          const report = filledShelf.report();
          const [pull, ...others] = report.pulls;
          if (pull === undefined) return report;
          const state = states[Math.min(step++, 3)] ?? "done";
          return { ...report, pulls: [{ ...pull, state, doneBytes: step * 1000 }, ...others] };
        },
      },
    });
    const steps = await Array.fromAsync(
      await client.ollama.pull({ model: "hf.co/user/half-GGUF:Q4_K_M", stream: true }),
    );
    expect(steps.map(({ status }) => status)).toEqual([
      "pulling manifest",
      "pulling half",
      "verifying sha256 digest",
      "verifying sha256 digest",
      "writing manifest",
      "success",
    ]);
    expect(steps[1]).toMatchObject({ total: 2.4e9, completed: expect.any(Number) });
    expect(await client.ollama.delete({ model: "stored:latest" })).toMatchObject({ status: "success" });
    for (const refused of [
      client.ollama.copy({ source: "a", destination: "b" }),
      client.ollama.push({ model: "a" }),
      client.ollama.create({ model: "a", from: "b" }),
    ])
      expect(await failureOf(refused)).toMatchObject({ status_code: 400 });
  });

  test("make vectors", async () => {
    await using client = open();
    const { embeddings, prompt_eval_count: count } = await client.ollama.embed({
      ...{ model: "small-embedder", input: ["gold", "silver"] },
    });
    expect(embeddings).toHaveLength(2);
    expect(count).toBeGreaterThan(0);
    const one = await client.ollama.embeddings({ model: "small-embedder", prompt: "gold" });
    expect(one.embedding).toEqual(embeddings[0] ?? []);
  });
});

describe("The address itself", () => {
  test("greets Ollama's programs, and is the page for browsers", async () => {
    await using client = open(undefined, { settings: { OLLAMA_PORT: "11434" } });
    const get = async (headers: Record<string, string>, method = "GET") => {
      const reply = await fetch(client.app.url, { method, headers });
      return [reply.status, reply.headers.get("content-type"), await reply.text()];
    };
    const greeting = [200, "text/plain; charset=utf-8", "Ollama is running"];
    expect(await get({ accept: "application/json" })).toEqual(greeting);
    expect(await get({ "user-agent": "ollama/0.33 (amd64 linux)" })).toEqual(greeting);
    expect(await get({ host: "localhost:11434" })).toEqual(greeting);
    expect((await get({ accept: "application/json" }, "HEAD"))[0]).toBe(200);
    for (const headers of [{ accept: "text/html" }, { accept: "text/html", host: "localhost:11434" }, {}])
      expect((await get(headers as Record<string, string>))[2]).toContain("<!doctype html>");
  });

  test("a body needs no type, as curl sends it, and streams by default", async () => {
    await using client = open(saying("A metal."));
    const lines = linesOf(await (await curl(client.app, "/api/chat", asked)).text());
    expect(lines).toMatchObject([{ done: false }, { done: false }, { done: true }]);
    // A form of another site is still a stranger's.
    const forged = await fetch(`${client.app.url}/api/chat`, {
      method: "POST",
      headers: { "content-type": "text/plain", origin: "https://evil.example" },
      body: JSON.stringify(asked),
    });
    expect([401, 403]).toContain(forged.status);
    expect(await forged.json()).toEqual({ error: expect.any(String) });
  });
});
