/** /openapi.json: valid, whole, with examples that are right, and true of every reply that is really given. */
import { afterAll, describe, expect, test } from "bun:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { OpenApiDocument } from "../../../src/http/openapi/openapi-document.ts";
import { type Belongings, type Credential, openGuardedApp } from "../../security/guarded-app.ts";
import { callOf, classes } from "../../security/routes.ts";
import { DocumentedReplies, type ReceivedReply } from "./documented-replies.ts";

const app = await openGuardedApp();
afterAll(() => app[Symbol.asyncDispose]());

const received = await fetch(`${app.url}/openapi.json`, { headers: app.headers("owner's key") });
const document: OpenApiDocument = JSON.parse(await received.text());
const documented = new DocumentedReplies(document);

const all = Object.keys(classes).filter((route) => !route.endsWith(" /openapi.json"));
const shown = all.filter((route) => documented.operation(route) !== undefined);
const hidden = all.filter((route) => documented.operation(route) === undefined);
const operations = shown.map((route) => ({ route, operation: documented.operation(route) }));

interface Sending {
  readonly credential?: Credential;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly query?: string;
}

async function send(route: string, things: Belongings, sending: Sending = {}): Promise<ReceivedReply> {
  const { method, path, body } = callOf(route, things);
  const response = await fetch(app.url + path + (sending.query ?? ""), {
    method,
    headers: {
      "content-type": "application/json",
      ...app.headers(sending.credential ?? "admin's key"),
      ...sending.headers,
    },
    ...(body === undefined ? {} : { body: sending.body ?? body }),
    redirect: "manual",
  });
  const isEndless = response.ok && /^\/(?:(?:status|models)\/)?live/.test(path);
  return {
    status: response.status,
    headers: response.headers,
    text: isEndless ? "" : await response.text(),
  };
}

test("The document is valid OpenAPI 3.1, and the check can fail", async () => {
  expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
  const broken = { openapi: "3.1.1", info: {}, paths: { "/chat": { post: { responses: { "200": {} } } } } };
  expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
});

test("What may be null and is one of some values has null among them", () => {
  const left: string[] = [];
  const look = (schema: unknown, path: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    const { type, enum: values } = schema as { type?: unknown; enum?: unknown };
    if (Array.isArray(type) && type.includes("null") && Array.isArray(values) && !values.includes(null))
      left.push(path);
    for (const [key, value] of Object.entries(schema)) look(value, `${path}/${key}`);
  };
  look(JSON.parse(JSON.stringify(document)), "");
  expect(left).toEqual([]);
  expect(JSON.stringify(document)).toContain('"enum":["system","more","less",null]');
});

test("Every route that answers programs is in the document: what is hidden is for browsers", async () => {
  for (const route of hidden) {
    const reply = await send(route, app.give(app.users.admin), {
      credential: "admin's session",
      headers: { accept: "*/*" },
    });
    if (reply.status < 300)
      expect([route, reply.headers.get("content-type")]).toEqual([
        route,
        expect.not.stringContaining("json"),
      ]);
  }
  expect(shown.length).toBeGreaterThanOrEqual(40);
});

