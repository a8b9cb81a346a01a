/** The trash over HTTP: one conversation erased, all of it emptied, by the forms of the page. */
import { afterEach, expect, test } from "bun:test";
import { rememberExchange } from "../../src/memory/remember-exchange.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

function open(): void {
  app = openAnsweringApp();
  app.generations.events.subscribe(async (event) => {
    if (event.type === "exchanged")
      await rememberExchange(app.memory, { ...event.exchange, ownerId: event.ownerId });
  });
}

async function asked(message: string) {
  const reply = await fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message }),
  });
  const { conversation_id: id, generation_id: generation } = await reply.json();
  await app.generations.idle();
  const [memory] = app.memory.newest(null, 1);
  return { id: String(id), generation: String(generation), memory: memory?.id ?? "" };
}
async function post(path: string): Promise<[status: number, to: string | null]> {
  const headers = { origin: app.url };
  const reply = await fetch(app.url + path, { method: "POST", headers, redirect: "manual" });
  return [reply.status, reply.headers.get("location")];
}
const statusOf = async (path: string) => (await fetch(app.url + path)).status;

test("a conversation in the trash is erased for good, with its answer and what was remembered of it", async () => {
  open();
  const { id, generation, memory } = await asked("What is a zebra?");
  expect((await post(`/c/${id}/erase`))[0]).toBe(422);
  expect(await statusOf(`/api/conversations/${id}`)).toBe(200);
  expect(await post(`/c/${id}/delete`)).toEqual([303, `/?deleted=${id}`]);
  expect(await (await fetch(`${app.url}/trash`)).text()).toContain("What is a zebra?");
  expect(await post(`/c/${id}/erase`)).toEqual([303, "/trash?done=erased"]);
  const page = await (await fetch(`${app.url}/trash?done=erased`)).text();
  expect(page).toContain("Deleted for good.");
  expect(page).not.toContain("zebra");
  for (const path of [`/api/conversations/${id}`, `/api/generations/${generation}`, `/memories/${memory}`])
    expect([path, await statusOf(path)]).toEqual([path, 404]);
  expect((await post(`/c/${id}/restore`))[0]).toBe(404);
  expect((await post(`/memory/${memory}`))[0]).not.toBe(303);
  expect((await post(`/c/${id}/erase`))[0]).toBe(404);
  expect(app.store.memories.getAny(memory)).toBeUndefined();
  expect(app.store.audit.list(10).map(({ action }) => action)).toContain("conversation-erased");
});

test("emptying the trash erases all of it, and nothing else", async () => {
  open();
  const kept = await asked("What is kept?");
  const gone = [await asked("What is first?"), await asked("What is second?")];
  for (const { id } of gone) await post(`/c/${id}/delete`);
  expect(await post("/trash/empty")).toEqual([303, "/trash?done=emptied"]);
  for (const { id, memory } of gone) {
    expect(app.store.conversations.getAny(id)).toBeUndefined();
    expect(app.store.memories.getAny(memory)).toBeUndefined();
  }
  expect(await statusOf(`/api/conversations/${kept.id}`)).toBe(200);
  expect(await statusOf(`/memories/${kept.memory}`)).toBe(200);
  expect(await post("/trash/empty")).toEqual([303, "/trash?done=emptied"]);
});
