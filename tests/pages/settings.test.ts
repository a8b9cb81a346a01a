/** The settings' pages, as a browser without scripts uses them, and as htmx does. */
import { afterEach, expect, test } from "bun:test";
import { personalKeys, personalSetting } from "../../src/settings/personal.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const page = async (path: string) => (await fetch(`${app.url}${path}`)).text();
const send = (section: string, form: Record<string, string>, htmx = false) =>
  fetch(`${app.url}/settings/${section}`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: app.url, ...(htmx ? { "hx-request": "true" } : {}) },
    redirect: "manual",
  });
const rowOf = (html: string, key: string) =>
  new RegExp(`<form id="${key}"[\\s\\S]*?</form>`).exec(html)?.[0] ?? "";

test("each setting is a row of its section, with its words and its default; the sidebar leads there", async () => {
  app = openAnsweringApp();
  for (const key of personalKeys) {
    const { section, label, meaning } = personalSetting(key);
    const row = rowOf(await page(`/settings/${section}`), key);
    for (const words of [label, meaning, "Default: "]) expect(row).toContain(words);
    expect(row).not.toContain('value="reset"');
  }
  expect(await page("/")).toContain('href="/settings"');
  expect(await page("/settings")).toContain('id="risk_profile"');
  expect((await fetch(`${app.url}/settings/nothing`)).status).toBe(404);
});

test("every section has a page, and they are tabs of each other", async () => {
  app = openAnsweringApp();
  const html = await page("/settings");
  const tabs = [...html.matchAll(/href="(\/settings(?:\/\w+)?)"/g)].map(([, to = ""]) => to);
  expect(new Set(tabs).size).toBe(8);
  for (const to of new Set(tabs)) expect(await page(to)).toContain(`href="${to}" aria-current="page"`);
});

test("without scripts a row is saved by its button, says so, and is reset", async () => {
  app = openAnsweringApp();
  const saved = await send("look", { key: "theme", value: "dark" });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, "/settings/look?saved=theme#theme"]);
  const after = rowOf(await page("/settings/look?saved=theme"), "theme");
  expect(after).toContain("Saved");
  expect(after).toMatch(/value="dark" checked/);
  expect(after).toContain('value="reset"');
  await send("look", { key: "theme", value: "dark", do: "reset" });
  expect(app.preferences.of(null).theme).toBe("system");
});

test("for htmx the reply is the row alone; a wrong value comes back with the reason", async () => {
  app = openAnsweringApp();
  const saved = await send("answers", { key: "temperature", value: "0.7", preset: "0.2" }, true);
  const html = await saved.text();
  expect(html).toStartWith('<hx-partial hx-target="#temperature" hx-swap="outerHTML"><form id="temperature"');
  expect(html).toContain("Saved");
  expect(app.preferences.of(null).temperature).toBe(0.2);
  const refused = await send("answers", { key: "temperature", value: "9" }, true);
  expect(refused.status).toBe(422);
  const row = await refused.text();
  expect(row).toContain("Temperature must be a number from 0 to 2.");
  expect(row).toMatch(/aria-invalid="true"[^>]*value="9"/);
  expect(row).not.toContain("Saved");
  expect((await send("look", { key: "temperature", value: "1" })).status).toBe(404);
  expect((await send("nothing", { key: "theme", value: "dark" })).status).toBe(404);
});

test("values of every kind are read from a form: a switch, a number, none, a text of several lines", async () => {
  app = openAnsweringApp();
  await send("memory", { key: "remember_exchanges", value: "off" });
  await send("answers", { key: "seed", value: "42" });
  await send("answers", { key: "instructions", value: " Be brief.\r\nBe kind. " });
  expect(app.preferences.of(null)).toMatchObject({
    ...{ remember_exchanges: false, seed: 42, instructions: "Be brief.\nBe kind." },
  });
  expect(await page("/settings/answers")).toContain("Be kind.\n\nAbout the user:");
  await send("answers", { key: "seed", value: "" });
  expect(app.preferences.of(null).seed).toBeNull();
  expect((await send("answers", { key: "max_tokens", value: "many" })).status).toBe(422);
});

test("what a variable sets is shown, and cannot be changed", async () => {
  app = openAnsweringApp({ settings: { ANSWERS_PROSE: "none" } });
  const row = rowOf(await page("/settings/answers"), "prose");
  expect(row).toContain("Set by ANSWERS_PROSE");
  expect(row).toContain("disabled");
  expect(row).not.toContain("Save ");
  expect((await send("answers", { key: "prose", value: "free" })).status).toBe(422);
});

