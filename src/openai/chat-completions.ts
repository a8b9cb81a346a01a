/**
 * `POST /v1/chat/completions`, as OpenAI's. Each answer is a generation like any other: in the log, resumable, stoppable.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
import { Elysia } from "elysia";
import type { Outcome } from "../generations/generation-update.ts";
import { finishReasonOf } from "../http/answer-outcome.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import { ChatCompletionRequest, questionFromCompletion } from "./chat-completion-request.ts";
import { type ChatCompletion, chatCompletionReplies, completionErrors } from "./completion-reply.ts";
import { headersOf, logprobsOf, modelOf, type V1Deps, wholeAnswer } from "./v1-answer.ts";
import { begunChoices, type EndedChoice, endsOfChoices, questionsOf, usageOfChoices } from "./v1-choices.ts";
import { type StreamShape, v1Stream } from "./v1-stream.ts";

type ToldChoice = StaticReply<typeof ChatCompletion>["choices"][number];

export const createChatCompletions = (deps: V1Deps) =>
  new Elysia({ name: "v1-chat-completions", tags: ["openai"] }).post(
    "/v1/chat/completions",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const workspace = deps.workspaceOf(request);
      const n = body.n ?? 1;
      const questions = questionsOf([questionFromCompletion(body, idempotencyKeyOf(request))], n);
      const choices = await begunChoices(workspace, questions, request, deps.slots());
      const { first } = choices;
      if (body.stream === true)
        return await v1Stream(deps, workspace, choices, request, chunksOf(first, n, streamOptionsOf(body)));
      const ended = await endsOfChoices(workspace, choices, request.signal);
      return Response.json(completionOf(first, ended, n), { headers: headersOf(first) });
    },
    {
      body: ChatCompletionRequest,
      detail: openApiDetail({
        summary: "The next message of a conversation, whole or as a stream, as OpenAI's",
        requestHeaders: ["Idempotency-Key"],
        replies: chatCompletionReplies,
        errors: completionErrors,
      }),
    },
  );

const headOf = <const Kind extends string>(generation: Generation, object: Kind, model: string) => ({
  id: `chatcmpl-${generation.id}`,
  object,
  created: Math.floor(generation.createdAt / 1000),
  model,
});

function completionOf(
  first: Generation,
  ended: readonly EndedChoice[],
  n: number,
): StaticReply<typeof ChatCompletion> {
  const outcome = ended.at(0)?.outcome ?? { writers: [] };
  return {
    ...headOf(first, "chat.completion", modelOf(first, outcome)),
    choices: ended.map(choiceOf),
    usage: usageOfChoices(ended, n),
    system_fingerprint: fingerprintOf(outcome),
  };
}

function choiceOf({ index, generation, outcome, logged }: EndedChoice): ToldChoice {
  const { text, reasoning, toolCalls, tokens } = wholeAnswer(logged);
  const message: ToldChoice["message"] = {
    role: "assistant",
    content: toolCalls.length > 0 && text === "" ? null : text,
    refusal: null,
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(toolCalls.length === 0
      ? {}
      : {
          tool_calls: toolCalls.map(({ id, ...called }) => ({
            id,
            type: "function" as const,
            function: called,
          })),
        }),
  };
  const logprobs =
    generation.sampling.topLogprobs === null ? null : { content: tokens.map(logprobsOf), refusal: null };
  return { index, message, logprobs, finish_reason: finishReasonOf(outcome) };
}

/** Changes with whatever changes the words that a seed gives: the model's file and the engine. */
const fingerprintOf = ({ writers }: Pick<Outcome, "writers">) => {
  const last = writers.at(-1);
  return last === undefined ? null : `fp_${last.engine}_${last.modelHash?.slice(0, 10) ?? last.model}`;
};

interface StreamOptions {
  readonly withUsage: boolean;
}

const streamOptionsOf = (body: ChatCompletionRequest): StreamOptions => ({
  withUsage: body.stream_options?.include_usage === true,
});

function chunksOf(first: Generation, n: number, { withUsage }: StreamOptions): StreamShape {
  const head = (model: string) => headOf(first, "chat.completion.chunk", model);
  return {
    choice: ({ index, generation }) => {
      const withLogprobs = generation.sampling.topLogprobs !== null;
      const chunk = (model: string, choice: Record<string, unknown>) => ({
        ...head(model),
        choices: [{ index, logprobs: null, finish_reason: null, ...choice }],
        ...(withUsage ? { usage: null } : {}),
      });
      let called = 0;
      return {
        start: (model) => chunk(model, { delta: { role: "assistant", content: "", refusal: null } }),
        token(model, token) {
          if (token.toolCall !== undefined) {
            const { id, ...call } = token.toolCall;
            const piece = { index: called++, id, type: "function", function: call };
            return chunk(model, { delta: { tool_calls: [piece] } });
          }
          if (token.reasoning) return chunk(model, { delta: { reasoning_content: token.text } });
          return chunk(model, {
            delta: { content: token.text },
            ...(withLogprobs ? { logprobs: { content: [logprobsOf(token)], refusal: null } } : {}),
          });
        },
        end: (model, outcome) => chunk(model, { delta: {}, finish_reason: finishReasonOf(outcome) }),
      };
    },
    ...(withUsage
      ? {
          usage: (model: string, ended: readonly EndedChoice[]) => ({
            ...head(model),
            choices: [],
            usage: usageOfChoices(ended, n),
          }),
        }
      : {}),
  };
}
