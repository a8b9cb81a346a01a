/** How an answer ended, as every dialect reports it: finish reason, usage and error. */
import { UnauthenticatedError } from "../accounts/account-errors.ts";
import type { Usage } from "../chat/chat-event.ts";
import { ShutdownRequest } from "../generations/generation-errors.ts";
import type { Outcome } from "../generations/generation-update.ts";

/** For a client a stopped answer is complete. */
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

/** Streams that end by a shutdown, or with their login, are no bug. */
export const isDefect = (error: unknown) =>
  !(error instanceof ShutdownRequest || error instanceof UnauthenticatedError);