describe("Each operation", () => {
  test("says what it is for, where it belongs and what it answers, and has an id of its own", () => {
    const known = document.tags.map(({ name }) => name);
    for (const { route, operation } of operations) {
      expect([route, operation?.summary]).toEqual([route, expect.stringMatching(/^[A-Z].{8,}[^.]$/)]);
      expect([route, operation?.tags.every((tag) => known.includes(tag)), operation?.tags.length]).toEqual([
        route,
        true,
        1,
      ]);
      expect([route, Object.keys(operation?.responses ?? {})]).toEqual([
        route,
        expect.arrayContaining([route === "DELETE /v1/stream" ? "204" : "200"]),
      ]);
    }
    const ids = operations.map(({ operation }) => operation?.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]+$/);
  });

  test("has an example of what it is sent and of what it answers, and they are right by its own schemas", () => {
    for (const { route, operation } of operations) {
      const takesBody = /^(?:POST|PATCH)/.test(route) && operation?.requestBody !== undefined;
      const sent = Object.entries(operation?.requestBody?.content ?? {});
      const answered = Object.entries(operation?.responses ?? {}).flatMap(([status, reply]) =>
        "$ref" in reply || Number(status) >= 400 ? [] : Object.entries(reply.content ?? {}),
      );
      const examples = [...sent, ...answered];
      expect([route, examples.length]).toEqual([route, expect.any(Number)]);
      if (takesBody) expect([route, sent.length > 0]).toEqual([route, true]);
      for (const [type, { schema, example }] of examples) {
        expect([route, type, example === undefined]).toEqual([route, type, false]);
        expect([route, type, documented.inValue(schema ?? {}, example)]).toEqual([route, type, []]);
      }
    }
  });

  test("leads only to operations that there are, with parameters that they have", () => {
    const byId = new Map(operations.map(({ operation }) => [operation?.operationId, operation]));
    const links = operations.flatMap(({ operation }) =>
      Object.values(operation?.responses ?? {}).flatMap((reply) =>
        "$ref" in reply ? [] : Object.entries(reply.links ?? {}),
      ),
    );
    expect(links.length).toBeGreaterThan(20);
    for (const [operationId, link] of links) {
      const names = byId.get(operationId)?.parameters.map(({ name }) => name);
      expect([operationId, link]).toEqual([operationId, expect.objectContaining({ operationId })]);
      expect([operationId, names]).toEqual([
        operationId,
        expect.arrayContaining(Object.keys((link as { parameters: object }).parameters)),
      ]);
    }
  });

  test("says who may use it", () => {
    for (const { route, operation } of operations) {
      const isOpen = classes[route] === "open";
      expect([route, operation?.security ?? "as all"]).toEqual([route, isOpen ? [] : "as all"]);
      expect([route, operation?.description]).toEqual([
        route,
        expect.stringContaining(
          isOpen ? "For everybody." : classes[route] === "admin" ? "For admins" : "A key",
        ),
      ]);
    }
  });
});

test("Without logins nobody needs a credential, and the document says so", async () => {
  const { openAnsweringApp } = await import("../../fakes/answering-app.ts");
  await using open = openAnsweringApp();
  const { security } = await (await fetch(`${open.url}/openapi.json`)).json();
  expect(security).toContainEqual({});
  expect(document.security).not.toContainEqual({});
});

describe.each(shown)("What %s really answers is what is documented", (route) => {
  const isAsking = documented.operation(route)?.requestBody !== undefined;
  const reply = async (sending: Sending = {}) => {
    const received = await send(route, app.give(app.users.admin), sending);
    expect([received.text.slice(0, 300), documented.problems(route, received)]).toEqual([
      expect.any(String),
      [],
    ]);
    await app.generations.idle();
    return received;
  };

  test("when all is well", async () => {
    const { status } = await reply();
    // Models are neither made nor uploaded here, what was said in the chat is no response of /v1, there is no engine to steer here, no server that hears, no stream
    // that was kept, no form with a file, no other program's tool, and no example wipes everything.
    if (
      !/(?:responses|completions)\/:id|models\/\*|models\/switch|replay|messageId\/continue|:id\/continue|\/restore|data\/wipe|api\/transcriptions|v1\/audio|api\/(?:copy|create|push|blobs)|moderations|v1\/stream$|tool-servers\/:id|tools\/rules|calls\/:call|POST \/v1\/files$/.test(
        route,
      )
    )
      expect([route, status]).toEqual([route, 200]);
  });

  test("to strangers, to others, and to whom the page of another site sends", async () => {
    await reply({ credential: "none" });
    await reply({ credential: "other's key" });
    await reply({ credential: "owner's read key" });
    await reply({ headers: { origin: "https://evil.example" } });
  });

  test("to a request that makes no sense", async () => {
    await reply({
      query: "?limit=x&n=0&after=y&format=pdf&stream=3&starting_after=x&archived=perhaps&cursor=%00",
    });
    if (!isAsking) return;
    for (const body of ["", "{", "null", "[]", '{"message":" ","messages":[],"model":5}', "[".repeat(100)])
      await reply({ body });
    await reply({ body: "x".repeat(1024 * 1024 + 1) });
  });
});

