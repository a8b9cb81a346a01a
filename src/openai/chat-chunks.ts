/**
 * The chunks of `POST /v1/chat/completions`: one for each token and for the end. They depend on the log and on the request's fields
 * alone, so the same answer has the same chunks whenever it is read.
 */
import type { StreamFields } from "../chat/api-request.ts";
import { CallDeltas } from "../generations/call-deltas.ts";
import type { Outcome, Progress } from "../generations/generation-update.ts";
import { finishReasonOf } from "../http/answer-outcome.ts";
import type { Generation } from "../store/schema.ts";
import { type ChatCompletionRequest, isOfOldFunctions } from "./chat-completion-request.ts";
import { CustomDeltas, customNames } from "./custom-tools.ts";
import { logprobsOf } from "./v1-choice-facts.ts";
import { type EndedChoice, timingsOf, usageOfChoices } from "./v1-choices.ts";
import type { StreamShape } from "./v1-stream.ts";

export const headOf = <const Kind extends string>(generation: Generation, object: Kind, model: string) => ({
  id: `chatcmpl-${generation.id}`,
  object,
  created: Math.floor(generation.createdAt / 1000),
  model,
});

export function reasonOf(outcome: Outcome, isOld: boolean) {
  const reason = finishReasonOf(outcome);
  return isOld && reason === "tool_calls" ? ("function_call" as const) : reason;
}

export const streamFieldsOf = (body: ChatCompletionRequest): StreamFields => ({
  withUsage: body.stream_options?.include_usage === true,
  withTimings: body.timings_per_token === true,
  withProgress: body.return_progress === true,
  isOld: isOfOldFunctions(body),
});

const promptProgress = (
  { createdAt }: Generation,
  { processed, total, cached }: NonNullable<Extract<Progress, { type: "reading" }>["tokens"]>,
) => ({ total, cache: cached, processed, time_ms: Date.now() - createdAt });

export function chunksOf(
  first: Generation,
  n: number,
  { withUsage, withTimings, withProgress, isOld }: StreamFields,
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
        end: (model, outcome) => ({
          ...chunk(model, { delta: {}, finish_reason: reasonOf(outcome, isOld) }),
          ...(withTimings && !withUsage ? { timings: timingsOf([{ index, outcome, logged: [] }]) } : {}),
        }),
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
