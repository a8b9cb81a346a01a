/** The public interface over HTTP, with a scripted engine: forms, streams, replays, refusals. */
import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { EngineFailedError, ModelUnusableError } from "../../src/errors.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(" ");
const engineThat = (script: Script) => new ScriptedEngine({ script: () => script });
const paced = (answer: string, milliseconds: number): Script => ({
  answer,
  pace: () => Bun.sleep(milliseconds),
});

const post = (url: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });

/** The frames of a stream, without comments. */
const framesOf = (text: string) =>
  text.split("\n\n").filter((frame) => frame !== "" && !frame.startsWith(":"));
const dataOf = (frame: string) => /^data: (.*)$/m.exec(frame)?.[1] ?? "";
const chunksOf = (text: string) =>
  framesOf(text)
    .map(dataOf)
    .filter((data) => data !== "[DONE]")
    .map((data) => JSON.parse(data));
const contentOf = (text: string) =>
  chunksOf(text)
    .map((chunk) => chunk.choices[0].delta.content ?? "")
    .join("");

describe("POST /chat", () => {
  test("gives the whole answer, the model that really ran and what was used", async () => {
    await using app = openAnsweringApp({ engines: [engineThat({ answer: words(5) })] });
    const reply = await post(`${app.url}/chat`, { message: "Hello?" });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toEqual({
      response: words(5),
      model: "scripted-model",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      memory_used: 0,
      conversation_id: expect.any(String),
      generation_id: expect.any(String),
      finish_reason: "stop",
      usage: expect.objectContaining({ completion_tokens: 5 }),
      facts: [],
      figures: expect.any(Array),
    });
  });

  test("goes on with a conversation", async () => {
    const engine = engineThat({ answer: "Yes." });
    await using app = openAnsweringApp({ engines: [engine] });
    const first = await (await post(`${app.url}/chat`, { message: "One?" })).json();
    await post(`${app.url}/chat`, { message: "Two?", conversation_id: first.conversation_id });
    expect(engine.requests[1]?.messages.map(({ content }) => content).slice(1)).toEqual([
      "One?",
      "Yes.",
      "Two?",
    ]);
    const unknown = await post(`${app.url}/chat`, { message: "Three?", conversation_id: "nowhere" });
    expect(unknown.status).toBe(404);
  });

  test("an answer that fails is an honest error, with what was written until then", async () => {
    const script = {
      answer: words(9),
      failAt: { token: 3, error: new EngineFailedError("It broke. Try again.") },
    };
    await using app = openAnsweringApp({ engines: [engineThat(script)] });
    const reply = await post(`${app.url}/chat`, { message: "Hello?" });
    expect(reply.status).toBe(502);
    expect((await reply.json()).error).toMatchObject({
      code: "engine_failed",
      message: "It broke. Try again.",
      partial_response: words(3),
    });
  });

  test("stream: true streams", async () => {
    await using app = openAnsweringApp({ engines: [engineThat({ answer: words(4) })] });
    const reply = await post(`${app.url}/chat`, { message: "Hello?", stream: true });
    expect(reply.headers.get("content-type")).toStartWith("text/event-stream");
    expect(contentOf(await reply.text())).toBe(words(4));
  });
});

