/**
 * Prompts that no model's context holds are refused before they are stored: what is stored is written again with each change
 * of its answer's state. Pictures do not count: what they take is not known here.
 */
import type { ChatMessage } from "../chat/engine.ts";
import { PromptTooLongError } from "../errors.ts";

/** More than any context holds: the model's own context ends the answer. */
export const mostTokens = 131_072;

/** Text that no tokenizer makes so few tokens of. */
const charactersOfToken = 32;

const longestPrompt = mostTokens * charactersOfToken;

/** @throws PromptTooLongError */
export function refuseEndless(messages: readonly ChatMessage[]): void {
  let length = 0;
  for (const { content, toolCalls = [] } of messages) {
    length += content.length;
    for (const call of toolCalls) length += call.arguments.length;
  }
  if (length <= longestPrompt) return;
  throw new PromptTooLongError(
    `The messages have ${length} characters, but no model holds more than ${longestPrompt}. Shorten them.`,
    { characters: length, most_characters: longestPrompt },
  );
}
