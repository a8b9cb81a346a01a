/** /api/models and the page at /models over a real folder of models and a hub: shown, fetched, used, removed. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createLog } from "../../src/log.ts";
import type { Catalog } from "../../src/models/catalog.ts";
import { Pulls } from "../../src/models/pulls.ts";
import { createModelShelf } from "../../src/server/model-shelf.ts";
import { usePulled } from "../../src/server/use-pulled.ts";
import type { EngineReport, StatusPort } from "../../src/status/status-report.ts";
import { type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { ModelHub } from "../fakes/model-hub.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { entryFor, ModelFolder, tinyGguf, tinyGgufOf } from "../models/tiny-gguf.ts";
import { openGuardedApp, workingStatus } from "../security/guarded-app.ts";

const model = Buffer.concat([tinyGguf(1), Buffer.alloc(200_000, "weights")]);
const described = tinyGgufOf({
  "general.architecture": "llama",
  "general.name": "My own",
  "general.size_label": "64",
  "general.file_type": 15,
  "llama.context_length": 4096,
  "general.license": "mit",
  "tokenizer.chat_template": "{{ messages }}",
});
const repositories = {
  "user/tiny-GGUF": {
    licence: "apache-2.0",
    files: { "tiny-Q4_0.gguf": model, "mmproj-F16.gguf": tinyGguf(3) },
  },
};

let stack: AsyncDisposableStack;
let folder: ModelFolder;
let hub: ModelHub;
beforeEach(() => {
  stack = new AsyncDisposableStack();
  folder = stack.use(new ModelFolder());
  hub = stack.use(new ModelHub({ repositories }));
});
afterEach(() => stack.disposeAsync());

const catalogue: Catalog = [
  entryFor(model, { id: "best", aliases: [], file: "best.gguf", sizeBytes: 1e6, tiny: false }),
  entryFor(model, { id: "demo", aliases: [], file: "demo.gguf", sizeBytes: 1e3, tiny: true }),
];

/** An app with its shelf, and an engine that loads what it is told. */
function opened<App>(open: (options: AnsweringAppOptions) => App) {
  const log = createLog("error", () => {});
  const place = { catalog: catalogue, modelsDir: folder.modelsDir, projectRoot: folder.projectRoot };
  const pulls = stack.use(new Pulls({ place, hub: hub.access(), environment: process.env, log }));
  const engine = new ScriptedEngine();
  const loaded: string[] = [];
  const reportOf = (): EngineReport => ({
    ...{ status: engine.status(), restarts: 0, actions: ["stop"], logTail: [] },
    models: ["tiny-Q4_0", "mine"],
    ...{ timeToFirstTokenMs: null, tokensPerSecond: null },
  });
  const status: StatusPort = {
    ...workingStatus,
    report: () => ({ ...workingStatus.report(), engines: [reportOf()] }),
    load: async (_, name) => void loaded.push(name),
  };
  const engines = () => status.report().engines;
  stack.defer(usePulled({ pulls, status, resolve: (name) => name, log }));
  const memoryOf = (id: string) => (id === "mine" ? 123_456_789 : null);
  const shelf = createModelShelf({ place, pulls, engines, memoryOf });
  return { app: open({ engines: [engine], status, shelf }), loaded };
}

const json = async (reply: Response) => ({ status: reply.status, body: await reply.json() });
const post = (url: string, body: object = {}, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  }).then(json);

async function pulled(url: string) {
  for (;;) {
    const { body } = await json(await fetch(`${url}/api/models`));
    if (body.pulls[0]?.state === "done") return body;
  }
}

describe("The models of this machine", () => {
  test("are told with what their files say, and those of the catalogue with whether they fit", async () => {
    folder.write("models/mine.gguf", described);
    folder.write("models/mmproj-F16.gguf", tinyGgufOf({ "general.architecture": "clip" }));
    const { app } = opened(openAnsweringApp);
    stack.use(app);
    const { body } = await json(await fetch(`${app.url}/api/models`));
    expect(body.here).toEqual([
      {
        ...{ id: "mine", name: "My own", parameters: "64", quantisation: "Q4_K_M", context_size: 4096 },
        ...{ licence: "mit", abilities: [], tiny: false, size_bytes: described.length, fit: "fits" },
        // What it takes by its header, the context and the slots.
        needed_bytes: 123_456_789,
        ...{ state: "stored", architecture: "llama", repository: null, has_template: true },
        ...{ can_load: true, can_remove: true },
      },
    ]);
    expect(body.obtainable).toMatchObject([
      { id: "best", fit: "fits" },
      { id: "demo", tiny: true },
    ]);
    // There is a better one than the tiny one.
    expect(body.offer).toBeNull();
    expect(hub.seen).toEqual([]);
  });

  test("are offered the best that fits, while only a tiny one is here", async () => {
    folder.write("models/demo.gguf", model);
    const { app } = opened(openAnsweringApp);
    stack.use(app);
    expect((await json(await fetch(`${app.url}/api/models`))).body.offer).toBe("best");
    const page = await (await fetch(`${app.url}/models`, { headers: { accept: "text/html" } })).text();
    expect(page).toContain("Get a better model: Tiny chat");
    expect(page).toContain("at 50\u00a0Mbit/s");
  });

  test("are removed, but for one in use", async () => {
    const path = folder.write("models/mine.gguf", described);
    folder.write("models/scripted-model.gguf", described);
    const { app } = opened(openAnsweringApp);
    stack.use(app);
    const remove = (id: string) => fetch(`${app.url}/api/models/${id}`, { method: "DELETE" }).then(json);
    expect(await remove("mine")).toEqual({ status: 200, body: { success: true, id: "mine" } });
    expect(existsSync(path)).toBeFalse();
    const used = await remove("scripted-model");
    expect([used.status, used.body.error.code]).toEqual([409, "model_in_use"]);
    expect((await remove("mine")).status).toBe(404);
  });
});