describe("POST /chat/stream", () => {
  test("is a role, the tokens, one finish with usage, and [DONE]; ids are the cursor", async () => {
    await using app = openAnsweringApp({ engines: [engineThat({ answer: words(6) })] });
    const reply = await post(`${app.url}/chat/stream`, { message: "Hello?" });
    const text = await reply.text();
    const id = reply.headers.get("x-generation-id") ?? "";
    const frames = framesOf(text);
    expect(frames.map((frame) => /^id: (.*)$/m.exec(frame)?.[1])).toEqual([
      ...Array.from({ length: 8 }, (_, index) => String(index)),
      undefined,
    ]);
    expect(frames.at(-1)).toBe("data: [DONE]");
    const chunks = chunksOf(text);
    expect(chunks.every((chunk) => chunk.id === id && chunk.object === "chat.completion.chunk")).toBe(true);
    expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
    expect(chunks[0].choices[0].delta.role).toBe("assistant");
    expect(chunks.at(-1)).toMatchObject({
      choices: [{ finish_reason: "stop" }],
      usage: { completion_tokens: 6, prompt_tokens: expect.any(Number) },
    });
    expect(chunks.filter((chunk) => chunk.choices[0].finish_reason !== null)).toHaveLength(1);
    expect(contentOf(text)).toBe(words(6));
  });

  test("read again, whole or from any cursor, it is the same bytes", async () => {
    await using app = openAnsweringApp({ engines: [engineThat({ answer: `${words(6)}\n\n| a |\r\n🙂` })] });
    const reply = await post(`${app.url}/chat/stream`, { message: "Hello?" });
    const all = framesOf(await reply.text());
    const events = `${app.url}/generations/${reply.headers.get("x-generation-id")}/events`;
    expect(framesOf(await (await fetch(events)).text())).toEqual(all);
    for (let cursor = 0; cursor < all.length; cursor++) {
      const expected = cursor === all.length - 1 ? all.slice(-1) : all.slice(cursor + 1);
      expect(framesOf(await (await fetch(`${events}?after=${cursor}`)).text())).toEqual(expected);
      const resumed = await fetch(events, { headers: { "last-event-id": String(cursor) } });
      expect(framesOf(await resumed.text())).toEqual(expected);
    }
  });

  test("a reader that comes in the middle gets the rest live, and the first one's leaving stops nothing", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(40), 5))] });
    const leave = new AbortController();
    const first = await post(`${app.url}/chat/stream`, { message: "Hello?" }, {}, leave.signal);
    const id = first.headers.get("x-generation-id") ?? "";
    await first.body?.getReader().read();
    leave.abort();
    const rest = await (await fetch(`${app.url}/generations/${id}/events`)).text();
    expect(contentOf(rest)).toBe(words(40));
    expect(app.store.generations.get(id)?.state).toBe("done");
  });

  test("Stop from another connection ends it, with the text kept and one terminal chunk", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(4000), 4))] });
    const reply = await post(`${app.url}/chat/stream`, { message: "Hello?", max_tokens: 4000 });
    const id = reply.headers.get("x-generation-id") ?? "";
    const stopped = await post(`${app.url}/generations/${id}/stop`, "");
    expect(await stopped.json()).toEqual({ success: true, stopped: true, generation_id: id });
    const text = await reply.text();
    expect(chunksOf(text).at(-1).choices[0].finish_reason).toBe("stop");
    expect(text.trimEnd()).toEndWith("data: [DONE]");
    expect(app.store.generations.get(id)?.state).toBe("stopped");
    expect((await post(`${app.url}/generations/none/stop`, "")).status).toBe(404);
  });

  test("a failure before the first token is an HTTP error; one after it is a chunk with an error, then [DONE]", async () => {
    const error = new ModelUnusableError("The model file is damaged. Fetch it again.");
    await using broken = openAnsweringApp({
      engines: [engineThat({ answer: "a", failAt: { token: 0, error } })],
    });
    // The script reports progress first, so the failure may also come in the stream: both are honest.
    const early = await post(`${broken.url}/chat/stream`, { message: "Hello?" });
    const earlyText = await early.text();
    expect(earlyText).toContain("The model file is damaged. Fetch it again.");

    const later = {
      answer: words(9),
      failAt: { token: 4, error: new EngineFailedError("It broke. Try again.") },
    };
    await using app = openAnsweringApp({ engines: [engineThat(later)] });
    const text = await (await post(`${app.url}/chat/stream`, { message: "Hello?" })).text();
    expect(contentOf(text)).toBe(words(4));
    expect(chunksOf(text).at(-1)).toMatchObject({
      choices: [{ delta: {}, finish_reason: null }],
      error: { message: "It broke. Try again.", code: "engine_failed" },
    });
    expect(text.trimEnd()).toEndWith("data: [DONE]");
  });

  test("an answer that broke off is continued from where it was, and the reply says where to read on", async () => {
    const error = new EngineFailedError("It broke. Try again.");
    let asked = 0;
    const engine = new ScriptedEngine({
      script: () => ({ answer: words(9), ...(asked++ < 2 ? { failAt: { token: 4, error } } : {}) }),
    });
    await using app = openAnsweringApp({ engines: [engine] });
    const broken = await post(`${app.url}/chat/stream`, { message: "Hello?" });
    const id = broken.headers.get("x-generation-id") ?? "";
    const end = Number(/^id: (.*)$/m.exec(framesOf(await broken.text()).at(-2) ?? "")?.[1]);
    const reply = await post(`${app.url}/generations/${id}/continue`, "");
    const continued = await reply.json();
    expect([reply.status, continued]).toEqual([
      200,
      { success: true, generation_id: id, events: `/generations/${id}/events?after=${end}` },
    ]);
    const rest = await (await fetch(app.url + continued.events)).text();
    expect(words(4) + contentOf(rest)).toBe(words(9));
    expect(contentOf(await (await fetch(`${app.url}/generations/${id}/events`)).text())).toBe(words(9));

    const complete = await post(`${app.url}/generations/${id}/continue`, "");
    expect([complete.status, (await complete.json()).error.message]).toEqual([
      422,
      "This answer is complete. Ask a further question instead.",
    ]);
    expect((await post(`${app.url}/generations/none/continue`, "")).status).toBe(404);
  });

  test("the same Idempotency-Key is one generation", async () => {
    await using app = openAnsweringApp();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(`${app.url}/chat/stream`, { message: "Once?" }, { "idempotency-key": "k" }),
      ),
    );
    expect(new Set(replies.map((reply) => reply.headers.get("x-generation-id"))).size).toBe(1);
    const texts = await Promise.all(replies.map((reply) => reply.text()));
    expect(new Set(texts.map((text) => contentOf(text))).size).toBe(1);
    expect(app.store.conversations.list(null, 10)).toHaveLength(1);
  });

  test("above the queue's limit it is 503 with Retry-After", async () => {
    const slow = new ScriptedEngine({ slots: 1, script: () => paced(words(400), 20) });
    await using app = openAnsweringApp({ engines: [slow], queueLimit: 1 });
    const accepted = [
      await post(`${app.url}/chat/stream`, { message: "1?" }),
      await post(`${app.url}/chat/stream`, { message: "2?" }),
    ];
    expect(accepted.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await post(`${app.url}/chat/stream`, { message: "3?" });
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("10");
    expect((await refused.json()).error.code).toBe("queue_full");
  });
});

