/** What programs send that were written for OpenAI's servers, and are not changed for this one. */
import { expect, test } from "bun:test";
import { Tiktoken } from "js-tiktoken/lite";
import ranks from "js-tiktoken/ranks/cl100k_base";
import OpenAI from "openai";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { openGuardedApp } from "../security/guarded-app.ts";

function open(script: (request: GenerateRequest) => Script = () => ({ answer: "A metal." })) {
  const engine = new ScriptedEngine({ script });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${app.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  return { app, engine, openai, post, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}
const messages = [{ role: "user" as const, content: "What is gold?" }];

test("A request without a model was refused: it means what runs", async () => {
  await using client = open();
  for (const [path, body] of [
    ["/v1/chat/completions", { messages }],
    ["/v1/chat/completions", { messages, model: "" }],
    ["/v1/chat/completions", { messages, model: null }],
    ["/v1/completions", { prompt: "Gold is" }],
    ["/v1/responses", { input: "What is gold?" }],
    ["/v1/embeddings", { input: "gold" }],
  ] as const) {
    const reply = await client.post(path, body);
    expect([path, reply.status]).toEqual([path, 200]);
  }
  expect(client.app.store.generations.ofConversation("nothing")).toEqual([]);
  expect(client.engine.requests).toHaveLength(5);
});

test("Instructions alone were refused: frameworks send them, and OpenAI answers", async () => {
  await using client = open();
  const instructions = [{ role: "system" as const, content: "Say hi." }];
  const completion = await client.openai.chat.completions.create({ model: "phi3", messages: instructions });
  expect(completion.choices[0]?.message.content).toBe("A metal.");
  const developer = [{ role: "developer" as const, content: "Say hi." }];
  await client.openai.chat.completions.create({ model: "phi3", messages: developer });
  for (const input of ["", [], undefined] as const) {
    const body = { model: "phi3", instructions: "Say hi.", ...(input === undefined ? {} : { input }) };
    const reply = await client.post("/v1/responses", body);
    expect(reply.status).toBe(200);
  }
  await client.openai.responses.create({ model: "phi3", input: [{ role: "system", content: "Say hi." }] });
  expect(client.engine.requests.map((request) => request.messages)).toEqual(
    Array.from({ length: 6 }, () => [{ role: "system", content: "Say hi." }]),
  );
});

test("max_tokens -1, which means as far as it goes, and 0, were refused", async () => {
  await using client = open();
  const asked = { model: "phi3", messages };
  for (const field of ["max_tokens", "max_completion_tokens"]) {
    const whole = await client.post("/v1/chat/completions", { ...asked, [field]: -1 });
    expect((await whole.json()).choices[0]).toMatchObject({ finish_reason: "stop" });
    const none = await client.post("/v1/chat/completions", { ...asked, [field]: 0 });
    expect((await none.json()).choices[0]).toMatchObject({
      finish_reason: "length",
      message: { content: "" },
    });
  }
  const huge = await client.post("/v1/chat/completions", { ...asked, max_tokens: 4_000_000 });
  expect(huge.status).toBe(200);
  const response = await client.post("/v1/responses", {
    model: "phi3",
    input: "Gold?",
    max_output_tokens: -1,
  });
  expect(await response.json()).toMatchObject({ status: "completed", max_output_tokens: null });
  const text = await client.post("/v1/completions", { model: "phi3", prompt: "Gold is", max_tokens: -1 });
  expect((await text.json()).choices[0]).toMatchObject({ finish_reason: "stop" });
});

test("Shorter vectors were refused: they are cut and made one long again", async () => {
  await using client = open();
  const asked = { model: "auto", input: "a house and a salary" };
  const whole = await client.openai.embeddings.create({ ...asked, encoding_format: "float" });
  const short = await client.openai.embeddings.create({ ...asked, encoding_format: "float", dimensions: 3 });
  const [first = [], cut = []] = [whole.data[0]?.embedding, short.data[0]?.embedding];
  expect(cut).toHaveLength(3);
  expect(Math.hypot(...cut)).toBeCloseTo(1, 5);
  const length = Math.hypot(...first.slice(0, 3));
  for (const [index, value] of cut.entries()) expect(value).toBeCloseTo((first[index] ?? 0) / length, 5);
  const packed = await client.openai.embeddings.create({ ...asked, dimensions: 3 });
  expect(packed.data[0]?.embedding).toHaveLength(3);
});

test("Token ids were refused, which LangChain for Python sends in place of texts by default", async () => {
  await using client = open();
  const cl100k = new Tiktoken(ranks);
  const texts = ["a mortgage and a wage", "größte 📈 Zahlen"];
  const ids = texts.map((text) => cl100k.encode(text));
  for (const [input, meant] of [
    [ids, texts],
    [ids[0], texts.slice(0, 1)],
    [[texts[0], ids[1]], texts],
  ] as const) {
    const told = await (await client.post("/v1/embeddings", { input })).json();
    const wanted = await (await client.post("/v1/embeddings", { input: meant })).json();
    expect(told.data).toEqual(wanted.data);
  }
});

test("Replies had no x-request-id, so that clients' _request_id was empty: errors have it, too", async () => {
  await using client = open();
  const { response } = await client.openai.chat.completions
    .create({ model: "phi3", messages })
    .withResponse();
  const completion = await client.openai.chat.completions.create({ model: "phi3", messages });
  expect(completion._request_id).toStartWith("req_");
  expect(Number(response.headers.get("openai-processing-ms"))).toBeGreaterThanOrEqual(0);
  const streamed = await client.post("/v1/chat/completions", { model: "phi3", messages, stream: true });
  await streamed.text();
  const replies = [
    streamed,
    await client.post("/v1/chat/completions", { messages: [] }),
    await client.post("/v1/nothing", {}),
    await fetch(`${client.app.url}/v1/models`),
    await fetch(`${client.app.url}/v1/completions`),
    await fetch(`${client.app.url}/v1/models`, { headers: { origin: "https://elsewhere.example" } }),
  ];
  expect(replies.map(({ status }) => status)).toEqual([200, 400, 404, 200, 405, 403]);
  const ids = replies.map(({ headers }) => headers.get("x-request-id"));
  for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { headers } of replies) expect(headers.get("openai-processing-ms")).toMatch(/^\d+$/);
});

test("Limits were told in the standard's headers alone: OpenAI's clients read x-ratelimit", async () => {
  await using app = await openGuardedApp({ settings: { REQUESTS_PER_MINUTE: "10" } });
  const models = () => fetch(`${app.url}/v1/models`, { headers: app.headers("owner's key") });
  expect(Object.fromEntries((await models()).headers)).toMatchObject({
    "x-ratelimit-limit-requests": "10",
    "x-ratelimit-remaining-requests": "9",
    "x-ratelimit-reset-requests": expect.stringMatching(/^\d+s$/),
    "x-ratelimit-limit-tokens": "1000000",
    "x-ratelimit-remaining-tokens": "1000000",
    "x-ratelimit-reset-tokens": "0s",
  });
  for (let taken = 1; taken < 10; taken++) await models();
  const refused = await models();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("x-ratelimit-remaining-requests")).toBe("0");
  expect(refused.headers.get("x-request-id")).toStartWith("req_");
});

