/** Commands in the form to ask with, as a browser without scripts sends them. */
import { afterEach, expect, test } from "bun:test";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: app.url, ...headers },
    redirect: "manual",
  });
const say = (text: string, rest: Record<string, string> = {}) => send("/ask", { text, ...rest });
const htmx = { "hx-request": "true" };

test("/help shows every command on the page, and what is attached stays", async () => {
  app = openAnsweringApp();
  const file = await fetch(`${app.url}/files?name=a.txt`, {
    method: "POST",
    body: "text",
    headers: { origin: app.url, "content-type": "application/octet-stream" },
  });
  const { id } = await file.json();
  const reply = await say("/help", { files: id });
  expect(reply.status).toBe(200);
  const html = await reply.text();
  for (const name of ["remember", "forget", "model", "system", "export", "position-size", "xirr"])
    expect(html).toContain(`<code>/${name}</code>`);
  expect(html).toContain(`name="files" value="${id}"`);
  expect(app.store.generations.unfinished()).toEqual([]);
});

test("an unknown command names the nearest one, and keeps what was written", async () => {
  app = openAnsweringApp();
  const reply = await say("/remeber <my> broker");
  expect(reply.status).toBe(422);
  const html = await reply.text();
  expect(html).toContain("There is no command /remeber. Did you mean /remember?");
  expect(html).toContain("/remeber &lt;my&gt; broker</textarea>");
});

test("what is remembered is there once, is found to be forgotten, and can be restored", async () => {
  app = openAnsweringApp();
  for (let time = 0; time < 2; time++) await say("/remember broker = Example <Bank>", { key: "once" });
  const [memory, ...more] = app.memory.newest(null, 10);
  expect(more).toEqual([]);
  expect(memory).toMatchObject({ key: "broker", value: "Example <Bank>", category: "general" });
  expect(await (await say("/forget nowhere")).text()).toContain("No memory holds “nowhere”.");
  const found = await (await say("/forget example")).text();
  expect(found).toContain("Example &lt;Bank&gt;");
  expect(found).toContain(`action="/memory/${memory?.id}"`);
  const forgotten = await send(`/memory/${memory?.id}`, { do: "forget" }, htmx);
  expect(await forgotten.text()).toMatch(/<li>[\s\S]*Forgotten\.[\s\S]*value="restore"[\s\S]*Undo/);
  expect(app.memory.newest(null, 10)).toEqual([]);
  const restored = await send(`/memory/${memory?.id}`, { do: "restore" }, htmx);
  expect(await restored.text()).toContain("Example &lt;Bank&gt;");
  expect(app.memory.newest(null, 10)).toHaveLength(1);
  for (const empty of ["/remember", "/forget"]) expect((await say(empty)).status).toBe(422);
});

test("instructions reach the prompt of their conversation alone, and are changed and removed", async () => {
  const engine = new ScriptedEngine();
  app = openAnsweringApp({ engines: [engine] });
  const systems = () =>
    app.store.conversations
      .list(null, 10)
      .flatMap(({ id }) => app.store.generations.ofConversation(id))
      .map(({ receipt }) => receipt?.systemPrompt.split("\n\n").at(-1));
  const begun = await (await say("/system Answer in <one> sentence.")).text();
  const id = /name="conversation_id" value="([^"]+)"/.exec(begun)?.[1] ?? "";
  expect(begun).toContain("Answer in &lt;one&gt; sentence.</textarea>");
  expect(app.store.conversations.get(id)?.title).toBe("New chat");
  await say("What is a pip?", { conversation_id: id });
  await app.generations.idle();
  expect(app.store.conversations.get(id)?.title).toBe("What is a pip?");
  expect(systems()).toEqual(["Instructions for this conversation:\nAnswer in <one> sentence."]);
  const page = await (await fetch(`${app.url}/c/${id}`)).text();
  expect(page).toContain("Change the instructions");
  const changed = await send(`/c/${id}/change`, { instructions: "Use German." }, htmx);
  expect(await changed.text()).toContain("Instructions saved.");
  expect(await (await say("/system", { conversation_id: id })).text()).toContain("Use German.</textarea>");
  const removed = await send(`/c/${id}/change`, { instructions: " " }, htmx);
  expect(await removed.text()).toContain("Instructions removed.");
  await say("And a lot?", { conversation_id: id });
  await app.generations.idle();
  expect(systems().at(-1)).not.toContain("Instructions for this conversation");
  expect((await say(`/system ${"x".repeat(8_001)}`)).status).toBe(422);
});

test("/export gives the file of the conversation, and says what is missing where there is none", async () => {
  app = openAnsweringApp();
  expect((await say("/export")).status).toBe(422);
  await say("hello");
  await app.generations.idle();
  const [conversation] = app.store.conversations.list(null, 1);
  const id = conversation?.id ?? "";
  const reply = await say("/export json", { conversation_id: id });
  expect(reply.status).toBe(303);
  expect(reply.headers.get("location")).toBe(`/api/conversations/${id}/export?format=json`);
  expect((await say("/export pdf", { conversation_id: id })).status).toBe(422);
  const inPlace = await send("/ask", { text: "/export", conversation_id: id }, htmx);
  expect(await inPlace.text()).toContain(`/api/conversations/${id}/export?format=markdown`);
  expect(inPlace.headers.get("x-keeps-files")).toBe("1");
});

test("/model lists the models and loads another one", async () => {
  const loaded: string[] = [];
  const engine = { status: { engine: "llama", model: "small", state: "ready" }, models: ["large"] };
  app = openAnsweringApp({
    status: {
      report: () => ({ engines: [engine] }) as never,
      act: async () => {},
      load: async (name, model) => void loaded.push(`${name} ${model}`),
      changed: async () => {},
    },
  });
  const list = await (await say("/model")).text();
  expect(list).toContain("small");
  expect(list).toContain('value="/model large"');
  expect(await (await say("/model large")).text()).toContain("large is being loaded.");
  expect(loaded).toEqual(["llama large"]);
  expect((await say("/model nothing")).status).toBe(404);

  // Its buttons know the conversation, and leave what is being typed alone: the next question began another one.
  const { conversationId } = await app.generations.ask(ask("Gold?"));
  await app.generations.idle();
  const here = { conversation_id: conversationId };
  const card = await (await say("/model", { ...here, key: "1" })).text();
  expect(card).toContain(`name="conversation_id" value="${conversationId}"`);
  const pressed = await send("/ask", { text: "/model large", ...here }, htmx);
  expect(await pressed.text()).not.toContain("composer-fields");
});

test("in a conversation that was deleted meanwhile a command does nothing, and says so", async () => {
  app = openAnsweringApp();
  for (const text of ["/system Be short.", "/export", "/help"])
    expect((await say(text, { conversation_id: "gone" })).status).toBe(404);
  expect(app.store.ownData.counts(null).conversations).toBe(0);
});

test("a word as long as a question has no nearest command, and takes no time", async () => {
  app = openAnsweringApp();
  const reply = await say(`/${"a".repeat(40_000)}`);
  expect(reply.status).toBe(422);
});

test("the list that completes commands has them all, with an example of each calculator", async () => {
  app = openAnsweringApp();
  const html = await (await fetch(`${app.url}/commands`)).text();
  expect(html).toContain('data-fill="/help"');
  expect(html).toContain('data-fill="/remember "');
  expect(html).toMatch(/data-fill="\/position-size balance=10000 [^"]*"/);
});