describe("A request that is out of form", () => {
  const secret = "my account number is 12345";
  const cases: [Record<string, unknown>, string][] = [
    [{ temperature: 2.5 }, "temperature must be a number from 0 to 2."],
    [{ temperature: "hot" }, "temperature must be a number from 0 to 2."],
    [{ max_tokens: 0 }, "max_tokens must be a whole number from 1 to 131072."],
    [{ top_p: -1 }, "top_p must be a number from 0 to 1."],
    [{ seed: -5 }, "seed must be a whole number from 0 to 4294967295."],
    [{ memory_context: 21 }, "memory_context must be a whole number from 0 to 20."],
    [{ stop: [""] }, "stop[0] must be a text of 1 to 200 characters."],
    [{ stream: "yes" }, "stream must be true or false."],
    [{ message: 7 }, "message must be a text of 1 to 20000 characters."],
    [{ message: `${secret} ${"x".repeat(20_000)}` }, "message must be a text of 1 to 20000 characters."],
  ];
  for (const [fields, sentence] of cases) {
    test(`is refused by name and range, and never echoed: ${sentence} (${JSON.stringify(fields).slice(0, 40)})`, async () => {
      await using app = openAnsweringApp();
      const reply = await post(`${app.url}/chat`, { message: secret, ...fields });
      const text = await reply.text();
      expect(reply.status).toBe(422);
      expect(JSON.parse(text).error).toMatchObject({ message: sentence, code: "invalid_request" });
      expect(text).not.toContain("12345");
      expect(JSON.stringify(app.logLines)).not.toContain("12345");
    });
  }

  test("a missing message, a body that is no JSON, a blank message", async () => {
    await using app = openAnsweringApp();
    const missing = await post(`${app.url}/chat`, {});
    expect([missing.status, (await missing.json()).error.param]).toEqual([422, "message"]);
    const broken = await post(`${app.url}/chat`, `{"message": "${secret}`);
    const text = await broken.text();
    expect([broken.status, JSON.parse(text).error.message]).toEqual([
      422,
      "The request's body is not valid JSON.",
    ]);
    expect(text).not.toContain("12345");
    expect((await post(`${app.url}/chat`, { message: "   " })).status).toBe(422);
    expect(app.store.conversations.list(null, 10)).toEqual([]);
  });

  test("null means that a field was left out", async () => {
    await using app = openAnsweringApp();
    const reply = await post(`${app.url}/chat`, {
      message: "Hello?",
      conversation_id: null,
      temperature: null,
      seed: null,
      stop: null,
    });
    expect(reply.status).toBe(200);
  });

  test("an address that does not exist is a 404 in the same form, with the same headers", async () => {
    await using app = openAnsweringApp();
    const reply = await fetch(`${app.url}/nowhere`);
    expect(reply.status).toBe(404);
    expect((await reply.json()).error.code).toBe("not_found");
    expect(reply.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
  });
});

describe("Another site in the user's browser", () => {
  test("cannot ask, stop or memorise, and cannot rename itself to this machine", async () => {
    await using app = openAnsweringApp();
    const hostile: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { host: "evil.example" },
      { host: "localhost.evil.example:8080" },
    ];
    for (const headers of hostile)
      for (const path of [
        "/chat",
        "/chat/stream",
        "/memorize",
        "/ask",
        "/generations/x/stop",
        "/generations/x/continue",
      ]) {
        const reply = await post(`${app.url}${path}`, { message: "Hello?", key: "k", value: "v" }, headers);
        expect([path, headers, reply.status]).toEqual([path, headers, 403]);
      }
    expect((await fetch(`${app.url}/health`, { headers: { host: "evil.example" } })).status).toBe(403);
    expect(app.store.conversations.list(null, 10)).toEqual([]);
    expect(app.memory.newest(null, 10)).toEqual([]);
  });

  test("while the page's own requests, and programs without an origin, are served", async () => {
    await using app = openAnsweringApp();
    const own = { origin: app.url, "sec-fetch-site": "same-origin" };
    expect((await post(`${app.url}/chat`, { message: "Hello?" }, own)).status).toBe(200);
  });
});

