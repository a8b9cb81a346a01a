import { describe, expect, test } from "bun:test";
import { stripVTControlCharacters } from "node:util";
import { Elysia } from "elysia";
import { createStatusRoutes } from "../../src/api/status.ts";
import { InvalidRequestError, NotFoundError, UnknownModelError } from "../../src/errors.ts";
import { createApiErrors } from "../../src/http/api-errors.ts";
import { createLog } from "../../src/log.ts";
import { createStatusPages } from "../../src/pages/status.tsx";
import type { EngineReport, StatusPort, StatusReport } from "../../src/status/status-report.ts";
import { EventStreamParser } from "../sse/parse-event-stream.ts";

const hostile = `"><img src=x onerror=alert(1)><script>alert(1)</script>&amp;'\u001b[31mred\u001b[0m`;

type EngineOverrides = Partial<Omit<EngineReport, "status">> & { status?: Partial<EngineReport["status"]> };
const engineOf = ({ status, ...rest }: EngineOverrides = {}): EngineReport => ({
  restarts: 2,
  actions: ["stop", "restart"],
  models: [],
  logTail: [],
  timeToFirstTokenMs: 310,
  tokensPerSecond: 42.4,
  ...rest,
  status: {
    engine: "llama",
    state: "ready",
    since: Date.now() - 125_000,
    model: "demo",
    modelHash: "abc",
    problem: null,
    progress: null,
    phase: null,
    slots: 4,
    busySlots: 1,
    contextSize: 4096,
    details: { gpu_layers: 12, layers: 30, quantisation: "Q4_1", gpu_devices: null, launched: false },
    ...status,
  },
});

function startStatus(overrides: Partial<StatusReport> = {}) {
  let report: StatusReport = {
    version: "1.2.3",
    startedAt: Date.now() - 3_600_000,
    engines: [engineOf()],
    waiting: 2,
    unfinished: 5,
    answers: { done: 1200, stopped: 3, failed: 1 },
    tokens: 98_765,
    memory: { residentBytes: 512e6, totalBytes: 16e9 },
    gpus: [],
    storage: "ok",
    lately: [],
    changes: [],
    ...overrides,
  };
  const acts: string[] = [];
  const defects: unknown[] = [];
  const waiters = new Set<() => void>();
  const status: StatusPort = {
    report: () => report,
    act: async (engine, action) => {
      if (engine === "broken") throw new Error("secret of the inside");
      if (engine !== "llama") throw new NotFoundError(`There is no engine "${engine}". There is llama.`);
      if (action === "start") throw new InvalidRequestError("llama runs already.");
      acts.push(`${action} ${engine}`);
    },
    load: async (engine, model) => {
      if (engine !== "llama") throw new NotFoundError(`There is no engine "${engine}". There is llama.`);
      if (model !== "phi3") throw new UnknownModelError(model, ["phi3"]);
      acts.push(`load ${model} on ${engine}`);
    },
    changed: (signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiters.add(resolve);
      signal.addEventListener("abort", () => resolve(), { once: true });
      return promise.finally(() => waiters.delete(resolve));
    },
  };
  const set = (change: Partial<StatusReport>) => {
    report = { ...report, ...change };
    for (const resolve of waiters) resolve();
  };
  const frameOf = () => ({ asset: (name: string) => `/assets/${name}`, sidebar: null });
  const app = new Elysia()
    .use(
      createApiErrors(
        createLog("error", () => {}),
        frameOf,
      ),
    )
    .use(
      createStatusPages({
        statusOf: () => status,
        frameOf,
        reportDefect: (error) => defects.push(error),
        frameIntervalMs: 5,
        refreshMs: 60_000,
      }),
    )
    .use(createStatusRoutes(() => status));
  const ask = (path: string, init: RequestInit = {}) =>
    app.handle(new Request(`http://localhost${path}`, init));
  const page = async () => (await ask("/status")).text();
  return { ask, page, set, acts, defects, waiters };
}

