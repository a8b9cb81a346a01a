/** Dictation by the API: the doors, the recording, and what comes of it. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { type AnsweringApp, type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { type FakeSpeech, refuses, says, startFakeSpeech } from "../fakes/fake-speech.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp;
let speech: FakeSpeech;
beforeEach(async () => {
  speech = await startFakeSpeech();
});
afterEach(async () => {
  await app[Symbol.asyncDispose]();
  await speech[Symbol.asyncDispose]();
});

const wav = "RIFF\x24\x08\0\0WAVEfmt ";

function open(options: AnsweringAppOptions = {}) {
  const engines = [new ScriptedEngine({ script: () => ({ answer: "Yes." }) })];
  app = openAnsweringApp({ engines, settings: { STT_URL: speech.url }, ...options });
}

const formOf = (fields: Readonly<Record<string, string>>, ...files: readonly BlobPart[]) => {
  const form = new FormData();
  for (const content of files) form.append("file", new File([content], "blob"));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
};

async function send(body: BodyInit, headers: Record<string, string> = {}) {
  const reply = await fetch(`${app.url}/api/transcriptions`, { method: "POST", body, headers });
  const json: { text?: string; error?: { code: string; message: string; param?: string } } =
    await reply.json();
  return { status: reply.status, json, reply };
}

describe("a recording", () => {
  test("is written down, under a name that says what it is, and nothing of it is kept", async () => {
    open();
    const { status, json } = await send(formOf({}, wav));
    expect([status, json]).toEqual([200, { text: "What is gold?" }]);
    expect(speech.heard[0]?.file).toMatchObject({ name: "speech.wav", size: wav.length });
    expect(app.store.files.bytesOf(null)).toBe(0);
  });

  test.each([
    ["the browser's language, where nobody has chosen one", { "accept-language": "fr-CH,de" }, {}, "fr"],
    ["the one that the request names", { "accept-language": "de" }, { language: "es" }, "es"],
    ["none, where nobody says one", { "accept-language": "*" }, {}, undefined],
  ])("is heard in %s", async (_, headers, fields, language) => {
    open();
    await app.preferences.ofOwner(null).change({ language: null });
    await send(formOf(fields, wav), headers);
    expect(speech.heard[0]?.fields.language).toBe(language as string);
  });

  test("is heard in the language that its owner has chosen", async () => {
    open();
    await app.preferences.ofOwner(null).change({ language: "de" });
    await send(formOf({}, wav), { "accept-language": "fr" });
    expect(speech.heard[0]?.fields.language).toBe("de");
  });

  test.each([
    ["that is none", formOf({}, "%PDF-1.7"), 422, "recording_refused", "WAV"],
    ["that is not there", formOf({ language: "en" }), 422, "invalid_request", "one recording"],
    ["beside another one", formOf({}, wav, wav), 422, "invalid_request", "one recording"],
    ["in no form", wav, 422, "invalid_request", "form"],
    [
      "in a language without a code",
      formOf({ language: "English" }, wav),
      422,
      "invalid_request",
      "two letters",
    ],
    ["that is too large", formOf({}, wav + "x".repeat(25_100_000)), 413, "too_large", ""],
  ])("%s is refused in words, and goes nowhere", async (_, body, status, code, words) => {
    open();
    const sent = await send(body);
    expect([sent.status, sent.json.error?.code]).toEqual([status, code]);
    expect(sent.json.error?.message).toContain(words);
    expect(speech.heard).toEqual([]);
  });

  test("larger than the limit by a little is refused by its size, not by that of its form", async () => {
    open();
    const { status, json } = await send(formOf({}, wav + "x".repeat(25_000_000)));
    expect([status, json.error?.code]).toEqual([413, "too_large"]);
    expect(json.error?.message).toContain("too long");
  });

  test("that the server refuses is told in words of ours; to a script of a page in its reader's language", async () => {
    open();
    speech.behaviour = refuses(401);
    expect((await send(formOf({}, wav))).json.error?.message).toBe(
      "The speech-to-text server refuses the key. Check STT_API_KEY.",
    );
    await app.preferences.ofOwner(null).change({ language: "de" });
    const { status, json } = await send(formOf({}, wav), { "hx-request": "true" });
    expect([status, json.error?.message]).toEqual([
      503,
      "Der Server für Spracherkennung lehnt den Schlüssel ab. Prüfe STT_API_KEY.",
    ]);
  });
});

describe("the doors", () => {
  test("without STT_URL there is nothing, and it says what to do", async () => {
    open({ settings: {} });
    const { status, json } = await send(formOf({}, wav));
    expect([status, json.error?.code]).toEqual([404, "no_speech_to_text"]);
    expect(json.error?.message).toContain("STT_URL");
  });

  test("a key that may only read is refused, and one user has two at once", async () => {
    open();
    const nobody = { name: "", address: "" };
    const password = "correct horse battery";
    const ada = await app.accounts.users.add(nobody, { name: "ada", password, role: "member" });
    const keyOf = (scope: "chat" | "read") => app.accounts.keys.create(nobody, ada, scope, [scope]).secret;
    const [chat, read] = [keyOf("chat"), keyOf("read")];
    const by = (key: string) => send(formOf({}, wav), { authorization: `Bearer ${key}` });
    expect((await by(read)).status).toBe(403);
    expect((await send(formOf({}, wav))).status).toBe(401);
    expect(speech.heard).toEqual([]);

    const waiting: (() => void)[] = [];
    const both = Promise.withResolvers<void>();
    speech.behaviour = (response) => {
      waiting.push(() => says("Gold.")(response));
      if (waiting.length === 2) both.resolve();
    };
    const first = [by(chat), by(chat)];
    await both.promise;
    const third = await by(chat);
    expect([third.status, third.json.error?.code]).toEqual([429, "rate_limited"]);
    for (const answer of waiting) answer();
    expect((await Promise.all(first)).map(({ json }) => json.text)).toEqual(["Gold.", "Gold."]);
    speech.behaviour = says("Again.");
    expect((await by(chat)).json.text).toBe("Again.");
  });

  test("pages with the form may use the microphone, where it is configured, and nothing else may", async () => {
    const policy = async (path: string) =>
      (await fetch(`${app.url}${path}`)).headers.get("permissions-policy");
    open();
    expect(await policy("/")).toContain("microphone=(self)");
    for (const path of ["/settings", "/api/conversations", "/health", "/desk"])
      expect(await policy(path)).toContain("microphone=()");
    await app[Symbol.asyncDispose]();
    open({ settings: {} });
    expect(await policy("/")).toContain("microphone=()");
  });

  test("the page has the button and its script where it is configured, and neither where it is not", async () => {
    const page = async () => (await fetch(`${app.url}/`)).text();
    open();
    expect(await page()).toMatch(/chat-dictation\.css.*chat-dictation\.js.*id="dictate"/s);
    await app[Symbol.asyncDispose]();
    open({ settings: {} });
    expect(await page()).not.toContain("dictat");
  });
});