describe("Memory", () => {
  test("what is memorised is listed newest first", async () => {
    await using app = openAnsweringApp();
    const reply = await post(`${app.url}/memorize`, { key: "goal", value: "Retire at 60" });
    expect(await reply.json()).toEqual({
      success: true,
      message: 'Remembered "goal".',
      timestamp: expect.stringMatching(/^\d{4}-/),
    });
    await post(`${app.url}/memorize`, { key: "broker", value: "None yet", category: "accounts" });
    const id = expect.any(String);
    expect(await (await fetch(`${app.url}/memories?n=10`)).json()).toEqual([
      { id, key: "broker", value: "None yet", category: "accounts", timestamp: expect.any(String) },
      { id, key: "goal", value: "Retire at 60", category: "general", timestamp: expect.any(String) },
    ]);
    expect(await (await fetch(`${app.url}/memories?n=1`)).json()).toHaveLength(1);
    const bad = await fetch(`${app.url}/memories?n=0`);
    expect([bad.status, (await bad.json()).error.message]).toEqual([
      422,
      "n must be a whole number from 1 to 1000.",
    ]);
  });

  test("is recalled into the prompt, as much as the request allows; 0 is none", async () => {
    const engine = engineThat({ answer: "Yes." });
    await using app = openAnsweringApp({ engines: [engine] });
    await post(`${app.url}/memorize`, { key: "retirement goal", value: "Retire at 60 with a house" });
    const asked = { message: "What is my retirement goal?" };
    const used = [];
    for (const memory_context of [0, 3])
      used.push((await (await post(`${app.url}/chat`, { ...asked, memory_context })).json()).memory_used);
    expect(used).toEqual([0, 1]);
    expect(engine.requests[0]?.messages[1]?.content).toBe("What is my retirement goal?");
    expect(engine.requests[1]?.messages[1]?.content).toContain("Retire at 60 with a house");
  });
});

