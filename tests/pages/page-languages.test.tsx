/**
 * The pages beside the chat speak the language of their reader, whole: in the language en-XA nothing of them is plain English,
 * whether there is something on them or nothing.
 */
import { afterEach, describe, expect, test } from "bun:test";
import { auditActions } from "../../src/accounts/audit.ts";
import { recommendedModels } from "../../src/models/hub/recommended.ts";
import { personalSetting } from "../../src/settings/personal.ts";
import type { EngineReport, StatusPort, StatusReport } from "../../src/status/status-report.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { type GuardedApp, openGuardedApp, password, workingStatus } from "../security/guarded-app.ts";
import { untranslated } from "./untranslated.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const instructions = String(personalSetting("instructions").fallback);

/** What users, models and files are called, and what is typed letter by letter. */
const own = [
  ...[
    "The zanzibar of ben",
    "The zanzibar of anna",
    "zanzibar",
    "anna",
    "ben",
    "carl",
    "dora",
    "a browser",
    "a script",
  ],
  ...["moderate", "risk tolerance", "profile", "Low: at most 1% a trade", "Firefox", "Linux", "tidy"],
  ...["en-XA", "scripted-model", "“nothing”", instructions, `${instructions.slice(0, 60).trimEnd()}…`],
  ...["SmolLM2", "delete everything", "Europe/Berlin", "llama", "NVIDIA"],
  // Of the version, and of what the audit log has kept.
  ...["test", "member", "admin", "chat", "read"],
  // What is on the shelf of models.
  ...[
    "A model in use",
    "A model on the disk",
    "The best model",
    "A huge model",
    "Half a model",
    "A paused one",
  ],
  ...[
    "A failed one",
    "One that has come",
    "The model hub cannot be reached (ECONNREFUSED).",
    "in-use",
    "stored",
  ],
  ...["user/stored-GGUF", "user/tiny-GGUF", "Apache-2.0", "apache-2.0", "bartowski/Qwen2.5-7B-Instruct-GGUF"],
  ...[
    "{% for message in messages %}<|im_start|>{{ message.content }}{% endfor %}",
    "mmproj-F16.gguf",
    "phi3",
  ],
  ...["llama", "hf:USER/REPO", "Mbit/s", "nowhere", "/srv"],
  ...recommendedModels.map(({ name }) => name),
  ...["ChatGPT", "Claude", "Open WebUI", "LibreChat", "OpenAI"],
];

const reading = { "accept-language": "en-XA", accept: "text/html" };

const plainWordsOf = async (reply: Response) => untranslated(await reply.text(), own);

/** @returns each page with the words on it that are plain English */
async function spokenOn(paths: readonly string[], headers: Record<string, string> = {}) {
  const plain: [string, readonly string[]][] = [];
  for (const path of paths) {
    const reply = await fetch(`${app.url}${path}`, {
      headers: { ...reading, ...headers },
      redirect: "manual",
    });
    if (reply.status >= 300 && reply.status < 400) throw new Error(`${path} leads elsewhere.`);
    plain.push([path, await plainWordsOf(reply)]);
  }
  return plain.filter(([, words]) => words.length > 0);
}

const send = async (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  fetch(`${app.url}${path}`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: app.url, ...reading, ...headers },
  });

const settingsPages = ["you", "answers", "look", "memory", "keys", "data", "access", "about"].map(
  (section) => `/settings/${section}`,
);
const others = ["/memory", "/memory?q=nothing", "/trash", "/account", "/users", "/audit", "/setup"];

const engineOf = (status: Partial<EngineReport["status"]>): EngineReport => ({
  ...{ restarts: 1, actions: ["stop", "restart"], models: ["tidy"], logTail: ["a line"] },
  ...{ timeToFirstTokenMs: 310, tokensPerSecond: 42.4 },
  status: {
    ...{
      engine: "llama",
      state: "ready",
      since: Date.now() - 3 * 86_400_000,
      model: "tidy",
      modelHash: "abc",
    },
    ...{ problem: null, progress: null, phase: null, slots: 4, busySlots: 1, contextSize: 4096 },
    details: {
      ...{ threads: 2, gpu: "none", gpu_devices: null, gpu_layers: 12, layers: 30, quantisation: "Q4_1" },
      ...{ model_bytes: 1e9, memory_bytes: 2e9, process: 7, serves: "tidy", url: "http://localhost:1/" },
      launched: false,
    },
    ...status,
  },
});

