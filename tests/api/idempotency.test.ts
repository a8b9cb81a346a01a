/** Writes that are sent more than once with one Idempotency-Key, over the real app, store and generations. */
import { afterEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { EngineFailedError } from "../../src/errors.ts";
import { Workspace } from "../../src/workspace/workspace.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The first answer breaks off after a word, as often as it is asked for; the next ones go on. */
function breaking() {
  let asked = 0;
  const error = new EngineFailedError("It broke. Try again.");
  return new ScriptedEngine({
    script: () => ({ answer: "One two three.", ...(asked++ < 2 ? { failAt: { token: 1, error } } : {}) }),
  });
}

async function post(app: AnsweringApp, path: string, body: unknown = {}, key: string | null = "k") {
  const response = await fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...(key === null ? {} : { "idempotency-key": key }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** The same request fifty times at once: all get the same reply. */
async function repeated(request: (app: AnsweringApp) => ReturnType<typeof post>, app: AnsweringApp) {
  const replies = await Promise.all(Array.from({ length: 50 }, () => request(app)));
  const [first] = replies;
  expect(first?.status).toBe(200);
  for (const reply of replies) expect(reply).toEqual(first ?? reply);
  return first?.body;
}

interface Program {
  readonly app: AnsweringApp;
  /** Closes it, and opens it anew on what is stored. */
  restart(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

function open(engine: () => ScriptedEngine = () => new ScriptedEngine()): Program {
  const dataDir = mkdtempSync(join(tmpdir(), "idempotency-"));
  folders.push(dataDir);
  let app = openAnsweringApp({ dataDir, engines: [engine()] });
  return {
    get app() {
      return app;
    },
    async restart() {
      await app[Symbol.asyncDispose]();
      app = openAnsweringApp({ dataDir, engines: [engine()] });
    },
    [Symbol.asyncDispose]: async () => app[Symbol.asyncDispose](),
  };
}

const listed = async ({ url }: AnsweringApp): Promise<readonly { readonly id: string }[]> =>
  (await (await fetch(`${url}/api/conversations`)).json()).conversations;

async function asked(app: AnsweringApp) {
  const { body } = await post(app, "/chat", { message: "What is gold?" }, null);
  const messages = app.store.messages.path(body.conversation_id ?? body.error?.conversation_id);
  const [question, answer] = messages;
  if (question === undefined || answer === undefined) throw new Error("Nothing was asked.");
  return { conversationId: question.conversationId, question, answer };
}

const refused = {
  status: 422,
  body: { error: { code: "idempotency_key_reused", message: expect.stringContaining("Send a new key") } },
};

describe("With one Idempotency-Key", () => {
  test("a copy is made once, also after a restart, and another one is refused", async () => {
    await using program = open();
    const { conversationId, question, answer } = await asked(program.app);
    const fork = (messageId: string) => (app: AnsweringApp) =>
      post(app, `/api/conversations/${conversationId}/fork`, { message_id: messageId });
    const copy = await repeated(fork(answer.id), program.app);
    expect(copy).toMatchObject({ forked_from: conversationId });
    expect(await listed(program.app)).toHaveLength(2);
    await program.restart();
    expect((await fork(answer.id)(program.app)).body).toEqual(copy);
    expect(await listed(program.app)).toHaveLength(2);
    expect(await fork(question.id)(program.app)).toMatchObject(refused);
  });

  test("a fact is stored once, also after a restart, and another one is refused", async () => {
    await using program = open();
    const memorize = (value: string) => (app: AnsweringApp) => post(app, "/memorize", { key: "goal", value });
    const first = await repeated(memorize("Retire at 60"), program.app);
    expect(program.app.memory.newest(null, 10)).toHaveLength(1);
    await program.restart();
    expect((await memorize(" Retire at 60 ")(program.app)).body).toEqual(first);
    expect(await memorize("Retire at 65")(program.app)).toMatchObject(refused);
    expect(program.app.memory.newest(null, 10)).toMatchObject([{ value: "Retire at 60" }]);
    expect((await post(program.app, "/memorize", { key: "goal", value: "x" }, null)).status).toBe(200);
    expect(program.app.memory.newest(null, 10)).toHaveLength(2);
  });

  test("an answer goes on once, also after a restart", async () => {
    await using program = open(breaking);
    const { conversationId, answer } = await asked(program.app);
    const generation = program.app.store.generations.forMessage(answer.id);
    expect(generation?.state).toBe("failed");
    const path = `/generations/${generation?.id}/continue`;
    const first = await repeated((app) => post(app, path), program.app);
    await program.app.generations.idle();
    expect(program.app.store.messages.get(answer.id)?.content).toBe("One two three.");
    expect((await post(program.app, path)).body).toEqual(first);
    await program.restart();
    expect((await post(program.app, path)).body).toEqual(first);
    expect((await post(program.app, path, {}, "another")).status).toBe(422);
    const ofMessage = `/api/conversations/${conversationId}/messages/${answer.id}/continue`;
    expect((await post(program.app, ofMessage)).body).toMatchObject({ response: "One two three." });
  });

  test("two users do two things", async () => {
    await using program = open();
    const { app } = program;
    const user = { passwordHash: "", role: "member", createdAt: 1, disabledAt: null } as const;
    for (const id of ["anna", "ben"]) app.store.users.insert({ ...user, id, name: id });
    const unused = () => {
      throw new Error("not asked for");
    };
    const library = new ConversationLibrary({ store: app.store, stopAnswers: unused, searchTerms: unused });
    const deps = { ...app, library, thread: unused, preferences: preferencesFor(app.store) };
    for (const ownerId of ["anna", "ben", null]) {
      const { memory } = new Workspace(deps, ownerId);
      const fact = { key: "goal", value: `of ${ownerId}`, category: "general" };
      const { id } = await memory.memorize(fact, "k");
      expect((await memory.memorize(fact, "k")).id).toBe(id);
      expect(memory.newest(10)).toMatchObject([{ value: `of ${ownerId}` }]);
    }
  });
});

test("a key that is none, or too long, is refused by whatever takes one", async () => {
  await using program = open();
  const { app } = program;
  const { conversationId, question, answer } = await asked(app);
  const generation = app.store.generations.forMessage(answer.id);
  const conversation = `/api/conversations/${conversationId}`;
  const message = "And silver?";
  for (const [path, body] of [
    ["/chat", { message }],
    ["/chat/stream", { message }],
    ["/api/batch", { requests: [{ message }] }],
    [`${conversation}/messages`, { message }],
    [`${conversation}/messages/${question.id}/edit`, { message }],
    [`${conversation}/messages/${answer.id}/regenerate`, {}],
    [`${conversation}/messages/${answer.id}/continue`, {}],
    [`${conversation}/fork`, { message_id: answer.id }],
    [`/api/generations/${generation?.id}/replay`, {}],
    [`/generations/${generation?.id}/continue`, {}],
    ["/memorize", { key: "goal", value: "Retire at 60" }],
  ] as const)
    for (const key of ["", "k".repeat(256)]) {
      const { status, body: reply } = await post(app, path, body, key);
      expect([path, status, reply.error?.param]).toEqual([path, 422, "Idempotency-Key"]);
    }
  expect(await listed(app)).toHaveLength(1);
  expect(app.memory.newest(null, 10)).toEqual([]);
});
