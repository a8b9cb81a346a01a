/** Two users who do everything that might reach over to the other: imports, keys against doing twice, ids in queries. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { held, words } from "../generations/read-answer.ts";
import { type Credential, type GuardedApp, openGuardedApp, secretWord } from "./guarded-app.ts";

let app: GuardedApp;
beforeAll(async () => {
  app = await openGuardedApp({ engines: [new ScriptedEngine({ slots: 8 })] });
});
afterAll(() => app[Symbol.asyncDispose]());

const get = (path: string, credential: Credential) =>
  fetch(app.url + path, { headers: app.headers(credential) });
const post = (path: string, credential: Credential, body: unknown, headers: Record<string, string> = {}) =>
  fetch(app.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...app.headers(credential), ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("An import", () => {
  test("of what is somebody else's becomes a copy with ids of its own, changes nothing of theirs and tells nothing of it", async () => {
    const things = app.give(app.users.owner);
    const file = await (
      await get(`/api/conversations/${things.conversationId}/export?format=json`, "owner's key")
    ).text();
    const before = JSON.stringify(app.store.wholeConversations.read(things.conversationId));
    const importing = () =>
      post("/api/conversations/import", "other's key", file).then((reply) => reply.json());
    const report = await importing();
    expect(report).toMatchObject({ skipped: [], refused: [] });
    const [copy = ""] = report.imported;
    expect(copy).not.toBe(things.conversationId);
    expect(app.store.conversations.get(copy)?.ownerId).toBe(app.users.other.id);
    expect(JSON.stringify(app.store.wholeConversations.read(things.conversationId))).toBe(before);
    expect(await importing()).toMatchObject({ imported: [], skipped: [copy] });
    // It is not compared with what is there: a file that says something else under these ids fares the same.
    const changed = file.replaceAll(secretWord, "madagascar");
    const other = await post("/api/conversations/import", "other's key", changed).then((reply) =>
      reply.json(),
    );
    expect(other.imported).toHaveLength(1);
    expect(JSON.stringify(app.store.wholeConversations.read(things.conversationId))).toBe(before);
  });

  test("of what somebody else has deleted does not bring theirs back", async () => {
    const things = app.give(app.users.owner);
    const file = await (
      await get(`/api/conversations/${things.conversationId}/export?format=json`, "owner's key")
    ).text();
    app.store.conversations.update(things.conversationId, { deletedAt: 1 });
    await post("/api/conversations/import", "other's key", file);
    expect(app.store.conversations.getAny(things.conversationId)?.deletedAt).toBe(1);
  });

  test("of a memory with somebody else's id leaves theirs as it is", async () => {
    const [theirs] = app.store.memories.newest(app.users.owner.id, 1);
    const memory = { ...theirs, projectId: null, value: "overwritten" };
    const file = {
      format: "local-financial-assistant/archive",
      version: 1,
      exportedAt: 1,
      conversations: [],
      memories: [memory],
    };
    expect(await (await post("/api/conversations/import", "other's key", file)).json()).toMatchObject({
      memories: 1,
    });
    expect(app.store.memories.get(theirs?.id ?? "")?.value).toBe(theirs?.value);
    expect(app.store.memories.newest(app.users.other.id, 1)[0]?.value).toBe("overwritten");
  });
});

test("The same Idempotency-Key of two users is two answers, two memories and two copies", async () => {
  const key = { "idempotency-key": "one" };
  const ask = (credential: Credential) =>
    post("/chat", credential, { message: "What is gold?" }, key).then((reply) => reply.json());
  const [first, again, other] = [
    await ask("owner's key"),
    await ask("owner's session"),
    await ask("other's key"),
  ];
  expect(again.generation_id).toBe(first.generation_id);
  expect(other.generation_id).toBeString();
  expect(other.generation_id).not.toBe(first.generation_id);
  const remember = (credential: Credential) =>
    post("/memorize", credential, { key: "k", value: credential }, key);
  expect((await remember("owner's key")).status).toBe(200);
  expect((await remember("other's key")).status).toBe(200);
  expect(app.store.memories.newest(app.users.other.id, 1)[0]?.value).toBe("other's key");
});

test("No message of somebody else is reached by its id in a query or a body", async () => {
  const theirs = app.give(app.users.owner);
  const own = app.give(app.users.other);
  for (const id of [theirs.questionId, theirs.messageId]) app.store.messages.setContent(id, "About kilwa.");
  app.store.conversations.update(theirs.conversationId, { title: "On kilwa" });
  const paths = [
    `/api/conversations/${own.conversationId}?before=${theirs.messageId}`,
    `/c/${own.conversationId}/earlier?before=${theirs.messageId}`,
    `/c/${own.conversationId}?at=${theirs.messageId}`,
    `/c/${own.conversationId}?before=${theirs.messageId}`,
    `/c/${own.conversationId}?undo=${theirs.messageId}`,
    `/?deleted=${theirs.conversationId}`,
    "/search?q=kilwa",
    "/api/conversations?q=kilwa",
    "/trash",
  ];
  for (const path of paths) {
    // A search repeats what was searched for.
    const text = (await (await get(path, "other's session")).text())
      .replaceAll('value="kilwa"', "")
      .replace("“kilwa”", "");
    expect([path, text.includes("kilwa")]).toEqual([path, false]);
    for (const id of [theirs.conversationId, theirs.questionId, theirs.generationId])
      expect([path, text.replaceAll(path, "").includes(id) && !path.includes(id)]).toEqual([path, false]);
  }
  const forked = await post(`/api/conversations/${own.conversationId}/fork`, "other's key", {
    message_id: theirs.messageId,
  });
  expect(forked.status).toBe(404);
  const asked = await post(`/api/conversations/${own.conversationId}/messages`, "other's key", {
    message: "And?",
    parent_id: theirs.messageId,
  });
  expect(asked.status).toBe(404);
  const shown = await post(`/messages/${own.messageId}`, "other's session", { show: theirs.messageId });
  expect(shown.status).toBe(404);
});

test("What is said to one user is remembered for that user alone", async () => {
  const { conversation_id } = await (
    await post("/chat", "owner's key", { message: "My broker is called Kestrel." })
  ).json();
  expect(app.store.conversations.get(conversation_id)?.ownerId).toBe(app.users.owner.id);
  const listed = async (credential: Credential) =>
    (await get("/api/conversations?limit=200", credential)).text();
  expect(await listed("owner's key")).toContain(conversation_id);
  for (const credential of ["other's key", "admin's key"] as const)
    expect(await listed(credential)).not.toContain(conversation_id);
});

test("A key that only reads changes nothing by looking, not even which branch is shown", async () => {
  const things = app.give(app.users.owner);
  // It would be asked after the edited question, and change what is shown.
  app.store.queuedQuestions.remove(things.queuedId);
  const branch = await post(
    `/api/conversations/${things.conversationId}/messages/${things.questionId}/edit`,
    "owner's key",
    {
      message: "In other words?",
    },
  );
  expect(branch.status).toBe(200);
  const leaf = () => app.store.conversations.get(things.conversationId)?.leafId;
  const before = leaf();
  expect(before).not.toBe(things.messageId);
  expect((await get(`/c/${things.conversationId}?at=${things.messageId}`, "owner's read key")).status).toBe(
    200,
  );
  expect(leaf()).toBe(before);
  await get(`/c/${things.conversationId}?at=${things.messageId}`, "owner's session");
  expect(leaf()).toBe(things.messageId);
});

test("A user is deleted while an answer of theirs is being made: it ends first, and nobody else's answer is harmed", async () => {
  const slow = held(words(20), 5, { slots: 4 });
  await using open = await openGuardedApp({ engines: [slow.engine] });
  const ask = (credential: Credential) =>
    fetch(`${open.url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json", ...open.headers(credential) },
      body: JSON.stringify({ message: "Tell me." }),
    });
  const theirs = await ask("owner's key");
  const others = await ask("other's key");
  await slow.reached;
  const reply = await fetch(`${open.url}/users/${open.users.owner.id}`, {
    method: "POST",
    redirect: "manual",
    headers: { ...open.headers("admin's session"), "content-type": "application/x-www-form-urlencoded" },
    body: "do=delete&confirm=Ben",
  });
  expect(reply.headers.get("location")).toBe("/users?done=delete");
  expect(open.accounts.users.list().map(({ name }) => name)).not.toContain("ben");
  slow.go();
  await theirs.text().catch(() => "");
  expect(await others.text()).toContain("[DONE]");
  const outcome = open.ended.map(({ state }) => state).toSorted();
  expect(outcome).toEqual(["done", "stopped"]);
  expect(JSON.stringify(open.logLines)).not.toContain('"defect"');
});
