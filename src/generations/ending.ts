/** The end of an answer's generation, before it is finalized. */
import type { FinishEvent, FinishReason, Usage } from "../chat/chat-event.ts";
import { AppError } from "../errors.ts";
import type { StoredError } from "../store/schema.ts";
import type { Outcome } from "./generation-update.ts";

export interface Ending {
  readonly state: Outcome["state"];
  /** null when the model did not come to its end. */
  readonly finish: FinishEvent | null;
  readonly error: StoredError | null;
}

const paramOf = ({ facts: { param } }: AppError) => (typeof param === "string" ? { param } : {});

/** Any error but an AppError is reported as an internal error: its text is not for users. */
export function failedWith(error: unknown): Ending {
  const stored: StoredError =
    error instanceof AppError
      ? { code: error.code, message: error.message, ...paramOf(error) }
      : { code: "internal_error", message: "Something went wrong. Try again, or see the log." };
  return { state: "failed", finish: null, error: stored };
}

/** The end of an answer that no engine ends. */
export const finishWithout = (usage: Usage, reason: FinishReason): FinishEvent => ({
  type: "finish",
  reason,
  usage,
  timings: { promptMs: 0, promptPerSecond: 0, decodeMs: 0, decodePerSecond: 0, timeToFirstTokenMs: 0 },
});
