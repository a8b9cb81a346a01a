/** The conversations by REST, over the real app, store and generations. */
import { afterEach, describe, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp | null = null;
afterEach(async () => {
  await app?.[Symbol.asyncDispose]();
  app = null;
});

interface Message {
  readonly id: string;
  readonly role: string;
  readonly content: string;
  readonly siblings: readonly string[];
  readonly generation: { readonly id: string; readonly state: string } | null;
}

/** Each answer repeats the question, so that a test sees which prompt it had. */
function open(): AnsweringApp {
  app = openAnsweringApp({
    engines: [
      new ScriptedEngine({
        slots: 4,
        script: ({ messages, sampling }) => ({
          answer: `${messages.length} messages, seed ${sampling.seed}, last: ${messages.at(-1)?.content}`,
        }),
      }),
    ],
  });
  return app;
}

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${app?.url}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
const post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  call("POST", path, body, headers);

async function begun(...questions: string[]): Promise<string> {
  let id: string | undefined;
  for (const message of questions) {
    const { body } = await post("/chat", {
      message,
      memory_context: 0,
      ...(id ? { conversation_id: id } : {}),
    });
    id = body.conversation_id;
  }
  return id ?? "";
}
const messagesOf = async (id: string): Promise<Message[]> =>
  (await call("GET", `/api/conversations/${id}`)).body.messages;

test("A file of JSON is imported through the whole app, which parses the JSON of all other routes itself", async () => {
  const { url } = open();
  const id = await begun("What is gold?");
  const file = await (await fetch(`${url}/api/export`)).text();
  await call("DELETE", `/api/conversations/${id}`);
  const response = await fetch(`${url}/api/conversations/import`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: file,
  });
  expect([response.status, await response.json()]).toEqual([
    200,
    {
      imported: [expect.any(String)],
      skipped: [],
      refused: [],
      memories: 0,
      presets: 0,
      documents: 0,
      projects: 0,
    },
  ]);
});

describe("A conversation", () => {
  test("is listed page by page, read with its messages, renamed, pinned, put away, and found by what was said", async () => {
    open();
    const ids = [
      await begun("What is gold?"),
      await begun("What is silver?"),
      await begun("What is copper?"),
    ];
    const first = (await call("GET", "/api/conversations?limit=2")).body;
    expect(first.conversations).toHaveLength(2);
    const second = (await call("GET", `/api/conversations?limit=2&cursor=${first.next}`)).body;
    expect(second).toMatchObject({ conversations: [{ id: ids[0] }], next: null });

    const messages = await messagesOf(ids[0] ?? "");
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(messages[1]).toMatchObject({
      content: expect.stringContaining("What is gold?"),
      generation: { state: "done" },
    });

    const change = { title: "Metals", pinned: true, folder: "Work" };
    expect((await call("PATCH", `/api/conversations/${ids[0]}`, change)).body).toMatchObject({
      ...change,
      archived: false,
    });
    await call("PATCH", `/api/conversations/${ids[1]}`, { archived: true });
    expect((await call("GET", "/api/conversations")).body.conversations).toHaveLength(2);
    expect((await call("GET", "/api/conversations?archived=true")).body.conversations).toMatchObject([
      { id: ids[1] },
    ]);
    expect((await call("GET", "/api/conversations?folder=Work")).body.conversations).toMatchObject([
      { id: ids[0] },
    ]);

    const { conversations } = (await call("GET", "/api/conversations?q=copp")).body;
    expect(conversations).toMatchObject([{ id: ids[2], excerpt: expect.stringContaining("**copper**") }]);
  });

  test("is deleted and brought back; meanwhile it is nowhere", async () => {
    open();
    const id = await begun("What is gold?");
    const { undo } = (await call("DELETE", `/api/conversations/${id}`)).body;
    expect((await call("GET", `/api/conversations/${id}`)).status).toBe(404);
    expect((await call("GET", "/api/conversations")).body.conversations).toEqual([]);
    expect((await post("/chat", { message: "Still there?", conversation_id: id })).status).toBe(404);
    expect((await post(undo)).body).toMatchObject({ id });
    expect(await messagesOf(id)).toHaveLength(2);
  });

  test("is copied up to a message", async () => {
    open();
    const id = await begun("What is gold?", "And silver?");
    const messages = await messagesOf(id);
    const copy = (await post(`/api/conversations/${id}/fork`, { message_id: messages[1]?.id })).body;
    expect(copy).toMatchObject({ forked_from: id });
    expect((await messagesOf(copy.id)).map(({ content }) => content)).toEqual(
      messages.slice(0, 2).map(({ content }) => content),
    );
    const other = await begun("Another?");
    expect((await post(`/api/conversations/${other}/fork`, { message_id: messages[1]?.id })).status).toBe(
      404,
    );
  });

  test("out of form is refused by name", async () => {
    open();
    const id = await begun("What is gold?");
    for (const [method, path, body, message] of [
      ["GET", "/api/conversations?limit=0", undefined, "limit must be a whole number"],
      ["GET", "/api/conversations?cursor=x", undefined, "cursor must be"],
      ["PATCH", `/api/conversations/${id}`, { title: " " }, "title must be a text"],
      ["PATCH", `/api/conversations/${id}`, { pinned: "yes" }, "pinned must be true or false"],
    ] as const) {
      const reply = await call(method, path, body);
      expect(reply.status).toBe(422);
      expect(reply.body.error.message).toContain(message);
    }
    expect((await call("GET", "/api/conversations/nobody")).status).toBe(404);
  });
});

