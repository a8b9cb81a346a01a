/** The settings by the API, and what they change of a chat. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const json = { "content-type": "application/json" };
const patch = (changes: object) =>
  fetch(`${app.url}/api/settings`, { method: "PATCH", headers: json, body: JSON.stringify(changes) });
const settings = async () => (await fetch(`${app.url}/api/settings`)).json();

test("all values are read; some are changed and go back to their defaults; a wrong one changes nothing", async () => {
  app = openAnsweringApp({ settings: { ANSWERS_PROSE: "none" } });
  expect(await settings()).toMatchObject({
    settings: { theme: "system", temperature: 0.7, seed: null, remember_exchanges: true, prose: "none" },
    chosen: [],
    fixed: ["prose"],
  });
  const changed = await patch({ theme: "dark", seed: 7 });
  expect([changed.status, await changed.json()]).toMatchObject([
    200,
    { settings: { theme: "dark", seed: 7 }, chosen: ["seed", "theme"] },
  ]);
  for (const wrong of [{ theme: "blue" }, { seed: -1 }, { prose: "free" }])
    expect((await patch({ density: "compact", ...wrong })).status).toBe(422);
  expect(await settings()).toMatchObject({ settings: { density: "comfortable" }, chosen: ["seed", "theme"] });
  expect(await (await patch({ seed: null })).json()).toMatchObject({
    settings: { seed: null },
    chosen: ["theme"],
  });
  await patch({ remember_exchanges: false });
  expect(await (await fetch(`${app.url}/api/memory`)).json()).toEqual({ remember_exchanges: false });
});

test("sampling and length are the defaults of a chat; a request's own fields win; an answer says what was used", async () => {
  app = openAnsweringApp();
  await patch({ temperature: 0.2, top_p: 0.5, max_tokens: 300, seed: 11, recall: 5 });
  const ask = async (fields: object) => {
    const body = JSON.stringify({ message: "Hello?", ...fields });
    const reply = await fetch(`${app.url}/chat`, { method: "POST", headers: json, body });
    const { generation_id } = (await reply.json()) as { generation_id: string };
    return app.generations.get(generation_id);
  };
  expect(await ask({})).toMatchObject({
    sampling: { temperature: 0.2, topP: 0.5, maxTokens: 300, seed: 11 },
    memoryContext: 5,
  });
  expect(await ask({ temperature: 1, max_tokens: 20, memory_context: 0 })).toMatchObject({
    sampling: { temperature: 1, topP: 0.5, maxTokens: 20, seed: 11 },
    memoryContext: 0,
  });
  const form = new URLSearchParams({ text: "Hello again?", key: "k" });
  const page = await fetch(`${app.url}/ask`, {
    method: "POST",
    headers: { origin: app.url },
    body: form,
    redirect: "manual",
  });
  const conversation = /\/c\/([^?]+)/.exec(page.headers.get("location") ?? "")?.[1] ?? "";
  await app.generations.idle();
  const message = app.store.messages.lastOfPath(conversation);
  expect(app.store.generations.forMessage(message?.id ?? "")).toMatchObject({
    sampling: { temperature: 0.2, seed: 11 },
    memoryContext: 5,
  });
});
