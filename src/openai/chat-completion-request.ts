/**
 * What /v1/chat/completions takes, and how it becomes a question. Unknown fields are passed over; known ones that cannot be
 * used are refused with their place.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
import { type Static, Type as t } from "@sinclair/typebox";
import type { ApiRequest } from "../chat/api-request.ts";
import type { AnswerFormat, Tool, ToolChoice } from "../chat/engine.ts";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { messagesFrom, RequestMessages } from "./chat-messages.ts";
import { maybe, samplingFields, samplingOf, tokenLimitField, tokenLimitOf } from "./completion-fields.ts";

const schema = t.Record(t.String(), t.Unknown());
const functionName = t.String({ pattern: "^[a-zA-Z0-9_.-]{1,64}$", minLength: 1, maxLength: 64 });

export const RequestTool = t.Object({
  type: t.Literal("function"),
  function: t.Object({
    name: functionName,
    description: maybe(t.String({ maxLength: 10_000 })),
    parameters: maybe(schema),
    strict: maybe(t.Boolean()),
  }),
});

const ResponseFormat = t.Object({
  type: t.String({
    minLength: 1,
    maxLength: 40,
    "x-takes": { type: "string", enum: ["text", "json_object", "json_schema"] },
  }),
  json_schema: maybe(
    t.Object({
      name: maybe(t.String({ maxLength: 64 })),
      schema: maybe(schema),
      strict: maybe(t.Boolean()),
    }),
  ),
});

/** Known only to be refused in words. */
const refused = { "x-hidden": true };

export const ChatCompletionRequest = t.Object(
  {
    ...samplingFields,
    messages: RequestMessages,
    max_tokens: tokenLimitField(),
    max_completion_tokens: tokenLimitField(),
    logprobs: maybe(t.Boolean()),
    top_logprobs: maybe(t.Integer({ minimum: 0, maximum: 20 })),
    response_format: maybe(ResponseFormat),
    tools: maybe(t.Array(RequestTool, { minItems: 0, maxItems: 128 })),
    tool_choice: maybe(
      t.Union([
        t.String({
          minLength: 1,
          maxLength: 40,
          "x-takes": { type: "string", enum: ["none", "auto", "required"] },
        }),
        t.Object({ type: t.String({ maxLength: 40 }), function: t.Object({ name: functionName }) }),
      ]),
    ),
    parallel_tool_calls: maybe(t.Boolean()),
    functions: t.Optional(t.Unknown(refused)),
    function_call: t.Optional(t.Unknown(refused)),
  },
  {
    title: "ChatCompletionRequest",
    description: "A whole conversation, of which the next message is wanted.",
    examples: [{ model: "auto", messages: [{ role: "user", content: "What is a bond?" }] }],
  },
);
export type ChatCompletionRequest = Static<typeof ChatCompletionRequest>;

/** @throws BadFieldError */
export function questionFromCompletion(
  request: ChatCompletionRequest,
  idempotencyKey: string | null,
): Question {
  if (request.functions !== undefined || request.function_call !== undefined)
    throw new BadFieldError("functions", "are no longer known: send tools and tool_choice.");
  const messages = messagesFrom(request.messages);
  const last = messages.findLast(({ role }) => role === "user") ?? messages.at(-1);
  return {
    message: last?.content ?? "",
    model: request.model ?? "auto",
    memoryContext: 0,
    sampling: samplingOf(request, {
      maxTokens: tokenLimitOf(request.max_completion_tokens ?? request.max_tokens),
      topLogprobs: topLogprobsOf(request),
    }),
    request: { messages, ...askedFor(request) },
    isKept: request.store === true,
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  };
}

function topLogprobsOf({ logprobs, top_logprobs: top }: ChatCompletionRequest): number | null {
  if (top != null && logprobs !== true)
    throw new BadFieldError("top_logprobs", "are told only with logprobs: true.");
  return logprobs === true ? (top ?? 0) : null;
}

function askedFor(request: ChatCompletionRequest): Omit<ApiRequest, "messages"> {
  const tools = (request.tools ?? []).map(({ function: tool }) => toolOf(tool));
  const format = formatOf(request.response_format);
  const choice = request.tool_choice;
  return {
    ...(format === null ? {} : { format }),
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice == null
      ? {}
      : { toolChoice: choiceOf(typeof choice === "string" ? choice : choice.function, tools) }),
    ...(request.parallel_tool_calls == null ? {} : { parallelToolCalls: request.parallel_tool_calls }),
  };
}

export function toolOf(tool: Static<typeof RequestTool>["function"]): Tool {
  const { name, description, parameters, strict } = tool;
  return {
    name,
    parameters: parameters ?? {},
    ...(description == null ? {} : { description }),
    ...(strict == null ? {} : { strict }),
  };
}

/** @throws BadFieldError when it names a tool that is not offered */
export function choiceOf(choice: string | { readonly name: string }, tools: readonly Tool[]): ToolChoice {
  if (typeof choice === "string") {
    if (choice !== "auto" && choice !== "none" && choice !== "required")
      throw new BadFieldError("tool_choice", 'must be "none", "auto", "required" or name a function.');
    if (choice === "required" && tools.length === 0)
      throw new BadFieldError("tool_choice", "requires a call, but there are no tools.");
    return choice;
  }
  if (tools.every(({ name }) => name !== choice.name))
    throw new BadFieldError("tool_choice", "names a function that is not among the tools.");
  return { name: choice.name };
}

function formatOf(format: ChatCompletionRequest["response_format"]): AnswerFormat | null {
  if (format == null || format.type === "text") return null;
  if (format.type === "json_object") return { type: "json" };
  if (format.type !== "json_schema")
    throw new BadFieldError("response_format.type", 'must be "text", "json_object" or "json_schema".');
  const { name, schema: wanted, strict } = format.json_schema ?? {};
  if (wanted == null) throw new BadFieldError("response_format.json_schema.schema", "is missing.");
  return {
    type: "json-schema",
    name: name ?? "answer",
    schema: wanted,
    ...(strict == null ? {} : { strict }),
  };
}
