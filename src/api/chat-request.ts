/** What the chat routes take, and how it becomes a question. The schema is the one source: types, checks, OpenAPI. */
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { InvalidRequestError } from "../errors.ts";
import { type Question, questionLimit, samplingOf } from "../generations/question.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { refusalOf } from "../http/field-form.ts";
import { mostChosen } from "../workspace/documents.ts";
import type { AskValues, OwnPresets } from "../workspace/presets.ts";

const maybe = <Schema extends Parameters<typeof t.Optional>[0]>(schema: Schema) =>
  t.Optional(t.Union([schema, t.Null()]));

/** Of a field whose default is the user's own. */
const yours = "Left out: your setting.";

const stopText = t.String({ minLength: 1, maxLength: 200 });

export const ChatRequest = t.Object(
  {
    message: t.String({
      minLength: 1,
      maxLength: questionLimit,
      description: "The question.",
      "x-takes": { type: "string", minLength: 1, maxLength: questionLimit, pattern: seenSign },
    }),
    model: maybe(
      t.String({
        minLength: 1,
        maxLength: 200,
        description: "A model's id or alias, or auto; left out: that of the preset, else what runs.",
      }),
    ),
    memory_context: maybe(
      t.Integer({
        minimum: 0,
        maximum: 20,
        description: "How many memories may be recalled; 0 none; left out: your setting.",
      }),
    ),
    stream: maybe(t.Boolean({ default: false })),
    conversation_id: maybe(
      t.String({
        minLength: 1,
        maxLength: 100,
        description: "Continues this conversation; left out: a new one.",
      }),
    ),
    preset: maybe(
      t.String({
        minLength: 1,
        maxLength: 100,
        description:
          "Begins a new conversation with this preset, by id or name. What the request says itself comes first.",
      }),
    ),
    project_id: maybe(
      t.String({
        minLength: 1,
        maxLength: 100,
        description:
          "Begins a new conversation in this project: with its instructions, its documents and what is remembered in it.",
      }),
    ),
    temporary: maybe(
      t.Boolean({
        default: false,
        description:
          "Of a new conversation: it is in no list, nothing is recalled for it or remembered of it, and it is erased a day after its last answer. Without effect where one is continued.",
      }),
    ),
    files: maybe(
      t.Array(t.String({ minLength: 1, maxLength: 100 }), {
        maxItems: 50,
        description: "Ids of files that were uploaded for it.",
      }),
    ),
    documents: maybe(
      t.Array(t.String({ minLength: 1, maxLength: 100 }), {
        maxItems: mostChosen,
        description:
          "Ids of documents that the conversation is asked about from now on: the answer cites their passages, or says that nothing in them answers. An empty list: about none.",
      }),
    ),
    tools: maybe(
      t.Boolean({
        default: false,
        description:
          "Whether the answer may call tools of the servers that its conversation uses. A call may wait until somebody allows it (`tool_step` in the stream, POST /api/generations/{id}/calls/{call}); without this field an answer never waits.",
      }),
    ),
    queue: maybe(
      t.Boolean({
        default: false,
        description:
          "Whether the question waits while an answer is being written in its conversation; otherwise it is refused then. Up to five may wait. The header X-Queue-Place says its place; the answer follows when its turn has come.",
      }),
    ),
    temperature: maybe(t.Number({ minimum: 0, maximum: 2, description: yours })),
    max_tokens: maybe(t.Integer({ minimum: 1, maximum: 131_072, description: yours })),
    top_p: maybe(t.Number({ minimum: 0, maximum: 1, description: yours })),
    seed: maybe(t.Integer({ minimum: 0, maximum: 4_294_967_295, description: yours })),
    thinking_budget: maybe(t.Integer({ minimum: 0, maximum: 131_072, description: yours })),
    stop: maybe(t.Union([stopText, t.Array(stopText, { minItems: 0, maxItems: 8 })])),
  },
  {
    title: "ChatRequest",
    description: "A question to the assistant.",
    examples: [{ message: "What is a bond?" }],
  },
);
export type ChatRequest = Static<typeof ChatRequest>;

/**
 * @param values what applies where the request says nothing, with the settings that a new conversation keeps
 * @param idempotencyKey of the request's header, checked, or null
 * @throws InvalidRequestError
 */
export function questionFrom(
  request: ChatRequest,
  idempotencyKey: string | null,
  { values: chosen, settings }: AskValues,
): Question {
  if (isBlank(request.message))
    throw new InvalidRequestError("message must not be empty.", { param: "message" });
  const { stop, project_id: projectId } = request;
  if (typeof projectId === "string" && typeof request.conversation_id === "string")
    throw new InvalidRequestError(
      "A project is for a new conversation: leave conversation_id out, or leave project_id out.",
      { param: "project_id" },
    );
  const usual = samplingOf(chosen);
  return {
    message: request.message,
    model: request.model ?? chosen.model ?? "auto",
    memoryContext: request.memory_context ?? chosen.recall,
    sampling: {
      ...usual,
      temperature: request.temperature ?? usual.temperature,
      topP: request.top_p ?? usual.topP,
      maxTokens: request.max_tokens ?? usual.maxTokens,
      stop: typeof stop === "string" ? [stop] : (stop ?? []),
      ...(typeof request.seed === "number" ? { seed: request.seed } : {}),
      ...(typeof request.thinking_budget === "number" ? { thoughtTokens: request.thinking_budget } : {}),
    },
    ...(request.tools === true ? { mayWait: true } : {}),
    ...(request.temporary === true ? { isTemporary: true } : {}),
    ...(settings === null ? {} : { settings }),
    ...(typeof projectId === "string" ? { projectId } : {}),
    ...(request.files == null ? {} : { files: request.files }),
    ...(request.documents == null ? {} : { documents: request.documents }),
    ...(typeof request.conversation_id === "string" ? { conversationId: request.conversation_id } : {}),
    ...(idempotencyKey === null ? {} : { idempotencyKey: `api:${idempotencyKey}` }),
  };
}

/** @throws NotFoundError or InvalidRequestError for a preset that cannot be used */
export const valuesFor = (
  { presets }: { readonly presets: Pick<OwnPresets, "valuesFor"> },
  { conversation_id: conversationId, preset }: Pick<ChatRequest, "conversation_id" | "preset">,
): AskValues => presets.valuesFor({ conversationId, preset });

export const mayWait = ({ queue }: ChatRequest): boolean => queue === true;

/**
 * For what does not come through a route's own check. Fields that nobody knows are passed over, as routes do.
 * @throws InvalidRequestError
 */
export function checkedChatRequest(body: unknown): ChatRequest {
  const known = typeof body === "object" && body !== null ? knownFieldsOf(body) : body;
  if (Value.Check(ChatRequest, known)) return known;
  throw refusalOf(Value.Errors(ChatRequest, known).First());
}

const knownFieldsOf = (body: object) =>
  Object.fromEntries(Object.entries(body).filter(([field]) => Object.hasOwn(ChatRequest.properties, field)));
