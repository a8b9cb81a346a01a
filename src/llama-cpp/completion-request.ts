/**
 * What /completion and /infill take, and how it becomes a question.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { ApiRequest } from "../chat/api-request.ts";
import type { AnswerFormat } from "../chat/engine.ts";
import { maybe } from "../dialects/maybe.ts";
import { mostTokens } from "../dialects/prompt-size.ts";
import { samplingOf, tokenLimitOf } from "../dialects/sampling.ts";
import { schemaForm } from "../dialects/schema-form.ts";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";

const longestPrompt = 1_000_000;
const text = t.String({ minLength: 0, maxLength: longestPrompt });
const stop = t.String({ minLength: 0, maxLength: 200 });
const bias = t.Number({ minimum: -1000, maximum: 1000 });
const mostBiases = 1024;

/** Its own, where a request does not say otherwise. */
const usual = { temperature: 0.8, top_k: 40, top_p: 0.95, min_p: 0.05 };

const samplingFields = {
  model: maybe(t.String({ minLength: 0, maxLength: 200, default: "auto" })),
  n_predict: maybe(
    t.Integer({
      minimum: -1,
      maximum: Number.MAX_SAFE_INTEGER,
      default: -1,
      description: "The most tokens of the answer; -1: as many as the model's context holds.",
    }),
  ),
  max_tokens: maybe(t.Integer({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER, "x-hidden": true })),
  temperature: maybe(t.Number({ minimum: -1, maximum: 2, default: 0.8 })),
  top_k: maybe(t.Integer({ minimum: -1, maximum: 1_000_000, default: 40 })),
  top_p: maybe(t.Number({ minimum: 0, maximum: 1, default: 0.95 })),
  min_p: maybe(t.Number({ minimum: 0, maximum: 1, default: 0.05 })),
  repeat_penalty: maybe(t.Number({ minimum: 0.1, maximum: 10 })),
  presence_penalty: maybe(t.Number({ minimum: -2, maximum: 2 })),
  frequency_penalty: maybe(t.Number({ minimum: -2, maximum: 2 })),
  seed: maybe(t.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, default: -1 })),
  stop: maybe(t.Union([stop, t.Array(stop, { minItems: 0, maxItems: 16 })])),
  logit_bias: maybe(
    t.Union(
      [
        t.Array(t.Tuple([t.Integer({ minimum: 0 }), t.Union([bias, t.Literal(false)])]), {
          minItems: 0,
          maxItems: mostBiases,
        }),
        t.Record(t.String({ maxLength: 10 }), bias, { maxProperties: mostBiases }),
      ],
      {
        description:
          "Pairs of a token's id and what is added to its logit (false: it is never written), or an object.",
        "x-takes": {
          anyOf: [
            { type: "array", items: { type: "array" } },
            { type: "object", additionalProperties: { type: "number", minimum: -1000, maximum: 1000 } },
          ],
        },
      },
    ),
  ),
  n_probs: maybe(t.Integer({ minimum: 0, maximum: 20 })),
  grammar: maybe(t.String({ maxLength: 100_000, description: "GBNF." })),
  json_schema: maybe(t.Record(t.String(), t.Unknown())),
  stream: maybe(t.Boolean({ default: false })),
  return_tokens: maybe(t.Boolean()),
  return_progress: maybe(t.Boolean()),
  timings_per_token: maybe(t.Boolean()),
  // Every prompt is cached here.
  cache_prompt: maybe(t.Boolean()),
};

export const CompletionRequest = t.Object(
  {
    ...samplingFields,
    prompt: t.Union([
      text,
      t.Array(t.Unknown(), {
        minItems: 1,
        maxItems: mostTokens,
        description: "The ids of its tokens, or one text.",
        "x-takes": {
          anyOf: [
            { type: "array", items: { type: "integer", minimum: 0 }, minItems: 1 },
            { type: "array", items: { type: "string", minLength: 1 }, minItems: 1, maxItems: 1 },
          ],
        },
      }),
    ]),
  },
  {
    title: "LlamaCppCompletionRequest",
    // Kept, so that the reply can name them.
    additionalProperties: t.Unknown(),
    examples: [{ prompt: "A bond is", n_predict: 32 }],
  },
);
export type CompletionRequest = Static<typeof CompletionRequest>;

export const InfillRequest = t.Object(
  {
    ...samplingFields,
    input_prefix: text,
    input_suffix: text,
    prompt: maybe(text),
  },
  {
    title: "LlamaCppInfillRequest",
    additionalProperties: t.Unknown(),
    examples: [{ input_prefix: "def add(a, b):\n    return ", input_suffix: "\n", n_predict: 8 }],
  },
);
export type InfillRequest = Static<typeof InfillRequest>;

const TokenIds = t.Array(t.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }), {
  minItems: 1,
  maxItems: mostTokens,
});

/** @throws BadFieldError */
export function promptIn({ prompt }: CompletionRequest): string | readonly number[] {
  if (typeof prompt === "string") {
    if (prompt === "") throw new BadFieldError("prompt", "is empty.");
    return prompt;
  }
  if (Value.Check(TokenIds, prompt)) return prompt;
  const [only, ...more] = prompt;
  if (typeof only === "string" && only !== "" && more.length === 0) return only;
  throw new BadFieldError(
    "prompt",
    "must be one text, or the ids of its tokens. Send several prompts to /v1/completions.",
  );
}

/** @throws BadFieldError */
export function questionFrom(
  request: Omit<CompletionRequest, "prompt">,
  prompt: string | readonly number[],
  shown: string,
  idempotencyKey: string | null,
): Question {
  const { n_probs: probabilities, seed, temperature, logit_bias: biases } = request;
  const form = formOf(request);
  const api: ApiRequest = { messages: [], prompt, ...(form === null ? {} : { format: form }) };
  return {
    message: shown,
    model: request.model || "auto",
    memoryContext: 0,
    sampling: samplingOf(
      {
        ...usual,
        ...Object.fromEntries(
          Object.entries(request).filter(([name, value]) => value !== null && sampled.has(name)),
        ),
        ...(temperature == null ? {} : { temperature: Math.max(0, temperature) }),
        seed: seed == null || seed === -1 ? null : seed,
        stop: request.stop ?? [],
        logit_bias: biases == null ? null : biasesOf(biases),
      },
      {
        maxTokens: tokenLimitOf(request.n_predict ?? request.max_tokens),
        topLogprobs: probabilities ? probabilities : null,
      },
    ),
    request: api,
    isKept: false,
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  };
}

const sampled = new Set([
  ...["top_k", "top_p", "min_p", "repeat_penalty", "presence_penalty", "frequency_penalty"],
]);

const clamped = (value: number) => Math.min(100, Math.max(-100, value));

const biasesOf = (sent: NonNullable<CompletionRequest["logit_bias"]>): Record<string, number> =>
  Object.fromEntries(
    Array.isArray(sent)
      ? sent.map(([id, value]) => [String(id), value === false ? -100 : clamped(value)])
      : Object.entries(sent).map(([id, value]) => [id, clamped(value)]),
  );

function formOf({
  grammar,
  json_schema: schema,
}: Pick<CompletionRequest, "grammar" | "json_schema">): AnswerFormat | null {
  if (grammar && schema != null)
    throw new BadFieldError("grammar", "cannot be used with json_schema: an answer has one form.");
  if (grammar) return { type: "grammar", grammar };
  if (schema == null) return null;
  return Object.keys(schema).length === 0 ? { type: "json" } : schemaForm(schema, "json_schema");
}
