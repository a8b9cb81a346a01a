/** Serves the pages over the in-memory chat, with the headers of the real app: for browser tests and for looking at. */

import { Elysia } from "elysia";
import { InvalidRequestError, NotFoundError, StorageError } from "../../src/errors.ts";
import { createApiErrors } from "../../src/http/api-errors.ts";
import { readersLanguage } from "../../src/http/readers-language.ts";
import { openStaticFiles } from "../../src/http/static-files.ts";
import { createLog } from "../../src/log.ts";
import { calendarFor } from "../../src/pages/calendar.ts";
import { createComponentsPage } from "../../src/pages/components.tsx";
import { frameProps } from "../../src/pages/list-props.ts";
import { createModelPages, modelsPage } from "../../src/pages/models.tsx";
import { createPages } from "../../src/pages/pages.tsx";
import { createStatusPages } from "../../src/pages/status.tsx";
import type { EngineSummary } from "../../src/status/engine-summary.ts";
import { EngineWatch } from "../../src/status/engine-watch.ts";
import { type ModelSizes, modelCards } from "../../src/status/model-cards.ts";
import { chooseModel } from "../../src/status/model-choice.ts";
import type { EngineReport, StatusPort, StatusReport } from "../../src/status/status-report.ts";
import type { StorageState } from "../../src/store/storage-check.ts";
import { StorageWatch } from "../../src/store/storage-watch.ts";
import { defaultFileLimits, filesOf } from "../../src/workspace/files.ts";
import { financeOf } from "../../src/workspace/finance.ts";
import { ratingsOf } from "../../src/workspace/ratings.ts";
import { ownDataOf } from "../../src/workspace/wipe.ts";
import { type AddedConversation, addConversation, addTurns } from "../fakes/added-conversation.ts";
import { filledShelf } from "../fakes/filled-shelf.ts";
import { createInMemoryChat } from "../fakes/in-memory-chat.ts";
import { noMemories } from "../fakes/no-memories.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { presetsIn } from "../fakes/presets-in.ts";

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; font-src 'self'; manifest-src 'self'";

let engine: EngineSummary = {
  state: "ready",
  model: "demo",
  modelName: "Demo",
  tiny: false,
  problem: null,
  progress: null,
  phase: null,
  retryInSeconds: null,
  meanwhile: null,
};
const engineWatch = new EngineWatch(() => engine, 50);
/** Whatever a test says of it. */
let storageState: StorageState = { problem: null, isUrgent: false };
const storage = new StorageWatch(() => storageState, 50);
const { asset, routes } = await openStaticFiles();

const chat = createInMemoryChat(12);
let cut = new AbortController();
const cutOff = new Error("cut off by the test");
/** Followers that a test can cut off, as a crash of the server would. */
const follow: typeof chat.generations.follow = async function* (id, after, signal) {
  const { signal: cutting } = cut;
  for await (const update of chat.generations.follow(id, after, AbortSignal.any([signal, cutting])))
    yield update;
  if (cutting.aborted) throw cutOff;
};

const refuseUnsaved = () => {
  if (storageState.isUrgent) throw new StorageError(storageState.problem ?? "");
};
const ask: typeof chat.generations.ask = async (question) => {
  refuseUnsaved();
  return chat.generations.ask(question);
};
const place: typeof chat.queue.place = async (question) => {
  refuseUnsaved();
  return chat.queue.place(question);
};

const startedAt = Date.now() - 7_500_000;
const reportAtFirst: StatusReport = {
  version: "0.1.0",
  startedAt,
  engines: [
    {
      status: {
        engine: "vllm",
        state: "ready",
        since: startedAt + 44_000,
        model: "Qwen/Qwen3-4B-Instruct",
        modelHash: null,
        problem: null,
        progress: null,
        phase: null,
        slots: 32,
        busySlots: 3,
        contextSize: 16_384,
        details: { url: "http://127.0.0.1:8000", launched: true },
      },
      restarts: 1,
      actions: ["stop", "restart"],
      models: ["qwen2.5-7b-instruct", "phi3", "smollm2-135m-instruct"],
      logTail: [
        "INFO 10:35:37 [loader.py:458] Loading weights took 12.30 seconds",
        "INFO 10:35:41 [api_server.py:1990] Starting vLLM API server 0 on http://127.0.0.1:8000",
        "\u001b[32mINFO\u001b[0m: Application startup complete. <b>",
      ],
      timeToFirstTokenMs: 84.2,
      tokensPerSecond: 61.4,
    },
    {
      status: {
        engine: "llama",
        state: "ready",
        since: startedAt + 900,
        model: "smollm2-135m",
        modelHash: null,
        problem: null,
        progress: null,
        phase: null,
        slots: 4,
        busySlots: 0,
        contextSize: 2048,
        details: { threads: 2, gpu: "none", gpu_layers: 0, layers: 31, model_bytes: 98_362_432 },
      },
      restarts: 0,
      actions: ["stop"],
      models: [],
      logTail: [],
      timeToFirstTokenMs: null,
      tokensPerSecond: null,
    },
  ],
  waiting: 2,
  unfinished: 5,
  answers: { done: 1284, stopped: 12, failed: 1 },
  tokens: 310_221,
  memory: { residentBytes: 1_460_000_000, totalBytes: 16_700_000_000 },
  gpus: [{ name: "NVIDIA L4", usedBytes: 19_400_000_000, totalBytes: 24_200_000_000, utilisation: 0.87 }],
  storage: "ok",
  lately: Array.from({ length: 60 }, (_, index) => ({
    tokensPerSecond: index < 20 ? 0 : 40 + 12 * Math.sin(index / 4),
    timeToFirstTokenMs: 300 + 80 * Math.cos(index / 7),
    waiting: index % 9 === 0 ? 2 : 1,
    residentBytes: 500e6 + index * 1e6,
  })),
  changes: [
    { engine: "vllm", state: "ready", model: "Qwen/Qwen3-4B-Instruct", at: startedAt + 44_000 },
    { engine: "vllm", state: "starting", model: "Qwen/Qwen3-4B-Instruct", at: startedAt },
  ],
};

