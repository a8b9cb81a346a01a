/** Everything of one owner is deleted: by the page of settings and by the API, out of the files of the data folder, too. */
import { afterEach, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownDataOf } from "../../src/workspace/wipe.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const word = "xanthophyll";
const nothing = {
  conversations: 0,
  in_trash: 0,
  memories: 0,
  files: 0,
  documents: 0,
  projects: 0,
  facts: 0,
  series: 0,
  settings: 0,
};
const headers = () => ({ origin: app.url });
const page = (confirm: string) =>
  fetch(`${app.url}/settings/data/wipe`, {
    method: "POST",
    body: new URLSearchParams({ confirm }),
    headers: headers(),
  });

/** Two conversations, one in the trash; a memory, a file, a fact, a series of prices, and a setting. */
async function filled() {
  app = openAnsweringApp();
  await app.generations.ask(ask(`What is ${word}?`));
  await app.generations.idle();
  const trashed = addConversation(app.store, { title: `Of ${word}` });
  app.store.conversations.update(trashed, { deletedAt: Date.now() });
  await app.memory.memorize({ ownerId: null, key: word, value: `${word} is yellow`, category: "facts" });
  const file = new FormData();
  file.append("file", new File([`Much ${word}.`], "plants.txt", { type: "text/plain" }));
  expect((await fetch(`${app.url}/files`, { method: "POST", body: file, headers: headers() })).status).toBe(
    200,
  );
  const json = { ...headers(), "content-type": "application/json" };
  const computed = { start: 10_000, end: "16000.00", years: 5 };
  await fetch(`${app.url}/api/calculate/cagr`, {
    method: "POST",
    body: JSON.stringify(computed),
    headers: json,
  });
  const prices = `Date,Close,Note\n2024-01-02,1.5,${word}\n2024-01-03,1.6,${word}\n`;
  await fetch(`${app.url}/api/imports?name=${word}.csv&commit=true`, {
    method: "POST",
    body: prices,
    headers: { ...headers(), "content-type": "application/octet-stream" },
  });
  await fetch(`${app.url}/api/settings`, {
    method: "PATCH",
    body: JSON.stringify({ default_pair: word }),
    headers: json,
  });
}

const counts = async () => (await fetch(`${app.url}/api/data`)).json();

test("the page says how much there is, asks for the words, and erases all of it", async () => {
  await filled();
  const before = {
    conversations: 2,
    in_trash: 1,
    memories: 1,
    files: 1,
    documents: 0,
    projects: 0,
    facts: 1,
    series: 1,
    settings: 1,
  };
  expect(await counts()).toEqual(before);
  const data = await (await fetch(`${app.url}/settings/data`)).text();
  expect(data).toContain(
    "2 conversations (1 in the trash), 1 memory, 1 file, 0 documents, 0 projects, 1 computed figure, 1 series of prices, and 1 changed setting",
  );
  const refused = await page("yes");
  expect([refused.status, (await refused.text()).includes("Nothing was deleted.")]).toEqual([422, true]);
  expect(await counts()).toEqual(before);

  const done = await (await page("Delete everything")).text();
  expect(done).toContain("Deleted for good: 2 conversations");
  expect(done).toContain("data-wiped");
  expect(await counts()).toEqual(nothing);
  expect(app.store.audit.list(1)[0]?.action).toBe("everything-erased");
  app.store.space.emptyLog();
  const bytes = readFileSync(join(app.dataDir, "assistant.db"));
  expect(bytes.includes(word)).toBe(false);
});

test("what others have stays; an answer that is being written is stopped first", async () => {
  await filled();
  app.store.users.insert({ id: "anna", name: "anna", passwordHash: "x", role: "member", createdAt: 1 });
  const hers = addConversation(app.store, { title: "Hers" });
  app.store.conversations.update(hers, { ownerId: "anna" });
  const data = ownDataOf(app, null);
  const running = await app.generations.ask(ask("And more?"));
  await data.wipe("delete everything");
  expect(app.generations.get(running.id)).toBeUndefined();
  expect(data.counts()).toEqual(nothing);
  expect(app.store.ownData.counts("anna")).toMatchObject({ conversations: 1 });
  await expect(data.wipe("")).rejects.toThrow("Nothing was deleted");
});

test("what is asked while everything is deleted is stopped and deleted too, and never under a writing answer", async () => {
  await filled();
  for (let at = 0; at < 20; at++) addConversation(app.store, { title: `Old ${at}` });
  const data = ownDataOf(app, null);
  const asked: string[] = [];
  const { erase } = app.store.conversations;
  // A program goes on asking for a while.
  app.store.conversations.erase = (id: string) => {
    erase(id);
    if (asked.length < 5) void app.generations.ask(ask("And this?")).then((each) => asked.push(each.id));
  };
  await data.wipe("delete everything");
  await app.generations.idle();
  expect(asked.length).toBeGreaterThan(0);
  expect(data.counts()).toEqual(nothing);
  expect(app.logLines.filter(({ level }) => level === "error")).toEqual([]);
});