describe("The branches of a conversation", () => {
  test("an edited question is a branch beside the former one, which is kept and can be shown again", async () => {
    open();
    const id = await begun("What is gold?", "And silver?");
    const [question] = await messagesOf(id);
    const edited = await post(`/api/conversations/${id}/messages/${question?.id}/edit`, {
      message: "What is iron?",
      memory_context: 0,
    });
    expect(edited.body.response).toContain("2 messages");
    const shown = await messagesOf(id);
    expect(shown.map(({ role }) => role)).toEqual(["user", "assistant"]);
    expect(shown[0]).toMatchObject({ content: "What is iron?", siblings: [question?.id, shown[0]?.id] });

    const back = (await post(`/api/conversations/${id}/messages/${question?.id}/show`)).body;
    expect(back.messages).toHaveLength(4);
    expect(await messagesOf(id)).toHaveLength(4);
    const answer = shown[1];
    expect(
      (await post(`/api/conversations/${id}/messages/${answer?.id}/edit`, { message: "x" })).status,
    ).toBe(422);
  });

  test("another answer stands beside the first; the same key gives the same one", async () => {
    open();
    const id = await begun("What is gold?");
    const [, answer] = await messagesOf(id);
    const again = `/api/conversations/${id}/messages/${answer?.id}/regenerate`;
    const one = (await post(again, {}, { "idempotency-key": "k" })).body;
    const two = (await post(again, {}, { "idempotency-key": "k" })).body;
    expect(two.generation_id).toBe(one.generation_id);
    const [, shown] = await messagesOf(id);
    expect(shown?.siblings).toHaveLength(2);
    expect(shown?.generation?.id).toBe(one.generation_id);
    const without = (await post(again, { without_memory: true })).body;
    expect(app?.store.generations.get(without.generation_id)?.memoryContext).toBe(0);
  });

  test("a question can be asked below any message, and a deleted message takes what follows it along", async () => {
    open();
    const id = await begun("What is gold?", "And silver?");
    const [, answer, second] = await messagesOf(id);
    await post(`/api/conversations/${id}/messages`, {
      message: "And copper?",
      parent_id: answer?.id,
      memory_context: 0,
    });
    const [, , shown] = await messagesOf(id);
    expect(shown).toMatchObject({ content: "And copper?", siblings: [second?.id, shown?.id] });

    const { undo } = (await call("DELETE", `/api/conversations/${id}/messages/${shown?.id}`)).body;
    expect((await messagesOf(id))[2]?.content).toBe("And silver?");
    await post(undo);
    expect((await messagesOf(id))[2]?.content).toBe("And copper?");
    expect(
      (await post(`/api/conversations/${id}/messages`, { message: "x", parent_id: "nobody" })).status,
    ).toBe(404);
  });

  test("an answer tells how it was made: state, text, receipt, sampling and who wrote it", async () => {
    open();
    const id = await begun("What is gold?");
    const [question, answer] = await messagesOf(id);
    const { body } = await call("GET", `/api/generations/${answer?.generation?.id}`);
    expect(body).toMatchObject({
      state: "done",
      text: answer?.content,
      question_id: question?.id,
      receipt: { messageIds: [question?.id], droppedMessageIds: [], promptTokens: expect.any(Number) },
      writers: [{ engine: "scripted", from_token: 0 }],
      sampling: { seed: expect.any(Number) },
    });
  });
});
