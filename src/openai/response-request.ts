/**
 * What /v1/responses takes, and how it becomes a question: what came before is read from the answer that it continues.
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { ResponseAsked } from "../chat/api-request.ts";
import type { AnswerFormat, ChatMessage } from "../chat/engine.ts";
import { wholeAnswer } from "../dialects/answer.ts";
import type { IgnoredFields } from "../dialects/ignored-fields.ts";
import { maybe } from "../dialects/maybe.ts";
import { refuseEndless } from "../dialects/prompt-size.ts";
import { samplingOf, tokenLimitOf } from "../dialects/sampling.ts";
import { checkedCall, onlyBlankQuestion } from "../dialects/sent-messages.ts";
import { ConversationBusyError } from "../generations/generation-errors.ts";
import type { Question } from "../generations/question.ts";
import { isBlank } from "../http/blank.ts";
import { refusalOf } from "../http/field-form.ts";
import { BadFieldError } from "../http/openai-error.ts";
import type { DeepReadonly } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { customCall, messageFrom, Part, type RequestMessage, textsIn } from "./chat-messages.ts";
import { samplingFields, tokenLimitField } from "./completion-fields.ts";
import { choiceOf, offeredTools } from "./offered-tools.ts";
import { itemLookup } from "./response-items.ts";
import { storedResponse } from "./stored-response.ts";

const longestText = 10_000_000;
const text = t.String({ minLength: 0, maxLength: longestText });
const schema = t.Record(t.String(), t.Unknown());
const name = t.String({ pattern: "^[a-zA-Z0-9_.-]{1,64}$", minLength: 1, maxLength: 64 });

/** A message, a call of a tool that was made, what one gave back, or an earlier item by its id; others are passed over. */
const InputItem = t.Object({
  type: maybe(
    t.String({
      maxLength: 40,
      "x-takes": {
        type: "string",
        enum: ["message", "function_call", "function_call_output", "reasoning", "item_reference"],
      },
    }),
  ),
  role: maybe(
    t.String({
      maxLength: 20,
      "x-takes": { type: "string", enum: ["system", "developer", "user", "assistant"] },
    }),
  ),
  content: maybe(t.Union([text, t.Array(t.Unknown(), { minItems: 0, maxItems: 1000 })])),
  id: maybe(t.String({ maxLength: 200, description: "Of an item_reference: which item is meant." })),
  call_id: maybe(t.String({ maxLength: 200 })),
  name: maybe(t.String({ maxLength: 64 })),
  arguments: maybe(text),
  input: maybe(t.Unknown({ "x-hidden": true })),
  output: maybe(t.Union([text, t.Array(t.Unknown(), { minItems: 0, maxItems: 1000 })])),
});
type InputItem = Static<typeof InputItem>;
/** As sent, or as returned before. */
type SentItem = DeepReadonly<InputItem>;

const ResponseTool = t.Object({
  type: t.String({
    minLength: 1,
    maxLength: 40,
    "x-takes": { type: "string", enum: ["function", "custom"] },
  }),
  name: maybe(name),
  description: maybe(t.String({ maxLength: 10_000 })),
  parameters: maybe(schema),
  strict: maybe(t.Boolean()),
  format: maybe(t.Record(t.String(), t.Unknown(), { "x-hidden": true })),
});

/** OpenAI's field; the number of reported alternatives is another field. */
const logprobsIncluded = "message.output_text.logprobs";

const { model, temperature, top_p, stream, user } = samplingFields;

export const ResponseRequest = t.Object(
  {
    model,
    temperature,
    top_p,
    stream,
    user,
    input: maybe(t.Union([text, t.Array(InputItem, { minItems: 0, maxItems: 5000 })])),
    instructions: maybe(text),
    previous_response_id: maybe(t.String({ minLength: 1, maxLength: 100 })),
    max_output_tokens: tokenLimitField(),
    top_logprobs: maybe(t.Integer({ minimum: 0, maximum: 20 })),
    include: maybe(t.Array(t.String({ maxLength: 100 }), { minItems: 0, maxItems: 20 })),
    reasoning: maybe(
      t.Object({
        effort: maybe(t.String({ maxLength: 40 })),
        summary: maybe(t.String({ maxLength: 40 })),
      }),
    ),
    service_tier: maybe(t.String({ maxLength: 40 })),
    max_tool_calls: maybe(t.Integer({ minimum: 0, maximum: 1_000_000 })),
    prompt_cache_key: maybe(t.String({ maxLength: 500 })),
    safety_identifier: maybe(t.String({ maxLength: 500 })),
    text: maybe(
      t.Object({
        verbosity: maybe(t.String({ maxLength: 40 })),
        format: maybe(
          t.Object({
            type: t.String({
              minLength: 1,
              maxLength: 40,
              "x-takes": { type: "string", enum: ["text", "json_object", "json_schema"] },
            }),
            name: maybe(t.String({ maxLength: 64 })),
            schema: maybe(schema),
            strict: maybe(t.Boolean()),
          }),
        ),
      }),
    ),
    tools: maybe(t.Array(ResponseTool, { minItems: 0, maxItems: 128 })),
    tool_choice: maybe(
      t.Union([
        t.String({
          minLength: 1,
          maxLength: 40,
          "x-takes": { type: "string", enum: ["none", "auto", "required"] },
        }),
        t.Object({
          type: t.String({ maxLength: 40 }),
          name: maybe(name),
          mode: maybe(t.String({ maxLength: 40 })),
        }),
      ]),
    ),
    parallel_tool_calls: maybe(t.Boolean()),
    store: maybe(t.Boolean({ default: true, description: "false: nobody can come back to it." })),
    background: maybe(
      t.Boolean({ description: "true: the reply comes at once, and the answer is read later." }),
    ),
    metadata: maybe(
      t.Record(t.String({ maxLength: 64 }), t.String({ maxLength: 512 }), { maxProperties: 64 }),
    ),
    truncation: maybe(
      t.String({ maxLength: 40, "x-takes": { type: "string", const: "disabled", default: "disabled" } }),
    ),
    // Known only to be refused in words.
    conversation: t.Optional(t.Unknown({ "x-hidden": true })),
  },
  {
    title: "ResponseRequest",
    // Kept, so that the reply can name them.
    additionalProperties: t.Unknown(),
    description: "What a model is to answer, alone or after an earlier response.",
    examples: [{ model: "auto", input: "What is a bond?" }],
  },
);
export type ResponseRequest = Static<typeof ResponseRequest>;

