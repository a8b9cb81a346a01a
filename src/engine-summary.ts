/** What the pages say about the engines: whether questions can be answered, and by which model. */
import type { EngineSummary } from "../views/props.ts";
import type { EngineStatus } from "./chat/engine.ts";
import { type Catalog, findEntry } from "./models/catalog.ts";

/**
 * Of the engine that answers first, or of the one that would if it were up: while a better one still loads, it is told
 * which one answers meanwhile.
 * @param engines in the order in which they are asked
 */
export function summarizeEngine(engines: readonly EngineStatus[], catalog: Catalog): EngineSummary {
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
    meanwhile: meanwhile === undefined ? null : (meanwhile.model ?? meanwhile.engine),
  };
}
