/** What the choice of a model shows: each model with what it does now, and whether it fits this machine. */
import type { ModelSize } from "../models/model-fit.ts";
import { modelsOf } from "./model-choice.ts";
import type { EngineReport } from "./status-report.ts";

/** answers: the next question goes to it; ready: it is loaded in an engine that is asked later; stored: it can be loaded. */
type ModelState = "answers" | "loading" | "ready" | "stored";

export type ModelSizes = ReadonlyMap<string, ModelSize>;

export interface ModelCard {
  readonly id: string;
  /** As the catalogue calls it, or the id. */
  readonly name: string;
  readonly state: ModelState;
  /** The engine that has it; null: none has. */
  readonly engine: string | null;
  /** 0 to 1 while it is loading; null: not known. */
  readonly progress: number | null;
  /** An engine can load it in place of its own. */
  readonly canLoad: boolean;
  /** null: it has no file on this machine. */
  readonly size: ModelSize | null;
}

/** @param engines in the order of requests */
export function modelCards(engines: readonly EngineReport[], sizes: ModelSizes): readonly ModelCard[] {
  const answering = engines.find(({ status }) => status.state === "ready" && status.model !== null);
  return modelsOf(engines).models.map((id) => {
    const holder = engines.find(
      ({ status: { model, state } }) => model === id && (state === "ready" || state === "starting"),
    );
    const state =
      holder === undefined
        ? "stored"
        : holder.status.state === "starting"
          ? "loading"
          : holder === answering
            ? "answers"
            : "ready";
    const size = sizes.get(id) ?? null;
    return {
      ...{ id, state, size, name: size?.name ?? id },
      engine: holder?.status.engine ?? null,
      progress: state === "loading" ? (holder?.status.progress ?? null) : null,
      canLoad:
        state !== "answers" && state !== "loading" && engines.some(({ models }) => models.includes(id)),
    };
  });
}
