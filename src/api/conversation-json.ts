/** Conversations, messages and answers in the API's JSON. */

import { Type as t } from "@sinclair/typebox";
import { defaultSampling } from "../generations/question.ts";
import { usageOf } from "../http/answer-outcome.ts";
import { FinishReason, Usage } from "../http/openapi/answer-schemas.ts";
import { nullable, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import { choiceProperties } from "../preferences/preset-schemas.ts";
import type { Conversation, Generation, Message } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { exampleConversationId, exampleGenerationId, exampleMessageId } from "./chat-reply.ts";

const conversationProperties = {
  id: t.String(),
  title: t.String(),
  folder: nullable(t.String()),
  pinned: t.Boolean(),
  archived: t.Boolean(),
  temporary: t.Boolean({
    description:
      "It is in no list, nothing of it is remembered, and it is erased a day after its last answer.",
  }),
  instructions: nullable(t.String({ description: "What the model is told in this conversation alone." })),
  settings: nullable(
    t.Object(
      { preset: t.String({ description: "Its name when they were taken from it." }), ...choiceProperties() },
      {
        description:
          "What it has instead of your settings, from the preset that it was begun with, whatever becomes of the preset.",
      },
    ),
  ),
  project_id: nullable(
    t.String({ description: "The project that it belongs to; kept while that is in the trash." }),
  ),
  forked_from: nullable(
    t.String({ description: "The conversation of which it is a copy up to some message." }),
  ),
  created_at: time(),
  updated_at: time(),
};
const exampleConversation = {
  id: exampleConversationId,
  title: "What is a bond?",
  folder: null,
  pinned: false,
  archived: false,
  temporary: false,
  instructions: null,
  settings: null,
  project_id: null,
  forked_from: null,
  created_at: "2026-03-01T09:30:00.000Z",
  updated_at: "2026-03-01T09:31:12.000Z",
};
export const ConversationReply = t.Object(conversationProperties, {
  title: "Conversation",
  examples: [exampleConversation],
});

export const conversationJson = (conversation: Conversation): StaticReply<typeof ConversationReply> => ({
  id: conversation.id,
  title: conversation.title,
  folder: conversation.folder === "" ? null : conversation.folder,
  pinned: conversation.pinnedAt !== null,
  archived: conversation.archivedAt !== null,
  temporary: conversation.origin === "temporary",
  instructions: conversation.instructions === "" ? null : conversation.instructions,
  settings: conversation.settings,
  project_id: conversation.projectId,
  forked_from: conversation.forkedFrom,
  created_at: isoTime(conversation.createdAt),
  updated_at: isoTime(conversation.updatedAt),
});

const EngineSampling = t.Object(
  {
    temperature: t.Number(),
    topP: t.Number(),
    maxTokens: t.Integer(),
    seed: t.Integer(),
    stop: t.Array(t.String()),
    topLogprobs: nullable(t.Integer()),
    presencePenalty: t.Optional(t.Number()),
    frequencyPenalty: t.Optional(t.Number()),
    topK: t.Optional(t.Integer()),
    minP: t.Optional(t.Number()),
    repeatPenalty: t.Optional(t.Number()),
    thoughtTokens: t.Optional(t.Integer()),
    logitBias: t.Optional(t.Record(t.String(), t.Number())),
  },
  { description: "How the next token was chosen." },
);

const generationProperties = {
  id: t.String(),
  conversation_id: t.String(),
  message_id: t.String({ description: "The message that holds the answer." }),
  question_id: t.String({ description: "The message that it answers." }),
  state: t.Union(
    [t.Literal("queued"), t.Literal("running"), t.Literal("done"), t.Literal("stopped"), t.Literal("failed")],
    { description: "queued and running are unfinished." },
  ),
  model: t.String(),
  writers: t.Array(
    t.Object({
      engine: t.String(),
      model: t.String(),
      model_hash: nullable(t.String({ description: "sha256 of the model's file." })),
      from_token: t.Integer(),
    }),
    { description: "The engines that wrote it, in order." },
  ),
  finish_reason: nullable(FinishReason),
  error: nullable(t.Object({ code: t.String(), message: t.String() })),
  usage: Usage,
  sampling: EngineSampling,
  timings: nullable(
    t.Object(
      {
        promptMs: t.Number(),
        promptPerSecond: t.Number(),
        decodeMs: t.Number(),
        decodePerSecond: t.Number(),
        timeToFirstTokenMs: t.Number(),
        thinkingMs: t.Optional(nullable(t.Number())),
      },
      { description: "Milliseconds, and tokens per second." },
    ),
  ),
  created_at: time(),
  started_at: nullable(time()),
  ended_at: nullable(time()),
};
const exampleGeneration = {
  id: exampleGenerationId,
  conversation_id: exampleConversationId,
  message_id: exampleMessageId,
  question_id: "019abc00-7a1b-7c2d-8e3f-0000000000a0",
  state: "done",
  model: "qwen2.5-1.5b-instruct",
  writers: [{ engine: "llama", model: "qwen2.5-1.5b-instruct", model_hash: null, from_token: 0 }],
  finish_reason: "stop",
  error: null,
  usage: {
    prompt_tokens: 57,
    completion_tokens: 38,
    total_tokens: 95,
    prompt_tokens_details: { cached_tokens: 41 },
  },
  sampling: { ...defaultSampling, seed: 7 },
  timings: {
    promptMs: 120.4,
    promptPerSecond: 473.4,
    decodeMs: 990.1,
    decodePerSecond: 38.4,
    timeToFirstTokenMs: 131.2,
  },
  created_at: "2026-03-01T09:30:00.000Z",
  started_at: "2026-03-01T09:30:00.010Z",
  ended_at: "2026-03-01T09:30:01.150Z",
};
const GenerationReply = t.Object(generationProperties, {
  title: "Generation",
  examples: [exampleGeneration],
});

/** What went into the prompt. */
const Receipt = t.Object({
  systemPrompt: t.String(),
  messageIds: t.Array(t.String()),
  droppedMessageIds: t.Array(t.String(), { description: "Left out, because the context was full." }),
  memories: t.Array(
    t.Object({
      id: t.String(),
      key: t.String(),
      value: t.Optional(t.String({ description: "Absent in receipts of earlier versions." })),
      score: t.Number(),
      isForgotten: t.Optional(
        t.Literal(true, { description: "The memory was deleted: its text is not here any more." }),
      ),
    }),
  ),
  promptTokens: nullable(t.Integer()),
  budgetTokens: nullable(t.Integer()),
  passages: t.Optional(
    t.Array(
      t.Object({
        documentId: t.String(),
        number: t.Integer({ description: "Of the passage in its document, from 1." }),
        page: nullable(t.Integer()),
        score: nullable(t.Number({ description: "null: all of the document went in." })),
      }),
      { description: "The passages of documents that went in, by the number that cites them." },
    ),
  ),
  templateFields: t.Optional(
    t.Record(t.String(), t.Union([t.Boolean(), t.String()]), {
      description: "Values for the model's template: whether it was to think, and how long.",
    }),
  ),
  tools: t.Optional(
    t.Array(t.String(), { description: "The program's own tools that the model was offered." }),
  ),
  toolCalls: t.Optional(t.Integer({ description: "How many of them it called." })),
  summary: t.Optional(
    t.Object(
      { messageId: t.String(), content: t.String(), model: t.String() },
      { description: "What stood for the first of the messages that were left out." },
    ),
  ),
});

/** One answer with its text and its receipt. */
export const WholeGeneration = t.Object(
  {
    ...generationProperties,
    text: t.String({ description: "What is written so far." }),
    receipt: nullable(Receipt),
  },
  {
    title: "WholeGeneration",
    examples: [
      {
        ...exampleGeneration,
        text: "A bond is a loan that you give to a state or a company.",
        receipt: {
          systemPrompt: "You are a careful financial assistant.",
          messageIds: [exampleGeneration.question_id],
          droppedMessageIds: [],
          memories: [],
          promptTokens: 57,
          budgetTokens: 4096,
        },
      },
    ],
  },
);

const MessageReply = t.Object(
  {
    id: t.String(),
    parent_id: nullable(t.String({ description: "The message that it follows." })),
    role: t.Union([t.Literal("user"), t.Literal("assistant")]),
    content: t.String(),
    created_at: time(),
    siblings: t.Array(t.String(), {
      description: "The message itself and those beside it, oldest first.",
    }),
    rating: nullable(
      t.Union([t.Literal("good"), t.Literal("bad")], { description: "What you think of an answer." }),
    ),
    generation: nullable(GenerationReply),
  },
  { title: "Message" },
);

export const ConversationWithMessages = t.Object(
  { ...conversationProperties, messages: t.Array(MessageReply) },
  {
    title: "ConversationWithMessages",
    examples: [
      {
        ...exampleConversation,
        messages: [
          {
            id: exampleGeneration.question_id,
            parent_id: null,
            role: "user",
            content: "What is a bond?",
            created_at: exampleGeneration.created_at,
            siblings: [exampleGeneration.question_id],
            rating: null,
            generation: null,
          },
        ],
      },
    ],
  },
);

export function messageJson(
  { messages, generations, ratings }: Workspace,
  message: Message,
): StaticReply<typeof MessageReply> {
  const generation = message.role === "user" ? undefined : messages.generationOf(message.id);
  return {
    id: message.id,
    parent_id: message.parentId,
    role: message.role,
    content: generation?.endedAt === null ? generations.textSoFar(generation.id).text : message.content,
    created_at: isoTime(message.createdAt),
    /** The message itself and those beside it, oldest first: other wordings of a question, other answers to it. */
    siblings: messages.siblingIds(message),
    rating: ratings.of(message.id),
    generation: generation === undefined ? null : generationJson(generation),
  };
}

export const generationJson = (generation: Generation): StaticReply<typeof GenerationReply> => ({
  id: generation.id,
  conversation_id: generation.conversationId,
  message_id: generation.messageId,
  question_id: generation.questionId,
  state: generation.state,
  model: generation.writers.at(-1)?.model ?? generation.model,
  writers: generation.writers.map(({ engine, model, modelHash, fromToken }) => ({
    engine,
    model,
    model_hash: modelHash,
    from_token: fromToken,
  })),
  finish_reason: generation.finishReason,
  error:
    generation.error === null ? null : { code: generation.error.code, message: generation.error.message },
  usage: usageOf(generation.usage),
  sampling: generation.sampling,
  timings: generation.timings,
  created_at: isoTime(generation.createdAt),
  started_at: generation.startedAt === null ? null : isoTime(generation.startedAt),
  ended_at: generation.endedAt === null ? null : isoTime(generation.endedAt),
});

const isoTime = (time: number) => new Date(time).toISOString();
