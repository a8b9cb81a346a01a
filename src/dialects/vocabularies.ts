/** The tokens of the model that would answer. */
import type { Engine, Vocabulary } from "../chat/engine.ts";
import { EngineUnavailableError, UnsupportedRequestError } from "../errors.ts";
import type { EngineLookup } from "./token-counts.ts";

/**
 * @param model its id; null: the first that is ready
 * @throws EngineUnavailableError while none is ready; UnsupportedRequestError where none tells its tokens
 */
export function vocabularyOf({ ready }: EngineLookup, model: string | null): Vocabulary {
  const engines: readonly Engine[] = ready();
  const meant = model === null ? undefined : engines.filter((engine) => engine.status().model === model);
  const candidates = meant === undefined || meant.length === 0 ? engines : meant;
  if (candidates.length === 0)
    throw new EngineUnavailableError("No model is ready. Try again in a moment.", { retry_after: 5 });
  const found = candidates.find(({ vocabulary }) => vocabulary !== undefined)?.vocabulary;
  if (found === undefined)
    throw new UnsupportedRequestError("The engine that answers does not tell its model's tokens.");
  return found;
}
