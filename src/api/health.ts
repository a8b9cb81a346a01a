/** /health: always 200 while the server serves; it reports problems to clients that may know them. */

import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { EngineStatus } from "../chat/engine.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";

export interface HealthDeps {
  readonly engines: () => readonly EngineStatus[];
  /** "ok", or one sentence on what is wrong with the database or its disk. */
  readonly storage: () => string;
  readonly unfinished: () => number;
  readonly waiting: () => number;
  readonly startedAt: number;
}

interface HealthRoutesDeps extends HealthDeps {
  /** An anonymous client gets only the status, and only an admin the address of an engine. */
  readonly mayRead: (request: Request) => "status" | "all but addresses" | "all";
}

const HealthStatus = t.Union([t.Literal("healthy"), t.Literal("loading"), t.Literal("degraded")]);
const EngineHealth = t.Object(
  {
    name: t.String(),
    state: t.Union([t.Literal("stopped"), t.Literal("starting"), t.Literal("ready"), t.Literal("failed")]),
    model: nullable(t.String()),
    problem: nullable(t.String()),
    progress: nullable(t.Number({ description: "0 to 1 while the model is loading." })),
    slots: t.Integer(),
    busy_slots: t.Integer(),
    context_size: nullable(t.Integer({ description: "In tokens." })),
  },
  {
    title: "EngineHealth",
    additionalProperties: t.Union([t.String(), t.Number(), t.Boolean(), t.Null()]),
  },
);
const FullHealth = t.Object({
  status: HealthStatus,
  model: nullable(t.String()),
  timestamp: time(),
  memory_status: t.Union([t.Literal("ready"), t.Literal("unavailable")]),
  problem: nullable(t.String()),
  started_at: time(),
  engine: nullable(EngineHealth),
  engines: t.Array(EngineHealth),
  answers: t.Object({ unfinished: t.Integer(), waiting: t.Integer() }),
  storage: t.String({ description: "ok, or a sentence on what is wrong." }),
});
const exampleEngine = {
  name: "llama",
  state: "ready",
  model: "qwen2.5-1.5b-instruct",
  problem: null,
  progress: null,
  slots: 4,
  busy_slots: 0,
  context_size: 8192,
};
const Health = t.Union(
  [FullHealth, t.Object({ status: HealthStatus }, { description: "The reply to anonymous clients." })],
  {
    title: "Health",
    examples: [
      {
        status: "healthy",
        model: "qwen2.5-1.5b-instruct",
        timestamp: "2026-03-01T09:30:00.000Z",
        memory_status: "ready",
        problem: null,
        started_at: "2026-03-01T08:00:00.000Z",
        engine: exampleEngine,
        engines: [exampleEngine],
        answers: { unfinished: 0, waiting: 0 },
        storage: "ok",
      },
    ],
  },
);

export const createHealthRoutes = (deps: HealthRoutesDeps) =>
  new Elysia({ name: "health", tags: ["health"] }).get(
    "/health",
    ({ request }): StaticReply<typeof Health> => {
      const readable = deps.mayRead(request);
      const health = healthOf(deps, readable === "all");
      return readable === "status" ? { status: health.status } : health;
    },
    {
      detail: openApiDetail({
        summary: "What runs, with which model, and what is wrong",
        description:
          "Always 200 while the server serves. With logins, anonymous clients get only the status, and only admins the address of an engine.",
        replies: { 200: jsonReply("How it is.", Health) },
      }),
    },
  );

function healthOf(deps: HealthDeps, withAddresses: boolean): StaticReply<typeof FullHealth> {
  const engines = deps.engines();
  const engine = engines.find(({ state }) => state !== "failed") ?? engines[0];
  const storage = deps.storage();
  const facts = (status: EngineStatus) => factsOf(status, withAddresses);
  return {
    status: statusOf(engine, storage),
    model: engine?.model ?? null,
    timestamp: new Date().toISOString(),
    memory_status: storage === "ok" ? "ready" : "unavailable",
    problem: engine?.problem ?? (storage === "ok" ? null : storage),
    started_at: new Date(deps.startedAt).toISOString(),
    engine: engine === undefined ? null : facts(engine),
    engines: engines.map(facts),
    answers: { unfinished: deps.unfinished(), waiting: deps.waiting() },
    storage,
  };
}

function statusOf(engine: EngineStatus | undefined, storage: string): StaticReply<typeof HealthStatus> {
  if (engine === undefined || engine.state === "failed" || storage !== "ok") return "degraded";
  return engine.state === "ready" ? "healthy" : "loading";
}

const factsOf = ({ details: { url, ...details }, ...engine }: EngineStatus, withAddress: boolean) => ({
  name: engine.engine,
  state: engine.state,
  model: engine.model,
  problem: engine.problem,
  progress: engine.progress,
  slots: engine.slots,
  busy_slots: engine.busySlots,
  context_size: engine.contextSize,
  ...(withAddress && url !== undefined ? { url } : {}),
  ...details,
});
