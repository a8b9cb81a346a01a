/** Presets by REST, and what becomes of a conversation that is begun with one. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { heldEngine } from "../fakes/held-engine.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { sendJson } from "./send-json.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const send = (method: string, path: string, body?: object) => sendJson(app.url, method, path, body);

const short = {
  ...{ name: "Short answers", instructions: "Answer in <one> sentence." },
  ...{ temperature: 0.2, top_p: 0.5, max_tokens: 50, recall: 0 },
};
const unset = {
  instructions: null,
  model: null,
  temperature: null,
  top_p: null,
  max_tokens: null,
  recall: null,
};

const lastAnswer = (conversationId: string) => {
  const made = app.store.generations.ofConversation(conversationId).at(-1);
  if (made === undefined) throw new Error("There is no answer.");
  const { model, memoryContext, sampling, receipt } = made;
  const { temperature, topP, maxTokens } = sampling;
  return { model, memoryContext, temperature, topP, maxTokens, systemPrompt: receipt?.systemPrompt ?? "" };
};

const valuesOf = (conversationId: string) => {
  const { model: _, ...values } = lastAnswer(conversationId);
  return values;
};

async function ask(body: object, path = "/chat"): Promise<string> {
  const { status, json } = await send("POST", path, { message: "What is gold?", ...body });
  expect([status, json.error]).toEqual([200, undefined]);
  await app.generations.idle();
  return json.conversation_id;
}

test("A preset is made, changed and deleted; null is as in the settings", async () => {
  app = openAnsweringApp();
  const made = await send("POST", "/api/presets", short);
  expect(made).toMatchObject({ status: 200, json: { ...short, model: null } });
  const { id } = made.json;
  const changed = await send("PATCH", `/api/presets/${id}`, { name: " Brief  ones ", temperature: null });
  expect(changed.json).toMatchObject({ ...short, name: "Brief ones", temperature: null });
  expect((await send("GET", "/api/presets")).json.presets).toEqual([changed.json]);
  const deleted = await send("DELETE", `/api/presets/${id}`);
  expect(deleted.json).toEqual({ id, deleted: true, preset: changed.json });
  expect((await send("GET", "/api/presets")).json.presets).toEqual([]);
  expect((await send("DELETE", `/api/presets/${id}`)).status).toBe(404);
  expect((await send("PATCH", `/api/presets/${id}`, {})).status).toBe(404);
  const { json } = await send("POST", "/api/presets", deleted.json.preset);
  expect(json).toMatchObject({ name: "Brief ones", instructions: short.instructions });
});

test("What cannot be saved is refused with what to do", async () => {
  app = openAnsweringApp();
  await send("POST", "/api/presets", short);
  const refused = async (fields: object) => {
    const { status, json } = await send("POST", "/api/presets", { name: "Other", ...fields });
    expect([status, (await send("GET", "/api/presets")).json.presets.length]).toEqual([422, 1]);
    return json.error.message;
  };
  expect(await refused({ name: "SHORT ANSWERS" })).toContain("Choose another name.");
  expect(await refused({ name: "off" })).toContain("Choose another name.");
  expect(await refused({ name: "x".repeat(81) })).toContain("1 to 80");
  expect(await refused({ name: " " })).toContain("name must not be blank.");
  expect(await refused({ temperature: 3 })).toContain("temperature");
  const unknown = await send("POST", "/chat", { message: "Gold?", preset: "Long" });
  expect(unknown).toMatchObject({
    status: 404,
    json: { error: { message: expect.stringContaining('You have "Short answers".') } },
  });
});

test("A conversation goes on with the values of its preset, whatever becomes of the preset", async () => {
  app = openAnsweringApp({ engines: [new ScriptedEngine()] });
  const { json: preset } = await send("POST", "/api/presets", short);
  const id = await ask({ preset: "short answers" });
  const first = valuesOf(id);
  expect(first).toMatchObject({ memoryContext: 0, temperature: 0.2, topP: 0.5, maxTokens: 50 });
  expect(first.systemPrompt).toStartWith("Answer in <one> sentence.\n\nAbout the user:");
  const { name: _, ...choices } = short;
  const settings = { ...choices, preset: "Short answers" };
  expect((await send("GET", `/api/conversations/${id}`)).json.settings).toEqual(settings);

  await send("PATCH", `/api/presets/${preset.id}`, { temperature: 1.5, instructions: "Be long." });
  await send("DELETE", `/api/presets/${preset.id}`);
  await ask({ conversation_id: id });
  expect(valuesOf(id)).toEqual(first);
  await ask({}, `/api/conversations/${id}/messages`);
  expect(valuesOf(id)).toEqual(first);
  const [question, answer] = app.store.messages.path(id);
  await ask({}, `/api/conversations/${id}/messages/${answer?.id}/regenerate`);
  expect(valuesOf(id)).toEqual(first);
  await ask({ message: "What is silver?" }, `/api/conversations/${id}/messages/${question?.id}/edit`);
  expect(valuesOf(id)).toEqual(first);

  // What a request says itself comes first.
  await ask({ conversation_id: id, temperature: 1, memory_context: 4 });
  expect(valuesOf(id)).toEqual({ ...first, temperature: 1, memoryContext: 4 });
  const copy = await send("POST", `/api/conversations/${id}/fork`, { message_id: answer?.id });
  expect(copy.json.settings).toEqual(settings);
  const other = await ask({});
  expect(valuesOf(other).systemPrompt).not.toContain("<one>");
  expect((await send("GET", `/api/conversations/${other}`)).json.settings).toBeNull();
});

test("A question that waits, and an answer that is continued, have the values of the preset", async () => {
  const held = heldEngine();
  app = openAnsweringApp({ engines: [held.engine] });
  await send("POST", "/api/presets", short);
  const stream = (body: object) =>
    fetch(`${app.url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const first = await stream({ message: "one", preset: short.name });
  const id = first.headers.get("x-conversation-id") ?? "";
  await held.reaches(1);
  const second = stream({ message: "two", conversation_id: id, queue: true });
  while (app.store.queuedQuestions.ofConversation(id).length === 0) await Bun.sleep(1);
  const [waiting] = app.store.queuedQuestions.ofConversation(id);
  expect(waiting).toMatchObject({ memoryContext: 0, sampling: { temperature: 0.2, maxTokens: 50 } });
  held.goOn();
  held.letGo();
  await (await second).text();
  await app.generations.idle();
  const values = valuesOf(id);
  expect(values).toMatchObject({ temperature: 0.2, maxTokens: 50, memoryContext: 0 });
  expect(values.systemPrompt).toContain("<one>");
  const last = app.store.generations.ofConversation(id).at(-1);
  app.store.generations.update(last?.id ?? "", { state: "stopped" });
  await ask({}, `/api/conversations/${id}/messages/${last?.messageId}/continue`);
  expect(valuesOf(id)).toEqual(values);
});

test("A preset beside a conversation is refused; so is one beside an address of a conversation", async () => {
  app = openAnsweringApp();
  await send("POST", "/api/presets", short);
  const id = await ask({});
  const asked = { message: "And silver?", preset: short.name };
  expect((await send("POST", "/chat", { ...asked, conversation_id: id })).status).toBe(422);
  expect((await send("POST", `/api/conversations/${id}/messages`, asked)).status).toBe(422);
});

test("The model of a preset is asked, by Ask again too; a request may name another one", async () => {
  app = openAnsweringApp({
    engines: ["small", "large"].map((name) => new ScriptedEngine({ name })),
  });
  await send("POST", "/api/presets", { name: "Large", model: "large-model" });
  const id = await ask({ preset: "Large" });
  expect(lastAnswer(id).model).toBe("large-model");
  const answer = app.store.messages.path(id)[1];
  await ask({}, `/api/conversations/${id}/messages/${answer?.id}/regenerate`);
  expect(lastAnswer(id).model).toBe("large-model");
  await ask({ conversation_id: id, model: "small-model" });
  expect(lastAnswer(id).model).toBe("small-model");
});

test("An export of everything has presets and settings; an import leaves names that exist alone", async () => {
  app = openAnsweringApp();
  await send("POST", "/api/presets", short);
  await send("POST", "/api/presets", { name: "Plain" });
  const id = await ask({ preset: "Short answers" });
  const archive = (await send("GET", "/api/export")).json;
  expect(archive.presets).toHaveLength(2);
  await app[Symbol.asyncDispose]();

  app = openAnsweringApp();
  await send("POST", "/api/presets", { name: "SHORT ANSWERS", temperature: 1 });
  const report = (await send("POST", "/api/conversations/import", archive)).json;
  expect(report).toMatchObject({ imported: [id], refused: [], presets: 1 });
  expect((await send("POST", "/api/conversations/import", archive)).json).toMatchObject({ presets: 0 });
  const { presets } = (await send("GET", "/api/presets")).json;
  expect(presets).toMatchObject([
    { name: "Plain", ...unset },
    { name: "SHORT ANSWERS", temperature: 1 },
  ]);
  expect((await send("GET", `/api/conversations/${id}`)).json.settings).toMatchObject({
    preset: "Short answers",
  });
  const damaged = { ...archive, presets: [{ name: "Hot", choices: { temperature: 9 } }] };
  expect((await send("POST", "/api/conversations/import", damaged)).json.refused).toMatchObject([
    { title: "A preset", reason: expect.stringContaining("choices.temperature") },
  ]);
});

test("The wipe erases presets", async () => {
  app = openAnsweringApp();
  await send("POST", "/api/presets", short);
  expect((await send("GET", "/api/data")).json).toMatchObject({ settings: 1 });
  await send("POST", "/api/data/wipe", { confirm: "delete everything" });
  expect((await send("GET", "/api/presets")).json.presets).toEqual([]);
});

test("The first user has the presets that were there before, and nobody else sees them", async () => {
  app = openAnsweringApp();
  await send("POST", "/api/presets", short);
  const nobody = { name: "", address: "" };
  const add = (name: string) =>
    app.accounts.users.add(nobody, { name, password: "correct horse battery", role: "member" });
  const [first, second] = [await add("anna"), await add("ben")];
  expect(app.store.presets.list(first.id)).toMatchObject([{ name: short.name }]);
  expect([app.store.presets.list(null), app.store.presets.list(second.id)]).toEqual([[], []]);
});
