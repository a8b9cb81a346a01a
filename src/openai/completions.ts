/**
 * `POST /v1/completions`, as OpenAI's: a text to continue as it is, without a template.
 * @see https://platform.openai.com/docs/api-reference/completions
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { Question } from "../generations/question.ts";
import { finishReasonOf } from "../http/answer-outcome.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { maybe, samplingFields, samplingOf, tokenLimitField, tokenLimitOf } from "./completion-fields.ts";
import { completionErrors, completionReplies } from "./completion-reply.ts";
import { IgnoredFields } from "./ignored-fields.ts";
import { headersOf, modelOf, type V1Deps, wholeAnswer } from "./v1-answer.ts";
import {
  begunChoices,
  type Choice,
  type EndedChoice,
  endsOfChoices,
  questionsOf,
  usageOfChoices,
} from "./v1-choices.ts";
import { type StreamShape, v1Stream } from "./v1-stream.ts";

/** A body of this address has 1 MiB at most (app.ts). */
const longestPrompt = 1_000_000;

/** OpenAI's own. */
const usualLength = 16;

const CompletionRequest = t.Object(
  {
    ...samplingFields,
    prompt: t.Union([
      t.String({
        minLength: 0,
        maxLength: longestPrompt,
        "x-takes": { type: "string", minLength: 1, maxLength: longestPrompt },
      }),
      t.Array(t.Unknown(), {
        minItems: 1,
        maxItems: 2048,
        "x-takes": { type: "array", items: { type: "string", minLength: 1 }, minItems: 1, maxItems: 128 },
      }),
    ]),
    max_tokens: tokenLimitField(usualLength),
    logprobs: maybe(t.Integer({ minimum: 0, maximum: 5 })),
    echo: maybe(t.Boolean({ description: "Not with logprobs." })),
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
type CompletionRequest = Static<typeof CompletionRequest>;

export const createCompletions = (deps: V1Deps) =>
  new Elysia({ name: "v1-completions", tags: ["openai"] }).post(
    "/v1/completions",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const workspace = deps.workspaceOf(request);
      const n = choicesOf(body);
      const headers = new IgnoredFields(body, CompletionRequest).headers();
      const questions = questionsOf(questionsFrom(body, idempotencyKeyOf(request)), n);
      const choices = await begunChoices(workspace, questions, request, deps.slots());
      const { first } = choices;
      const echoed = ({ index }: Choice) => (body.echo === true ? (questions[index]?.message ?? "") : "");
      if (body.stream === true) {
        const withUsage = body.stream_options?.include_usage === true;
        const shape = chunksOf(first, n, { echoed, withUsage });
        return await v1Stream({ ...deps, headers }, workspace, choices, request, shape);
      }
      const ended = await endsOfChoices(workspace, choices, request.signal);
      return Response.json(
        {
          ...headOf(first, modelOf(first, ended.at(0)?.outcome ?? { writers: [] })),
          choices: ended.map((choice) => choiceOf(choice, echoed(choice))),
          usage: usageOfChoices(ended, n),
        },
        { headers: { ...headersOf(first), ...headers } },
      );
    },
    {
      body: CompletionRequest,
      detail: openApiDetail({
        summary: "Go on with a text, as OpenAI's",
        description:
          "Fields, tools and items that have no effect here are passed over; the header X-Ignored-Fields names them.",
        requestHeaders: ["Idempotency-Key"],
        replies: completionReplies,
        errors: completionErrors,
      }),
    },
  );

/** @throws BadFieldError */
function choicesOf({ n, best_of: bestOf }: CompletionRequest): number {
  if (bestOf != null && bestOf !== (n ?? 1))
    throw new BadFieldError("best_of", "must be n: every answer that is written is given here.");
  return n ?? 1;
}

/** One a prompt. @throws BadFieldError */
function questionsFrom(request: CompletionRequest, idempotencyKey: string | null): readonly Question[] {
  const prompts = promptsIn(request.prompt);
  if (request.suffix != null && request.suffix !== "")
    throw new BadFieldError("suffix", "cannot be used: the models here write forwards only.");
  const onlyWritten = "only tokens that are written are given log-probabilities here.";
  if (request.echo === true && request.logprobs != null)
    throw new BadFieldError("echo", `cannot be used with logprobs: ${onlyWritten}`);
  const sampling = samplingOf(request, {
    maxTokens: tokenLimitOf(request.max_tokens ?? usualLength),
    topLogprobs: request.logprobs ?? null,
  });
  return prompts.map((prompt) => ({
    message: prompt,
    model: request.model ?? "auto",
    memoryContext: 0,
    sampling,
    request: { messages: [], prompt },
    isKept: request.store === true,
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  }));
}

function promptsIn(prompt: CompletionRequest["prompt"]): readonly string[] {
  const texts = typeof prompt === "string" ? [prompt] : prompt;
  return texts.map((each, index) => {
    if (typeof each === "string" && each !== "") return each;
    throw new BadFieldError(
      typeof prompt === "string" ? "prompt" : `prompt[${index}]`,
      each === "" ? "is empty." : "must be a text: tokens differ from model to model.",
    );
  });
}

function choiceOf({ index, generation, outcome, logged }: EndedChoice, echoed: string) {
  const { text, tokens } = wholeAnswer(logged);
  return {
    text: echoed + text,
    index,
    logprobs: columnsOf(generation, tokens, echoed.length),
    finish_reason: finishReasonOf(outcome),
  };
}

const headOf = (generation: Generation, model: string) => ({
  id: `cmpl-${generation.id}`,
  object: "text_completion",
  created: Math.floor(generation.createdAt / 1000),
  model,
});

function chunksOf(
  first: Generation,
  n: number,
  { echoed, withUsage }: { readonly echoed: (choice: Choice) => string; readonly withUsage: boolean },
): StreamShape {
  return {
    choice: (choice) => {
      const { index, generation } = choice;
      const before = echoed(choice);
      let offset = before.length;
      const chunk = (model: string, fields: Record<string, unknown>) => ({
        ...headOf(first, model),
        choices: [{ index, logprobs: null, finish_reason: null, ...fields }],
        ...(withUsage ? { usage: null } : {}),
      });
      return {
        ...(before === "" ? {} : { start: (model: string) => chunk(model, { text: before }) }),
        token(model, token) {
          if (token.toolPiece !== undefined) return null;
          const text = token.reasoning || token.toolCall ? "" : token.text;
          const logprobs = columnsOf(generation, [token], offset);
          offset += text.length;
          return chunk(model, { text, logprobs });
        },
        end: (model, outcome) => chunk(model, { text: "", finish_reason: finishReasonOf(outcome) }),
      };
    },
    ...(withUsage
      ? {
          usage: (model: string, ended: readonly EndedChoice[]) => ({
            ...headOf(first, model),
            choices: [],
            usage: usageOfChoices(ended, n),
          }),
        }
      : {}),
  };
}

/** Log-probabilities in columns, as this older interface has them. @param offset where the first token begins in the text */
function columnsOf({ sampling }: Generation, tokens: readonly LoggedToken[], offset: number) {
  if (sampling.topLogprobs === null) return null;
  let next = offset;
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprob }) => logprob ?? null),
    top_logprobs: tokens.map(({ alternatives = [] }) =>
      Object.fromEntries(alternatives.map(({ text, logprob }) => [text, logprob])),
    ),
    text_offset: tokens.map(({ text }) => {
      next += text.length;
      return next - text.length;
    }),
  };
}
