/** The state of the program in the API's JSON. */
import { Type as t } from "@sinclair/typebox";
import { nullable, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import type { StatusReport } from "../status/status-report.ts";

const count = (description?: string) =>
  t.Integer({ minimum: 0, ...(description === undefined ? {} : { description }) });
const action = t.Union([t.Literal("start"), t.Literal("stop"), t.Literal("restart"), t.Literal("unload")]);

const EngineReply = t.Object(
  {
    name: t.String(),
    state: t.Union([t.Literal("stopped"), t.Literal("starting"), t.Literal("ready"), t.Literal("failed")]),
    since: time("When this state began."),
    model: nullable(t.String()),
    model_hash: nullable(t.String({ description: "sha256 of the model's file." })),
    problem: nullable(t.String({ description: "What went wrong, and what to do." })),
    progress: nullable(t.Number({ description: "0 to 1 while the model is loading." })),
    phase: nullable(t.String({ description: "What it is doing while it loads." })),
    slots: count("How many answers it writes at once."),
    busy_slots: count(),
    context_size: nullable(t.Integer({ description: "Tokens of a prompt and its answer." })),
    restarts: count("How often its process was started again by itself."),
    actions: t.Array(action, { description: "The actions that are possible now." }),
    models: t.Array(t.String(), { description: "Other models that it can load." }),
    time_to_first_token_ms: nullable(t.Number({ description: "Median of the last answers." })),
    tokens_per_second: nullable(t.Number({ description: "Median of the last answers." })),
    details: t.Record(t.String(), t.Union([t.String(), t.Number(), t.Boolean(), t.Null()])),
    log_tail: t.Array(t.String()),
  },
  { title: "Engine" },
);

export const StatusReply = t.Object(
  {
    version: t.String(),
    timestamp: time(),
    started_at: time(),
    engines: t.Array(EngineReply, { description: "In the order in which they are asked." }),
    answers: t.Object({
      done: count("Since the start."),
      stopped: count(),
      failed: count(),
      unfinished: count(),
      waiting: count("Those that wait for a slot."),
    }),
    tokens: count("Generated since the start."),
    memory: t.Object({ resident_bytes: count("Of this process."), total_bytes: count("Of the machine.") }),
    gpus: t.Array(
      t.Object({
        name: t.String(),
        used_bytes: count(),
        total_bytes: count(),
        utilisation: nullable(t.Number({ description: "0 to 1." })),
      }),
    ),
    storage: t.String({ description: "ok, or a sentence on what is wrong." }),
  },
  {
    title: "Status",
    examples: [
      {
        version: "0.2.0",
        timestamp: "2026-03-01T09:30:00.000Z",
        started_at: "2026-03-01T08:00:00.000Z",
        engines: [
          {
            name: "llama",
            state: "ready",
            since: "2026-03-01T08:00:04.000Z",
            model: "qwen2.5-1.5b-instruct",
            model_hash: null,
            problem: null,
            progress: null,
            phase: null,
            slots: 4,
            busy_slots: 1,
            context_size: 8192,
            restarts: 0,
            actions: ["stop", "restart"],
            models: ["smollm2-135m-instruct"],
            time_to_first_token_ms: 310,
            tokens_per_second: 38.4,
            details: { threads: 3 },
            log_tail: [],
          },
        ],
        answers: { done: 12, stopped: 1, failed: 0, unfinished: 1, waiting: 0 },
        tokens: 3456,
        memory: { resident_bytes: 512_000_000, total_bytes: 16_000_000_000 },
        gpus: [],
        storage: "ok",
      },
    ],
  },
);

export const Steered = t.Object(
  {
    success: t.Literal(true),
    engine: t.String(),
    action: t.Union([...action.anyOf, t.Literal("load")]),
    model: t.Optional(t.String({ description: "Of a load." })),
  },
  { title: "Steered", examples: [{ success: true, engine: "llama", action: "restart" }] },
);

export function statusJson(report: StatusReport): StaticReply<typeof StatusReply> {
  return {
    version: report.version,
    timestamp: new Date().toISOString(),
    started_at: isoTime(report.startedAt),
    engines: report.engines.map(({ status, ...engine }) => ({
      name: status.engine,
      state: status.state,
      since: isoTime(status.since),
      model: status.model,
      model_hash: status.modelHash,
      problem: status.problem,
      progress: status.progress,
      phase: status.phase,
      slots: status.slots,
      busy_slots: status.busySlots,
      context_size: status.contextSize,
      restarts: engine.restarts,
      actions: engine.actions,
      models: engine.models,
      time_to_first_token_ms: engine.timeToFirstTokenMs,
      tokens_per_second: engine.tokensPerSecond,
      details: status.details,
      log_tail: engine.logTail,
    })),
    answers: { ...report.answers, unfinished: report.unfinished, waiting: report.waiting },
    tokens: report.tokens,
    memory: { resident_bytes: report.memory.residentBytes, total_bytes: report.memory.totalBytes },
    gpus: report.gpus.map(({ name, usedBytes, totalBytes, utilisation }) => ({
      name,
      used_bytes: usedBytes,
      total_bytes: totalBytes,
      utilisation,
    })),
    storage: report.storage,
  };
}

const isoTime = (time: number) => new Date(time).toISOString();
