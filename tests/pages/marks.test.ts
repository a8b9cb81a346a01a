/** The marks of the list: an answer that is written, and one that its reader has not seen. */
import { afterEach, expect, test } from "bun:test";
import { ConversationLibrary } from "../../src/conversations/library.ts";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const page = async (path: string) => (await fetch(app.url + path)).text();
const marks = (html: string) =>
  [...html.matchAll(/aria-label="(Answering|New answer)"/g)].map(([, label]) => label);

test("an answer that ended while its conversation was not shown is marked until it is looked at", async () => {
  app = openAnsweringApp();
  const { conversationId: id } = await app.generations.ask(ask("What is gold?"));
  await app.generations.idle();
  expect(marks(await page("/list"))).toEqual([]);
  await page(`/c/${id}`);
  await app.store.commit(() => {});
  await app.generations.ask(ask("And silver?", { conversationId: id }));
  expect(marks(await page("/list"))).toEqual(["Answering"]);
  await app.generations.idle();
  expect(marks(await page("/list"))).toEqual(["New answer"]);
  expect(marks(await page(`/c/${id}`))).toEqual([]);
  await app.store.commit(() => {});
  expect(marks(await page("/list"))).toEqual([]);
});

test("who reads the answer to its end has seen it; who leaves before has not", async () => {
  app = openAnsweringApp();
  const { conversationId: id } = await app.generations.ask(ask("What is gold?"));
  await app.generations.idle();
  await page(`/c/${id}`);
  await app.store.commit(() => {});
  const read = await app.generations.ask(ask("And silver?", { conversationId: id }));
  await page(`/generations/${read.id}/html`);
  await app.store.commit(() => {});
  expect(marks(await page("/list"))).toEqual([]);
  const left = await app.generations.ask(ask("And copper?", { conversationId: id }));
  const leaving = new AbortController();
  await fetch(`${app.url}/generations/${left.id}/html`, { signal: leaving.signal });
  leaving.abort();
  await app.generations.idle();
  await app.store.commit(() => {});
  expect(marks(await page("/list"))).toEqual(["New answer"]);
});

test("the mark that goes is news for other tabs; what is seen already is written once", async () => {
  app = openAnsweringApp();
  const { conversationId: id } = await app.generations.ask(ask("What is gold?"));
  await app.generations.idle();
  const library = new ConversationLibrary({ store: app.store, stopAnswers: () => {}, searchTerms: () => [] });
  const changes: string[] = [];
  await library.see(id);
  library.onChange(({ of }) => void changes.push(of));
  await library.see(id);
  expect(changes).toEqual([]);
  app.store.conversations.update(id, { seenAt: 1 });
  await library.see(id);
  expect(changes).toEqual(["list"]);
  expect(app.store.conversations.get(id)?.seenAt).toBeGreaterThan(1);
});
