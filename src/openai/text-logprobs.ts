/** Log-probabilities in columns, as /v1/completions has them. @see https://platform.openai.com/docs/api-reference/completions/object */
import type { PromptToken } from "../chat/chat-event.ts";
import { finiteLogprob } from "./v1-choice-facts.ts";

/** @param offset where the first token begins in the text */
export function logprobColumns(tokens: readonly PromptToken[], offset: number) {
  let next = offset;
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprob }) => (logprob === undefined ? null : finiteLogprob(logprob))),
    top_logprobs: tokens.map(topOf),
    text_offset: tokens.map(({ text }) => {
      next += text.length;
      return next - text.length;
    }),
  };
}

/** The token itself is among them, also where others are likelier. null: nothing stands before it. */
function topOf({ text, logprob, alternatives = [] }: PromptToken) {
  if (logprob === undefined) return null;
  const told = [...alternatives.filter((other) => other.text !== text), { text, logprob }];
  return Object.fromEntries(
    told
      .toSorted((one, other) => other.logprob - one.logprob)
      .map((each) => [each.text, finiteLogprob(each.logprob)]),
  );
}
