/** What was found by trying the API with whatever its description allows, and forbids: each was taken for something else. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp | null = null;
afterEach(async () => {
  await app?.[Symbol.asyncDispose]();
  app = null;
});

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  app ??= openAnsweringApp();
  const response = await fetch(app.url + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

const messages = [{ role: "user", content: "Hello?" }];

test.each([
  ["/v1/responses", "metadata", { model: "auto", input: "Hello?", metadata: "AAA" }],
  ["/v1/responses", "text", { model: "auto", input: "Hello?", text: "AAA" }],
  ["/v1/chat/completions", "metadata", { model: "auto", messages, metadata: [null] }],
  ["/v1/chat/completions", "stream_options", { model: "auto", messages, stream_options: "AAA" }],
  ["/v1/chat/completions", "logit_bias", { model: "auto", messages, logit_bias: [1] }],
  ["/v1/completions", "metadata", { model: "auto", prompt: "Hello", metadata: 5 }],
])(
  "A field of %s that must be an object is refused when it is none, not made one: %s",
  async (path, field, body) => {
    const { status, text } = await ask("POST", path, body);
    expect([status, JSON.parse(text).error.param]).toEqual([400, field]);
  },
);

/** Sends a body piece by piece, without saying how long it is. */
const inPieces = (path: string, pieces: Iterable<string>, headers: Record<string, string> = {}) => {
  app ??= openAnsweringApp();
  const iterator = pieces[Symbol.iterator]();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = iterator.next();
      if (next.done) return controller.close();
      sent += next.value.length;
      controller.enqueue(new TextEncoder().encode(next.value));
    },
  });
  const reply = fetch(app.url + path, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
  return { reply, sent: () => sent };
};
const megabyte = 2 ** 20;

test.each([
  ["/v1/chat/completions", 20],
  ["/v1/responses", 20],
  ["/v1/embeddings", 8],
  ["/chat", 1],
] as const)(
  "A body whose length is not told is read up to the limit of %s, and no further (all of it was)",
  async (path, limit) => {
    const tooMuch = Array.from({ length: 60 }, () => "x".repeat(megabyte));
    const { reply, sent } = inPieces(path, ['{"model":"', ...tooMuch]);
    const { status, text } = await reply.then(
      async (response) => ({ status: response.status, text: await response.text() }),
      // It may be cut off while it still sends.
      () => ({ status: 413, text: "" }),
    );
    expect(status).toBe(413);
    if (text !== "") expect(JSON.parse(text).error.largest_bytes).toBe(limit * megabyte);
    expect(sent()).toBeLessThan((limit + 30) * megabyte);
  },
);

test("JSON may come in pieces whose length is not told", async () => {
  const { reply } = inPieces("/chat", ['{"mess', 'age":"Hello?"}']);
  expect((await reply).status).toBe(200);
});

test.each(["application/x-www-form-urlencoded", "text/plain", ""])(
  'JSON that is said to be "%s" is refused with how to send it (it was told that its message was missing)',
  async (type) => {
    const { status, text } = await ask("POST", "/chat", { message: "Hello?" }, { "content-type": type });
    expect(status).toBe(415);
    expect(JSON.parse(text).error.message).toContain("Content-Type: application/json");
  },
);

test.each(["APPLICATION/JSON", "application/json;charset=utf-8", " application/json ; a=b"])(
  "JSON is JSON however that is written: %j",
  async (type) => {
    expect((await ask("POST", "/chat", { message: "Hello?" }, { "content-type": type })).status).toBe(200);
  },
);

test.each([[[]], [[1]]])("A body that is JSON, and no object, is told so: %j", async (body) => {
  const { status, text } = await ask("POST", "/v1/chat/completions", body);
  expect([status, JSON.parse(text).error.message]).toEqual([400, "The request must be a JSON object."]);
});

test("Fields that nobody knows are still passed over", async () => {
  expect((await ask("POST", "/chat", { message: "Hello?", unknown: { a: [1] } })).status).toBe(200);
});

test.each(["käse", " ", "a\tb", ""])(
  "An Idempotency-Key that is not of ASCII is refused: %j",
  async (key) => {
    // fetch takes the bytes of a header as Latin-1, and leaves blanks at its ends out.
    const { status, text } = await ask(
      "POST",
      "/memorize",
      { key: "a", value: "b" },
      { "idempotency-key": key },
    );
    expect([status, JSON.parse(text).error.param]).toEqual([422, "Idempotency-Key"]);
  },
);

test.each([" ", "\t\n", "\u0000", "\u001f", "\u0085", "\u200b\u200d", "\ufeff"])(
  "A question of signs that nobody sees is none: %j",
  async (text) => {
    expect((await ask("POST", "/chat", { message: text })).status).toBe(422);
    expect((await ask("POST", "/memorize", { key: text, value: "b" })).status).toBe(422);
    expect((await ask("POST", "/chat", { message: `${text}Hello?` })).status).toBe(200);
  },
);

test("Whether archived conversations are wanted is looked at also beside words to search for", async () => {
  expect((await ask("GET", "/api/conversations?q=gold&archived=perhaps")).status).toBe(422);
});

test("A cursor that is none is refused beside words to search for, and beside a Last-Event-ID", async () => {
  expect((await ask("GET", "/api/conversations?q=gold&cursor=%C3%A0")).status).toBe(422);
  const { text } = await ask("POST", "/chat", { message: "Hello?" });
  const events = `/generations/${JSON.parse(text).generation_id}/events`;
  expect((await ask("GET", `${events}?after=x`, undefined, { "last-event-id": "1" })).status).toBe(422);
  expect((await ask("GET", `${events}?after=1`, undefined, { "last-event-id": "" })).status).toBe(200);
  expect((await ask("GET", `${events}?after=`)).status).toBe(422);
});

test("Where to go on in a response's events is looked at also when no events are asked for", async () => {
  const { text } = await ask("POST", "/v1/responses", { model: "auto", input: "Hello?" });
  const { id } = JSON.parse(text);
  expect((await ask("GET", `/v1/responses/${id}?starting_after=1441397847833870336000`)).status).toBe(400);
  expect((await ask("GET", `/v1/responses/${id}?starting_after=2`)).status).toBe(200);
});