describe("WS /chat/stream", () => {
  interface Message {
    readonly type: string;
    readonly [field: string]: unknown;
  }

  async function open(url: string) {
    const socket = new WebSocket(`${url.replace("http", "ws")}/chat/stream`);
    const messages: Message[] = [];
    const waiting: (() => void)[] = [];
    socket.onmessage = ({ data }) => {
      messages.push(JSON.parse(data));
      for (const wake of waiting.splice(0)) wake();
    };
    const opened = Promise.withResolvers<void>();
    socket.onopen = () => opened.resolve();
    await opened.promise;
    const until = async (
      type: string,
      from = 0,
      isMeant: (message: Message) => boolean = () => true,
    ): Promise<Message> => {
      for (;;) {
        const found = messages.slice(from).find((message) => message.type === type && isMeant(message));
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    };
    return { socket, messages, until, send: (value: unknown) => socket.send(JSON.stringify(value)) };
  }

  test("streams tokens and ends with done; the next question may follow", async () => {
    await using app = openAnsweringApp({ engines: [engineThat({ answer: words(5) })] });
    const { socket, messages, until, send } = await open(app.url);
    send({ message: "Hello?", mood: "passed over, as by POST /chat (it was refused)" });
    const done = await until("done");
    const content = () =>
      messages
        .filter(({ type }) => type === "token")
        .map((message) => message.content)
        .join("");
    expect(content()).toBe(words(5));
    expect(done).toMatchObject({ state: "done", finish_reason: "stop", usage: { completion_tokens: 5 } });
    const before = messages.length;
    send({ message: "Again?", conversation_id: done.conversation_id });
    expect(await until("done", before)).toMatchObject({ conversation_id: done.conversation_id });
    socket.close();
  });

  test("stop stops; a bad message is an error that names the field, and the socket stays open", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(4000), 4))] });
    const { socket, messages, until, send } = await open(app.url);
    send({ message: "Hello?", temperature: 9 });
    expect(await until("error")).toMatchObject({
      error: { message: "temperature must be a number from 0 to 2." },
    });
    socket.send("this is not JSON");
    await until("error", 1);
    send({ message: "Hello?", max_tokens: 4000 });
    await until("token");
    send({ message: "Too early?" });
    expect(await until("error", 2)).toMatchObject({
      error: { message: expect.stringContaining("still being answered") },
    });
    send({ type: "stop" });
    expect(await until("done")).toMatchObject({ state: "stopped" });
    expect(messages.at(-1)?.type).toBe("done");
    socket.close();
  });

  test("of two questions sent at once the second is refused (both were answered, mixed); a stop at once stops (it was dropped)", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(4000), 4))] });
    const { socket, messages, until, send } = await open(app.url);
    send({ message: "One?", max_tokens: 4000 });
    send({ message: "Two?", max_tokens: 4000 });
    send({ type: "stop" });
    expect(await until("error")).toMatchObject({
      error: { message: expect.stringContaining("still being answered") },
    });
    expect(await until("done")).toMatchObject({ state: "stopped" });
    expect(messages.filter(({ type }) => type === "start")).toHaveLength(1);
    expect(app.store.conversations.list(null, 10)).toHaveLength(1);
    socket.close();
  });

  test("questions with request_ids of their own are answered at once, and each is stopped by its own", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(4000), 4))] });
    const { socket, messages, until, send } = await open(app.url);
    const of = (id: string) => messages.filter(({ request_id }) => request_id === id);
    for (const request_id of ["a", "b"]) send({ message: `${request_id}?`, max_tokens: 4000, request_id });
    while (of("a").length < 20 || of("b").length < 20) await until("token", messages.length);
    send({ message: "Again?", request_id: "a" });
    const refused = await until("error");
    expect(refused).toMatchObject({
      error: { param: "request_id", message: expect.stringContaining('"a"') },
    });
    // A client that ends a question by its request_id must not end the first one.
    expect(refused.request_id).toBeUndefined();
    send({ message: "Hello?", request_id: "" });
    expect(await until("error", messages.length)).toMatchObject({
      error: { message: "request_id must be a text of 1 to 100 characters." },
    });
    send({ type: "stop", request_id: "a" });
    expect(await until("done")).toMatchObject({ request_id: "a", state: "stopped" });
    const at = messages.length;
    expect(await until("token", at)).toMatchObject({ request_id: "b" });
    send({ type: "stop" });
    expect(await until("done", at)).toMatchObject({ request_id: "b", state: "stopped" });
    for (const id of ["a", "b"]) {
      const own = of(id);
      const generationId = own.find(({ type }) => type === "start")?.generation_id;
      const text = own.filter(({ type }) => type === "token").map(({ content }) => content);
      expect(app.generations.textSoFar(String(generationId)).text).toBe(text.join(""));
    }
    socket.close();
  });

  test("a socket answers so many questions at once, and no more", async () => {
    await using app = openAnsweringApp({
      engines: [engineThat(paced(words(4000), 50))],
      queueLimit: 100,
    });
    const { socket, messages, until, send } = await open(app.url);
    for (let id = 0; id < 33; id++) send({ message: "Hello?", request_id: `${id}` });
    expect(await until("error")).toMatchObject({
      request_id: "32",
      error: {
        message: expect.stringContaining("32 questions"),
        limit: "questions_per_socket",
        retry_after: 10,
      },
    });
    send({ type: "stop" });
    while (messages.filter(({ type }) => type === "done").length < 32) await until("done", messages.length);
    socket.close();
  });

  test("an answer is read on from a cursor by another socket: nothing is missing and nothing comes twice", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(60), 4))] });
    const first = await open(app.url);
    first.send({ message: "Hello?" });
    const { generation_id } = await first.until("start");
    await first.until("token", 10);
    const seen = first.messages.filter(({ type }) => type === "token");
    first.socket.close();

    const second = await open(app.url);
    second.send({ type: "resume", generation_id, after: seen.at(-1)?.cursor });
    await second.until("done");
    const rest = second.messages.filter(({ type }) => type === "token");
    expect([...seen, ...rest].map(({ content }) => content).join("")).toBe(words(60));
    const before = second.messages.length;
    second.send({ type: "resume", generation_id: "nobody" });
    expect(await second.until("error", before)).toMatchObject({ error: { code: "not_found" } });
    second.socket.close();
  });

  test("a ping is answered, news and reasoning have types of their own, and a cursor alone is enough to come back", async () => {
    const held = Promise.withResolvers<void>();
    const busy = engineThat({
      answer: words(3),
      pace: (token) => (token === 0 ? held.promise : Promise.resolve()),
    });
    await using app = openAnsweringApp({ engines: [busy] });
    const { socket, messages, until, send } = await open(app.url);
    send({ type: "ping" });
    expect(await until("pong")).toEqual({ type: "pong" });
    send({ message: "Hello?" });
    // The engine may have been loading before.
    await until("progress", 0, ({ progress }) => Bun.deepMatch({ type: "reading" }, progress));
    held.resolve();
    const { generation_id } = await until("done");
    const before = messages.length;
    send({ generation_id, after: 1 });
    await until("done", before);
    const again = messages.slice(before).filter(({ type }) => type === "token");
    expect(again.map(({ cursor }) => cursor)).toEqual([2, 3]);
    socket.close();
  });

  test("a question that is sent again with its key, over another socket, is asked once", async () => {
    await using app = openAnsweringApp({ engines: [engineThat(paced(words(60), 4))] });
    const question = { message: "Hello?", idempotency_key: "q-1" };
    const first = await open(app.url);
    first.send(question);
    const { generation_id } = await first.until("start");
    first.socket.close();
    const second = await open(app.url);
    second.send(question);
    expect(await second.until("start")).toMatchObject({ generation_id });
    await second.until("done");
    const text = second.messages.filter(({ type }) => type === "token").map(({ content }) => content);
    expect(text.join("")).toBe(words(60));
    const before = second.messages.length;
    second.send({ message: "Hello?", idempotency_key: "käse" });
    expect(await second.until("error", before)).toMatchObject({ error: { param: "idempotency_key" } });
    second.socket.close();
  });

  test.each([
    [{ type: "resume" }, "generation_id"],
    [{ generation_id: "x", after: -1 }, "after"],
    [{ type: "resume", generation_id: 7 }, "generation_id"],
  ])("what is out of form in %j is named: it was told of a missing message", async (message, param) => {
    await using app = openAnsweringApp();
    const { socket, until, send } = await open(app.url);
    send(message);
    expect(await until("error")).toMatchObject({ error: { param } });
    socket.close();
  });

  test("a reader that is slow gets a long answer whole: the server waits for it, and keeps no more for it than it may", async () => {
    const answer = `${"x".repeat(300)} `.repeat(60_000);
    const engine = new ScriptedEngine({ script: () => ({ answer }), contextSize: 1_000_000 });
    await using app = openAnsweringApp({ engines: [engine] });
    const asked = await post(`${app.url}/chat`, { message: "Hello?", max_tokens: 131_072 });
    const { generation_id } = await asked.json();
    // It reads nothing until it is told to: the system keeps some megabytes for it.
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, "clients/slow-socket.ts"), app.url, generation_id],
      {
        stdio: ["pipe", "pipe", "inherit"],
      },
    );
    const lines = child.stdout.getReader();
    await lines.read();
    for (let turn = 0; turn < 50; turn++) await fetch(`${app.url}/health`);
    child.stdin.write("go on\n");
    child.stdin.end();
    const { value } = await lines.read();
    expect(JSON.parse(new TextDecoder().decode(value))).toEqual({ tokens: 60_001, end: "done" });
    await child.exited;
  });

  test("a message that is larger than a question can be closes the socket: it was read up to 16 MB", async () => {
    await using app = openAnsweringApp();
    const { socket, send } = await open(app.url);
    const closed = Promise.withResolvers<number>();
    socket.onclose = ({ code }) => closed.resolve(code);
    send({ message: "x".repeat(1024 * 1024) });
    // Bun closes without a word where the protocol has 1009.
    expect([1006, 1009]).toContain(await closed.promise);
  });

  test("another site's page cannot open one", async () => {
    await using app = openAnsweringApp();
    const reply = await fetch(`${app.url}/chat/stream`, {
      headers: {
        upgrade: "websocket",
        connection: "Upgrade",
        origin: "https://evil.example",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-version": "13",
      },
    });
    expect(reply.status).toBe(403);
  });
});

