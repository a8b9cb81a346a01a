/**
 * `POST /v1/chat/completions`, as OpenAI's. Each answer is a generation like any other: in the log, resumable, stoppable.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
import { Elysia } from "elysia";
import type { ToolCall } from "../chat/engine.ts";
import { type DialectDeps, headersOf, modelOf, wholeAnswer } from "../dialects/answer.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { CallDeltas } from "../generations/call-deltas.ts";
import type { Outcome, Progress } from "../generations/generation-update.ts";
import { finishReasonOf } from "../http/answer-outcome.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import {
  ChatCompletionRequest,
  isOfOldFunctions,
  questionFromCompletion,
} from "./chat-completion-request.ts";
import { type ChatCompletion, chatCompletionReplies } from "./completion-reply.ts";
import { CustomDeltas, calledCustom, customNames } from "./custom-tools.ts";
import { fingerprintOf, logprobsOf } from "./v1-choice-facts.ts";
import {
  begunChoices,
  type EndedChoice,
  endsOfChoices,
  questionsOf,
  timingsOf,
  usageOfChoices,
} from "./v1-choices.ts";
import { type StreamShape, v1Stream } from "./v1-stream.ts";

type ToldChoice = StaticReply<typeof ChatCompletion>["choices"][number];

export const createChatCompletions = (deps: DialectDeps) =>
  new Elysia({ name: "v1-chat-completions", tags: ["openai"] }).post(
    "/v1/chat/completions",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const workspace = deps.workspaceOf(request);
      const n = body.n ?? 1;
      const ignored = new IgnoredFields(body, ChatCompletionRequest);
      const question = questionFromCompletion(body, idempotencyKeyOf(request), ignored);
      const questions = questionsOf([question], n);
      const choices = await begunChoices(workspace, questions, request, deps.slots());
      const { first } = choices;
      if (body.stream === true)
        return await v1Stream(
          { ...deps, headers: ignored.headers() },
          workspace,
          choices,
          request,
          chunksOf(first, n, streamOptionsOf(body)),
        );
      const ended = await endsOfChoices(workspace, choices, request.signal);
      return Response.json(completionOf(first, ended, { n, isOld: isOfOldFunctions(body) }), {
        headers: { ...headersOf(first), ...ignored.headers() },
      });
    },
    {
      body: ChatCompletionRequest,
      detail: openApiDetail({
        summary: "The next message of a conversation, whole or as a stream, as OpenAI's",
        description:
          "Fields, tools and items that have no effect here are passed over; the header X-Ignored-Fields names them.",
        requestHeaders: ["Idempotency-Key"],
        replies: chatCompletionReplies,
        errors: askingErrors,
      }),
    },
  );

const headOf = <const Kind extends string>(generation: Generation, object: Kind, model: string) => ({
  id: `chatcmpl-${generation.id}`,
  object,
  created: Math.floor(generation.createdAt / 1000),
  model,
});

/** @param ended in the order of their choices */
export function completionOf(
  first: Generation,
  ended: readonly EndedChoice[],
  { n, isOld }: { readonly n: number; readonly isOld: boolean },
): StaticReply<typeof ChatCompletion> {
  const outcome = ended.at(0)?.outcome ?? { writers: [] };
  return {
    ...headOf(first, "chat.completion", modelOf(first, outcome)),
    choices: ended.map((choice) => choiceOf(choice, isOld)),
    usage: usageOfChoices(ended, n),
    system_fingerprint: fingerprintOf(outcome),
  };
}

/** @param isOld calls have the form for programs from before tools */
function choiceOf({ index, generation, outcome, logged }: EndedChoice, isOld: boolean): ToldChoice {
  const { text, reasoning, toolCalls, tokens } = wholeAnswer(logged);
  const [first] = toolCalls;
  const message: ToldChoice["message"] = {
    role: "assistant",
    content: first !== undefined && text === "" ? null : text,
    refusal: null,
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(first === undefined
      ? {}
      : isOld
        ? { function_call: oldCall(first) }
        : calledTools(toolCalls, generation)),
  };
  const logprobs =
    generation.sampling.topLogprobs === null ? null : { content: tokens.map(logprobsOf), refusal: null };
  return { index, message, logprobs, finish_reason: reasonOf(outcome, isOld) };
}

const oldCall = ({ name, arguments: given }: ToolCall) => ({ name, arguments: given });
const calledTools = (toolCalls: readonly ToolCall[], { request }: Generation) => {
  const custom = customNames(request);
  return {
    tool_calls: toolCalls.map((call) =>
      custom.has(call.name)
        ? calledCustom(call)
        : { id: call.id, type: "function" as const, function: oldCall(call) },
    ),
  };
};
function reasonOf(outcome: Outcome, isOld: boolean) {
  const reason = finishReasonOf(outcome);
  return isOld && reason === "tool_calls" ? ("function_call" as const) : reason;
}

interface StreamOptions {
  readonly withUsage: boolean;
  readonly withTimings: boolean;
  /** What was read of the prompt is told in chunks, as llama.cpp does. */
  readonly withProgress: boolean;
  readonly isOld: boolean;
}

const streamOptionsOf = (body: ChatCompletionRequest): StreamOptions => ({
  withUsage: body.stream_options?.include_usage === true,
  withTimings: body.timings_per_token === true,
  withProgress: body.return_progress === true,
  isOld: isOfOldFunctions(body),
});

const promptProgress = (
  { createdAt }: Generation,
  { processed, total, cached }: NonNullable<Extract<Progress, { type: "reading" }>["tokens"]>,
) => ({ total, cache: cached, processed, time_ms: Date.now() - createdAt });

function chunksOf(
  first: Generation,
  n: number,
  { withUsage, withTimings, withProgress, isOld }: StreamOptions,
): StreamShape {
  const head = (model: string) => headOf(first, "chat.completion.chunk", model);
  return {
    choice: ({ index, generation }) => {
      const withLogprobs = generation.sampling.topLogprobs !== null;
      const chunk = (model: string, choice: Record<string, unknown>) => ({
        ...head(model),
        choices: [{ index, logprobs: null, finish_reason: null, ...choice }],
        ...(withUsage ? { usage: null } : {}),
      });
      const calls = new CallDeltas();
      const custom = new CustomDeltas(customNames(generation.request));
      return {
        start: (model) => chunk(model, { delta: { role: "assistant", content: "", refusal: null } }),
        progress: (model, progress) =>
          withProgress && progress.type === "reading" && progress.tokens !== undefined
            ? { ...chunk(model, { delta: {} }), prompt_progress: promptProgress(generation, progress.tokens) }
            : null,
        token(model, token) {
          if (token.toolPiece !== undefined || token.toolCall !== undefined) {
            const call = calls.of(token);
            if (call !== null && isOld) return chunk(model, { delta: { function_call: call.function } });
            const told = call === null ? null : custom.of(call);
            return told === null ? null : chunk(model, { delta: { tool_calls: [told] } });
          }
          if (token.reasoning) return chunk(model, { delta: { reasoning_content: token.text } });
          return chunk(model, {
            delta: { content: token.text },
            ...(withLogprobs ? { logprobs: { content: [logprobsOf(token)], refusal: null } } : {}),
          });
        },
        end: (model, outcome) => chunk(model, { delta: {}, finish_reason: reasonOf(outcome, isOld) }),
      };
    },
    ...(withUsage
      ? {
          usage: (model: string, ended: readonly EndedChoice[]) => ({
            ...head(model),
            choices: [],
            usage: usageOfChoices(ended, n),
            ...(withTimings ? { timings: timingsOf(ended) } : {}),
          }),
        }
      : {}),
  };
}