const post = { method: "POST" };
const fromHtmx = { method: "POST", headers: { "hx-request": "true" } };
/** With its non-breaking spaces as plain ones. */
const plain = (html: string) => html.replaceAll("\u00a0", " ");

/** A reader of the live stream, as a browser is one. */
async function openLive(ask: ReturnType<typeof startStatus>["ask"]) {
  const leaving = new AbortController();
  const reply = await ask("/status/live", { signal: leaving.signal });
  const reader = reply.body?.getReader();
  const parser = new EventStreamParser();
  return {
    reply,
    events: parser.events,
    leave: () => leaving.abort(),
    next: async () => {
      const before = parser.events.length;
      while (parser.events.length === before) {
        const chunk = await reader?.read();
        if (chunk?.value === undefined) throw new Error("The stream ended.");
        parser.take(chunk.value);
      }
      return plain(parser.events.at(-1)?.data ?? "");
    },
  };
}

describe("the status page", () => {
  test("shows what is known of each engine, in words and units", async () => {
    const html = plain(await startStatus().page());
    for (const shown of [
      "<span>Ready</span>",
      "demo",
      "ready for 2 min",
      "1 of 4 busy",
      "42 tokens/s",
      "310 ms",
      "4,096 tokens",
      "<dt>Layers on the GPU</dt><dd>12</dd>",
      "<dt>Quantisation</dt><dd>Q4_1</dd>",
      "<dt>Started by this app</dt><dd>No</dd>",
      "Ready. demo answers at 42 tokens/s.",
      "<dt>Queue</dt><dd><span>2</span><small>3 running</small>",
      "98,765",
      "512 MB",
      "of 16.0 GB",
      "1 h",
      "version 1.2.3",
    ])
      expect(html).toContain(shown);
    expect(html).not.toContain("Device");
  });

  test("says what to do about an engine that has failed, and shows its log", async () => {
    const failed = engineOf({
      status: { state: "failed", problem: "The memory of the GPU is too small. Choose a smaller model." },
      logTail: ["torch.OutOfMemoryError"],
      actions: ["start"],
    });
    const html = await startStatus({ engines: [failed] }).page();
    expect(html).toContain("The memory of the GPU is too small. Choose a smaller model.");
    expect(html).toMatch(/<details[^>]* open/);
    expect(html).toContain("torch.OutOfMemoryError");
  });

  test.each([
    [{ status: { state: "failed" }, actions: ["start"] }, "It crashed. Check the log, then restart it."],
    [{ status: { state: "stopped" }, actions: ["start"] }, "Start it to get answers."],
    [{ status: { state: "stopped" }, actions: [] }, "It starts with the first question."],
    [{ status: { state: "starting", progress: 0.404 } }, "Loading the model, 40 % done."],
    [{ status: { state: "starting" } }, "Questions wait until it is ready."],
    [{ timeToFirstTokenMs: null }, "Not known yet"],
    [{ status: { model: null } }, "No model chosen yet"],
  ] satisfies [EngineOverrides, string][])("of an engine with %o says: %s", async (engine, sentence) => {
    expect(plain(await startStatus({ engines: [engineOf(engine)] }).page())).toContain(sentence);
  });

  test("without any engine, or with a full disk, says what to do", async () => {
    const html = await startStatus({ engines: [], storage: "The disk is full. Free some space." }).page();
    expect(html).toContain("No engine is configured");
    expect(html).toContain("The disk is full. Free some space.");
  });

  test("offers only what can be done now, and nothing for engines that others run", async () => {
    const html = await startStatus().page();
    expect(html).toMatch(/<button id="engine-llama-stop" type="submit"/);
    expect(html).toMatch(/<button id="engine-llama-start" type="button"[^>]*aria-disabled="true"/);
    expect(await startStatus({ engines: [engineOf({ actions: [] })] }).page()).not.toContain("<button id=");
  });

  test("escapes every text that comes from outside, and drops a terminal's colours", async () => {
    const engine = engineOf({
      status: {
        engine: hostile,
        model: hostile,
        state: "failed",
        problem: hostile,
        details: { [hostile]: hostile },
      },
      logTail: [hostile],
    });
    const html = await startStatus({ engines: [engine], storage: hostile, version: hostile }).page();
    const found: string[] = [];
    new HTMLRewriter()
      .on("img, script:not([src])", { element: ({ tagName }) => void found.push(tagName) })
      .transform(html);
    expect(found).toEqual([]);
    expect(html).toContain(`<pre tabindex="0">${Bun.escapeHTML(stripVTControlCharacters(hostile))}</pre>`);
  });
});

