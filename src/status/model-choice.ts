/** Which models can answer, and the change to another one. It knows the engines by their reports alone. */
import { EngineUnavailableError, UnknownModelError } from "../errors.ts";
import { say } from "../texts/say.ts";
import type { EngineReport, StatusPort } from "./status-report.ts";

interface ChoiceDeps {
  readonly reports: () => readonly EngineReport[];
  /** @returns the id that a name stands for @throws UnknownModelError or ModelNotRunningError */
  readonly resolve: (name: string) => string;
  /** Whether a request that names it has this model loaded; left out: none has. */
  readonly namesModel?: ((name: string) => boolean) | undefined;
}

export interface Models {
  /** Their ids, the one that answers first. */
  readonly models: readonly string[];
  /** The one that answers; null: none does. */
  readonly current: string | null;
}

/** The model that was chosen, and whether it has to be loaded first. */
export interface ChosenModel {
  readonly model: string;
  readonly isLoading: boolean;
}

export function modelsOf(engines: readonly EngineReport[]): Models {
  const answering = engines.flatMap(({ status: { model, state } }) =>
    model === null || state === "failed" || state === "stopped" ? [] : [model],
  );
  const models = [...new Set([...answering, ...engines.flatMap((engine) => engine.models)])];
  return { models, current: answering[0] ?? null };
}

/** The model for one answer, without a change for others where it can be loaded for that answer. @throws what `chooseModel` throws */
export async function modelForAnswer(
  deps: ChoiceDeps,
  status: () => Pick<StatusPort, "load">,
  name: string,
): Promise<ChosenModel> {
  if (name !== "" && deps.namesModel?.(name)) return { model: deps.resolve(name), isLoading: false };
  return chooseModel(deps, status(), name);
}

/**
 * Has another model answer: running answers finish first, new ones wait. A name of the model that runs changes nothing.
 * @throws UnknownModelError, EngineUnavailableError, or what loading throws
 */
export async function chooseModel(
  { reports, resolve }: ChoiceDeps,
  status: Pick<StatusPort, "load">,
  name: string,
): Promise<ChosenModel> {
  const engines = reports();
  const holder = engines.find(({ models }) => models.includes(name));
  if (holder !== undefined) {
    await status.load(holder.status.engine, name);
    return { model: name, isLoading: true };
  }
  const { models, current } = modelsOf(engines);
  const meant = resolve(name);
  if (current === null)
    throw new EngineUnavailableError(say`No model runs. Start an engine on the status page.`);
  if (engines.some(({ status: { model } }) => model === meant)) return { model: meant, isLoading: false };
  throw new UnknownModelError(name, models);
}
