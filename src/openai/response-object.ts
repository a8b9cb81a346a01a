/** An answer as OpenAI's Response object. It knows nothing of how it is read or sent. */
import type { ApiRequest, ResponseFields } from "../chat/api-request.ts";
import type { Tool, ToolCall } from "../chat/engine.ts";
import { reasoningTokensOf, wholeAnswer } from "../dialects/answer.ts";
import { mostTokens } from "../dialects/prompt-size.ts";
import type { Outcome } from "../generations/generation-update.ts";
import { errorOf } from "../http/answer-outcome.ts";
import type { StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation, LoggedToken } from "../store/schema.ts";
import { customNames, inputOf } from "./custom-tools.ts";
import type { ResponseReply } from "./response-reply.ts";
import { responseId } from "./stored-response.ts";
import { logprobsOf } from "./v1-choice-facts.ts";

type ToldResponse = StaticReply<typeof ResponseReply>;

/**
 * @param outcome null: it is still being made
 * @param logged all that is on disk of it
 */
export function responseObject(
  generation: Generation,
  outcome: Outcome | null,
  logged: readonly LoggedToken[],
  model: string,
): ToldResponse {
  const { sampling, request } = generation;
  const {
    instructions,
    previous,
    metadata,
    stored,
    background = false,
    user = null,
    asked = {},
  } = fieldsOf(request);
  const status = statusOf(generation, outcome);
  return {
    id: responseId(generation),
    object: "response",
    created_at: Math.floor(generation.createdAt / 1000),
    status,
    background,
    error: outcome?.state === "failed" ? failureOf(outcome) : null,
    incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
    instructions,
    max_output_tokens: sampling.maxTokens === mostTokens ? null : sampling.maxTokens,
    model,
    output: outcome === null ? [] : outputItems(generation, wholeAnswer(logged), status),
    parallel_tool_calls: request?.parallelToolCalls ?? true,
    previous_response_id: previous === null ? null : responseId({ id: previous }),
    max_tool_calls: asked.maxToolCalls ?? null,
    prompt_cache_key: asked.promptCacheKey ?? null,
    reasoning: { effort: asked.effort ?? null, summary: asked.summary ?? null },
    safety_identifier: asked.safetyIdentifier ?? null,
    service_tier: asked.serviceTier ?? "default",
    store: stored,
    temperature: sampling.temperature,
    text: { format: formatOf(request), verbosity: asked.verbosity ?? "medium" },
    tool_choice: choiceOf(request),
    tools: (request?.tools ?? []).map(toldTool),
    top_logprobs: sampling.topLogprobs ?? 0,
    top_p: sampling.topP,
    truncation: "disabled",
    usage: outcome === null ? null : usageOf(outcome, logged),
    user,
    metadata,
  };
}

export type ResponseStatus = "queued" | "in_progress" | "completed" | "incomplete" | "failed" | "cancelled";

export function statusOf({ state }: Generation, outcome: Outcome | null): ResponseStatus {
  if (outcome === null) return state === "queued" ? "queued" : "in_progress";
  if (outcome.state === "failed") return "failed";
  if (outcome.state === "stopped") return "cancelled";
  return outcome.finishReason === "length" ? "incomplete" : "completed";
}

export const messageItemId = ({ id }: Generation) => `msg_${id}`;
export const reasoningItemId = ({ id }: Generation) => `rs_${id}`;

export function outputItems(
  generation: Generation,
  { text, reasoning, toolCalls, tokens }: ReturnType<typeof wholeAnswer>,
  status: ResponseStatus,
): ToldResponse["output"] {
  // What stands before a call is whole, however the answer ended.
  const textStatus = toolCalls.length > 0 ? "completed" : status;
  return [
    ...(reasoning === "" ? [] : [reasoningItem(generation, reasoning)]),
    ...(text === "" && toolCalls.length > 0
      ? []
      : [messageItem(generation, text, generation.sampling.topLogprobs === null ? [] : tokens, textStatus)]),
    ...toolCalls.map((call, index) =>
      callItem(generation, index, call, call.isWhole ? "completed" : "incomplete"),
    ),
  ];
}

export const reasoningItem = (generation: Generation, text: string) => ({
  id: reasoningItemId(generation),
  type: "reasoning" as const,
  summary: [],
  content: [reasoningPart(text)],
});

export const reasoningPart = (text: string) => ({ type: "reasoning_text" as const, text });

export const messageItem = (
  generation: Generation,
  text: string,
  tokens: readonly LoggedToken[],
  status: ResponseStatus,
) => ({
  id: messageItemId(generation),
  type: "message" as const,
  role: "assistant" as const,
  status: status === "completed" ? ("completed" as const) : ("incomplete" as const),
  content: [textPart(text, tokens)],
});

export const textPart = (text: string, tokens: readonly LoggedToken[]) => ({
  type: "output_text" as const,
  text,
  annotations: [],
  logprobs: tokens.map(logprobsOf),
});

/** @param index which of the answer's calls it is, from 0 */
export function callItem(
  { id, request }: Pick<Generation, "id" | "request">,
  index: number,
  { id: call_id, name, arguments: given }: ToolCall,
  status: "in_progress" | "completed" | "incomplete",
) {
  const written = status === "in_progress" ? "" : given;
  if (customNames(request).has(name)) {
    const called = { type: "custom_tool_call" as const, call_id, name, input: inputOf(written) };
    return { id: `ctc_${id}_${index}`, ...called, status };
  }
  const called = { type: "function_call" as const, call_id, name, arguments: written };
  return { id: `fc_${id}_${index}`, ...called, status };
}

const nothingSpecial: ResponseFields = { instructions: null, previous: null, metadata: {}, stored: false };
const fieldsOf = (request: ApiRequest | null) => request?.response ?? nothingSpecial;

function failureOf(outcome: Outcome) {
  const { code, message } = errorOf(outcome);
  return { code, message };
}

function usageOf({ usage }: Outcome, logged: readonly LoggedToken[]) {
  const { promptTokens = 0, cachedTokens = 0, completionTokens = 0 } = usage ?? {};
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: cachedTokens },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokensOf(logged) },
    total_tokens: promptTokens + completionTokens,
  };
}

function formatOf(request: ApiRequest | null): ToldResponse["text"]["format"] {
  const format = request?.format;
  if (format?.type === "json") return { type: "json_object" };
  // No other form can be asked for here.
  if (format?.type !== "json-schema") return { type: "text" };
  const { name, schema, strict = false } = format;
  return { type: "json_schema", name, schema, strict };
}

function toldTool({ custom, ...tool }: Tool) {
  if (custom === undefined) return { type: "function" as const, strict: false, ...tool };
  const { name, description } = tool;
  const described = { name, ...(description === undefined ? {} : { description }) };
  return { type: "custom" as const, ...described, format: custom.format ?? { type: "text" } };
}

function choiceOf(request: ApiRequest | null): ToldResponse["tool_choice"] {
  const choice = request?.toolChoice ?? "auto";
  if (typeof choice === "string") return choice;
  return { type: customNames(request).has(choice.name) ? "custom" : "function", name: choice.name };
}
