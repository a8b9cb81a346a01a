/** Several questions at once, as plain forms over the real app. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EngineFailedError } from "../../src/errors.ts";
import { type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { heldEngine } from "../fakes/held-engine.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

function opened(options: AnsweringAppOptions) {
  const app = openAnsweringApp(options);
  const post = (path: string, fields: Record<string, string>) =>
    fetch(app.url + path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const page = async (path: string) => (await fetch(app.url + path)).text();
  return { app, post, page };
}
const cards = (html: string) =>
  [...html.matchAll(/id="card-\d+-question"[^>]*>([^<]+)</g)].map(([, text]) => text);

test("Each line is a question in its card, for each instrument where it names one, and the page tells what has changed", async () => {
  const held = heldEngine();
  const { app, post, page } = opened({ engines: [held.engine] });
  await using _ = app;
  const fields = {
    id: "mine",
    questions: "What is gold?\n\nWho trades [instrument]?\r\nWhy?\nWhen?",
    instruments: "EURUSD, $&",
  };
  // Sent twice it is one batch.
  for (const _ of [1, 2])
    expect((await post("/batches", fields)).headers.get("location")).toBe("/batches/mine");
  await held.reaches(4);
  const html = await page("/batches/mine");
  expect(cards(html)).toEqual(["What is gold?", "Who trades EURUSD?", "Who trades $&amp;?", "Why?", "When?"]);
  expect(html).toContain("0 of 5 done");
  // The fifth has no stream of its own yet.
  expect(html.match(/hx-sse:connect/g)).toHaveLength(4);
  expect(html).toContain("Waits for its turn.");
  const news = /hx-get="(\/batches\/mine\/news\?shown=rrrrw)"/.exec(html)?.[1] ?? "";
  expect((await fetch(app.url + news)).status).toBe(204);
  held.letGo();
  await app.generations.idle();
  const told = await page(news);
  expect(told.match(/hx-target="#card-\d"/g)).toHaveLength(5);
  expect(told).toContain("5 of 5 done");
  expect(told).not.toContain("every 2s");

  const file = await fetch(`${app.url}/batches/mine/export`);
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="questions.md"');
  expect((await file.text()).match(/^# W.*\?$/gm)).toEqual([
    "# What is gold?",
    "# Who trades EURUSD?",
    String.raw`# Who trades $\&?`,
    "# Why?",
    "# When?",
  ]);
  expect(await page("/batches")).toContain("5 questions");
  // One whose conversation was deleted has no card any more.
  app.store.conversations.update(
    app.store.generations.withKeys("batch:", "batch;")[0]?.conversationId ?? "",
    {
      deletedAt: 1,
    },
  );
  expect(cards(await page("/batches/mine"))).toHaveLength(4);
});

test("A preset is chosen for all of them, and stays chosen when the form comes again", async () => {
  const { app, post, page } = opened({
    engines: [new ScriptedEngine({ script: () => ({ answer: "Yes." }) })],
  });
  await using _ = app;
  expect(await page("/batches")).not.toContain('name="preset"');
  const made = await fetch(`${app.url}/api/presets`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Brief & bold", instructions: "Be brief.", temperature: 0.1 }),
  });
  const { id } = await made.json();
  expect(await page("/batches")).toContain(`<option value="${id}">Brief &amp; bold</option>`);
  const again = await post("/batches", { id: "mine", questions: "", preset: id });
  expect([again.status, await again.text()]).toEqual([
    422,
    expect.stringContaining(`<option value="${id}" selected>`),
  ]);
  await post("/batches", { id: "mine", questions: "one\ntwo", preset: id });
  await post("/batches", { id: "other", questions: "three", preset: "" });
  await app.generations.idle();
  const asked = app.store.generations.withKeys("batch:", "batch;");
  const settings = asked.map(({ conversationId, sampling }) => [
    app.store.conversations.get(conversationId)?.settings?.preset ?? null,
    sampling.temperature,
  ]);
  expect(settings).toEqual([
    ["Brief & bold", 0.1],
    ["Brief & bold", 0.1],
    [null, 0.7],
  ]);
  const gone = await post("/batches", { id: "third", questions: "four", preset: "no-such" });
  expect(gone.status).toBe(404);
});

test("What was stopped or has failed is asked again, each as a version of its answer", async () => {
  let isBroken = true;
  const error = new EngineFailedError("It broke.");
  const script = () => ({ answer: "Of it more", ...(isBroken ? { failAt: { token: 1, error } } : {}) });
  const { app, post, page } = opened({ engines: [new ScriptedEngine({ script })] });
  await using _ = app;
  await post("/batches", { id: "mine", questions: "one\ntwo" });
  await app.generations.idle();
  const failed = await page("/batches/mine");
  expect(failed).toContain("Ask the failed and stopped again");
  expect(failed.match(/This answer was interrupted/g)).toHaveLength(2);
  isBroken = false;
  for (const _ of [1, 2]) expect((await post("/batches/mine", { do: "again" })).status).toBe(303);
  await app.generations.idle();
  const html = await page("/batches/mine");
  expect(html).not.toContain("Ask the failed and stopped again");
  expect(cards(html)).toEqual(["one", "two"]);
  expect(html.match(/Of it more/g)).toHaveLength(2);
});

test("A batch goes on after a restart, and Stop all stops all of it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "batches-"));
  const first = heldEngine();
  const before = opened({ dataDir, engines: [first.engine] });
  await before.post("/batches", { id: "mine", questions: "one\ntwo" });
  await first.reaches(2);
  await before.app[Symbol.asyncDispose]();

  const held = heldEngine();
  const { app, post, page } = opened({ dataDir, engines: [held.engine] });
  await using _ = app;
  app.generations.recover();
  await held.reaches(2);
  expect(await page("/batches/mine")).toContain("0 of 2 done");
  await post("/batches/mine", { do: "stop" });
  await app.generations.idle();
  const html = await page("/batches/mine");
  expect(html.match(/You stopped this answer\./g)).toHaveLength(2);
  expect(html).toContain("2 of 2 done");
  rmSync(dataDir, { recursive: true, force: true });
});

test("What is refused says why, and keeps the questions that were not asked", async () => {
  const held = heldEngine();
  const { app, post } = opened({ engines: [held.engine], queueLimit: 0 });
  await using _ = app;
  const many = (count: number) => Array.from({ length: count }, (_, at) => `question ${at}`).join("\n");
  const full = await post("/batches", { id: "mine", questions: many(6) });
  const html = await full.text();
  expect(full.status).toBe(503);
  expect(html).toContain("4 of 6 were asked.");
  expect(html).toContain(">question 4\nquestion 5</textarea>");
  expect(html).toContain('name="from" value="4"');
  held.letGo();
  await app.generations.idle();
  await post("/batches", { id: "mine", from: "4", questions: "question 4\nquestion 5" });
  expect(app.store.generations.withKeys("batch:mine:", "batch:mine;")).toHaveLength(6);

  for (const [questions, words] of [
    [" \n", "Write a question first."],
    [many(21), "at most 20 questions"],
    ["Why [instrument]?", "Name the instruments"],
  ] as const) {
    const refused = await post("/batches", { questions });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(words)]);
  }
  // It is counted before it is written out: this would be two million questions.
  const instruments = Array.from({ length: 250 }, () => "X").join();
  const refused = await post("/batches", { questions: "[instrument]\n".repeat(7_000), instruments });
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("1750000")]);
  expect((await fetch(`${app.url}/batches/none`)).status).toBe(404);
});