describe("the live status", () => {
  test("begins with the whole panel and sends it whole again when something has changed", async () => {
    const { ask, set } = startStatus();
    const live = await openLive(ask);
    expect(live.reply.headers.get("content-type")).toStartWith("text/event-stream");
    expect(await live.next()).toContain("<span>Ready</span>");
    set({ engines: [engineOf({ status: { state: "failed", problem: "It broke. Start it again." } })] });
    const frame = await live.next();
    expect(frame).toContain("It broke. Start it again.");
    expect(frame).toContain("Queue");
    live.leave();
  });

  test("sends many changes at once as one frame", async () => {
    const { ask, set } = startStatus();
    const live = await openLive(ask);
    await live.next();
    for (let waiting = 10; waiting <= 50; waiting++) set({ waiting });
    expect(await live.next()).toMatch(/<dt>Queue<\/dt><dd><span>50</);
    expect(live.events).toHaveLength(2);
    live.leave();
  });

  test("asks for no more changes once its reader has left", async () => {
    const { ask, waiters, defects } = startStatus();
    const live = await openLive(ask);
    await live.next();
    expect(waiters.size).toBe(1);
    live.leave();
    while (waiters.size > 0) await Bun.sleep(1);
    expect(defects).toEqual([]);
  });
});

describe("steering from the page", () => {
  test("leads a plain form back to the page", async () => {
    const { ask, acts } = startStatus();
    const reply = await ask("/status/llama/restart", post);
    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/status"]);
    expect(acts).toEqual(["restart llama"]);
  });

  test("gives htmx the panel as it is now", async () => {
    const { ask } = startStatus();
    const reply = await ask("/status/llama/stop", fromHtmx);
    expect(reply.status).toBe(200);
    expect(await reply.text()).toStartWith('<hx-partial hx-target="#status-panel" hx-swap="innerMorph">');
  });

  test.each([
    ["/status/llama/start", 422, "llama runs already."],
    ["/status/none/stop", 404, "There is no engine"],
    ["/status/llama/explode", 422, "action must be start, stop, restart or unload."],
    ["/status/broken/stop", 500, "Something went wrong."],
  ])(
    "%s says in a sentence why it cannot be done, with and without scripts",
    async (path, code, sentence) => {
      const { ask, defects } = startStatus();
      const whole = await ask(path, post);
      expect(whole.status).toBe(code);
      const html = await whole.text();
      expect(html).toStartWith("<!doctype html>");
      expect(html).toContain(sentence);
      const partial = await ask(path, fromHtmx);
      expect(partial.status).toBe(code);
      const piece = await partial.text();
      expect(piece).toStartWith('<hx-partial hx-target="#composer-note"');
      expect(piece).toContain(sentence);
      expect(html + piece).not.toContain("secret");
      expect(defects).toHaveLength(code === 500 ? 2 : 0);
    },
  );

  test("of a model that was loaded for a request it can be unloaded, and nothing else", async () => {
    const engines = [engineOf(), engineOf({ status: { engine: "llama:own" }, actions: ["unload"] })];
    const html = await startStatus({ engines }).page();
    expect(html).toContain('aria-label="Unload llama:own"');
    expect(html).not.toContain('aria-label="Stop llama:own"');
    expect(html).not.toContain('aria-label="Unload llama"');
    expect(html).toContain('action="/status/llama%3Aown/unload"');
  });

  test("names an engine whatever characters its name has", async () => {
    const name = "vllm http://gpu:8000/ü";
    const html = await startStatus({ engines: [engineOf({ status: { engine: name } })] }).page();
    const action = /action="(\/status\/[^"]+\/stop)"/.exec(html)?.[1] ?? "";
    const { ask } = startStatus();
    expect(await (await ask(action, post)).text()).toContain(Bun.escapeHTML(`There is no engine "${name}".`));
  });
});