const busyStatus = (change: Partial<StatusReport>): StatusPort => ({
  ...workingStatus,
  report: () => ({
    ...workingStatus.report(),
    engines: [engineOf({})],
    changes: (["ready", "starting", "stopped", "failed"] as const).map((state) => ({
      ...{ engine: "llama", state, model: "tidy", at: Date.now() - 86_400_000 },
    })),
    gpus: [{ name: "NVIDIA", usedBytes: 1e9, totalBytes: 2e9, utilisation: 0.5 }],
    ...change,
  }),
});

describe("without logins", () => {
  test("a page with nothing on it", async () => {
    app = openAnsweringApp();
    await app.preferences.ofOwner(null).change({ language: "en-XA" });
    expect(await spokenOn([...settingsPages, ...others])).toEqual([]);
  });

  test("what was chosen", async () => {
    app = openAnsweringApp({
      settings: { ANSWERS_PROSE: "free" },
      connections: [{ origin: "http://127.0.0.1:1", requests: 3, lastAt: 1 }],
    });
    const personal = app.preferences.ofOwner(null);
    await personal.change({ language: "en-XA", theme: "dark", temperature: 0.2, trash_days: 1 });
    expect(await spokenOn(["/settings/look?saved=theme", ...settingsPages])).toEqual([]);
    for (const [section, key, value] of [
      ["answers", "temperature", "9"],
      ["you", "time_zone", "Nowhere"],
      ["you", "nothing", "1"],
    ] as const)
      expect(await plainWordsOf(await send(`/settings/${section}`, { key, value }))).toEqual([]);
  });

  test("what was refused", async () => {
    app = openAnsweringApp();
    await app.preferences.ofOwner(null).change({ language: "en-XA" });
    const twice = { name: "anna", password: "four random words", again: "four other words" };
    for (const [path, form] of [
      ["/settings/data/wipe", { confirm: "no" }],
      ["/settings/data/import", {}],
      ["/setup", twice],
      ["/setup", { ...twice, password: "short", again: "short" }],
      ["/setup", { name: "-", password: "four random words", again: "four random words" }],
      ["/users", { name: "anna", password: "four random words" }],
      ["/memory/nothing", { do: "forget" }],
      ["/c/nothing/erase", {}],
    ] as const)
      expect([path, await plainWordsOf(await send(path, form))]).toEqual([path, []]);
  });

  test("an import, and what was forgotten", async () => {
    app = openAnsweringApp();
    await app.preferences.ofOwner(null).change({ language: "en-XA" });
    await app.memory.memorize({ ownerId: null, key: "risk tolerance", value: "tidy", category: "profile" });
    const archive = await (await fetch(`${app.url}/api/export`)).text();
    const form = new FormData();
    form.set("file", new File([archive], "export.json"));
    const upload = { method: "POST", headers: { origin: app.url, ...reading }, body: form };
    expect(await plainWordsOf(await fetch(`${app.url}/settings/data/import`, upload))).toEqual([]);
    for (const text of ['{"some": "file"}', "no JSON", "PK\u0003\u0004 a zip"]) {
      form.set("file", new File([text], "export.json"));
      expect(await plainWordsOf(await fetch(`${app.url}/settings/data/import`, upload))).toEqual([]);
    }
    const id = app.memory.newest(null, 1)[0]?.id ?? "";
    expect(await spokenOn(["/memory"])).toEqual([]);
    expect(await plainWordsOf(await send(`/memory/${id}`, { do: "forget" }))).toEqual([]);
    const wiped = await send("/settings/data/wipe", { confirm: "delete everything" });
    expect(await plainWordsOf(wiped)).toEqual([]);
  });
});

