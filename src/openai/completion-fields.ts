/** The common fields of the requests of /v1: sampling, and who may read the answer again. */
import { Type as t } from "@sinclair/typebox";
import { maybe } from "../dialects/maybe.ts";

/** Some programs send an empty one for none. */
const stopText = t.String({ minLength: 0, maxLength: 200 });
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
  // As vLLM and llama.cpp name it; -1 is how they say "no limit".
  thinking_token_budget: maybe(t.Integer({ minimum: -1, maximum: 1_000_000 })),
  thinking_budget_tokens: maybe(t.Integer({ minimum: -1, maximum: 1_000_000 })),
  n: maybe(t.Integer({ minimum: 1, maximum: mostChoices, default: 1 })),
  stream: maybe(t.Boolean({ default: false })),
  stream_options: maybe(t.Object({ include_usage: maybe(t.Boolean()) })),
  store: maybe(
    t.Boolean({ default: false, description: "true: the conversation enters the list of conversations." }),
  ),
  user: maybe(t.String({ maxLength: 500 })),
  metadata: maybe(t.Record(t.String({ maxLength: 64 }), t.Unknown(), { maxProperties: 64 })),
};
