/** Two answers side by side, as plain forms over the real app. */
import { expect, test } from "bun:test";
import { ask } from "../fakes/answering.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { heldEngine } from "../fakes/held-engine.ts";

function opened() {
  const held = heldEngine();
  const app = openAnsweringApp({ engines: [held.engine] });
  const post = (path: string, fields: Record<string, string>) =>
    fetch(app.url + path, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
  const page = async (path: string) => (await fetch(app.url + path)).text();
  return { ...held, app, post, page };
}
const fields = {
  ...{ text: "Is gold dear?", key: "once", model_0: "auto", temperature_0: "0.7", memory_0: "on" },
  ...{ model_1: "auto", temperature_1: "0.1", memory_1: "off", instructions_1: "Answer in one word." },
};

test("One question is asked with two settings, both answers stream on one page, and one is picked", async () => {
  const { app, post, page, reaches, goOn } = opened();
  await using _ = app;
  expect(await page("/compare")).toContain('name="instructions_1"');
  const sent = await post("/compare", fields);
  const address = sent.headers.get("location") ?? "";
  expect([sent.status, address]).toEqual([303, expect.stringMatching(/^\/compare\/[\w-]+$/)]);
  expect((await post("/compare", fields)).headers.get("location")).toBe(address);
  await reaches(2);

  const running = await page(address);
  expect(running.match(/hx-sse:connect/g)).toHaveLength(2);
  for (const words of [
    "Temperature 0.7",
    "Temperature 0.1",
    "Without memory",
    "Other instructions",
    "Stop both",
  ])
    expect(running).toContain(words);
  goOn();
  await app.generations.idle();
  const ended = await page(address);
  expect(ended).not.toContain("Stop both");
  expect(ended.match(/Of Is gold dear\? more/g)).toHaveLength(2);

  const picks = [...ended.matchAll(/action="(\/compare\/[\w-]+)"/g)].map(([, path = ""]) => path);
  const picked = await post(picks[1] ?? "", { do: "pick" });
  const chat = picked.headers.get("location")?.split("#")[0] ?? "";
  expect([picked.status, chat]).toEqual([303, expect.stringMatching(/^\/c\//)]);
  const conversation = await page(chat);
  expect(conversation).toContain("2 of 2");
  // From there the page of both is one click away.
  expect(conversation).toContain(`href="${picks[1]}"`);
  expect(app.store.messages.path(chat.slice(3))).toHaveLength(2);
});

test("Stop both stops both, and their texts are kept", async () => {
  const { app, post, page, reaches } = opened();
  await using _ = app;
  const address = (await post("/compare", fields)).headers.get("location") ?? "";
  await reaches(2);
  expect((await post(address, { do: "stop" })).status).toBe(303);
  await app.generations.idle();
  expect((await page(address)).match(/You stopped this answer\./g)).toHaveLength(2);
});

test("What cannot be asked says why, with the form as it was sent; an answer without a version leads to its chat", async () => {
  const { app, post, page, letGo } = opened();
  await using _ = app;
  letGo();
  const refused = await post("/compare", { ...fields, temperature_1: "9" });
  const html = await refused.text();
  expect(refused.status).toBe(422);
  expect(html).toContain("The temperature is a number from 0 to 2.");
  expect(html).toContain("Answer in one word.");
  expect((await post("/compare", { ...fields, text: " " })).status).toBe(422);
  expect((await fetch(`${app.url}/compare/none`)).status).toBe(404);

  const { messageId, questionId, conversationId } = await app.generations.ask(ask("one"));
  await app.generations.idle();
  const alone = await fetch(`${app.url}/compare/${messageId}`, { redirect: "manual" });
  expect(alone.headers.get("location")).toStartWith(`/c/${conversationId}?at=`);
  expect((await fetch(`${app.url}/compare/${questionId}`)).status).toBe(404);
  expect(await page(`/c/${conversationId}`)).not.toContain("/compare/");
});
