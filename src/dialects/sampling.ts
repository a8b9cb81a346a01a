/** How an answer is drawn, in the names that the dialects share. */
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { mostTokens } from "./prompt-size.ts";

/** @returns null: no limit but the context */
export const tokenLimitOf = (wanted: number | null | undefined): number | null =>
  wanted == null || wanted < 0 ? null : Math.min(wanted, mostTokens);

/** null and left out: the usual. */
interface SamplingFields {
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly seed?: number | null;
  readonly stop?: string | readonly string[] | null;
  readonly presence_penalty?: number | null;
  readonly frequency_penalty?: number | null;
  readonly logit_bias?: Readonly<Record<string, number>> | null;
  readonly top_k?: number | null;
  readonly min_p?: number | null;
  readonly repetition_penalty?: number | null;
  readonly repeat_penalty?: number | null;
  /** As vLLM and llama.cpp name it; -1 is how they say "no limit". */
  readonly thinking_token_budget?: number | null;
  readonly thinking_budget_tokens?: number | null;
}

/**
 * @param limits the answer's length in tokens (null: no limit but the context), and of the reported alternatives
 * @throws BadFieldError
 */
export function samplingOf(
  fields: SamplingFields,
  limits: { readonly maxTokens: number | null; readonly topLogprobs: number | null },
): Question["sampling"] {
  const budget = fields.thinking_token_budget ?? fields.thinking_budget_tokens ?? -1;
  const repeat = fields.repetition_penalty ?? fields.repeat_penalty;
  const { temperature, top_p: topP, seed, stop, presence_penalty, frequency_penalty, logit_bias } = fields;
  return {
    temperature: temperature ?? 1,
    topP: topP ?? 1,
    maxTokens: limits.maxTokens ?? mostTokens,
    stop: [stop ?? []].flat().filter((text) => text !== ""),
    topLogprobs: limits.topLogprobs,
    ...(seed == null ? {} : { seed: unsigned(seed) }),
    ...(fields.top_k == null ? {} : { topK: Math.max(0, fields.top_k) }),
    ...(fields.min_p ? { minP: fields.min_p } : {}),
    ...(repeat == null || repeat === 1 ? {} : { repeatPenalty: repeat }),
    ...(budget < 0 ? {} : { thoughtTokens: budget }),
    ...(presence_penalty ? { presencePenalty: presence_penalty } : {}),
    ...(frequency_penalty ? { frequencyPenalty: frequency_penalty } : {}),
    ...(logit_bias == null || Object.keys(logit_bias).length === 0
      ? {}
      : { logitBias: checkedBias(logit_bias) }),
  };
}

/** A seed is any whole number; engines take 32 bits of it. */
const unsigned = (seed: number) => Number(BigInt.asUintN(32, BigInt(seed)));

function checkedBias(bias: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const wrong = Object.keys(bias).find((id) => !/^\d{1,10}$/.test(id));
  if (wrong !== undefined)
    throw new BadFieldError("logit_bias", "must name tokens by their ids, which are whole numbers.");
  return bias;
}
