/** Counts the tokens of a prompt before it is asked. */
import type { ChatMessage, Engine, Tool } from "../chat/engine.ts";
import { EngineUnavailableError } from "../errors.ts";

interface CountedPrompt {
  /** The id of a model; the first that runs counts where it does not. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly Tool[];
}

export interface EngineLookup {
  /** Those that can answer, the first of them first. */
  readonly ready: () => readonly Engine[];
}

/** @throws EngineUnavailableError while none is ready */
function readyEngine({ ready }: EngineLookup, model: string): Engine {
  const engines = ready();
  const found = engines.find((engine) => engine.status().model === model) ?? engines[0];
  if (found === undefined)
    throw new EngineUnavailableError("No model is ready. Try again in a moment.", { retry_after: 5 });
  return found;
}

/** @throws what `readyEngine` throws */
export const countedTokens = (
  lookup: EngineLookup,
  { model, messages, tools = [] }: CountedPrompt,
  signal: AbortSignal,
): Promise<number> => readyEngine(lookup, model).countTokens(messages, signal, null, tools);
