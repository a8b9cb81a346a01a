/**
 * What /v1/completions takes, and how it becomes questions: one for each prompt, which is a text or the ids of its tokens.
 * @see https://platform.openai.com/docs/api-reference/completions/create
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { maybe } from "../dialects/maybe.ts";
import { mostTokens } from "../dialects/prompt-size.ts";
import { samplingOf, tokenLimitOf } from "../dialects/sampling.ts";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { answerFormatFields, answerFormatOf } from "./answer-format.ts";
import { samplingFields, tokenLimitField } from "./completion-fields.ts";
import { mostAnswers } from "./v1-choices.ts";

const longestPrompt = 1_000_000;

/** OpenAI's own. */
const usualLength = 16;

const tokenId = { type: "integer", minimum: 0 };
const tokenIds = { type: "array", items: tokenId, minItems: 1 };
const promptText = { type: "string", minLength: 1, maxLength: longestPrompt };

export const CompletionRequest = t.Object(
  {
    ...samplingFields,
    prompt: t.Union([
      t.String({ minLength: 0, maxLength: longestPrompt, "x-takes": promptText }),
      t.Array(t.Unknown(), {
        minItems: 1,
        maxItems: mostTokens,
        description: "Several prompts, or one as the ids of its tokens.",
        "x-takes": {
          anyOf: [
            {
              type: "array",
              items: { anyOf: [{ type: "string", minLength: 1 }, tokenIds] },
              minItems: 1,
              maxItems: mostAnswers,
            },
            tokenIds,
          ],
        },
      }),
    ]),
    max_tokens: tokenLimitField(usualLength),
    logprobs: maybe(t.Integer({ minimum: 0, maximum: 5 })),
    echo: maybe(
      t.Boolean({
        description: "The prompt stands before the answer; with logprobs, so do those of its tokens.",
      }),
    ),
    ...answerFormatFields,
    best_of: maybe(
      t.Integer({
        minimum: 1,
        maximum: 20,
        description: "As many as n.",
        "x-takes": { type: "integer", const: 1 },
      }),
    ),
    suffix: maybe(t.String({ maxLength: longestPrompt, "x-takes": { type: "string", const: "" } })),
  },
  {
    title: "CompletionRequest",
    // Kept, so that the reply can name them.
    additionalProperties: t.Unknown(),
    description: "A text to continue.",
    examples: [{ model: "auto", prompt: "A bond is", max_tokens: 32 }],
  },
);
export type CompletionRequest = Static<typeof CompletionRequest>;

/** How many answers each prompt gets. @throws BadFieldError */
export function choicesOf({ n, best_of: bestOf }: CompletionRequest): number {
  if (bestOf != null && bestOf !== (n ?? 1))
    throw new BadFieldError("best_of", "must be n: every answer that is written is given here.");
  return n ?? 1;
}

/** One a prompt. @throws BadFieldError */
export function questionsFrom(
  request: CompletionRequest,
  idempotencyKey: string | null,
  ignored: IgnoredFields,
): readonly Question[] {
  const prompts = promptsIn(request.prompt);
  if (request.suffix != null && request.suffix !== "")
    throw new BadFieldError("suffix", "cannot be used: the models here write forwards only.");
  const sampling = samplingOf(request, {
    maxTokens: tokenLimitOf(request.max_tokens ?? usualLength),
    topLogprobs: request.logprobs ?? null,
  });
  const format = answerFormatOf(request, ignored);
  return prompts.map((prompt) => {
    const isText = typeof prompt === "string";
    // What was sent as a text need not be asked for.
    const echo = request.echo === true && (!isText || request.logprobs != null);
    return {
      message: isText ? prompt : `[${prompt.length} tokens]`,
      model: request.model ?? "auto",
      memoryContext: 0,
      sampling,
      request: { messages: [], prompt, ...(echo ? { echo } : {}), ...(format === null ? {} : { format }) },
      isKept: request.store === true,
      ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
    };
  });
}

const TokenIds = t.Array(t.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }), {
  minItems: 1,
  maxItems: mostTokens,
});

/** @throws BadFieldError naming the place of what is no prompt */
function promptsIn(prompt: CompletionRequest["prompt"]): readonly (string | readonly number[])[] {
  if (typeof prompt === "string") return [promptIn(prompt, "prompt")];
  if (Value.Check(TokenIds, prompt)) return [prompt];
  if (prompt.length > mostAnswers)
    throw new BadFieldError(
      "prompt",
      `must hold at most ${mostAnswers} prompts, or the ids of one prompt's tokens. Send the others in another request.`,
    );
  return prompt.map((each, index) => promptIn(each, `prompt[${index}]`));
}

function promptIn(prompt: unknown, place: string): string | readonly number[] {
  if (typeof prompt === "string" && prompt !== "") return prompt;
  if (Value.Check(TokenIds, prompt)) return prompt;
  const isEmpty = prompt === "" || (Array.isArray(prompt) && prompt.length === 0);
  throw new BadFieldError(place, isEmpty ? "is empty." : "must be a text, or a list of ids of tokens.");
}