describe("the status for programs", () => {
  test("is JSON with names in snake_case and ISO times", async () => {
    const { ask } = startStatus({
      startedAt: 0,
      engines: [engineOf({ status: { since: 1000 }, logTail: ["one"], models: ["phi3"] })],
      gpus: [{ name: "NVIDIA L4", usedBytes: 8e9, totalBytes: 24e9, utilisation: null }],
    });
    const body = await (await ask("/api/status")).json();
    expect(body).toEqual({
      version: "1.2.3",
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      started_at: "1970-01-01T00:00:00.000Z",
      engines: [
        {
          name: "llama",
          state: "ready",
          since: "1970-01-01T00:00:01.000Z",
          model: "demo",
          model_hash: "abc",
          problem: null,
          progress: null,
          phase: null,
          slots: 4,
          busy_slots: 1,
          context_size: 4096,
          restarts: 2,
          actions: ["stop", "restart"],
          models: ["phi3"],
          time_to_first_token_ms: 310,
          tokens_per_second: 42.4,
          details: { gpu_layers: 12, layers: 30, quantisation: "Q4_1", gpu_devices: null, launched: false },
          log_tail: ["one"],
        },
      ],
      answers: { done: 1200, stopped: 3, failed: 1, unfinished: 5, waiting: 2 },
      tokens: 98_765,
      memory: { resident_bytes: 512e6, total_bytes: 16e9 },
      gpus: [{ name: "NVIDIA L4", used_bytes: 8e9, total_bytes: 24e9, utilisation: null }],
      storage: "ok",
    });
  });

  test("steers, and refuses in the API's own form", async () => {
    const { ask, acts } = startStatus();
    const done = await ask("/api/engines/llama/stop", post);
    expect(await done.json()).toEqual({ success: true, engine: "llama", action: "stop" });
    expect(acts).toEqual(["stop llama"]);
    for (const [path, status, code] of [
      ["/api/engines/none/stop", 404, "not_found"],
      ["/api/engines/llama/start", 422, "invalid_request"],
      ["/api/engines/llama/explode", 422, "invalid_request"],
      ["/api/engines/llama/start".padEnd(200, "t"), 422, "invalid_request"],
      ["/api/engines/broken/stop", 500, "internal_error"],
    ] as const) {
      const reply = await ask(path, post);
      expect(reply.status).toBe(status);
      expect((await reply.json()).error.code).toBe(code);
    }
  });
});