test("Azure's api-key header was not read", async () => {
  await using app = await openGuardedApp();
  const key = app.headers("owner's key").authorization?.replace("Bearer ", "") ?? "";
  const known = await fetch(`${app.url}/v1/models`, { headers: { "api-key": key } });
  expect(known.status).toBe(200);
  const unknown = await fetch(`${app.url}/v1/models`, { headers: { "api-key": `${key}x` } });
  expect(unknown.status).toBe(401);
  expect(unknown.headers.get("x-request-id")).toStartWith("req_");
});

test("What was stored could not be read back: a completion is listed, read, labelled and deleted", async () => {
  await using client = open();
  const { completions } = client.openai.chat;
  const first = await completions.create({ model: "phi3", messages, store: true, metadata: { desk: "fx" } });
  const second = await completions.create({ model: "phi3", messages, store: true, n: 2 });
  await completions.create({ model: "phi3", messages });
  const ids = async (query: OpenAI.ChatCompletionListParams = {}) =>
    (await Array.fromAsync(completions.list(query))).map(({ id }) => id);
  expect(await ids()).toEqual([first.id, second.id]);
  expect(await ids({ limit: 1, order: "desc" })).toEqual([second.id, first.id]);
  expect(await ids({ metadata: { desk: "fx" } })).toEqual([first.id]);
  expect(await ids({ model: "another" })).toEqual([]);
  const read = await completions.retrieve(first.id);
  expect(read).toMatchObject({ id: first.id, metadata: { desk: "fx" }, choices: first.choices });
  const asked = await Array.fromAsync(completions.messages.list(first.id));
  expect(asked).toMatchObject([{ role: "user", content: "What is gold?" }]);
  expect(await completions.update(first.id, { metadata: { desk: "bonds" } })).toMatchObject({
    metadata: { desk: "bonds" },
  });
  expect(await ids({ metadata: { desk: "fx" } })).toEqual([]);
  expect(await completions.delete(first.id)).toMatchObject({ id: first.id, deleted: true });
  expect(await ids()).toEqual([second.id]);
  const gone = await fetch(`${client.app.url}/v1/chat/completions/${first.id}`);
  expect(gone.status).toBe(404);
});