/**
 * @throws BadFieldError, NotFoundError when the earlier response or an item that is named is not there, or
 * ConversationBusyError while it is being written
 */
export function questionFromResponse(
  request: ResponseRequest,
  workspace: Workspace,
  idempotencyKey: string | null,
  ignored: IgnoredFields,
): Question {
  if (request.conversation != null)
    throw new BadFieldError(
      "conversation",
      "is not known here: name the last answer by previous_response_id.",
    );
  if (request.truncation != null && request.truncation !== "disabled")
    throw new BadFieldError(
      "truncation",
      'must be "disabled": nothing is left out of a prompt here, and one that is too long is refused.',
    );
  if (request.background === true && request.store === false)
    throw new BadFieldError("background", "needs store: true, or nobody could read the answer.");
  const previous =
    request.previous_response_id == null
      ? null
      : storedResponse(workspace, request.previous_response_id, "previous_response_id");
  if (previous !== null && workspace.generations.outcome(previous) === null)
    throw new ConversationBusyError();
  const added = messagesIn(request.input ?? "", itemLookup(workspace), ignored);
  if (added.length === 0 && previous === null && !request.instructions)
    throw new BadFieldError("input", "is empty, and so are the instructions: there is nothing to answer.");
  const messages = [...(previous === null ? [] : messagesUpTo(workspace, previous)), ...added];
  refuseEndless(messages);
  if (onlyBlankQuestion(messages) !== null)
    throw new BadFieldError("input", "must not be empty: no message of the user has a text.");
  const sent = (request.tools ?? []).map(({ type, ...described }) => ({ type, described }));
  const tools = offeredTools(sent, ignored);
  const format = formatOf(request.text);
  const choice = request.tool_choice;
  return {
    message: added.findLast(({ role }) => role === "user")?.content ?? "",
    model: request.model ?? "auto",
    memoryContext: 0,
    sampling: samplingOf(request, {
      maxTokens: tokenLimitOf(request.max_output_tokens),
      topLogprobs: request.top_logprobs ?? (request.include?.includes(logprobsIncluded) ? 0 : null),
    }),
    ...(previous === null ? {} : { conversationId: previous.conversationId, after: previous.messageId }),
    request: {
      messages,
      ...(format === null ? {} : { format }),
      ...(tools.length === 0 ? {} : { tools }),
      ...(choice == null ? {} : { toolChoice: choiceOf(choice, tools, ignored) }),
      ...(request.parallel_tool_calls == null ? {} : { parallelToolCalls: request.parallel_tool_calls }),
      response: {
        instructions: request.instructions ?? null,
        previous: previous?.id ?? null,
        metadata: request.metadata ?? {},
        stored: request.store !== false,
        background: request.background === true,
        ...(request.user == null ? {} : { user: request.user }),
        asked: askedBeside(request, ignored),
      },
    },
    isKept: request.metadata?.conversation === "keep",
    ...(idempotencyKey === null ? {} : { idempotencyKey: `v1:${idempotencyKey}` }),
  };
}

/** Fields that the reply repeats, and those without effect here. */
function askedBeside(request: ResponseRequest, ignored: IgnoredFields): ResponseAsked {
  const {
    reasoning,
    text: form,
    service_tier,
    max_tool_calls,
    prompt_cache_key,
    safety_identifier,
  } = request;
  if (reasoning?.effort != null) ignored.note("reasoning.effort");
  if (reasoning?.summary != null) ignored.note("reasoning.summary");
  if (form?.verbosity != null) ignored.note("text.verbosity");
  if (max_tool_calls != null) ignored.note("max_tool_calls");
  return {
    ...(reasoning?.effort == null ? {} : { effort: reasoning.effort }),
    ...(reasoning?.summary == null ? {} : { summary: reasoning.summary }),
    ...(form?.verbosity == null ? {} : { verbosity: form.verbosity }),
    ...(service_tier == null ? {} : { serviceTier: service_tier }),
    ...(max_tool_calls == null ? {} : { maxToolCalls: max_tool_calls }),
    ...(prompt_cache_key == null ? {} : { promptCacheKey: prompt_cache_key }),
    ...(safety_identifier == null ? {} : { safetyIdentifier: safety_identifier }),
  };
}

