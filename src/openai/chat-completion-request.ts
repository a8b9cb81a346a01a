/**
 * What /v1/chat/completions takes, and how it becomes a question. Fields without effect are passed over and told of
 * (ignored-fields.ts); those that cannot be used are refused with their place.
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
import { type Static, Type as t } from "@sinclair/typebox";
import type { ApiRequest } from "../chat/api-request.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { maybe } from "../dialects/maybe.ts";
import { refuseEndless } from "../dialects/prompt-size.ts";
import { samplingOf, tokenLimitOf } from "../dialects/sampling.ts";
import { onlyBlankQuestion } from "../dialects/sent-messages.ts";
import { beginsItsAnswer, type Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { answerFormatFields, answerFormatOf } from "./answer-format.ts";
import { messagesFrom, RequestMessages } from "./chat-messages.ts";
import { samplingFields, tokenLimitField } from "./completion-fields.ts";
import { choiceOf, offeredTools, toolOf } from "./offered-tools.ts";

const schema = t.Record(t.String(), t.Unknown());
const functionName = t.String({ pattern: "^[a-zA-Z0-9_.-]{1,64}$", minLength: 1, maxLength: 64 });

const RequestFunction = t.Object({
  name: functionName,
  description: maybe(t.String({ maxLength: 10_000 })),
  parameters: maybe(schema),
  strict: maybe(t.Boolean()),
});

const RequestTool = t.Object({
  type: t.String({
    minLength: 1,
    maxLength: 40,
    "x-takes": { type: "string", enum: ["function", "custom"] },
  }),
  function: maybe(RequestFunction),
  custom: maybe(
    t.Object({
      name: functionName,
      description: maybe(t.String({ maxLength: 10_000 })),
      format: maybe(schema),
    }),
  ),
});

/** Of an older interface, or of llama.cpp and vLLM: taken, but the document shows the usual field. */
const hidden = { "x-hidden": true };

export const ChatCompletionRequest = t.Object(
  {
    ...samplingFields,
    messages: RequestMessages,
    max_tokens: tokenLimitField(),
    max_completion_tokens: tokenLimitField(),
    logprobs: maybe(t.Boolean()),
    top_logprobs: maybe(t.Integer({ minimum: 0, maximum: 20 })),
    ...answerFormatFields,
    tools: maybe(t.Array(RequestTool, { minItems: 0, maxItems: 128 })),
    tool_choice: maybe(
      t.Union([
        t.String({
          minLength: 1,
          maxLength: 40,
          "x-takes": { type: "string", enum: ["none", "auto", "required"] },
        }),
        t.Object({
          type: t.String({ maxLength: 40 }),
          function: maybe(t.Object({ name: functionName })),
          custom: maybe(t.Object({ name: functionName }, hidden)),
          allowed_tools: maybe(t.Object({ mode: maybe(t.String({ maxLength: 40 })) })),
        }),
      ]),
    ),
    parallel_tool_calls: maybe(t.Boolean()),
    functions: maybe(t.Array(RequestFunction, { minItems: 0, maxItems: 128, ...hidden })),
    function_call: maybe(
      t.Union([t.String({ maxLength: 40 }), t.Object({ name: functionName })], { ...hidden }),
    ),
    continue_final_message: maybe(t.Boolean(hidden)),
    add_generation_prompt: maybe(t.Boolean(hidden)),
    timings_per_token: maybe(t.Boolean(hidden)),
    return_progress: maybe(t.Boolean(hidden)),
    chat_template_kwargs: maybe(
      t.Record(t.String({ maxLength: 100 }), t.Unknown(), { maxProperties: 20, ...hidden }),
    ),
  },
  {
    title: "ChatCompletionRequest",
    // Kept, so that the reply can name them.
    additionalProperties: t.Unknown(),
    description: "A whole conversation, of which the next message is wanted.",
    examples: [{ model: "auto", messages: [{ role: "user", content: "What is a bond?" }] }],
  },
);
export type ChatCompletionRequest = Static<typeof ChatCompletionRequest>;

/** A request of the time before tools: what it gets has the form of that time, too. */
export const isOfOldFunctions = ({ functions, tools }: ChatCompletionRequest) =>
  functions != null && tools == null;

