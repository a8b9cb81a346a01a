/** What a user thinks of an answer: by the page's form, by the API, in exports, and taken back. */
import { afterAll, expect, test } from "bun:test";
import { ask } from "../fakes/answering.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const app = openAnsweringApp();
afterAll(() => app[Symbol.asyncDispose]());

const answered = async () => {
  const asked = await app.generations.ask(ask("What is gold?"));
  await app.generations.idle();
  return asked;
};
const json = { "content-type": "application/json" };
const patch = (path: string, rating: string | null) =>
  fetch(app.url + path, { method: "PATCH", headers: json, body: JSON.stringify({ rating }) });

test("An answer is rated by the API, the rating is part of the conversation and of each export, and is taken back", async () => {
  const { conversationId, messageId, questionId } = await answered();
  const address = `/api/conversations/${conversationId}`;
  const ratings = async () => {
    const { messages } = await (await fetch(app.url + address)).json();
    return messages.map(({ rating }: { rating: string | null }) => rating);
  };
  const exported = async (format: string) =>
    (await fetch(`${app.url}${address}/export?format=${format}`)).text();
  expect(await ratings()).toEqual([null, null]);
  const reply = await patch(`${address}/messages/${messageId}`, "bad");
  expect(await reply.json()).toEqual({ id: messageId, rating: "bad" });
  expect(await ratings()).toEqual([null, "bad"]);
  expect(await exported("markdown")).toContain("\n\n*Rated bad.*");
  expect(await exported("html")).toContain("Rated as a bad answer.");
  expect(JSON.parse(await exported("json")).conversations[0].messages[1].rating).toBe("bad");
  await patch(`${address}/messages/${messageId}`, null);
  expect(await ratings()).toEqual([null, null]);
  expect(await exported("markdown")).not.toContain("Rated");
  expect((await patch(`${address}/messages/${questionId}`, "good")).status).toBe(422);
  expect((await patch(`${address}/messages/${messageId}`, "great")).status).toBe(422);
  expect((await patch(`${address}/messages/none`, "good")).status).toBe(404);
});

test("The page's thumbs say what is chosen; the same one again takes it back, without scripts too", async () => {
  const { conversationId, messageId } = await answered();
  const rate = (value: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/messages/${messageId}`, {
      method: "POST",
      body: new URLSearchParams({ rate: value }),
      redirect: "manual",
      headers,
    });
  const thumb = (html: string, of: string) =>
    new RegExp(`<button[^>]*id="${of}-${messageId}"[^>]*>`).exec(html)?.[0] ?? "";
  const plain = await rate("good");
  expect([plain.status, plain.headers.get("location")]).toEqual([
    303,
    `/c/${conversationId}?at=${messageId}#end`,
  ]);
  const page = await (await fetch(`${app.url}/c/${conversationId}`)).text();
  expect(thumb(page, "good")).toContain('value="none" aria-pressed="true"');
  expect(thumb(page, "bad")).toContain('value="bad" aria-pressed="false"');
  const told = await (await rate("none", { "hx-request": "true" })).text();
  expect(told).toContain(`hx-target="#rating-${messageId}"`);
  expect(thumb(told, "good")).toContain('value="good" aria-pressed="false"');
});
