/** The common fields of the requests of /v1: sampling, and who may read the answer again. */
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";

/**
 * Clients send null for what they leave out. What is checked by hand, so that a refusal can say more, says in `x-takes`
 * what the document shows of it.
 */
export const maybe = <Schema extends TSchema>(schema: Schema) => t.Optional(t.Union([schema, t.Null()]));

/** Some programs send an empty one for none. */
const stopText = t.String({ minLength: 0, maxLength: 200 });
/** More than any context holds: the model's own context ends the answer. */
export const mostTokens = 131_072;

/** Of one prompt. */
const mostChoices = 8;

/** Each is looked at several times, and set one by one. */
const mostBiases = 1024;

/** Left out or empty: whatever runs. */
export const modelField = maybe(
  t.String({ minLength: 0, maxLength: 200, default: "auto", description: "A model's id or alias, or auto." }),
);

/** -1 is the form of llama.cpp and LangChain: no limit but the context. */
export const tokenLimitField = (otherwise?: number) =>
  maybe(
    t.Integer({
      minimum: -1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: "The most tokens of the answer; -1: as many as the model's context holds.",
      ...(otherwise === undefined ? {} : { default: otherwise }),
    }),
  );

/** @returns null: no limit but the context */
export const tokenLimitOf = (wanted: number | null | undefined): number | null =>
  wanted == null || wanted < 0 ? null : Math.min(wanted, mostTokens);

export const samplingFields = {
  model: modelField,
  temperature: maybe(t.Number({ minimum: 0, maximum: 2, default: 1 })),
  top_p: maybe(t.Number({ minimum: 0, maximum: 1, default: 1 })),
  seed: maybe(t.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })),
  stop: maybe(t.Union([stopText, t.Array(stopText, { minItems: 0, maxItems: 8 })])),
  presence_penalty: maybe(t.Number({ minimum: -2, maximum: 2 })),
  frequency_penalty: maybe(t.Number({ minimum: -2, maximum: 2 })),
  logit_bias: maybe(
    t.Record(t.String({ maxLength: 10 }), t.Number({ minimum: -100, maximum: 100 }), {
      description: "By a token's id: what is added to its logit.",
      maxProperties: mostBiases,
      "x-takes": {
        type: "object",
        patternProperties: { "^[0-9]{1,10}$": { type: "number", minimum: -100, maximum: 100 } },
        additionalProperties: false,
        maxProperties: mostBiases,
      },
    }),
  ),
  // Of llama.cpp and vLLM: -1 and 0 are how they say "all".
  top_k: maybe(t.Integer({ minimum: -1, maximum: 1_000_000 })),
  min_p: maybe(t.Number({ minimum: 0, maximum: 1 })),
  repetition_penalty: maybe(t.Number({ minimum: 0.1, maximum: 10 })),
  repeat_penalty: maybe(t.Number({ minimum: 0.1, maximum: 10 })),
  n: maybe(t.Integer({ minimum: 1, maximum: mostChoices, default: 1 })),
  stream: maybe(t.Boolean({ default: false })),
  stream_options: maybe(t.Object({ include_usage: maybe(t.Boolean()) })),
  store: maybe(
    t.Boolean({ default: false, description: "true: the conversation enters the list of conversations." }),
  ),
  user: maybe(t.String({ maxLength: 500 })),
  metadata: maybe(t.Record(t.String({ maxLength: 64 }), t.Unknown(), { maxProperties: 64 })),
};

const SamplingFields = t.Object(samplingFields);
type SamplingFields = Static<typeof SamplingFields>;

/**
 * @param limits the answer's length in tokens (null: no limit but the context), and of the reported alternatives
 * @throws BadFieldError
 */
export function samplingOf(
  fields: Pick<
    SamplingFields,
    | "temperature"
    | "top_p"
    | "seed"
    | "stop"
    | "presence_penalty"
    | "frequency_penalty"
    | "logit_bias"
    | "top_k"
    | "min_p"
    | "repetition_penalty"
    | "repeat_penalty"
  >,
  limits: { readonly maxTokens: number | null; readonly topLogprobs: number | null },
): Question["sampling"] {
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
