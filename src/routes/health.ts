/** /health: always 200 while the server serves; what is wrong is said in it, to those who may know. */
import { Elysia } from "elysia";
import type { EngineStatus } from "../chat/engine.ts";

export interface HealthDeps {
  readonly engines: () => readonly EngineStatus[];
  /** "ok", or one sentence on what is wrong with the database or its disk. */
  readonly storage: () => string;
  readonly unfinished: () => number;
  readonly waiting: () => number;
  readonly startedAt: number;
}

export interface HealthRoutesDeps extends HealthDeps {
  /** A stranger is told the status alone. */
  readonly isKnown: (request: Request) => boolean;
}

export const createHealthRoutes = (deps: HealthRoutesDeps) =>
  new Elysia({ name: "health", tags: ["health"] }).get(
    "/health",
    ({ request }) => {
      const health = healthOf(deps);
      return deps.isKnown(request) ? health : { status: health.status };
    },
    { detail: { summary: "What runs, with which model, and what is wrong" } },
  );

function healthOf(deps: HealthDeps) {
  const engines = deps.engines();
  const engine = engines.find(({ state }) => state !== "failed") ?? engines[0];
  const storage = deps.storage();
  return {
    status: statusOf(engine, storage),
    model: engine?.model ?? null,
    timestamp: new Date().toISOString(),
    memory_status: storage === "ok" ? "ready" : "unavailable",
    problem: engine?.problem ?? (storage === "ok" ? null : storage),
    started_at: new Date(deps.startedAt).toISOString(),
    engine: engine === undefined ? null : factsOf(engine),
    engines: engines.map(factsOf),
    answers: { unfinished: deps.unfinished(), waiting: deps.waiting() },
    storage,
  };
}

function statusOf(engine: EngineStatus | undefined, storage: string): "healthy" | "loading" | "degraded" {
  if (engine === undefined || engine.state === "failed" || storage !== "ok") return "degraded";
  return engine.state === "ready" ? "healthy" : "loading";
}

const factsOf = (engine: EngineStatus) => ({
  name: engine.engine,
  state: engine.state,
  model: engine.model,
  problem: engine.problem,
  progress: engine.progress,
  slots: engine.slots,
  busy_slots: engine.busySlots,
  context_size: engine.contextSize,
  ...engine.details,
});
