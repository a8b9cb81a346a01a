/**
 * Which model answers a request that names one. It knows nothing of files or engines: it is told which
 * models can answer now.
 *
 * The rule: an id is meant exactly; an alias is a wish. `phi3` is what simple clients always send, whatever
 * runs, so an alias whose model cannot answer now, like "auto", means the model that runs. Answers
 * name the model that really ran.
 */
import { AppError, UnknownModelError } from "../errors.ts";
import { type Catalog, findEntry, knownNames } from "./catalog.ts";

/** The name is in the catalogue, but that model is not the one that runs. */
export class ModelNotRunningError extends AppError {
  readonly status = 404;
  readonly code = "model_not_running";
}

/**
 * @param wanted what the request says
 * @param answering ids of the models that can answer now, the one that answers by default first; empty while none can
 * @returns the id of the model to ask
 * @throws UnknownModelError or ModelNotRunningError
 */
export function resolveModelName(
  catalog: Catalog,
  wanted: string,
  answering: readonly string[],
): { id: string } {
  const exact = answering.find((id) => id === wanted);
  if (exact !== undefined) return { id: exact };
  const entry = findEntry(catalog, wanted);
  const running = answering[0];

  if (entry === undefined || entry.purpose !== "chat") {
    if (wanted.toLowerCase() === "auto") return { id: running ?? "auto" };
    const known = new Set([...knownNames(catalog), ...answering]);
    throw new UnknownModelError(wanted, [...known]);
  }
  if (running === undefined || answering.includes(entry.id)) return { id: entry.id };
  if (entry.id !== wanted.toLowerCase()) return { id: running };
  throw new ModelNotRunningError(
    `The model "${entry.id}" is not running; "${running}" is. Ask for "${running}" or "auto", or start the program with MODEL=${entry.id}.`,
    { param: "model" },
  );
}