/**
 * @param ignored gets what has no effect
 * @throws BadFieldError
 */
export function questionFromCompletion(
  request: ChatCompletionRequest,
  idempotencyKey: string | null,
  ignored: IgnoredFields,
): Question {
  const messages = messagesFrom(request.messages);
  const blank = onlyBlankQuestion(messages);
  if (blank !== null)
    throw new BadFieldError(
      `messages[${blank}].content`,
      "must not be empty: no message of the user has a text.",
    );
  refuseEndless(messages);
  notePrefill(request, beginsItsAnswer(messages), ignored);
  const last = messages.findLast(({ role }) => role === "user") ?? messages.at(-1);
  return {
    message: last?.content ?? "",
    model: request.model ?? "auto",
    memoryContext: 0,
    sampling: samplingOf(request, {
      maxTokens: tokenLimitOf(request.max_completion_tokens ?? request.max_tokens),
      topLogprobs: topLogprobsOf(request),
    }),
    request: {
      messages,
      ...askedFor(request, ignored),
      ...(request.store === true ? { completion: { metadata: textsOf(request.metadata) } } : {}),
    },
    isKept: request.store === true,
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  };
}

/** Whether an answer is continued is seen in the messages: what vLLM's fields say against it has no effect. */
function notePrefill(
  { continue_final_message: continues, add_generation_prompt: begins }: ChatCompletionRequest,
  isContinued: boolean,
  ignored: IgnoredFields,
): void {
  if (continues != null && continues !== isContinued) ignored.note(`continue_final_message=${continues}`);
  if (begins != null && begins === isContinued) ignored.note(`add_generation_prompt=${begins}`);
}

const textsOf = (metadata: ChatCompletionRequest["metadata"]) =>
  Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, String(value)]));

function topLogprobsOf({ logprobs, top_logprobs: top }: ChatCompletionRequest): number | null {
  if (top != null && logprobs !== true) throw new BadFieldError("top_logprobs", "needs logprobs: true.");
  return logprobs === true ? (top ?? 0) : null;
}

function askedFor(request: ChatCompletionRequest, ignored: IgnoredFields): Omit<ApiRequest, "messages"> {
  const isOld = isOfOldFunctions(request);
  const tools = isOld
    ? (request.functions ?? []).map((described) => toolOf(described, described.name))
    : offeredTools(
        (request.tools ?? []).map((tool) => ({
          type: tool.type,
          described: (tool.type === "custom" ? tool.custom : tool.function) ?? null,
        })),
        ignored,
      );
  const format = answerFormatOf(request, ignored);
  const choice = isOld ? oldChoiceOf(request.function_call) : sentChoiceOf(request.tool_choice);
  const isParallel = isOld ? false : request.parallel_tool_calls;
  const fields = templateFieldsOf(request.chat_template_kwargs);
  return {
    ...(fields === null ? {} : { templateFields: fields }),
    ...(format === null ? {} : { format }),
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice == null ? {} : { toolChoice: choiceOf(choice, tools, ignored) }),
    ...(isParallel == null ? {} : { parallelToolCalls: isParallel }),
  };
}

const longestTemplateFields = 10_000;

/** @throws BadFieldError */
function templateFieldsOf(sent: ChatCompletionRequest["chat_template_kwargs"]) {
  if (sent == null || Object.keys(sent).length === 0) return null;
  if (JSON.stringify(sent).length > longestTemplateFields)
    throw new BadFieldError(
      "chat_template_kwargs",
      `must have at most ${longestTemplateFields} characters: it is for switches of the template.`,
    );
  return sent;
}

const oldChoiceOf = (choice: ChatCompletionRequest["function_call"]) =>
  choice == null || typeof choice === "string" ? choice : { type: "function", name: choice.name };

const sentChoiceOf = (choice: ChatCompletionRequest["tool_choice"]) =>
  choice == null || typeof choice === "string"
    ? choice
    : {
        type: choice.type,
        name: (choice.type === "custom" ? choice.custom : choice.function)?.name ?? null,
        mode: choice.allowed_tools?.mode ?? null,
      };
