/** The first steps on the page of a new chat: their states, and that they go for good. */
import { afterEach, expect, test } from "bun:test";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const steps = async () => {
  const html = await (await fetch(app.url)).text();
  const section = /<section class="first-steps".*?<\/section>/s.exec(html)?.[0];
  if (section === undefined) return null;
  return [...section.matchAll(/<strong>([^<]*)<\/strong><small>([^<]*)/g)].map(([, title, words]) => [
    title,
    words === "Done",
  ]);
};
const send = (path: string, body: BodyInit, more = {}) =>
  fetch(app.url + path, { method: "POST", body, headers: { origin: app.url, ...more }, redirect: "manual" });

test("each step is done by its page, and an import or a file is data", async () => {
  app = openAnsweringApp();
  expect((await steps())?.slice(1)).toEqual([
    ["Your profile", false],
    ["Your data", false],
  ]);
  await send("/settings/you", new URLSearchParams({ key: "currency", value: "EUR" }));
  expect((await steps())?.[1]).toEqual(["Your profile", true]);
  const export_ = await (await fetch(`${app.url}/api/export`)).text();
  const form = new FormData();
  form.append("file", new File([export_], "export.json"));
  expect((await send("/settings/data/import", form)).status).toBe(200);
  expect((await steps())?.[2]).toEqual(["Your data", true]);
  // What is counted as a setting is what its owner has changed.
  expect(await (await fetch(`${app.url}/api/data`)).json()).toMatchObject({ settings: 1 });
});

test("Hide takes them away for good, and the setting brings them back", async () => {
  app = openAnsweringApp();
  const reply = await send("/first-steps/hide", "");
  expect([reply.status, reply.headers.get("location")]).toEqual([303, "/"]);
  expect(await steps()).toBeNull();
  await app.preferences.ofOwner(null).change({ first_steps: null });
  expect(await steps()).not.toBeNull();
});
