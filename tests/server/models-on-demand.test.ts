/** The real server with two real models: what a request names is loaded, by every way in which it can be asked. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallModelPath } from "../fakes/small-model.ts";
import { ServerUnderTest } from "../faults/server-under-test.ts";
import { tinyGguf } from "../models/tiny-gguf.ts";

const folder = mkdtempSync(join(tmpdir(), "on-demand-"));
const modelsDir = join(folder, "models");
const small = "smollm2-135m-instruct";
const other = "another-model";
let server: ServerUnderTest;

const start = (environment: Record<string, string> = {}) =>
  ServerUnderTest.start({
    dataDir: folder,
    environment: { MODELS_DIR: modelsDir, MODEL: "auto", LLAMA_CONTEXT: "512", ...environment },
  });

beforeAll(async () => {
  mkdirSync(modelsDir);
  linkSync(smallModelPath, join(modelsDir, "SmolLM2-135M-Instruct.Q4_1.gguf"));
  linkSync(smallModelPath, join(modelsDir, `${other}.gguf`));
  writeFileSync(join(modelsDir, "damaged.gguf"), tinyGguf());
  server = await start();
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const post = (path: string, body: unknown) =>
  fetch(`${server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const question = (model?: string) => ({
  message: "What is a bond?",
  max_tokens: 4,
  ...(model === undefined ? {} : { model }),
});
const engines = async (): Promise<{ name: string; model: string; state: string; actions: string[] }[]> =>
  (await (await fetch(`${server.url}/api/status`)).json()).engines;
const listed = async (): Promise<Record<string, string>> => {
  const { data } = await (await fetch(`${server.url}/v1/models`)).json();
  return Object.fromEntries(
    data.map(({ id, status }: { id: string; status: { value: string } }) => [id, status.value]),
  );
};

describe("A model that is here and does not run", () => {
  test("is listed as unloaded; a request without a model takes what runs", async () => {
    expect(await (await post("/chat", question())).json()).toMatchObject({ model: other });
    expect(await listed()).toMatchObject({ [other]: "loaded", [small]: "unloaded" });
  });

  test("answers a request of /v1 that names it, with the progress of its loading, beside the first", async () => {
    const response = await post("/v1/chat/completions", {
      model: small,
      messages: [{ role: "user", content: "What is a bond?" }],
      ...{ max_tokens: 4, stream: true },
    });
    const text = await response.text();
    expect(text).toContain(": loading the model");
    expect(/"model":"([^"]+)"/.exec(text.slice(text.lastIndexOf("finish_reason") - 400))?.[1]).toBe(small);
    expect(text.trimEnd()).toEndWith("data: [DONE]");
  });

  test("is shown as loaded by /v1/models, /health and the status, and the default goes on", async () => {
    expect(await listed()).toMatchObject({ [other]: "loaded", [small]: "loaded" });
    const health = await (await fetch(`${server.url}/health`)).json();
    expect(health).toMatchObject({ status: "healthy", model: other });
    const seen = (await engines()).map(({ name, model, actions }) => ({ name, model, actions }));
    expect(seen).toEqual([
      { name: "llama", model: other, actions: ["stop", "restart"] },
      { name: `llama:${small}`, model: small, actions: ["unload"] },
    ]);
    expect(await (await fetch(`${server.url}/status`)).text()).toContain(`Unload llama:${small}`);
    expect(await (await post("/chat", question())).json()).toMatchObject({ model: other });
  });

  test("answers questions of the chat, of a batch and of a WebSocket that name it", async () => {
    expect(await (await post("/chat", question("demo"))).json()).toMatchObject({ model: small });
    expect(await (await post("/chat/stream", question(small))).text()).toContain(`"model":"${small}"`);
    const batch = await (await post("/api/batch", { requests: [question(small), question(other)] })).text();
    const lines = batch
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.toSorted((a, b) => a.index - b.index).map(({ model }) => model)).toEqual([small, other]);
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/chat/stream`);
    const done = Promise.withResolvers<{ model: string }>();
    socket.onopen = () => socket.send(JSON.stringify(question(small)));
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data));
      if (message.type === "done" || message.type === "error") done.resolve(message);
    };
    expect(await done.promise).toMatchObject({ model: small });
    socket.close();
  });

  test("answers a question that is asked again with it", async () => {
    const { conversation_id: id } = await (await post("/chat", question(other))).json();
    const { messages } = await (await fetch(`${server.url}/api/conversations/${id}`)).json();
    const path = `/api/conversations/${id}/messages/${messages.at(-1).id}/regenerate`;
    expect(await (await post(path, { model: small })).text()).toContain(small);
  });

  test("is unloaded by hand, and loaded again when it is named again", async () => {
    const unload = () => post(`/api/engines/llama:${small}/unload`, {});
    const load = await post(`/api/engines/llama:${small}/load`, { model: other });
    expect(await load.text()).toContain(`llama:${small} has one model.`);
    expect((await unload()).status).toBe(200);
    while ((await engines()).length > 1) await Bun.sleep(20);
    expect((await unload()).status).toBe(404);
    expect(await (await post("/chat", question(small))).json()).toMatchObject({ model: small });
  });
});

test("one that cannot be loaded is told of in words; the others go on", async () => {
  const refused = await post("/chat", question("damaged"));
  expect(refused.status).toBe(503);
  expect(await refused.text()).toContain("damaged could not be loaded");
  expect((await engines()).map(({ name }) => name)).toEqual(["llama", `llama:${small}`]);
  expect(await (await post("/chat", question())).json()).toMatchObject({ model: other });
});

test("a conversation of a model that was unloaded meanwhile is not read anew", async () => {
  const long = "Gold is traded in ounces, and its price moves with real interest rates. ".repeat(8);
  const asked = { ...question(small), memory_context: 0 };
  const first = await (await post("/chat", { ...asked, message: long })).json();
  await post(`/api/engines/llama:${small}/unload`, {});
  while ((await engines()).length > 1) await Bun.sleep(20);
  const next = await (await post("/chat", { ...asked, conversation_id: first.conversation_id })).json();
  expect(next.model).toBe(small);
  expect(next.usage.prompt_tokens_details.cached_tokens).toBeGreaterThan(64);
});

test("with MODEL=auto the model that was used last is loaded at the next start", async () => {
  expect(await (await post("/chat", question(small))).json()).toMatchObject({ model: small });
  expect(await server.stop()).toBeNull();
  server = await start();
  expect(await (await post("/chat", question())).json()).toMatchObject({ model: small });
});

test("with a MODEL of the user's own that one is loaded", async () => {
  expect(await server.stop()).toBeNull();
  server = await start({ MODEL: other });
  expect(await (await post("/chat", question())).json()).toMatchObject({ model: other });
});

test("LOAD_ON_DEMAND=off: what does not run is refused as before, and is not listed", async () => {
  expect(await server.stop()).toBeNull();
  server = await start({ MODEL: other, LOAD_ON_DEMAND: "off" });
  expect(await (await post("/chat", question())).json()).toMatchObject({ model: other });
  const refused = await post("/chat", question(small));
  expect(refused.status).toBe(404);
  expect(await refused.json()).toMatchObject({ error: { code: "model_not_running" } });
  expect(Object.keys(await listed())).not.toContain(small);
});