describe("with logins", () => {
  let guarded: GuardedApp;
  const open = async (change: Partial<StatusReport> = {}) => {
    guarded = await openGuardedApp({ status: busyStatus(change) });
    app = guarded;
    const { admin, owner } = guarded.users;
    for (const user of [admin, owner])
      await app.preferences.ofOwner(user.id).change({ language: "en-XA", time_zone: "Europe/Berlin" });
    return guarded.headers("admin's session");
  };

  test("an admin's pages, with something on each", async () => {
    const session = await open();
    const { admin } = guarded.users;
    const { conversationId } = guarded.give(admin);
    app.store.conversations.update(conversationId, { deletedAt: Date.now() });
    guarded.accounts.keys.create({ name: "", address: "" }, admin, "a script", ["read"]);
    for (const action of auditActions)
      guarded.accounts.note({ name: "", address: "" }, action, "an unknown name");
    const done = ["admin", "member", "disable", "enable", "password", "delete", "added"].map(
      (deed) => `/users?done=${deed}&user=${guarded.users.owner.id}`,
    );
    const mine = ["set-up", "password", "revoked", "ended"].map((deed) => `/account?done=${deed}`);
    const pages = [
      ...settingsPages,
      "/memory",
      "/trash",
      "/trash?done=emptied",
      "/account",
      "/audit",
      "/users",
    ];
    expect(await spokenOn([...pages, ...done, ...mine, "/status", "/models", "/nowhere"], session)).toEqual(
      [],
    );
    const made = await send("/account/keys", { name: "tidy", scope: "admin" }, session);
    expect(await plainWordsOf(made)).toEqual([]);
    const right = { present: password, next: "four random words" };
    for (const [path, form] of [
      ["/account/password", { ...right, again: "four other words" }],
      ["/account/password", { ...right, present: "wrong", again: right.next }],
      ["/account/password", { ...right, next: "short", again: "short" }],
      ["/account/keys", { name: "" }],
      ["/account/keys", { name: "tidy", scope: "nothing" }],
      ["/account/keys/nothing/revoke", {}],
      ["/account/sessions/nothing/end", {}],
      [`/users/${admin.id}`, { do: "member" }],
      [`/users/${guarded.users.owner.id}`, { do: "delete", confirm: "x" }],
      ["/users/nothing", { do: "admin" }],
      ["/users", { name: "ben", password: "four random words" }],
      ["/status/llama/load", {}],
      ["/models/find", { name: "user/tiny-GGUF" }],
      ["/models/nowhere/remove", {}],
    ] as const)
      expect([path, await plainWordsOf(await send(path, form, session))]).toEqual([path, []]);
  });

  test.each([
    { engines: [] },
    { engines: [engineOf({ state: "starting", progress: 0.4, phase: "loading weights" })] },
    { engines: [engineOf({ state: "starting", model: null })] },
    { engines: [engineOf({ state: "stopped" })] },
    { engines: [engineOf({ state: "failed" })] },
  ])("the status of %j", async (change) => {
    const session = await open(change);
    expect(await spokenOn(["/status"], session)).toEqual([]);
  });

  test("a login's pages follow the browser, a stream of the status its user", async () => {
    await open();
    expect(await spokenOn(["/login", "/login?done=logged-out"])).toEqual([]);
    const refused = await send("/login", { name: "anna", password: `not ${password}` });
    expect(await plainWordsOf(refused)).toEqual([]);
    const german = await fetch(`${app.url}/login`, { headers: { "accept-language": "de" } });
    expect(await german.text()).toContain("Passwort");

    const leaving = new AbortController();
    const stream = await fetch(`${app.url}/status/live`, {
      headers: { ...guarded.headers("admin's session"), "accept-language": "en" },
      signal: leaving.signal,
    });
    const decoder = new TextDecoder();
    let panel = "";
    const reader = stream.body?.getReader();
    while (!panel.includes("status-sentence")) {
      const piece = await reader?.read();
      if (piece?.value === undefined) throw new Error("The stream ended.");
      panel += decoder.decode(piece.value, { stream: true });
    }
    expect(panel).toContain("⟦Réádý");
    leaving.abort();
  });

  test("dates are those of the language, whoever reads them where", async () => {
    const session = await open();
    guarded.give(guarded.users.admin);
    const months = /\b(?:January|March|June|July|August|October|December)\b/;
    for (const [language, month] of [
      ["es", /\b\d{1,2} (?:de )?(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)/],
      ["de", /\b\d{1,2}\. ?(?:\d|Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/],
    ] as const) {
      await app.preferences.ofOwner(guarded.users.admin.id).change({ language });
      for (const path of ["/memory", "/account", "/users", "/audit", "/settings/about"]) {
        const reply = await fetch(`${app.url}${path}`, { headers: { ...reading, ...session } });
        const html = await reply.text();
        expect([path, months.exec(html)?.[0], month.test(html)]).toEqual([path, undefined, true]);
      }
    }
  });

  test("the page of the API: its own words; the texts of its document are the API's", async () => {
    const session = await open();
    const page = await fetch(`${app.url}/docs`, { headers: { ...reading, ...session } });
    const words = [...(await page.text()).matchAll(/<(?:h4|h1|summary|span class="required")>([^<]+)</g)];
    expect(words.length).toBeGreaterThan(100);
    expect(words.flatMap(([, text = ""]) => untranslated(text))).toEqual([]);
  });
});
