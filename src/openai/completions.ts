/**
 * `POST /v1/completions`, as OpenAI's: a text that is gone on with as it is, without a template.
 * @see https://platform.openai.com/docs/api-reference/completions
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { Outcome } from "../generations/generation-update.ts";
import type { Question } from "../generations/question.ts";
import { finishReasonOf } from "../http/answer-outcome.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { maybe, samplingFields, samplingOf, tokenLimitField, tokenLimitOf } from "./completion-fields.ts";
import { completionErrors, completionReplies } from "./completion-reply.ts";
import {
  begunAnswer,
  endOfAnswer,
  headersOf,
  modelOf,
  usageWithDetails,
  type V1Deps,
  wholeAnswer,
} from "./v1-answer.ts";
import { type ChunkShape, v1Stream } from "./v1-stream.ts";

/** A body of this address has 1 MiB at most (app.ts). */
const longestPrompt = 1_000_000;

/** OpenAI's own. */
const usualLength = 16;

const CompletionRequest = t.Object(
  {
    ...samplingFields,
    prompt: t.Union([
      t.String({ minLength: 1, maxLength: longestPrompt }),
      t.Array(t.Unknown(), {
        minItems: 1,
        maxItems: 2048,
        "x-takes": { type: "array", items: { type: "string", minLength: 1 }, minItems: 1, maxItems: 1 },
      }),
    ]),
    max_tokens: tokenLimitField(usualLength),
    logprobs: maybe(t.Integer({ minimum: 0, maximum: 5 })),
    echo: maybe(t.Boolean({ description: "Not with logprobs." })),
    best_of: maybe(t.Integer({ minimum: 1, maximum: 20, "x-takes": { type: "integer", const: 1 } })),
    suffix: maybe(t.String({ maxLength: longestPrompt, "x-takes": { type: "string", const: "" } })),
  },
  {
    title: "CompletionRequest",
    description: "A text that is gone on with.",
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
      const question = questionFrom(body, idempotencyKeyOf(request));
      const generation = await begunAnswer(workspace, question, request);
      const echoed = body.echo === true ? question.message : "";
      if (body.stream === true) {
        const withUsage = body.stream_options?.include_usage === true;
        return await v1Stream(deps, workspace, generation, request, chunksOf(generation, echoed, withUsage));
      }
      const outcome = await endOfAnswer(workspace, generation, request.signal);
      const logged = workspace.generations.tokens(generation.id, 0);
      const { text, tokens } = wholeAnswer(logged);
      const choice = {
        text: echoed + text,
        index: 0,
        logprobs: columnsOf(generation, tokens, echoed.length),
      };
      return Response.json(
        {
          ...headOf(generation, modelOf(generation, outcome)),
          choices: [{ ...choice, finish_reason: finishReasonOf(outcome) }],
          usage: usageWithDetails(outcome, logged),
        },
        { headers: headersOf(generation) },
      );
    },
    {
      body: CompletionRequest,
      detail: openApiDetail({
        summary: "Go on with a text, as OpenAI's",
        requestHeaders: ["Idempotency-Key"],
        replies: completionReplies,
        errors: completionErrors,
      }),
    },
  );

function questionFrom(request: CompletionRequest, idempotencyKey: string | null): Question {
  const prompt = promptIn(request.prompt);
  if (request.suffix != null && request.suffix !== "")
    throw new BadFieldError("suffix", "cannot be used: the models here write forwards only.");
  if (request.best_of != null && request.best_of > 1) throw new BadFieldError("best_of", "must be 1.");
  const onlyWritten = "only tokens that are written are given log-probabilities here.";
  if (request.max_tokens === 0) throw new BadFieldError("max_tokens", `must be at least 1: ${onlyWritten}`);
  if (request.echo === true && request.logprobs != null)
    throw new BadFieldError("echo", `cannot be used with logprobs: ${onlyWritten}`);
  return {
    message: prompt,
    model: request.model ?? "auto",
    memoryContext: 0,
    sampling: samplingOf(request, {
      maxTokens: tokenLimitOf(request.max_tokens ?? usualLength),
      topLogprobs: request.logprobs ?? null,
    }),
    request: { messages: [], prompt },
    isKept: request.store === true,
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  };
}

function promptIn(prompt: CompletionRequest["prompt"]): string {
  if (typeof prompt === "string") return prompt;
  const [only, ...more] = prompt;
  if (typeof only !== "string" || only === "")
    throw new BadFieldError("prompt", "must be a text: tokens differ from model to model.");
  if (more.length > 0) throw new BadFieldError("prompt", "must be one text: send one request for each.");
  return only;
}

const headOf = (generation: Generation, model: string) => ({
  id: `cmpl-${generation.id}`,
  object: "text_completion",
  created: Math.floor(generation.createdAt / 1000),
  model,
});

function chunksOf(generation: Generation, echoed: string, withUsage: boolean): ChunkShape {
  let offset = echoed.length;
  const chunk = (model: string, choice: Record<string, unknown>) => ({
    ...headOf(generation, model),
    choices: [{ index: 0, logprobs: null, finish_reason: null, ...choice }],
    ...(withUsage ? { usage: null } : {}),
  });
  return {
    ...(echoed === "" ? {} : { start: (model: string) => chunk(model, { text: echoed }) }),
    token(model, token) {
      const text = token.reasoning || token.toolCall ? "" : token.text;
      const logprobs = columnsOf(generation, [token], offset);
      offset += text.length;
      return chunk(model, { text, logprobs });
    },
    end(model, outcome: Outcome, logged) {
      const last = chunk(model, { text: "", finish_reason: finishReasonOf(outcome) });
      if (!withUsage) return [last];
      return [last, { ...headOf(generation, model), choices: [], usage: usageWithDetails(outcome, logged) }];
    },
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
