/** How far a prompt has been read, as it is told while that goes on. */
import type { ChatEvent } from "../../chat/chat-event.ts";

interface ReadPrompt {
  readonly prompt: readonly unknown[];
  /** How many of its tokens were asked. */
  readonly askedTokens: number;
  /** Tokens of the answer that is continued. */
  readonly continued: readonly unknown[];
  readonly cachedTokens: number;
}

/**
 * Progress over the prompt, with the answer that is continued. The opening of a forced call is output, not prompt: `total` is the
 * prompt's length as the usage reports it.
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