describe("another model", () => {
  const json = (model: unknown) => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model }),
  });
  const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
    method: "POST",
    headers,
    body: new URLSearchParams(fields),
  });
  const htmx = { "hx-request": "true" };

  test("is offered where there is one, with what happens to running answers", async () => {
    const html = await startStatus({ engines: [engineOf({ models: ["phi3", "qwen3-4b"] })] }).page();
    expect(html).toContain('action="/status/llama/load"');
    expect(html.match(/<option value="[^"]*">/g)).toEqual([
      '<option value="phi3">',
      '<option value="qwen3-4b">',
    ]);
    expect(html).toContain("Answers that are being written finish first");
    expect(await startStatus().page()).not.toContain("/status/llama/load");
  });

  test("is loaded from the page, with and without scripts", async () => {
    const { ask, acts } = startStatus();
    const plain = await ask("/status/llama/load", form({ model: "phi3" }));
    expect([plain.status, plain.headers.get("location")]).toEqual([303, "/status"]);
    const partial = await ask("/status/llama/load", form({ model: "phi3" }, htmx));
    expect(await partial.text()).toStartWith('<hx-partial hx-target="#status-panel"');
    expect(acts).toEqual(["load phi3 on llama", "load phi3 on llama"]);
  });

  test.each([
    ["/status/llama/load", { model: "none" }, 404, "There is no model &quot;none&quot;. Known models: phi3."],
    ["/status/none/load", { model: "phi3" }, 404, "There is no engine"],
    ["/status/llama/load", {}, 422, "Choose a model first."],
    ["/status/llama/load", { model: "" }, 422, "Choose a model first."],
  ] as const)("%s with %o is refused in a sentence", async (path, fields, code, sentence) => {
    const { ask, acts } = startStatus();
    for (const headers of [{}, htmx]) {
      const reply = await ask(path, form(fields, headers));
      expect([reply.status, acts]).toEqual([code, []]);
      expect(await reply.text()).toContain(sentence);
    }
  });

  test("is loaded by programs, which are refused in the API's own form", async () => {
    const { ask, acts } = startStatus();
    const done = await ask("/api/engines/llama/load", json("phi3"));
    expect(await done.json()).toEqual({ success: true, engine: "llama", action: "load", model: "phi3" });
    expect(acts).toEqual(["load phi3 on llama"]);
    for (const [path, model, status, message] of [
      ["/api/engines/llama/load", "none", 404, 'There is no model "none". Known models: phi3.'],
      ["/api/engines/none/load", "phi3", 404, 'There is no engine "none". There is llama.'],
      ["/api/engines/llama/load", 7, 422, "model must be a text of 1 to 200 characters."],
      ["/api/engines/llama/load", undefined, 422, "model must be a text of 1 to 200 characters."],
    ] as const) {
      const reply = await ask(path, json(model));
      expect([reply.status, (await reply.json()).error.message]).toEqual([status, message]);
    }
  });

  test("that could not be put in place is told, as long as the engine says so", async () => {
    const engine = engineOf({ status: { details: { note: "phi3 was not loaded: it is damaged." } } });
    const html = await startStatus({ engines: [engine] }).page();
    expect(html).toContain('role="alert">phi3 was not loaded: it is damaged.</p>');
    expect(html).not.toContain("<dt>Note</dt>");
  });
});

test("the graphics cards are shown with what is used of them", async () => {
  const gpus = [
    { name: "NVIDIA L4", usedBytes: 8e9, totalBytes: 24e9, utilisation: 0.344 },
    { name: hostile, usedBytes: 1e9, totalBytes: 8e9, utilisation: null },
  ];
  const html = plain(await startStatus({ gpus }).page());
  expect(html).toContain(
    "<dt>NVIDIA L4 memory</dt><dd><span>8.0 GB</span><small>of 24.0 GB, 34 % busy</small>",
  );
  expect(html).toContain("<span>1.0 GB</span><small>of 8.0 GB</small>");
  expect(html).not.toContain("<img src=x");
});

describe("an address that does not exist", () => {
  test.each([
    [{ accept: "text/html,application/xhtml+xml,*/*;q=0.8" }, "text/html; charset=utf-8"],
    [{ accept: "*/*" }, "application/json"],
    [{ accept: "application/json" }, "application/json"],
    [{ accept: "text/html", "hx-request": "true" }, "application/json"],
    [{}, "application/json"],
  ])("asked for with %o is answered with %s", async (headers, type) => {
    const reply = await startStatus().ask("/nothing/here", { headers });
    expect(reply.status).toBe(404);
    expect(reply.headers.get("content-type")).toStartWith(type);
    expect(await reply.text()).toMatch(/(Nothing|There is nothing) (is )?at this address/);
  });
});