test("the look is on the document of every page, before any script", async () => {
  app = openAnsweringApp();
  await app.preferences.ofOwner(null).change({ theme: "dark", stream: "typewriter", stream_rate: 90 });
  for (const path of [
    "/",
    "/desk",
    "/memory",
    "/search",
    "/trash",
    "/settings",
    "/account",
    "/docs",
    "/nothing",
  ])
    expect(await (await fetch(`${app.url}${path}`, { headers: { accept: "text/html" } })).text()).toContain(
      '<html lang="en" data-theme="dark" data-contrast="system" data-text-size="normal" data-density="comfortable" data-stream="typewriter" data-stream-rate="90">',
    );
});

test("a file is imported from the page, with a report; what is no export is refused with the reason", async () => {
  app = openAnsweringApp();
  const upload = async (text: string) => {
    const form = new FormData();
    form.set("file", new File([text], "export.json"));
    const headers = { origin: app.url };
    const reply = await fetch(`${app.url}/settings/data/import`, { method: "POST", headers, body: form });
    return [reply.status, await reply.text()] as const;
  };
  await app.memory.memorize({ ownerId: null, key: "goal", value: "A flat", category: "goals" });
  const archive = await (await fetch(`${app.url}/api/export`)).text();
  await app.memory.erase(null, app.memory.newest(null, 1)[0]?.id ?? "");
  const [status, report] = await upload(archive);
  expect(status).toBe(200);
  expect(report).toContain("0 conversations imported; 1 memory added.");
  expect(app.memory.newest(null, 1)).toMatchObject([{ value: "A flat" }]);
  const [refused, problem] = await upload('{"some": "file"}');
  expect(refused).toBe(422);
  expect(problem).toContain('role="alert"');
  const data = await page("/settings/data");
  expect(data).toContain("stay in the trash for 30 days");
  expect(data).toContain('href="/api/export"');
});

test("About says the version and each place that the program has connected to", async () => {
  app = openAnsweringApp({
    connections: [
      { origin: "https://models.example", requests: 3, lastAt: 1_800_000_000_000 },
      { origin: "http://127.0.0.1:8000", requests: 1, lastAt: 1_800_000_000_000 },
    ],
  });
  const about = await page("/settings/about");
  expect(about).toContain("connected to other machines");
  expect(about).toContain("https://models.example</th>");
  expect(about).toContain("http://127.0.0.1:8000 (this machine)");
  await app[Symbol.asyncDispose]();
  app = openAnsweringApp();
  expect(await page("/settings/about")).toContain("connected to no other machine");
});

test("dates are shown in the user's zone and language; the browser's zone is for those who have set none", async () => {
  app = openAnsweringApp();
  await app.memory.memorize({ ownerId: null, key: "goal", value: "A flat", category: "goals" });
  const at = app.memory.newest(null, 1)[0]?.createdAt ?? 0;
  const shown = async () =>
    (await fetch(`${app.url}/memory`, { headers: { cookie: "time-zone=Pacific/Kiritimati" } })).text();
  const date = (language: string, timeZone: string) =>
    new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric", timeZone }).format(
      at,
    );
  expect(await shown()).toContain(date("en", "Pacific/Kiritimati"));
  await app.preferences.ofOwner(null).change({ time_zone: "Pacific/Pago_Pago", language: "de" });
  expect(await shown()).toContain(date("de", "Pacific/Pago_Pago"));
});

test("another language is spoken at once: htmx loads the page anew, a plain form leads to it", async () => {
  app = openAnsweringApp();
  const chosen = await send("you", { key: "language", value: "de" }, true);
  expect([chosen.status, chosen.headers.get("hx-refresh")]).toEqual([204, "true"]);
  const german = await page("/settings");
  expect(german).toContain('<html lang="de"');
  for (const words of ["Risikoprofil", "Standard: Browser", "Einstellungen"]) expect(german).toContain(words);

  const reset = await send("you", { key: "language", value: "es", do: "reset" });
  expect(reset.headers.get("location")).toBe("/settings/you?saved=language#language");
  expect(rowOf(await page("/settings/you?saved=language"), "language")).toContain("Saved");

  const refused = await send("you", { key: "language", value: "x" }, true);
  expect(refused.headers.get("hx-refresh")).toBeNull();
  expect(await refused.text()).toContain("Language must be");
});
