/**
 * Whether a prompt can fit into what a model holds: a bound from below that costs nothing, since to cut a megabyte into
 * tokens holds everything up. It knows nothing of tokenizers.
 */
import type { GenerateRequest } from "../../chat/engine.ts";
import { PromptTooLongError } from "../../errors.ts";

/** Text that no tokenizer makes so few tokens of, but for blanks. */
const charactersOfToken = 32;

/** The tokens that a text takes at least. */
export const leastTokensOf = ({ length }: { readonly length: number }) =>
  Math.ceil(length / charactersOfToken);

/** The least number of tokens of a request, with its tools and its earlier calls. */
export function leastTokens({
  messages,
  prompt = "",
  tools = [],
  toolChoice,
}: Pick<GenerateRequest, "messages" | "prompt" | "tools" | "toolChoice">): number {
  if (typeof prompt !== "string") return prompt.length;
  const offered = toolChoice === "none" ? [] : tools;
  const calls = messages.flatMap(({ toolCalls = [] }) => toolCalls);
  const texts = [
    prompt,
    ...messages.map(({ content }) => content),
    ...calls.map((call) => call.arguments),
    ...offered.map((tool) => JSON.stringify(tool)),
  ];
  // Templates mark each turn; to write one out takes them longer than to cut it into tokens.
  const turns = messages.filter(({ role }, index) => role !== messages[index - 1]?.role).length;
  return texts.reduce((sum, text) => sum + leastTokensOf(text), turns);
}

export const promptTooLong = (tokens: number, contextSize: number) =>
  new PromptTooLongError(
    `The conversation takes ${tokens} tokens, but the model holds ${contextSize}. Start a new conversation or shorten the question.`,
    { prompt_tokens: tokens, context_size: contextSize },
  );
