/** The state of the engines for pages: whether questions can be answered, and by which model. */
import type { EngineStatus } from "../chat/engine.ts";
import { type Catalog, findEntry } from "../models/catalog.ts";
import type { Pull } from "../models/pulls.ts";

/** Whether the model can answer, for the banner on every page. */
export interface EngineSummary {
  readonly state: "starting" | "ready" | "failed" | "stopped";
  readonly model: string | null;
  readonly modelName: string | null;
  /** A demo model that is too small to be reliable. */
  readonly tiny: boolean;
  /** A sentence that says what to do, when `state` is failed. */
  readonly problem: string | null;
  /** 0 to 1 while the model is loading. */
  readonly progress: number | null;
  /** Its present phase ("loading weights"). */
  readonly phase: string | null;
  /** Seconds until it tries again by itself after a failure; null: it does not. */
  readonly retryInSeconds: number | null;
  /** The viewer may control the engines; left out: they may. */
  readonly canSteer?: boolean;
  /** The model that answers while this one is loading; null: questions wait for it. */
  readonly meanwhile: string | null;
  /** A model that is being downloaded, or was a while ago; left out, or null: none. */
  readonly pull?: ToldPull | null;
}

export interface ToldPull {
  readonly id: string;
  readonly name: string;
  readonly state: "downloading" | "done" | "failed";
  /** 0 to 1; null: not known. */
  readonly progress: number | null;
}

/** For so long pages say of a download that it has ended, in milliseconds. */
const toldForMs = 10 * 60_000;

/**
 * What pages say of downloads: of what is coming, else of what ended last.
 * @param now milliseconds since 1970
 */
export function toldPull(pulls: readonly Pull[], now = Date.now()): ToldPull | null {
  const going = pulls.find(({ state }) => state === "downloading" || state === "verifying");
  const ended = pulls
    .filter(({ endedAt }) => endedAt !== null && endedAt > now - toldForMs)
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  const told = going ?? ended[0];
  if (told === undefined) return null;
  const { id, name, state, doneBytes, totalBytes } = told;
  return {
    ...{ id, name },
    state: state === "done" || state === "failed" ? state : "downloading",
    progress: totalBytes === null || totalBytes === 0 ? null : Math.min(1, doneBytes / totalBytes),
  };
}

/**
 * Describes the engine that answers first, or would if it were up; while a better one still loads, it names the one that
 * answers meanwhile.
 * @param engines in the order of requests
 * @param now milliseconds since 1970
 */
export function summarizeEngine(
  engines: readonly EngineStatus[],
  catalog: Catalog,
  now = Date.now(),
): EngineSummary {
  const engine =
    engines.find(({ state }) => state === "ready" || state === "starting") ??
    engines.find(({ state }) => state === "stopped") ??
    engines[0];
  if (engine === undefined)
    return {
      state: "failed",
      model: null,
      modelName: null,
      tiny: false,
      problem: "No engine is configured. Set ENGINE to auto.",
      progress: null,
      phase: null,
      retryInSeconds: null,
      meanwhile: null,
    };
  const entry = engine.model === null ? undefined : findEntry(catalog, engine.model);
  const meanwhile = engine.state === "starting" ? engines.find(({ state }) => state === "ready") : undefined;
  return {
    state: engine.state,
    model: engine.model,
    modelName: entry?.name ?? engine.model,
    tiny: entry?.tiny ?? false,
    problem: engine.problem,
    progress: engine.progress,
    phase: engine.phase,
    retryInSeconds: secondsUntil(engine.retryAt ?? null, now),
    meanwhile: meanwhile === undefined ? null : (meanwhile.model ?? meanwhile.engine),
  };
}

const secondsUntil = (at: number | null, now: number) =>
  at === null ? null : Math.max(0, Math.ceil((at - now) / 1000));
