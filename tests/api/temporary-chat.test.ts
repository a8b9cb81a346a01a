/** A chat that is not kept: in no list, recalled by nobody, continued like any other, and kept after all when asked. */
import { expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const send = (url: string, body: object, method = "POST") =>
  fetch(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const json = async (reply: Response | Promise<Response>) => await (await reply).json();

test("A temporary chat is answered and continued, and stands in no list, search or export", async () => {
  await using app = openAnsweringApp();
  const { conversation_id: id } = await json(
    send(`${app.url}/chat`, { message: "My rhodium plan", temporary: true }),
  );
  const more = await json(send(`${app.url}/chat`, { message: "Go on", conversation_id: id }));
  expect(more.conversation_id).toBe(id);
  expect(await json(fetch(`${app.url}/api/conversations/${id}`))).toMatchObject({ temporary: true });
  expect(await json(fetch(`${app.url}/api/conversations`))).toMatchObject({ conversations: [] });
  expect(await json(fetch(`${app.url}/api/conversations?q=rhodium`))).toMatchObject({ conversations: [] });
  expect(await (await fetch(`${app.url}/api/export`)).text()).not.toContain("rhodium");
  const stored = app.store.generations.ofConversation(id);
  expect(stored.map(({ memoryContext }) => memoryContext)).toEqual([0, 0]);
});

test("A temporary chat is kept from then on when its owner says so; a kept one stays so", async () => {
  await using app = openAnsweringApp();
  const { conversation_id: id } = await json(send(`${app.url}/chat`, { message: "Gold?", temporary: true }));
  const address = `${app.url}/api/conversations/${id}`;
  expect((await send(address, { temporary: true }, "PATCH")).status).toBe(422);
  expect(await json(send(address, { temporary: false }, "PATCH"))).toMatchObject({ id, temporary: false });
  expect(await json(fetch(`${app.url}/api/conversations`))).toMatchObject({ conversations: [{ id }] });
});

test("The instructions of a conversation are read and changed by programs", async () => {
  await using app = openAnsweringApp();
  const { conversation_id: id } = await json(send(`${app.url}/chat`, { message: "Gold?" }));
  const address = `${app.url}/api/conversations/${id}`;
  expect(await json(fetch(address))).toMatchObject({ instructions: null });
  await send(address, { instructions: " Answer in one sentence. " }, "PATCH");
  expect(await json(fetch(address))).toMatchObject({ instructions: "Answer in one sentence." });
});