/** A small machine: one model fits, one is tight, one is too big. */
const sizeOf = (name: string, sizeBytes: number, fit: "fits" | "tight" | "too-big") => ({
  ...{ name, sizeBytes, fit },
  memoryBytes: 4_100_000_000,
});
const modelSizes: ModelSizes = new Map([
  ["qwen2.5-7b-instruct", sizeOf("Qwen2.5 7B instruct", 4_683_074_240, "too-big")],
  ["phi3", sizeOf("Phi-3 mini 4k instruct", 2_393_231_072, "tight")],
  ["smollm2-135m-instruct", sizeOf("SmolLM2 135M instruct", 98_362_432, "fits")],
]);

/** Engines that do what they are told at once; a test may put any report in their place. */
let report = reportAtFirst;
let told = Promise.withResolvers<void>();
function setReport(next: StatusReport): void {
  report = next;
  told.resolve();
  told = Promise.withResolvers();
}
const status: StatusPort = {
  report: () => report,
  act: async (name, action) => {
    const engine = report.engines.find(({ status }) => status.engine === name);
    if (engine === undefined) throw new NotFoundError(`There is no engine "${name}".`);
    if (!engine.actions.includes(action))
      throw new InvalidRequestError(`The engine ${name} cannot be told to ${action} now.`);
    const stopped = action === "stop";
    const changed: EngineReport = {
      ...engine,
      status: { ...engine.status, state: stopped ? "stopped" : "starting", since: Date.now(), busySlots: 0 },
      actions: stopped ? ["start"] : ["stop"],
    };
    setReport({ ...report, engines: report.engines.map((other) => (other === engine ? changed : other)) });
  },
  load: async (name, model) => {
    const engine = report.engines.find(({ status }) => status.engine === name);
    if (engine === undefined) throw new NotFoundError(`There is no engine "${name}".`);
    const changed = { ...engine, status: { ...engine.status, model } };
    setReport({ ...report, engines: report.engines.map((other) => (other === engine ? changed : other)) });
  },
  changed: async (signal) => {
    const left = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => left.resolve(), { once: true });
    if (!signal.aborted) await Promise.race([told.promise, left.promise]);
  },
};

const personal = preferencesFor(chat.store).ofOwner(null);
const frameOf = () => frameProps({ asset, library: chat.library, engineSummary: () => engine, personal });

const chooseOne = (name: string) =>
  chooseModel({ reports: () => report.engines, resolve: (same) => same }, status, name);

const app = new Elysia()
  .wrap(readersLanguage)
  .onRequest(({ set }) => {
    set.headers["content-security-policy"] = policy;
    set.headers["x-content-type-options"] = "nosniff";
  })
  .use(createApiErrors(createLog("error"), frameOf))
  .get("/ready", () => "ok")
  .post("/test/status", ({ body }) => {
    setReport({ ...reportAtFirst, ...(body as Partial<StatusReport>) });
    return "ok";
  })
  .post("/test/engine", ({ body }) => {
    engine = { ...engine, ...(body as Partial<EngineSummary>) };
    return "ok";
  })
  .post("/test/storage", ({ body }) => {
    storageState = body as StorageState;
    return "ok";
  })
  .post(
    "/test/long-conversation",
    ({ body }) => `/c/${addConversation(chat.store, body as Partial<AddedConversation>)}`,
  )
  .post("/test/more-turns", ({ body }) => {
    const { id, turns } = body as { id: string; turns: number };
    addTurns(chat.store, id, turns);
    return "ok";
  })
  .post("/test/go-on", async () => {
    await chat.goOn();
    return "ok";
  })
  .post("/test/cut-streams", () => {
    cut.abort();
    cut = new AbortController();
    return "ok";
  })
  .use(routes)
  .use(
    createStatusPages({ statusOf: () => status, frameOf, reportDefect: console.error, frameIntervalMs: 100 }),
  )
  .get("/models", ({ request }) => modelsPage({ shelfOf: () => filledShelf, frameOf })(request))
  .use(
    createModelPages({
      ...{ shelfOf: () => filledShelf, frameOf, reportDefect: console.error },
      use: async () => {},
    }),
  )
  .use(createComponentsPage(frameOf))
  .use(
    createPages((request) => ({
      calendar: calendarFor(request),
      conversations: chat.conversations,
      messages: chat.messages,
      library: chat.library,
      memory: noMemories,
      modelChoice: {
        cards: () => modelCards(report.engines, modelSizes),
        choose: chooseOne,
        forAnswer: chooseOne,
      },
      finance: financeOf(chat.store, null),
      files: filesOf({ store: chat.store, limits: defaultFileLimits, seesPictures: () => true }, null),
      data: ownDataOf(chat, null),
      generations: { ...chat.generations, follow, ask },
      queue: { ...chat.queue, place },
      engineSummary: () => engine,
      onEngineChange: (listener) => engineWatch.onChange(listener),
      isTinyModel: ({ model }) => model === "smollm2-135m-instruct",
      storage,
      personal,
      presets: presetsIn(chat),
      ratings: ratingsOf(chat.store, chat, (change) => chat.library.tell(change)),
      asset,
      reportDefect: (error) => {
        if (error !== cutOff) console.error(error);
      },
    })),
  );
app.listen({ port: Number(Bun.env.PORT ?? 4310), hostname: "127.0.0.1", reusePort: false });
