/** The page of memories, as a browser without scripts uses it. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const memorize = (key: string, value: string) =>
  app.memory.memorize({ ownerId: null, key, value, category: "general" });
const page = async (query = "") => (await fetch(`${app.url}/memory${query}`)).text();
const send = (id: string, form: Record<string, string>) =>
  fetch(`${app.url}/memory/${id}`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: app.url },
    redirect: "manual",
  });

test("an empty memory says how something comes into it, and the sidebar leads there", async () => {
  app = openAnsweringApp();
  expect(await page()).toContain("Nothing is remembered yet");
  expect(await (await fetch(`${app.url}/`)).text()).toContain('href="/memory"');
});

test("memories are listed newest first, page by page, and found by their words", async () => {
  app = openAnsweringApp();
  for (let number = 100; number < 220; number++) await memorize(`key ${number}`, `value <${number}>`);
  const seen: string[] = [];
  for (let query = ""; ; ) {
    const html = await page(query);
    seen.push(...[...html.matchAll(/value &lt;(\d+)&gt;/g)].flatMap(([, found = ""]) => found));
    const next = /href="\/memory(\?[^"]*after=[^"]*)"/.exec(html)?.[1];
    if (next === undefined) break;
    query = next.replaceAll("&amp;", "&");
  }
  expect([...new Set(seen)]).toEqual(Array.from({ length: 120 }, (_, index) => `${219 - index}`));
  const found = await page("?q=KEY+150");
  expect(found).toContain("key 150");
  expect(found).not.toContain("key 151");
  expect(await page("?q=nowhere")).toContain("No memory holds");
});

test("a memory is corrected, forgotten and restored by plain forms", async () => {
  app = openAnsweringApp();
  const { id } = await memorize("goal", "A house");
  const saved = await send(id, { do: "save", key: "goal", value: "A flat", category: "goals" });
  expect(saved.headers.get("location")).toBe(`/memory#m-${id}`);
  expect(await page()).toContain("A flat");
  expect((await send(id, { do: "save", key: " ", value: "x", category: "y" })).status).toBe(422);
  const forgotten = await send(id, { do: "forget" });
  expect(forgotten.headers.get("location")).toBe(`/memory?undo=${id}`);
  const after = await page(`?undo=${id}`);
  expect(after).toContain("Forgotten.");
  expect(after).not.toContain("A flat");
  expect((await send(id, { do: "restore" })).status).toBe(303);
  expect(await page()).toContain("A flat");
});

test("a receipt shows the text of the memories that were used, and forgets a wrong one (ui 2)", async () => {
  app = openAnsweringApp();
  const { id } = await memorize("pip of gold", "A pip of gold is 0.01");
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ message: "What is my pip of gold?", memory_context: 3 });
  const reply = (await (await fetch(`${app.url}/chat`, { method: "POST", headers, body })).json()) as {
    generation_id: string;
  };
  const receipt = async () => (await fetch(`${app.url}/generations/${reply.generation_id}/receipt`)).text();
  expect(await receipt()).toContain("A pip of gold is 0.01");
  expect(await receipt()).toContain(`action="/memory/${id}"`);
  await send(id, { do: "forget" });
  expect(await receipt()).not.toContain("0.01");
  expect(await receipt()).toContain("A memory that was forgotten since.");
});
