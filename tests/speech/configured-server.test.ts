/** The program as it is started, with a speech-to-text server: what it says of it, and what it does not. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "../../src/errors.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { startFakeSpeech } from "../fakes/fake-speech.ts";
import { startRealServer } from "../real-server.ts";

test("its place is named when it was used; a password, a key and what was said are named nowhere", async () => {
  await using speech = await startFakeSpeech();
  const noModels = mkdtempSync(join(tmpdir(), "no-models-"));
  const { host } = new URL(speech.url);
  await using server = await startRealServer({
    environment: {
      ...{ ENGINE: "llama", MODEL: join(noModels, "none.gguf"), MODELS_DIR: noModels, LOG_LEVEL: "debug" },
      ...{ STT_URL: `http://user:hunter2@${host}/v1?key=treasure`, STT_API_KEY: "sesame" },
    },
  });
  const about = async () => (await fetch(`${server.url}/settings/about`)).text();
  expect(await about()).not.toContain(host);
  const form = new FormData();
  form.append("file", new File(["OggS and more"], "blob"));
  const reply = await fetch(`${server.url}/api/transcriptions`, { method: "POST", body: form });
  expect(await reply.json()).toEqual({ text: "What is gold?" });
  expect(speech.heard).toMatchObject([
    { address: "/v1/audio/transcriptions?key=treasure", authorization: "Bearer sesame" },
  ]);
  expect(await about()).toContain(`${speech.url} (this machine)`);
  const pages = await Promise.all(
    ["/", "/settings/about", "/health", "/api/status", "/metrics"].map(async (path) =>
      (await fetch(`${server.url}${path}`)).text(),
    ),
  );
  expect([...pages, ...server.lines].join("\n")).not.toMatch(/hunter2|treasure|sesame|What is gold/);
  rmSync(noModels, { recursive: true });
});

test.each(["nowhere", "http://a.example, http://b.example", "ftp://a.example"])(
  "STT_URL=%s refuses the start",
  (url) => {
    expect(() => readSettings({ STT_URL: url }, "/nonexistent")).toThrow(SettingsError);
  },
);

test("STT_URL may be written as people copy it", () => {
  const { speech } = readSettings({ STT_URL: " https://a.example/whisper/v1/ " }, "/nonexistent");
  expect(speech).toEqual({ url: "https://a.example/whisper", apiKey: null, model: "whisper-1" });
  expect(readSettings({}, "/nonexistent").speech).toBeNull();
});
