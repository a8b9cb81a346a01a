/** What /v1 says of a written answer beside its text: the fingerprint of its model, and log-probabilities. */
import type { Outcome } from "../generations/generation-update.ts";
import type { LoggedToken } from "../store/schema.ts";

/** Changes with whatever changes the words that a seed gives: the model's file and the engine. */
export const fingerprintOf = ({ writers }: Pick<Outcome, "writers">) => {
  const last = writers.at(-1);
  return last === undefined ? null : `fp_${last.engine}_${last.modelHash?.slice(0, 10) ?? last.model}`;
};

/** The log-probabilities of /v1/chat/completions. `bytes` are the text's in UTF-8. */
export function logprobsOf({ text, logprob = 0, alternatives = [] }: LoggedToken) {
  const entry = (token: string, value: number) => ({
    token,
    logprob: finiteLogprob(value),
    bytes: [...encoder.encode(token)],
  });
  return {
    ...entry(text, logprob),
    top_logprobs: alternatives.map((alternative) => entry(alternative.text, alternative.logprob)),
  };
}

/** OpenAI's value for a token that was practically impossible: JSON has no infinity. */
const impossible = -9999;
export const finiteLogprob = (logprob: number): number => (Number.isFinite(logprob) ? logprob : impossible);
const encoder = new TextEncoder();