describe("A model of the hub", () => {
  test("is looked at, fetched, and used when it has come", async () => {
    const { app, loaded } = opened(openAnsweringApp);
    stack.use(app);
    const files = await json(await fetch(`${app.url}/api/models/files?name=user/tiny-GGUF`));
    expect(files.body).toMatchObject({
      ...{ id: "tiny-Q4_0", repository: "user/tiny-GGUF", licence: "apache-2.0" },
      choices: [{ quantisation: "Q4_0", wanted: "hf:user/tiny-GGUF:Q4_0", chosen: true, fit: "fits" }],
      others: [{ file: "mmproj-F16.gguf", kind: "projector" }],
    });
    const begun = await post(`${app.url}/api/models/pull`, { name: "hf:user/tiny-GGUF", use: true });
    expect(begun).toMatchObject({ status: 200, body: { id: "tiny-Q4_0", state: "downloading", use: true } });
    const { here, pulls } = await pulled(app.url);
    expect(pulls).toMatchObject([{ done_bytes: model.length, total_bytes: model.length }]);
    expect(here).toMatchObject([{ id: "tiny-Q4_0", repository: "user/tiny-GGUF", licence: "apache-2.0" }]);
    expect(loaded).toEqual(["tiny-Q4_0"]);
    expect((await post(`${app.url}/api/models/pulls/tiny-Q4_0/cancel`)).status).toBe(200);
    expect((await json(await fetch(`${app.url}/api/models`))).body.pulls).toEqual([]);
    expect(existsSync(join(folder.modelsDir, "tiny-Q4_0.gguf"))).toBeTrue();
  });

  test("that cannot be had is a sentence with a status", async () => {
    const { app } = opened(openAnsweringApp);
    stack.use(app);
    const pull = (name: string) => post(`${app.url}/api/models/pull`, { name });
    for (const [name, status, code] of [
      ["user/nothing", 502, "hub_refused"],
      ["https://evil.example/a/b", 422, "invalid_request"],
      ["gpt-9", 404, "model_not_found"],
      ["user/tiny-GGUF:Q9", 404, "not_found"],
      ["hf:user/tiny-GGUF/mmproj-F16.gguf", 503, "model_unusable"],
    ] as const) {
      const refused = await pull(name);
      expect([name, refused.status, refused.body.error.code]).toEqual([name, status, code]);
    }
    expect((await post(`${app.url}/api/models/pulls/nothing/pause`)).status).toBe(404);
    expect((await post(`${app.url}/api/models/pulls/nothing/jump`)).status).toBe(422);
  });
});

test("With logins the models are for admins, what is fetched and removed is noted, and others see no page", async () => {
  folder.write("models/mine.gguf", described);
  const { app: opening } = opened(openGuardedApp);
  const app = await opening;
  stack.use(app);
  const steering = app.headers("admin's key for steering");
  expect((await fetch(`${app.url}/api/models`, { headers: app.headers("owner's key") })).status).toBe(403);
  const html = { accept: "text/html", ...app.headers("owner's session") };
  expect((await fetch(`${app.url}/models`, { headers: html })).status).toBe(403);
  const pull = await post(`${app.url}/api/models/pull`, { name: "user/tiny-GGUF" }, steering);
  expect(pull.status).toBe(200);
  await fetch(`${app.url}/api/models/mine`, { method: "DELETE", headers: steering });
  const audit = await (await fetch(`${app.url}/api/audit`, { headers: steering })).text();
  expect(audit).toContain('"model-pulled","target":"hf:user/tiny-GGUF:Q4_0"');
  expect(audit).toContain('"model-removed","target":"mine"');
});