test.each([
  ["POST /chat", { message: "Hello?", stream: true }],
  [
    "POST /v1/chat/completions",
    { model: "auto", messages: [{ role: "user", content: "Hello?" }], stream: true },
  ],
  [
    "POST /v1/chat/completions",
    {
      model: "auto",
      messages: [{ role: "user", content: "Hello?" }],
      stream: true,
      stream_options: { include_usage: true },
      logprobs: true,
      top_logprobs: 2,
    },
  ],
  [
    "POST /v1/chat/completions",
    { model: "auto", messages: [{ role: "user", content: "Hello?" }], logprobs: true, top_logprobs: 2 },
  ],
  [
    "POST /v1/messages",
    { model: "auto", max_tokens: 20, messages: [{ role: "user", content: "Hello?" }], stream: true },
  ],
  ["POST /v1/completions", { model: "auto", prompt: "Hello", stream: true, logprobs: 2 }],
  ["POST /v1/completions", { model: "auto", prompt: "Hello", logprobs: 2 }],
  ["POST /v1/responses", { model: "auto", input: "Hello?", stream: true }],
  ["POST /v1/responses", { model: "auto", input: "Hello?", background: true }],
  ["POST /v1/embeddings", { model: "auto", input: ["Hello"], encoding_format: "base64" }],
  ["POST /api/batch", { requests: [{ message: "Hello?" }, { message: "Hello?", model: "no such model" }] }],
])("%s answers %j as it is documented", async (route, body) => {
  const received = await send(route, app.give(app.users.admin), { body: JSON.stringify(body) });
  expect(received.status).toBe(200);
  expect(documented.problems(route, received)).toEqual([]);
  await app.generations.idle();
});

test("A response of /v1 is read, read as events, cancelled and deleted as it is documented", async () => {
  const asked = await send("POST /v1/responses", app.give(app.users.admin), {
    body: JSON.stringify({ model: "auto", input: "Hello?" }),
  });
  const id = String(JSON.parse(asked.text).id).replace("resp_", "");
  const things = { ...app.give(app.users.admin), generationId: id };
  for (const [route, query] of [
    ["GET /v1/responses/:id", ""],
    ["GET /v1/responses/:id", "?stream=true&starting_after=2"],
    ["POST /v1/responses/:id/cancel", ""],
    ["DELETE /v1/responses/:id", ""],
  ] as const) {
    const received = await send(route, things, { query });
    expect([route, received.status, documented.problems(route, received)]).toEqual([route, 200, []]);
  }
});

describe("The comparison with the document", () => {
  const limits = {
    "x-request-id": "req_1",
    ratelimit: '"requests";r=9;t=1',
    "ratelimit-policy": '"requests";q=10;w=60',
  };
  const reply = (
    status: number,
    type: string,
    body: unknown,
    headers: Record<string, string> = limits,
  ): ReceivedReply => ({
    status,
    headers: new Headers({ "content-type": type, ...headers }),
    text: typeof body === "string" ? body : JSON.stringify(body),
  });
  const health = { status: "healthy" };
  const refused = { message: "No.", type: "invalid_request_error", code: "forbidden" };

  test.each([
    ["another status", reply(418, "application/json", health)],
    ["another kind of content", reply(200, "text/plain", "ok")],
    ["a field that is not documented", reply(200, "application/json", { ...health, secret: 1 })],
    ["a field of another form", reply(200, "application/json", { status: 1 })],
    ["a field that is missing", reply(200, "application/json", {})],
    ["a header that is missing", reply(200, "application/json", health, {})],
    ["limits where none are told", reply(403, "application/json", { error: refused })],
  ])("finds %s", (_what, wrong) => {
    expect(documented.problems("GET /health", reply(200, "application/json; charset=utf-8", health))).toEqual(
      [],
    );
    expect(documented.problems("GET /health", wrong)).not.toEqual([]);
  });

  test("finds a frame of a stream that is not as documented", () => {
    const frames = 'data: {"object":"chat.completion.chunk"}\n\ndata: [DONE]\n\n';
    const headers = new Headers({
      "content-type": "text/event-stream",
      "x-generation-id": "1",
      "x-conversation-id": "2",
    });
    expect(documented.problems("POST /chat/stream", { status: 200, headers, text: frames })).not.toEqual([]);
  });
});