describe("The rest", () => {
  test("/health says what runs; the OpenAPI document names every public route", async () => {
    await using app = openAnsweringApp();
    await post(`${app.url}/chat`, { message: "Hello?" });
    expect(await (await fetch(`${app.url}/health`)).json()).toMatchObject({
      status: "healthy",
      model: "scripted-model",
      memory_status: "ready",
      storage: "ok",
      engine: { name: "scripted", state: "ready" },
    });
    const { paths } = await (await fetch(`${app.url}/openapi.json`)).json();
    expect(Object.keys(paths).toSorted()).toEqual([
      "/api/audit",
      "/api/batch",
      "/api/blobs/{digest}",
      "/api/calculate/{name}",
      "/api/calculators",
      "/api/chat",
      "/api/conversations",
      "/api/conversations/import",
      "/api/conversations/{id}",
      "/api/conversations/{id}/export",
      "/api/conversations/{id}/fork",
      "/api/conversations/{id}/messages",
      "/api/conversations/{id}/messages/{messageId}",
      "/api/conversations/{id}/messages/{messageId}/continue",
      "/api/conversations/{id}/messages/{messageId}/edit",
      "/api/conversations/{id}/messages/{messageId}/regenerate",
      "/api/conversations/{id}/messages/{messageId}/restore",
      "/api/conversations/{id}/messages/{messageId}/show",
      "/api/conversations/{id}/queue",
      "/api/conversations/{id}/queue/{questionId}",
      "/api/conversations/{id}/queue/{questionId}/send",
      "/api/conversations/{id}/restore",
      "/api/conversations/{id}/tool-servers",
      "/api/copy",
      "/api/create",
      "/api/data",
      "/api/data/wipe",
      "/api/datasets",
      "/api/datasets/{id}",
      "/api/datasets/{id}/bars",
      "/api/datasets/{id}/export",
      "/api/datasets/{id}/series",
      "/api/delete",
      "/api/embed",
      "/api/embeddings",
      "/api/engines/{name}/load",
      "/api/engines/{name}/{action}",
      "/api/export",
      "/api/facts",
      "/api/facts/{id}",
      "/api/facts/{id}/verify",
      "/api/generate",
      "/api/generations/{id}",
      "/api/generations/{id}/calls/{call}",
      "/api/generations/{id}/replay",
      "/api/imports",
      "/api/imports/{id}",
      "/api/imports/{id}/commit",
      "/api/instruments",
      "/api/instruments/{symbol}",
      "/api/memory",
      "/api/models",
      "/api/models/files",
      "/api/models/pull",
      "/api/models/pulls/{id}/{action}",
      "/api/models/{id}",
      "/api/presets",
      "/api/presets/{id}",
      "/api/projects",
      "/api/projects/{id}",
      "/api/projects/{id}/documents",
      "/api/projects/{id}/documents/{documentId}",
      "/api/projects/{id}/memories",
      "/api/projects/{id}/restore",
      "/api/ps",
      "/api/pull",
      "/api/push",
      "/api/settings",
      "/api/show",
      "/api/status",
      "/api/tags",
      "/api/tool-servers",
      "/api/tool-servers/{id}",
      "/api/tool-servers/{id}/restart",
      "/api/tool-servers/{id}/tools",
      "/api/tools",
      "/api/tools/rules",
      "/api/transcriptions",
      "/api/version",
      "/apply-template",
      "/chat",
      "/chat/stream",
      "/completion",
      "/completions",
      "/detokenize",
      "/documents",
      "/documents/search",
      "/documents/{id}",
      "/documents/{id}/file",
      "/documents/{id}/restore",
      "/embedding",
      "/embeddings",
      "/files",
      "/files/{id}",
      "/files/{id}/text",
      "/generations/{id}/answer-now",
      "/generations/{id}/continue",
      "/generations/{id}/events",
      "/generations/{id}/stop",
      "/health",
      "/infill",
      "/memories",
      "/memories/export",
      "/memories/forget",
      "/memories/import",
      "/memories/import/undo",
      "/memories/proposals",
      "/memories/proposals/{id}/accept",
      "/memories/proposals/{id}/refuse",
      "/memories/proposals/{id}/restore",
      "/memories/restore",
      "/memories/search",
      "/memories/{id}",
      "/memories/{id}/feedback",
      "/memories/{id}/restore",
      "/memories/{id}/settle",
      "/memories/{id}/supersede",
      "/memorize",
      "/metrics",
      "/models",
      "/models/load",
      "/models/switch",
      "/models/unload",
      "/props",
      "/rerank",
      "/reranking",
      "/slots",
      "/tokenize",
      "/v1/audio/speech",
      "/v1/audio/transcriptions",
      "/v1/batches",
      "/v1/batches/{id}",
      "/v1/batches/{id}/cancel",
      "/v1/chat/completions",
      "/v1/chat/completions/input_tokens",
      "/v1/chat/completions/{id}",
      "/v1/chat/completions/{id}/messages",
      "/v1/completions",
      "/v1/embeddings",
      "/v1/files",
      "/v1/files/{id}",
      "/v1/files/{id}/content",
      "/v1/messages",
      "/v1/messages/count_tokens",
      "/v1/models",
      "/v1/models/{id}",
      "/v1/moderations",
      "/v1/rerank",
      "/v1/reranking",
      "/v1/responses",
      "/v1/responses/input_tokens",
      "/v1/responses/{id}",
      "/v1/responses/{id}/cancel",
      "/v1/responses/{id}/input_items",
      "/v1/stream",
      "/v1/streams/lookup",
    ]);
  });

  test("a whole answer's life is one log line with its figures and without its text", async () => {
    await using app = openAnsweringApp({ engines: [engineThat({ answer: "private words" })] });
    await post(`${app.url}/chat`, { message: "a private question" });
    const line = app.logLines.find(({ event }) => event === "streaming");
    expect(line).toMatchObject({
      generation: expect.any(String),
      outcome: "done",
      tokens: 2,
      time_to_first_token_ms: expect.any(Number),
      duration_ms: expect.any(Number),
    });
    expect(JSON.stringify(app.logLines)).not.toContain("private");
  });
});