/** What the model read and said, up to and including an earlier response. */
function messagesUpTo({ generations }: Workspace, { id, request }: Generation): readonly ChatMessage[] {
  const { text: content, toolCalls: begun } = wholeAnswer(generations.tokens(id, 0));
  // One that the answer ended in was never made.
  const toolCalls = begun.flatMap(({ isWhole, ...call }) => (isWhole ? [call] : []));
  const said: ChatMessage = { role: "assistant", content, ...(toolCalls.length === 0 ? {} : { toolCalls }) };
  return [...(request?.messages ?? []), said];
}

/**
 * What the items say, oldest first; calls that stand together are one message.
 * @throws BadFieldError naming the item's place in the input
 */
function messagesIn(
  input: NonNullable<ResponseRequest["input"]>,
  itemById: ReturnType<typeof itemLookup>,
  ignored: IgnoredFields,
): readonly ChatMessage[] {
  if (typeof input === "string") return isBlank(input) ? [] : [{ role: "user", content: input }];
  const messages: ChatMessage[] = [];
  for (const [index, item] of input.entries()) {
    const place = `input[${index}]`;
    const message = messageOf(referenced(item, place, itemById), place, ignored);
    if (message === null) continue;
    const last = messages.at(-1);
    if (last?.role === "assistant" && message.role === "assistant" && message.toolCalls !== undefined)
      messages.splice(-1, 1, { ...last, toolCalls: [...(last.toolCalls ?? []), ...message.toolCalls] });
    else messages.push(message);
  }
  return messages;
}

/** An item that is only named is what it was; one that is named by nothing but its id, too. */
function referenced(item: InputItem, place: string, itemById: ReturnType<typeof itemLookup>): SentItem {
  const { type, id, role, content } = item;
  if (type !== "item_reference" && (type != null || id == null || role != null || content != null))
    return item;
  if (id == null) throw new BadFieldError(`${place}.id`, "is missing: it says which item is meant.");
  return itemById(id);
}

const roles = new Set(["system", "developer", "user", "assistant"]);

function messageOf(item: SentItem, place: string, ignored: IgnoredFields): ChatMessage | null {
  switch (item.type ?? "message") {
    case "message": {
      const role = item.role ?? "user";
      if (!roles.has(role))
        throw new BadFieldError(`${place}.role`, "must be system, developer, user or assistant.");
      return messageFrom({ role, content: contentIn(item.content, `${place}.content`) }, place);
    }
    case "function_call": {
      if (!item.call_id || !item.name) throw new BadFieldError(place, "needs call_id and name.");
      const call = { id: item.call_id, name: item.name, arguments: item.arguments ?? "" };
      return { role: "assistant", content: "", toolCalls: [checkedCall(call, `${place}.arguments`)] };
    }
    case "custom_tool_call": {
      if (!item.call_id || !item.name) throw new BadFieldError(place, "needs call_id and name.");
      const call = customCall(item.call_id, item.name, typeof item.input === "string" ? item.input : "");
      return { role: "assistant", content: "", toolCalls: [call] };
    }
    case "custom_tool_call_output":
    case "function_call_output": {
      if (!item.call_id)
        throw new BadFieldError(`${place}.call_id`, "is missing: it says which call this answers.");
      const output = `${place}.output`;
      return { role: "tool", ...textsIn(contentIn(item.output, output), output), toolCallId: item.call_id };
    }
    // A model's reasoning is not sent to it again.
    case "reasoning":
      return null;
    // What a tool of another server did, or what only its client understands.
    default:
      ignored.note(`${place}.type=${item.type}`);
      return null;
  }
}

/** @throws InvalidRequestError naming the part that is none */
function contentIn(content: SentItem["content"], place: string): NonNullable<RequestMessage["content"]> {
  if (content == null) throw new BadFieldError(place, "is missing.");
  if (typeof content === "string") return content;
  return content.map((part, index) => {
    if (Value.Check(Part, part)) return part;
    throw refusalOf(Value.Errors(Part, part).First(), `${place}[${index}]`);
  });
}

function formatOf(wanted: ResponseRequest["text"]): AnswerFormat | null {
  const format = wanted?.format;
  if (format == null || format.type === "text") return null;
  if (format.type === "json_object") return { type: "json" };
  if (format.type !== "json_schema")
    throw new BadFieldError("text.format.type", 'must be "text", "json_object" or "json_schema".');
  if (format.schema == null) throw new BadFieldError("text.format.schema", "is missing.");
  return {
    type: "json-schema",
    name: format.name ?? "answer",
    schema: format.schema,
    ...(format.strict == null ? {} : { strict: format.strict }),
  };
}
