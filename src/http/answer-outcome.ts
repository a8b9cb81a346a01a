/** How an answer ended, as every dialect reports it: finish reason, usage and error. */
import { UnauthenticatedError } from "../accounts/account-errors.ts";
import type { Usage } from "../chat/chat-event.ts";
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { Outcome } from "../generations/generation-update.ts";

/** A stopped answer is complete as far as a client is concerned. */
export const finishReasonOf = (outcome: Outcome) => outcome.finishReason ?? "stop";

export function usageOf(usage: Usage | null) {
  const { promptTokens = 0, cachedTokens = 0, completionTokens = 0 } = usage ?? {};
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  };
}

export function errorOf({ error }: Pick<Outcome, "error">) {
  return {
    message: error?.message ?? "The answer could not be finished. Try again.",
    type: "server_error",
    code: error?.code ?? "internal_error",
  };
}

/** A reader that the shutdown, or the end of its login, sent away is no defect. */
export const isDefect = (error: unknown) =>
  !(error instanceof ShutdownRequest || error instanceof UnauthenticatedError);
