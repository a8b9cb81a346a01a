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
import type { Workspace } from "../workspace/workspace.ts";
import { ChatCompletionRequest, questionFromCompletion } from "./chat-completion-request.ts";
import { type ChatCompletion, chatCompletionReplies, completionErrors } from "./completion-reply.ts";
import {
  begunAnswer,
  endOfAnswer,
  headersOf,
  logprobsOf,
  modelOf,
  usageWithDetails,
  type V1Deps,
  wholeAnswer,
} from "./v1-answer.ts";
import { type ChunkShape, v1Stream } from "./v1-stream.ts";

export const createChatCompletions = (deps: V1Deps) =>
  new Elysia({ name: "v1-chat-completions", tags: ["openai"] }).post(
    "/v1/chat/completions",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const workspace = deps.workspaceOf(request);
      const question = questionFromCompletion(body, idempotencyKeyOf(request));
      const generation = await begunAnswer(workspace, question, request);
      const withUsage = body.stream_options?.include_usage === true;
      return body.stream === true
        ? await v1Stream(deps, workspace, generation, request, chunksOf(generation, withUsage))
        : Response.json(
            completionOf(workspace, generation, await endOfAnswer(workspace, generation, request.signal)),
            {
              headers: headersOf(generation),
            },
          );
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
  { generations }: Workspace,
  generation: Generation,
  outcome: Outcome,
): StaticReply<typeof ChatCompletion> {
  const logged = generations.tokens(generation.id, 0);
  const { text, reasoning, toolCalls, tokens } = wholeAnswer(logged);
  const message: StaticReply<typeof ChatCompletion>["choices"][number]["message"] = {
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
  return {
    ...headOf(generation, "chat.completion", modelOf(generation, outcome)),
    choices: [{ index: 0, message, logprobs, finish_reason: finishReasonOf(outcome) }],
    usage: usageWithDetails(outcome, logged),
    system_fingerprint: fingerprintOf(outcome),
  };
}

/** Changes with whatever changes the words that a seed gives: the model's file and the engine. */
const fingerprintOf = ({ writers }: Pick<Outcome, "writers">) => {
  const last = writers.at(-1);
  return last === undefined ? null : `fp_${last.engine}_${last.modelHash?.slice(0, 10) ?? last.model}`;
};

function chunksOf(generation: Generation, withUsage: boolean): ChunkShape {
  const withLogprobs = generation.sampling.topLogprobs !== null;
  const chunk = (model: string, choice: Record<string, unknown>) => ({
    ...headOf(generation, "chat.completion.chunk", model),
    choices: [{ index: 0, logprobs: null, finish_reason: null, ...choice }],
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
    end(model, outcome, logged) {
      const last = chunk(model, { delta: {}, finish_reason: finishReasonOf(outcome) });
      if (!withUsage) return [last];
      const usage = usageWithDetails(outcome, logged);
      return [last, { ...headOf(generation, "chat.completion.chunk", model), choices: [], usage }];
    },
  };
}
