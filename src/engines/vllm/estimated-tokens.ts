/** About how many tokens a prompt takes, where a server does not count them. */
import type { ChatMessage, Tool } from "../../chat/engine.ts";

const charactersInAToken = 3;
/** Templates and hand-written chat formats need a few tokens for each message. */
const templateTokensPerMessage = 8;

export const estimatedTextTokens = ({ length }: { readonly length: number }): number =>
  Math.ceil(length / charactersInAToken);

export function estimatedTokens(messages: readonly ChatMessage[], tools: readonly Tool[]): number {
  const texts = [...messages.map(({ content }) => content), ...tools.map((tool) => JSON.stringify(tool))];
  return texts.reduce((sum, text) => sum + templateTokensPerMessage + estimatedTextTokens(text), 0);
}
