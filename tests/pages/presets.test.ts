/** Presets by plain forms: made, changed, deleted and brought back; begun with, taken off, and saved from a conversation. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { workingStatus } from "../security/guarded-app.ts";
import { untranslated } from "./untranslated.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const get = async (path: string) => await (await fetch(app.url + path)).text();
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(app.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: app.url, ...headers },
    redirect: "manual",
  });
const presets = () => app.store.presets.list(null);
const htmx = { "hx-request": "true" };
const short = {
  name: "Short <answers>",
  instructions: "Answer in one sentence.",
  temperature: "0,2",
  recall: "0",
};

async function addShort(): Promise<string> {
  await post("/presets/new", short);
  return presets()[0]?.id ?? "";
}

async function begun(fields: Record<string, string>): Promise<string> {
  const reply = await post("/ask", { text: "What is gold?", key: crypto.randomUUID(), ...fields });
  await app.generations.idle();
  return /^\/c\/([\w-]+)/.exec(reply.headers.get("location") ?? "")?.[1] ?? "";
}
const settingsOf = (id: string) => app.store.conversations.get(id)?.settings;

test("One is made, changed, deleted and brought back; empty fields are as in the settings", async () => {
  app = openAnsweringApp({ status: workingStatus });
  expect(await get("/presets")).toContain("You have no presets yet.");
  expect((await post("/presets/new", { ...short, model: "", top_p: " " })).headers.get("location")).toBe(
    "/presets?done=saved",
  );
  const [made] = presets();
  expect(made?.choices).toEqual({ instructions: short.instructions, temperature: 0.2, recall: 0 });
  const list = await get("/presets?done=saved");
  expect(list).toContain("Short &lt;answers&gt;");
  expect(list).toContain("Temperature 0.2 · Without memory · Answer in one sentence.");
  const path = `/presets/${made?.id}`;
  expect(await get(path)).toContain('value="0.2"');
  await post(path, { ...short, temperature: "", max_tokens: "400" });
  expect(presets()[0]?.choices).toEqual({ instructions: short.instructions, recall: 0, max_tokens: 400 });
  const deleted = await (await post(path, { do: "delete" })).text();
  expect(presets()).toEqual([]);
  expect(deleted).toContain("was deleted.");
  const restore = /name="restore" value="([^"]+)"/.exec(deleted)?.[1] ?? "";
  const value = restore.replaceAll("&#34;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  await post("/presets", { restore: value });
  expect(presets()).toMatchObject([{ id: made?.id, name: short.name, choices: { max_tokens: 400 } }]);
  expect((await post("/presets", { restore: "no JSON" })).status).toBe(422);
  expect((await post("/presets", { restore: '{"name":"Hot","temperature":9}' })).status).toBe(422);
  expect((await post(path.slice(0, -1), { do: "delete" })).status).toBe(404);
});

test("What is refused stays in the form, with what to do", async () => {
  app = openAnsweringApp({ status: workingStatus });
  await addShort();
  const refused = await post("/presets/new", { ...short, temperature: "hot" });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain("Choose another name.");
  expect(html).toContain('value="hot"');
  const hot = await (await post("/presets/new", { ...short, name: "Hot", temperature: "9" })).text();
  expect(hot).toMatch(/id="preset-temperature"[^>]*aria-invalid="true"/);
  expect(presets()).toHaveLength(1);
});

test("A new chat offers presets by links; the chosen one is named, kept by the chat, and can be taken off", async () => {
  app = openAnsweringApp({ status: workingStatus });
  expect(await get("/")).not.toContain("/?preset=");
  const id = await addShort();
  expect(await get("/")).toContain(`href="/?preset=${id}"`);
  expect(await get("/?temporary=1")).toContain(`href="/?preset=${id}&temporary=1"`);
  const chosen = await get(`/?preset=${id}`);
  expect(chosen).toContain(`name="preset" value="${id}"`);
  expect(chosen).toContain("Preset: Short &lt;answers&gt;");
  expect(chosen).toMatch(/href="\/" aria-label="Take off/);
  const refused = await (await post("/ask", { text: "x".repeat(20_001), preset: id })).text();
  expect(refused).toContain(`name="preset" value="${id}"`);

  const conversation = await begun({ preset: id });
  expect(settingsOf(conversation)).toMatchObject({ preset: short.name, temperature: 0.2 });
  const inPlace = await (await post("/ask", { text: "Silver?", key: "k", preset: id }, htmx)).text();
  expect(inPlace).toContain('<hx-partial hx-target="#preset-chips" hx-swap="innerHTML"></hx-partial>');
  const [generation] = app.store.generations.ofConversation(conversation);
  expect(generation).toMatchObject({ memoryContext: 0, sampling: { temperature: 0.2 } });
  const page = await get(`/c/${conversation}`);
  expect(page).not.toContain("/?preset=");
  expect(page).toContain("Preset: Short &lt;answers&gt;");
  // The page without it: a preset that was deleted meanwhile is not there to begin with.
  await post(`/presets/${id}`, { do: "delete" });
  expect(await get(`/?preset=${id}`)).not.toContain('name="preset"');
  expect((await post("/ask", { text: "Gold?", preset: id })).status).toBe(404);
  await post("/ask", { text: "Silver?", conversation_id: conversation });
  await app.generations.idle();
  expect(app.store.generations.ofConversation(conversation).at(-1)?.sampling.temperature).toBe(0.2);
});

test("/preset shows them, chooses one for a new chat by its address, and changes a conversation from now on", async () => {
  app = openAnsweringApp({ status: workingStatus });
  expect(await (await post("/ask", { text: "/preset" })).text()).toContain("You have no presets yet.");
  const id = await addShort();
  const say = (text: string, fields: Record<string, string> = {}) => post("/ask", { text, ...fields });
  expect(await (await say("/preset")).text()).toContain('value="/preset Short <answers>"');
  expect((await say("/preset short <answers>")).headers.get("location")).toBe(`/?preset=${id}`);
  const conversation = await begun({});
  const here = { conversation_id: conversation };
  expect(settingsOf(conversation)).toBeNull();
  expect(await (await say(`/preset ${short.name}`, here)).text()).toContain(
    "The next answers follow the preset",
  );
  expect(settingsOf(conversation)).toMatchObject({ preset: short.name });
  expect(await (await say("/preset", here)).text()).toContain("In use");
  expect(await (await say("/preset off", here)).text()).toContain("follow your settings again");
  expect(settingsOf(conversation)).toBeNull();
  const unknown = await say("/preset Long", here);
  expect([unknown.status, await unknown.text()]).toEqual([
    404,
    expect.stringContaining("There is no such preset. You have"),
  ]);
  // A command leaves the choice of a new chat as it is.
  expect(await (await say("/help", { preset: id })).text()).toContain(`name="preset" value="${id}"`);
  expect(await (await post("/ask", { text: "/help", key: "k", preset: id }, htmx)).text()).toContain(
    `name="preset" value="${id}"`,
  );
  const instructed = await (await say("/system Use German.", { preset: id })).text();
  const other = /name="conversation_id" value="([^"]+)"/.exec(instructed)?.[1] ?? "";
  expect(settingsOf(other)).toMatchObject({ preset: short.name });
});

test("The values of a conversation are saved as a preset, its instructions too", async () => {
  app = openAnsweringApp({ status: workingStatus });
  const id = await addShort();
  const conversation = await begun({ preset: id });
  await post(`/c/${conversation}/change`, { instructions: "Use German." });
  expect(await get(`/c/${conversation}`)).toContain(`href="/presets/new?from=${conversation}"`);
  const form = await get(`/presets/new?from=${conversation}`);
  expect(form).toContain("Answer in one sentence.\n\nUse German.</textarea>");
  expect(form).toContain('value="0.2"');
  expect((await fetch(`${app.url}/presets/new?from=nobody`)).status).toBe(404);
});

test("Side by side begins with a preset, too: both answers have its values, and the conversation keeps them", async () => {
  app = openAnsweringApp({ status: workingStatus });
  const id = await addShort();
  expect(await get("/compare")).toContain(`href="/compare?preset=${id}"`);
  const form = await get(`/compare?preset=${id}`);
  expect(form).toContain(`name="preset" value="${id}"`);
  expect(form).toContain("Answer in one sentence.</textarea>");
  await post("/compare", { text: "Gold?", key: "k", preset: id, temperature_1: "1" });
  await app.generations.idle();
  const [conversation] = app.store.conversations.list(null, 1);
  expect(conversation?.settings).toMatchObject({ preset: short.name });
  const made = app.store.generations.ofConversation(conversation?.id ?? "");
  expect(made.map(({ sampling }) => sampling.temperature).toSorted()).toEqual([0.2, 1]);
  for (const { memoryContext, receipt } of made)
    expect([memoryContext, receipt?.systemPrompt]).toEqual([0, expect.stringContaining(short.instructions)]);
});

test("With en-XA no text of the presets, nor of the choice of a model, is left in English", async () => {
  const sizes = { sizeBytes: 5e9, memoryBytes: 4e9, name: null };
  app = openAnsweringApp({
    status: {
      ...workingStatus,
      report: () => ({
        ...workingStatus.report(),
        engines: [
          { status: { engine: "vllm", model: "big-1", state: "ready" }, models: [] },
          { status: { engine: "llama", model: "big-2", state: "ready" }, models: ["big-3", "big-4"] },
          { status: { engine: "other", model: "big-5", state: "starting", progress: 0.5 }, models: [] },
        ] as never,
      }),
    },
    modelSizes: () =>
      new Map([
        ["big-1", { ...sizes, fit: "fits" }],
        ["big-3", { ...sizes, fit: "tight" }],
        ["big-4", { ...sizes, fit: "too-big" }],
      ]),
  });
  const id = await addShort();
  const conversation = await begun({ preset: id });
  await app.preferences.ofOwner(null).change({ language: "en-XA" });
  const own = [
    short.name,
    short.instructions,
    "What is gold?",
    "scripted-model",
    "llama",
    "big-1",
    "big-2",
    "big-3",
    "big-4",
    "big-5",
  ];
  const left = (html: string) => untranslated(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "", own);
  const refused = await post("/presets/new", { ...short, temperature: "9", name: "Hot" });
  const deleted = await (await post(`/presets/${id}`, { do: "delete" })).text();
  expect([left(await refused.text()), left(deleted), left(await get("/presets"))]).toEqual([[], [], []]);
  await addShort();
  const card = async (text: string) => {
    const html = await (await post("/ask", { text, conversation_id: conversation })).text();
    return untranslated(/<section class="command-reply"[\s\S]*?<\/section>/.exec(html)?.[0] ?? "", own);
  };
  for (const text of ["/preset", `/preset ${short.name}`, "/preset off", "/model"])
    expect([text, await card(text)]).toEqual([text, []]);
  for (const path of ["/presets", `/presets/${presets()[0]?.id}`, "/presets/new"])
    expect([path, left(await get(path))]).toEqual([path, []]);
});
