/** How far a prompt has been read, as it is told while that goes on. */
import type { ChatEvent } from "../../chat/chat-event.ts";

interface ReadPrompt {
  readonly prompt: readonly unknown[];
  /** How many of its tokens were asked. */
  readonly askedTokens: number;
  /** Those of the answer that is gone on with. */
  readonly continued: readonly unknown[];
  readonly cachedTokens: number;
}

/**
 * Of what was asked, and of an answer that is gone on with. What opens a call is the answer's own: the prompt is as long as the
 * usage says at the end.
 * @param read tokens of the whole prompt
 */
export function promptProgress(
  read: number,
  { prompt, askedTokens, continued, cachedTokens }: ReadPrompt,
): ChatEvent {
  const total = continued.length === 0 ? askedTokens : prompt.length;
  return {
    ...{ type: "prompt-progress", total },
    ...{ processed: Math.min(read, total), cached: Math.min(cachedTokens, total) },
  };
}
