/** Files on the page, as a browser without scripts attaches them. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

function attach(text: string, files: Readonly<Record<string, string>>, attached = "") {
  const form = new FormData();
  form.append("text", text);
  form.append("files", attached);
  for (const [name, content] of Object.entries(files)) form.append("file", new File([content], name));
  return fetch(`${app.url}/attach`, { method: "POST", body: form, headers: { origin: app.url } });
}
const idsIn = (html: string) => /name="files" value="([^"]*)"/.exec(html)?.[1] ?? "";

test("a file is attached with what was typed, sent with the question, and shown under it", async () => {
  app = openAnsweringApp({ engines: [new ScriptedEngine({ contextSize: 1_000 })] });
  const first = await (await attach("What is <this>?", { "a.csv": "Day,Profit\n" })).text();
  expect(first).toContain("What is &lt;this&gt;?");
  const second = await (
    await attach("What is <this>?", { "long.txt": "word\n".repeat(20_000) }, idsIn(first))
  ).text();
  expect([...second.matchAll(/data-file="[^"]+"/g)]).toHaveLength(2);
  const refused = await attach("What?", { "b.exe": "MZ\0\x01" }, idsIn(second));
  expect(refused.status).toBe(422);
  const kept = await refused.text();
  expect(kept).toContain("b.exe is no text");
  expect(idsIn(kept)).toBe(idsIn(second));
  const asked = await fetch(`${app.url}/ask`, {
    method: "POST",
    body: new URLSearchParams({ text: "What is it?", files: idsIn(kept) }),
    headers: { origin: app.url },
    redirect: "manual",
  });
  await app.generations.idle();
  const address = new URL(asked.headers.get("location") ?? "", app.url);
  const page = await (await fetch(`${app.url}${address.pathname}`)).text();
  const [csv, long] = idsIn(kept).split(",");
  expect(page).toContain(`href="/files/${csv}"`);
  expect(page).toMatch(new RegExp(`href="/files/${long}"[\\s\\S]*?100 kB, first \\d+% read`));
  const [generation] = app.store.generations.ofConversation(address.pathname.slice(3));
  const receipt = await (await fetch(`${app.url}/generations/${generation?.id}/receipt`)).text();
  expect(receipt).toMatch(/a\.csv[\s\S]*11 of 11 characters/);
});
