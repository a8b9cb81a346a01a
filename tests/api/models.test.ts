/** GET /models and POST /models/switch, as the simple chat client with a choice of models asks them. */
import { expect, test } from "bun:test";
import type { EngineReport, StatusPort } from "../../src/status/status-report.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { openGuardedApp, workingStatus } from "../security/guarded-app.ts";

function statusOf(engine: ScriptedEngine) {
  const loaded: string[] = [];
  const report = (): EngineReport => ({
    status: engine.status(),
    restarts: 0,
    actions: ["stop"],
    models: ["another-model"],
    logTail: [],
    timeToFirstTokenMs: null,
    tokensPerSecond: null,
  });
  const status: StatusPort = {
    ...workingStatus,
    report: () => ({ ...workingStatus.report(), engines: [report()] }),
    load: async (name, model) => void loaded.push(`${name} ${model}`),
  };
  return { status, loaded };
}

const change = (url: string, model: string, headers: Record<string, string> = {}) =>
  fetch(`${url}/models/switch`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model }),
  });

test("The newest simple client asked for /models in vain: it lists what can be asked or loaded, and what answers", async () => {
  const engine = new ScriptedEngine();
  const { status, loaded } = statusOf(engine);
  await using app = openAnsweringApp({ engines: [engine], status });
  const listed = await (await fetch(`${app.url}/models`)).json();
  expect(listed).toEqual({ models: ["scripted-model", "another-model"], current: "scripted-model" });
  const changed = await change(app.url, "another-model");
  expect(await changed.json()).toMatchObject({ success: true, model: "another-model" });
  expect(loaded).toEqual(["scripted another-model"]);
  const unknown = await change(app.url, "nothing");
  expect(unknown.status).toBe(404);
});

test("with logins only an admin changes the model, and it is noted", async () => {
  const engine = new ScriptedEngine();
  const { status, loaded } = statusOf(engine);
  await using app = await openGuardedApp({ engines: [engine], status });
  const refused = await change(app.url, "another-model", app.headers("owner's key"));
  expect(refused.status).toBe(403);
  expect((await fetch(`${app.url}/models`, { headers: app.headers("owner's key") })).status).toBe(200);
  expect(loaded).toEqual([]);
  const changed = await change(app.url, "another-model", app.headers("admin's key for steering"));
  expect(changed.status).toBe(200);
  expect(loaded).toHaveLength(1);
});
