/** About how many tokens a prompt takes, where a server does not count them. */
import type { ChatMessage, Tool } from "../../chat/engine.ts";

const charactersInAToken = 3;
/** Templates and hand-written chat formats need a few tokens for each message. */
const templateTokensPerMessage = 8;

export const estimatedTextTokens = ({ length }: { readonly length: number }): number =>
  Math.ceil(length / charactersInAToken);

/** More than any template has for a message, and around all of them: instructions of its own, the date, how tools are called. */
const mostTemplateTokensPerMessage = 32;
const mostTemplateTokens = 512;

/**
 * More tokens than the prompt takes: a token of a tokenizer that falls back to bytes has one of them at least.
 * Templates write the schemas of tools out in forms of their own, at most with each part in a line of its own.
 * @returns null where that is not known: of pictures
 */
export function mostTokens(messages: readonly ChatMessage[], tools: readonly Tool[]): number | null {
  let most = mostTemplateTokens;
  for (const { content, parts = [], images = [], toolCalls = [] } of messages) {
    if (images.length > 0 || parts.some(({ type }) => type === "image")) return null;
    most += mostTemplateTokensPerMessage + Buffer.byteLength(content) + mostTokensOf(toolCalls);
  }
  return most + mostTokensOf(tools);
}

/** A line break and its indentation are two tokens at most, and stand between parts of four bytes and more. */
const tokensOfAByte = 3;
const mostTokensOf = (values: readonly object[]) =>
  values.reduce(
    (sum, value) =>
      sum + mostTemplateTokensPerMessage + tokensOfAByte * Buffer.byteLength(JSON.stringify(value)),
    0,
  );

export function estimatedTokens(messages: readonly ChatMessage[], tools: readonly Tool[]): number {
  const texts = [...messages.map(({ content }) => content), ...tools.map((tool) => JSON.stringify(tool))];
  return texts.reduce((sum, text) => sum + templateTokensPerMessage + estimatedTextTokens(text), 0);
}
