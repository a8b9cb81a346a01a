/** What was deleted is neither recalled nor listed nor exported, and comes back with what it was taken from. */
import { afterEach, expect, test } from "bun:test";
import { archiveOfAll } from "../../src/conversations/transfer/export-archive.ts";
import { rememberExchange } from "../../src/memory/remember-exchange.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

const { signal } = new AbortController();
const secret = "FORGETME";
let open: AnsweringApp | null = null;
afterEach(async () => {
  await open?.[Symbol.asyncDispose]();
  open = null;
});

/** An app that remembers exchanges. */
function remembering(): AnsweringApp {
  const app = openAnsweringApp({
    engines: [new ScriptedEngine({ script: () => ({ answer: "It is noted." }) })],
  });
  app.generations.events.subscribe((event) => {
    if (event.type !== "exchanged") return;
    return rememberExchange(app.memory, { ...event.exchange, ownerId: event.ownerId }).then(() => {});
  });
  open = app;
  return app;
}

async function ask(app: AnsweringApp, message: string, rest: object = {}) {
  const body = JSON.stringify({ message, memory_context: 3, ...rest });
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${app.url}/chat`, { method: "POST", headers, body });
  await app.generations.idle();
  return (await reply.json()) as { memory_used: number; conversation_id: string; generation_id: string };
}

const send = (app: AnsweringApp, method: string, path: string, body?: object) =>
  fetch(app.url + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });

const listed = async (app: AnsweringApp) =>
  (await (await send(app, "GET", "/memories?n=100")).json()) as { id: string; key: string; value: string }[];

function exported(app: AnsweringApp): string {
  using reading = app.store.openSnapshot();
  return [...archiveOfAll(reading, null, 1)].join("");
}

const question = `My account number is ${secret}, what is a bond?`;
const again = "What is my account number?";

test("what a deleted conversation left is gone from every list, and restored with it (C4)", async () => {
  const app = remembering();
  const { conversation_id } = await ask(app, question);
  const quoting = await ask(app, again);
  expect(quoting.memory_used).toBe(1);
  const told = () => JSON.stringify([app.store.generations.get(quoting.generation_id), ...contexts()]);
  const contexts = () =>
    app.store.messages.all(quoting.conversation_id).map((message) => message.promptContext);
  expect(told()).toContain(secret);
  const before = told();

  expect((await send(app, "DELETE", `/api/conversations/${conversation_id}`)).status).toBe(200);
  expect(JSON.stringify(await listed(app))).not.toContain(secret);
  expect(
    (await app.memory.recall(again, 9, { ownerId: null, signal })).map((hit) => hit.memory.value).join(),
  ).not.toContain(secret);
  expect(told()).not.toContain(secret);
  expect(exported(app)).not.toContain(secret);

  expect((await send(app, "POST", `/api/conversations/${conversation_id}/restore`)).status).toBe(200);
  expect(JSON.stringify(await listed(app))).toContain(secret);
  expect(
    (await app.memory.recall(again, 9, { ownerId: null, signal })).map((hit) => hit.memory.value).join(),
  ).toContain(secret);
  expect(told()).toBe(before);
});

test("what was remembered of a deleted message goes with it, facts entered by hand stay (C4)", async () => {
  const app = remembering();
  await send(app, "POST", "/memorize", { key: "bank", value: "ING" });
  const first = await ask(app, "What is an ETF?");
  const { conversation_id } = first;
  await ask(app, question, { conversation_id });
  const messages = app.store.messages.path(conversation_id);
  const asked = messages.find(({ content }) => content === question);
  const path = `/api/conversations/${conversation_id}/messages/${asked?.id}`;
  expect((await send(app, "DELETE", path)).status).toBe(200);
  const keys = (await listed(app)).map(({ key }) => key);
  expect(keys).toEqual(["What is an ETF?", "bank"]);
  expect((await send(app, "POST", `${path}/restore`)).status).toBe(200);
  expect((await listed(app)).map(({ key }) => key)).toContain(question);
});

test("a deleted newer memory makes room for the one before it", async () => {
  const app = remembering();
  await send(app, "POST", "/memorize", { key: "salary", value: "Earns 50,000" });
  await send(app, "POST", "/memorize", { key: "salary", value: "Earns 60,000" });
  const recalled = async () =>
    (await app.memory.recall("What is my salary?", 3, { ownerId: null, signal })).map(
      (hit) => hit.memory.value,
    );
  expect(await recalled()).toEqual(["Earns 60,000"]);
  const [newest] = await listed(app);
  await send(app, "DELETE", `/memories/${newest?.id}`);
  expect(await recalled()).toEqual(["Earns 50,000"]);
  await send(app, "POST", `/memories/${newest?.id}/restore`);
  expect(await recalled()).toEqual(["Earns 60,000"]);
});

test("a memory is read, corrected, deleted, restored and erased by its id", async () => {
  const app = remembering();
  await send(app, "POST", "/memorize", { key: "goal", value: "A house" });
  const [made] = await listed(app);
  const path = `/memories/${made?.id}`;
  expect(await (await send(app, "GET", path)).json()).toMatchObject({ key: "goal", conversation_id: null });
  expect(await (await send(app, "PATCH", path, { value: "A flat" })).json()).toMatchObject({
    value: "A flat",
  });
  for (const body of [{}, { value: "  " }, { key: "" }])
    expect((await send(app, "PATCH", path, body)).status).toBeGreaterThanOrEqual(400);
  expect((await send(app, "DELETE", path)).status).toBe(200);
  for (const [method, where] of [
    ["GET", path],
    ["PATCH", path],
    ["DELETE", path],
  ] as const)
    expect((await send(app, method, where, method === "PATCH" ? { value: "x" } : undefined)).status).toBe(
      404,
    );
  expect((await send(app, "POST", `${path}/restore`)).status).toBe(200);
  expect((await send(app, "DELETE", `${path}?permanent=true`)).status).toBe(200);
  expect((await send(app, "POST", `${path}/restore`)).status).toBe(404);
  expect(app.store.memories.getAny(made?.id ?? "")).toBeUndefined();
});

test("a memory that the user deleted stays deleted when its conversation is deleted and restored", async () => {
  const app = remembering();
  const { conversation_id } = await ask(app, question);
  const [made] = await listed(app);
  await send(app, "DELETE", `/memories/${made?.id}`);
  await send(app, "DELETE", `/api/conversations/${conversation_id}`);
  await send(app, "POST", `/api/conversations/${conversation_id}/restore`);
  expect(await listed(app)).toEqual([]);
});

test("an exchange whose conversation was deleted while it was answered is not listed", async () => {
  const app = remembering();
  const { conversation_id } = await ask(app, "What is an ETF?");
  await send(app, "DELETE", `/api/conversations/${conversation_id}`);
  const exchange = { conversationId: conversation_id, messageId: "late", question: "Late?", answer: "Yes." };
  await rememberExchange(app.memory, { ...exchange, ownerId: null });
  expect(await listed(app)).toEqual([]);
});
